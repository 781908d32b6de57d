//! What sentence-transformers keeps beside an encoder: how one vector is made of the tokens' (`modules.json` and the
//! folders that it names), the limit on tokens, and what is put before texts.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::{broken, read, read_if_there};
use crate::Result;
use crate::embed::manifest::{Activation, DenseLayer, Pooling};

/// The list of modules.
pub(super) const MODULES_FILE: &str = "modules.json";
/// Where the pooling is described when there is no list.
const POOLING_FOLDER: &str = "1_Pooling";
const CONFIG_FILE: &str = "config.json";
/// Weights of a dense layer, and the form of them that cannot be read here.
const WEIGHTS_FILE: &str = "model.safetensors";
const PICKLED_FILE: &str = "pytorch_model.bin";
/// Names that the limit on tokens has been kept under.
const LENGTH_FILES: [&str; 2] = ["sentence_bert_config.json", "sentence_xlm-roberta_config.json"];
const PROMPTS_FILE: &str = "config_sentence_transformers.json";

/// Names of functions as torch has them.
const ACTIVATIONS: [(&str, Activation); 3] =
    [("Identity", Activation::Identity), ("Tanh", Activation::Tanh), ("ReLU", Activation::Relu)];

/// What is done with the tokens' vectors.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Modules {
    /// The encoder's folder inside of the model's; empty where it is the same.
    pub(super) encoder: String,
    pub(super) pooling: Pooling,
    pub(super) dense: Vec<DenseLayer>,
    /// Numbers in a vector, where a layer says so.
    pub(super) dim: Option<usize>,
}

/// One entry of the list.
#[derive(Deserialize)]
struct Module {
    #[serde(default)]
    path: String,
    #[serde(rename = "type")]
    kind: String,
}

impl Module {
    /// The class without the packages before it.
    fn class(&self) -> &str {
        self.kind.rsplit('.').next().unwrap_or_default()
    }
}

/// How one vector is made of the tokens'. Of the ways below one has to be chosen; newer models name it in `pooling_mode`.
#[derive(Deserialize)]
#[serde(default)]
struct PoolingConfig {
    pooling_mode: Option<String>,
    pooling_mode_cls_token: bool,
    pooling_mode_mean_tokens: bool,
    pooling_mode_max_tokens: bool,
    pooling_mode_mean_sqrt_len_tokens: bool,
    pooling_mode_weightedmean_tokens: bool,
    pooling_mode_lasttoken: bool,
    include_prompt: bool,
}

impl Default for PoolingConfig {
    fn default() -> Self {
        Self {
            pooling_mode: None,
            pooling_mode_cls_token: false,
            pooling_mode_mean_tokens: false,
            pooling_mode_max_tokens: false,
            pooling_mode_mean_sqrt_len_tokens: false,
            pooling_mode_weightedmean_tokens: false,
            pooling_mode_lasttoken: false,
            include_prompt: true,
        }
    }
}

/// A dense layer.
#[derive(Deserialize)]
struct DenseConfig {
    out_features: usize,
    activation_function: String,
}

/// The limit on tokens.
#[derive(Deserialize, Default)]
#[serde(default)]
struct LengthConfig {
    max_seq_length: Option<usize>,
    do_lower_case: bool,
}

/// What is put before texts.
#[derive(Deserialize, Default)]
#[serde(default)]
struct PromptConfig {
    prompts: BTreeMap<String, String>,
    default_prompt_name: Option<String>,
}

impl Modules {
    /// Reads the list, or what stands for it in folders without one.
    ///
    /// # Errors
    /// [`Error::Model`] names the file that is broken or asks for what is not computed here.
    pub(super) fn read(directory: &Path) -> Result<Self> {
        let path = directory.join(MODULES_FILE);
        let mut modules = Self {
            encoder: String::new(),
            pooling: pooling(&directory.join(POOLING_FOLDER))?.unwrap_or(Pooling::Mean),
            dense: Vec::new(),
            dim: None,
        };
        if !path.is_file() {
            return Ok(modules);
        }
        let list: Vec<Module> = read(&path)?;
        let classes: Vec<&str> = list.iter().map(Module::class).collect();
        let usual = match classes.as_slice() {
            ["Transformer", "Pooling", after @ ..] => {
                let dense = after.strip_suffix(&["Normalize"]).unwrap_or(after);
                dense.iter().all(|&class| class == "Dense")
            }
            _ => false,
        };
        if !usual {
            let found = classes.join(", ");
            return Err(broken(
                &path,
                format!(
                    "lists the modules {found}; what is computed here is Transformer, Pooling, any number of Dense, Normalize"
                ),
            ));
        }
        modules.encoder = list[0].path.clone();
        let folder = directory.join(&list[1].path);
        modules.pooling = pooling(&folder)?.ok_or_else(|| {
            broken(&folder.join(CONFIG_FILE), "is missing where modules.json names it".to_owned())
        })?;
        for module in list.iter().filter(|module| module.class() == "Dense") {
            let (layer, outputs) = dense(directory, &module.path)?;
            modules.dense.push(layer);
            modules.dim = Some(outputs);
        }
        Ok(modules)
    }
}

/// The pooling that a folder describes, if it is there.
fn pooling(folder: &Path) -> Result<Option<Pooling>> {
    let path = folder.join(CONFIG_FILE);
    if !path.is_file() {
        return Ok(None);
    }
    let config: PoolingConfig = read(&path)?;
    let others = config.pooling_mode_max_tokens
        || config.pooling_mode_mean_sqrt_len_tokens
        || config.pooling_mode_weightedmean_tokens
        || config.pooling_mode_lasttoken;
    let named = config.pooling_mode.as_deref();
    if !config.include_prompt {
        let reason = "leaves what is put before texts out of the mean, which is not computed here";
        return Err(broken(&path, reason.to_owned()));
    }
    match (named, config.pooling_mode_mean_tokens, config.pooling_mode_cls_token, others) {
        (Some("mean"), ..) | (None, true, false, false) => Ok(Some(Pooling::Mean)),
        (Some("cls"), ..) | (None, false, true, false) => Ok(Some(Pooling::Cls)),
        _ => Err(broken(
            &path,
            "asks for a way to make one vector that is neither mean nor cls".to_owned(),
        )),
    }
}

/// A dense layer, and how many numbers it gives.
fn dense(directory: &Path, name: &str) -> Result<(DenseLayer, usize)> {
    let folder = directory.join(name);
    let path = folder.join(CONFIG_FILE);
    let config: DenseConfig = read(&path)?;
    let function = config.activation_function.rsplit('.').next().unwrap_or_default();
    let known = ACTIVATIONS.iter().find(|(known, _)| *known == function);
    let Some(&(_, activation)) = known else {
        return Err(broken(&path, format!("has the activation {function:?}, which is not known")));
    };
    let weights = folder.join(WEIGHTS_FILE);
    if !weights.is_file() {
        let reason =
            format!("is missing; {PICKLED_FILE} can run code when it is read, so it is not");
        return Err(broken(&weights, reason));
    }
    let file = format!("{}/{WEIGHTS_FILE}", name.trim_end_matches('/'));
    Ok((DenseLayer { file, activation }, config.out_features))
}

/// The limit on tokens that a model sets below the encoder's.
///
/// # Errors
/// [`Error::Model`] if a file is broken, or wants texts in small letters, which the tokenizer has to see to.
pub(super) fn limit(encoder: &Path) -> Result<Option<usize>> {
    for name in LENGTH_FILES {
        let path = encoder.join(name);
        let config: LengthConfig = read_if_there(&path)?;
        if config.do_lower_case {
            let reason = "wants texts in small letters, which is left to the tokenizer here";
            return Err(broken(&path, reason.to_owned()));
        }
        if config.max_seq_length.is_some() {
            return Ok(config.max_seq_length);
        }
    }
    Ok(None)
}

/// What the model's own files put before every text, if they say: what they call the default, or else that for queries,
/// as texts are compared with texts of the same kind.
///
/// # Errors
/// [`Error::Model`] if the file is broken.
pub(super) fn prompt(directory: &Path) -> Result<Option<String>> {
    let config: PromptConfig = read_if_there(&directory.join(PROMPTS_FILE))?;
    let named = config.default_prompt_name.as_deref().unwrap_or("query");
    Ok(config.prompts.get(named).cloned())
}
