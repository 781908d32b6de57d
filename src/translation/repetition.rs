//! `repetition`: a word or phrase that stands twice in a row where its language does not allow it and the source,
//! where there is one, does not have it either.

use crate::calendar::token::{Kind, Token, tokenize};
use crate::ingest::language::is_function_word;
use crate::lang::Language;
use crate::text::Span;

/// A word or phrase that stands twice in a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Repetition {
    /// The first time.
    pub first: Span,
    /// The second time.
    pub second: Span,
    /// How many words it has.
    pub words: usize,
    /// Probability that it is an error, 0..1.
    pub confidence: f32,
}

impl Repetition {
    /// Both times.
    pub fn span(&self) -> Span {
        Span::new(self.first.start, self.second.end)
    }
}

/// Most words of a phrase that is looked for.
const LONGEST_PHRASE: usize = 12;
/// Words a phrase needs so that a comma may stand before its repetition.
const LONG_PHRASE: usize = 4;
/// Words a phrase needs in a language without rules: many languages double words on purpose.
const LEAST_WITHOUT_RULES: usize = 3;
/// Probability that a doubled word is an error, and how much each further word adds.
const DOUBLED_WORD: f32 = 0.8;
const EACH_WORD: f32 = 0.06;
const MOST_CERTAIN: f32 = 0.97;
/// Longest text that is looked at, in bytes; a longer one is no sentence.
const LONGEST_TEXT: usize = 100_000;

/// The repetitions of a sentence or segment in reading order, not overlapping. Spans are bytes of `text`.
///
/// A repetition of as many words in `source`, the text that was translated, makes one here right. Names
/// (`Duran Duran`), numbers and placeholders may be doubled, and the words that [`crate::lang::WordingRules`]
/// lists. Takes time linear in the length of the text.
///
/// ```
/// use parallax::lang::Language;
/// use parallax::translation::repetition::repetitions;
///
/// let english = Language::from_code("en").unwrap();
/// let text = "The harbour master of the harbour master of Kiel had had enough.";
/// let found = repetitions(text, english, None);
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].second.of(text), "the harbour master of");
/// ```
pub fn repetitions(text: &str, language: Language, source: Option<&str>) -> Vec<Repetition> {
    let words = Words::of(text);
    let mut repeated = words.repeated();
    repeated.retain(|repeat| words.is_suspect(repeat, language));
    if repeated.is_empty() {
        return Vec::new();
    }
    let mut excused: Vec<usize> =
        Words::of(source.unwrap_or("")).repeated().iter().map(|repeat| repeat.length).collect();
    repeated.retain(|repeat| {
        let excuse = excused.iter().position(|&length| length == repeat.length);
        excuse.map(|at| excused.swap_remove(at)).is_none()
    });
    repeated.iter().map(|repeat| words.repetition(repeat)).collect()
}

/// The words and numbers of a text, and what stands between them.
struct Words {
    tokens: Vec<Token>,
    /// What stands before each word.
    before: Vec<Gap>,
}

/// What stands between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Blank,
    Comma,
    Other,
}

/// `length` words from `start` on that stand once more behind themselves.
struct Repeat {
    start: usize,
    length: usize,
}

impl Words {
    fn of(text: &str) -> Self {
        let text = if text.len() > LONGEST_TEXT { "" } else { text };
        let (mut tokens, mut before) = (Vec::new(), Vec::new());
        let mut gap = Gap::Blank;
        for token in tokenize(text) {
            if token.kind == Kind::Sign {
                let comma = gap == Gap::Blank && token.is(",");
                gap = if comma { Gap::Comma } else { Gap::Other };
                continue;
            }
            // A digit glued to letters makes one word with them: `A320`.
            let glued = token.glued && gap == Gap::Blank && !tokens.is_empty();
            before.push(if glued { Gap::Other } else { gap });
            tokens.push(token);
            gap = Gap::Blank;
        }
        Self { tokens, before }
    }

    /// Whatever stands twice in a row; of several lengths at one place the longest.
    fn repeated(&self) -> Vec<Repeat> {
        let mut found = Vec::new();
        let mut start = 0;
        while start < self.tokens.len() {
            let longest = LONGEST_PHRASE.min((self.tokens.len() - start) / 2);
            match (1..=longest).rev().find(|&length| self.repeats(start, length)) {
                Some(length) => {
                    found.push(Repeat { start, length });
                    start += 2 * length;
                }
                None => start += 1,
            }
        }
        found
    }

    fn repeats(&self, start: usize, length: usize) -> bool {
        let second = start + length;
        let joined = match self.before[second] {
            Gap::Blank => true,
            Gap::Comma => length >= LONG_PHRASE,
            Gap::Other => false,
        };
        joined
            && (0..length).all(|at| {
                let same_gap = at == 0
                    || self.before[start + at] == self.before[second + at]
                        && self.before[start + at] != Gap::Other;
                same_gap && self.tokens[start + at].lower == self.tokens[second + at].lower
            })
    }

    /// Whether a repetition is more likely a slip than meant.
    fn is_suspect(&self, repeat: &Repeat, language: Language) -> bool {
        let first = &self.tokens[repeat.start..repeat.start + repeat.length];
        let second = &self.tokens[repeat.start + repeat.length..repeat.start + 2 * repeat.length];
        if first.iter().all(|token| token.kind == Kind::Digits) {
            return false;
        }
        let Some(profile) = language.profile() else {
            return repeat.length >= LEAST_WITHOUT_RULES;
        };
        match (first, second) {
            ([one], [other]) => {
                let is_name = one.capital && other.capital;
                let is_letter = one.lower.chars().nth(1).is_none();
                !is_name
                    && !profile.wording.doubled.contains(&one.lower)
                    && (!is_letter || is_function_word(&one.lower, language))
            }
            ([one, two], _) => {
                // `more and more and more`, `год за годом за годом`
                let next = self.tokens.get(repeat.start + 4);
                let before = repeat.start.checked_sub(1).map(|before| &self.tokens[before]);
                next.is_none_or(|next| next.lower != one.lower)
                    && before.is_none_or(|before| !shares_stem(&before.lower, &two.lower))
            }
            _ => true,
        }
    }

    fn repetition(&self, repeat: &Repeat) -> Repetition {
        let span = |start: usize| {
            let last = &self.tokens[start + repeat.length - 1];
            Span::new(self.tokens[start].span.start, last.span.end)
        };
        let more = EACH_WORD * (repeat.length - 1) as f32;
        Repetition {
            first: span(repeat.start),
            second: span(repeat.start + repeat.length),
            words: repeat.length,
            confidence: (DOUBLED_WORD + more).min(MOST_CERTAIN),
        }
    }
}

/// Whether two words start with the same three letters.
fn shares_stem(one: &str, other: &str) -> bool {
    let pairs = one.chars().zip(other.chars()).take(3);
    pairs.filter(|(one, other)| one == other).count() == 3
}
