//! The search for the cheapest way through two texts, and for how much dearer every other way is.
//!
//! Dynamic programming over the nodes of a [`Band`]. Runs of sentences without counterparts have an opening price
//! (affine gaps, Gotoh 1982), for what is missing from a translation is mostly missing as a whole: a caption, a
//! footnote, a chapter.

use rayon::prelude::*;

use super::band::Band;
use super::cost::{Costs, Products, Shape};
use super::parameters::Prices;

/// Rows whose costs are computed at once.
const BLOCK: usize = 64;

/// Costs of beads by the node where they end.
pub(super) trait BeadCosts: Sync {
    /// Costs of all shapes of beads that end at node (`i`, `j`).
    fn at(&self, i: usize, j: usize, costs: &mut [f32]);
}

/// Costs from estimated vectors.
pub(super) struct Estimated<'a> {
    pub(super) costs: &'a Costs<'a>,
    pub(super) products: &'a Products,
}

impl BeadCosts for Estimated<'_> {
    fn at(&self, i: usize, j: usize, costs: &mut [f32]) {
        self.costs.estimated_at(self.products, i, j, costs);
    }
}

/// Costs kept in a table.
pub(super) struct Table<'b> {
    pub(super) band: &'b Band,
    pub(super) shapes: usize,
    pub(super) values: Vec<f32>,
}

impl<'b> Table<'b> {
    /// The costs of all nodes of a band.
    pub(super) fn new(band: &'b Band, shapes: usize, costs: &dyn BeadCosts) -> Self {
        let rows: Vec<Vec<f32>> =
            (0..band.height()).into_par_iter().map(|i| row(band, shapes, costs, i)).collect();
        Self { band, shapes, values: rows.concat() }
    }

    /// Where the costs of a node's beads stand.
    pub(super) fn place(&self, i: usize, j: usize) -> Option<usize> {
        self.band.index(i, j).map(|node| node * self.shapes)
    }
}

impl BeadCosts for Table<'_> {
    fn at(&self, i: usize, j: usize, costs: &mut [f32]) {
        match self.place(i, j) {
            Some(place) => costs.copy_from_slice(&self.values[place..place + self.shapes]),
            None => costs.fill(f32::INFINITY),
        }
    }
}

/// Costs of all nodes of a row, one after the other.
fn row(band: &Band, shapes: usize, costs: &dyn BeadCosts, i: usize) -> Vec<f32> {
    let columns = band.row(i);
    let mut values = vec![0.0; columns.len() * shapes];
    for (j, node) in columns.zip(values.chunks_mut(shapes.max(1))) {
        costs.at(i, j, node);
    }
    values
}

/// How the costs of several ways to a node are brought together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Join {
    /// The cheapest one counts.
    Cheapest,
    /// All count, with likelihoods that fall as exp(-sharpness · cost).
    Likelihood(f64),
}

impl Join {
    fn join(self, one: f64, other: f64) -> f64 {
        let (less, more) = if one < other { (one, other) } else { (other, one) };
        match self {
            Self::Likelihood(sharpness) if more.is_finite() => {
                less - (-sharpness * (more - less)).exp().ln_1p() / sharpness
            }
            _ => less,
        }
    }
}

/// Costs of a node: of the ways to it (or from it) by whether it follows a bead or stands in a run of skips.
#[derive(Debug, Clone, Copy)]
pub(super) struct NodeCost {
    pub(super) bead: f64,
    pub(super) skip: f64,
}

impl NodeCost {
    const NONE: Self = Self { bead: f64::INFINITY, skip: f64::INFINITY };

    /// Of all ways.
    pub(super) fn any(self, join: Join) -> f64 {
        join.join(self.bead, self.skip)
    }
}

/// A search within a band.
pub(super) struct Search<'a> {
    pub(super) band: &'a Band,
    pub(super) shapes: &'a [Shape],
    pub(super) prices: &'a Prices,
    pub(super) costs: &'a dyn BeadCosts,
}

/// One step of a way; it ends at node (`i`, `j`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Bead { shape: usize, i: usize, j: usize },
    SkipLeft { i: usize, j: usize },
    SkipRight { i: usize, j: usize },
}

impl Search<'_> {
    /// Costs of the ways from the start to every node.
    pub(super) fn forward(&self, join: Join) -> Vec<NodeCost> {
        let mut nodes = vec![NodeCost::NONE; self.band.nodes()];
        for first in (0..self.band.height()).step_by(BLOCK) {
            let end = (first + BLOCK).min(self.band.height());
            let count = self.shapes.len();
            let rows: Vec<Vec<f32>> = (first..end)
                .into_par_iter()
                .map(|i| row(self.band, count, self.costs, i))
                .collect();
            for (i, costs) in (first..end).zip(&rows) {
                for (j, costs) in self.band.row(i).zip(costs.chunks(count)) {
                    let node = self.arrive(&nodes, i, j, costs, join);
                    if let Some(index) = self.band.index(i, j) {
                        nodes[index] = node;
                    }
                }
            }
        }
        nodes
    }

    fn arrive(
        &self,
        nodes: &[NodeCost],
        i: usize,
        j: usize,
        costs: &[f32],
        join: Join,
    ) -> NodeCost {
        if (i, j) == (0, 0) {
            return NodeCost { bead: 0.0, skip: f64::INFINITY };
        }
        let mut node = NodeCost::NONE;
        for (left, right) in [(1, 0), (0, 1)] {
            if let Some(before) = self.before(nodes, i, j, left, right) {
                node.skip = join.join(node.skip, self.skipped(before, join));
            }
        }
        for (shape, &cost) in self.shapes.iter().zip(costs) {
            if cost.is_finite()
                && let Some(before) = self.before(nodes, i, j, shape.left, shape.right)
            {
                node.bead = join.join(node.bead, before.any(join) + f64::from(cost));
            }
        }
        node
    }

    fn before(
        &self,
        nodes: &[NodeCost],
        i: usize,
        j: usize,
        left: usize,
        right: usize,
    ) -> Option<NodeCost> {
        let index = self.band.index(i.checked_sub(left)?, j.checked_sub(right)?)?;
        Some(nodes[index])
    }

    /// Cost after one more skip.
    fn skipped(&self, before: NodeCost, join: Join) -> f64 {
        let opened = before.bead + f64::from(self.prices.skip_run);
        join.join(opened, before.skip) + f64::from(self.prices.skip)
    }

    /// Costs of the ways from every node to the end, by what came before the node.
    pub(super) fn backward(&self, join: Join) -> Vec<NodeCost> {
        let mut nodes = vec![NodeCost::NONE; self.band.nodes()];
        if let Some(last) = nodes.last_mut() {
            *last = NodeCost { bead: 0.0, skip: 0.0 };
        }
        let mut costs = vec![0.0; self.shapes.len()];
        for i in (0..self.band.height()).rev() {
            for j in self.band.row(i).rev() {
                let Some(index) = self.band.index(i, j) else { continue };
                let here = nodes[index];
                for (left, right) in [(1, 0), (0, 1)] {
                    let skip = here.skip + f64::from(self.prices.skip);
                    let opened = skip + f64::from(self.prices.skip_run);
                    self.leave(&mut nodes, (i, j), (left, right), (opened, skip), join);
                }
                self.costs.at(i, j, &mut costs);
                for (shape, &cost) in self.shapes.iter().zip(&costs) {
                    let cost = here.bead + f64::from(cost);
                    self.leave(&mut nodes, (i, j), (shape.left, shape.right), (cost, cost), join);
                }
            }
        }
        nodes
    }

    /// Offers the node that a step to `end` starts from the costs of going on that way.
    fn leave(
        &self,
        nodes: &mut [NodeCost],
        end: (usize, usize),
        step: (usize, usize),
        (bead, skip): (f64, f64),
        join: Join,
    ) {
        let start = end.0.checked_sub(step.0).zip(end.1.checked_sub(step.1));
        if let Some(index) = start.and_then(|(i, j)| self.band.index(i, j)) {
            nodes[index].bead = join.join(nodes[index].bead, bead);
            nodes[index].skip = join.join(nodes[index].skip, skip);
        }
    }

    /// The cheapest way, from the costs that [`Self::forward`] gave with [`Join::Cheapest`].
    pub(super) fn trace(&self, nodes: &[NodeCost]) -> Vec<Step> {
        let end = self.band.height() - 1;
        let (mut i, mut j) = (end, self.band.row(end).end - 1);
        let mut steps = Vec::new();
        let mut costs = vec![0.0; self.shapes.len()];
        let mut in_skip = nodes.last().is_some_and(|node| node.skip < node.bead);
        while (i, j) != (0, 0) {
            let step = if in_skip {
                self.best_skip(nodes, i, j)
            } else {
                self.costs.at(i, j, &mut costs);
                self.best_bead(nodes, i, j, &costs)
            };
            let (left, right) = self.size(step);
            (i, j) = (i - left, j - right);
            in_skip = self.band.index(i, j).is_some_and(|index| match step {
                Step::Bead { .. } => nodes[index].skip < nodes[index].bead,
                _ => nodes[index].skip < nodes[index].bead + f64::from(self.prices.skip_run),
            });
            steps.push(step);
        }
        steps.reverse();
        steps
    }

    fn best_skip(&self, nodes: &[NodeCost], i: usize, j: usize) -> Step {
        let cost = |left, right| {
            let before = self.before(nodes, i, j, left, right);
            before.map_or(f64::INFINITY, |node| self.skipped(node, Join::Cheapest))
        };
        if i > 0 && (j == 0 || cost(1, 0) <= cost(0, 1)) {
            Step::SkipLeft { i, j }
        } else {
            Step::SkipRight { i, j }
        }
    }

    fn best_bead(&self, nodes: &[NodeCost], i: usize, j: usize, costs: &[f32]) -> Step {
        let cost = |index: usize| {
            let shape = self.shapes[index];
            let before = self.before(nodes, i, j, shape.left, shape.right);
            before.map_or(f64::INFINITY, |node| node.any(Join::Cheapest) + f64::from(costs[index]))
        };
        let best = (0..costs.len()).min_by(|&one, &other| cost(one).total_cmp(&cost(other)));
        match best {
            Some(shape) if cost(shape).is_finite() => Step::Bead { shape, i, j },
            _ => self.best_skip(nodes, i, j),
        }
    }

    /// Sentences of each side that a step takes.
    pub(super) fn size(&self, step: Step) -> (usize, usize) {
        match step {
            Step::Bead { shape, .. } => (self.shapes[shape].left, self.shapes[shape].right),
            Step::SkipLeft { .. } => (1, 0),
            Step::SkipRight { .. } => (0, 1),
        }
    }
}

/// The nodes that a way passes, from (0, 0).
pub(super) fn nodes_of(steps: &[Step]) -> Vec<(usize, usize)> {
    let end = |step: &Step| match *step {
        Step::Bead { i, j, .. } | Step::SkipLeft { i, j } | Step::SkipRight { i, j } => (i, j),
    };
    std::iter::once((0, 0)).chain(steps.iter().map(end)).collect()
}
