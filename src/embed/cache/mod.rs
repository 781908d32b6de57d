//! Vectors of texts seen before, kept in a folder: a table for each model and engine.
//!
//! What is kept is never needed: a folder that cannot be written, a broken table or a full disk only mean that vectors
//! are computed again.

mod table;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ndarray::ArrayView1;
use sha2::{Digest, Sha256};

use self::table::{Hash, Table};
use crate::{Error, Result};

/// Most bytes of all tables in a folder together.
pub const MOST_BYTES: u64 = 512 << 20;
/// Most bytes of one table: some 130 000 vectors of 384 numbers.
pub(super) const TABLE_BYTES: u64 = MOST_BYTES / 2;

/// Beginning and ending of the names of tables; nothing else in the folder is ever touched.
const PREFIX: &str = "vectors-";
const ENDING: &str = "cache";
/// Ending of a table that is being made larger.
const GROWING: &str = "growing";

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
    table: Mutex<Table>,
}

impl Cache {
    /// Opens the table of an encoder in a folder, which is made if need be. `encoder` is text that differs between all
    /// encoders whose vectors differ.
    pub(super) fn open(
        folder: &Path,
        encoder: &str,
        dim: usize,
        most_bytes: u64,
    ) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let identity: Hash = Sha256::digest(format!("{VERSION}\n{dim}\n{encoder}")).into();
        let name: String = identity.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let path = folder.join(format!("{PREFIX}{name}.{ENDING}"));
        if !path.exists() {
            make_room(folder);
        }
        Ok(Self { table: Mutex::new(Table::open(&path, &identity, dim, most_bytes)?) })
    }

    /// The vectors of the texts that are kept.
    pub(super) fn get(&self, kind: Kind, texts: &[&str]) -> Vec<Option<Vec<f32>>> {
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        texts.iter().map(|text| table.get(&key(kind, text))).collect()
    }

    /// Keeps vectors, until one cannot be written.
    pub(super) fn put<'v>(
        &self,
        kind: Kind,
        entries: impl Iterator<Item = (&'v str, ArrayView1<'v, f32>)>,
    ) {
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        for (text, vector) in entries {
            if table.put(&key(kind, text), vector.iter().copied()).is_err() {
                return;
            }
        }
    }

    /// Whether nothing is kept yet.
    pub(super) fn is_new(&self) -> bool {
        self.table.lock().unwrap_or_else(PoisonError::into_inner).is_new()
    }
}

fn key(kind: Kind, text: &str) -> Hash {
    Sha256::new().chain_update([kind as u8]).chain_update(text).finalize().into()
}

/// Removes the tables used longest ago until there is room for a full new one.
fn make_room(folder: &Path) {
    let Ok(mut files) = files(folder) else { return };
    let used = |path: &PathBuf| fs::metadata(path).and_then(|file| file.modified()).ok();
    files.sort_by_key(used);
    let size = |path: &PathBuf| fs::metadata(path).map_or(0, |file| file.len());
    let mut bytes: u64 = files.iter().map(size).sum();
    for path in files {
        if bytes <= MOST_BYTES - TABLE_BYTES {
            return;
        }
        bytes -= size(&path);
        // One that cannot be removed stays.
        let _ = fs::remove_file(path);
    }
}

/// The tables in a folder, by name; none if there is no folder.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let ending = path.extension().is_some_and(|ending| ending == ENDING || ending == GROWING);
        let name = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PREFIX));
        if ending && name && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// What a table holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableInfo {
    /// Its file.
    pub path: PathBuf,
    /// Size of the file.
    pub bytes: u64,
    /// Numbers in a vector; 0 where the file is no table.
    pub dim: usize,
    /// Vectors that match their checksums.
    pub entries: u64,
    /// Vectors that do not; they are never used.
    pub broken: u64,
}

/// What the tables in a folder hold. Reads all of them.
///
/// # Errors
/// [`Error::Io`] if the folder or a file cannot be read.
pub fn inspect(folder: &Path) -> Result<Vec<TableInfo>> {
    files(folder)
        .map_err(|error| failed(folder, error))?
        .iter()
        .map(|path| inspect_table(path))
        .collect()
}

fn inspect_table(path: &Path) -> Result<TableInfo> {
    let failed = |error| failed(path, error);
    let Some(mut table) = Table::inspect(path).map_err(failed)? else {
        let bytes = fs::metadata(path).map_err(failed)?.len();
        return Ok(TableInfo { path: path.to_owned(), bytes, dim: 0, entries: 0, broken: 0 });
    };
    let count = table.count().map_err(failed)?;
    Ok(TableInfo {
        path: path.to_owned(),
        bytes: table.bytes(),
        dim: table.dim(),
        entries: count.entries,
        broken: count.broken,
    })
}

/// Checks every vector in a folder against its checksum, as [`inspect`] does, and removes what does not match.
///
/// # Errors
/// [`Error::Io`] if the folder or a file cannot be read or written.
pub fn verify(folder: &Path) -> Result<Vec<TableInfo>> {
    let found = inspect(folder)?;
    for info in &found {
        let repair = || match Table::inspect(&info.path)? {
            Some(mut table) => table.repair(),
            None => fs::remove_file(&info.path),
        };
        if info.broken > 0 || info.dim == 0 {
            repair().map_err(|error| failed(&info.path, error))?;
        }
    }
    Ok(found)
}

/// Removes the tables of a folder; gives their number.
///
/// # Errors
/// [`Error::Io`] if one cannot be removed.
pub fn clear(folder: &Path) -> Result<usize> {
    let files = files(folder).map_err(|error| failed(folder, error))?;
    for path in &files {
        fs::remove_file(path).map_err(|error| failed(path, error))?;
    }
    Ok(files.len())
}

fn failed(path: &Path, error: io::Error) -> Error {
    Error::Io { path: path.to_owned(), error }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn tables_used_longest_ago_make_room_and_other_files_stay() {
        let folder = tempfile::tempdir().unwrap();
        let make = |name: &str, age: u64| {
            let file = fs::File::create(folder.path().join(name)).unwrap();
            file.set_len(MOST_BYTES / 5).unwrap();
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 - age);
            file.set_modified(time).unwrap();
        };
        make("vectors-a.cache", 3);
        make("vectors-b.cache", 9);
        make("vectors-c.cache", 1);
        make("vectors-d.growing", 8);
        make("mine.cache", 99);
        let cache = Cache::open(folder.path(), "encoder", 4, TABLE_BYTES).unwrap();
        assert!(cache.is_new());
        let mut there: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name.len() <= "vectors-d.growing".len())
            .collect();
        there.sort();
        assert_eq!(there, ["mine.cache", "vectors-a.cache", "vectors-c.cache"]);
    }
}
