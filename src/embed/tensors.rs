//! Tensors in files of the format safetensors, as 32-bit floats.

use std::path::{Path, PathBuf};

use half::{bf16, f16};
use ndarray::{Array1, Array2};
use safetensors::{Dtype, SafeTensors};

use crate::{Error, Result};

/// The bytes of a file of tensors.
pub(super) struct Tensors {
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Tensors {
    /// Reads a file.
    ///
    /// # Errors
    /// [`Error::Model`] if it cannot be read or is no file of tensors.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let broken = |reason: String| Error::Model { path: path.to_owned(), reason };
        let bytes =
            std::fs::read(path).map_err(|error| broken(format!("cannot be read ({error})")))?;
        SafeTensors::deserialize(&bytes)
            .map_err(|error| broken(format!("is no file of tensors ({error})")))?;
        Ok(Self { path: path.to_owned(), bytes })
    }

    /// Whether there is a tensor of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        SafeTensors::deserialize(&self.bytes).is_ok_and(|tensors| tensors.tensor(name).is_ok())
    }

    /// A tensor of two dimensions.
    ///
    /// # Errors
    /// [`Error::Model`] if there is none, or it holds what are no finite numbers.
    pub(super) fn matrix(&self, name: &str) -> Result<Array2<f32>> {
        let (shape, numbers) = self.read(name)?;
        let &[rows, columns] = shape.as_slice() else {
            return Err(self.broken(format!("gives {name:?} the shape {shape:?}, not two sizes")));
        };
        Array2::from_shape_vec((rows, columns), numbers)
            .map_err(|error| self.broken(format!("gives {name:?} a wrong shape ({error})")))
    }

    /// A tensor of one dimension.
    ///
    /// # Errors
    /// As [`matrix`](Self::matrix).
    pub(super) fn vector(&self, name: &str) -> Result<Array1<f32>> {
        let (shape, numbers) = self.read(name)?;
        match shape.len() {
            1 => Ok(Array1::from(numbers)),
            _ => Err(self.broken(format!("gives {name:?} the shape {shape:?}, not one size"))),
        }
    }

    fn read(&self, name: &str) -> Result<(Vec<usize>, Vec<f32>)> {
        let missing = |_| self.broken(format!("holds no tensor {name:?}"));
        let tensors = SafeTensors::deserialize(&self.bytes).map_err(missing)?;
        let tensor = tensors.tensor(name).map_err(missing)?;
        let numbers: Vec<f32> = match tensor.dtype() {
            Dtype::F32 => {
                tensor.data().as_chunks().0.iter().map(|&n| f32::from_le_bytes(n)).collect()
            }
            Dtype::F16 => halves(tensor.data(), |bits| f16::from_bits(bits).to_f32()),
            Dtype::BF16 => halves(tensor.data(), |bits| bf16::from_bits(bits).to_f32()),
            other => {
                return Err(self.broken(format!("keeps {name:?} as {other:?}, which is not read")));
            }
        };
        match numbers.iter().all(|number| number.is_finite()) {
            true => Ok((tensor.shape().to_vec(), numbers)),
            false => Err(self.broken(format!("holds values in {name:?} that are no numbers"))),
        }
    }

    fn broken(&self, reason: String) -> Error {
        Error::Model { path: self.path.clone(), reason }
    }
}

fn halves(bytes: &[u8], number: impl Fn(u16) -> f32) -> Vec<f32> {
    bytes.as_chunks().0.iter().map(|&bits| number(u16::from_le_bytes(bits))).collect()
}
