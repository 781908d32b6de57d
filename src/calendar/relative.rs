//! Expressions that count from the publication date: weekdays, `last month`, `vakar`.

use super::Form;
use super::lexicon::Role;
use super::matcher::{Match, Matcher};
use super::token::Kind;

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
