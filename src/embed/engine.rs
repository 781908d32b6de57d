//! What an engine is, and the table of engines.

use std::path::Path;

use ndarray::{Array2, Array3};

use super::manifest::Manifest;
use super::rten::RtenEngine;
use crate::{Error, Result};

/// Token ids of several texts, filled up to the longest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenBatch {
    /// Token ids, `[texts, tokens]`.
    pub ids: Array2<i32>,
    /// 1 for a token, 0 for padding, `[texts, tokens]`; padding stands at the end.
    pub mask: Array2<i32>,
}

/// Runs an encoder. Everything that is the same for all engines (tokens, batches, pooling, norm) is done elsewhere.
pub trait Engine: Send + Sync {
    /// The last layer's token vectors, `[texts, tokens, dim]`; rows of padding hold anything.
    ///
    /// May be called from several threads at once; each call computes on one thread.
    ///
    /// # Errors
    /// [`Error::Engine`] if the computation fails.
    fn hidden_states(&self, batch: &TokenBatch) -> Result<Array3<f32>>;

    /// Token vectors of the last layer and of the layer with so many layers below it and itself (layer 8 of 12 has
    /// four above), each `[texts, tokens, dim]`, from one run.
    ///
    /// Token alignment needs it: inner layers keep more of what each word says. An engine that computes layer by layer
    /// hands out the state between two of them, after the last normalisation of `layer`, as it is.
    ///
    /// # Errors
    /// [`Error::Engine`] if the computation fails, or the engine or its model does not give that layer: what an
    /// engine does that does not say otherwise.
    fn hidden_states_with(&self, batch: &TokenBatch, layer: usize) -> Result<[Array3<f32>; 2]> {
        let _ = batch;
        Err(Error::Engine {
            engine: "engine",
            reason: format!("it does not give the token vectors of layer {layer}"),
        })
    }
}

/// One row of the table of engines.
pub struct EngineKind {
    /// What the user types.
    pub name: &'static str,
    /// What it is, for help texts.
    pub description: &'static str,
    /// Loads a model from its directory for so many threads.
    pub open: fn(&Path, &Manifest, usize) -> Result<Box<dyn Engine>>,
}

/// All engines of this build, the default first.
pub const ENGINES: &[EngineKind] = &[EngineKind {
    name: super::rten::NAME,
    description: "pure Rust, 8-bit integers (default)",
    open: |directory, manifest, threads| {
        Ok(Box::new(RtenEngine::open(directory, manifest, threads)?))
    },
}];

/// Finds an engine by name; `None` is the default.
///
/// # Errors
/// [`Error::Option`] with the names there are.
pub fn find(name: Option<&str>) -> Result<&'static EngineKind> {
    let wanted = name.unwrap_or(ENGINES[0].name);
    ENGINES.iter().find(|kind| kind.name == wanted).ok_or_else(|| {
        let names: Vec<_> = ENGINES.iter().map(|kind| kind.name).collect();
        Error::Option {
            option: "--engine",
            reason: format!("there is no {wanted:?}, only {}", names.join(", ")),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_engine_is_the_first() {
        assert_eq!(find(None).unwrap().name, "rten");
    }

    #[test]
    fn an_unknown_engine_is_told_what_there_is() {
        let error = find(Some("abacus")).err().unwrap().to_string();
        assert!(error.contains("abacus") && error.contains("rten"), "{error}");
    }
}
