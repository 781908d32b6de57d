//! Quality of facts: false alarms of numbers and dates on professional translations.

use std::path::{Path, PathBuf};

use parallax::facts::{Fact, Value, of_text, unmatched};
use parallax::lang::Language;

use crate::Row;

const SECTION: &str = "facts";
pub(crate) const LANGUAGES: [&str; 4] = ["de", "en", "lt", "ru"];

/// The rows of this section; sets that are not there are left out.
pub(crate) fn run() -> Vec<Row> {
    of_every_pair(|pair, left, right| Counts::of(left, right).rows(pair))
}

/// What a measure says of every two languages of the parallel sets, each given as its code and its lines.
pub(crate) fn of_every_pair(
    measure: impl Fn(&str, (&str, &[String]), (&str, &[String])) -> Vec<Row>,
) -> Vec<Row> {
    let mut rows = Vec::new();
    for (name, files) in sets() {
        for (at, (left_language, left)) in files.iter().enumerate() {
            for (right_language, right) in &files[at + 1..] {
                let pair = format!("{name} {left_language}-{right_language}");
                rows.extend(measure(&pair, (left_language, left), (right_language, right)));
            }
        }
    }
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

pub(crate) fn language(code: &str) -> Language {
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
