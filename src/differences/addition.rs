//! `addition`: a document tells what no other document of its event tells.

use super::told_facts::Told;
use super::{Check, document_list};
use crate::align::{Comparison, SentenceId};
use crate::finding::{CheckInfo, Finding, Place, Severity};

/// The check.
pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "addition",
        family: "coverage",
        summary: "one document tells what no other document of its event tells",
        explanation: "\
A sentence of this document has no counterpart in any other document of the same event. Headlines
are not counted. In the lead, or with a number, date or name in it, it is `minor`, elsewhere `info`.
With only two versions this is also how an omission shows: what one adds, the other leaves out.

The finding shows the sentence and the passage of the other documents that comes closest. Its
confidence is the probability that this passage does not say the same, lowered where it says a part of it. In documents
that translate each other their order counts too (see `omission`). A sentence with a number, an hour or a full name
that another document has too is taken to be told there in other words.

Example: one of three reports says that the ship's owner had been fined the year before.

Silence it with `--skip addition`, or keep the weighty ones with `--min-severity minor`.",
    },
    run,
};

/// Prominence from which an added sentence is minor by itself.
const LEAD: f32 = 0.85;
/// Least probability that the closest passage does not say the same.
const LEAST_CONFIDENCE: f32 = 0.6;
/// Sentences of fewer words say too little to stand alone.
const LEAST_WORDS: usize = 6;

fn run(comparison: &Comparison) -> Vec<Finding> {
    let told = Told::new(comparison);
    let mut findings = Vec::new();
    for event in comparison.events.iter().filter(|event| event.documents.len() > 1) {
        for &document in &event.documents {
            let others: Vec<usize> =
                event.documents.iter().copied().filter(|&other| other != document).collect();
            for sentence in 0..comparison.articles[document].sentences.len() {
                let id = SentenceId { document, sentence };
                findings.extend(added(comparison, &told, id, &others));
            }
        }
    }
    findings
}

/// The finding that only this sentence says what it says, where that is so.
fn added(
    comparison: &Comparison,
    told: &Told<'_>,
    id: SentenceId,
    others: &[usize],
) -> Option<Finding> {
    let article = &comparison.articles[id.document];
    let words = article.sentence_text(id.sentence).split_whitespace().count();
    let claimed = comparison.claims.iter().any(|claim| claim.sentences.contains(&id));
    if claimed || !article.is_body(id.sentence) || words < LEAST_WORDS {
        return None;
    }
    let (other, closest, likely) = others
        .iter()
        .filter_map(|&other| {
            let closest = comparison.closest(id, other)?;
            Some((other, closest, told.likeness(id, other, closest)))
        })
        .max_by(|one, other| one.2.total_cmp(&other.2))?;
    let confidence = 1.0 - likely;
    let told = || others.iter().any(|&other| told.is_told(id, other));
    if confidence < LEAST_CONFIDENCE || told() {
        return None;
    }
    let weighty = article.prominence(id.sentence) >= LEAD
        && article.facts[id.sentence].iter().any(|fact| fact.value.is_content());
    let verb = if others.len() == 1 { "does" } else { "do" };
    Some(Finding {
        check: CHECK.info.id,
        severity: if weighty { Severity::Minor } else { Severity::Info },
        confidence,
        message: format!(
            "d{} says this, {} {verb} not; the second passage comes closest",
            id.document,
            document_list(others)
        ),
        left: Some(Place {
            document: id.document,
            sentence: Some(id.sentence),
            span: article.sentences[id.sentence].span,
        }),
        right: Some(Place {
            document: other,
            sentence: Some(closest.sentence),
            span: comparison.articles[other].sentences[closest.sentence].span,
        }),
        values: None,
        evidence: Vec::new(),
    })
}
