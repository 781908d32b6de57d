//! Prints `src/align/centre.toml`: what the documents of each language have in common in the vector space of
//! the default model.
//!
//! `cargo bench --bench centre`. The documents are made of `flores`, which has the same ones in every
//! language and may be fitted to. Nothing is written.

// A bench talks to whoever runs it, and stops where something it needs is broken.
#![allow(clippy::expect_used, clippy::print_stdout)]

#[path = "quality/pools.rs"]
#[allow(dead_code)]
mod pools;
#[path = "quality/random.rs"]
#[allow(dead_code)]
mod random;
#[path = "quality/vectors.rs"]
mod vectors;

use std::path::{Path, PathBuf};

use ndarray::{Array1, Axis};
use parallax::align::centre::SCALE;
use parallax::embed::{EmbedOptions, Embedder};

/// Folder of the development sets.
pub(crate) fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data")
}

fn main() {
    if !data().is_dir() {
        println!("centre: skipped, there is no {}", data().display());
        return;
    }
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/multilingual-e5-small-europe");
    let embedder = Embedder::open(&model, &EmbedOptions::default()).expect("the model opens");
    let set = pools::LineSet::load("flores", "dev.", &embedder);
    println!("model = \"{}\"", embedder.manifest().id);
    for (language, vectors) in pools::LANGUAGES.iter().zip(&set.vectors) {
        let means: Vec<Array1<f32>> = set
            .documents
            .iter()
            .filter_map(|lines| vectors.select(Axis(0), lines).mean_axis(Axis(0)))
            .collect();
        let mut centre = Array1::<f32>::zeros(vectors.ncols());
        means.iter().for_each(|mean| centre += mean);
        centre /= means.len() as f32;
        println!("\n[[languages]]\nlanguage = \"{language}\"\nmean = [");
        let values: Vec<String> =
            centre.iter().map(|value| format!("{}", (value * SCALE).round())).collect();
        for line in values.chunks(24) {
            println!("    {},", line.join(", "));
        }
        println!("]");
    }
}
