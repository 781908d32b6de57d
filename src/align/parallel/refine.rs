//! The fine search: within a band around the way that estimated vectors gave, the concatenations that may stand in
//! a bead are encoded, and the way is searched again.
//!
//! Only beads near to the best way are worth it ([`Prices::reach`]); of a plain translation, sentence by sentence,
//! hardly any concatenation is encoded.

use std::collections::BTreeSet;

use ndarray::Array2;

use super::Encode;
use super::adapt;
use super::band::Band;
use super::coarse::{self, Settings};
use super::cost::{Costs, Products, Shape};
use super::search::{Estimated, Join, NodeCost, Search, Step, Table};
use super::side::Texts;
use crate::error::Result;

/// Nodes on either side of the way by estimated vectors.
const WIDTH: usize = 8;
/// Most times that concatenations are encoded and the way is searched again.
const ROUNDS: usize = 3;
/// Concatenations longer than this many characters are left to the estimate: the model would cut them into
/// windows and take their mean, which is an estimate too.
const LONGEST: usize = 3000;
/// How much closer estimated vectors lie than encoded ones, before anything was encoded.
const ESTIMATED: f32 = 0.05;

/// A bead of the way with what speaks for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Judged {
    /// What the way does.
    pub(super) step: Step,
    /// Its cost.
    pub(super) cost: f32,
    /// Its probability against all other ways.
    pub(super) posterior: f32,
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

/// Aligns two texts.
///
/// # Errors
/// Those of the encoder.
pub(super) fn refine(
    left: &mut Texts,
    right: &mut Texts,
    settings: &Settings<'_>,
    encoding: &Encoding<'_>,
) -> Result<Vec<Judged>> {
    coarse::note_usual(left, right, settings);
    let way = coarse::way(left, right, settings);
    let band = Band::around(&way, left.len(), right.len(), WIDTH);
    let mut log_ratio = None;
    let mut bias = ESTIMATED;
    let mut prices = *settings.prices;
    let products = coarse::costs(left, right, settings, settings.prices, None).products(&band);
    let mut round = 0;
    loop {
        let mut costs = coarse::costs(left, right, settings, &prices, log_ratio);
        costs.estimated = bias;
        let (table, found) = table(&costs, &products, &band);
        bias = found.unwrap_or(bias);
        let search =
            Search { band: &band, shapes: settings.shapes, prices: &prices, costs: &table };
        let forward = search.forward(Join::Cheapest);
        let steps = search.trace(&forward);
        if round == ROUNDS {
            return Ok(judge(&search, &steps));
        }
        let wanted = wanted(&search, &forward, &costs);
        if round > 0 && wanted.is_empty() {
            return Ok(judge(&search, &steps));
        }
        round += 1;
        log_ratio = length_ratio(left, right, settings.shapes, &steps);
        prices = adapt::adapted(settings.prices, &steps, settings.shapes);
        encode(left, &wanted.left, encoding.left, encoding.left_numbers, encoding.encode)?;
        encode(right, &wanted.right, encoding.right, encoding.right_numbers, encoding.encode)?;
    }
}

/// The costs of all beads of a band, exact ones where both sides are encoded, and how much larger exact costs are
/// than estimated ones on average.
fn table<'b>(costs: &Costs<'_>, products: &Products, band: &'b Band) -> (Table<'b>, Option<f32>) {
    let estimated = Estimated { products, costs };
    let mut table = Table::new(band, costs.shapes.len(), &estimated);
    let (mut difference, mut count) = (0.0, 0.0);
    for i in 1..band.height() {
        for j in band.row(i) {
            let Some(place) = table.place(i, j) else { continue };
            for (index, &shape) in costs.shapes.iter().enumerate() {
                if shape.crossed || shape.extra() == 0 || shape.left > i || shape.right > j {
                    continue;
                }
                if let Some(exact) = costs.exact(i, j, shape) {
                    let value = &mut table.values[place + index];
                    difference += (exact - *value) / shape.weight() + costs.estimated;
                    count += 1.0;
                    *value = exact;
                }
            }
        }
    }
    (table, (count > 0.0).then(|| difference / count))
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
}

/// The runs of all beads that are nearly as cheap as the best way and rest on estimates.
fn wanted(search: &Search<'_>, forward: &[NodeCost], costs: &Costs<'_>) -> Wanted {
    let backward = search.backward(Join::Cheapest);
    let best = forward.last().map_or(f64::INFINITY, |node| node.any(Join::Cheapest));
    let limit = best + f64::from(costs.prices.reach);
    let mut wanted = Wanted::default();
    let mut beads = vec![0.0; costs.shapes.len()];
    for i in 1..search.band.height() {
        for j in search.band.row(i) {
            let Some(end) = search.band.index(i, j) else { continue };
            search.costs.at(i, j, &mut beads);
            for (shape, &cost) in costs.shapes.iter().zip(&beads) {
                let through = through(search, forward, (i, j), *shape, f64::from(cost));
                if shape.crossed || through + backward[end].bead > limit {
                    continue;
                }
                let missing = |texts: &Texts, last, size| {
                    texts.exact(last, size).is_none() && texts.run_length(last, size) <= LONGEST
                };
                if missing(costs.left, i - 1, shape.left) {
                    wanted.left.insert((i - 1, shape.left));
                }
                if missing(costs.right, j - 1, shape.right) {
                    wanted.right.insert((j - 1, shape.right));
                }
            }
        }
    }
    wanted
}

/// Cost of the cheapest way that ends with a bead at node `end`.
fn through(
    search: &Search<'_>,
    forward: &[NodeCost],
    (i, j): (usize, usize),
    shape: Shape,
    cost: f64,
) -> f64 {
    let start = i.checked_sub(shape.left).zip(j.checked_sub(shape.right));
    let start = start.and_then(|(i, j)| search.band.index(i, j));
    start.map_or(f64::INFINITY, |start| forward[start].any(Join::Cheapest) + cost)
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

/// The beads and skips of a way with their probabilities against all other ways.
fn judge(search: &Search<'_>, steps: &[Step]) -> Vec<Judged> {
    let sharpness = f64::from(search.prices.sharpness);
    let join = Join::Likelihood(sharpness);
    let (forward, backward) = (search.forward(join), search.backward(join));
    let all = forward.last().map_or(0.0, |node| node.any(join));
    let mut costs = vec![0.0; search.shapes.len()];
    let mut judge = |&step: &Step| {
        let Step::Bead { shape, i, j } = step else {
            return Judged { step, cost: search.prices.skip, posterior: 0.0 };
        };
        search.costs.at(i, j, &mut costs);
        let size = search.shapes[shape];
        let before = search.band.index(i - size.left, j - size.right).map(|index| forward[index]);
        let after = search.band.index(i, j).map_or(f64::INFINITY, |index| backward[index].bead);
        let before = before.map_or(f64::INFINITY, |node| node.any(join));
        let through = before + f64::from(costs[shape]) + after;
        let posterior = (-sharpness * (through - all)).exp().clamp(0.0, 1.0) as f32;
        Judged { step, cost: costs[shape], posterior }
    };
    steps.iter().map(&mut judge).collect()
}
