//! `compare`: the similarity report, from inputs to [`Report`].

use std::borrow::Borrow;

use super::{Observer, Prepared, Stage, prepare};
use crate::align::{self, Comparison};
use crate::differences::{self, CheckOptions};
use crate::embed::Embedder;
use crate::error::{Error, Result};
use crate::facts::FactCache;
use crate::ingest::{IngestOptions, Input};
use crate::report::build;
use crate::report::{Options, Report, Tool};

/// What shapes a comparison.
#[derive(Debug, Clone)]
pub struct CompareOptions {
    /// How inputs are read.
    pub ingest: IngestOptions,
    /// Where facts are kept.
    pub facts: FactCache,
    /// Which checks run.
    pub checks: CheckOptions,
    /// Most documents: time, memory and the report grow with their pairs.
    pub most_documents: usize,
}

impl Default for CompareOptions {
    fn default() -> Self {
        Self {
            ingest: IngestOptions::default(),
            facts: FactCache::default(),
            checks: CheckOptions::default(),
            most_documents: MOST_DOCUMENTS,
        }
    }
}

/// Most documents of a comparison where nothing else is asked for.
pub const MOST_DOCUMENTS: usize = 1000;

/// Compares the inputs.
///
/// `open` gives the embedder, a new one or one that is open already; it runs while the inputs are read.
///
/// # Errors
/// Those of `open`, of the engine, of the observer, [`Error::Option`] for an unknown check, and [`Error::TooMany`]. An input that
/// cannot be read is no error: it is in [`Report::skipped`].
pub fn compare<E, O>(
    inputs: &[Input],
    options: &CompareOptions,
    open: O,
    observer: &mut dyn Observer,
) -> Result<Report>
where
    E: Borrow<Embedder> + Send,
    O: FnOnce() -> Result<E> + Send,
{
    let checks = options.checks.selected()?.iter().map(|check| check.info.id).collect();
    observer.progress(Stage::Reading, 0, inputs.len())?;
    let (read, embedder) =
        prepare::beside(open, || prepare::read(inputs, &options.ingest, &options.facts))?;
    let Prepared { mut articles, skipped, notes } = read;
    let (count, most) = (articles.len(), options.most_documents);
    if count > most {
        return Err(Error::TooMany { count, most });
    }
    let embedder: &Embedder = embedder.borrow();
    prepare::embed_whole(&mut articles, embedder, observer)?;

    observer.progress(Stage::Aligning, 0, 0)?;
    let comparison: Comparison = align::compare(articles, embedder, &mut |done, total| {
        observer.progress(Stage::Aligning, done, total)
    })?;

    observer.progress(Stage::Checking, 0, 0)?;
    let findings = differences::run(&comparison, &options.checks, &mut |done, total| {
        observer.progress(Stage::Checking, done, total)
    })?;

    let effective = Options {
        lang: options.ingest.language.map(|language| language.to_string()),
        checks,
        min_severity: options.checks.min_severity,
    };
    Ok(build::report(Tool::new(embedder), effective, &comparison, &findings, &skipped, &notes))
}
