//! Weights of the aligner, read from `parameters.toml`, and the logistic function they go through.

use std::sync::LazyLock;

use serde::Deserialize;

/// All weights.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Does a pair of sentences say the same?
    pub link: LinkWeights,
}

/// Weights of [`LinkFeatures`]; the sum goes through [`logistic`].
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkWeights {
    /// Added to the sum.
    pub intercept: f32,
    /// Weight of [`LinkFeatures::centred`].
    pub centred: f32,
    /// Weight of [`LinkFeatures::mutual`].
    pub mutual: f32,
    /// Weight of [`LinkFeatures::surplus`].
    pub surplus: f32,
    /// Weight of [`LinkFeatures::facts`].
    pub facts: f32,
}

/// Evidence that two sentences say the same.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct LinkFeatures {
    /// Cosine after each document's mean is taken out, -1..1.
    pub centred: f32,
    /// 0, 0.5 or 1: from how many sides each is the other's best by margin.
    pub mutual: f32,
    /// Cosine above what either sentence has with the background of the other's language, about -0.1..0.3.
    pub surplus: f32,
    /// Share of facts that both have, 0..1.
    pub facts: f32,
}

impl LinkFeatures {
    /// The features as a list, in the order of the weights after the intercept.
    pub fn values(&self) -> [f32; 4] {
        [self.centred, self.mutual, self.surplus, self.facts]
    }
}

impl LinkWeights {
    /// Probability that two sentences say the same, 0..1.
    pub fn probability(&self, features: &LinkFeatures) -> f32 {
        let weights = [self.centred, self.mutual, self.surplus, self.facts];
        let sum: f32 = weights.iter().zip(features.values()).map(|(w, v)| w * v).sum();
        logistic(self.intercept + sum)
    }
}

static PARAMETERS: LazyLock<Parameters> =
    LazyLock::new(|| toml::from_str(include_str!("parameters.toml")).unwrap_or_default());

/// The weights that come with the program.
pub fn parameters() -> &'static Parameters {
    &PARAMETERS
}

/// The logistic function, from all numbers to 0..1.
pub fn logistic(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_evidence_raises_probability() {
        let parsed: Parameters = toml::from_str(include_str!("parameters.toml")).unwrap();
        let weak = LinkFeatures { centred: 0.2, mutual: 0.0, surplus: 0.0, facts: 0.0 };
        let strong = LinkFeatures { centred: 0.7, mutual: 1.0, surplus: 0.2, facts: 0.5 };
        assert!(parsed.link.probability(&weak) < 0.1);
        assert!(parsed.link.probability(&strong) > 0.9);
    }
}
