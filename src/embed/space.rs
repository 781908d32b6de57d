//! What the sentence vectors of a model have in common, whatever the sentences say.
//!
//! Vectors of one language share a mean, and in all languages a few directions hold much of what differs.
//! Taking the mean out and shortening those directions lets cosines tell meanings apart: the idea of
//! "All-but-the-Top" (Mu & Viswanath 2018) and of whitening (Su et al. 2021), done by halves. A model comes with
//! such a description or without; `models/space.py` makes one.

use std::collections::BTreeMap;
use std::path::Path;

use ndarray::{Array1, Array2, s};

use super::manifest::{Manifest, Role};
use crate::lang::Language;
use crate::{Error, Result};

/// Bytes of a number.
const NUMBER: usize = size_of::<f32>();

/// The description of a model's vector space.
#[derive(Debug, Clone)]
pub struct Space {
    means: BTreeMap<Language, Array1<f32>>,
    directions: Array2<f32>,
}

impl Space {
    /// Reads the file of the role `space` beside the manifest; `None` where the model comes without.
    ///
    /// The file holds 32-bit floats, little endian, in rows of the manifest's dimension: a mean for each of its
    /// languages, then directions.
    ///
    /// # Errors
    /// [`Error::Model`] if the file cannot be read or holds another number of rows.
    pub(super) fn read(directory: &Path, manifest: &Manifest) -> Result<Option<Self>> {
        let Ok(path) = manifest.file(directory, Role::Space) else {
            return Ok(None);
        };
        let broken = |reason: String| Error::Model { path: path.clone(), reason };
        let bytes =
            std::fs::read(&path).map_err(|error| broken(format!("cannot be read ({error})")))?;
        let languages = manifest.languages.len();
        let rows = bytes.len() / (NUMBER * manifest.dim);
        if rows < languages || bytes.len() != rows * NUMBER * manifest.dim {
            let dim = manifest.dim;
            return Err(broken(format!(
                "is no list of {languages} or more rows of {dim} numbers, as the manifest wants"
            )));
        }
        let numbers =
            bytes.chunks_exact(NUMBER).map(|n| f32::from_le_bytes([n[0], n[1], n[2], n[3]]));
        let numbers = Array2::from_shape_vec((rows, manifest.dim), numbers.collect())
            .map_err(|error| broken(error.to_string()))?;
        let codes = manifest.languages.iter().zip(numbers.rows());
        let means = codes
            .filter_map(|(code, mean)| Some((Language::from_code(code)?, mean.to_owned())))
            .collect();
        Ok(Some(Self { means, directions: numbers.slice(s![languages.., ..]).to_owned() }))
    }

    /// The mean vector of sentences, by language.
    pub fn means(&self) -> &BTreeMap<Language, Array1<f32>> {
        &self.means
    }

    /// Directions, `[count, dim]`: the product of a vector with all of them, turned back by them, is what is to
    /// be taken from the vector.
    pub fn directions(&self) -> &Array2<f32> {
        &self.directions
    }
}
