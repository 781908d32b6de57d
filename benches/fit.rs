//! Fits the weights of the aligner and prints them; `translation`, `translation-centre` and `disagreement`, done only if
//! asked, write their data files.
//!
//! `cargo bench --bench fit`. The link weights (`src/align/comparable/comparable.toml`) come from pools made of
//! `flores` (translations) and from `benches/retellings` (stories told by different outlets); the weights of the score
//! sheet (`src/align/scores/scores.toml`) from the human ratings of `similarity`. `cargo bench --bench quality` then
//! measures the links on other sets and cross-validates the score sheet. Arguments name what to fit: `lengths`
//! (`src/translation/checks/length.toml`), `names` (the weights of `src/facts/compare/name_conflicts.rs` and `src/align/exchange.rs`), `negation`
//! (those that `src/align/contrary.rs` could have), `links`, `scores`, `parallel`
//! (`src/align/parallel/parallel.toml`, to documents made of `flores`), `translation` (the tables from which `models/score.py`
//! trains the network in `src/translation/score`), `disagreement` (those of `models/disagreement.py`).

// A bench talks to whoever runs it, and stops where something it needs is broken.
#![allow(clippy::expect_used, clippy::print_stdout)]

#[path = "quality/cross_validation.rs"]
mod cross_validation;
#[path = "fit/disagreement.rs"]
mod disagreement;
#[path = "quality/facts.rs"]
#[allow(dead_code)]
mod facts;
#[path = "fit/lengths.rs"]
mod lengths;
#[path = "fit/links.rs"]
mod links;
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
#[allow(dead_code)]
mod pools;
#[path = "quality/random.rs"]
mod random;
#[path = "quality/translation/ratings.rs"]
#[allow(dead_code)]
mod ratings;
#[path = "quality/recall.rs"]
#[allow(dead_code)]
mod recall;
#[path = "quality/regression.rs"]
mod regression;
#[path = "quality/retellings.rs"]
#[allow(dead_code)]
mod retellings;
#[path = "quality/similarity.rs"]
#[allow(dead_code)]
mod similarity;
#[path = "fit/translation.rs"]
mod translation;
#[path = "fit/translation_centre.rs"]
mod translation_centre;
#[path = "quality/vectors.rs"]
mod vectors;

use std::path::{Path, PathBuf};

use parallax::embed::{EmbedOptions, Embedder};
pub(crate) use recall::recall_and_precision;

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
        name_conflicts::run(&embedder);
    }
    if asked("negation") {
        negation_weights::run(&embedder);
    }
    if asked("links") {
        links::run(&embedder);
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
    if wanted.iter().any(|name| name == "disagreement") {
        disagreement::run(&embedder);
    }
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
