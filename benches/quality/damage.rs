//! Damage in translated text: false alarms of `repetition` and `untranslated` on professional translations, and how
//! much of what is planted there is found.

use std::path::Path;

use parallax::lang::Language;
use parallax::text::Span;
use parallax::translation::repetition::repetitions;
use parallax::translation::untranslated::untranslated;

use crate::Row;
use crate::facts::{LANGUAGES, language};
use crate::random::Random;

const SECTION: &str = "damage";

/// A changed line and where it was changed.
struct Planted {
    text: String,
    span: Span,
}

/// Runs the section.
pub(crate) fn run() -> Vec<Row> {
    let lines: Vec<Vec<String>> = LANGUAGES.iter().map(|code| read(code)).collect();
    let mut rows = Vec::new();
    for (target, into) in LANGUAGES.iter().enumerate() {
        let mut scores = [Score::default(), Score::default()];
        for (source, from) in LANGUAGES.iter().enumerate().filter(|&(source, _)| source != target) {
            let pair = format!("{from}-{into}");
            let mut alarms = [0, 0];
            for (number, (left, right)) in lines[source].iter().zip(&lines[target]).enumerate() {
                let mut random = Random(0x9E37_79B9_7F4A_7C15 ^ (number as u64 + 1));
                let into = language(into);
                for (check, find) in [repeated, foreign].into_iter().enumerate() {
                    alarms[check] += usize::from(!find(right, into, Some(left)).is_empty());
                    let plant = [repeat, leave][check];
                    if let Some(planted) = plant(left, right, &mut random) {
                        scores[check].add(&planted, &find(&planted.text, into, Some(left)));
                    }
                }
            }
            for (name, alarms) in ["repetition", "untranslated"].into_iter().zip(alarms) {
                let share = 1.0 - alarms as f64 / lines[target].len().max(1) as f64;
                rows.push(row(format!("{pair} without {name}"), share));
            }
        }
        for (name, score) in ["repetition", "untranslated"].into_iter().zip(scores) {
            rows.push(row(format!("planted {name} {into} recall"), score.recall()));
            rows.push(row(format!("planted {name} {into} precision"), score.precision()));
        }
    }
    rows
}

fn row(name: String, share: f64) -> Row {
    Row { section: SECTION, name, value: 100.0 * share, unit: "%" }
}

fn read(code: &str) -> Vec<String> {
    let path = crate::data().join(Path::new("ntrex").join(format!("{code}.txt")));
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

fn repeated(text: &str, language: Language, source: Option<&str>) -> Vec<Span> {
    repetitions(text, language, source).iter().map(|found| found.span()).collect()
}

fn foreign(text: &str, language: Language, source: Option<&str>) -> Vec<Span> {
    untranslated(text, language, source).iter().map(|found| found.span).collect()
}

/// One to four words, written once more behind themselves.
fn repeat(_source: &str, text: &str, random: &mut Random) -> Option<Planted> {
    let words = lower_runs(text, 1 + random.next() as usize % 4);
    let &(start, end) = words.get(random.next() as usize % words.len().max(1))?;
    let again = format!("{} {}", &text[..end], &text[start..]);
    Some(Planted { text: again, span: Span::new(start, 2 * end - start + 1) })
}

/// One to three words of the source in the place of as many of the translation.
fn leave(source: &str, text: &str, random: &mut Random) -> Option<Planted> {
    let count = 1 + random.next() as usize % 3;
    let (left, right) = (lower_runs(source, count), lower_runs(text, count));
    let &(from, to) = left.get(random.next() as usize % left.len().max(1))?;
    let &(start, end) = right.get(random.next() as usize % right.len().max(1))?;
    let words = &source[from..to];
    // A single short word may be a word of both languages.
    if count == 1 && words.chars().count() < 5 {
        return None;
    }
    let left = format!("{}{words}{}", &text[..start], &text[end..]);
    Some(Planted { text: left, span: Span::new(start, start + words.len()) })
}

/// Stretches of `count` words in lower case with nothing but blanks between them.
fn lower_runs(text: &str, count: usize) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(' ').chain([(text.len(), "")]) {
        words.push((start, at));
        start = at + 1;
    }
    let lower = |&(start, end): &(usize, usize)| {
        start < end && text[start..end].chars().all(|letter| letter.is_lowercase())
    };
    let runs = words.windows(count).filter(|run| run.iter().all(lower));
    runs.map(|run| (run[0].0, run[count - 1].1)).collect()
}

/// Planted damage of one kind in one language.
#[derive(Clone, Copy, Default)]
struct Score {
    planted: usize,
    found: usize,
    /// Changed lines with an alarm about anything else.
    false_alarms: usize,
}

impl Score {
    fn add(&mut self, planted: &Planted, alarms: &[Span]) {
        self.planted += 1;
        self.found += usize::from(alarms.iter().any(|alarm| alarm.overlaps(planted.span)));
        self.false_alarms += usize::from(alarms.iter().any(|alarm| !alarm.overlaps(planted.span)));
    }

    fn recall(self) -> f64 {
        self.found as f64 / self.planted.max(1) as f64
    }

    fn precision(self) -> f64 {
        self.found as f64 / (self.found + self.false_alarms).max(1) as f64
    }
}
