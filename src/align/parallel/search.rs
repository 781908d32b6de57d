//! The search for the cheapest way through two texts, and for how much dearer every other way is.
//!
//! Dynamic programming over the nodes of a [`Band`]. Runs of sentences without counterparts have an opening price
//! (affine gaps, Gotoh 1982), for what is missing from a translation is mostly missing as a whole: a caption, a
//! footnote, a chapter.

use rayon::prelude::*;

use super::band::Band;
use super::cost::{Costs, Grids, Products};
use super::shapes::Shape;

/// Rows whose costs are computed at once.
const BLOCK: usize = 64;

/// Costs of beads by the node where they end.
pub(super) trait BeadCosts: Sync {
    /// Costs of all shapes of beads that end at node (`i`, `j`).
    fn at(&self, i: usize, j: usize, costs: &mut [f32]);
}

/// Costs from estimated vectors; beads that changed places have none.
pub(super) struct Estimated<'a> {
    pub(super) costs: &'a Costs<'a>,
    pub(super) products: &'a Products,
}

impl BeadCosts for Estimated<'_> {
    fn at(&self, i: usize, j: usize, costs: &mut [f32]) {
        let grid = |i, j| self.costs.estimated_distances(self.products, i, j);
        let grids = Grids {
            here: grid(i, j),
            left: grid(i.saturating_sub(1), j),
            right: grid(i, j.saturating_sub(1)),
            shared: self.products.shared(i, j, self.costs.most),
        };
        self.costs.of_node((i, j), &grids, costs);
    }
}

/// Costs kept in a table.
pub(super) struct Table<'b> {
    pub(super) band: &'b Band,
    pub(super) shapes: usize,
    pub(super) values: Vec<f32>,
}

impl Table<'_> {
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
    /// All count, with likelihoods exp(-cost).
    Likelihood,
}

impl Join {
    fn join(self, one: f64, other: f64) -> f64 {
        let (less, more) = if one < other { (one, other) } else { (other, one) };
        match self {
            Self::Likelihood if more.is_finite() => less - (less - more).exp().ln_1p(),
            _ => less,
        }
    }
}

/// Costs of a node: of the ways to it (or from it) by what the step before it was. In a run of skips those of the left
/// come first, so that every alignment is one way.
#[derive(Debug, Clone, Copy)]
pub(super) struct NodeCost {
    pub(super) bead: f64,
    pub(super) skip_left: f64,
    pub(super) skip_right: f64,
}

impl NodeCost {
    const NONE: Self =
        Self { bead: f64::INFINITY, skip_left: f64::INFINITY, skip_right: f64::INFINITY };

    /// Of all ways.
    pub(super) fn any(self, join: Join) -> f64 {
        join.join(self.bead, join.join(self.skip_left, self.skip_right))
    }

    /// Takes one more way on from a node: its costs after a bead, a skip on the left and one on the right.
    fn offer(&mut self, [bead, skip_left, skip_right]: [f64; 3], join: Join) {
        self.bead = join.join(self.bead, bead);
        self.skip_left = join.join(self.skip_left, skip_left);
        self.skip_right = join.join(self.skip_right, skip_right);
    }
}

/// The kind of the step that led to a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    Bead,
    SkipLeft,
    SkipRight,
}

/// A search within a band.
pub(super) struct Search<'a> {
    pub(super) band: &'a Band,
    pub(super) shapes: &'a [Shape],
    pub(super) costs: &'a dyn BeadCosts,
    /// Cost of every sentence of the left without a counterpart.
    pub(super) left_skips: Vec<f32>,
    /// The same of the right.
    pub(super) right_skips: Vec<f32>,
    /// Cost of the first of a run of skips.
    pub(super) skip_run: f32,
}

/// One step of a way; it ends at node (`i`, `j`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Bead { shape: usize, i: usize, j: usize },
    SkipLeft { i: usize, j: usize },
    SkipRight { i: usize, j: usize },
}

impl<'a> Search<'a> {
    /// A search where beads cost what `beads` says and skips what `costs` does.
    pub(super) fn new(costs: &Costs<'a>, band: &'a Band, beads: &'a dyn BeadCosts) -> Self {
        Self {
            band,
            shapes: costs.shapes,
            costs: beads,
            left_skips: costs.skips(costs.left),
            right_skips: costs.skips(costs.right),
            skip_run: -costs.weights.skip_run,
        }
    }
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
            return NodeCost { bead: 0.0, ..NodeCost::NONE };
        }
        let mut node = NodeCost::NONE;
        if let Some(before) = self.before(nodes, i, j, 1, 0) {
            node.skip_left = self.after_left(before, join) + f64::from(self.left_skips[i - 1]);
        }
        if let Some(before) = self.before(nodes, i, j, 0, 1) {
            let after = join.join(self.after_left(before, join), before.skip_right);
            node.skip_right = after + f64::from(self.right_skips[j - 1]);
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

    /// Cost of the ways to a node that may go on with a skip on the left.
    fn after_left(&self, before: NodeCost, join: Join) -> f64 {
        join.join(before.bead + f64::from(self.skip_run), before.skip_left)
    }

    pub(super) fn before(
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

    /// Cost of the ways that end with a bead at node (`i`, `j`).
    pub(super) fn through(
        &self,
        forward: &[NodeCost],
        (i, j): (usize, usize),
        shape: Shape,
        cost: f64,
        join: Join,
    ) -> f64 {
        let before = self.before(forward, i, j, shape.left, shape.right);
        before.map_or(f64::INFINITY, |node| node.any(join) + cost)
    }

    /// Costs of the ways from every node to the end, by the step before the node.
    pub(super) fn backward(&self, join: Join) -> Vec<NodeCost> {
        let mut nodes = vec![NodeCost::NONE; self.band.nodes()];
        if let Some(last) = nodes.last_mut() {
            *last = NodeCost { bead: 0.0, skip_left: 0.0, skip_right: 0.0 };
        }
        let mut costs = vec![0.0; self.shapes.len()];
        for i in (0..self.band.height()).rev() {
            for j in self.band.row(i).rev() {
                let Some(index) = self.band.index(i, j) else { continue };
                let here = nodes[index];
                let run = f64::from(self.skip_run);
                if let Some(start) = self.start(i, j, 1, 0) {
                    let skip = here.skip_left + f64::from(self.left_skips[i - 1]);
                    nodes[start].offer([skip + run, skip, f64::INFINITY], join);
                }
                if let Some(start) = self.start(i, j, 0, 1) {
                    let skip = here.skip_right + f64::from(self.right_skips[j - 1]);
                    nodes[start].offer([skip + run, skip, skip], join);
                }
                self.costs.at(i, j, &mut costs);
                for (shape, &cost) in self.shapes.iter().zip(&costs) {
                    if cost.is_finite()
                        && let Some(start) = self.start(i, j, shape.left, shape.right)
                    {
                        nodes[start].offer([here.bead + f64::from(cost); 3], join);
                    }
                }
            }
        }
        nodes
    }

    /// Index of the node where a step of this size to (`i`, `j`) starts.
    fn start(&self, i: usize, j: usize, left: usize, right: usize) -> Option<usize> {
        self.band.index(i.checked_sub(left)?, j.checked_sub(right)?)
    }

    /// The cheapest way, from the costs that [`Self::forward`] gave with [`Join::Cheapest`].
    pub(super) fn trace(&self, nodes: &[NodeCost]) -> Vec<Step> {
        let end = self.band.height() - 1;
        let (mut i, mut j) = (end, self.band.row(end).end - 1);
        let mut steps = Vec::new();
        let mut costs = vec![0.0; self.shapes.len()];
        let mut came = nodes.last().map_or(Came::Bead, |&node| self.cheapest(node, [0.0; 3]));
        while (i, j) != (0, 0) {
            let step = match came {
                Came::SkipLeft => Step::SkipLeft { i, j },
                Came::SkipRight => Step::SkipRight { i, j },
                Came::Bead => {
                    self.costs.at(i, j, &mut costs);
                    self.best_bead(nodes, i, j, &costs)
                }
            };
            let (left, right) = self.size(step);
            (i, j) = (i - left, j - right);
            let Some(before) = self.band.index(i, j).map(|index| nodes[index]) else { break };
            let run = f64::from(self.skip_run);
            came = self.cheapest(
                before,
                match step {
                    Step::Bead { .. } => [0.0; 3],
                    Step::SkipLeft { .. } => [run, 0.0, f64::INFINITY],
                    Step::SkipRight { .. } => [run, 0.0, 0.0],
                },
            );
            steps.push(step);
        }
        steps.reverse();
        steps
    }

    /// What step led to a node most cheaply, with what each adds.
    fn cheapest(&self, node: NodeCost, added: [f64; 3]) -> Came {
        let costs = [node.bead + added[0], node.skip_left + added[1], node.skip_right + added[2]];
        if costs[0] <= costs[1] && costs[0] <= costs[2] {
            Came::Bead
        } else if costs[1] <= costs[2] {
            Came::SkipLeft
        } else {
            Came::SkipRight
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
            _ if i > 0 => Step::SkipLeft { i, j },
            _ => Step::SkipRight { i, j },
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
