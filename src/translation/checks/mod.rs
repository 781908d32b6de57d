//! Checks of a segment of a translation.
//!
//! A check is a [`Check`] constant in a file of this folder and a row in [`CHECKS`]; ids, categories, help
//! and `explain` are read from there. [`run`] asks all of them about a [`Pair`].

mod copies;
mod coverage;
pub(crate) mod length;
mod links;
mod marks;
mod negation;
mod placeholders;
mod punctuation;
mod settings;
mod terminology;
mod values;
mod words;

use crate::align::contrary::Contrary;
use crate::error::{Error, Result};
use crate::facts::Fact;
use crate::finding::{CheckInfo, Severity, unknown_check};
use crate::text::Span;
use crate::translation::clauses::Uncovered;
use crate::translation::terms::Glossary;
use crate::translation::{Segment, SegmentFinding};

pub use settings::{DEFAULT_PROFILE, Profile, Settings};

/// A check of a segment.
pub struct Check {
    /// Id, family, explanation.
    pub info: CheckInfo,
    /// The category of its findings in the Multidimensional Quality Metrics (MQM), dimension and type.
    pub category: &'static str,
    /// Looks at a segment.
    pub run: fn(&Pair<'_>, &mut Findings),
}

/// The checks, in the order of the documentation.
pub const CHECKS: &[Check] = &[
    coverage::OMISSION,
    coverage::ADDITION,
    values::NUMBERS,
    values::DATES,
    values::UNITS,
    negation::CHECK,
    copies::UNTRANSLATED,
    copies::WRONG_LANGUAGE,
    copies::COPIED,
    words::REPETITION,
    length::CHECK,
    punctuation::CHECK,
    placeholders::CHECK,
    marks::CHECK,
    links::CHECK,
    terminology::CHECK,
];

/// The row of a check id.
pub fn check(id: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|check| check.info.id == id)
}

/// A segment with what checks want to know about it.
pub struct Pair<'a> {
    /// The segment.
    pub segment: &'a Segment,
    /// Facts of the source; spans are bytes of its text.
    pub source_facts: &'a [Fact],
    /// Facts of the target.
    pub target_facts: &'a [Fact],
    /// The clause that one side most likely has alone, if any may be.
    pub uncovered: Option<&'a Uncovered>,
    /// The negation that one side may have alone.
    pub contrary: Option<Contrary>,
    /// The glossary, if there is one.
    pub glossary: Option<&'a Glossary>,
    /// Whether the segment was made by aligning documents: a side without text has no counterpart then, and
    /// is not a task left open.
    pub aligned: bool,
    /// How strict the checks are.
    pub settings: &'a Settings,
}

impl Pair<'_> {
    /// Whether one of the sides has no text.
    fn is_half(&self) -> bool {
        self.segment.source.text.trim().is_empty() || self.segment.target.text.trim().is_empty()
    }
}

/// Collects the findings of one check about one segment.
pub struct Findings {
    check: &'static str,
    category: &'static str,
    found: Vec<SegmentFinding>,
}

impl Findings {
    /// Adds a finding about a stretch of the source, one of the target, or both.
    pub fn add(
        &mut self,
        (severity, confidence): (Severity, f32),
        message: impl Into<String>,
        source: Option<Span>,
        target: Option<Span>,
    ) {
        self.found.push(SegmentFinding {
            check: self.check,
            category: self.category,
            severity,
            confidence,
            message: message.into(),
            source,
            target,
        });
    }
}

/// Which checks run, and what of their findings is kept.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Ids of the only checks to run; all where empty.
    pub only: Vec<String>,
    /// Ids of checks not to run.
    pub skip: Vec<String>,
    /// Mildest severity kept.
    pub min_severity: Option<Severity>,
}

impl Selection {
    /// Whether a check is asked for, by the options alone.
    pub fn wants(&self, id: &str) -> bool {
        let named = |ids: &[String]| ids.iter().any(|named| named == id);
        (self.only.is_empty() || named(&self.only)) && !named(&self.skip)
    }

    /// Makes sure that every id named is one of `known`.
    ///
    /// # Errors
    /// [`Error::Option`] that names the option, the id and those there are.
    pub fn verify(&self, known: &[&str]) -> Result<()> {
        for (option, ids) in [("--only", &self.only), ("--skip", &self.skip)] {
            if let Some(unknown) = ids.iter().find(|id| !known.contains(&id.as_str())) {
                return Err(Error::Option { option, reason: unknown_check(unknown, known) });
            }
        }
        Ok(())
    }
}

/// What the selected checks find in a segment, in the order of the checks, mild findings too: they count in the score.
pub fn run(pair: &Pair<'_>, selection: &Selection) -> Vec<SegmentFinding> {
    let selected = CHECKS
        .iter()
        .filter(|check| selection.wants(check.info.id) && pair.settings.runs(check.info.id));
    selected
        .flat_map(|check| {
            let mut findings =
                Findings { check: check.info.id, category: check.category, found: Vec::new() };
            (check.run)(pair, &mut findings);
            findings.found
        })
        .map(|finding| SegmentFinding {
            severity: pair.settings.severity(finding.check, finding.severity),
            ..finding
        })
        .filter(|finding| finding.confidence >= pair.settings.thresholds.confidence)
        .collect()
}

/// A stretch of text, short enough for a message.
fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let text = text.trim();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("“{}…”", text[..end].trim_end()),
        None => format!("“{text}”"),
    }
}

/// The span of all of a text.
fn whole(text: &str) -> Span {
    Span::new(0, text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_kebab_case() {
        for (index, check) in CHECKS.iter().enumerate() {
            let id = check.info.id;
            assert!(id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{id}");
            assert!(CHECKS[..index].iter().all(|other| other.info.id != id), "{id} twice");
            assert!(!check.info.summary.ends_with('.'), "{id}: a summary is no sentence");
            assert!(check.category.contains('/'), "{id}: a category is a dimension and a type");
        }
    }
}
