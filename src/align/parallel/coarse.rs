//! Coarse to fine: the way through halved texts shows where the way through the whole ones lies.
//!
//! Every level has half as many sentences as the one below; the coarsest is searched in full, each finer one in a
//! band around the way of the coarser. Time and memory grow with the length of the texts (as FastDTW, Salvador &
//! Chan 2007).

use ndarray::Axis;

use super::ParallelOptions;
use super::band::Band;
use super::cost::relative_distance;
use super::refine::View;
use super::search::{Estimated, Join, Search, nodes_of};
use super::shapes::{MOST, Shape};
use super::side::Texts;
use super::weights::Weights;

/// Most nodes of a table that is searched in full.
const WHOLE: usize = 1_000_000;
/// Nodes on either side of a coarser level's way.
const WIDTH: usize = 12;
/// Fewest sentences that are halved.
const FEWEST: usize = 8;
/// How many sentences of the other side the expectation of unrelated cosines counts for.
const EXPECTATION: f32 = 12.0;
/// Most sentences of a side whose nearest ones tell what distance is usual.
const SAMPLE: usize = 128;

/// What a search at any level needs.
pub(super) struct Settings<'a> {
    pub(super) weights: &'a Weights,
    pub(super) shapes: &'a [Shape],
    /// Most sentences on one side of a bead.
    pub(super) most: usize,
    /// Cosine of unrelated sentences.
    pub(super) unrelated: f32,
}

impl<'a> Settings<'a> {
    /// What the options ask for; `shapes` are theirs.
    pub(super) fn of(options: &'a ParallelOptions, shapes: &'a [Shape]) -> Self {
        Self {
            weights: &options.weights,
            shapes,
            most: options.most_on_one_side.clamp(2, MOST),
            unrelated: options.unrelated,
        }
    }
}

/// Notes what is usual between two texts.
pub(super) fn note_usual(left: &mut Texts, right: &mut Texts, settings: &Settings<'_>) {
    let (mean_left, mean_right) = (left.mean(), right.mean());
    let (left_count, right_count) = (left.len(), right.len());
    left.note_usual(&mean_right, right_count, settings.unrelated, EXPECTATION);
    right.note_usual(&mean_left, left_count, settings.unrelated, EXPECTATION);
}

/// Logarithm of how much longer the right text is than the left one.
pub(super) fn whole_ratio(left: &Texts, right: &Texts) -> f32 {
    ((right.total_length() + 1.0) / (left.total_length() + 1.0)).ln()
}

/// The distance that is usual for sentences that belong together: the median distance of a sentence to its nearest one,
/// from either side; a sample of the sentences is asked.
pub(super) fn usual_distance(left: &Texts, right: &Texts) -> f32 {
    if left.len() == 0 || right.len() == 0 {
        return 0.0;
    }
    (nearest_median(left, right) + nearest_median(right, left)) / 2.0
}

fn nearest_median(one: &Texts, other: &Texts) -> f32 {
    let step = one.len().div_ceil(SAMPLE);
    let asked: Vec<usize> = (0..one.len()).step_by(step).collect();
    let products = one.vectors.select(Axis(0), &asked).dot(&other.vectors.t());
    let mut nearest: Vec<f32> = asked
        .iter()
        .zip(products.rows())
        .map(|(&sentence, row)| {
            let distance = |(counterpart, &cosine): (usize, &f32)| {
                relative_distance(cosine, one.usual[sentence][0], other.usual[counterpart][0])
            };
            row.iter().enumerate().map(distance).fold(f32::INFINITY, f32::min)
        })
        .collect();
    let middle = nearest.len() / 2;
    *nearest.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// The cheapest way by estimated vectors, as the nodes it passes, between texts whose usual cosines are noted.
pub(super) fn way(
    left: &Texts,
    right: &Texts,
    settings: &Settings<'_>,
    view: &View,
) -> Vec<(usize, usize)> {
    let (rows, columns) = (left.len(), right.len());
    let whole = (rows + 1).saturating_mul(columns + 1) <= WHOLE;
    let band = if whole || rows < FEWEST || columns < FEWEST {
        Band::whole(rows, columns)
    } else {
        let (mut coarse_left, mut coarse_right) = (left.halved(), right.halved());
        note_usual(&mut coarse_left, &mut coarse_right, settings);
        let view = View::first(&coarse_left, &coarse_right, settings);
        let coarse = way(&coarse_left, &coarse_right, settings, &view);
        let finer = |&(i, j): &(usize, usize)| ((2 * i).min(rows), (2 * j).min(columns));
        let finer: Vec<(usize, usize)> = coarse.iter().map(finer).collect();
        Band::around(&finer, rows, columns, WIDTH)
    };
    let costs = view.costs(left, right, settings, settings.weights);
    let products = costs.products(&band);
    let estimated = Estimated { products: &products, costs: &costs };
    let search = Search::new(&costs, &band, &estimated);
    nodes_of(&search.trace(&search.forward(Join::Cheapest)))
}
