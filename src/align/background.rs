//! The background: what sentences of a language look like when they are about nothing in particular.
//!
//! It comes with the model, or is made of texts that come with the program. Vectors of one language share a
//! direction; taking the background out removes it.

use std::collections::BTreeMap;

use ndarray::{Array1, Array2, ArrayViewMut1};

use super::Article;
use super::tone::ToneAxis;
use crate::embed::space::Space;
use crate::lang::Language;

/// Mean vectors by language, and directions that say little about what is said.
#[derive(Debug, Clone)]
pub struct Background {
    by_language: BTreeMap<Language, Array1<f32>>,
    overall: Array1<f32>,
    directions: Array2<f32>,
}

impl Background {
    /// The background of a model: its description, or else the means of the built-in sentences.
    pub fn new(space: Option<&Space>, tone: &ToneAxis) -> Self {
        let by_language = space.map_or_else(|| tone.means(), |space| space.means().clone());
        let of = Self::of(by_language, tone.dim());
        match space {
            Some(space) => Self { directions: space.directions().clone(), ..of },
            None => of,
        }
    }

    /// The background of given mean vectors, each `[dim]`.
    pub fn of(by_language: BTreeMap<Language, Array1<f32>>, dim: usize) -> Self {
        let mut overall = Array1::zeros(dim);
        by_language.values().for_each(|mean| overall += mean);
        overall /= by_language.len().max(1) as f32;
        Self { by_language, overall, directions: Array2::zeros((0, dim)) }
    }

    /// The mean vector of a language; of all languages where it has none of its own.
    pub fn mean(&self, language: Language) -> &Array1<f32> {
        self.by_language.get(&language).unwrap_or(&self.overall)
    }

    /// The sentence vectors of an article with the background taken out, `[sentences, dim]`, rows of L2 norm 1 (or
    /// zero).
    pub fn taken_from(&self, article: &Article) -> Array2<f32> {
        let mut vectors = &article.vectors - self.mean(article.document.language);
        let common = vectors.dot(&self.directions.t()).dot(&self.directions);
        vectors -= &common;
        vectors.rows_mut().into_iter().for_each(normalise);
        vectors
    }
}

/// Scales a vector to L2 norm 1; zero stays zero.
pub fn normalise(mut vector: ArrayViewMut1<'_, f32>) {
    let norm = vector.dot(&vector).sqrt().max(f32::EPSILON);
    vector /= norm;
}
