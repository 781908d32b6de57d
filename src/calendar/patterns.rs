//! Dates with the name of a month.

use super::lexicon::Role;
use super::matcher::{Match, Matcher, day_point};
use super::token::Kind;
use super::{Form, Partial};

/// `1 Nov 2013`, `1. November`, `31 июля 2015 г.`, `16th of May, 2010`, `14. bis 16. Januar 2019`.
pub(super) fn day_month_year(matcher: &Matcher<'_>, at: usize) -> Match {
    let (first, _, mut end) = matcher.day(at)?;
    end = matcher.skip_glued_stop(end);
    let mut last = first;
    if let Some(next) = matcher.range_joint(end)
        && let Some((day, _, after)) = matcher.day(next)
    {
        last = day;
        end = matcher.skip_glued_stop(after);
    }
    end = matcher.skip(end, Role::Joiner);
    let (month, end) = matcher.month(end)?;
    let (year, end) = optional_year(matcher, end);
    Some((end, days(year, month, first, last)?))
}

/// `Nov. 1, 2013`, `January 16`, `January 14-16`, `lapkričio 2 d.`
pub(super) fn month_day_year(matcher: &Matcher<'_>, at: usize) -> Match {
    let (month, next) = matcher.month(at)?;
    let (first, last, end) = days_after_month(matcher, next)?;
    // "in May 20 people", "gegužę 20 žmonių": the number counts something.
    let bare =
        matcher.before_has(at, Role::BeforeBareMonth) || matcher.has(at, Role::MonthAdverbial);
    if bare && end == next + 1 {
        return None;
    }
    let (year, end) = optional_year(matcher, end);
    Some((end, days(year, month, first, last)?))
}

/// `2013 m. lapkričio 2 d.`, `2013-ųjų lapkritį`
pub(super) fn year_month_day(matcher: &Matcher<'_>, at: usize) -> Match {
    let (year, marked, next) = matcher.year_beside_month(at)?;
    if !marked && !matcher.lexicon.words.year_first {
        return None;
    }
    let next = matcher.skip_sign(next, ",");
    let (month, after_month) = matcher.month(next)?;
    if let Some((first, last, end)) = days_after_month(matcher, after_month)
        && let Some(form) = days(Some(year), month, first, last)
    {
        return Some((end, form));
    }
    let end = skip_month_word(matcher, after_month);
    Some((end, month_point(Some(year), month)))
}

/// `May 2010`, `мае 2010 года`, `March of 2019`
pub(super) fn month_year(matcher: &Matcher<'_>, at: usize) -> Match {
    let (month, next) = matcher.month(at)?;
    let (year, end) = matcher.year_behind(skip_month_word(matcher, next))?;
    Some((end, month_point(Some(year), month)))
}

/// A month without day and year, where the words around it show that a month is meant.
pub(super) fn month_alone(matcher: &Matcher<'_>, at: usize) -> Match {
    let month = matcher.full_month(at)?;
    let after = skip_month_word(matcher, at + 1);
    let adverbial = matcher.has(at, Role::MonthAdverbial);
    let before = at.checked_sub(1).is_some_and(|before| {
        let word = before - usize::from(matcher.is_dash(before) && before > 0);
        matcher.has(word, Role::BeforeMonth)
    });
    let unambiguous = (!matcher.has(at, Role::MonthAmbiguous) && !beside_name(matcher, at))
        || beside_month(matcher, at);
    (adverbial || before || after > at + 1 || unambiguous)
        .then(|| (after, month_point(None, month)))
}

/// Whether another month stands beside one: `Juni und August`.
fn beside_month(matcher: &Matcher<'_>, at: usize) -> bool {
    let joint = |at: usize| matcher.range_joint(at).is_some() || matcher.is_sign(at, ",");
    let before = at >= 2 && joint(at - 1) && matcher.full_month(at - 2).is_some();
    before || joint(at + 1) && matcher.full_month(at + 2).is_some()
}

/// Whether a month stands beside a capitalised word or is itself capitalised where months are not: then it
/// is part of a name.
fn beside_name(matcher: &Matcher<'_>, at: usize) -> bool {
    let capital = |at: usize| {
        matcher.token(at).is_some_and(|token| token.kind == Kind::Word && token.capital)
    };
    let is_name = !matcher.lexicon.words.months_capitalised && capital(at) && at > 0;
    is_name || capital(at + 1) || (at > 1 && capital(at - 1))
}

/// A day or a range of days behind a month name, and the token after it.
fn days_after_month(matcher: &Matcher<'_>, at: usize) -> Option<(i8, i8, usize)> {
    let (first, mut marked, mut end) = matcher.day(at)?;
    let mut last = first;
    if let Some(next) = matcher.range_joint(end)
        && let Some((day, day_marked, after)) = matcher.day(next)
        && (matcher.is_dash(end) || day_marked)
    {
        (last, end) = (day, after);
        marked |= day_marked;
    }
    (marked || matcher.lexicon.words.day_after_month).then_some((first, last, end))
}

fn optional_year(matcher: &Matcher<'_>, at: usize) -> (Option<i16>, usize) {
    match matcher.year_behind(at) {
        // "kovo 8 d., 2005 m. liepos 2 d.": the year belongs to what follows.
        Some((_, end)) if matcher.lexicon.words.year_first && matcher.month(end).is_some() => {
            (None, at)
        }
        Some((year, end)) => (Some(year), end),
        None => (None, at),
    }
}

/// Skips a noun such as "month" behind the name of the month.
fn skip_month_word(matcher: &Matcher<'_>, at: usize) -> usize {
    if matcher.has(at, Role::AfterMonth) { matcher.skip_abbreviation_stop(at + 1) } else { at }
}

fn days(year: Option<i16>, month: i8, first: i8, last: i8) -> Option<Form> {
    let start = day_point(year, month, first)?;
    if last > first {
        Some(Form::Range(start, day_point(year, month, last)?))
    } else {
        Some(Form::Point(start))
    }
}

fn month_point(year: Option<i16>, month: i8) -> Form {
    Form::Point(Partial { year, month: Some(month), day: None })
}
