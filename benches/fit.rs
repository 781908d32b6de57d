//! Fits the weights of `src/align/parameters.toml` and prints them; nothing is written.
//!
//! `cargo bench --bench fit`. The link weights come from pools made of `flores`, the similarity weights from
//! the human ratings of `similarity`: the two sets that may be used for fitting. `cargo bench --bench
//! quality` then measures the links on another set; the similarity is cross-validated here.

#[path = "quality/pools.rs"]
mod pools;
#[path = "quality/similarity.rs"]
mod similarity;

use std::path::{Path, PathBuf};

use ndarray::{Array1, Array2};
use parallax::align::background::Background;
use parallax::align::comparable;
use parallax::align::rarity::FactRarity;
use parallax::align::tone::ToneAxis;
use parallax::embed::{EmbedOptions, Embedder};
use similarity::pearson;

/// A row of the quality table, which the shared modules make.
#[allow(dead_code)]
pub struct Row {
    section: &'static str,
    name: String,
    value: f64,
    unit: &'static str,
}

/// Folder of the development sets.
pub fn data() -> PathBuf {
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

/// Logistic regression over judged pairs of pools in all directions.
fn links(embedder: &Embedder) {
    let set = pools::LineSet::load("flores", "dev.", embedder);
    let background = Background::new(&ToneAxis::new(embedder).expect("the engine runs"));
    let (mut features, mut labels) = (Vec::new(), Vec::new());
    let count = pools::LANGUAGES.len();
    for (left, right) in (0..count).flat_map(|l| (0..count).map(move |r| (l, r))) {
        if left == right {
            continue;
        }
        for pool in pools::pools(&set, left, right, 2) {
            let articles = [pool.left, pool.right];
            let rarity = FactRarity::new(&articles);
            let linked = comparable::link(&articles[0], &articles[1], &background, &rarity);
            for candidate in &linked.candidates {
                let mut row = vec![1.0];
                row.extend(candidate.features.values().map(f64::from));
                features.push(row);
                let same = pool.truth.contains(&(candidate.left, candidate.right));
                labels.push(f64::from(u8::from(same)));
            }
        }
    }
    let weights = logistic_regression(&matrix(&features), &Array1::from(labels));
    print_weights("link", &["intercept", "margin", "centred", "mutual", "facts"], &weights);
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
fn logistic_regression(x: &Array2<f64>, y: &Array1<f64>) -> Array1<f64> {
    let mut weights = Array1::zeros(x.ncols());
    for _ in 0..50 {
        let p = x.dot(&weights).mapv(|sum: f64| 1.0 / (1.0 + (-sum).exp()));
        let mut gradient = x.t().dot(&(y - &p));
        let curvature = p.mapv(|p| (p * (1.0 - p)).max(1e-9));
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
