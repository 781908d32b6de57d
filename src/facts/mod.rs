//! Facts: numbers, dates and names of a sentence, each a span plus a value that does not depend on
//! the language.

use serde::Serialize;

use crate::text::Span;

pub use crate::calendar::{DateValue, Precision};

/// A fact of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Where it stands, in bytes of the document's cleaned text.
    pub span: Span,
    /// What it says.
    pub value: Value,
}

/// What a fact says, in a form that is the same in every language.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "kebab-case")]
pub enum Value {
    /// A number or a range of numbers.
    Number(NumberValue),
    /// A date or a stretch of time.
    Date(DateValue),
    /// A name of a person, place or organisation.
    Name(NameValue),
}

/// A number: a point or a range, with what it counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NumberValue {
    /// Smallest value meant; the value itself for a point.
    pub low: f64,
    /// Largest value meant; equals `low` for a point.
    pub high: f64,
    /// What it counts.
    pub unit: Unit,
    /// Whether the text says "about", "almost", "more than" and the like.
    pub approximate: bool,
}

/// What a number counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Things, or nothing said.
    Count,
    /// A place in an order: the third.
    Ordinal,
    /// Hundredths.
    Percent,
    /// Difference between percentages.
    PercentagePoint,
    /// Money, by ISO 4217 code.
    Money(String),
    /// A measured quantity, by its base unit.
    Measure(String),
}

/// A name as it stands, and the key under which it meets itself in other scripts and cases.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct NameValue {
    /// The name as written.
    pub name: String,
    /// Cross-script phonetic key of the last word of the name (its most telling part for a person).
    pub key: String,
}
