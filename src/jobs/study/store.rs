//! Vectors of many articles, kept in a file that has no name: memory does not grow with them.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ndarray::{Array2, ArrayView2};

use crate::error::{Error, Result};

/// The vectors of each article, by its number.
pub(super) struct Store {
    folder: PathBuf,
    file: Mutex<File>,
    dim: usize,
    /// Where the vectors of each article begin, in rows, and how many it has.
    places: Vec<(u64, usize)>,
    rows: u64,
}

impl Store {
    /// An empty store on the disk of a folder.
    pub(super) fn new(folder: &Path, dim: usize) -> Result<Self> {
        let failed = |error| Error::Io { path: folder.to_owned(), error };
        let file = tempfile::tempfile_in(folder).map_err(failed)?;
        let file = Mutex::new(file);
        Ok(Self { folder: folder.to_owned(), file, dim, places: Vec::new(), rows: 0 })
    }

    /// Adds the vectors of the next article.
    pub(super) fn push(&mut self, vectors: ArrayView2<'_, f32>) -> Result<()> {
        let bytes: Vec<u8> = vectors.iter().flat_map(|number| number.to_le_bytes()).collect();
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.rows * self.row_bytes()))
            .and_then(|_| file.write_all(&bytes))
            .map_err(|error| self.failed(error))?;
        self.places.push((self.rows, vectors.nrows()));
        self.rows += vectors.nrows() as u64;
        Ok(())
    }

    /// Gives the next article the vectors of an earlier one.
    pub(super) fn repeat(&mut self, article: usize) {
        self.places.push(self.places.get(article).copied().unwrap_or((0, 0)));
    }

    /// The vectors of an article, `[sentences, dim]`.
    pub(super) fn vectors(&self, article: usize) -> Result<Array2<f32>> {
        let (first, count) = self.places.get(article).copied().unwrap_or((0, 0));
        let mut bytes = vec![0; count * self.dim * 4];
        {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(first * self.row_bytes()))
                .and_then(|_| file.read_exact(&mut bytes))
                .map_err(|error| self.failed(error))?;
        }
        let numbers =
            bytes.chunks_exact(4).map(|n| f32::from_le_bytes([n[0], n[1], n[2], n[3]])).collect();
        Ok(Array2::from_shape_vec((count, self.dim), numbers)
            .unwrap_or_else(|_| Array2::zeros((count, self.dim))))
    }

    fn row_bytes(&self) -> u64 {
        self.dim as u64 * 4
    }

    fn failed(&self, error: io::Error) -> Error {
        Error::Io { path: self.folder.clone(), error }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn what_was_put_comes_back_in_any_order() {
        let mut store = Store::new(&std::env::temp_dir(), 2).unwrap();
        let vectors = [array![[1.0, 2.0], [3.0, 4.0]], Array2::zeros((0, 2)), array![[5.0, 6.0]]];
        vectors.iter().for_each(|vectors| store.push(vectors.view()).unwrap());
        store.repeat(0);
        assert_eq!(store.vectors(3).unwrap(), vectors[0]);
        for number in [2, 0, 1] {
            assert_eq!(store.vectors(number).unwrap(), vectors[number]);
        }
    }
}
