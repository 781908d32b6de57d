//! Fits the heads of the translation score and writes their data files.
//!
//! The quality head: ridge regression on the z-scores of `mt/da-*-train`, both pairs of languages alike, and on
//! differences between true and damaged translations of `flores`; then trees on what it leaves, as seen on unseen folds.
//! The head for critical errors: the same on the votes of `mt/critical-*-train`, without trees. Printed are correlations
//! on unseen folds; `cargo bench --bench quality -- translation` measures the result on other sets.

use std::fmt::Write;
use std::path::Path;

use ndarray::{Array2, Axis, concatenate};
use parallax::embed::Embedder;
use parallax::lang::Language;
use parallax::translation::score::features::{names, parts};
use parallax::translation::score::head::{Node, SCALE, SUM};
use parallax::translation::score::{Pair, Scorer};

use crate::planted::{self, Damage};
use crate::ratings::{self, Rated, area_under_curve, pearson};
use crate::ridge::{self, Differences, Fitted};
use crate::tables::{Table, table};
use crate::trees::{self, Boosting};

/// Pull of the weights towards zero, for the two heads.
const PULL: f64 = 30_000.0;
const PULL_CRITICAL: f64 = 20_000.0;
/// How the trees grow.
const BOOSTING: Boosting = Boosting { trees: 150, leaves: 4, rate: 0.05, least: 60 };
/// One line in so many is damaged in each direction.
const EVERY: usize = 4;
/// From the quality head's sum to 0..1.
const QUALITY_SCALE: (f64, f64) = (1.2, 1.2);

/// By how many deviations of the ratings a damaged translation should score lower, and how much it counts against a rated
/// one. Numbers are left to the facts.
fn cost(damage: Damage) -> (f32, f32) {
    match damage {
        Damage::Neighbour => (3.0, 0.15),
        Damage::Clause => (1.0, 0.05),
        Damage::Negation => (0.5, 0.03),
        Damage::Number => (0.5, 0.0),
    }
}

/// Features of true and of damaged translations, row by row.
struct Damaged {
    damage: Damage,
    right: Array2<f32>,
    wrong: Array2<f32>,
}

pub(crate) fn run(embedder: &Embedder) {
    let scorer = Scorer::new(embedder).expect("the default model scores translations");
    quality(&scorer);
    critical(&scorer);
}

fn quality(scorer: &Scorer) {
    let (mut tables, mut aims, mut of_pair) = (Vec::new(), Vec::new(), Vec::new());
    for pair in ratings::PAIRS {
        let set = Rated::assessed(pair, "train");
        let table = table(scorer, &format!("da-{pair}-train"), &set.pairs());
        let ratings: Vec<f64> = table.kept.iter().map(|&row| set.ratings[row]).collect();
        aims.extend(standardised(&ratings));
        of_pair.extend(table.kept.iter().map(|_| pair));
        tables.push(table.rows);
    }
    let views: Vec<_> = tables.iter().map(|table| table.view()).collect();
    let x = concatenate(Axis(0), &views).expect("tables of one width");
    let damaged = damaged(scorer);
    let fitted = ridge::fit(&x, &aims, PULL, &differences(&damaged));
    let mut rest: Vec<f64> =
        aims.iter().zip(&fitted.unseen).map(|(aim, seen)| aim - seen).collect();
    let mut seen = with_sum(&x, &fitted.unseen);
    // Trees that know rated translations alone would lift some that say something else.
    for of in damaged.iter().filter(|of| of.damage == Damage::Neighbour) {
        for table in [&of.right, &of.wrong] {
            let sums = table.mapv(f64::from).dot(&fitted.weights) + fitted.intercept;
            rest.extend(sums.iter().map(|_| 0.0));
            seen = concatenate![Axis(0), seen, with_sum(table, &sums.to_vec())];
        }
    }
    let columns: Vec<&str> = names().iter().copied().chain([SUM]).collect();
    let trees = trees::boost(&seen, &rest, &columns, BOOSTING);
    for pair in ratings::PAIRS {
        let rows = (0..aims.len()).filter(|&row| of_pair[row] == pair);
        let (found, wanted): (Vec<f64>, Vec<f64>) =
            rows.map(|row| (fitted.unseen[row], aims[row])).unzip();
        println!(
            "# {pair}: Pearson of the weighted sum on unseen folds {:.3}",
            pearson(&found, &wanted)
        );
    }
    write_head(
        "quality",
        "How good a translation is, fitted to the human ratings of mt/da-*-train and to errors planted into flores",
        &fitted,
        &trees,
        QUALITY_SCALE,
    );
}

fn critical(scorer: &Scorer) {
    let set = Rated::critical("train");
    let Table { rows: x, kept } = table(scorer, "critical-train", &set.pairs());
    let votes: Vec<f64> = kept.iter().map(|&row| set.ratings[row]).collect();
    let fitted = ridge::fit(&x, &votes, PULL_CRITICAL, &[]);
    let cases: Vec<bool> = votes.iter().map(|&vote| vote > 0.5).collect();
    println!(
        "# critical: area under ROC on unseen folds {:.3}",
        area_under_curve(&fitted.unseen, &cases)
    );
    let rows: Vec<Vec<f64>> = fitted.unseen.iter().map(|&sum| vec![1.0, sum]).collect();
    let labels = cases.iter().map(|&case| f64::from(u8::from(case))).collect();
    let counts = ndarray::Array1::ones(cases.len());
    let scale =
        crate::regression::logistic_regression(&crate::regression::matrix(&rows), &labels, &counts);
    write_head(
        "critical",
        "How likely a translation has an error that changes the meaning badly, fitted to the votes of mt/critical-*-train",
        &fitted,
        &[],
        (scale[0], scale[1]),
    );
}

/// The named features and a weighted sum of each row.
fn with_sum(x: &Array2<f32>, sums: &[f64]) -> Array2<f32> {
    let named = names().len();
    Array2::from_shape_fn((x.nrows(), named + 1), |(row, column)| {
        if column < named { x[[row, column]] } else { sums[row] as f32 }
    })
}

/// How the features of true translations differ from those of damaged ones.
fn differences(damaged: &[Damaged]) -> Vec<Differences> {
    let of = |damaged: &Damaged| {
        let (target, weight) = cost(damaged.damage);
        Differences { rows: &damaged.right - &damaged.wrong, target, weight }
    };
    damaged.iter().map(of).collect()
}

/// Lines of `flores` in every direction, damaged in every way.
fn damaged(scorer: &Scorer) -> Vec<Damaged> {
    let codes = ["de", "lt", "en", "ru"];
    let lines: Vec<Vec<String>> = codes.iter().map(|code| flores(code)).collect();
    let directions = (0..16).map(|both| (both / 4, both % 4)).filter(|(from, into)| from != into);
    let mut all = Vec::new();
    for (from, into) in directions {
        let chosen = (0..lines[into].len()).filter(|line| line % EVERY == (from + into) % EVERY);
        let chosen: Vec<usize> = chosen.collect();
        for damage in Damage::ALL.into_iter().filter(|&damage| cost(damage).1 > 0.0) {
            let sources = (codes[from], lines[from].as_slice());
            let targets = (codes[into], lines[into].as_slice());
            all.extend(damaged_lines(scorer, sources, targets, &chosen, damage));
        }
    }
    all
}

/// Some lines of one direction damaged in one way; none if none can be.
fn damaged_lines(
    scorer: &Scorer,
    sources: (&str, &[String]),
    targets: (&str, &[String]),
    chosen: &[usize],
    damage: Damage,
) -> Option<Damaged> {
    let wrongs: Vec<(usize, String)> = chosen
        .iter()
        .filter_map(|&line| Some((line, planted::damage(damage, targets.1, line, targets.0)?)))
        .collect();
    let language = |code| Language::from_code(code).expect("a language code");
    let pair = |line: usize, target| Pair {
        source: &sources.1[line],
        target,
        source_language: language(sources.0),
        target_language: language(targets.0),
    };
    let pairs: Vec<Pair> = wrongs
        .iter()
        .flat_map(|(line, wrong)| [pair(*line, targets.1[*line].as_str()), pair(*line, wrong)])
        .collect();
    let name = format!("flores-{}-{}-{damage:?}", sources.0, targets.0);
    let Table { rows: table, kept } = table(scorer, &name, &pairs);
    let both = |&at: &usize| kept[at] % 2 == 0 && kept.get(at + 1) == Some(&(kept[at] + 1));
    let firsts: Vec<usize> = (0..kept.len()).filter(both).collect();
    let seconds: Vec<usize> = firsts.iter().map(|at| at + 1).collect();
    let (right, wrong) = (table.select(Axis(0), &firsts), table.select(Axis(0), &seconds));
    (!firsts.is_empty()).then_some(Damaged { damage, right, wrong })
}

fn flores(code: &str) -> Vec<String> {
    let path = crate::data().join(format!("flores/dev.{code}.txt"));
    let text = std::fs::read_to_string(path).expect("flores can be read");
    text.lines().map(str::to_owned).collect()
}

fn standardised(values: &[f64]) -> Vec<f64> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let variance =
        values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64;
    values.iter().map(|value| (value - mean) / variance.sqrt()).collect()
}

/// Writes a head's data file into the sources.
fn write_head(name: &str, what: &str, fitted: &Fitted, trees: &[Node], scale: (f64, f64)) {
    let mut text =
        format!("# {what}.\n# `cargo bench --bench fit -- translation` fits it anew.\n\n");
    let line =
        |text: &mut String, line: String| writeln!(text, "{line}").expect("a string takes all");
    line(&mut text, "model = \"multilingual-e5-small-europe\"".to_owned());
    line(&mut text, format!("intercept = {:.4}\n", fitted.intercept));
    if !trees.is_empty() {
        line(
            &mut text,
            "# A feature, a threshold, what holds at or below it, what holds above it.".to_owned(),
        );
        line(&mut text, "trees = [".to_owned());
        trees.iter().for_each(|tree| line(&mut text, format!("    {},", written(tree))));
        line(&mut text, "]\n".to_owned());
    }
    line(&mut text, "# From the sum to 0..1: 1 / (1 + exp(-(offset + slope * sum))).".to_owned());
    line(
        &mut text,
        format!("[scale]\noffset = {:.3}\nslope = {:.3}\n\n[features]", scale.0, scale.1),
    );
    for (name, weight) in names().iter().zip(&fitted.weights) {
        line(&mut text, format!("\"{name}\" = {weight:.5}"));
    }
    line(&mut text, "\n# Directions of the vector space, in 1/1000.\n[vectors]".to_owned());
    let directions = fitted.weights.slice(ndarray::s![names().len()..]).to_vec();
    for (part, weights) in parts().iter().zip(directions.chunks(directions.len() / parts().len())) {
        line(&mut text, format!("\"{part}\" = ["));
        for row in weights.chunks(24) {
            let row: Vec<String> =
                row.iter().map(|weight| format!("{:.0}", weight * f64::from(SCALE))).collect();
            line(&mut text, format!("    {},", row.join(", ")));
        }
        line(&mut text, "]".to_owned());
    }
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/translation/score/{name}.toml"));
    std::fs::write(&path, text).expect("the data file can be written");
    println!("# wrote {}", path.display());
}

fn written(tree: &Node) -> String {
    match tree {
        Node::Leaf(value) => format!("{value:.4}"),
        Node::Split(name, threshold, low, high) => {
            format!("[\"{name}\", {threshold:.4}, {}, {}]", written(low), written(high))
        }
    }
}
