//! Numbers, dates and units: false alarms on professional translations, planted changes found, and speed.

use std::time::Instant;

use parallax::facts::{Class, Closeness, Fact, match_facts, of_text};

use super::planted::{self, Kind, Planted};
use super::{Lines, SECTION, language};
use crate::{Row, recall_and_precision};

/// Sentences whose facts are timed.
const TIMED_SENTENCES: usize = 10_000;

/// A line of a set in two languages.
struct Line<'a> {
    source: &'a str,
    text: &'a str,
    left: Vec<Fact>,
    right: Vec<Fact>,
    /// Whether the left side has a digit.
    numbered: bool,
}

/// The rows on numbers, dates and units.
pub(super) fn rows(sets: &[(&'static str, Lines)]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (name, files) in sets {
        let mut scores = vec![Score::default(); Kind::VALUES.len() * files.len()];
        for (left_language, left) in files {
            for (target, (right_language, right)) in files.iter().enumerate() {
                if left_language == right_language {
                    continue;
                }
                let lines = lines((left_language, left), (right_language, right));
                let pair = format!("{name} {left_language}-{right_language}");
                rows.push(without_alarm(&pair, &lines));
                for (at, kind) in Kind::VALUES.into_iter().enumerate() {
                    let codes = (*left_language, *right_language);
                    scores[target * Kind::VALUES.len() + at].add(kind, codes, &lines);
                }
            }
        }
        for (target, (code, _)) in files.iter().enumerate() {
            for (at, kind) in Kind::VALUES.into_iter().enumerate() {
                let score = &scores[target * Kind::VALUES.len() + at];
                rows.extend(score.rows(&format!("{name} planted {} {code}", kind.name())));
            }
        }
    }
    rows.extend(speed(sets));
    rows
}

fn lines<'a>(left: (&str, &'a [String]), right: (&str, &'a [String])) -> Vec<Line<'a>> {
    let line = |(one, other): (&'a String, &'a String)| Line {
        source: one,
        text: other,
        left: of_text(one, language(left.0), None),
        right: of_text(other, language(right.0), None),
        numbered: one.contains(|letter: char| letter.is_ascii_digit()),
    };
    left.1.iter().zip(right.1).map(line).collect()
}

/// The facts on the right of a line that contradict the left.
fn conflicts(left: &[Fact], right: &[Fact]) -> Vec<usize> {
    match_facts(left, right, Closeness::Parallel)
        .into_iter()
        .filter(|found| matches!(found.class, Class::Conflicting(_)))
        .filter_map(|found| found.right)
        .collect()
}

/// Share of the lines with a digit that the checks on numbers, dates and units leave alone.
fn without_alarm(pair: &str, lines: &[Line<'_>]) -> Row {
    let numbered = lines.iter().filter(|line| line.numbered).count().max(1);
    let flagged = lines.iter().filter(|line| !conflicts(&line.left, &line.right).is_empty());
    Row {
        section: SECTION,
        name: format!("{pair} without false alarm"),
        value: 100.0 * (1.0 - flagged.count() as f64 / numbered as f64),
        unit: "%",
    }
}

/// Planted changes of one kind into one language.
#[derive(Clone, Default)]
struct Score {
    planted: usize,
    found: usize,
    /// Alarms about anything else: in the changed lines, and in as many untouched ones.
    false_alarms: usize,
}

impl Score {
    fn add(&mut self, kind: Kind, (from, into): (&str, &str), lines: &[Line<'_>]) {
        for (number, line) in lines.iter().enumerate() {
            let (source, translation) = ((line.source, from), (line.text, into));
            let Some(Planted { text, span }) = planted::change(source, translation, kind, number)
            else {
                continue;
            };
            let changed = of_text(&text, language(into), None);
            let alarms = conflicts(&line.left, &changed);
            // Of two equal values in a line, an alarm may name either.
            let planted: Vec<&Fact> = (changed.iter())
                .filter(|fact| fact.span.start < span.end && span.start < fact.span.end)
                .collect();
            let overlaps = |at: usize| planted.iter().any(|fact| fact.value == changed[at].value);
            self.planted += 1;
            self.found += usize::from(alarms.iter().any(|&at| overlaps(at)));
            self.false_alarms += usize::from(alarms.iter().any(|&at| !overlaps(at)));
            self.false_alarms += usize::from(!conflicts(&line.left, &line.right).is_empty());
        }
    }

    fn rows(&self, name: &str) -> Vec<Row> {
        recall_and_precision(SECTION, name, [self.planted, self.found, self.false_alarms])
    }
}

/// How long the facts of ten thousand sentences take on one core.
fn speed(sets: &[(&'static str, Lines)]) -> Option<Row> {
    let lines: Vec<(&str, &String)> = sets
        .iter()
        .flat_map(|(_, files)| files)
        .flat_map(|(code, lines)| lines.iter().map(|line| (*code, line)))
        .collect();
    if lines.is_empty() {
        return None;
    }
    let start = Instant::now();
    for (code, line) in lines.iter().cycle().take(TIMED_SENTENCES) {
        std::hint::black_box(of_text(line, language(code), None));
    }
    Some(Row {
        section: SECTION,
        name: "seconds for 10 000 sentences".to_owned(),
        value: start.elapsed().as_secs_f64(),
        unit: "s",
    })
}
