//! Coarse to fine: the way through halved texts shows where the way through the whole ones lies.
//!
//! Every level has half as many sentences as the one below; the coarsest is searched in full, each finer one in a
//! band around the way of the coarser. Time and memory grow with the length of the texts (as FastDTW, Salvador &
//! Chan 2007).

use super::band::Band;
use super::cost::{Costs, Shape};
use super::parameters::Prices;
use super::search::{Estimated, Join, Search, nodes_of};
use super::side::Texts;

/// Most nodes of a table that is searched in full.
const WHOLE: usize = 1_500_000;
/// Nodes on either side of a coarser level's way.
const WIDTH: usize = 12;
/// Fewest sentences that are halved.
const FEWEST: usize = 8;

/// What a search at any level needs.
pub(super) struct Settings<'a> {
    pub(super) prices: &'a Prices,
    pub(super) shapes: &'a [Shape],
    /// Most sentences on one side of a bead.
    pub(super) most: usize,
    /// Cosine of unrelated sentences.
    pub(super) unrelated: f32,
}

/// How many sentences of the other side the expectation of unrelated cosines counts for.
const EXPECTATION: f32 = 12.0;

/// Notes what is usual between two texts.
pub(super) fn note_usual(left: &mut Texts, right: &mut Texts, settings: &Settings<'_>) {
    let (mean_left, mean_right) = (left.mean(), right.mean());
    let (left_count, right_count) = (left.len(), right.len());
    left.note_usual(&mean_right, right_count, settings.unrelated, EXPECTATION);
    right.note_usual(&mean_left, left_count, settings.unrelated, EXPECTATION);
}

/// The costs of beads between two texts whose usual cosines are noted.
pub(super) fn costs<'a>(
    left: &'a Texts,
    right: &'a Texts,
    settings: &Settings<'a>,
    prices: &'a Prices,
    log_ratio: Option<f32>,
) -> Costs<'a> {
    let whole = ((right.total_length() + 1.0) / (left.total_length() + 1.0)).ln();
    Costs {
        left,
        right,
        prices,
        log_ratio: log_ratio.unwrap_or(whole),
        shapes: settings.shapes,
        most: settings.most,
        estimated: 0.0,
    }
}

/// The cheapest way by estimated vectors, as the nodes it passes.
pub(super) fn way(left: &Texts, right: &Texts, settings: &Settings<'_>) -> Vec<(usize, usize)> {
    let (rows, columns) = (left.len(), right.len());
    let whole = (rows + 1).saturating_mul(columns + 1) <= WHOLE;
    let band = if whole || rows < FEWEST || columns < FEWEST {
        Band::whole(rows, columns)
    } else {
        let (mut coarse_left, mut coarse_right) = (left.halved(), right.halved());
        note_usual(&mut coarse_left, &mut coarse_right, settings);
        let coarse = way(&coarse_left, &coarse_right, settings);
        let finer = |&(i, j): &(usize, usize)| ((2 * i).min(rows), (2 * j).min(columns));
        let finer: Vec<(usize, usize)> = coarse.iter().map(finer).collect();
        Band::around(&finer, rows, columns, WIDTH)
    };
    let costs = costs(left, right, settings, settings.prices, None);
    let products = costs.products(&band);
    let estimated = Estimated { products: &products, costs: &costs };
    let search =
        Search { band: &band, shapes: settings.shapes, prices: settings.prices, costs: &estimated };
    nodes_of(&search.trace(&search.forward(Join::Cheapest)))
}
