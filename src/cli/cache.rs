//! Where vectors and facts are kept between runs.

use std::env;
use std::path::{Path, PathBuf};

use super::args::CacheFolderArgs;

/// Environment variable that names a folder, or `off`.
const CACHE_VARIABLE: &str = "PARALLAX_CACHE";
/// What stands for no folder.
const OFF: &str = "off";

/// The folder for them; `None` where nothing is to be kept, or the system names no place for it.
pub(crate) fn folder(args: &CacheFolderArgs) -> Option<PathBuf> {
    let given = args.cache.clone().or_else(|| variable(CACHE_VARIABLE));
    match given {
        Some(folder) if folder == Path::new(OFF) => None,
        Some(folder) => Some(folder),
        None => user_folder().map(|folder| folder.join("parallax")),
    }
}

/// The user's folder for caches.
fn user_folder() -> Option<PathBuf> {
    user_folder_of("Library/Caches", "XDG_CACHE_HOME", ".cache")
}

/// A user's folder as each system has it: below the home folder on macOS, named by a variable or below the home folder
/// elsewhere.
pub(super) fn user_folder_of(macos: &str, named_by: &str, else_in: &str) -> Option<PathBuf> {
    let home = || variable("HOME").filter(|home| home.is_absolute());
    if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join(macos))
    } else {
        // The XDG base directory specification has relative paths ignored.
        let named = variable(named_by).filter(|folder| folder.is_absolute());
        named.or_else(|| home().map(|home| home.join(else_in)))
    }
}

pub(super) fn variable(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}
