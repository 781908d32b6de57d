//! Parallel alignment: strict and lax F1 on `textberg`, German and French articles linked by hand, n to m, and
//! strict F1 on documents made from line-aligned sets.
//!
//! Strict: a bead counts if it is in the gold to the sentence; lax: if it shares a sentence on both sides with a
//! gold bead. Sentences without a counterpart count for precision alone, as in the scorer of Sennrich & Volk 2011.

use std::collections::BTreeSet;
use std::fs;

use parallax::align::parallel::Alignment;
use parallax::embed::Embedder;

use crate::made::{self, aligned};
use crate::pools::{LANGUAGES, LineSet};
use crate::{Row, data};

type Bead = (Vec<usize>, Vec<usize>);

/// Runs the section.
pub(crate) fn run(embedder: &Embedder) -> Vec<Row> {
    let mut rows = textberg(embedder);
    rows.extend(made_texts(embedder));
    rows
}

fn textberg(embedder: &Embedder) -> Vec<Row> {
    let read = |name: &str| {
        fs::read_to_string(data().join("textberg").join(name)).expect("the set is readable")
    };
    let (left, right, gold) = (read("dev.de"), read("dev.fr"), read("dev.defr"));
    let (left, right): (Vec<&str>, Vec<&str>) = (left.lines().collect(), right.lines().collect());
    let gold: BTreeSet<Bead> = gold.lines().map(bead).collect();
    let alignment = aligned(embedder, &left, &right);
    let found = found(&alignment);
    vec![
        row("textberg strict F1", f1(&found, &gold, |bead, others| others.contains(bead))),
        row(
            "textberg lax F1",
            f1(&found, &gold, |bead, others| others.contains(bead) || touches(bead, others)),
        ),
    ]
}

/// Documents made from the lines of `ntrex`, in every direction.
fn made_texts(embedder: &Embedder) -> Vec<Row> {
    let set = LineSet::load("ntrex", "", embedder);
    let mut rows = Vec::new();
    let mut sum = 0.0;
    for (left, from) in LANGUAGES.iter().enumerate() {
        for (right, to) in LANGUAGES.iter().enumerate().filter(|&(right, _)| right != left) {
            let value = direction(embedder, &set, left, right);
            sum += value;
            rows.push(row(&format!("ntrex {from}-{to} strict F1"), value));
        }
    }
    let mean = sum / rows.len() as f64;
    rows.push(row("ntrex mean strict F1", mean));
    rows
}

/// Strict F1 over all documents of a set in one direction.
fn direction(embedder: &Embedder, set: &LineSet, left: usize, right: usize) -> f64 {
    let (mut all_found, mut all_gold) = (BTreeSet::new(), BTreeSet::new());
    for (number, lines) in set.documents.iter().enumerate().filter(|(_, lines)| lines.len() >= 6) {
        let made = made::make(set, left, right, lines, 1 + number as u64);
        let one: Vec<&str> = made.left.iter().map(String::as_str).collect();
        let other: Vec<&str> = made.right.iter().map(String::as_str).collect();
        let alignment = aligned(embedder, &one, &other);
        // Numbers of documents are kept apart, so that all documents can be counted at once.
        let apart = |(left, right): Bead| {
            let shift = |side: Vec<usize>| side.into_iter().map(|s| s + number * 10_000).collect();
            (shift(left), shift(right))
        };
        all_found.extend(found(&alignment).into_iter().map(apart));
        all_gold.extend(made.gold.into_iter().map(apart));
    }
    f1(&all_found, &all_gold, |bead, others| others.contains(bead))
}

fn found(alignment: &Alignment) -> BTreeSet<Bead> {
    let beads = alignment.beads.iter();
    beads.map(|bead| (bead.left.clone().collect(), bead.right.clone().collect())).collect()
}

fn row(name: &str, value: f64) -> Row {
    Row { section: "alignment", name: name.to_owned(), value: 100.0 * value, unit: "%" }
}

/// A line of the gold, `[i, j]:[k]`.
fn bead(line: &str) -> Bead {
    let side = |text: &str| {
        let numbers = text.trim_matches(|c| c == '[' || c == ']').split(',').map(str::trim);
        numbers.filter(|number| !number.is_empty()).map(|n| n.parse().expect("a number")).collect()
    };
    let (left, right) = line.split_once(':').expect("two sides");
    (side(left), side(right.split(':').next().unwrap_or(right)))
}

fn touches((left, right): &Bead, others: &BTreeSet<Bead>) -> bool {
    let linked: BTreeSet<usize> = others
        .iter()
        .filter(|other| other.0.iter().any(|l| left.contains(l)))
        .flat_map(|other| other.1.iter().copied())
        .collect();
    right.iter().any(|r| linked.contains(r))
}

fn f1(
    found: &BTreeSet<Bead>,
    gold: &BTreeSet<Bead>,
    right: impl Fn(&Bead, &BTreeSet<Bead>) -> bool,
) -> f64 {
    let links = |beads: &BTreeSet<Bead>| -> BTreeSet<Bead> {
        beads.iter().filter(|bead| !bead.0.is_empty() && !bead.1.is_empty()).cloned().collect()
    };
    let share = |beads: &BTreeSet<Bead>, others: &BTreeSet<Bead>| {
        beads.iter().filter(|bead| right(bead, others)).count() as f64 / beads.len().max(1) as f64
    };
    let (precision, recall) = (share(found, gold), share(&links(gold), &links(found)));
    2.0 * precision * recall / (precision + recall)
}
