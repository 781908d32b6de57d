//! Dates of records, in the conventions that corpora mix: ISO 8601, `1.11.2013`, `11/01/2013`, RFC 2822, month
//! names of any language with rules, seconds since 1970.
//!
//! `01/02/2013` is read in the order that the other dates of the table show. Where they show none, or both, it is
//! not read at all: a day that may be wrong by months is worse than none.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::parquet::day;
use crate::calendar::{self, Form};
use crate::ingest::Note;

/// Which of two numbers is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `31/12/2013`.
    DayFirst,
    /// `12/31/2013`.
    MonthFirst,
}

/// Dates that are shown as examples.
const EXAMPLES: usize = 3;
/// Two-digit years below this are of this century.
const PIVOT: i16 = 70;

/// What the dates of a table show about their order.
#[derive(Debug, Default)]
pub(super) struct Dates {
    day_first: usize,
    month_first: usize,
    open: usize,
}

impl Dates {
    pub(super) fn of<'d>(dates: impl Iterator<Item = &'d str>) -> Self {
        let mut found = Self::default();
        for date in dates {
            let Some((one, other, _)) = slashed(date) else { continue };
            match (one > 12, other > 12) {
                (true, false) => found.day_first += 1,
                (false, true) => found.month_first += 1,
                (false, false) if one != other => found.open += 1,
                _ => {}
            }
        }
        found
    }

    /// The order, where all dates that show one show the same.
    pub(super) fn order(&self) -> Option<DateOrder> {
        match (self.day_first > 0, self.month_first > 0) {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    /// What the user should know: `unread` are the dates that could not be read.
    pub(super) fn notes(
        &self,
        name: &str,
        given: Option<DateOrder>,
        unread: &[String],
    ) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut note = |message| notes.push(Note { source: name.to_owned(), message });
        if self.open > 0 && given.is_none() && self.order().is_none() {
            let why = if self.day_first > 0 { "both orders occur" } else { "no date tells which" };
            note(format!(
                "{} dates such as 01/02/2013 can be read in two ways ({why}) and were left out; say \
                 `--date-order day-first` or `month-first`",
                self.open
            ));
        }
        let unread: BTreeSet<&str> =
            unread.iter().map(String::as_str).filter(|date| slashed(date).is_none()).collect();
        if !unread.is_empty() {
            let examples: Vec<String> =
                unread.iter().take(EXAMPLES).map(|date| format!("“{date}”")).collect();
            note(format!("dates that cannot be read count as missing: {}", examples.join(", ")));
        }
        notes
    }
}

/// The numbers of `a/b/yyyy` or `a-b-yyyy`.
fn slashed(text: &str) -> Option<(i16, i16, i16)> {
    let first = text.split_whitespace().next()?;
    let parts: Vec<&str> = first.split(['/', '-']).collect();
    let [one, other, year] = parts[..] else { return None };
    if one.len() > 2 || other.len() > 2 || !(year.len() == 4 || year.len() == 2) {
        return None;
    }
    Some((one.parse().ok()?, other.parse().ok()?, full_year(year)?))
}

fn full_year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    Some(match (text.len(), year) {
        (2, year) if year < PIVOT => 2000 + year,
        (2, year) => 1900 + year,
        _ => year,
    })
}

/// The day that a date names.
pub(super) fn parse(text: &str, order: Option<DateOrder>) -> Option<Date> {
    let text = text.trim();
    iso(text)
        .or_else(|| dotted(text))
        .or_else(|| in_order(text, order))
        .or_else(|| seconds(text))
        .or_else(|| in_words(text))
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `2013-11-01`, `2013/11/01`, `2013.11.01`, `2013 11 01`, `20131101`, whatever stands behind.
fn iso(text: &str) -> Option<Date> {
    let digits: Vec<u8> = text.bytes().take_while(u8::is_ascii_digit).collect();
    let number = |part: &str| part.parse::<i16>().ok();
    match digits.len() {
        8 => date(number(&text[..4])?, number(&text[4..6])?, number(&text[6..8])?),
        4 => {
            let mut parts = text[4..]
                .split(|character: char| !character.is_ascii_digit())
                .filter(|part| !part.is_empty());
            let separator = text.as_bytes().get(4)?;
            if !matches!(separator, b'-' | b'/' | b'.' | b' ') {
                return None;
            }
            date(number(&text[..4])?, number(parts.next()?)?, number(parts.next()?)?)
        }
        _ => None,
    }
}

/// `1.11.2013`: with points the day comes first.
fn dotted(text: &str) -> Option<Date> {
    let first = text.split([' ', ',']).next()?;
    let parts: Vec<&str> = first.trim_end_matches('.').split('.').collect();
    let [day, month, year] = parts[..] else { return None };
    date(full_year(year)?, month.parse().ok()?, day.parse().ok()?)
}

fn in_order(text: &str, order: Option<DateOrder>) -> Option<Date> {
    let (one, other, year) = slashed(text)?;
    let order = match (one > 12, other > 12) {
        (true, false) => DateOrder::DayFirst,
        (false, true) => DateOrder::MonthFirst,
        _ if one == other => DateOrder::DayFirst,
        _ => order?,
    };
    match order {
        DateOrder::DayFirst => date(year, other, one),
        DateOrder::MonthFirst => date(year, one, other),
    }
}

/// Seconds or milliseconds since 1970.
fn seconds(text: &str) -> Option<Date> {
    let number: i64 = text.split('.').next()?.parse().ok()?;
    match text.split('.').next()?.len() {
        9 | 10 => day(number),
        12 | 13 => day(number / 1000),
        _ => None,
    }
}

/// `Fri, 01 Nov 2013 10:00:00 GMT`, `2013 m. lapkričio 1 d.`
fn in_words(text: &str) -> Option<Date> {
    calendar::find_absolute(text).into_iter().find_map(|found| match found.form {
        Form::Point(point) => Date::new(point.year?, point.month?, point.day?).ok(),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_same_day_in_many_conventions() {
        let day = Some(Date::constant(2013, 11, 2));
        for text in [
            "2013-11-02",
            "2013-11-02T23:59:59Z",
            "2013/11/02 10:00",
            "20131102",
            "2.11.2013",
            "02.11.13, 10:15",
            "Sat, 02 Nov 2013 10:00:00 GMT",
            "November 2, 2013",
            "2. November 2013",
            "2013 m. lapkričio 2 d.",
            "2 ноября 2013 г.",
            "1383393600",
            "1383393600000",
        ] {
            assert_eq!(parse(text, None), day, "{text}");
        }
        assert_eq!(parse("02/11/2013", Some(DateOrder::DayFirst)), day);
        assert_eq!(parse("11/02/2013", Some(DateOrder::MonthFirst)), day);
    }

    #[test]
    fn a_date_of_two_readings_is_read_where_others_tell_how() {
        let order = |dates: &[&str]| Dates::of(dates.iter().copied()).order();
        assert_eq!(order(&["01/02/2013", "31/01/2013"]), Some(DateOrder::DayFirst));
        assert_eq!(order(&["01/02/2013", "01/31/2013"]), Some(DateOrder::MonthFirst));
        assert_eq!(order(&["01/31/2013", "31/01/2013"]), None);
        assert_eq!(parse("01/02/2013", None), None);
        assert_eq!(parse("31/01/2013", None), Some(Date::constant(2013, 1, 31)));
        let notes = Dates::of(["01/02/2013"].into_iter()).notes("c.csv", None, &[]);
        assert!(notes[0].message.contains("no date tells which"), "{notes:?}");
    }

    proptest! {
        #[test]
        fn any_text_is_parsed_without_panic(text in "[0-9./ :\\-Tažя]{0,24}") {
            let _ = parse(&text, Some(DateOrder::DayFirst));
        }
    }
}
