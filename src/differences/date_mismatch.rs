//! `date-mismatch`: linked sentences give different dates.

use super::Check;
use super::linked_facts::{Contradiction, LEAST_CONFIDENCE, findings};
use crate::align::Comparison;
use crate::facts::{DateValue, Difference, Precision, Value};
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
publication date where the document has one, and are left alone where it has none. Dates that have
nothing in common (`12 February`, `9 October`) are taken for dates of different things.

Days and years are `major`, months and longer stretches `minor`.

Example: “on 14 January” / “15. Januar”.

Silence it with `--skip date-mismatch`.",
    },
    run,
};

/// Days within which two days can be meant for the same.
const NEAR_DAYS: i32 = 10;
/// Days within which two months can be.
const NEAR_MONTHS_DAYS: i32 = 190;
/// Days within which two years or longer stretches can be.
const NEAR_YEARS_DAYS: i32 = 11 * 366;

fn run(comparison: &Comparison) -> Vec<Finding> {
    findings(comparison, Difference::Date, finding)
}

fn finding(contradiction: &Contradiction<'_>, comparison: &Comparison) -> Option<Finding> {
    let severity = severity(&contradiction.left.fact.value, &contradiction.right.fact.value)?;
    // With more than one date left over on a side, which belongs to which is a guess.
    let certainty = if contradiction.unmatched == 2 { 0.9 } else { 0.55 };
    let confidence = contradiction.link.score * certainty;
    (confidence >= LEAST_CONFIDENCE)
        .then(|| contradiction.finding(CHECK.info.id, severity, confidence, comparison))
}

/// How much a contradiction of two dates or times weighs; none where they can be meant for different things.
fn severity(left: &Value, right: &Value) -> Option<Severity> {
    match (left, right) {
        (Value::Date(left), Value::Date(right)) => {
            if left.precision != right.precision || !plausibly_same(left, right) {
                return None;
            }
            Some(match left.precision {
                Precision::Day | Precision::Year => Severity::Major,
                Precision::Month | Precision::Period => Severity::Minor,
            })
        }
        // A report names several times of a day, and days of the week that are not fixed to a date.
        _ => None,
    }
}

/// Whether two dates can be meant for the same: a day off, a wrong month or year, but not two dates that have
/// nothing in common.
fn plausibly_same(left: &DateValue, right: &DateValue) -> bool {
    let days = left.start.until(right.start).map_or(i32::MAX, |span| span.get_days().abs());
    match left.precision {
        Precision::Day => days <= NEAR_DAYS || left.start.day() == right.start.day(),
        Precision::Month => days <= NEAR_MONTHS_DAYS,
        Precision::Year | Precision::Period => days <= NEAR_YEARS_DAYS,
    }
}
