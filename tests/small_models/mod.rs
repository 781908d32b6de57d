//! Small encoders with random weights, as files in the Hugging Face layout and written out, so that engines have something
//! to be compared with that nobody computed with them.

#![allow(
    dead_code,
    unused_imports,
    reason = "each test that takes this module in uses a part of it"
)]

mod graph;
mod written_out;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ndarray::Array2;
use serde_json::{Value, json};

pub(crate) use self::graph::onnx;
pub(crate) use self::written_out::{dense, written_out};

/// Sizes of the encoders.
pub(crate) const HIDDEN: usize = 16;
pub(crate) const INNER: usize = 32;
pub(crate) const HEADS: usize = 2;
pub(crate) const LAYERS: usize = 3;
pub(crate) const WORDS: usize = 40;
pub(crate) const POSITIONS: usize = 24;
/// The token that fills short rows.
pub(crate) const PADDING: usize = 1;
pub(crate) const EPSILON: f32 = 1e-12;

/// Tensors by name, one of one dimension as a matrix of one row.
pub(crate) type Tensors = BTreeMap<String, Array2<f32>>;

/// A family of encoders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Bert,
    XlmRoberta,
}

impl Family {
    /// Its name in `config.json`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bert => "bert",
            Self::XlmRoberta => "xlm-roberta",
        }
    }

    /// The position of a text's first token.
    pub(crate) fn first_position(self) -> usize {
        match self {
            Self::Bert => 0,
            Self::XlmRoberta => PADDING + 1,
        }
    }
}

/// Numbers without a pattern, the same in every run.
fn random(rows: usize, columns: usize, centre: f32, state: &mut u64) -> Array2<f32> {
    Array2::from_shape_simple_fn((rows, columns), || {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        centre + ((*state >> 40) as f32 / (1 << 24) as f32 - 0.5) * 0.6
    })
}

/// An encoder with random weights.
pub(crate) fn random_tensors() -> Tensors {
    let mut state = 11_u64;
    let mut tensors = Tensors::new();
    let mut add = |name: String, rows: usize, columns: usize, centre: f32| {
        tensors.insert(name, random(rows, columns, centre, &mut state));
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

/// A dense layer with random weights.
pub(crate) fn random_dense(inputs: usize, outputs: usize) -> Tensors {
    let mut state = 29_u64;
    Tensors::from([
        ("linear.weight".to_owned(), random(outputs, inputs, 0.0, &mut state)),
        ("linear.bias".to_owned(), random(1, outputs, 0.0, &mut state)),
    ])
}

/// A file of tensors: the length of the head, the head as JSON, the numbers.
pub(crate) fn safetensors(tensors: &Tensors, prefix: &str) -> Vec<u8> {
    let (mut head, mut data) = (serde_json::Map::new(), Vec::new());
    for (name, tensor) in tensors {
        let start = data.len();
        data.extend(tensor.iter().flat_map(|number| number.to_le_bytes()));
        let vector = name.ends_with("bias") || name.contains("LayerNorm");
        let shape = if vector { vec![tensor.len()] } else { tensor.shape().to_vec() };
        let offsets = [start, data.len()];
        let entry = json!({ "dtype": "F32", "shape": shape, "data_offsets": offsets });
        head.insert(format!("{prefix}{name}"), entry);
    }
    let head = serde_json::to_vec(&head).unwrap();
    [&(head.len() as u64).to_le_bytes(), head.as_slice(), &data].concat()
}

/// `config.json` of an encoder.
pub(crate) fn config(family: Family) -> Value {
    json!({
        "model_type": family.name(), "hidden_size": HIDDEN, "num_hidden_layers": LAYERS, "num_attention_heads": HEADS,
        "intermediate_size": INNER, "max_position_embeddings": POSITIONS, "type_vocab_size": 2,
        "layer_norm_eps": EPSILON, "hidden_act": "gelu", "vocab_size": WORDS, "pad_token_id": PADDING,
        "hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.1, "initializer_range": 0.02,
    })
}

/// `tokenizer.json` of so many words: `w5` is token 5, every text stands between 0 and 2, what is unknown is 3.
pub(crate) fn tokenizer(words: usize) -> Value {
    let word = |id: usize| (if id == 3 { "[UNK]".into() } else { format!("w{id}") }, id.into());
    let words: serde_json::Map<String, Value> = (0..words).map(word).collect();
    json!({
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
    })
}

/// Writes a file below a folder.
pub(crate) fn write(directory: &Path, name: &str, content: impl AsRef<[u8]>) {
    let path = directory.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// A model with its weights as floats and as a graph.
pub(crate) fn small_model(family: Family, tensors: &Tensors) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    write(directory.path(), "config.json", config(family).to_string());
    write(directory.path(), "tokenizer.json", tokenizer(WORDS).to_string());
    write(directory.path(), "model.safetensors", safetensors(tensors, ""));
    write(directory.path(), "onnx/model.onnx", onnx(family, tensors));
    directory
}

/// What sentence-transformers puts beside an encoder for LaBSE: the first token's vector and a layer behind it.
pub(crate) fn add_dense(directory: &Path, layer: &Tensors) {
    let outputs = layer["linear.weight"].nrows();
    let classes = ["Transformer", "Pooling", "Dense", "Normalize"];
    let modules = classes.iter().enumerate().map(|(number, class)| {
        let path = if number == 0 { String::new() } else { format!("{number}_{class}") };
        json!({ "idx": number, "name": number.to_string(), "path": path,
            "type": format!("sentence_transformers.models.{class}") })
    });
    write(directory, "modules.json", Value::Array(modules.collect()).to_string());
    let pooling = json!({ "word_embedding_dimension": HIDDEN, "pooling_mode_cls_token": true,
        "pooling_mode_mean_tokens": false });
    write(directory, "1_Pooling/config.json", pooling.to_string());
    let dense = json!({ "in_features": HIDDEN, "out_features": outputs, "bias": true,
        "activation_function": "torch.nn.modules.activation.Tanh" });
    write(directory, "2_Dense/config.json", dense.to_string());
    write(directory, "2_Dense/model.safetensors", safetensors(layer, ""));
}
