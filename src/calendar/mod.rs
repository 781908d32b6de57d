//! Date expressions in running text, in every language with rules, and what they mean.
//!
//! [`find`] reads the expressions of a text: absolute dates of any precision, ranges, decades,
//! centuries, times of day, and expressions relative to a publication date. [`Form::resolve`] turns one
//! into a [`DateValue`]. A plain number is never a date: a year needs a word, a month or a range around it.

mod clock;
mod lexicon;
mod matcher;
mod numeric;
mod patterns;
mod relative;
mod time;
pub(crate) mod token;
mod value;
mod years;

use crate::lang::Language;
use crate::lang::dates::RelativeUnit;
use crate::text::Span;

use lexicon::{Lexicon, Role};
use matcher::Matcher;
use token::Token;

pub use relative::RelativeDate;
pub use time::TimeValue;
pub use value::{DateValue, Precision};

/// A date expression of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// Where it stands, in bytes of the text.
    pub span: Span,
    /// What it says.
    pub form: Form,
}

/// What a date expression says, before a publication date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A day, a month or a year, as far as given.
    Point(Partial),
    /// A stretch from one to another, both included: `14–16 January`.
    Range(Partial, Partial),
    /// Whole years, both included: a decade, a century.
    Years(i16, i16),
    /// A weekday around the publication date; 1 is Monday.
    Weekday {
        /// The day of the week, 1 is Monday.
        weekday: i8,
        /// Whether the text points at the week ahead.
        next: bool,
    },
    /// A stretch counted from the publication date.
    Relative {
        /// What is counted.
        unit: RelativeUnit,
        /// How many ahead (behind, if negative).
        offset: i32,
    },
    /// A weekday of which the text does not say which one it is; 1 is Monday.
    AnyWeekday(i8),
    /// A time of day; it says nothing about the date.
    Clock(TimeValue),
}

/// A date as far as it is given: a year, a month of a year or of none, a day of a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Partial {
    /// The year, where given.
    pub year: Option<i16>,
    /// The month, 1..=12, where given.
    pub month: Option<i8>,
    /// The day, 1..=31, where given; only with a month.
    pub day: Option<i8>,
}

/// The date expressions of a text in reading order, not overlapping.
///
/// A language without rules of its own has the absolute dates of [`find_absolute`].
///
/// ```
/// use parallax::calendar::{find, Form};
/// use parallax::lang::Language;
///
/// let english = Language::from_code("en").unwrap();
/// let found = find("They met on 1 Nov. 2013 for 3 hours.", english);
/// assert_eq!(found.len(), 1);
/// let Form::Point(date) = found[0].form else { panic!() };
/// assert_eq!((date.year, date.month, date.day), (Some(2013), Some(11), Some(1)));
/// ```
pub fn find(text: &str, language: Language) -> Vec<Expression> {
    find_in(&token::tokenize(text), language)
}

/// The date expressions over the tokens of a text.
pub(crate) fn find_in(tokens: &[Token], language: Language) -> Vec<Expression> {
    scan(tokens, Lexicon::of(language))
}

/// Absolute dates with month names of any language, for page furniture and texts of other languages.
pub fn find_absolute(text: &str) -> Vec<Expression> {
    scan(&token::tokenize(text), Lexicon::any_language())
}

/// Whether a word, in lower case, names a month or a weekday in a language.
pub(crate) fn names_time(word: &str, language: Language) -> bool {
    let named = |role: &Role| matches!(role, Role::Month(_) | Role::Weekday(_));
    Lexicon::of(language).roles(word).iter().any(named)
}

fn scan(tokens: &[Token], lexicon: &'static Lexicon) -> Vec<Expression> {
    let slash_order = numeric::slash_order(tokens, lexicon.words.slash_order);
    let speaks_of_future = |token: &Token| lexicon.roles(&token.lower).contains(&Role::Future);
    let matcher =
        Matcher { tokens, lexicon, slash_order, future: tokens.iter().any(speaks_of_future) };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match first_match(&matcher, at) {
            Some((end, form)) => {
                let span = Span::new(tokens[at].span.start, tokens[end - 1].span.end);
                found.push(Expression { span, form });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The expression that starts at a token, by the first pattern that fits; the more telling come first.
fn first_match(matcher: &Matcher<'_>, at: usize) -> matcher::Match {
    clock::time_of_day(matcher, at)
        .or_else(|| numeric::date(matcher, at))
        .or_else(|| patterns::year_month_day(matcher, at))
        .or_else(|| patterns::day_month_year(matcher, at))
        .or_else(|| patterns::month_day_year(matcher, at))
        .or_else(|| years::century(matcher, at))
        .or_else(|| years::year_before_christ(matcher, at))
        .or_else(|| years::decade(matcher, at))
        .or_else(|| years::year_range(matcher, at))
        .or_else(|| patterns::month_year(matcher, at))
        .or_else(|| years::year(matcher, at))
        .or_else(|| relative::phrase(matcher, at))
        .or_else(|| relative::weekday(matcher, at))
        .or_else(|| patterns::month_alone(matcher, at))
        .or_else(|| relative::any_weekday(matcher, at))
}

#[cfg(test)]
mod tests;
