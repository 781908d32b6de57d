//! The nearest neighbours of every row of two matrices, in memory that grows with the rows and not
//! with their product.

use ndarray::{Array2, ArrayView2, s};

/// Rows multiplied at once: a block of products stays within the processor's caches.
const BLOCK: usize = 256;

/// For each of several items its few largest scores, the largest first.
#[derive(Debug, Clone)]
pub struct Nearest {
    limit: usize,
    entries: Vec<Vec<(usize, f32)>>,
}

impl Nearest {
    /// No neighbours yet for so many items, each with room for `limit`.
    pub(super) fn new(items: usize, limit: usize) -> Self {
        Self { limit, entries: vec![Vec::with_capacity(limit + 1); items] }
    }

    /// Takes a neighbour in if it is among the nearest so far; of equal ones the first stays.
    pub(super) fn offer(&mut self, item: usize, other: usize, score: f32) {
        let entries = &mut self.entries[item];
        if entries.len() == self.limit && entries.last().is_some_and(|&(_, last)| score <= last) {
            return;
        }
        let place = entries.partition_point(|&(_, kept)| kept >= score);
        entries.insert(place, (other, score));
        entries.truncate(self.limit);
    }

    /// The neighbours of an item with their scores, the nearest first.
    pub fn of(&self, item: usize) -> &[(usize, f32)] {
        &self.entries[item]
    }

    /// Mean score of an item's neighbours; 0 where there are none.
    pub fn mean(&self, item: usize) -> f32 {
        let entries = &self.entries[item];
        let sum: f32 = entries.iter().map(|&(_, score)| score).sum();
        sum / entries.len().max(1) as f32
    }
}

/// The `limit` nearest rows of `right` for every row of `left`, and the other way round, by dot product.
///
/// `left` is `[n, dim]`, `right` `[m, dim]`. Takes n·m·dim multiplications and memory for `limit` entries
/// a row.
pub fn both_ways(
    left: ArrayView2<'_, f32>,
    right: ArrayView2<'_, f32>,
    limit: usize,
) -> (Nearest, Nearest) {
    let mut of_left = Nearest::new(left.nrows(), limit);
    let mut of_right = Nearest::new(right.nrows(), limit);
    for first in (0..left.nrows()).step_by(BLOCK) {
        let end = (first + BLOCK).min(left.nrows());
        let products: Array2<f32> = left.slice(s![first..end, ..]).dot(&right.t());
        for (row, scores) in products.rows().into_iter().enumerate() {
            for (column, &score) in scores.iter().enumerate() {
                of_left.offer(first + row, column, score);
                of_right.offer(column, first + row, score);
            }
        }
    }
    (of_left, of_right)
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn neighbours_come_nearest_first_from_both_sides() {
        let left = array![[1.0, 0.0], [0.0, 1.0]];
        let right = array![[0.9, 0.1], [0.2, 0.8], [0.6, 0.6]];
        let (of_left, of_right) = both_ways(left.view(), right.view(), 2);
        assert_eq!(of_left.of(0), [(0, 0.9), (2, 0.6)]);
        assert_eq!(of_left.of(1).first().map(|entry| entry.0), Some(1));
        assert_eq!(of_right.of(2).first().map(|entry| entry.0), Some(0));
        assert!((of_left.mean(1) - 0.7).abs() < 1e-6);
    }

    #[test]
    fn nothing_has_no_neighbours() {
        let none = Array2::<f32>::zeros((0, 2));
        let (of_left, of_right) = both_ways(none.view(), array![[1.0, 0.0]].view(), 3);
        assert!(of_left.entries.is_empty());
        assert_eq!(of_right.mean(0), 0.0);
    }
}
