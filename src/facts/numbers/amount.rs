//! Bare amounts: digits with their separators, and number words, before scale and unit.

use super::lexicon::{Lexicon, NumberWord};
use crate::calendar::token::{Kind, Token};

/// Most digits of a number that has a value; longer ones are serial numbers.
const MOST_DIGITS: usize = 15;

/// An amount as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Amount {
    pub(super) value: f64,
    /// The unit of the last digit that says something: 10 000 for 30 000, 0.1 for 3.5.
    pub(super) step: f64,
    /// The token after it.
    pub(super) end: usize,
    pub(super) ordinal: bool,
    /// Written in words.
    pub(super) spelled: bool,
}

/// The text, its tokens and the words of its language.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) lexicon: &'static Lexicon,
}

impl Reader<'_> {
    /// The amount that starts at a token.
    pub(super) fn amount(&self, at: usize) -> Option<Amount> {
        match self.tokens.get(at)?.kind {
            Kind::Digits => self.digits(at),
            Kind::Word => self.words(at),
            Kind::Sign => None,
        }
    }

    /// Digits with group and decimal separators: `1,234.5`, `1.234,5`, `1 234,5`, `2½`.
    fn digits(&self, at: usize) -> Option<Amount> {
        let (mut written, mut end) = self.grouped_digits(at);
        if let Some(decimals) = self.decimals(end, written.len() > self.tokens[at].lower.len()) {
            written.push('.');
            written.push_str(&self.tokens[decimals].lower);
            end = decimals + 1;
        }
        if written.len() > MOST_DIGITS {
            return None;
        }
        let mut value: f64 = written.parse().ok()?;
        let mut step = step_of(&written);
        if let Some(fraction) = self.fraction_sign(end) {
            (value, step, end) = (value + fraction, 0.25, end + 1);
        }
        let (ordinal, end) = self.ordinal_mark(end, value);
        Some(Amount { value, step, end, ordinal, spelled: false })
    }

    /// A run of digits with the groups of three behind it, and the token after them.
    fn grouped_digits(&self, at: usize) -> (String, usize) {
        let mut written = self.tokens[at].lower.clone();
        let mut end = at + 1;
        if written.len() > 3 || written == "0" {
            return (written, end);
        }
        let mut separator = None;
        while let Some((sign, group)) = self.group_at(end) {
            // One separator throughout; a decimal sign among them ends the groups.
            if separator.is_some_and(|first| first != sign) {
                break;
            }
            separator = Some(sign);
            written.push_str(&self.tokens[group].lower);
            end = group + 1;
        }
        (written, end)
    }

    /// A separator with three digits behind it: the separator and the token of the digits.
    fn group_at(&self, at: usize) -> Option<(&str, usize)> {
        let three = |token: &Token| token.kind == Kind::Digits && token.lower.len() == 3;
        let token = self.tokens.get(at)?;
        let groups = &self.lexicon.section.group;
        if three(token) && !token.glued {
            let gap = &self.text[self.tokens[at - 1].span.end..token.span.start];
            let mut spaces = gap.chars();
            let space = spaces.next().filter(|_| spaces.next().is_none())?;
            let allowed = groups.iter().any(|sign| sign == " ") && space != '\n' || is_thin(space);
            return allowed.then_some((" ", at));
        }
        let digits = self.tokens.get(at + 1).filter(|next| three(next) && next.glued)?;
        let sign = token.lower.as_str();
        let listed = groups.iter().any(|group| group == sign);
        let undecided = groups.is_empty() && matches!(sign, "." | ",");
        (token.glued && digits.glued && (listed || undecided)).then_some((sign, at + 1))
    }

    /// The token of the decimals behind a number. A sign that groups digits is a decimal sign where other
    /// than three digits follow and the number has no groups.
    fn decimals(&self, at: usize, grouped: bool) -> Option<usize> {
        let sign = self.tokens.get(at).filter(|token| token.glued)?;
        let digits =
            self.tokens.get(at + 1).filter(|token| token.kind == Kind::Digits && token.glued)?;
        let own = sign.lower == self.lexicon.section.decimal;
        let foreign = matches!(sign.lower.as_str(), "." | ",") && !grouped;
        // "1.2.3" is a version, "3,5,7" a list.
        let goes_on =
            self.tokens.get(at + 2).is_some_and(|token| token.lower == sign.lower && token.glued)
                && self
                    .tokens
                    .get(at + 3)
                    .is_some_and(|token| token.kind == Kind::Digits && token.glued);
        ((own || foreign) && !goes_on && digits.lower.len() <= 6).then_some(at + 1)
    }

    fn fraction_sign(&self, at: usize) -> Option<f64> {
        match self.tokens.get(at).filter(|token| token.glued)?.lower.as_str() {
            "½" => Some(0.5),
            "¼" => Some(0.25),
            "¾" => Some(0.75),
            _ => None,
        }
    }

    /// What makes an ordinal of digits: an ending, or a stop inside the sentence.
    fn ordinal_mark(&self, at: usize, value: f64) -> (bool, usize) {
        let suffixes = &self.lexicon.section.ordinal_suffixes;
        let suffix = |at: usize| {
            let token = self.tokens.get(at).filter(|token| token.glued)?;
            suffixes.contains(&token.lower).then_some(at + 1)
        };
        let dash = self.tokens.get(at).is_some_and(|token| token.is_dash() && token.glued);
        if let Some(end) = suffix(at).or_else(|| if dash { suffix(at + 1) } else { None }) {
            return (true, end);
        }
        let stop = self.lexicon.section.ordinal_stop
            && self.tokens.get(at).is_some_and(|token| token.is(".") && token.glued)
            && value.fract() == 0.0
            && value < 200.0
            && self.tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Word && !next.glued);
        if stop { (true, at + 1) } else { (false, at) }
    }

    /// Number words: `twenty-one`, `zweihundertfünfzig`, `dvidešimt vieno`, `двадцати одного`.
    fn words(&self, at: usize) -> Option<Amount> {
        let mut sum = Sum::default();
        let mut end = at;
        let mut next = at;
        while let Some(token) = self.tokens.get(next) {
            let parts = self.parts(&token.lower);
            let fits = !parts.is_empty() && sum.clone().add_all(&parts);
            if fits {
                sum.add_all(&parts);
                end = next + 1;
                if sum.ordinal {
                    break;
                }
                next = end;
            } else if next == end && end > at && self.is_joint(next) {
                next += 1;
            } else {
                break;
            }
        }
        let value = sum.value();
        (end > at && value >= 1.0).then_some(Amount {
            value,
            step: step_of(&format!("{value}")),
            end,
            ordinal: sum.ordinal,
            spelled: true,
        })
    }

    /// A hyphen or an "and" inside a number.
    fn is_joint(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let next_glued = self.tokens.get(at + 1).is_some_and(|next| next.glued);
        (token.is_dash() && token.glued && next_glued)
            || self.lexicon.words.get(&token.lower) == Some(&NumberWord::Joiner)
    }

    /// The number words that a word is or is written together from.
    fn parts(&self, word: &str) -> Vec<Part> {
        if let Some(part) = self.part(word) {
            return vec![part];
        }
        if !self.lexicon.section.compounds {
            return Vec::new();
        }
        let mut parts = Vec::new();
        let mut rest = word;
        while !rest.is_empty() {
            let Some((part, length)) = self.longest_part(rest) else {
                return Vec::new();
            };
            parts.extend(part);
            rest = &rest[length..];
        }
        // "undein" or "einund": a number word starts and ends with a number.
        if parts.len() < 2 { Vec::new() } else { parts }
    }

    fn part(&self, word: &str) -> Option<Part> {
        if let Some(scale) = self.lexicon.scales.get(word) {
            let usable =
                !scale.glued_only && !scale.money_only && scale.value <= 1e3 && scale.value != 12.0;
            return usable.then_some(Part::Scale(scale.value, scale.alone));
        }
        match *self.lexicon.words.get(word)? {
            NumberWord::Cardinal(value) => Some(Part::Cardinal(value)),
            NumberWord::One => Some(Part::One),
            NumberWord::Ordinal(value) => Some(Part::Ordinal(value)),
            NumberWord::Joiner => None,
        }
    }

    /// The longest number word at the start of a compound, none for a joiner, and its length.
    fn longest_part(&self, word: &str) -> Option<(Option<Part>, usize)> {
        const LONGEST_WORD: usize = 14;
        let ends = word.char_indices().map(|(at, character)| at + character.len_utf8());
        let starts: Vec<usize> = ends.take(LONGEST_WORD).collect();
        starts.into_iter().rev().find_map(|end| {
            let joiner = self.lexicon.words.get(&word[..end]) == Some(&NumberWord::Joiner);
            match self.part(&word[..end]) {
                Some(part) => Some((Some(part), end)),
                None if joiner && end < word.len() => Some((None, end)),
                None => None,
            }
        })
    }
}

/// A piece of a number in words.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    Cardinal(f64),
    One,
    Ordinal(f64),
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
        // "einundzwanzig": a unit before its tens.
        if let [Part::Cardinal(unit), Part::Cardinal(tens)] = *parts
            && unit < 10.0
            && tens >= 20.0
        {
            return self.add_below(tens + unit);
        }
        let mut rest = parts;
        while let [first, tail @ ..] = rest {
            let unit_first = match (first, tail) {
                (Part::Cardinal(unit), [Part::Cardinal(tens), ..]) => Some((*unit, *tens)),
                (Part::One, [Part::Cardinal(tens), ..]) => Some((1.0, *tens)),
                _ => None,
            };
            let added = match unit_first {
                Some((unit, tens)) if unit < 10.0 && (20.0..100.0).contains(&tens) => {
                    rest = &tail[1..];
                    self.add_below(tens + unit)
                }
                _ => {
                    rest = tail;
                    self.add(*first)
                }
            };
            if !added {
                return false;
            }
        }
        true
    }

    fn add(&mut self, part: Part) -> bool {
        match part {
            Part::Cardinal(value) => self.add_below(value),
            Part::One => self.add_below(1.0),
            Part::Ordinal(value) => {
                self.ordinal = true;
                self.add_below(value)
            }
            Part::Scale(_, alone) if !self.started && !alone => false,
            Part::Scale(_, _) if !self.started => self.add_below(1.0) && self.add(part),
            Part::Scale(scale, _) if scale < 1e3 => {
                let fits = self.below > 0.0 && self.below < 10.0;
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

/// The unit of the last digit of a written number that is no trailing zero.
fn step_of(written: &str) -> f64 {
    match written.split_once('.') {
        Some((_, decimals)) => 10f64.powi(-(decimals.len() as i32)),
        None if written == "0" => 1.0,
        None => {
            let zeros = written.len() - written.trim_end_matches('0').len();
            10f64.powi(zeros.min(MOST_DIGITS) as i32)
        }
    }
}

fn is_thin(space: char) -> bool {
    matches!(space, '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}')
}
