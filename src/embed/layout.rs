//! Describes a model in the Hugging Face layout from its own files, where it comes without a manifest.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::manifest::{Manifest, ModelFile, Pooling, Role, SCHEMA};
use crate::{Error, Result};

/// What says that a folder holds a model in this layout.
pub(super) const CONFIG_FILE: &str = "config.json";

/// Where models in this layout keep their parts, the one to be taken before the others first.
const WEIGHTS: [&[&str]; 2] =
    [&["model.safetensors"], &["encoder.safetensors", "word_embeddings.safetensors"]];
const GRAPHS: [&str; 3] = ["onnx/model.onnx", "model.onnx", "onnx/model_quantized.onnx"];
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

/// How sentence-transformers makes one vector of the tokens' (`1_Pooling/config.json`).
#[derive(Deserialize, Default)]
#[serde(default)]
struct PoolingConfig {
    pooling_mode_cls_token: bool,
    pooling_mode_mean_tokens: bool,
}

/// The limit on tokens (`sentence_bert_config.json`).
#[derive(Deserialize, Default)]
#[serde(default)]
struct LengthConfig {
    max_seq_length: Option<usize>,
}

/// What is put before texts (`config_sentence_transformers.json`).
#[derive(Deserialize, Default)]
#[serde(default)]
struct PromptConfig {
    prompts: std::collections::BTreeMap<String, String>,
    default_prompt_name: Option<String>,
}

/// Describes the model in a folder.
///
/// # Errors
/// [`Error::Model`] names the file that is missing, broken, or asks for what no engine here computes.
pub(super) fn describe(directory: &Path) -> Result<Manifest> {
    let path = directory.join(CONFIG_FILE);
    let config: Config = read(&path)?;
    let positions = config.max_position_embeddings.saturating_sub(config.first_position(&path)?);
    let limit: LengthConfig = read_if_there(&directory.join("sentence_bert_config.json"))?;
    let name = directory.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Manifest {
        schema: SCHEMA.to_owned(),
        description: format!("a {} encoder in the Hugging Face layout", config.model_type),
        dim: config.hidden_size,
        pooling: pooling(directory)?,
        prefix: prefix(directory, &[&config.name, &name])?,
        max_tokens: limit.max_seq_length.unwrap_or(positions).min(positions),
        padding_id: config.pad_token_id,
        languages: Vec::new(),
        licence: "not stated".to_owned(),
        provenance: directory.display().to_string(),
        inner_layers: std::collections::BTreeMap::new(),
        files: files(directory)?,
        id: name,
    })
}

fn pooling(directory: &Path) -> Result<Pooling> {
    let path = directory.join("1_Pooling/config.json");
    if !path.is_file() {
        return Ok(Pooling::Mean);
    }
    let config: PoolingConfig = read(&path)?;
    match (config.pooling_mode_mean_tokens, config.pooling_mode_cls_token) {
        (true, false) => Ok(Pooling::Mean),
        (false, true) => Ok(Pooling::Cls),
        _ => Err(Error::Model {
            path,
            reason: "asks for a way to make one vector that is neither mean nor cls".to_owned(),
        }),
    }
}

/// What the model's own files say, or what the models of the E5 family were trained with.
fn prefix(directory: &Path, names: &[&str]) -> Result<String> {
    let config: PromptConfig = read_if_there(&directory.join("config_sentence_transformers.json"))?;
    let named = config.default_prompt_name.as_deref().unwrap_or("query");
    if let Some(prompt) = config.prompts.get(named) {
        return Ok(prompt.clone());
    }
    let is_e5 = |name: &&str| name.split(['/', '-', '_']).any(|part| part == "e5");
    Ok(if names.iter().any(is_e5) { "query: ".to_owned() } else { String::new() })
}

/// The files that engines and tokenizer read.
fn files(directory: &Path) -> Result<Vec<ModelFile>> {
    let there = |name: &&str| directory.join(name).is_file();
    let weights = WEIGHTS.iter().find(|names| names.iter().all(there));
    let graph = GRAPHS.iter().find(|name| there(name));
    if weights.is_none() && graph.is_none() {
        return Err(Error::Model {
            path: directory.to_owned(),
            reason: "holds neither model.safetensors nor onnx/model.onnx".to_owned(),
        });
    }
    let roles = [(Role::Config, CONFIG_FILE), (Role::Tokenizer, TOKENIZER)].into_iter();
    let weights = weights.into_iter().flat_map(|names| names.iter());
    let roles = roles.chain(weights.map(|name| (Role::Safetensors, *name)));
    let roles = roles.chain(graph.map(|name| (Role::Onnx, *name)));
    roles.map(|(role, name)| ModelFile::describe(directory, name, role)).collect()
}

fn read<T: DeserializeOwned>(path: &PathBuf) -> Result<T> {
    let broken = |reason: String| Error::Model { path: path.clone(), reason };
    let text = std::fs::read_to_string(path)
        .map_err(|error| broken(format!("cannot be read ({error})")))?;
    serde_json::from_str(&text)
        .map_err(|error| broken(format!("does not say what it should ({error})")))
}

fn read_if_there<T: DeserializeOwned + Default>(path: &PathBuf) -> Result<T> {
    if path.is_file() { read(path) } else { Ok(T::default()) }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let manifest = describe(folder(&files).path()).unwrap();
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
        let manifest = describe(folder(&files).path()).unwrap();
        assert_eq!((manifest.max_tokens, manifest.pooling), (128, Pooling::Cls));
        assert_eq!(manifest.prefix, "query: ", "a model of the E5 family");
        let prompts = r#"{"prompts": {"query": "Q: ", "passage": "P: "}}"#;
        let with_prompts = [&files[..4], &[("config_sentence_transformers.json", prompts)]];
        let manifest = describe(folder(&with_prompts.concat()).path()).unwrap();
        assert_eq!((manifest.max_tokens, manifest.prefix.as_str()), (512, "Q: "));
    }

    #[test]
    fn what_is_missing_or_unknown_is_named() {
        let gpt = BERT.replace("bert", "gpt2");
        let pooling = r#"{"pooling_mode_max_tokens": true}"#;
        let cases: [(&[(&str, &str)], &str); 5] = [
            (&[("tokenizer.json", "{}")], "config.json"),
            (&[("config.json", "{")], "config.json"),
            (&[("config.json", &gpt)], "gpt2"),
            (&[("config.json", BERT), ("tokenizer.json", "{}")], "model.safetensors"),
            (&[("config.json", BERT), ("1_Pooling/config.json", pooling)], "1_Pooling"),
        ];
        for (files, cause) in cases {
            let error = describe(folder(files).path()).unwrap_err().to_string();
            assert!(error.contains(cause), "{error}");
        }
    }
}
