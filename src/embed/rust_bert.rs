//! Encoders of the BERT family on libtorch, in 32-bit floats, on processors or graphics cards.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use ndarray::{Array2, Array3, s};
use rust_bert::Config;
use rust_bert::bert::{BertConfig, BertEmbeddings, BertModel};
use tch::nn::VarStore;
use tch::{Device, Kind, Tensor, no_grad};

use super::engine::{Engine, TokenBatch};
use super::layout;
use super::manifest::{Manifest, Role};
use crate::{Error, Result};

/// The engine's name.
pub(super) const NAME: &str = "rust-bert";
/// The name of the engine on the first graphics card.
pub(super) const CUDA_NAME: &str = "rust-bert-cuda";

/// Word vectors as bytes, each row with its scale, instead of floats.
const BYTES: &str = "weight_int8";
const SCALES: &str = "row_scale";
const WORDS: &str = "embeddings.word_embeddings.weight";

/// An encoder; libtorch shares each computation among its threads, so that batches take turns.
pub(super) struct RustBertEngine {
    encoder: Mutex<BertModel<BertEmbeddings>>,
    device: Device,
    vocabulary: i64,
    /// The position of a text's first token, and how many positions there are from it on.
    first_position: usize,
    positions: usize,
    padding_id: u32,
}

impl RustBertEngine {
    /// Loads the weights that the manifest names.
    ///
    /// # Errors
    /// [`Error::Model`] if a file is missing or is none of such an encoder, [`Error::Engine`] if there is no such device.
    pub(super) fn open(
        directory: &Path,
        manifest: &Manifest,
        threads: usize,
        device: Device,
    ) -> Result<Self> {
        if device.is_cuda() && !tch::Cuda::is_available() {
            return Err(failed("libtorch finds no graphics card that it could compute on"));
        }
        tch::set_num_threads(i32::try_from(threads).unwrap_or(i32::MAX));
        let path = manifest.file(directory, Role::Config)?;
        let broken = |reason: String| Error::Model { path: path.clone(), reason };
        // The type reads a file without a way to tell what is wrong with it, so that is found out before.
        let text = std::fs::read_to_string(&path)
            .map_err(|error| broken(format!("cannot be read ({error})")))?;
        serde_json::from_str::<BertConfig>(&text)
            .map_err(|error| broken(format!("describes no encoder ({error})")))?;
        let mut config = BertConfig::from_file(&path);
        config.output_hidden_states = Some(true);
        let first_position = layout::first_position(&path)?;
        let mut store = VarStore::new(Device::Cpu);
        let encoder = BertModel::new_with_optional_pooler(store.root(), &config, false);
        fill(&store, directory, manifest)?;
        store.freeze();
        store.set_device(device);
        Ok(Self {
            encoder: Mutex::new(encoder),
            device,
            vocabulary: config.vocab_size,
            positions: usize::try_from(config.max_position_embeddings)
                .unwrap_or(0)
                .saturating_sub(first_position),
            first_position,
            padding_id: manifest.padding_id,
        })
    }

    /// Token vectors of the last layer and of all that is below it.
    fn run(&self, batch: &TokenBatch) -> Result<(Tensor, Vec<Tensor>)> {
        if let Some(id) =
            batch.ids.iter().find(|&&id| !(0..self.vocabulary).contains(&i64::from(id)))
        {
            let known = self.vocabulary;
            return Err(failed(format!(
                "token {id} is not among the {known} that the weights know"
            )));
        }
        if let Some(length) = batch.lengths.iter().find(|&&length| length > self.positions) {
            let room = self.positions;
            return Err(failed(format!(
                "{length} tokens are more than the {room} that the weights know"
            )));
        }
        let [ids, mask] = batch.padded(self.padding_id).map(|numbers| self.tensor(&numbers));
        let first = self.first_position as i64;
        let positions =
            Tensor::arange_start(first, first + ids.size()[1], (Kind::Int64, self.device));
        let positions = positions.unsqueeze(0).expand(ids.size(), false);
        let encoder = self.encoder.lock().unwrap_or_else(PoisonError::into_inner);
        let output = no_grad(|| {
            let (ids, mask, positions) = (Some(&ids), Some(&mask), Some(&positions));
            encoder.forward_t(ids, mask, None, positions, None, None, None, false)
        });
        let output = output.map_err(failed)?;
        Ok((output.hidden_state, output.all_hidden_states.unwrap_or_default()))
    }

    fn tensor(&self, numbers: &Array2<i32>) -> Tensor {
        let shape = [numbers.nrows() as i64, numbers.ncols() as i64];
        let numbers: Vec<i64> = numbers.iter().map(|&number| i64::from(number)).collect();
        Tensor::from_slice(&numbers).view(shape).to_device(self.device)
    }
}

impl Engine for RustBertEngine {
    fn hidden_states(&self, batch: &TokenBatch) -> Result<Array2<f32>> {
        tokens(&self.run(batch)?.0, batch)
    }

    fn hidden_states_with(&self, batch: &TokenBatch, layer: usize) -> Result<[Array2<f32>; 2]> {
        // The states are those that leave each layer, the first layer's first.
        let (last, states) = self.run(batch)?;
        let inner = layer.checked_sub(1).and_then(|index| states.get(index));
        let inner = inner.ok_or_else(|| failed(format!("the model has no layer {layer}")))?;
        Ok([tokens(&last, batch)?, tokens(inner, batch)?])
    }
}

/// The vectors of the tokens without those of padding.
fn tokens(states: &Tensor, batch: &TokenBatch) -> Result<Array2<f32>> {
    let (texts, longest, dim) = states.size3().map_err(failed)?;
    let flat = states.to_device(Device::Cpu).to_kind(Kind::Float).contiguous().view(-1);
    let numbers = Vec::<f32>::try_from(flat).map_err(failed)?;
    let padded = Array3::from_shape_vec((texts as usize, longest as usize, dim as usize), numbers);
    let padded = padded.map_err(failed)?;
    let mut vectors = Array2::zeros((batch.ids.len(), dim as usize));
    for (index, tokens) in batch.texts().enumerate() {
        let of_text = padded.slice(s![index, ..tokens.len(), ..]);
        vectors.slice_mut(s![tokens, ..]).assign(&of_text);
    }
    Ok(vectors)
}

/// Fills the encoder's variables with the numbers of the model's files.
fn fill(store: &VarStore, directory: &Path, manifest: &Manifest) -> Result<()> {
    let mut tensors = HashMap::new();
    let mut path = directory.to_owned();
    for file in manifest.files.iter().filter(|file| file.role == Role::Safetensors) {
        path = directory.join(&file.name);
        let read = Tensor::read_safetensors(&path).map_err(|error| Error::Model {
            path: path.clone(),
            reason: format!("is no file of tensors ({error})"),
        })?;
        tensors.extend(read.into_iter().map(|(name, tensor)| (short(&name).to_owned(), tensor)));
    }
    let broken = |reason: String| Error::Model { path: path.clone(), reason };
    if let (Some(bytes), Some(scales)) = (tensors.remove(BYTES), tensors.remove(SCALES)) {
        tensors.insert(WORDS.to_owned(), bytes.to_kind(Kind::Float) * scales.to_kind(Kind::Float));
    }
    for (name, mut variable) in store.variables() {
        let tensor = tensors.get(short(&name)).ok_or_else(|| {
            broken(format!("holds no tensor {name:?}, nor does a file beside it"))
        })?;
        if tensor.size() != variable.size() {
            let (found, expected) = (tensor.size(), variable.size());
            return Err(broken(format!("gives {name:?} the shape {found:?}, not {expected:?}")));
        }
        let tensor = tensor.to_kind(Kind::Float);
        if tensor.isfinite().all().int64_value(&[]) == 0 {
            return Err(broken(format!("holds values in {name:?} that are no numbers")));
        }
        no_grad(|| variable.copy_(&tensor));
    }
    Ok(())
}

/// The name of a tensor without what models with a head put before it.
fn short(name: &str) -> &str {
    ["bert.", "roberta."].iter().find_map(|head| name.strip_prefix(head)).unwrap_or(name)
}

fn failed(reason: impl ToString) -> Error {
    Error::Engine { engine: NAME, reason: reason.to_string() }
}
