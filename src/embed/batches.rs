//! Groups rows of similar length into batches, and turns token vectors into one vector per row.

use ndarray::{Array2, Array3, ArrayView1, Axis, s};

use super::engine::TokenBatch;
use super::tokens::Row;

/// Padded tokens per batch: the activations of a batch then stay within a core's second-level cache.
const TOKENS_PER_BATCH: usize = 256;

/// Row numbers of each batch, the longest rows first, so that no thread is left with a long one at the end.
pub(super) fn plan(rows: &[Row]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&row| std::cmp::Reverse(rows[row].ids.len()));
    let mut batches: Vec<Vec<usize>> = Vec::new();
    for row in order {
        match batches.last_mut() {
            Some(batch) if (batch.len() + 1) * rows[batch[0]].ids.len() <= TOKENS_PER_BATCH => {
                batch.push(row)
            }
            _ => batches.push(vec![row]),
        }
    }
    batches
}

/// Ids and mask of the rows of one batch.
pub(super) fn pad(rows: &[&Row], padding_id: u32) -> TokenBatch {
    let longest = rows.iter().map(|row| row.ids.len()).max().unwrap_or(0);
    let mut ids = Array2::from_elem((rows.len(), longest), padding_id as i32);
    let mut mask = Array2::zeros((rows.len(), longest));
    for (index, row) in rows.iter().enumerate() {
        for (place, &id) in row.ids.iter().enumerate() {
            ids[[index, place]] = id as i32;
            mask[[index, place]] = 1;
        }
    }
    TokenBatch { ids, mask }
}

/// Mean of each row's token vectors by their shares, padding left out: `[rows, dim]`.
pub(super) fn mean_pool(states: &Array3<f32>, rows: &[&Row]) -> Array2<f32> {
    let mut means = Array2::zeros((rows.len(), states.len_of(Axis(2))));
    for (index, row) in rows.iter().enumerate() {
        let tokens = states.slice(s![index, ..row.ids.len(), ..]);
        let mean = match row.shares.as_slice() {
            [] => tokens.sum_axis(Axis(0)) / row.ids.len() as f32,
            shares => ArrayView1::from(shares).dot(&tokens),
        };
        means.row_mut(index).assign(&mean);
    }
    means
}

/// Divides each row by its L2 norm; rows of zeros stay as they are.
pub(super) fn normalise(vectors: &mut Array2<f32>) {
    for mut row in vectors.rows_mut() {
        let norm = row.dot(&row).sqrt();
        if norm > 0.0 {
            row /= norm;
        }
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    fn row(length: usize) -> Row {
        Row { text: 0, ids: (0..length as u32).collect(), weight: 1, shares: Vec::new() }
    }

    #[test]
    fn batches_hold_every_row_once_and_stay_small() {
        let rows: Vec<Row> = [3, 700, 90, 4, 90, 1, 256, 60].map(row).into();
        let batches = plan(&rows);
        let mut seen: Vec<usize> = batches.concat();
        seen.sort_unstable();
        assert_eq!(seen, (0..rows.len()).collect::<Vec<_>>());
        for batch in &batches {
            let padded = batch.len() * rows[batch[0]].ids.len();
            assert!(batch.len() == 1 || padded <= TOKENS_PER_BATCH);
        }
        assert_eq!(batches[0], [1], "the longest row comes first");
    }

    #[test]
    fn padding_is_masked() {
        let (long, short) = (row(3), row(1));
        let batch = pad(&[&long, &short], 9);
        assert_eq!(batch.ids, array![[0, 1, 2], [0, 9, 9]]);
        assert_eq!(batch.mask, array![[1, 1, 1], [1, 0, 0]]);
    }

    #[test]
    fn the_mean_leaves_padding_out() {
        let states = array![[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [f32::NAN, 1e9]]];
        let (long, short) = (row(2), row(1));
        assert_eq!(mean_pool(&states, &[&long, &short]), array![[2.0, 3.0], [5.0, 6.0]]);
    }

    #[test]
    fn tokens_count_by_their_shares() {
        let states = array![[[1.0, 2.0], [3.0, 4.0]]];
        let row = Row { shares: vec![0.75, 0.25], ..row(2) };
        assert_eq!(mean_pool(&states, &[&row]), array![[1.5, 2.5]]);
    }

    #[test]
    fn norms_become_one_and_zero_stays_zero() {
        let mut vectors = array![[3.0, 4.0], [0.0, 0.0]];
        normalise(&mut vectors);
        assert_eq!(vectors, array![[0.6, 0.8], [0.0, 0.0]]);
    }
}
