//! `number-mismatch`: linked sentences give different numbers.

use super::Check;
use super::linked_facts::{Contradiction, LEAST_CONFIDENCE, findings, is_duration, magnitudes};
use crate::align::Comparison;
use crate::facts::{Difference, NumberValue, Unit, Value};
use crate::finding::{CheckInfo, Finding, Severity};

/// The check.
pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "number-mismatch",
        family: "facts",
        summary: "two passages that tell the same give different numbers",
        explanation: "\
Two documents of one event have linked sentences, and a number of the one agrees with no number of the
other, nor with one in the sentences around it. Numbers are compared by value: `3,5 Mio.`,
`3.5 million` and `3,5 mln.` are the same; a rounded or bounded number (`about 30 000`, `more than
30 000`) agrees with what it may stand for (`31 240`); a range agrees with what lies in it; measures
are converted (`300 miles`, `480 km`). Numbers more than tenfold apart are taken for counts of different
things.

Money, percentages, measures and large counts are `major`. Small counts are `minor` and need a
surer link, because sentences count many things. A count that the document published later gives as the
larger one is `info`: it may have grown since. A number that only one side gives is no finding of this check.

Example: “12 people were injured” / “15 Menschen wurden verletzt”.

Silence it with `--skip number-mismatch`.",
    },
    run,
};

/// Counts up to this are small: a sentence often has several that count other things.
const SMALL_COUNT: f64 = 10.0;
/// Least probability of a link whose small counts are compared.
const SURE_LINK: f32 = 0.75;
/// Two numbers further apart count different things.
const LARGEST_RATIO: f64 = 10.0;

fn run(comparison: &Comparison) -> Vec<Finding> {
    findings(comparison, Difference::Number, finding)
}

fn finding(contradiction: &Contradiction<'_>, comparison: &Comparison) -> Option<Finding> {
    let (Value::Number(left), Value::Number(right)) =
        (&contradiction.left.fact.value, &contradiction.right.fact.value)
    else {
        return None;
    };
    if !plausibly_same(left, right) {
        return None;
    }
    let lone = contradiction.unmatched == 2;
    // Two days of talks and six hours until an answer are no rivals; two days and three are.
    if is_duration(left) && (!lone || left.factor != right.factor) {
        return None;
    }
    let small = is_small_count(left) || is_small_count(right);
    if small && (!lone || contradiction.link.score < SURE_LINK) {
        return None;
    }
    // With more than one number left over on a side, which belongs to which is a guess.
    let certainty = if lone { 0.95 } else { 0.6 };
    let confidence = contradiction.link.score * certainty;
    if confidence < LEAST_CONFIDENCE {
        return None;
    }
    let severity = match contradiction.has_grown(left, right, comparison) {
        true => Severity::Info,
        false if small => Severity::Minor,
        false => Severity::Major,
    };
    let mut finding = contradiction.finding(CHECK.info.id, severity, confidence, comparison);
    if severity == Severity::Info {
        finding.message.push_str("; the later report gives more");
    }
    Some(finding)
}

impl Contradiction<'_> {
    /// Whether the numbers are counts of which the document published later gives the larger one.
    fn has_grown(&self, left: &NumberValue, right: &NumberValue, comparison: &Comparison) -> bool {
        let published = |document: usize| comparison.articles[document].document.published;
        let (Some(first), Some(second)) = (published(self.pair.left), published(self.pair.right))
        else {
            return false;
        };
        let counts = left.unit == Unit::Count && right.unit == Unit::Count;
        counts
            && (first < second && left.high < right.low || second < first && right.high < left.low)
    }
}

fn is_small_count(number: &NumberValue) -> bool {
    matches!(number.unit, Unit::Count | Unit::Ordinal) && number.high <= SMALL_COUNT
}

/// Whether two numbers can be meant for the same: of one order of magnitude, and not one of them an ordinal.
fn plausibly_same(left: &NumberValue, right: &NumberValue) -> bool {
    let (small, large) = magnitudes(left, right);
    (left.unit == Unit::Ordinal) == (right.unit == Unit::Ordinal) && large <= small * LARGEST_RATIO
}
