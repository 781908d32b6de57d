//! The engine rust-bert: against vectors of the same weights made elsewhere, against the 8-bit engine, and on small models with
//! random weights against the encoder written out.

#![cfg(feature = "rust-bert")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test without its model has failed; one without development data says that it was skipped"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ndarray::{Array1, Array2, ArrayView1, Axis, s};
use parallax::embed::engine::{self, TokenBatch};
use parallax::embed::manifest::{MANIFEST_FILE, Manifest};
use parallax::embed::{EmbedOptions, Embedder};

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
        inner_layers: BTreeMap::from([(8, "eight".to_owned())]),
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
    let exact = embedder.embed_tokens(&texts, 8).unwrap();
    let rounded = integers.embed_tokens(&texts, 8).unwrap();
    let mut cosines = Vec::new();
    for (exact, rounded) in exact.iter().zip(&rounded) {
        assert_eq!(exact.spans, rounded.spans);
        let tokens = exact.tokens.rows().into_iter().zip(rounded.tokens.rows());
        cosines.extend(tokens.map(|(exact, rounded)| cosine(exact, rounded)));
    }
    let mean = cosines.iter().sum::<f32>() / cosines.len() as f32;
    assert!(mean > 0.98, "token vectors of layer 8: {mean}");
}

/// Sizes of the small encoders.
const HIDDEN: usize = 16;
const INNER: usize = 32;
const HEADS: usize = 2;
const LAYERS: usize = 3;
const WORDS: usize = 40;
const POSITIONS: usize = 24;

/// Tensors by name.
type Tensors = BTreeMap<String, Array2<f32>>;

/// An encoder with random weights, the same in every run.
fn random_tensors() -> Tensors {
    let mut state = 11_u64;
    let mut tensors = Tensors::new();
    let mut add = |name: String, rows: usize, columns: usize, centre: f32| {
        let numbers = Array2::from_shape_simple_fn((rows, columns), || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            centre + ((state >> 40) as f32 / (1 << 24) as f32 - 0.5) * 0.6
        });
        tensors.insert(name, numbers);
    };
    add("embeddings.word_embeddings.weight".to_owned(), WORDS, HIDDEN, 0.0);
    add("embeddings.position_embeddings.weight".to_owned(), POSITIONS, HIDDEN, 0.0);
    add("embeddings.token_type_embeddings.weight".to_owned(), 2, HIDDEN, 0.0);
    let mut norms = vec!["embeddings.LayerNorm".to_owned()];
    for layer in 0..LAYERS {
        let layer = format!("encoder.layer.{layer}");
        for (part, inputs, outputs) in [
            ("attention.self.query", HIDDEN, HIDDEN),
            ("attention.self.key", HIDDEN, HIDDEN),
            ("attention.self.value", HIDDEN, HIDDEN),
            ("attention.output.dense", HIDDEN, HIDDEN),
            ("intermediate.dense", HIDDEN, INNER),
            ("output.dense", INNER, HIDDEN),
        ] {
            add(format!("{layer}.{part}.weight"), outputs, inputs, 0.0);
            add(format!("{layer}.{part}.bias"), 1, outputs, 0.0);
        }
        norms.push(format!("{layer}.attention.output.LayerNorm"));
        norms.push(format!("{layer}.output.LayerNorm"));
    }
    for norm in norms {
        add(format!("{norm}.weight"), 1, HIDDEN, 1.0);
        add(format!("{norm}.bias"), 1, HIDDEN, 0.0);
    }
    tensors
}

/// A file of tensors: the length of the head, the head as JSON, the numbers.
fn safetensors(tensors: &Tensors, prefix: &str) -> Vec<u8> {
    let (mut head, mut data) = (serde_json::Map::new(), Vec::new());
    for (name, tensor) in tensors {
        let start = data.len();
        data.extend(tensor.iter().flat_map(|number| number.to_le_bytes()));
        let vector = name.ends_with("bias") || name.contains("LayerNorm");
        let shape = if vector { vec![tensor.len()] } else { tensor.shape().to_vec() };
        let offsets = [start, data.len()];
        let entry = serde_json::json!({ "dtype": "F32", "shape": shape, "data_offsets": offsets });
        head.insert(format!("{prefix}{name}"), entry);
    }
    let head = serde_json::to_vec(&head).unwrap();
    [&(head.len() as u64).to_le_bytes(), head.as_slice(), &data].concat()
}

/// A model in the Hugging Face layout.
fn small_model(family: &str, prefix: &str, tensors: &Tensors) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    let config = serde_json::json!({
        "model_type": family, "hidden_size": HIDDEN, "num_hidden_layers": LAYERS, "num_attention_heads": HEADS,
        "intermediate_size": INNER, "max_position_embeddings": POSITIONS, "type_vocab_size": 2,
        "layer_norm_eps": 1e-12, "hidden_act": "gelu", "vocab_size": WORDS, "pad_token_id": 1,
        "hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.1, "initializer_range": 0.02,
    });
    let words: serde_json::Map<String, serde_json::Value> = (0..WORDS)
        .map(|id| (if id == 3 { "[UNK]".into() } else { format!("w{id}") }, id.into()))
        .collect();
    let tokenizer = serde_json::json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
        "pre_tokenizer": { "type": "WhitespaceSplit" }, "decoder": null,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [
                { "SpecialToken": { "id": "w0", "type_id": 0 } }, { "Sequence": { "id": "A", "type_id": 0 } },
                { "SpecialToken": { "id": "w2", "type_id": 0 } },
            ],
            "pair": [{ "Sequence": { "id": "A", "type_id": 0 } }, { "Sequence": { "id": "B", "type_id": 0 } }],
            "special_tokens": {
                "w0": { "id": "w0", "ids": [0], "tokens": ["w0"] }, "w2": { "id": "w2", "ids": [2], "tokens": ["w2"] },
            },
        },
        "model": { "type": "WordLevel", "vocab": words, "unk_token": "[UNK]" },
    });
    fs::write(directory.path().join("config.json"), config.to_string()).unwrap();
    fs::write(directory.path().join("tokenizer.json"), tokenizer.to_string()).unwrap();
    fs::write(directory.path().join("model.safetensors"), safetensors(tensors, prefix)).unwrap();
    directory
}

/// The encoder written out: the state after each layer, `[tokens, hidden]`.
fn written_out(tensors: &Tensors, ids: &[i32], first_position: usize) -> Vec<Array2<f32>> {
    let get = |name: &str| &tensors[name];
    let norm = |state: &Array2<f32>, name: &str| {
        let (scale, shift) = (get(&format!("{name}.weight")), get(&format!("{name}.bias")));
        let mean = state.mean_axis(Axis(1)).unwrap().insert_axis(Axis(1));
        let centred = state - &mean;
        let spread = centred.mapv(|x| x * x).mean_axis(Axis(1)).unwrap().mapv(f32::sqrt);
        centred / spread.insert_axis(Axis(1)) * scale + shift
    };
    let dense = |state: &Array2<f32>, name: &str| {
        state.dot(&get(&format!("{name}.weight")).t()) + get(&format!("{name}.bias"))
    };
    let mut state = Array2::zeros((ids.len(), HIDDEN));
    for (place, (mut row, &id)) in state.rows_mut().into_iter().zip(ids).enumerate() {
        let of = |name: &str, number: usize| {
            get(&format!("embeddings.{name}_embeddings.weight")).row(number).to_owned()
        };
        row.assign(
            &(of("word", id as usize)
                + of("position", first_position + place)
                + of("token_type", 0)),
        );
    }
    let mut state = norm(&state, "embeddings.LayerNorm");
    let mut states = Vec::new();
    for layer in 0..LAYERS {
        let layer = format!("encoder.layer.{layer}");
        let [query, key, value] = ["query", "key", "value"]
            .map(|part| dense(&state, &format!("{layer}.attention.self.{part}")));
        let mut context = Array2::zeros(state.raw_dim());
        let width = HIDDEN / HEADS;
        for head in 0..HEADS {
            let columns = s![.., head * width..(head + 1) * width];
            let mut scores =
                query.slice(columns).dot(&key.slice(columns).t()) / (width as f32).sqrt();
            for mut row in scores.rows_mut() {
                row.mapv_inplace(f32::exp);
                let sum = row.sum();
                row /= sum;
            }
            context.slice_mut(columns).assign(&scores.dot(&value.slice(columns)));
        }
        let attended = dense(&context, &format!("{layer}.attention.output.dense")) + &state;
        state = norm(&attended, &format!("{layer}.attention.output.LayerNorm"));
        let inner = dense(&state, &format!("{layer}.intermediate.dense"));
        let inner = inner.mapv(|x| x * share_below(x));
        let output = dense(&inner, &format!("{layer}.output.dense")) + &state;
        state = norm(&output, &format!("{layer}.output.LayerNorm"));
        states.push(state.clone());
    }
    states
}

/// The share of the normal distribution below x, by the series of its integral.
fn share_below(x: f32) -> f32 {
    let x = f64::from(x);
    let (mut term, mut sum) = (x, x);
    for step in 1..200 {
        term *= x * x / f64::from(2 * step + 1);
        sum += term;
    }
    (0.5 + sum * (-x * x / 2.0).exp() / std::f64::consts::TAU.sqrt()) as f32
}

#[test]
fn small_models_compute_what_is_written_out_layer_by_layer() {
    let tensors = random_tensors();
    for (family, prefix, first_position) in
        [("bert", "bert.", 0), ("xlm-roberta", "roberta.", 2), ("bert", "", 0)]
    {
        let directory = small_model(family, prefix, &tensors);
        let manifest = Manifest::read(directory.path()).unwrap();
        assert_eq!(manifest.max_tokens, POSITIONS - first_position);
        let engine =
            (engine::find("rust-bert").unwrap().open)(directory.path(), &manifest, 2).unwrap();
        let batch = TokenBatch { ids: vec![0, 5, 2, 0, 17, 39, 8, 4, 21, 2], lengths: vec![3, 7] };
        for layer in 1..=LAYERS {
            let [last, inner] = engine.hidden_states_with(&batch, layer).unwrap();
            for tokens in batch.texts() {
                let expected = written_out(&tensors, &batch.ids[tokens.clone()], first_position);
                let pairs = [(&last, LAYERS), (&inner, layer)];
                for (found, layer) in pairs {
                    let off = &found.slice(s![tokens.clone(), ..]) - &expected[layer - 1];
                    let off = off.iter().fold(0.0_f32, |most, number| most.max(number.abs()));
                    assert!(off < 1e-4, "{family} layer {layer}: {off}");
                }
            }
        }
        assert!(engine.hidden_states_with(&batch, LAYERS + 1).is_err());
        let long = vec![4; POSITIONS - first_position + 1];
        for ids in [vec![WORDS as i32], long] {
            let lengths = vec![ids.len()];
            assert!(engine.hidden_states(&TokenBatch { ids, lengths }).is_err());
        }
    }
}

#[test]
fn texts_go_through_a_model_without_a_manifest() {
    let tensors = random_tensors();
    let directory = small_model("bert", "", &tensors);
    let embedder = Embedder::open(directory.path(), &EmbedOptions::default()).unwrap();
    assert_eq!(embedder.engine_name(), "rust-bert", "the only engine that reads such weights");
    let found = embedder.embed(&["w5 w7 w9", "w30"]).unwrap();
    let states = written_out(&tensors, &[0, 5, 7, 9, 2], 0).pop().unwrap();
    let mean: Array1<f32> = states.mean_axis(Axis(0)).unwrap();
    assert!(cosine(found.row(0), mean.view()) > 0.9999);
}

#[test]
fn broken_weights_are_named() {
    let mut wrong: Vec<(Tensors, &str)> = Vec::new();
    let name = "encoder.layer.1.output.dense.weight";
    let mut missing = random_tensors();
    missing.remove(name);
    wrong.push((missing, "no tensor"));
    let mut shape = random_tensors();
    shape.insert(name.to_owned(), Array2::zeros((3, 3)));
    wrong.push((shape, "shape"));
    let mut numbers = random_tensors();
    numbers.get_mut(name).unwrap()[[0, 0]] = f32::NAN;
    wrong.push((numbers, "no numbers"));
    for (tensors, cause) in wrong {
        let directory = small_model("bert", "", &tensors);
        let error = open(directory.path(), "rust-bert").err().unwrap().to_string();
        assert!(error.contains(cause) && error.contains(name), "{error}");
        assert!(error.contains("model.safetensors"), "{error}");
    }
}
