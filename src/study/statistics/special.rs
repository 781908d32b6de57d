//! Distribution functions: normal, chi-squared, Student's t, and what they are made of.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

use libm::{erfc, lgamma};

/// Terms after which a series or fraction is taken as it is; all end long before.
const MOST_TERMS: usize = 10_000;
/// Relative change below which a series or fraction ends.
const ENOUGH: f64 = 1e-16;
/// What stands for zero in a denominator.
const TINY: f64 = 1e-300;

/// Probability that a standard normal variable is at most `x`.
pub fn normal_below(x: f64) -> f64 {
    0.5 * erfc(-x * FRAC_1_SQRT_2)
}

/// Probability that a standard normal variable is farther from 0 than `x`.
pub fn normal_two_sided(x: f64) -> f64 {
    erfc(x.abs() * FRAC_1_SQRT_2)
}

/// The value that a standard normal variable is below with probability `p`; infinite at 0 and 1.
pub fn normal_quantile(p: f64) -> f64 {
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    // A rough start (Abramowitz & Stegun 26.2.23), then Halley's steps, which triple the digits each time.
    let t = (-2.0 * p.ln()).sqrt();
    let mut x = (2.515_517 + t * (0.802_853 + t * 0.010_328))
        / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)))
        - t;
    for _ in 0..4 {
        let density = (-x * x / 2.0).exp() / (2.0 * PI).sqrt();
        let step = (normal_below(x) - p) / density;
        x -= step / (1.0 + x * step / 2.0);
    }
    x
}

/// Probability that a chi-squared variable with `freedom` degrees of freedom exceeds `x`.
pub fn chi_squared_above(x: f64, freedom: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { upper_gamma(freedom / 2.0, x / 2.0) }
}

/// The regularised upper incomplete gamma function.
fn upper_gamma(a: f64, x: f64) -> f64 {
    if a == 0.5 {
        return erfc(x.sqrt());
    }
    let scale = (a * x.ln() - x - lgamma(a)).exp();
    if x < a + 1.0 {
        let (mut term, mut sum) = (1.0 / a, 1.0 / a);
        for n in 1..MOST_TERMS {
            term *= x / (a + n as f64);
            sum += term;
            if term < sum * ENOUGH {
                break;
            }
        }
        return 1.0 - sum * scale;
    }
    scale * fraction(x + 1.0 - a, |n| (-(n * (n - a)), x + 1.0 - a + 2.0 * n))
}

/// Value of the continued fraction 1 / (b₀ + a₁ / (b₁ + a₂ / …)), by Lentz's method; `term` gives aₙ and bₙ.
fn fraction(first: f64, term: impl Fn(f64) -> (f64, f64)) -> f64 {
    let whole = |x: f64| if x.abs() < TINY { TINY } else { x };
    let mut d = 1.0 / whole(first);
    let mut c = 1.0 / TINY;
    let mut value = d;
    for n in 1..MOST_TERMS {
        let (a, b) = term(n as f64);
        d = 1.0 / whole(a * d + b);
        c = whole(b + a / c);
        let change = c * d;
        value *= change;
        if (change - 1.0).abs() < ENOUGH {
            break;
        }
    }
    value
}

/// Probability that a variable of Student's t with `freedom` degrees of freedom is farther from 0 than `t`.
pub fn student_two_sided(t: f64, freedom: f64) -> f64 {
    if !t.is_finite() {
        return if t.is_nan() { f64::NAN } else { 0.0 };
    }
    regularised_beta(freedom / (freedom + t * t), freedom / 2.0, 0.5)
}

/// The regularised incomplete beta function.
fn regularised_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let log = lgamma(a + b) - lgamma(a) - lgamma(b) + a * x.ln() + b * (-x).ln_1p();
    if x < (a + 1.0) / (a + b + 2.0) {
        log.exp() * beta_fraction(x, a, b) / a
    } else {
        1.0 - log.exp() * beta_fraction(1.0 - x, b, a) / b
    }
}

fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    fraction(1.0, |n| {
        let m = (n / 2.0).floor();
        let numerator = if n % 2.0 == 0.0 {
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        } else {
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        };
        (numerator, 1.0)
    })
}

/// Natural logarithm of the number of ways to choose `k` of `n`.
pub fn log_choose(n: f64, k: f64) -> f64 {
    lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0)
}
