//! Prices of the parallel aligner, read from `parallel.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// What a bead costs, and how its cost becomes a confidence. A cost of 1 is that of two unrelated sentences.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prices {
    /// Added for each unit of the natural logarithm of the lengths' ratio.
    pub length: f32,
    /// Added for each sentence of a bead beyond the first on either side.
    pub extra: f32,
    /// A sentence without a counterpart.
    pub skip: f32,
    /// The first of a run of sentences without counterparts, beside `skip`.
    pub skip_run: f32,
    /// Two neighbours that changed places.
    pub crossed: f32,
    /// Cost up to which sentences that stand elsewhere in the other text are taken for moved.
    pub moved: f32,
    /// Cost from which a bead gives way to a better counterpart elsewhere.
    pub weak: f32,
    /// Cost of a bead above the best way through the text at which its concatenations are no longer encoded.
    pub reach: f32,
    /// How sharply costs tell beads apart: the factor before they become likelihoods.
    pub sharpness: f32,
    /// How often a document is expected to do what has a price.
    pub rates: Rates,
    /// How confidence follows from a bead's cost and from its rivals.
    pub confidence: ConfidenceWeights,
}

/// Shares that the prices are made for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rates {
    /// Runs of skips among runs and beads.
    pub skip_run: f32,
    /// Beads of more than two sentences among all beads.
    pub larger: f32,
}

/// Logistic regression: is a bead right?
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfidenceWeights {
    /// Added to the sum.
    pub intercept: f32,
    /// Weight of the cost.
    pub cost: f32,
    /// Weight of the posterior probability against its rivals, as log odds.
    pub posterior: f32,
    /// Weight of the sentences beyond the first on either side.
    pub extra: f32,
}

static PRICES: LazyLock<Prices> =
    LazyLock::new(|| toml::from_str(include_str!("parallel.toml")).unwrap_or_default());

/// The prices that come with the program.
pub fn prices() -> &'static Prices {
    &PRICES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_a_skip_costs_less_than_a_wrong_bead() {
        let prices: Prices = toml::from_str(include_str!("parallel.toml")).unwrap();
        assert!(prices.skip > 0.0 && prices.skip < 1.0);
        assert!(prices.confidence.cost < 0.0 && prices.confidence.posterior > 0.0);
    }
}
