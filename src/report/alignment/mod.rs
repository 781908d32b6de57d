//! Versions of a text beside each other, sentence by sentence, as one value (schema
//! `parallax.alignment/1`), and its writers, a file each.

mod build;
mod folders;
mod json;
mod markdown;
mod tables;
mod terminal;
mod tmx;
mod vecalign;

use std::io::{self, Write};

use serde::Serialize;

use super::{Layout, NoteEntry, SkippedEntry, Tool};
use crate::align::Mode;
use crate::align::versions::VersionPair;
use crate::lang::Language;

pub use build::text;

/// Name and version of the JSON form.
pub const SCHEMA: &str = "parallax.alignment/1";

/// Probability below which a pair of files is doubtful: a look tells whether they belong together.
const DOUBTFUL: f32 = 0.8;
/// Share of sentences linked for sure below which two texts are hardly translations of each other.
const TRANSLATION: f32 = 0.4;
/// Sentences of a version below which that share says little.
const FEW: usize = 8;

/// What an alignment run found.
#[derive(Debug, Clone)]
pub struct Alignments {
    /// What made it.
    pub tool: Tool,
    /// The options in force.
    pub options: AlignmentOptions,
    /// The texts, each in several versions: one, or one for each pair of files of two folders.
    pub texts: Vec<Alignment>,
    /// Whether the versions are files of two folders.
    pub folders: bool,
    /// Files of a folder that have no counterpart in the other.
    pub unpaired: Vec<UnpairedFile>,
    /// Inputs that gave no version.
    pub skipped: Vec<SkippedEntry>,
    /// Remarks on inputs that were read.
    pub notes: Vec<NoteEntry>,
}

impl Alignments {
    /// The texts that are hardly translations, though linked as such.
    pub fn hardly_parallel(&self) -> impl Iterator<Item = &Alignment> {
        let parallel = self.options.mode == Mode::Parallel;
        self.texts.iter().filter(move |text| parallel && text.is_hardly_parallel())
    }

    /// Whether it is doubtful that the files of a pair belong together.
    pub fn is_doubtful(&self, text: &Alignment) -> bool {
        let parallel = self.options.mode == Mode::Parallel;
        text.pair_score
            .is_some_and(|score| score < DOUBTFUL || parallel && text.is_hardly_parallel())
    }
}

/// A file of a folder that has no counterpart in the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnpairedFile {
    /// The file.
    pub source: String,
    /// The file of the other folder that comes closest, if any does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closest: Option<ClosestFile>,
}

/// A file that may be a counterpart; it may be in a pair itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClosestFile {
    /// The file.
    pub source: String,
    /// Probability that it is one, 0..1.
    pub score: f32,
}

/// The options that shaped an alignment.
#[derive(Debug, Clone, Serialize)]
pub struct AlignmentOptions {
    /// How sentences are linked.
    pub mode: Mode,
    /// Whether each line of the inputs is a sentence.
    pub lines: bool,
    /// Whether links have one sentence on each side.
    pub one_to_one: bool,
    /// Least score of a link, 0..1.
    pub min_score: f32,
    /// Links below this score are conflicts, 0..1.
    pub conflicts_below: f32,
}

/// A text in several versions.
#[derive(Debug, Clone)]
pub struct Alignment {
    /// The versions, at least two.
    pub versions: Vec<Version>,
    /// Probability that the versions belong together, 0..1; `None` where the user put them together.
    pub pair_score: Option<f32>,
    /// The table: each sentence of each version is in one row.
    pub rows: Vec<Row>,
    /// The links of every two versions.
    pub pairs: Vec<VersionPair>,
    /// Rows in another order than their surroundings: blocks of indices of [`rows`](Self::rows).
    pub moved: Vec<Vec<usize>>,
    /// Neighbouring sentences of a version that no other version has.
    pub unlinked: Vec<Unlinked>,
}

/// One version of a text.
#[derive(Debug, Clone, Serialize)]
pub struct Version {
    /// The input as the user named it.
    pub source: String,
    /// Its language.
    pub language: Language,
    /// Its sentences; their numbers count from 0. Blank ones are kept and never linked.
    pub sentences: Vec<String>,
    /// How many passages cleaning left out.
    pub dropped: usize,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The sentence numbers of each version, ascending; empty where it says nothing.
    pub cells: Vec<Vec<usize>>,
    /// What the versions have to do with each other.
    pub link: RowLink,
}

/// What the versions in a row have to do with each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RowLink {
    /// A blank line of one version.
    Blank,
    /// A sentence that no other version has.
    None,
    /// They say the same.
    Linked {
        /// Probability that they do, 0..1.
        score: f32,
        /// What the aligner paid; in a row of more than two versions the mean.
        cost: f32,
        /// Whether the score is so low that somebody should look.
        conflict: bool,
        /// Whether the row stands in another order than its surroundings.
        moved: bool,
    },
}

impl Row {
    /// The score, where the row is linked.
    pub fn score(&self) -> Option<f32> {
        match self.link {
            RowLink::Linked { score, .. } => Some(score),
            _ => None,
        }
    }

    /// Whether the row is linked with little confidence.
    pub fn is_conflict(&self) -> bool {
        matches!(self.link, RowLink::Linked { conflict: true, .. })
    }

    /// Whether the row stands in another order than its surroundings.
    pub fn is_moved(&self) -> bool {
        matches!(self.link, RowLink::Linked { moved: true, .. })
    }

    /// Whether somebody should look at the row: a conflict, a moved one, a sentence without a link.
    pub fn needs_a_look(&self) -> bool {
        self.link == RowLink::None || self.is_conflict() || self.is_moved()
    }

    /// A sign for people: `?` is a conflict, `↕` is moved.
    fn mark(&self) -> &'static str {
        match (self.is_conflict(), self.is_moved()) {
            (false, false) => "",
            (true, false) => "?",
            (false, true) => "↕",
            (true, true) => "?↕",
        }
    }

    /// Whether the row is linked at all.
    pub fn is_linked(&self) -> bool {
        matches!(self.link, RowLink::Linked { .. })
    }
}

/// Neighbouring sentences of a version that no other version has: a section left out, or added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unlinked {
    /// Number of the version.
    pub version: usize,
    /// The sentence numbers, ascending.
    pub sentences: Vec<usize>,
}

impl Alignment {
    /// Whether the versions, linked in parallel mode, are hardly translations of each other.
    pub fn is_hardly_parallel(&self) -> bool {
        let long = self.versions.iter().all(|version| version.sentences.len() >= FEW);
        long && self.sure() < TRANSLATION
    }

    /// The text of a version's sentences in a row, joined by blanks.
    pub fn text(&self, version: usize, cell: &[usize]) -> String {
        let sentences = &self.versions[version].sentences;
        let texts: Vec<&str> = cell.iter().map(|&number| sentences[number].trim()).collect();
        texts.join(" ")
    }

    /// Share of the sentences that are linked and no conflict, 0..1; 1 where there are none.
    pub fn sure(&self) -> f32 {
        let sentences = |rows: &mut dyn Iterator<Item = &Row>| -> usize {
            rows.flat_map(|row| &row.cells).map(Vec::len).sum()
        };
        let all = sentences(&mut self.told());
        let sure = sentences(&mut self.told().filter(|row| row.is_linked() && !row.is_conflict()));
        if all == 0 { 1.0 } else { sure as f32 / all as f32 }
    }

    /// How many rows are linked.
    pub fn links(&self) -> usize {
        self.rows.iter().filter(|row| row.is_linked()).count()
    }

    /// The rows that hold text.
    fn told(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.link != RowLink::Blank)
    }
}

/// Sentence numbers for people: `7`, `7–9`, `3 5`.
fn numbers(cell: &[usize]) -> String {
    match cell {
        [] => "–".to_owned(),
        [one] => one.to_string(),
        [first, .., last] if last - first + 1 == cell.len() => format!("{first}–{last}"),
        _ => cell.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    }
}

/// A format of alignments: a row of [`FORMATS`].
pub struct Format {
    /// The name given to `--format`.
    pub name: &'static str,
    /// File endings that select it.
    pub endings: &'static [&'static str],
    /// One line for the help.
    pub summary: &'static str,
    /// Whether it can hold more than two versions.
    pub many_versions: bool,
    /// Whether it can hold more than one text.
    pub many_texts: bool,
    /// Writes alignments.
    pub write: fn(&Alignments, &Layout, &mut dyn Write) -> io::Result<()>,
}

/// The formats of alignments. Adding one is a file and a row here.
pub const FORMATS: &[Format] = &[
    Format {
        name: "terminal",
        endings: &["txt"],
        summary: "side by side, made to be read on a terminal",
        many_versions: true,
        many_texts: true,
        write: terminal::write,
    },
    Format {
        name: "json",
        endings: &["json"],
        summary: "links, conflicts, moved and unlinked sentences, schema parallax.alignment/1",
        many_versions: true,
        many_texts: true,
        write: json::write,
    },
    Format {
        name: "jsonl",
        endings: &["jsonl"],
        summary: "a link with its texts on each line",
        many_versions: true,
        many_texts: true,
        write: json::write_lines,
    },
    Format {
        name: "tsv",
        endings: &["tsv"],
        summary: "texts beside each other, tab-separated, texts as they are",
        many_versions: true,
        many_texts: true,
        write: tables::write_tsv,
    },
    Format {
        name: "csv",
        endings: &["csv"],
        summary: "the same for spreadsheets: a text that looks like a formula gets a `'`",
        many_versions: true,
        many_texts: true,
        write: tables::write_csv,
    },
    Format {
        name: "tmx",
        endings: &["tmx"],
        summary: "a translation memory, TMX 1.4",
        many_versions: true,
        many_texts: true,
        write: tmx::write,
    },
    Format {
        name: "vecalign",
        endings: &["vecalign"],
        summary: "lines `[0]:[0, 1]:0.09` of sentence numbers and costs",
        many_versions: false,
        many_texts: false,
        write: vecalign::write,
    },
    Format {
        name: "markdown",
        endings: &["md", "markdown"],
        summary: "a Markdown table",
        many_versions: true,
        many_texts: true,
        write: markdown::write,
    },
];
