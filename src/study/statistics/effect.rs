//! Sizes of effects, printed beside each p: a small p says that there is a difference, not that it matters.

/// Cohen's h between two shares: 2 asin √p₁ − 2 asin √p₂ (Cohen 1988). About .2 is small, .5 medium, .8 large.
pub fn cohen_h(one: f64, other: f64) -> f64 {
    let angle = |share: f64| 2.0 * share.clamp(0.0, 1.0).sqrt().asin();
    angle(one) - angle(other)
}

/// Cohen's d: the difference of two means in pooled standard deviations. `None` without variation or with fewer
/// than two values on a side.
pub fn cohen_d(one: &[f64], other: &[f64]) -> Option<f64> {
    if one.len() < 2 || other.len() < 2 {
        return None;
    }
    let ((mean, squares), (other_mean, other_squares)) = (moments(one), moments(other));
    let pooled = ((squares + other_squares) / (one.len() + other.len() - 2) as f64).sqrt();
    (pooled > 0.0).then(|| (mean - other_mean) / pooled)
}

/// The mean, and the sum of squared distances from it.
fn moments(values: &[f64]) -> (f64, f64) {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    (mean, values.iter().map(|value| (value - mean).powi(2)).sum())
}

/// Base-2 logarithm of the ratio of two means or rates; `None` where one of them is not above 0.
pub fn log_ratio(one: f64, other: f64) -> Option<f64> {
    (one > 0.0 && other > 0.0).then(|| (one / other).log2())
}
