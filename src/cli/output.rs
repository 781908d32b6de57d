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
    /// A file.
    File(FileOutput),
}

/// A file for results, written beside its final name and renamed at the end.
pub(crate) struct FileOutput {
    /// Final name.
    path: PathBuf,
    /// Name until then; none for pipes and devices, which are written to directly.
    partial: Option<PathBuf>,
    file: File,
}

impl Output {
    /// Opens the place named by `-o`, `-` and nothing being standard output. One of the `inputs` is
    /// refused, since it would be lost.
    pub(crate) fn open(path: Option<&Path>, inputs: &[PathBuf]) -> Result<Self, Failure> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            return Ok(Self::Standard);
        };
        // Behind a link it is the file itself that is replaced.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let is_output = |input: &PathBuf| fs::canonicalize(input).is_ok_and(|input| input == path);
        if path.is_file() && inputs.iter().any(is_output) {
            return Err(Failure::usage(
                format!("--output: {} is one of the inputs", path.display()),
                "name another file",
            ));
        }
        match FileOutput::open(&path) {
            Ok(file) => Ok(Self::File(file)),
            Err(error) => Err(Failure::from(Error::Io { path, error }).context("cannot write")),
        }
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
            Self::File(mut file) => {
                let path = file.path.clone();
                file.write(results).map_err(|error| Error::Io { path, error })?;
            }
        }
        Ok(())
    }
}

impl FileOutput {
    fn open(path: &Path) -> io::Result<Self> {
        let special = fs::metadata(path).is_ok_and(|metadata| !metadata.is_file());
        let (partial, file) = if special {
            (None, File::options().write(true).open(path)?)
        } else {
            let (partial, file) = create_beside(path)?;
            (Some(partial), file)
        };
        Ok(Self { path: path.to_owned(), partial, file })
    }

    fn write(&mut self, results: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let mut output = BufWriter::new(&self.file);
        results(&mut output)?;
        output.flush()?;
        drop(output);
        if let Some(partial) = &self.partial {
            fs::rename(partial, &self.path)?;
            self.partial = None;
        }
        Ok(())
    }
}

impl Drop for FileOutput {
    /// Takes away what a failed run has left half-written.
    fn drop(&mut self) {
        if let Some(partial) = &self.partial {
            // The failure itself is the thing to tell.
            let _ = fs::remove_file(partial);
        }
    }
}

/// A new file with a hidden name in the same directory, so that the rename stays on one file system.
/// It never is a file that exists, nor a link that somebody laid out.
fn create_beside(path: &Path) -> io::Result<(PathBuf, File)> {
    const ATTEMPTS: u32 = 100;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let process = std::process::id();
    let mut attempt = 0;
    loop {
        let partial = path.with_file_name(format!(".{name}.{process}-{attempt}.partial"));
        match File::create_new(&partial) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < ATTEMPTS => {
                attempt += 1;
            }
            created => return created.map(|file| (partial, file)),
        }
    }
}
