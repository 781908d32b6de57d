//! Brings decoded text into one form: NFC, one kind of line break and of blank, no invisible
//! characters. Every character keeps its position in the decoded text.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::{CleanedTextBuilder, PositionMap, Span};

/// A text and the way back to the decoded source it was made from.
#[derive(Debug, Clone, Default)]
pub(super) struct Mapped {
    pub(super) text: String,
    pub(super) positions: PositionMap,
}

impl Mapped {
    /// The characters of a span with their positions in the decoded source.
    pub(super) fn characters(&self, span: Span) -> impl Iterator<Item = (char, usize)> + '_ {
        self.positions.characters(&self.text, span)
    }
}

/// What becomes of one character.
enum Fate {
    Keep(char),
    Drop,
    /// A soft hyphen: goes, together with a line break after it.
    SoftHyphen,
}

/// Normalises decoded text.
pub(super) fn normalise(decoded: &str) -> Mapped {
    let mut output = Composer::default();
    output.add(decoded.chars().enumerate().map(|(position, character)| (character, position)));
    output.finish()
}

/// Normalises lines whose characters have their positions already; gives where each line stands. A line break
/// inside of a line becomes a blank.
pub(super) fn normalise_lines<'l>(
    lines: impl Iterator<Item = &'l [(char, usize)]>,
) -> (Mapped, Vec<Span>) {
    let mut output = Composer::default();
    let mut spans = Vec::new();
    let mut last = 0;
    for line in lines {
        if !spans.is_empty() {
            output.push('\n', last);
        }
        output.flush();
        let start = output.builder.text().len();
        let breaks = ['\r', '\n', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
        output.add(line.iter().map(|&(c, at)| (if breaks.contains(&c) { ' ' } else { c }, at)));
        output.flush();
        last = line.last().map_or(last, |&(_, position)| position);
        spans.push(Span::new(start, output.builder.text().len()));
    }
    (output.finish(), spans)
}
fn fate(character: char) -> Fate {
    match character {
        '\n' | ' '..='~' => Fate::Keep(character),
        // Vertical tab, form feed, next line, line and paragraph separators.
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Fate::Keep('\n'),
        '\t' => Fate::Keep(' '),
        '\u{ad}' => Fate::SoftHyphen,
        // Zero width, byte order mark, bidirectional controls, annotation marks, tags.
        '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => Fate::Drop,
        _ if character.is_control() => Fate::Drop,
        _ if character.is_whitespace() => Fate::Keep(' '),
        _ => Fate::Keep(character),
    }
}

/// Composes letters with the marks that follow them (NFC), one such cluster at a time.
#[derive(Default)]
struct Composer {
    builder: CleanedTextBuilder,
    cluster: Vec<(char, usize)>,
}

impl Composer {
    /// Takes in characters with their positions.
    fn add(&mut self, characters: impl Iterator<Item = (char, usize)>) {
        let mut characters = characters.peekable();
        while let Some((character, position)) = characters.next() {
            match fate(character) {
                Fate::Keep('\n') => {
                    if character == '\r' {
                        characters.next_if(|&(next, _)| next == '\n');
                    }
                    self.push('\n', position);
                }
                Fate::Keep(kept) => self.push(kept, position),
                Fate::Drop => {}
                Fate::SoftHyphen => {
                    let breaks = |&(next, _): &(char, usize)| matches!(next, '\r' | '\n');
                    if characters.next_if(breaks).is_some() {
                        characters.next_if(breaks);
                        while characters.next_if(|&(next, _)| next == ' ').is_some() {}
                    }
                }
            }
        }
    }

    fn push(&mut self, character: char, position: usize) {
        if !joins_the_letter_before(character) {
            self.flush();
        }
        self.cluster.push((character, position));
    }

    /// Gives out the last cluster.
    fn flush(&mut self) {
        match self.cluster.as_slice() {
            [] => {}
            [(character, position)] if character.is_ascii() => {
                self.builder.push(*character, *position);
            }
            cluster => {
                let (_, first) = cluster[0];
                let composed: Vec<char> = cluster.iter().map(|&(c, _)| c).nfc().collect();
                let unchanged = composed.len() == cluster.len();
                for (index, &character) in composed.iter().enumerate() {
                    let position = if unchanged { cluster[index].1 } else { first };
                    self.builder.push(character, position);
                }
            }
        }
        self.cluster.clear();
    }

    fn finish(mut self) -> Mapped {
        self.flush();
        let (text, positions) = self.builder.finish();
        Mapped { text, positions }
    }
}

/// Whether composition may merge the character with what stands before it: a combining mark, or a
/// vowel or final consonant of Hangul.
fn joins_the_letter_before(character: char) -> bool {
    !character.is_ascii()
        && (is_combining_mark(character) || matches!(character, '\u{1160}'..='\u{11ff}'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn invisible_characters_go_and_spaces_become_blanks() {
        for (decoded, expected) in [
            ("Bun\u{ad}des\u{200b}tag\u{feff}", "Bundestag"),
            ("Bundes\u{ad}\r\n  tag", "Bundestag"),
            ("30\u{a0}000\u{202f}km\tweit", "30 000 km weit"),
            ("a\r\nb\rc\u{2028}d", "a\nb\nc\nd"),
            ("\u{202b}x\u{1b}[1m\0", "x[1m"),
            ("z\u{30c}mogus e\u{307}jo", "žmogus ėjo"),
            ("ﬁne \u{212b}", "ﬁne Å"),
            ("\u{1112}\u{1161}\u{11ab}", "한"),
        ] {
            assert_eq!(normalise(decoded).text, expected, "{decoded:?}");
        }
    }

    #[test]
    fn composed_letters_stand_where_their_first_character_stood() {
        let mapped = normalise("\u{feff}z\u{30c}aš");
        let positions: Vec<_> = mapped.characters(Span::new(0, mapped.text.len())).collect();
        assert_eq!(positions, [('ž', 1), ('a', 3), ('š', 4)]);
    }

    proptest! {
        #[test]
        fn any_text_comes_out_in_nfc_with_rising_positions(decoded in any::<String>()) {
            let mapped = normalise(&decoded);
            prop_assert!(mapped.text.nfc().eq(mapped.text.chars()));
            let source: Vec<char> = decoded.chars().collect();
            let mut last = 0;
            for (character, position) in mapped.characters(Span::new(0, mapped.text.len())) {
                prop_assert!(position >= last && position < source.len());
                if source[position].is_ascii_graphic() && character.is_ascii_graphic() {
                    prop_assert_eq!(source[position], character);
                }
                last = position;
            }
        }
    }
}
