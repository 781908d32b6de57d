//! Every engine of this build on small models with random weights, layer by layer against the encoder written out, and the
//! ways from tokens' vectors to one: mean, first token, a dense layer behind it, what is put before texts.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod small_models;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ndarray::{Array1, ArrayView1, Axis, s};
use parallax::embed::engine::{ENGINES, EngineKind, TokenBatch};
use parallax::embed::manifest::{MANIFEST_FILE, Manifest, Role};
use parallax::embed::{EmbedOptions, Embedder};
use serde_json::json;

use small_models::{
    Family, HIDDEN, LAYERS, POSITIONS, Tensors, add_dense, dense, random_dense, random_tensors,
    small_model, write, written_out,
};

const FAMILIES: [Family; 2] = [Family::Bert, Family::XlmRoberta];

/// The engines that run any encoder of the family.
fn engines() -> Vec<&'static EngineKind> {
    ENGINES.iter().filter(|kind| ["rten", "rust-bert"].contains(&kind.name)).collect()
}

fn open(directory: &Path, engine: &EngineKind) -> Embedder {
    let options = EmbedOptions { engine: Some(engine.name.to_owned()), ..EmbedOptions::default() };
    Embedder::open(directory, &options).unwrap()
}

fn cosine(left: ArrayView1<f32>, right: ArrayView1<f32>) -> f32 {
    left.dot(&right) / (left.dot(&left) * right.dot(&right)).sqrt()
}

#[test]
fn every_layer_is_as_written_out() {
    let tensors = random_tensors();
    let batch = TokenBatch { ids: vec![0, 5, 2, 0, 17, 39, 8, 4, 21, 2], lengths: vec![3, 7] };
    for (family, engine) in FAMILIES.iter().flat_map(|f| engines().into_iter().map(move |e| (f, e)))
    {
        let directory = small_model(*family, &tensors);
        let mut manifest = Manifest::read(directory.path()).unwrap();
        assert_eq!(manifest.max_tokens, POSITIONS - family.first_position());
        manifest.inner_layers =
            (1..LAYERS).map(|layer| (layer, format!("layer.{layer}"))).collect();
        let opened = (engine.open)(directory.path(), &manifest, 2).unwrap();
        for layer in 1..LAYERS {
            let [last, inner] = opened.hidden_states_with(&batch, layer).unwrap();
            for tokens in batch.texts() {
                let ids = &batch.ids[tokens.clone()];
                let expected = written_out(&tensors, ids, family.first_position());
                for (found, layer) in [(&last, LAYERS), (&inner, layer)] {
                    let off = &found.slice(s![tokens.clone(), ..]) - &expected[layer - 1];
                    let off = off.iter().fold(0.0_f32, |most, number| most.max(number.abs()));
                    assert!(off < 1e-4, "{} {family:?} layer {layer}: {off}", engine.name);
                }
            }
        }
        assert!(opened.hidden_states_with(&batch, LAYERS + 1).is_err());
    }
}

/// A change to a model's folder, and the vector it should give for these tokens of the text `w5 w7 w9`.
struct Case {
    name: &'static str,
    change: fn(&Path),
    expected: fn(&Tensors, Family) -> Array1<f32>,
}

fn states(tensors: &Tensors, family: Family, ids: &[i32]) -> ndarray::Array2<f32> {
    written_out(tensors, ids, family.first_position()).pop().unwrap()
}

const TEXT: &str = "w5 w7 w9";
const IDS: [i32; 5] = [0, 5, 7, 9, 2];

const CASES: [Case; 6] = [
    Case {
        name: "mean where nothing is said",
        change: |_| {},
        expected: |tensors, family| states(tensors, family, &IDS).mean_axis(Axis(0)).unwrap(),
    },
    Case {
        name: "the first token",
        change: |folder| {
            write(folder, "1_Pooling/config.json", r#"{"pooling_mode_cls_token": true}"#)
        },
        expected: |tensors, family| states(tensors, family, &IDS).row(0).to_owned(),
    },
    Case {
        name: "a dense layer, as LaBSE has one",
        change: |folder| add_dense(folder, &random_dense(HIDDEN, 6)),
        expected: |tensors, family| {
            dense(&random_dense(HIDDEN, 6), states(tensors, family, &IDS).row(0))
        },
    },
    Case {
        name: "the prefix of the E5 family",
        change: |folder| {
            // The name alone says it; its words are not in the vocabulary.
            let mut config: serde_json::Value =
                serde_json::from_slice(&fs::read(folder.join("config.json")).unwrap()).unwrap();
            config["_name_or_path"] = json!("someone/small-e5-model");
            write(folder, "config.json", config.to_string());
        },
        expected: |tensors, family| {
            states(tensors, family, &[0, 3, 5, 7, 9, 2]).mean_axis(Axis(0)).unwrap()
        },
    },
    Case {
        name: "a prompt of the model's own",
        change: |folder| {
            let prompts = json!({ "prompts": { "query": "w30 ", "passage": "w31 " } });
            write(folder, "config_sentence_transformers.json", prompts.to_string());
        },
        expected: |tensors, family| {
            states(tensors, family, &[0, 30, 5, 7, 9, 2]).mean_axis(Axis(0)).unwrap()
        },
    },
    Case {
        name: "the list of modules without a layer",
        change: |folder| {
            let modules = json!([
                { "path": "", "type": "sentence_transformers.models.Transformer" },
                { "path": "pooling", "type": "sentence_transformers.models.Pooling" },
                { "path": "norm", "type": "sentence_transformers.models.Normalize" },
            ]);
            write(folder, "modules.json", modules.to_string());
            write(folder, "pooling/config.json", r#"{"pooling_mode": "cls"}"#);
        },
        expected: |tensors, family| states(tensors, family, &IDS).row(0).to_owned(),
    },
];

#[test]
fn one_vector_is_made_as_the_model_says() {
    let tensors = random_tensors();
    for family in FAMILIES {
        for case in &CASES {
            let directory = small_model(family, &tensors);
            (case.change)(directory.path());
            let expected = (case.expected)(&tensors, family);
            for engine in engines() {
                let embedder = open(directory.path(), engine);
                let found = embedder.embed(&["w30", TEXT, ""]).unwrap();
                assert_eq!(found.ncols(), embedder.manifest().dim);
                let agreement = cosine(found.row(1), expected.view());
                let name = case.name;
                assert!(agreement > 0.9999, "{name}, {}, {family:?}: {agreement}", engine.name);
            }
        }
    }
}

#[test]
fn a_long_text_is_the_mean_of_its_windows() {
    let tensors = random_tensors();
    let directory = small_model(Family::Bert, &tensors);
    write(directory.path(), "sentence_bert_config.json", r#"{"max_seq_length": 6}"#);
    // Four tokens a window, of which one is shared: 1 to 4, 4 to 7.
    let expected =
        states(&tensors, Family::Bert, &[0, 11, 12, 13, 14, 2]).mean_axis(Axis(0)).unwrap()
            + states(&tensors, Family::Bert, &[0, 14, 15, 16, 17, 2]).mean_axis(Axis(0)).unwrap();
    for engine in engines() {
        let found = open(directory.path(), engine).embed(&["w11 w12 w13 w14 w15 w16 w17"]).unwrap();
        let agreement = cosine(found.row(0), expected.view());
        assert!(agreement > 0.9999, "{}: {agreement}", engine.name);
    }
}

#[test]
fn a_manifest_says_the_same_as_the_models_own_files() {
    let tensors = random_tensors();
    let directory = small_model(Family::Bert, &tensors);
    add_dense(directory.path(), &random_dense(HIDDEN, 6));
    let described = Manifest::read(directory.path()).unwrap();
    assert_eq!((described.dim, described.dense.len()), (6, 1));
    let roles: BTreeMap<&str, Role> =
        described.files.iter().map(|file| (file.name.as_str(), file.role)).collect();
    assert_eq!(roles["2_Dense/model.safetensors"], Role::Dense);
    write(directory.path(), MANIFEST_FILE, serde_json::to_string(&described).unwrap());
    assert_eq!(Manifest::read(directory.path()).unwrap(), described);
}
