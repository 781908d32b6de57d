//! Other readings of a number beside another: a share as a percentage, months as days, pounds of money as pounds of
//! weight, degrees as those of a scale.

use crate::facts::{NumberValue, Unit};

/// Seconds of a month, on average; and the bases of the two kinds of durations.
const MONTH: f64 = 2_629_800.0;
const SECONDS: &str = "s";
const MONTHS: &str = "month";
/// Kilograms of a pound, and what makes degrees Celsius of degrees Fahrenheit.
const POUND: f64 = 0.453_592_4;
const FAHRENHEIT: (f64, f64) = (5.0 / 9.0, -160.0 / 9.0);

/// Two numbers as they can be set against each other, though their units differ or are only half said.
pub(super) struct Readings {
    /// The two numbers, once for each way to read them.
    pub(super) pairs: Vec<(NumberValue, NumberValue)>,
    /// Whether one of the ways is right for sure.
    pub(super) sure: bool,
    /// Whether one of the numbers is a round figure by its nature, as a third is.
    pub(super) round: bool,
}

/// The readings of two numbers; none where they have none but what is written.
pub(super) fn readings(left: &NumberValue, right: &NumberValue) -> Option<Readings> {
    if let Some(pair) = shares(left, right) {
        return Some(Readings { pairs: vec![pair], sure: true, round: true });
    }
    if let Some(pair) = durations(left, right) {
        return Some(Readings { pairs: vec![pair], sure: true, round: false });
    }
    let one_way = meanings(left, &right.unit).into_iter().map(|left| (left, right.clone()));
    let other_way = meanings(right, &left.unit).into_iter().map(|right| (left.clone(), right));
    let pairs: Vec<_> = one_way.chain(other_way).collect();
    (!pairs.is_empty()).then(|| Readings { pairs, sure: left.unit == right.unit, round: false })
}

/// What a number can mean where its unit is only half said.
fn meanings(number: &NumberValue, beside: &Unit) -> Vec<NumberValue> {
    const DOLLARS: [&str; 6] = ["USD", "AUD", "CAD", "HKD", "NZD", "SGD"];
    let as_written = || NumberValue { unit: beside.clone(), ..number.clone() };
    match (&number.unit, beside) {
        (Unit::Percent, Unit::PercentagePoint) => vec![as_written()],
        (Unit::Money(one), Unit::Money(other))
            if one == "USD" && DOLLARS.contains(&other.as_str()) =>
        {
            vec![as_written()]
        }
        // Pounds of money and of weight have one word in several languages.
        (Unit::Money(one), Unit::Measure(base)) if one == "GBP" && base == "kg" => {
            vec![converted(number, (POUND, 0.0), base)]
        }
        (Unit::Measure(one), Unit::Measure(base))
            if one == "°" && (base == "°C" || base == "°") =>
        {
            vec![as_written(), converted(number, FAHRENHEIT, base)]
        }
        _ => Vec::new(),
    }
}

fn converted(number: &NumberValue, (factor, offset): (f64, f64), base: &str) -> NumberValue {
    NumberValue {
        low: number.low * factor + offset,
        high: number.high * factor + offset,
        unit: Unit::Measure(base.to_owned()),
        factor,
        offset,
        ..number.clone()
    }
}

/// A part of a whole and a percentage, both in hundredths.
fn shares(left: &NumberValue, right: &NumberValue) -> Option<(NumberValue, NumberValue)> {
    let share =
        |number: &NumberValue| number.unit == Unit::Count && number.low > 0.0 && number.high < 1.0;
    let hundredths = |number: &NumberValue| NumberValue {
        low: number.low * 100.0,
        high: number.high * 100.0,
        unit: Unit::Percent,
        step: 1.0,
        approximate: true,
        ..number.clone()
    };
    match (&left.unit, &right.unit) {
        (Unit::Percent, _) if share(right) => Some((left.clone(), hundredths(right))),
        (_, Unit::Percent) if share(left) => Some((hundredths(left), right.clone())),
        _ => None,
    }
}

/// Two durations of which one is counted in months and one in days or less, both in seconds.
fn durations(left: &NumberValue, right: &NumberValue) -> Option<(NumberValue, NumberValue)> {
    let base = |number: &NumberValue| match &number.unit {
        Unit::Measure(base) if base == SECONDS => Some(false),
        Unit::Measure(base) if base == MONTHS => Some(true),
        _ => None,
    };
    let (in_months, other_in_months) = (base(left)?, base(right)?);
    if in_months == other_in_months {
        return None;
    }
    let seconds = |number: &NumberValue, in_months: bool| {
        let factor = if in_months { MONTH } else { 1.0 };
        NumberValue {
            low: number.low * factor,
            high: number.high * factor,
            unit: Unit::Measure(SECONDS.to_owned()),
            factor: number.factor * factor,
            ..number.clone()
        }
    };
    Some((seconds(left, in_months), seconds(right, other_in_months)))
}
