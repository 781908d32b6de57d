//! Vectors of texts seen before.

use std::io;
use std::path::Path;

use ndarray::ArrayView1;
use sha2::{Digest, Sha256};

use crate::cache::{Content, Hash, Store};

/// Two tables made by different code never share vectors.
const VERSION: u32 = 1;

/// What a vector is of: the same text has one as a sentence and one as an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// All of a text counts alike.
    Sentence,
    /// The beginning of a text, by what its words tell.
    Article,
}

/// The vectors of one model and engine.
pub(super) struct Cache {
    store: Store,
}

impl Cache {
    /// Opens the table of an encoder in a folder. `encoder` is text that differs between all encoders whose vectors differ.
    pub(super) fn open(
        folder: &Path,
        encoder: &str,
        dim: usize,
        most_bytes: u64,
    ) -> io::Result<Self> {
        let identity = format!("{VERSION}\n{dim}\n{encoder}");
        let store = Store::open(folder, Content::Vectors, &identity, 4 * dim, most_bytes)?;
        Ok(Self { store })
    }

    /// The vectors of the texts that are kept.
    pub(super) fn get(&self, kind: Kind, texts: &[&str]) -> Vec<Option<Vec<f32>>> {
        let numbers = |bytes: Vec<u8>| {
            bytes.chunks_exact(4).map(|n| f32::from_le_bytes([n[0], n[1], n[2], n[3]])).collect()
        };
        texts.iter().map(|text| self.store.get(&key(kind, text)).map(numbers)).collect()
    }

    /// Keeps vectors, until one cannot be written.
    pub(super) fn put<'v>(
        &self,
        kind: Kind,
        entries: impl Iterator<Item = (&'v str, ArrayView1<'v, f32>)>,
    ) {
        for (text, vector) in entries {
            let bytes: Vec<u8> = vector.iter().flat_map(|number| number.to_le_bytes()).collect();
            if self.store.put(&key(kind, text), &bytes).is_err() {
                return;
            }
        }
    }

    /// Whether nothing is kept yet.
    pub(super) fn is_new(&self) -> bool {
        self.store.is_new()
    }
}

fn key(kind: Kind, text: &str) -> Hash {
    Sha256::new().chain_update([kind as u8]).chain_update(text).finalize().into()
}
