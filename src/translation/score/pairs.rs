//! What layers say of a translation that read it and its source at once.
//!
//! They see the tokens of both sides as the encoder left them at its inner layer ([`JointLayers`]). What they make of each side
//! is taken together as a mean over its tokens, and once more by where a head looks (attention pooling: Yang et al. 2016);
//! an inner layer gives two sums from it. So models estimate quality that read a pair of texts as one (OpenKiwi: Kepler et
//! al. 2019; TransQuest: Ranasinghe et al. 2020), here without encoding each pair anew.
//!
//! `models/pairs.py` trains layers and head together, and writes the first beside the model, the second into this folder.

use std::path::Path;
use std::sync::LazyLock;

use ndarray::{Array1, Array2, Axis};

use super::features::Encoded;
use super::network::{Dense, looked_at};
use crate::embed::joint::JointLayers;
use crate::embed::tensors::Tensors;
use crate::error::Result;

/// What was trained upon joint layers.
struct Head {
    /// SHA-256 of the layers' file.
    layers: String,
    /// Added to the tokens of source and target, which tells them apart: `[2, dim]`.
    sides: Array2<f32>,
    /// Where the head looks on each side: `[2, dim]`.
    attention: Array2<f32>,
    inner: Dense,
    outer: Dense,
}

/// The head that comes along.
static SHIPPED: LazyLock<Option<Head>> =
    LazyLock::new(|| Head::read(include_bytes!("joint.safetensors")));

/// Layers with the head that was trained upon them.
pub(super) struct PairReader {
    head: &'static Head,
    layers: JointLayers,
}

impl PairReader {
    /// The reader upon these layers; `None` if the head was trained upon others.
    pub(super) fn upon(layers: JointLayers) -> Option<Self> {
        let head = SHIPPED.as_ref().filter(|head| head.layers == layers.sha256())?;
        Some(Self { head, layers })
    }

    /// How good and how bad a segment is.
    ///
    /// # Errors
    /// Those of the engine.
    pub(super) fn sums(&self, [source, target]: [Encoded<'_>; 2]) -> Result<Array1<f32>> {
        let read = self.layers.read([source.vectors, target.vectors], &self.head.sides)?;
        Ok(self.head.sums(&read))
    }
}

impl Head {
    /// Takes a file's content; `None` if something is missing or does not fit.
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let file = Tensors::included(Path::new("joint.safetensors"), bytes).ok()?;
        let matrix = |name: &str| file.matrix(name).ok();
        let head = Self {
            layers: file.note("layers")?,
            sides: matrix("sides")?,
            attention: matrix("attention")?,
            inner: Dense::read(&file, "inner")?,
            outer: Dense::read(&file, "outer")?,
        };
        head.fits().then_some(head)
    }

    /// Whether all sizes belong together.
    fn fits(&self) -> bool {
        let (sides, dim) = self.sides.dim();
        sides == 2
            && self.attention.dim() == (sides, dim)
            && self.inner.fits(2 * sides * dim, self.outer.inputs())
            && self.outer.fits(self.outer.inputs(), 2)
    }

    /// How good and how bad, from what the layers made of the tokens of both sides.
    fn sums(&self, sides: &[Array2<f32>; 2]) -> Array1<f32> {
        let mut pooled = Vec::with_capacity(self.inner.inputs());
        for (tokens, attention) in sides.iter().zip(self.attention.rows()) {
            pooled.extend(tokens.mean_axis(Axis(0)).unwrap_or_default());
            pooled.extend(looked_at(tokens.view(), attention));
        }
        self.outer.apply(&self.inner.apply(&Array1::from(pooled)).mapv_into(f32::tanh))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sound() {
        assert!(SHIPPED.is_some());
    }

    #[test]
    fn a_file_cut_short_is_refused() {
        let bytes = include_bytes!("joint.safetensors");
        assert!(Head::read(&bytes[..bytes.len() - 2]).is_none());
    }
}
