//! Statistics of a study, each with the paper it follows.
//!
//! | file | holds |
//! |---|---|
//! | [`random`] | streams of random numbers that depend on a seed and a label alone |
//! | [`special`] | distribution functions |
//! | [`sums`] | observations as sums per event, the unit of resampling |
//! | [`bootstrap`] | intervals: bias-corrected and accelerated (Efron 1987) |
//! | [`within`] | groups compared within events: difference, interval, stratified permutation test |
//! | [`labels`] | groups compared within events in the labels they use |
//! | [`exact`] | exact tests on counts: binomial, Fisher |
//! | [`multiple`] | many tests at once (Benjamini & Hochberg 1995) |
//! | [`effect`] | sizes of effects |
//! | [`keyness`] | how distinctive a word is: log-odds, chi-squared, G², mutual information |
//! | [`divergence`] | how far two distributions over labels are apart (Jensen & Shannon) |
//! | [`agreement`] | reliability of codings: Krippendorff's alpha, Cohen's kappa |

pub mod agreement;
pub mod bootstrap;
pub mod divergence;
pub mod effect;
pub mod exact;
pub mod keyness;
pub mod labels;
pub mod multiple;
pub mod random;
pub mod special;
pub mod sums;
pub mod within;

/// A confidence interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

#[cfg(test)]
mod tests;
