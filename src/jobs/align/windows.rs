//! Vectors of neighbouring sentences taken together, kept while several versions are linked pair by pair,
//! since each version is part of several pairs.

use std::cell::RefCell;
use std::collections::HashMap;

use ndarray::{Array1, Array2};

use crate::embed::Embedder;
use crate::error::Result;

/// Vectors kept at most; beyond, they are computed again. About 100 MB with vectors of 384 numbers.
const MOST_KEPT: usize = 1 << 16;

/// An embedder that remembers.
pub(super) struct Windows<'e> {
    embedder: &'e Embedder,
    /// Whether a text may be asked for again.
    keep: bool,
    kept: RefCell<HashMap<String, Array1<f32>>>,
}

impl<'e> Windows<'e> {
    /// Remembers only if `keep`.
    pub(super) fn new(embedder: &'e Embedder, keep: bool) -> Self {
        Self { embedder, keep, kept: RefCell::default() }
    }

    /// Vectors of the texts, as [`Embedder::embed_with_progress`] gives them.
    pub(super) fn embed(
        &self,
        texts: &[&str],
        progress: &mut dyn FnMut(usize) -> Result<()>,
    ) -> Result<Array2<f32>> {
        if !self.keep {
            return self.embedder.embed_with_progress(texts, progress);
        }
        let mut kept = self.kept.borrow_mut();
        let new: Vec<&str> =
            texts.iter().copied().filter(|&text| !kept.contains_key(text)).collect();
        let computed = self.embedder.embed_with_progress(&new, progress)?;
        let mut vectors = Array2::zeros((texts.len(), self.embedder.manifest().dim));
        let mut computed = computed.rows().into_iter();
        for (text, mut row) in texts.iter().zip(vectors.rows_mut()) {
            if let Some(vector) = kept.get(*text) {
                row.assign(vector);
            } else if let Some(vector) = computed.next() {
                row.assign(&vector);
            }
        }
        for (text, row) in texts.iter().zip(vectors.rows()) {
            if kept.len() < MOST_KEPT && !kept.contains_key(*text) {
                kept.insert((*text).to_owned(), row.to_owned());
            }
        }
        Ok(vectors)
    }
}
