//! Loads the parts of a model: the tokenizer and the engine, each checked against the manifest on the way.

use std::path::Path;

use ndarray::Array2;

use super::batches;
use super::deferred::Deferred;
use super::dense::Dense;
use super::engine::{Engine, EngineKind, TokenBatch};
use super::manifest::{Manifest, ModelFile, Pooling, Role};
use super::tokens::{Row, Tokens};
use crate::{Error, Result};

/// The parts of a model; nothing is read before it is needed.
pub(super) struct Parts {
    tokens: Deferred<Result<Tokens>>,
    encoder: Deferred<Result<Encoder>>,
}

/// What makes vectors of tokens.
pub(super) struct Encoder {
    /// Runs the layers that give each token its vector.
    pub(super) engine: Box<dyn Engine>,
    /// What comes after pooling.
    pub(super) dense: Vec<Dense>,
}

impl Encoder {
    /// One vector for each row, `[rows, dim]`, not yet of norm 1.
    ///
    /// # Errors
    /// [`Error::Model`] if a layer after pooling does not fit the engine's vectors.
    pub(super) fn pool(
        &self,
        states: &Array2<f32>,
        batch: &TokenBatch,
        rows: &[&Row],
        pooling: Pooling,
    ) -> Result<Array2<f32>> {
        let pooled = batches::pool(states, batch, rows, pooling);
        self.dense.iter().try_fold(pooled, |vectors, layer| layer.apply(&vectors))
    }
}

impl Parts {
    /// The parts of the model in `directory`.
    ///
    /// # Errors
    /// [`Error::Model`] if the manifest lists no tokenizer.
    pub(super) fn new(
        directory: &Path,
        manifest: &Manifest,
        kind: &'static EngineKind,
        threads: usize,
    ) -> Result<Self> {
        manifest.file(directory, Role::Tokenizer)?;
        let (folder, described) = (directory.to_owned(), manifest.clone());
        let tokens = Deferred::new(move || load_tokens(&folder, &described));
        let (folder, described) = (directory.to_owned(), manifest.clone());
        let encoder = Deferred::new(move || load_encoder(&folder, &described, kind, threads));
        Ok(Self { tokens, encoder })
    }

    /// Starts loading, side by side.
    pub(super) fn start(&self) {
        self.encoder.start();
        self.tokens.start();
    }

    /// The tokenizer.
    ///
    /// # Errors
    /// [`Error::Model`] if its file is broken.
    pub(super) fn tokens(&self) -> Result<&Tokens> {
        self.tokens.get().ok_or_else(thread_died)?.as_ref().map_err(copy_of)
    }

    /// The encoder.
    ///
    /// # Errors
    /// [`Error::Model`] if a file of the model is broken.
    pub(super) fn encoder(&self) -> Result<&Encoder> {
        self.encoder.get().ok_or_else(thread_died)?.as_ref().map_err(copy_of)
    }
}

fn load_tokens(directory: &Path, manifest: &Manifest) -> Result<Tokens> {
    verify(directory, manifest, |file| file.role == Role::Tokenizer)?;
    Tokens::open(&manifest.file(directory, Role::Tokenizer)?, manifest)
}

fn load_encoder(
    directory: &Path,
    manifest: &Manifest,
    kind: &EngineKind,
    threads: usize,
) -> Result<Encoder> {
    let (verified, encoder) = std::thread::scope(|scope| {
        // The others are looked at by those who read them.
        let elsewhere = [Role::Tokenizer, Role::Joint, Role::Disagreement];
        let read_here = move |file: &ModelFile| !elsewhere.contains(&file.role);
        let verify = scope.spawn(move || verify(directory, manifest, read_here));
        let dense = Dense::open_all(directory, manifest);
        let engine = dense.and_then(|dense| {
            Ok(Encoder { engine: (kind.open)(directory, manifest, threads)?, dense })
        });
        (verify.join(), engine)
    });
    // A wrong hash explains a failure to load, so it is told first.
    verified.map_err(|_| thread_died())??;
    encoder
}

/// Compares the hashes of some files with the manifest.
fn verify(
    directory: &Path,
    manifest: &Manifest,
    wanted: impl Fn(&ModelFile) -> bool,
) -> Result<()> {
    let mut files = manifest.files.iter().filter(|file| wanted(file));
    files.try_for_each(|file| file.verify_hash(&directory.join(&file.name)))
}

fn thread_died() -> Error {
    Error::Engine { engine: "loader", reason: "a thread died while loading the model".to_owned() }
}

/// An error is kept for later calls, so each call gets a copy.
fn copy_of(error: &Error) -> Error {
    match error {
        Error::Model { path, reason } => {
            Error::Model { path: path.clone(), reason: reason.clone() }
        }
        Error::Engine { engine, reason } => Error::Engine { engine, reason: reason.clone() },
        other => Error::Engine { engine: "loader", reason: other.to_string() },
    }
}
