//! `repetition`: a word or phrase twice in a row.

use super::{Check, Findings, Pair, quoted};
use crate::finding::{CheckInfo, Severity};
use crate::translation::repetition::repetitions;

pub(super) const REPETITION: Check = Check {
    info: CheckInfo {
        id: "repetition",
        family: "translation",
        summary: "a word or phrase of a translation stands twice in a row",
        explanation: "\
A word or phrase stands twice in a row in the translation, and the source repeats nothing. Words that their language
doubles (`die, die`, `had had`), names, numbers and placeholders are left alone. It is `minor`, and `major`
where a phrase of three words or more is repeated.

Example: “der Hafen von der Hafen von Kiel”.

Silence it with `--skip repetition`.",
    },
    category: "linguistic-conventions/duplication",
    run: repeated,
};

/// Words of a phrase whose repetition makes a text hard to take for proofread.
const PHRASE: usize = 3;

fn repeated(pair: &Pair<'_>, findings: &mut Findings) {
    let (source, target) = (&pair.segment.source, &pair.segment.target);
    for found in repetitions(&target.text, target.language, Some(&source.text)) {
        let severity = if found.words >= PHRASE { Severity::Major } else { Severity::Minor };
        let message = format!("{} stands twice", quoted(found.first.of(&target.text)));
        findings.add((severity, found.confidence), message, None, Some(found.span()));
    }
}
