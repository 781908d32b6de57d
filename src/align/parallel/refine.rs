//! The fine search: within a band around the way that estimated vectors gave, the concatenations that may stand in
//! a bead are encoded, and the way is searched again.
//!
//! Only beads near to the best way are worth it ([`REACH`]); of a plain translation, sentence by sentence, hardly any
//! concatenation is encoded.

use std::collections::BTreeSet;

use ndarray::Array2;

use super::Encode;
use super::adapt;
use super::anchors;
use super::band::Band;
use super::coarse::{self, Settings};
use super::cost::Costs;
use super::distances::Distances;
use super::search::{Join, NodeCost, Search, Step};
use super::shapes::Shape;
use super::side::Texts;
use super::weights::Weights;
use crate::error::Result;

/// Nodes on either side of the way by estimated vectors.
const WIDTH: usize = 8;
/// Most times that concatenations are encoded and the way is searched again.
const ROUNDS: usize = 3;
/// Log odds below the best way at which a bead's concatenations are no longer encoded.
const REACH: f64 = 6.0;
/// Concatenations longer than this many characters are left to the estimate: the model would cut them into
/// windows and take their mean, which is an estimate too.
const LONGEST: usize = 3000;
/// How much closer estimated vectors lie than encoded ones, before anything was encoded.
const ESTIMATED: f32 = 0.05;

/// A step of the best way with what speaks for it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Judged {
    /// What the way does.
    pub(super) step: Step,
    /// Distance of the two sides of a bead; of each of two beads that changed places.
    pub(super) distances: Vec<f32>,
    /// Probability of a bead among all ways.
    pub(super) posterior: f32,
}

/// What the fine search found.
pub(super) struct Refined {
    /// The best way.
    pub(super) judged: Vec<Judged>,
    /// Where it was searched.
    pub(super) band: Band,
    /// What the document changed, to price beads as the search did.
    pub(super) view: View,
}

/// What a document says of its own prices.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    /// Weights that follow the document.
    pub(super) weights: Weights,
    log_ratio: f32,
    usual: f32,
    estimated: f32,
}

impl View {
    /// What is known before any search.
    pub(super) fn first(left: &Texts, right: &Texts, settings: &Settings<'_>) -> Self {
        Self {
            weights: *settings.weights,
            log_ratio: coarse::whole_ratio(left, right),
            usual: coarse::usual_distance(left, right),
            estimated: ESTIMATED,
        }
    }

    /// The costs that follow, by other weights if they are given.
    pub(super) fn costs<'a>(
        &self,
        left: &'a Texts,
        right: &'a Texts,
        settings: &Settings<'a>,
        weights: &'a Weights,
    ) -> Costs<'a> {
        Costs {
            left,
            right,
            weights,
            shapes: settings.shapes,
            most: settings.most,
            log_ratio: self.log_ratio,
            usual: self.usual,
            estimated: self.estimated,
        }
    }
}

/// The texts of both sides, to concatenate.
pub(super) struct Encoding<'a> {
    pub(super) left: &'a [&'a str],
    pub(super) right: &'a [&'a str],
    /// Numbers of the sentences that are aligned.
    pub(super) left_numbers: &'a [usize],
    pub(super) right_numbers: &'a [usize],
    pub(super) encode: &'a Encode<'a>,
}

impl Encoding<'_> {
    /// Notes the anchors of the sentences that are aligned.
    pub(super) fn note_anchors(&self, left: &mut Texts, right: &mut Texts) {
        let one: Vec<&str> = self.left_numbers.iter().map(|&number| self.left[number]).collect();
        let other: Vec<&str> =
            self.right_numbers.iter().map(|&number| self.right[number]).collect();
        anchors::note(left, &one, right, &other);
    }
}

/// Aligns two texts whose usual cosines and anchors are noted.
///
/// # Errors
/// Those of the encoder.
pub(super) fn refine(
    left: &mut Texts,
    right: &mut Texts,
    settings: &Settings<'_>,
    encoding: &Encoding<'_>,
) -> Result<Refined> {
    let mut view = View::first(left, right, settings);
    let way = coarse::way(left, right, settings, &view);
    let band = Band::around(&way, left.len(), right.len(), WIDTH);
    let products = view.costs(left, right, settings, settings.weights).products(&band);
    let mut round = 0;
    loop {
        let weights = view.weights;
        let costs = view.costs(left, right, settings, &weights);
        let (distances, bias) = Distances::new(&costs, &products, &band);
        let table = distances.table(&costs);
        let search = Search::new(&costs, &band, &table);
        let forward = search.forward(Join::Cheapest);
        let steps = search.trace(&forward);
        let wanted =
            if round < ROUNDS { wanted(&search, &forward, &costs) } else { Wanted::default() };
        if round > 0 && wanted.is_empty() {
            let judged = judge(&search, &distances, &steps);
            return Ok(Refined { judged, band, view });
        }
        round += 1;
        view.estimated = bias.unwrap_or(view.estimated);
        if let Some(ratio) = length_ratio(left, right, settings.shapes, &steps) {
            view.log_ratio = ratio;
        }
        view.weights = adapt::adapted(settings.weights, &steps, settings.shapes);
        encode(left, &wanted.left, encoding.left, encoding.left_numbers, encoding.encode)?;
        encode(right, &wanted.right, encoding.right, encoding.right_numbers, encoding.encode)?;
    }
}

/// Runs to encode, as (last sentence, size).
#[derive(Debug, Default)]
struct Wanted {
    left: BTreeSet<(usize, usize)>,
    right: BTreeSet<(usize, usize)>,
}

impl Wanted {
    fn is_empty(&self) -> bool {
        self.left.is_empty() && self.right.is_empty()
    }

    /// Takes the runs of a bead that ends at node (`i`, `j`), unless they are encoded or too long.
    fn add(&mut self, costs: &Costs<'_>, (i, j): (usize, usize), shape: Shape) {
        let missing = |texts: &Texts, last, size| {
            texts.exact(last, size).is_none() && texts.run_length(last, size) <= LONGEST
        };
        if missing(costs.left, i - 1, shape.left) {
            self.left.insert((i - 1, shape.left));
        }
        if missing(costs.right, j - 1, shape.right) {
            self.right.insert((j - 1, shape.right));
        }
    }
}

/// The runs of all beads that are nearly as cheap as the best way and rest on estimates.
fn wanted(search: &Search<'_>, forward: &[NodeCost], costs: &Costs<'_>) -> Wanted {
    let backward = search.backward(Join::Cheapest);
    let best = forward.last().map_or(f64::INFINITY, |node| node.any(Join::Cheapest));
    let mut wanted = Wanted::default();
    let mut beads = vec![0.0; costs.shapes.len()];
    for i in 1..search.band.height() {
        for j in search.band.row(i) {
            let Some(end) = search.band.index(i, j) else { continue };
            search.costs.at(i, j, &mut beads);
            for (shape, &cost) in costs.shapes.iter().zip(&beads) {
                let through =
                    search.through(forward, (i, j), *shape, f64::from(cost), Join::Cheapest);
                if through + backward[end].bead <= best + REACH {
                    for part in shape.parts() {
                        if let Some(end) = part.end((i, j)) {
                            wanted.add(costs, end, part.shape);
                        }
                    }
                }
            }
        }
    }
    wanted
}

/// Median of the logarithm of how much longer the right side of a bead is than the left one.
fn length_ratio(left: &Texts, right: &Texts, shapes: &[Shape], steps: &[Step]) -> Option<f32> {
    let mut ratios: Vec<f32> = steps
        .iter()
        .filter_map(|step| match *step {
            Step::Bead { shape, i, j } => Some(
                right.log_lengths[j - 1][shapes[shape].right - 1]
                    - left.log_lengths[i - 1][shapes[shape].left - 1],
            ),
            _ => None,
        })
        .collect();
    if ratios.is_empty() {
        return None;
    }
    let middle = ratios.len() / 2;
    Some(*ratios.select_nth_unstable_by(middle, f32::total_cmp).1)
}

fn encode(
    texts: &mut Texts,
    wanted: &BTreeSet<(usize, usize)>,
    side: &[&str],
    numbers: &[usize],
    encode: &Encode<'_>,
) -> Result<()> {
    let runs: Vec<(usize, usize)> = wanted.iter().copied().collect();
    let joined: Vec<String> = runs
        .iter()
        .map(|&(last, size)| {
            let sentences = numbers[last + 1 - size..=last].iter();
            sentences.map(|&number| side[number].trim()).collect::<Vec<_>>().join(" ")
        })
        .collect();
    let joined: Vec<&str> = joined.iter().map(String::as_str).collect();
    if !joined.is_empty() {
        let vectors: Array2<f32> = encode(&joined)?;
        texts.add_encoded(&runs, vectors.view());
    }
    Ok(())
}

/// The steps of a way with their probabilities among all ways.
fn judge(search: &Search<'_>, distances: &Distances<'_>, steps: &[Step]) -> Vec<Judged> {
    let (forward, backward) = (search.forward(Join::Likelihood), search.backward(Join::Likelihood));
    let all = forward.last().map_or(0.0, |node| node.any(Join::Likelihood));
    let mut costs = vec![0.0; search.shapes.len()];
    let mut judge = |&step: &Step| {
        let Step::Bead { shape, i, j } = step else {
            return Judged { step, distances: Vec::new(), posterior: 0.0 };
        };
        search.costs.at(i, j, &mut costs);
        let size = search.shapes[shape];
        let after = search.band.index(i, j).map_or(f64::INFINITY, |index| backward[index].bead);
        let through =
            search.through(&forward, (i, j), size, f64::from(costs[shape]), Join::Likelihood);
        let posterior = (all - through - after).exp().clamp(0.0, 1.0) as f32;
        let of_part = |part: super::shapes::Part| {
            let end = part.end((i, j));
            end.map_or(f32::INFINITY, |(i, j)| distances.grid(i, j)[part.shape.place()])
        };
        Judged { step, distances: size.parts().into_iter().map(of_part).collect(), posterior }
    };
    steps.iter().map(&mut judge).collect()
}
