//! Ingest: from bytes to cleaned documents with title, language and date.
//!
//! The way of the data:
//!
//! | stage | file |
//! |---|---|
//! | paths and directories to bytes | `sources` |
//! | which format, and reading it | `formats`, `laid` |
//! | bytes that are no text | `signature` |
//! | bytes to text | `encoding`, `letter_model` |
//! | one form of letters, blanks and line breaks | `normalise` |
//! | what an input says about its article | `front_matter`, `particulars` |
//! | Markdown | `markdown` |
//! | lines to blocks | `layout` |
//! | blocks to paragraphs, without page furniture | `clean` |
//! | what language, what date | `language`, `dateline` |

pub mod clean;
pub mod dateline;
pub mod encoding;
pub mod formats;
mod front_matter;
mod laid;
pub mod language;
mod layout;
mod letter_model;
mod lines;
mod markdown;
mod normalise;
mod page;
mod particulars;
mod signature;
mod sources;
mod texts;

use std::collections::HashMap;
use std::path::PathBuf;

use encoding_rs::Encoding;
use rayon::prelude::*;

use crate::error::{Error, InputProblem};
use crate::lang::Language;
use crate::text::Document;

pub use lines::read_lines;
use page::Page;
pub use sources::files;
use sources::skipped;
pub use texts::{Given, read_text};

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file, or a directory whose text files are read.
    Path(PathBuf),
    /// Content that is already there, such as standard input.
    Bytes {
        /// Its name for people.
        name: String,
        /// The content.
        bytes: Vec<u8>,
    },
}

/// How to read.
#[derive(Debug, Clone)]
pub struct IngestOptions {
    /// The language of all inputs; found for each document where it is `None`.
    pub language: Option<Language>,
    /// The encoding of all inputs; found for each document where it is `None`.
    pub encoding: Option<&'static Encoding>,
    /// Largest input, in bytes.
    pub max_bytes: u64,
    /// Whether page furniture is taken out.
    pub clean: bool,
}

impl Default for IngestOptions {
    fn default() -> Self {
        Self { language: None, encoding: None, max_bytes: 64 << 20, clean: true }
    }
}

/// An input that gave no document.
#[derive(Debug)]
pub struct Skipped {
    /// The input's name for people.
    pub source: String,
    /// Why.
    pub error: Error,
}

/// Something about a document's bytes that a user may want to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The document's name for people.
    pub source: String,
    /// What was found, as a sentence without a stop.
    pub message: String,
}

/// What reading gave.
#[derive(Debug, Default)]
pub struct Ingested {
    /// The documents, in the order of the inputs.
    pub documents: Vec<Document>,
    /// The inputs that gave none, in the order of the inputs.
    pub skipped: Vec<Skipped>,
    /// Remarks on documents that were read.
    pub notes: Vec<Note>,
}

/// Reads and cleans all inputs. What cannot be read is listed in [`Ingested::skipped`] and does not
/// stop the others.
///
/// ```
/// use parallax::ingest::{IngestOptions, Input, read_all};
///
/// let bytes = "Tiltas uždarytas\n\nTiltas per upę antradienį uždarytas remontui.".into();
/// let input = Input::Bytes { name: "<stdin>".into(), bytes };
/// let ingested = read_all(&[input], &IngestOptions::default());
/// assert_eq!(ingested.documents[0].title.as_deref(), Some("Tiltas uždarytas"));
/// ```
pub fn read_all(inputs: &[Input], options: &IngestOptions) -> Ingested {
    let pages: Vec<Result<Page, Skipped>> = sources::read(inputs, options)
        .into_par_iter()
        .flat_map_iter(|source| match source {
            Ok(source) => Page::open(source, options),
            Err(skipped) => vec![Err(skipped)],
        })
        .collect();
    let pages = without_duplicates(pages);
    let repeated = clean::RepeatedLines::among(pages.iter().flatten());
    let documents: Vec<Result<_, Skipped>> = pages
        .into_par_iter()
        .map(|page| {
            let page = page?;
            let document = clean::document(&page, &repeated, options)
                .map_err(|reason| skipped(&page.source, reason))?;
            Ok((document, page.note()))
        })
        .collect();
    let mut ingested = Ingested::default();
    for document in documents {
        match document {
            Ok((document, note)) => {
                ingested.documents.push(document);
                ingested.notes.extend(note);
            }
            Err(skipped) => ingested.skipped.push(skipped),
        }
    }
    ingested
}

/// Skips each page whose text an earlier page has too.
fn without_duplicates(pages: Vec<Result<Page, Skipped>>) -> Vec<Result<Page, Skipped>> {
    let mut seen: HashMap<[u8; 32], String> = HashMap::new();
    pages
        .into_iter()
        .map(|page| {
            let page = page?;
            if let Some(first) = seen.get(&page.digest) {
                let reason = InputProblem::Duplicate(first.clone());
                return Err(skipped(page.source, reason));
            }
            seen.insert(page.digest, page.source.clone());
            Ok(page)
        })
        .collect()
}
