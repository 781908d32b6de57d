//! Links in comparable mode: F1 on pools of `ntrex` in all directions, and whether a stated confidence
//! means what it says.

use std::collections::BTreeSet;

use parallax::align::background::Background;
use parallax::align::comparable;
use parallax::align::rarity::FactRarity;
use parallax::align::tone::ToneAxis;
use parallax::embed::Embedder;

use crate::pools::{LANGUAGES, LineSet, pools};
use crate::{Row, stories};

/// Width of a bin of the reliability curve.
const BIN: f32 = 0.1;
/// The first bin that counts: below, nothing is claimed.
const FIRST_BIN: usize = 3;

/// Runs the section.
pub(crate) fn run(embedder: &Embedder) -> Vec<Row> {
    let set = LineSet::load("ntrex", "", embedder);
    let background = Background::new(&ToneAxis::new(embedder).expect("the engine runs"));
    let mut rows = Vec::new();
    let mut bins = Reliability::default();
    let mut sum = 0.0;
    let mut directions = 0.0;
    for (left, from) in LANGUAGES.iter().enumerate() {
        for (right, to) in LANGUAGES.iter().enumerate().filter(|&(right, _)| right != left) {
            let f1 = direction(&set, left, right, &background, &mut bins);
            sum += f1;
            directions += 1.0;
            let name = format!("pool F1 {from}-{to}");
            rows.push(Row { section: "links", name, value: f1, unit: "%" });
        }
    }
    let mean =
        Row { section: "links", name: "pool F1 mean".into(), value: sum / directions, unit: "%" };
    rows.push(mean);
    rows.push(Row {
        section: "links",
        name: "calibration, 100 minus mean error".into(),
        value: 100.0 * (1.0 - bins.error()),
        unit: "%",
    });
    rows.push(Row {
        section: "links",
        name: "calibration, 100 minus largest error".into(),
        value: 100.0 * (1.0 - bins.largest_error()),
        unit: "%",
    });
    rows.extend(stories::rows(embedder, &background));
    rows
}

/// F1 in percent over the pools of one direction.
fn direction(
    set: &LineSet,
    left: usize,
    right: usize,
    background: &Background,
    bins: &mut Reliability,
) -> f64 {
    let (mut found, mut right_ones, mut wanted) = (0, 0, 0);
    for pool in pools(set, left, right, 1) {
        let articles = [pool.left, pool.right];
        let rarity = FactRarity::new(&articles);
        let linked = comparable::link(&articles[0], &articles[1], background, &rarity);
        let truth: BTreeSet<(usize, usize)> = pool.truth.iter().copied().collect();
        for candidate in &linked.candidates {
            bins.count(candidate.probability, truth.contains(&(candidate.left, candidate.right)));
        }
        for link in &linked.links {
            for &l in &link.left {
                for &r in &link.right {
                    found += 1;
                    right_ones += usize::from(truth.contains(&(l, r)));
                }
            }
        }
        wanted += truth.len();
    }
    200.0 * right_ones as f64 / (found + wanted) as f64
}

/// Stated confidence against the share that was right, in bins.
#[derive(Default)]
struct Reliability {
    bins: std::collections::BTreeMap<usize, (f64, f64, f64)>,
}

impl Reliability {
    fn count(&mut self, probability: f32, correct: bool) {
        let bin = self.bins.entry((probability / BIN) as usize).or_default();
        bin.0 += 1.0;
        bin.1 += f64::from(probability);
        bin.2 += f64::from(u8::from(correct));
    }

    /// Mean distance between confidence and share over bins from 0.3 on, each weighted by its size.
    fn error(&self) -> f64 {
        let bins = self.bins.iter().filter(|&(&bin, _)| bin >= FIRST_BIN).map(|(_, bin)| bin);
        let (mut distance, mut count) = (0.0, 0.0);
        for &(size, stated, correct) in bins {
            distance += (stated - correct).abs();
            count += size;
        }
        if count > 0.0 { distance / count } else { 1.0 }
    }

    /// The largest distance between confidence and share in a bin from 0.3 on.
    fn largest_error(&self) -> f64 {
        let bins = self.bins.iter().filter(|&(&bin, _)| bin >= FIRST_BIN).map(|(_, bin)| bin);
        bins.map(|&(size, stated, correct)| (stated - correct).abs() / size).fold(0.0, f64::max)
    }
}
