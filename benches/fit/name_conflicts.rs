//! Weights of the evidence that two names stand in each other's place and mean different things, by what is known of names and
//! by what the encoder says: from names planted in the translations of `flores`, in all directions.

use std::ops::Range;

use ndarray::Array1;
use parallax::embed::Embedder;
use parallax::facts::{NameConflict, NameKind, NamePassage, name_conflicts};

use crate::names::planted::asked;
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
    /// The passages with the conflicts, for the encoder.
    asked: Vec<([String; 2], NameConflict)>,
}

impl Examples {
    fn add(&mut self, texts: [&str; 2], conflict: &NameConflict, planted: bool, weight: f64) {
        self.asked.push((texts.map(str::to_owned), *conflict));
        self.evidence.push(conflict.evidence.iter().copied().map(f64::from).collect());
        self.labels.push(f64::from(u8::from(planted)));
        self.weights.push(weight);
    }
}

/// Fits the weights and prints them.
pub(crate) fn run(embedder: &Embedder) {
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
    print("names", &examples.labels, &weights);
    let conflicts = examples.asked.iter().enumerate();
    let conflicts = conflicts
        .map(|(at, (texts, conflict))| (at, texts.each_ref().map(String::as_str), conflict));
    let asked = asked(embedder, conflicts);
    let asked: Vec<_> =
        asked.iter().filter_map(|asked| Some((asked.at, asked.evidence?))).collect();
    let evidence: Vec<Vec<f64>> =
        asked.iter().map(|(_, evidence)| evidence.map(f64::from).to_vec()).collect();
    let labels: Vec<f64> = asked.iter().map(|&(at, _)| examples.labels[at]).collect();
    let ones = Array1::ones(labels.len());
    let weights = logistic_regression(&matrix(&evidence), &Array1::from(labels.clone()), &ones);
    print("names, with what the encoder says", &labels, &weights);
}

fn print(what: &str, labels: &[f64], weights: &Array1<f64>) {
    println!("{what}: {} planted pairs, {} in all", labels.iter().sum::<f64>(), labels.len());
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
    for (at, (one, other)) in left_names.iter().zip(&right_names).enumerate() {
        for conflict in name_conflicts(one, other, &known) {
            let texts = [left.lines[at].as_str(), right.lines[at].as_str()];
            examples.add(texts, &conflict, false, UNTOUCHED);
        }
    }
    for at in 0..left.lines.len() {
        for step in 0..PLANTED {
            let seed = (seed * LINES + at) * PLANTED + step;
            let Some((text, span)) = other_name((left, right), at, pool, seed) else { continue };
            let texts = [left.lines[at].as_str(), text.as_str()];
            let changed: Vec<NamePassage> = right.with(at, text.clone()).passages();
            let known = acquaintance(&left_names, &changed);
            for conflict in name_conflicts(&left_names[at], &changed[at], &known) {
                let planted = overlap(&(conflict.right.start..conflict.right.end), &span);
                examples.add(texts, &conflict, planted, 1.0);
            }
        }
    }
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}
