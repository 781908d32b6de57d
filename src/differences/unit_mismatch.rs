//! `unit-mismatch`: linked sentences give one figure in different units, or a conversion that is wrong.

use super::Check;
use super::linked_facts::{Contradiction, LEAST_CONFIDENCE, findings, is_duration, magnitudes};
use crate::align::Comparison;
use crate::facts::{Difference, Value};
use crate::finding::{CheckInfo, Finding, Severity};

/// The check.
pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "unit-mismatch",
        family: "facts",
        summary: "two passages that tell the same measure it in units that do not convert into each other",
        explanation: "\
Two documents of one event have linked sentences, and a quantity of the one stands against a quantity of the
other in another unit whose value does not agree: the figure was kept and the unit changed (`300 miles`,
`300 km`), the conversion is wrong (`300 miles`, `600 km`), the figure is of another unit than the one written
(`480 miles` for the 480 km that `300 miles` are), or the currency is another (`5 million euros`, `5 million dollars`). A right conversion is none, however it is rounded: `300 miles` and `480 km`, `half an
inch` and `1 cm`, `86 °F` and `30 °C`.

Units of length, area, weight, volume, speed, temperature, power, energy and money are compared. Durations are
left to `number-mismatch`. It is `major`.

Example: “a wall of 10 metres” / “eine 10 Fuß hohe Mauer”.

Silence it with `--skip unit-mismatch`.",
    },
    run,
};

/// Two quantities further apart than the coarsest confusion of units, a thousandfold, measure different things.
const LARGEST_RATIO: f64 = 1100.0;

fn run(comparison: &Comparison) -> Vec<Finding> {
    findings(comparison, Difference::Unit, finding)
}

fn finding(contradiction: &Contradiction<'_>, comparison: &Comparison) -> Option<Finding> {
    let (Value::Number(left), Value::Number(right)) =
        (&contradiction.left.fact.value, &contradiction.right.fact.value)
    else {
        return None;
    };
    let (small, large) = magnitudes(left, right);
    if is_duration(left) || large > small * LARGEST_RATIO {
        return None;
    }
    // With more than one quantity left over on a side, which belongs to which is a guess.
    let certainty = if contradiction.unmatched == 2 { 0.9 } else { 0.6 };
    let confidence = contradiction.link.score * certainty * contradiction.confidence;
    (confidence >= LEAST_CONFIDENCE)
        .then(|| contradiction.finding(CHECK.info.id, Severity::Major, confidence, comparison))
}
