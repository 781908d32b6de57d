//! From lines to blocks: which lines belong to one paragraph.
//!
//! Most files hold one paragraph a line. Some are wrapped at a fixed width, as e-mails and old
//! archives are; there the lines of a paragraph are joined again.

use crate::text::{ParagraphKind, Span};

use super::normalise::Mapped;

/// A line of the normalised text, trimmed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Where it stands.
    pub(super) span: Span,
    /// What Markdown says it is; [`ParagraphKind::Body`] in plain text.
    pub(super) kind: ParagraphKind,
    /// Whether the line before is empty, or there is none.
    pub(super) after_gap: bool,
    /// Blanks before the first character.
    pub(super) indent: usize,
}

/// What may become a paragraph: one line, or the lines of a wrapped paragraph.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// Its lines in the normalised text.
    pub(super) lines: Vec<Span>,
    /// Its text, lines joined by blanks, runs of blanks made one.
    pub(super) text: String,
    /// What the layout says it is.
    pub(super) kind: ParagraphKind,
    /// Whether an empty line stands before it.
    pub(super) after_gap: bool,
    /// Whether its line is a row of short items set apart by wide gaps, as menus and tables are.
    pub(super) is_row: bool,
}

impl Block {
    fn new(mapped: &Mapped, line: &Line) -> Self {
        Self {
            lines: vec![line.span],
            text: squeeze(line.span.of(&mapped.text)),
            kind: line.kind,
            after_gap: line.after_gap,
            is_row: is_row(line.span.of(&mapped.text)),
        }
    }

    /// A headline that stands at `span`.
    pub(super) fn of_title(span: Span, text: String) -> Self {
        let kind = ParagraphKind::Title;
        Self { lines: vec![span], text, kind, after_gap: true, is_row: false }
    }

    fn join(&mut self, mapped: &Mapped, line: &Line) {
        self.lines.push(line.span);
        self.is_row = false;
        self.text.push(' ');
        self.text.push_str(&squeeze(line.span.of(&mapped.text)));
    }
}

/// Whether a line is a row of at least three items of a few words each, with gaps of at least three blanks.
fn is_row(line: &str) -> bool {
    const GAP: &str = "   ";
    const LEAST_ITEMS: usize = 3;
    const MOST_WORDS: usize = 3;
    let items = || line.split(GAP).map(str::trim).filter(|item| !item.is_empty());
    items().count() >= LEAST_ITEMS
        && items().all(|item| item.split_whitespace().count() <= MOST_WORDS)
}

/// Makes every run of blanks one blank.
fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

/// The lines of a plain text from byte `start` on.
pub(super) fn plain_lines(mapped: &Mapped, start: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut offset = start;
    let mut after_gap = true;
    for raw in mapped.text[start..].split('\n') {
        let trimmed = raw.trim_start();
        let indent = raw.len() - trimmed.len();
        let (bullet, kind) = bullet(trimmed);
        let start = offset + indent + bullet;
        let content = trimmed[bullet..].trim_end();
        if !content.is_empty() {
            lines.push(Line {
                span: Span::new(start, start + content.len()),
                kind,
                after_gap,
                indent,
            });
        }
        after_gap = content.is_empty();
        offset += raw.len() + 1;
    }
    lines
}

/// The length of a bullet in front of a line, in bytes, with the blanks after it.
///
/// A dash is no bullet: it opens direct speech in half of Europe.
fn bullet(line: &str) -> (usize, ParagraphKind) {
    const BULLETS: [char; 7] = ['•', '‣', '▪', '●', '◦', '■', '*'];
    let rest = line.trim_start_matches(BULLETS);
    let content = rest.trim_start();
    if rest.len() < line.len() && content.len() < rest.len() {
        (line.len() - content.len(), ParagraphKind::ListItem)
    } else {
        (0, ParagraphKind::Body)
    }
}

/// Groups lines into blocks.
pub(super) fn blocks(mapped: &Mapped, lines: &[Line]) -> Vec<Block> {
    let width = wrap_width(mapped, lines);
    let mut blocks: Vec<Block> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let continues = index > 0
            && width.is_some_and(|width| is_wrapped(mapped, &lines[index - 1], line, width));
        match blocks.last_mut() {
            Some(block) if continues => block.join(mapped, line),
            _ => blocks.push(Block::new(mapped, line)),
        }
    }
    blocks
}

/// Whether `next` continues the paragraph of `line`: its first word would not have fit any more.
fn is_wrapped(mapped: &Mapped, line: &Line, next: &Line, width: usize) -> bool {
    // The estimate of the width may be a little high.
    const SLACK: usize = 3;
    let mergeable = !next.after_gap
        && line.kind == next.kind
        && matches!(next.kind, ParagraphKind::Body)
        && next.indent <= line.indent + 1;
    mergeable && length(mapped, line) + 1 + first_word(mapped, next) + SLACK > width
}

/// The width at which a text was wrapped, in characters; `None` for a text that was not.
///
/// Wrapped text shows in three ways together: lines with a line below them are all about equally
/// long, they do not end with the sentence, and the next one starts with a small letter.
fn wrap_width(mapped: &Mapped, lines: &[Line]) -> Option<usize> {
    const WIDTHS: std::ops::RangeInclusive<usize> = 40..=110;
    let pairs: Vec<(&Line, &Line)> = lines
        .windows(2)
        .filter(|pair| !pair[1].after_gap && pair[0].kind == pair[1].kind)
        .map(|pair| (&pair[0], &pair[1]))
        .collect();
    if pairs.len() < 2 {
        return None;
    }
    let mut lengths: Vec<usize> = pairs.iter().map(|(line, _)| length(mapped, line)).collect();
    lengths.sort_unstable();
    let width = lengths[lengths.len() * 9 / 10];
    if !WIDTHS.contains(&width) {
        return None;
    }
    let full: Vec<_> =
        pairs.iter().filter(|(line, next)| is_wrapped(mapped, line, next, width)).collect();
    let runs_on = full
        .iter()
        .filter(|(line, next)| runs_on(line.span.of(&mapped.text), next.span.of(&mapped.text)))
        .count();
    let is_wrapped =
        full.len() >= 2 && full.len() * 3 >= pairs.len() && runs_on * 5 >= full.len() * 2;
    is_wrapped.then_some(width)
}

fn runs_on(line: &str, next: &str) -> bool {
    !line.ends_with(['.', '!', '?', ':']) && next.starts_with(char::is_lowercase)
}

fn length(mapped: &Mapped, line: &Line) -> usize {
    line.span.of(&mapped.text).chars().count() + line.indent
}

fn first_word(mapped: &Mapped, line: &Line) -> usize {
    let text = line.span.of(&mapped.text);
    text.split(' ').next().unwrap_or(text).chars().count()
}

#[cfg(test)]
mod tests {
    use super::super::normalise::normalise;
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        let mapped = normalise(source);
        blocks(&mapped, &plain_lines(&mapped, 0)).into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn wrapped_lines_are_joined_and_short_ones_are_not() {
        let found = texts(
            "Harbour reopens after storm\nBy Jane Roe\n\n\
             The harbour of the small town was opened again on Tuesday morning, two\n\
             days after a storm had thrown three fishing boats on the pier and torn\n\
             down the roof of the old market hall.\n\
             Nobody was hurt.\n\n\
             The mayor said that repairs would take until the end of the year, and\n\
             that the town would need help.\n",
        );
        assert_eq!(found.len(), 5, "{found:#?}");
        assert!(found[2].ends_with("market hall."));
        assert_eq!(found[3], "Nobody was hurt.");
    }

    #[test]
    fn a_paragraph_a_line_stays() {
        let found = texts("Pirmoji pastraipa.\nAntroji pastraipa.\n• punktas\n– Kas čia?\n");
        assert_eq!(found, ["Pirmoji pastraipa.", "Antroji pastraipa.", "punktas", "– Kas čia?"]);
    }

    #[test]
    fn verses_stay_apart() {
        let verses = "Der Mond steht über dem stillen Hafen,\nDie Boote schaukeln im leisen Wind,\n\
                      Die Möwen haben lang geschlafen,\nUnd nirgends weint ein kleines Kind.";
        assert_eq!(texts(verses).len(), 4);
    }
}
