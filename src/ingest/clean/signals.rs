//! What can be seen of a block by itself: its shape, its script, the phrases in it.

use crate::text::ParagraphKind;

use super::super::layout::Block;
use super::cues::{self, Cue, Fit, Phrases, Token};

/// Longest block that is looked at for phrases, in bytes. Furniture is shorter.
const LONGEST_FURNITURE: usize = 1500;

/// The shape of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// No letter and no digit.
    Symbols,
    /// Digits without a word.
    Number,
    /// A date or a time with little else.
    DateTime,
    /// An address with little else.
    Link,
    /// A few words and a colon, and nothing after it.
    Label,
    /// Steps or items of a menu: `Home > World > Asia`, `Home   World   Opinion`.
    Breadcrumb,
    /// Nothing but names: every word has a capital.
    Names,
    /// Running text.
    Text,
}

/// The writing system of most letters of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Other,
    /// No letters, or no majority.
    None,
}

/// What is seen of one block.
#[derive(Debug, Clone)]
pub(super) struct Signals {
    /// Words, numbers included.
    pub(super) words: usize,
    /// The stop it ends with, as a sentence does.
    pub(super) stop: Option<char>,
    /// Whether it is several words that end as a sentence does, or long.
    pub(super) is_prose: bool,
    pub(super) shape: Shape,
    pub(super) script: Script,
    /// The phrases of furniture in it.
    pub(super) cues: Vec<Cue>,
    /// Words that name an agency at its end.
    pub(super) agency: usize,
    /// Whether the sentence goes on in the next block: it ends with a comma, or began before.
    pub(super) runs_on: bool,
    /// Whether it is a button below a reader's comment.
    pub(super) is_reply: bool,
    /// Its words in small letters; a long text itself.
    pub(super) key: String,
    pub(super) kind: ParagraphKind,
}

impl Signals {
    pub(super) fn of(block: &Block) -> Self {
        let text = block.text.as_str();
        let words = text.split(' ').count();
        let is_long = text.len() > LONGEST_FURNITURE;
        let tokens = if is_long { Vec::new() } else { cues::tokens(text) };
        let phrases = Phrases::all();
        let shape = match is_long {
            true => Shape::Text,
            false if block.is_row && stop(text).is_none() => Shape::Breadcrumb,
            false => shape(text, words, &tokens, phrases),
        };
        let stop = stop(text);
        let key = if is_long { text.to_owned() } else { cues::key(&tokens) };
        Self {
            words,
            stop,
            is_prose: is_prose(text, words, stop.is_some(), shape),
            shape,
            script: script(text),
            cues: phrases.find(text, &tokens),
            agency: phrases.agency_at_end(&tokens),
            runs_on: text.ends_with([',', ';', '-', '–']) || text.starts_with(char::is_lowercase),
            is_reply: phrases.is_reply(&key),
            key,
            kind: block.kind,
        }
    }

    /// The phrase that is all the block holds. A single word with a stop is an answer, not a phrase.
    pub(super) fn whole_cue(&self) -> Option<Cue> {
        let is_answer = matches!(self.stop, Some('.' | '!' | '?'));
        self.cues.first().copied().filter(|cue| match cue.fit {
            Fit::Whole => cue.words > 1 || !is_answer,
            Fit::Composed => true,
            _ => false,
        })
    }

    /// Whether the block may belong to an article at all.
    pub(super) fn may_be_text(&self) -> bool {
        self.whole_cue().is_none() && matches!(self.shape, Shape::Text | Shape::Names)
    }

    /// Words of running text in the block, 0 where it does not end as a sentence does.
    pub(super) fn sentence_words(&self) -> usize {
        let is_text = self.is_prose || self.stop.is_some() && self.shape == Shape::Text;
        if is_text { self.words } else { 0 }
    }
}

/// The stop the text ends with, perhaps inside quotes or brackets.
fn stop(text: &str) -> Option<char> {
    text.trim_end_matches(['"', '”', '“', '»', '«', '\'', '’', '‘', ')', ']', ' '])
        .chars()
        .next_back()
        .filter(|last| matches!(last, '.' | '!' | '?' | '…' | ':' | '。'))
}

fn is_prose(text: &str, words: usize, ends_sentence: bool, shape: Shape) -> bool {
    const SENTENCE: usize = 6;
    const LONG: usize = 30;
    // Scripts without blanks between words.
    let is_dense =
        words < SENTENCE && text.chars().take(200).filter(|c| !c.is_ascii()).count() > 60;
    shape == Shape::Text
        && (words >= SENTENCE && ends_sentence || words >= LONG || is_dense && ends_sentence)
}

fn script(text: &str) -> Script {
    const SAMPLE: usize = 400;
    let (mut latin, mut cyrillic, mut other) = (0usize, 0usize, 0usize);
    for letter in text.chars().filter(|c| c.is_alphabetic()).take(SAMPLE) {
        match letter {
            ..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => latin += 1,
            '\u{400}'..='\u{52f}' => cyrillic += 1,
            _ => other += 1,
        }
    }
    let half = (latin + cyrillic + other) / 2;
    if latin > half {
        Script::Latin
    } else if cyrillic > half {
        Script::Cyrillic
    } else if other > half {
        Script::Other
    } else {
        Script::None
    }
}

fn shape(text: &str, words: usize, tokens: &[Token], phrases: &Phrases) -> Shape {
    if !text.contains(|c: char| c.is_alphanumeric()) {
        return Shape::Symbols;
    }
    if tokens.is_empty() {
        return if is_date_time(text, tokens) { Shape::DateTime } else { Shape::Number };
    }
    if is_link(text, words) {
        Shape::Link
    } else if is_date_time(text, tokens) {
        Shape::DateTime
    } else if words <= 4 && text.ends_with(':') {
        Shape::Label
    } else if is_breadcrumb(text) {
        Shape::Breadcrumb
    } else if is_names(text, tokens, phrases) {
        Shape::Names
    } else {
        Shape::Text
    }
}

/// An address at the end of a line, or alone, with a few words before it.
fn is_link(text: &str, words: usize) -> bool {
    const MOST_WORDS: usize = 14;
    let is_address = |word: &str| {
        let word = word.trim_matches(['(', ')', '<', '>', '.', ',', ';', '"']);
        word.contains("://")
            || word.starts_with("www.")
            || word.split_once('@').is_some_and(|(name, host)| {
                !name.is_empty() && host.contains('.') && !host.ends_with('.')
            })
    };
    words <= MOST_WORDS && text.split(' ').next_back().is_some_and(is_address)
}

/// A year, a clock time or a date in digits, and hardly any words.
fn is_date_time(text: &str, tokens: &[Token]) -> bool {
    const MOST_WORDS: usize = 6;
    const LONGEST: usize = 60;
    if text.len() > LONGEST || tokens.len() > MOST_WORDS {
        return false;
    }
    let numbers: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
    let has_year = numbers
        .iter()
        .any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")));
    let digits: usize = numbers.iter().map(|number| number.len()).sum();
    let letters: usize = tokens.iter().map(|token| token.text.chars().count()).sum();
    let has_time = has_clock(text) || has_year && numbers.len() >= 2;
    has_time && letters <= digits * 3
}

/// Whether there is a time such as `9:05` in the text.
fn has_clock(text: &str) -> bool {
    text.as_bytes().windows(4).any(|window| {
        window[0].is_ascii_digit()
            && window[1] == b':'
            && window[2].is_ascii_digit()
            && window[3].is_ascii_digit()
    })
}

fn is_breadcrumb(text: &str) -> bool {
    const MOST_WORDS_A_STEP: usize = 4;
    [">", "»", "›", "|", "•", "·", "→", " / "].iter().any(|&mark| {
        let steps: Vec<&str> = text.split(mark).collect();
        steps.len() > 2
            && steps.iter().all(|step| step.split_whitespace().count() <= MOST_WORDS_A_STEP)
    })
}

/// Two words or more, each a name or a function word, without a stop.
fn is_names(text: &str, tokens: &[Token], phrases: &Phrases) -> bool {
    const MOST_WORDS: usize = 8;
    if !(2..=MOST_WORDS).contains(&tokens.len()) || stop(text).is_some() {
        return false;
    }
    let is_capital = |token: &Token| text[token.start..].starts_with(char::is_uppercase);
    let is_function = |token: &Token| phrases.is_function_word(&token.text);
    let is_name = |token: &Token| is_capital(token) && !is_function(token);
    let all = tokens.iter().all(|token| is_capital(token) || is_function(token));
    // The first word has a capital in any case.
    let skip = usize::from(tokens.len() > 3);
    let has_full_name = tokens[skip..].windows(2).any(|pair| pair.iter().all(is_name));
    all && has_full_name
}
