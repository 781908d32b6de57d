//! Fits the weights of the parallel aligner (`src/align/parallel/parallel.toml`) to documents made from `flores`, in all
//! directions of four languages.

use ndarray::Array2;
use parallax::align::parallel::learn::{COUNT, Example, names};
use parallax::align::parallel::{ParallelOptions, Side, Weights, weights};
use parallax::embed::Embedder;
use rayon::prelude::*;

use crate::made;
use crate::pools::{LANGUAGES, LineSet};
use crate::vectors;

/// Times that what is near the best way is encoded anew with the weights found so far.
const ROUNDS: usize = 2;
/// Steps of the minimiser in each round.
const STEPS: usize = 60;
/// Pull of the weights towards zero.
const RIDGE: f64 = 0.01;
/// Earlier steps that the minimiser remembers.
const MEMORY: usize = 10;

/// A point, the value there and its gradient.
type Point = ([f64; COUNT], f64, [f64; COUNT]);

/// Fits and prints the weights.
pub(crate) fn run(embedder: &Embedder) {
    let mut fitted = *weights();
    for round in 1..=ROUNDS {
        let examples = examples(embedder, &fitted);
        let before = value(&examples, &fitted.to_list());
        let (list, loss, _) = minimise(fitted.to_list(), |list| value(&examples, list));
        fitted = fitted.with_list(&list);
        println!(
            "parallel, round {round}: {} documents, loss {:.1} -> {loss:.1}",
            examples.len(),
            before.0
        );
    }
    let (beads, larger, runs) = rates(&examples(embedder, &fitted));
    println!("runs_of_skips = {:.2}", runs / (runs + beads));
    println!("larger_beads = {:.2}", larger / beads);
    for (name, weight) in names().zip(fitted.to_list()) {
        println!("{name:?} = {weight:.3}");
    }
}

/// How many beads the examples have, how many larger ones, and how many runs of skips.
fn rates(examples: &[Example]) -> (f64, f64, f64) {
    examples.iter().map(Example::counts).fold((0.0, 0.0, 0.0), |sum, (beads, larger, runs)| {
        (sum.0 + beads as f64, sum.1 + larger as f64, sum.2 + runs as f64)
    })
}

fn examples(embedder: &Embedder, weights: &Weights) -> Vec<Example> {
    let set = LineSet::load("flores", "dev.", embedder);
    let options = ParallelOptions { weights: *weights, ..ParallelOptions::default() };
    let encode =
        |texts: &[&str]| -> parallax::Result<Array2<f32>> { Ok(vectors::embed(embedder, texts)) };
    let mut examples = Vec::new();
    for left in 0..LANGUAGES.len() {
        for right in (0..LANGUAGES.len()).filter(|&right| right != left) {
            for (number, lines) in set.documents.iter().enumerate() {
                let style = if number % 2 == 0 { made::FAITHFUL } else { made::FREE };
                let made = made::make(&set, [left, right], lines, style, 1 + number as u64);
                let Some(gold) = made.ranges() else { continue };
                let one: Vec<&str> = made.left.iter().map(String::as_str).collect();
                let other: Vec<&str> = made.right.iter().map(String::as_str).collect();
                let (one_vectors, other_vectors) =
                    (vectors::embed(embedder, &one), vectors::embed(embedder, &other));
                let one = Side { texts: &one, vectors: one_vectors.view() };
                let other = Side { texts: &other, vectors: other_vectors.view() };
                let example = Example::new(&one, &other, &gold, &options, &encode);
                examples.extend(example.expect("the engine runs"));
            }
        }
    }
    examples
}

/// Minus the log likelihood of all examples, with the pull towards zero, and its gradient.
fn value(examples: &[Example], list: &[f64; COUNT]) -> (f64, [f64; COUNT]) {
    let weights = weights().with_list(list);
    let zero = || (0.0, [0.0; COUNT]);
    let add = |mut one: (f64, [f64; COUNT]), other: (f64, [f64; COUNT])| {
        one.0 += other.0;
        one.1.iter_mut().zip(other.1).for_each(|(sum, value)| *sum += value);
        one
    };
    let likelihoods = examples.par_iter().map(|example| example.likelihood(&weights));
    let (likelihood, mut gradient) = likelihoods.reduce(zero, add);
    let mut loss = -likelihood;
    for (slope, weight) in gradient.iter_mut().zip(list) {
        *slope = 2.0 * RIDGE * weight - *slope;
        loss += RIDGE * weight * weight;
    }
    (loss, gradient)
}

/// Limited-memory BFGS with a backtracking line search (Nocedal & Wright 2006, algorithms 7.4 and 3.1).
fn minimise(start: [f64; COUNT], value: impl Fn(&[f64; COUNT]) -> (f64, [f64; COUNT])) -> Point {
    let (loss, gradient) = value(&start);
    let mut here: Point = (start, loss, gradient);
    let mut steps: Vec<([f64; COUNT], [f64; COUNT])> = Vec::new();
    for _ in 0..STEPS {
        let direction = direction(&here.2, &steps);
        let slope = dot(&direction, &here.2);
        let mut size = if steps.is_empty() { 1.0 / dot(&here.2, &here.2).sqrt() } else { 1.0 };
        let next = loop {
            let mut point = here.0;
            point.iter_mut().zip(direction).for_each(|(x, d)| *x += size * d);
            let (loss, gradient) = value(&point);
            if loss <= here.1 + 1e-4 * size * slope {
                break Some((point, loss, gradient));
            }
            size /= 2.0;
            if size < 1e-8 {
                break None;
            }
        };
        let Some(next) = next else { break };
        let moved = difference(&next.0, &here.0);
        let turned = difference(&next.2, &here.2);
        if dot(&moved, &turned) > 1e-10 {
            steps.push((moved, turned));
            if steps.len() > MEMORY {
                steps.remove(0);
            }
        }
        let gained = here.1 - next.1;
        here = next;
        if gained < 1e-6 * here.1.abs() {
            break;
        }
    }
    here
}

/// The direction to go: downhill, bent by what the last steps taught of the curvature.
fn direction(gradient: &[f64; COUNT], steps: &[([f64; COUNT], [f64; COUNT])]) -> [f64; COUNT] {
    let mut direction = gradient.map(|slope| -slope);
    let mut shares = Vec::new();
    for (moved, turned) in steps.iter().rev() {
        let share = dot(moved, &direction) / dot(moved, turned);
        direction.iter_mut().zip(turned).for_each(|(d, t)| *d -= share * t);
        shares.push(share);
    }
    if let Some((moved, turned)) = steps.last() {
        let scale = dot(moved, turned) / dot(turned, turned);
        direction.iter_mut().for_each(|d| *d *= scale);
    }
    for ((moved, turned), share) in steps.iter().zip(shares.iter().rev()) {
        let back = dot(turned, &direction) / dot(moved, turned);
        direction.iter_mut().zip(moved).for_each(|(d, m)| *d += (share - back) * m);
    }
    direction
}

fn dot(one: &[f64; COUNT], other: &[f64; COUNT]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

fn difference(one: &[f64; COUNT], other: &[f64; COUNT]) -> [f64; COUNT] {
    std::array::from_fn(|index| one[index] - other[index])
}
