//! How the words of a translation answer those of its source.
//!
//! Similarities of words at an inner layer of the encoder (SimAlign: Jalili Sabet et al. 2020), precision and recall
//! weighted by how rare words are (BERTScore: Zhang et al. 2020; YiSi-2: Lo 2019), and margins against the next best
//! words (CSLS: Conneau et al. 2018).

use ndarray::{Array1, Array2, ArrayView1, Axis};

use super::words::Words;

/// Best partners of a word that its margin is taken against.
const NEIGHBOURS: usize = 3;
/// Support below which a word weighs in a gap by its weight.
const WEAK: f32 = 0.5;
/// Support below which a word counts in a gap.
const WEAK_WORD: f32 = 0.55;
/// Divides weights in gaps.
const GAP_WEIGHT: f32 = 10.0;
/// The least support is looked at in so many parts of the words: the lowest quarter.
const LOW_PARTS: usize = 4;

/// Features of one side.
const SIDE: usize = 11;

/// Names of the features of the sides: of the target, then the same of the source.
pub(super) const SIDE_NAMES: [&str; 2 * SIDE] = [
    "target support",
    "target support, weighted",
    "target least support",
    "target second least support",
    "target low support",
    "target support spread",
    "target most support",
    "target gap",
    "target gap in words",
    "target margin",
    "target low margin",
    "source support",
    "source support, weighted",
    "source least support",
    "source second least support",
    "source low support",
    "source support spread",
    "source most support",
    "source gap",
    "source gap in words",
    "source margin",
    "source low margin",
];

/// Names of the features of both sides together.
pub(super) const PAIR_NAMES: [&str; 12] = [
    "mutual, of source",
    "mutual, of target",
    "mutual support",
    "off the diagonal",
    "crossings",
    "source surprise",
    "target surprise",
    "greatest surprise",
    "source pieces",
    "target pieces",
    "most pieces",
    "information ratio",
];

/// The words of both sides against each other.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Alignment {
    /// Cosines, `[source words, target words]`.
    pub(super) similarities: Array2<f32>,
    /// The best cosine of each source word.
    pub(super) source_support: Vec<f32>,
    /// The best cosine of each target word.
    pub(super) target_support: Vec<f32>,
    /// Pairs of words that are each other's best, in the order of the source.
    mutual: Vec<(usize, usize)>,
}

impl Alignment {
    /// Both sides must have words.
    pub(super) fn new(source: &Words, target: &Words) -> Self {
        let similarities = source.vectors.dot(&target.vectors.t());
        let best_target: Vec<usize> = similarities.rows().into_iter().map(best).collect();
        let best_source: Vec<usize> = similarities.columns().into_iter().map(best).collect();
        let of_source = best_target.iter().enumerate();
        let of_target = best_source.iter().enumerate();
        Self {
            source_support: of_source.clone().map(|(at, &to)| similarities[[at, to]]).collect(),
            target_support: of_target.map(|(at, &to)| similarities[[to, at]]).collect(),
            mutual: of_source
                .filter(|&(at, &to)| best_source[to] == at)
                .map(|(at, &to)| (at, to))
                .collect(),
            similarities,
        }
    }

    /// The features: target, source, both.
    pub(super) fn features(&self, source: &Words, target: &Words) -> Vec<f32> {
        let hubs_of_source = strongest(&self.similarities, Axis(0));
        let hubs_of_target = strongest(&self.similarities, Axis(1));
        let mut margins = &self.similarities * 2.0;
        margins -= &hubs_of_source.insert_axis(Axis(1));
        margins -= &hubs_of_target.insert_axis(Axis(0));
        let largest = |lane: ArrayView1<f32>| lane.iter().copied().fold(f32::MIN, f32::max);
        let target_margins: Vec<f32> = margins.columns().into_iter().map(largest).collect();
        let source_margins: Vec<f32> = margins.rows().into_iter().map(largest).collect();
        let mut features = Vec::with_capacity(SIDE_NAMES.len() + PAIR_NAMES.len());
        features.extend(side_features(&self.target_support, &target.weights, &target_margins));
        features.extend(side_features(&self.source_support, &source.weights, &source_margins));
        features.extend(self.pair_features(source, target));
        features
    }

    fn pair_features(&self, source: &Words, target: &Words) -> [f32; PAIR_NAMES.len()] {
        let (of_source, of_target) = (source.len() as f32, target.len() as f32);
        let links = self.mutual.len() as f32;
        let support = self.mutual.iter().map(|&(at, to)| self.similarities[[at, to]]);
        let off =
            |&(at, to): &(usize, usize)| (at as f32 / of_source - to as f32 / of_target).abs();
        let crossings = self.mutual.windows(2).filter(|pair| pair[1].1 < pair[0].1).count();
        let pieces = |words: &Words| words.pieces.iter().sum::<usize>() as f32 / words.len() as f32;
        [
            links / of_source,
            links / of_target,
            if links > 0.0 { support.sum::<f32>() / links } else { 0.0 },
            if links > 0.0 { self.mutual.iter().map(off).sum::<f32>() / links } else { 1.0 },
            crossings as f32 / links.max(1.0),
            source.weights.sum() / of_source,
            target.weights.sum() / of_target,
            target.weights.iter().copied().fold(0.0, f32::max),
            pieces(source),
            pieces(target),
            target.pieces.iter().copied().max().unwrap_or(0) as f32,
            (target.weights.sum() / source.weights.sum()).ln(),
        ]
    }
}

fn best(lane: ArrayView1<'_, f32>) -> usize {
    let mut best = 0;
    for (at, &value) in lane.iter().enumerate() {
        if value > lane[best] {
            best = at;
        }
    }
    best
}

/// The mean of the largest similarities of each row (axis 0) or column (axis 1): how near a word is to all.
fn strongest(similarities: &Array2<f32>, axis: Axis) -> Array1<f32> {
    let mean = |lane: ArrayView1<f32>| {
        let mut sorted = lane.to_vec();
        sorted.sort_unstable_by(|one, other| other.total_cmp(one));
        sorted.truncate(NEIGHBOURS);
        mean(&sorted)
    };
    similarities.axis_iter(axis).map(mean).collect()
}

fn side_features(support: &[f32], weights: &Array1<f32>, margins: &[f32]) -> [f32; SIDE] {
    let ascending = |values: &[f32]| {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f32::total_cmp);
        sorted
    };
    let low = (support.len() / LOW_PARTS).max(1);
    let (sorted, sorted_margins) = (ascending(support), ascending(margins));
    let middle = mean(support);
    let variance = mean(&support.iter().map(|value| (value - middle).powi(2)).collect::<Vec<_>>());
    let weighted: f32 = support.iter().zip(weights).map(|(value, weight)| value * weight).sum();
    let lacks =
        support.iter().zip(weights).map(|(value, weight)| (WEAK - value) * weight / GAP_WEIGHT);
    [
        middle,
        weighted / weights.sum(),
        sorted[0],
        sorted[1.min(sorted.len() - 1)],
        mean(&sorted[..low]),
        variance.sqrt(),
        sorted[sorted.len() - 1],
        largest_run(lacks),
        largest_run(support.iter().map(|value| WEAK_WORD - value)),
        mean(margins),
        mean(&sorted_margins[..low]),
    ]
}

/// The largest sum of a run of neighbours, 0 if all are negative.
fn largest_run(values: impl Iterator<Item = f32>) -> f32 {
    let (mut largest, mut current) = (0.0f32, 0.0f32);
    for value in values {
        current = (current + value).max(0.0);
        largest = largest.max(current);
    }
    largest
}

fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;
    use crate::text::Span;

    fn words(vectors: Array2<f32>) -> Words {
        let count = vectors.nrows();
        Words {
            spans: (0..count).map(|at| Span::new(2 * at, 2 * at + 1)).collect(),
            weights: Array1::ones(count),
            pieces: vec![1; count],
            vectors,
        }
    }

    #[test]
    fn what_nothing_answers_has_no_support() {
        let source = words(array![[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]);
        let target = words(array![[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]);
        let alignment = Alignment::new(&source, &target);
        assert_eq!(alignment.source_support, [1.0, 1.0]);
        assert_eq!(alignment.target_support, [1.0, 0.0, 1.0]);
        assert_eq!(alignment.mutual, [(0, 2), (1, 0)]);
    }

    #[test]
    fn features_are_finite_for_one_word_each() {
        let one = words(array![[0.0, 0.0, 0.0]]);
        let features = Alignment::new(&one, &one).features(&one, &one);
        assert_eq!(features.len(), SIDE_NAMES.len() + PAIR_NAMES.len());
        assert!(features.iter().all(|value| value.is_finite()));
    }

    #[test]
    fn a_run_is_the_worst_stretch() {
        assert_eq!(largest_run([0.5, -1.0, 1.0, 1.0, -0.5, 0.25].into_iter()), 2.0);
        assert_eq!(largest_run([-1.0].into_iter()), 0.0);
    }
}
