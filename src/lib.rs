//! Parallax compares texts about the same thing written in different languages. It puts the sentences of
//! German, Lithuanian, English and Russian texts into one vector space, links what says the same, groups
//! documents that tell of the same event, and points at what differs.
//!
//! # The way of the data
//!
//! ```text
//! bytes -> Document -> Sentences -> Facts + vectors -> Links -> Claims, Events -> Findings -> Report
//! ingest               segment      facts   embed      align                      differences report
//! ```
//!
//! | module | does |
//! |---|---|
//! | [`jobs`] | the main path of each job, from inputs to a report |
//! | [`report`] | the report as one value, and its writers |
//! | [`differences`] | checks between versions of an event; a file each |
//! | [`translation`] | segments of a translation: their files, checks, score, baseline |
//! | [`study`] | corpus studies: analyses and statistics |
//! | [`align`] | links, claims, events, score sheet |
//! | [`wording`] | choices of words: contested names, frames of acts, whose words they are |
//! | [`facts`] | numbers, dates and names as values without a language |
//! | [`segment`] | sentences |
//! | [`ingest`] | sources, encodings, cleaning, language, title, date line |
//! | [`embed`] | engines, models, sentence vectors |
//! | [`calendar`] | date expressions |
//! | [`cache`] | what is kept between runs |
//! | [`finding`] | findings and how checks describe themselves |
//! | [`text`] | documents, spans, positions back to the source |
//! | [`lang`] | knowledge about languages, as data |
//! | [`error`] | errors with hints |
//!
//! The modules form a stack: each uses only modules below it in this table. The library never prints, never
//! exits and never reads the clock or the environment; the binary does.
//!
//! # Example
//!
//! ```no_run
//! use std::path::Path;
//!
//! use parallax::embed::{EmbedOptions, Embedder};
//! use parallax::ingest::Input;
//! use parallax::jobs::Silent;
//! use parallax::jobs::compare::{CompareOptions, compare};
//!
//! let inputs = [Input::Path("article-de.txt".into()), Input::Path("article-lt.txt".into())];
//! let model = Path::new("models/multilingual-e5-small-europe");
//! let open = || Embedder::open(model, &EmbedOptions::default());
//! let report = compare(&inputs, &CompareOptions::default(), open, &mut Silent)?;
//! for finding in &report.findings {
//!     println!("{}: {}", finding.check, finding.message);
//! }
//! # Ok::<(), parallax::Error>(())
//! ```

pub mod align;
pub mod cache;
pub mod calendar;
pub mod differences;
pub mod embed;
pub mod error;
pub mod facts;
pub mod finding;
pub mod ingest;
pub mod jobs;
pub mod lang;
pub mod report;
pub mod segment;
pub mod study;
pub mod text;
pub mod translation;
pub mod wording;

pub use error::{Error, Result};
