//! The score sheet of two documents: how alike they are, in all and in single respects.

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation;

use super::background::Background;
use super::comparable::Linked;
use super::parameters::{SimilarityFeatures, parameters};
use super::rarity::FactRarity;
use super::tone::ToneAxis;
use super::{Article, Closest, Coverage, Scores};
use crate::facts::{Fact, Value, places};
use crate::text::Sentence;

/// Days after which half of the similarity in time is gone.
const HALF_TIME_DAYS: f32 = 3.0;
/// Difference of tone at which nothing of the similarity is left.
const TONE_RANGE: f32 = 0.15;
/// Score where neither document tells anything about a respect.
const UNKNOWN: f32 = 0.5;

/// What the scores of a run are measured against.
#[derive(Debug)]
pub struct Yardstick {
    /// How rare each fact is.
    pub rarity: FactRarity,
    /// What sentences look like in general.
    pub background: Background,
    /// The direction from reassuring to alarming.
    pub tone: ToneAxis,
}

/// All scores of two documents, and what they cover of each other.
pub fn scores(
    left: &Article,
    right: &Article,
    linked: &Linked,
    yardstick: &Yardstick,
) -> (Scores, Coverage) {
    let features = features(left, right, linked, yardstick);
    let coverage = Coverage {
        left_in_right: covered(left, &linked.closest_right, |c| f32::from(c.probability >= 0.5)),
        right_in_left: covered(right, &linked.closest_left, |c| f32::from(c.probability >= 0.5)),
    };
    let scores = Scores {
        overall: parameters().similarity.overall(&features),
        narrative: (0.5 * features.coverage.sqrt() + 0.5 * features.vectors).clamp(0.0, 1.0),
        entities: features.entities,
        geography: geography(left, right, features.entities),
        time: time(left, right, &yardstick.rarity),
        style: style(left, right),
        tone: tone(left, right, &yardstick.tone),
    };
    (scores, coverage)
}

/// The evidence behind the overall score.
pub fn features(
    left: &Article,
    right: &Article,
    linked: &Linked,
    yardstick: &Yardstick,
) -> SimilarityFeatures {
    let shared = |of_kind| yardstick.rarity.document_overlap(left, right, of_kind).unwrap_or(0.0);
    let topics =
        yardstick.background.topic(left).dot(&yardstick.background.topic(right)).clamp(0.0, 1.0);
    let likely = |closest: &Closest| closest.probability;
    SimilarityFeatures {
        coverage: (covered(left, &linked.closest_right, likely)
            + covered(right, &linked.closest_left, likely))
            / 2.0,
        vectors: topics,
        entities: shared(|value| matches!(value, Value::Name(_))),
        numbers: shared(|value| matches!(value, Value::Number(_))),
        dates: shared(|value| matches!(value, Value::Date(_))),
    }
}

/// Share of a document that has a counterpart, sentences weighted by prominence.
fn covered(article: &Article, closest: &[Option<Closest>], share: impl Fn(&Closest) -> f32) -> f32 {
    let mut covered = 0.0;
    let mut whole = 0.0;
    for (index, closest) in closest.iter().enumerate() {
        let weight = article.prominence(index);
        whole += weight;
        covered += weight * closest.as_ref().map_or(0.0, &share);
    }
    if whole > 0.0 { covered / whole } else { 0.0 }
}

/// Countries that both name, by themselves or by their capitals (Dice); the names in general where neither
/// names any.
fn geography(left: &Article, right: &Article, entities: f32) -> f32 {
    let (left, right) = (countries(left), countries(right));
    if left.is_empty() && right.is_empty() {
        return entities;
    }
    2.0 * left.intersection(&right).count() as f32 / (left.len() + right.len()) as f32
}

fn countries(article: &Article) -> BTreeSet<&'static str> {
    let of_sentence = |(sentence, facts): (&Sentence, &Vec<Fact>)| -> Vec<&'static str> {
        let names = facts.iter().filter_map(|fact| match &fact.value {
            Value::Name(name) => Some(&name.name),
            _ => None,
        });
        names.filter_map(|name| places::country(name, sentence.language)).collect()
    };
    article.sentences.iter().zip(&article.facts).flat_map(of_sentence).collect()
}

/// How near the publication dates are, together with the dates that both mention.
fn time(left: &Article, right: &Article, rarity: &FactRarity) -> f32 {
    let mentioned = rarity.document_overlap(left, right, |value| matches!(value, Value::Date(_)));
    let published = left.document.published.zip(right.document.published).map(|(one, other)| {
        let days = one.until(other).map_or(f32::MAX, |span| span.get_days().abs() as f32);
        0.5_f32.powf(days / HALF_TIME_DAYS)
    });
    match (published, mentioned) {
        (Some(published), Some(mentioned)) => 0.7 * published + 0.3 * mentioned,
        (Some(published), None) => published,
        (None, Some(mentioned)) => 0.5 * UNKNOWN + 0.5 * mentioned,
        (None, None) => UNKNOWN,
    }
}

/// Likeness of a few measures of writing: length of sentences and words, quotes, numbers, questions.
fn style(left: &Article, right: &Article) -> f32 {
    let (left, right) = (style_measures(left), style_measures(right));
    let alike = |one: f32, other: f32| {
        let (small, large) = (one.min(other), one.max(other));
        if large > 0.0 { small / large } else { 1.0 }
    };
    let sum: f32 = left.iter().zip(right).map(|(&one, other)| alike(one, other)).sum();
    sum / left.len() as f32
}

fn style_measures(article: &Article) -> [f32; 5] {
    let text = &article.document.text;
    let sentences = article.sentences.len().max(1) as f32;
    let mut words = 0.0_f32;
    let mut letters = 0.0;
    for word in text.unicode_words() {
        words += 1.0;
        letters += word.chars().count() as f32;
    }
    let per_sentence = |wanted: &[char]| {
        // One is added so that a single mark more or less makes little difference.
        (text.matches(wanted).count() as f32 + 1.0) / (sentences + 1.0)
    };
    let numbers = article.facts.iter().flatten();
    let numbers = numbers.filter(|fact| matches!(fact.value, Value::Number(_))).count() as f32;
    [
        words / sentences,
        letters / words.max(1.0),
        per_sentence(&['"', '“', '”', '„', '«', '»']),
        (numbers + 1.0) / (sentences + 1.0),
        per_sentence(&['?', '!']),
    ]
}

/// Nearness on the tone axis.
fn tone(left: &Article, right: &Article, axis: &ToneAxis) -> f32 {
    let tone = |article: &Article| axis.tone(article.vectors.view(), article.document.language);
    (1.0 - (tone(left) - tone(right)).abs() / TONE_RANGE).clamp(0.0, 1.0)
}
