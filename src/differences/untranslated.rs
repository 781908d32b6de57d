//! `untranslated`: words of another language were left in a sentence.

use super::Check;
use super::damage::{foreign, place, repeated};
use crate::align::Comparison;
use crate::finding::{CheckInfo, Finding, Severity};
use crate::lang::Language;

/// The check.
pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "untranslated",
        family: "input",
        summary: "words of another language were left in a sentence of a document",
        explanation: "\
Common words of another language stand in running text, as machine translations leave them. Names, short quotations,
words in brackets, addresses and loan words are left alone; a sentence or passage that is in another language as a whole
is a matter of `mixed-language`.

A single word is `info`, several in a row are `minor`. Where nothing else in the document is damaged, a single word counts
only where its script is another.

Example: “Die beiden trafen sich in einem mountain hotel und redeten.”

Silence it with `--skip untranslated`.",
    },
    run,
};

/// Least probability that words were left by mistake, and in a document that has other damage.
const LEAST_CONFIDENCE: f32 = 0.65;
const LEAST_IN_DAMAGED: f32 = 0.55;

fn run(comparison: &Comparison) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (document, article) in comparison.articles.iter().enumerate() {
        let foreign = foreign(article);
        // A single word may be one that the lists lack, unless others show how the text was made.
        let damaged = foreign.iter().any(|found| found.words.words > 1)
            || repeated(article).iter().any(|found| found.repetition.words > 1);
        let least = if damaged { LEAST_IN_DAMAGED } else { LEAST_CONFIDENCE };
        for found in foreign {
            if found.words.confidence < least {
                continue;
            }
            let words = found.words.span.of(&article.document.text);
            let what = match found.words.language {
                Language::UNKNOWN => "another language".to_owned(),
                language => format!("`{language}`"),
            };
            findings.push(Finding {
                check: CHECK.info.id,
                severity: if found.words.words > 1 { Severity::Minor } else { Severity::Info },
                confidence: found.words.confidence,
                message: format!(
                    "d{document} has “{words}”, in {what}, in a sentence of its own language"
                ),
                left: Some(place(document, found.sentence, found.words.span)),
                right: None,
                values: None,
                evidence: Vec::new(),
            });
        }
    }
    findings
}
