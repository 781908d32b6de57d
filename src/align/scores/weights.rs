//! The weights of the evidence in each score, read from `scores.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::evidence::Evidence;
use crate::align::Scores;
use crate::align::logistic::logistic;

/// Weights of every respect.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreWeights {
    /// In all.
    pub overall: Weights,
    /// They tell the same.
    pub narrative: Weights,
    /// The same people and organisations.
    pub entities: Weights,
    /// The same places.
    pub geography: Weights,
    /// The same time.
    pub time: Weights,
    /// Written alike.
    pub style: Weights,
    /// The same tone.
    pub tone: Weights,
}

/// Weights of a logistic regression by the name of the evidence; what is not named has weight 0.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Weights {
    /// Added to the sum.
    pub intercept: f32,
    /// Weights by name.
    #[serde(flatten)]
    pub of: BTreeMap<String, f32>,
}

impl Weights {
    /// The score, 0..1.
    pub fn score(&self, evidence: &Evidence) -> f32 {
        logistic(self.intercept + self.contributions(evidence).map(|(_, part)| part).sum::<f32>())
    }

    /// What each kind of evidence that has a weight adds to the intercept, in log-odds.
    pub fn contributions<'e>(
        &'e self,
        evidence: &'e Evidence,
    ) -> impl Iterator<Item = (&'e str, f32)> {
        let part = |(name, value)| self.of.get(name).map(|weight| (name, weight * value));
        evidence.named().filter_map(part)
    }
}

impl ScoreWeights {
    /// The weights by the name of the score, in the order of [`Scores`].
    pub fn named(&self) -> [(&'static str, &Weights); 7] {
        [
            ("overall", &self.overall),
            ("narrative", &self.narrative),
            ("entities", &self.entities),
            ("geography", &self.geography),
            ("time", &self.time),
            ("style", &self.style),
            ("tone", &self.tone),
        ]
    }

    /// All scores.
    pub fn scores(&self, evidence: &Evidence) -> Scores {
        Scores {
            overall: self.overall.score(evidence),
            narrative: self.narrative.score(evidence),
            entities: self.entities.score(evidence),
            geography: self.geography.score(evidence),
            time: self.time.score(evidence),
            style: self.style.score(evidence),
            tone: self.tone.score(evidence),
        }
    }
}

static WEIGHTS: LazyLock<ScoreWeights> =
    LazyLock::new(|| toml::from_str(include_str!("scores.toml")).unwrap_or_default());

/// The weights that come with the program.
pub fn weights() -> &'static ScoreWeights {
    &WEIGHTS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::scores::evidence::names;

    #[test]
    fn the_file_parses_and_names_only_evidence_that_exists() {
        let parsed: ScoreWeights = toml::from_str(include_str!("scores.toml")).unwrap();
        let known = names();
        for (_, weights) in parsed.named() {
            assert!(!weights.of.is_empty());
            assert!(weights.of.keys().all(|name| known.contains(name)), "{weights:?}");
        }
    }

    #[test]
    fn more_shared_evidence_never_lowers_a_score() {
        for (name, weight) in weights().overall.of.iter().chain(&weights().narrative.of) {
            assert!(name.starts_with("about-") || *weight >= 0.0, "{name} {weight}");
        }
    }
}
