//! Translations taken segment by segment: what a segment is, wherever it was read from.
//!
//! A [`Segment`] is a stretch of source text and its translation, with what a translator's file says about
//! it. Text is plain: inline tags of a file format stand beside it in [`Side::tags`], so that no check
//! mistakes them for words. Placeholders written in the text itself, such as `%s`, stay in it.

pub mod baseline;
pub mod checks;
pub mod clauses;
pub mod consistency;
pub mod ranking;
pub mod read;
mod references;
pub mod repetition;
pub mod score;
mod shielded;
pub mod terms;
pub mod untranslated;

use self::score::Risk;
use crate::finding::Severity;
use crate::lang::Language;
use crate::text::Span;

/// A source text and its translation.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// What its file calls it, or its number from 1 where the file does not say.
    pub id: String,
    /// The text that was translated.
    pub source: Side,
    /// The translation; its text is empty where there is none.
    pub target: Side,
    /// How far the translation is, as its file says.
    pub state: State,
    /// Where the text is used, as its file says: a context, a file name, a note.
    pub context: Option<String>,
    /// Which plural form the translation is, where it is one.
    pub plural: Option<Plural>,
    /// Ids of checks that the file silences for this segment; `*` stands for all.
    pub ignored: Vec<String>,
}

/// One side of a segment.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// The text as a reader sees it, without inline tags.
    pub text: String,
    /// Its language; [`Language::UNKNOWN`] where neither the file nor the text tells.
    pub language: Language,
    /// Inline tags, in the order of the text.
    pub tags: Vec<Tag>,
    /// Where the text stands in its file: bytes of `text`, each with the place of the character there, both
    /// ascending. From each entry to the next a character of text is one of the file. Empty where the text
    /// has no place.
    pub anchors: Vec<(usize, Location)>,
}

/// A place in a file; lines and columns count from 1, columns in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// An inline tag of a file format: formatting, or a placeholder that is a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The byte of the text before which it stands.
    pub at: usize,
    /// Whether it opens, closes or stands alone.
    pub kind: TagKind,
    /// What tells it from others, the same on both sides: its id, else its content.
    pub id: String,
}

/// What a tag does to the text behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TagKind {
    /// Opens a stretch.
    Open,
    /// Closes a stretch.
    Close,
    /// Stands for something: a variable, a line break, an image.
    Alone,
}

/// How far a translation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum State {
    /// Nothing is said about it.
    #[default]
    Unknown,
    /// A suggestion that nobody has looked at: `fuzzy`, `needs-review`.
    Draft,
    /// Translated.
    Translated,
    /// Approved.
    Final,
    /// Not to be changed.
    Locked,
}

/// One of the plural forms of a translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plural {
    /// Number of the form, from 0.
    pub form: usize,
    /// The source text for the other number, singular or plural.
    pub other_source: String,
}

/// Something wrong with a segment.
#[derive(Debug, Clone, PartialEq)]
pub struct SegmentFinding {
    /// Id of the check that found it, e.g. `number-mismatch`.
    pub check: &'static str,
    /// Its category in the Multidimensional Quality Metrics, e.g. `accuracy/omission`.
    pub category: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Probability that the finding is right, 0..1.
    pub confidence: f32,
    /// One sentence for a reader.
    pub message: String,
    /// What it is about in the source, in bytes of its text.
    pub source: Option<Span>,
    /// What it is about in the target, in bytes of its text.
    pub target: Option<Span>,
}

/// A segment with what was found in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The segment.
    pub segment: Segment,
    /// How good the translation is, 0..1; 1 is perfect, a copy of the source 0. `None` where there is nothing to score,
    /// or the model cannot.
    pub score: Option<f32>,
    /// Probability of an error that changes the meaning badly, 0..1.
    pub critical: Option<f32>,
    /// Stretches of the source that nothing in the target covers.
    pub uncovered: Vec<Risk>,
    /// Stretches of the target that nothing in the source supports.
    pub unsupported: Vec<Risk>,
    /// What is wrong with it.
    pub findings: Vec<SegmentFinding>,
}

impl Segment {
    /// A segment that is no more than two texts.
    ///
    /// ```
    /// use parallax::lang::Language;
    /// use parallax::translation::{Segment, Side};
    ///
    /// let language = |code| Language::from_code(code).unwrap();
    /// let source = Side::new("The bridge is closed.", language("en"));
    /// let segment = Segment::new("1", source, Side::new("Tiltas uždarytas.", language("lt")));
    /// assert_eq!(segment.target.text, "Tiltas uždarytas.");
    /// ```
    pub fn new(id: impl Into<String>, source: Side, target: Side) -> Self {
        Self {
            id: id.into(),
            source,
            target,
            state: State::default(),
            context: None,
            plural: None,
            ignored: Vec::new(),
        }
    }
}

impl Side {
    /// Text without tags and without a place.
    pub fn new(text: impl Into<String>, language: Language) -> Self {
        Self { text: text.into(), language, tags: Vec::new(), anchors: Vec::new() }
    }

    /// Where the character at byte `offset` of the text stands in the file, if the text has a place.
    pub fn location(&self, offset: usize) -> Option<Location> {
        let anchor = self.anchors.partition_point(|&(byte, _)| byte <= offset).checked_sub(1)?;
        let (byte, mut location) = self.anchors[anchor];
        for character in self.text.get(byte..offset).unwrap_or("").chars() {
            if character == '\n' {
                location = Location { line: location.line + 1, column: 1 };
            } else {
                location.column += 1;
            }
        }
        Some(location)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_counted_from_the_last_anchor_before_it() {
        let mut side = Side::new("Über den Fluss & zurück\nnach Hause", Language::UNKNOWN);
        assert_eq!(side.location(3), None);
        let ampersand = side.text.find('&').unwrap();
        side.anchors = vec![
            (0, Location { line: 4, column: 9 }),
            // Behind `&amp;`.
            (ampersand + 1, Location { line: 4, column: 29 }),
        ];
        assert_eq!(side.location(0), Some(Location { line: 4, column: 9 }));
        let river = side.text.find("Fluss").unwrap();
        assert_eq!(side.location(river), Some(Location { line: 4, column: 18 }));
        let home = side.text.find("Hause").unwrap();
        assert_eq!(side.location(home), Some(Location { line: 5, column: 6 }));
    }
}
