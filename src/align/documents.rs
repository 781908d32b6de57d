//! Which document of one collection translates which of another, one to one where it does.
//!
//! Candidates are each document's nearest by topic, from both sides. Each candidate is then looked at closely:
//! how much nearer than the neighbours it is (the margin of Artetxe & Schwenk 2019), whether the parts of
//! both documents are alike in their order (order-aware document vectors, Thompson & Koehn 2020, "Exploiting
//! Sentence Order in Document Alignment"), names and numbers, lengths. The surest pairs are taken first.

use std::collections::BTreeSet;

use ndarray::{Array1, Array2};
use rayon::prelude::*;

use super::Article;
use super::centre::Centre;
use super::keys::{self, Keys, Rarity};
use super::logistic::logistic;
use super::nearest::{Nearest, both_ways};

/// Parts of a document that are compared one by one.
const PARTS: usize = 4;
/// Least weight of a sentence in a part: nothing of a short document is left out.
const LEAST_PART_WEIGHT: f32 = 1e-3;
/// Candidates of each document.
const CANDIDATES: usize = 8;
/// What a neighbour's cosine is taken for where there are fewer documents than candidates.
const USUAL_NEIGHBOUR: f32 = 0.35;
/// Least confidence of a pair.
const LEAST_CONFIDENCE: f32 = 0.5;
/// Least confidence at which a document in no pair is told what it is closest to.
const WORTH_TELLING: f32 = 0.1;

/// Weights of a logistic regression: margin, cosine, parts, keys, lengths. Fitted on collections made of
/// `flores`, a fifth of the documents missing on each side.
const WEIGHTS: [f32; 5] = [6.75, 4.45, 8.26, 3.38, -0.92];
/// Added to the weighted sum.
const INTERCEPT: f32 = -11.22;

/// A document as pairing sees it: about 10 kB at 384 dimensions, so that a caller need not hold the articles.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// The topic of the whole, `[dim]`, of L2 norm 1.
    topic: Array1<f32>,
    /// The topics of its parts in order, `[PARTS, dim]`, rows of L2 norm 1.
    parts: Array2<f32>,
    keys: Keys,
    characters: usize,
}

impl Outline {
    /// The outline of an article with vectors.
    pub fn new(article: &Article, centre: &Centre) -> Self {
        let count = article.sentences.len() as f32;
        let topic = centre.topic(article, |_| 1.0);
        let mut parts = Array2::zeros((PARTS, topic.len()));
        for (part, mut row) in parts.rows_mut().into_iter().enumerate() {
            let middle = (part as f32 + 0.5) / PARTS as f32;
            // Parts overlap: a sentence on the border of two belongs to both.
            row.assign(&centre.topic(article, |sentence| {
                let position = (sentence as f32 + 0.5) / count;
                let distance = (position - middle).abs() * PARTS as f32;
                (1.0 - 0.75 * distance).max(LEAST_PART_WEIGHT)
            }));
        }
        let characters = (0..article.sentences.len())
            .map(|sentence| article.sentence_text(sentence).chars().count())
            .sum();
        Self { topic, parts, keys: keys::keys(article), characters }
    }
}

/// Two documents that translate each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DocumentPair {
    /// Index on the left.
    pub left: usize,
    /// Index on the right.
    pub right: usize,
    /// Probability that they do, 0.5..1.
    pub score: f32,
}

/// A document without a translation on the other side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alone {
    /// Its index on its side.
    pub document: usize,
    /// The likeliest document of the other side, with the probability that it is a translation, if that is
    /// worth telling. It may be in a pair itself.
    pub closest: Option<(usize, f32)>,
}

/// Which document translates which.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pairing {
    /// The pairs, by left index; each document is in one at most.
    pub pairs: Vec<DocumentPair>,
    /// Documents on the left in no pair, ascending.
    pub left_alone: Vec<Alone>,
    /// Documents on the right in no pair, ascending.
    pub right_alone: Vec<Alone>,
}

/// Pairs the documents of two collections, each with at most one.
///
/// Takes n·m·dim multiplications and memory for a few candidates a document. Equal documents are paired in
/// their order.
pub fn pair(left: &[Outline], right: &[Outline]) -> Pairing {
    let mut likely = likely(left, right);
    likely.sort_by(|one, other| {
        let place = |pair: &DocumentPair| (pair.left, pair.right);
        other.score.total_cmp(&one.score).then(place(one).cmp(&place(other)))
    });
    let (mut of_left, mut of_right) = (vec![None; left.len()], vec![None; right.len()]);
    let mut pairs = Vec::new();
    for pair in &likely {
        let free = of_left[pair.left].is_none() && of_right[pair.right].is_none();
        if free && pair.score >= LEAST_CONFIDENCE {
            of_left[pair.left] = Some(pair.right);
            of_right[pair.right] = Some(pair.left);
            pairs.push(*pair);
        }
    }
    pairs.sort_by_key(|pair| pair.left);
    let alone = |taken: &[Option<usize>], ends: fn(&DocumentPair) -> (usize, usize)| {
        let mut closest = vec![None; taken.len()];
        for pair in &likely {
            let (document, other) = ends(pair);
            closest[document].get_or_insert((other, pair.score));
        }
        let alone = (0..taken.len()).filter(|&document| taken[document].is_none());
        alone.map(|document| Alone { document, closest: closest[document] }).collect()
    };
    Pairing {
        left_alone: alone(&of_left, |pair| (pair.left, pair.right)),
        right_alone: alone(&of_right, |pair| (pair.right, pair.left)),
        pairs,
    }
}

/// The candidates that may be translations of each other.
fn likely(left: &[Outline], right: &[Outline]) -> Vec<DocumentPair> {
    let (Some(first), false) = (left.first(), right.is_empty()) else { return Vec::new() };
    let dim = first.topic.len();
    let (left_topics, right_topics) = (topics(left, dim), topics(right, dim));
    let (of_left, of_right) = both_ways(left_topics.view(), right_topics.view(), CANDIDATES + 1);
    let mut candidates: BTreeSet<(usize, usize)> = BTreeSet::new();
    for item in 0..left.len() {
        candidates.extend(of_left.of(item).iter().map(|&(other, _)| (item, other)));
    }
    for item in 0..right.len() {
        candidates.extend(of_right.of(item).iter().map(|&(other, _)| (other, item)));
    }
    let mut rarity = Rarity::default();
    left.iter().chain(right).for_each(|outline| rarity.count(&outline.keys));
    let weighted = |side: &[Outline]| -> Vec<Keys> {
        side.par_iter().map(|outline| rarity.weighted(&outline.keys)).collect()
    };
    let (left_keys, right_keys) = (weighted(left), weighted(right));
    candidates
        .into_par_iter()
        .map(|(one, other)| {
            let cosine = left[one].topic.dot(&right[other].topic);
            let level = (neighbour_level(&of_left, one) + neighbour_level(&of_right, other)) / 2.0;
            let shared = keys::dot(&left_keys[one], &right_keys[other]).max(0.0).sqrt();
            let features = [
                cosine - level,
                cosine,
                parts(&left[one], &right[other]),
                shared,
                lengths(&left[one], &right[other]),
            ];
            let sum: f32 = WEIGHTS.iter().zip(features).map(|(weight, value)| weight * value).sum();
            DocumentPair { left: one, right: other, score: logistic(INTERCEPT + sum) }
        })
        .filter(|pair| pair.score >= WORTH_TELLING)
        .collect()
}

/// The topics of one side, `[documents, dim]`.
fn topics(side: &[Outline], dim: usize) -> Array2<f32> {
    let mut topics = Array2::zeros((side.len(), dim));
    for (mut row, outline) in topics.rows_mut().into_iter().zip(side) {
        row.assign(&outline.topic);
    }
    topics
}

/// Mean cosine of a document's neighbours but the nearest, which may be its translation.
fn neighbour_level(nearest: &Nearest, item: usize) -> f32 {
    let others = nearest.of(item).get(1..).unwrap_or(&[]);
    let sum: f32 = others.iter().map(|&(_, cosine)| cosine).sum();
    (sum + (CANDIDATES - others.len()) as f32 * USUAL_NEIGHBOUR) / CANDIDATES as f32
}

/// Mean cosine of the parts, each with the one at its place.
fn parts(left: &Outline, right: &Outline) -> f32 {
    (&left.parts * &right.parts).sum() / PARTS as f32
}

/// How many times longer one is than the other, as a logarithm.
fn lengths(left: &Outline, right: &Outline) -> f32 {
    let length = |outline: &Outline| outline.characters.max(1) as f32;
    (length(left) / length(right)).ln().abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A document on one matter whose parts go in their own direction each.
    fn outline(matter: usize) -> Outline {
        let axis = |at: usize| {
            let mut vector = Array1::<f32>::zeros(12);
            vector[at] = 1.0;
            vector
        };
        let topic = axis(matter);
        let parts = Array2::from_shape_fn((PARTS, 12), |(_, at)| topic[at]);
        Outline { topic, parts, keys: vec![(matter as u64, 1.0)], characters: 100 }
    }

    fn paired(left: &[usize], right: &[usize]) -> Vec<(usize, usize)> {
        let side = |matters: &[usize]| -> Vec<Outline> {
            matters.iter().map(|&matter| outline(matter)).collect()
        };
        let pairing = pair(&side(left), &side(right));
        assert_eq!(pairing.pairs.len() + pairing.left_alone.len(), left.len());
        assert_eq!(pairing.pairs.len() + pairing.right_alone.len(), right.len());
        pairing.pairs.iter().map(|pair| (pair.left, pair.right)).collect()
    }

    #[test]
    fn each_document_finds_its_own_and_the_rest_stays_alone() {
        assert_eq!(paired(&[3, 1, 7, 5], &[5, 9, 3, 1]), [(0, 2), (1, 3), (3, 0)]);
    }

    #[test]
    fn a_second_translation_is_told_what_it_is_closest_to() {
        let pairing = pair(&[outline(2)], &[outline(2), outline(2), outline(3)]);
        let closest: Vec<Option<usize>> =
            pairing.right_alone.iter().map(|alone| alone.closest.map(|(left, _)| left)).collect();
        assert_eq!(closest, [Some(0), None]);
    }

    #[test]
    fn one_document_a_side_is_judged_too() {
        assert_eq!(paired(&[2], &[2]), [(0, 0)]);
        assert_eq!(paired(&[2], &[3]), []);
    }

    #[test]
    fn equal_documents_are_paired_in_order_and_an_empty_side_with_nothing() {
        assert_eq!(paired(&[4, 4, 4], &[4, 4]), [(0, 0), (1, 1)]);
        assert_eq!(paired(&[], &[4, 4]), []);
        assert_eq!(paired(&[4], &[]), []);
    }
}
