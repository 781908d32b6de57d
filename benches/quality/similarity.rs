//! The score sheet: Pearson's r with the human ratings of `similarity`, cross-validated and with the weights
//! that ship, and documents of `ntrex` in two languages, which nobody rated.

use std::collections::BTreeMap;

use parallax::align::Article;
use parallax::align::background::Background;
use parallax::align::comparable;
use parallax::align::rarity::FactRarity;
use parallax::align::scores::evidence::{Evidence, evidence};
use parallax::align::scores::subjects::Subjects;
use parallax::align::scores::weights::weights;
use parallax::align::scores::{Yardstick, score_sheet};
use parallax::align::tone::ToneAxis;
use parallax::embed::Embedder;
use parallax::facts::FactCache;
use parallax::ingest::{IngestOptions, Input};
use parallax::jobs::prepare;
use parallax::lang::Language;
use serde::Deserialize;

use crate::cross_validation::cross_validated;
use crate::pools::{LANGUAGES, LineSet};
use crate::{Row, data, vectors};

/// What is rated, as the set and the score sheet call it.
pub(crate) const RESPECTS: [&str; 7] =
    ["overall", "narrative", "entities", "geography", "time", "style", "tone"];
/// Language pairs, either way round.
pub(crate) const GROUPS: [&str; 4] = ["en-en", "de-de", "de-en", "all"];

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
    /// Languages in alphabetical order, e.g. `de-en`.
    pub(crate) languages: String,
    /// Number of the first pair that has an article in common with this one, itself for most.
    pub(crate) group: usize,
    /// The evidence.
    pub(crate) evidence: Evidence,
    /// The human ratings in step with [`RESPECTS`], 0..1, 1 = the same.
    pub(crate) ratings: [f64; 7],
}

/// Runs the section.
#[allow(dead_code)]
pub(crate) fn run(embedder: &Embedder) -> Vec<Row> {
    let rated = rated(embedder);
    let mut rows = Vec::new();
    for (respect, name) in RESPECTS.iter().enumerate() {
        let shipped: Vec<f64> = rated.iter().map(|pair| shipped(&pair.evidence)[respect]).collect();
        let unseen = cross_validated(&rated, respect);
        for (group, (mean, deviation)) in GROUPS.iter().zip(unseen) {
            let mut push = |what: &str, r: f64| {
                let name = format!("{name} {group}{what}");
                rows.push(Row { section: "similarity", name, value: 100.0 * r, unit: "r, %" });
            };
            push("", mean);
            if *name == "overall" {
                push(", deviation over cuts", deviation);
                push(", weights that ship", correlation(&rated, group, respect, &shipped));
            }
        }
    }
    rows.extend(translations(embedder));
    rows
}

/// The scores with the weights that ship, in step with [`RESPECTS`].
fn shipped(evidence: &Evidence) -> [f64; 7] {
    weights().named().map(|(_, weights)| f64::from(weights.score(evidence)))
}

/// Correlation of one respect's scores with its ratings within a group of language pairs.
pub(crate) fn correlation(rated: &[Rated], group: &str, respect: usize, scores: &[f64]) -> f64 {
    let inside: Vec<usize> =
        (0..rated.len()).filter(|&i| group == "all" || rated[i].languages == group).collect();
    let ours: Vec<f64> = inside.iter().map(|&i| scores[i]).collect();
    let theirs: Vec<f64> = inside.iter().map(|&i| rated[i].ratings[respect]).collect();
    pearson(&ours, &theirs)
}

/// A document of `ntrex` and its translation should score high, two documents low.
fn translations(embedder: &Embedder) -> Vec<Row> {
    let set = LineSet::load("ntrex", "", embedder);
    let mut yardstick = yardstick(embedder);
    let mut rows = Vec::new();
    for (left, from) in LANGUAGES.iter().enumerate() {
        for (right, to) in LANGUAGES.iter().enumerate().skip(left + 1) {
            let articles = |language: usize| -> Vec<Article> {
                let documents = set.documents.iter().take(40);
                let mut articles: Vec<Article> =
                    documents.map(|lines| set.article(language, lines)).collect();
                vectors::embed_articles(embedder, &mut articles);
                articles
            };
            let (ours, theirs) = (articles(left), articles(right));
            let mut overall = |one: &Article, other: &Article| {
                yardstick.rarity = FactRarity::new(&[one.clone(), other.clone()]);
                let linked = comparable::link(one, other, &yardstick.background, &yardstick.rarity);
                f64::from(score_sheet(one, other, &linked, &yardstick).scores.overall)
            };
            let count = ours.len();
            let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
            let same: Vec<f64> = (0..count).map(|i| overall(&ours[i], &theirs[i])).collect();
            let others: Vec<f64> = (1..4)
                .flat_map(|step| (0..count).map(move |i| (i, (i + 7 * step) % count)))
                .map(|(i, j)| overall(&ours[i], &theirs[j]))
                .collect();
            let above = same.iter().flat_map(|s| others.iter().map(move |o| f64::from(s > o)));
            let figures = [
                ("translations, mean", mean(&same)),
                ("others below, mean", 1.0 - mean(&others)),
                ("translations above others", mean(&above.collect::<Vec<f64>>())),
            ];
            rows.extend(figures.map(|(name, value)| Row {
                section: "similarity",
                name: format!("{name} {from}-{to}"),
                value: 100.0 * value,
                unit: "%",
            }));
        }
    }
    rows
}

fn yardstick(embedder: &Embedder) -> Yardstick {
    let tone = ToneAxis::new(embedder).expect("the engine runs");
    let background = Background::new(embedder.space(), &tone);
    let subjects = Subjects::new(embedder).expect("the engine runs");
    Yardstick { rarity: FactRarity::default(), background, tone, subjects }
}

/// The pairs of the set with their evidence.
pub(crate) fn rated(embedder: &Embedder) -> Vec<Rated> {
    let text = std::fs::read_to_string(data().join("similarity/news_pairs.jsonl"))
        .expect("the set is readable");
    let entries: Vec<Entry> =
        text.lines().map(|line| serde_json::from_str(line).expect("a sound line")).collect();
    let mut yardstick = yardstick(embedder);
    let rated = |(entry, group): (&Entry, usize)| {
        let articles = [article(&entry.left, embedder)?, article(&entry.right, embedder)?];
        yardstick.rarity = FactRarity::new(&articles);
        let [left, right] = &articles;
        let linked = comparable::link(left, right, &yardstick.background, &yardstick.rarity);
        let mut languages = [entry.left.lang.as_str(), entry.right.lang.as_str()];
        languages.sort_unstable();
        Some(Rated {
            languages: languages.join("-"),
            group,
            evidence: evidence(left, right, &linked, &yardstick),
            ratings: RESPECTS.map(|respect| (4.0 - entry.gold[respect]) / 3.0),
        })
    };
    entries.iter().zip(groups(&entries)).filter_map(rated).collect()
}

/// The group of each pair: pairs that share an article, directly or by way of others, are in one.
fn groups(entries: &[Entry]) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..entries.len()).collect();
    let mut first_with = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        for side in [&entry.left, &entry.right] {
            let first = *first_with.entry(side.text.as_str()).or_insert(index);
            let (one, other) = (groups[index], groups[first]);
            for group in groups.iter_mut().filter(|group| **group == one.max(other)) {
                *group = one.min(other);
            }
        }
    }
    groups
}

/// One side of a pair, read as a user's file would be.
fn article(side: &Side, embedder: &Embedder) -> Option<Article> {
    let input = Input::Bytes { name: "pair".to_owned(), bytes: side.text.clone().into_bytes() };
    let options =
        IngestOptions { language: Language::from_code(&side.lang), ..IngestOptions::default() };
    let mut articles = prepare::read(&[input], &options, &FactCache::default()).articles;
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
