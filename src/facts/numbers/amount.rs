//! Bare amounts in digits with their separators, before scale and unit.

use super::lexicon::{Lexicon, UnitWord};
use super::signs;
use crate::calendar::token::{Kind, Token};

/// Most digits of a number that has a value; longer ones are serial numbers.
pub(super) const MOST_DIGITS: usize = 15;
/// Most digits behind the decimal sign.
const MOST_DECIMALS: usize = 6;
/// Largest ordinal that only a stop marks: `89. Minute`.
const LARGEST_STOPPED_ORDINAL: f64 = 200.0;
/// Wholes that a fraction in digits divides: `3/4`; others are dates, shifts, scores.
const DENOMINATORS: [u32; 9] = [2, 3, 4, 5, 6, 8, 10, 100, 1000];

/// An amount as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amount {
    pub(super) value: f64,
    /// The unit of the last digit that says something: 10 000 for 30 000, 0.1 for 3.5.
    pub(super) step: f64,
    /// The token after it.
    pub(super) end: usize,
    pub(super) ordinal: bool,
    /// Written in words.
    pub(super) spelled: bool,
    /// A part of a whole.
    pub(super) share: bool,
    /// What the number word is written together with.
    pub(super) tail: Option<Tail>,
}

/// What a number word is written together with.
#[derive(Debug, Clone, Copy)]
pub(super) enum Tail {
    /// `zwanzigjährig`
    Unit(&'static UnitWord),
    /// `полмиллиона`
    Scale(f64),
}

impl Amount {
    /// An amount in words.
    pub(super) fn in_words(value: f64, end: usize) -> Self {
        let step = if value.fract() == 0.5 { 0.5 } else { step_of(&format!("{value}")) };
        Self { value, step, end, ordinal: false, spelled: true, share: false, tail: None }
    }

    /// A part of a whole.
    pub(super) fn share(value: f64, end: usize, spelled: bool) -> Self {
        // The step of a quarter: shares are round figures.
        Self { value, step: 0.01, end, ordinal: false, spelled, share: true, tail: None }
    }
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
            Kind::Digits => self.slashed(at).or_else(|| self.digits(at)),
            Kind::Word => {
                self.spelled_share(at).or_else(|| self.roman(at)).or_else(|| self.words(at))
            }
            Kind::Sign => {
                let value = signs::fraction(&self.tokens[at].lower)?;
                Some(Amount::share(value, at + 1, false))
            }
        }
    }

    /// `3/4`, `2 1/2`
    fn slashed(&self, at: usize) -> Option<Amount> {
        let whole = self.tokens[at].integer_of_length(1, 3);
        let (share, end) = match self.ratio(at) {
            Some(ratio) => (ratio, at + 3),
            None => {
                let separate = self.tokens.get(at + 1).is_some_and(|token| !token.glued);
                let ratio = self.ratio(at + 1).filter(|_| separate)?;
                (f64::from(whole?) + ratio, at + 4)
            }
        };
        Some(Amount { share: share < 1.0, ..Amount::share(share, end, false) })
    }

    fn ratio(&self, at: usize) -> Option<f64> {
        let part = self.tokens.get(at)?.integer_of_length(1, 3)?;
        let slash = self.glued_sign(at + 1, "/") || self.glued_sign(at + 1, "⁄");
        let whole = self.tokens.get(at + 2).filter(|token| token.glued)?.integer_of_length(1, 4)?;
        let goes_on = self.glued_sign(at + 3, "/");
        let fits = slash && !goes_on && 0 < part && part < whole && DENOMINATORS.contains(&whole);
        fits.then(|| f64::from(part) / f64::from(whole))
    }

    fn glued_sign(&self, at: usize, sign: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued && token.is(sign))
    }

    /// Digits with group and decimal separators: `1,234.5`, `1.234,5`, `1 234,5`, `2½`.
    fn digits(&self, at: usize) -> Option<Amount> {
        let (mut written, mut end) = self.grouped_digits(at);
        if let Some(decimals) = self.decimals(end, written.len() > self.tokens[at].lower.len()) {
            written.push('.');
            written.push_str(&self.tokens[decimals].lower);
            end = decimals + 1;
        }
        // Digits of two scripts in a row are no number.
        let digit =
            |token: &Token| token.kind == Kind::Digits || token.lower.chars().any(char::is_numeric);
        let before = at > 0 && self.tokens[at].glued && digit(&self.tokens[at - 1]);
        let behind = |token: &&Token| token.glued && signs::fraction(&token.lower).is_none();
        let mixed = before || self.tokens.get(end).filter(behind).is_some_and(digit);
        if written.len() > MOST_DIGITS || mixed {
            return None;
        }
        let mut value: f64 = written.parse().ok()?;
        let mut step = step_of(&written);
        if let Some(fraction) = self.tokens.get(end).and_then(|sign| signs::fraction(&sign.lower)) {
            (value, step, end) = (value + fraction, 0.25, end + 1);
        }
        let (ordinal, end) = self.mark(end, value);
        Some(Amount { value, step, end, ordinal, spelled: false, share: false, tail: None })
    }

    /// A run of digits with the groups behind it, and the token after them.
    fn grouped_digits(&self, at: usize) -> (String, usize) {
        let mut written = self.tokens[at].lower.clone();
        let mut end = at + 1;
        if written.len() > 3 || written == "0" {
            return (written, end);
        }
        if let Some((digits, after)) = self.indian_groups(at) {
            return (digits, after);
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

    /// `12,34,567`: groups of two before the last three.
    fn indian_groups(&self, at: usize) -> Option<(String, usize)> {
        let mut written = self.tokens[at].lower.clone();
        let mut end = at + 1;
        while written.len() <= MOST_DIGITS && self.glued_sign(end, ",") {
            let group = self.tokens.get(end + 1).filter(|token| token.glued)?;
            let length = group.lower.len();
            if group.kind != Kind::Digits || !(2..=3).contains(&length) {
                return None;
            }
            written.push_str(&group.lower);
            end += 2;
            if length == 3 {
                // Groups of three throughout are read elsewhere.
                return (end > at + 3).then_some((written, end));
            }
        }
        None
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
        // A sign between two groups can only group: `1,234,567` in any language.
        let twice = matches!(sign, "." | "," | "'" | "’")
            && (self.glued_sign(at + 2, sign)
                && self.tokens.get(at + 3).is_some_and(|next| three(next) && next.glued)
                || at >= 2 && self.glued_sign(at - 2, sign));
        let undecided = groups.is_empty() && matches!(sign, "." | ",");
        (token.glued && digits.glued && (listed || twice || undecided)).then_some((sign, at + 1))
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
        let goes_on = self.glued_sign(at + 2, &sign.lower)
            && self
                .tokens
                .get(at + 3)
                .is_some_and(|token| token.kind == Kind::Digits && token.glued);
        ((own || foreign) && !goes_on && digits.lower.len() <= MOST_DECIMALS).then_some(at + 1)
    }

    /// What an ending or a stop behind digits makes of them: whether an ordinal, and the token after it.
    fn mark(&self, at: usize, value: f64) -> (bool, usize) {
        let section = &self.lexicon.section;
        let joined = at
            + usize::from(self.tokens.get(at).is_some_and(|token| token.is_dash() && token.glued));
        let ending =
            self.tokens.get(joined).filter(|token| token.glued && token.kind == Kind::Word);
        if let Some(ending) = ending {
            if section.ordinal_suffixes.contains(&ending.lower) {
                return (true, joined + 1);
            }
            if section.cardinal_suffixes.contains(&ending.lower) {
                return (false, joined + 1);
            }
        }
        let stop = section.ordinal_stop
            && self.glued_sign(at, ".")
            && value.fract() == 0.0
            && value < LARGEST_STOPPED_ORDINAL
            && self.tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Word && !next.glued);
        if stop { (true, at + 1) } else { (false, at) }
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
    matches!(space, '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}' | '\u{2008}')
}
