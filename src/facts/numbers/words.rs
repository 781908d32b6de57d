//! Amounts in words: `twenty-one`, `zweihundertfünfzig`, `dvidešimt vieno`, `двадцати одного`, `two thirds`,
//! and Roman numbers.

use super::amount::{Amount, Reader, Tail};
use super::lexicon::NumberWord;
use crate::calendar::token::Kind;

/// Shortest unit at the end of a compound, in bytes: shorter ones end too many other words.
const SHORTEST_TAIL: usize = 3;
/// Longest number word inside a compound, in characters.
const LONGEST_WORD: usize = 14;
/// Longest compound, in bytes: the longest number below a million has some eighty letters.
const LONGEST_COMPOUND: usize = 160;

impl Reader<'_> {
    /// Number words, the last of which may be written together with a unit.
    pub(super) fn words(&self, at: usize) -> Option<Amount> {
        if at > 0 && self.is_indefinite(at - 1) && self.scale_word(at).is_some() {
            return None;
        }
        let mut sum = Sum::default();
        let mut tail = None;
        let mut end = at;
        let mut next = at;
        while let Some(token) = self.tokens.get(next).filter(|_| tail.is_none() && !sum.ordinal) {
            let (parts, last) = self.parts(&token.lower);
            let mut longer = sum.clone();
            if !parts.is_empty() && longer.add_all(&parts) {
                (sum, tail, end) = (longer, last, next + 1);
                next = end;
            } else if next == end && end > at && self.is_joint(next) {
                next += 1;
            } else {
                break;
            }
        }
        if end == at {
            return self.zero(at);
        }
        let amount = Amount::in_words(sum.value(), end);
        let fractional = amount.value < 1.0 && tail.is_none();
        (!fractional).then_some(Amount { ordinal: sum.ordinal, tail, ..amount })
    }

    fn zero(&self, at: usize) -> Option<Amount> {
        let zero = self.lexicon.words.get(&self.tokens[at].lower) == Some(&NumberWord::Zero);
        zero.then(|| Amount::in_words(0.0, at + 1))
    }

    /// `two thirds`, `half of`, `trečdalis`
    pub(super) fn spelled_share(&self, at: usize) -> Option<Amount> {
        let fraction = |at: usize| self.lexicon.fractions.starting_at(self.tokens, at);
        if let Some((end, &share)) = fraction(at) {
            return Some(Amount::share(share, end, true));
        }
        let NumberWord::Cardinal(count) = self.lexicon.words.get(&self.tokens[at].lower)? else {
            return None;
        };
        let hyphen = self.tokens.get(at + 1).is_some_and(|token| token.is_dash() && token.glued);
        let (end, &share) = fraction(at + 1 + usize::from(hyphen))?;
        (count * share < 1.0).then(|| Amount::share(count * share, end, true))
    }

    /// A hyphen or an "and" inside a number.
    fn is_joint(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let next_glued = self.tokens.get(at + 1).is_some_and(|next| next.glued);
        (token.is_dash() && token.glued && next_glued)
            || self.lexicon.words.get(&token.lower) == Some(&NumberWord::Joiner)
    }

    /// The number words that a word is or is written together from, and the unit or scale at its end.
    fn parts(&self, word: &str) -> (Vec<Part>, Option<Tail>) {
        let none = (Vec::new(), None);
        if self.lexicon.not_numbers.contains(word) {
            return none;
        }
        if let Some(part) = self.part(word) {
            return (vec![part], None);
        }
        if !self.lexicon.section.compounds || word.len() > LONGEST_COMPOUND {
            return none;
        }
        let mut parts = Vec::new();
        let mut rest = word;
        while !rest.is_empty() {
            if !parts.is_empty()
                && let Some(tail) = self.tail(rest)
            {
                return (parts, Some(tail));
            }
            let Some((part, length)) = self.longest_part(rest) else {
                return none;
            };
            parts.extend(part);
            rest = &rest[length..];
        }
        // "undein" or "einund": a number word starts and ends with a number.
        if parts.len() < 2 { none } else { (parts, None) }
    }

    fn tail(&self, word: &str) -> Option<Tail> {
        if word.len() < SHORTEST_TAIL {
            return None;
        }
        if let Some(unit) = self.lexicon.unit_words.get(word) {
            return Some(Tail::Unit(unit));
        }
        let scale = self.lexicon.scales.get(word).filter(|scale| scale.value >= 1e3)?;
        // "zweitausend" is a sum of its own.
        (self.part(word).is_none()).then_some(Tail::Scale(scale.value))
    }

    fn part(&self, word: &str) -> Option<Part> {
        if let Some(scale) = self.lexicon.scales.get(word) {
            let in_sum = scale.value == 100.0 || scale.value == 1e3;
            let usable = in_sum && !scale.glued_only && !scale.money_only;
            return usable.then_some(Part::Scale(scale.value, scale.alone));
        }
        match *self.lexicon.words.get(word)? {
            NumberWord::Cardinal(value) => Some(Part::Cardinal(value)),
            NumberWord::One => Some(Part::One),
            NumberWord::Ordinal(value) => Some(Part::Ordinal(value)),
            NumberWord::First => Some(Part::First),
            NumberWord::Joiner | NumberWord::Prefix(_) | NumberWord::Zero => None,
        }
    }

    /// The longest number word at the start of a compound, none for a joiner, and its length.
    fn longest_part(&self, word: &str) -> Option<(Option<Part>, usize)> {
        let ends = word.char_indices().map(|(at, character)| at + character.len_utf8());
        let starts: Vec<usize> = ends.take(LONGEST_WORD).collect();
        starts.into_iter().rev().find_map(|end| {
            let start = &word[..end];
            let more = end < word.len();
            match (self.part(start), self.lexicon.words.get(start)) {
                (Some(part), _) => Some((Some(part), end)),
                (None, Some(NumberWord::Joiner)) if more => Some((None, end)),
                (None, Some(&NumberWord::Prefix(value))) if more => {
                    Some((Some(Part::Cardinal(value)), end))
                }
                _ => None,
            }
        })
    }

    /// A Roman number of a monarch, a war, a congress: `Elizabeth II`. A letter alone is a name or an initial.
    pub(super) fn roman(&self, at: usize) -> Option<Amount> {
        const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
        let token =
            self.tokens.get(at).filter(|token| token.kind == Kind::Word && token.capital)?;
        let written = &self.text[token.span.start..token.span.end];
        if !(2..=14).contains(&written.len()) {
            return None;
        }
        // Cyrillic letters of the same shape.
        let latin = written.replace('Х', "X").replace('І', "I");
        let ones = latin.trim_start_matches('X');
        let tens = latin.len() - ones.len();
        let value = ONES.iter().position(|numeral| *numeral == ones)? + 10 * tens;
        let joined = |at: usize| {
            self.tokens.get(at).is_some_and(|token| token.glued && token.kind != Kind::Sign)
        };
        let behind_dash = token.glued && at > 0 && self.tokens[at - 1].is_dash();
        let alone = !behind_dash && !joined(at + 1);
        let fits = alone && tens <= 3 && latin.len() >= 2 && value > 0;
        fits.then(|| Amount {
            ordinal: true,
            spelled: false,
            ..Amount::in_words(value as f64, at + 1)
        })
    }
}

/// A piece of a number in words.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    Cardinal(f64),
    One,
    Ordinal(f64),
    First,
    /// A multiplier, and whether it means one of it where no number stands before.
    Scale(f64, bool),
}

/// A number in words under construction.
#[derive(Debug, Clone, Default)]
struct Sum {
    thousands: f64,
    below: f64,
    ordinal: bool,
    started: bool,
}

impl Sum {
    fn value(&self) -> f64 {
        self.thousands + self.below
    }

    /// Adds parts in order; false (and the sum is of no use any more) where they make no number.
    fn add_all(&mut self, parts: &[Part]) -> bool {
        let mut rest = parts;
        while let [first, tail @ ..] = rest {
            // "einundzwanzig", "einundzwanzigste": a unit before its tens.
            let unit = match *first {
                Part::Cardinal(unit) => unit,
                Part::One => 1.0,
                _ => 0.0,
            };
            let tens = match tail.first() {
                Some(Part::Cardinal(tens) | Part::Ordinal(tens)) => *tens,
                _ => 0.0,
            };
            let added = if (1.0..10.0).contains(&unit) && (20.0..100.0).contains(&tens) {
                self.ordinal |= matches!(tail.first(), Some(Part::Ordinal(_)));
                rest = &tail[1..];
                self.add_below(tens + unit)
            } else {
                rest = tail;
                self.add(*first)
            };
            if !added || (self.ordinal && !rest.is_empty()) {
                return false;
            }
        }
        true
    }

    fn add(&mut self, part: Part) -> bool {
        match part {
            Part::Cardinal(value) => self.add_below(value),
            Part::One => self.add_below(1.0),
            Part::First => {
                self.ordinal = true;
                self.started && self.add_below(1.0)
            }
            Part::Ordinal(value) => {
                self.ordinal = true;
                // "zweihundertste": the hundreds are counted.
                if value >= 100.0 && self.started {
                    return self.add(Part::Scale(value, false));
                }
                self.add_below(value)
            }
            Part::Scale(_, alone) if !self.started && !alone => false,
            Part::Scale(_, _) if !self.started => self.add_below(1.0) && self.add(part),
            // "a thousand one hundred"
            Part::Scale(scale, true) if scale < 1e3 && self.below == 0.0 => self.add_below(scale),
            Part::Scale(scale, _) if scale < 1e3 => {
                let fits = self.below > 0.0 && self.below < 100.0;
                self.below *= scale;
                fits
            }
            Part::Scale(scale, _) => {
                let fits = self.thousands == 0.0 && self.below > 0.0;
                self.thousands = self.below * scale;
                self.below = 0.0;
                fits
            }
        }
    }

    /// Adds a number below a thousand where the sum has a free place for it.
    fn add_below(&mut self, value: f64) -> bool {
        let free = !self.started
            || self.below == 0.0
            || (self.below % 100.0 == 0.0 && value < 100.0)
            || (self.below % 10.0 == 0.0 && self.below % 100.0 >= 20.0 && value < 10.0);
        self.started = true;
        self.below += value;
        free
    }
}
