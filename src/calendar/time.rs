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

    /// Whether both can be the same time: in another zone, twelve hours apart where one leaves the half of the day open, or
    /// whole hours apart where one names a zone and the other does not, whose zone is then anybody's guess.
    pub fn agrees_with(&self, other: &TimeValue) -> bool {
        let (shift, round) = match (self.zone, other.zone) {
            (Some(_), None) | (None, Some(_)) => (0, HOUR),
            (left, right) => {
                let shift = i32::from(right.unwrap_or(0)) - i32::from(left.unwrap_or(0));
                (shift, if self.half_known && other.half_known { DAY } else { HALF_DAY })
            }
        };
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
        assert!(german.agrees_with(&lithuanian) && german.agrees_with(&bare));
        assert!(!german.agrees_with(&TimeValue::point(235, true)));
        assert!(!bare.agrees_with(&TimeValue::point(160, true)));
        assert!(!lithuanian.agrees_with(&TimeValue { zone: Some(60), ..bare }));
    }
}
