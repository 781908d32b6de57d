//! Weights of the parallel aligner, read from `parallel.toml`.
//!
//! The cost of a way through two texts is the sum of the costs of its beads and skips, and each of those is a sum of
//! features times weights, in natural log odds: a linear-chain conditional random field (Lafferty, McCallum &
//! Pereira 2001). So the share that all ways with a bead have among all ways is the bead's probability.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// Features of a bead, as they are named in the file.
pub(super) const BEAD_FEATURES: [&str; 25] = [
    "one to one",
    "one to two",
    "two to two",
    "one to three",
    "five or more",
    "each beyond five",
    "distance, one to one",
    "distance, larger",
    "distance, by size",
    "distance, by extra",
    "length, one to one",
    "length, larger",
    "length squared, one to one",
    "length squared, larger",
    "usual, one to one",
    "usual, one to two",
    "usual, larger",
    "better without an edge",
    "worse without an edge",
    "one side starts amid",
    "both sides start amid",
    "one side ends",
    "one side asks",
    "shared anchors",
    "unshared anchors",
];

/// Features of a sentence without a counterpart, as they are named in the file.
pub(super) const SKIP_FEATURES: [&str; 4] = ["each", "usual", "length", "starts amid"];

/// What may happen once between two steps, as it is named in the file.
pub const OTHER_FEATURES: [&str; 2] = ["run of skips", "changed places"];

/// All weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// In step with [`BEAD_FEATURES`].
    pub bead: [f32; BEAD_FEATURES.len()],
    /// In step with [`SKIP_FEATURES`].
    pub skip: [f32; SKIP_FEATURES.len()],
    /// The first of a run of skips.
    pub skip_run: f32,
    /// Two neighbouring beads that changed places.
    pub crossed: f32,
    /// Share of runs of skips among runs and beads, in the texts that the weights were fitted on.
    pub expected_runs: f32,
    /// Share of beads of more than two sentences among all beads there.
    pub expected_larger: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    bead: BTreeMap<String, f32>,
    skip: BTreeMap<String, f32>,
    other: BTreeMap<String, f32>,
    expected: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    runs_of_skips: f32,
    larger_beads: f32,
}

/// Number of all weights.
pub const COUNT: usize = BEAD_FEATURES.len() + SKIP_FEATURES.len() + OTHER_FEATURES.len();

impl Weights {
    /// The features that say how many sentences a bead of more than two has.
    pub(super) const LARGER: std::ops::Range<usize> = 1..5;

    fn of(file: &File) -> Self {
        let named = |table: &BTreeMap<String, f32>, name: &str| {
            table.get(name).copied().unwrap_or_default()
        };
        Self {
            bead: BEAD_FEATURES.map(|name| named(&file.bead, name)),
            skip: SKIP_FEATURES.map(|name| named(&file.skip, name)),
            skip_run: named(&file.other, OTHER_FEATURES[0]),
            crossed: named(&file.other, OTHER_FEATURES[1]),
            expected_runs: file.expected.runs_of_skips,
            expected_larger: file.expected.larger_beads,
        }
    }

    /// All weights in one list: beads, skips, the rest.
    pub fn to_list(&self) -> [f64; COUNT] {
        let mut list = [0.0; COUNT];
        let others = [self.skip_run, self.crossed];
        let all = self.bead.iter().chain(&self.skip).chain(&others);
        list.iter_mut().zip(all).for_each(|(place, &weight)| *place = f64::from(weight));
        list
    }

    /// These weights with those of a list that [`Self::to_list`] would give.
    pub fn with_list(&self, list: &[f64; COUNT]) -> Self {
        let (beads, skips) = (BEAD_FEATURES.len(), SKIP_FEATURES.len());
        Self {
            bead: std::array::from_fn(|index| list[index] as f32),
            skip: std::array::from_fn(|index| list[beads + index] as f32),
            skip_run: list[beads + skips] as f32,
            crossed: list[beads + skips + 1] as f32,
            ..*self
        }
    }
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    let file: Result<File, _> = toml::from_str(include_str!("parallel.toml"));
    Weights::of(&file.unwrap_or_else(|_| File {
        bead: BTreeMap::new(),
        skip: BTreeMap::new(),
        other: BTreeMap::new(),
        expected: Expected { runs_of_skips: 0.1, larger_beads: 0.3 },
    }))
});

/// The weights that come with the program.
pub fn weights() -> &'static Weights {
    &WEIGHTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_gives_every_feature_a_weight_and_no_other() {
        let file: File = toml::from_str(include_str!("parallel.toml")).unwrap();
        let names = |table: &BTreeMap<String, f32>, names: &[&str]| {
            let mut sorted: Vec<&str> = names.to_vec();
            sorted.sort_unstable();
            assert_eq!(table.keys().collect::<Vec<_>>(), sorted);
        };
        names(&file.bead, &BEAD_FEATURES);
        names(&file.skip, &SKIP_FEATURES);
        names(&file.other, &OTHER_FEATURES);
    }

    #[test]
    fn a_list_holds_all_weights() {
        assert_eq!(weights().with_list(&weights().to_list()), *weights());
    }
}
