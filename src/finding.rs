//! Findings: what a check reports, how bad it is, and how checks describe themselves.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// How much a finding matters. Ordered: `Info < Minor < Major < Critical`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// A small difference.
    Minor,
    /// A difference that changes what a reader learns.
    Major,
    /// A contradiction on what matters most.
    Critical,
}

impl Severity {
    /// All severities, the mildest first.
    pub const ALL: [Severity; 4] = [Self::Info, Self::Minor, Self::Major, Self::Critical];

    /// The name used in reports and options.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Critical => "critical",
        }
    }
}

/// One side of a finding: a stretch of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Index of the document.
    pub document: usize,
    /// Index of the sentence in its document, where the finding is about one.
    pub sentence: Option<usize>,
    /// What exactly, in bytes of the document's cleaned text.
    pub span: Span,
}

/// The two values a finding sets against each other, as a person would write them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Values {
    /// Value on the left.
    pub left: String,
    /// Value on the right.
    pub right: String,
}

/// One difference or error.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Id of the check that found it, e.g. `number-mismatch`.
    pub check: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Probability that the finding is right, 0..1.
    pub confidence: f32,
    /// One sentence for a reader.
    pub message: String,
    /// The stretch it is about.
    pub left: Option<Place>,
    /// The stretch it is compared with.
    pub right: Option<Place>,
    /// The values that differ.
    pub values: Option<Values>,
    /// Further stretches that show it, in the order of documents and text; most checks need none.
    pub evidence: Vec<Place>,
}

/// What a check says about itself: the row that ids, help and `explain` are made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckInfo {
    /// Kebab-case id.
    pub id: &'static str,
    /// The family it belongs to, e.g. `coverage`.
    pub family: &'static str,
    /// One line: what it finds.
    pub summary: &'static str,
    /// What it means, how it decides, an example, and what is not reported.
    pub explanation: &'static str,
}

/// What to say about a check that does not exist: the one that was likely meant, and all that there are.
pub fn unknown_check(unknown: &str, known: &[&str]) -> String {
    const LEAST_LIKE: f64 = 0.75;
    let alike = |id: &&&str| strsim::jaro_winkler(id, unknown);
    let nearest = known
        .iter()
        .filter(|id| alike(id) >= LEAST_LIKE)
        .max_by(|one, other| alike(one).total_cmp(&alike(other)));
    let meant = nearest.map(|id| format!(" Did you mean `{id}`?")).unwrap_or_default();
    format!("there is no check `{unknown}`.{meant} There are {}", known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_check_leads_to_the_one_that_was_meant() {
        let known = ["omission", "number-mismatch", "name-mismatch"];
        for (unknown, meant) in [("numbers", "number-mismatch"), ("omision", "omission")] {
            let told = unknown_check(unknown, &known);
            assert!(told.contains(&format!("Did you mean `{meant}`?")), "{told}");
        }
        assert!(!unknown_check("xyz", &known).contains("mean"));
    }
}
