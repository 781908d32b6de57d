//! The logistic function, through which every fitted sum of evidence goes.

/// The logistic function, from all numbers to 0..1.
pub fn logistic(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}

/// Probabilities are kept this far from 0 and 1, where they have no odds.
const MARGIN: f32 = 1e-6;

/// The logarithm of the odds of a probability: what [`logistic`] makes the probability of.
pub fn log_odds(probability: f32) -> f32 {
    let probability = probability.clamp(MARGIN, 1.0 - MARGIN);
    (probability / (1.0 - probability)).ln()
}
