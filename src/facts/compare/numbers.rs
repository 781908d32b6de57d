//! Whether two numbers say the same.

use super::conversions;
use super::readings::{Readings, readings};
use super::{Agreement, Closeness, Compatibility, Difference};
use crate::facts::{Bound, NumberValue, Unit};

/// Relative slack of an exact number that is written in round figures: half of its last digit, if that is
/// at most this part of the value (`3.5 million` may be 3 480 000, `30` may not be 34).
const ROUNDING: f64 = 0.03;
/// Relative slack of a number the text calls approximate, at most.
const APPROXIMATE: f64 = 0.10;
/// Relative slack between two units of measure: writers round after converting.
const CONVERSION: f64 = 0.04;
/// Relative slack of half a step of the coarser figure after a conversion: `half an inch`, `1 cm`.
const COARSE_CONVERSION: f64 = 0.25;
/// How far "more than" and "less than" reach: up to this multiple of the value.
const REACH: f64 = 1.25;
/// Two values closer than this, relatively, are one.
const EQUAL: f64 = 1e-9;

impl NumberValue {
    /// How this number relates to another of the same thing in two reports.
    ///
    /// Rounding, bounds, ranges and conversions are no contradiction; a number without a unit agrees with
    /// one with a unit if the figures are the same.
    ///
    /// ```
    /// use parallax::facts::{Agreement, Difference, NumberValue};
    ///
    /// let thirty_three = NumberValue::count(33.0);
    /// assert_eq!(thirty_three.compare(&NumberValue::count(33.0)), Agreement::Same);
    /// let other = thirty_three.compare(&NumberValue::count(35.0));
    /// assert_eq!(other, Agreement::Different(Difference::Number));
    /// ```
    pub fn compare(&self, other: &NumberValue) -> Agreement {
        self.compare_in(other, Closeness::Comparable)
    }

    pub(super) fn compare_in(&self, other: &NumberValue, closeness: Closeness) -> Agreement {
        if self.unit == Unit::Label || other.unit == Unit::Label {
            return self.compare_labels(other, closeness);
        }
        if let Some(readings) = readings(self, other) {
            return self.compare_readings(other, &readings, closeness);
        }
        match (&self.unit, &other.unit) {
            (left, right) if left == right => self.compare_values(other, closeness),
            (left, right) if left.is_plain() || right.is_plain() => {
                self.compare_figures(other, Agreement::Incomparable)
            }
            _ => self.compare_units(other, closeness),
        }
    }

    /// The figures of the text, before conversion to base units.
    fn figures(&self) -> (f64, f64) {
        let figure = |value: f64| (value - self.offset) / self.factor;
        (figure(self.low), figure(self.high))
    }

    fn same_figures(&self, other: &NumberValue) -> bool {
        let (left, right) = (self.figures(), other.figures());
        close(left.0, right.0) && close(left.1, right.1)
    }

    /// Digits of names and serial numbers mean something only to a translation, which keeps them.
    fn compare_labels(&self, other: &NumberValue, closeness: Closeness) -> Agreement {
        let both = self.unit == other.unit;
        match closeness {
            _ if both && self.same_figures(other) => Agreement::Same,
            Closeness::Parallel if self.is_short_year_of(other) => {
                Agreement::Compatible(Compatibility::Unnamed)
            }
            Closeness::Parallel if both => Agreement::Different(Difference::Number),
            Closeness::Parallel => self.compare_figures(other, Agreement::Incomparable),
            Closeness::Comparable => Agreement::Incomparable,
        }
    }

    /// Whether one number is a year and the other its last two digits.
    fn is_short_year_of(&self, other: &NumberValue) -> bool {
        let (short, year) = (self.low.min(other.low), self.low.max(other.low));
        (1900.0..2100.0).contains(&year) && year % 100.0 == short
    }

    /// The best that any of the readings says. Reports on the same may mean other things by figures whose unit is only
    /// half said, so those contradict each other only in a translation.
    fn compare_readings(
        &self,
        other: &NumberValue,
        readings: &Readings,
        closeness: Closeness,
    ) -> Agreement {
        let rounding = if readings.round { Closeness::Comparable } else { closeness };
        let best = (readings.pairs.iter())
            .map(|(one, other)| one.compare_values(other, rounding))
            .min()
            .unwrap_or(Agreement::Incomparable);
        match best {
            Agreement::Same if self.unit != other.unit => {
                Agreement::Compatible(Compatibility::Unnamed)
            }
            Agreement::Different(_) if !readings.sure => {
                let open = closeness == Closeness::Comparable;
                self.compare_figures(other, if open { Agreement::Incomparable } else { best })
            }
            best => best,
        }
    }

    fn compare_values(&self, other: &NumberValue, closeness: Closeness) -> Agreement {
        if close(self.low, other.low) && close(self.high, other.high) {
            return Agreement::Same;
        }
        let converted = self.factor != other.factor || self.offset != other.offset;
        let agree = match closeness {
            Closeness::Comparable => self.overlaps(other),
            Closeness::Parallel => self.translates(other),
        };
        if closeness == Closeness::Parallel && self.is_misgrouped(other) {
            return Agreement::Compatible(Compatibility::Unnamed);
        }
        if agree {
            let open = self.bound != Bound::Exact || other.bound != Bound::Exact;
            let range = self.low != self.high || other.low != other.high;
            return Agreement::Compatible(if converted {
                Compatibility::Converted
            } else if open || range {
                Compatibility::Bounded
            } else {
                Compatibility::Rounded
            });
        }
        let unit = converted || conversions::has_wrong_unit(self, other);
        Agreement::Different(if unit { Difference::Unit } else { Difference::Number })
    }

    /// Compares the figures as written where units do not decide.
    fn compare_figures(&self, other: &NumberValue, otherwise: Agreement) -> Agreement {
        if !self.same_figures(other) {
            return otherwise;
        }
        // "Second" is a place in an order or a matter of words: "zwei Wohnungen", "a second home".
        let in_order = |one: &NumberValue| one.unit == Unit::Ordinal && one.spelled;
        Agreement::Compatible(if in_order(self) != in_order(other) {
            Compatibility::Vague
        } else {
            Compatibility::Unnamed
        })
    }

    /// Two units that have nothing to do with each other: the same figure in both is a wrong unit.
    fn compare_units(&self, other: &NumberValue, closeness: Closeness) -> Agreement {
        // Reports on the same have five men and five days in one sentence; a translation has not.
        let money = matches!((&self.unit, &other.unit), (Unit::Money(_), Unit::Money(_)));
        if (money || closeness == Closeness::Parallel) && self.same_figures(other) {
            Agreement::Different(Difference::Unit)
        } else {
            Agreement::Incomparable
        }
    }

    /// Whether one number is the other with its group sign taken for a decimal sign: `2,243`.
    fn is_misgrouped(&self, other: &NumberValue) -> bool {
        let thousandfold = |one: &NumberValue, other: &NumberValue| {
            one.step == 0.001
                && close(one.low * 1e3, other.low)
                && close(one.high * 1e3, other.high)
        };
        thousandfold(self, other) || thousandfold(other, self)
    }

    /// Whether two reports can mean the same by the two numbers.
    fn overlaps(&self, other: &NumberValue) -> bool {
        let (left, right) = (self.reach(other), other.reach(self));
        left.0 <= right.1 && right.0 <= left.1
    }

    /// The smallest and the largest value the number can stand for beside another in a report.
    fn reach(&self, other: &NumberValue) -> (f64, f64) {
        let width = (self.high - self.low).abs();
        let size = self.size();
        let half_step = self.half_step();
        // Only the coarser figure can be the rounded one.
        let coarser = half_step > other.half_step();
        let mut slack = 0.0;
        if self.approximate {
            slack = half_step.min(size * APPROXIMATE).max(size * APPROXIMATE / 4.0);
        } else if coarser && half_step <= size * ROUNDING {
            slack = half_step;
        }
        if self.factor != other.factor || self.offset != other.offset {
            slack = slack.max(size * CONVERSION);
            if coarser {
                slack = slack.max(half_step.min(size * COARSE_CONVERSION));
            }
            // A degree is no part of the value; a range is rounded at both ends.
            slack = slack.max(self.degree(other)).max(width * CONVERSION);
        }
        match self.bound {
            Bound::AtLeast => (self.low - slack, self.high.max(self.high * REACH)),
            Bound::AtMost => (self.low.min(self.low / REACH), self.high + slack),
            Bound::Exact | Bound::About => (self.low - slack, self.high + slack),
        }
    }

    /// Whether one number can be the translation of the other: both ends are the same but for what a conversion rounds.
    fn translates(&self, other: &NumberValue) -> bool {
        let within = |left: f64, right: f64| {
            let size = left.abs().max(right.abs());
            let slack = if self.factor != other.factor || self.offset != other.offset {
                conversions::slack(self, other, size)
            } else if conversions::share_source(self, other, left, right) {
                return true;
            } else {
                0.0
            };
            (left - right).abs() <= slack + size * EQUAL
        };
        within(self.low, other.low) && within(self.high, other.high)
    }

    /// The larger end, without its sign.
    fn size(&self) -> f64 {
        self.low.abs().max(self.high.abs())
    }

    /// Half of the last digit that says something.
    fn half_step(&self) -> f64 {
        self.step * self.factor / 2.0
    }

    /// What a temperature may be off after conversion.
    fn degree(&self, other: &NumberValue) -> f64 {
        if self.offset != other.offset { 1.0 } else { 0.0 }
    }
}

impl Unit {
    /// Whether it counts things, or says nothing of what it counts.
    pub(super) fn is_plain(&self) -> bool {
        matches!(self, Unit::Count | Unit::Ordinal | Unit::Label)
    }
}

pub(super) fn close(left: f64, right: f64) -> bool {
    (left - right).abs() <= EQUAL * left.abs().max(right.abs())
}
