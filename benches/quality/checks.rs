//! Checks of translations: false alarms on professional translations in all directions, and errors planted in them.
//!
//! Figures are shares of what goes right, so that higher is better: segments without a finding, planted errors
//! found by the check that is meant to.

use std::collections::{BTreeMap, BTreeSet};

use parallax::embed::Embedder;
use parallax::finding::Severity;
use parallax::jobs::Silent;
use parallax::jobs::check::{CheckOptions, Outcome, Reader, check, known_checks};
use parallax::lang::Language;
use parallax::translation::checks::Settings;
use parallax::translation::read::{Item, Items};
use parallax::translation::{Checked, Segment, Side};

use crate::facts::{LANGUAGES, language};
use crate::{Row, data};

const SECTION: &str = "checks";
/// Every which line of a direction gets each planted error.
const EVERY: usize = 24;

/// The rows of this section.
pub(crate) fn run(embedder: &Embedder) -> Vec<Row> {
    let lines = |code: &&str| -> Vec<String> {
        let text = std::fs::read_to_string(data().join(format!("ntrex/{code}.txt")));
        text.unwrap_or_default().lines().map(str::to_owned).collect()
    };
    let sides: Vec<(Language, Vec<String>)> =
        LANGUAGES.iter().map(|code| (language(code), lines(code))).collect();
    let mut alarms = Alarms::default();
    let mut planted: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut rows = Vec::new();
    for source in &sides {
        for target in sides.iter().filter(|side| side.0 != source.0) {
            let name = format!("{}-{}", source.0, target.0);
            let pairs: Vec<(String, String)> =
                source.1.iter().cloned().zip(target.1.iter().cloned()).collect();
            let checked = checked(embedder, (source.0, target.0), &pairs);
            rows.push(alarms.add(&name, &checked));
            let third = sides.iter().find(|side| side.0 != source.0 && side.0 != target.0);
            for error in &ERRORS {
                let of_third = |line: usize| third.map_or("", |side| side.1[line].as_str());
                let changed: Vec<(String, String)> = pairs
                    .iter()
                    .enumerate()
                    .skip(error.first)
                    .step_by(EVERY)
                    .filter_map(|(line, (source, target))| {
                        (error.plant)(source, target, of_third(line))
                    })
                    .collect();
                let found = self::checked(embedder, (source.0, target.0), &changed);
                let hits = found.iter().filter(|checked| finds(checked, error.checks)).count();
                let count = planted.entry(error.name).or_default();
                *count = (count.0 + hits, count.1 + found.len());
            }
        }
    }
    rows.extend(alarms.rows());
    rows.extend(
        planted
            .into_iter()
            .map(|(name, (hits, count))| row(format!("planted {name}, found"), hits, count)),
    );
    rows
}

fn row(name: String, part: usize, whole: usize) -> Row {
    let value = 100.0 * part as f64 / whole.max(1) as f64;
    Row { section: SECTION, name, value, unit: "%" }
}

fn finds(checked: &Checked, checks: &[&str]) -> bool {
    checked.findings.iter().any(|finding| checks.contains(&finding.check))
}

/// Segments through the whole job.
pub(crate) fn checked(
    embedder: &Embedder,
    (source, target): (Language, Language),
    pairs: &[(String, String)],
) -> Vec<Checked> {
    let segments: Vec<Item> = pairs
        .iter()
        .enumerate()
        .map(|(index, (one, other))| {
            let (one, other) = (Side::new(one.as_str(), source), Side::new(other.as_str(), target));
            Item::Segment(Box::new(Segment::new(index.to_string(), one, other)))
        })
        .collect();
    let items: Items = Box::new(segments.into_iter());
    let settings = Settings::of("news").expect("there is such a profile");
    let options = CheckOptions { settings, ..CheckOptions::default() };
    let reader = Reader::new(embedder);
    let mut all = Vec::new();
    let mut take = |outcomes: Vec<Outcome>| -> parallax::Result<()> {
        all.extend(outcomes.into_iter().filter_map(|outcome| match outcome {
            Outcome::Checked(checked) => Some(*checked),
            Outcome::Problem(_) | Outcome::Remark(_) => None,
        }));
        Ok(())
    };
    check(items, &options, &reader, &mut Silent, &mut take).expect("the engine runs");
    all
}

/// Findings on translations without planted errors.
#[derive(Default)]
struct Alarms {
    segments: usize,
    major: usize,
    /// For each check the largest share of segments of a direction that it reports.
    largest: BTreeMap<&'static str, f64>,
}

impl Alarms {
    /// Counts those of a direction; the row on weighty ones.
    fn add(&mut self, name: &str, checked: &[Checked]) -> Row {
        let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
        let mut major = 0;
        for segment in checked {
            let weighty = segment.findings.iter().filter(|found| found.severity >= Severity::Major);
            major += weighty.count();
            let checks: BTreeSet<&'static str> =
                segment.findings.iter().map(|finding| finding.check).collect();
            for check in checks {
                *counts.entry(check).or_default() += 1;
            }
        }
        self.segments += checked.len();
        self.major += major;
        for (check, count) in counts {
            let share = 100.0 * count as f64 / checked.len().max(1) as f64;
            let largest = self.largest.entry(check).or_default();
            *largest = largest.max(share);
        }
        let alarms = major.min(checked.len());
        row(
            format!("ntrex {name} without a weighty false alarm"),
            checked.len() - alarms,
            checked.len(),
        )
    }

    fn rows(&self) -> Vec<Row> {
        let row = |name: String, value: f64| Row { section: SECTION, name, value, unit: "%" };
        let per_hundred = 100.0 * self.major as f64 / self.segments.max(1) as f64;
        let mut rows = vec![row(
            "ntrex 100 minus weighty findings per 100 segments".to_owned(),
            100.0 - per_hundred,
        )];
        rows.extend(known_checks().iter().map(|check| {
            let alarms = self.largest.get(check.id).copied().unwrap_or(0.0);
            row(format!("ntrex {} silent, worst direction", check.id), 100.0 - alarms)
        }));
        rows
    }
}

/// An error that is planted in good translations.
struct Planted {
    name: &'static str,
    /// The checks that may find it.
    checks: &'static [&'static str],
    /// The first line that gets it.
    first: usize,
    /// Source and target with the error, given the line in a third language; nothing where there is no place for it.
    plant: Plant,
}

type Pair = Option<(String, String)>;
type Plant = fn(&str, &str, &str) -> Pair;

const ERRORS: [Planted; 16] = [
    Planted {
        name: "copy of the source",
        checks: &["copied"],
        first: 0,
        plant: |source, _, _| Some((source.to_owned(), source.to_owned())),
    },
    Planted {
        name: "other language",
        checks: &["wrong-language"],
        first: 1,
        plant: |source, _, third| Some((source.to_owned(), third.to_owned())),
    },
    Planted {
        name: "empty target",
        checks: &["untranslated"],
        first: 2,
        plant: |source, _, _| Some((source.to_owned(), String::new())),
    },
    Planted {
        name: "half of the target lost",
        checks: &["length", "omission"],
        first: 3,
        plant: halved,
    },
    Planted {
        name: "target doubled",
        checks: &["length", "addition", "repetition"],
        first: 4,
        plant: doubled,
    },
    Planted { name: "clause lost", checks: &["omission", "length"], first: 0, plant: clause_lost },
    Planted {
        name: "clause added",
        checks: &["addition", "length"],
        first: 2,
        plant: |source, target, third| from_the_source(clause_lost, source, target, third),
    },
    Planted { name: "end lost", checks: &["omission", "length"], first: 1, plant: end_lost },
    Planted {
        name: "end added",
        checks: &["addition", "length"],
        first: 3,
        plant: |source, target, third| from_the_source(end_lost, source, target, third),
    },
    Planted { name: "phrase twice", checks: &["repetition"], first: 0, plant: phrase_twice },
    Planted { name: "last mark lost", checks: &["punctuation"], first: 1, plant: mark_lost },
    Planted {
        name: "closing mark of a pair lost",
        checks: &["punctuation"],
        first: 2,
        plant: pair_broken,
    },
    Planted {
        name: "placeholder lost",
        checks: &["placeholder"],
        first: 3,
        plant: |source, target, _| Some((inserted(source, "%1$s"), target.to_owned())),
    },
    Planted {
        name: "tag not closed",
        checks: &["markup"],
        first: 4,
        plant: |source, target, _| {
            Some((inserted(&inserted(source, "<b>"), "</b>"), inserted(target, "<b>")))
        },
    },
    Planted {
        name: "address changed",
        checks: &["url"],
        first: 0,
        plant: |source, target, _| {
            let address = |name: &str| format!("https://www.{name}.example/page.");
            Some((
                format!("{source} {}", address("ferry")),
                format!("{target} {}", address("fery")),
            ))
        },
    },
    Planted {
        name: "placeholder changed",
        checks: &["placeholder"],
        first: 1,
        plant: |source, target, _| Some((inserted(source, "{name}"), inserted(target, "{nama}"))),
    },
];

/// A text with something put in behind its second word.
fn inserted(text: &str, what: &str) -> String {
    let at = text.match_indices(' ').nth(1).map_or(text.len(), |(at, _)| at);
    format!("{} {what}{}", &text[..at], &text[at..])
}

fn halved(source: &str, target: &str, _: &str) -> Pair {
    let words: Vec<&str> = target.split(' ').collect();
    (words.len() >= 8)
        .then(|| (source.to_owned(), format!("{}.", words[..words.len() / 2].join(" "))))
}

fn doubled(source: &str, target: &str, _: &str) -> Pair {
    (target.split(' ').count() >= 8).then(|| (source.to_owned(), format!("{target} {target}")))
}

fn phrase_twice(source: &str, target: &str, _: &str) -> Pair {
    let words: Vec<&str> = target.split(' ').collect();
    let phrase = words.get(2..5)?;
    let plain = phrase.iter().all(|word| word.chars().all(char::is_lowercase));
    plain.then(|| {
        let again = [&words[..5], phrase, &words[5..]].concat().join(" ");
        (source.to_owned(), again)
    })
}

/// What is taken out of the target taken out of the source, so that the target has more.
fn from_the_source(lost: Plant, source: &str, target: &str, third: &str) -> Pair {
    lost(target, source, third).map(|(target, source)| (source, target))
}

/// The target without the clause between two commas, or behind the last one, where that is a fair part of it.
fn clause_lost(source: &str, target: &str, _: &str) -> Pair {
    let commas: Vec<usize> = target.match_indices(", ").map(|(at, _)| at).collect();
    let end = target.trim_end_matches(['.', '?', '!', '“', '”', '"', '»']).len();
    let ends = commas.iter().skip(1).copied().chain([end]);
    let clauses = commas.iter().copied().zip(ends);
    let length = target.len() as f64;
    let fair = |(start, end): &(usize, usize)| {
        *end > *start && (0.15..=0.6).contains(&((end - start) as f64 / length))
    };
    let (start, end) = clauses.filter(fair).last()?;
    Some((source.to_owned(), format!("{}{}", &target[..start], &target[end..])))
}

/// The target without its last third, where no mark sets that off.
fn end_lost(source: &str, target: &str, _: &str) -> Pair {
    let words: Vec<&str> = target.split(' ').collect();
    let (kept, lost) = words.split_at(words.len() - words.len() / 3);
    let (last, inside) = lost.split_last()?;
    let plain = kept.last().into_iter().chain(inside);
    let plain = plain.into_iter().all(|word| word.ends_with(char::is_alphanumeric));
    (lost.len() >= 3 && plain && last.ends_with('.'))
        .then(|| (source.to_owned(), format!("{}.", kept.join(" "))))
}

fn mark_lost(source: &str, target: &str, _: &str) -> Pair {
    let ends = |text: &str| text.ends_with('.') || text.ends_with('?');
    (ends(source) && ends(target) && source.split(' ').count() > 3)
        .then(|| (source.to_owned(), target[..target.len() - 1].to_owned()))
}

fn pair_broken(source: &str, target: &str, _: &str) -> Pair {
    let (at, mark) = target.match_indices([')', '“', '»', '”']).next_back()?;
    let opened = target[..at].contains(['(', '„', '«', '“']);
    opened.then(|| (source.to_owned(), format!("{}{}", &target[..at], &target[at + mark.len()..])))
}
