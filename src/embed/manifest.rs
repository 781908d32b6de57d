//! The manifest of a model: what it is, how it is used, and which files it consists of.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::layout;
use crate::{Error, Result};

/// Name of the manifest inside a model's directory.
pub const MANIFEST_FILE: &str = "manifest.json";

/// The only version of the manifest this library reads.
pub const SCHEMA: &str = "parallax.model/1";

/// Describes a sentence encoder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this description, [`SCHEMA`].
    pub schema: String,
    /// Short name, e.g. `multilingual-e5-small-europe`.
    pub id: String,
    /// What the model is, in one sentence.
    pub description: String,
    /// Length of the vectors.
    pub dim: usize,
    /// How token vectors become one vector.
    pub pooling: Pooling,
    /// Put before every text, as the model was trained.
    pub prefix: String,
    /// Most tokens of one input, special tokens included.
    pub max_tokens: usize,
    /// Token id that fills short rows of a batch.
    pub padding_id: u32,
    /// ISO 639-1 codes of the languages the model was adapted to or tested on.
    pub languages: Vec<String>,
    /// SPDX expression.
    pub licence: String,
    /// Where weights and tokenizer come from and what was done to them.
    pub provenance: String,
    /// Layers between pooling and norm, in their order; the last gives vectors of `dim` numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dense: Vec<DenseLayer>,
    /// Tokens that the weights know, where it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vocabulary: Option<usize>,
    /// Names under which the ONNX graph holds the token vectors of inner layers, by the layer's number from 1.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub inner_layers: BTreeMap<usize, String>,
    /// The files beside the manifest.
    pub files: Vec<ModelFile>,
}

/// How the token vectors of the last layer become one vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pooling {
    /// Mean over all tokens of the text, special tokens and prefix included.
    Mean,
    /// The first token.
    Cls,
}

/// A layer between pooling and norm: a product with a matrix, a shift, and a function of each number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DenseLayer {
    /// Its file, one of the role [`Role::Dense`].
    pub file: String,
    /// The function.
    pub activation: Activation,
}

/// What a dense layer does with each number in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Activation {
    /// Nothing.
    Identity,
    /// The hyperbolic tangent.
    Tanh,
    /// Nothing below 0.
    Relu,
}

/// One file of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelFile {
    /// What the file is for.
    pub role: Role,
    /// File name in the model's directory, `/` between the folders if it lies in one there.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

/// What a model file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The encoder as an ONNX graph.
    Onnx,
    /// The tokenizer in the format of the `tokenizers` crate.
    Tokenizer,
    /// Sizes of the encoder in the Hugging Face layout (`config.json`).
    Config,
    /// Weights of the encoder as floats; there may be several such files.
    Safetensors,
    /// Weights of a layer between pooling and norm.
    Dense,
    /// What an ONNX graph keeps outside of its own file.
    OnnxData,
    /// What the vectors have in common; see [`Space`](super::space::Space).
    Space,
    /// Layers that read two texts at once; see [`JointLayers`](super::joint::JointLayers).
    Joint,
    /// Such layers that find what one of the texts has alone.
    Disagreement,
}

impl Role {
    /// Whether vectors of texts depend on such a file.
    fn makes_vectors(self) -> bool {
        !matches!(self, Self::Space | Self::Joint | Self::Disagreement)
    }
}

/// Whether a file of a model is what its manifest says.
#[derive(Debug)]
pub struct FileCheck {
    /// The file.
    pub path: PathBuf,
    /// `Ok`, or an [`Error::Model`] that says what is wrong.
    pub result: Result<()>,
}

impl Manifest {
    /// Reads and checks `manifest.json` in a model's directory. A model in the Hugging Face layout needs none: it is
    /// described from its own files.
    ///
    /// # Errors
    /// [`Error::Model`] if it is missing, no JSON, of another schema, or names a file outside the directory.
    pub fn read(directory: &Path) -> Result<Self> {
        let path = directory.join(MANIFEST_FILE);
        let broken = |reason: String| Error::Model { path: path.clone(), reason };
        if !path.exists() && layout::is_one(directory) {
            let manifest = layout::describe(directory, None)?;
            manifest.validate().map_err(broken)?;
            return Ok(manifest);
        }
        let text = std::fs::read_to_string(&path)
            .map_err(|error| broken(format!("cannot be read ({error})")))?;
        let manifest: Self = serde_json::from_str(&text)
            .map_err(|error| broken(format!("is no valid manifest ({error})")))?;
        manifest.validate().map_err(broken)?;
        Ok(manifest)
    }

    fn validate(&self) -> Result<(), String> {
        if self.schema != SCHEMA {
            return Err(format!("has the schema {:?}, expected {SCHEMA:?}", self.schema));
        }
        if self.dim == 0 || self.max_tokens == 0 {
            return Err("gives a dimension or a token limit of 0".to_owned());
        }
        let inside = |name: &str| {
            let mut parts = Path::new(name).components().peekable();
            parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
        };
        if let Some(file) = self.files.iter().find(|file| !inside(&file.name)) {
            return Err(format!("names {:?}, which is no file in its folder", file.name));
        }
        let listed = |layer: &DenseLayer| {
            self.files.iter().any(|file| file.role == Role::Dense && file.name == layer.file)
        };
        match self.dense.iter().find(|layer| !listed(layer)) {
            Some(layer) => Err(format!("lists no file {:?} of the role dense", layer.file)),
            None => Ok(()),
        }
    }

    /// The file of a role.
    ///
    /// # Errors
    /// [`Error::Model`] if the manifest lists none.
    pub fn file(&self, directory: &Path, role: Role) -> Result<PathBuf> {
        let file = self.files.iter().find(|file| file.role == role);
        file.map(|file| directory.join(&file.name)).ok_or_else(|| Error::Model {
            path: directory.join(MANIFEST_FILE),
            reason: format!("lists no file of the role {role:?}"),
        })
    }

    /// Identifies what makes the vectors: SHA-256 over names and hashes of encoder and tokenizer, in hexadecimal.
    pub fn content_hash(&self) -> String {
        let mut hasher = Sha256::new();
        for file in self.files.iter().filter(|file| file.role.makes_vectors()) {
            hasher.update(format!("{}  {}\n", file.sha256, file.name));
        }
        hexadecimal(&hasher.finalize())
    }

    /// Compares size and hash of every file with the manifest.
    pub fn verify(&self, directory: &Path) -> Vec<FileCheck> {
        let check = |file: &ModelFile| {
            let path = directory.join(&file.name);
            let result = file.verify_size(&path).and_then(|()| file.verify_hash(&path));
            FileCheck { path, result }
        };
        self.files.iter().map(check).collect()
    }
}

impl ModelFile {
    /// Describes a file as it lies there.
    ///
    /// # Errors
    /// [`Error::Model`] if it cannot be read.
    pub(super) fn describe(directory: &Path, name: &str, role: Role) -> Result<Self> {
        let path = directory.join(name);
        let described = std::fs::metadata(&path)
            .and_then(|metadata| Ok((metadata.len(), hash_file(&path)?)))
            .map_err(|error| unreadable(&path, &error))?;
        Ok(Self { role, name: name.to_owned(), size: described.0, sha256: described.1 })
    }

    /// Compares the size on disk, without reading the file.
    ///
    /// # Errors
    /// [`Error::Model`] if the file is missing or has another size.
    pub fn verify_size(&self, path: &Path) -> Result<()> {
        let metadata = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        if metadata.len() == self.size {
            return Ok(());
        }
        let found = metadata.len();
        let cause = if found < self.size { "it was cut short" } else { "it is too long" };
        Err(Error::Model {
            path: path.to_owned(),
            reason: format!("has {found} bytes where the manifest says {}: {cause}", self.size),
        })
    }

    /// Compares the SHA-256, reading the whole file.
    ///
    /// # Errors
    /// [`Error::Model`] if the file cannot be read or has another content.
    pub fn verify_hash(&self, path: &Path) -> Result<()> {
        let found = hash_file(path).map_err(|error| unreadable(path, &error))?;
        if found == self.sha256 {
            return Ok(());
        }
        Err(Error::Model {
            path: path.to_owned(),
            reason: format!("has SHA-256 {found} where the manifest says {}", self.sha256),
        })
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    Error::Model { path: path.to_owned(), reason: format!("cannot be read ({error})") }
}

fn hash_file(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hexadecimal(&hasher.finalize())),
            count => hasher.update(&buffer[..count]),
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The models in a directory of models: every subdirectory with a manifest, by name, readable or not.
///
/// # Errors
/// [`Error::Io`] if the directory itself cannot be listed.
pub fn list(models: &Path) -> Result<Vec<(PathBuf, Result<Manifest>)>> {
    let failed = |error| Error::Io { path: models.to_owned(), error };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(models).map_err(failed)? {
        let directory = entry.map_err(failed)?.path();
        if directory.join(MANIFEST_FILE).is_file() || layout::is_one(&directory) {
            found.push(directory);
        }
    }
    found.sort();
    Ok(found.into_iter().map(|directory| (directory.clone(), Manifest::read(&directory))).collect())
}

#[cfg(test)]
mod tests;
