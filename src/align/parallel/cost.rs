//! What beads and skips cost: minus the weighted sum of their features.
//!
//! The distance of a bead's two sides is taken over the distance that such runs usually have to the other text (as in
//! Vecalign, Thompson & Koehn 2019), so that sentences close to everything gain nothing; the mismatch of lengths
//! counts beside it (Gale & Church 1993), and what happens to the distance when a sentence at an edge is left out:
//! a stranger at the edge makes it fall, a missing half makes it rise.

use std::ops::Range;

use ndarray::s;
use rayon::prelude::*;

use super::anchors;
use super::band::Band;
use super::shapes::{Grid, MOST, Shape, grid_place};
use super::side::Texts;
use super::weights::{BEAD_FEATURES, SKIP_FEATURES, Weights};

/// Least usual distance; sentences that are all the same have none.
const LEAST_DISTANCE: f32 = 0.02;
/// Logarithm of a usual length of sentences.
const USUAL_LOG_LENGTH: f32 = 4.5;
/// Weight of anchors beyond which more tell nothing.
const MOST_ANCHORS: f32 = 3.0;

/// Two texts and what alignments of them are priced by.
#[derive(Debug, Clone)]
pub(super) struct Costs<'a> {
    pub(super) left: &'a Texts,
    pub(super) right: &'a Texts,
    pub(super) weights: &'a Weights,
    pub(super) shapes: &'a [Shape],
    /// Most sentences on one side of a bead.
    pub(super) most: usize,
    /// Logarithm of how much longer the right text is than the left one.
    pub(super) log_ratio: f32,
    /// Distance that is usual for sentences that belong together.
    pub(super) usual: f32,
    /// Added to the distance of estimated vectors, which lie closer together than encoded ones.
    pub(super) estimated: f32,
}

/// Products of the weighted vectors of single sentences near a band, a stretch for each sentence of the left.
pub(super) struct Products {
    starts: Vec<usize>,
    rows: Vec<Vec<f32>>,
    /// Weight of the anchors that the sentences share; an empty row where the left one has none.
    anchors: Vec<Vec<f32>>,
}

impl Products {
    /// Weighted product of two sentences; 0 outside the band.
    fn get(&self, left: usize, right: usize) -> f32 {
        self.in_row(&self.rows[left], left, right)
    }

    fn in_row(&self, row: &[f32], left: usize, right: usize) -> f32 {
        right.checked_sub(self.starts[left]).and_then(|at| row.get(at)).copied().unwrap_or(0.0)
    }

    /// Weight of the anchors that both sides share, for every plain bead that ends at node (`i`, `j`).
    pub(super) fn shared(&self, i: usize, j: usize, most: usize) -> Grid {
        let mut grid = [0.0; MOST * MOST];
        let mut sums = [0.0; MOST];
        for left in 1..=most.min(i) {
            let anchors = &self.anchors[i - left];
            let mut row = 0.0;
            for right in 1..=most.min(j) {
                if !anchors.is_empty() {
                    row += self.in_row(anchors, i - left, j - right);
                    sums[right - 1] += row;
                }
                grid[grid_place(left, right)] = sums[right - 1];
            }
        }
        grid
    }
}

impl<'a> Costs<'a> {
    /// Products of sentences that beads within a band need.
    pub(super) fn products(&self, band: &Band) -> Products {
        let rows: Vec<(usize, Vec<f32>, Vec<f32>)> = (0..self.left.len())
            .into_par_iter()
            .map(|sentence| {
                let reach = band.reach(sentence, self.most);
                let others = self.right.vectors.slice(s![reach.clone(), ..]);
                let mut row = others.dot(&self.left.vectors.row(sentence)).to_vec();
                for (value, weight) in row.iter_mut().zip(&self.right.weights[reach.clone()]) {
                    *value *= self.left.weights[sentence] * weight;
                }
                (reach.start, row, self.shared_anchors(sentence, reach))
            })
            .collect();
        let mut products = Products { starts: Vec::new(), rows: Vec::new(), anchors: Vec::new() };
        for (start, row, anchors) in rows {
            products.starts.push(start);
            products.rows.push(row);
            products.anchors.push(anchors);
        }
        products
    }

    fn shared_anchors(&self, sentence: usize, others: Range<usize>) -> Vec<f32> {
        let own = self.left.anchors(sentence);
        if own.is_empty() {
            return Vec::new();
        }
        others.map(|other| anchors::shared(own, self.right.anchors(other))).collect()
    }

    /// Distances of all plain beads that end at node (`i`, `j`), from estimated vectors; infinite where the text has
    /// not so many sentences.
    pub(super) fn estimated_distances(&self, products: &Products, i: usize, j: usize) -> Grid {
        let mut grid = [f32::INFINITY; MOST * MOST];
        let mut sums = [0.0; MOST];
        for left in 1..=self.most.min(i) {
            let mut row = 0.0;
            for right in 1..=self.most.min(j) {
                row += products.get(i - left, j - right);
                sums[right - 1] += row;
                let norms = self.left.norms[i - 1][left - 1] * self.right.norms[j - 1][right - 1];
                let bias = if left + right == 2 { 0.0 } else { self.estimated };
                let shape = Shape::plain(left, right);
                grid[shape.place()] = self.distance(i, j, shape, sums[right - 1] / norms) + bias;
            }
        }
        grid
    }

    /// Distance of two single sentences, from their vectors.
    pub(super) fn pair(&self, left: usize, right: usize) -> f32 {
        let cosine = self.left.vectors.row(left).dot(&self.right.vectors.row(right));
        self.distance(left + 1, right + 1, Shape::plain(1, 1), cosine)
    }

    /// Distance of a bead from encoded vectors, if both sides were encoded.
    pub(super) fn exact(&self, i: usize, j: usize, shape: Shape) -> Option<f32> {
        let left = self.left.exact(i - 1, shape.left)?;
        let right = self.right.exact(j - 1, shape.right)?;
        Some(self.distance(i, j, shape, left.dot(&right)))
    }

    /// Distance of the two sides over the usual one: 0 for the same, about 1 for unrelated texts.
    fn distance(&self, i: usize, j: usize, shape: Shape, cosine: f32) -> f32 {
        relative_distance(
            cosine,
            self.left.usual[i - 1][shape.left - 1],
            self.right.usual[j - 1][shape.right - 1],
        )
    }

    /// Features of a plain bead that ends at node (`i`, `j`), in step with [`BEAD_FEATURES`].
    pub(super) fn features(
        &self,
        (i, j): (usize, usize),
        shape: Shape,
        bead: Measured,
    ) -> [f32; BEAD_FEATURES.len()] {
        let Measured { distance, edge, shared } = bead;
        let extra = shape.extra();
        let flag = |condition: bool| f32::from(u8::from(condition));
        let size = ((shape.left * shape.right) as f32).sqrt();
        let length = (self.left.log_lengths[i - 1][shape.left - 1] + self.log_ratio
            - self.right.log_lengths[j - 1][shape.right - 1])
            .abs();
        let squared = (length * length).min(1.0);
        let (single, larger) = (flag(extra == 0), flag(extra > 0));
        let gain = if extra == 0 { 0.0 } else { (distance - edge).clamp(-1.0, 1.0) };
        let unshared = self.left.anchored(i - 1, shape.left)
            + self.right.anchored(j - 1, shape.right)
            - 2.0 * shared;
        let left = self.left.marks(i - 1, shape.left);
        let right = self.right.marks(j - 1, shape.right);
        [
            single,
            flag(extra == 1),
            flag(shape.left == 2 && shape.right == 2),
            flag(extra == 2 && shape.left != shape.right),
            flag(extra > 2),
            extra.saturating_sub(3) as f32,
            single * distance,
            larger * distance,
            size * distance,
            extra as f32 * distance,
            single * length,
            larger * length,
            single * squared,
            larger * squared,
            single * self.usual,
            flag(extra == 1) * self.usual,
            flag(extra > 1) * self.usual,
            gain.max(0.0),
            (-gain).max(0.0),
            flag(left.starts_amid != right.starts_amid),
            flag(left.starts_amid && right.starts_amid),
            flag(left.ends != right.ends),
            flag(left.asks != right.asks),
            shared.min(MOST_ANCHORS),
            unshared.clamp(0.0, MOST_ANCHORS),
        ]
    }

    /// Cost of a plain bead.
    pub(super) fn cost(&self, node: (usize, usize), shape: Shape, bead: Measured) -> f32 {
        let features = self.features(node, shape, bead);
        -features
            .iter()
            .zip(&self.weights.bead)
            .map(|(feature, weight)| feature * weight)
            .sum::<f32>()
    }

    /// Costs of all plain beads that end at a node. `costs` is in step with the shapes; what is not plain is infinite.
    pub(super) fn of_node(&self, node: (usize, usize), grids: &Grids, costs: &mut [f32]) {
        for (cost, &shape) in costs.iter_mut().zip(self.shapes) {
            *cost = f32::INFINITY;
            if !shape.is_crossed() && shape.left <= node.0 && shape.right <= node.1 {
                *cost = self.cost(node, shape, grids.measured(shape));
            }
        }
    }

    /// Features of a sentence without a counterpart, in step with [`SKIP_FEATURES`].
    pub(super) fn skip_features(
        &self,
        texts: &Texts,
        sentence: usize,
    ) -> [f32; SKIP_FEATURES.len()] {
        let amid = texts.marks(sentence, 1).starts_amid;
        [
            1.0,
            self.usual,
            texts.log_lengths[sentence][0] - USUAL_LOG_LENGTH,
            f32::from(u8::from(amid)),
        ]
    }

    /// Costs of every sentence without a counterpart.
    pub(super) fn skips(&self, texts: &Texts) -> Vec<f32> {
        let cost = |sentence| {
            let features = self.skip_features(texts, sentence);
            -features.iter().zip(&self.weights.skip).map(|(f, weight)| f * weight).sum::<f32>()
        };
        (0..texts.len()).map(cost).collect()
    }
}

/// Distance of a cosine over the distance of the mean of two usual cosines: 0 for the same, about 1 for unrelated texts.
pub(super) fn relative_distance(cosine: f32, left_usual: f32, right_usual: f32) -> f32 {
    let usual = (left_usual + right_usual) / 2.0;
    ((1.0 - cosine) / (1.0 - usual).max(LEAST_DISTANCE)).max(0.0)
}

/// What is measured of a bead.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measured {
    /// Distance of the two sides over what is usual.
    pub(super) distance: f32,
    /// The least distance when a sentence at one of the four edges is left out.
    pub(super) edge: f32,
    /// Weight of the anchors that both sides share.
    pub(super) shared: f32,
}

/// What the costs of a node's beads rest on.
pub(super) struct Grids {
    /// Distances of the beads that end at the node.
    pub(super) here: Grid,
    /// Of those that end one sentence earlier on the left.
    pub(super) left: Grid,
    /// Of those that end one sentence earlier on the right.
    pub(super) right: Grid,
    /// Weight of the anchors that the beads' sides share.
    pub(super) shared: Grid,
}

impl Grids {
    /// What is measured of a bead that ends at the node.
    pub(super) fn measured(&self, shape: Shape) -> Measured {
        let mut edge = f32::INFINITY;
        if shape.left > 1 {
            let place = grid_place(shape.left - 1, shape.right);
            edge = edge.min(self.here[place]).min(self.left[place]);
        }
        if shape.right > 1 {
            let place = grid_place(shape.left, shape.right - 1);
            edge = edge.min(self.here[place]).min(self.right[place]);
        }
        let place = shape.place();
        Measured { distance: self.here[place], edge, shared: self.shared[place] }
    }
}
