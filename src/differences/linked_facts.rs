//! Facts of linked sentences that contradict each other: shared by the checks on numbers and dates.

use crate::align::{Article, Comparison, Link, Pair};
use crate::facts::{Comparison as Agreement, Fact, Value};
use crate::finding::{Finding, Place, Severity, Values};

/// Least probability of a link whose facts are compared.
const LEAST_LINK_SCORE: f32 = 0.5;

/// A fact and the sentence it stands in.
#[derive(Clone, Copy)]
pub(super) struct Located<'a> {
    /// Index of the sentence.
    pub(super) sentence: usize,
    /// The fact.
    pub(super) fact: &'a Fact,
}

/// Two facts of linked sentences that cannot both be right.
pub(super) struct Contradiction<'a> {
    /// The documents.
    pub(super) pair: &'a Pair,
    /// The link between the sentences.
    pub(super) link: &'a Link,
    /// The fact on the left.
    pub(super) left: Located<'a>,
    /// The fact on the right.
    pub(super) right: Located<'a>,
    /// Facts of the kind on both sides that agree with nothing on the other side.
    pub(super) unmatched: usize,
}

impl Contradiction<'_> {
    /// The finding about this contradiction.
    pub(super) fn finding(
        &self,
        check: &'static str,
        severity: Severity,
        confidence: f32,
        comparison: &Comparison,
    ) -> Finding {
        let text = |document: usize, located: &Located<'_>| {
            located.fact.span.of(&comparison.articles[document].document.text).to_owned()
        };
        let place = |document: usize, located: &Located<'_>| Place {
            document,
            sentence: Some(located.sentence),
            span: located.fact.span,
        };
        let values = Values {
            left: text(self.pair.left, &self.left),
            right: text(self.pair.right, &self.right),
        };
        Finding {
            check,
            severity,
            confidence,
            message: format!(
                "d{} says “{}”, d{} says “{}” where both tell the same",
                self.pair.left, values.left, self.pair.right, values.right
            ),
            left: Some(place(self.pair.left, &self.left)),
            right: Some(place(self.pair.right, &self.right)),
            values: Some(values),
        }
    }
}

/// The contradictions between facts of one kind, over all linked sentences of one event.
///
/// A fact counts as contradicted only when nothing on the other side agrees with it, where "the other
/// side" includes the sentences right before and after the linked ones: outlets cut their sentences
/// differently. Each fact is used once.
pub(super) fn contradictions<'a>(
    comparison: &'a Comparison,
    of_kind: fn(&Value) -> bool,
) -> Vec<Contradiction<'a>> {
    let mut found = Vec::new();
    let pairs = comparison.pairs.iter().filter(|pair| comparison.same_event(pair.left, pair.right));
    for pair in pairs {
        let left = &comparison.articles[pair.left];
        let right = &comparison.articles[pair.right];
        for link in pair.links.iter().filter(|link| link.score >= LEAST_LINK_SCORE) {
            let mut left_alone = unmatched(left, &link.left, right, &link.right, of_kind);
            let mut right_alone = unmatched(right, &link.right, left, &link.left, of_kind);
            let unmatched = left_alone.len() + right_alone.len();
            while let Some((l, r)) = first_conflict(&left_alone, &right_alone) {
                let (left, right) = (left_alone.remove(l), right_alone.remove(r));
                found.push(Contradiction { pair, link, left, right, unmatched });
            }
        }
    }
    found
}

/// Facts of the linked sentences of `here` that agree with no fact around those of `there`.
fn unmatched<'a>(
    here: &'a Article,
    sentences: &[usize],
    there: &'a Article,
    linked: &[usize],
    of_kind: fn(&Value) -> bool,
) -> Vec<Located<'a>> {
    let around = neighbourhood(linked, there.sentences.len());
    facts(here, sentences.iter().copied(), of_kind)
        .filter(|located| {
            facts(there, around.clone(), of_kind).all(|other| {
                matches!(
                    located.fact.value.compare(&other.fact.value),
                    Agreement::Different | Agreement::Incomparable
                )
            })
        })
        .collect()
}

/// The linked sentences with one more on either side.
fn neighbourhood(linked: &[usize], count: usize) -> std::ops::Range<usize> {
    let first = linked.first().copied().unwrap_or(0);
    let last = linked.last().copied().unwrap_or(0);
    first.saturating_sub(1)..(last + 2).min(count)
}

fn facts<'a>(
    article: &'a Article,
    sentences: impl Iterator<Item = usize>,
    of_kind: fn(&Value) -> bool,
) -> impl Iterator<Item = Located<'a>> {
    sentences.flat_map(move |sentence| {
        article.facts[sentence]
            .iter()
            .filter(move |fact| of_kind(&fact.value))
            .map(move |fact| Located { sentence, fact })
    })
}

/// Indices of the first two facts that exclude each other.
fn first_conflict(left: &[Located<'_>], right: &[Located<'_>]) -> Option<(usize, usize)> {
    left.iter().enumerate().find_map(|(l, one)| {
        right
            .iter()
            .position(|other| one.fact.value.compare(&other.fact.value) == Agreement::Different)
            .map(|r| (l, r))
    })
}
