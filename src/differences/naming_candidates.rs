//! Names that two documents may have for one place, found by their links: part of the check `naming`.
//!
//! Where linked sentences have, time and again, one name here and another there, and neither document ever has the other's
//! name, the two may name the same thing. Which names contradict each other is known of those in
//! `src/lang/contested.toml` alone; of these a reader has to judge.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::document_list;
use super::linked_facts::{as_written, between};
use crate::align::passage::Passage;
use crate::align::{Comparison, Pair};
use crate::facts::{Acquaintance, Alias, aliases};
use crate::finding::{Finding, Place, Severity};

/// Least probability of a link whose names are looked at.
const LEAST_LINK_SCORE: f32 = 0.7;
/// Probability of a candidate that stands in two links, and in each further one.
const CONFIDENCE: f32 = 0.5;
const EACH_LINK: f32 = 0.1;
const MOST_CERTAIN: f32 = 0.8;

/// Some sentences of a document.
type Side<'c> = (usize, &'c [usize]);

/// The candidates of all pairs of documents of one event.
pub(super) fn candidates(comparison: &Comparison, check: &'static str) -> Vec<Finding> {
    let pairs: Vec<&Pair> = comparison
        .pairs
        .iter()
        .filter(|pair| comparison.same_event(pair.left, pair.right))
        .collect();
    // A sentence stands in links to several documents, and is made ready once.
    let sides: HashSet<Side> = pairs.iter().flat_map(|&pair| linked(pair)).flatten().collect();
    let ready =
        |(document, sentences): Side| Passage::new(&comparison.articles[document], sentences);
    let passages: HashMap<Side, Passage> =
        sides.into_par_iter().map(|side| (side, ready(side))).collect();
    pairs
        .into_par_iter()
        .flat_map_iter(|pair| of_pair(comparison, &passages, pair, check))
        .collect()
}

/// Both sides of the links whose names are looked at.
fn linked(pair: &Pair) -> impl Iterator<Item = [Side<'_>; 2]> {
    let links = pair.links.iter().filter(|link| link.score >= LEAST_LINK_SCORE);
    links.map(|link| [(pair.left, link.left.as_slice()), (pair.right, link.right.as_slice())])
}

fn of_pair(
    comparison: &Comparison,
    passages: &HashMap<Side, Passage>,
    pair: &Pair,
    check: &'static str,
) -> Vec<Finding> {
    let passages: Vec<(&Passage, &Passage)> =
        linked(pair).map(|[left, right]| (&passages[&left], &passages[&right])).collect();
    let names = passages.par_iter().map(|(left, right)| (&left.names, &right.names));
    let known = Acquaintance::of(names);
    let mut told: Vec<Alias> = Vec::new();
    let mut found = Vec::new();
    for &(left, right) in &passages {
        for alias in aliases(&left.names, &right.names, &known) {
            if told.iter().any(|other| other.keys == alias.keys) {
                continue;
            }
            let place = |document: usize, (sentence, span)| {
                as_written(Place { document, sentence: Some(sentence), span }, comparison)
            };
            let sides = [
                place(pair.left, left.place(alias.left)),
                place(pair.right, right.place(alias.right)),
            ];
            let message = format!(
                "{} may say “{}” where {} says “{}”, {} times",
                document_list(&[pair.left]),
                sides[0].1,
                document_list(&[pair.right]),
                sides[1].1,
                alias.times
            );
            let confidence = (CONFIDENCE + (alias.times - 2) as f32 * EACH_LINK).min(MOST_CERTAIN);
            found.push(between(check, Severity::Info, confidence, message, sides));
            told.push(alias);
        }
    }
    found
}
