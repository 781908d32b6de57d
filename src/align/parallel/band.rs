//! The part of the table of two texts that a search looks at.
//!
//! A node (i, j) stands for "the first i sentences of the left and the first j of the right are done". A band holds a
//! stretch of nodes in every row i, wide enough for the way that a coarser search found.

use std::ops::Range;

/// A stretch of columns in each row; rows and columns count nodes, one more than sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Band {
    rows: Vec<Range<usize>>,
    offsets: Vec<usize>,
}

impl Band {
    /// All nodes of `left` by `right` sentences.
    pub(super) fn whole(left: usize, right: usize) -> Self {
        Self::of(vec![0..right + 1; left + 1])
    }

    /// The nodes within `width` columns and rows of a way, given as nodes from (0, 0) to the end, each step
    /// going right, down or both.
    pub(super) fn around(way: &[(usize, usize)], left: usize, right: usize, width: usize) -> Self {
        let mut rows = vec![Range { start: usize::MAX, end: 0 }; left + 1];
        for pair in way.windows(2) {
            let ((i0, j0), (i1, j1)) = (pair[0], pair[1]);
            let columns = j0.saturating_sub(width)..(j1 + width).min(right) + 1;
            for row in &mut rows[i0.saturating_sub(width)..=(i1 + width).min(left)] {
                row.start = row.start.min(columns.start);
                row.end = row.end.max(columns.end);
            }
        }
        rows[0].start = 0;
        rows[left].end = right + 1;
        Self::of(rows)
    }

    fn of(rows: Vec<Range<usize>>) -> Self {
        let mut offsets = Vec::with_capacity(rows.len() + 1);
        let mut nodes = 0;
        for row in &rows {
            offsets.push(nodes);
            nodes += row.len();
        }
        offsets.push(nodes);
        Self { rows, offsets }
    }

    /// Number of nodes.
    pub(super) fn nodes(&self) -> usize {
        self.offsets[self.rows.len()]
    }

    /// Number of rows, one more than sentences on the left.
    pub(super) fn height(&self) -> usize {
        self.rows.len()
    }

    /// The columns of a row.
    pub(super) fn row(&self, row: usize) -> Range<usize> {
        self.rows[row].clone()
    }

    /// The place of a node in a table of all nodes, row by row.
    pub(super) fn index(&self, row: usize, column: usize) -> Option<usize> {
        let columns = &self.rows[row];
        columns.contains(&column).then(|| self.offsets[row] + column - columns.start)
    }

    /// Sentences of the right that stand next to sentence `sentence` of the left in some bead within the band,
    /// where beads have up to `most` sentences on a side.
    pub(super) fn reach(&self, sentence: usize, most: usize) -> Range<usize> {
        let rows = &self.rows[sentence + 1..(sentence + 1 + most).min(self.rows.len())];
        let start = rows.iter().map(|row| row.start).min().unwrap_or(0);
        let end = rows.iter().map(|row| row.end).max().unwrap_or(0);
        // Column j of a node has sentence j - 1 as its last.
        start.saturating_sub(most)..end.saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_follows_its_way_and_holds_both_ends() {
        let way = [(0, 0), (1, 1), (1, 6), (2, 7), (8, 8)];
        let band = Band::around(&way, 8, 9, 1);
        assert_eq!(band.row(0), 0..9);
        assert_eq!(band.row(1), 0..10);
        assert_eq!(band.row(8).end, 10);
        assert!(band.index(0, 0).is_some() && band.index(8, 9).is_some());
    }

    #[test]
    fn nodes_are_numbered_row_by_row() {
        let band = Band::whole(2, 3);
        assert_eq!(band.nodes(), 12);
        assert_eq!(band.index(1, 0), Some(4));
        assert_eq!(band.index(2, 4), None);
    }

    #[test]
    fn the_reach_covers_every_bead_that_holds_a_sentence() {
        let band = Band::whole(5, 9);
        assert_eq!(band.reach(2, 3), 0..9);
    }
}
