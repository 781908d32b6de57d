//! In which directions of the vector space a translation differs from its source, and in which they agree.
//!
//! Each word is set against the mean of the other side's words, weighted by how near they are (a soft alignment). The
//! weighted mean of the differences and of the products, and the same of the sentence vectors, are the input of a
//! linear head, as in sentence-pair models (Conneau et al. 2017; Ranasinghe et al. 2020).

use ndarray::{Array1, Array2, Axis};

use super::words::Words;
use crate::embed::TextVectors;

/// How sharply the soft alignment prefers the nearest word.
const SHARPNESS: f32 = 20.0;

/// Names of the parts, each as long as a vector.
pub(super) const PARTS: [&str; 6] = [
    "source words, difference",
    "target words, difference",
    "source words, product",
    "target words, product",
    "sentences, product",
    "sentences, difference",
];

/// One side of a segment.
#[derive(Clone, Copy)]
pub(super) struct Encoded<'a> {
    pub(super) words: &'a Words,
    pub(super) vectors: &'a TextVectors,
}

/// The parts in the order of [`PARTS`], one after the other: `[6 * dim]`.
pub(super) fn interaction(
    source: Encoded<'_>,
    target: Encoded<'_>,
    similarities: &Array2<f32>,
) -> Array1<f32> {
    let (of_source, of_target) = (&source.words.vectors, &target.words.vectors);
    let answers_source = softmax(similarities.clone()).dot(of_target);
    let answers_target = softmax(similarities.t().to_owned()).dot(of_source);
    let (left, right) = (&source.vectors.sentence, &target.vectors.sentence);
    let parts = [
        mean(&(of_source - &answers_source).mapv(f32::abs), &source.words.weights),
        mean(&(of_target - &answers_target).mapv(f32::abs), &target.words.weights),
        mean(&(of_source * &answers_source), &source.words.weights),
        mean(&(of_target * &answers_target), &target.words.weights),
        left * right,
        (left - right).mapv(f32::abs),
    ];
    parts.iter().flatten().copied().collect()
}

/// The mean of the rows by their weights.
fn mean(rows: &Array2<f32>, weights: &Array1<f32>) -> Array1<f32> {
    weights.dot(rows) / weights.sum()
}

/// Each row as shares that sum to 1.
fn softmax(mut similarities: Array2<f32>) -> Array2<f32> {
    for mut row in similarities.axis_iter_mut(Axis(0)) {
        let largest = row.iter().copied().fold(f32::MIN, f32::max);
        row.mapv_inplace(|value| (SHARPNESS * (value - largest)).exp());
        let sum = row.sum();
        row /= sum;
    }
    similarities
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn shares_sum_to_one_and_prefer_the_nearest() {
        let shares = softmax(array![[0.9, 0.1], [0.5, 0.5]]);
        assert!(shares[[0, 0]] > 0.999);
        assert_eq!(shares.row(1), array![0.5, 0.5]);
    }

    #[test]
    fn the_mean_counts_by_weight() {
        assert_eq!(mean(&array![[1.0, 0.0], [0.0, 4.0]], &array![3.0, 1.0]), array![0.75, 1.0]);
    }
}
