//! Documents, sentences and spans, and the way back from cleaned text to the source.
//!
//! Two coordinate systems exist. Inside the library a [`Span`] counts **bytes of the cleaned
//! text** of one document. Reports speak of [`SourceSpan`]s, which count **Unicode scalar values
//! of the decoded source**, before normalisation and cleaning. [`PositionMap`] leads from the first
//! to the second.

use std::ops::Range;

use jiff::civil::Date;
use serde::Serialize;

use crate::lang::Language;

/// A half-open range of bytes in a document's cleaned text; both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end` (bytes, half open).
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span ends before it starts");
        Self { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The covered text. `text` must be the cleaned text the span was made for.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// The span moved right by `offset` bytes.
    pub fn shifted(self, offset: usize) -> Self {
        Self::new(self.start + offset, self.end + offset)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A half-open range of Unicode scalar values in the decoded source text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SourceSpan {
    /// First scalar value.
    pub start: usize,
    /// One past the last scalar value.
    pub end: usize,
}

/// Maps byte offsets of a cleaned text to scalar values of its decoded source.
///
/// Stored as anchors: from each anchor on, one character of cleaned text stands for one of the
/// source, until the next anchor. Look-ups cost a binary search and a walk of at most
/// [`PositionMap::CHECKPOINT`] characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PositionMap {
    /// (byte in the cleaned text, scalar value in the source), ascending in both.
    anchors: Vec<(usize, usize)>,
}

impl PositionMap {
    /// Most characters between two anchors.
    pub const CHECKPOINT: usize = 256;

    /// The source position of the character that starts at byte `offset` of `cleaned`.
    ///
    /// An offset at the end of the text gives the position after the last kept character.
    pub fn source_position(&self, cleaned: &str, offset: usize) -> usize {
        let anchor = self.anchors.partition_point(|&(byte, _)| byte <= offset);
        match anchor.checked_sub(1).map(|i| self.anchors[i]) {
            Some((byte, source)) => source + cleaned[byte..offset].chars().count(),
            None => cleaned[..offset].chars().count(),
        }
    }

    /// The characters of a span of the cleaned text, each with its source position.
    ///
    /// Linear in the length of the span, however many anchors there are.
    pub fn characters<'t>(
        &'t self,
        cleaned: &'t str,
        span: Span,
    ) -> impl Iterator<Item = (char, usize)> + 't {
        let mut next = self.source_position(cleaned, span.start);
        let mut anchor = self.anchors.partition_point(|&(byte, _)| byte <= span.start);
        span.of(cleaned).char_indices().map(move |(index, character)| {
            if let Some(&(byte, source)) = self.anchors.get(anchor)
                && byte == span.start + index
            {
                next = source;
                anchor += 1;
            }
            let position = next;
            next += 1;
            (character, position)
        })
    }

    /// The source range of a span of cleaned text.
    ///
    /// The end is one past the source position of the span's last character, so characters that
    /// cleaning removed after the span are not counted to it.
    pub fn source_span(&self, cleaned: &str, span: Span) -> SourceSpan {
        let start = self.source_position(cleaned, span.start);
        let end = match span.of(cleaned).chars().next_back() {
            Some(last) => self.source_position(cleaned, span.end - last.len_utf8()) + 1,
            None => start,
        };
        SourceSpan { start, end }
    }
}

/// Builds a cleaned text together with its [`PositionMap`].
///
/// ```
/// use parallax::text::{CleanedTextBuilder, Span};
///
/// let mut builder = CleanedTextBuilder::default();
/// for (position, character) in "so\u{ad}ft".chars().enumerate() {
///     if character != '\u{ad}' {
///         builder.push(character, position);
///     }
/// }
/// let (text, map) = builder.finish();
/// assert_eq!(text, "soft");
/// assert_eq!(map.source_position(&text, 2), 3);
/// ```
#[derive(Debug, Default)]
pub struct CleanedTextBuilder {
    text: String,
    map: PositionMap,
    next_source: usize,
    since_anchor: usize,
}

impl CleanedTextBuilder {
    /// Appends a character that stands at scalar value `source` of the decoded source.
    ///
    /// Positions must not decrease; several characters may share one (a decomposition).
    pub fn push(&mut self, character: char, source: usize) {
        let checkpoint = self.since_anchor >= PositionMap::CHECKPOINT;
        if self.map.anchors.is_empty() || source != self.next_source || checkpoint {
            self.map.anchors.push((self.text.len(), source));
            self.since_anchor = 0;
        }
        self.text.push(character);
        self.since_anchor += 1;
        self.next_source = source + 1;
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The finished text and its map.
    pub fn finish(self) -> (String, PositionMap) {
        (self.text, self.map)
    }
}

/// What a paragraph is within its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParagraphKind {
    /// The document's own headline.
    Title,
    /// A heading inside the text.
    Heading,
    /// An entry of a list.
    ListItem,
    /// Running text.
    Body,
}

/// A paragraph of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands in the cleaned text.
    pub span: Span,
    /// What it is.
    pub kind: ParagraphKind,
}

/// A stretch of the source that cleaning took out, kept so that nothing is lost unseen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// Where it stands in the decoded source.
    #[serde(flatten)]
    pub span: SourceSpan,
    /// Why it was taken out, one of the reasons of the cleaning stage.
    pub reason: &'static str,
    /// The text itself.
    pub text: String,
}

/// Where a document comes from, as far as its page, feed or table says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Its address on the web, `http` or `https`.
    pub address: Option<String>,
    /// What makes one doubt that its text is whole, each a sentence without a stop.
    pub doubts: Vec<String>,
}

/// A cleaned document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Where it came from, for people: a path, or `<stdin>`.
    pub source: String,
    /// The headline, where one was found. It is also the paragraph of kind [`ParagraphKind::Title`].
    pub title: Option<String>,
    /// The outlet that published it, where the text says so.
    pub outlet: Option<String>,
    /// The publication date, where the text gives one.
    pub published: Option<Date>,
    /// Authors, address, and how far the text can be trusted.
    pub origin: Origin,
    /// The language of the body.
    pub language: Language,
    /// How sure the language is, 0..1.
    pub language_confidence: f32,
    /// The cleaned text: NFC, paragraphs separated by one blank line.
    pub text: String,
    /// The way back from [`Self::text`] to the source.
    pub positions: PositionMap,
    /// The paragraphs in order, not overlapping.
    pub paragraphs: Vec<Paragraph>,
    /// What cleaning took out, in source order.
    pub dropped: Vec<Dropped>,
    /// Length of the decoded source in scalar values.
    pub source_length: usize,
}

impl Document {
    /// A text that is clean already, all of it running text, of which nothing else is known.
    ///
    /// ```
    /// use parallax::lang::Language;
    /// use parallax::text::{Document, Span};
    ///
    /// let text = String::from("Es regnet.");
    /// let whole = Span::new(0, text.len());
    /// let document = Document::plain(text, Language::UNKNOWN, [whole]);
    /// assert_eq!(document.paragraphs[0].span.of(&document.text), "Es regnet.");
    /// ```
    pub fn plain(
        text: String,
        language: Language,
        paragraphs: impl IntoIterator<Item = Span>,
    ) -> Self {
        let body = |span| Paragraph { span, kind: ParagraphKind::Body };
        Self {
            source: String::new(),
            title: None,
            outlet: None,
            published: None,
            origin: Origin::default(),
            language,
            language_confidence: 1.0,
            source_length: text.chars().count(),
            text,
            positions: PositionMap::default(),
            paragraphs: paragraphs.into_iter().map(body).collect(),
            dropped: Vec::new(),
        }
    }

    /// Where a span of the cleaned text stands in the decoded source.
    pub fn source_span(&self, span: Span) -> SourceSpan {
        self.positions.source_span(&self.text, span)
    }
}

/// A sentence of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// Where it stands in the cleaned text of its document.
    pub span: Span,
    /// Index into [`Document::paragraphs`].
    pub paragraph: usize,
    /// The language of this sentence; the document's, unless the sentence is clearly in another.
    pub language: Language,
}

impl Sentence {
    /// The sentence's text.
    pub fn text<'d>(&self, document: &'d Document) -> &'d str {
        self.span.of(&document.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(kept: &[(char, usize)]) -> (String, PositionMap) {
        let mut builder = CleanedTextBuilder::default();
        for &(character, source) in kept {
            builder.push(character, source);
        }
        builder.finish()
    }

    #[test]
    fn removed_characters_shift_what_follows_and_nothing_before() {
        let (text, map) = build(&[('ž', 2), ('a', 3), ('b', 7)]);
        assert_eq!(text, "žab");
        assert_eq!(map.source_position(&text, 0), 2);
        assert_eq!(map.source_position(&text, 2), 3);
        assert_eq!(map.source_position(&text, 3), 7);
        assert_eq!(map.source_span(&text, Span::new(0, 3)), SourceSpan { start: 2, end: 4 });
    }

    #[test]
    fn long_texts_keep_their_way_back() {
        let kept: Vec<_> = (0..2000).map(|i| ('я', i + i / 100)).collect();
        let (text, map) = build(&kept);
        for (index, &(_, source)) in kept.iter().enumerate() {
            assert_eq!(map.source_position(&text, index * 2), source);
        }
        let walked: Vec<_> = map.characters(&text, Span::new(2, text.len())).collect();
        assert_eq!(walked, kept[1..]);
    }
}
