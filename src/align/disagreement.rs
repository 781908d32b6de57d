//! Where two texts disagree on what is so and what is not, as layers see it that read both at once.
//!
//! Each token is asked whether it tells that one text has a negation that the other lacks. The layers ([`JointLayers`]) were
//! trained on translations in which a negation was planted, knowing only in which ones (multiple-instance learning: Ilse et
//! al. 2018); `models/disagreement.py` writes them beside the model, and what reads them into this folder.

use std::path::Path;
use std::sync::LazyLock;

use ndarray::Array2;

use crate::embed::joint::JointLayers;
use crate::embed::manifest::Role;
use crate::embed::tensors::Tensors;
use crate::embed::{Embedder, TextVectors};
use crate::error::Result;
use crate::text::Span;

/// What was trained upon the layers.
struct Head {
    /// SHA-256 of the layers' file.
    layers: String,
    /// The inner layer of the encoder that they stand upon.
    layer: usize,
    /// Added to the tokens of each text, which tells them apart: `[2, dim]`.
    sides: Array2<f32>,
    /// What makes a token of each text tell: `[2, dim]`.
    weights: Array2<f32>,
    bias: f32,
}

/// The head that comes along.
static SHIPPED: LazyLock<Option<Head>> =
    LazyLock::new(|| Head::read(include_bytes!("disagreement.safetensors")));

/// What speaks for a negation that one of two texts has and the other has not.
#[derive(Debug, Clone, PartialEq)]
pub struct Disagreement {
    /// Of each token of the left and the right text where it stands, in bytes of its text, and the log odds that it tells of
    /// such a negation, as trained: with far more of them than texts have that say the same.
    pub tokens: [Vec<(Span, f32)>; 2],
}

/// Layers with the head that was trained upon them.
pub struct DisagreementReader {
    head: &'static Head,
    layers: JointLayers,
}

impl DisagreementReader {
    /// The reader for a model's vectors; `None` if none was trained on them.
    ///
    /// # Errors
    /// [`Error::Model`](crate::Error::Model) if the file of layers is broken.
    pub fn of(embedder: &Embedder) -> Result<Option<Self>> {
        let layers = embedder.joint_layers(Role::Disagreement)?;
        let both = layers.zip(SHIPPED.as_ref());
        let fits = |(layers, head): &(JointLayers, &Head)| {
            head.layers == layers.sha256() && embedder.has_layer(head.layer)
        };
        Ok(both.filter(fits).map(|(layers, head)| Self { head, layers }))
    }

    /// The inner layer whose token vectors are read.
    pub fn layer(&self) -> usize {
        self.head.layer
    }

    /// Where a left and a right text disagree.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn read(&self, texts: [&TextVectors; 2]) -> Result<Disagreement> {
        let read = self.layers.read(texts, &self.head.sides)?;
        let tokens = [0, 1].map(|side: usize| {
            let sums = read[side].dot(&self.head.weights.row(side)) + self.head.bias;
            let own = sums.iter().skip(texts[side].first);
            texts[side].spans.iter().copied().zip(own.copied()).collect()
        });
        Ok(Disagreement { tokens })
    }
}

impl Disagreement {
    /// Log odds of the surest of some tokens of a text, `0` the left, `1` the right one; none where there is no such token.
    pub fn surest(&self, side: usize, wanted: impl Fn(Span) -> bool) -> Option<f32> {
        let tokens = self.tokens[side].iter().filter(|(span, _)| wanted(*span));
        tokens.map(|&(_, log_odds)| log_odds).max_by(f32::total_cmp)
    }
}

impl Head {
    /// Takes a file's content; `None` if something is missing or does not fit.
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let file = Tensors::included(Path::new("disagreement.safetensors"), bytes).ok()?;
        let head = Self {
            layers: file.note("layers")?,
            layer: file.note("layer")?.parse().ok()?,
            sides: file.matrix("sides").ok()?,
            weights: file.matrix("weights").ok()?,
            bias: *file.vector("bias").ok()?.first()?,
        };
        let fits = head.sides.nrows() == 2 && head.weights.dim() == head.sides.dim();
        fits.then_some(head)
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
        let bytes = include_bytes!("disagreement.safetensors");
        assert!(Head::read(&bytes[..bytes.len() - 2]).is_none());
    }

    #[test]
    fn the_surest_token_of_a_stretch_speaks_for_it() {
        let tokens = vec![(Span::new(0, 3), -4.0), (Span::new(4, 7), 2.0), (Span::new(7, 9), 1.0)];
        let disagreement = Disagreement { tokens: [Vec::new(), tokens] };
        let within = |start, end| move |span: Span| span.overlaps(Span::new(start, end));
        assert_eq!(disagreement.surest(1, within(4, 9)), Some(2.0));
        assert_eq!(disagreement.surest(1, within(10, 12)), None);
        assert_eq!(disagreement.surest(0, within(0, 3)), None);
    }
}
