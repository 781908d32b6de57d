//! Whether two dates, days of the week or times of day say the same, and whether a number can be one.

use super::{Agreement, Closeness, Compatibility, Difference};
use crate::facts::{DateValue, NumberValue, Precision, RelativeDate, TimeValue, Unit, Value};

const DIFFERENT: Agreement = Agreement::Different(Difference::Date);
const BOUNDED: Agreement = Agreement::Compatible(Compatibility::Bounded);
const UNNAMED: Agreement = Agreement::Compatible(Compatibility::Unnamed);
const VAGUE: Agreement = Agreement::Compatible(Compatibility::Vague);

/// Seconds of an hour, and months of a year: the factors by which a number counts them.
const HOUR: f64 = 3600.0;
const YEAR: f64 = 12.0;
/// Numbers of days, hours and minutes have two digits.
const TWO_DIGITS: f64 = 99.0;

/// How two values relate neither of which is a number.
pub(super) fn compare(left: &Value, right: &Value, closeness: Closeness) -> Agreement {
    match (left, right) {
        (Value::Date(left), Value::Date(right)) => dates(left, right),
        (Value::Time(left), Value::Time(right)) => times(left, right, closeness),
        (Value::Relative(left), Value::Relative(right)) => relative_dates(left, right),
        (Value::Relative(relative), Value::Date(date))
        | (Value::Date(date), Value::Relative(relative)) => relative_and_date(relative, date),
        _ => Agreement::Incomparable,
    }
}

fn dates(left: &DateValue, right: &DateValue) -> Agreement {
    if left == right {
        return Agreement::Same;
    }
    if !left.agrees_with(right) {
        return DIFFERENT;
    }
    // A day or month without its year lies in every year.
    let of_any_year = |one: &DateValue, other: &DateValue| {
        !one.year_known && matches!(other.precision, Precision::Year | Precision::Period)
    };
    if of_any_year(left, right) || of_any_year(right, left) { VAGUE } else { BOUNDED }
}

fn times(left: &TimeValue, right: &TimeValue, closeness: Closeness) -> Agreement {
    if left == right {
        return Agreement::Same;
    }
    let zoned = closeness == Closeness::Comparable && left.may_be_in_another_zone(right);
    if left.agrees_with(right) || zoned { BOUNDED } else { DIFFERENT }
}

fn relative_dates(left: &RelativeDate, right: &RelativeDate) -> Agreement {
    match (left, right) {
        _ if left == right => Agreement::Same,
        (RelativeDate::Weekday(_), RelativeDate::Weekday(_)) => DIFFERENT,
        (
            RelativeDate::Counted { unit, offset },
            RelativeDate::Counted { unit: other_unit, offset: other_offset },
        ) if unit == other_unit && offset != other_offset => DIFFERENT,
        _ => VAGUE,
    }
}

/// A day of the week contradicts a day that falls on another; everything else can be the same.
fn relative_and_date(relative: &RelativeDate, date: &DateValue) -> Agreement {
    let RelativeDate::Weekday(weekday) = *relative else {
        return VAGUE;
    };
    let known = date.year_known && date.precision == Precision::Day;
    if known && date.start.weekday().to_monday_one_offset() != weekday { DIFFERENT } else { VAGUE }
}

/// A plain number can be a year that nothing marks as one, the day of a date, or the hour of a time of day. In a
/// translation, digits that are none of these stand for the date where nothing else does.
pub(super) fn number_and_time(
    number: &NumberValue,
    time: &Value,
    closeness: Closeness,
) -> Agreement {
    if let (Closeness::Comparable, Unit::Label) = (closeness, &number.unit) {
        return Agreement::Incomparable;
    }
    let digits = number.unit.is_plain() && !number.spelled;
    match time {
        Value::Date(date) if digits && is_year_of(date, number.low, number.high) => UNNAMED,
        Value::Date(date)
            if counts_years(number) && is_year_of(date, number.low / YEAR, number.high / YEAR) =>
        {
            UNNAMED
        }
        Value::Date(date) if digits && is_century_of(date, number) => UNNAMED,
        Value::Date(date) if digits && is_day_of(date, number) => VAGUE,
        Value::Time(time) if number.unit.is_plain() && time.has_hour(number.low) => UNNAMED,
        Value::Time(time) if digits && time.is_written(number.low) => UNNAMED,
        // "15 val." is an hour of the day or fifteen hours.
        Value::Time(time) if is_hours(number) && time.has_hour(number.low / HOUR) => UNNAMED,
        Value::Date(date) if date.precision == Precision::Year && is_year(number, closeness) => {
            DIFFERENT
        }
        _ if closeness == Closeness::Parallel && misread(number, time) => DIFFERENT,
        _ => Agreement::Incomparable,
    }
}

/// Whether years lie in a date.
fn is_year_of(date: &DateValue, first: f64, last: f64) -> bool {
    let years = (f64::from(date.start.year()), f64::from(date.end.year()));
    let whole_years = matches!(date.precision, Precision::Year | Precision::Period);
    date.year_known && whole_years && years.0 <= first && last <= years.1
}

/// Whether a number counts a century: "the 19th or early 20th century".
fn is_century_of(date: &DateValue, number: &NumberValue) -> bool {
    is_century(date) && f64::from(date.end.year()) == number.low * 100.0 - 1.0
}

fn is_century(date: &DateValue) -> bool {
    date.precision == Precision::Period && date.end.year() - date.start.year() >= 98
}

/// Whether a number can be the day of a date: "on the 5th".
fn is_day_of(date: &DateValue, number: &NumberValue) -> bool {
    date.precision == Precision::Day && f64::from(date.start.day()) == number.low
}

/// Whether a number counts hours.
fn is_hours(number: &NumberValue) -> bool {
    number.factor == HOUR && number.unit == Unit::Measure("s".to_owned())
}

/// Whether a number counts centuries.
fn counts_centuries(number: &NumberValue) -> bool {
    number.factor == 100.0 * YEAR && number.unit == Unit::Measure("month".to_owned())
}

/// Whether a number counts years.
fn counts_years(number: &NumberValue) -> bool {
    number.factor == YEAR && number.unit == Unit::Measure("month".to_owned())
}

/// Whether a number has the shape of a year. In a translation, "2216 years" is a year that nobody has seen yet.
fn is_year(number: &NumberValue, closeness: Closeness) -> bool {
    let four_digits = |value: f64| (1000.0..10_000.0).contains(&value) && value.fract() == 0.0;
    let point = number.low == number.high && !number.spelled;
    let counts_years = counts_years(number);
    point
        && match closeness {
            Closeness::Comparable => {
                number.unit == Unit::Count && (1000.0..2200.0).contains(&number.low)
            }
            Closeness::Parallel => {
                number.unit == Unit::Count && four_digits(number.low)
                    || counts_years && four_digits(number.low / YEAR)
            }
        }
}

/// Whether digits left over in a translation can be a day, a century, a year of a stretch, an hour or a minute that
/// is another.
fn misread(number: &NumberValue, time: &Value) -> bool {
    let point = !number.spelled && number.low == number.high;
    let plain = point && number.unit.is_plain();
    let short = number.low <= TWO_DIGITS;
    // "26 века" are twenty-six centuries, and "20 часов" twenty hours.
    let of_time = match time {
        Value::Date(date) => is_century(date) && counts_centuries(number),
        Value::Time(_) => is_hours(number) && number.low <= 24.0 * HOUR,
        _ => false,
    };
    point && of_time
        || plain
            && match time {
                Value::Date(date) => match date.precision {
                    Precision::Day => short,
                    Precision::Period if is_century(date) && short => true,
                    Precision::Period => is_year(number, Closeness::Parallel),
                    Precision::Month | Precision::Year => false,
                },
                Value::Time(_) => short,
                _ => false,
            }
}
