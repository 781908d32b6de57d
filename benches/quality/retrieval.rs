//! Retrieval: how often a sentence's translation is the nearest of all sentences on the other side, by cosine and by
//! margin (ratio, 4 neighbours). P@1 in percent, in every direction.

use std::fs;

use ndarray::{Array2, ArrayView2};
use parallax::align::margin::{best_columns, margin_scores};
use parallax::embed::Embedder;

use crate::{Row, data, vectors};

/// Neighbours on each side that a margin compares with.
const NEIGHBOURS: usize = 4;

/// Names of a set's languages and their files; all files of a set are aligned line by line.
type Set = (&'static str, Vec<(&'static str, String)>);

/// Runs the section.
pub(crate) fn run(embedder: &Embedder) -> Vec<Row> {
    sets().iter().flat_map(|set| measure(embedder, set)).collect()
}

fn sets() -> Vec<Set> {
    let four = |pattern: &str| {
        let file = |language| (language, pattern.replace("LANGUAGE", language));
        ["de", "lt", "en", "ru"].map(file).into()
    };
    let tatoeba = |language, code: &str| {
        let file = |ending: &str| format!("tatoeba/{code}-eng.{ending}");
        ("tatoeba", vec![(language, file(code)), ("en", file("eng"))])
    };
    vec![
        tatoeba("de", "deu"),
        tatoeba("lt", "lit"),
        tatoeba("ru", "rus"),
        ("ntrex", four("ntrex/LANGUAGE.txt")),
        ("flores", four("flores/dev.LANGUAGE.txt")),
    ]
}

/// Every direction of one set, and their mean if there are more than two.
fn measure(embedder: &Embedder, (name, files): &Set) -> Vec<Row> {
    let vectors: Vec<Array2<f32>> =
        files.iter().map(|(_, file)| embed_lines(embedder, file)).collect();
    let mut rows = Vec::new();
    let mut sums = [0.0; 2];
    let mut directions = 0.0;
    for (left, (from, _)) in files.iter().enumerate() {
        for (right, (to, _)) in files.iter().enumerate().filter(|&(right, _)| right != left) {
            let figures = precision(vectors[left].view(), vectors[right].view());
            directions += 1.0;
            for ((kind, value), sum) in ["cosine", "margin"].into_iter().zip(figures).zip(&mut sums)
            {
                *sum += value;
                rows.push(row(format!("{name} {from}-{to} {kind}"), value));
            }
        }
    }
    if files.len() > 2 {
        rows.push(row(format!("{name} mean cosine"), sums[0] / directions));
        rows.push(row(format!("{name} mean margin"), sums[1] / directions));
    }
    rows
}

fn row(name: String, value: f64) -> Row {
    Row { section: "retrieval", name, value, unit: "% P@1" }
}

fn embed_lines(embedder: &Embedder, file: &str) -> Array2<f32> {
    let text = fs::read_to_string(data().join(file)).expect("the development set is complete");
    let lines: Vec<&str> = text.lines().collect();
    vectors::embed(embedder, &lines)
}

/// Share of rows whose best column is their own, by cosine and by margin, in percent.
fn precision(left: ArrayView2<f32>, right: ArrayView2<f32>) -> [f64; 2] {
    let share = |scores: Array2<f32>| {
        let best = best_columns(scores.view());
        let hits = best.iter().enumerate().filter(|&(row, &column)| column == Some(row)).count();
        100.0 * hits as f64 / best.len().max(1) as f64
    };
    [share(left.dot(&right.t())), share(margin_scores(left, right, NEIGHBOURS))]
}
