//! Links in comparable mode: F1 on pools of `ntrex` in all directions, on own-written stories that nothing was learnt
//! from, and whether a stated confidence means what it says.

use std::collections::{BTreeMap, BTreeSet};

use parallax::align::Article;
use parallax::align::background::Background;
use parallax::align::comparable::parameters::weights;
use parallax::align::comparable::transitivity::{self, Judged};
use parallax::align::comparable::{self, Linked, Side};
use parallax::align::rarity::FactRarity;
use parallax::align::tone::ToneAxis;
use parallax::embed::Embedder;

use crate::Row;
use crate::pools::{Kind, LANGUAGES, LineSet, Pool, pools};
use crate::retellings::{self, Retelling};

/// Seeds of the pools: each makes one of every document.
const SEEDS: [u64; 8] = [1, 2, 3, 4, 5, 6, 7, 8];
/// Bins of a reliability curve, of equal width.
const BINS: usize = 10;
/// Confidence of links that a reader takes for sure.
const SURE: f32 = 0.8;
/// A bin with fewer entries says nothing.
const LEAST_ENTRIES: usize = 100;

/// Runs the section.
pub(crate) fn run(embedder: &Embedder) -> Vec<Row> {
    let mut set = LineSet::load("ntrex", "", embedder);
    set.join_neighbours(embedder);
    let tone = ToneAxis::new(embedder).expect("the engine runs");
    let background = Background::new(embedder.space(), &tone);
    let mut rows = Vec::new();
    let (mut of_pairs, mut of_links) = (Reliability::default(), Reliability::default());
    for (kind, label) in [(Kind::Single, "pool"), (Kind::Spread, "spread pool")] {
        let mut directions: Vec<f64> = Vec::new();
        let mut exact = Counts::default();
        for (left, from) in LANGUAGES.iter().enumerate() {
            for (right, to) in LANGUAGES.iter().enumerate().filter(|&(right, _)| right != left) {
                let mut pairs = Counts::default();
                for pool in SEEDS.iter().flat_map(|&seed| pools(&set, left, right, kind, seed)) {
                    let counted = count(&pool, &background, &mut of_pairs, &mut of_links);
                    pairs.add(counted.pairs);
                    exact.add(counted.exact);
                }
                directions.push(pairs.f1());
                rows.push(row(format!("{label} F1 {from}-{to}"), pairs.f1()));
            }
        }
        let mean = directions.iter().sum::<f64>() / directions.len() as f64;
        rows.push(row(format!("{label} F1 mean"), mean));
        rows.push(row(format!("{label} F1 of links in full"), exact.f1()));
    }
    rows.extend(stories(embedder, &background));
    for (curve, label) in [(of_pairs, "pairs"), (of_links, "links")] {
        curve.print(label);
        rows.push(row(format!("calibration of {label}, 100 minus mean error"), curve.mean()));
        rows.push(row(format!("calibration of {label}, 100 minus largest error"), curve.worst()));
    }
    rows
}

fn row(name: String, value: f64) -> Row {
    Row { section: "links", name, value, unit: "%" }
}

/// Found, wanted, and both.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    found: usize,
    wanted: usize,
    right: usize,
}

impl Counts {
    fn of<T: Ord>(found: &BTreeSet<T>, wanted: &BTreeSet<T>) -> Self {
        let right = found.intersection(wanted).count();
        Self { found: found.len(), wanted: wanted.len(), right }
    }

    fn add(&mut self, more: Self) {
        self.found += more.found;
        self.wanted += more.wanted;
        self.right += more.right;
    }

    /// In percent.
    fn f1(&self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.wanted).max(1) as f64
    }
}

/// What was found in a pool.
struct Counted {
    /// Pairs of sentences, of which a link of one with two holds two.
    pairs: Counts,
    /// Links that are right only with all their sentences.
    exact: Counts,
}

fn count(
    pool: &Pool,
    background: &Background,
    of_pairs: &mut Reliability,
    of_links: &mut Reliability,
) -> Counted {
    let rarity = FactRarity::new(&[pool.left.clone(), pool.right.clone()]);
    let linked = comparable::link(&pool.left, &pool.right, background, &rarity);
    let pairs_of = |left: &[usize], right: &[usize]| -> Vec<(usize, usize)> {
        left.iter().flat_map(|&l| right.iter().map(move |&r| (l, r))).collect()
    };
    let wanted: BTreeSet<(usize, usize)> =
        pool.truth.iter().flat_map(|(left, right)| pairs_of(left, right)).collect();
    for candidate in &linked.candidates {
        let pair = (candidate.left, candidate.right);
        let stated = weights().certainty.probability(candidate.probability);
        of_pairs.count(stated, wanted.contains(&pair));
    }
    let mut found = BTreeSet::new();
    for link in &linked.links {
        let pairs = pairs_of(&link.left, &link.right);
        of_links.count(link.score, pairs.iter().all(|pair| wanted.contains(pair)));
        found.extend(pairs);
    }
    let links = linked.links.into_iter().map(|link| (link.left, link.right)).collect();
    let truth = pool.truth.iter().cloned().collect();
    Counted { pairs: Counts::of(&found, &wanted), exact: Counts::of(&links, &truth) }
}

/// Links between reports of `benches/retellings/unseen`: on one happening, and on happenings weeks or years apart in one
/// story, where only what both tell of its past is the same.
fn stories(embedder: &Embedder, background: &Background) -> Vec<Row> {
    let reports = retellings::load("benches/retellings/unseen", embedder);
    let (mut at_once, mut apart) = (Told::default(), Told::default());
    for (judged, linked) in linked(&reports, background) {
        let (one, other) = (&reports[judged.0], &reports[judged.1]);
        if one.event == other.event {
            let told = if one.at_once(other) { &mut at_once } else { &mut apart };
            told.add(one, other, &linked);
        }
    }
    vec![
        row("one happening, links right".into(), share(at_once.right, at_once.links)),
        row("one happening, statements found".into(), share(at_once.found, at_once.wanted)),
        row("one happening, sure links right".into(), share(at_once.sure_right, at_once.sure)),
        row("other happenings, links right".into(), share(apart.right, apart.links)),
        row("other happenings, statements found".into(), share(apart.found, apart.wanted)),
        row("other happenings, sure links right".into(), share(apart.sure_right, apart.sure)),
        row("other happenings, sure links a pair".into(), share(apart.sure, apart.pairs)),
    ]
}

/// The links of every two reports, as `compare` makes them.
fn linked(reports: &[Retelling], background: &Background) -> Vec<((usize, usize), Linked)> {
    let articles: Vec<Article> = reports.iter().map(|report| report.article.clone()).collect();
    let rarity = FactRarity::new(&articles);
    let sides = Side::all(&articles, background);
    let mut judged = Vec::new();
    for left in 0..articles.len() {
        for right in left + 1..articles.len() {
            let candidates = comparable::judge(&sides[left], &sides[right], &rarity);
            judged.push(Judged { left, right, candidates });
        }
    }
    transitivity::raise(&mut judged, weights().transitivity.weight);
    let link = |Judged { left, right, candidates }| {
        let (one, other) = (&sides[left], &sides[right]);
        let linked = comparable::link_judged(one, other, candidates, &rarity);
        ((left, right), linked)
    };
    judged.into_iter().map(link).collect()
}

fn share(right: usize, of: usize) -> f64 {
    100.0 * right as f64 / of.max(1) as f64
}

/// What became of the statements that pairs of reports share.
#[derive(Default)]
struct Told {
    pairs: usize,
    links: usize,
    right: usize,
    sure: usize,
    sure_right: usize,
    wanted: usize,
    found: usize,
}

impl Told {
    fn add(&mut self, one: &Retelling, other: &Retelling, linked: &Linked) {
        self.pairs += 1;
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

/// Stated confidence against the share that was right, in bins.
#[derive(Default)]
struct Reliability {
    bins: BTreeMap<usize, Bin>,
}

#[derive(Default)]
struct Bin {
    count: usize,
    stated: f64,
    right: usize,
}

impl Bin {
    /// Mean confidence.
    fn stated(&self) -> f64 {
        self.stated / self.count as f64
    }

    /// Share that was right.
    fn right(&self) -> f64 {
        self.right as f64 / self.count as f64
    }

    fn distance(&self) -> f64 {
        (self.stated() - self.right()).abs()
    }
}

impl Reliability {
    fn count(&mut self, probability: f32, right: bool) {
        let bin = ((probability * BINS as f32) as usize).min(BINS - 1);
        let bin = self.bins.entry(bin).or_default();
        bin.count += 1;
        bin.stated += f64::from(probability);
        bin.right += usize::from(right);
    }

    /// 100 minus the mean distance in percent, every bin by its size; the lowest bin, in which nothing is
    /// claimed, apart.
    fn mean(&self) -> f64 {
        let bins = || self.bins.iter().filter(|entry| *entry.0 > 0).map(|entry| entry.1);
        let count: usize = bins().map(|bin| bin.count).sum();
        let sum: f64 = bins().map(|bin| bin.distance() * bin.count as f64).sum();
        100.0 * (1.0 - sum / count.max(1) as f64)
    }

    /// 100 minus the largest distance in percent over bins with entries enough.
    fn worst(&self) -> f64 {
        let bins = self.bins.values().filter(|bin| bin.count >= LEAST_ENTRIES);
        100.0 * (1.0 - bins.map(Bin::distance).fold(0.0, f64::max))
    }

    fn print(&self, label: &str) {
        println!("reliability of {label}: bin, stated, right, count");
        for (&number, bin) in &self.bins {
            let (low, high) = (number as f64 / BINS as f64, (number + 1) as f64 / BINS as f64);
            let (stated, right) = (bin.stated(), bin.right());
            println!("  {low:.1}-{high:.1}  {stated:.3}  {right:.3}  {:>6}", bin.count);
        }
    }
}
