//! Builds one side of a segment from the pieces that a reader meets: text with its places, and inline tags.

use super::LONGEST;
use crate::lang::Language;
use crate::translation::{Location, Side, Tag, TagKind};

/// Most inline tags of a side; beyond, they are passed over.
const MOST_TAGS: usize = 10_000;

/// A side in the course of being read.
#[derive(Debug, Clone)]
pub(super) struct SideBuilder {
    side: Side,
    /// Where the next character stands if nothing lies between.
    next: Option<Location>,
    /// Whether the text is longer than a segment can be; the rest is passed over.
    pub(super) too_long: bool,
}

impl SideBuilder {
    pub(super) fn new(language: Language) -> Self {
        Self { side: Side::new("", language), next: None, too_long: false }
    }

    /// Adds text that stands in the file as it is, from `location` on.
    pub(super) fn text(&mut self, text: &str, location: Location) {
        if self.side.text.len() + text.len() > LONGEST {
            self.too_long = true;
            return;
        }
        if text.is_empty() {
            return;
        }
        self.anchor(location);
        self.side.text.push_str(text);
        self.next = Some(location.behind(text.as_bytes()));
    }

    /// Adds a character that the file writes in another way, `&amp;` or `\n`, at `location`.
    pub(super) fn escaped(&mut self, letter: char, location: Location) {
        let mut encoded = [0; 4];
        self.text(letter.encode_utf8(&mut encoded), location);
        // What follows stands behind the escape, not behind one character.
        self.next = None;
    }

    /// Adds an inline tag here.
    pub(super) fn tag(&mut self, kind: TagKind, id: impl Into<String>) {
        if self.side.tags.len() < MOST_TAGS {
            self.side.tags.push(Tag { at: self.side.text.len(), kind, id: id.into() });
        }
    }

    /// Where an empty text would stand.
    pub(super) fn place(&mut self, location: Location) {
        if self.side.anchors.is_empty() {
            self.side.anchors.push((0, location));
        }
    }

    fn anchor(&mut self, location: Location) {
        let at = self.side.text.len();
        if self.next == Some(location) && !self.side.anchors.is_empty() {
            return;
        }
        match self.side.anchors.last_mut() {
            Some(last) if last.0 == at => last.1 = location,
            _ => self.side.anchors.push((at, location)),
        }
    }

    /// The side.
    pub(super) fn finish(self) -> Side {
        self.side
    }
}
