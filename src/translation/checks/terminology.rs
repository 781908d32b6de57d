//! `terminology`: terms of a glossary that were not used, and terms that are forbidden.

use super::{Check, Findings, Pair};
use crate::finding::{CheckInfo, Severity};
use crate::translation::terms::Misuse;

pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "terminology",
        family: "translation",
        summary: "a term of the glossary is not used, or one that it forbids is",
        explanation: "\
The source has a term of the glossary (`--glossary FILE`, CSV, TSV or TBX), and the translation has none of
the terms that may stand for it; or it has one that must not. Terms are found in all their forms (stems
of Snowball for some thirty languages) and inside compounds: `Hafen` is used in `Hafenmeister`, `uostas` in
`uosto`. In the source a term counts only as a word of its own, and of two terms within each other the longer
one. It is `major` where a term is forbidden, else `minor`.

Example: “harbour” must be “Hafen”, and the translation says “Port”.

Silence it with `--skip terminology`.",
    },
    category: "terminology/wrong-term",
    run: terminology,
};

fn terminology(pair: &Pair<'_>, findings: &mut Findings) {
    let Some(glossary) = pair.glossary.filter(|_| !pair.is_half()) else { return };
    let misuses = glossary.misuses(&pair.segment.source.text, &pair.segment.target.text);
    for misuse in misuses {
        match misuse {
            Misuse::Missing { term, source } => {
                let targets = term.targets.join("” or “");
                let message = format!("“{}” is “{targets}” in the glossary", term.source);
                findings.add((Severity::Minor, 0.7), message, Some(source), None);
            }
            Misuse::Forbidden { term, source, target } => {
                let wrong = target.of(&pair.segment.target.text);
                let instead = if term.targets.is_empty() {
                    String::new()
                } else {
                    format!("; it is “{}”", term.targets.join("” or “"))
                };
                let message = format!("“{wrong}” must not stand for “{}”{instead}", term.source);
                findings.add((Severity::Major, 0.85), message, Some(source), Some(target));
            }
        }
    }
}
