//! Times of day. They say nothing about the date; they are found so that their digits count as neither
//! dates nor numbers.

use super::Form;
use super::lexicon::Role;
use super::matcher::{Match, Matcher};
use super::token::Kind;

/// `15:27`, `15:46:15`, `7.55am`, `3 p.m.`, `15 Uhr`, `15 val.`, `2 часа дня`.
pub(super) fn time_of_day(matcher: &Matcher<'_>, at: usize) -> Match {
    let hour = matcher.token(at)?.integer_of_length(1, 2)?;
    if hour > 24 || matcher.continues_number(at) {
        return None;
    }
    let (minutes, colon, end) = minutes(matcher, at + 1);
    if let Some(end) = half_of_day(matcher, end).or_else(|| clock_word(matcher, end)) {
        return Some((end, Form::Clock));
    }
    (minutes && colon).then_some((end, Form::Clock))
}

/// Minutes and seconds behind an hour: whether there are any, whether behind a colon, and where they end.
fn minutes(matcher: &Matcher<'_>, at: usize) -> (bool, bool, usize) {
    let sixtieths = |at: usize| {
        matcher
            .token(at)
            .and_then(|token| token.integer_of_length(2, 2).filter(|_| token.glued))
            .is_some_and(|value| value < 60)
    };
    let colon = matcher.is_sign(at, ":");
    let glued = matcher.is_glued(at);
    if !(glued && (colon || matcher.is_sign(at, ".")) && sixtieths(at + 1)) {
        return (false, false, at);
    }
    let mut end = at + 2;
    if colon && matcher.is_sign(end, ":") && matcher.is_glued(end) && sixtieths(end + 1) {
        end += 2;
    }
    (!matcher.number_continues(end), colon, end)
}

/// `am`, `pm`, `a.m.`, `p. m.`
fn half_of_day(matcher: &Matcher<'_>, at: usize) -> Option<usize> {
    let token = matcher.token(at)?;
    if token.kind != Kind::Word || token.capital && token.lower.len() == 1 {
        return None;
    }
    match token.lower.as_str() {
        // "14 am 3. Mai" is no time: only glued or English.
        "am" | "pm" if token.glued || matcher.has(at, Role::ClockWord) => Some(at + 1),
        "a" | "p" if matcher.is_sign(at + 1, ".") => {
            let is_m = matcher.token(at + 2).is_some_and(|token| token.lower == "m");
            is_m.then(|| matcher.skip_glued_stop(at + 3))
        }
        _ => None,
    }
}

/// A word that makes an hour of a number, or a noun "hour" with a part of the day behind it.
fn clock_word(matcher: &Matcher<'_>, at: usize) -> Option<usize> {
    if matcher.has(at, Role::ClockWord) {
        let end = matcher.skip_abbreviation_stop(at + 1);
        let end = matcher.skip(end, Role::ClockPart);
        let minutes =
            matcher.token(end).is_some_and(|token| token.integer_of_length(1, 2).is_some());
        if minutes && matcher.has(end + 1, Role::MinuteWord) {
            return Some(matcher.skip_abbreviation_stop(end + 2));
        }
        return Some(end);
    }
    let noun = matcher.token(at).is_some_and(|token| token.kind == Kind::Word);
    (noun && matcher.has(at + 1, Role::ClockPart)).then_some(at + 2)
}
