//! `compare`: the similarity report, from inputs to [`Report`].

use std::borrow::Borrow;

use super::{Observer, Prepared, Stage, prepare};
use crate::align::{self, Comparison};
use crate::differences::{self, CheckOptions};
use crate::embed::Embedder;
use crate::error::Result;
use crate::ingest::{IngestOptions, Input};
use crate::report::build;
use crate::report::{Options, Report, Tool};

/// What shapes a comparison.
#[derive(Debug, Clone, Default)]
pub struct CompareOptions {
    /// How inputs are read.
    pub ingest: IngestOptions,
    /// Which checks run.
    pub checks: CheckOptions,
}

/// Compares the inputs.
///
/// `open` gives the embedder, a new one or one that is open already; it runs while the inputs are read.
///
/// # Errors
/// Those of `open`, of the engine, of the observer, and [`crate::Error::Option`] for an unknown check. An input that
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
    let (Prepared { articles, skipped, notes }, embedder) =
        prepare::prepare(inputs, &options.ingest, open, observer)?;
    let embedder: &Embedder = embedder.borrow();

    observer.progress(Stage::Aligning, 0, 0)?;
    let comparison: Comparison = align::compare(articles, embedder)?;

    observer.progress(Stage::Checking, 0, 0)?;
    let findings = differences::run(&comparison, &options.checks)?;

    let effective = Options {
        lang: options.ingest.language.map(|language| language.to_string()),
        checks,
        min_severity: options.checks.min_severity,
    };
    Ok(build::report(Tool::new(embedder), effective, &comparison, &findings, &skipped, &notes))
}
