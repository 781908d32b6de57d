//! `repetition`: a word or phrase of a document stands twice in a row.

use super::Check;
use super::damage::{place, repeated};
use crate::align::Comparison;
use crate::finding::{CheckInfo, Finding, Severity};

/// The check.
pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "repetition",
        family: "input",
        summary: "a word or phrase of a document stands twice in a row",
        explanation: "\
A word or phrase stands twice in a row where its language does not allow it: a slip of the pen, of a machine translation
or of whatever saved the page. Words that their language doubles (`die, die`, `had had`), names, and numbers are left
alone.

A single word is `info`, a phrase `minor`.

Example: “Der Minister der Minister sagte am Montag …”

Silence it with `--skip repetition`.",
    },
    run,
};

/// Words from which a repetition is more than a slip of the pen.
const PHRASE: usize = 2;

fn run(comparison: &Comparison) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (document, article) in comparison.articles.iter().enumerate() {
        for found in repeated(article) {
            let again = found.repetition.second.of(&article.document.text);
            let phrase = found.repetition.words >= PHRASE;
            findings.push(Finding {
                check: CHECK.info.id,
                severity: if phrase { Severity::Minor } else { Severity::Info },
                confidence: found.repetition.confidence,
                message: format!("d{document} has “{again}” twice in a row"),
                left: Some(place(document, found.sentence, found.repetition.span())),
                right: None,
                values: None,
                evidence: Vec::new(),
            });
        }
    }
    findings
}
