//! Peers in Python: installed, pinned, into a virtual environment under the target folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of everything that is built.
pub(crate) fn target_folder() -> PathBuf {
    let executable = std::env::current_exe().expect("the bench runs from a file");
    executable.ancestors().nth(3).expect("target/release/deps/bench").to_owned()
}

/// The interpreter of a virtual environment below `folder` with these packages, made if need be.
pub(crate) fn install(folder: &Path, packages: &[&str]) -> Result<PathBuf, String> {
    let python = folder.join("venv/bin/python");
    let installed = folder.join("installed");
    if fs::read_to_string(&installed).is_ok_and(|known| known == packages.join(" ")) {
        return Ok(python);
    }
    println!("installing {} into {}", packages.join(" "), folder.display());
    run(Command::new("python3").args(["-m", "venv"]).arg(folder.join("venv")))?;
    run(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(packages))?;
    fs::write(installed, packages.join(" ")).map_err(|error| error.to_string())?;
    Ok(python)
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?}: {status}")) }
}
