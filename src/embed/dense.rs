//! Layers between pooling and norm, as LaBSE has one.

use std::path::{Path, PathBuf};

use ndarray::{Array1, Array2};

use super::manifest::{Activation, Manifest};
use super::tensors::Tensors;
use crate::{Error, Result};

/// Names that sentence-transformers gives to the tensors of a layer.
const WEIGHT: &str = "linear.weight";
const BIAS: &str = "linear.bias";

/// One layer, ready to compute.
pub(super) struct Dense {
    path: PathBuf,
    /// `[outputs, inputs]`.
    weight: Array2<f32>,
    /// `[outputs]`.
    bias: Array1<f32>,
    activation: Activation,
}

impl Dense {
    /// The layers that a manifest names, in their order.
    ///
    /// # Errors
    /// [`Error::Model`] if a file is missing, broken, or does not fit its neighbours.
    pub(super) fn open_all(directory: &Path, manifest: &Manifest) -> Result<Vec<Self>> {
        let mut layers: Vec<Self> = Vec::new();
        for layer in &manifest.dense {
            let next = Self::open(&directory.join(&layer.file), layer.activation)?;
            if let Some(last) = layers.last().filter(|last| last.outputs() != next.inputs()) {
                return Err(next.broken(format!(
                    "takes {} numbers where the layer before it gives {}",
                    next.inputs(),
                    last.outputs()
                )));
            }
            layers.push(next);
        }
        match layers.last().filter(|last| last.outputs() != manifest.dim) {
            Some(last) => Err(last.broken(format!(
                "gives {} numbers where the model has {}",
                last.outputs(),
                manifest.dim
            ))),
            None => Ok(layers),
        }
    }

    fn open(path: &Path, activation: Activation) -> Result<Self> {
        let tensors = Tensors::open(path)?;
        let weight = tensors.matrix(WEIGHT)?;
        let bias = match tensors.has(BIAS) {
            true => tensors.vector(BIAS)?,
            false => Array1::zeros(weight.nrows()),
        };
        let layer = Self { path: path.to_owned(), weight, bias, activation };
        if layer.bias.len() != layer.outputs() {
            let (found, expected) = (layer.bias.len(), layer.outputs());
            return Err(layer.broken(format!("shifts {found} numbers where it has {expected}")));
        }
        Ok(layer)
    }

    fn inputs(&self) -> usize {
        self.weight.ncols()
    }

    fn outputs(&self) -> usize {
        self.weight.nrows()
    }

    /// What the layer makes of vectors, a row each: `[vectors, inputs]` to `[vectors, outputs]`.
    ///
    /// # Errors
    /// [`Error::Model`] if the vectors have another length.
    pub(super) fn apply(&self, vectors: &Array2<f32>) -> Result<Array2<f32>> {
        if vectors.ncols() != self.inputs() {
            let (found, expected) = (vectors.ncols(), self.inputs());
            return Err(self.broken(format!("takes {expected} numbers, the encoder gives {found}")));
        }
        let mut result = vectors.dot(&self.weight.t()) + &self.bias;
        match self.activation {
            Activation::Identity => {}
            Activation::Tanh => result.mapv_inplace(f32::tanh),
            Activation::Relu => result.mapv_inplace(|number| number.max(0.0)),
        }
        Ok(result)
    }

    fn broken(&self, reason: String) -> Error {
        Error::Model { path: self.path.clone(), reason }
    }
}
