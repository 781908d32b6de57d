//! Arguments of `study`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{ModelArgs, OutputArgs};

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
