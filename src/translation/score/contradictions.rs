//! What a contradiction between both sides, or a finding of a check, takes off a score.
//!
//! Encoders hardly see a wrong number or a missing "not", so that these are counted apart.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::facts::{Class, Closeness, Fact, match_facts};
use crate::translation::SegmentFinding;

/// The check of negations.
const NEGATION: &str = "negation";
/// Negations without an answer that count at most.
const MOST_NEGATIONS: usize = 3;

/// What is left of a score after each contradiction.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Discounts {
    /// A number, date, time or unit that contradicts the source.
    conflicting: f32,
    /// A number, date or time that only one side has.
    one_sided: f32,
    /// A negation that the other side does not answer.
    negation: f32,
    /// Findings by check.
    findings: BTreeMap<String, f32>,
}

static DISCOUNTS: LazyLock<Discounts> = LazyLock::new(|| {
    let none =
        Discounts { conflicting: 1.0, one_sided: 1.0, negation: 1.0, findings: BTreeMap::new() };
    toml::from_str(include_str!("contradictions.toml")).unwrap_or(none)
});

/// The share of a segment's score that its contradictions leave, 0..1; 1 where there are none.
pub(super) fn share_left(source: &[Fact], target: &[Fact]) -> f32 {
    let matches = match_facts(source, target, Closeness::Parallel);
    let left = matches.iter().map(|found| {
        let sure = match found.class {
            Class::Conflicting(_) => DISCOUNTS.conflicting,
            Class::OneSided => DISCOUNTS.one_sided,
            Class::Equal | Class::Compatible(_) => 1.0,
        };
        1.0 - found.confidence * (1.0 - sure)
    });
    left.product()
}

/// The same for negations that the other side does not answer.
pub(super) fn share_left_by_polarity(unanswered: usize) -> f32 {
    DISCOUNTS.negation.powi(unanswered.min(MOST_NEGATIONS) as i32)
}

/// The same for a negation that one side has alone, by the probability that it is an error: one too unlikely for a finding
/// counts for what it is worth.
pub(super) fn share_left_by_contrary(confidence: f32) -> f32 {
    share_left_by(NEGATION, confidence)
}

/// The same for what checks found; of several findings of a check the surest counts. Negations are counted apart.
pub(super) fn share_left_by_findings(findings: &[SegmentFinding]) -> f32 {
    let mut sure: BTreeMap<&str, f32> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.check != NEGATION) {
        let most = sure.entry(finding.check).or_default();
        *most = most.max(finding.confidence);
    }
    sure.into_iter().map(|(check, confidence)| share_left_by(check, confidence)).product()
}

fn share_left_by(check: &str, confidence: f32) -> f32 {
    let left = DISCOUNTS.findings.get(check).copied().unwrap_or(1.0);
    1.0 - confidence * (1.0 - left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::of_text;
    use crate::lang::Language;

    fn share(source: &str, target: &str) -> f32 {
        let language = |code| Language::from_code(code).unwrap();
        share_left(&of_text(source, language("de"), None), &of_text(target, language("en"), None))
    }

    #[test]
    fn a_wrong_number_costs_and_a_converted_one_does_not() {
        let source = "Der Umbau kostete 3,5 Millionen Euro.";
        assert_eq!(share(source, "The conversion cost 3.5 million euros."), 1.0);
        assert!(share(source, "The conversion cost 8.5 million euros.") < 0.95);
    }

    #[test]
    fn negations_without_an_answer_cost() {
        assert_eq!(share_left_by_polarity(0), 1.0);
        assert!(share_left_by_polarity(1) < 1.0);
        assert!(share_left_by_polarity(2) < share_left_by_polarity(1));
    }

    #[test]
    fn of_the_findings_of_a_check_the_surest_counts() {
        let finding = |check, confidence| SegmentFinding {
            check,
            category: "accuracy/omission",
            severity: crate::finding::Severity::Major,
            confidence,
            message: String::new(),
            source: None,
            target: None,
        };
        let one = share_left_by_findings(&[finding("omission", 0.8)]);
        assert!(one < 1.0);
        let two =
            [finding("omission", 0.8), finding("omission", 0.4), finding("inconsistency", 1.0)];
        assert_eq!(share_left_by_findings(&two), one);
    }

    #[test]
    fn a_negation_costs_by_how_likely_it_is_an_error() {
        let share = share_left_by_contrary;
        assert_eq!(share(0.0), 1.0);
        assert!(share(0.9) < share(0.2) && share(0.2) < 1.0);
    }

    #[test]
    fn every_check_that_costs_exists() {
        let shared =
            ["negation", "name-mismatch", "title-mismatch", "quote-changed", "attribution"];
        for id in DISCOUNTS.findings.keys() {
            let known = crate::translation::checks::check(id).is_some();
            assert!(known || shared.contains(&id.as_str()), "{id}");
        }
    }

    #[test]
    fn the_file_is_sound() {
        toml::from_str::<Discounts>(include_str!("contradictions.toml")).unwrap();
    }
}
