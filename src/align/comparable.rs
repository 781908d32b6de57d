//! Links between two documents on the same event that are no translations of each other: links cross,
//! most sentences have none, and a statement may be spread over several sentences.
//!
//! A pair of sentences is judged by four pieces of evidence ([`LinkFeatures`]): the cosine after the mean of
//! each document is taken out, so that what the documents have in common as a whole counts for nothing;
//! whether each is the other's best by the ratio margin (Artetxe & Schwenk 2019), which mistrusts sentences
//! that are near to everything; the cosine above that with unrelated sentences of the other's language, so
//! that documents with nothing in common get no links; and the facts that both state, rare ones counting
//! more. A logistic regression turns them into a probability.

use std::collections::{BTreeSet, HashMap};

use ndarray::{Array1, Array2, Axis};

use unicode_segmentation::UnicodeSegmentation;

use super::background::Background;
use super::nearest::{Nearest, both_ways};
use super::parameters::{LinkFeatures, parameters};
use super::rarity::FactRarity;
use super::{Article, Closest, Link, Mode};

/// Neighbours on each side that the margin looks at (k of the paper).
const MARGIN_NEIGHBOURS: usize = 4;
/// Nearest sentences that are judged in full.
const CANDIDATES: usize = 3;
/// Least probability of a link.
const LEAST_PROBABILITY: f32 = 0.5;
/// Most sentences on one side of a link.
const MOST_SENTENCES: usize = 3;
/// Fewest words of a sentence that can be linked.
const LEAST_WORDS: usize = 3;
/// How many sentences the background counts for, when a document's mean is estimated.
const BACKGROUND_WEIGHT: f32 = 4.0;

/// A pair of sentences that may say the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// Index of the sentence on the left.
    pub left: usize,
    /// Index of the sentence on the right.
    pub right: usize,
    /// The evidence.
    pub features: LinkFeatures,
    /// Probability that they say the same, 0..1.
    pub probability: f32,
}

/// What became of two documents' sentences.
#[derive(Debug, Clone, Default)]
pub struct Linked {
    /// The links, in the order of the left document.
    pub links: Vec<Link>,
    /// All pairs that were judged, the likeliest first.
    pub candidates: Vec<Candidate>,
    /// For each sentence on the left the closest on the right.
    pub closest_right: Vec<Option<Closest>>,
    /// For each sentence on the right the closest on the left.
    pub closest_left: Vec<Option<Closest>>,
}

/// Links the sentences of two documents.
pub fn link(
    left: &Article,
    right: &Article,
    background: &Background,
    rarity: &FactRarity,
) -> Linked {
    let candidates = candidates(left, right, background, rarity);
    Linked {
        links: links(&candidates),
        closest_right: closest(&candidates, left.sentences.len(), |c| (c.left, c.right)),
        closest_left: closest(&candidates, right.sentences.len(), |c| (c.right, c.left)),
        candidates,
    }
}

/// The pairs worth judging, the likeliest first.
fn candidates(
    left: &Article,
    right: &Article,
    background: &Background,
    rarity: &FactRarity,
) -> Vec<Candidate> {
    let (left_raw, right_raw) =
        both_ways(left.vectors.view(), right.vectors.view(), MARGIN_NEIGHBOURS);
    let left_centred = centred(left, background);
    let right_centred = centred(right, background);
    let (left_near, right_near) = both_ways(left_centred.view(), right_centred.view(), CANDIDATES);
    let pairs: Vec<(usize, usize)> = neighbours(&left_near, &right_near, left, right);
    let cosines: Vec<f32> =
        pairs.iter().map(|&(l, r)| left.vectors.row(l).dot(&right.vectors.row(r))).collect();
    let neighbourhood =
        |l: usize, r: usize| ((left_raw.mean(l) + right_raw.mean(r)) / 2.0).max(f32::EPSILON);
    let margins: Vec<f32> =
        pairs.iter().zip(&cosines).map(|(&(l, r), cosine)| cosine / neighbourhood(l, r)).collect();
    let best_of_left = best(&pairs, &margins, |pair| pair.0);
    let best_of_right = best(&pairs, &margins, |pair| pair.1);
    let to_right = left.vectors.dot(background.mean(right.document.language));
    let to_left = right.vectors.dot(background.mean(left.document.language));
    let judge = |index: usize| {
        let (l, r) = pairs[index];
        let mutual = [best_of_left.get(&l) == Some(&index), best_of_right.get(&r) == Some(&index)];
        let features = LinkFeatures {
            centred: left_centred.row(l).dot(&right_centred.row(r)),
            mutual: mutual.iter().filter(|&&best| best).count() as f32 / 2.0,
            surplus: cosines[index] - (to_right[l] + to_left[r]) / 2.0,
            facts: rarity.shared(&left.facts[l], &right.facts[r]),
        };
        let probability = parameters().link.probability(&features);
        Candidate { left: l, right: r, features, probability }
    };
    let mut candidates: Vec<Candidate> = (0..pairs.len()).map(judge).collect();
    candidates.sort_by(|one, other| other.probability.total_cmp(&one.probability));
    candidates
}

/// For each sentence of one side the number of the pair with the largest margin.
fn best(
    pairs: &[(usize, usize)],
    margins: &[f32],
    side: impl Fn((usize, usize)) -> usize,
) -> HashMap<usize, usize> {
    let mut best: HashMap<usize, usize> = HashMap::new();
    for (index, &pair) in pairs.iter().enumerate() {
        let kept = best.entry(side(pair)).or_insert(index);
        if margins[index] > margins[*kept] {
            *kept = index;
        }
    }
    best
}

/// Whether a sentence has words enough to state something; a lone place or name does not.
fn tells(article: &Article, sentence: usize) -> bool {
    article.sentence_text(sentence).unicode_words().nth(LEAST_WORDS - 1).is_some()
}

/// The pairs in which one is among the nearest of the other, each once.
fn neighbours(
    of_left: &Nearest,
    of_right: &Nearest,
    left: &Article,
    right: &Article,
) -> Vec<(usize, usize)> {
    let from_left =
        (0..left.sentences.len()).flat_map(|l| of_left.of(l).iter().map(move |&(r, _)| (l, r)));
    let from_right =
        (0..right.sentences.len()).flat_map(|r| of_right.of(r).iter().map(move |&(l, _)| (l, r)));
    let says_enough = |&(l, r): &(usize, usize)| tells(left, l) && tells(right, r);
    from_left.chain(from_right).filter(says_enough).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The sentence vectors with the document's mean taken out, of norm 1 again.
fn centred(article: &Article, background: &Background) -> Array2<f32> {
    let count = article.vectors.nrows() as f32;
    let prior = background.mean(article.document.language);
    let sum: Array1<f32> = article.vectors.sum_axis(Axis(0)) + prior * BACKGROUND_WEIGHT;
    let mean = sum / (count + BACKGROUND_WEIGHT);
    let mut centred = &article.vectors - &mean;
    for mut row in centred.rows_mut() {
        let norm = row.dot(&row).sqrt().max(f32::EPSILON);
        row /= norm;
    }
    centred
}

/// Links from judged pairs, the likeliest first: a pair starts a link, or widens one by the sentence next
/// to it.
fn links(candidates: &[Candidate]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for candidate in candidates.iter().filter(|c| c.probability >= LEAST_PROBABILITY) {
        let with_left = links.iter().position(|link| link.left.contains(&candidate.left));
        let with_right = links.iter().position(|link| link.right.contains(&candidate.right));
        match (with_left, with_right) {
            (None, None) => links.push(Link {
                left: vec![candidate.left],
                right: vec![candidate.right],
                score: candidate.probability,
                mode: Mode::Comparable,
            }),
            (Some(link), None) => widen(&mut links[link].right, candidate.right),
            (None, Some(link)) => widen(&mut links[link].left, candidate.left),
            (Some(_), Some(_)) => {}
        }
    }
    links.sort_by(|one, other| (&one.left, &one.right).cmp(&(&other.left, &other.right)));
    links
}

/// Adds a sentence to one side of a link if it stands next to it.
fn widen(side: &mut Vec<usize>, sentence: usize) {
    let next_to = side.iter().any(|&kept| kept.abs_diff(sentence) == 1);
    if next_to && side.len() < MOST_SENTENCES {
        side.push(sentence);
        side.sort_unstable();
    }
}

/// For each sentence of one side the likeliest of the other.
fn closest(
    candidates: &[Candidate],
    count: usize,
    sides: impl Fn(&Candidate) -> (usize, usize),
) -> Vec<Option<Closest>> {
    let mut closest = vec![None; count];
    for candidate in candidates {
        let (here, there) = sides(candidate);
        let likeness = candidate.probability.max(candidate.features.centred);
        let entry = Closest { sentence: there, probability: candidate.probability, likeness };
        closest[here].get_or_insert(entry);
    }
    closest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(left: usize, right: usize, probability: f32) -> Candidate {
        Candidate { left, right, features: LinkFeatures::default(), probability }
    }

    #[test]
    fn a_statement_spread_over_two_sentences_is_one_link() {
        let links = links(&[
            candidate(3, 7, 0.9),
            candidate(3, 8, 0.8),
            candidate(3, 1, 0.7),
            candidate(0, 2, 0.4),
        ]);
        assert_eq!(links.len(), 1);
        assert_eq!((links[0].left.as_slice(), links[0].right.as_slice()), (&[3][..], &[7, 8][..]));
        assert_eq!(links[0].score, 0.9);
    }

    #[test]
    fn links_may_cross() {
        let links = links(&[candidate(0, 5, 0.9), candidate(4, 1, 0.8)]);
        let sides: Vec<(usize, usize)> = links.iter().map(|l| (l.left[0], l.right[0])).collect();
        assert_eq!(sides, [(0, 5), (4, 1)]);
    }

    #[test]
    fn the_closest_is_kept_even_where_it_is_no_link() {
        let closest =
            closest(&[candidate(1, 4, 0.3), candidate(1, 2, 0.2)], 2, |c| (c.left, c.right));
        assert_eq!(closest, [None, Some(Closest { sentence: 4, probability: 0.3, likeness: 0.3 })]);
    }
}
