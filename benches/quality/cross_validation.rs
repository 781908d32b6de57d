//! Fits the score sheet to human ratings, and says how good such a fit is on pairs it has not seen.

use std::collections::{BTreeMap, BTreeSet};

use ndarray::{Array1, Array2, Axis};
use parallax::align::scores::evidence::names;
use parallax::align::scores::weights::Weights;

use crate::regression::{logistic_regression, matrix};
use crate::similarity::{GROUPS, Rated, correlation};

/// Parts into which the pairs are cut.
const FOLDS: usize = 10;
/// How often they are cut anew.
const REPEATS: u64 = 5;
/// How much a rated pair counts against the pull of the weights towards zero.
const PAIR_WEIGHT: f64 = 0.3;
/// Evidence whose weight may be negative: being about a subject is no likeness.
const SUBJECT: &str = "about-";

/// Mean and standard deviation over repeats of the cross-validated correlation of one respect, for each group
/// of language pairs.
pub(crate) fn cross_validated(rated: &[Rated], respect: usize) -> Vec<(f64, f64)> {
    let mut of_group = vec![Vec::new(); GROUPS.len()];
    for repeat in 0..REPEATS {
        let folds = folds(rated, repeat + 1);
        let mut predicted = vec![0.0; rated.len()];
        for fold in 0..FOLDS {
            let (held_out, training): (Vec<usize>, Vec<usize>) =
                (0..rated.len()).partition(|&pair| folds[pair] == fold);
            let weights = fit(rated, &training, respect);
            for pair in held_out {
                predicted[pair] = f64::from(weights.score(&rated[pair].evidence));
            }
        }
        for (values, group) in of_group.iter_mut().zip(GROUPS) {
            values.push(correlation(rated, group, respect, &predicted));
        }
    }
    of_group.iter().map(|values| mean_and_deviation(values)).collect()
}

/// Weights from some of the pairs. The ratings are shares of a logistic regression on scaled evidence; what
/// two documents share never counts against them.
pub(crate) fn fit(rated: &[Rated], pairs: &[usize], respect: usize) -> Weights {
    let names: Vec<String> = names().to_vec();
    let rows: Vec<Vec<f64>> = pairs
        .iter()
        .map(|&pair| rated[pair].evidence.named().map(|(_, value)| f64::from(value)).collect())
        .collect();
    let (x, means, scales) = scaled(matrix(&rows));
    let y: Array1<f64> = pairs.iter().map(|&pair| rated[pair].ratings[respect]).collect();
    let counts = Array1::from_elem(y.len(), PAIR_WEIGHT);
    let mut kept: Vec<usize> = (0..names.len()).collect();
    loop {
        let weights = logistic_regression(&with_intercept(&x, &kept), &y, &counts);
        let wrong = (0..kept.len())
            .filter(|&at| weights[at + 1] < 0.0 && !names[kept[at]].starts_with(SUBJECT))
            .min_by(|&one, &other| weights[one + 1].total_cmp(&weights[other + 1]));
        if let Some(wrong) = wrong {
            kept.remove(wrong);
            continue;
        }
        let mut intercept = weights[0];
        let mut of = BTreeMap::new();
        for (at, &column) in kept.iter().enumerate() {
            let weight = weights[at + 1] / scales[column];
            intercept -= weight * means[column];
            of.insert(names[column].clone(), weight as f32);
        }
        return Weights { intercept: intercept as f32, of };
    }
}

/// The columns with mean 0 and deviation 1, and what they had before.
fn scaled(mut x: Array2<f64>) -> (Array2<f64>, Array1<f64>, Array1<f64>) {
    let means = x.mean_axis(Axis(0)).unwrap_or_else(|| Array1::zeros(x.ncols()));
    let scales = x.std_axis(Axis(0), 0.0).mapv(|scale| scale.max(1e-6));
    x -= &means;
    x /= &scales;
    (x, means, scales)
}

fn with_intercept(x: &Array2<f64>, kept: &[usize]) -> Array2<f64> {
    Array2::from_shape_fn((x.nrows(), kept.len() + 1), |(row, column)| match column {
        0 => 1.0,
        _ => x[[row, kept[column - 1]]],
    })
}

/// The fold of each pair. Pairs that share an article are in one fold, so that no article is both learnt from
/// and judged.
fn folds(rated: &[Rated], seed: u64) -> Vec<usize> {
    let groups: BTreeSet<usize> = rated.iter().map(|pair| pair.group).collect();
    let mut order: Vec<usize> = groups.into_iter().collect();
    crate::random::Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)).shuffle(&mut order);
    let fold: BTreeMap<usize, usize> =
        order.iter().enumerate().map(|(place, &group)| (group, place % FOLDS)).collect();
    rated.iter().map(|pair| fold[&pair.group]).collect()
}

fn mean_and_deviation(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
    (mean, variance.sqrt())
}
