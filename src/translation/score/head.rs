//! The heads that turn features into scores: weights and small trees, read from data files.
//!
//! A head adds up weighted features and weighted directions of the vector space (a ridge regression), and corrects the
//! sum by small regression trees that see the features and the sum (gradient boosting: Friedman 2001). `cargo bench
//! --bench fit -- translation` fits and writes them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use ndarray::Array1;
use serde::Deserialize;

use super::features::{self, Features};
use super::interaction::PARTS;

/// Numbers of a data file's vectors for one unit.
pub const SCALE: f32 = 1e3;
/// What trees call the weighted sum.
pub const SUM: &str = "sum";
/// Deepest nesting of a tree that is read.
const MOST_DEPTH: usize = 16;

/// A head as its data file holds it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadFile {
    /// The model whose vectors it was fitted on.
    pub model: String,
    /// Is added to the weighted sum.
    pub intercept: f32,
    /// Weights of features by name.
    pub features: BTreeMap<String, f32>,
    /// Weights of directions by part, in 1 / [`SCALE`].
    pub vectors: BTreeMap<String, Vec<f32>>,
    /// Trees whose leaves are added to the sum.
    #[serde(default)]
    pub trees: Vec<Node>,
    /// From the sum to 0..1.
    pub scale: Logistic,
}

/// `1 / (1 + exp(-(offset + slope * x)))`.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Logistic {
    /// Is added.
    pub offset: f32,
    /// Steepness.
    pub slope: f32,
}

impl Logistic {
    /// The value between 0 and 1.
    pub fn apply(self, x: f32) -> f32 {
        1.0 / (1.0 + (-(self.offset + self.slope * x)).exp())
    }
}

/// A tree: a leaf's value, or a feature, a threshold, the tree at or below it and the tree above it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Node {
    /// What is added.
    Leaf(f32),
    /// Where to look on.
    Split(String, f32, Box<Node>, Box<Node>),
}

/// A tree with features by number; the weighted sum comes after the last.
#[derive(Debug, Clone, PartialEq)]
enum Tree {
    Leaf(f32),
    Split(usize, f32, Box<Tree>, Box<Tree>),
}

impl Tree {
    fn of(node: &Node, names: &[&str], depth: usize) -> Option<Self> {
        match node {
            Node::Leaf(value) => Some(Self::Leaf(*value)),
            Node::Split(..) if depth == 0 => None,
            Node::Split(name, threshold, low, high) => {
                let known = names.iter().position(|known| known == name);
                let at = known.or((name == SUM).then_some(names.len()))?;
                let low = Self::of(low, names, depth - 1)?;
                let high = Self::of(high, names, depth - 1)?;
                Some(Self::Split(at, *threshold, Box::new(low), Box::new(high)))
            }
        }
    }

    fn value(&self, features: &[f32], sum: f32) -> f32 {
        let mut tree = self;
        loop {
            match tree {
                Self::Leaf(value) => return *value,
                Self::Split(at, threshold, low, high) => {
                    let value = features.get(*at).copied().unwrap_or(sum);
                    tree = if value <= *threshold { low } else { high };
                }
            }
        }
    }
}

/// A head ready to be used.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    model: String,
    intercept: f32,
    features: Vec<f32>,
    vectors: Array1<f32>,
    trees: Vec<Tree>,
    scale: Logistic,
}

impl Head {
    /// Takes a file's content; `None` if it names a feature or a part that does not exist.
    pub fn new(file: &HeadFile) -> Option<Self> {
        let names = features::names();
        let known = |name: &String| names.contains(&name.as_str());
        if !file.features.keys().all(known) || file.vectors.len() != PARTS.len() {
            return None;
        }
        let mut vectors = Vec::new();
        for part in PARTS {
            vectors.extend(file.vectors.get(part)?.iter().map(|weight| weight / SCALE));
        }
        let trees = file.trees.iter().map(|node| Tree::of(node, names, MOST_DEPTH));
        Some(Self {
            model: file.model.clone(),
            intercept: file.intercept,
            features: names
                .iter()
                .map(|&name| file.features.get(name).copied().unwrap_or(0.0))
                .collect(),
            vectors: Array1::from(vectors),
            trees: trees.collect::<Option<_>>()?,
            scale: file.scale,
        })
    }

    /// Whether it was fitted on a model's vectors.
    pub(super) fn is_for(&self, model: &str, dim: usize) -> bool {
        self.model == model && self.vectors.len() == PARTS.len() * dim
    }

    /// What the head says before it is brought to 0..1: about 0 for the average translation it was fitted on, in
    /// standard deviations.
    pub fn raw(&self, of: &Features) -> f32 {
        let weighted = of.values.iter().zip(&self.features).map(|(value, weight)| value * weight);
        let sum = self.intercept + weighted.sum::<f32>() + self.vectors.dot(&of.interaction);
        sum + self.trees.iter().map(|tree| tree.value(&of.values, sum)).sum::<f32>()
    }

    /// Between 0 and 1.
    pub fn score(&self, of: &Features) -> f32 {
        self.scale.apply(self.raw(of))
    }
}

static QUALITY: LazyLock<Option<Head>> = LazyLock::new(|| read(include_str!("quality.toml")));
static CRITICAL: LazyLock<Option<Head>> = LazyLock::new(|| read(include_str!("critical.toml")));

fn read(text: &str) -> Option<Head> {
    toml::from_str(text).ok().as_ref().and_then(Head::new)
}

/// How good a translation is.
pub(super) fn quality() -> Option<&'static Head> {
    QUALITY.as_ref()
}

/// How likely a translation has a critical error.
pub(super) fn critical() -> Option<&'static Head> {
    CRITICAL.as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_sound() {
        for (name, text) in
            [("quality", include_str!("quality.toml")), ("critical", include_str!("critical.toml"))]
        {
            let file: HeadFile =
                toml::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(Head::new(&file).is_some(), "{name} names what does not exist");
        }
    }

    #[test]
    fn a_tree_looks_at_features_and_at_the_sum() {
        let low = Box::new(Node::Leaf(-1.0));
        let inner = Node::Split("sum".to_owned(), 0.5, low, Box::new(Node::Leaf(2.0)));
        let node = Node::Split("b".to_owned(), 1.5, Box::new(inner), Box::new(Node::Leaf(3.0)));
        let tree = Tree::of(&node, &["a", "b"], 4).unwrap();
        assert_eq!(tree.value(&[0.0, 1.5], 0.5), -1.0);
        assert_eq!(tree.value(&[0.0, 1.5], 0.6), 2.0);
        assert_eq!(tree.value(&[0.0, 1.6], 0.5), 3.0);
        assert_eq!(Tree::of(&node, &["a", "b"], 1), None);
        assert_eq!(Tree::of(&node, &["a"], 4), None);
    }
}
