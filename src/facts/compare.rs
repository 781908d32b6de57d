//! Whether two numbers say the same, and which numbers and dates of one sentence the other does not have.

use super::{Bound, DateValue, Fact, NumberValue, Precision, Unit, Value};

/// How two numbers relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// The same value.
    Same,
    /// Both can be true of the same thing: rounding, a bound, a range, a conversion.
    Compatible,
    /// They contradict each other.
    Different,
    /// They count different things.
    Incomparable,
}

/// Relative slack of an exact number that is written in round figures: half of its last digit, if that is
/// at most this part of the value (`3.5 million` may be 3 480 000, `30` may not be 34).
const ROUNDING: f64 = 0.03;
/// Relative slack of a number the text calls approximate, at most.
const APPROXIMATE: f64 = 0.10;
/// Relative slack between two units of measure: translators round after converting.
const CONVERSION: f64 = 0.04;
/// How far "more than" and "less than" reach: up to this multiple of the value.
const REACH: f64 = 1.25;
/// Two values closer than this, relatively, are one.
const EQUAL: f64 = 1e-9;

impl NumberValue {
    /// How this number relates to another of the same thing.
    ///
    /// Rounding, bounds, ranges and conversions are no contradiction; a number without a unit agrees with
    /// one with a unit if the figures are the same.
    ///
    /// ```
    /// use parallax::facts::{Agreement, NumberValue};
    ///
    /// let thirty_three = NumberValue::count(33.0);
    /// assert_eq!(thirty_three.compare(&NumberValue::count(33.0)), Agreement::Same);
    /// assert_eq!(thirty_three.compare(&NumberValue::count(35.0)), Agreement::Different);
    /// ```
    pub fn compare(&self, other: &NumberValue) -> Agreement {
        if self.unit.is_plain() != other.unit.is_plain() {
            return self.compare_figures(other);
        }
        match (&self.unit, &other.unit) {
            (Unit::Percent, Unit::PercentagePoint) | (Unit::PercentagePoint, Unit::Percent) => {
                self.compare_figures(other)
            }
            (left, right) if left == right || left.is_plain() => self.compare_values(other),
            _ => Agreement::Incomparable,
        }
    }

    fn compare_values(&self, other: &NumberValue) -> Agreement {
        if close(self.low, other.low) && close(self.high, other.high) {
            return Agreement::Same;
        }
        let (left, right) = (self.reach(other), other.reach(self));
        if left.0 <= right.1 && right.0 <= left.1 {
            Agreement::Compatible
        } else {
            Agreement::Different
        }
    }

    /// Compares the figures as written where only one side names the unit.
    fn compare_figures(&self, other: &NumberValue) -> Agreement {
        let figure =
            |number: &NumberValue| (number.low / number.factor, number.high / number.factor);
        let (left, right) = (figure(self), figure(other));
        if close(left.0, right.0) && close(left.1, right.1) {
            Agreement::Compatible
        } else {
            Agreement::Incomparable
        }
    }

    /// The smallest and the largest value the number can stand for beside another.
    fn reach(&self, other: &NumberValue) -> (f64, f64) {
        let size = self.low.abs().max(self.high.abs());
        let half_step = self.step * self.factor / 2.0;
        // Only the coarser figure can be the rounded one.
        let coarser = self.step * self.factor > other.step * other.factor;
        let mut slack = if self.approximate {
            half_step.min(size * APPROXIMATE).max(size * APPROXIMATE / 4.0)
        } else if coarser && half_step <= size * ROUNDING {
            half_step
        } else {
            0.0
        };
        if self.factor != other.factor {
            slack = slack.max(size * CONVERSION);
        }
        match self.bound {
            Bound::AtLeast => (self.low - slack, self.high * REACH),
            Bound::AtMost => (self.low / REACH, self.high + slack),
            Bound::Exact | Bound::About => (self.low - slack, self.high + slack),
        }
    }
}

impl Value {
    /// How this value relates to another. Names are the same or incomparable; so are values of different
    /// kinds, but for a year and a plain number.
    pub fn compare(&self, other: &Value) -> Agreement {
        match (self, other) {
            (Value::Name(left), Value::Name(right)) if left.key == right.key => Agreement::Same,
            _ => relation(self, other),
        }
    }
}

impl Unit {
    /// Whether it counts things, or says nothing of what it counts.
    fn is_plain(&self) -> bool {
        matches!(self, Unit::Count | Unit::Ordinal)
    }
}

fn close(left: f64, right: f64) -> bool {
    (left - right).abs() <= EQUAL * left.abs().max(right.abs())
}

/// The facts of two sentences that have no counterpart in the other, as indices into the lists given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unmatched {
    /// Of the left list.
    pub left: Vec<usize>,
    /// Of the right list.
    pub right: Vec<usize>,
}

/// Which numbers and dates of two sentences that say the same have no counterpart.
///
/// Equal values are paired before compatible ones. A year agrees with the plain number, a range with its two
/// ends; what is only said again is left out, and so are names.
pub fn unmatched(left: &[Fact], right: &[Fact]) -> Unmatched {
    let mut rest = Unmatched { left: indices(left), right: indices(right) };
    for wanted in [Agreement::Same, Agreement::Compatible] {
        rest.left.retain(|&at| {
            let same = |&other: &usize| relation(&left[at].value, &right[other].value) == wanted;
            match rest.right.iter().position(same) {
                Some(partner) => {
                    rest.right.remove(partner);
                    false
                }
                None => true,
            }
        });
    }
    drop_split_ranges(left, right, &mut rest.left, &mut rest.right);
    drop_split_ranges(right, left, &mut rest.right, &mut rest.left);
    rest.left.retain(|&at| !is_repeated(&left[at].value, right));
    rest.right.retain(|&at| !is_repeated(&right[at].value, left));
    rest
}

/// Whether a fact left over says again what another fact said: a second mention, or the same quantity in
/// another unit, `30 metres (100 feet)`.
fn is_repeated(value: &Value, others: &[Fact]) -> bool {
    let wanted = match value {
        Value::Number(number) if matches!(number.unit, Unit::Measure(_)) => Agreement::Compatible,
        _ => Agreement::Same,
    };
    others.iter().any(|other| relation(value, &other.value) <= wanted)
}

impl Unmatched {
    /// The pairs among the unmatched that contradict each other: numbers of one unit and dates that cannot
    /// both be right, as indices into the two lists.
    pub fn conflicts(&self, left: &[Fact], right: &[Fact]) -> Vec<(usize, usize)> {
        let mut free = self.right.clone();
        let mut pairs = Vec::new();
        for contradict in [differ, differ_without_unit] {
            for &at in &self.left {
                if pairs.iter().any(|&(paired, _)| paired == at) {
                    continue;
                }
                let wanted = |&other: &usize| contradict(&left[at].value, &right[other].value);
                if let Some(position) = free.iter().position(wanted) {
                    pairs.push((at, free.remove(position)));
                }
            }
        }
        pairs.sort_unstable();
        pairs
    }
}

fn differ(left: &Value, right: &Value) -> bool {
    relation(left, right) == Agreement::Different
}

/// Whether two numbers left over are written in other figures and one of them has no unit: the unit is more likely
/// unread than the thing another.
fn differ_without_unit(left: &Value, right: &Value) -> bool {
    matches!((left, right), (Value::Number(left), Value::Number(right))
        if left.unit.is_plain() != right.unit.is_plain() && !left.spelled && !right.spelled)
}

fn indices(facts: &[Fact]) -> Vec<usize> {
    (0..facts.len()).filter(|&at| !matches!(facts[at].value, Value::Name(_))).collect()
}

fn relation(left: &Value, right: &Value) -> Agreement {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.compare(right),
        (Value::Date(left), Value::Date(right)) if left == right => Agreement::Same,
        (Value::Date(left), Value::Date(right)) if left.agrees_with(right) => Agreement::Compatible,
        (Value::Date(_), Value::Date(_)) => Agreement::Different,
        (Value::Date(date), Value::Number(number)) | (Value::Number(number), Value::Date(date)) => {
            year_and_number(date, number)
        }
        _ => Agreement::Incomparable,
    }
}

/// A plain number can be a year that nothing marks as one.
fn year_and_number(date: &DateValue, number: &NumberValue) -> Agreement {
    let years = (f64::from(date.start.year()), f64::from(date.end.year()));
    let whole_years = matches!(date.precision, Precision::Year | Precision::Period);
    if whole_years && number.unit.is_plain() && years.0 <= number.low && number.high <= years.1 {
        Agreement::Compatible
    } else {
        Agreement::Incomparable
    }
}

/// Takes out ranges of one side whose two ends stand apart on the other.
fn drop_split_ranges(
    ranges: &[Fact],
    ends: &[Fact],
    from: &mut Vec<usize>,
    others: &mut Vec<usize>,
) {
    from.retain(|&at| {
        let Value::Number(range) = &ranges[at].value else {
            return true;
        };
        let end_at = |value: f64| {
            others.iter().position(|&other| {
                matches!(&ends[other].value, Value::Number(end) if close(end.low, value) && end.low == end.high)
            })
        };
        match (end_at(range.low), end_at(range.high)) {
            (Some(low), Some(high)) if low != high => {
                let (first, second) = (low.max(high), low.min(high));
                others.remove(first);
                others.remove(second);
                false
            }
            _ => true,
        }
    });
}
