//! Markdown to plain text: marks go, words stay, positions keep.
//!
//! Follows CommonMark (<https://spec.commonmark.org/0.31.2/>) as far as news articles use it.

use crate::text::{CleanedTextBuilder, ParagraphKind, Span};

use super::front_matter::FrontMatter;
use super::layout::Line;
use super::normalise::Mapped;

/// Most characters of an address in angle brackets that are looked at.
const LONGEST_ADDRESS: usize = 200;

/// A character with its position in the decoded source.
type Positioned = (char, usize);

/// Takes the Markdown out of the text below the front matter; a headline in the front matter becomes
/// the first line. The lines of a paragraph that Markdown treats as one become one line.
pub(super) fn flatten(mapped: &Mapped, front_matter: &FrontMatter) -> (Mapped, Vec<Line>) {
    let mut output = Output::default();
    if let Some(title) = front_matter.title {
        output.open(ParagraphKind::Title, 0);
        output.push(&mapped.characters(title).collect::<Vec<_>>(), false);
        output.after_gap = true;
    }
    let mut offset = front_matter.end;
    for raw in mapped.text[front_matter.end..].split('\n') {
        let span = Span::new(offset, offset + raw.len());
        let characters: Vec<Positioned> = mapped.characters(span).collect();
        output.line(raw, &characters);
        offset += raw.len() + 1;
    }
    let (text, positions) = output.builder.finish();
    (Mapped { text, positions }, output.lines)
}

#[derive(Default)]
struct Output {
    builder: CleanedTextBuilder,
    lines: Vec<Line>,
    after_gap: bool,
    /// Whether the next line continues the last one.
    is_open: bool,
}

impl Output {
    fn line(&mut self, raw: &str, characters: &[Positioned]) {
        let trimmed = raw.trim();
        if let Some(level) = underline(trimmed).filter(|_| self.is_open) {
            self.close_as(level);
            return;
        }
        if trimmed.is_empty() || is_rule(trimmed) || is_definition(trimmed) {
            self.after_gap = true;
            self.is_open = false;
            return;
        }
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            self.is_open = false;
            return;
        }
        let indent = characters.iter().take_while(|(c, _)| *c == ' ').count();
        let (marker, kind) = block_marker(&characters[indent..]);
        let content = inline(&characters[indent + marker..]);
        if content.iter().all(|(c, _)| *c == ' ') {
            return;
        }
        let continues = self.is_open && marker == 0;
        if !continues {
            self.open(kind, indent);
        }
        self.push(&content, continues);
        let hard_break = raw.ends_with("  ") || raw.ends_with('\\');
        self.is_open = kind != ParagraphKind::Heading && !hard_break;
    }

    fn open(&mut self, kind: ParagraphKind, indent: usize) {
        let start = self.builder.text().len();
        self.lines.push(Line {
            span: Span::new(start, start),
            kind,
            after_gap: self.after_gap || self.lines.is_empty(),
            indent,
        });
        self.after_gap = false;
    }

    fn push(&mut self, content: &[Positioned], continues: bool) {
        if continues && let Some(&(_, position)) = content.first() {
            self.builder.push(' ', position.saturating_sub(1));
        }
        for &(character, position) in content {
            self.builder.push(character, position);
        }
        if let Some(line) = self.lines.last_mut() {
            line.span.end = self.builder.text().len();
        }
    }

    /// Makes the last line a heading, because the line below it underlines it.
    fn close_as(&mut self, kind: ParagraphKind) {
        if let Some(line) = self.lines.last_mut() {
            line.kind = kind;
        }
        self.is_open = false;
        self.after_gap = true;
    }
}

/// A line of `=` or `-` alone makes the line above it a heading.
fn underline(line: &str) -> Option<ParagraphKind> {
    let is_made_of = |mark: char| line.len() > 1 && line.chars().all(|c| c == mark);
    (is_made_of('=') || is_made_of('-')).then_some(ParagraphKind::Heading)
}

fn is_rule(line: &str) -> bool {
    ['-', '*', '_', '|', '='].iter().any(|&mark| {
        line.chars().filter(|&c| c == mark).count() >= 3
            && line.chars().all(|c| c == mark || matches!(c, ' ' | ':' | '-'))
    })
}

/// `[name]: address`, which shows nowhere.
fn is_definition(line: &str) -> bool {
    line.starts_with('[')
        && line
            .split_once("]:")
            .is_some_and(|(name, _)| !name.contains(' ') || name.starts_with("[^"))
}

/// The number of characters of the marks a line opens with, and what they make of the line.
fn block_marker(characters: &[Positioned]) -> (usize, ParagraphKind) {
    let outer = characters.iter().take_while(|(c, _)| matches!(c, '>' | ' ')).count();
    let (marker, kind) = item_marker(&characters[outer..]);
    if marker > 0 {
        return (outer + marker, kind);
    }
    // Of the blanks after the last quotation mark one belongs to it.
    let quoted =
        characters[..outer].iter().rposition(|(c, _)| *c == '>').map_or(0, |last| last + 1);
    let blank = quoted > 0 && quoted < outer;
    (quoted + usize::from(blank), kind)
}

/// The same for headings and list items, which stand inside quotations.
fn item_marker(characters: &[Positioned]) -> (usize, ParagraphKind) {
    let count =
        |is_mark: fn(char) -> bool| characters.iter().take_while(|(c, _)| is_mark(*c)).count();
    let is_blank = |index: usize| characters.get(index).is_none_or(|(c, _)| *c == ' ');
    let hashes = count(|c| c == '#');
    if (1..=6).contains(&hashes) && is_blank(hashes) {
        return ((hashes + 1).min(characters.len()), ParagraphKind::Heading);
    }
    let digits = count(|c| c.is_ascii_digit());
    let label = match (characters.first(), characters.get(digits)) {
        (Some(('-' | '*' | '+', _)), _) => 1,
        (_, Some(('.' | ')', _))) if (1..=3).contains(&digits) => digits + 1,
        _ => return (0, ParagraphKind::Body),
    };
    if is_blank(label) && characters.len() > label {
        (label + 1, ParagraphKind::ListItem)
    } else {
        (0, ParagraphKind::Body)
    }
}

/// The characters of a line that remain when marks inside it go.
fn inline(line: &[Positioned]) -> Vec<Positioned> {
    let brackets = Brackets::of(line);
    let mut removed = vec![false; line.len()];
    let mut index = 0;
    while index < line.len() {
        // What lies inside the address of a link is not looked at again.
        if removed[index] {
            index += 1;
            continue;
        }
        index += match line[index].0 {
            '\\' if at(line, index + 1).is_ascii_punctuation() => {
                removed[index] = true;
                2
            }
            '[' => link(line, index, &brackets, &mut removed),
            '<' => tag(line, index, &brackets, &mut removed),
            '|' if line[0].0 == '|' => {
                removed[index] = true;
                1
            }
            _ => 1,
        };
    }
    for mark in ['*', '_', '`', '~'] {
        emphasis(line, mark, &mut removed);
    }
    if line.iter().rev().find(|(c, _)| *c != ' ').is_some_and(|(c, _)| *c == '#') {
        closing_hashes(line, &mut removed);
    }
    line.iter()
        .zip(&removed)
        .filter(|(_, removed)| !**removed)
        .map(|(&character, _)| character)
        .collect()
}

fn at(line: &[Positioned], index: usize) -> char {
    line.get(index).map_or(' ', |&(character, _)| character)
}

/// For each bracket of a line, the index of the one that closes it.
struct Brackets(Vec<Option<usize>>);

impl Brackets {
    /// Pairs brackets in one pass, so that a line of nothing but brackets takes linear time.
    fn of(line: &[Positioned]) -> Self {
        let mut closing = vec![None; line.len()];
        let mut open: [Vec<usize>; 3] = Default::default();
        for (index, &(character, _)) in line.iter().enumerate() {
            match character {
                '[' => open[0].push(index),
                '(' => open[1].push(index),
                '<' => open[2].push(index),
                ']' | ')' | '>' => {
                    let kind = match character {
                        ']' => 0,
                        ')' => 1,
                        _ => 2,
                    };
                    if let Some(start) = open[kind].pop() {
                        closing[start] = Some(index);
                    }
                }
                _ => {}
            }
        }
        Self(closing)
    }

    fn closing(&self, open: usize) -> Option<usize> {
        self.0.get(open).copied().flatten()
    }
}

/// Reduces `[text](address)` and `![text](address)` to the text; gives the characters to move on.
fn link(line: &[Positioned], open: usize, brackets: &Brackets, removed: &mut [bool]) -> usize {
    let Some(close) = brackets.closing(open) else {
        return 1;
    };
    let end = match at(line, close + 1) {
        '(' | '[' => brackets.closing(close + 1),
        _ if at(line, open + 1) == '^' => {
            removed[open..=close].fill(true);
            return close + 1 - open;
        }
        _ => None,
    };
    let Some(end) = end else { return 1 };
    removed[open] = true;
    removed[close..=end].fill(true);
    if open > 0 && line[open - 1].0 == '!' {
        removed[open - 1] = true;
    }
    1
}

/// Removes an HTML tag, or the angle brackets around an address.
fn tag(line: &[Positioned], open: usize, brackets: &Brackets, removed: &mut [bool]) -> usize {
    let first = at(line, open + 1);
    if !(first.is_ascii_alphabetic() || matches!(first, '/' | '!')) {
        return 1;
    }
    let Some(close) = brackets.closing(open) else {
        return 1;
    };
    let is_address = line[open..close]
        .iter()
        .take(LONGEST_ADDRESS)
        .take_while(|(c, _)| *c != ' ')
        .any(|(c, _)| matches!(c, '@' | ':'));
    if is_address {
        removed[open] = true;
        removed[close] = true;
        1
    } else {
        removed[open..=close].fill(true);
        close + 1 - open
    }
}

/// Removes the runs of `mark` that touch a word on one side, where there is more than one.
fn emphasis(line: &[Positioned], mark: char, removed: &mut [bool]) {
    let mut runs = Vec::new();
    let mut index = 0;
    while index < line.len() {
        let run = line[index..].iter().take_while(|(c, _)| *c == mark).count();
        if run > 0 && !removed[index] {
            let escaped = index > 0 && removed[index - 1] && line[index - 1].0 == '\\';
            let before = if index == 0 { ' ' } else { line[index - 1].0 };
            let after = at(line, index + run);
            let inside_word = before.is_alphanumeric() && after.is_alphanumeric();
            let touches = before != ' ' || after != ' ';
            let single_tilde = mark == '~' && run == 1;
            if touches && !escaped && !single_tilde && (!inside_word || mark == '`') {
                runs.push(index..index + run);
            }
        }
        index += run.max(1);
    }
    if runs.len() > 1 {
        for run in runs {
            removed[run].fill(true);
        }
    }
}

/// Removes the `#` that close a heading.
fn closing_hashes(line: &[Positioned], removed: &mut [bool]) {
    let Some(last) = line.iter().rposition(|(c, _)| !matches!(c, '#' | ' ')) else {
        return;
    };
    if at(line, last + 1) == ' ' {
        removed[last + 1..].fill(true);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::normalise::normalise;
    use super::*;

    fn lines(source: &str) -> Vec<(String, ParagraphKind)> {
        let (mapped, lines) = flatten(&normalise(source), &FrontMatter::default());
        lines.iter().map(|line| (line.span.of(&mapped.text).to_owned(), line.kind)).collect()
    }

    #[test]
    fn blocks_are_told_apart() {
        use ParagraphKind::{Body, Heading, ListItem};
        let found = lines(
            "# Uostas atidarytas #\n\nPirma eilutė\nantra eilutė.\n\n- vienas\n- du\n  toliau\n\
             1. trys\n\nPotvynis\n--------\n> Cituojama.\n\n***\n[1]: http://example.org\n",
        );
        let expected = [
            ("Uostas atidarytas", Heading),
            ("Pirma eilutė antra eilutė.", Body),
            ("vienas", ListItem),
            ("du toliau", ListItem),
            ("trys", ListItem),
            ("Potvynis", Heading),
            ("Cituojama.", Body),
        ];
        let found: Vec<_> = found.iter().map(|(text, kind)| (text.as_str(), *kind)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn marks_inside_a_line_go_and_words_stay() {
        for (source, expected) in [
            ("Ein **sehr** *altes* Haus", "Ein sehr altes Haus"),
            ("See [the *map*](http://a.b/c_(d)) now", "See the map now"),
            ("![Der Hafen](h.jpg) und `ls`", "Der Hafen und ls"),
            ("2 * 3 = 6, snake_case_name, 5\\* hotel", "2 * 3 = 6, snake_case_name, 5* hotel"),
            ("<b>fett</b> <https://example.org> 3 < 4", "fett https://example.org 3 < 4"),
            ("Fußnote[^1] und [Klammer]", "Fußnote und [Klammer]"),
        ] {
            assert_eq!(lines(source)[0].0, expected);
        }
    }

    proptest! {
        #[test]
        fn any_text_keeps_its_positions(source in "[\\[\\]()<>*_`#>~|! a-cž\\n\\\\-]{0,80}") {
            let mapped = normalise(&source);
            let characters: Vec<char> = source.chars().collect();
            let (flat, lines) = flatten(&mapped, &FrontMatter::default());
            for line in lines {
                for (character, position) in flat.characters(line.span) {
                    prop_assert!(character == ' ' || characters[position] == character);
                }
            }
        }
    }
}
