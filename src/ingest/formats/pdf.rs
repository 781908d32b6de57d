//! PDF documents with a text layer. Words stand where they are printed; which of them make a sentence is found from the
//! lines, as in text that was wrapped.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::Document;

use super::Reader;
use crate::error::InputProblem;
use crate::ingest::particulars::{self, Particulars};
use crate::ingest::sources::{Source, skipped};
use crate::ingest::{IngestOptions, Skipped};

const KIND: &str = "a PDF document";

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
    Ok(Source {
        reader: Some(Reader::PlainText),
        about: about(&document).or(source.about.clone()),
        declared: Some(encoding_rs::UTF_8),
        ..Source::new(source.name.clone(), without_hyphens(&text).into_bytes())
    })
}

/// Joins words that were divided at the end of a line: `Brü-` above `cke`.
fn without_hyphens(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.lines().map(str::trim) {
        let divided = joined.ends_with("-\n") && line.starts_with(char::is_lowercase);
        let letter_before = joined.chars().rev().nth(2).is_some_and(char::is_alphabetic);
        if divided && letter_before {
            joined.truncate(joined.len() - 2);
        }
        joined.push_str(line);
        joined.push('\n');
    }
    joined
}

/// The author out of the document's own description; its title is seldom one, its dates tell when it was printed.
fn about(document: &Document) -> Particulars {
    let description = document.trailer.get(b"Info").and_then(|info| document.dereference(info));
    let author = description
        .ok()
        .and_then(|(_, info)| info.as_dict().ok())
        .and_then(|info| lopdf::decode_text_string(info.get(b"Author").ok()?).ok())
        .map(|author| author.trim().to_owned())
        .filter(|author| !author.is_empty());
    let language = document.catalog().ok().and_then(|catalog| catalog.get(b"Lang").ok());
    let language = language.and_then(|language| lopdf::decode_text_string(language).ok());
    Particulars {
        authors: author.into_iter().collect(),
        likely_language: language.and_then(|code| particulars::language(&code)),
        ..Particulars::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divided_words_are_joined_and_other_hyphens_stay() {
        assert_eq!(
            without_hyphens("Die Brü-\ncke blieb zu.\nNord-\nSüd-Straße\n3-\nmal\n"),
            "Die Brücke blieb zu.\nNord-\nSüd-Straße\n3-\nmal\n"
        );
    }
}
