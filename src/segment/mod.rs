//! Sentences: where one ends and the next begins, by the rules of the language files.
//!
//! [`scan`](self) finds the stops of a paragraph, with the quotes and brackets closed after them;
//! `decide` says which of them end a sentence.

mod decide;
mod scan;

use crate::ingest::language::{Detection, detect_among};
use crate::lang::SegmentationRules;
use crate::text::{Document, Sentence, Span};

/// The sentences of one paragraph, as spans of bytes without white space around.
///
/// The spans are in order, do not overlap, and together cover every character that is not white
/// space. Without `rules` only what holds for any language with a full stop is used. Linear in the
/// length of `text`.
///
/// ```
/// use parallax::lang::Language;
/// use parallax::segment::split;
///
/// let german = Language::from_code("de").and_then(Language::profile);
/// let text = "Am 3. Oktober kam Dr. Weber an. Er blieb bis 1990.";
/// let sentences: Vec<_> = split(text, german.map(|profile| &profile.segmentation))
///     .into_iter()
///     .map(|span| span.of(text))
///     .collect();
/// assert_eq!(sentences, ["Am 3. Oktober kam Dr. Weber an.", "Er blieb bis 1990."]);
/// ```
pub fn split(text: &str, rules: Option<&SegmentationRules>) -> Vec<Span> {
    let generic = SegmentationRules::default();
    let rules = rules.unwrap_or(&generic);
    let mut sentences = Vec::new();
    let mut start = 0;
    for stop in scan::stops(text, rules) {
        if decide::ends_sentence(text, start, &stop, rules) {
            push_trimmed(text, start..stop.end, &mut sentences);
            start = stop.end;
        }
    }
    push_trimmed(text, start..text.len(), &mut sentences);
    sentences
}

/// Adds the range without white space around, unless nothing is left of it.
fn push_trimmed(text: &str, range: std::ops::Range<usize>, sentences: &mut Vec<Span>) {
    let piece = &text[range.clone()];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let start = range.start + (piece.len() - piece.trim_start().len());
        sentences.push(Span::new(start, start + trimmed.len()));
    }
}

/// The sentences of a document, paragraph by paragraph.
///
/// Each is split by the rules of the document's language and then asked for its own.
pub fn sentences(document: &Document) -> Vec<Sentence> {
    let rules = document
        .language
        .profile()
        .map(|profile| &profile.segmentation);
    let whole = Detection {
        language: document.language,
        confidence: document.language_confidence,
    };
    let mut sentences = Vec::new();
    for (paragraph, kind_and_span) in document.paragraphs.iter().enumerate() {
        let offset = kind_and_span.span.start;
        for span in split(kind_and_span.span.of(&document.text), rules) {
            let span = span.shifted(offset);
            let language = detect_among(span.of(&document.text), whole).language;
            sentences.push(Sentence {
                span,
                paragraph,
                language,
            });
        }
    }
    sentences
}
