//! What is kept between runs, in a folder: a table of vectors for each model and engine, and one of facts.
//!
//! What is kept is never needed: a folder that cannot be written, a broken table or a full disk only mean that it is
//! computed again.

mod table;

use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use self::table::Table;
use crate::{Error, Result};

/// Most bytes of all tables in a folder together.
pub const MOST_BYTES: u64 = 512 << 20;
/// Most bytes of one table: some 130 000 vectors of 384 numbers.
pub(crate) const TABLE_BYTES: u64 = MOST_BYTES / 2;

/// Ending of the names of tables; nothing else in the folder is ever touched.
const ENDING: &str = "cache";
/// Ending of a table that is being made larger.
const GROWING: &str = "growing";

/// What a table is for, or what an entry is of.
pub(crate) type Hash = [u8; 32];

/// What the entries of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Vectors of texts.
    Vectors,
    /// Facts of documents, in pieces of one length.
    Facts,
}

impl Content {
    const ALL: [Self; 2] = [Self::Vectors, Self::Facts];

    /// The content in one word, with which the names of its tables begin.
    pub fn name(self) -> &'static str {
        match self {
            Self::Vectors => "vectors",
            Self::Facts => "facts",
        }
    }

    /// What the table of a name holds, if it is one of a table.
    fn of(name: &str) -> Option<Self> {
        let begins = |content: &Self| {
            name.strip_prefix(content.name()).is_some_and(|rest| rest.starts_with('-'))
        };
        Self::ALL.into_iter().find(begins)
    }
}

/// Entries of one length under their hashes, kept in a file.
pub(crate) struct Store {
    table: Mutex<Table>,
}

impl Store {
    /// Opens the table of something in a folder, which is made if need be. `identity` is text that differs between all that
    /// make different entries under one hash.
    pub(crate) fn open(
        folder: &Path,
        content: Content,
        identity: &str,
        entry_bytes: usize,
        most_bytes: u64,
    ) -> io::Result<Self> {
        make_folder(folder)?;
        let identity: Hash = Sha256::digest(identity).into();
        let name: String = identity.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let path = folder.join(format!("{}-{name}.{ENDING}", content.name()));
        if !path.exists() {
            make_room(folder);
        }
        Ok(Self { table: Mutex::new(Table::open(&path, &identity, entry_bytes, most_bytes)?) })
    }

    /// The entry of a hash, if it is kept.
    pub(crate) fn get(&self, key: &Hash) -> Option<Vec<u8>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner).get(key)
    }

    /// Keeps an entry.
    ///
    /// # Errors
    /// One of another length than the table's, and those of the file.
    pub(crate) fn put(&self, key: &Hash, entry: &[u8]) -> io::Result<()> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner).put(key, entry)
    }

    /// Whether nothing is kept yet.
    pub(crate) fn is_new(&self) -> bool {
        self.table.lock().unwrap_or_else(PoisonError::into_inner).is_new()
    }
}

/// Makes a folder that nobody else may look into, where the system knows such: facts tell what a document is about.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// Removes the tables used longest ago until there is room for a full new one.
fn make_room(folder: &Path) {
    let Ok(mut files) = files(folder) else { return };
    let used =
        |(path, _): &(PathBuf, Content)| fs::metadata(path).and_then(|file| file.modified()).ok();
    files.sort_by_key(used);
    let size = |path: &PathBuf| fs::metadata(path).map_or(0, |file| file.len());
    let mut bytes: u64 = files.iter().map(|(path, _)| size(path)).sum();
    for (path, _) in files {
        if bytes <= MOST_BYTES - TABLE_BYTES {
            return;
        }
        bytes -= size(&path);
        // One that cannot be removed stays.
        let _ = fs::remove_file(path);
    }
}

/// The tables in a folder, by name; none if there is no folder.
fn files(folder: &Path) -> io::Result<Vec<(PathBuf, Content)>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let ending = path.extension().is_some_and(|ending| ending == ENDING || ending == GROWING);
        let content = path.file_name().and_then(|name| Content::of(&name.to_string_lossy()));
        if let Some(content) = content.filter(|_| ending && path.is_file()) {
            files.push((path, content));
        }
    }
    files.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(files)
}

/// What a table holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableInfo {
    /// Its file.
    pub path: PathBuf,
    /// What its entries are.
    pub content: Content,
    /// Size of the file.
    pub bytes: u64,
    /// Bytes of an entry; 0 where the file is no table.
    pub entry_bytes: usize,
    /// Entries that match their checksums.
    pub entries: u64,
    /// Entries that do not; they are never used.
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
        .map(|(path, content)| inspect_table(path, *content))
        .collect()
}

fn inspect_table(path: &Path, content: Content) -> Result<TableInfo> {
    let failed = |error| failed(path, error);
    let path = path.to_owned();
    let Some(mut table) = Table::inspect(&path).map_err(failed)? else {
        let bytes = fs::metadata(&path).map_err(failed)?.len();
        return Ok(TableInfo { path, content, bytes, entry_bytes: 0, entries: 0, broken: 0 });
    };
    let count = table.count().map_err(failed)?;
    Ok(TableInfo {
        path,
        content,
        bytes: table.bytes(),
        entry_bytes: table.entry_bytes(),
        entries: count.entries,
        broken: count.broken,
    })
}

/// Checks every entry in a folder against its checksum, as [`inspect`] does, and removes what does not match.
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
        if info.broken > 0 || info.entry_bytes == 0 {
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
    for (path, _) in &files {
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

    fn open(folder: &Path) -> Store {
        Store::open(folder, Content::Vectors, "encoder", 16, TABLE_BYTES).unwrap()
    }

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
        make("facts-b.cache", 9);
        make("facts-c.cache", 1);
        make("vectors-d.growing", 8);
        make("mine.cache", 99);
        assert!(open(folder.path()).is_new());
        let mut there: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name.len() <= "vectors-d.growing".len())
            .collect();
        there.sort();
        assert_eq!(there, ["facts-c.cache", "mine.cache", "vectors-a.cache"]);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_look_into_a_folder_that_was_made() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let made = folder.path().join("made");
        drop(open(&made));
        let mode = fs::metadata(&made).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
}
