//! `negation`: one side denies what the other affirms.

use super::{Check, Findings, Pair};
use crate::finding::{CheckInfo, Severity};

pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "negation",
        family: "wording",
        summary: "one side of a segment denies what the other affirms",
        explanation: "\
The source or the translation has a negation more than the other side, no word of the other side accounts for
it, and without it both sides say the same. A negation counts once, however often a language marks it
(`никто никогда не`, `niekas niekada ne`); `not only`, `nicht zuletzt`, `ne mažiau kaip` are none. Words that
deny by their meaning stand for a negation: `refused` and `did not want`, `without` and `had no`. It is
`critical`: the translation says the opposite. A segment that is not in the language of the
translation is left alone.

Example: “The road is not open” / “Die Straße ist offen”.

Silence it with `--skip negation`.",
    },
    category: "accuracy/mistranslation",
    run,
};

fn run(pair: &Pair<'_>, findings: &mut Findings) {
    let Some(contrary) = pair.contrary else { return };
    let (side, denies, affirms) = match contrary.on_left {
        true => (&pair.segment.source, "source", "translation"),
        false => (&pair.segment.target, "translation", "source"),
    };
    let span = contrary.negation;
    let message = format!(
        "The {denies} denies something (“{}”), the {affirms} does not",
        span.of(&side.text)
    );
    let (source, target) = if contrary.on_left { (Some(span), None) } else { (None, Some(span)) };
    findings.add((Severity::Critical, contrary.confidence), message, source, target);
}
