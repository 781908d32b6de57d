//! Negations: false alarms on the professional translations of `ntrex`, in all twelve directions, and how many of
//! the negations put in or taken out there are found.

use std::collections::HashMap;

use ndarray::Array2;
use parallax::align::contrary::{Contrary, EVIDENCE, Question, denied_unequally};
use parallax::align::disagreement::Disagreement;
use parallax::embed::Embedder;
use parallax::facts::Closeness;
use parallax::lang::Language;

use crate::facts::{LANGUAGES, language};
use crate::planted::negated;
use crate::vectors::disagreements;
use crate::{Row, data, vectors};

const SECTION: &str = "negation";
/// The file of a language.
const NTREX: &str = "ntrex/{}.txt";
/// Least confidence of a finding, as `parallax check` has it where nothing else is asked for.
const LEAST_CONFIDENCE: f32 = 0.4;

/// Lines of one language: as they are, and with a negation put in or taken out.
pub(crate) struct Lines {
    pub(crate) code: &'static str,
    language: Language,
    texts: Vec<String>,
    damaged: Vec<Option<String>>,
}

impl Lines {
    pub(crate) fn read(code: &'static str, set: &str, first: usize) -> Self {
        let path = data().join(set.replace("{}", code));
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let texts: Vec<String> = text.lines().skip(first).map(str::to_owned).collect();
        let damaged =
            texts.iter().enumerate().map(|(line, text)| negated(text, code, line)).collect();
        Self { code, language: language(code), texts, damaged }
    }
}

/// Two texts and what is asked about them.
pub(crate) struct Case<'l> {
    left: &'l str,
    right: &'l str,
    question: Option<Question>,
    pub(crate) planted: bool,
}

pub(crate) fn run(embedder: &Embedder) -> Vec<Row> {
    let all = LANGUAGES.map(|code| Lines::read(code, NTREX, 0));
    let mut rows = Vec::new();
    for target in &all {
        let mut score = Score::default();
        for source in all.iter().filter(|source| source.code != target.code) {
            let cases = cases(embedder, source, target);
            let answers = answers(embedder, &cases);
            let mut alarms = 0;
            for (case, answer) in cases.iter().zip(answers) {
                let (found, evidence) = answer.map_or((false, None), |(contrary, evidence)| {
                    (contrary.confidence >= LEAST_CONFIDENCE, Some(evidence))
                });
                if found != case.planted && std::env::var_os("PARALLAX_SHOW").is_some() {
                    let what = if case.planted { "missed" } else { "false alarm" };
                    println!("{}-{} {what} {evidence:?}", source.code, target.code);
                    println!("    {}\n    {}", case.left, case.right);
                }
                alarms += usize::from(found && !case.planted);
                score.add(case.planted, found);
            }
            let share = 1.0 - alarms as f64 / target.texts.len().max(1) as f64;
            rows.push(row(format!("ntrex {}-{} without", source.code, target.code), share));
        }
        rows.push(row(format!("planted {} recall", target.code), score.recall()));
        rows.push(row(format!("planted {} precision", target.code), score.precision()));
    }
    rows
}

fn row(name: String, share: f64) -> Row {
    Row { section: SECTION, name, value: 100.0 * share, unit: "%" }
}

pub(crate) fn cases<'l>(
    embedder: &Embedder,
    source: &'l Lines,
    target: &'l Lines,
) -> Vec<Case<'l>> {
    let lines = source.texts.iter().zip(&target.texts).zip(&target.damaged);
    let pairs: Vec<(&str, &str, bool)> = lines
        .flat_map(|((left, right), damaged)| {
            let damaged = damaged.as_ref().map(|damaged| (&left[..], &damaged[..], true));
            [Some((&left[..], &right[..], false)), damaged].into_iter().flatten()
        })
        .collect();
    let asked = |&(left, right, _): &(&str, &str, bool)| {
        denied_unequally((left, source.language), (right, target.language))
    };
    let read = read(embedder, &pairs.iter().map(asked).collect::<Vec<_>>(), &pairs);
    pairs
        .into_iter()
        .zip(read)
        .map(|((left, right, planted), read)| {
            let sides = [(left, source.language), (right, target.language)];
            let question = Question::about(sides[0], sides[1], Closeness::Parallel, read.as_ref());
            Case { left, right, question, planted }
        })
        .collect()
}

/// Where texts disagree, of the pairs that are asked about.
fn read(
    embedder: &Embedder,
    asked: &[bool],
    pairs: &[(&str, &str, bool)],
) -> Vec<Option<Disagreement>> {
    let wanted = pairs.iter().zip(asked).filter(|(_, asked)| **asked);
    let texts: Vec<[&str; 2]> = wanted.map(|(pair, _)| [pair.0, pair.1]).collect();
    let mut read = disagreements(embedder, &texts).into_iter();
    asked.iter().map(|&asked| if asked { read.next() } else { None }).collect()
}

pub(crate) fn answers(
    embedder: &Embedder,
    cases: &[Case<'_>],
) -> Vec<Option<(Contrary, [f32; EVIDENCE])>> {
    let asked = cases.iter().filter_map(|case| Some((case, case.question.as_ref()?)));
    let texts: Vec<&str> = asked
        .flat_map(|(case, question)| {
            let affirmed = question.affirmed.iter().map(|(_, text)| text.as_str());
            [case.left, case.right].into_iter().chain(affirmed)
        })
        .collect();
    let vectors: Array2<f32> = vectors::embed(embedder, &texts);
    let rows: HashMap<&str, usize> =
        texts.iter().enumerate().map(|(row, text)| (*text, row)).collect();
    let vector = |text: &str| vectors.row(rows[text]);
    let answer = |case: &Case<'_>| {
        let question = case.question.as_ref()?;
        let sides = [vector(case.left), vector(case.right)];
        let affirmed: Vec<_> = question.affirmed.iter().map(|(_, text)| vector(text)).collect();
        let (_, evidence) = question.evidence(sides, &affirmed)?;
        Some((question.answer(sides, &affirmed)?, evidence))
    };
    cases.iter().map(answer).collect()
}

/// Planted negations in one language.
#[derive(Default)]
struct Score {
    planted: usize,
    found: usize,
    alarms: usize,
    untouched: usize,
}

impl Score {
    fn add(&mut self, planted: bool, found: bool) {
        if planted {
            self.planted += 1;
            self.found += usize::from(found);
        } else {
            self.untouched += 1;
            self.alarms += usize::from(found);
        }
    }

    fn recall(&self) -> f64 {
        self.found as f64 / self.planted.max(1) as f64
    }

    /// As if there were as many untouched lines as changed ones.
    fn precision(&self) -> f64 {
        let alarms = self.alarms as f64 * self.planted as f64 / self.untouched.max(1) as f64;
        self.found as f64 / (self.found as f64 + alarms).max(1.0)
    }
}
