//! Everything the network looks at: named features, and the vectors of both sides. None knows the languages.

use std::sync::LazyLock;

use ndarray::{Array1, Array2};

use super::alignment::{Alignment, PAIR_NAMES, SIDE_NAMES};
use super::surface;
use super::words::Words;
use crate::embed::TextVectors;
use crate::facts::polarity::negations;
use crate::lang::Language;

/// Names of the features of the two sentence vectors.
const VECTOR_NAMES: [&str; 2] = ["cosine", "centred cosine"];

/// Names of the features of what both sides negate.
const POLARITY_NAMES: [&str; 2] = ["negations, surplus", "negations, difference"];

/// What is known of one segment, for those who train.
#[derive(Debug, Clone, PartialEq)]
pub struct Features {
    /// In step with [`names`].
    pub named: Vec<f32>,
    /// Source and target.
    pub sides: [SideVectors; 2],
}

/// The vectors of one side.
#[derive(Debug, Clone, PartialEq)]
pub struct SideVectors {
    /// The vector of the whole, `[dim]`, of L2 norm 1.
    pub sentence: Array1<f32>,
    /// The vectors of its words at the inner layer, the language's mean taken out, of L2 norm 1: `[words, dim]`.
    pub words: Array2<f32>,
    /// How much each word tells, from 1 on.
    pub weights: Array1<f32>,
    /// What the encoder made of its tokens at the inner layer, prefix and special tokens included: `[tokens, dim]`.
    pub states: Array2<f32>,
}

static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    [&surface::NAMES[..], &SIDE_NAMES, &PAIR_NAMES, &VECTOR_NAMES, &POLARITY_NAMES].concat()
});

/// Names of the features, in order.
pub fn names() -> &'static [&'static str] {
    &NAMES
}

/// One side of a segment as the encoder saw it.
#[derive(Clone, Copy)]
pub(super) struct Encoded<'a> {
    pub(super) words: &'a Words,
    pub(super) vectors: &'a TextVectors,
}

/// One side of a segment with its text and how its language's sentences lie in the space.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) text: &'a str,
    pub(super) language: Language,
    pub(super) encoded: Encoded<'a>,
    pub(super) centre: &'a Array1<f32>,
}

/// The named features of a segment; both sides must have words.
pub(super) fn named(source: Side<'_>, target: Side<'_>, alignment: &Alignment) -> Vec<f32> {
    let (left, right) = (source.encoded, target.encoded);
    let mut named = surface::features(source.text, target.text);
    named.extend(alignment.features(left.words, right.words));
    let (one, other) = (&left.vectors.sentence, &right.vectors.sentence);
    named.push(one.dot(other));
    let (one, other) = (one - source.centre, other - target.centre);
    named.push(one.dot(&other) / (one.dot(&one) * other.dot(&other)).sqrt().max(1e-6));
    named.extend(polarity(source, target));
    named
}

impl Features {
    /// The named features with copies of the vectors.
    pub(super) fn new(named: Vec<f32>, sides: [Encoded<'_>; 2]) -> Self {
        let sides = sides.map(|side| SideVectors {
            sentence: side.vectors.sentence.clone(),
            words: side.words.vectors.clone(),
            weights: side.words.weights.clone(),
            states: side.vectors.states.clone(),
        });
        Self { named, sides }
    }
}

/// By how much the target negates more often than the source, and how far they are apart. Nothing where a language has
/// no rules.
fn polarity(source: Side<'_>, target: Side<'_>) -> [f32; POLARITY_NAMES.len()] {
    if source.language.profile().is_none() || target.language.profile().is_none() {
        return [0.0; POLARITY_NAMES.len()];
    }
    let of = |side: Side<'_>| negations(side.text, side.language) as f32;
    let surplus = of(target) - of(source);
    [surplus, surplus.abs()]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique() {
        assert_eq!(names().iter().collect::<BTreeSet<_>>().len(), names().len());
    }
}
