//! From the inputs a user names to bytes: files, directories, and what stands in the way of reading.

use std::collections::HashMap;
use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;

use crate::error::{Error, InputProblem};

use super::formats::Reader;
use super::particulars::Particulars;
use super::{IngestOptions, Input, Skipped, formats};

/// The bytes of one input that could be read.
pub(super) struct Source {
    /// The input's name for people.
    pub(super) name: String,
    /// The name of its file, whose ending may tell its format; without the endings of packing that was taken off.
    pub(super) file: PathBuf,
    /// Its whole content.
    pub(super) bytes: Vec<u8>,
    /// How it is read, where what held it knows.
    pub(super) reader: Option<Reader>,
    /// What is known about it from what held it.
    pub(super) about: Particulars,
    /// The encoding that what held it declares.
    pub(super) declared: Option<&'static Encoding>,
}

impl Source {
    /// What an input holds, by its own name.
    pub(super) fn new(name: String, bytes: Vec<u8>) -> Self {
        let file = PathBuf::from(&name);
        Self { name, file, bytes, reader: None, about: Particulars::default(), declared: None }
    }
}

/// Reads every input, in the order given; the files of a directory in the order of their names.
pub(super) fn read(inputs: &[Input], options: &IngestOptions) -> Vec<Result<Source, Skipped>> {
    let mut sources = Vec::new();
    for input in inputs {
        match input {
            Input::Bytes { name, bytes } => sources.push(read_bytes(name, bytes, options)),
            Input::Path(path) => sources.extend(
                find(path)
                    .into_iter()
                    .map(|entry| entry.and_then(|path| read_file(&path, options.max_bytes))),
            ),
        }
    }
    sources
}

/// The inputs behind an input: the text files of a directory, in the order of their names; any other input
/// itself.
pub fn files(input: &Input) -> Vec<Result<Input, Skipped>> {
    match input {
        Input::Bytes { .. } => vec![Ok(input.clone())],
        Input::Path(path) => find(path).into_iter().map(|entry| entry.map(Input::Path)).collect(),
    }
}

/// An input that gave nothing, with the reason.
pub(super) fn skipped(name: impl Into<String>, reason: InputProblem) -> Skipped {
    let source_name = name.into();
    Skipped { source: source_name.clone(), error: Error::Input { source_name, reason } }
}

fn skipped_path(path: &Path, reason: InputProblem) -> Skipped {
    skipped(path.display().to_string(), reason)
}

/// The bytes of an input that is already there.
pub(super) fn read_bytes(
    name: &str,
    bytes: &[u8],
    options: &IngestOptions,
) -> Result<Source, Skipped> {
    let size = bytes.len() as u64;
    if size > options.max_bytes {
        let limit = options.max_bytes;
        return Err(skipped(name, InputProblem::TooLarge { size, limit }));
    }
    Ok(Source::new(name.to_owned(), bytes.to_vec()))
}

/// Finds the files behind a path the user named.
fn find(path: &Path) -> Vec<Result<PathBuf, Skipped>> {
    let mut found = Vec::new();
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => {
            Walk::default().visit(path, &mut found);
            if found.is_empty() {
                found.push(Err(skipped_path(path, InputProblem::EmptyDirectory)));
            }
        }
        Ok(_) => found.push(Ok(path.to_owned())),
        Err(error) => found.push(Err(skipped_path(path, problem(&error)))),
    }
    found
}

/// The real paths of the directories on a walk.
#[derive(Default)]
struct Walk {
    /// Those on the way down, so that a link back to one of them is noticed.
    above: Vec<PathBuf>,
    /// Each one visited, with the path that led there first. Links that lead to the same directories
    /// again and again would else take exponential time.
    visited: HashMap<PathBuf, PathBuf>,
}

impl Walk {
    /// Collects the text files below a directory.
    fn visit(&mut self, directory: &Path, found: &mut Vec<Result<PathBuf, Skipped>>) {
        let (real, entries) = match list(directory) {
            Ok(listing) => listing,
            Err(error) => return found.push(Err(skipped_path(directory, problem(&error)))),
        };
        if self.above.contains(&real) {
            return found.push(Err(skipped_path(directory, InputProblem::Loop)));
        }
        if let Some(first) = self.visited.get(&real) {
            let reason = InputProblem::Duplicate(first.display().to_string());
            return found.push(Err(skipped_path(directory, reason)));
        }
        self.visited.insert(real.clone(), directory.to_owned());
        self.above.push(real);
        for entry in entries.iter().filter(|entry| !is_hidden(entry)) {
            match fs::metadata(entry) {
                Ok(metadata) if metadata.is_dir() => self.visit(entry, found),
                Ok(_) if !formats::is_read_from_folders(entry) => {}
                Ok(_) => found.push(Ok(entry.clone())),
                Err(error) => found.push(Err(skipped_path(entry, problem(&error)))),
            }
        }
        self.above.pop();
    }
}

/// The real path of a directory, and its entries by name.
fn list(directory: &Path) -> io::Result<(PathBuf, Vec<PathBuf>)> {
    let real = fs::canonicalize(directory)?;
    let mut entries = fs::read_dir(directory)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    Ok((real, entries))
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Reads one file, and makes sure that what was read is one state of it.
fn read_file(path: &Path, max_bytes: u64) -> Result<Source, Skipped> {
    let unreadable = |error: io::Error| skipped_path(path, problem(&error));
    // Asked before opening, because opening a pipe waits for a writer.
    let kind = fs::metadata(path).map_err(unreadable)?.file_type();
    if let Some(name) = special_kind(kind) {
        return Err(skipped_path(path, InputProblem::NotAFile(name)));
    }
    let mut file = File::open(path).map_err(unreadable)?;
    let before = file.metadata().map_err(unreadable)?;
    let too_large = |size| {
        let limit = max_bytes;
        skipped_path(path, InputProblem::TooLarge { size, limit })
    };
    if before.len() > max_bytes {
        return Err(too_large(before.len()));
    }
    let mut bytes = Vec::new();
    // One byte over the limit tells a file that grew, or one whose size the system does not know.
    file.by_ref().take(max_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    let read = bytes.len() as u64;
    if read > max_bytes {
        return Err(too_large(read));
    }
    let after = file.metadata().map_err(unreadable)?;
    let same_time = before.modified().ok() == after.modified().ok();
    let same_size = before.len() == after.len() && (before.len() == read || before.len() == 0);
    if !same_time || !same_size {
        return Err(skipped_path(path, InputProblem::Changed));
    }
    Ok(Source::new(path.display().to_string(), bytes))
}

fn problem(error: &io::Error) -> InputProblem {
    if error.kind() == io::ErrorKind::NotFound {
        return InputProblem::Missing;
    }
    // ELOOP: a link that leads to itself; it has no stable name in `std::io::ErrorKind` yet.
    if cfg!(unix) && error.raw_os_error() == Some(40) {
        return InputProblem::Loop;
    }
    InputProblem::Unreadable(error.to_string())
}

/// What a special file is called, `None` for a regular one.
#[cfg(unix)]
fn special_kind(kind: FileType) -> Option<&'static str> {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_file() {
        None
    } else if kind.is_fifo() {
        Some("a pipe")
    } else if kind.is_socket() {
        Some("a socket")
    } else if kind.is_dir() {
        Some("a directory")
    } else {
        Some("a device")
    }
}

#[cfg(not(unix))]
fn special_kind(kind: FileType) -> Option<&'static str> {
    (!kind.is_file()).then_some("a device or a directory")
}
