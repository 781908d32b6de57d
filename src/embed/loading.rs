//! Loads the parts of a model: the tokenizer and the engine, each checked against the manifest on the way.

use std::path::Path;

use super::deferred::Deferred;
use super::engine::{Engine, EngineKind};
use super::manifest::{Manifest, ModelFile, Role};
use super::tokens::Tokens;
use crate::{Error, Result};

/// The parts of a model; nothing is read before it is needed.
pub(super) struct Parts {
    tokens: Deferred<Result<Tokens>>,
    engine: Deferred<Result<Box<dyn Engine>>>,
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
        let engine = Deferred::new(move || load_engine(&folder, &described, kind, threads));
        Ok(Self { tokens, engine })
    }

    /// Starts loading, side by side.
    pub(super) fn start(&self) {
        self.engine.start();
        self.tokens.start();
    }

    /// The tokenizer.
    ///
    /// # Errors
    /// [`Error::Model`] if its file is broken.
    pub(super) fn tokens(&self) -> Result<&Tokens> {
        self.tokens.get().ok_or_else(thread_died)?.as_ref().map_err(copy_of)
    }

    /// The engine.
    ///
    /// # Errors
    /// [`Error::Model`] if a file of the model is broken.
    pub(super) fn engine(&self) -> Result<&dyn Engine> {
        let engine = self.engine.get().ok_or_else(thread_died)?;
        engine.as_ref().map(|engine| engine.as_ref()).map_err(copy_of)
    }
}

fn load_tokens(directory: &Path, manifest: &Manifest) -> Result<Tokens> {
    verify(directory, manifest, |file| file.role == Role::Tokenizer)?;
    Tokens::open(&manifest.file(directory, Role::Tokenizer)?, manifest)
}

fn load_engine(
    directory: &Path,
    manifest: &Manifest,
    kind: &EngineKind,
    threads: usize,
) -> Result<Box<dyn Engine>> {
    let (verified, engine) = std::thread::scope(|scope| {
        let verify =
            scope.spawn(|| verify(directory, manifest, |file| file.role != Role::Tokenizer));
        let engine = (kind.open)(directory, manifest, threads);
        (verify.join(), engine)
    });
    // A wrong hash explains a failure to load, so it is told first.
    verified.map_err(|_| thread_died())??;
    engine
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
