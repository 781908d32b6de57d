//! PDF documents with a text layer. Words stand where they are printed; which of them make a sentence is found from the
//! lines, see `printed`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::Document;

use super::{Reader, printed};
use crate::error::InputProblem;
use crate::ingest::particulars::{self, Particulars};
use crate::ingest::sources::{Source, skipped};
use crate::ingest::{IngestOptions, Skipped};

const KIND: &str = "a PDF document";
/// Of how many lines one may be the headline.
const HEADLINE_WITHIN: usize = 40;
/// Fewest characters of a headline.
const LEAST_HEADLINE: usize = 10;

/// Whether bytes are a PDF document.
pub(super) fn recognises(beginning: &[u8]) -> bool {
    beginning.starts_with(b"%PDF-")
}

/// The text of a PDF document.
pub(super) fn text(source: Source, options: &IngestOptions) -> Vec<Result<Source, Skipped>> {
    // A parser that stumbles over somebody's bytes must not end the run for the other inputs.
    let found = catch_unwind(AssertUnwindSafe(|| read(&source, options)));
    let found = found.unwrap_or_else(|_| {
        Err(InputProblem::Damaged { kind: KIND, reason: "it cannot be understood".to_owned() })
    });
    vec![found.map_err(|problem| skipped(source.name, problem))]
}

fn read(source: &Source, options: &IngestOptions) -> Result<Source, InputProblem> {
    let damaged =
        |error: lopdf::Error| InputProblem::Damaged { kind: KIND, reason: error.to_string() };
    let document = Document::load_mem(&source.bytes).map_err(damaged)?;
    if document.is_encrypted() {
        return Err(InputProblem::Encrypted);
    }
    let mut text = String::new();
    for number in document.get_pages().into_keys() {
        // A page that cannot be read is missing, which the length of the text shows; the others are text all the same.
        text.push_str(&document.extract_text(&[number]).unwrap_or_default());
        text.push('\n');
        if text.len() as u64 > options.max_bytes {
            return Err(InputProblem::Bomb { limit: options.max_bytes });
        }
    }
    if !text.contains(char::is_alphabetic) {
        return Err(InputProblem::NoTextLayer);
    }
    let mut text = printed::paragraphs(&text);
    let mut about = about(&document).or(source.about.clone());
    if about.title.is_none() {
        about.title = headline(&document, &mut text);
    }
    Ok(Source {
        reader: Some(Reader::PlainText),
        about,
        declared: Some(encoding_rs::UTF_8),
        ..Source::new(source.name.clone(), text.into_bytes())
    })
}

/// What the document's own description says under a key.
fn described(document: &Document, key: &[u8]) -> Option<String> {
    let (_, info) = document.dereference(document.trailer.get(b"Info").ok()?).ok()?;
    let value = lopdf::decode_text_string(info.as_dict().ok()?.get(key).ok()?).ok()?;
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// The headline, taken out of the text. The title of the description is often none, such as the name of a file: it
/// counts where one of the first lines says the same, or the beginning of it, as in `Headline | Outlet`.
fn headline(document: &Document, text: &mut String) -> Option<String> {
    let title = described(document, b"Title")?;
    let mut start = 0;
    for line in text.split_inclusive('\n').take(HEADLINE_WITHIN) {
        let words = line.trim();
        if words.chars().count() >= LEAST_HEADLINE && title.starts_with(words) {
            let headline = words.to_owned();
            text.replace_range(start..start + line.len(), "\n");
            return Some(headline);
        }
        start += line.len();
    }
    None
}

/// The author and language out of the document's own description; its dates tell when it was printed.
fn about(document: &Document) -> Particulars {
    let author = described(document, b"Author");
    let language = document.catalog().ok().and_then(|catalog| catalog.get(b"Lang").ok());
    let language = language.and_then(|language| lopdf::decode_text_string(language).ok());
    Particulars {
        authors: author.into_iter().collect(),
        likely_language: language.and_then(|code| particulars::language(&code)),
        ..Particulars::default()
    }
}
