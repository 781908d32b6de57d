//! Fits the weights of `src/align/parameters.toml` and prints them; nothing is written.
//!
//! `cargo bench --bench fit`. The link weights come from pools made of `flores` (translations) and from the
//! sample articles (the same event told by different outlets), both counting alike; the similarity weights
//! from the human ratings of `similarity`. `cargo bench --bench quality` then measures the links on another
//! set; here the samples are cross-validated by event and the similarity in five folds.

// A bench talks to whoever runs it, and stops where something it needs is broken.
#![allow(clippy::expect_used, clippy::print_stdout)]

#[path = "quality/pools.rs"]
mod pools;
#[path = "quality/samples.rs"]
#[allow(dead_code)]
mod samples;
#[path = "quality/similarity.rs"]
#[allow(dead_code)]
mod similarity;
#[path = "quality/vectors.rs"]
mod vectors;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ndarray::{Array1, Array2};
use parallax::align::Article;
use parallax::align::background::Background;
use parallax::align::comparable;
use parallax::align::parameters::LinkFeatures;
use parallax::align::rarity::FactRarity;
use parallax::align::tone::ToneAxis;
use parallax::embed::{EmbedOptions, Embedder};
use parallax::ingest::{IngestOptions, Input};
use parallax::jobs::prepare;
use similarity::pearson;

/// A row of the quality table, which the shared modules make.
#[allow(dead_code)]
pub(crate) struct Row {
    section: &'static str,
    name: String,
    value: f64,
    unit: &'static str,
}

/// Folder of the development sets.
pub(crate) fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data")
}

/// Pull of the weights towards zero.
const RIDGE: f64 = 1.0;
/// Folds of the cross-validation.
const FOLDS: usize = 5;

fn main() {
    if !data().is_dir() {
        println!("fit: skipped, there is no {}", data().display());
        return;
    }
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/multilingual-e5-small-europe");
    let embedder = Embedder::open(&model, &EmbedOptions::default()).expect("the model opens");
    links(&embedder);
    similarities(&embedder);
}

/// Judged pairs of sentences: evidence with a leading 1, whether they say the same, and how much each counts.
#[derive(Default, Clone)]
struct Examples {
    features: Vec<Vec<f64>>,
    labels: Vec<f64>,
    weights: Vec<f64>,
}

impl Examples {
    fn add(&mut self, features: &LinkFeatures, same: bool) {
        let mut row = vec![1.0];
        row.extend(features.values().map(f64::from));
        self.features.push(row);
        self.labels.push(f64::from(u8::from(same)));
        self.weights.push(1.0);
    }

    /// The examples of both, the second's true pairs counting as much in all as the first's.
    fn joined(mut self, other: &Self) -> Self {
        let factor = self.labels.iter().sum::<f64>() / other.labels.iter().sum::<f64>();
        self.features.extend(other.features.iter().cloned());
        self.labels.extend(&other.labels);
        self.weights.extend(other.weights.iter().map(|weight| weight * factor));
        self
    }

    fn fit(&self) -> Array1<f64> {
        logistic_regression(
            &matrix(&self.features),
            &Array1::from(self.labels.clone()),
            &Array1::from(self.weights.clone()),
        )
    }
}

/// Logistic regression over judged pairs of pools in all directions and of the samples.
fn links(embedder: &Embedder) {
    let background = Background::new(&ToneAxis::new(embedder).expect("the engine runs"));
    let pools = pool_examples(embedder, &background);
    let events = sample_examples(embedder, &background);
    let names = ["intercept", "centred", "mutual", "surplus", "facts"];
    print_weights("link, pools alone", &names, &pools.fit());
    for (held_out, (name, examples)) in events.iter().enumerate() {
        let others = events.iter().enumerate().filter(|&(index, _)| index != held_out);
        let mut training = pools.clone();
        for (_, (_, other)) in others {
            training = training.joined(other);
        }
        let weights = training.fit();
        let alone = pools.fit();
        println!(
            "# {name} held out: F1 {:.3}, with pools alone {:.3}",
            f1(examples, &weights),
            f1(examples, &alone)
        );
    }
    let mut all = Examples::default();
    for (_, examples) in events {
        all.features.extend(examples.features);
        all.labels.extend(examples.labels);
        all.weights.extend(examples.weights);
    }
    print_weights("link", &names, &pools.joined(&all).fit());
}

/// F1 of the pairs whose probability is at least one half.
fn f1(examples: &Examples, weights: &Array1<f64>) -> f64 {
    let linked = matrix(&examples.features).dot(weights).mapv(|sum| sum >= 0.0);
    let true_pairs: f64 = examples.labels.iter().sum();
    let found = linked.iter().filter(|&&linked| linked).count() as f64;
    let right: f64 =
        linked.iter().zip(&examples.labels).filter(|(linked, _)| **linked).map(|(_, l)| l).sum();
    2.0 * right / (found + true_pairs)
}

fn pool_examples(embedder: &Embedder, background: &Background) -> Examples {
    let set = pools::LineSet::load("flores", "dev.", embedder);
    let mut examples = Examples::default();
    let count = pools::LANGUAGES.len();
    for (left, right) in (0..count).flat_map(|l| (0..count).map(move |r| (l, r))) {
        if left == right {
            continue;
        }
        let pools = pools::pools(&set, left, right, 2);
        for (index, pool) in pools.iter().enumerate() {
            // A pool, and its left side with the right side of an unrelated one.
            let unrelated = &pools[(index + pools.len() / 2) % pools.len()];
            for (right, truth) in [(&pool.right, &pool.truth[..]), (&unrelated.right, &[])] {
                let rarity = FactRarity::new(&[pool.left.clone(), right.clone()]);
                let linked = comparable::link(&pool.left, right, background, &rarity);
                for candidate in &linked.candidates {
                    let same = truth.contains(&(candidate.left, candidate.right));
                    examples.add(&candidate.features, same);
                }
            }
        }
    }
    examples
}

/// Judged pairs of the sample articles, by the event of the left one. Pairs of one event of which the truth
/// knows neither sentence are left out; of different events nothing is the same.
fn sample_examples(embedder: &Embedder, background: &Background) -> Vec<(String, Examples)> {
    let truth = samples::truth();
    let articles = articles(&samples::inputs(&truth), embedder);
    let rarity = FactRarity::new(&articles);
    let mut events: BTreeMap<String, Examples> = BTreeMap::new();
    for left in 0..articles.len() {
        for right in left + 1..articles.len() {
            let event = |index: usize| truth.documents[index].event.clone();
            let related = event(left) == event(right);
            let examples = events.entry(event(left)).or_default();
            let linked = comparable::link(&articles[left], &articles[right], background, &rarity);
            for candidate in &linked.candidates {
                let says = |document: usize, sentence: usize| {
                    let text = articles[document].sentence_text(sentence);
                    samples::claims_of(&truth, document, text)
                };
                let (one, other) = (says(left, candidate.left), says(right, candidate.right));
                if related && one.is_empty() && other.is_empty() {
                    continue;
                }
                examples.add(&candidate.features, one.iter().any(|claim| other.contains(claim)));
            }
        }
    }
    events.into_iter().collect()
}

/// Articles with vectors.
fn articles(inputs: &[Input], embedder: &Embedder) -> Vec<Article> {
    let mut articles = prepare::read(inputs, &IngestOptions::default()).articles;
    vectors::embed_articles(embedder, &mut articles);
    articles
}

/// Ridge regression on the human ratings, and its cross-validated correlation.
fn similarities(embedder: &Embedder) {
    let rated = similarity::rated(embedder);
    let rows: Vec<Vec<f64>> = rated
        .iter()
        .map(|pair| {
            let mut row = vec![1.0];
            row.extend(pair.features.values().map(f64::from));
            row
        })
        .collect();
    let ratings: Vec<f64> = rated.iter().map(|pair| pair.rating).collect();
    let names = ["intercept", "coverage", "vectors", "entities", "numbers", "dates"];
    let weights = ridge_regression(&matrix(&rows), &Array1::from(ratings.clone()));
    print_weights("similarity", &names, &weights);

    let mut predicted = vec![0.0; rows.len()];
    for fold in 0..FOLDS {
        let training = |index: &usize| index % FOLDS != fold;
        let kept: Vec<usize> = (0..rows.len()).filter(training).collect();
        let x = matrix(&kept.iter().map(|&i| rows[i].clone()).collect::<Vec<_>>());
        let y: Array1<f64> = kept.iter().map(|&i| ratings[i]).collect();
        let weights = ridge_regression(&x, &y);
        for index in (fold..rows.len()).step_by(FOLDS) {
            predicted[index] = Array1::from(rows[index].clone()).dot(&weights).clamp(0.0, 1.0);
        }
    }
    for group in ["en-en", "de-de", "de-en", "en-de"] {
        let inside: Vec<usize> =
            (0..rated.len()).filter(|&i| rated[i].languages == group).collect();
        let of = |values: &[f64]| inside.iter().map(|&i| values[i]).collect::<Vec<f64>>();
        let r = pearson(&of(&predicted), &of(&ratings));
        println!("# cross-validated Pearson {group} ({} pairs): {r:.3}", inside.len());
        for (feature, name) in names.iter().enumerate().skip(1) {
            let values: Vec<f64> = inside.iter().map(|&i| rows[i][feature]).collect();
            println!("#   {name} alone: {:.3}", pearson(&values, &of(&ratings)));
        }
    }
}

fn matrix(rows: &[Vec<f64>]) -> Array2<f64> {
    Array2::from_shape_fn((rows.len(), rows[0].len()), |(row, column)| rows[row][column])
}

fn print_weights(section: &str, names: &[&str], weights: &Array1<f64>) {
    println!("\n[{section}]");
    for (name, weight) in names.iter().zip(weights) {
        println!("{name} = {weight:.3}");
    }
}

/// Weights of a logistic regression by Newton's method; the intercept, column 0, is not pulled.
fn logistic_regression(x: &Array2<f64>, y: &Array1<f64>, counts: &Array1<f64>) -> Array1<f64> {
    let mut weights = Array1::zeros(x.ncols());
    for _ in 0..50 {
        let p = x.dot(&weights).mapv(|sum: f64| 1.0 / (1.0 + (-sum).exp()));
        let mut gradient = x.t().dot(&((y - &p) * counts));
        let curvature = p.mapv(|p| (p * (1.0 - p)).max(1e-9)) * counts;
        let mut hessian = x.t().dot(&(x * &curvature.insert_axis(ndarray::Axis(1))));
        for i in 1..weights.len() {
            gradient[i] -= RIDGE * weights[i];
            hessian[[i, i]] += RIDGE;
        }
        let step = solve(hessian, gradient);
        weights += &step;
        if step.iter().all(|change: &f64| change.abs() < 1e-6) {
            break;
        }
    }
    weights
}

/// Weights of a linear regression with ridge; the intercept, column 0, is not pulled.
fn ridge_regression(x: &Array2<f64>, y: &Array1<f64>) -> Array1<f64> {
    let mut normal = x.t().dot(x);
    for i in 1..x.ncols() {
        normal[[i, i]] += RIDGE;
    }
    solve(normal, x.t().dot(y))
}

/// Solves `a · w = b` by Gaussian elimination with pivoting.
fn solve(mut a: Array2<f64>, mut b: Array1<f64>) -> Array1<f64> {
    let n = b.len();
    for column in 0..n {
        let pivot = (column..n)
            .max_by(|&i, &j| a[[i, column]].abs().total_cmp(&a[[j, column]].abs()))
            .unwrap_or(column);
        for k in 0..n {
            a.swap([column, k], [pivot, k]);
        }
        b.swap(column, pivot);
        for row in column + 1..n {
            let factor = a[[row, column]] / a[[column, column]];
            for k in column..n {
                a[[row, k]] -= factor * a[[column, k]];
            }
            b[row] -= factor * b[column];
        }
    }
    let mut w = Array1::zeros(n);
    for row in (0..n).rev() {
        let rest: f64 = (row + 1..n).map(|k| a[[row, k]] * w[k]).sum();
        w[row] = (b[row] - rest) / a[[row, row]];
    }
    w
}
