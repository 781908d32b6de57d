//! The background: what sentences of a language look like when they are about nothing in particular.
//!
//! It is made of texts that come with the program. Vectors of one language share a direction; taking the background
//! out removes it.

use std::collections::BTreeMap;

use ndarray::Array1;

use super::tone::ToneAxis;
use crate::lang::Language;

/// Mean vectors by language.
#[derive(Debug, Clone)]
pub struct Background {
    by_language: BTreeMap<Language, Array1<f32>>,
    overall: Array1<f32>,
}

impl Background {
    /// The background that the built-in sentences give.
    pub fn new(tone: &ToneAxis) -> Self {
        Self::of(tone.means(), tone.dim())
    }

    /// The background of given mean vectors, each `[dim]`.
    pub fn of(by_language: BTreeMap<Language, Array1<f32>>, dim: usize) -> Self {
        let mut overall = Array1::zeros(dim);
        by_language.values().for_each(|mean| overall += mean);
        overall /= by_language.len().max(1) as f32;
        Self { by_language, overall }
    }

    /// The mean vector of a language; of all languages where it has none of its own.
    pub fn mean(&self, language: Language) -> &Array1<f32> {
        self.by_language.get(&language).unwrap_or(&self.overall)
    }
}
