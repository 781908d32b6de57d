//! Whose words a stretch of a text is: the text's own, somebody's in quotation marks, or words held at a distance.

use crate::text::{Document, Span};

/// Whose words they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// The text's own.
    Own,
    /// Said to be the words of others: `which Japan calls …`.
    Reported,
    /// Put in quotation marks of its own, as words one would not use oneself.
    Distanced,
    /// Part of what somebody is quoted with.
    Quoted,
}

/// Quotation marks that open, each with those that close what it opened.
const QUOTES: [(char, &str); 6] =
    [('„', "“”\""), ('“', "”“"), ('"', "\""), ('«', "»"), ('»', "«"), ('‘', "’")];
/// Words up to which what stands in quotation marks is an expression and no quotation.
const LONGEST_EXPRESSION: usize = 4;
/// Longest quotation, in bytes; where none ends within that, a mark was forgotten.
const LONGEST_QUOTATION: usize = 3_000;

/// The stretches of a document in quotation marks.
#[derive(Debug, Default)]
pub struct Quotations {
    /// In order, not overlapping; without the marks.
    spans: Vec<(Span, Voice)>,
}

impl Quotations {
    /// Finds them paragraph by paragraph, so that a mark that was never closed does no harm beyond its own.
    pub fn of(document: &Document) -> Self {
        let mut spans = Vec::new();
        for paragraph in &document.paragraphs {
            let text = paragraph.span.of(&document.text);
            spans.extend(
                quoted(text)
                    .into_iter()
                    .map(|(span, voice)| (span.shifted(paragraph.span.start), voice)),
            );
        }
        Self { spans }
    }

    /// Whose words a stretch of the document is, as far as quotation marks tell.
    pub fn voice(&self, span: Span) -> Voice {
        let at = self.spans.partition_point(|(quoted, _)| quoted.end <= span.start);
        match self.spans.get(at) {
            Some((quoted, voice)) if quoted.overlaps(span) => *voice,
            _ => Voice::Own,
        }
    }
}

fn quoted(text: &str) -> Vec<(Span, Voice)> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some((start, length, closing)) = opening(text, rest) {
        let inside = start + length;
        let end = text[inside..].char_indices().find_map(|(at, sign)| {
            (closing.contains(sign) && !is_apostrophe(text, inside + at, sign))
                .then_some(inside + at)
        });
        match end.filter(|end| end - inside <= LONGEST_QUOTATION) {
            Some(end) => {
                let words = text[inside..end].split_whitespace().count();
                let voice =
                    if words <= LONGEST_EXPRESSION { Voice::Distanced } else { Voice::Quoted };
                found.push((Span::new(inside, end), voice));
                rest = end + text[end..].chars().next().map_or(1, char::len_utf8);
            }
            None => rest = inside,
        }
    }
    found
}

/// The next mark that opens from byte `from` on: where, how long, and what closes it.
fn opening(text: &str, from: usize) -> Option<(usize, usize, &'static str)> {
    text.get(from..)?.char_indices().find_map(|(at, sign)| {
        let closing = QUOTES.iter().find(|(mark, _)| *mark == sign)?.1;
        Some((from + at, sign.len_utf8(), closing))
    })
}

/// Whether a closing mark stands between letters, where it is an apostrophe.
fn is_apostrophe(text: &str, at: usize, sign: char) -> bool {
    let after = text[at + sign.len_utf8()..].chars().next();
    sign == '’' && after.is_some_and(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted_texts(text: &str) -> Vec<(&str, Voice)> {
        quoted(text).into_iter().map(|(span, voice)| (span.of(text), voice)).collect()
    }

    #[test]
    fn quotations_and_expressions_are_told_apart() {
        assert_eq!(
            quoted_texts("Die „Befreier“ sagten: „Wir geben kein Land an niemanden ab.“"),
            [
                ("Befreier", Voice::Distanced),
                ("Wir geben kein Land an niemanden ab.", Voice::Quoted)
            ]
        );
        assert_eq!(quoted_texts("Он назвал их «южными»."), [("южными", Voice::Distanced)]);
        assert_eq!(quoted_texts("6\" of rain"), []);
        assert_eq!(quoted_texts("‘It’s fine’, he said"), [("It’s fine", Voice::Distanced)]);
    }

    #[test]
    fn a_mark_that_never_closes_covers_nothing() {
        let text = "„Hier wird nichts geschlossen, „und das“ hier";
        assert_eq!(quoted_texts(text), [("Hier wird nichts geschlossen, „und das", Voice::Quoted)]);
        assert_eq!(quoted_texts("„ohne Ende"), []);
    }
}
