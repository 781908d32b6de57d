//! Which model and engine a command uses.

use std::env;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use parallax::embed::{EmbedOptions, Embedder, engine, hub};
use parallax::facts::FactCache;

use super::args::{ModelArgs, ModelFolderArgs};
use super::cache;
use super::failure::Failure;
use super::terminal::Terminal;

/// The model that comes with Parallax.
const DEFAULT_MODEL: &str = "multilingual-e5-small-europe";
/// Environment variable that names a model folder.
const MODEL_VARIABLE: &str = "PARALLAX_MODEL";

/// Numbers of threads that make sense; beyond, systems refuse to start them.
const THREADS: RangeInclusive<usize> = 1..=1024;

/// A model folder and how to run it; nothing is opened yet.
pub(crate) struct ModelChoice {
    directory: PathBuf,
    options: EmbedOptions,
}

impl ModelChoice {
    /// The same with room for more vectors in the cache.
    pub(crate) fn with_cache_bytes(mut self, bytes: u64) -> Self {
        self.options.cache_bytes = Some(bytes);
        self
    }

    /// The facts that are kept beside the vectors.
    pub(crate) fn facts(&self) -> FactCache {
        self.options.cache.as_deref().map(FactCache::open).unwrap_or_default()
    }

    /// Opens the model; tells of a cache that cannot be used.
    pub(crate) fn open(&self, terminal: &Terminal) -> parallax::Result<Embedder> {
        let embedder = Embedder::open(&self.directory, &self.options)?;
        if let Some(problem) = embedder.cache_problem() {
            terminal.detail(&format!("no cache: {problem}"));
        }
        Ok(embedder)
    }
}

/// Settles which model and engine to use.
pub(crate) fn choose(args: &ModelArgs) -> Result<ModelChoice, Failure> {
    if let Some(engine) = args.engine.as_deref().filter(|name| engine::find(name).is_err()) {
        let known: Vec<&str> = engine::ENGINES.iter().map(|engine| engine.name).collect();
        return Err(Failure::usage(
            format!("--engine: there is no engine `{engine}`"),
            format!("the engines are {}", known.join(", ")),
        ));
    }
    if let Some(threads) = args.threads.filter(|threads| !THREADS.contains(threads)) {
        return Err(Failure::usage(
            format!("--threads: cannot compute with {threads} threads"),
            format!("give a number from {} to {}", THREADS.start(), THREADS.end()),
        ));
    }
    let options = EmbedOptions {
        threads: args.threads,
        engine: args.engine.clone(),
        cache: cache::folder(&args.cache),
        cache_bytes: None,
    };
    let directory = folder(&args.folder)?;
    Ok(ModelChoice { directory, options })
}

/// Settles in which folder the model is.
pub(crate) fn folder(args: &ModelFolderArgs) -> Result<PathBuf, Failure> {
    let given = args.model.clone().or_else(|| env::var_os(MODEL_VARIABLE).map(PathBuf::from));
    match given {
        Some(given) if given.is_dir() => Ok(given),
        Some(given) => Ok(fetched(&given).unwrap_or(given)),
        None => default_directory(),
    }
}

/// The folder of a model that was fetched, by its name on the hub or that of its folder.
fn fetched(name: &Path) -> Option<PathBuf> {
    let folder = hub::folder_name(name.to_str()?).ok()?;
    model_roots().into_iter().map(|root| root.join(&folder)).find(|path| path.is_dir())
}

/// The user's folder for models that were fetched.
pub(crate) fn user_models() -> Option<PathBuf> {
    let data =
        cache::user_folder_of("Library/Application Support", "XDG_DATA_HOME", ".local/share");
    data.map(|folder| folder.join("parallax/models"))
}

/// Folders that may hold models: beside the program, where a package puts shared files, the source tree the program was
/// built from, and the user's own.
pub(crate) fn model_roots() -> Vec<PathBuf> {
    let program = env::current_exe().ok().and_then(|path| path.canonicalize().ok());
    let beside = program.as_deref().and_then(Path::parent);
    let mut roots = Vec::new();
    if let Some(directory) = beside {
        roots.push(directory.join("models"));
        roots.push(directory.join("../share/parallax/models"));
    }
    roots.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("models"));
    roots.extend(user_models());
    roots.retain(|root| root.is_dir());
    roots
}

fn default_directory() -> Result<PathBuf, Failure> {
    let roots = model_roots();
    let found = roots.iter().map(|root| root.join(DEFAULT_MODEL)).find(|path| path.is_dir());
    found.ok_or_else(|| {
        Failure::usage(
            format!("the default model {DEFAULT_MODEL} is not there"),
            format!(
                "put the folder `models` beside the program, or name a model with --model DIR or {MODEL_VARIABLE}"
            ),
        )
    })
}
