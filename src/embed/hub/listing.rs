//! The files of a model on the hub, and which of them are wanted.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use serde::Deserialize;
use serde_json::Value;

use super::client::Client;
use crate::error::HubProblem;
use crate::{Error, Result};

/// Most bytes of the list of files.
const MOST_BYTES: u64 = 16 << 20;
/// Files that say what a model is, beside the encoder or in the folder of a module.
const DESCRIPTIONS: [&str; 6] = [
    "config.json",
    "tokenizer.json",
    "modules.json",
    "sentence_bert_config.json",
    "sentence_xlm-roberta_config.json",
    "config_sentence_transformers.json",
];
/// Float weights of an encoder or of another module.
const FLOATS: &str = "model.safetensors";
/// The folder of an encoder that does not lie beside the list of modules.
const ENCODER_FOLDERS: [&str; 2] = ["", "0_Transformer/"];

/// What is on the hub.
pub(super) struct Listing {
    pub(super) name: String,
    pub(super) commit: String,
    pub(super) licence: Option<String>,
    pub(super) languages: Vec<String>,
    files: BTreeMap<String, RemoteFile>,
}

/// A file on the hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RemoteFile {
    pub(super) name: String,
    pub(super) size: u64,
    pub(super) hash: Hash,
}

/// What a file is compared with, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hash {
    /// Of the content.
    Sha256(String),
    /// Of the content with git's head before it.
    GitSha1(String),
}

/// The hub's answer.
#[derive(Deserialize)]
struct Answer {
    sha: String,
    #[serde(default, rename = "cardData")]
    card: Card,
    siblings: Vec<Sibling>,
}

/// What the authors say.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Card {
    license: Value,
    language: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sibling {
    rfilename: String,
    size: Option<u64>,
    blob_id: Option<String>,
    lfs: Option<Lfs>,
}

#[derive(Deserialize)]
struct Lfs {
    sha256: String,
    size: u64,
}

impl Listing {
    /// Asks the hub for the files of a model.
    ///
    /// # Errors
    /// [`Error::Hub`] if there is no such model, or no answer that makes sense.
    pub(super) fn fetch(client: &Client, name: &str, revision: &str) -> Result<Self> {
        let address = client.listing(name, revision);
        let mut response = client.get(&address, 0)?;
        let text = response.body_mut().with_config().limit(MOST_BYTES).read_to_string();
        let text = text.map_err(|error| Error::Hub {
            address: address.clone(),
            problem: HubProblem::Unreachable(error.to_string()),
        })?;
        Self::read(name, &text)
            .map_err(|reason| Error::Hub { address, problem: HubProblem::Nonsense(reason) })
    }

    fn read(name: &str, text: &str) -> Result<Self, String> {
        let answer: Answer = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let mut files = BTreeMap::new();
        for sibling in answer.siblings {
            let Some(file) = sibling.described() else { continue };
            files.insert(file.name.clone(), file);
        }
        Ok(Self {
            name: name.to_owned(),
            commit: answer.sha,
            licence: answer.card.license.as_str().map(str::to_owned),
            languages: languages(&answer.card.language),
            files,
        })
    }

    /// The files that say what the model is, and what comes behind the encoder.
    pub(super) fn descriptions(&self) -> Vec<&RemoteFile> {
        let wanted = |file: &&RemoteFile| {
            let (folder, name) = file.name.rsplit_once('/').unwrap_or(("", &file.name));
            let number = folder.split('_').next().unwrap_or_default();
            let module = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            let encoder = folder == "0_Transformer";
            (folder.is_empty() || module) && DESCRIPTIONS.contains(&name)
                || module && !encoder && name == FLOATS
        };
        self.files.values().filter(wanted).collect()
    }

    /// The first of these graphs that is there, with what it keeps outside of its file.
    pub(super) fn graph(&self, graphs: &[&str]) -> Vec<&RemoteFile> {
        let names = ENCODER_FOLDERS
            .iter()
            .flat_map(|folder| graphs.iter().map(move |graph| format!("{folder}{graph}")));
        let found = names.into_iter().find_map(|name| self.files.get(&name));
        let data = found.and_then(|graph| self.files.get(&format!("{}_data", graph.name)));
        found.into_iter().chain(data).collect()
    }

    /// The first of these sets of weights of which all files are there.
    pub(super) fn weights(&self, sets: &[&[&str]]) -> Vec<&RemoteFile> {
        let of = |folder: &str, set: &[&str]| -> Option<Vec<&RemoteFile>> {
            set.iter().map(|name| self.files.get(&format!("{folder}{name}"))).collect()
        };
        let mut sets =
            ENCODER_FOLDERS.iter().flat_map(|folder| sets.iter().map(move |set| (folder, set)));
        sets.find_map(|(folder, set)| of(folder, set)).unwrap_or_default()
    }

    /// The error of a model without weights that an engine reads.
    pub(super) fn unusable(&self, client: &Client, reads_floats: bool) -> Error {
        let of_encoder = |folder| self.files.contains_key(&format!("{folder}{FLOATS}"));
        let floats = ENCODER_FOLDERS.iter().any(of_encoder);
        let reason = match (floats, reads_floats) {
            (true, false) => {
                "it has float weights but no ONNX graph, and this build has no engine for them"
            }
            _ => "it has neither an ONNX graph nor weights as safetensors",
        };
        let address = client.address(&self.name);
        Error::Hub { address, problem: HubProblem::Unusable(reason.to_owned()) }
    }
}

impl Sibling {
    /// The file, if its name stays inside of a folder and there is something to compare it with.
    fn described(self) -> Option<RemoteFile> {
        let parts = Path::new(&self.rfilename).components();
        if !parts.into_iter().all(|part| matches!(part, Component::Normal(_))) {
            return None;
        }
        let (size, hash) = match (self.lfs, self.size, self.blob_id) {
            (Some(lfs), ..) => (lfs.size, Hash::Sha256(lfs.sha256)),
            (None, Some(size), Some(blob)) => (size, Hash::GitSha1(blob)),
            _ => return None,
        };
        Some(RemoteFile { name: self.rfilename, size, hash })
    }
}

/// Languages, which authors give as one code or as a list.
fn languages(value: &Value) -> Vec<String> {
    match value {
        Value::String(code) => vec![code.clone()],
        Value::Array(codes) => codes.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(names: &[&str]) -> Listing {
        let siblings: Vec<Value> = names
            .iter()
            .map(|name| serde_json::json!({ "rfilename": name, "size": 1, "blobId": "00" }))
            .collect();
        let answer = serde_json::json!({ "sha": "c0", "siblings": siblings,
            "cardData": { "license": "mit", "language": ["lt", "de"] } });
        Listing::read("a/b", &answer.to_string()).unwrap()
    }

    fn names<'f>(files: &[&'f RemoteFile]) -> Vec<&'f str> {
        files.iter().map(|file| file.name.as_str()).collect()
    }

    #[test]
    fn what_an_engine_reads_is_wanted_and_nothing_else() {
        let listing = listing(&[
            "README.md",
            "config.json",
            "tokenizer.json",
            "modules.json",
            "1_Pooling/config.json",
            "2_Dense/config.json",
            "2_Dense/model.safetensors",
            "2_Dense/pytorch_model.bin",
            "model.safetensors",
            "onnx/model.onnx",
            "onnx/model.onnx_data",
            "onnx/model_O4.onnx",
            "openvino/config.json",
            "../config.json",
        ]);
        let expected = [
            "1_Pooling/config.json",
            "2_Dense/config.json",
            "2_Dense/model.safetensors",
            "config.json",
            "modules.json",
            "tokenizer.json",
        ];
        assert_eq!(names(&listing.descriptions()), expected);
        let graph = listing.graph(&["onnx/model.onnx", "model.onnx"]);
        assert_eq!(names(&graph), ["onnx/model.onnx", "onnx/model.onnx_data"]);
        let weights = listing.weights(&[&["a", "b"], &["model.safetensors"]]);
        assert_eq!(names(&weights), ["model.safetensors"]);
        assert_eq!((listing.licence.as_deref(), listing.languages.len()), (Some("mit"), 2));
    }

    #[test]
    fn large_files_have_the_hash_of_their_content() {
        let answer = r#"{"sha": "c0", "siblings": [{"rfilename": "model.onnx", "size": 130, "blobId": "ff",
            "lfs": {"sha256": "aa", "size": 900, "pointerSize": 130}}, {"rfilename": "unknown"}]}"#;
        let listing = Listing::read("a", answer).unwrap();
        let graph = listing.graph(&["model.onnx"]);
        assert_eq!((graph[0].size, &graph[0].hash), (900, &Hash::Sha256("aa".to_owned())));
        assert_eq!(listing.files.len(), 1);
        assert!(Listing::read("a", "<html>").is_err());
    }
}
