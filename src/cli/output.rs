//! Where results go: standard output, or a file that appears only when it is complete.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use parallax::Error;

use super::failure::Failure;

/// A place for results, opened before the work starts so that a wrong path is noticed at once.
pub(crate) enum Output {
    /// Standard output.
    Standard,
    /// A file, written beside its final name and renamed at the end.
    File {
        /// Final name.
        path: PathBuf,
        /// Name until then; the final one itself for pipes and devices.
        partial: PathBuf,
        /// The open file.
        file: File,
    },
}

impl Output {
    /// Opens the place named by `-o`, `-` and nothing being standard output.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            return Ok(Self::Standard);
        };
        let special = fs::metadata(path).is_ok_and(|metadata| !metadata.is_file());
        let partial = if special { path.to_owned() } else { beside(path) };
        let file = File::create(&partial).map_err(|error| {
            Failure::from(Error::Io { path: path.to_owned(), error }).context("cannot write")
        })?;
        Ok(Self::File { path: path.to_owned(), partial, file })
    }

    /// Whether results go to standard output.
    pub(crate) fn is_standard(&self) -> bool {
        matches!(self, Self::Standard)
    }

    /// Writes the results and makes them appear.
    pub(crate) fn write(
        self,
        results: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        match self {
            Self::Standard => {
                let mut output = BufWriter::new(io::stdout().lock());
                results(&mut output)?;
                output.flush()?;
            }
            Self::File { path, partial, file } => {
                let mut output = BufWriter::new(file);
                let written = results(&mut output).and_then(|()| output.flush()).and_then(|()| {
                    if partial == path { Ok(()) } else { fs::rename(&partial, &path) }
                });
                if let Err(error) = written {
                    if partial != path {
                        // The half-written file is of no use; the first error is the one to tell.
                        let _ = fs::remove_file(&partial);
                    }
                    return Err(Error::Io { path, error }.into());
                }
            }
        }
        Ok(())
    }
}

/// A hidden name in the same directory, so that the rename stays on one file system.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.partial"))
}
