//! The engine rust-bert: against vectors of the same weights made elsewhere, against the 8-bit engine, and what it alone
//! does with small models; `small_encoders` compares it with the others.

#![cfg(feature = "rust-bert")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test without its model has failed; one without development data says that it was skipped"
)]

mod small_models;

use std::fs;
use std::path::{Path, PathBuf};

use ndarray::{Array2, ArrayView1, Axis};
use parallax::embed::engine::{self, TokenBatch};
use parallax::embed::manifest::{MANIFEST_FILE, Manifest};
use parallax::embed::{EmbedOptions, Embedder};

use small_models::{Family, POSITIONS, WORDS, written_out};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn default_model() -> PathBuf {
    root().join("models/multilingual-e5-small-europe")
}

fn open(directory: &Path, engine: &str) -> Result<Embedder, parallax::Error> {
    let options = EmbedOptions { engine: Some(engine.to_owned()), ..EmbedOptions::default() };
    Embedder::open(directory, &options)
}

fn cosine(left: ArrayView1<f32>, right: ArrayView1<f32>) -> f32 {
    left.dot(&right) / (left.dot(&left) * right.dot(&right)).sqrt()
}

/// The float weights of the default model with a manifest that gives its prefix; development data that need not be there.
fn float_model() -> Option<(tempfile::TempDir, serde_json::Value)> {
    let source = root().join("../shared/model");
    let Ok(reference) = fs::read_to_string(source.join("reference.json")) else {
        eprintln!("skipped: no {}", source.display());
        return None;
    };
    let directory = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(&source).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), directory.path().join(entry.file_name())).unwrap();
    }
    let own = Manifest::read(directory.path()).unwrap();
    let manifest = Manifest {
        files: own.files,
        inner_layers: [7, 8, 9].map(|layer| (layer, String::new())).into(),
        ..Manifest::read(&default_model()).unwrap()
    };
    let text = serde_json::to_string(&manifest).unwrap();
    fs::write(directory.path().join(MANIFEST_FILE), text).unwrap();
    Some((directory, serde_json::from_str(&reference).unwrap()))
}

#[test]
fn vectors_are_those_of_the_reference_and_of_the_8_bit_engine() {
    let Some((directory, reference)) = float_model() else { return };
    let sentences = reference["sentences"].as_array().unwrap();
    let texts: Vec<&str> = sentences.iter().map(|one| one["text"].as_str().unwrap()).collect();
    let embedder = open(directory.path(), "rust-bert").unwrap();
    let found = embedder.embed(&texts).unwrap();
    let integers = Embedder::open(&default_model(), &EmbedOptions::default()).unwrap();
    let rounded = integers.embed(&texts).unwrap();
    for (index, sentence) in sentences.iter().enumerate() {
        let vector: Vec<f32> = serde_json::from_value(sentence["vector"].clone()).unwrap();
        let agreement = cosine(found.row(index), ArrayView1::from(&vector));
        assert!(agreement >= 0.9999, "{:?}: {agreement}", texts[index]);
        let agreement = cosine(found.row(index), rounded.row(index));
        assert!(agreement >= 0.99, "{:?}: {agreement} to 8 bits", texts[index]);
    }
    // What leaves a layer of the 8-bit graph is shifted by a constant (its biases are folded into it), as which a mean goes.
    let rounded = centred_tokens(&integers, &texts, 8);
    let agreement = [7, 8, 9].map(|layer| {
        let exact = centred_tokens(&embedder, &texts, layer);
        assert_eq!(exact.dim(), rounded.dim());
        let tokens = exact.rows().into_iter().zip(rounded.rows());
        tokens.map(|(exact, rounded)| cosine(exact, rounded)).sum::<f32>() / exact.nrows() as f32
    });
    let [below, same, above] = agreement;
    assert!(same > 0.97 && same > below && same > above, "token vectors: {agreement:?}");
}

/// The vectors of all tokens at a layer with their mean taken out, `[tokens, dim]`.
fn centred_tokens(embedder: &Embedder, texts: &[&str], layer: usize) -> Array2<f32> {
    let tokens = embedder.embed_tokens(texts, layer).unwrap();
    let views: Vec<_> = tokens.iter().map(|text| text.tokens()).collect();
    let all = ndarray::concatenate(Axis(0), &views).unwrap();
    let mean = all.mean_axis(Axis(0)).unwrap();
    all - &mean
}

#[test]
fn more_tokens_than_the_weights_know_are_refused() {
    let tensors = small_models::random_tensors();
    let directory = small_models::small_model(Family::XlmRoberta, &tensors);
    let manifest = Manifest::read(directory.path()).unwrap();
    let engine = (engine::find("rust-bert").unwrap().open)(directory.path(), &manifest, 2).unwrap();
    let long = vec![4; POSITIONS - Family::XlmRoberta.first_position() + 1];
    for ids in [vec![WORDS as i32], long] {
        let lengths = vec![ids.len()];
        assert!(engine.hidden_states(&TokenBatch { ids, lengths }).is_err());
    }
}

#[test]
fn tensors_with_a_head_before_their_names_are_found() {
    let tensors = small_models::random_tensors();
    for (family, prefix) in [(Family::Bert, "bert."), (Family::XlmRoberta, "roberta.")] {
        let directory = small_models::small_model(family, &tensors);
        let file = small_models::safetensors(&tensors, prefix);
        small_models::write(directory.path(), "model.safetensors", file);
        let found = open(directory.path(), "rust-bert").unwrap().embed(&["w5 w7"]).unwrap();
        let states = written_out(&tensors, &[0, 5, 7, 2], family.first_position()).pop().unwrap();
        assert!(cosine(found.row(0), states.mean_axis(Axis(0)).unwrap().view()) > 0.9999);
    }
}

#[test]
fn a_graphics_card_gives_the_same_vectors_or_is_missed() {
    let directory = small_models::small_model(Family::Bert, &small_models::random_tensors());
    let texts = ["w5 w7 w9", "w30"];
    let on_card = open(directory.path(), "rust-bert-cuda").and_then(|model| model.embed(&texts));
    match on_card {
        Ok(found) => {
            let expected = open(directory.path(), "rust-bert").unwrap().embed(&texts).unwrap();
            for (found, expected) in found.rows().into_iter().zip(expected.rows()) {
                assert!(cosine(found, expected) > 0.9999);
            }
        }
        Err(error) => {
            assert!(!tch::Cuda::is_available(), "{error}");
            assert!(error.to_string().contains("no graphics card"), "{error}");
        }
    }
}

#[test]
fn folders_without_a_graph_are_left_to_this_engine() {
    let tensors = small_models::random_tensors();
    let directory = small_models::small_model(Family::Bert, &tensors);
    fs::remove_file(directory.path().join("onnx/model.onnx")).unwrap();
    let embedder = Embedder::open(directory.path(), &EmbedOptions::default()).unwrap();
    assert_eq!(embedder.engine_name(), "rust-bert", "the only engine that reads such weights");
}
