//! Finds the places of a paragraph where a sentence may end: runs of `.`, `!`, `?` and `…` with the
//! quotes, brackets, footnote marks and emoji that close after them.

use crate::lang::SegmentationRules;

/// What kind of mark a stop is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// One full stop.
    FullStop,
    /// Several full stops, or `…`.
    Ellipsis,
    /// At least one `!` or `?`.
    Exclamation,
    /// No mark: a list entry begins on a new line.
    LineBreak,
}

/// A place where a sentence may end. Positions count bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stop {
    /// The kind of its marks.
    pub(super) mark: Mark,
    /// Start of the marks.
    pub(super) start: usize,
    /// End of the marks.
    pub(super) marks_end: usize,
    /// End of what closes after the marks; the sentence would end here.
    pub(super) end: usize,
}

/// Whether the character is a mark that can end a sentence.
pub(super) fn is_terminator(character: char) -> bool {
    matches!(character, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '。' | '！' | '？')
}

/// Whether the character is an emoji, a dingbat or one of the signs that modify them.
pub(super) fn is_emoji(character: char) -> bool {
    matches!(character,
        '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}'
        | '\u{FE0F}' | '\u{200D}' | '\u{20E3}' | '\u{E0020}'..='\u{E007F}')
}

/// Whether the character is a dash that can stand for a speaker's turn or an aside.
pub(super) fn is_dash(character: char) -> bool {
    matches!(character, '-' | '–' | '—' | '―' | '−' | '⎯')
}

/// Whether the character is a quotation mark of any kind.
pub(super) fn is_quote(character: char) -> bool {
    matches!(
        character,
        '"' | '\''
            | '`'
            | '´'
            | '„'
            | '“'
            | '”'
            | '‟'
            | '‚'
            | '‘'
            | '’'
            | '«'
            | '»'
            | '‹'
            | '›'
    )
}

/// The stops of `text`, in order.
pub(super) fn stops<'t>(
    text: &'t str,
    rules: &'t SegmentationRules,
) -> impl Iterator<Item = Stop> + 't {
    Scanner { text, rules, position: 0, previous: None, straight_quote_open: false }
}

struct Scanner<'t> {
    text: &'t str,
    rules: &'t SegmentationRules,
    position: usize,
    previous: Option<char>,
    straight_quote_open: bool,
}

impl Iterator for Scanner<'_> {
    type Item = Stop;

    fn next(&mut self) -> Option<Stop> {
        while let Some(character) = self.peek() {
            if is_terminator(character) {
                let before = self.previous;
                let stop = self.stop();
                if self.opens_a_word(before, &stop) {
                    continue;
                }
                return Some(stop);
            }
            let start = self.position;
            self.advance(character);
            if character == '\n' && starts_list_entry(&self.text[self.position..]) {
                return Some(Stop { mark: Mark::LineBreak, start, marks_end: start, end: start });
            }
        }
        None
    }
}

impl Scanner<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.position..].chars().next()
    }

    fn advance(&mut self, character: char) {
        self.straight_quote_open ^= character == '"';
        self.position += character.len_utf8();
        self.previous = Some(character);
    }

    /// Reads the marks at the position and everything that closes after them.
    fn stop(&mut self) -> Stop {
        let start = self.position;
        let mut mark = Mark::FullStop;
        while let Some(character) = self.peek().filter(|&next| is_terminator(next)) {
            mark = match character {
                '.' | '。' if self.position == start => Mark::FullStop,
                '.' | '…' | '。' if mark != Mark::Exclamation => Mark::Ellipsis,
                '.' | '…' | '。' => mark,
                _ => Mark::Exclamation,
            };
            self.advance(character);
        }
        let marks_end = self.position;
        while let Some(length) = self.closer() {
            let end = self.position + length;
            while let Some(character) = self.peek().filter(|_| self.position < end) {
                self.advance(character);
            }
        }
        Stop { mark, start, marks_end, end: self.position }
    }

    /// Dots right before a word and after a space belong to that word: `…and so on`, `.NET`.
    fn opens_a_word(&self, before: Option<char>, stop: &Stop) -> bool {
        let opens =
            before.is_none_or(|before| before.is_whitespace() || is_quote(before) || before == '(');
        opens
            && stop.mark != Mark::Exclamation
            && stop.end == stop.marks_end
            && self.peek().is_some_and(char::is_alphanumeric)
    }

    /// The length in bytes of one thing that closes at the position, with white space before it.
    fn closer(&self) -> Option<usize> {
        let rest = &self.text[self.position..];
        let visible = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let space = rest.len() - visible.len();
        let first = visible.chars().next()?;
        let after = visible[first.len_utf8()..].chars().next();
        let closes = match space {
            0 => self.closes_adjacent(first, after),
            _ => self.closes_after_space(first, after),
        };
        if closes {
            return Some(space + first.len_utf8());
        }
        emoticon(visible)
            .or_else(|| footnote(visible))
            .or_else(|| final_emoji(visible))
            .map(|length| space + length)
    }

    /// Whether a sign right after a stop closes.
    fn closes_adjacent(&self, first: char, after: Option<char>) -> bool {
        if matches!(first, ')' | ']' | '}') || is_emoji(first) {
            return true;
        }
        // A quote right between a stop and a word opens, unless the language only closes with it.
        let touches_word = after.is_some_and(char::is_alphanumeric);
        is_quote(first) && !self.only_opens(first) && (!touches_word || self.only_closes(first))
    }

    /// Whether a sign after a stop and a space closes: a quote set apart by mistake.
    fn closes_after_space(&self, first: char, after: Option<char>) -> bool {
        let apart =
            after.is_none_or(|after| after.is_whitespace() || after == ',' || is_terminator(after));
        apart
            && match first {
                ')' | ']' => true,
                '"' => self.straight_quote_open,
                _ => self.only_closes(first),
            }
    }

    fn only_opens(&self, quote: char) -> bool {
        self.rules.opening_quotes.contains(&quote) && !self.rules.closing_quotes.contains(&quote)
    }

    fn only_closes(&self, quote: char) -> bool {
        self.rules.closing_quotes.contains(&quote) && !self.rules.opening_quotes.contains(&quote)
    }
}

/// Length of an emoticon such as `:-)` at the start of `text`.
fn emoticon(text: &str) -> Option<usize> {
    let mouth = text
        .strip_prefix([':', ';', '=', '8'])
        .map(|rest| rest.strip_prefix('-').unwrap_or(rest))?;
    let rest = mouth.trim_start_matches([')', '(', 'D', 'P', '*', '/', '|']);
    let drawn = rest.len() < mouth.len();
    let apart = rest.chars().next().is_none_or(|next| !next.is_alphanumeric());
    (drawn && apart).then(|| text.len() - rest.len())
}

/// Length of a footnote mark such as `[12]` at the start of `text`.
fn footnote(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('[')?;
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    ((1..=3).contains(&digits) && inner[digits..].starts_with(']')).then_some(digits + 2)
}

/// Length of `text` where it is nothing but emoji; before a word they open the next sentence.
fn final_emoji(text: &str) -> Option<usize> {
    let only_emoji = text.chars().all(|character| is_emoji(character) || character.is_whitespace());
    (text.starts_with(is_emoji) && only_emoji).then(|| text.trim_end().len())
}

/// Whether a line that starts with `text` is an entry of a list.
fn starts_list_entry(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '\t']);
    let Some(first) = text.chars().next() else {
        return false;
    };
    let rest = &text[first.len_utf8()..];
    if matches!(first, '•' | '▪' | '◦' | '‣' | '●' | '■' | '*' | '·') || is_dash(first)
    {
        return rest.starts_with(char::is_whitespace);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let label = if digits > 0 { digits } else { first.len_utf8() };
    (digits <= 2 && (digits > 0 || first.is_lowercase()))
        && text[label..].starts_with(')')
        && text[label + 1..].starts_with(char::is_whitespace)
        || ((1..=2).contains(&digits)
            && text[digits..].starts_with('.')
            && text[digits + 1..].starts_with(char::is_whitespace))
}
