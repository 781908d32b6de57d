//! The score of a translation: agreement with human ratings, critical errors, and planted errors that must cost.
//!
//! Ratings are those of `mt/da-*-dev` and `mt/critical-*-dev`. Errors are planted into the professional translations of
//! `ntrex`, in all twelve directions; a figure is the share of pairs in which the true translation scores higher than the
//! damaged one, in the worst direction. Scores are those of the whole check, findings counted.

#[path = "translation/ratings.rs"]
pub(crate) mod ratings;

use std::collections::BTreeMap;

use parallax::embed::Embedder;
use parallax::translation::Checked;

use crate::checks::checked;
use crate::facts::language;
use crate::planted::{self, Damage};
use crate::{Row, data};
use ratings::{Rated, area_under_curve, pearson};

/// Languages of the planted errors.
const LANGUAGES: [&str; 4] = ["de", "lt", "en", "ru"];
/// One line in so many is damaged in every way, and one in so many by a number or by its neighbour: few lines have a
/// number, and of a hundred and sixty lines one alone would be more than the half per cent that is looked for.
const EVERY: usize = 6;
const EVERY_OFTEN: usize = 2;

pub(crate) fn run(embedder: &Embedder) -> Vec<Row> {
    let mut rows = rated(embedder);
    rows.extend(damaged(embedder));
    rows
}

fn row(name: impl Into<String>, value: f64, unit: &'static str) -> Row {
    Row { section: "translation", name: name.into(), value, unit }
}

/// A score of each segment.
fn scores(checked: &[Checked]) -> Vec<f64> {
    checked.iter().map(|segment| f64::from(segment.score.unwrap_or_default())).collect()
}

fn rated(embedder: &Embedder) -> Vec<Row> {
    let mut rows = Vec::new();
    for pair in ratings::PAIRS {
        let set = Rated::assessed(pair, "dev");
        let found = scores(&checked(embedder, set.languages(), &set.texts()));
        let correlation = 100.0 * pearson(&found, &set.ratings);
        rows.push(row(format!("{pair} ratings, Pearson"), correlation, "%"));
    }
    let set = Rated::critical("dev");
    let found = checked(embedder, set.languages(), &set.texts());
    let found: Vec<f64> =
        found.iter().map(|segment| f64::from(segment.critical.unwrap_or_default())).collect();
    let area = area_under_curve(&found, &set.ratings.iter().map(|&r| r > 0.5).collect::<Vec<_>>());
    rows.push(row("en-de critical errors, area under ROC", 100.0 * area, "%"));
    rows
}

fn name(damage: Damage) -> &'static str {
    match damage {
        Damage::Neighbour => "neighbour's translation",
        Damage::Clause => "dropped clause",
        Damage::Number => "swapped number",
        Damage::Negation => "planted negation",
        Damage::Addition => "added clause",
    }
}

/// A line with its true translation, and the same with one of them damaged.
struct Trial {
    damage: Damage,
    right: (String, String),
    wrong: (String, String),
}

fn damaged(embedder: &Embedder) -> Vec<Row> {
    let lines: BTreeMap<&str, Vec<String>> =
        LANGUAGES.iter().map(|&code| (code, read(&format!("ntrex/{code}.txt")))).collect();
    let mut worst: BTreeMap<Damage, (f64, String)> = BTreeMap::new();
    let (mut copies, mut sources) = (0, 0);
    for from in LANGUAGES {
        for into in LANGUAGES.into_iter().filter(|&into| into != from) {
            let trials = trials(&lines[from], &lines[into], into);
            for (damage, share) in won(embedder, &trials, (from, into)) {
                let entry = worst.entry(damage).or_insert((101.0, String::new()));
                if share < entry.0 {
                    *entry = (share, format!("{from}-{into}"));
                }
            }
            let pairs: Vec<(String, String)> = (lines[from].iter().step_by(EVERY))
                .map(|line| (line.clone(), line.clone()))
                .collect();
            let found = scores(&checked(embedder, (language(from), language(into)), &pairs));
            copies += found.iter().filter(|&&score| score == 0.0).count();
            sources += found.len();
        }
    }
    let mut rows: Vec<Row> = worst
        .into_iter()
        .map(|(damage, (share, direction))| {
            println!("translation: {} is lowest in {direction}", name(damage));
            row(format!("{}, true one higher, worst direction", name(damage)), share, "%")
        })
        .collect();
    rows.push(row("copies of the source scored 0", 100.0 * copies as f64 / sources as f64, "%"));
    rows
}

/// The damaged lines of one direction.
fn trials(sources: &[String], targets: &[String], into: &str) -> Vec<Trial> {
    let mut trials = Vec::new();
    for line in 0..sources.len() {
        for damage in Damage::ALL {
            let every = match damage {
                Damage::Number | Damage::Neighbour => EVERY_OFTEN,
                Damage::Clause | Damage::Negation | Damage::Addition => EVERY,
            };
            if line % every != 0 {
                continue;
            }
            let wrong = planted::damaged(damage, sources, (targets, into), line);
            trials.extend(wrong.map(|wrong| Trial {
                damage,
                right: (sources[line].clone(), targets[line].clone()),
                wrong,
            }));
        }
    }
    trials
}

/// Share of the trials of each kind in which the true translation scores higher, in per cent.
fn won(embedder: &Embedder, trials: &[Trial], codes: (&str, &str)) -> BTreeMap<Damage, f64> {
    let pairs: Vec<(String, String)> =
        trials.iter().flat_map(|trial| [trial.right.clone(), trial.wrong.clone()]).collect();
    let scores = scores(&checked(embedder, (language(codes.0), language(codes.1)), &pairs));
    let mut won: BTreeMap<Damage, (f64, f64)> = BTreeMap::new();
    for (trial, found) in trials.iter().zip(scores.chunks_exact(2)) {
        let (higher, all) = won.entry(trial.damage).or_default();
        *higher += f64::from(u8::from(found[0] > found[1]));
        *all += 1.0;
        if found[0] <= found[1] && std::env::var_os("PARALLAX_SHOW").is_some() {
            println!("  {}-{}: {} not lower", codes.0, codes.1, name(trial.damage));
            for (score, (source, target)) in found.iter().zip([&trial.right, &trial.wrong]) {
                println!("    {score:.3} {source}\n          {target}");
            }
        }
    }
    won.into_iter().map(|(damage, (higher, all))| (damage, 100.0 * higher / all)).collect()
}

fn read(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(data().join(name)).expect("the set can be read");
    text.lines().map(str::to_owned).collect()
}
