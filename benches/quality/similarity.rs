//! Similarity of documents: Pearson's r of the overall score with the human rating of `similarity`.

use std::collections::BTreeMap;

use parallax::align::Article;
use parallax::align::background::Background;
use parallax::align::comparable;
use parallax::align::parameters::{SimilarityFeatures, parameters};
use parallax::align::rarity::FactRarity;
use parallax::align::scores::{Yardstick, features};
use parallax::align::tone::ToneAxis;
use parallax::embed::Embedder;
use parallax::ingest::{IngestOptions, Input};
use parallax::jobs::prepare;
use parallax::lang::Language;
use serde::Deserialize;

use crate::{Row, data, vectors};

/// One pair of the set.
#[derive(Deserialize)]
struct Entry {
    left: Side,
    right: Side,
    gold: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
struct Side {
    lang: String,
    text: String,
}

/// A pair of the set as the aligner sees it.
pub(crate) struct Rated {
    /// Languages, e.g. `de-en`.
    pub(crate) languages: String,
    /// The evidence.
    pub(crate) features: SimilarityFeatures,
    /// The human rating, 0..1, 1 = the same.
    pub(crate) rating: f64,
}

/// Runs the section.
pub(crate) fn run(embedder: &Embedder) -> Vec<Row> {
    let rated = rated(embedder);
    let mut groups: BTreeMap<&str, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    for pair in &rated {
        let overall = f64::from(parameters().similarity.overall(&pair.features));
        for group in [pair.languages.as_str(), "all"] {
            let (ours, theirs) = groups.entry(group).or_default();
            ours.push(overall);
            theirs.push(pair.rating);
        }
    }
    groups
        .iter()
        .map(|(group, (ours, theirs))| Row {
            section: "similarity",
            name: format!("Pearson overall {group}"),
            value: pearson(ours, theirs),
            unit: "r",
        })
        .collect()
}

/// The pairs of the set with their evidence.
pub(crate) fn rated(embedder: &Embedder) -> Vec<Rated> {
    let text = std::fs::read_to_string(data().join("similarity/news_pairs.jsonl"))
        .expect("the set is readable");
    let entries: Vec<Entry> =
        text.lines().map(|line| serde_json::from_str(line).expect("a sound line")).collect();
    let tone = ToneAxis::new(embedder).expect("the engine runs");
    let mut yardstick =
        Yardstick { rarity: FactRarity::default(), background: Background::new(&tone), tone };
    let pairs: Vec<(Article, Article, &Entry)> = entries
        .iter()
        .filter_map(|entry| {
            Some((article(&entry.left, embedder)?, article(&entry.right, embedder)?, entry))
        })
        .collect();
    pairs
        .into_iter()
        .map(|(left, right, entry)| {
            let articles = [left, right];
            yardstick.rarity = FactRarity::new(&articles);
            let [left, right] = &articles;
            let linked = comparable::link(left, right, &yardstick.background, &yardstick.rarity);
            Rated {
                languages: format!("{}-{}", entry.left.lang, entry.right.lang),
                features: features(left, right, &linked, &yardstick),
                rating: (4.0 - entry.gold["overall"]) / 3.0,
            }
        })
        .collect()
}

/// One side of a pair, read as a user's file would be.
fn article(side: &Side, embedder: &Embedder) -> Option<Article> {
    let input = Input::Bytes { name: "pair".to_owned(), bytes: side.text.clone().into_bytes() };
    let options =
        IngestOptions { language: Language::from_code(&side.lang), ..IngestOptions::default() };
    let mut articles = prepare::read(&[input], &options).articles;
    vectors::embed_articles(embedder, &mut articles);
    articles.pop()
}

/// Pearson's correlation of two lists of equal length.
pub(crate) fn pearson(one: &[f64], other: &[f64]) -> f64 {
    let count = one.len() as f64;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / count;
    let (mean_one, mean_other) = (mean(one), mean(other));
    let (mut both, mut first, mut second) = (0.0, 0.0, 0.0);
    for (a, b) in one.iter().zip(other) {
        let (a, b) = (a - mean_one, b - mean_other);
        both += a * b;
        first += a * a;
        second += b * b;
    }
    both / (first * second).sqrt()
}
