//! The part of a text that speaks for its language: words of one script, without links and
//! addresses, not more than a decision needs.

/// Texts longer than this many bytes are sampled.
const WHOLE: usize = 4000;
/// Number of slices taken from a long text.
const SLICES: usize = 8;
/// Bytes of one slice.
const SLICE: usize = 400;

/// A family of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Script {
    /// Latin letters.
    Latin,
    /// Cyrillic letters.
    Cyrillic,
    /// Any other letters.
    Other,
}

impl Script {
    /// The script of a letter; none for anything but letters.
    pub(super) fn of(character: char) -> Option<Self> {
        match character {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
                (!matches!(character, '×' | '÷')).then_some(Self::Latin)
            }
            '\u{400}'..='\u{52f}' => Some(Self::Cyrillic),
            _ => character.is_alphabetic().then_some(Self::Other),
        }
    }

    /// Whether the table of languages has rows in this script.
    pub(super) fn is_listed(self) -> bool {
        self != Self::Other
    }
}

/// The words of a text in its main script.
#[derive(Debug)]
pub(super) struct Sample {
    /// The words in lower case, separated by blanks.
    pub(super) text: String,
    /// The script most letters belong to.
    pub(super) script: Script,
    /// Number of letters in `text`.
    pub(super) letters: usize,
}

impl Sample {
    /// Samples a text.
    pub(super) fn of(text: &str) -> Self {
        let chunks =
            || slices(text).flat_map(str::split_whitespace).filter(|chunk| is_prose(chunk));
        let mut counts = [(Script::Latin, 0), (Script::Cyrillic, 0), (Script::Other, 0)];
        for script in chunks().flat_map(str::chars).filter_map(Script::of) {
            for (counted, count) in &mut counts {
                *count += usize::from(*counted == script);
            }
        }
        let script = counts
            .iter()
            .rev()
            .max_by_key(|(_, count)| *count)
            .map_or(Script::Other, |most| most.0);
        let mut words = String::new();
        for word in
            chunks().flat_map(|chunk| chunk.split(|character: char| !character.is_alphabetic()))
        {
            let native = word.chars().all(|letter| Script::of(letter) == Some(script));
            if native && !word.is_empty() {
                words.push_str(&word.to_lowercase());
                words.push(' ');
            }
        }
        let letters = words.chars().filter(|&letter| letter != ' ').count();
        Self { text: words, script, letters }
    }

    /// The words in lower case.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.text.split_whitespace()
    }
}

/// The whole text, or slices spread over it.
fn slices(text: &str) -> impl Iterator<Item = &str> {
    let whole = text.len() <= WHOLE;
    let count = if whole { 1 } else { SLICES };
    let length = if whole { text.len() } else { SLICE };
    (0..count).map(move |index| {
        let start = text.floor_char_boundary(text.len() / count * index);
        let end = text.floor_char_boundary((start + length).min(text.len()));
        &text[start..end]
    })
}

/// Whether a stretch without blanks is part of a sentence, not a link, an address or a number.
fn is_prose(chunk: &str) -> bool {
    let link = chunk.contains("://") || chunk.contains('@') || chunk.starts_with("www.");
    !link && !chunk.contains(|character: char| character.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_numbers_and_foreign_script_are_left_out() {
        let sample = Sample::of("Смотрите Facebook на https://example.org/and/the в 2013-м году");
        assert_eq!(sample.text.trim(), "смотрите на в году");
        assert_eq!(sample.script, Script::Cyrillic);
    }

    #[test]
    fn long_texts_are_sampled_throughout() {
        let text = "ä".repeat(9000) + " end " + &"ö".repeat(9000);
        let sample = Sample::of(&text);
        assert!(sample.text.len() <= SLICES * (SLICE + 1));
        assert!(sample.text.contains('ä') && sample.text.contains('ö'));
    }
}
