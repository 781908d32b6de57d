//! What a date expression means: a stretch of days, given a publication date where one is needed.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::{Form, Partial};
use crate::lang::dates::RelativeUnit;

/// A date or a stretch of time, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateValue {
    /// First day.
    pub start: Date,
    /// Last day; equals `start` for a day.
    pub end: Date,
    /// How exactly the text says it.
    pub precision: Precision,
    /// Whether the text (or the publication date) gives the year. Where not, `start` and `end` lie in
    /// 2000 and only month and day mean something; they are written as `--11-02`.
    pub year_known: bool,
}

/// How exactly a date is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// One day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
    /// A decade, a century, several days or years: a longer or vaguer stretch.
    Period,
}

/// A leap year that stands in where no year is given.
const PLACEHOLDER_YEAR: i16 = 2000;

impl DateValue {
    fn new(start: Date, end: Date, precision: Precision) -> Option<Self> {
        (start <= end).then_some(Self { start, end, precision, year_known: true })
    }

    /// The value of one day.
    pub fn day(date: Date) -> Self {
        Self { start: date, end: date, precision: Precision::Day, year_known: true }
    }

    /// Whether both can be the same time: one lies within the other. Months and days are compared where a
    /// year is missing on either side.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use parallax::calendar::DateValue;
    ///
    /// let day = DateValue::day(date(2013, 11, 1));
    /// assert!(day.agrees_with(&day));
    /// assert!(!day.agrees_with(&DateValue::day(date(2013, 11, 2))));
    /// ```
    pub fn agrees_with(&self, other: &DateValue) -> bool {
        if self.year_known && other.year_known {
            let within =
                |inner: &Self, outer: &Self| outer.start <= inner.start && inner.end <= outer.end;
            return within(self, other) || within(other, self);
        }
        let without_year = |date: Date| (date.month(), date.day());
        let spans_years = |value: &Self| value.start.year() != value.end.year();
        let whole_year = |value: &Self| value.precision == Precision::Year;
        if [self, other].iter().any(|value| spans_years(value) || whole_year(value)) {
            return true;
        }
        let within = |inner: &Self, outer: &Self| {
            without_year(outer.start) <= without_year(inner.start)
                && without_year(inner.end) <= without_year(outer.end)
        };
        within(self, other) || within(other, self)
    }

    fn written(&self, date: Date) -> String {
        if self.year_known {
            date.to_string()
        } else {
            format!("--{:02}-{:02}", date.month(), date.day())
        }
    }
}

impl Serialize for DateValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut value = serializer.serialize_struct("DateValue", 3)?;
        value.serialize_field("start", &self.written(self.start))?;
        value.serialize_field("end", &self.written(self.end))?;
        value.serialize_field("precision", &self.precision)?;
        value.end()
    }
}

impl Form {
    /// The days that are meant. `published` is the publication date of the text, where known: relative
    /// expressions have no value without it, and a date without a year gets the year nearest to it.
    pub fn resolve(self, published: Option<Date>) -> Option<DateValue> {
        match self {
            Form::Point(point) => point.resolve(published),
            Form::Range(first, last) => {
                let (first, last) = (first.resolve(published)?, last.resolve(published)?);
                let mut value = DateValue::new(first.start, last.end, Precision::Period)?;
                value.year_known = first.year_known;
                Some(value)
            }
            Form::Years(first, last) => DateValue::new(
                Date::new(first, 1, 1).ok()?,
                Date::new(last, 12, 31).ok()?,
                Precision::Period,
            ),
            Form::Weekday { weekday, next } => nearest_weekday(published?, weekday, next),
            Form::Relative { unit, offset } => counted(published?, unit, offset),
            Form::AnyWeekday(_) | Form::Clock(_) => None,
        }
    }
}

impl Partial {
    /// The date of an expression that gives day, month and year.
    pub fn full_date(self) -> Option<Date> {
        Date::new(self.year?, self.month?, self.day?).ok()
    }

    fn resolve(self, published: Option<Date>) -> Option<DateValue> {
        let year = self.year.or_else(|| self.nearest_year(published?));
        let (start, end, precision) = self.stretch(year.unwrap_or(PLACEHOLDER_YEAR))?;
        let mut value = DateValue::new(start, end, precision)?;
        value.year_known = year.is_some();
        Some(value)
    }

    /// The year in which the date lies nearest to `published`.
    pub fn nearest_year(self, published: Date) -> Option<i16> {
        let distance = |year: i16| {
            let (start, _, _) = self.stretch(year)?;
            Some((published.duration_until(start).as_hours().abs(), year))
        };
        (published.year() - 1..=published.year() + 1)
            .filter_map(distance)
            .min()
            .map(|(_, year)| year)
    }

    fn stretch(self, year: i16) -> Option<(Date, Date, Precision)> {
        match (self.month, self.day) {
            (Some(month), Some(day)) => {
                let date = Date::new(year, month, day).ok()?;
                Some((date, date, Precision::Day))
            }
            (Some(month), None) => {
                let first = Date::new(year, month, 1).ok()?;
                Some((first, first.last_of_month(), Precision::Month))
            }
            _ => {
                let first = Date::new(year, 1, 1).ok()?;
                Some((first, first.last_of_year(), Precision::Year))
            }
        }
    }
}

/// The weekday in the seven days that end with the publication date, or in the seven that follow it.
fn nearest_weekday(published: Date, weekday: i8, next: bool) -> Option<DateValue> {
    let today = published.weekday().to_monday_one_offset();
    let days_back = (today - weekday).rem_euclid(7);
    let offset = if next { 7 - days_back } else { -days_back };
    let date = published.checked_add(i64::from(offset).days()).ok()?;
    Some(DateValue::day(date))
}

fn counted(published: Date, unit: RelativeUnit, offset: i32) -> Option<DateValue> {
    let offset = i64::from(offset);
    match unit {
        RelativeUnit::Day => {
            let date = published.checked_add(offset.days()).ok()?;
            Some(DateValue::day(date))
        }
        RelativeUnit::Week => {
            let since_monday = i64::from(published.weekday().to_monday_zero_offset());
            let monday = published.checked_add((7 * offset - since_monday).days()).ok()?;
            let sunday = monday.checked_add(6.days()).ok()?;
            DateValue::new(monday, sunday, Precision::Period)
        }
        RelativeUnit::Month => {
            let first = published.first_of_month().checked_add(offset.months()).ok()?;
            DateValue::new(first, first.last_of_month(), Precision::Month)
        }
        RelativeUnit::Year => {
            let first = published.first_of_year().checked_add(offset.years()).ok()?;
            DateValue::new(first, first.last_of_year(), Precision::Year)
        }
    }
}
