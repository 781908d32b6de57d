//! Fetches models from a hub that speaks the protocol of Hugging Face's.
//!
//! A model comes into a folder beside its own, file by file, each compared with the hash that the hub gives for it; what an
//! interrupted run has left there is taken up again. When all is there and described by a manifest the folder gets its
//! name, so that no command ever sees half a model.

mod client;
mod download;
mod listing;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use self::client::Client;
use self::listing::{Listing, RemoteFile};
use super::engine::ENGINES;
use super::layout;
use super::manifest::{MANIFEST_FILE, Manifest, Role};
use crate::error::HubProblem;
use crate::{Error, Result};

/// The hub where nothing else is said.
pub const ENDPOINT: &str = "https://huggingface.co";
/// The revision where nothing else is said.
pub const REVISION: &str = "main";

/// Ending of the folder of a model that is not all there.
const PART: &str = "part";
/// Locked while a run is at work in the folder.
const LOCK_FILE: &str = ".lock";

/// Where models come from.
#[derive(Debug, Clone)]
pub struct PullOptions {
    /// Address of the hub, [`ENDPOINT`] or that of a mirror.
    pub endpoint: String,
    /// Branch, tag or commit.
    pub revision: String,
    /// What the hub knows the user by; sent to the hub alone, not where it leads on to.
    pub token: Option<String>,
    /// Address of a proxy to go through.
    pub proxy: Option<String>,
}

impl Default for PullOptions {
    fn default() -> Self {
        Self {
            endpoint: ENDPOINT.to_owned(),
            revision: REVISION.to_owned(),
            token: None,
            proxy: None,
        }
    }
}

/// A model that was fetched.
#[derive(Debug)]
pub struct Pulled {
    /// Its folder.
    pub directory: PathBuf,
    /// What it is.
    pub manifest: Manifest,
    /// Bytes that came over the network in this run; 0 where all was there.
    pub bytes: u64,
}

/// The name of a model's folder: its name on the hub without the separator.
///
/// # Errors
/// [`Error::Option`] if it is no name that a hub could know.
pub fn folder_name(name: &str) -> Result<String> {
    let part = |part: &str| {
        let known = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        !part.is_empty() && !part.starts_with('.') && part.chars().all(known)
    };
    let parts: Vec<&str> = name.split('/').collect();
    if parts.len() > 2 || !parts.iter().all(|one| part(one)) {
        return Err(Error::Option {
            option: "NAME",
            reason: format!(
                "{name:?} is no name of a model, such as `intfloat/multilingual-e5-base`"
            ),
        });
    }
    Ok(parts.join("--"))
}

/// Fetches a model into a folder of its own below `models`, which is made if need be. `progress` hears the bytes that are
/// there and those of the whole model.
///
/// # Errors
/// [`Error::Hub`] says what the hub answered, [`Error::Model`] what in the model no engine here can run, [`Error::Io`] what
/// cannot be written.
pub fn pull(
    name: &str,
    models: &Path,
    options: &PullOptions,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Pulled> {
    let folder = folder_name(name)?;
    let directory = models.join(&folder);
    let client = Client::new(options)?;
    let listing = Listing::fetch(&client, name, &options.revision)?;
    let provenance = format!("{}, commit {}", client.address(name), listing.commit);
    if let Some(manifest) = intact(&directory, &provenance) {
        return Ok(Pulled { directory, manifest, bytes: 0 });
    }
    let part = models.join(format!("{folder}.{PART}"));
    let _lock = lock(&part)?;
    let mut fetch = Fetch { client: &client, listing: &listing, part: &part, bytes: 0, progress };
    fetch.files()?;
    let bytes = fetch.bytes;
    let manifest = describe(&part, name, &listing, provenance)?;
    install(&part, &directory)?;
    Ok(Pulled { directory, manifest, bytes })
}

/// The manifest of a model that is there already, of that origin and whole.
fn intact(directory: &Path, provenance: &str) -> Option<Manifest> {
    let manifest = Manifest::read(directory).ok().filter(|known| known.provenance == provenance)?;
    let checks = manifest.verify(directory);
    checks.iter().all(|check| check.result.is_ok()).then_some(manifest)
}

/// Makes a folder and keeps other runs out of it as long as the file is open.
fn lock(part: &Path) -> Result<File> {
    let path = part.join(LOCK_FILE);
    let file = fs::create_dir_all(part).and_then(|()| File::create(&path));
    let file = file.map_err(|error| failed(&path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(_) => {
            Err(Error::Hub { address: part.display().to_string(), problem: HubProblem::Busy })
        }
    }
}

/// One run.
struct Fetch<'f> {
    client: &'f Client,
    listing: &'f Listing,
    part: &'f Path,
    bytes: u64,
    progress: &'f mut dyn FnMut(u64, u64),
}

impl Fetch<'_> {
    /// Small files first: they tell whether the large ones are of use.
    fn files(&mut self) -> Result<()> {
        let descriptions = self.listing.descriptions();
        let graph = self.listing.graph(layout::GRAPHS);
        let reads_floats = ENGINES.iter().any(|kind| kind.reads == Role::Safetensors);
        let weights = if graph.is_empty() && reads_floats {
            self.listing.weights(layout::WEIGHTS)
        } else {
            graph
        };
        if weights.is_empty() {
            return Err(self.listing.unusable(self.client, reads_floats));
        }
        let all = descriptions.iter().chain(&weights).map(|file| file.size).sum();
        let mut done = 0;
        self.all(&descriptions, &mut done, all)?;
        layout::check(self.part)?;
        self.all(&weights, &mut done, all)
    }

    fn all(&mut self, files: &[&RemoteFile], done: &mut u64, all: u64) -> Result<()> {
        for file in files {
            let address = self.client.file(&self.listing.name, &self.listing.commit, &file.name);
            let path = self.part.join(&file.name);
            let so_far = *done;
            let mut progress = |bytes| (self.progress)(so_far + bytes, all);
            self.bytes += download::file(self.client, &address, file, &path, &mut progress)?;
            *done += file.size;
        }
        Ok(())
    }
}

/// Writes the manifest of a model that is all there.
fn describe(part: &Path, name: &str, listing: &Listing, provenance: String) -> Result<Manifest> {
    let described = layout::describe(part, Some(name))?;
    let manifest = Manifest {
        id: name.rsplit('/').next().unwrap_or(name).to_owned(),
        licence: listing.licence.clone().unwrap_or(described.licence),
        languages: listing.languages.clone(),
        provenance,
        ..described
    };
    let path = part.join(MANIFEST_FILE);
    let text = serde_json::to_string_pretty(&manifest)
        .map_err(|error| failed(&path, io::Error::other(error)))?;
    fs::write(&path, text).map_err(|error| failed(&path, error))?;
    Ok(manifest)
}

/// Gives the folder its name, in the place of an older one.
fn install(part: &Path, directory: &Path) -> Result<()> {
    let moved = || -> io::Result<()> {
        if directory.exists() {
            fs::remove_dir_all(directory)?;
        }
        fs::rename(part, directory)?;
        fs::remove_file(directory.join(LOCK_FILE))
    };
    moved().map_err(|error| failed(directory, error))
}

fn failed(path: &Path, error: io::Error) -> Error {
    Error::Io { path: path.to_owned(), error }
}
