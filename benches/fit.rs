//! Fits the weights of the aligner and prints them; `translation` and `translation-centre`, done only if asked, write
//! their data files.
//!
//! `cargo bench --bench fit`. The link weights come from pools made of `flores` (translations) and from the
//! sample articles (the same event told by different outlets), both counting alike; the weights of the score
//! sheet (`src/align/scores/scores.toml`) from the human ratings of `similarity`. `cargo bench --bench quality`
//! then measures the links on another set and cross-validates the score sheet; here the samples are
//! cross-validated by event. Arguments name what to fit: `lengths`
//! (`src/translation/checks/length.toml`), `names` (the weights of `src/facts/compare/name_conflicts.rs`), `negation` (those that `src/align/contrary.rs` could have), `links`, `scores`, `parallel` (`src/align/parallel/parallel.toml`, to documents made of
//! `flores`), `translation` (the heads in `src/translation/score`, to human ratings of translations).

// A bench talks to whoever runs it, and stops where something it needs is broken.
#![allow(clippy::expect_used, clippy::print_stdout)]

#[path = "quality/cross_validation.rs"]
mod cross_validation;
#[path = "quality/facts.rs"]
#[allow(dead_code)]
mod facts;
#[path = "fit/lengths.rs"]
mod lengths;
#[path = "quality/made.rs"]
#[allow(dead_code)]
mod made;
#[path = "fit/name_conflicts.rs"]
mod name_conflicts;
#[path = "quality/names.rs"]
#[allow(dead_code)]
mod names;
#[path = "quality/negation.rs"]
#[allow(dead_code)]
mod negation;
#[path = "fit/negation_weights.rs"]
mod negation_weights;
#[path = "fit/parallel.rs"]
mod parallel;
#[path = "quality/translation/planted.rs"]
mod planted;
#[path = "quality/pools.rs"]
mod pools;
#[path = "quality/random.rs"]
mod random;
#[path = "quality/translation/ratings.rs"]
mod ratings;
#[path = "quality/recall.rs"]
#[allow(dead_code)]
mod recall;
#[path = "quality/regression.rs"]
mod regression;
#[path = "fit/ridge.rs"]
mod ridge;
#[path = "quality/samples.rs"]
#[allow(dead_code)]
mod samples;
#[path = "quality/similarity.rs"]
#[allow(dead_code)]
mod similarity;
#[path = "fit/tables.rs"]
mod tables;
#[path = "fit/translation.rs"]
mod translation;
#[path = "fit/translation_centre.rs"]
mod translation_centre;
#[path = "fit/trees.rs"]
mod trees;
#[path = "quality/vectors.rs"]
mod vectors;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ndarray::Array1;
use parallax::align::Article;
use parallax::align::background::Background;
use parallax::align::comparable;
use parallax::align::parameters::LinkFeatures;
use parallax::align::rarity::FactRarity;
use parallax::align::tone::ToneAxis;
use parallax::embed::{EmbedOptions, Embedder};
use parallax::ingest::{IngestOptions, Input};
use parallax::jobs::prepare;
pub(crate) use recall::recall_and_precision;
use regression::{logistic_regression, matrix};

/// A row of the quality table, which the shared modules make.
#[allow(dead_code)]
pub(crate) struct Row {
    section: &'static str,
    name: String,
    value: f64,
    unit: &'static str,
}

/// Folder of the development sets.
pub(crate) fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data")
}

fn main() {
    if !data().is_dir() {
        println!("fit: skipped, there is no {}", data().display());
        return;
    }
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/multilingual-e5-small-europe");
    let embedder = Embedder::open(&model, &EmbedOptions::default()).expect("the model opens");
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let asked = |part: &str| wanted.is_empty() || wanted.iter().any(|name| name == part);
    if asked("lengths") {
        lengths::run();
    }
    if asked("names") {
        name_conflicts::run();
    }
    if asked("negation") {
        negation_weights::run(&embedder);
    }
    if asked("links") {
        links(&embedder);
    }
    if asked("scores") {
        scores(&embedder);
    }
    if asked("parallel") {
        parallel::run(&embedder);
    }
    if wanted.iter().any(|name| name == "translation-centre") {
        translation_centre::run(&embedder);
    }
    if wanted.iter().any(|name| name == "translation") {
        translation::run(&embedder);
    }
}

/// Judged pairs of sentences: evidence with a leading 1, whether they say the same, and how much each counts.
#[derive(Default, Clone)]
struct Examples {
    features: Vec<Vec<f64>>,
    labels: Vec<f64>,
    weights: Vec<f64>,
}

impl Examples {
    fn add(&mut self, features: &LinkFeatures, same: bool) {
        let mut row = vec![1.0];
        row.extend(features.values().map(f64::from));
        self.features.push(row);
        self.labels.push(f64::from(u8::from(same)));
        self.weights.push(1.0);
    }

    /// The examples of both, the second's true pairs counting as much in all as the first's.
    fn joined(mut self, other: &Self) -> Self {
        let factor = self.labels.iter().sum::<f64>() / other.labels.iter().sum::<f64>();
        self.features.extend(other.features.iter().cloned());
        self.labels.extend(&other.labels);
        self.weights.extend(other.weights.iter().map(|weight| weight * factor));
        self
    }

    fn fit(&self) -> Array1<f64> {
        logistic_regression(
            &matrix(&self.features),
            &Array1::from(self.labels.clone()),
            &Array1::from(self.weights.clone()),
        )
    }
}

/// Logistic regression over judged pairs of pools in all directions and of the samples.
fn links(embedder: &Embedder) {
    let background = Background::new(&ToneAxis::new(embedder).expect("the engine runs"));
    let pools = pool_examples(embedder, &background);
    let events = sample_examples(embedder, &background);
    let names = ["intercept", "centred", "mutual", "surplus", "facts"];
    print_weights("link, pools alone", &names, &pools.fit());
    for (held_out, (name, examples)) in events.iter().enumerate() {
        let others = events.iter().enumerate().filter(|&(index, _)| index != held_out);
        let mut training = pools.clone();
        for (_, (_, other)) in others {
            training = training.joined(other);
        }
        let weights = training.fit();
        let alone = pools.fit();
        println!(
            "# {name} held out: F1 {:.3}, with pools alone {:.3}",
            f1(examples, &weights),
            f1(examples, &alone)
        );
    }
    let mut all = Examples::default();
    for (_, examples) in events {
        all.features.extend(examples.features);
        all.labels.extend(examples.labels);
        all.weights.extend(examples.weights);
    }
    print_weights("link", &names, &pools.joined(&all).fit());
}

/// F1 of the pairs whose probability is at least one half.
fn f1(examples: &Examples, weights: &Array1<f64>) -> f64 {
    let linked = matrix(&examples.features).dot(weights).mapv(|sum| sum >= 0.0);
    let true_pairs: f64 = examples.labels.iter().sum();
    let found = linked.iter().filter(|&&linked| linked).count() as f64;
    let right: f64 =
        linked.iter().zip(&examples.labels).filter(|(linked, _)| **linked).map(|(_, l)| l).sum();
    2.0 * right / (found + true_pairs)
}

fn pool_examples(embedder: &Embedder, background: &Background) -> Examples {
    let set = pools::LineSet::load("flores", "dev.", embedder);
    let mut examples = Examples::default();
    let count = pools::LANGUAGES.len();
    for (left, right) in (0..count).flat_map(|l| (0..count).map(move |r| (l, r))) {
        if left == right {
            continue;
        }
        let pools = pools::pools(&set, left, right, 2);
        for (index, pool) in pools.iter().enumerate() {
            // A pool, and its left side with the right side of an unrelated one.
            let unrelated = &pools[(index + pools.len() / 2) % pools.len()];
            for (right, truth) in [(&pool.right, &pool.truth[..]), (&unrelated.right, &[])] {
                let rarity = FactRarity::new(&[pool.left.clone(), right.clone()]);
                let linked = comparable::link(&pool.left, right, background, &rarity);
                for candidate in &linked.candidates {
                    let same = truth.contains(&(candidate.left, candidate.right));
                    examples.add(&candidate.features, same);
                }
            }
        }
    }
    examples
}

/// Judged pairs of the sample articles, by the event of the left one. Pairs of one event of which the truth
/// knows neither sentence are left out; of different events nothing is the same.
fn sample_examples(embedder: &Embedder, background: &Background) -> Vec<(String, Examples)> {
    let truth = samples::truth();
    let articles = articles(&samples::inputs(&truth), embedder);
    let rarity = FactRarity::new(&articles);
    let mut events: BTreeMap<String, Examples> = BTreeMap::new();
    for left in 0..articles.len() {
        for right in left + 1..articles.len() {
            let event = |index: usize| truth.documents[index].event.clone();
            let related = event(left) == event(right);
            let examples = events.entry(event(left)).or_default();
            let linked = comparable::link(&articles[left], &articles[right], background, &rarity);
            for candidate in &linked.candidates {
                let says = |document: usize, sentence: usize| {
                    let text = articles[document].sentence_text(sentence);
                    samples::claims_of(&truth, document, text)
                };
                let (one, other) = (says(left, candidate.left), says(right, candidate.right));
                if related && one.is_empty() && other.is_empty() {
                    continue;
                }
                examples.add(&candidate.features, one.iter().any(|claim| other.contains(claim)));
            }
        }
    }
    events.into_iter().collect()
}

/// Articles with vectors.
fn articles(inputs: &[Input], embedder: &Embedder) -> Vec<Article> {
    let mut articles = prepare::read(inputs, &IngestOptions::default()).articles;
    vectors::embed_articles(embedder, &mut articles);
    articles
}

/// The weights of the score sheet, from all ratings.
fn scores(embedder: &Embedder) {
    let rated = similarity::rated(embedder);
    for (respect, name) in similarity::RESPECTS.iter().enumerate() {
        let all: Vec<usize> = (0..rated.len()).collect();
        let fitted = cross_validation::fit(&rated, &all, respect);
        println!("\n[{name}]\nintercept = {:.3}", fitted.intercept);
        for (evidence, weight) in fitted.of.iter().filter(|(_, weight)| weight.abs() >= 0.0005) {
            println!("{evidence} = {weight:.3}");
        }
    }
}

fn print_weights(section: &str, names: &[&str], weights: &Array1<f64>) {
    println!("\n[{section}]");
    for (name, weight) in names.iter().zip(weights) {
        println!("{name} = {weight:.3}");
    }
}
