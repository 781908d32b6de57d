//! How two facts relate: the same, compatible for a reason that can be named, or contradicting.
//!
//! [`matching`] sets the facts of two passages against each other; [`numbers`] and [`times`] know when two
//! values can both be right, [`readings`] what else a number can mean, and
//! [`conversions`] what translators round. [`names`], [`name_conflicts`] and [`titles`] know which names and titles stand for each other.

mod conversions;
mod matching;
mod name_conflicts;
mod name_places;
mod name_words;
mod names;
mod numbers;
mod readings;
mod times;
mod titles;

use serde::Serialize;

use super::Value;

pub use matching::{Class, Match, match_facts};
pub use name_conflicts::{
    Acquaintance, Alias, EVIDENCE, NameConflict, aliases, name_conflicts, unanswered_names,
};
pub use names::NamePassage;
pub use titles::{TitleConflict, is_one_person, names_differ, title_conflicts};

/// The last of the Latin letters with marks.
const LAST_LATIN: char = '\u{24f}';

/// Whether a character comes no later than the last Latin letter: no Cyrillic one.
fn is_latin(letter: char) -> bool {
    letter <= LAST_LATIN
}

/// How two values relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// The same value.
    Same,
    /// Both can be true of the same thing.
    Compatible(Compatibility),
    /// They contradict each other.
    Different(Difference),
    /// They say nothing about each other.
    Incomparable,
}

/// Why two values that differ are no contradiction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compatibility {
    /// One is the other in rounder figures.
    Rounded,
    /// One is the other in another unit.
    Converted,
    /// One leaves open what the other says: "more than", a range, a month for one of its days.
    Bounded,
    /// The figures are the same, and only one side says what they count.
    Unnamed,
    /// They can mean the same time, but what they say of it has little in common: "tomorrow" and "in May".
    Vague,
    /// A later report gives a number that has grown since.
    LaterReport,
}

/// What a contradiction is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Difference {
    /// Numbers, in one unit or in none.
    Number,
    /// Dates, days of the week, times of day.
    Date,
    /// Units: the same figure in another unit, or a wrong conversion.
    Unit,
}

/// How close two texts are whose facts are set against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closeness {
    /// A translation: the same figures, rounded only where units are converted.
    Parallel,
    /// Two reports on the same: each rounds and leaves open as it likes.
    Comparable,
}

impl Value {
    /// How this value relates to another, where two reports on the same may say each. Names are the same or
    /// incomparable; so are values of different kinds, but for years and plain numbers, and days of the week and
    /// dates.
    pub fn compare(&self, other: &Value) -> Agreement {
        self.compare_in(other, Closeness::Comparable)
    }

    /// How this value relates to another in texts that are as close as given.
    pub fn compare_in(&self, other: &Value, closeness: Closeness) -> Agreement {
        match (self, other) {
            (Value::Name(left), Value::Name(right)) if left.key == right.key => Agreement::Same,
            (Value::Number(left), Value::Number(right)) => left.compare_in(right, closeness),
            (Value::Number(number), time) | (time, Value::Number(number)) => {
                times::number_and_time(number, time, closeness)
            }
            _ => times::compare(self, other, closeness),
        }
    }
}
