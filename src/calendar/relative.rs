//! Expressions that count from the publication date: weekdays, `last month`, `vakar`.

use serde::Serialize;

use super::Form;
use super::lexicon::Role;
use super::matcher::{Match, Matcher};
use super::token::Kind;
use crate::lang::dates::RelativeUnit;

/// A time that counts from a publication date that is not known, or from one that the text leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RelativeDate {
    /// A day of the week, 1 is Monday.
    Weekday(i8),
    /// Whole days, weeks, months or years ahead (behind, if negative).
    Counted {
        /// What is counted.
        unit: RelativeUnit,
        /// How many.
        offset: i32,
    },
}

impl Form {
    /// What an expression says that has no date without more knowledge.
    pub fn relative(self) -> Option<RelativeDate> {
        match self {
            Form::Weekday { weekday, .. } | Form::AnyWeekday(weekday) => {
                Some(RelativeDate::Weekday(weekday))
            }
            Form::Relative { unit, offset } => Some(RelativeDate::Counted { unit, offset }),
            _ => None,
        }
    }
}

/// A phrase of the language file that starts at a token.
pub(super) fn phrase(matcher: &Matcher<'_>, at: usize) -> Match {
    let first = matcher.token(at).filter(|token| token.kind == Kind::Word)?;
    matcher.lexicon.phrases(&first.lower).iter().find_map(|phrase| {
        let fits = phrase.words.iter().enumerate().all(|(offset, word)| {
            matcher.token(at + offset).is_some_and(|token| token.lower == *word)
        });
        let (unit, offset) = (phrase.unit, phrase.offset);
        fits.then_some((at + phrase.words.len(), Form::Relative { unit, offset }))
    })
}

/// A weekday that means the one around the publication date: `on Thursday`, `šeštadienį`, `в среду`.
///
/// The span starts at the weekday or at the pointer before it. Weekdays of sentences about the future are
/// left out unless a word such as "next" says which one is meant.
pub(super) fn weekday(matcher: &Matcher<'_>, at: usize) -> Match {
    let pointer = pointer(matcher, at);
    let day_at = at + usize::from(pointer.is_some());
    let weekday = adverbial_weekday(matcher, day_at)?;
    let before_needed = !matcher.lexicon.words.before_weekday.is_empty();
    if before_needed && !matcher.before_has(at, Role::BeforeWeekday) {
        return None;
    }
    if pointer.is_none() && matcher.future {
        return None;
    }
    let next = pointer.unwrap_or(false);
    Some((day_at + 1, Form::Weekday { weekday, next }))
}

/// The name of a weekday that nothing above has read.
pub(super) fn any_weekday(matcher: &Matcher<'_>, at: usize) -> Match {
    let weekday = matcher.roles(at).iter().find_map(|role| match *role {
        Role::Weekday(weekday) | Role::WeekdayAdverbial(weekday) => Some(weekday),
        _ => None,
    })?;
    Some((at + 1, Form::AnyWeekday(weekday)))
}

fn adverbial_weekday(matcher: &Matcher<'_>, at: usize) -> Option<i8> {
    matcher.roles(at).iter().find_map(|role| match *role {
        Role::WeekdayAdverbial(weekday) => Some(weekday),
        _ => None,
    })
}

/// Whether the word points at the week ahead (`Some(true)`) or behind.
fn pointer(matcher: &Matcher<'_>, at: usize) -> Option<bool> {
    if matcher.has(at, Role::WeekdayNext) {
        Some(true)
    } else if matcher.has(at, Role::WeekdayLast) {
        Some(false)
    } else {
        None
    }
}
