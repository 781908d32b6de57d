//! ONNX graphs on rten, in pure Rust.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use ndarray::{Array2, ArrayView3, s};
use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueView};

use super::engine::{Engine, TokenBatch};
use super::manifest::{Manifest, Role};
use crate::{Error, Result};

/// The engine's name.
pub(super) const NAME: &str = "rten";

/// An ONNX encoder with inputs `input_ids` and `attention_mask` and the output `last_hidden_state`.
pub(super) struct RtenEngine {
    model: Model,
    ids: NodeId,
    mask: NodeId,
    /// The input for the number of each token's text, where a graph has one; all are 0.
    types: Option<NodeId>,
    output: NodeId,
    padding_id: u32,
    /// Outputs of inner layers, by number.
    inner: BTreeMap<usize, NodeId>,
    /// Pools of one thread each: batches run side by side, which beats one batch on all threads since the operators of a
    /// small encoder are too short to share.
    pools: Mutex<Vec<Arc<ThreadPool>>>,
}

impl RtenEngine {
    /// Loads the ONNX file that the manifest names.
    ///
    /// # Errors
    /// [`Error::Model`] if the file is no ONNX graph of such an encoder.
    pub(super) fn open(directory: &Path, manifest: &Manifest, threads: usize) -> Result<Self> {
        let path = manifest.file(directory, Role::Onnx)?;
        let broken = |reason: String| Error::Model { path: path.clone(), reason };
        let model = ModelOptions::with_all_ops()
            .prepack_weights(true)
            .load_file(&path)
            .map_err(|error| broken(format!("cannot be loaded ({error})")))?;
        let node = |name: &str| {
            model.node_id(name).map_err(|_| broken(format!("has no input or output {name:?}")))
        };
        let inner = manifest.inner_layers.iter();
        Ok(Self {
            inner: inner.map(|(&layer, name)| Ok((layer, node(name)?))).collect::<Result<_>>()?,
            ids: node("input_ids")?,
            mask: node("attention_mask")?,
            types: model.node_id("token_type_ids").ok(),
            output: node("last_hidden_state")?,
            padding_id: manifest.padding_id,
            pools: Mutex::new(
                (0..threads).map(|_| Arc::new(ThreadPool::with_num_threads(1))).collect(),
            ),
            model,
        })
    }

    fn run<const N: usize>(&self, batch: &TokenBatch, outputs: [NodeId; N]) -> Result<[Value; N]> {
        let [ids, mask] = batch.padded(self.padding_id);
        let types = Array2::zeros(ids.raw_dim());
        let mut inputs = vec![(self.ids, view(&ids)?.into()), (self.mask, view(&mask)?.into())];
        if let Some(node) = self.types {
            inputs.push((node, view(&types)?.into()));
        }
        let pool = self.take_pool();
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&pool)));
        let result = self.model.run_n(inputs, outputs, Some(options));
        self.return_pool(pool);
        result.map_err(failed)
    }

    fn take_pool(&self) -> Arc<ThreadPool> {
        let free = self.pools.lock().unwrap_or_else(PoisonError::into_inner).pop();
        free.unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1)))
    }

    fn return_pool(&self, pool: Arc<ThreadPool>) {
        self.pools.lock().unwrap_or_else(PoisonError::into_inner).push(pool);
    }
}

impl Engine for RtenEngine {
    fn hidden_states(&self, batch: &TokenBatch) -> Result<Array2<f32>> {
        let [states] = self.run(batch, [self.output])?;
        tokens(states, batch)
    }

    fn hidden_states_with(&self, batch: &TokenBatch, layer: usize) -> Result<[Array2<f32>; 2]> {
        let inner = self.inner.get(&layer).ok_or_else(|| {
            failed(format!("the model's manifest names no output of layer {layer}"))
        })?;
        let [last, inner] = self.run(batch, [self.output, *inner])?;
        Ok([tokens(last, batch)?, tokens(inner, batch)?])
    }
}

/// The vectors of the tokens without those of padding.
fn tokens(states: Value, batch: &TokenBatch) -> Result<Array2<f32>> {
    let (shape, data) = states.into_shape_vec::<f32, 3>().map_err(failed)?;
    let padded = ArrayView3::from_shape(shape, &data).map_err(failed)?;
    let mut vectors = Array2::zeros((batch.ids.len(), shape[2]));
    for (index, tokens) in batch.texts().enumerate() {
        let of_text = padded.slice(s![index, ..tokens.len(), ..]);
        vectors.slice_mut(s![tokens, ..]).assign(&of_text);
    }
    Ok(vectors)
}

fn view(values: &Array2<i32>) -> Result<ValueView<'_>> {
    let slice = values.as_slice().ok_or_else(|| failed("the batch is not contiguous"))?;
    ValueView::from_shape([values.nrows(), values.ncols()], slice).map_err(failed)
}

fn failed(reason: impl ToString) -> Error {
    Error::Engine { engine: NAME, reason: reason.to_string() }
}
