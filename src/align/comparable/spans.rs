//! Statements spread over two neighbours: what both together say, one sentence of the other side says.

use std::collections::{BTreeSet, HashMap};

use super::evidence::length_ratio;
use super::parameters::{SpanFeatures, weights};
use super::{Candidate, Side};
use crate::align::rarity::FactRarity;

/// Least probability of one of the two on its own.
const LEAST_PROBABILITY: f32 = 0.05;

/// Two neighbours on one side that may say what one sentence on the other says.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// Sentences on the left, one or two.
    pub left: Vec<usize>,
    /// Sentences on the right, two or one.
    pub right: Vec<usize>,
    /// The evidence.
    pub features: SpanFeatures,
    /// Probability that both neighbours belong to it, 0..1.
    pub probability: f32,
}

/// The spans around judged pairs, by left, then right.
pub fn spans(
    left: &Side<'_>,
    right: &Side<'_>,
    candidates: &[Candidate],
    rarity: &FactRarity,
) -> Vec<Span> {
    let probabilities = |key: fn(&Candidate) -> (usize, usize)| -> HashMap<(usize, usize), f32> {
        candidates.iter().map(|candidate| (key(candidate), candidate.probability)).collect()
    };
    let wide_right = probabilities(|candidate| (candidate.left, candidate.right));
    let wide_left = probabilities(|candidate| (candidate.right, candidate.left));
    let mut spans: Vec<Span> = one_side(left, right, &wide_right, rarity)
        .map(|(one, two, features)| span(vec![one], two.to_vec(), features))
        .chain(
            one_side(right, left, &wide_left, rarity)
                .map(|(one, two, features)| span(two.to_vec(), vec![one], features)),
        )
        .collect();
    spans.sort_by(|one, other| (&one.left, &one.right).cmp(&(&other.left, &other.right)));
    spans
}

/// That both neighbours belong to the statement is never likelier than that one of them does.
fn span(left: Vec<usize>, right: Vec<usize>, features: SpanFeatures) -> Span {
    let probability = weights().span.probability(&features).min(features.likeliest);
    Span { left, right, features, probability }
}

/// The spans with one sentence `here` and two `there`. Probabilities are those of pairs (here, there).
fn one_side<'s>(
    here: &'s Side<'_>,
    there: &'s Side<'_>,
    probabilities: &'s HashMap<(usize, usize), f32>,
    rarity: &'s FactRarity,
) -> impl Iterator<Item = (usize, [usize; 2], SpanFeatures)> + 's {
    let places: BTreeSet<(usize, usize)> = probabilities
        .iter()
        .filter(|&(_, &probability)| probability >= LEAST_PROBABILITY)
        .flat_map(|(&(one, other), _)| [(one, other), (one, other.wrapping_sub(1))])
        .filter(|&(_, first)| first != usize::MAX && there.are_neighbours(first))
        .collect();
    places.into_iter().map(move |(one, first)| {
        let probability =
            |other: usize| probabilities.get(&(one, other)).copied().unwrap_or_default();
        let second = first + 1;
        let (likelier, added) = if probability(first) >= probability(second) {
            (first, second)
        } else {
            (second, first)
        };
        let features = features(here, there, (one, likelier, added), probability(likelier), rarity);
        (one, [first, second], features)
    })
}

fn features(
    here: &Side<'_>,
    there: &Side<'_>,
    (one, likelier, added): (usize, usize, usize),
    likeliest: f32,
    rarity: &FactRarity,
) -> SpanFeatures {
    let cosine = |other: usize| here.centred.row(one).dot(&there.centred.row(other));
    let (near, far) = (cosine(likelier), cosine(added));
    // Both vectors have norm 1, so this is the norm of their sum.
    let between = there.centred.row(likelier).dot(&there.centred.row(added));
    let norm = (2.0 + 2.0 * between).max(0.0).sqrt();
    let together = if norm > f32::EPSILON { (near + far) / norm } else { 0.0 };
    let own = here.lengths[one];
    let length = length_ratio(own, there.lengths[likelier] + there.lengths[added]);
    SpanFeatures {
        likeliest,
        centred: together,
        gain: together - near,
        added: far,
        length,
        length_gain: length_ratio(own, there.lengths[likelier]) - length,
        facts: rarity.shared(&here.article.facts[one], &there.article.facts[added]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_neighbours_are_never_likelier_than_the_likelier_of_them() {
        let features =
            SpanFeatures { likeliest: 0.3, gain: 0.5, added: 0.5, ..SpanFeatures::default() };
        assert!(weights().span.probability(&features) > 0.9);
        assert_eq!(span(vec![1], vec![2, 3], features).probability, 0.3);
    }
}
