//! Arguments of the commands that read texts: `compare`, `align`, `score`, `inspect`, `embed`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{InputArgs, ModelArgs, OutputArgs};

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
