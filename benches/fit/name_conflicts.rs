//! Weights of the evidence that two names stand in each other's place and mean different things: from names planted in the
//! translations of `flores`, in all directions.

use std::ops::Range;

use ndarray::Array1;
use parallax::facts::{NameConflict, NameKind, NamePassage, name_conflicts};

use crate::names::versions::{Version, acquaintance, other_name, pool, versions};
use crate::regression::{logistic_regression, matrix};

/// Lines that are taken as one document.
const LINES: usize = 6;
/// Names planted in each line, one at a time.
const PLANTED: usize = 2;
/// How much an untouched line counts against one with a planted name.
const UNTOUCHED: f64 = 1.0;

/// Judged pairs of names.
#[derive(Default)]
struct Examples {
    evidence: Vec<Vec<f64>>,
    labels: Vec<f64>,
    weights: Vec<f64>,
}

impl Examples {
    fn add(&mut self, conflict: &NameConflict, planted: bool, weight: f64) {
        self.evidence.push(conflict.evidence.iter().copied().map(f64::from).collect());
        self.labels.push(f64::from(u8::from(planted)));
        self.weights.push(weight);
    }
}

/// Fits the weights and prints them.
pub(crate) fn run() {
    let mut examples = Examples::default();
    for (_, versions) in versions().into_iter().filter(|(set, _)| *set == "flores") {
        let versions: Vec<Vec<Version>> = versions
            .into_iter()
            .map(|(code, lines)| {
                let lines: Vec<String> =
                    lines.into_iter().flat_map(|version| version.lines).collect();
                lines.chunks(LINES).map(|lines| Version::new(code, lines.to_vec())).collect()
            })
            .collect();
        for (target, right) in versions.iter().enumerate() {
            let pool = pool(right);
            for (source, left) in versions.iter().enumerate().filter(|(at, _)| *at != target) {
                for (at, (left, right)) in left.iter().zip(right).enumerate() {
                    document(left, right, &pool, at * 4 + source, &mut examples);
                }
            }
        }
    }
    let weights = logistic_regression(
        &matrix(&examples.evidence),
        &Array1::from(examples.labels.clone()),
        &Array1::from(examples.weights.clone()),
    );
    let planted = examples.labels.iter().sum::<f64>();
    println!("names: {planted} planted pairs, {} in all", examples.labels.len());
    for (at, weight) in weights.iter().enumerate() {
        println!("    {weight:.3}, // {at}");
    }
}

/// The pairs of names of a document, untouched and with names planted in it.
fn document(
    left: &Version,
    right: &Version,
    pool: &[(NameKind, String)],
    seed: usize,
    examples: &mut Examples,
) {
    let (left_names, right_names) = (left.passages(), right.passages());
    let known = acquaintance(&left_names, &right_names);
    for (one, other) in left_names.iter().zip(&right_names) {
        for conflict in name_conflicts(one, other, &known) {
            examples.add(&conflict, false, UNTOUCHED);
        }
    }
    for at in 0..left.lines.len() {
        for step in 0..PLANTED {
            let seed = (seed * LINES + at) * PLANTED + step;
            let Some((text, span)) = other_name((left, right), at, pool, seed) else { continue };
            let changed: Vec<NamePassage> = right.with(at, text).passages();
            let known = acquaintance(&left_names, &changed);
            for conflict in name_conflicts(&left_names[at], &changed[at], &known) {
                let planted = overlap(&(conflict.right.start..conflict.right.end), &span);
                examples.add(&conflict, planted, 1.0);
            }
        }
    }
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}
