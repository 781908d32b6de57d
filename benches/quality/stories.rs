//! Links between reports of the stories in `benches/retellings`, which nothing is fitted to: on one happening, and on
//! happenings weeks or years apart in one story, where only what both tell of its past is the same.

use std::collections::BTreeSet;

use parallax::align::background::Background;
use parallax::align::comparable::{Linked, link};
use parallax::align::rarity::FactRarity;
use parallax::embed::Embedder;

use crate::Row;
use crate::retellings::{self, Retelling};

/// Confidence of links that a reader takes for sure.
const SURE: f32 = 0.8;

/// The figures of all stories together.
pub(crate) fn rows(embedder: &Embedder, background: &Background) -> Vec<Row> {
    let (mut at_once, mut apart) = (Told::default(), Told::default());
    for folder in ["benches/retellings", "benches/retellings/unseen"] {
        let reports = retellings::load(folder, embedder);
        let articles: Vec<_> = reports.iter().map(|report| report.article.clone()).collect();
        let rarity = FactRarity::new(&articles);
        for (index, one) in reports.iter().enumerate() {
            for other in reports[index + 1..].iter().filter(|other| one.event == other.event) {
                let linked = link(&one.article, &other.article, background, &rarity);
                let told = if one.at_once(other) { &mut at_once } else { &mut apart };
                told.add(one, other, &linked);
            }
        }
    }
    let figures = |name: &str, told: &Told| {
        [
            row(name, "links right", told.right, told.links),
            row(name, "statements found", told.found, told.wanted),
            row(name, "sure links right", told.sure_right, told.sure),
        ]
    };
    figures("one happening", &at_once)
        .into_iter()
        .chain(figures("other happenings", &apart))
        .collect()
}

fn row(stories: &str, what: &str, right: usize, of: usize) -> Row {
    let value = 100.0 * right as f64 / of.max(1) as f64;
    Row { section: "links", name: format!("{stories}, {what}"), value, unit: "%" }
}

/// What became of the statements that pairs of reports share.
#[derive(Default)]
struct Told {
    links: usize,
    right: usize,
    sure: usize,
    sure_right: usize,
    wanted: usize,
    found: usize,
}

impl Told {
    fn add(&mut self, one: &Retelling, other: &Retelling, linked: &Linked) {
        self.wanted += one.shared(other).len();
        let mut met = BTreeSet::new();
        for link in &linked.links {
            let (ours, theirs) = (one.keys(&link.left), other.keys(&link.right));
            let common: BTreeSet<&str> = ours.intersection(&theirs).copied().collect();
            let (right, sure) = (!common.is_empty(), link.score >= SURE);
            self.links += 1;
            self.right += usize::from(right);
            self.sure += usize::from(sure);
            self.sure_right += usize::from(sure && right);
            met.extend(common);
        }
        self.found += met.len();
    }
}
