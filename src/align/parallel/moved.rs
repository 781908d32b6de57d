//! What stands elsewhere in the other text: sentences, paragraphs or sections that changed places.
//!
//! Sentences without a counterpart, and those whose bead is hardly better than chance, look for one anywhere in the
//! other text. Two that are each other's best, near enough, are taken for moved.

use std::collections::{BTreeMap, BTreeSet};

use ndarray::Axis;

use super::Bead;
use super::coarse::{self, Settings};
use super::cost::Costs;
use super::side::Texts;
use crate::align::nearest::both_ways;
use crate::align::parameters::logistic;

/// Most sentences of a side that look for a counterpart elsewhere, so that time stays within bounds where two texts
/// have little in common; those in the longest runs come first.
const MOST: usize = 8000;
/// Nearest sentences that are looked at.
const NEAREST: usize = 2;

/// Replaces skips and weak beads by what was found elsewhere.
pub(super) fn find(
    beads: Vec<Bead>,
    left: &Texts,
    right: &Texts,
    settings: &Settings<'_>,
) -> Vec<Bead> {
    let free = |bead: &&Bead| !bead.is_link() || is_weak(bead, settings);
    let free_left = longest_runs(beads.iter().filter(free).flat_map(|bead| bead.left.clone()));
    let free_right = longest_runs(beads.iter().filter(free).flat_map(|bead| bead.right.clone()));
    if free_left.is_empty() || free_right.is_empty() {
        return beads;
    }
    let costs = coarse::costs(left, right, settings, settings.prices, None);
    let found = mutual(&costs, &free_left, &free_right, settings);
    replace(beads, &found, settings)
}

/// Whether a bead is hardly better than chance.
fn is_weak(bead: &Bead, settings: &Settings<'_>) -> bool {
    let extra = bead.left.len() + bead.right.len() - 2;
    let weight = ((bead.left.len() * bead.right.len()) as f32).sqrt();
    (bead.cost - settings.prices.extra * extra as f32) / weight >= settings.prices.weak
}

/// At most [`MOST`] sentences, those in the longest runs first; ascending.
fn longest_runs(sentences: impl Iterator<Item = usize>) -> Vec<usize> {
    let sorted: Vec<usize> = sentences.collect::<BTreeSet<_>>().into_iter().collect();
    if sorted.len() <= MOST {
        return sorted;
    }
    let mut runs: Vec<&[usize]> = sorted.chunk_by(|one, next| one + 1 == *next).collect();
    runs.sort_by_key(|run| std::cmp::Reverse(run.len()));
    let mut kept: Vec<usize> = runs.into_iter().flatten().copied().take(MOST).collect();
    kept.sort_unstable();
    kept
}

/// Pairs of free sentences that are each other's best and near enough, with their cost.
fn mutual(
    costs: &Costs<'_>,
    free_left: &[usize],
    free_right: &[usize],
    settings: &Settings<'_>,
) -> Vec<(usize, usize, f32)> {
    let left = costs.left.vectors.select(Axis(0), free_left);
    let right = costs.right.vectors.select(Axis(0), free_right);
    let (of_left, of_right) = both_ways(left.view(), right.view(), NEAREST);
    let best = |candidates: &[(usize, f32)], cost: &dyn Fn(usize) -> f32| {
        candidates.iter().map(|&(other, _)| other).min_by(|&a, &b| cost(a).total_cmp(&cost(b)))
    };
    let mut found = Vec::new();
    for (l, &sentence) in free_left.iter().enumerate() {
        let Some(r) = best(of_left.of(l), &|r| costs.pair(sentence, free_right[r])) else {
            continue;
        };
        let other = free_right[r];
        let back = best(of_right.of(r), &|l| costs.pair(free_left[l], other));
        let cost = costs.pair(sentence, other);
        if back == Some(l) && cost <= settings.prices.moved {
            found.push((sentence, other, cost));
        }
    }
    found
}

/// Beads with the pairs found instead of what they had, in the order of the left text.
fn replace(beads: Vec<Bead>, found: &[(usize, usize, f32)], settings: &Settings<'_>) -> Vec<Bead> {
    let of_left: BTreeMap<usize, (usize, usize, f32)> =
        found.iter().map(|&pair| (pair.0, pair)).collect();
    let taken_right: BTreeSet<usize> = found.iter().map(|pair| pair.1).collect();
    let mut result = Vec::with_capacity(beads.len() + found.len());
    for bead in beads {
        let touched = bead.left.clone().any(|l| of_left.contains_key(&l))
            || bead.right.clone().any(|r| taken_right.contains(&r));
        if !touched {
            result.push(bead);
            continue;
        }
        for l in bead.left.clone() {
            let lone = || Bead::lone(l..l + 1, bead.right.start..bead.right.start);
            result.push(of_left.get(&l).map_or_else(lone, |&pair| moved(pair, settings)));
        }
        for r in bead.right.clone().filter(|r| !taken_right.contains(r)) {
            result.push(Bead::lone(bead.left.end..bead.left.end, r..r + 1));
        }
    }
    result
}

fn moved((left, right, cost): (usize, usize, f32), settings: &Settings<'_>) -> Bead {
    let weights = settings.prices.confidence;
    Bead {
        left: left..left + 1,
        right: right..right + 1,
        cost,
        confidence: logistic(weights.intercept + weights.cost * cost),
        moved: true,
    }
}
