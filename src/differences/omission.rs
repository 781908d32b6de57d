//! `omission`: several documents make a claim, this one does not.

use super::told_facts::Told;
use super::{Check, document_list};
use crate::align::{Claim, Comparison, SentenceId};
use crate::finding::{CheckInfo, Finding, Place, Severity};

/// The check.
pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "omission",
        family: "coverage",
        summary: "at least two other documents make a claim and this one does not",
        explanation: "\
Two or more documents of the same event or story make a statement, and no sentence of this document
says the same. The claim counts for more the more documents make it and the nearer to their top it
stands. Within one event a prominent claim is `major`, any other `minor`. A claim that reports on several
events of a story make, its background, is `info`.

The finding shows the claim and, on the other side, the passage of this document that comes closest,
so that you can judge for yourself. Its confidence is the probability that this passage does not say
the same, lowered where the passage says a part of it. Where one document translates the other, their order counts: a
sentence without room between the counterparts of its neighbours is missing, whatever resembles it elsewhere. Where the
document has a number, an hour or a full name that the others give with this claim alone, it is taken to tell it in other
words.

Example: three reports name the number of injured, the fourth does not mention anyone injured.

Silence it with `--skip omission`, or keep the weighty ones with `--min-severity minor`.",
    },
    run,
};

/// Documents that must make a claim before its absence elsewhere counts.
const SUPPORT: usize = 2;
/// Prominence from which an omitted claim of the same event is major.
const PROMINENT: f32 = 0.75;
/// Least probability that the closest passage does not say the same.
const LEAST_CONFIDENCE: f32 = 0.55;
/// The same for the background of a story, which outlets take for granted in different words.
const LEAST_STORY_CONFIDENCE: f32 = 0.7;

fn run(comparison: &Comparison) -> Vec<Finding> {
    let told = Told::new(comparison);
    let mut findings = Vec::new();
    for claim in &comparison.claims {
        for document in 0..comparison.articles.len() {
            if !claim.documents.contains(&document) {
                findings.extend(omitted(comparison, &told, claim, document));
            }
        }
    }
    findings
}

/// The finding that `document` lacks `claim`, where enough others make it.
fn omitted(
    comparison: &Comparison,
    told: &Told<'_>,
    claim: &Claim,
    document: usize,
) -> Option<Finding> {
    let makers = |same: &dyn Fn(usize) -> bool| -> Vec<usize> {
        claim.documents.iter().copied().filter(|&maker| same(maker)).collect()
    };
    let in_event = makers(&|maker| comparison.same_event(maker, document));
    let in_story = makers(&|maker| comparison.same_story(maker, document));
    let (makers, of_event) =
        if in_event.len() >= SUPPORT { (in_event, true) } else { (in_story, false) };
    // What the reports on one event say is not missing from a report on another.
    let of_one_event = makers.iter().all(|&maker| comparison.same_event(maker, makers[0]));
    if makers.len() < SUPPORT || (!of_event && of_one_event) {
        return None;
    }
    let is_body = |id: &SentenceId| comparison.articles[id.document].is_body(id.sentence);
    let said = claim.sentences.iter().filter(|id| makers.contains(&id.document) && is_body(id));
    let (shown, prominence) = said
        .map(|&id| (id, comparison.articles[id.document].prominence(id.sentence)))
        .max_by(|one, other| one.1.total_cmp(&other.1))?;
    let closest = claim
        .sentences
        .iter()
        .filter_map(|&id| {
            let closest = comparison.closest(id, document)?;
            Some((closest, told.likeness(id, document, closest)))
        })
        .max_by(|one, other| one.1.total_cmp(&other.1))?;
    let (closest, confidence) = (closest.0, 1.0 - closest.1);
    let least = if of_event { LEAST_CONFIDENCE } else { LEAST_STORY_CONFIDENCE };
    let mut making = claim.sentences.iter().filter(|id| makers.contains(&id.document));
    if confidence < least || making.any(|&id| told.is_told(id, document)) {
        return None;
    }
    let severity = match (of_event, prominence >= PROMINENT) {
        (true, true) => Severity::Major,
        (true, false) => Severity::Minor,
        (false, _) => Severity::Info,
    };
    let scope = if of_event { "" } else { " of other events in this story" };
    Some(Finding {
        check: CHECK.info.id,
        severity,
        confidence,
        message: format!(
            "{}{scope} say this, d{document} does not; the second passage comes closest",
            document_list(&makers)
        ),
        left: Some(Place {
            document: shown.document,
            sentence: Some(shown.sentence),
            span: comparison.articles[shown.document].sentences[shown.sentence].span,
        }),
        right: Some(Place {
            document,
            sentence: Some(closest.sentence),
            span: comparison.articles[document].sentences[closest.sentence].span,
        }),
        values: None,
        evidence: Vec::new(),
    })
}
