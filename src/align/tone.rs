//! Tone: where a text stands between alarm and reassurance.
//!
//! The axis runs between the mean vectors of two sets of pole sentences, in all languages with rules, so
//! that it is the same axis in each of them (SemAxis, An, Kwak & Ahn 2018, with sentences for words). The
//! pole sentences also serve as the background of their language.

use std::collections::BTreeMap;

use ndarray::{Array1, Array2, ArrayView2, Axis, s};
use serde::Deserialize;

use crate::embed::Embedder;
use crate::error::Result;
use crate::lang::Language;

/// The pole sentences of all languages, as data.
#[derive(Debug, Deserialize)]
struct PoleFile {
    poles: Vec<Poles>,
}

/// The pole sentences of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Poles {
    language: Language,
    alarming: Vec<String>,
    reassuring: Vec<String>,
}

fn poles() -> Vec<Poles> {
    toml::from_str::<PoleFile>(include_str!("tone.toml")).map(|file| file.poles).unwrap_or_default()
}

/// A direction in the vector space: larger means more alarming.
#[derive(Debug, Clone)]
pub struct ToneAxis {
    direction: Array1<f32>,
    means: BTreeMap<Language, Array1<f32>>,
}

impl ToneAxis {
    /// Computes the axis from the pole sentences in `tone.toml`.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn new(embedder: &Embedder) -> Result<Self> {
        let poles = poles();
        let texts: Vec<&str> = poles
            .iter()
            .flat_map(|poles| poles.alarming.iter().chain(&poles.reassuring))
            .map(String::as_str)
            .collect();
        let vectors = embedder.embed(&texts)?;
        let mut direction = Array1::zeros(vectors.ncols());
        let mut means = BTreeMap::new();
        let mut first = 0;
        for poles in &poles {
            let turn = first + poles.alarming.len();
            let end = turn + poles.reassuring.len();
            direction += &(mean(&vectors, first, turn) - mean(&vectors, turn, end));
            means.insert(poles.language, mean(&vectors, first, end));
            first = end;
        }
        let norm = direction.dot(&direction).sqrt();
        if norm > 0.0 {
            direction /= norm;
        }
        Ok(Self { direction, means })
    }

    /// Length of a vector.
    pub fn dim(&self) -> usize {
        self.direction.len()
    }

    /// The mean vector of the pole sentences of each language.
    pub fn means(&self) -> BTreeMap<Language, Array1<f32>> {
        self.means.clone()
    }

    /// The mean tone of sentences, `[sentences, dim]`, in one language: larger is more alarming, 0 is
    /// halfway between the poles.
    pub fn tone(&self, vectors: ArrayView2<'_, f32>, language: Language) -> f32 {
        let middle = self.means.get(&language).map_or(0.0, |mean| mean.dot(&self.direction));
        vectors.dot(&self.direction).mean().map_or(0.0, |tone| tone - middle)
    }
}

fn mean(vectors: &Array2<f32>, first: usize, end: usize) -> Array1<f32> {
    vectors
        .slice(s![first..end, ..])
        .mean_axis(Axis(0))
        .unwrap_or_else(|| Array1::zeros(vectors.ncols()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_with_rules_has_poles_of_equal_size() {
        let poles = poles();
        for profile in crate::lang::profiles() {
            let own = poles.iter().find(|poles| poles.language == profile.language);
            let own = own.unwrap_or_else(|| panic!("no poles in {}", profile.name));
            assert_eq!(own.alarming.len(), own.reassuring.len());
            assert!(own.alarming.len() >= 4);
        }
    }
}
