//! Embeddings: engines, models and what is common to them.
//!
//! [`Embedder`] is the way in. A vector that is kept in the [`cache`](crate::cache) is taken from there; else the text goes through `tokens` (prefix, special tokens, windows), `batches` (rows of similar
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

mod batches;
mod cache;
mod deferred;
mod dense;
pub mod engine;
pub mod hub;
mod int8;
pub mod joint;
mod layout;
mod loading;
pub mod manifest;
mod rten;
#[cfg(feature = "rust-bert")]
mod rust_bert;
pub mod space;
pub(crate) mod tensors;
mod token_vectors;
mod tokens;
mod unigram;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use ndarray::{Array2, ArrayView1};

use self::cache::{Cache, Kind};
use self::engine::EngineKind;
use self::joint::JointLayers;
use self::loading::Parts;
use self::manifest::{Manifest, Role};
use self::space::Space;
use self::tokens::Row;
pub use int8::{Neighbour, Neighbours};
pub use token_vectors::TextVectors;

use crate::cache::TABLE_BYTES;
use crate::{Error, Result};

/// Texts that are computed before their vectors are put into the cache: an interrupted run keeps what it has.
const TEXTS_AT_ONCE: usize = 4096;

/// How to open a model.
#[derive(Debug, Clone, Default)]
pub struct EmbedOptions {
    /// Threads to compute on; `None` is one per core.
    pub threads: Option<usize>,
    /// Name of the engine; `None` is the first of [`engine::ENGINES`] that suits the model.
    pub engine: Option<String>,
    /// Folder to keep vectors in, made if need be; `None` keeps none.
    pub cache: Option<PathBuf>,
    /// Bytes the vectors of this model may take in it; `None` is what suits everyday use.
    pub cache_bytes: Option<u64>,
}

/// Maps texts to vectors.
pub struct Embedder {
    directory: PathBuf,
    manifest: Manifest,
    kind: &'static EngineKind,
    parts: Parts,
    space: Option<Space>,
    threads: usize,
    cache: Option<Cache>,
    cache_problem: Option<String>,
}

impl Embedder {
    /// Opens the model in `directory`, comparing sizes and hashes with its manifest.
    ///
    /// Where vectors are kept from earlier runs, weights and tokenizer are not read, nor their hashes compared, before a
    /// text comes that has none. A cache that cannot be used is no error: see [`cache_problem`](Self::cache_problem).
    ///
    /// # Errors
    /// [`Error::Model`] names the file that is missing or broken; [`Error::Option`] an engine that does not exist.
    pub fn open(directory: &Path, options: &EmbedOptions) -> Result<Self> {
        let named = options.engine.as_deref().map(engine::find).transpose()?;
        let manifest = Manifest::read(directory)?;
        let kind = named.unwrap_or_else(|| engine::choose(directory, &manifest));
        for file in &manifest.files {
            file.verify_size(&directory.join(&file.name))?;
        }
        let threads = options.threads.unwrap_or_else(available_threads).max(1);
        let parts = Parts::new(directory, &manifest, kind, threads)?;
        let (cache, cache_problem) = match &options.cache {
            None => (None, None),
            Some(folder) => {
                let most_bytes = options.cache_bytes.unwrap_or(TABLE_BYTES);
                match Cache::open(folder, &encoder(&manifest, kind), manifest.dim, most_bytes) {
                    Ok(cache) => (Some(cache), None),
                    Err(error) => (None, Some(format!("{}: {error}", folder.display()))),
                }
            }
        };
        let space = Space::read(directory, &manifest)?;
        let directory = directory.to_owned();
        let embedder =
            Self { directory, manifest, kind, parts, space, threads, cache, cache_problem };
        if embedder.cache.as_ref().is_none_or(Cache::is_new) {
            embedder.load()?;
        }
        Ok(embedder)
    }

    /// Loads tokenizer and weights now, if they are not yet.
    ///
    /// # Errors
    /// [`Error::Model`] names the file that is broken.
    pub fn load(&self) -> Result<()> {
        self.parts.start();
        self.parts.encoder()?;
        self.parts.tokens()?;
        Ok(())
    }

    /// Vectors of the texts, `[texts, dim]`, each of L2 norm 1.
    ///
    /// A text longer than the model takes is cut into overlapping windows; its vector is their mean, weighted by tokens.
    /// Any text will do, the empty one too.
    ///
    /// # Errors
    /// [`Error::Engine`] if the computation fails, [`Error::Model`] if a file of the model is broken.
    pub fn embed(&self, texts: &[&str]) -> Result<Array2<f32>> {
        self.embed_with_progress(texts, &mut |_| Ok(()))
    }

    /// Like [`embed`](Self::embed); calls `progress` with the number of encoder inputs done so far (at least one for each
    /// text) after every batch.
    ///
    /// # Errors
    /// As [`embed`](Self::embed), and that of `progress`, which ends the computation.
    pub fn embed_with_progress(
        &self,
        texts: &[&str],
        progress: &mut dyn FnMut(usize) -> Result<()>,
    ) -> Result<Array2<f32>> {
        self.vectors(Kind::Sentence, texts, progress)
    }

    /// Vectors of whole articles, `[texts, dim]`, each of L2 norm 1: what they are about.
    ///
    /// Only the beginning counts, as much as the model takes at once; rare words and early ones count more.
    /// `progress` hears the number of texts done.
    ///
    /// # Errors
    /// As [`embed_with_progress`](Self::embed_with_progress).
    pub fn embed_articles(
        &self,
        texts: &[&str],
        progress: &mut dyn FnMut(usize) -> Result<()>,
    ) -> Result<Array2<f32>> {
        self.vectors(Kind::Article, texts, progress)
    }

    /// Vectors from the cache, or else from the encoder.
    fn vectors(
        &self,
        kind: Kind,
        texts: &[&str],
        progress: &mut dyn FnMut(usize) -> Result<()>,
    ) -> Result<Array2<f32>> {
        let Some(cache) = &self.cache else { return self.compute(kind, texts, progress) };
        let kept = cache.get(kind, texts);
        let mut missing = Vec::new();
        let mut numbers = HashMap::new();
        for text in
            texts.iter().zip(&kept).filter(|(_, kept)| kept.is_none()).map(|(text, _)| *text)
        {
            numbers.entry(text).or_insert_with(|| {
                missing.push(text);
                missing.len() - 1
            });
        }
        let mut done = texts.len() - missing.len();
        if done > 0 {
            progress(done)?;
        }
        let mut computed = Vec::new();
        for part in missing.chunks(TEXTS_AT_ONCE) {
            let mut inputs = 0;
            let vectors = self.compute(kind, part, &mut |count| {
                inputs = count;
                progress(done + count)
            })?;
            done += inputs;
            cache.put(kind, part.iter().copied().zip(vectors.rows()));
            computed.push(vectors);
        }
        let mut vectors = Array2::zeros((texts.len(), self.manifest.dim));
        for ((text, kept), mut row) in texts.iter().zip(&kept).zip(vectors.rows_mut()) {
            match (kept, numbers.get(text)) {
                (Some(vector), _) => row.assign(&ArrayView1::from(vector)),
                (None, Some(number)) => {
                    row.assign(&computed[number / TEXTS_AT_ONCE].row(number % TEXTS_AT_ONCE));
                }
                (None, None) => {}
            }
        }
        Ok(vectors)
    }

    /// Vectors from the encoder.
    fn compute(
        &self,
        kind: Kind,
        texts: &[&str],
        progress: &mut dyn FnMut(usize) -> Result<()>,
    ) -> Result<Array2<f32>> {
        if texts.is_empty() {
            return Ok(Array2::zeros((0, self.manifest.dim)));
        }
        self.parts.start();
        let rows = match kind {
            Kind::Sentence => self.rows(texts)?,
            Kind::Article => {
                let tokens = self.parts.tokens()?;
                let rows = texts.iter().enumerate();
                rows.map(|(index, text)| tokens.article_row(index, text)).collect::<Result<_>>()?
            }
        };
        self.encode(texts.len(), &rows, progress)
    }

    /// The vectors of texts from their rows, `[count, dim]`.
    fn encode(
        &self,
        count: usize,
        rows: &[Row],
        progress: &mut dyn FnMut(usize) -> Result<()>,
    ) -> Result<Array2<f32>> {
        let batches = batches::plan(rows);
        let encoder = self.parts.encoder()?;
        let mut vectors = Array2::zeros((count, self.manifest.dim));
        let mut done = 0;
        let encode = |number: usize| {
            let members: Vec<&Row> = batches[number].iter().map(|&row| &rows[row]).collect();
            let batch = batches::join(&members);
            let states = encoder.engine.hidden_states(&batch)?;
            encoder.pool(&states, &batch, &members, self.manifest.pooling)
        };
        parallel(batches.len(), self.threads, &encode, |number, means: Array2<f32>| {
            if means.ncols() != self.manifest.dim {
                let dim = self.manifest.dim;
                return Err(self.failed(format!(
                    "vectors have {} numbers where the manifest says {dim}",
                    means.ncols()
                )));
            }
            if !means.iter().all(|number| number.is_finite()) {
                return Err(
                    self.failed("the weights lead to values that are no numbers".to_owned())
                );
            }
            for (&row, mean) in batches[number].iter().zip(means.rows()) {
                vectors.row_mut(rows[row].text).scaled_add(rows[row].weight as f32, &mean);
            }
            done += batches[number].len();
            progress(done)
        })?;
        batches::normalise(&mut vectors);
        Ok(vectors)
    }

    /// What the model is.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// What the vectors have in common, where the model comes with a description of it.
    pub fn space(&self) -> Option<&Space> {
        self.space.as_ref()
    }

    /// The layers that read two texts at once and have this role, [`Role::Joint`] or [`Role::Disagreement`], where the model
    /// comes with some. They are read from the file at each call.
    ///
    /// # Errors
    /// [`Error::Model`] if their file is broken.
    pub fn joint_layers(&self, role: Role) -> Result<Option<JointLayers>> {
        JointLayers::open(&self.directory, &self.manifest, role)
    }

    /// The engine's name, for the report.
    pub fn engine_name(&self) -> &'static str {
        self.kind.name
    }

    /// Why the cache that was asked for is not used.
    pub fn cache_problem(&self) -> Option<&str> {
        self.cache_problem.as_deref()
    }

    fn rows(&self, texts: &[&str]) -> Result<Vec<Row>> {
        let tokens = self.parts.tokens()?;
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

    fn failed(&self, reason: String) -> Error {
        Error::Engine { engine: self.kind.name, reason }
    }
}

/// What vectors depend on, as text.
fn encoder(manifest: &Manifest, kind: &EngineKind) -> String {
    let Manifest { prefix, max_tokens, pooling, padding_id, dense, .. } = manifest;
    let content = manifest.content_hash();
    let mut encoder =
        format!("{content}\n{}\n{prefix:?} {max_tokens} {pooling:?} {padding_id}", kind.name);
    for layer in dense {
        encoder.push_str(&format!(" {} {:?}", layer.file, layer.activation));
    }
    encoder
}

fn available_threads() -> usize {
    std::thread::available_parallelism().map_or(1, |count| count.get())
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
