//! The pairs of sentences worth judging, and the evidence for each.

use std::collections::{BTreeMap, BTreeSet};

use super::parameters::{Context, PairFeatures, Setting};
use super::{Candidate, Side};
use crate::align::Article;
use crate::align::nearest::{Nearest, both_ways};
use crate::align::rarity::FactRarity;

/// Nearest sentences of each sentence that are judged in full.
const CANDIDATES: usize = 4;
const HOURS_OF_A_DAY: f32 = 24.0;
/// Lead of a pair without rivals.
const NO_RIVAL: f32 = 0.3;
/// Days between two articles from which on they count as fully apart.
const DAYS_APART: f32 = 7.0;
/// Of how many sentences of the shorter document one is among the closest pairs.
const CLOSEST_SHARE: usize = 3;
/// Fewest pairs that are the closest ones.
const LEAST_CLOSEST: usize = 2;
/// Characters added to each length, so that a word more makes little difference to short sentences.
const LENGTH_SLACK: f32 = 10.0;

/// The pairs of sentences of which one is among the nearest of the other, by left, then right; not judged yet.
pub fn candidates(left: &Side<'_>, right: &Side<'_>, rarity: &FactRarity) -> Vec<Candidate> {
    let (of_left, of_right) = both_ways(left.centred.view(), right.centred.view(), CANDIDATES);
    let candidate = |(l, r): (usize, usize)| {
        let centred = left.centred.row(l).dot(&right.centred.row(r));
        let shared = rarity.agreement(&left.article.facts[l], &right.article.facts[r]);
        let features = PairFeatures {
            centred,
            lead: lead(centred, &of_left, l, r).min(lead(centred, &of_right, r, l)),
            cosine: left.vectors.row(l).dot(&right.vectors.row(r)),
            length: length_ratio(left.lengths[l], right.lengths[r]),
            names: shared.names,
            numbers: shared.numbers,
            dates: shared.dates,
            contradicted: shared.contradicted,
            unshared: f32::from(u8::from(shared.nothing)),
        };
        Candidate { left: l, right: r, features, context: Context::default(), probability: 0.0 }
    };
    let mut candidates: Vec<Candidate> =
        neighbours(&of_left, &of_right, left, right).into_iter().map(candidate).collect();
    let setting = Setting {
        topic: left.topic.dot(&right.topic),
        closest: closest(&candidates, left.len().min(right.len())),
        ..known(left.article, right.article)
    };
    candidates.iter_mut().for_each(|candidate| candidate.context.setting = setting);
    candidates
}

/// What languages and days of publication tell.
fn known(left: &Article, right: &Article) -> Setting {
    let same_language = left.document.language == right.document.language;
    let days = left.document.published.zip(right.document.published).map(|(one, other)| {
        one.duration_until(other).as_hours().unsigned_abs() as f32 / HOURS_OF_A_DAY
    });
    Setting {
        same_language: f32::from(u8::from(same_language)),
        apart: days.map_or(0.0, |days| (days / DAYS_APART).min(1.0)),
        same_day: f32::from(u8::from(days.is_some_and(|days| days <= 1.0))),
        ..Setting::default()
    }
}

/// Mean cosine of the closest pairs of which each is the other's nearest.
fn closest(candidates: &[Candidate], shorter: usize) -> f32 {
    let best = |side: fn(&Candidate) -> usize| -> BTreeMap<usize, f32> {
        let mut best = BTreeMap::new();
        for candidate in candidates {
            let kept = best.entry(side(candidate)).or_insert(candidate.features.centred);
            *kept = kept.max(candidate.features.centred);
        }
        best
    };
    let (of_left, of_right) = (best(|c| c.left), best(|c| c.right));
    let is_mutual = |candidate: &&Candidate| {
        let centred = candidate.features.centred;
        of_left[&candidate.left] <= centred && of_right[&candidate.right] <= centred
    };
    let mut cosines: Vec<f32> =
        candidates.iter().filter(is_mutual).map(|candidate| candidate.features.cosine).collect();
    cosines.sort_by(|one, other| other.total_cmp(one));
    cosines.truncate((shorter / CLOSEST_SHARE).max(LEAST_CLOSEST));
    cosines.iter().sum::<f32>() / cosines.len().max(1) as f32
}

/// The pairs in which one is among the nearest of the other, each once.
fn neighbours(
    of_left: &Nearest,
    of_right: &Nearest,
    left: &Side<'_>,
    right: &Side<'_>,
) -> BTreeSet<(usize, usize)> {
    let from_left = (0..left.len()).flat_map(|l| of_left.of(l).iter().map(move |&(r, _)| (l, r)));
    let from_right =
        (0..right.len()).flat_map(|r| of_right.of(r).iter().map(move |&(l, _)| (l, r)));
    from_left.chain(from_right).filter(|&(l, r)| left.tells[l] && right.tells[r]).collect()
}

/// How far a score lies above the best one that `item` has with a sentence other than `partner`.
fn lead(score: f32, nearest: &Nearest, item: usize, partner: usize) -> f32 {
    let rival = nearest.of(item).iter().find(|&&(other, _)| other != partner);
    rival.map_or(NO_RIVAL, |&(_, best)| score - best)
}

/// Natural logarithm of the ratio of two lengths, 0 or more.
pub(super) fn length_ratio(one: f32, other: f32) -> f32 {
    ((one + LENGTH_SLACK) / (other + LENGTH_SLACK)).ln().abs()
}
