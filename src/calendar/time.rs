//! Times of day as values.

use serde::{Serialize, Serializer, ser::SerializeStruct};

/// Minutes of an hour, of half a day and of a day.
const HOUR: i32 = 60;
const HALF_DAY: i32 = 12 * 60;
const DAY: i32 = 24 * 60;

/// A time of day or a stretch of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimeValue {
    /// First minute, counted from midnight, 0..1440.
    pub start: i16,
    /// Last minute; equals `start` for a point.
    pub end: i16,
    /// Whether the text says which half of the day it is.
    pub half_known: bool,
    /// Minutes ahead of universal time, where the text names a zone.
    pub zone: Option<i16>,
}

impl TimeValue {
    /// A point of the day, in minutes from midnight.
    pub fn point(minute: i16, half_known: bool) -> Self {
        Self { start: minute, end: minute, half_known, zone: None }
    }

    /// Whether both can be the same time: in another zone, or twelve hours apart where one leaves the half of the
    /// day open.
    pub fn agrees_with(&self, other: &TimeValue) -> bool {
        let shift = match (self.zone, other.zone) {
            (Some(left), Some(right)) => i32::from(right) - i32::from(left),
            _ => 0,
        };
        let round = if self.half_known && other.half_known { DAY } else { HALF_DAY };
        self.is_apart_by(other, shift, round)
    }

    /// Whether both can be the same time because only one names a zone: whole hours apart. A report that names none means that
    /// of its readers or that of the place, a translation that of its source.
    pub fn may_be_in_another_zone(&self, other: &TimeValue) -> bool {
        self.zone.is_some() != other.zone.is_some() && self.is_apart_by(other, 0, HOUR)
    }

    /// Whether times are apart by `shift` minutes and as many times `round` as you like.
    fn is_apart_by(&self, other: &TimeValue, shift: i32, round: i32) -> bool {
        let same = |left: i16, right: i16| {
            (i32::from(left) + shift - i32::from(right)).rem_euclid(round) == 0
        };
        // A stretch agrees with one of its ends told alone.
        let point = self.start == self.end || other.start == other.end;
        let (starts, ends) = (same(self.start, other.start), same(self.end, other.end));
        if point { starts || ends } else { starts && ends }
    }

    /// Whether a number is what stands before its minutes, or all of it with the minutes as decimals: `3` or `3.35` for
    /// `3:35`.
    pub fn is_written(&self, number: f64) -> bool {
        let written = |minute: i16| {
            let (hour, minutes) = (f64::from(minute / 60), f64::from(minute % 60));
            number == hour || (number - hour - minutes / 100.0).abs() < 1e-9
        };
        written(self.start) || written(self.end)
    }

    /// Whether a number is its full hour.
    pub fn has_hour(&self, hour: f64) -> bool {
        let minutes = hour * 60.0;
        let same = |minute: i16| {
            let minute = f64::from(minute);
            minute == minutes || minute == minutes + f64::from(HALF_DAY)
        };
        same(self.start) || same(self.end)
    }
}

impl Serialize for TimeValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let clock = |minute: i16| format!("{:02}:{:02}", minute / 60, minute % 60);
        let mut value = serializer.serialize_struct("TimeValue", 4)?;
        value.serialize_field("start", &clock(self.start))?;
        value.serialize_field("end", &clock(self.end))?;
        value.serialize_field("half_known", &self.half_known)?;
        value.serialize_field("zone", &self.zone)?;
        value.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_of_a_zone_may_be_another_hour_where_no_zone_is_named() {
        let german = TimeValue { zone: Some(60), ..TimeValue::point(160, true) };
        let lithuanian = TimeValue { zone: Some(120), ..TimeValue::point(220, true) };
        let bare = TimeValue::point(220, true);
        assert!(german.agrees_with(&lithuanian) && !german.agrees_with(&bare));
        assert!(german.may_be_in_another_zone(&bare));
        assert!(!german.may_be_in_another_zone(&TimeValue::point(235, true)));
        assert!(!bare.may_be_in_another_zone(&TimeValue::point(160, true)));
        assert!(!lithuanian.may_be_in_another_zone(&german));
    }
}
