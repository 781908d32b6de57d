//! What a format makes of an input: the lines of its text, what it left out, and what it knows about the article.

use crate::text::ParagraphKind;

use super::clean::Reason;
use super::particulars::Particulars;

/// A paragraph, heading or entry of a list, with the position of each character in the decoded source.
#[derive(Debug, Clone)]
pub(super) struct LaidLine {
    pub(super) kind: ParagraphKind,
    pub(super) characters: Vec<(char, usize)>,
}

/// A stretch of the source that is no part of the article by the format's own marks.
#[derive(Debug, Clone)]
pub(super) struct LeftOut {
    /// Its first scalar value in the decoded source.
    pub(super) start: usize,
    /// One past its last.
    pub(super) end: usize,
    pub(super) reason: Reason,
    pub(super) text: String,
}

/// A text laid out by its format.
#[derive(Debug, Default)]
pub(super) struct Laid {
    pub(super) lines: Vec<LaidLine>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) about: Particulars,
}

impl Laid {
    /// The paragraphs of a format whose bytes hold no text that positions could count. Positions count the extracted
    /// text instead: the paragraphs, each with a line break behind it.
    pub(super) fn of_paragraphs(paragraphs: Vec<(ParagraphKind, String)>) -> Self {
        let mut position = 0;
        let lines = paragraphs
            .into_iter()
            .map(|(kind, text)| {
                let characters: Vec<(char, usize)> = text.chars().zip(position..).collect();
                position += characters.len() + 1;
                LaidLine { kind, characters }
            })
            .collect();
        Self { lines, ..Self::default() }
    }

    /// One past the last position.
    pub(super) fn length(&self) -> usize {
        let last =
            |line: &LaidLine| line.characters.last().map_or(0, |&(_, position)| position + 1);
        self.lines.iter().map(last).max().unwrap_or(0)
    }
}
