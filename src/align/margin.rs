//! Margin scores: how much closer two sentences are than each is to its neighbours.
//!
//! Cosines of a multilingual encoder bunch together, and some sentences are close to everything. Dividing a cosine by the
//! mean cosine of both sentences' nearest neighbours takes that out (the *ratio* margin of Artetxe & Schwenk 2019,
//! "Margin-based Parallel Corpus Mining with Multilingual Sentence Embeddings", ACL).

use ndarray::{Array1, Array2, ArrayView1, ArrayView2};

/// Ratio margin of every pair of rows, `[left, right]`.
///
/// `left` and `right` are `[sentences, dim]` with rows of L2 norm 1. The score of a pair is its cosine divided by the mean
/// of the two [`nearest_neighbour_means`] with `k` neighbours: about 1 for a pair that is as close as neighbours are, more
/// for a translation. `k` is cut to the number of rows on the other side. Pairs whose neighbours have a mean of 0 score 0.
///
/// # Panics
/// If the two sides have vectors of different lengths.
///
/// ```
/// use ndarray::array;
/// use parallax::align::margin::margin_scores;
///
/// let left = array![[1.0, 0.0], [0.0, 1.0]];
/// let right = array![[0.0, 1.0], [1.0, 0.0]];
/// let scores = margin_scores(left.view(), right.view(), 2);
/// assert!(scores[[0, 1]] > scores[[0, 0]]);
/// ```
pub fn margin_scores(left: ArrayView2<f32>, right: ArrayView2<f32>, k: usize) -> Array2<f32> {
    let mut scores = left.dot(&right.t());
    let left_means = nearest_neighbour_means(scores.view(), k);
    let right_means = nearest_neighbour_means(scores.t(), k);
    for ((row, column), score) in scores.indexed_iter_mut() {
        let neighbours = (left_means[row] + right_means[column]) / 2.0;
        *score = if neighbours > 0.0 { *score / neighbours } else { 0.0 };
    }
    scores
}

/// For each row of a matrix of cosines the mean of its `k` largest values; 0 for rows without values.
pub fn nearest_neighbour_means(cosines: ArrayView2<f32>, k: usize) -> Array1<f32> {
    cosines.rows().into_iter().map(|row| mean_of_largest(row, k)).collect()
}

/// Linear time for any `k`: selects, does not sort.
fn mean_of_largest(values: ArrayView1<f32>, k: usize) -> f32 {
    let k = k.min(values.len());
    if k == 0 {
        return 0.0;
    }
    let mut values = values.to_vec();
    let (larger, smallest, _) = values.select_nth_unstable_by(k - 1, |a, b| b.total_cmp(a));
    (larger.iter().sum::<f32>() + *smallest) / k as f32
}

/// For each row the column of its largest value; the first one wins. `None` for a row without values.
pub fn best_columns(scores: ArrayView2<f32>) -> Vec<Option<usize>> {
    let best = |row: ArrayView1<f32>| {
        let columns = row.iter().enumerate();
        columns.max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0))).map(|(column, _)| column)
    };
    scores.rows().into_iter().map(best).collect()
}

#[cfg(test)]
mod tests {
    use ndarray::{Array2, array};

    use super::*;

    #[test]
    fn means_take_the_k_largest_of_each_row() {
        let cosines = array![[0.1, 0.9, 0.5, 0.7], [0.2, 0.2, 0.2, 0.2]];
        let means = nearest_neighbour_means(cosines.view(), 2);
        assert!((means[0] - 0.8).abs() < 1e-6 && (means[1] - 0.2).abs() < 1e-6);
    }

    #[test]
    fn few_neighbours_are_all_taken() {
        let means = nearest_neighbour_means(array![[0.4, 0.8]].view(), 4);
        assert!((means[0] - 0.6).abs() < 1e-6);
    }

    #[test]
    fn a_sentence_close_to_everything_does_not_attract() {
        // Right sentence 0 is a hub: nearest to both by cosine, but only sentence 1 is what left 1 says.
        let left = array![[1.0, 0.0, 0.0], [0.6, 0.8, 0.0]];
        let right = array![[0.87, 0.49, 0.0], [0.28, 0.78, 0.56]];
        let cosines = left.dot(&right.t());
        let scores = margin_scores(left.view(), right.view(), 2);
        assert_eq!(best_columns(cosines.view()), [Some(0), Some(0)]);
        assert_eq!(best_columns(scores.view()), [Some(0), Some(1)]);
    }

    #[test]
    fn the_score_is_the_ratio_of_the_paper() {
        let left = array![[1.0_f32, 0.0], [0.8, 0.6]];
        let right = array![[0.6_f32, 0.8], [0.0, 1.0]];
        // cosines: [[.6, 0], [.96, .6]]; with k = 1 left means .6 and .96, right means .96 and .6
        let scores = margin_scores(left.view(), right.view(), 1);
        let expected = array![[0.6 / 0.78, 0.0], [1.0, 0.6 / 0.78]];
        assert!((scores - expected).iter().all(|difference| difference.abs() < 1e-5));
    }

    #[test]
    fn empty_sides_give_empty_scores() {
        let none = Array2::<f32>::zeros((0, 2));
        let some = array![[1.0, 0.0]];
        assert_eq!(margin_scores(none.view(), some.view(), 4).dim(), (0, 1));
        assert_eq!(margin_scores(some.view(), none.view(), 4).dim(), (1, 0));
        assert_eq!(best_columns(none.view()), []);
    }
}
