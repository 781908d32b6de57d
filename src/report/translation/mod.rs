//! What was found in a translation, segment by segment (schema `parallax.check/1`), and its writers, a file each.
//! Segments are written as they come, so that any number of them takes the same memory.

mod csv;
mod github;
mod html;
mod json;
mod junit;
mod ranking;
mod sarif;
mod summary;
mod terminal;

use std::io::{self, Write};

use serde::Serialize;

use super::{Layout, Tool};
use crate::finding::{CheckInfo, Severity};
use crate::lang::Language;
use crate::text::Span;
use crate::translation::score::Risk;
use crate::translation::{Checked, SegmentFinding, Side};

pub use ranking::{Contender, RANKING_FORMATS, RankingFormat, RankingReport};
pub use summary::{Counts, Summary, WholeScore};

/// Name and version of the JSON form.
pub const SCHEMA: &str = "parallax.check/1";

/// What is known before the first segment.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    /// What made the report.
    pub tool: Tool,
    /// The options in force.
    pub options: CheckedOptions,
    /// The file of the sources and that of the targets; the same where one file has both.
    pub files: [String; 2],
    /// The checks that can have findings.
    #[serde(skip)]
    pub checks: Vec<CheckInfo>,
}

/// The options that shaped a check.
#[derive(Debug, Clone, Serialize)]
pub struct CheckedOptions {
    /// The profile.
    pub profile: &'static str,
    /// Mildest severity reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_severity: Option<Severity>,
}

/// A segment as reports show it.
#[derive(Debug, Clone, Serialize)]
pub struct SegmentEntry<'c> {
    /// What its file calls it, or its number.
    pub id: &'c str,
    /// The source.
    pub source: &'c str,
    /// The target.
    pub target: &'c str,
    /// How good the translation is, 0..1.
    pub score: Option<f32>,
    /// Probability of an error that changes the meaning badly, 0..1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub critical: Option<f32>,
    /// What was found.
    pub findings: Vec<FindingEntry<'c>>,
    /// Stretches of the source that nothing in the target covers.
    pub uncovered: Vec<RiskEntry<'c>>,
    /// Stretches of the target that nothing in the source supports.
    pub unsupported: Vec<RiskEntry<'c>>,
}

/// A stretch of one side that the other side does not answer.
#[derive(Debug, Clone, Serialize)]
pub struct RiskEntry<'c> {
    /// Where it is.
    #[serde(flatten)]
    pub place: Place<'c>,
    /// How likely something is wrong there, 0..1.
    pub score: f32,
}

/// A finding as reports show it.
#[derive(Debug, Clone, Serialize)]
pub struct FindingEntry<'c> {
    /// The check.
    pub check: &'static str,
    /// Its MQM category.
    pub category: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Probability that it is right, 0..1.
    pub confidence: f32,
    /// One sentence for a reader.
    pub message: &'c str,
    /// The stretch of the source it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Place<'c>>,
    /// The stretch of the target it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Place<'c>>,
}

/// A stretch of one side of a segment.
#[derive(Debug, Clone, Serialize)]
pub struct Place<'c> {
    /// First scalar value in the text of the side.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The stretch.
    pub text: &'c str,
    /// Line of the file, from 1, where the segment has a place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Column in the file, from 1, in scalar values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

impl<'c> SegmentEntry<'c> {
    /// The entry of a segment.
    pub fn new(checked: &'c Checked) -> Self {
        let segment = &checked.segment;
        let entry = |finding: &'c SegmentFinding| FindingEntry {
            check: finding.check,
            category: finding.category,
            severity: finding.severity,
            confidence: rounded(finding.confidence),
            message: &finding.message,
            source: finding.source.map(|span| Place::new(&segment.source, span)),
            target: finding.target.map(|span| Place::new(&segment.target, span)),
        };
        let risks = |side: &'c Side, risks: &[Risk]| -> Vec<RiskEntry<'c>> {
            let entry = |risk: &Risk| RiskEntry {
                place: Place::new(side, risk.span),
                score: rounded(risk.score),
            };
            risks.iter().map(entry).collect()
        };
        Self {
            id: &segment.id,
            source: &segment.source.text,
            target: &segment.target.text,
            score: checked.score.map(rounded),
            critical: checked.critical.map(rounded),
            findings: checked.findings.iter().map(entry).collect(),
            uncovered: risks(&segment.source, &checked.uncovered),
            unsupported: risks(&segment.target, &checked.unsupported),
        }
    }
}

impl<'c> Place<'c> {
    fn new(side: &'c Side, span: Span) -> Self {
        let start = side.text[..span.start].chars().count();
        let text = span.of(&side.text);
        let location = side.location(span.start);
        Self {
            start,
            end: start + text.chars().count(),
            text,
            line: location.map(|location| location.line),
            column: location.map(|location| location.column),
        }
    }
}

/// To four places, which is more than anybody reads; no negative zero.
fn rounded(value: f32) -> f32 {
    (value * 1e4).round() / 1e4 + 0.0
}

/// Where to point at a finding in a file: at the target, unless it is about the source alone.
fn pointed_at<'h>(head: &'h Head, checked: &Checked, finding: &SegmentFinding) -> Pointer<'h> {
    let segment = &checked.segment;
    let (file, side, span) = match (finding.target, finding.source) {
        (Some(span), _) => (1, &segment.target, span),
        (None, Some(_)) if !segment.target.anchors.is_empty() => {
            (1, &segment.target, Span::new(0, segment.target.text.len()))
        }
        (None, Some(span)) => (0, &segment.source, span),
        (None, None) => (1, &segment.target, Span::new(0, segment.target.text.len())),
    };
    let location = side.location(span.start);
    // Columns point behind the last character.
    let end = span.of(&side.text).char_indices().next_back().map(|(at, _)| span.start + at);
    let end = end.and_then(|at| side.location(at)).map(|end| (end.line, end.column + 1));
    Pointer {
        file: &head.files[file],
        start: location.map(|start| (start.line, start.column)),
        end: end.or(location.map(|start| (start.line, start.column))),
    }
}

/// A place in a file: lines and columns from 1, the end behind the last character.
struct Pointer<'h> {
    file: &'h str,
    start: Option<(usize, usize)>,
    end: Option<(usize, usize)>,
}

/// Writes segments one by one.
pub trait Writer {
    /// What stands before the first segment.
    ///
    /// # Errors
    /// What the output says when it cannot be written; so for the other two.
    fn begin(&mut self, _head: &Head, _output: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// One segment.
    ///
    /// # Errors
    /// As [`begin`](Self::begin).
    fn segment(&mut self, head: &Head, checked: &Checked, output: &mut dyn Write)
    -> io::Result<()>;

    /// What stands after the last segment.
    ///
    /// # Errors
    /// As [`begin`](Self::begin).
    fn end(&mut self, _head: &Head, _summary: &Summary, _output: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// A format: a row of [`FORMATS`].
pub struct Format {
    /// The name given to `--format`.
    pub name: &'static str,
    /// File endings that select it.
    pub endings: &'static [&'static str],
    /// One line for the help.
    pub summary: &'static str,
    /// A writer.
    pub writer: fn(&Layout) -> Box<dyn Writer>,
}

/// The formats. Adding one is a file and a row here.
pub const FORMATS: &[Format] = &[
    Format {
        name: "terminal",
        endings: &[],
        summary: "findings with both texts, made to be read on a terminal",
        writer: terminal::writer,
    },
    Format {
        name: "jsonl",
        endings: &["jsonl", "ndjson"],
        summary: "a JSON object on a line for each segment",
        writer: |_| Box::new(json::Lines),
    },
    Format {
        name: "json",
        endings: &["json"],
        summary: "one JSON object with all segments, schema parallax.check/1",
        writer: |_| Box::new(json::Object::default()),
    },
    Format {
        name: "csv",
        endings: &["csv"],
        summary: "a row for each finding, for spreadsheets",
        writer: |_| Box::new(csv::Table),
    },
    Format {
        name: "html",
        endings: &["html", "htm"],
        summary: "one page that loads nothing, with marks in both texts and filters",
        writer: |_| Box::new(html::Page::default()),
    },
    Format {
        name: "sarif",
        endings: &["sarif"],
        summary: "SARIF 2.1.0, for editors and code scanning",
        writer: |_| Box::new(sarif::Log::default()),
    },
    Format {
        name: "junit",
        endings: &["xml"],
        summary: "JUnit XML, for build servers",
        writer: |_| Box::new(junit::Suite::default()),
    },
    Format {
        name: "github",
        endings: &[],
        summary: "annotations in the log of GitHub Actions",
        writer: |_| Box::new(github::Annotations),
    },
];

/// The language of a side, for people.
fn language_name(language: Language) -> String {
    match language {
        Language::UNKNOWN => "unknown".to_owned(),
        language => language.to_string(),
    }
}
