//! Tone: where a text stands between alarm and reassurance.
//!
//! The axis runs between the mean vectors of two sets of pole sentences, in all languages with rules,
//! so that it is the same axis in each of them (SemAxis: An, Kwak & Ahn 2018, applied to sentence vectors).

use ndarray::{Array1, ArrayView2, Axis};
use serde::Deserialize;

use crate::embed::Embedder;
use crate::error::Result;

/// The pole sentences, as data.
#[derive(Debug, Deserialize)]
struct Poles {
    alarming: Vec<String>,
    reassuring: Vec<String>,
}

/// A direction in the vector space: larger means more alarming.
#[derive(Debug, Clone)]
pub struct ToneAxis {
    direction: Array1<f32>,
}

impl ToneAxis {
    /// Computes the axis from the pole sentences in `tone.toml`.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn new(embedder: &Embedder) -> Result<Self> {
        let poles: Poles = toml::from_str(include_str!("tone.toml")).unwrap_or(Poles {
            alarming: Vec::new(),
            reassuring: Vec::new(),
        });
        let texts: Vec<&str> =
            poles.alarming.iter().chain(&poles.reassuring).map(String::as_str).collect();
        let vectors = embedder.embed(&texts)?;
        let (alarming, reassuring) = vectors.view().split_at(Axis(0), poles.alarming.len());
        let mean = |vectors: ArrayView2<'_, f32>| {
            vectors.mean_axis(Axis(0)).unwrap_or_else(|| Array1::zeros(vectors.ncols()))
        };
        let mut direction = mean(alarming) - mean(reassuring);
        let norm = direction.dot(&direction).sqrt();
        if norm > 0.0 {
            direction /= norm;
        }
        Ok(Self { direction })
    }

    /// The mean tone of sentences, `[sentences, dim]`: about -0.2..0.2, larger is more alarming; 0 for none.
    pub fn tone(&self, vectors: ArrayView2<'_, f32>) -> f32 {
        vectors.dot(&self.direction).mean().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_poles_are_of_equal_size_in_every_language() {
        let poles: Poles = toml::from_str(include_str!("tone.toml")).unwrap();
        assert_eq!(poles.alarming.len(), poles.reassuring.len());
        assert_eq!(poles.alarming.len() % crate::lang::profiles().len(), 0);
    }
}
