//! What all patterns of dates share: the tokens, what their words mean, and the small pieces (a day, a
//! month, a year) that dates are made of.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::lexicon::{HalfOfDay, Lexicon, Role};
use super::token::{Kind, Token};
use super::{Form, Partial};
use crate::lang::dates::SlashOrder;

/// A match that ends before a token, and what it says.
pub(super) type Match = Option<(usize, Form)>;

/// Years that a number of four digits is taken for, and those beside a month, where nothing else can be meant.
const YEARS: RangeInclusive<u32> = 1000..=2199;
const YEARS_BESIDE_MONTH: RangeInclusive<u32> = 1000..=9999;

/// Most characters of an abbreviation that ends in a stop.
const LONGEST_ABBREVIATION: usize = 3;

/// The tokens of a text and the words of its language.
pub(super) struct Matcher<'t> {
    pub(super) tokens: &'t [Token],
    pub(super) lexicon: &'static Lexicon,
    /// How `01/02/2013` is read in this text.
    pub(super) slash_order: SlashOrder,
    /// Whether the text speaks of the future.
    pub(super) future: bool,
}

impl Matcher<'_> {
    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    pub(super) fn is_sign(&self, at: usize, sign: &str) -> bool {
        self.token(at).is_some_and(|token| token.is(sign))
    }

    pub(super) fn is_glued(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.glued)
    }

    pub(super) fn is_dash(&self, at: usize) -> bool {
        self.token(at).is_some_and(Token::is_dash)
    }

    pub(super) fn roles(&self, at: usize) -> &'static [Role] {
        self.token(at)
            .filter(|token| token.kind == Kind::Word)
            .map_or(&[], |token| self.lexicon.roles(&token.lower))
    }

    pub(super) fn has(&self, at: usize, role: Role) -> bool {
        self.roles(at).contains(&role)
    }

    pub(super) fn before_has(&self, at: usize, role: Role) -> bool {
        at.checked_sub(1).is_some_and(|before| self.has(before, role))
    }

    /// `at + 1` if the token is the sign, else `at`.
    pub(super) fn skip_sign(&self, at: usize, sign: &str) -> usize {
        at + usize::from(self.is_sign(at, sign))
    }

    /// `at + 1` if the word has the role, else `at`.
    pub(super) fn skip(&self, at: usize, role: Role) -> usize {
        at + usize::from(self.has(at, role))
    }

    /// A month name, or a short one with or without its stop; and the token after it.
    pub(super) fn month(&self, at: usize) -> Option<(i8, usize)> {
        let token = self.token(at)?;
        if self.lexicon.words.months_capitalised && !token.capital {
            return None;
        }
        self.roles(at).iter().find_map(|role| match *role {
            Role::Month(month) => Some((month, at + 1)),
            Role::MonthAbbreviation(month) => Some((month, self.skip_glued_stop(at + 1))),
            _ => None,
        })
    }

    /// The month of a name written in full.
    pub(super) fn full_month(&self, at: usize) -> Option<i8> {
        let (month, _) = self.month(at)?;
        self.has(at, Role::Month(month)).then_some(month)
    }

    /// Skips the stop of an abbreviation, but not the one that ends a sentence behind a whole word.
    pub(super) fn skip_abbreviation_stop(&self, at: usize) -> usize {
        let word = at.checked_sub(1).and_then(|before| self.token(before));
        match word {
            Some(word) if word.lower.chars().count() <= LONGEST_ABBREVIATION => {
                self.skip_glued_stop(at)
            }
            _ => at,
        }
    }

    /// The same, but for a stop that ends the text.
    pub(super) fn skip_inner_stop(&self, at: usize) -> usize {
        if at + 1 < self.tokens.len() { self.skip_abbreviation_stop(at) } else { at }
    }

    pub(super) fn skip_glued_stop(&self, at: usize) -> usize {
        at + usize::from(self.is_sign(at, ".") && self.is_glued(at))
    }

    /// The number of a day with the endings, stops and words that belong to it; whether any of them
    /// marks it as a day; and the token after them.
    pub(super) fn day(&self, at: usize) -> Option<(i8, bool, usize)> {
        let day = self.token(at)?.integer_of_length(1, 2)?;
        if !(1..=31).contains(&day) || self.continues_number(at) {
            return None;
        }
        let (marked, end) = self.after_day(at + 1);
        (!self.number_continues(end)).then_some((day as i8, marked, end))
    }

    /// What may follow the number of a day: `th`, `-ąją`, `d.`.
    fn after_day(&self, at: usize) -> (bool, usize) {
        let mut end = at;
        if self.is_glued(end) && self.has(end, Role::DaySuffix) {
            end += 1;
        } else if self.is_dash(end) && self.is_glued(end + 1) && self.has(end + 1, Role::DaySuffix)
        {
            end += 2;
        }
        if self.has(end, Role::DayWord) {
            end = self.skip_abbreviation_stop(end + 1);
        }
        (end > at, end)
    }

    /// Whether the digits at a token are the tail of a longer number, a word or an amount of money.
    pub(super) fn continues_number(&self, at: usize) -> bool {
        if !self.is_glued(at) {
            return false;
        }
        let Some(before) = at.checked_sub(1).and_then(|before| self.token(before)) else {
            return false;
        };
        match before.kind {
            Kind::Word | Kind::Digits => true,
            Kind::Sign if "(\"'„“«‚‘’[/".contains(before.lower.as_str()) => false,
            Kind::Sign if before.is_dash() => false,
            Kind::Sign => true,
        }
    }

    /// Whether digits go on behind a token: `3.5`, `3,000`, `7:30`, `12 %`.
    pub(super) fn number_continues(&self, at: usize) -> bool {
        let joined = self.token(at).is_some_and(|token| {
            token.glued && matches!(token.lower.as_str(), "." | "," | ":" | "/" | "·")
        });
        let digits =
            self.token(at + 1).is_some_and(|token| token.glued && token.kind == Kind::Digits);
        (joined && digits) || self.is_sign(at, "%")
    }

    /// A year of four digits that is no part of a longer number.
    pub(super) fn plain_year(&self, at: usize) -> Option<i16> {
        self.plain_year_of(at, &YEARS)
    }

    fn plain_year_of(&self, at: usize, years: &RangeInclusive<u32>) -> Option<i16> {
        let year = self.token(at)?.integer_of_length(4, 4)?;
        let free = !self.continues_number(at) && !self.number_continues(at + 1);
        (years.contains(&year) && free).then_some(year as i16)
    }

    /// A year with the endings and words that belong to it; whether any of them marks it as a year;
    /// and the token after them.
    pub(super) fn year(&self, at: usize) -> Option<(i16, bool, usize)> {
        self.year_of(at, &YEARS)
    }

    /// The same beside a month, in front of which or behind which it stands.
    pub(super) fn year_beside_month(&self, at: usize) -> Option<(i16, bool, usize)> {
        self.year_of(at, &YEARS_BESIDE_MONTH)
    }

    fn year_of(&self, at: usize, years: &RangeInclusive<u32>) -> Option<(i16, bool, usize)> {
        let year = self.plain_year_of(at, years)?;
        let (marked, end) = self.after_year(at + 1);
        Some((year, marked, end))
    }

    /// What may follow a year, whether anything does, and the token after it: `m.`, `-ųjų`, `года`.
    pub(super) fn after_year(&self, at: usize) -> (bool, usize) {
        let mut end = at;
        let suffix_follows = self.is_dash(end) && self.is_glued(end) && self.is_glued(end + 1);
        if suffix_follows && self.has(end + 1, Role::YearSuffix) {
            end += 2;
        }
        if self.has(end, Role::YearWord) {
            end = self.skip_abbreviation_stop(end + 1);
        }
        (end > at, end)
    }

    /// The token after a phrase that says that a year or a century is one before Christ.
    pub(super) fn before_christ(&self, at: usize) -> Option<usize> {
        let (length, ()) = self.phrase(self.lexicon.before_christ(), at)?;
        let short = self.tokens[at + length - 1].lower.chars().count() == 1;
        let end = at + length;
        Some(if short { self.skip_glued_stop(end) } else { end })
    }

    /// A year after a day or a month: directly, after a comma, or after a joiner.
    pub(super) fn year_behind(&self, at: usize) -> Option<(i16, usize)> {
        let at = self.skip_sign(at, ",");
        let at = self.skip(at, Role::Joiner);
        self.year_beside_month(at).map(|(year, _, end)| (year, end))
    }

    /// The half of the day that a phrase behind an hour says, and the token after the phrase.
    pub(super) fn half_of_day(&self, at: usize) -> Option<(HalfOfDay, usize)> {
        let token = self.token(at).filter(|token| token.kind == Kind::Word)?;
        if token.capital && token.lower.len() == 1 {
            return None;
        }
        let (length, half) = self.phrase(self.lexicon.halves(), at)?;
        let abbreviation = self.tokens[at + length - 1].lower.chars().count() == 1;
        let end = at + length;
        Some((half, if abbreviation { self.skip_glued_stop(end) } else { end }))
    }

    /// The same behind a word for "hour", where a genitive is one too: `2 часа дня`.
    pub(super) fn half_behind_hour(&self, at: usize) -> Option<(HalfOfDay, usize)> {
        self.half_of_day(at).or_else(|| {
            let (length, half) = self.phrase(self.lexicon.halves_behind_hour(), at)?;
            Some((half, at + length))
        })
    }

    /// The token after a word such as "o'clock", which is several tokens.
    pub(super) fn clock_phrase(&self, at: usize) -> Option<usize> {
        self.phrase(self.lexicon.clock_phrases(), at).map(|(length, ())| at + length)
    }

    /// The token after a phrase such as "half past".
    pub(super) fn half_past(&self, at: usize) -> Option<usize> {
        self.phrase(self.lexicon.half_past(), at).map(|(length, ())| at + length)
    }

    /// The time zone named at a token, in minutes ahead of universal time, and the token after it.
    pub(super) fn zone(&self, at: usize) -> (Option<i16>, usize) {
        let open = self.is_sign(at, "(");
        let start = at + usize::from(open);
        match self.phrase(self.lexicon.zones(), start) {
            Some((length, offset)) if !open => (Some(offset), start + length),
            Some((length, offset)) if self.is_sign(start + length, ")") => {
                (Some(offset), start + length + 1)
            }
            _ => (None, at),
        }
    }

    /// The longest of some phrases that starts at a token: its number of tokens and its meaning.
    fn phrase<T: Copy>(&self, phrases: &[(Vec<String>, T)], at: usize) -> Option<(usize, T)> {
        phrases.iter().find_map(|(words, meaning)| {
            let window = self.tokens.get(at..at + words.len())?;
            let fits = window.iter().zip(words).all(|(token, word)| token.lower == *word);
            fits.then_some((words.len(), *meaning))
        })
    }

    /// The token after a dash or a word that makes a range.
    pub(super) fn range_joint(&self, at: usize) -> Option<usize> {
        (self.is_dash(at) || self.has(at, Role::RangeWord)).then_some(at + 1)
    }
}

/// A day that exists, or one of a year that is not given.
pub(super) fn day_point(year: Option<i16>, month: i8, day: i8) -> Option<Partial> {
    // 2000 has a 29 February.
    Date::new(year.unwrap_or(2000), month, day).ok()?;
    Some(Partial { year, month: Some(month), day: Some(day) })
}
