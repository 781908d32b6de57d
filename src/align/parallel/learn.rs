//! Fitting the aligner's weights to texts whose alignment is known: the log likelihood of a known alignment among all
//! ways through the texts, and its gradient (conditional random field; the sums over all ways by forward and backward
//! search).

use std::ops::Range;

use super::coarse::Settings;
use super::cost::Costs;
use super::distances::Distances;
use super::refine::{Encoding, Refined, refine};
use super::search::{Join, NodeCost, Search};
use super::shapes::{Shape, shapes};
use super::side::Texts;
use super::weights::{BEAD_FEATURES, SKIP_FEATURES};
pub use super::weights::{COUNT, OTHER_FEATURES};
use super::{Encode, ParallelOptions, Side, Weights, prepared, spoken};
use crate::error::Result;

/// Names of all weights, in the order of [`Weights::to_list`].
pub fn names() -> impl Iterator<Item = &'static str> {
    BEAD_FEATURES.into_iter().chain(SKIP_FEATURES).chain(OTHER_FEATURES)
}

/// Two texts whose alignment is known.
pub struct Example {
    left: Texts,
    right: Texts,
    shapes: Vec<Shape>,
    options: ParallelOptions,
    found: Refined,
    gold: Gold,
}

/// A known way through two texts.
#[derive(Debug, Default)]
struct Gold {
    /// Plain beads by the node where they end.
    beads: Vec<(usize, usize, Shape)>,
    left_skips: Vec<usize>,
    right_skips: Vec<usize>,
    runs: usize,
    crossed: usize,
}

impl Example {
    /// Prepares two texts: what is near the best way by the weights of `options` is encoded. `gold` are the links, in any
    /// order; what is in none has no counterpart. Nothing if no way through the texts has these links, for they are
    /// larger than beads may be, or cross further than neighbours do.
    ///
    /// # Errors
    /// Those of `encode`.
    pub fn new(
        left: &Side<'_>,
        right: &Side<'_>,
        gold: &[(Range<usize>, Range<usize>)],
        options: &ParallelOptions,
        encode: &Encode<'_>,
    ) -> Result<Option<Self>> {
        let shapes = shapes(options);
        let (left_numbers, right_numbers) = (spoken(left), spoken(right));
        let whole =
            left_numbers.len() == left.texts.len() && right_numbers.len() == right.texts.len();
        let Some(gold) =
            Gold::of(gold, left.texts.len(), right.texts.len(), &shapes).filter(|_| whole)
        else {
            return Ok(None);
        };
        let settings = Settings::of(options, &shapes);
        let encoding = Encoding {
            left: left.texts,
            right: right.texts,
            left_numbers: &left_numbers,
            right_numbers: &right_numbers,
            encode,
        };
        let (mut left, mut right) = prepared(left, right, &settings, &encoding);
        let found = refine(&mut left, &mut right, &settings, &encoding)?;
        let inside = |&(i, j, _): &(usize, usize, Shape)| found.band.index(i, j).is_some();
        if !gold.beads.iter().all(inside) {
            return Ok(None);
        }
        Ok(Some(Self { left, right, shapes, options: *options, found, gold }))
    }

    /// How many beads the known alignment has, how many of them have more than two sentences, and how many runs of
    /// sentences without counterparts.
    pub fn counts(&self) -> (usize, usize, usize) {
        let larger = self.gold.beads.iter().filter(|(_, _, shape)| shape.extra() > 0);
        (self.gold.beads.len(), larger.count(), self.gold.runs)
    }

    /// Log likelihood of the known alignment and its gradient by the weights, in the order of [`Weights::to_list`].
    pub fn likelihood(&self, weights: &Weights) -> (f64, [f64; COUNT]) {
        let settings = Settings::of(&self.options, &self.shapes);
        let costs = self.found.view.costs(&self.left, &self.right, &settings, weights);
        let products = costs.products(&self.found.band);
        let (distances, _) = Distances::new(&costs, &products, &self.found.band);
        let table = distances.table(&costs);
        let search = Search::new(&costs, &self.found.band, &table);
        let mut sums = Sums { costs: &costs, distances: &distances, gradient: [0.0; COUNT] };
        let known = self.known(&mut sums, &search, weights);
        let (forward, backward) =
            (search.forward(Join::Likelihood), search.backward(Join::Likelihood));
        let all = forward.last().map_or(0.0, |node| node.any(Join::Likelihood));
        expected(&mut sums, &search, &forward, &backward, all);
        (all - known, sums.gradient)
    }

    /// Cost of the known way; its features are counted.
    fn known(&self, sums: &mut Sums<'_>, search: &Search<'_>, weights: &Weights) -> f64 {
        let mut cost = 0.0;
        for &(i, j, shape) in &self.gold.beads {
            cost += sums.bead((i, j), shape, 1.0);
        }
        for &sentence in &self.gold.left_skips {
            sums.skip(&self.left, sentence, 1.0);
            cost += f64::from(search.left_skips[sentence]);
        }
        for &sentence in &self.gold.right_skips {
            sums.skip(&self.right, sentence, 1.0);
            cost += f64::from(search.right_skips[sentence]);
        }
        let (runs, crossed) = (self.gold.runs as f64, self.gold.crossed as f64);
        sums.gradient[COUNT - 2] += runs;
        sums.gradient[COUNT - 1] += crossed;
        cost - runs * f64::from(weights.skip_run) - crossed * f64::from(weights.crossed)
    }
}

/// Takes off the features that all ways have on average.
fn expected(
    sums: &mut Sums<'_>,
    search: &Search<'_>,
    forward: &[NodeCost],
    backward: &[NodeCost],
    all: f64,
) {
    let share = |cost: f64| (all - cost).exp();
    let mut beads = vec![0.0; search.shapes.len()];
    for i in 0..search.band.height() {
        for j in search.band.row(i) {
            let Some(end) = search.band.index(i, j) else { continue };
            search.costs.at(i, j, &mut beads);
            for (&shape, &cost) in search.shapes.iter().zip(&beads) {
                let through =
                    search.through(forward, (i, j), shape, f64::from(cost), Join::Likelihood);
                let share = share(through + backward[end].bead);
                if share < 1e-9 {
                    continue;
                }
                for part in shape.parts() {
                    if let Some(end) = part.end((i, j)) {
                        sums.bead(end, part.shape, -share);
                    }
                }
                sums.gradient[COUNT - 1] -= f64::from(u8::from(shape.is_crossed())) * share;
            }
            expected_skips(sums, search, forward, (i, j), &|cost, right| {
                let after = if right { backward[end].skip_right } else { backward[end].skip_left };
                share(cost + after)
            });
        }
    }
}

/// The same for the skips that end at a node.
fn expected_skips(
    sums: &mut Sums<'_>,
    search: &Search<'_>,
    forward: &[NodeCost],
    (i, j): (usize, usize),
    share: &dyn Fn(f64, bool) -> f64,
) {
    let run = f64::from(search.skip_run);
    if let Some(before) = search.before(forward, i, j, 1, 0) {
        let skip = f64::from(search.left_skips[i - 1]);
        let opened = share(before.bead + run + skip, false);
        sums.gradient[COUNT - 2] -= opened;
        let left = sums.costs.left;
        sums.skip(left, i - 1, -opened - share(before.skip_left + skip, false));
    }
    if let Some(before) = search.before(forward, i, j, 0, 1) {
        let skip = f64::from(search.right_skips[j - 1]);
        let opened = share(before.bead + run + skip, true);
        sums.gradient[COUNT - 2] -= opened;
        let on = share(before.skip_left + skip, true) + share(before.skip_right + skip, true);
        let right = sums.costs.right;
        sums.skip(right, j - 1, -opened - on);
    }
}

/// Sums of features.
struct Sums<'a> {
    costs: &'a Costs<'a>,
    distances: &'a Distances<'a>,
    gradient: [f64; COUNT],
}

impl Sums<'_> {
    /// Counts a plain bead's features so many times; gives its cost.
    fn bead(&mut self, (i, j): (usize, usize), shape: Shape, times: f64) -> f64 {
        let grids = self.distances.grids(i, j);
        let features = self.costs.features((i, j), shape, grids.measured(shape));
        let mut cost = 0.0;
        for ((sum, feature), weight) in
            self.gradient.iter_mut().zip(features).zip(&self.costs.weights.bead)
        {
            *sum += times * f64::from(feature);
            cost -= f64::from(feature * weight);
        }
        cost
    }

    fn skip(&mut self, texts: &Texts, sentence: usize, times: f64) {
        let features = self.costs.skip_features(texts, sentence);
        for (sum, feature) in self.gradient[BEAD_FEATURES.len()..].iter_mut().zip(features) {
            *sum += times * f64::from(feature);
        }
    }
}

impl Gold {
    /// The way that has these links, if one has.
    fn of(
        links: &[(Range<usize>, Range<usize>)],
        left: usize,
        right: usize,
        shapes: &[Shape],
    ) -> Option<Self> {
        let mut gold = Self::default();
        let by_left = |l: usize| links.iter().find(|link| link.0.contains(&l));
        let by_right = |r: usize| links.iter().find(|link| link.1.contains(&r));
        let (mut i, mut j, mut in_run) = (0, 0, false);
        while i < left || j < right {
            let skip_left = i < left && by_left(i).is_none();
            if skip_left || (j < right && by_right(j).is_none()) {
                gold.runs += usize::from(!std::mem::replace(&mut in_run, true));
                if skip_left {
                    gold.left_skips.push(i);
                    i += 1;
                } else {
                    gold.right_skips.push(j);
                    j += 1;
                }
                continue;
            }
            in_run = false;
            let (first, last) = (by_left(i)?, by_right(j)?);
            let whole = shapes.iter().find(|shape| {
                let parts = shape.parts();
                let ends = |part: &super::shapes::Part, link: &(Range<usize>, Range<usize>)| {
                    let end = part.end((i + shape.left, j + shape.right));
                    end == Some((link.0.end, link.1.end))
                        && (part.shape.left, part.shape.right) == (link.0.len(), link.1.len())
                };
                ends(&parts[0], first) && parts.last().is_some_and(|part| ends(part, last))
            })?;
            for part in whole.parts() {
                let (i, j) = part.end((i + whole.left, j + whole.right))?;
                gold.beads.push((i, j, part.shape));
            }
            gold.crossed += usize::from(whole.is_crossed());
            (i, j) = (i + whole.left, j + whole.right);
        }
        Some(gold)
    }
}
