//! What beads cost.
//!
//! The cost of a bead is the distance of its two sides over the distance that such runs usually have to the other
//! text (as in Vecalign, Thompson & Koehn 2019), so that sentences close to everything gain nothing; a mismatch of
//! lengths is added (Gale & Church 1993). Larger beads weigh with the root of their sentences' product, and every
//! further sentence has a price of its own: a product alone would tear apart what belongs together, a sum would
//! join everything.

use ndarray::s;
use rayon::prelude::*;

use super::ParallelOptions;
use super::band::Band;
use super::parameters::Prices;
use super::side::{MOST, Texts};

/// Least usual distance; sentences that are all the same have none.
const LEAST_DISTANCE: f32 = 0.02;

/// How many sentences a bead has on each side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) left: usize,
    pub(super) right: usize,
    /// Two neighbours on each side that changed places; `left` and `right` are 2.
    pub(super) crossed: bool,
}

impl Shape {
    /// Sentences beyond the first on either side.
    pub(super) fn extra(self) -> usize {
        self.left + self.right - 2
    }

    /// How much a bead of this shape weighs against one of two sentences.
    pub(super) fn weight(self) -> f32 {
        ((self.left * self.right) as f32).sqrt()
    }
}

/// The shapes of beads that a search may use.
pub(super) fn shapes(options: &ParallelOptions) -> Vec<Shape> {
    let side = options.most_on_one_side.clamp(1, MOST);
    let mut shapes = Vec::new();
    for left in 1..=side {
        for right in 1..=side {
            if left + right <= options.most_in_all.max(2) {
                shapes.push(Shape { left, right, crossed: false });
            }
        }
    }
    if options.one_to_one {
        shapes.truncate(1);
    }
    shapes.push(Shape { left: 2, right: 2, crossed: true });
    shapes
}

/// Two texts and what alignments of them are priced by.
#[derive(Debug, Clone)]
pub(super) struct Costs<'a> {
    pub(super) left: &'a Texts,
    pub(super) right: &'a Texts,
    pub(super) prices: &'a Prices,
    /// Logarithm of how much longer the right text is than the left one.
    pub(super) log_ratio: f32,
    pub(super) shapes: &'a [Shape],
    pub(super) most: usize,
    /// Added to the cost of estimated vectors, which lie closer together than encoded ones.
    pub(super) estimated: f32,
}

/// Products of the weighted vectors of single sentences near a band, a stretch for each sentence of the left.
pub(super) struct Products {
    starts: Vec<usize>,
    rows: Vec<Vec<f32>>,
}

impl Products {
    /// Weighted product of two sentences; 0 outside the band.
    fn get(&self, left: usize, right: usize) -> f32 {
        let row = &self.rows[left];
        right.checked_sub(self.starts[left]).and_then(|at| row.get(at)).copied().unwrap_or(0.0)
    }
}

impl<'a> Costs<'a> {
    /// Products of sentences that beads within a band need.
    pub(super) fn products(&self, band: &Band) -> Products {
        let (starts, rows) = (0..self.left.len())
            .into_par_iter()
            .map(|sentence| {
                let reach = band.reach(sentence, self.most);
                let others = self.right.vectors.slice(s![reach.clone(), ..]);
                let mut row = others.dot(&self.left.vectors.row(sentence)).to_vec();
                for (value, weight) in row.iter_mut().zip(&self.right.weights[reach.clone()]) {
                    *value *= self.left.weights[sentence] * weight;
                }
                (reach.start, row)
            })
            .unzip();
        Products { starts, rows }
    }

    /// Cost of every shape of bead that ends at node (`i`, `j`), from estimated vectors; infinite where the text
    /// has not so many sentences.
    pub(super) fn estimated_at(&self, products: &Products, i: usize, j: usize, costs: &mut [f32]) {
        let sums = self.sums(products, i, j);
        for (cost, shape) in costs.iter_mut().zip(self.shapes) {
            *cost = if shape.left > i || shape.right > j {
                f32::INFINITY
            } else if shape.crossed {
                let one = self.single(products, i - 1, j - 2);
                one + self.single(products, i - 2, j - 1) + self.prices.crossed
            } else {
                let norms = self.left.norms[i - 1][shape.left - 1]
                    * self.right.norms[j - 1][shape.right - 1];
                let cosine = sums[shape.left - 1][shape.right - 1] / norms;
                let single = shape.extra() == 0;
                let distance = self.distance(i, j, *shape, cosine);
                self.price(i, j, *shape, distance + if single { 0.0 } else { self.estimated })
            };
        }
    }

    /// Sums of the products of all pairs of sentences of two runs that end at a node, by the runs' sizes.
    fn sums(&self, products: &Products, i: usize, j: usize) -> [[f32; MOST]; MOST] {
        let mut sums = [[0.0; MOST]; MOST];
        for left in 0..self.most.min(i) {
            let mut row = 0.0;
            let before = if left > 0 { sums[left - 1] } else { [0.0; MOST] };
            let sizes = sums[left].iter_mut().zip(before).take(self.most.min(j));
            for (right, (sum, before)) in sizes.enumerate() {
                row += products.get(i - 1 - left, j - 1 - right);
                *sum = before + row;
            }
        }
        sums
    }

    /// Cost of two single sentences, from their product.
    fn single(&self, products: &Products, left: usize, right: usize) -> f32 {
        let norms = self.left.norms[left][0] * self.right.norms[right][0];
        self.pair_at(left, right, products.get(left, right) / norms)
    }

    /// Cost of two single sentences, from their vectors.
    pub(super) fn pair(&self, left: usize, right: usize) -> f32 {
        self.pair_at(left, right, self.left.vectors.row(left).dot(&self.right.vectors.row(right)))
    }

    fn pair_at(&self, left: usize, right: usize, cosine: f32) -> f32 {
        let (i, j) = (left + 1, right + 1);
        let shape = Shape { left: 1, right: 1, crossed: false };
        self.price(i, j, shape, self.distance(i, j, shape, cosine))
    }

    /// Cost of a bead from encoded vectors, if both sides were encoded.
    pub(super) fn exact(&self, i: usize, j: usize, shape: Shape) -> Option<f32> {
        if shape.crossed {
            return None;
        }
        let left = self.left.exact(i - 1, shape.left)?;
        let right = self.right.exact(j - 1, shape.right)?;
        Some(self.price(i, j, shape, self.distance(i, j, shape, left.dot(&right))))
    }

    /// Distance of the two sides over the usual one: 0 for the same, about 1 for unrelated texts.
    fn distance(&self, i: usize, j: usize, shape: Shape, cosine: f32) -> f32 {
        let usual =
            self.left.usual[i - 1][shape.left - 1] + self.right.usual[j - 1][shape.right - 1];
        (1.0 - cosine) / (1.0 - usual / 2.0).max(LEAST_DISTANCE)
    }

    fn price(&self, i: usize, j: usize, shape: Shape, distance: f32) -> f32 {
        let lengths = self.left.log_lengths[i - 1][shape.left - 1] + self.log_ratio
            - self.right.log_lengths[j - 1][shape.right - 1];
        let cost = distance.max(0.0) + self.prices.length * lengths.abs();
        cost * shape.weight() + self.prices.extra * shape.extra() as f32
    }
}
