//! The arguments as typed. What they mean is settled in the commands.

use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

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
    /// Show, empty or check the cache of vectors
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

/// Where vectors are kept.
#[derive(Debug, Args)]
pub(crate) struct CacheFolderArgs {
    /// Folder where vectors are kept for the next run, or `off` [default: PARALLAX_CACHE, or parallax in the
    /// user's folder for caches]
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

const COMPARE_HELP: &str = "\
Examples:
  parallax compare article-*.html                 saved pages, the report on the terminal
  parallax compare news/ feed.xml --open          a folder and a feed, in the browser
  parallax compare news/ -f json | jq .findings   for programs
  parallax compare news/ --fail-on major          exit code 1 where something major differs";

/// Arguments of `compare`.
#[derive(Debug, Args)]
#[command(after_help = COMPARE_HELP)]
pub(crate) struct CompareArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) model: ModelArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    /// List everything in the text formats, not only what matters most
    #[arg(long, help_heading = "Output")]
    pub(crate) all: bool,
    /// Show the report as a page in the browser
    #[arg(long, help_heading = "Output")]
    pub(crate) open: bool,
    /// Run only these checks (repeat or separate by commas)
    #[arg(long, value_name = "CHECK", value_delimiter = ',', help_heading = "Checks")]
    pub(crate) only: Vec<String>,
    /// Do not run these checks (repeat or separate by commas)
    #[arg(long, value_name = "CHECK", value_delimiter = ',', help_heading = "Checks")]
    pub(crate) skip: Vec<String>,
    /// Leave out milder findings
    #[arg(long, value_name = "SEVERITY", help_heading = "Checks")]
    pub(crate) min_severity: Option<SeverityChoice>,
    /// End with exit code 1 if there are findings this severe or worse
    #[arg(long, value_name = "SEVERITY", help_heading = "Checks")]
    pub(crate) fail_on: Option<SeverityChoice>,
}

/// A severity as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SeverityChoice {
    /// Worth knowing
    Info,
    /// A small difference
    Minor,
    /// A difference that changes what a reader learns
    Major,
    /// A contradiction on what matters most
    Critical,
}

impl From<SeverityChoice> for parallax::finding::Severity {
    fn from(choice: SeverityChoice) -> Self {
        match choice {
            SeverityChoice::Info => Self::Info,
            SeverityChoice::Minor => Self::Minor,
            SeverityChoice::Major => Self::Major,
            SeverityChoice::Critical => Self::Critical,
        }
    }
}

const ALIGN_HELP: &str = "\
Examples:
  parallax align book-de.txt book-lt.txt             versions side by side
  parallax align de/ lt/ -o links.json               the files of two folders, paired by what they say
  parallax align --lines de.txt lt.txt -o both.tmx   a sentence a line, as a translation memory";

/// Arguments of `align`.
#[derive(Debug, Args)]
#[command(after_help = ALIGN_HELP)]
pub(crate) struct AlignArgs {
    /// Versions of one text: files, or `-` for standard input once; or two folders, whose files are paired by
    /// what they say
    #[arg(required = true, num_args = 2.., value_names = ["LEFT", "RIGHT"])]
    pub(crate) inputs: Vec<PathBuf>,
    /// Take each line of the inputs as one sentence, as it is
    #[arg(long, help_heading = "Input")]
    pub(crate) lines: bool,
    /// Leave nothing out of documents, not even what looks like page furniture
    #[arg(long, conflicts_with = "lines", help_heading = "Input")]
    pub(crate) no_clean: bool,
    /// Language of all inputs, e.g. `lt`; found out for each where not given
    #[arg(long, value_name = "CODE", help_heading = "Input")]
    pub(crate) lang: Option<String>,
    /// Language of each input, in their order, e.g. `de,lt`
    #[arg(
        long,
        value_name = "CODES",
        value_delimiter = ',',
        conflicts_with = "lang",
        help_heading = "Input"
    )]
    pub(crate) langs: Vec<String>,
    /// Configuration file (TOML) with long option names as keys; the command line goes before it
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub(crate) config: Option<PathBuf>,
    /// How sentences are linked [default: parallel]
    #[arg(long, value_enum, value_name = "MODE", help_heading = "Alignment")]
    pub(crate) mode: Option<ModeChoice>,
    /// Link one sentence with one, nothing else
    #[arg(long, help_heading = "Alignment")]
    pub(crate) one_to_one: bool,
    /// Most sentences on one side of a link, in parallel mode [default: 6]
    #[arg(long, value_name = "N", help_heading = "Alignment")]
    pub(crate) max_side: Option<usize>,
    /// Most sentences of a link, both sides together, in parallel mode [default: 8]
    #[arg(long, value_name = "N", help_heading = "Alignment")]
    pub(crate) max_size: Option<usize>,
    /// Leave out links below this score (0..1); their sentences count as unlinked [default: 0]
    #[arg(long, value_name = "SCORE", help_heading = "Alignment")]
    pub(crate) min_score: Option<f32>,
    /// Mark links below this score (0..1) as conflicts [default: 0.5]
    #[arg(long, value_name = "SCORE", help_heading = "Alignment")]
    pub(crate) conflicts_below: Option<f32>,
    #[command(flatten)]
    pub(crate) model: ModelArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    /// Show only what needs a look, in the text formats: conflicts, moved and unlinked sentences
    #[arg(long, help_heading = "Output")]
    pub(crate) review: bool,
}

/// A mode as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ModeChoice {
    /// Translations: order is kept but for moved blocks, every sentence is accounted for
    Parallel,
    /// Texts about the same: links cross, most sentences have none
    Comparable,
}

impl From<ModeChoice> for parallax::align::Mode {
    fn from(choice: ModeChoice) -> Self {
        match choice {
            ModeChoice::Parallel => Self::Parallel,
            ModeChoice::Comparable => Self::Comparable,
        }
    }
}

const CHECK_HELP: &str = "\
One FILE holds both sides: XLIFF 1.2 or 2, SDLXLIFF, TMX, PO, or TSV or CSV whose head names the columns `source` and
`target` (and, if you like, `id`, `context`, `ignore`). Two files are a source and its translation: documents, which
are aligned first, or with --lines one sentence a line.

A finding that is none is silenced for good by --baseline accepted.json --update-baseline, until its text
changes; in the file itself by a column `ignore` that names checks, or `all`, and by a note (XLIFF, TMX) or a
comment (PO) `parallax:ignore CHECK`.";

/// Arguments of `check`.
#[derive(Debug, Args)]
#[command(after_help = CHECK_HELP)]
pub(crate) struct CheckArgs {
    /// A file with both sides, or two files, a source and its translation; `-` for standard input once
    #[arg(required = true, num_args = 1..=2, value_names = ["FILE_OR_SOURCE", "TARGET"])]
    pub(crate) inputs: Vec<PathBuf>,
    /// Take line by line of two files as source and translation
    #[arg(long, help_heading = "Input")]
    pub(crate) lines: bool,
    /// Leave nothing out of documents, not even what looks like page furniture
    #[arg(long, conflicts_with = "lines", help_heading = "Input")]
    pub(crate) no_clean: bool,
    /// Rank the translation with other ones of the same source, by their scores and a paired bootstrap test: further
    /// targets, or further files with both sides
    #[arg(long, value_name = "OTHER", num_args = 1.., conflicts_with_all = ["baseline", "update_baseline"], help_heading = "Input")]
    pub(crate) compare: Vec<PathBuf>,
    /// Languages of source and translation, e.g. `en,lt`; found out where neither you nor the file says
    #[arg(long, value_name = "CODES", value_delimiter = ',', help_heading = "Input")]
    pub(crate) langs: Vec<String>,
    /// Configuration file (TOML) with long option names as keys; the command line goes before it
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) model: ModelArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    /// Show segments without findings too, on the terminal
    #[arg(long, help_heading = "Output")]
    pub(crate) all: bool,
    /// Run no model, which is far faster: no scores, no words at risk, no clauses found missing inside a segment
    #[arg(long, conflicts_with = "compare", help_heading = "Checks")]
    pub(crate) no_model: bool,
    /// Glossary of terms that must be used or are forbidden: CSV, TSV or TBX
    #[arg(long, value_name = "FILE", help_heading = "Checks")]
    pub(crate) glossary: Option<PathBuf>,
    /// What kind of text it is, which sets severities and thresholds [default: news]
    #[arg(long, value_name = "NAME", help_heading = "Checks")]
    pub(crate) profile: Option<String>,
    /// Run only these checks (repeat or separate by commas)
    #[arg(long, value_name = "CHECK", value_delimiter = ',', help_heading = "Checks")]
    pub(crate) only: Vec<String>,
    /// Do not run these checks (repeat or separate by commas)
    #[arg(long, value_name = "CHECK", value_delimiter = ',', help_heading = "Checks")]
    pub(crate) skip: Vec<String>,
    /// Share of good translations, in percent, that `length` reports on each side [default: 0.1]
    #[arg(long, value_name = "PERCENT", help_heading = "Checks")]
    pub(crate) length_percent: Option<f32>,
    /// Leave out findings of less confidence (0..1) [default: 0.4]
    #[arg(long, value_name = "CONFIDENCE", help_heading = "Checks")]
    pub(crate) min_confidence: Option<f32>,
    /// Leave out milder findings
    #[arg(long, value_name = "SEVERITY", help_heading = "Checks")]
    pub(crate) min_severity: Option<SeverityChoice>,
    /// End with exit code 1 if there are findings this severe or worse
    #[arg(long, value_name = "SEVERITY", help_heading = "Checks")]
    pub(crate) fail_on: Option<SeverityChoice>,
    /// File of findings that were accepted; they stay silent until their text changes
    #[arg(long, value_name = "FILE", help_heading = "Checks")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write all findings of this run into the baseline file
    #[arg(long, requires = "baseline", help_heading = "Checks")]
    pub(crate) update_baseline: bool,
}

const STUDY_HELP: &str = "\
CORPUS is a CSV, TSV, JSONL or Parquet file with a record for each article, or a folder of articles. Columns are found by
their usual names (text, title, date, outlet, country, language, url, group, event, id); --column names others. In a
folder, front matter tells of an article, and the folder it lies in is its group, and its outlet where it names none.

The folder of results holds tables as CSV and Parquet, data_dictionary.md that says what every column means, figures as SVG,
report.html in which each number opens sentences behind it, study.json, and methods.md with settings, formulas and citations
for an appendix.";

/// Arguments of `study`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, after_help = STUDY_HELP)]
pub(crate) struct StudyArgs {
    #[command(subcommand)]
    pub(crate) command: Option<StudyCommand>,
    #[command(flatten)]
    pub(crate) corpus: CorpusArgs,
}

/// Arguments of `study CORPUS`.
#[derive(Debug, Args)]
pub(crate) struct CorpusArgs {
    /// The corpus: a CSV, TSV, JSONL or Parquet file, or a folder of articles
    #[arg(value_name = "CORPUS")]
    pub(crate) corpus: Option<PathBuf>,
    /// What articles are compared by: `outlet`, `language`, `country`, `group`, or a column of the corpus
    #[arg(long, value_name = "FIELD")]
    pub(crate) by: Option<String>,
    /// Folder for the results
    #[arg(short, long, value_name = "FOLDER")]
    pub(crate) output: Option<PathBuf>,
    /// Which column holds a field, as `text=body` (repeat or separate by commas)
    #[arg(long, value_name = "FIELD=NAME", value_delimiter = ',', help_heading = "Input")]
    pub(crate) column: Vec<String>,
    /// How dates such as 01/02/2013 are meant
    #[arg(long, value_enum, value_name = "ORDER", help_heading = "Input")]
    pub(crate) date_order: Option<DateOrderChoice>,
    /// Language of articles that do not give theirs, e.g. `lt`; found out where not given
    #[arg(long, value_name = "CODE", help_heading = "Input")]
    pub(crate) lang: Option<String>,
    /// Configuration file (TOML) with long option names as keys; the command line goes before it
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub(crate) config: Option<PathBuf>,
    /// Run only these analyses (repeat or separate by commas)
    #[arg(long, value_name = "ANALYSIS", value_delimiter = ',', help_heading = "Statistics")]
    pub(crate) only: Vec<String>,
    /// Do not run these analyses (repeat or separate by commas)
    #[arg(long, value_name = "ANALYSIS", value_delimiter = ',', help_heading = "Statistics")]
    pub(crate) skip: Vec<String>,
    /// Axes of framing instead of those that come with the program (TOML)
    #[arg(long, value_name = "FILE", help_heading = "Statistics")]
    pub(crate) axes: Option<PathBuf>,
    /// Plant omissions, other names and other sources into copies of the corpus and tell, per language, how many are
    /// noticed
    #[arg(long, help_heading = "Statistics")]
    pub(crate) validate: bool,
    /// Write a sheet of N pairs of passages for coders, coding/sheet.csv, and its key
    #[arg(long, value_name = "N", help_heading = "Coding")]
    pub(crate) sheet: Option<usize>,
    /// Do not tell coders which outlet and article a passage is from
    #[arg(long, requires = "sheet", help_heading = "Coding")]
    pub(crate) blind: bool,
    /// Thresholds fitted to what people coded, as `study reliability --fit` writes them (TOML)
    #[arg(long, value_name = "FILE", help_heading = "Coding")]
    pub(crate) thresholds: Option<PathBuf>,
    /// Seed of all random numbers [default: 1]
    #[arg(long, value_name = "N", help_heading = "Statistics")]
    pub(crate) seed: Option<u64>,
    /// Most shuffles of a permutation test [default: 49999]
    #[arg(long, value_name = "N", help_heading = "Statistics")]
    pub(crate) permutations: Option<usize>,
    /// Draws for each interval [default: 2000]
    #[arg(long, value_name = "N", help_heading = "Statistics")]
    pub(crate) draws: Option<usize>,
    /// Fewest events in which a name or a word must occur to be tested [default: 8]
    #[arg(long, value_name = "N", help_heading = "Statistics")]
    pub(crate) min_events: Option<usize>,
    /// Most names that are tested, the commonest first [default: 40]
    #[arg(long, value_name = "N", help_heading = "Statistics")]
    pub(crate) most: Option<usize>,
    #[command(flatten)]
    pub(crate) model: ModelArgs,
}

/// An order of dates as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DateOrderChoice {
    /// 31/12/2013
    DayFirst,
    /// 12/31/2013
    MonthFirst,
}

/// What to do besides studying a corpus.
#[derive(Debug, Subcommand)]
pub(crate) enum StudyCommand {
    /// Tell how well coders agree: Krippendorff's alpha with its interval, Cohen's kappa
    Reliability(ReliabilityArgs),
}

const RELIABILITY_HELP: &str = "\
The table is CSV or TSV and has either a row for each code, with columns `unit` and `coder` and one for each variable:
  unit,coder,tone,frame
  a1,Ona,2,conflict
or a row for each unit and a column for each coder:
  unit,Ona,Jonas
  a1,2,2
A cell that is empty, `NA`, `.` or `-` is a missing code. Several tables are joined, for example a coding sheet of each coder;
a coder without a name is called like the file.

The loop with coders:
  parallax study corpus.csv --by outlet -o results/ --sheet 200 --blind
  parallax study reliability ona.csv jonas.csv --key results/coding/key.csv --fit thresholds.toml
  parallax study corpus.csv --by outlet -o results/ --thresholds thresholds.toml";

/// Arguments of `study reliability`.
#[derive(Debug, Args)]
#[command(after_help = RELIABILITY_HELP)]
pub(crate) struct ReliabilityArgs {
    /// Tables of codes, CSV or TSV; `-` for standard input
    #[arg(value_name = "CODES", required = true)]
    pub(crate) codes: Vec<PathBuf>,
    /// The key of a coding sheet: the tool counts as one more coder
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub(crate) key: Option<PathBuf>,
    /// Write the threshold that fits the codes best, for `study --thresholds`
    #[arg(long, value_name = "FILE", requires = "key", help_heading = "Output")]
    pub(crate) fit: Option<PathBuf>,
    /// Thresholds in force when the sheet was written, if they were not the usual ones
    #[arg(long, value_name = "FILE", requires = "key", help_heading = "Input")]
    pub(crate) thresholds: Option<PathBuf>,
    /// What the values are: `nominal` (default), `ordinal`, `interval` or `ratio`, for all variables or for one as
    /// `tone=ordinal` (repeat or separate by commas)
    #[arg(long, value_name = "LEVEL", value_delimiter = ',', help_heading = "Statistics")]
    pub(crate) level: Vec<String>,
    /// The values in their order, where they are names, e.g. `low,middle,high`
    #[arg(long, value_name = "VALUES", value_delimiter = ',', help_heading = "Statistics")]
    pub(crate) order: Vec<String>,
    /// A value that stands for no code (repeat or separate by commas)
    #[arg(long, value_name = "VALUE", value_delimiter = ',', help_heading = "Input")]
    pub(crate) missing: Vec<String>,
    /// Draws for the intervals [default: 2000]
    #[arg(long, value_name = "N", help_heading = "Statistics")]
    pub(crate) draws: Option<usize>,
    /// Seed of the draws [default: 1]
    #[arg(long, value_name = "N", help_heading = "Statistics")]
    pub(crate) seed: Option<u64>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

const SCORE_HELP: &str = "\
A line of the input is a pair:
  {\"id\": 7, \"left\": {\"text\": \"…\"}, \"right\": {\"text\": \"…\", \"title\": \"…\", \"lang\": \"lt\", \"date\": \"2013-11-01\"}}
Title, lang and date may be left out. Its answer, in the same order:
  {\"id\": 7, \"scores\": {\"overall\": 0.83, \"narrative\": …, \"entities\": …, \"geography\": …, \"time\": …, \"style\": …, \"tone\": …}}
Scores are 0..1, 1 = the same. A line that is no pair is answered with its number and what is wrong with it;
the others still run, and the exit code is 2.";

/// Arguments of `score`.
#[derive(Debug, Args)]
#[command(after_help = SCORE_HELP)]
pub(crate) struct ScoreArgs {
    /// Pairs of documents, a JSON object a line; `-` for standard input
    #[arg(long, required = true, value_name = "FILE", help_heading = "Input")]
    pub(crate) pairs: PathBuf,
    /// Leave nothing out of the texts, not even what looks like page furniture
    #[arg(long, help_heading = "Input")]
    pub(crate) no_clean: bool,
    /// Language of texts that do not give theirs, e.g. `lt`; found out where not given
    #[arg(long, value_name = "CODE", help_heading = "Input")]
    pub(crate) lang: Option<String>,
    /// Configuration file (TOML) with long option names as keys; the command line goes before it
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) model: ModelArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    /// Add to each pair how its texts were read, the evidence, and what it adds to each score
    #[arg(long, help_heading = "Output")]
    pub(crate) explain: bool,
}

const INSPECT_HELP: &str = "\
Examples:
  parallax inspect page.html --stage text        the article; what was left out and why on standard error
  parallax inspect page.html --stage text -f json   the same with positions
  parallax inspect article.txt --stage facts     numbers, dates and names with their values";

/// Arguments of `inspect`.
#[derive(Debug, Args)]
#[command(after_help = INSPECT_HELP)]
pub(crate) struct InspectArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    /// The stage to look at
    #[arg(long, value_enum, default_value_t, value_name = "STAGE")]
    pub(crate) stage: StageChoice,
}

/// A stage that can be looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum StageChoice {
    /// The cleaned text; what was dropped goes to standard error
    #[default]
    Text,
    /// One sentence a line, a blank line between paragraphs
    Sentences,
    /// The facts of each sentence
    Facts,
}

const EMBED_HELP: &str = "\
Examples:
  parallax embed article.txt -o vectors.npy
  parallax embed --lines sentences.txt -f jsonl";

/// Arguments of `embed`.
#[derive(Debug, Args)]
#[command(after_help = EMBED_HELP)]
pub(crate) struct EmbedArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) model: ModelArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    /// Take each line of the inputs as one text, as it is
    #[arg(long, help_heading = "Input")]
    pub(crate) lines: bool,
}

const SERVE_HELP: &str = "\
The page and the API are on the loopback address of this computer, which no other computer reaches. Texts stay in memory;
a request names no files. /api/openapi.json describes the API, with /api/check for translations:
  curl http://127.0.0.1:8417/api/compare -H 'Content-Type: application/json' \\
    -d '{\"documents\": [{\"name\": \"a.txt\", \"text\": \"…\"}, {\"name\": \"b.txt\", \"text\": \"…\"}]}'";

/// Arguments of `serve`.
#[derive(Debug, Args)]
#[command(after_help = SERVE_HELP)]
pub(crate) struct ServeArgs {
    /// Port to listen on; 0 for any that is free [default: 8417]
    #[arg(long, value_name = "PORT", help_heading = "Server")]
    pub(crate) port: Option<u16>,
    /// Show the page in the browser
    #[arg(long, help_heading = "Server")]
    pub(crate) open: bool,
    // `align` has a --max-size of another kind, and both stand in one configuration file.
    /// Largest request, in MiB [default: 32]
    #[arg(long, alias = "max-size", value_name = "MIB", help_heading = "Server")]
    pub(crate) max_request: Option<u64>,
    /// Most documents of a comparison [default: 100]
    #[arg(long, value_name = "N", help_heading = "Server")]
    pub(crate) max_documents: Option<usize>,
    /// Longest time for a comparison or a check, in seconds; what takes longer is stopped [default: 600]
    #[arg(long, value_name = "SECONDS", help_heading = "Server")]
    pub(crate) timeout: Option<u64>,
    /// Configuration file (TOML) with long option names as keys; the command line goes before it
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) model: ModelArgs,
}

/// Arguments of `models`.
#[derive(Debug, Args)]
pub(crate) struct ModelsArgs {
    #[command(subcommand)]
    pub(crate) command: ModelsCommand,
}

/// What to do with models.
#[derive(Debug, Subcommand)]
pub(crate) enum ModelsCommand {
    /// List the models at hand
    List,
    /// Show what a model is, where it comes from and under which licence
    Show(ModelFolderArgs),
    /// Check that every file of a model is complete and unchanged
    Verify(ModelFolderArgs),
    /// Fetch a model from a hub; an interrupted run goes on where it stopped
    Pull(PullArgs),
}

const PULL_HELP: &str = "\
Examples:
  parallax models pull intfloat/multilingual-e5-base
  parallax compare news/ --model intfloat/multilingual-e5-base

BERT and XLM-RoBERTa encoders with mean or cls pooling and dense layers behind it are run. Every file is compared with the
hash that the hub gives for it. HF_ENDPOINT names another hub, HF_TOKEN a token for models that ask for consent, HTTPS_PROXY
a proxy. The model that comes with Parallax needs none of this.";

/// Arguments of `models pull`.
#[derive(Debug, Args)]
#[command(after_help = PULL_HELP)]
pub(crate) struct PullArgs {
    /// Name of the model on the hub
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// Branch, tag or commit
    #[arg(long, value_name = "REV", default_value = parallax::embed::hub::REVISION)]
    pub(crate) revision: String,
    /// Folder to put the model's folder into [default: the user's folder for data]
    #[arg(long, value_name = "DIR")]
    pub(crate) to: Option<PathBuf>,
    /// Address of the hub [default: HF_ENDPOINT, or https://huggingface.co]
    #[arg(long, value_name = "URL")]
    pub(crate) endpoint: Option<String>,
}

/// Arguments of `cache`.
#[derive(Debug, Args)]
pub(crate) struct CacheArgs {
    #[command(subcommand)]
    pub(crate) command: CacheCommand,
}

/// What to do with the cache.
#[derive(Debug, Subcommand)]
pub(crate) enum CacheCommand {
    /// Show where the cache is and what it holds
    Stat(CacheFolderArgs),
    /// Remove everything that is kept
    Clear(CacheFolderArgs),
    /// Check every vector that is kept, and remove what is broken
    Verify(CacheFolderArgs),
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// Id of a check; without one, all are listed
    #[arg(value_name = "CHECK")]
    pub(crate) check: Option<String>,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(crate) shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// A command, for its own page
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,
}
