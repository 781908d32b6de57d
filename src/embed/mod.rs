//! Embeddings: engines, models and what is common to them.
//!
//! [`Embedder`] is the way in. A text goes through `tokens` (prefix, special tokens, windows), `batches` (rows of similar
//! length together), an [`engine::Engine`] (token vectors), and back through `batches` (mean, norm).
//!
//! ```no_run
//! use std::path::Path;
//! use parallax::embed::{EmbedOptions, Embedder};
//!
//! let model = Path::new("models/multilingual-e5-small-europe");
//! let embedder = Embedder::open(model, &EmbedOptions::default())?;
//! let vectors = embedder.embed(&["Die Fähre fährt wieder.", "Keltas vėl plaukia."])?;
//! println!("cosine {}", vectors.row(0).dot(&vectors.row(1)));
//! # Ok::<(), parallax::Error>(())
//! ```

mod background;
mod batches;
pub mod engine;
pub mod manifest;
mod rten;
mod tokens;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use ndarray::Array2;

use self::background::Background;
use self::engine::Engine;
use self::manifest::{Manifest, Role};
use self::tokens::{Row, Tokens};
use crate::{Error, Result};

/// How to open a model.
#[derive(Debug, Clone, Default)]
pub struct EmbedOptions {
    /// Threads to compute on; `None` is one per core.
    pub threads: Option<usize>,
    /// Name of the engine; `None` is the first of [`engine::ENGINES`].
    pub engine: Option<String>,
}

/// Maps texts to vectors.
pub struct Embedder {
    manifest: Manifest,
    engine: Box<dyn Engine>,
    tokens: Background<Result<Tokens>>,
    threads: usize,
}

impl Embedder {
    /// Loads the model in `directory`, comparing sizes and hashes with its manifest.
    ///
    /// The tokenizer goes on loading after this returns; the first call to [`embed`](Self::embed) waits for it.
    ///
    /// # Errors
    /// [`Error::Model`] names the file that is missing or broken; [`Error::Option`] an engine that does not exist.
    pub fn open(directory: &Path, options: &EmbedOptions) -> Result<Self> {
        let kind = engine::find(options.engine.as_deref())?;
        let manifest = Manifest::read(directory)?;
        for file in &manifest.files {
            file.verify_size(&directory.join(&file.name))?;
        }
        let threads = options.threads.unwrap_or_else(available_threads).max(1);
        let tokens = load_tokens(directory, &manifest)?;
        let (verified, engine) = std::thread::scope(|scope| {
            let verify = scope.spawn(|| {
                manifest.verify(directory).into_iter().try_for_each(|check| check.result)
            });
            let engine = (kind.open)(directory, &manifest, threads);
            (verify.join(), engine)
        });
        // A wrong hash explains a failure to load, so it is told first.
        verified.map_err(|_| thread_died())??;
        Ok(Self { engine: engine?, manifest, tokens, threads })
    }

    /// Vectors of the texts, `[texts, dim]`, each of L2 norm 1.
    ///
    /// A text longer than the model takes is cut into overlapping windows; its vector is their mean, weighted by tokens.
    /// Any text will do, the empty one too.
    ///
    /// # Errors
    /// [`Error::Engine`] if the computation fails, [`Error::Model`] if the tokenizer file is broken.
    pub fn embed(&self, texts: &[&str]) -> Result<Array2<f32>> {
        self.embed_with_progress(texts, &mut |_| {})
    }

    /// Like [`embed`](Self::embed); calls `progress` with the number of encoder inputs done so far (at least one for each
    /// text) after every batch.
    ///
    /// # Errors
    /// As [`embed`](Self::embed).
    pub fn embed_with_progress(
        &self,
        texts: &[&str],
        progress: &mut dyn FnMut(usize),
    ) -> Result<Array2<f32>> {
        self.encode(texts.len(), &self.rows(texts)?, progress)
    }

    /// Vectors of whole articles, `[texts, dim]`, each of L2 norm 1: what they are about.
    ///
    /// Only the beginning counts, as much as the model takes at once; rare words and early ones count more.
    /// `progress` hears the number of texts done.
    ///
    /// # Errors
    /// As [`embed`](Self::embed).
    pub fn embed_articles(
        &self,
        texts: &[&str],
        progress: &mut dyn FnMut(usize),
    ) -> Result<Array2<f32>> {
        let tokens = self.tokens()?;
        let rows = texts.iter().enumerate().map(|(index, text)| tokens.article_row(index, text));
        self.encode(texts.len(), &rows.collect::<Result<Vec<Row>>>()?, progress)
    }

    /// The vectors of texts from their rows, `[count, dim]`.
    fn encode(
        &self,
        count: usize,
        rows: &[Row],
        progress: &mut dyn FnMut(usize),
    ) -> Result<Array2<f32>> {
        let batches = batches::plan(rows);
        let mut vectors = Array2::zeros((count, self.manifest.dim));
        let mut done = 0;
        let encode = |number: usize| {
            let members: Vec<&Row> = batches[number].iter().map(|&row| &rows[row]).collect();
            let states =
                self.engine.hidden_states(&batches::pad(&members, self.manifest.padding_id))?;
            Ok(batches::mean_pool(&states, &members))
        };
        parallel(batches.len(), self.threads, &encode, |number, means: Array2<f32>| {
            if means.ncols() != self.manifest.dim {
                return Err(self.wrong_dimension(means.ncols()));
            }
            for (&row, mean) in batches[number].iter().zip(means.rows()) {
                vectors.row_mut(rows[row].text).scaled_add(rows[row].weight as f32, &mean);
            }
            done += batches[number].len();
            progress(done);
            Ok(())
        })?;
        batches::normalise(&mut vectors);
        Ok(vectors)
    }

    /// What the model is.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The engine's name, for the report.
    pub fn engine_name(&self) -> &'static str {
        self.engine.name()
    }

    fn tokens(&self) -> Result<&Tokens> {
        self.tokens.get().ok_or_else(thread_died)?.as_ref().map_err(copy_of)
    }

    fn rows(&self, texts: &[&str]) -> Result<Vec<Row>> {
        let tokens = self.tokens()?;
        let share = texts.len().div_ceil(self.threads).max(1);
        let shares: Vec<&[&str]> = texts.chunks(share).collect();
        let encode = |number: usize| {
            let first = number * share;
            let rows = shares[number]
                .iter()
                .enumerate()
                .map(|(index, text)| tokens.rows(first + index, text));
            rows.collect::<Result<Vec<_>>>()
        };
        let mut parts: Vec<Vec<Vec<Row>>> = vec![Vec::new(); shares.len()];
        parallel(shares.len(), self.threads, &encode, |number, part| {
            parts[number] = part;
            Ok(())
        })?;
        Ok(parts.into_iter().flatten().flatten().collect())
    }

    fn wrong_dimension(&self, found: usize) -> Error {
        let reason =
            format!("vectors have {found} numbers where the manifest says {}", self.manifest.dim);
        Error::Engine { engine: self.engine.name(), reason }
    }
}

fn available_threads() -> usize {
    std::thread::available_parallelism().map_or(1, |count| count.get())
}

fn load_tokens(directory: &Path, manifest: &Manifest) -> Result<Background<Result<Tokens>>> {
    let path = manifest.file(directory, Role::Tokenizer)?;
    let manifest = manifest.clone();
    Ok(Background::start(move || Tokens::open(&path, &manifest)))
}

/// Does tasks `0..count` on up to `threads` threads and hands each result to `take`, on the calling thread, as it comes.
/// The first error ends it.
fn parallel<T: Send>(
    count: usize,
    threads: usize,
    task: &(dyn Fn(usize) -> Result<T> + Sync),
    mut take: impl FnMut(usize, T) -> Result<()>,
) -> Result<()> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..threads.min(count) {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count || sender.send((number, task(number))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        for (number, result) in receiver {
            take(number, result?)?;
        }
        Ok(())
    })
}

fn thread_died() -> Error {
    Error::Engine {
        engine: "tokenizers",
        reason: "a thread died while loading the model".to_owned(),
    }
}

/// The tokenizer's error is kept for later calls, so each call gets a copy.
fn copy_of(error: &Error) -> Error {
    match error {
        Error::Model { path, reason } => {
            Error::Model { path: path.clone(), reason: reason.clone() }
        }
        other => Error::Engine { engine: "tokenizers", reason: other.to_string() },
    }
}
