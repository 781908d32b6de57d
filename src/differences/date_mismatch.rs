//! `date-mismatch`: linked sentences give different dates.

use super::Check;
use super::linked_facts::{Contradiction, contradictions};
use crate::align::Comparison;
use crate::facts::{Precision, Value};
use crate::finding::{CheckInfo, Finding, Severity};

/// The check.
pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "date-mismatch",
        family: "facts",
        summary: "two passages that tell the same give different dates",
        explanation: "\
Two documents of one event have linked sentences, and a date of the one overlaps with no date of the
other, nor with one in the sentences around it. Dates are compared as stretches of time: `in May` agrees
with `on 12 May`, `1956` with `October 1956`. Weekdays and words such as `yesterday` are counted from the
publication date where the document has one, and are left alone where it has none.

Days and years are `major`, months and longer stretches `minor`.

Example: “on 14 January” / “15. Januar”.

Silence it with `--skip date-mismatch`.",
    },
    run,
};

/// Least confidence of a finding.
const LEAST_CONFIDENCE: f32 = 0.4;

fn run(comparison: &Comparison) -> Vec<Finding> {
    contradictions(comparison, |value| matches!(value, Value::Date(_)))
        .iter()
        .filter_map(|contradiction| finding(contradiction, comparison))
        .collect()
}

fn finding(contradiction: &Contradiction<'_>, comparison: &Comparison) -> Option<Finding> {
    let (Value::Date(left), Value::Date(right)) =
        (&contradiction.left.fact.value, &contradiction.right.fact.value)
    else {
        return None;
    };
    // With more than one date left over on a side, which belongs to which is a guess.
    let certainty = if contradiction.unmatched == 2 { 0.9 } else { 0.55 };
    let confidence = contradiction.link.score * certainty;
    if confidence < LEAST_CONFIDENCE {
        return None;
    }
    let exact = |precision| matches!(precision, Precision::Day | Precision::Year);
    let severity = match exact(left.precision) && exact(right.precision) {
        true => Severity::Major,
        false => Severity::Minor,
    };
    Some(contradiction.finding(CHECK.info.id, severity, confidence, comparison))
}
