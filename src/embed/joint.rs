//! Layers that read the token vectors of two texts at once.
//!
//! The encoder reads each text alone, so that it is encoded once, whatever it is compared with. What one text makes of
//! another takes looking at both: a few more layers upon an inner one of the encoder see the tokens of a pair side by side,
//! at a small part of what it costs to encode the pair anew (DeFormer: Cao et al. 2020; PreTTR: MacAvaney et al. 2020).

use std::path::Path;

use ndarray::{Array2, Axis, concatenate};

use super::int8::Layers;
use super::manifest::{Manifest, Role};
use super::token_vectors::TextVectors;
use crate::Result;

/// Layers upon the encoder's inner layer, in 8-bit integers.
pub struct JointLayers {
    layers: Layers,
    sha256: String,
}

impl JointLayers {
    /// Reads the layers with this role of the model in `directory`; `None` if its manifest lists none.
    pub(super) fn open(directory: &Path, manifest: &Manifest, role: Role) -> Result<Option<Self>> {
        let Some(file) = manifest.files.iter().find(|file| file.role == role) else {
            return Ok(None);
        };
        let path = directory.join(&file.name);
        file.verify_hash(&path)?;
        let layers = Layers::open(&path, manifest.dim)?;
        Ok(Some(Self { layers, sha256: file.sha256.clone() }))
    }

    /// SHA-256 of the layers' file, by which what was trained upon them knows them.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// What the layers make of the tokens of two texts, `[tokens, dim]` each. They see one row of tokens, so that `sides`,
    /// `[2, dim]`, is added to the vectors first, which tells both texts apart.
    ///
    /// # Errors
    /// [`Error::Engine`](crate::Error::Engine) if the vectors are not as long as the model's.
    pub fn read(&self, texts: [&TextVectors; 2], sides: &Array2<f32>) -> Result<[Array2<f32>; 2]> {
        let [one, other] = [0, 1].map(|side: usize| &texts[side].states + &sides.row(side));
        let first = one.nrows();
        let both = concatenate![Axis(0), one, other];
        let tokens = both.nrows();
        let read = self.layers.run(both, &[tokens])?;
        let (one, other) = read.view().split_at(Axis(0), first);
        Ok([one.to_owned(), other.to_owned()])
    }
}
