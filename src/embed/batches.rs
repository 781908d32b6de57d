//! Groups rows of similar length into batches, and turns token vectors into one vector per row.

use ndarray::{Array2, ArrayView1, Axis, s};

use super::engine::TokenBatch;
use super::manifest::Pooling;
use super::tokens::Row;

/// Tokens per batch, padding included where an engine needs it: the activations of a batch then stay within a core's second-level cache.
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

/// The tokens of the rows of one batch.
pub(super) fn join(rows: &[&Row]) -> TokenBatch {
    TokenBatch {
        ids: rows.iter().flat_map(|row| row.ids.iter().map(|id| id.cast_signed())).collect(),
        lengths: rows.iter().map(|row| row.ids.len()).collect(),
    }
}

/// One vector for each row: the first token's, or the mean of all by their shares, `[rows, dim]`.
///
/// Rows with shares take the mean whatever the model does, since the shares say what it is a mean of.
pub(super) fn pool(
    states: &Array2<f32>,
    batch: &TokenBatch,
    rows: &[&Row],
    pooling: Pooling,
) -> Array2<f32> {
    let mut means = Array2::zeros((rows.len(), states.ncols()));
    for (index, (row, tokens)) in rows.iter().zip(batch.texts()).enumerate() {
        let tokens = states.slice(s![tokens, ..]);
        let mean = match row.shares.as_slice() {
            [] if pooling == Pooling::Cls && tokens.nrows() > 0 => tokens.row(0).to_owned(),
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
    fn each_text_has_the_mean_of_its_tokens_or_the_first() {
        let states = array![[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]];
        let (long, short) = (row(2), row(1));
        let batch = join(&[&long, &short]);
        assert_eq!((batch.ids.as_slice(), batch.lengths.as_slice()), (&[0, 1, 0][..], &[2, 1][..]));
        let vectors = |pooling| pool(&states, &batch, &[&long, &short], pooling);
        assert_eq!(vectors(Pooling::Mean), array![[2.0, 3.0], [5.0, 6.0]]);
        assert_eq!(vectors(Pooling::Cls), array![[1.0, 2.0], [5.0, 6.0]]);
    }

    #[test]
    fn tokens_count_by_their_shares() {
        let states = array![[1.0, 2.0], [3.0, 4.0]];
        let row = Row { shares: vec![0.75, 0.25], ..row(2) };
        let vectors = pool(&states, &join(&[&row]), &[&row], Pooling::Mean);
        assert_eq!(vectors, array![[1.5, 2.5]]);
    }

    #[test]
    fn norms_become_one_and_zero_stays_zero() {
        let mut vectors = array![[3.0, 4.0], [0.0, 0.0]];
        normalise(&mut vectors);
        assert_eq!(vectors, array![[0.6, 0.8], [0.0, 0.0]]);
    }
}
