//! Names and titles that contradict each other: false alarms on professional translations, and planted changes, a name put
//! in the place of another of its kind with the same ending, a title in the place of another.
//!
//! Lines of `ntrex` are taken by documents, those of `flores` one by one: what a document shows of its names counts.

use std::ops::Range;

use parallax::facts::{
    Acquaintance, Closeness, NameKind, NamePassage, TitleConflict, Value, name_conflicts,
    title_conflicts, unanswered_names,
};

use super::SECTION;
use super::versions::{Version, acquaintance, other_name, pool, versions};
use crate::facts::planted::{self, Kind};
use crate::{Row, recall_and_precision};

/// Every which line gets a planted change.
const EVERY: usize = 3;
/// Least confidence of a finding, as in the checks.
const LEAST_CONFIDENCE: f32 = 0.4;
/// The rows on names and titles that contradict each other.
pub(super) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (set, versions) in versions() {
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

/// Planted changes and what was found of them.
#[derive(Clone, Copy, Default)]
struct Count {
    planted: usize,
    found: usize,
    false_alarms: usize,
}

impl Count {
    fn add(&mut self, found: &[Range<usize>], planted: &Range<usize>, clean: usize) {
        let hit = found.iter().filter(|range| overlap(range, planted)).count();
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
        let known = acquaintance(&left_names, &right_names);
        for at in 0..left.lines.len() {
            lines += 1;
            let names = conflicts(&left_names[at], &right_names[at], &known).len();
            let titles = titles(left, right, at).len();
            alarms += usize::from(names + titles > 0);
            show_evidence(direction, lines, None, (&left_names[at], &right_names[at]), &known);
            if names > 0 {
                show(direction, "false alarm", (left, &left_names), (right, &right_names), at);
            }
            if titles > 0 {
                show_titles(direction, "false title", (left, right), at);
            }
            if lines % EVERY == 0
                && let Some((text, span)) = other_name((left, right), at, pool, lines)
            {
                let changed = right.with(at, text);
                let changed_names = changed.passages();
                let found = found_names(&left_names, &changed_names, at);
                counts[0].add(&found, &span, names);
                let known = acquaintance(&left_names, &changed_names);
                let passages = (&left_names[at], &changed_names[at]);
                show_evidence(direction, lines, Some(&span), passages, &known);
                if !found.iter().any(|range| overlap(range, &span)) {
                    let what = format!("missed name {}", &changed.lines[at][span]);
                    show(direction, &what, (left, &left_names), (&changed, &changed_names), at);
                }
            }
            let sides = (left.lines[at].as_str(), left.language.code());
            let translation = (right.lines[at].as_str(), right.language.code());
            if let Some(change) = planted::change(sides, translation, Kind::Title, lines) {
                let changed = right.with(at, change.text);
                let found = self::titles(left, &changed, at);
                let facts = changed.titles(at);
                let spans: Vec<Range<usize>> = (found.iter())
                    .map(|conflict| facts[conflict.right].span)
                    .map(|span| span.start..span.end)
                    .collect();
                counts[1].add(&spans, &change.span, titles);
                if !spans.iter().any(|range| overlap(range, &change.span)) {
                    let what = format!("missed title {}", &changed.lines[at][change.span]);
                    show_titles(direction, &what, (left, &changed), at);
                }
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

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Prints a line with the names of each side that the other does not answer, where asked for.
fn show(
    direction: &str,
    what: &str,
    (left, left_names): (&Version, &[NamePassage]),
    (right, right_names): (&Version, &[NamePassage]),
    at: usize,
) {
    if std::env::var_os("PARALLAX_SHOW").is_none() {
        return;
    }
    let alone = unanswered_names(&left_names[at], &right_names[at]);
    println!("{direction} {what}");
    for (version, alone) in [left, right].into_iter().zip(alone) {
        let line = &version.lines[at];
        let alone: Vec<&str> = alone.into_iter().map(|span| span.of(line)).collect();
        println!("    {line}\n      alone: {}", alone.join(", "));
    }
}

/// Prints the evidence on every pair of names of a line, where asked for: to try weights on.
fn show_evidence(
    direction: &str,
    line: usize,
    planted: Option<&Range<usize>>,
    (left, right): (&NamePassage, &NamePassage),
    known: &Acquaintance,
) {
    if std::env::var_os("PARALLAX_SHOW").is_none() {
        return;
    }
    let kind = if planted.is_some() { "planted" } else { "clean" };
    println!("evidence {direction} {line} {kind}");
    for conflict in name_conflicts(left, right, known) {
        let range = conflict.right.start..conflict.right.end;
        let hit = planted.is_some_and(|planted| overlap(&range, planted));
        println!("evidence {direction} {line} {kind} {hit} {:?}", conflict.evidence);
    }
}

/// Prints a line with the titles of each side, where asked for.
fn show_titles(direction: &str, what: &str, (left, right): (&Version, &Version), at: usize) {
    if std::env::var_os("PARALLAX_SHOW").is_none() {
        return;
    }
    println!("{direction} {what}");
    for version in [left, right] {
        println!("    {}", version.lines[at]);
        for fact in version.titles(at) {
            if let Value::Title(title) = &fact.value {
                println!("      {} {:?}", title.title, title.bearer);
            }
        }
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
        (&left.titles(at), left.language),
        (&right.titles(at), right.language),
        Closeness::Parallel,
    )
}

/// What is found in a changed line, given what its document shows.
fn found_names(
    left_names: &[NamePassage],
    right_names: &[NamePassage],
    at: usize,
) -> Vec<Range<usize>> {
    let known = acquaintance(left_names, right_names);
    conflicts(&left_names[at], &right_names[at], &known)
}
