//! Quality of facts: false alarms of numbers and dates and shared keys of names on professional translations, and
//! name pairs with a human label.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use parallax::facts::names::similarity;
use parallax::facts::{Fact, Value, extract, of_text, unmatched};
use parallax::lang::Language;
use parallax::text::{Document, PositionMap, Sentence, Span};

use crate::Row;

const SECTION: &str = "facts";
const LANGUAGES: [&str; 4] = ["de", "en", "lt", "ru"];
/// Similarity from which two names count as one.
const SAME_NAME: f64 = 0.8;

/// The rows of this section; sets that are not there are left out.
pub(crate) fn run() -> Vec<Row> {
    let mut rows = Vec::new();
    for (name, files) in sets() {
        for (at, (left_language, left)) in files.iter().enumerate() {
            for (right_language, right) in &files[at + 1..] {
                let pair = format!("{name} {left_language}-{right_language}");
                let counts = Counts::of((left_language, left), (right_language, right));
                rows.extend(counts.rows(&pair));
                rows.extend(shared_names(&pair, (left_language, left), (right_language, right)));
            }
        }
    }
    rows.extend(labelled_names());
    rows
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data")
}

type Lines = Vec<(&'static str, Vec<String>)>;

/// The parallel sets: name, and lines by language.
fn sets() -> Vec<(&'static str, Lines)> {
    let read = |path: String| -> Option<Vec<String>> {
        let text = std::fs::read_to_string(data().join(path)).ok()?;
        Some(text.lines().map(str::to_owned).collect())
    };
    let set = |pattern: fn(&str) -> String| -> Lines {
        LANGUAGES
            .iter()
            .filter_map(|language| Some((*language, read(pattern(language))?)))
            .collect()
    };
    vec![
        ("ntrex", set(|language| format!("ntrex/{language}.txt"))),
        ("flores", set(|language| format!("flores/dev.{language}.txt"))),
    ]
}

fn language(code: &str) -> Language {
    Language::from_code(code).unwrap_or(Language::UNKNOWN)
}

/// Line pairs with facts of a kind, those with an unmatched fact, and those with a contradiction.
#[derive(Default)]
struct Count {
    lines: usize,
    unmatched: usize,
    conflicting: usize,
}

#[derive(Default)]
struct Counts {
    numbers: Count,
    dates: Count,
    /// Line pairs without a contradiction in which a number was changed, and those where that shows.
    planted: usize,
    planted_found: usize,
}

impl Counts {
    fn of(left: (&str, &[String]), right: (&str, &[String])) -> Self {
        let mut counts = Self::default();
        for (one, other) in left.1.iter().zip(right.1) {
            let one = of_text(one, language(left.0), None);
            let text = other;
            let other = of_text(text, language(right.0), None);
            counts.plant(&one, text, &other, language(right.0));
            counts.numbers.add(&one, &other, |fact| matches!(fact.value, Value::Number(_)));
            counts.dates.add(&one, &other, |fact| matches!(fact.value, Value::Date(_)));
        }
        counts
    }

    /// Changes the first number in digits of the right side and looks whether it contradicts the left.
    fn plant(&mut self, left: &[Fact], text: &str, right: &[Fact], language: Language) {
        let untouched = unmatched(left, right);
        if !(untouched.left.is_empty() && untouched.right.is_empty()) {
            return;
        }
        let Some(changed) = right.iter().find_map(|fact| change_number(text, fact)) else {
            return;
        };
        let facts = of_text(&changed, language, None);
        let rest = unmatched(left, &facts);
        self.planted += 1;
        self.planted_found += usize::from(!rest.conflicts(left, &facts).is_empty());
    }

    fn rows(&self, pair: &str) -> Vec<Row> {
        let row = |what: &str, part: usize, whole: usize| Row {
            section: SECTION,
            name: format!("{pair} {what}"),
            value: 100.0 * part as f64 / whole.max(1) as f64,
            unit: "%",
        };
        let (numbers, dates) = (&self.numbers, &self.dates);
        vec![
            row("numbers contradicting", numbers.conflicting, numbers.lines),
            row("numbers unmatched", numbers.unmatched, numbers.lines),
            row("planted numbers found", self.planted_found, self.planted),
            row("dates contradicting", dates.conflicting, dates.lines),
            row("dates unmatched", dates.unmatched, dates.lines),
        ]
    }
}

impl Count {
    fn add(&mut self, left: &[Fact], right: &[Fact], wanted: fn(&Fact) -> bool) {
        if !left.iter().chain(right).any(wanted) {
            return;
        }
        let rest = unmatched(left, right);
        let conflicts = rest.conflicts(left, right);
        let is_left = |at: &usize| wanted(&left[*at]);
        let is_right = |at: &usize| wanted(&right[*at]);
        self.lines += 1;
        self.unmatched +=
            usize::from(rest.left.iter().any(is_left) || rest.right.iter().any(is_right));
        self.conflicting += usize::from(conflicts.iter().any(|(at, _)| is_left(at)));
    }
}

/// The text with the first digits of a number changed so that the value is another by a third or more.
fn change_number(text: &str, fact: &Fact) -> Option<String> {
    let Value::Number(_) = fact.value else {
        return None;
    };
    let start =
        fact.span.start + fact.span.of(text).find(|letter: char| letter.is_ascii_digit())?;
    let rest = &text[start..];
    let length = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    let digits: u64 = rest[..length].parse().ok()?;
    let other = digits + (digits / 3).max(2);
    Some(format!("{}{other}{}", &text[..start], &rest[length..]))
}

/// Among line pairs with names on both sides: how many share a key, and how many do with another line's.
fn shared_names(pair: &str, left: (&str, &[String]), right: (&str, &[String])) -> Vec<Row> {
    let (left, right) = (keys(left.0, left.1), keys(right.0, right.1));
    let lines = left.len().min(right.len());
    let share = |shift: usize| {
        let pairs = (0..lines).map(|at| (&left[at], &right[(at + shift) % lines]));
        let named: Vec<_> =
            pairs.filter(|(one, other)| !one.is_empty() && !other.is_empty()).collect();
        let shared = named.iter().filter(|(one, other)| !one.is_disjoint(other)).count();
        100.0 * shared as f64 / named.len().max(1) as f64
    };
    let row = |what: &str, value: f64| Row {
        section: SECTION,
        name: format!("{pair} {what}"),
        value,
        unit: "%",
    };
    if lines == 0 {
        return Vec::new();
    }
    vec![row("names shared", share(0)), row("names shared by chance", share(lines / 2))]
}

/// The keys of the names of each line, the lines taken as one document.
fn keys(code: &str, lines: &[String]) -> Vec<HashSet<String>> {
    let language = language(code);
    let mut text = String::new();
    let mut sentences = Vec::new();
    for line in lines {
        let start = text.len();
        text.push_str(line);
        let span = Span::new(start, text.len());
        sentences.push(Sentence { span, paragraph: 0, language });
        text.push('\n');
    }
    let document = Document {
        source: String::new(),
        title: None,
        outlet: None,
        published: None,
        language,
        language_confidence: 1.0,
        text,
        positions: PositionMap::default(),
        paragraphs: Vec::new(),
        dropped: Vec::new(),
        source_length: 0,
    };
    let key = |fact: Fact| match fact.value {
        Value::Name(name) => Some(name.key),
        _ => None,
    };
    extract(&document, &sentences)
        .into_iter()
        .map(|facts| facts.into_iter().filter_map(key).collect())
        .collect()
}

/// Accuracy of [`similarity`] on labelled pairs of persons' names.
fn labelled_names() -> Vec<Row> {
    let Ok(text) = std::fs::read_to_string(data().join("names/name_bench.csv")) else {
        return Vec::new();
    };
    // Rows with quoted fields hold commas inside names and are left out.
    let pairs: Vec<(bool, bool)> = text
        .lines()
        .filter(|line| !line.contains('"'))
        .map(|line| line.split(',').collect::<Vec<_>>())
        .filter(|fields| fields.len() > 4 && fields[1] == "Person")
        .map(|fields| (similarity(fields[2], fields[3]) >= SAME_NAME, fields[4] == "true"))
        .collect();
    let count =
        |wanted: fn(&(bool, bool)) -> bool| pairs.iter().filter(|pair| wanted(pair)).count() as f64;
    let hits = count(|&(found, right)| found && right);
    let found = count(|&(found, _)| found).max(1.0);
    let right = count(|&(_, right)| right).max(1.0);
    let row = |what: &str, value: f64| Row {
        section: SECTION,
        name: format!("person names {what}"),
        value: 100.0 * value,
        unit: "%",
    };
    vec![row("precision", hits / found), row("recall", hits / right)]
}
