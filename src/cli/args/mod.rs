//! The arguments as typed. What they mean is settled in the commands.

mod program;
mod study;
mod texts;
mod translation;

use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use program::{
    CacheArgs, CacheCommand, CompletionsArgs, ExplainArgs, ManArgs, ModelsArgs, ModelsCommand,
    PullArgs, ServeArgs,
};
pub(crate) use study::{CorpusArgs, DateOrderChoice, ReliabilityArgs, StudyArgs, StudyCommand};
pub(crate) use texts::{
    AlignArgs, CompareArgs, EmbedArgs, InspectArgs, ModeChoice, ScoreArgs, SeverityChoice,
    StageChoice,
};
pub(crate) use translation::CheckArgs;

const EXAMPLES: &str = "\
Examples:
  parallax compare article-*.txt              the report, on the terminal
  parallax compare news/ --open               the versions side by side, in the browser
  parallax compare news/ -o report.html       the same as a file
  parallax compare news/ -f json -o out.json  everything, for programs
  parallax align book-de.txt book-lt.txt      translations side by side, sentence by sentence
  parallax check translation.tsv              errors of a translation, with their places
  parallax study corpus.csv --by outlet -o results/
                                              who covers, leaves out and stresses what
  parallax study reliability codes.csv        how well coders agree
  parallax score --pairs pairs.jsonl          how alike the documents of each pair are
  parallax inspect page.html --stage text     what was kept of a page, what dropped and why
  parallax serve --open                       drop files on a page in the browser and see the report
  parallax explain omission                   what a check means

Exit codes: 0 done; 1 findings at or above --fail-on; 2 wrong usage, an unreadable input or a failed run.";

/// Compares texts about the same thing in German, Lithuanian, English and Russian.
#[derive(Debug, Parser)]
#[command(name = "parallax", version, after_help = EXAMPLES, help_expected = true)]
#[command(propagate_version = true, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

/// Options of every command.
#[derive(Debug, Args)]
pub(crate) struct CommonArgs {
    /// When to use colours; NO_COLOR is heeded [default: auto]
    #[arg(long, global = true, value_enum, value_name = "WHEN", help_heading = "Output")]
    pub(crate) color: Option<ColourChoice>,
    /// Only warnings and errors on standard error
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = "Output")]
    pub(crate) quiet: bool,
    /// Tell what takes how long
    #[arg(short, long, global = true, action = clap::ArgAction::Count, help_heading = "Output")]
    pub(crate) verbose: u8,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ColourChoice {
    /// On a terminal
    #[default]
    Auto,
    /// Even into files and pipes
    Always,
    /// Not at all
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Compare documents: similarity, events, shared claims, differences
    Compare(CompareArgs),
    /// Set versions of a text beside each other, sentence by sentence
    Align(AlignArgs),
    /// Check a translation: errors with their places, and a score per segment
    Check(CheckArgs),
    /// Study a corpus: what groups of outlets cover, leave out and stress, with tests and intervals
    Study(Box<StudyArgs>),
    /// Score how alike the two documents of each pair are
    Score(ScoreArgs),
    /// Show what a stage makes of a document
    Inspect(InspectArgs),
    /// Compute sentence vectors
    Embed(EmbedArgs),
    /// Compare and check in the browser: a page on this computer, and an API for programs
    Serve(ServeArgs),
    /// List, show, verify or fetch models
    Models(ModelsArgs),
    /// Show, empty or check the cache of vectors and facts
    Cache(CacheArgs),
    /// Explain what a check means and how to silence it
    Explain(ExplainArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man(ManArgs),
}

impl Command {
    /// The configuration file that is named, by the commands that take one.
    pub(crate) fn config(&self) -> Option<&Path> {
        match self {
            Self::Compare(args) => args.input.config.as_deref(),
            Self::Align(args) => args.config.as_deref(),
            Self::Check(args) => args.config.as_deref(),
            Self::Study(args) => args.corpus.config.as_deref(),
            Self::Score(args) => args.config.as_deref(),
            Self::Inspect(args) => args.input.config.as_deref(),
            Self::Embed(args) => args.input.config.as_deref(),
            Self::Serve(args) => args.config.as_deref(),
            Self::Models(_)
            | Self::Cache(_)
            | Self::Explain(_)
            | Self::Completions(_)
            | Self::Man(_) => None,
        }
    }
}

/// What to read.
#[derive(Debug, Args)]
pub(crate) struct InputArgs {
    /// Files, directories (read with all below them) or `-` for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Language of all inputs, e.g. `lt`; found out for each where not given
    #[arg(long, value_name = "CODE", help_heading = "Input")]
    pub(crate) lang: Option<String>,
    /// Configuration file (TOML) with long option names as keys; the command line goes before it
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub(crate) config: Option<PathBuf>,
}

/// Which model.
#[derive(Debug, Args)]
pub(crate) struct ModelFolderArgs {
    /// Folder of the model, or the name of one that was fetched [default: PARALLAX_MODEL, or the one that comes with
    /// Parallax]
    #[arg(long, value_name = "DIR", help_heading = "Model")]
    pub(crate) model: Option<PathBuf>,
}

/// What to compute with.
#[derive(Debug, Args)]
pub(crate) struct ModelArgs {
    #[command(flatten)]
    pub(crate) folder: ModelFolderArgs,
    /// Engine that runs the model [default: int8 for the model that comes along, rten for others]
    #[arg(long, value_name = "NAME", help_heading = "Model")]
    pub(crate) engine: Option<String>,
    /// Threads to compute with [default: one per processor core]
    #[arg(long, value_name = "N", help_heading = "Model")]
    pub(crate) threads: Option<usize>,
    #[command(flatten)]
    pub(crate) cache: CacheFolderArgs,
}

/// Where vectors and facts are kept.
#[derive(Debug, Args)]
pub(crate) struct CacheFolderArgs {
    /// Folder where vectors and facts are kept for the next run, or `off` [default: PARALLAX_CACHE, or parallax in
    /// the user's folder for caches]
    #[arg(long, value_name = "DIR|off", help_heading = "Model")]
    pub(crate) cache: Option<PathBuf>,
}

/// Where results go.
#[derive(Debug, Args)]
pub(crate) struct OutputArgs {
    /// Format of the results [default: from the ending of --output, else the first one listed]
    #[arg(short, long, value_name = "FORMAT", help_heading = "Output")]
    pub(crate) format: Option<String>,
    /// File for the results, `-` for standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub(crate) output: Option<PathBuf>,
}
