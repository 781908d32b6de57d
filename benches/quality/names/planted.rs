//! Names and titles that contradict each other: false alarms on professional translations, and planted changes, a name put
//! in the place of another of its kind with the same ending, a title in the place of another.
//!
//! Lines of `ntrex` are taken by documents, those of `flores` one by one: what a document shows of its names counts.

use std::ops::Range;

use parallax::align::exchange::{EVIDENCE, Question};
use parallax::embed::Embedder;
use parallax::facts::{
    Acquaintance, Closeness, NameConflict, NameKind, NamePassage, TitleConflict, Value,
    name_conflicts, title_conflicts, unanswered_names,
};
use parallax::text::Span;

use super::SECTION;
use super::versions::{Version, acquaintance, other_name, pool, versions};
use crate::facts::planted::{self, Kind};
use crate::{Row, recall_and_precision, vectors};

/// Every which line gets a planted change.
const EVERY: usize = 3;
/// Least confidence of a finding, as in the checks.
const LEAST_CONFIDENCE: f32 = 0.4;
/// The rows on names and titles that contradict each other.
pub(super) fn rows(embedder: &Embedder) -> Vec<Row> {
    let mut rows = Vec::new();
    for (set, versions) in versions() {
        let mut counts = vec![[Count::default(); 2]; versions.len()];
        for (left_code, left) in &versions {
            for (target, (right_code, right)) in versions.iter().enumerate() {
                if left_code != right_code {
                    let pool = pool(right);
                    let direction = format!("{set} {left_code}-{right_code}");
                    let sides = (left.as_slice(), right.as_slice());
                    rows.push(measure(embedder, &direction, sides, &pool, &mut counts[target]));
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

/// A line with its translation, as it is or with a planted name, and its names that may mean different things.
struct Trial {
    texts: [String; 2],
    /// Where the planted name stands.
    planted: Option<Range<usize>>,
    conflicts: Vec<NameConflict>,
    /// Names of each side that the other does not answer.
    alone: [Vec<String>; 2],
}

impl Trial {
    fn new(
        texts: [&str; 2],
        planted: Option<Range<usize>>,
        [left, right]: [&NamePassage; 2],
        known: &Acquaintance,
    ) -> Self {
        let [here, there] = unanswered_names(left, right);
        let written = |spans: Vec<Span>, text: &str| {
            spans.into_iter().map(|span| span.of(text).to_owned()).collect()
        };
        Self {
            texts: texts.map(str::to_owned),
            planted,
            conflicts: name_conflicts(left, right, known),
            alone: [written(here, texts[0]), written(there, texts[1])],
        }
    }

    /// Prints the line with the names of each side that the other does not answer, where asked for.
    fn show(&self, direction: &str, what: &str) {
        if std::env::var_os("PARALLAX_SHOW").is_none() {
            return;
        }
        let name = self.planted.clone().map_or("", |planted| &self.texts[1][planted]);
        println!("{direction} {what} {name}");
        for (text, alone) in self.texts.iter().zip(&self.alone) {
            println!("    {text}\n      alone: {}", alone.join(", "));
        }
    }
}

/// Names of a translation that may mean different things, with what the encoder says of them.
pub(crate) struct Asked {
    /// Which of the texts they stand in.
    pub(crate) at: usize,
    pub(crate) conflict: NameConflict,
    /// Nothing where the encoder is not asked.
    pub(crate) evidence: Option<[f32; EVIDENCE]>,
    confidence: f32,
}

/// What the encoder says of names of texts and their translations, each with a number for the texts.
pub(crate) fn asked<'t>(
    embedder: &Embedder,
    conflicts: impl Iterator<Item = (usize, [&'t str; 2], &'t NameConflict)>,
) -> Vec<Asked> {
    let about = |(at, texts, conflict): (usize, [&'t str; 2], &'t NameConflict)| {
        (at, texts, conflict, Question::about(texts[0], texts[1], conflict))
    };
    let questions: Vec<_> = conflicts.map(about).collect();
    let wanted = questions.iter().filter_map(|(_, texts, _, question)| {
        let changed = question.as_ref()?.changed.each_ref().map(String::as_str);
        Some([texts[0], texts[1], changed[0], changed[1]])
    });
    let vectors = vectors::embed(embedder, &wanted.flatten().collect::<Vec<_>>());
    let mut rows = vectors.rows().into_iter();
    let answered = questions.iter().map(|&(at, _, &conflict, ref question)| {
        let mut found = Asked { at, conflict, evidence: None, confidence: conflict.confidence };
        if let Some(question) = question {
            let [left, right, changed_left, changed_right] =
                [(); 4].map(|()| rows.next().expect("four texts a question"));
            let sides = ([left, right], [changed_left, changed_right]);
            found.evidence = Some(question.evidence(sides.0, sides.1));
            found.confidence = question.answer(sides.0, sides.1);
        }
        found
    });
    answered.collect()
}

/// The share of lines without a false alarm; counts what is found of planted changes.
fn measure(
    embedder: &Embedder,
    direction: &str,
    (left, right): (&[Version], &[Version]),
    pool: &[(NameKind, String)],
    counts: &mut [Count; 2],
) -> Row {
    let mut trials = Vec::new();
    // For each line its trial, that of a name planted in it, and its false titles.
    let mut lines: Vec<(usize, Option<usize>, usize)> = Vec::new();
    for (left, right) in left.iter().zip(right) {
        let (left_names, right_names) = (left.passages(), right.passages());
        let known = acquaintance(&left_names, &right_names);
        for at in 0..left.lines.len() {
            let number = lines.len() + 1;
            let false_titles = titles(left, right, at).len();
            if false_titles > 0 {
                show_titles(direction, "false title", (left, right), at);
            }
            lines.push((trials.len(), None, false_titles));
            let texts = [left.lines[at].as_str(), right.lines[at].as_str()];
            trials.push(Trial::new(texts, None, [&left_names[at], &right_names[at]], &known));
            if number.is_multiple_of(EVERY)
                && let Some((text, span)) = other_name((left, right), at, pool, number)
            {
                let changed = right.with(at, text);
                let changed_names = changed.passages();
                let known = acquaintance(&left_names, &changed_names);
                let texts = [left.lines[at].as_str(), changed.lines[at].as_str()];
                let names = [&left_names[at], &changed_names[at]];
                lines[number - 1].1 = Some(trials.len());
                trials.push(Trial::new(texts, Some(span), names, &known));
            }
            plant_title(direction, (left, right), (at, number, false_titles), &mut counts[1]);
        }
    }
    let found = found(embedder, &trials);
    let mut alarms = 0;
    for &(line, planted, false_titles) in &lines {
        let names = found[line].len();
        alarms += usize::from(names + false_titles > 0);
        if names > 0 {
            trials[line].show(direction, "false alarm");
        }
        let Some(at) = planted else { continue };
        let Some(span) = &trials[at].planted else { continue };
        counts[0].add(&found[at], span, names);
        if !found[at].iter().any(|range| overlap(range, span)) {
            trials[at].show(direction, "missed name");
        }
    }
    Row {
        section: SECTION,
        name: format!("{direction} without false alarm"),
        value: 100.0 - 100.0 * alarms as f64 / lines.len().max(1) as f64,
        unit: "%",
    }
}

/// The names on the right of each trial that the check tells.
fn found(embedder: &Embedder, trials: &[Trial]) -> Vec<Vec<Range<usize>>> {
    let conflicts = trials.iter().enumerate().flat_map(|(at, trial)| {
        let texts = trial.texts.each_ref().map(String::as_str);
        trial.conflicts.iter().map(move |conflict| (at, texts, conflict))
    });
    let mut found = vec![Vec::new(); trials.len()];
    for asked in asked(embedder, conflicts) {
        if asked.confidence >= LEAST_CONFIDENCE {
            found[asked.at].push(asked.conflict.right.start..asked.conflict.right.end);
        }
    }
    found
}

/// Plants a title in a line where there is one, and counts whether it is found. `false_titles` are those of the line as it
/// is.
fn plant_title(
    direction: &str,
    (left, right): (&Version, &Version),
    (at, number, false_titles): (usize, usize, usize),
    count: &mut Count,
) {
    let sides = (left.lines[at].as_str(), left.language.code());
    let translation = (right.lines[at].as_str(), right.language.code());
    let Some(change) = planted::change(sides, translation, Kind::Title, number) else { return };
    let changed = right.with(at, change.text);
    let found = titles(left, &changed, at);
    let facts = changed.titles(at);
    let spans: Vec<Range<usize>> = (found.iter())
        .map(|conflict| facts[conflict.right].span)
        .map(|span| span.start..span.end)
        .collect();
    count.add(&spans, &change.span, false_titles);
    if !spans.iter().any(|range| overlap(range, &change.span)) {
        let what = format!("missed title {}", &changed.lines[at][change.span]);
        show_titles(direction, &what, (left, &changed), at);
    }
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
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

fn titles(left: &Version, right: &Version, at: usize) -> Vec<TitleConflict> {
    title_conflicts(
        (&left.titles(at), left.language),
        (&right.titles(at), right.language),
        Closeness::Parallel,
    )
}
