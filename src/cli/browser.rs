//! `--open`: the report as a page in the reader's browser.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::args::OutputArgs;
use super::failure::Failure;
use super::terminal::Terminal;

/// The format that a browser shows.
const FORMAT: &str = "html";

/// A page to be shown once it is written.
pub(crate) struct Page {
    path: PathBuf,
    /// A folder made for it, where the user named no file.
    folder: Option<PathBuf>,
}

impl Page {
    /// Settles where the page goes and in which format: into the file of `-o`, else into one of its own among
    /// the temporary files.
    pub(crate) fn choose(output: &mut OutputArgs) -> Result<Self, Failure> {
        if output.format.as_deref().is_some_and(|format| format != FORMAT) {
            return Err(Failure::usage(
                "--open shows a page, and --format asks for something else",
                "leave out one of them, or use `-f html`",
            ));
        }
        output.format = Some(FORMAT.to_owned());
        if let Some(path) = output.output.clone() {
            if path == Path::new("-") {
                return Err(Failure::usage(
                    "--open cannot show standard output",
                    "leave out `-o -`, or name a file",
                ));
            }
            return Ok(Self { path, folder: None });
        }
        let folder = temporary_folder()
            .map_err(|error| Failure::from(error).context("cannot make a folder for the page"))?;
        let path = folder.join("report.html");
        output.output = Some(path.clone());
        Ok(Self { path, folder: Some(folder) })
    }

    /// Hands the written page to the system's browser.
    pub(crate) fn show(&self, terminal: &Terminal) {
        terminal.note(&format!("the report is in {}", self.path.display()));
        open(&self.path, terminal);
    }
}

/// Hands a file or an address to the system's browser. Where that fails the user learns what to open.
pub(crate) fn open(target: impl AsRef<OsStr>, terminal: &Terminal) {
    let target = target.as_ref();
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let started = Command::new(program)
        .arg(target)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Err(error) = started {
        let hint = format!("open {} in a browser", target.to_string_lossy());
        terminal.warning(&format!("cannot start {program}: {error}"), &hint);
    }
}

impl Drop for Page {
    /// Takes away the folder of a run that has written nothing.
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            // A folder that holds the page stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// A new folder that nobody has laid out before.
fn temporary_folder() -> io::Result<PathBuf> {
    const ATTEMPTS: u32 = 100;
    let process = std::process::id();
    let mut attempt = 0;
    loop {
        let folder = env::temp_dir().join(format!("parallax-{process}-{attempt}"));
        match fs::create_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < ATTEMPTS => {
                attempt += 1;
            }
            made => return made.map(|()| folder),
        }
    }
}
