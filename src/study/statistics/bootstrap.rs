//! Bootstrap intervals over events: bias-corrected and accelerated (Efron 1987, "Better Bootstrap Confidence
//! Intervals", JASA 82:171).
//!
//! With θ* the replicates, z₀ = Φ⁻¹(share of θ* below θ, ties by half) and the acceleration
//! a = Σ dᵢ³ / (6 (Σ dᵢ²)^1.5), dᵢ the mean of the leave-one-out estimates minus the i-th, the ends are the
//! quantiles Φ(z₀ + (z₀ + z) / (1 - a (z₀ + z))) of θ* at z = ±1.96 for 95 %.

use super::Interval;
use super::random::Stream;
use super::special::{normal_below, normal_quantile};
use super::sums::Sums;

/// Fewest events an interval is computed from.
pub const LEAST_UNITS: usize = 8;
/// Least share of the replicates that must have a value.
const LEAST_SHARE: f64 = 0.9;

/// How intervals are computed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bootstrap {
    /// Number of replicates.
    pub replicates: usize,
    /// Share of intervals that hold the true value.
    pub level: f64,
}

impl Default for Bootstrap {
    fn default() -> Self {
        Self { replicates: 2000, level: 0.95 }
    }
}

/// Why there is no interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoInterval {
    /// There are fewer than [`LEAST_UNITS`] events.
    TooFewUnits,
    /// The statistic has no value for all events, or for too many of the replicates.
    NoValue,
    /// All replicates are the same.
    NoVariation,
}

impl NoInterval {
    /// The reason in words.
    pub fn reason(self) -> &'static str {
        match self {
            Self::TooFewUnits => "fewer than 8 events",
            Self::NoValue => "the statistic has no value in too many draws",
            Self::NoVariation => "the statistic is the same in all draws",
        }
    }
}

/// The interval of a statistic of sums over events.
///
/// # Errors
/// The reason why there is none.
pub fn interval(
    units: &Sums,
    statistic: &(dyn Fn(&[f64]) -> Option<f64> + Sync),
    bootstrap: Bootstrap,
    stream: &mut Stream,
) -> Result<Interval, NoInterval> {
    let count = units.len();
    if count < LEAST_UNITS {
        return Err(NoInterval::TooFewUnits);
    }
    let estimate = statistic(&units.total()).ok_or(NoInterval::NoValue)?;
    let mut total = vec![0.0; units.width()];
    let mut replicates = Vec::with_capacity(bootstrap.replicates);
    for _ in 0..bootstrap.replicates {
        units.total_of((0..count).map(|_| stream.below(count)), &mut total);
        replicates.extend(statistic(&total));
    }
    if (replicates.len() as f64) < LEAST_SHARE * bootstrap.replicates as f64 {
        return Err(NoInterval::NoValue);
    }
    let left_out: Vec<f64> =
        units.totals_without_one().filter_map(|total| statistic(&total)).collect();
    accelerated(estimate, &mut replicates, &left_out, bootstrap.level)
        .ok_or(NoInterval::NoVariation)
}

/// The interval from the estimate, its replicates and the estimates that leave one unit out each; `None` where
/// replicates do not differ.
pub fn accelerated(
    estimate: f64,
    replicates: &mut [f64],
    left_out: &[f64],
    level: f64,
) -> Option<Interval> {
    replicates.sort_by(f64::total_cmp);
    let (first, last) = (*replicates.first()?, *replicates.last()?);
    if last - first <= 1e-12 * (1.0 + first.abs().max(last.abs())) {
        return None;
    }
    let below = replicates.iter().filter(|&&value| value < estimate).count();
    let up_to = replicates.iter().filter(|&&value| value <= estimate).count();
    let share = (below + up_to) as f64 / (2 * replicates.len()) as f64;
    // A share of 0 or 1 would move the interval to one end; half a replicate is what is known.
    let half = 0.5 / replicates.len() as f64;
    let bias = normal_quantile(share.clamp(half, 1.0 - half));
    let acceleration = acceleration(left_out);
    let end = |probability: f64| {
        let z = bias + normal_quantile(probability);
        quantile(replicates, normal_below(bias + z / (1.0 - acceleration * z)))
    };
    let tail = (1.0 - level) / 2.0;
    Some(Interval { low: end(tail), high: end(1.0 - tail) })
}

fn acceleration(left_out: &[f64]) -> f64 {
    let mean = left_out.iter().sum::<f64>() / left_out.len().max(1) as f64;
    let (mut squares, mut cubes) = (0.0, 0.0);
    for value in left_out {
        let distance = mean - value;
        squares += distance * distance;
        cubes += distance * distance * distance;
    }
    if squares > 0.0 { cubes / (6.0 * squares.powf(1.5)) } else { 0.0 }
}

/// Quantile of ascending values, between two neighbours by linear interpolation (type 7 of Hyndman & Fan).
pub fn quantile(sorted: &[f64], probability: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let place = probability.clamp(0.0, 1.0) * last as f64;
    let lower = place.floor() as usize;
    let upper = (lower + 1).min(last);
    sorted[lower] + (sorted[upper] - sorted[lower]) * (place - lower as f64)
}
