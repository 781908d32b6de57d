//! `reordered-lead`: what one document opens with stands far down in another, which opens with something else.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::{Check, document_list};
use crate::align::{Claim, Comparison, SentenceId};
use crate::finding::{CheckInfo, Finding, Place, Severity};

/// The check.
pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "reordered-lead",
        family: "coverage",
        summary: "what other documents of an event open with stands far down in this one",
        explanation: "\
News puts first what it holds for most important. A statement that other documents of the event make in their headline or
first paragraph stands in a later paragraph of this one, which opens with something else. There is one finding for a
document; it shows what this document opens with and what the others do, and lists where the statement stands here.

It is `minor`, and `info` where only one other document opens with the statement.

Example: three reports open with the dead and injured, the fourth with an inspection of the year before.

Silence it with `--skip reordered-lead`.",
    },
    run,
};

/// Sentences of running text that belong to the opening, where the first paragraph is longer or shorter.
const LEAST_OPENING: usize = 2;
const MOST_OPENING: usize = 4;
/// Words that a sentence needs to open a text; a shorter one is a place line or a menu.
const LEAST_WORDS: usize = 6;
/// Sentences of running text before a statement that stands far down.
const FAR: usize = 3;
/// Likeness from which an opening without a linked passage has its counterpart far down.
const LEAST_LIKENESS: f32 = 0.3;
/// Sentences that may lie between two passages that say one statement.
const NEAR: usize = 1;
/// Documents that must open otherwise, where there are so many.
const SUPPORT: usize = 2;
/// Probability of a finding, and how much each further document with another opening adds.
const CONFIDENCE: f32 = 0.55;
const EACH_OTHER: f32 = 0.15;
const MOST_CERTAIN: f32 = 0.9;

fn run(comparison: &Comparison) -> Vec<Finding> {
    let mut findings = Vec::new();
    for event in comparison.events.iter().filter(|event| event.documents.len() > 1) {
        for &document in &event.documents {
            findings.extend(finding(comparison, document, &event.documents));
        }
    }
    findings
}

/// How a document opens: its headline and the sentences of its first paragraph, or a few if that is short or long.
struct Opening {
    document: usize,
    sentences: BTreeSet<usize>,
    /// The first sentence of running text.
    first: usize,
}

impl Opening {
    fn of(comparison: &Comparison, document: usize) -> Option<Self> {
        let article = &comparison.articles[document];
        let words = |sentence: usize| article.sentence_text(sentence).split_whitespace().count();
        let body: Vec<usize> = (0..article.sentences.len())
            .filter(|&sentence| article.is_body(sentence))
            .skip_while(|&sentence| words(sentence) < LEAST_WORDS)
            .collect();
        let &first = body.first()?;
        let paragraph = article.sentences[first].paragraph;
        let length = body
            .iter()
            .take_while(|&&sentence| article.sentences[sentence].paragraph == paragraph)
            .count()
            .clamp(LEAST_OPENING, MOST_OPENING);
        let sentences = (0..first).chain(body.into_iter().take(length)).collect();
        Some(Self { document, sentences, first })
    }

    fn has(&self, id: SentenceId) -> bool {
        id.document == self.document && self.sentences.contains(&id.sentence)
    }

    fn lead(&self) -> SentenceId {
        SentenceId { document: self.document, sentence: self.first }
    }

    /// Whether a sentence of the same document stands far behind the opening.
    fn is_far(&self, comparison: &Comparison, sentence: usize) -> bool {
        comparison.articles[self.document].is_body(sentence)
            && !self.sentences.contains(&sentence)
            && depth(comparison, self.document, sentence) >= FAR
    }
}

/// How many sentences of running text stand before a sentence.
fn depth(comparison: &Comparison, document: usize, sentence: usize) -> usize {
    let article = &comparison.articles[document];
    (0..sentence).filter(|&before| article.is_body(before)).count()
}

/// A statement that another document opens with and this one makes far down.
struct Moved {
    /// Where it opens.
    opener: SentenceId,
    /// Its sentence in this document.
    low: usize,
}

/// The finding that the opening of others stands far down in `document`.
fn finding(comparison: &Comparison, document: usize, event: &[usize]) -> Option<Finding> {
    let opening = Opening::of(comparison, document)?;
    let apart: Vec<Opening> = event
        .iter()
        .filter(|&&other| other != document)
        .filter_map(|&other| Opening::of(comparison, other))
        .filter(|theirs| !is_common(comparison, &opening, theirs))
        .collect();
    let moved = told_low(comparison, &opening, &apart);
    let moved = if moved.len() >= SUPPORT {
        moved
    } else {
        likely_low(comparison, &opening, &apart, moved)
    };
    let moved = together(moved);
    if moved.len() < SUPPORT.min(event.len() - 1) {
        return None;
    }
    let documents: Vec<usize> = moved.iter().map(|moved| moved.opener.document).collect();
    let low = moved[0].low;
    let place = |id: SentenceId| Place {
        document: id.document,
        sentence: Some(id.sentence),
        span: comparison.articles[id.document].sentences[id.sentence].span,
    };
    let s = if documents.len() == 1 { "s" } else { "" };
    let mut evidence: Vec<Place> = moved[1..].iter().map(|moved| place(moved.opener)).collect();
    evidence.push(place(SentenceId { document, sentence: low }));
    evidence.sort_by_key(|place| (place.document, place.span));
    Some(Finding {
        check: CHECK.info.id,
        severity: if documents.len() >= SUPPORT { Severity::Minor } else { Severity::Info },
        confidence: (CONFIDENCE + (documents.len() - 1) as f32 * EACH_OTHER).min(MOST_CERTAIN),
        message: format!(
            "d{document} opens with the first passage; what {} open{s} with, the second, stands in its sentence {}",
            document_list(&documents),
            depth(comparison, document, low) + 1
        ),
        left: Some(place(opening.lead())),
        right: Some(place(moved[0].opener)),
        values: None,
        evidence,
    })
}

/// Those of the openings that stand at one place of this document: what others open with has to be one statement.
fn together(moved: Vec<Moved>) -> Vec<Moved> {
    let near = |one: usize, other: usize| one.abs_diff(other) <= NEAR;
    let with = |low: usize| moved.iter().filter(|other| near(other.low, low)).count();
    let Some(low) = moved.iter().map(|one| one.low).max_by_key(|&low| (with(low), Reverse(low)))
    else {
        return moved;
    };
    moved.into_iter().filter(|one| near(one.low, low)).collect()
}

/// Whether two documents open with the same statement; what else their openings hold is detail.
fn is_common(comparison: &Comparison, one: &Opening, other: &Opening) -> bool {
    let opens =
        |claim: &Claim, opening: &Opening| claim.sentences.iter().any(|&id| opening.has(id));
    comparison.claims.iter().any(|claim| opens(claim, one) && opens(claim, other))
}

/// Whether the lead of a document comes closest to the opening of another, and at least that near.
fn reaches(comparison: &Comparison, from: &Opening, to: &Opening, likeness: f32) -> bool {
    let closest = comparison.closest(from.lead(), to.document);
    closest.is_some_and(|closest| {
        to.sentences.contains(&closest.sentence) && closest.likeness >= likeness
    })
}

/// The claim that most others open with and that stands far down in a document.
fn told_low(comparison: &Comparison, opening: &Opening, others: &[Opening]) -> Vec<Moved> {
    let mut best: Vec<Moved> = Vec::new();
    for claim in &comparison.claims {
        let here = claim.sentences.iter().filter(|id| id.document == opening.document);
        let Some(low) = here.map(|id| id.sentence).min() else { continue };
        if !opening.is_far(comparison, low) {
            continue;
        }
        let opener =
            |theirs: &Opening| claim.sentences.iter().rev().find(|&&id| theirs.has(id)).copied();
        let moved: Vec<Moved> =
            others.iter().filter_map(opener).map(|opener| Moved { opener, low }).collect();
        if moved.len() > best.len() {
            best = moved;
        }
    }
    best
}

/// The leads of others whose closest passage in a document stands far down, besides those that are linked.
fn likely_low(
    comparison: &Comparison,
    opening: &Opening,
    others: &[Opening],
    linked: Vec<Moved>,
) -> Vec<Moved> {
    let known =
        |theirs: &&Opening| !linked.iter().any(|moved| moved.opener.document == theirs.document);
    let likely = |theirs: &Opening| {
        let closest = comparison.closest(theirs.lead(), opening.document)?;
        let far = opening.is_far(comparison, closest.sentence)
            && !reaches(comparison, opening, theirs, closest.likeness);
        (far && closest.likeness >= LEAST_LIKENESS)
            .then(|| Moved { opener: theirs.lead(), low: closest.sentence })
    };
    let mut moved: Vec<Moved> = others.iter().filter(known).filter_map(likely).collect();
    moved.extend(linked);
    moved.sort_by_key(|moved| moved.opener);
    moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::differences::made::versions;

    const DEAD: [&str; 3] = [
        "Two drivers died in a fire on the ferry on Thursday.",
        "Zwei Fahrer starben am Donnerstag bei einem Feuer auf der Fähre.",
        "Du vairuotojai ketvirtadienį žuvo per gaisrą kelte uoste.",
    ];

    #[test]
    fn an_opening_told_low_is_found_and_a_common_one_is_not() {
        let low = [
            "Inspectors had found a broken valve on the ship in February.",
            "The owner says that it was replaced on the same day.",
            "The ship was built in a yard on the Baltic.",
            "It sails between two ports on every day of the week.",
            DEAD[0],
        ];
        let others = [("de", &DEAD[1..2]), ("lt", &DEAD[2..3])];
        let claims: [&[(usize, usize)]; 1] = [&[(0, 4), (1, 0), (2, 0)]];
        let findings = run(&versions(&[("en", &low), others[0], others[1]], &claims));
        assert_eq!(findings.len(), 1);
        assert_eq!(
            findings[0].left.map(|place| (place.document, place.sentence)),
            Some((0, Some(0)))
        );
        assert_eq!(findings[0].right.map(|place| place.document), Some(1));

        let mut high = low;
        high.rotate_right(1);
        let claims: [&[(usize, usize)]; 1] = [&[(0, 0), (1, 0), (2, 0)]];
        assert_eq!(run(&versions(&[("en", &high), others[0], others[1]], &claims)), []);
    }
}
