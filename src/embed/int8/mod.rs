//! An engine of its own for encoders of the BERT family whose weights and activations are 8-bit integers.
//!
//! It reads the constants of the graph that `models/build.py` writes, and computes what the graph says with a few loops
//! made for it: tokens without padding, query, key and value in one product, each input turned into bytes once, word
//! vectors taken from the file as they are.

mod attention;
mod forward;
mod kernels;
mod neighbours;
mod onnx;
mod rowwise;
mod vectors;
mod weights;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use memmap2::Mmap;
use ndarray::Array2;

use self::forward::{Forward, Scratch};
use self::kernels::{Portable, Processor, Task};
pub use self::neighbours::{Neighbour, Neighbours};
use self::weights::Encoder;
use super::engine::{Engine, TokenBatch};
use super::manifest::{Manifest, Role};
use crate::{Error, Result};

/// The engine's name.
pub(super) const NAME: &str = "int8";

/// The encoder, and the file that the word vectors are taken from.
pub(super) struct Int8Engine {
    file: Mmap,
    encoder: Encoder,
    kind: Kind,
    scratch: Mutex<Vec<Scratch>>,
}

/// The kinds of processors.
#[derive(Debug, Clone, Copy)]
enum Kind {
    #[cfg(target_arch = "x86_64")]
    Avx512(kernels::Avx512),
    #[cfg(target_arch = "x86_64")]
    AvxVnni(kernels::AvxVnni),
    #[cfg(target_arch = "x86_64")]
    Avx2(kernels::Avx2),
    Portable,
}

impl Kind {
    /// All kinds that this processor is, the fastest first.
    fn all() -> Vec<Self> {
        let mut kinds = Vec::new();
        #[cfg(target_arch = "x86_64")]
        {
            kinds.extend(kernels::Avx512::detect().map(Self::Avx512));
            kinds.extend(kernels::AvxVnni::detect().map(Self::AvxVnni));
            kinds.extend(kernels::Avx2::detect().map(Self::Avx2));
        }
        kinds.push(Self::Portable);
        kinds
    }

    /// The fastest kind that this processor is.
    fn best() -> Self {
        Self::all()[0]
    }

    /// Runs a task compiled for this kind.
    fn run<T: Task>(self, task: T) -> T::Output {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(processor) => processor.run(task),
            #[cfg(target_arch = "x86_64")]
            Self::AvxVnni(processor) => processor.run(task),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(processor) => processor.run(task),
            Self::Portable => Portable.run(task),
        }
    }
}

/// Whether this engine runs such a model, and faster than one for any graph.
pub(super) fn suits(directory: &Path, manifest: &Manifest) -> bool {
    !matches!(Kind::best(), Kind::Portable) && is_made_here(directory, manifest).unwrap_or(false)
}

/// Whether the ONNX file has the constants of `models/build.py`, if it can be read.
fn is_made_here(directory: &Path, manifest: &Manifest) -> Option<bool> {
    let file = map(&manifest.file(directory, Role::Onnx).ok()?).ok()?;
    let graph = onnx::Graph::read(&file).ok()?;
    Some(graph.has("layer.0.query.weight"))
}

#[allow(unsafe_code, reason = "a map of a file is memory that another program can change")]
fn map(path: &Path) -> std::io::Result<Mmap> {
    let file = File::open(path)?;
    // SAFETY: the map is only read, as bytes of which any value will do; nothing is concluded from a byte that a second
    // look at it could belie. Weights that another program changes meanwhile make wrong vectors, as they would in any
    // engine.
    unsafe { Mmap::map(&file) }
}

impl Int8Engine {
    /// Maps the ONNX file that the manifest names and lays the weights out for this processor.
    ///
    /// # Errors
    /// [`Error::Model`] if the file is no such encoder.
    pub(super) fn open(directory: &Path, manifest: &Manifest) -> Result<Self> {
        let path = manifest.file(directory, Role::Onnx)?;
        Self::open_as(&path, Kind::best())
    }

    fn open_as(path: &Path, kind: Kind) -> Result<Self> {
        let broken = |reason: String| Error::Model {
            path: PathBuf::from(path),
            reason: format!("is no encoder that the engine {NAME:?} can run ({reason})"),
        };
        let file = map(path).map_err(|error| broken(format!("it cannot be read: {error}")))?;
        let graph = onnx::Graph::read(&file).map_err(broken)?;
        let encoder = Encoder::read(&graph, &file).map_err(broken)?;
        Ok(Self { encoder, kind, scratch: Mutex::default(), file })
    }

    fn run(&self, batch: &TokenBatch, layer: Option<usize>) -> Result<[Option<Array2<f32>>; 2]> {
        self.check(batch)?;
        let taken = self.scratch.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut scratch = taken.unwrap_or_default();
        let encoder = &self.encoder;
        let words = &self.file[encoder.words..][..encoder.vocabulary * encoder.hidden];
        let (ids, lengths) = (batch.ids.as_slice(), batch.lengths.as_slice());
        let forward = Forward { encoder, words, ids, lengths, layer, scratch: &mut scratch };
        let states = self.kind.run(forward);
        self.scratch.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
        Ok(states)
    }

    /// Refuses tokens and lengths that the model has no vectors for.
    fn check(&self, batch: &TokenBatch) -> Result<()> {
        let Encoder { vocabulary, hidden, positions, .. } = &self.encoder;
        let unknown = batch
            .ids
            .iter()
            .find(|&&id| usize::try_from(id).is_ok_and(|id| id >= *vocabulary) || id < 0);
        if let Some(id) = unknown {
            let reason = format!("token {id} is not among the {vocabulary} that the weights know");
            return Err(failed(reason));
        }
        let room = positions.len() / hidden;
        match batch.lengths.iter().find(|&&length| length > room) {
            Some(length) => Err(failed(format!(
                "{length} tokens are more than the {room} that the weights know"
            ))),
            None => Ok(()),
        }
    }
}

impl Engine for Int8Engine {
    fn hidden_states(&self, batch: &TokenBatch) -> Result<Array2<f32>> {
        let [last, _] = self.run(batch, None)?;
        last.ok_or_else(|| failed("the vectors have no shape".to_owned()))
    }

    fn hidden_states_with(&self, batch: &TokenBatch, layer: usize) -> Result<[Array2<f32>; 2]> {
        match self.run(batch, Some(layer))? {
            [Some(last), Some(inner)] => Ok([last, inner]),
            _ => Err(failed(format!("the model has no layer {layer}"))),
        }
    }
}

fn failed(reason: String) -> Error {
    Error::Engine { engine: NAME, reason }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::rten::RtenEngine;
    use super::*;

    fn directory() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("models/multilingual-e5-small-europe")
    }

    fn engines() -> Vec<(Kind, Int8Engine)> {
        let manifest = Manifest::read(&directory()).unwrap();
        let path = manifest.file(&directory(), Role::Onnx).unwrap();
        let open = |kind| (kind, Int8Engine::open_as(&path, kind).unwrap());
        Kind::all().into_iter().map(open).collect()
    }

    /// Texts of these lengths.
    fn texts(lengths: &[usize]) -> TokenBatch {
        let tokens = lengths.iter().sum::<usize>() as i32;
        let ids = (0..tokens).map(|place| 4 + place * 7919 % 150_000).collect();
        TokenBatch { ids, lengths: lengths.to_vec() }
    }

    /// Texts of different lengths, one of them empty, one as long as can be where the kind of processor is fast.
    fn batch(kind: Kind) -> TokenBatch {
        match kind {
            Kind::Portable => texts(&[5, 0, 9, 1]),
            _ => texts(&[5, 0, 17, 1, 33, 512]),
        }
    }

    /// The lowest and the mean cosine of tokens' vectors.
    fn cosines(left: &Array2<f32>, right: &Array2<f32>) -> (f32, f32) {
        let pairs = left.rows().into_iter().zip(right.rows());
        let cosines: Vec<f32> =
            pairs.map(|(a, b)| a.dot(&b) / (a.dot(&a) * b.dot(&b)).sqrt()).collect();
        let lowest = cosines.iter().copied().fold(1.0, f32::min);
        (lowest, cosines.iter().sum::<f32>() / cosines.len() as f32)
    }

    #[test]
    fn every_layer_is_as_rten_computes_it() {
        let mut manifest = Manifest::read(&directory()).unwrap();
        let path = manifest.file(&directory(), Role::Onnx).unwrap();
        let file = map(&path).unwrap();
        let graph = onnx::Graph::read(&file).unwrap();
        let norms = graph.nodes.iter().filter(|node| node.operator == "LayerNormalization");
        // One normalisation for the embeddings, then two a layer.
        let outputs = norms.skip(2).step_by(2).map(|node| node.output.to_owned());
        manifest.inner_layers = (1..).zip(outputs).collect();
        let rten = RtenEngine::open(&directory(), &manifest, 1).unwrap();
        // rten takes no text without tokens.
        let batch = texts(&[5, 17, 1]);
        // Without instructions for 8-bit products rten adds up pairs in 16 bits, where large ones are cut off.
        let exact = engines().iter().any(|(kind, _)| {
            ["Avx512", "AvxVnni"].iter().any(|name| format!("{kind:?}").contains(name))
        });
        let least = if exact { 0.998 } else { 0.99 };
        for (kind, engine) in engines() {
            for &layer in manifest.inner_layers.keys() {
                let [last, inner] = engine.hidden_states_with(&batch, layer).unwrap();
                let [expected_last, expected] = rten.hidden_states_with(&batch, layer).unwrap();
                for (found, expected) in [(last, expected_last), (inner, expected)] {
                    let (lowest, mean) = cosines(&found, &expected);
                    assert!(lowest > 0.97 && mean > least, "{kind:?} {layer}: {lowest} {mean}");
                }
            }
            assert!(engine.hidden_states_with(&batch, 13).is_err());
        }
        assert_eq!(manifest.inner_layers.len(), 12);
    }

    #[test]
    fn a_text_has_the_same_vectors_alone_and_among_others() {
        for (kind, engine) in engines() {
            let batch = batch(kind);
            let together = engine.hidden_states(&batch).unwrap();
            for tokens in batch.texts() {
                let alone = TokenBatch {
                    ids: batch.ids[tokens.clone()].to_vec(),
                    lengths: vec![tokens.len()],
                };
                let alone = engine.hidden_states(&alone).unwrap();
                assert_eq!(alone, together.slice(ndarray::s![tokens, ..]), "{kind:?}");
            }
        }
    }

    #[test]
    fn threads_do_not_disturb_each_other() {
        let (kind, engine) = engines().swap_remove(0);
        let (engine, batch) = (Arc::new(engine), Arc::new(batch(kind)));
        let expected = engine.hidden_states(&batch).unwrap();
        let run = || {
            let (engine, batch) = (Arc::clone(&engine), Arc::clone(&batch));
            std::thread::spawn(move || engine.hidden_states(&batch).unwrap())
        };
        let workers: Vec<_> = (0..4).map(|_| run()).collect();
        for worker in workers {
            assert_eq!(worker.join().unwrap(), expected);
        }
    }

    #[test]
    fn tokens_and_lengths_that_the_weights_do_not_know_are_refused() {
        let (_, engine) = engines().swap_remove(0);
        for (ids, cause) in [(vec![151_669], "151669"), (vec![-1], "-1"), (vec![5; 513], "513")] {
            let lengths = vec![ids.len()];
            let error = engine.hidden_states(&TokenBatch { ids, lengths }).unwrap_err().to_string();
            assert!(error.contains(cause), "{error}");
        }
    }

    #[test]
    fn other_graphs_are_not_for_this_engine() {
        let directory = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::read(&self::directory()).unwrap();
        manifest.files[0].name = "other.onnx".into();
        for content in [&b""[..], b"no graph", &[7 << 3 | 2, 0]] {
            std::fs::write(directory.path().join("other.onnx"), content).unwrap();
            assert!(!suits(directory.path(), &manifest));
            let error = Int8Engine::open(directory.path(), &manifest).err().unwrap().to_string();
            assert!(error.contains("other.onnx"), "{error}");
        }
    }
}
