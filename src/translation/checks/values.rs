//! `number-mismatch`, `date-mismatch`, `unit-mismatch` in a translation: values that contradict each other.
//!
//! What counts as a contradiction is settled where facts are compared ([`match_facts`]); here it is only told.

use super::{Check, Findings, Pair};
use crate::facts::{Class, Closeness, Difference, match_facts};
use crate::finding::{CheckInfo, Severity};

/// The category of wrong values.
const CATEGORY: &str = "accuracy/mistranslation";

pub(super) const NUMBERS: Check = Check {
    info: CheckInfo {
        id: "number-mismatch",
        family: "facts",
        summary: "a number of the source is another one in the translation",
        explanation: "\
A number of the source has no counterpart in the translation, and a number of the translation that
has none either can only stand for it. Numbers are compared by value, however they are written: `3.5 million`,
`3,5 Mio.` and `3,5 mln.` are the same, so are `twelve` and `12`; ranges, rounded conversions and
centuries in Roman numerals are known. It is `major`.

Example: “12 people were injured” / “15 Menschen wurden verletzt”.

Silence it with `--skip number-mismatch`.",
    },
    category: CATEGORY,
    run: |pair, findings| contradictions(pair, Difference::Number, findings),
};

pub(super) const DATES: Check = Check {
    info: CheckInfo {
        id: "date-mismatch",
        family: "facts",
        summary: "a date or time of the source is another one in the translation",
        explanation: "\
A date, a day of the week or a time of day of the source stands against another one in the translation.
They are compared as stretches of time: `3 p.m.` is `15:00`, `1950-53` is `1950–1953`, `the early 2000s` is
the first decade of the century. It is `major`.

Example: “on Tuesday, 14 January” / “am Dienstag, dem 15. Januar”.

Silence it with `--skip date-mismatch`.",
    },
    category: CATEGORY,
    run: |pair, findings| contradictions(pair, Difference::Date, findings),
};

pub(super) const UNITS: Check = Check {
    info: CheckInfo {
        id: "unit-mismatch",
        family: "facts",
        summary: "a quantity of the source has another unit in the translation, or was converted wrongly",
        explanation: "\
The figure was kept and the unit changed (`300 miles`, `300 km`), the conversion is wrong (`300 miles`,
`600 km`), or the currency is another (`5 million euros`, `5 million dollars`). A right conversion is none,
however it is rounded: `85 mph` and `135 km/h`, `half an inch` and `1 cm`. It is `major`.

Example: “a wall of 10 metres” / “eine 10 Fuß hohe Mauer”.

Silence it with `--skip unit-mismatch`.",
    },
    category: CATEGORY,
    run: |pair, findings| contradictions(pair, Difference::Unit, findings),
};

fn contradictions(pair: &Pair<'_>, about: Difference, findings: &mut Findings) {
    if pair.is_half() {
        return;
    }
    for found in match_facts(pair.source_facts, pair.target_facts, Closeness::Parallel) {
        let (Class::Conflicting(difference), Some(source), Some(target)) =
            (found.class, found.left, found.right)
        else {
            continue;
        };
        if difference != about {
            continue;
        }
        let source = pair.source_facts[source].span;
        let target = pair.target_facts[target].span;
        findings.add(
            (Severity::Major, found.confidence),
            format!(
                "The source says “{}”, the translation “{}”",
                source.of(&pair.segment.source.text),
                target.of(&pair.segment.target.text)
            ),
            Some(source),
            Some(target),
        );
    }
}
