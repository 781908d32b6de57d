//! The pairs of sentences worth judging, and the evidence for each.

use std::collections::{BTreeMap, BTreeSet};

use ndarray::{Array2, Axis};
use unicode_segmentation::UnicodeSegmentation;

use super::Candidate;
use super::parameters::{Context, PairFeatures, Setting};
use crate::align::Article;
use crate::align::background::{Background, normalise};
use crate::align::nearest::{Nearest, both_ways};
use crate::align::rarity::FactRarity;

/// Nearest sentences of each sentence that are judged in full.
const CANDIDATES: usize = 4;
/// Fewest words of a sentence that can be linked.
const LEAST_WORDS: usize = 3;
/// How many sentences the background, which is zero here, counts for when a document's mean is estimated.
const BACKGROUND_WEIGHT: f32 = 4.0;
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
pub fn candidates(
    left: &Article,
    right: &Article,
    background: &Background,
    rarity: &FactRarity,
) -> Vec<Candidate> {
    let (left_vectors, right_vectors) = (background.taken_from(left), background.taken_from(right));
    let (left_centred, right_centred) = (centred(&left_vectors), centred(&right_vectors));
    let (of_left, of_right) = both_ways(left_centred.view(), right_centred.view(), CANDIDATES);
    let (left_lengths, right_lengths) = (lengths(left), lengths(right));
    let candidate = |(l, r): (usize, usize)| {
        let centred = left_centred.row(l).dot(&right_centred.row(r));
        let shared = rarity.agreement(&left.facts[l], &right.facts[r]);
        let features = PairFeatures {
            centred,
            lead: lead(centred, &of_left, l, r).min(lead(centred, &of_right, r, l)),
            cosine: left_vectors.row(l).dot(&right_vectors.row(r)),
            length: length_ratio(left_lengths[l], right_lengths[r]),
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
        topic: topic(&left_vectors, &right_vectors),
        closest: closest(&candidates, left.sentences.len().min(right.sentences.len())),
        ..known(left, right)
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

/// Cosine of the means of two documents.
fn topic(left: &Array2<f32>, right: &Array2<f32>) -> f32 {
    let mean = |vectors: &Array2<f32>| {
        let mut sum = vectors.sum_axis(Axis(0));
        normalise(sum.view_mut());
        sum
    };
    mean(left).dot(&mean(right))
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
    left: &Article,
    right: &Article,
) -> BTreeSet<(usize, usize)> {
    let (left_tells, right_tells) = (tells(left), tells(right));
    let from_left =
        (0..left.sentences.len()).flat_map(|l| of_left.of(l).iter().map(move |&(r, _)| (l, r)));
    let from_right =
        (0..right.sentences.len()).flat_map(|r| of_right.of(r).iter().map(move |&(l, _)| (l, r)));
    from_left.chain(from_right).filter(|&(l, r)| left_tells[l] && right_tells[r]).collect()
}

/// Which sentences have words enough to state something; a lone place or name does not.
fn tells(article: &Article) -> Vec<bool> {
    let enough = |text: &str| text.unicode_words().nth(LEAST_WORDS - 1).is_some();
    (0..article.sentences.len()).map(|index| enough(article.sentence_text(index))).collect()
}

/// How far a score lies above the best one that `item` has with a sentence other than `partner`.
fn lead(score: f32, nearest: &Nearest, item: usize, partner: usize) -> f32 {
    let rival = nearest.of(item).iter().find(|&&(other, _)| other != partner);
    rival.map_or(NO_RIVAL, |&(_, best)| score - best)
}

/// The sentence vectors of a document with their mean taken out, of norm 1 again, `[sentences, dim]`.
pub(super) fn centred(vectors: &Array2<f32>) -> Array2<f32> {
    let mean = vectors.sum_axis(Axis(0)) / (vectors.nrows() as f32 + BACKGROUND_WEIGHT);
    let mut centred = vectors - &mean;
    centred.rows_mut().into_iter().for_each(normalise);
    centred
}

/// The length of every sentence in characters.
pub(super) fn lengths(article: &Article) -> Vec<f32> {
    let length = |index: usize| article.sentence_text(index).chars().count() as f32;
    (0..article.sentences.len()).map(length).collect()
}

/// Natural logarithm of the ratio of two lengths, 0 or more.
pub(super) fn length_ratio(one: f32, other: f32) -> f32 {
    ((one + LENGTH_SLACK) / (other + LENGTH_SLACK)).ln().abs()
}
