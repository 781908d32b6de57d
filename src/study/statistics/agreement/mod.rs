//! Reliability of codings: units coded by several coders, some codes missing.

mod alpha;
mod kappa;

use std::collections::BTreeMap;

pub use alpha::{Alpha, alpha, alpha_interval};
pub use kappa::{Kappa, Weights, kappa, percent_agreement};

/// What the values of a variable mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// Names without an order.
    Nominal,
    /// An order without distances.
    Ordinal,
    /// Distances without a zero.
    Interval,
    /// Distances from a zero.
    Ratio,
}

impl Level {
    /// All levels, from the one that says least.
    pub const ALL: [Level; 4] = [Self::Nominal, Self::Ordinal, Self::Interval, Self::Ratio];

    /// The level in one word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nominal => "nominal",
            Self::Ordinal => "ordinal",
            Self::Interval => "interval",
            Self::Ratio => "ratio",
        }
    }

    /// The level of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// Codes of one variable: a row for each unit, a place for each coder.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Codes {
    /// The values that occur, in their order; a code is an index into this list.
    pub values: Vec<CodeValue>,
    /// For each unit the code of each coder, where there is one.
    pub units: Vec<Vec<Option<usize>>>,
}

/// A value of a variable.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeValue {
    /// As it is written.
    pub label: String,
    /// As a number: itself, or its rank in a given order.
    pub number: f64,
}

impl Codes {
    /// Codes that are numbers; `None` is a missing one.
    pub fn of_numbers(units: &[Vec<Option<f64>>]) -> Self {
        let mut numbers: Vec<f64> = units.iter().flatten().flatten().copied().collect();
        numbers.sort_by(f64::total_cmp);
        numbers.dedup();
        let code = |number: f64| numbers.partition_point(|&known| known < number);
        let units =
            units.iter().map(|unit| unit.iter().map(|number| number.map(code)).collect()).collect();
        let values =
            numbers.iter().map(|&number| CodeValue { label: number.to_string(), number }).collect();
        Self { values, units }
    }

    /// Codes that are names, in alphabetical order.
    pub fn of_labels(units: &[Vec<Option<String>>]) -> Self {
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for label in units.iter().flatten().flatten() {
            numbers.insert(label, 0);
        }
        for (index, number) in numbers.values_mut().enumerate() {
            *number = index;
        }
        let code = |label: &Option<String>| {
            label.as_ref().and_then(|label| numbers.get(label.as_str()).copied())
        };
        let units = units.iter().map(|unit| unit.iter().map(code).collect()).collect();
        let values = numbers
            .iter()
            .map(|(label, &index)| CodeValue { label: (*label).to_owned(), number: index as f64 })
            .collect();
        Self { values, units }
    }

    /// Number of coders.
    pub fn coders(&self) -> usize {
        self.units.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Units that at least two coders coded: the only ones that tell of agreement.
    pub fn pairable(&self) -> usize {
        self.units.iter().filter(|unit| unit.iter().flatten().count() >= 2).count()
    }
}
