//! Arguments of `check`.

use std::path::PathBuf;

use clap::Args;

use super::{ModelArgs, OutputArgs, SeverityChoice};

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
