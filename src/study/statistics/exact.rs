//! Shares and counts: exact tests (binomial, Fisher), and Wilson's interval of a share. Two-sided p is the probability of
//! all outcomes that are no likelier than the one observed.

use super::Interval;
use super::special::{log_choose, normal_quantile};

/// Outcomes whose probabilities differ by less than this share count as equally likely.
const TIE: f64 = 1e-7;

/// Two-sided p of `successes` in `trials` at the probability `expected`.
pub fn binomial(successes: u64, trials: u64, expected: f64) -> f64 {
    if trials == 0 {
        return 1.0;
    }
    let log = |k: u64| {
        let part = |count: u64, probability: f64| {
            if count == 0 { 0.0 } else { count as f64 * probability.ln() }
        };
        log_choose(trials as f64, k as f64) + part(k, expected) + part(trials - k, 1.0 - expected)
    };
    no_likelier(0..=trials, successes, log)
}

/// Two-sided p of Fisher's exact test on the table `[[a, b], [c, d]]`.
pub fn fisher(a: u64, b: u64, c: u64, d: u64) -> f64 {
    let (row, other, column) = (a + b, c + d, a + c);
    let log = |k: u64| {
        log_choose(row as f64, k as f64) + log_choose(other as f64, (column - k) as f64)
            - log_choose((row + other) as f64, column as f64)
    };
    no_likelier(column.saturating_sub(other)..=row.min(column), a, log)
}

fn no_likelier(
    outcomes: impl Iterator<Item = u64>,
    observed: u64,
    log: impl Fn(u64) -> f64,
) -> f64 {
    let limit = log(observed) + TIE;
    outcomes.map(&log).filter(|&likely| likely <= limit).map(f64::exp).sum::<f64>().min(1.0)
}

/// Wilson's interval of a share (Wilson 1927, JASA 22:209); `None` without trials.
pub fn wilson(successes: usize, trials: usize, level: f64) -> Option<Interval> {
    if trials == 0 {
        return None;
    }
    let (n, share) = (trials as f64, successes as f64 / trials as f64);
    let z = normal_quantile(f64::midpoint(1.0, level));
    let z_squared = z * z;
    let middle = (share + z_squared / (2.0 * n)) / (1.0 + z_squared / n);
    let spread =
        z / (1.0 + z_squared / n) * (share * (1.0 - share) / n + z_squared / (4.0 * n * n)).sqrt();
    Some(Interval { low: (middle - spread).max(0.0), high: (middle + spread).min(1.0) })
}
