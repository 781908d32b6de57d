//! What stands elsewhere in the other text: sentences, paragraphs or whole sections that changed places.
//!
//! Sentences without a counterpart, and those whose bead is hardly better than chance, look for one anywhere in the
//! other text. Two that are each other's best, near enough, are taken for moved; where several follow each other on
//! both sides a section was moved, and it is aligned by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use ndarray::Axis;

use super::Bead;
use super::anchors;
use super::coarse::Settings;
use super::cost::{Costs, Measured};
use super::refine::{Encoding, Refined, View, refine};
use super::shapes::Shape;
use super::side::Texts;
use crate::align::logistic::logistic;
use crate::align::nearest::both_ways;
use crate::error::Result;

/// Most sentences of a side that look for a counterpart elsewhere, so that time stays within bounds where two texts
/// have little in common; those in the longest runs come first.
const MOST: usize = 8000;
/// Nearest sentences that are looked at.
const NEAREST: usize = 2;
/// Distance from which a bead is hardly better than chance.
const WEAK: f32 = 0.7;
/// Log odds against sentences having moved away from their place.
const MOVED: f32 = 6.0;
/// Most sentences between two moved ones that belong to one section.
const GAP: usize = 6;
/// Fewest moved sentences that make a section.
const SECTION: usize = 3;

/// Two sentences that found each other.
#[derive(Debug, Clone, Copy)]
struct Pair {
    left: usize,
    right: usize,
    distance: f32,
    /// Log odds for them against two sentences without counterparts.
    gain: f32,
}

/// Replaces skips and weak beads by what was found elsewhere.
///
/// # Errors
/// Those of the encoder.
pub(super) fn find(
    beads: Vec<Bead>,
    view: &View,
    left: &Texts,
    right: &Texts,
    settings: &Settings<'_>,
    encoding: &Encoding<'_>,
) -> Result<Vec<Bead>> {
    let free = |bead: &&Bead| !bead.is_link() || bead.cost >= WEAK;
    let free_left = longest_runs(beads.iter().filter(free).flat_map(|bead| bead.left.clone()));
    let free_right = longest_runs(beads.iter().filter(free).flat_map(|bead| bead.right.clone()));
    if free_left.is_empty() || free_right.is_empty() {
        return Ok(beads);
    }
    let costs = view.costs(left, right, settings, settings.weights);
    let pairs = mutual(&costs, &free_left, &free_right);
    let found_left: BTreeSet<usize> = pairs.iter().map(|pair| pair.left).collect();
    let found_right: BTreeSet<usize> = pairs.iter().map(|pair| pair.right).collect();
    let mut found = Vec::new();
    for chain in chains(&pairs) {
        if chain.len() < SECTION {
            found.extend(chain.iter().map(moved));
        } else {
            let first = (chain[0].left, chain[0].right);
            let last = chain.last().map_or(first, |pair| (pair.left, pair.right));
            let lefts = section(&free_left, first.0..last.0 + 1, &found_left);
            let rights = section(&free_right, first.1..last.1 + 1, &found_right);
            found.extend(aligned(lefts, rights, left, right, settings, encoding)?);
        }
    }
    Ok(replace(beads, found))
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

/// Pairs of free sentences that are each other's best and near enough, in the order of the left.
fn mutual(costs: &Costs<'_>, free_left: &[usize], free_right: &[usize]) -> Vec<Pair> {
    let left = costs.left.vectors.select(Axis(0), free_left);
    let right = costs.right.vectors.select(Axis(0), free_right);
    let (of_left, of_right) = both_ways(left.view(), right.view(), NEAREST);
    let (left_skips, right_skips) = (costs.skips(costs.left), costs.skips(costs.right));
    let best = |candidates: &[(usize, f32)], distance: &dyn Fn(usize) -> f32| {
        let candidates = candidates.iter().map(|&(other, _)| other);
        candidates.min_by(|&a, &b| distance(a).total_cmp(&distance(b)))
    };
    let mut found = Vec::new();
    for (l, &sentence) in free_left.iter().enumerate() {
        let Some(r) = best(of_left.of(l), &|r| costs.pair(sentence, free_right[r])) else {
            continue;
        };
        let other = free_right[r];
        let back = best(of_right.of(r), &|l| costs.pair(free_left[l], other));
        let distance = costs.pair(sentence, other);
        let node = (sentence + 1, other + 1);
        let shared = anchors::shared(costs.left.anchors(sentence), costs.right.anchors(other));
        let bead = Measured { distance, edge: f32::INFINITY, shared };
        let cost = costs.cost(node, Shape::plain(1, 1), bead);
        let gain = left_skips[sentence] + right_skips[other] - cost - MOVED;
        if back == Some(l) && gain > 0.0 {
            found.push(Pair { left: sentence, right: other, distance, gain });
        }
    }
    found
}

/// Pairs that follow each other closely on both sides, together.
fn chains(pairs: &[Pair]) -> Vec<Vec<Pair>> {
    let mut chains: Vec<Vec<Pair>> = Vec::new();
    for &pair in pairs {
        let follows = |chain: &&mut Vec<Pair>| {
            chain.last().is_some_and(|last| {
                (1..=GAP).contains(&(pair.left - last.left))
                    && pair
                        .right
                        .checked_sub(last.right)
                        .is_some_and(|gap| (1..=GAP).contains(&gap))
            })
        };
        // Only the latest chains can be near enough on the left.
        match chains.iter_mut().rev().take(4 * GAP).find(follows) {
            Some(chain) => chain.push(pair),
            None => chains.push(vec![pair]),
        }
    }
    chains
}

/// A stretch of sentences with the free ones around it that found nothing themselves.
fn section(free: &[usize], core: Range<usize>, found: &BTreeSet<usize>) -> Range<usize> {
    let open =
        |sentence: usize| free.binary_search(&sentence).is_ok() && !found.contains(&sentence);
    let (mut start, mut end) = (core.start, core.end);
    while start > 0 && core.start - start < GAP && open(start - 1) {
        start -= 1;
    }
    while end - core.end < GAP && open(end) {
        end += 1;
    }
    start..end
}

/// The links of two sections, aligned by themselves.
fn aligned(
    lefts: Range<usize>,
    rights: Range<usize>,
    left: &Texts,
    right: &Texts,
    settings: &Settings<'_>,
    encoding: &Encoding<'_>,
) -> Result<Vec<Bead>> {
    let (mut left, mut right) = (left.stretch(lefts.clone()), right.stretch(rights.clone()));
    let encoding = Encoding {
        left_numbers: &encoding.left_numbers[lefts.clone()],
        right_numbers: &encoding.right_numbers[rights.clone()],
        ..*encoding
    };
    let Refined { judged, .. } = refine(&mut left, &mut right, settings, &encoding)?;
    let links = super::beads(&judged, settings).into_iter().filter(Bead::is_link);
    Ok(links
        .map(|bead| Bead {
            left: bead.left.start + lefts.start..bead.left.end + lefts.start,
            right: bead.right.start + rights.start..bead.right.end + rights.start,
            moved: true,
            ..bead
        })
        .collect())
}

fn moved(pair: &Pair) -> Bead {
    Bead {
        left: pair.left..pair.left + 1,
        right: pair.right..pair.right + 1,
        cost: pair.distance,
        confidence: logistic(pair.gain),
        moved: true,
    }
}

/// Beads with those found instead of what their sentences had, in the order of the left text. What was found
/// earlier in the list keeps its sentences.
fn replace(beads: Vec<Bead>, found: Vec<Bead>) -> Vec<Bead> {
    let (mut taken_left, mut taken_right) = (BTreeSet::new(), BTreeSet::new());
    let mut starting: BTreeMap<usize, Bead> = BTreeMap::new();
    for bead in found {
        let taken = bead.left.clone().any(|l| taken_left.contains(&l))
            || bead.right.clone().any(|r| taken_right.contains(&r));
        if !taken {
            taken_left.extend(bead.left.clone());
            taken_right.extend(bead.right.clone());
            starting.insert(bead.left.start, bead);
        }
    }
    let mut result = Vec::with_capacity(beads.len() + starting.len());
    for bead in beads {
        let touched = bead.left.clone().any(|l| taken_left.contains(&l))
            || bead.right.clone().any(|r| taken_right.contains(&r));
        if !touched {
            result.push(bead);
            continue;
        }
        for l in bead.left.clone() {
            if !taken_left.contains(&l) {
                result.push(Bead::lone(l..l + 1, bead.right.start..bead.right.start));
            }
            result.extend(starting.remove(&l));
        }
        for r in bead.right.clone().filter(|r| !taken_right.contains(r)) {
            result.push(Bead::lone(bead.left.end..bead.left.end, r..r + 1));
        }
    }
    result
}
