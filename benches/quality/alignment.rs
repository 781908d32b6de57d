//! Parallel alignment: strict and lax F1 on `textberg`, German and French articles linked by hand, n to m.
//!
//! Strict: a bead counts if it is in the gold to the sentence; lax: if it shares a sentence on both sides with a
//! gold bead. Sentences without a counterpart count for precision alone, as in the scorer of Sennrich & Volk 2011.

use std::collections::BTreeSet;
use std::fs;

use parallax::align::parallel::{ParallelOptions, Side, align};
use parallax::embed::Embedder;

use crate::{Row, data, vectors};

type Bead = (Vec<usize>, Vec<usize>);

/// Runs the section.
pub(crate) fn run(embedder: &Embedder) -> Vec<Row> {
    let read = |name: &str| {
        fs::read_to_string(data().join("textberg").join(name)).expect("the set is readable")
    };
    let (left, right, gold) = (read("dev.de"), read("dev.fr"), read("dev.defr"));
    let (left, right): (Vec<&str>, Vec<&str>) = (left.lines().collect(), right.lines().collect());
    let gold: BTreeSet<Bead> = gold.lines().map(bead).collect();
    let (left_vectors, right_vectors) =
        (vectors::embed(embedder, &left), vectors::embed(embedder, &right));
    let encode = |texts: &[&str]| Ok(vectors::embed(embedder, texts));
    let alignment = align(
        &Side { texts: &left, vectors: left_vectors.view() },
        &Side { texts: &right, vectors: right_vectors.view() },
        &ParallelOptions::default(),
        &encode,
        &mut |_, _| {},
    )
    .expect("the engine runs");
    let found: BTreeSet<Bead> = alignment
        .beads
        .into_iter()
        .map(|bead| (bead.left.collect(), bead.right.collect()))
        .collect();
    vec![
        row("textberg strict F1", f1(&found, &gold, |bead, others| others.contains(bead))),
        row(
            "textberg lax F1",
            f1(&found, &gold, |bead, others| others.contains(bead) || touches(bead, others)),
        ),
    ]
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
