//! The logistic function, through which every fitted sum of evidence goes.

/// The logistic function, from all numbers to 0..1.
pub fn logistic(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}
