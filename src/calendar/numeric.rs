//! Dates written with digits alone: `01.11.2013`, `2013-11-02`, `01/17/2019`.

use jiff::civil::Date;

use super::Form;
use super::lexicon::Role;
use super::matcher::{Match, Matcher, day_point};
use super::token::{Kind, Token};
use crate::lang::dates::SlashOrder;

/// Years that two digits stand for: up to this one in this century, above it in the last.
const LAST_SHORT_YEAR: u32 = 49;

/// A numeric date that starts at a token.
pub(super) fn date(matcher: &Matcher<'_>, at: usize) -> Match {
    if matcher.continues_number(at) {
        return None;
    }
    let Some((parts, separator)) = three_parts(matcher.tokens, at) else {
        return spaced_date(matcher, at);
    };
    if matcher.number_continues(at + 5) || glued_dash_and_digits(matcher, at + 5) {
        return None;
    }
    let [first, second, third] = parts;
    let point = if first.1 == 4 {
        match separator {
            "-" | "." | "/" => day_point(Some(first.0 as i16), second.0 as i8, third.0 as i8),
            _ => None,
        }
    } else if separator == "/" {
        slash_date(matcher, at, parts)
    } else {
        let year = full_year(third, separator)?;
        day_point(Some(year), second.0 as i8, first.0 as i8)
    }?;
    let mut end = at + 5;
    if matcher.has(end, Role::YearWord) {
        end = matcher.skip_abbreviation_stop(end + 1);
    }
    Some((end, Form::Point(point)))
}

/// `2014 05 03`, where the language puts the year first.
fn spaced_date(matcher: &Matcher<'_>, at: usize) -> Match {
    let year = matcher.plain_year(at).filter(|_| matcher.lexicon.words.year_first)?;
    let two_digits = |at: usize| {
        let token = matcher.token(at).filter(|token| !token.glued)?;
        token.integer_of_length(2, 2)
    };
    let (month, day) = (two_digits(at + 1)?, two_digits(at + 2)?);
    let free = !matcher.number_continues(at + 3);
    let point = day_point(Some(year), month as i8, day as i8).filter(|_| free)?;
    Some((at + 3, Form::Point(point)))
}

/// How the slash dates of a text are read: as those of them are that allow one reading only.
pub(super) fn slash_order(tokens: &[Token], of_language: SlashOrder) -> SlashOrder {
    let decided = (0..tokens.len()).any(|at| {
        matches!(three_parts(tokens, at), Some(([first, second, third], "/"))
            if first.1 <= 2 && third.1 == 4 && first.0 > 12 && (1..=12).contains(&second.0))
    });
    if decided { SlashOrder::DayFirst } else { of_language }
}

/// Value and number of digits of a part.
type Part = (u32, usize);

/// Three glued groups of digits with the same sign between them.
fn three_parts(tokens: &[Token], at: usize) -> Option<([Part; 3], &str)> {
    let window = tokens.get(at..at + 5)?;
    let part = |token: &Token| token.integer_of_length(1, 4).map(|n| (n, token.lower.len()));
    let parts = [part(&window[0])?, part(&window[2])?, part(&window[4])?];
    let separator = window[1].lower.as_str();
    let glued = window[1..].iter().all(|token| token.glued);
    let known = matches!(separator, "." | "-" | "/") && window[3].lower == separator;
    let [first, second, third] = parts.map(|(_, digits)| digits);
    let lengths = second <= 2 && ((first == 4 && third <= 2) || (first <= 2 && third == 4));
    let short_year = parts.iter().all(|part| part.1 <= 2);
    (glued && known && (lengths || short_year)).then_some((parts, separator))
}

/// The year of four digits, or of two where the rest has the shape of a date with stops.
fn full_year((value, digits): Part, separator: &str) -> Option<i16> {
    match digits {
        4 if (1000..=2199).contains(&value) => Some(value as i16),
        2 if separator == "." && value <= LAST_SHORT_YEAR => Some(2000 + value as i16),
        2 if separator == "." => Some(1900 + value as i16),
        _ => None,
    }
}

/// A date with slashes. The day is the number over 12; or the order is the one that fits a weekday beside
/// the date; or that of the other dates of the text or of the language. Else nothing decides.
fn slash_date(matcher: &Matcher<'_>, at: usize, parts: [Part; 3]) -> Option<super::Partial> {
    let [first, second, third] = parts;
    let year = full_year(third, "/")?;
    let day_first = day_point(Some(year), second.0 as i8, first.0 as i8);
    let month_first = day_point(Some(year), first.0 as i8, second.0 as i8);
    match (day_first, month_first) {
        (Some(date), None) | (None, Some(date)) => Some(date),
        (Some(date), Some(other)) if date == other => Some(date),
        (Some(date), Some(other)) => {
            let weekday = weekday_beside(matcher, at);
            let fits = |month: u32, day: u32| {
                Date::new(year, month as i8, day as i8)
                    .is_ok_and(|date| Some(date.weekday().to_monday_one_offset()) == weekday)
            };
            match (fits(second.0, first.0), fits(first.0, second.0)) {
                (true, false) => Some(date),
                (false, true) => Some(other),
                _ => (matcher.slash_order == SlashOrder::DayFirst).then_some(date),
            }
        }
        (None, None) => None,
    }
}

/// The weekday named just before a date: `Thu, 01/17/2019`.
fn weekday_beside(matcher: &Matcher<'_>, at: usize) -> Option<i8> {
    let mut before = at.checked_sub(1)?;
    while matcher.is_sign(before, ",") || matcher.is_sign(before, ".") {
        before = before.checked_sub(1)?;
    }
    matcher.roles(before).iter().find_map(|role| match *role {
        Role::Weekday(weekday) | Role::WeekdayAbbreviation(weekday) => Some(weekday),
        _ => None,
    })
}

/// Whether the group goes on like a serial number: `2013-11-02-17`.
fn glued_dash_and_digits(matcher: &Matcher<'_>, at: usize) -> bool {
    matcher.is_dash(at)
        && matcher.is_glued(at)
        && matcher.token(at + 1).is_some_and(|token| token.glued && token.kind == Kind::Digits)
}
