//! Weights of the comparable aligner, read from `comparable.toml`, and the evidence that they weigh.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::align::logistic::logistic;

/// All weights of the comparable aligner.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Does a pair of sentences say the same?
    pub pair: PairWeights,
    /// Do two neighbours together say what one sentence of the other side says?
    pub span: SpanWeights,
    /// What further versions add.
    pub transitivity: TransitivityWeights,
}

/// Evidence that two sentences say the same.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct PairFeatures {
    /// Cosine after each document's mean is taken out, -1..1.
    pub centred: f32,
    /// How far `centred` lies above that of the best rival of either sentence, the smaller of both sides, -2..2.
    pub lead: f32,
    /// Cosine after the background of either language is taken out, -1..1.
    pub cosine: f32,
    /// Natural logarithm of the ratio of their lengths, 0 or more.
    pub length: f32,
    /// Share of their names that both have, 0..1, rare ones counting more.
    pub names: f32,
    /// Share of their numbers that both have, 0..1.
    pub numbers: f32,
    /// Share of their dates that both have, 0..1.
    pub dates: f32,
    /// Share of their numbers and dates that the other sentence gives another value, 0..1.
    pub contradicted: f32,
    /// 1 where both have facts but none in common, else 0.
    pub unshared: f32,
}

/// What the likeliest pairs of two documents look like: one translates the other closely, or tells in its own words.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Context {
    /// Mean of [`PairFeatures::centred`] over the other likely pairs.
    pub centred: f32,
    /// Mean of [`PairFeatures::length`] over the other likely pairs.
    pub length: f32,
    /// Share of the shorter document's sentences that have a counterpart.
    pub density: f32,
    /// Probability of the likeliest pair of a sentence beside the one and a sentence beside the other.
    pub beside: f32,
}

/// Weights of [`PairFeatures`] and [`Context`]; the sum goes through [`logistic`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairWeights {
    /// Added to the sum.
    pub intercept: f32,
    /// Weight of [`PairFeatures::centred`].
    pub centred: f32,
    /// Weight of [`PairFeatures::lead`].
    pub lead: f32,
    /// Weight of [`PairFeatures::cosine`].
    pub cosine: f32,
    /// Weight of [`PairFeatures::length`].
    pub length: f32,
    /// Weight of [`PairFeatures::names`].
    pub names: f32,
    /// Weight of [`PairFeatures::numbers`].
    pub numbers: f32,
    /// Weight of [`PairFeatures::dates`].
    pub dates: f32,
    /// Weight of [`PairFeatures::contradicted`].
    pub contradicted: f32,
    /// Weight of [`PairFeatures::unshared`].
    pub unshared: f32,
    /// Weight of [`Context::centred`].
    pub usual_centred: f32,
    /// Weight of [`Context::length`].
    pub usual_length: f32,
    /// Weight of [`Context::density`].
    pub density: f32,
    /// Weight of [`Context::beside`].
    pub beside: f32,
}

impl PairWeights {
    /// Names of the weights in the order of [`PairWeights::from_values`].
    pub const NAMES: [&'static str; 14] = [
        "intercept",
        "centred",
        "lead",
        "cosine",
        "length",
        "names",
        "numbers",
        "dates",
        "contradicted",
        "unshared",
        "usual_centred",
        "usual_length",
        "density",
        "beside",
    ];

    /// Weights from a list in the order of [`PairWeights::NAMES`].
    pub fn from_values(values: [f32; 14]) -> Self {
        let [intercept, centred, lead, cosine, length, names, numbers, dates, rest @ ..] = values;
        let [contradicted, unshared, usual_centred, usual_length, density, beside] = rest;
        Self {
            intercept,
            centred,
            lead,
            cosine,
            length,
            names,
            numbers,
            dates,
            contradicted,
            unshared,
            usual_centred,
            usual_length,
            density,
            beside,
        }
    }

    /// What the weights are multiplied with, in the order of [`PairWeights::NAMES`].
    pub fn inputs(features: &PairFeatures, context: &Context) -> [f32; 14] {
        [
            1.0,
            features.centred,
            features.lead,
            features.cosine,
            features.length,
            features.names,
            features.numbers,
            features.dates,
            features.contradicted,
            features.unshared,
            context.centred,
            context.length,
            context.density,
            context.beside,
        ]
    }

    /// The weights as a list, in the order of [`PairWeights::NAMES`].
    pub fn values(&self) -> [f32; 14] {
        [
            self.intercept,
            self.centred,
            self.lead,
            self.cosine,
            self.length,
            self.names,
            self.numbers,
            self.dates,
            self.contradicted,
            self.unshared,
            self.usual_centred,
            self.usual_length,
            self.density,
            self.beside,
        ]
    }

    /// Probability that two sentences say the same, 0..1.
    pub fn probability(&self, features: &PairFeatures, context: &Context) -> f32 {
        logistic(dot(&self.values(), &Self::inputs(features, context)))
    }
}

/// Evidence that two neighbours together say what one sentence of the other side says.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct SpanFeatures {
    /// Probability of the likelier of the two on its own, 0..1.
    pub likeliest: f32,
    /// Centred cosine of both together, -1..1.
    pub centred: f32,
    /// By how much both together are nearer than the likelier one on its own.
    pub gain: f32,
    /// Centred cosine of the less likely one on its own, -1..1.
    pub added: f32,
    /// Natural logarithm of the ratio of lengths, 0 or more.
    pub length: f32,
    /// By how much the lengths come nearer than with the likelier one on its own.
    pub length_gain: f32,
    /// Share of the facts of the less likely one and of the other side that both have, 0..1.
    pub facts: f32,
}

/// Weights of [`SpanFeatures`]; the sum goes through [`logistic`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpanWeights {
    /// Added to the sum.
    pub intercept: f32,
    /// Weight of [`SpanFeatures::likeliest`].
    pub likeliest: f32,
    /// Weight of [`SpanFeatures::centred`].
    pub centred: f32,
    /// Weight of [`SpanFeatures::gain`].
    pub gain: f32,
    /// Weight of [`SpanFeatures::added`].
    pub added: f32,
    /// Weight of [`SpanFeatures::length`].
    pub length: f32,
    /// Weight of [`SpanFeatures::length_gain`].
    pub length_gain: f32,
    /// Weight of [`SpanFeatures::facts`].
    pub facts: f32,
}

impl SpanWeights {
    /// Names of the weights in the order of [`SpanWeights::inputs`].
    pub const NAMES: [&'static str; 8] =
        ["intercept", "likeliest", "centred", "gain", "added", "length", "length_gain", "facts"];

    /// What the weights are multiplied with, in the order of [`SpanWeights::NAMES`].
    pub fn inputs(features: &SpanFeatures) -> [f32; 8] {
        [
            1.0,
            features.likeliest,
            features.centred,
            features.gain,
            features.added,
            features.length,
            features.length_gain,
            features.facts,
        ]
    }

    /// Probability that both neighbours belong to the link, 0..1.
    pub fn probability(&self, features: &SpanFeatures) -> f32 {
        let weights = [
            self.intercept,
            self.likeliest,
            self.centred,
            self.gain,
            self.added,
            self.length,
            self.length_gain,
            self.facts,
        ];
        logistic(dot(&weights, &Self::inputs(features)))
    }
}

/// What further versions of an event add.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransitivityWeights {
    /// Log odds added where another version links both sentences for certain.
    pub weight: f32,
}

fn dot(weights: &[f32], inputs: &[f32]) -> f32 {
    weights.iter().zip(inputs).map(|(weight, input)| weight * input).sum()
}

static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| toml::from_str(include_str!("comparable.toml")).unwrap_or_default());

/// The weights that come with the program.
pub fn weights() -> &'static Weights {
    &WEIGHTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_evidence_raises_probability() {
        let parsed: Weights = toml::from_str(include_str!("comparable.toml")).unwrap();
        let context = Context { centred: 0.5, length: 0.2, density: 0.5, beside: 0.0 };
        let weak = PairFeatures { centred: 0.2, lead: -0.2, ..PairFeatures::default() };
        let strong = PairFeatures { centred: 0.8, lead: 0.4, cosine: 0.45, numbers: 0.3, ..weak };
        assert!(parsed.pair.probability(&weak, &context) < 0.1);
        assert!(parsed.pair.probability(&strong, &context) > 0.9);
    }

    #[test]
    fn weights_keep_the_order_of_their_names() {
        let values: [f32; 14] = std::array::from_fn(|index| index as f32);
        assert_eq!(PairWeights::from_values(values).values(), values);
    }
}
