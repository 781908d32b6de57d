//! Everything a head looks at: named features and the interaction of both sides. None knows the languages.

use std::sync::LazyLock;

use ndarray::Array1;

use super::alignment::{Alignment, PAIR_NAMES, SIDE_NAMES};
use super::interaction::{Encoded, PARTS, interaction};
use super::surface;
use crate::facts::polarity::negations;
use crate::lang::Language;

/// Names of the features of the two sentence vectors.
const VECTOR_NAMES: [&str; 2] = ["cosine", "centred cosine"];

/// Names of the features of what both sides negate.
const POLARITY_NAMES: [&str; 2] = ["negations, surplus", "negations, difference"];

/// What is known of one segment.
#[derive(Debug, Clone, PartialEq)]
pub struct Features {
    /// In step with [`names`].
    pub values: Vec<f32>,
    /// Where in the vector space both sides differ and agree, `[parts * dim]`.
    pub interaction: Array1<f32>,
}

static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    [&surface::NAMES[..], &SIDE_NAMES, &PAIR_NAMES, &VECTOR_NAMES, &POLARITY_NAMES].concat()
});

/// Names of the features, in order.
pub fn names() -> &'static [&'static str] {
    &NAMES
}

/// Names of the interaction's parts, in order.
pub fn parts() -> &'static [&'static str] {
    &PARTS
}

/// One side of a segment with its text and how its language's sentences lie in the space.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) text: &'a str,
    pub(super) language: Language,
    pub(super) encoded: Encoded<'a>,
    pub(super) centre: &'a Array1<f32>,
}

impl Features {
    /// Features of a segment; both sides must have words.
    pub(super) fn new(source: Side<'_>, target: Side<'_>, alignment: &Alignment) -> Self {
        let (left, right) = (source.encoded, target.encoded);
        let mut values = surface::features(source.text, target.text);
        values.extend(alignment.features(left.words, right.words));
        let (one, other) = (&left.vectors.sentence, &right.vectors.sentence);
        values.push(one.dot(other));
        let (one, other) = (one - source.centre, other - target.centre);
        values.push(one.dot(&other) / (one.dot(&one) * other.dot(&other)).sqrt().max(1e-6));
        values.extend(polarity(source, target));
        Self { values, interaction: interaction(left, right, &alignment.similarities) }
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
