//! Pairing of documents: which document of one collection translates which of another, in all directions, once
//! with every document on both sides, once with documents missing on either side and others that have no
//! business there.

use parallax::align::centre::Centre;
use parallax::align::documents::{DocumentPair, Outline, pair};
use parallax::embed::Embedder;

use crate::Row;
use crate::pools::{LANGUAGES, LineSet};
use crate::random::Random;

/// Share of the documents that each side has where some are missing.
const PRESENT: f64 = 0.8;
/// Documents of another set on each side where some are missing.
const STRANGERS: usize = 15;
/// Sizes of the collections with missing documents; the last stands for all documents.
const SIZES: [usize; 3] = [2, 6, usize::MAX];

/// Counts of pairs.
#[derive(Default, Clone, Copy)]
struct Counts {
    right: usize,
    found: usize,
    wanted: usize,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.wanted += other.wanted;
    }

    fn precision(self) -> f64 {
        100.0 * self.right as f64 / self.found.max(1) as f64
    }

    fn recall(self) -> f64 {
        100.0 * self.right as f64 / self.wanted.max(1) as f64
    }

    fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.wanted).max(1) as f64
    }
}

/// The outlines of a set's documents.
struct Outlined {
    /// By language, then by document.
    outlines: Vec<Vec<Outline>>,
}

impl Outlined {
    /// Every `step`-th document.
    fn new(set: &LineSet, step: usize, centre: &Centre) -> Self {
        let of_language = |language: usize| -> Vec<Outline> {
            let documents = set.documents.iter().step_by(step);
            documents.map(|lines| Outline::new(&set.article(language, lines), centre)).collect()
        };
        Self { outlines: (0..LANGUAGES.len()).map(of_language).collect() }
    }

    fn count(&self) -> usize {
        self.outlines[0].len()
    }
}

/// Runs the section.
pub(crate) fn run(embedder: &Embedder) -> Vec<Row> {
    let centre = Centre::new(embedder).expect("the engine runs");
    let ntrex = Outlined::new(&LineSet::load("ntrex", "", embedder), 1, &centre);
    // Every other one: documents made of neighbouring lines of flores may share an article.
    let flores = Outlined::new(&LineSet::load("flores", "dev.", embedder), 2, &centre);
    let mut rows = Vec::new();
    for (name, set, strangers) in [("ntrex", &ntrex, &flores), ("flores", &flores, &ntrex)] {
        let row = |figure: &str, value: f64| Row {
            section: "documents",
            name: format!("{name} {figure}"),
            value,
            unit: "%",
        };
        let (_, lowest) = directions(|way| complete(set, way));
        rows.push(row("all there, recall, lowest direction", lowest.recall()));
        let (all, lowest) = directions(|way| with_gaps(set, strangers, way));
        rows.push(row("with gaps, precision", all.precision()));
        rows.push(row("with gaps, recall", all.recall()));
        rows.push(row("with gaps, F1, lowest direction", lowest.f1()));
    }
    rows
}

/// The counts of all directions together, and those of the worst one.
fn directions(measure: impl Fn((usize, usize)) -> Counts) -> (Counts, Counts) {
    let mut all = Counts::default();
    let mut lowest: Option<Counts> = None;
    for from in 0..LANGUAGES.len() {
        for to in (0..LANGUAGES.len()).filter(|&to| to != from) {
            let counts = measure((from, to));
            all.add(counts);
            if lowest.is_none_or(|lowest| counts.f1() < lowest.f1()) {
                lowest = Some(counts);
            }
        }
    }
    (all, lowest.unwrap_or_default())
}

/// Every document on both sides, in another order on one.
fn complete(set: &Outlined, way: (usize, usize)) -> Counts {
    let mut right: Vec<usize> = (0..set.count()).collect();
    Random(0xD0C5 ^ way.1 as u64).shuffle(&mut right);
    let left: Vec<usize> = (0..set.count()).collect();
    measured((set, &left, way.0), (set, &right, way.1), None)
}

/// Collections of all sizes, each side without some of the documents and with strangers.
fn with_gaps(set: &Outlined, strangers: &Outlined, way: (usize, usize)) -> Counts {
    let mut random = Random(0xD0C5 ^ ((way.0 as u64) << 8) ^ ((way.1 as u64) << 16));
    let all: Vec<usize> = (0..set.count()).collect();
    let mut counts = Counts::default();
    for size in SIZES {
        for collection in all.chunks(size.min(all.len())) {
            let [left, right] = [0, 1].map(|_| {
                let mut chosen = random.keep(collection, PRESENT);
                random.shuffle(&mut chosen);
                chosen
            });
            let strange = (strangers, STRANGERS.min(size));
            counts.add(measured((set, &left, way.0), (set, &right, way.1), Some(strange)));
        }
    }
    counts
}

/// Pairs two sides: documents of a set in a language, then, where asked for, so many strangers, others on
/// each side.
fn measured(
    left: (&Outlined, &[usize], usize),
    right: (&Outlined, &[usize], usize),
    strangers: Option<(&Outlined, usize)>,
) -> Counts {
    let side = |(set, chosen, language): (&Outlined, &[usize], usize), first: usize| {
        let mut side: Vec<Outline> =
            chosen.iter().map(|&document| set.outlines[language][document].clone()).collect();
        if let Some((strangers, count)) = strangers {
            side.extend(strangers.outlines[language].iter().skip(first).take(count).cloned());
        }
        side
    };
    let pairs = pair(&side(left, 0), &side(right, STRANGERS)).pairs;
    let is_right = |pair: &&DocumentPair| {
        let (one, other) = (left.1.get(pair.left), right.1.get(pair.right));
        one.is_some() && one == other
    };
    Counts {
        right: pairs.iter().filter(is_right).count(),
        found: pairs.len(),
        wanted: left.1.iter().filter(|document| right.1.contains(document)).count(),
    }
}
