//! What an engine is, and the table of engines.

use std::ops::Range;
use std::path::Path;

use ndarray::Array2;

use super::int8::{self, Int8Engine};
use super::manifest::{Manifest, Role};
use super::rten::RtenEngine;
#[cfg(feature = "rust-bert")]
use super::rust_bert::{self, RustBertEngine};
use crate::{Error, Result};

/// Token ids of several texts, one text after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenBatch {
    /// Token ids of all texts.
    pub ids: Vec<i32>,
    /// Tokens of each text; together they are as many as the ids.
    pub lengths: Vec<usize>,
}

impl TokenBatch {
    /// The texts with their tokens, `(number of the first token, number of tokens)`.
    pub fn texts(&self) -> impl Iterator<Item = Range<usize>> {
        self.lengths.iter().scan(0, |end, length| {
            let start = *end;
            *end += length;
            Some(start..*end)
        })
    }

    /// Ids and mask for encoders that take texts of one length, both `[texts, tokens]`: each text is filled up to the
    /// longest, and the mask is 1 for a token, 0 for padding.
    pub fn padded(&self, padding_id: u32) -> [Array2<i32>; 2] {
        let shape = (self.lengths.len(), self.lengths.iter().copied().max().unwrap_or(0));
        let mut ids = Array2::from_elem(shape, padding_id.cast_signed());
        let mut mask = Array2::zeros(shape);
        for (index, tokens) in self.texts().enumerate() {
            for (place, &id) in self.ids[tokens].iter().enumerate() {
                ids[[index, place]] = id;
                mask[[index, place]] = 1;
            }
        }
        [ids, mask]
    }
}

/// Runs an encoder. Everything that is the same for all engines (tokens, batches, pooling, norm) is done elsewhere.
pub trait Engine: Send + Sync {
    /// The last layer's token vectors, `[tokens, dim]`, in the order of the batch's ids.
    ///
    /// May be called from several threads at once; each call computes on one thread.
    ///
    /// # Errors
    /// [`Error::Engine`] if the computation fails.
    fn hidden_states(&self, batch: &TokenBatch) -> Result<Array2<f32>>;

    /// Token vectors of the last layer and of the layer with so many layers below it and itself (layer 8 of 12 has
    /// four above), each `[tokens, dim]`, from one run.
    ///
    /// Token alignment needs it: inner layers keep more of what each word says. An engine that computes layer by layer
    /// hands out the state between two of them, after the last normalisation of `layer`, as it is.
    ///
    /// # Errors
    /// [`Error::Engine`] if the computation fails, or the engine or its model does not give that layer: what an
    /// engine does that does not say otherwise.
    fn hidden_states_with(&self, batch: &TokenBatch, layer: usize) -> Result<[Array2<f32>; 2]> {
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
    /// Whether it runs the model in a directory, and is there the better the further up it stands in the table.
    pub suits: fn(&Path, &Manifest) -> bool,
    /// The files that it reads weights from.
    pub reads: Role,
    /// Loads a model from its directory for so many threads.
    pub open: fn(&Path, &Manifest, usize) -> Result<Box<dyn Engine>>,
}

/// All engines of this build. The default is the first that suits the model.
pub const ENGINES: &[EngineKind] = &[
    EngineKind {
        name: int8::NAME,
        description: "own loops for 8-bit encoders of the BERT family (default for the model that comes along)",
        suits: int8::suits,
        reads: Role::Onnx,
        open: |directory, manifest, _| Ok(Box::new(Int8Engine::open(directory, manifest)?)),
    },
    EngineKind {
        name: super::rten::NAME,
        description: "any ONNX graph, in pure Rust (default for other models)",
        suits: |directory, manifest| manifest.file(directory, Role::Onnx).is_ok(),
        reads: Role::Onnx,
        open: |directory, manifest, threads| {
            Ok(Box::new(RtenEngine::open(directory, manifest, threads)?))
        },
    },
    #[cfg(feature = "rust-bert")]
    EngineKind {
        name: rust_bert::NAME,
        description: "weights as 32-bit floats, on libtorch (default for folders without an ONNX graph)",
        suits: |directory, manifest| manifest.file(directory, Role::Safetensors).is_ok(),
        reads: Role::Safetensors,
        open: |directory, manifest, threads| {
            Ok(Box::new(RustBertEngine::open(directory, manifest, threads, tch::Device::Cpu)?))
        },
    },
    #[cfg(feature = "rust-bert")]
    EngineKind {
        name: rust_bert::CUDA_NAME,
        description: "the same on the first graphics card",
        suits: |_, _| false,
        reads: Role::Safetensors,
        open: |directory, manifest, threads| {
            Ok(Box::new(RustBertEngine::open(directory, manifest, threads, tch::Device::Cuda(0))?))
        },
    },
];

/// The first engine that suits a model.
pub fn choose(directory: &Path, manifest: &Manifest) -> &'static EngineKind {
    let suiting = ENGINES.iter().find(|kind| (kind.suits)(directory, manifest));
    // None suits: rten says which file is missing.
    suiting.unwrap_or(&ENGINES[1])
}

/// Finds an engine by name.
///
/// # Errors
/// [`Error::Option`] with the names there are.
pub fn find(wanted: &str) -> Result<&'static EngineKind> {
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
    use ndarray::array;

    use super::*;

    #[test]
    fn padding_is_masked() {
        let batch = TokenBatch { ids: vec![0, 1, 2, 5], lengths: vec![3, 1] };
        let [ids, mask] = batch.padded(9);
        assert_eq!(ids, array![[0, 1, 2], [5, 9, 9]]);
        assert_eq!(mask, array![[1, 1, 1], [1, 0, 0]]);
    }

    #[test]
    fn an_unknown_engine_is_told_what_there_is() {
        let error = find("abacus").err().unwrap().to_string();
        assert!(error.contains("abacus") && error.contains("rten"), "{error}");
    }
}
