//! Puts the kept blocks together to the document's text and lists the dropped ones.

use crate::text::{
    CleanedTextBuilder, Dropped, Paragraph, ParagraphKind, PositionMap, SourceSpan, Span,
};

use super::super::normalise::Mapped;
use super::super::page::Page;
use super::reasons::Reason;

/// What becomes of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It becomes a paragraph.
    Keep(ParagraphKind),
    /// It becomes a paragraph without the last `tail` bytes of its last line.
    Cut { kind: ParagraphKind, tail: usize, reason: Reason },
    /// It goes.
    Drop(Reason),
}

/// The parts of a document that come out of the blocks of a page.
pub(super) struct Assembled {
    pub(super) text: String,
    pub(super) positions: PositionMap,
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) dropped: Vec<Dropped>,
}

/// Makes the text from the blocks; `fates` holds what becomes of each.
pub(super) fn assemble(page: &Page, fates: &[Fate]) -> Assembled {
    let mut builder = CleanedTextBuilder::default();
    let mut paragraphs = Vec::new();
    let mut dropped = Vec::new();
    let mut last_source = 0;
    for (block, &fate) in page.blocks.iter().zip(fates) {
        let mut lines = block.lines.clone();
        let kind = match fate {
            Fate::Keep(kind) => kind,
            Fate::Drop(reason) => {
                dropped.extend(drop_lines(&page.mapped, &lines, &block.text, reason));
                continue;
            }
            Fate::Cut { kind, tail, reason } => {
                dropped.extend(cut(&page.mapped, &mut lines, tail, reason));
                kind
            }
        };
        if !builder.text().is_empty() {
            builder.push('\n', last_source);
            builder.push('\n', last_source);
        }
        let start = builder.text().len();
        last_source = push_lines(&mut builder, &page.mapped, &lines);
        let span = Span::new(start, builder.text().len());
        paragraphs.push(Paragraph { span, kind });
    }
    let (text, positions) = builder.finish();
    Assembled { text, positions, paragraphs, dropped }
}

/// Appends the lines of a paragraph, joined by blanks and with every run of blanks made one; gives
/// the source position of the last character.
fn push_lines(builder: &mut CleanedTextBuilder, mapped: &Mapped, lines: &[Span]) -> usize {
    let mut last = 0;
    let mut blank: Option<usize> = None;
    for (index, &line) in lines.iter().enumerate() {
        if index > 0 {
            blank = Some(last);
        }
        for (character, position) in mapped.characters(line) {
            if character == ' ' {
                blank = blank.or(Some(position));
                continue;
            }
            if let Some(blank) = blank.take() {
                builder.push(' ', blank);
            }
            builder.push(character, position);
            last = position;
        }
    }
    last
}

/// Takes the last `tail` bytes off the last line.
fn cut(mapped: &Mapped, lines: &mut [Span], tail: usize, reason: Reason) -> Option<Dropped> {
    let last = lines.last_mut()?;
    let end = last.end;
    let kept = mapped.text[last.start..end - tail].trim_end();
    let cut_start = end - tail;
    last.end = last.start + kept.len();
    let tail = Span::new(cut_start, end);
    drop_lines(mapped, &[tail], tail.of(&mapped.text), reason)
}

fn drop_lines(mapped: &Mapped, lines: &[Span], text: &str, reason: Reason) -> Option<Dropped> {
    let first = lines.first()?;
    let last = lines.last()?;
    let start = mapped.positions.source_span(&mapped.text, *first).start;
    let end = mapped.positions.source_span(&mapped.text, *last).end;
    Some(Dropped { span: SourceSpan { start, end }, reason: reason.id(), text: text.to_owned() })
}
