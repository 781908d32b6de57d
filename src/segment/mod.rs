//! Sentences: where one ends and the next begins, by the rules of the language files.
//!
//! `scan` finds the stops of a paragraph, with the quotes and brackets closed after them; `decide`
//! says which of them end a sentence.

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
    let rules = document.language.profile().map(|profile| &profile.segmentation);
    let whole = Detection { language: document.language, confidence: document.language_confidence };
    let mut sentences = Vec::new();
    for (index, paragraph) in document.paragraphs.iter().enumerate() {
        for span in split(paragraph.span.of(&document.text), rules) {
            let span = span.shifted(paragraph.span.start);
            let language = detect_among(span.of(&document.text), whole).language;
            sentences.push(Sentence { span, paragraph: index, language });
        }
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Language;
    use crate::text::{Paragraph, ParagraphKind};

    #[test]
    fn sentences_know_their_paragraph_and_a_foreign_one_its_language() {
        let text = "Taryba posėdžiavo\n\nPasak mero, darbai baigsis pavasarį. The mayor has not yet answered our questions about it.";
        let body = text.find("Pasak").unwrap();
        let paragraph = |start, end, kind| Paragraph { span: Span::new(start, end), kind };
        let paragraphs = vec![
            paragraph(0, body - 2, ParagraphKind::Title),
            paragraph(body, text.len(), ParagraphKind::Body),
        ];
        let language = Language::from_code("lt").unwrap();
        let document = Document { paragraphs, ..Document::plain(text.to_owned(), language, []) };
        let found: Vec<_> = sentences(&document)
            .iter()
            .map(|sentence| {
                let first = sentence.text(&document).split(' ').next().unwrap();
                (sentence.paragraph, sentence.language.code().to_owned(), first.to_owned())
            })
            .collect();
        let expected = [(0, "lt", "Taryba"), (1, "lt", "Pasak"), (1, "en", "The")]
            .map(|(paragraph, code, first)| (paragraph, code.to_owned(), first.to_owned()));
        assert_eq!(found, expected);
    }
}
