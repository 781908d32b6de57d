//! Tensors in files of the format safetensors, as 32-bit floats.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use half::{bf16, f16};
use ndarray::{Array1, Array2};
use safetensors::{Dtype, SafeTensors};

use crate::{Error, Result};

/// The bytes of a file of tensors.
pub(crate) struct Tensors {
    path: PathBuf,
    bytes: Cow<'static, [u8]>,
}

impl Tensors {
    /// Reads a file.
    ///
    /// # Errors
    /// [`Error::Model`] if it cannot be read or is no file of tensors.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let broken = |reason: String| Error::Model { path: path.to_owned(), reason };
        let bytes =
            std::fs::read(path).map_err(|error| broken(format!("cannot be read ({error})")))?;
        Self::new(path, Cow::Owned(bytes))
    }

    /// A file that is part of the program; `path` is what errors call it.
    ///
    /// # Errors
    /// [`Error::Model`] if it is no file of tensors.
    pub(crate) fn included(path: &Path, bytes: &'static [u8]) -> Result<Self> {
        Self::new(path, Cow::Borrowed(bytes))
    }

    fn new(path: &Path, bytes: Cow<'static, [u8]>) -> Result<Self> {
        let tensors = Self { path: path.to_owned(), bytes };
        match SafeTensors::deserialize(&tensors.bytes) {
            Ok(_) => Ok(tensors),
            Err(error) => Err(tensors.broken(format!("is no file of tensors ({error})"))),
        }
    }

    /// What the file notes under a key beside its tensors.
    pub(crate) fn note(&self, key: &str) -> Option<String> {
        let (_, head) = SafeTensors::read_metadata(&self.bytes).ok()?;
        head.metadata().as_ref()?.get(key).cloned()
    }

    /// Whether there is a tensor of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        SafeTensors::deserialize(&self.bytes).is_ok_and(|tensors| tensors.tensor(name).is_ok())
    }

    /// A tensor of two dimensions.
    ///
    /// # Errors
    /// [`Error::Model`] if there is none, or it holds what are no finite numbers.
    pub(crate) fn matrix(&self, name: &str) -> Result<Array2<f32>> {
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
    pub(crate) fn vector(&self, name: &str) -> Result<Array1<f32>> {
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
