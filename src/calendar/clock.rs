//! Times of day.

use super::Form;
use super::lexicon::{HalfOfDay, Role};
use super::matcher::{Match, Matcher};
use super::time::TimeValue;
use super::token::Kind;

/// First hour of the evening, and the first hour that "at night" counts before midnight.
const NIGHT: i16 = 9;

/// `15:27`, `15:46:15`, `7.55am`, `3 p.m.`, `15 Uhr`, `15 val.`, `2 часа дня`, `9–11 Uhr`, `noon`.
pub(super) fn time_of_day(matcher: &Matcher<'_>, at: usize) -> Match {
    if let Some(minute) = named_hour(matcher, at) {
        return Some((at + 1, Form::Clock(TimeValue::point(minute, true))));
    }
    if let Some(half) = half_hour(matcher, at) {
        return Some(half);
    }
    let first = reading(matcher, at)?;
    let (first, last) = match stretch(matcher, first.end) {
        Some(last) => (first, last),
        None => (first, first),
    };
    if !last.marked {
        return None;
    }
    let (zone, end) = matcher.zone(last.end);
    let half = first.half.or(last.half);
    let known = half.is_some() || !matcher.lexicon.words.twelve_hours || first.hour > 12;
    let start = minute(first.hour, first.minutes, first.half.or(last.half));
    let last_minute = minute(last.hour, last.minutes, last.half);
    let value = TimeValue { start, end: last_minute, half_known: known, zone };
    Some((end, Form::Clock(value)))
}

/// An hour with what belongs to it.
#[derive(Debug, Clone, Copy)]
struct Reading {
    hour: i16,
    minutes: i16,
    half: Option<HalfOfDay>,
    /// Whether it is a time of day for sure.
    marked: bool,
    /// The token after it.
    end: usize,
}

fn named_hour(matcher: &Matcher<'_>, at: usize) -> Option<i16> {
    if matcher.has(at, Role::Noon) {
        Some(12 * 60)
    } else if matcher.has(at, Role::Midnight) {
        Some(0)
    } else {
        None
    }
}

/// The later end of a stretch of hours behind a dash.
fn stretch(matcher: &Matcher<'_>, at: usize) -> Option<Reading> {
    if !matcher.is_dash(at) {
        return None;
    }
    reading(matcher, at + 1).filter(|last| last.marked)
}

/// `halb drei`, `в половине третьего`, `half past two`.
fn half_hour(matcher: &Matcher<'_>, at: usize) -> Match {
    let (hour_at, passed) = match matcher.half_past(at) {
        Some(hour_at) => (hour_at, true),
        None => (at + 1, false),
    };
    if !passed && !matcher.has(at, Role::HalfBeforeHour) {
        return None;
    }
    let (hour, ordinal) = hour_in_words(matcher, hour_at)?;
    let (half, end) = match matcher.half_behind_hour(hour_at + 1) {
        Some((half, end)) => (Some(half), end),
        None => (None, hour_at + 1),
    };
    // Half of the first game is no time.
    if ordinal && half.is_none() && matcher.token(end).is_some_and(|next| next.kind == Kind::Word) {
        return None;
    }
    let hour = if passed { hour % 12 } else { hour - 1 };
    let start = minute(hour, 30, half);
    let value = TimeValue { start, end: start, half_known: half.is_some(), zone: None };
    Some((end, Form::Clock(value)))
}

/// An hour in words and whether it is an ordinal.
fn hour_in_words(matcher: &Matcher<'_>, at: usize) -> Option<(i16, bool)> {
    matcher.roles(at).iter().find_map(|role| match *role {
        Role::Hour(hour) => Some((i16::from(hour), false)),
        Role::HourOrdinal(hour) => Some((i16::from(hour), true)),
        _ => None,
    })
}

/// The hour at a token, in digits or in words; an ordinal counts only before a word for "hour".
fn hour(matcher: &Matcher<'_>, at: usize) -> Option<i16> {
    if let Some(hour) = matcher.token(at)?.integer_of_length(1, 2) {
        return (hour <= 24 && !matcher.continues_number(at)).then_some(hour as i16);
    }
    let (hour, ordinal) = hour_in_words(matcher, at)?;
    let named = matcher.has(at + 1, Role::ClockWord) && matcher.has(at + 1, Role::HourNoun);
    // "trečią valandą" is three o'clock; "tris valandas" are three hours.
    (!ordinal || named).then_some(hour)
}

fn reading(matcher: &Matcher<'_>, at: usize) -> Option<Reading> {
    let hour = hour(matcher, at)?;
    let (minutes, colon, end) = minutes(matcher, at + 1);
    let mut reading = Reading {
        hour,
        minutes: minutes.unwrap_or(0),
        half: None,
        marked: minutes.is_some() && colon,
        end,
    };
    if let Some((half, end)) = matcher.half_of_day(end) {
        // "14 am 3. Mai" is no time.
        let english = matcher.is_glued(reading.end) || matcher.has(reading.end, Role::ClockWord);
        let word = !matches!(matcher.token(reading.end), Some(token) if token.lower == "am");
        if word || english {
            reading = Reading { half: Some(half), marked: true, end, ..reading };
            return Some(clock_noun(matcher, reading));
        }
    }
    Some(clock_noun(matcher, reading))
}

/// A word that makes an hour of a number, with minutes behind it, or a noun "hour" with a part of the day
/// behind it.
fn clock_noun(matcher: &Matcher<'_>, reading: Reading) -> Reading {
    let at = reading.end;
    if let Some(end) = matcher.clock_phrase(at) {
        return Reading { marked: true, end, ..reading };
    }
    if matcher.has(at, Role::ClockWord) && !reading.marked_by_half() {
        let mut end = matcher.skip_inner_stop(at + 1);
        let mut minutes = reading.minutes;
        if let Some(value) = matcher.token(end).and_then(|token| token.integer_of_length(1, 2))
            && value < 60
            && (matcher.has(end + 1, Role::MinuteWord)
                || reading.minutes == 0 && free_minutes(matcher, end))
        {
            minutes = value as i16;
            end = end + 1 + usize::from(matcher.has(end + 1, Role::MinuteWord));
            end = matcher.skip_inner_stop(end);
        }
        let (half, end) = match matcher.half_behind_hour(end) {
            Some((half, end)) => (Some(half), end),
            None => (None, end),
        };
        return Reading { minutes, half, marked: true, end, ..reading };
    }
    let noun = matcher.has(at, Role::HourNoun);
    match matcher.half_behind_hour(at + 1).filter(|_| noun) {
        Some((half, end)) => Reading { half: Some(half), marked: true, end, ..reading },
        None => reading,
    }
}

/// `15 Uhr 30`: two digits and nothing behind them that they could count.
fn free_minutes(matcher: &Matcher<'_>, at: usize) -> bool {
    let two = matcher.token(at).is_some_and(|token| token.lower.len() == 2);
    let free = matcher.token(at + 1).is_none_or(|token| token.kind == Kind::Sign);
    two && free && !matcher.is_sign(at + 1, "%") && !matcher.number_continues(at + 1)
}

impl Reading {
    fn marked_by_half(&self) -> bool {
        self.half.is_some()
    }
}

/// Minutes and seconds behind an hour: the minutes, whether behind a colon, and where they end. Machines write `18: 06`,
/// which counts where nothing follows that could be counted.
fn minutes(matcher: &Matcher<'_>, at: usize) -> (Option<i16>, bool, usize) {
    let colon = matcher.is_sign(at, ":");
    let sixtieths = |at: usize| {
        let token = matcher.token(at)?;
        let minutes = token.integer_of_length(2, 2).filter(|value| *value < 60)?;
        (token.glued || colon && free_minutes(matcher, at)).then_some(minutes)
    };
    let sign = matcher.is_glued(at) && (colon || matcher.is_sign(at, "."));
    let Some(minutes) = sixtieths(at + 1).filter(|_| sign) else {
        return (None, false, at);
    };
    let mut end = at + 2;
    let seconds = colon && matcher.is_sign(end, ":") && matcher.is_glued(end);
    if seconds && sixtieths(end + 1).is_some() {
        end += 2;
    }
    let minutes = (!matcher.number_continues(end)).then_some(minutes as i16);
    (minutes, colon, end)
}

/// Minutes from midnight.
fn minute(hour: i16, minutes: i16, half: Option<HalfOfDay>) -> i16 {
    let hour = match half {
        Some(HalfOfDay::BeforeNoon) if hour == 12 => 0,
        Some(HalfOfDay::AfterNoon) if hour < 12 => hour + 12,
        Some(HalfOfDay::Night) if hour == 12 => 0,
        Some(HalfOfDay::Night) if (NIGHT..12).contains(&hour) => hour + 12,
        _ => hour,
    };
    (hour * 60 + minutes) % (24 * 60)
}
