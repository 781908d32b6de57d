//! Names and titles that contradict each other: false alarms on professional translations, and planted changes, a name put
//! in the place of another of its kind with the same ending, a title in the place of another.
//!
//! Lines of `ntrex` are taken by documents, those of `flores` one by one: what a document shows of its names counts.

use std::ops::Range;

use parallax::facts::names::{SAME_NAME, similarity};
use parallax::facts::{
    Acquaintance, Closeness, Fact, NameKind, NamePassage, TitleConflict, Value, extract,
    name_conflicts, title_conflicts,
};
use parallax::lang::Language;
use parallax::lang::words::is_in_dictionary;
use parallax::text::Span;

use super::{SECTION, document};
use crate::facts::planted::{self, Kind};
use crate::facts::{language, sets};
use crate::{Row, data, recall_and_precision};

/// Every which line gets a planted change.
const EVERY: usize = 3;
/// Least confidence of a finding, as in the checks.
const LEAST_CONFIDENCE: f32 = 0.4;
/// Names tried for one to plant.
const TRIES: usize = 50;

/// A document in one language: its lines with their facts, whose spans are bytes of the lines.
#[derive(Clone)]
struct Version {
    language: Language,
    lines: Vec<String>,
    facts: Vec<Vec<Fact>>,
}

impl Version {
    fn new(code: &str, lines: Vec<String>) -> Self {
        let (document, sentences) = document(code, &lines);
        let facts = extract(&document, &sentences)
            .into_iter()
            .zip(&sentences)
            .map(|(facts, sentence)| {
                let start = sentence.span.start;
                let moved = |fact: Fact| Fact {
                    span: Span::new(fact.span.start - start, fact.span.end - start),
                    value: fact.value,
                };
                facts.into_iter().map(moved).collect()
            })
            .collect();
        Self { language: language(code), lines, facts }
    }

    fn passages(&self) -> Vec<NamePassage> {
        let passages = self.lines.iter().zip(&self.facts);
        passages.map(|(line, facts)| NamePassage::new(line, self.language, facts)).collect()
    }

    /// The document with one line changed.
    fn with(&self, at: usize, text: String) -> Version {
        let mut lines = self.lines.clone();
        lines[at] = text;
        Version::new(self.language.code(), lines)
    }
}

/// The rows on names and titles that contradict each other.
pub(super) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (set, files) in sets() {
        let versions: Vec<(&str, Vec<Version>)> = files
            .into_iter()
            .map(|(code, lines)| (code, documents(set, lines)))
            .map(|(code, documents)| {
                (code, documents.into_iter().map(|lines| Version::new(code, lines)).collect())
            })
            .collect();
        let mut counts = vec![[Count::default(); 2]; versions.len()];
        for (left_code, left) in &versions {
            for (target, (right_code, right)) in versions.iter().enumerate() {
                if left_code != right_code {
                    let pool = pool(right);
                    let direction = format!("{set} {left_code}-{right_code}");
                    rows.push(measure(&direction, left, right, &pool, &mut counts[target]));
                }
            }
        }
        for ((code, _), counts) in versions.iter().zip(&counts) {
            for (what, count) in ["name", "title"].iter().zip(counts) {
                rows.extend(count.rows(&format!("{set} planted {what} {code}")));
            }
        }
    }
    rows
}

/// The documents of a set.
fn documents(set: &str, lines: Vec<String>) -> Vec<Vec<String>> {
    let marks = std::fs::read_to_string(data().join(set).join("docs.txt")).unwrap_or_default();
    let marks: Vec<&str> = marks.lines().collect();
    let mut documents: Vec<Vec<String>> = Vec::new();
    for (at, line) in lines.into_iter().enumerate() {
        let same = at > 0 && marks.get(at).is_some_and(|mark| marks.get(at - 1) == Some(mark));
        match documents.last_mut() {
            Some(document) if same => document.push(line),
            _ => documents.push(vec![line]),
        }
    }
    documents
}

/// Planted changes and what was found of them.
#[derive(Clone, Copy, Default)]
struct Count {
    planted: usize,
    found: usize,
    false_alarms: usize,
}

impl Count {
    fn add(&mut self, found: &[Range<usize>], planted: &Range<usize>, clean: usize) {
        let hits = |range: &&Range<usize>| range.start < planted.end && planted.start < range.end;
        let hit = found.iter().filter(hits).count();
        self.planted += 1;
        self.found += usize::from(hit > 0);
        self.false_alarms += usize::from(found.len() > hit) + usize::from(clean > 0);
    }

    fn rows(&self, name: &str) -> Vec<Row> {
        recall_and_precision(SECTION, name, [self.planted, self.found, self.false_alarms])
    }
}

/// The share of lines without a false alarm; counts what is found of planted changes.
fn measure(
    direction: &str,
    left: &[Version],
    right: &[Version],
    pool: &[(NameKind, String)],
    counts: &mut [Count; 2],
) -> Row {
    let (mut lines, mut alarms) = (0, 0);
    for (left, right) in left.iter().zip(right) {
        let (left_names, right_names) = (left.passages(), right.passages());
        let mut known = Acquaintance::default();
        for (left, right) in left_names.iter().zip(&right_names) {
            known.add(left, right);
        }
        for at in 0..left.lines.len() {
            lines += 1;
            let names = conflicts(&left_names[at], &right_names[at], &known).len();
            let titles = titles(left, right, at).len();
            alarms += usize::from(names + titles > 0);
            if lines % EVERY == 0
                && let Some((text, span)) = other_name((left, right), at, pool, lines)
            {
                let found = found_names(&left_names, &right.with(at, text), at);
                counts[0].add(&found, &span, names);
            }
            let sides = (left.lines[at].as_str(), left.language.code());
            let translation = (right.lines[at].as_str(), right.language.code());
            if let Some(change) = planted::change(sides, translation, Kind::Title, lines) {
                let changed = right.with(at, change.text);
                let found = self::titles(left, &changed, at);
                let spans: Vec<Range<usize>> = (found.iter())
                    .map(|conflict| changed.facts[at][conflict.right].span)
                    .map(|span| span.start..span.end)
                    .collect();
                counts[1].add(&spans, &change.span, titles);
            }
        }
    }
    Row {
        section: SECTION,
        name: format!("{direction} without false alarm"),
        value: 100.0 - 100.0 * alarms as f64 / lines.max(1) as f64,
        unit: "%",
    }
}

fn conflicts(left: &NamePassage, right: &NamePassage, known: &Acquaintance) -> Vec<Range<usize>> {
    name_conflicts(left, right, known)
        .into_iter()
        .filter(|conflict| conflict.confidence >= LEAST_CONFIDENCE)
        .map(|conflict| conflict.right.start..conflict.right.end)
        .collect()
}

fn titles(left: &Version, right: &Version, at: usize) -> Vec<TitleConflict> {
    title_conflicts(
        (&left.facts[at], left.language),
        (&right.facts[at], right.language),
        Closeness::Parallel,
    )
}

/// What is found in a changed line, given what its document shows.
fn found_names(left_names: &[NamePassage], right: &Version, at: usize) -> Vec<Range<usize>> {
    let right_names = right.passages();
    let mut known = Acquaintance::default();
    for (left, right) in left_names.iter().zip(&right_names) {
        known.add(left, right);
    }
    conflicts(&left_names[at], &right_names[at], &known)
}

/// The last words of persons' and places' names, without their endings.
fn pool(versions: &[Version]) -> Vec<(NameKind, String)> {
    let mut pool = Vec::new();
    for version in versions {
        for (line, facts) in version.lines.iter().zip(&version.facts) {
            for (span, kind) in facts.iter().filter_map(|fact| last_word(line, fact, version)) {
                pool.push((kind, split(span.of(line), version.language).0.to_owned()));
            }
        }
    }
    pool.sort();
    pool.dedup();
    pool
}

/// The last word of a name that can be changed: a person's that is no word of the dictionary, a place of one word.
fn last_word(line: &str, fact: &Fact, version: &Version) -> Option<(Span, NameKind)> {
    let Value::Name(name) = &fact.value else { return None };
    let text = fact.span.of(line);
    let start = text
        .rfind(|letter: char| !letter.is_alphabetic())
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let word = &text[start..];
    let plain = word.chars().count() > 3 && word.chars().skip(1).all(char::is_lowercase);
    let wanted = match name.kind {
        NameKind::Person => !is_in_dictionary(&word.to_lowercase(), version.language),
        NameKind::Place => start == 0,
        _ => false,
    };
    let span = Span::new(fact.span.start + start, fact.span.end);
    (plain && wanted).then_some((span, name.kind))
}

/// A word as its stem and its ending.
fn split(word: &str, language: Language) -> (&str, &str) {
    let endings = language.profile().map_or(&[][..], |profile| &profile.names.endings);
    let ending = endings
        .iter()
        .filter(|ending| {
            word.ends_with(ending.as_str()) && word.chars().count() >= 3 + ending.chars().count()
        })
        .map(String::len)
        .max();
    word.split_at(word.len() - ending.unwrap_or(0))
}

/// The line of the right version with a name that both sides write replaced by another of its kind, and where.
fn other_name(
    (left, right): (&Version, &Version),
    at: usize,
    pool: &[(NameKind, String)],
    seed: usize,
) -> Option<(String, Range<usize>)> {
    let (source, target) = (&left.lines[at], &right.lines[at]);
    let source_words: Vec<&str> = source
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| word.len() > 2)
        .collect();
    let named: Vec<(Span, NameKind)> = right.facts[at]
        .iter()
        .filter_map(|fact| last_word(target, fact, right))
        .filter(|(span, _)| {
            let word = span.of(target);
            let capital = |word: &&&str| word.starts_with(char::is_uppercase);
            let said = |word: &str, other: &str| similarity(word, other) >= SAME_NAME;
            source_words.iter().filter(capital).any(|other| said(word, other))
                && target.matches(split(word, right.language).0).count() == 1
        })
        .collect();
    let (span, kind) = *named.get(seed % named.len().max(1))?;
    let (stem, ending) = split(span.of(target), right.language);
    let others: Vec<&String> =
        pool.iter().filter(|other| other.0 == kind).map(|other| &other.1).collect();
    let other = (0..TRIES)
        .filter_map(|step| others.get((seed * 7919 + step * 31) % others.len().max(1)))
        .find(|other| {
            similarity(other, stem) < SAME_NAME / 2.0
                && source_words.iter().all(|word| similarity(word, other) < SAME_NAME)
        })?;
    let text = format!("{}{other}{ending}{}", &target[..span.start], &target[span.end..]);
    Some((text, span.start..span.start + other.len() + ending.len()))
}
