//! What a check of a translation found in all.

use serde::Serialize;

use super::rounded;
use crate::finding::Severity;
use crate::lang::Language;
use crate::translation::score::DocumentScore;
use crate::translation::{Checked, Side};

/// Counts and the score of the whole, taken up segment by segment.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Summary {
    /// Segments checked.
    pub segments: usize,
    /// Findings by severity.
    pub findings: Counts,
    /// Findings that were accepted in a baseline.
    pub accepted: usize,
    /// Parts of the file that were no segment.
    pub problems: usize,
    /// The score of the whole, if there is any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<WholeScore>,
    /// The languages of source and target, as most segments have them.
    #[serde(skip)]
    pub languages: Option<[Language; 2]>,
    #[serde(skip)]
    scores: DocumentScore,
}

/// Findings by severity.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Counts {
    /// Critical ones.
    pub critical: usize,
    /// Major ones.
    pub major: usize,
    /// Minor ones.
    pub minor: usize,
    /// What is only worth knowing.
    pub info: usize,
}

impl Counts {
    /// The counts, the weightiest first, with their severities.
    pub fn by_severity(&self) -> [(Severity, usize); 4] {
        [
            (Severity::Critical, self.critical),
            (Severity::Major, self.major),
            (Severity::Minor, self.minor),
            (Severity::Info, self.info),
        ]
    }

    /// How many are at least this severe.
    pub fn at_least(&self, severity: Severity) -> usize {
        let counted = self.by_severity().into_iter().filter(|(found, _)| *found >= severity);
        counted.map(|(_, count)| count).sum()
    }
}

/// The score of a whole translation: the mean over its segments, longer ones counting more.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WholeScore {
    /// The mean, 0..1.
    pub mean: f32,
    /// Where the mean lies with a probability of 95 %.
    pub interval: [f32; 2],
}

impl Summary {
    /// Takes up a segment.
    pub fn add(&mut self, checked: &Checked) {
        let segment = &checked.segment;
        self.segments += 1;
        self.languages.get_or_insert([segment.source.language, segment.target.language]);
        for finding in &checked.findings {
            match finding.severity {
                Severity::Critical => self.findings.critical += 1,
                Severity::Major => self.findings.major += 1,
                Severity::Minor => self.findings.minor += 1,
                Severity::Info => self.findings.info += 1,
            }
        }
        if let Some(score) = checked.score {
            let length = |side: &Side| side.text.chars().count();
            self.scores.add(score, length(&segment.source).max(length(&segment.target)));
            self.score = self.scores.interval().map(|interval| WholeScore {
                mean: rounded(interval.mean),
                interval: [rounded(interval.low), rounded(interval.high)],
            });
        }
    }
}
