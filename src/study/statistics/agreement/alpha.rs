//! Krippendorff's alpha (Krippendorff 2019, "Content Analysis", 4th ed., ch. 12): α = 1 − Dₒ/Dₑ.
//!
//! From the coincidences o(c,k), the pairs of codes within units, a unit of m codes adding each pair with weight
//! 1/(m−1), and their marginals n(c): Dₒ = Σ o(c,k) δ²(c,k) / n, Dₑ = Σ n(c) n(k) δ²(c,k) / (n (n−1)). δ² is
//! 1 for different names; (c−k)² for intervals; ((c−k)/(c+k))² for ratios; for orders the square of the number
//! of codes from c to k, both counted half.
//!
//! The interval draws units with replacement (Zapf et al. 2016, BMC Med Res Methodol 16:93).

use super::{Codes, Level};
use crate::study::statistics::Interval;
use crate::study::statistics::bootstrap::quantile;
use crate::study::statistics::random::Stream;

/// Alpha, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Alpha {
    /// Its value, 1 for perfect agreement, 0 for what chance would give.
    Value(f64),
    /// No unit has two codes.
    NoPairs,
    /// All codes are the same, so that nothing can be said about telling them apart.
    NoVariation,
}

impl Alpha {
    /// The value, where there is one.
    pub fn value(self) -> Option<f64> {
        match self {
            Self::Value(value) => Some(value),
            Self::NoPairs | Self::NoVariation => None,
        }
    }

    /// Why there is none, in words.
    pub fn reason(self) -> Option<&'static str> {
        match self {
            Self::Value(_) => None,
            Self::NoPairs => Some("no unit was coded by two coders"),
            Self::NoVariation => Some("all codes are the same"),
        }
    }
}

/// Alpha of all units.
pub fn alpha(codes: &Codes, level: Level) -> Alpha {
    of_units(codes, level, &Pairs::new(codes), 0..codes.units.len())
}

/// The interval of alpha at a level of confidence, by drawing units with replacement; `None` where fewer than
/// nine in ten draws have an alpha.
pub fn alpha_interval(
    codes: &Codes,
    level: Level,
    draws: usize,
    confidence: f64,
    stream: &mut Stream,
) -> Option<Interval> {
    let count = codes.units.len();
    let pairs = Pairs::new(codes);
    let mut values: Vec<f64> = (0..draws)
        .filter_map(|_| {
            let units: Vec<usize> = (0..count).map(|_| stream.below(count)).collect();
            of_units(codes, level, &pairs, units.into_iter()).value()
        })
        .collect();
    if values.is_empty() || values.len() * 10 < draws * 9 {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let tail = (1.0 - confidence) / 2.0;
    Some(Interval { low: quantile(&values, tail), high: quantile(&values, 1.0 - tail) })
}

/// What each unit adds to the coincidences: its codes with their numbers, where there are two or more.
struct Pairs {
    units: Vec<Vec<(usize, f64)>>,
}

impl Pairs {
    fn new(codes: &Codes) -> Self {
        let counts = |unit: &Vec<Option<usize>>| {
            let mut own: Vec<usize> = unit.iter().flatten().copied().collect();
            own.sort_unstable();
            let mut counts: Vec<(usize, f64)> = Vec::new();
            for code in own {
                match counts.last_mut() {
                    Some((last, count)) if *last == code => *count += 1.0,
                    _ => counts.push((code, 1.0)),
                }
            }
            let all: f64 = counts.iter().map(|(_, count)| count).sum();
            if all >= 2.0 { counts } else { Vec::new() }
        };
        Self { units: codes.units.iter().map(counts).collect() }
    }
}

fn of_units(
    codes: &Codes,
    level: Level,
    pairs: &Pairs,
    units: impl Iterator<Item = usize> + Clone,
) -> Alpha {
    let mut marginals = vec![0.0; codes.values.len()];
    for unit in units.clone() {
        pairs.units[unit].iter().for_each(|&(code, count)| marginals[code] += count);
    }
    let all: f64 = marginals.iter().sum();
    if all < 2.0 {
        return Alpha::NoPairs;
    }
    let distance = Distance::new(codes, level, &marginals);
    let mut observed = 0.0;
    for unit in units {
        let counts = &pairs.units[unit];
        let size: f64 = counts.iter().map(|(_, count)| count).sum();
        let sum: f64 = counts
            .iter()
            .enumerate()
            .flat_map(|(index, one)| counts[index + 1..].iter().map(move |other| (one, other)))
            .map(|(&(c, count), &(k, other))| 2.0 * count * other * distance.squared(c, k))
            .sum();
        if sum > 0.0 {
            observed += sum / (size - 1.0);
        }
    }
    let expected = distance.expected(&marginals) / (all - 1.0);
    if expected > 0.0 { Alpha::Value(1.0 - observed / expected) } else { Alpha::NoVariation }
}

/// Squared distances between codes.
struct Distance<'c> {
    codes: &'c Codes,
    level: Level,
    /// Codes before each code, and half of its own: ranks of an ordinal variable.
    ranks: Vec<f64>,
}

impl<'c> Distance<'c> {
    fn new(codes: &'c Codes, level: Level, marginals: &[f64]) -> Self {
        let mut before = 0.0;
        let ranks = marginals
            .iter()
            .map(|count| {
                let rank = before + count / 2.0;
                before += count;
                rank
            })
            .collect();
        Self { codes, level, ranks }
    }

    fn squared(&self, one: usize, other: usize) -> f64 {
        if one == other {
            return 0.0;
        }
        let (c, k) = (self.codes.values[one].number, self.codes.values[other].number);
        match self.level {
            Level::Nominal => 1.0,
            Level::Ordinal => (self.ranks[one] - self.ranks[other]).powi(2),
            Level::Interval => (c - k).powi(2),
            Level::Ratio => {
                let sum = c + k;
                if sum == 0.0 { 0.0 } else { ((c - k) / sum).powi(2) }
            }
        }
    }

    /// Σ n(c) n(k) δ²(c,k) over all pairs of codes.
    fn expected(&self, marginals: &[f64]) -> f64 {
        let all: f64 = marginals.iter().sum();
        // Squares of differences of numbers need no pairs: Σ n(c) n(k) (c−k)² = 2 (n Σ n(c) c² − (Σ n(c) c)²).
        let of_numbers = |number: &dyn Fn(usize) -> f64| {
            let mean = marginals.iter().enumerate().map(|(c, n)| n * number(c)).sum::<f64>() / all;
            let squares = marginals.iter().enumerate().map(|(c, n)| n * (number(c) - mean).powi(2));
            2.0 * all * squares.sum::<f64>()
        };
        match self.level {
            Level::Nominal => all * all - marginals.iter().map(|n| n * n).sum::<f64>(),
            Level::Ordinal => of_numbers(&|code| self.ranks[code]),
            Level::Interval => of_numbers(&|code| self.codes.values[code].number),
            Level::Ratio => {
                let used: Vec<usize> =
                    (0..marginals.len()).filter(|&c| marginals[c] > 0.0).collect();
                let pair = |(place, &c): (usize, &usize)| -> f64 {
                    let others = used[place + 1..].iter();
                    others.map(|&k| 2.0 * marginals[c] * marginals[k] * self.squared(c, k)).sum()
                };
                used.iter().enumerate().map(pair).sum()
            }
        }
    }
}
