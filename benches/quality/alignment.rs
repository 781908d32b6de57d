//! Parallel alignment: strict and lax F1 on `textberg`, German and French articles linked by hand, n to m, and
//! strict F1 on documents made from line-aligned sets.
//!
//! Strict: a bead counts if it is in the gold to the sentence; lax: if it shares a sentence on both sides with a
//! gold bead. Sentences without a counterpart count for precision alone, as in the scorer of Sennrich & Volk 2011.

use std::collections::BTreeSet;
use std::fs;

use parallax::align::parallel::{self, Alignment};
use parallax::embed::Embedder;

use crate::made::{self, Made, aligned};
use crate::pools::{LANGUAGES, LineSet};
use crate::{Row, data};

type Bead = (Vec<usize>, Vec<usize>);

/// Bounds of stated confidence within which links are counted together.
const BINS: [f32; 7] = [0.0, 0.5, 0.7, 0.8, 0.9, 0.97, 1.01];
/// Directions in which a rearranged translation is aligned, as places in [`LANGUAGES`].
const REARRANGED: [[usize; 2]; 4] = [[0, 1], [1, 3], [3, 2], [2, 0]];

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

/// Documents made from the lines of `ntrex`, in every direction; and what the confidence of their links is worth.
fn made_texts(embedder: &Embedder) -> Vec<Row> {
    let set = LineSet::load("ntrex", "", embedder);
    let mut rows = Vec::new();
    let mut sum = 0.0;
    let mut judged = Vec::new();
    for (left, from) in LANGUAGES.iter().enumerate() {
        for (right, to) in LANGUAGES.iter().enumerate().filter(|&(right, _)| right != left) {
            let value = direction(embedder, &set, left, right, &mut judged);
            sum += value;
            rows.push(row(&format!("ntrex {from}-{to} strict F1"), value));
        }
    }
    let mean = sum / rows.len() as f64;
    rows.push(row("ntrex mean strict F1", mean));
    rows.extend(reliability(&judged));
    rows.extend(rearranged(embedder, &set));
    rows
}

/// Strict F1 over all documents of a set in one direction; `judged` takes every link's confidence and whether it is
/// right.
fn direction(
    embedder: &Embedder,
    set: &LineSet,
    left: usize,
    right: usize,
    judged: &mut Vec<(f32, bool)>,
) -> f64 {
    let (mut all_found, mut all_gold) = (BTreeSet::new(), BTreeSet::new());
    for (number, lines) in set.documents.iter().enumerate().filter(|(_, lines)| lines.len() >= 6) {
        let made = made::make(set, [left, right], lines, made::FAITHFUL, 1 + number as u64);
        let alignment = align_made(embedder, &made);
        let gold: BTreeSet<Bead> = made.gold.into_iter().collect();
        for link in alignment.beads.iter().filter(|bead| bead.is_link()) {
            judged.push((link.confidence, gold.contains(&sentences(link))));
        }
        // Numbers of documents are kept apart, so that all documents can be counted at once.
        let apart = |(left, right): Bead| {
            let shift = |side: Vec<usize>| side.into_iter().map(|s| s + number * 10_000).collect();
            (shift(left), shift(right))
        };
        all_found.extend(found(&alignment).into_iter().map(apart));
        all_gold.extend(gold.into_iter().map(apart));
    }
    f1(&all_found, &all_gold, |bead, others| others.contains(bead))
}

fn align_made(embedder: &Embedder, made: &Made) -> Alignment {
    let one: Vec<&str> = made.left.iter().map(String::as_str).collect();
    let other: Vec<&str> = made.right.iter().map(String::as_str).collect();
    aligned(embedder, &one, &other)
}

/// Share of right links by stated confidence, and the mean difference of the two.
fn reliability(judged: &[(f32, bool)]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut apart = 0.0;
    for bounds in BINS.windows(2) {
        let inside = judged.iter().filter(|(stated, _)| (bounds[0]..bounds[1]).contains(stated));
        let (mut count, mut stated, mut right) = (0.0, 0.0, 0.0);
        for &(confidence, is_right) in inside {
            count += 1.0;
            stated += f64::from(confidence);
            right += f64::from(u8::from(is_right));
        }
        if count > 0.0 {
            apart += (stated - right).abs();
            let name = format!("ntrex {count} links stated {:.1}, right", 100.0 * stated / count);
            rows.push(row(&name, right / count));
        }
    }
    rows.push(row("ntrex confidence, 100 minus mean error", 1.0 - apart / judged.len() as f64));
    rows
}

/// All documents of the set as one text; in the translation two sections changed places, a chapter is missing and a long
/// footnote stands elsewhere.
fn rearranged(embedder: &Embedder, set: &LineSet) -> Vec<Row> {
    let mut order: Vec<usize> = (0..set.documents.len()).collect();
    order.drain(40..43);
    let footnote = order.remove(36);
    order.insert(4, footnote);
    order[10..30].rotate_left(10);
    let lines = |documents: &[usize]| -> Vec<usize> {
        documents.iter().flat_map(|&document| set.documents[document].iter().copied()).collect()
    };
    let all: Vec<usize> = (0..set.documents.len()).collect();
    let (all, moved) = (lines(&all), lines(&order));
    REARRANGED
        .iter()
        .map(|&[left, right]| {
            let made = made::make_apart(set, [left, right], [&all, &moved], made::FAITHFUL, 1);
            let found = found(&align_made(embedder, &made));
            let gold: BTreeSet<Bead> = made.gold.into_iter().collect();
            let value = f1(&found, &gold, |bead, others| others.contains(bead));
            let (from, to) = (LANGUAGES[left], LANGUAGES[right]);
            row(&format!("ntrex {from}-{to} rearranged, strict F1"), value)
        })
        .collect()
}

fn sentences(bead: &parallel::Bead) -> Bead {
    (bead.left.clone().collect(), bead.right.clone().collect())
}

fn found(alignment: &Alignment) -> BTreeSet<Bead> {
    alignment.beads.iter().map(sentences).collect()
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
