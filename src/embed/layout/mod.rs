//! Describes a model in the Hugging Face layout from its own files, where it comes without a manifest.

mod modules;

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use self::modules::{MODULES_FILE, Modules};
use super::manifest::{Manifest, ModelFile, Role, SCHEMA};
use crate::{Error, Result};

/// What says that a folder holds a model in this layout.
const CONFIG_FILE: &str = "config.json";

/// Where models in this layout keep their parts, the one to be taken before the others first.
pub(super) const WEIGHTS: &[&[&str]] =
    &[&["model.safetensors"], &["encoder.safetensors", "word_embeddings.safetensors"]];
pub(super) const GRAPHS: &[&str] = &["onnx/model.onnx", "model.onnx", "onnx/model_quantized.onnx"];
const TOKENIZER: &str = "tokenizer.json";

/// Families of encoders, and how many positions stand before the first token's.
const FAMILIES: [(&str, Offset); 3] = [
    ("bert", Offset::None),
    ("roberta", Offset::AfterPadding),
    ("xlm-roberta", Offset::AfterPadding),
];

/// Where the positions of tokens begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offset {
    /// At 0.
    None,
    /// After the number of the padding token.
    AfterPadding,
}

/// The encoder's own description.
#[derive(Deserialize)]
struct Config {
    model_type: String,
    hidden_size: usize,
    max_position_embeddings: usize,
    #[serde(default)]
    pad_token_id: u32,
    vocab_size: Option<usize>,
    #[serde(default, rename = "_name_or_path")]
    name: String,
}

impl Config {
    /// The position of a text's first token.
    fn first_position(&self, path: &Path) -> Result<usize> {
        let family = FAMILIES.iter().find(|(name, _)| *name == self.model_type);
        match family {
            Some((_, Offset::None)) => Ok(0),
            Some((_, Offset::AfterPadding)) => Ok(self.pad_token_id as usize + 1),
            None => {
                let known = FAMILIES.map(|(name, _)| name).join(", ");
                let reason = format!("is of the type {:?}; known are {known}", self.model_type);
                Err(Error::Model { path: path.to_owned(), reason })
            }
        }
    }
}

/// The position of a text's first token, as the encoder's `config.json` implies it.
///
/// # Errors
/// [`Error::Model`] if the file is broken or describes an encoder of an unknown family.
#[cfg(feature = "rust-bert")]
pub(super) fn first_position(path: &PathBuf) -> Result<usize> {
    read::<Config>(path)?.first_position(path)
}

/// Whether a folder holds a model in this layout.
pub(super) fn is_one(directory: &Path) -> bool {
    [CONFIG_FILE, MODULES_FILE].iter().any(|name| directory.join(name).is_file())
}

/// What a model's own files say about it.
struct Description {
    modules: Modules,
    config: Config,
    /// Positions for the tokens of a text.
    positions: usize,
    /// Most tokens that the model wants, where it says so.
    limit: Option<usize>,
}

impl Description {
    fn read(directory: &Path) -> Result<Self> {
        let modules = Modules::read(directory)?;
        let encoder = directory.join(&modules.encoder);
        let path = encoder.join(CONFIG_FILE);
        let config: Config = read(&path)?;
        let first = config.first_position(&path)?;
        let positions = config.max_position_embeddings.saturating_sub(first);
        Ok(Self { modules, config, positions, limit: modules::limit(&encoder)? })
    }
}

/// Checks what a folder says about its model, before the weights are there.
///
/// # Errors
/// As [`describe`].
pub(super) fn check(directory: &Path) -> Result<()> {
    Description::read(directory).map(|_| ())
}

/// Describes the model in a folder, which is called as its folder is where it has no `name`.
///
/// # Errors
/// [`Error::Model`] names the file that is missing, broken, or asks for what no engine here computes.
pub(super) fn describe(directory: &Path, name: Option<&str>) -> Result<Manifest> {
    let Description { modules, config, positions, limit } = Description::read(directory)?;
    let folder = directory.file_name().unwrap_or_default().to_string_lossy();
    let name = name.unwrap_or(&folder).to_owned();
    Ok(Manifest {
        schema: SCHEMA.to_owned(),
        description: format!("a {} encoder in the Hugging Face layout", config.model_type),
        dim: modules.dim.unwrap_or(config.hidden_size),
        pooling: modules.pooling,
        prefix: prefix(directory, &[&config.name, &name])?,
        max_tokens: limit.unwrap_or(positions).min(positions),
        padding_id: config.pad_token_id,
        languages: Vec::new(),
        licence: "not stated".to_owned(),
        provenance: directory.display().to_string(),
        vocabulary: config.vocab_size,
        inner_layers: std::collections::BTreeMap::new(),
        files: files(directory, &modules)?,
        dense: modules.dense,
        id: name,
    })
}

/// What the model's own files say, or what the models of the E5 family were trained with.
fn prefix(directory: &Path, names: &[&str]) -> Result<String> {
    if let Some(prompt) = modules::prompt(directory)? {
        return Ok(prompt);
    }
    let is_e5 = |name: &&str| name.split(['/', '-', '_']).any(|part| part == "e5");
    Ok(if names.iter().any(is_e5) { "query: ".to_owned() } else { String::new() })
}

/// The files that engines and tokenizer read.
fn files(directory: &Path, modules: &Modules) -> Result<Vec<ModelFile>> {
    // Graphs stand beside the encoder, whatever folder that is in.
    let inside = |name: &str| match modules.encoder.trim_end_matches('/') {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    };
    let there = |name: &str| directory.join(inside(name)).is_file();
    let weights = WEIGHTS.iter().find(|names| names.iter().all(|name| there(name)));
    let graph = GRAPHS.iter().find(|name| there(name));
    if weights.is_none() && graph.is_none() {
        return Err(broken(
            directory,
            "holds neither model.safetensors nor onnx/model.onnx".to_owned(),
        ));
    }
    let mut files = vec![(Role::Config, inside(CONFIG_FILE)), (Role::Tokenizer, inside(TOKENIZER))];
    let weights = weights.into_iter().flat_map(|names| names.iter());
    files.extend(weights.map(|name| (Role::Safetensors, inside(name))));
    if let Some(graph) = graph {
        files.push((Role::Onnx, inside(graph)));
        let data = format!("{graph}_data");
        if there(&data) {
            files.push((Role::OnnxData, inside(&data)));
        }
    }
    files.extend(modules.dense.iter().map(|layer| (Role::Dense, layer.file.clone())));
    files.iter().map(|(role, name)| ModelFile::describe(directory, name, *role)).collect()
}

fn broken(path: &Path, reason: String) -> Error {
    Error::Model { path: path.to_owned(), reason }
}

fn read<T: DeserializeOwned>(path: &PathBuf) -> Result<T> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| broken(path, format!("cannot be read ({error})")))?;
    serde_json::from_str(&text)
        .map_err(|error| broken(path, format!("does not say what it should ({error})")))
}

fn read_if_there<T: DeserializeOwned + Default>(path: &PathBuf) -> Result<T> {
    if path.is_file() { read(path) } else { Ok(T::default()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embed::manifest::{Activation, Pooling};

    /// A folder with these files.
    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        folder
    }

    const BERT: &str = r#"{"model_type": "bert", "hidden_size": 8, "max_position_embeddings": 64, "pad_token_id": 3}"#;
    const XLM: &str = r#"{"model_type": "xlm-roberta", "hidden_size": 8, "max_position_embeddings": 514,
        "pad_token_id": 1, "_name_or_path": "intfloat/multilingual-e5-base"}"#;

    #[test]
    fn a_plain_encoder_is_described() {
        let files = [("config.json", BERT), ("tokenizer.json", "{}"), ("model.safetensors", "x")];
        let manifest = describe(folder(&files).path(), None).unwrap();
        assert_eq!((manifest.dim, manifest.max_tokens, manifest.padding_id), (8, 64, 3));
        assert_eq!((manifest.pooling, manifest.prefix.as_str()), (Pooling::Mean, ""));
        let roles: Vec<Role> = manifest.files.iter().map(|file| file.role).collect();
        assert_eq!(roles, [Role::Config, Role::Tokenizer, Role::Safetensors]);
        assert_eq!(manifest.files[2].size, 1);
    }

    #[test]
    fn the_models_own_files_decide() {
        let files = [
            ("config.json", XLM),
            ("tokenizer.json", "{}"),
            ("onnx/model.onnx", "x"),
            ("1_Pooling/config.json", r#"{"pooling_mode_cls_token": true}"#),
            ("sentence_bert_config.json", r#"{"max_seq_length": 128}"#),
        ];
        let manifest = describe(folder(&files).path(), None).unwrap();
        assert_eq!((manifest.max_tokens, manifest.pooling), (128, Pooling::Cls));
        assert_eq!(manifest.prefix, "query: ", "a model of the E5 family");
        let prompts = r#"{"prompts": {"query": "Q: ", "passage": "P: "}}"#;
        let with_prompts = [&files[..4], &[("config_sentence_transformers.json", prompts)]];
        let manifest = describe(folder(&with_prompts.concat()).path(), None).unwrap();
        assert_eq!((manifest.max_tokens, manifest.prefix.as_str()), (512, "Q: "));
    }

    const DENSE: &str = r#"{"in_features": 8, "out_features": 4, "bias": true,
        "activation_function": "torch.nn.modules.activation.Tanh"}"#;

    /// A list of modules of these classes, each in a folder of that name with its number but the first.
    fn modules(classes: &[&str]) -> String {
        let entry = |(number, class): (usize, &&str)| {
            let path = if number == 0 { String::new() } else { format!("{number}_{class}") };
            serde_json::json!({ "idx": number, "name": number.to_string(), "path": path,
                "type": format!("sentence_transformers.models.{class}") })
        };
        serde_json::to_string(&classes.iter().enumerate().map(entry).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn modules_between_pooling_and_norm_are_layers() {
        let list = modules(&["Transformer", "Pooling", "Dense", "Normalize"]);
        let mut files = vec![
            ("modules.json", list.as_str()),
            ("config.json", BERT),
            ("tokenizer.json", "{}"),
            ("model.safetensors", "x"),
            ("1_Pooling/config.json", r#"{"pooling_mode_cls_token": true}"#),
            ("2_Dense/config.json", DENSE),
            ("2_Dense/model.safetensors", "y"),
        ];
        let manifest = describe(folder(&files).path(), None).unwrap();
        assert_eq!((manifest.dim, manifest.pooling), (4, Pooling::Cls));
        assert_eq!(manifest.dense.len(), 1);
        assert_eq!(manifest.dense[0].activation, Activation::Tanh);
        assert_eq!(manifest.files.last().map(|file| file.role), Some(Role::Dense));
        files.pop();
        files.push(("2_Dense/pytorch_model.bin", "y"));
        let error = describe(folder(&files).path(), None).unwrap_err().to_string();
        assert!(error.contains("pytorch_model.bin"), "{error}");
    }

    #[test]
    fn an_encoder_may_lie_in_a_folder_of_its_own() {
        let list = modules(&["Transformer", "Pooling"]).replacen(
            "\"path\":\"\"",
            "\"path\":\"0_Transformer\"",
            1,
        );
        let files = [
            ("modules.json", list.as_str()),
            ("0_Transformer/config.json", BERT),
            ("0_Transformer/tokenizer.json", "{}"),
            ("0_Transformer/onnx/model.onnx", "x"),
            ("0_Transformer/onnx/model.onnx_data", "xx"),
            ("1_Pooling/config.json", r#"{"pooling_mode": "mean"}"#),
        ];
        let directory = folder(&files);
        assert!(is_one(directory.path()));
        let manifest = describe(directory.path(), None).unwrap();
        let names: Vec<&str> = manifest.files.iter().map(|file| file.name.as_str()).collect();
        let expected = ["config.json", "tokenizer.json", "onnx/model.onnx", "onnx/model.onnx_data"];
        assert_eq!(names, expected.map(|name| format!("0_Transformer/{name}")));
    }

    #[test]
    fn what_is_missing_or_unknown_is_named() {
        let gpt = BERT.replace("bert", "gpt2");
        let pooling = r#"{"pooling_mode_max_tokens": true}"#;
        let both = r#"{"pooling_mode_mean_tokens": true, "pooling_mode_max_tokens": true}"#;
        let without_prompt = r#"{"pooling_mode_mean_tokens": true, "include_prompt": false}"#;
        let lower = r#"{"max_seq_length": 9, "do_lower_case": true}"#;
        let order = modules(&["Transformer", "Normalize", "Pooling"]);
        let recurrent = modules(&["Transformer", "LSTM", "Pooling"]);
        let lone = modules(&["Transformer", "Pooling"]);
        let gelu = DENSE.replace("Tanh", "GELU");
        let dense = modules(&["Transformer", "Pooling", "Dense"]);
        let mean = r#"{"pooling_mode_mean_tokens": true}"#;
        let with_gelu = [
            ("modules.json", dense.as_str()),
            ("1_Pooling/config.json", mean),
            ("2_Dense/config.json", &gelu),
        ];
        let cases: [(&[(&str, &str)], &str); 12] = [
            (&[("config.json", BERT), ("1_Pooling/config.json", both)], "1_Pooling"),
            (
                &[("config.json", BERT), ("1_Pooling/config.json", without_prompt)],
                "out of the mean",
            ),
            (&[("config.json", BERT), ("sentence_bert_config.json", lower)], "small letters"),
            (&[("modules.json", &order)], "Normalize, Pooling"),
            (&[("modules.json", &recurrent)], "LSTM"),
            (&[("modules.json", &lone)], "1_Pooling"),
            (&with_gelu, "GELU"),
            (&[("tokenizer.json", "{}")], "config.json"),
            (&[("config.json", "{")], "config.json"),
            (&[("config.json", &gpt)], "gpt2"),
            (&[("config.json", BERT), ("tokenizer.json", "{}")], "model.safetensors"),
            (&[("config.json", BERT), ("1_Pooling/config.json", pooling)], "1_Pooling"),
        ];
        for (files, cause) in cases {
            let error = describe(folder(files).path(), None).unwrap_err().to_string();
            assert!(error.contains(cause), "{error}");
        }
    }
}
