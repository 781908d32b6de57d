//! The report: everything a run found, in one serialisable value (schema `parallax.report/1`).
//!
//! [`build`] makes a [`Report`] from a comparison; the writers ([`json`], [`terminal`],
//! [`markdown`], [`html`], [`csv`]) only read it.

pub mod alignment;
pub mod build;
pub mod csv;
pub mod html;
pub mod json;
pub mod markdown;
mod page;
pub mod reliability;
pub mod sanitise;
pub mod selection;
pub mod sheets;
pub mod study;
pub mod tables;
pub mod terminal;
pub mod translation;
pub mod vectors;

use std::io;

use jiff::civil::Date;
use serde::Serialize;

use crate::align::{Coverage, Mode, Scores};
use crate::embed::Embedder;
use crate::facts::Value;
use crate::finding::{Severity, Values};
use crate::lang::Language;
use crate::text::{Dropped, ParagraphKind};

/// Name and version of the JSON form.
pub const SCHEMA: &str = "parallax.report/1";

/// Everything a comparison found. Positions count Unicode scalar values of the decoded source.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Always [`SCHEMA`].
    pub schema: &'static str,
    /// What made the report.
    pub tool: Tool,
    /// The options in force.
    pub options: Options,
    /// The documents, in the order of the inputs.
    pub documents: Vec<DocumentEntry>,
    /// Overall similarity of every two documents.
    pub similarity: Similarity,
    /// Every pair of documents.
    pub pairs: Vec<PairEntry>,
    /// Statements that more than one document makes.
    pub claims: Vec<ClaimEntry>,
    /// Events; every document is in one.
    pub events: Vec<EventEntry>,
    /// Stories; every event is in one.
    pub stories: Vec<StoryEntry>,
    /// Differences, the weightiest first.
    pub findings: Vec<FindingEntry>,
    /// Inputs that gave no document.
    pub skipped: Vec<SkippedEntry>,
    /// Remarks on inputs that were read.
    pub notes: Vec<NoteEntry>,
}

/// What made a report.
#[derive(Debug, Clone, Serialize)]
pub struct Tool {
    /// `parallax`.
    pub name: &'static str,
    /// Version of the program.
    pub version: &'static str,
    /// Engine that computed the vectors.
    pub engine: String,
    /// Model behind the vectors.
    pub model: ModelEntry,
}

impl std::fmt::Display for Tool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { name, version, engine, model } = self;
        let ModelEntry { id, dim, sha256, .. } = model;
        write!(
            f,
            "{name} {version} · engine {engine} · model {id} ({dim} dimensions, SHA-256 {sha256})"
        )
    }
}

/// The model behind the vectors.
#[derive(Debug, Clone, Serialize)]
pub struct ModelEntry {
    /// Its name.
    pub id: String,
    /// SHA-256 of its weights, hexadecimal.
    pub sha256: String,
    /// Length of a vector.
    pub dim: usize,
}

impl Tool {
    /// This program and the model that `embedder` runs.
    pub fn new(embedder: &Embedder) -> Self {
        let manifest = embedder.manifest();
        Self {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            engine: embedder.engine_name().to_owned(),
            model: ModelEntry {
                id: manifest.id.clone(),
                sha256: manifest.content_hash(),
                dim: manifest.dim,
            },
        }
    }
}

/// The options that shaped a report.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Options {
    /// Language given for all inputs, where one was.
    pub lang: Option<String>,
    /// Checks that ran.
    pub checks: Vec<&'static str>,
    /// Mildest severity reported.
    pub min_severity: Option<Severity>,
}

/// A document of the report.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentEntry {
    /// `d0`, `d1`, …
    pub id: String,
    /// Where it came from.
    pub source: String,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Its address on the web; `http` or `https`, nothing else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its language.
    pub language: Language,
    /// How sure the language is, 0..1.
    pub language_confidence: f32,
    /// Words in its sentences.
    pub words: usize,
    /// What cleaning took out.
    pub dropped: Vec<Dropped>,
    /// Its sentences.
    pub sentences: Vec<SentenceEntry>,
}

/// A sentence of the report.
#[derive(Debug, Clone, Serialize)]
pub struct SentenceEntry {
    /// `d0.s3`, …
    pub id: String,
    /// First scalar value in the source.
    pub start: usize,
    /// One past the last scalar value in the source.
    pub end: usize,
    /// The cleaned text.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// What kind of paragraph it stands in.
    pub role: ParagraphKind,
    /// Its facts.
    pub facts: Vec<FactEntry>,
}

/// A fact of the report.
#[derive(Debug, Clone, Serialize)]
pub struct FactEntry {
    /// First scalar value in the source.
    pub start: usize,
    /// One past the last scalar value in the source.
    pub end: usize,
    /// The text.
    pub text: String,
    /// Kind and value.
    #[serde(flatten)]
    pub value: Value,
}

/// Overall similarity of every two documents.
#[derive(Debug, Clone, Serialize)]
pub struct Similarity {
    /// Ids of rows and columns.
    pub documents: Vec<String>,
    /// The matrix, symmetric, 0..1.
    pub overall: Vec<Vec<f32>>,
}

/// Two documents set against each other.
#[derive(Debug, Clone, Serialize)]
pub struct PairEntry {
    /// Id of the left document.
    pub left: String,
    /// Id of the right document.
    pub right: String,
    /// How alike they are.
    pub scores: Scores,
    /// How much they share.
    pub coverage: Coverage,
    /// Which sentences say the same.
    pub links: Vec<LinkEntry>,
}

/// Sentences that say the same.
#[derive(Debug, Clone, Serialize)]
pub struct LinkEntry {
    /// Ids of sentences of the left document.
    pub left: Vec<String>,
    /// Ids of sentences of the right document.
    pub right: Vec<String>,
    /// Probability that they do, 0..1.
    pub score: f32,
    /// How the link was made.
    pub mode: Mode,
}

/// One statement and everyone who makes it.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimEntry {
    /// `c0`, `c1`, …
    pub id: String,
    /// The sentence that stands for it.
    pub text: String,
    /// Ids of the sentences that make it.
    pub sentences: Vec<String>,
    /// Ids of the documents that make it.
    pub documents: Vec<String>,
}

/// Documents about one happening.
#[derive(Debug, Clone, Serialize)]
pub struct EventEntry {
    /// `e0`, `e1`, …
    pub id: String,
    /// Id of its story.
    pub story: String,
    /// A headline that names it.
    pub label: String,
    /// Ids of its documents.
    pub documents: Vec<String>,
    /// Publication dates of its documents.
    pub dates: Vec<Date>,
}

/// Events of the same actors and matter.
#[derive(Debug, Clone, Serialize)]
pub struct StoryEntry {
    /// `s0`, `s1`, …
    pub id: String,
    /// A headline that names it.
    pub label: String,
    /// Ids of its documents.
    pub documents: Vec<String>,
}

/// One difference.
#[derive(Debug, Clone, Serialize)]
pub struct FindingEntry {
    /// `f0`, `f1`, …
    pub id: String,
    /// The check that found it.
    pub check: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Probability that it is right, 0..1.
    pub confidence: f32,
    /// One sentence for a reader.
    pub message: String,
    /// The stretch it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<PlaceEntry>,
    /// The stretch it is compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<PlaceEntry>,
    /// The values that differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<Values>,
    /// Further stretches that show it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<PlaceEntry>,
}

/// One side of a finding.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceEntry {
    /// Id of the document.
    pub document: String,
    /// Id of the sentence, where the finding is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentence: Option<String>,
    /// First scalar value in the source.
    pub start: usize,
    /// One past the last scalar value in the source.
    pub end: usize,
    /// The text.
    pub text: String,
}

/// An input that gave no document.
#[derive(Debug, Clone, Serialize)]
pub struct SkippedEntry {
    /// The input as the user named it.
    pub source: String,
    /// What is wrong with it.
    pub error: String,
    /// What to do about it.
    pub hint: String,
    /// Whether it was left out only because the same content was read already.
    #[serde(skip)]
    pub copy: bool,
}

/// A remark on an input that was read.
#[derive(Debug, Clone, Serialize)]
pub struct NoteEntry {
    /// The input as the user named it.
    pub source: String,
    /// What was found.
    pub message: String,
}

impl Report {
    /// The entry of a document id.
    pub fn document(&self, id: &str) -> Option<&DocumentEntry> {
        self.documents.get(index_of(id)?)
    }

    /// The entry of a sentence id.
    pub fn sentence(&self, id: &str) -> Option<&SentenceEntry> {
        let (document, sentence) = id.split_once('.')?;
        self.document(document)?.sentences.get(index_of(sentence)?)
    }

    /// The whole sentence around a place; the place itself where it is in none.
    pub fn passage<'r>(&'r self, place: &'r PlaceEntry) -> &'r str {
        let sentence = place.sentence.as_deref().and_then(|id| self.sentence(id));
        sentence.map_or(place.text.as_str(), |sentence| sentence.text.as_str())
    }

    /// How many findings are at least this severe.
    pub fn count_at_least(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity >= severity).count()
    }
}

/// The number behind an id such as `d12` or `s3`.
fn index_of(id: &str) -> Option<usize> {
    id.get(1..)?.parse().ok()
}

/// What a writer needs to know about the place it writes to.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// Columns to fill.
    pub width: usize,
    /// Whether to use colours.
    pub colour: bool,
    /// Whether to list everything instead of the weightiest.
    pub all: bool,
}

/// A report format: a row of [`FORMATS`].
pub struct Format {
    /// The name given to `--format`.
    pub name: &'static str,
    /// File endings that select it.
    pub endings: &'static [&'static str],
    /// One line for the help.
    pub summary: &'static str,
    /// Writes a report.
    pub write: fn(&Report, &Layout, &mut dyn io::Write) -> io::Result<()>,
}

/// The report formats. Adding one is a file and a row here.
pub const FORMATS: &[Format] = &[
    Format {
        name: "terminal",
        endings: &[],
        summary: "text made to be read on a terminal",
        write: terminal::write,
    },
    Format {
        name: "json",
        endings: &["json"],
        summary: "everything, schema parallax.report/1",
        write: json::write,
    },
    Format {
        name: "markdown",
        endings: &["md", "markdown"],
        summary: "the same report as Markdown",
        write: markdown::write,
    },
    Format {
        name: "html",
        endings: &["html", "htm"],
        summary: "a page with the versions side by side, for a browser and for paper",
        write: html::write,
    },
    Format {
        name: "csv",
        endings: &["csv"],
        summary: "the findings as a table, for a spreadsheet",
        write: csv::write,
    },
];
