//! Wording and order between versions: false alarms on professional translations, which choose the same names and frames
//! in the same order, and swapped names planted there.

use std::collections::{BTreeMap, BTreeSet};

use ndarray::Array2;
use parallax::align::pulse::unheard;
use parallax::align::speech::Speech;
use parallax::align::{
    Article, Claim, Comparison, Coverage, Event, Link, Mode, Pair, Scores, SentenceId, Story,
};
use parallax::differences::{self, CheckOptions};
use parallax::finding::Finding;
use parallax::wording::contested;
use serde::Deserialize;

use crate::pools::{LANGUAGES, article};
use crate::random::Random;
use crate::{Row, data};

const SECTION: &str = "wording";
/// Checks that a translation gives no cause for, counted over lines.
const SILENT: [&str; 3] = ["naming", "framing", "reordered-lead"];
/// Checks of one document by itself, counted over lines and over documents.
const ALONE: [&str; 3] = ["repetition", "untranslated", "machine-translated"];

/// Runs the section.
pub(crate) fn run() -> Vec<Row> {
    let set = Lines::load();
    let mut rows = false_alarms(&set);
    rows.extend(damage(&set));
    rows.extend(planted_names(&set));
    rows
}

fn row(name: String, share: f64) -> Row {
    Row { section: SECTION, name, value: 100.0 * share, unit: "%" }
}

/// The lines of `ntrex` by language, and the line numbers of each document.
struct Lines {
    lines: Vec<Vec<String>>,
    documents: Vec<Vec<usize>>,
}

impl Lines {
    fn load() -> Self {
        let read = |name: String| -> Vec<String> {
            let text = std::fs::read_to_string(data().join("ntrex").join(name));
            text.unwrap_or_default().lines().map(str::to_owned).collect()
        };
        let names = read("docs.txt".to_owned());
        let mut documents: Vec<Vec<usize>> = Vec::new();
        for (line, name) in names.iter().enumerate() {
            match documents.last_mut() {
                Some(last) if names[last[0]] == *name => last.push(line),
                _ => documents.push(vec![line]),
            }
        }
        Self {
            lines: LANGUAGES.iter().map(|code| read(format!("{code}.txt"))).collect(),
            documents,
        }
    }

    fn texts(&self, language: usize, document: &[usize]) -> Vec<&str> {
        document.iter().map(|&line| self.lines[language][line].as_str()).collect()
    }
}

/// Versions of one event, line by line; what their lines say is one claim each.
fn versions(texts: &[(usize, Vec<&str>)]) -> Comparison {
    let articles: Vec<Article> = texts
        .iter()
        .map(|(language, texts)| {
            article(texts, Array2::zeros((texts.len(), 0)), LANGUAGES[*language])
        })
        .collect();
    let lines = articles.iter().map(|article| article.sentences.len()).min().unwrap_or(0);
    let documents: Vec<usize> = (0..articles.len()).collect();
    let link = |line: usize| Link {
        left: vec![line],
        right: vec![line],
        score: 0.95,
        mode: Mode::Parallel,
    };
    let pairs = documents
        .iter()
        .flat_map(|&left| (left + 1..articles.len()).map(move |right| (left, right)))
        .map(|(left, right)| Pair {
            left,
            right,
            scores: Scores::default(),
            coverage: Coverage::default(),
            links: (0..lines).map(link).collect(),
            closest_right: Vec::new(),
            closest_left: Vec::new(),
        })
        .collect();
    let claims = (0..lines)
        .map(|sentence| {
            let id = |&document: &usize| SentenceId { document, sentence };
            let sentences: Vec<SentenceId> = documents.iter().map(id).collect();
            Claim { representative: sentences[0], sentences, documents: documents.clone() }
        })
        .collect();
    let event =
        Event { story: 0, documents: documents.clone(), representative: 0, dates: Vec::new() };
    let story = Story { documents, representative: 0 };
    let (events, stories) = (vec![event], vec![story]);
    Comparison { articles, pairs, claims, events, stories, speech: Speech::default() }
}

fn findings(comparison: &Comparison, checks: &[&str]) -> Vec<Finding> {
    let only = checks.iter().map(|&check| check.to_owned()).collect();
    let options = CheckOptions { only, ..CheckOptions::default() };
    differences::run(comparison, &options, &mut unheard).expect("the checks exist")
}

/// Shows findings where `PARALLAX_SHOW` asks for it: whoever mends a rule wants to see what it did.
fn show(comparison: &Comparison, findings: &[Finding]) {
    if std::env::var_os("PARALLAX_SHOW").is_none() {
        return;
    }
    for finding in findings {
        println!("  {} {:.2} {}", finding.check, finding.confidence, finding.message);
        for place in [finding.left, finding.right].into_iter().flatten() {
            let article = &comparison.articles[place.document];
            let sentence = place.sentence.map_or("", |sentence| article.sentence_text(sentence));
            println!("    “{}” in “{sentence}”", place.span.of(&article.document.text));
        }
    }
}

/// Lines without a finding, by check and pair of languages.
fn false_alarms(set: &Lines) -> Vec<Row> {
    let mut rows = Vec::new();
    for (left, one) in LANGUAGES.iter().enumerate() {
        for (right, other) in LANGUAGES.iter().enumerate().skip(left + 1) {
            let mut alarms: BTreeMap<&str, usize> = BTreeMap::new();
            let mut lines = 0;
            for document in &set.documents {
                let texts = [left, right].map(|language| (language, set.texts(language, document)));
                let comparison = versions(&texts);
                let found = findings(&comparison, &SILENT);
                show(&comparison, &found);
                lines += document.len();
                for finding in found {
                    *alarms.entry(finding.check).or_default() += 1;
                }
            }
            for check in SILENT {
                let alarms = alarms.get(check).copied().unwrap_or(0) as f64;
                let pair = format!("{one}-{other}");
                rows.push(row(
                    format!("ntrex {pair} without {check}"),
                    1.0 - alarms / lines.max(1) as f64,
                ));
            }
        }
    }
    rows
}

/// Lines without damage, and documents that are not taken for a machine's work.
fn damage(set: &Lines) -> Vec<Row> {
    let mut rows = Vec::new();
    for (language, code) in LANGUAGES.iter().enumerate() {
        let mut alarms: BTreeMap<&str, usize> = BTreeMap::new();
        for document in &set.documents {
            let comparison = versions(&[(language, set.texts(language, document))]);
            let found = findings(&comparison, &ALONE);
            show(&comparison, &found);
            for finding in found {
                *alarms.entry(finding.check).or_default() += 1;
            }
        }
        for check in ALONE {
            let of = if check == "machine-translated" {
                set.documents.len()
            } else {
                set.lines[language].len()
            };
            let alarms = alarms.get(check).copied().unwrap_or(0) as f64;
            rows.push(row(
                format!("ntrex {code} without {check}"),
                1.0 - alarms / of.max(1) as f64,
            ));
        }
    }
    rows
}

/// What is planted: carriers with a place for a name, and rival names.
#[derive(Deserialize)]
struct Planting {
    carriers: BTreeMap<String, Vec<String>>,
    names: Vec<Rivals>,
}

#[derive(Deserialize)]
struct Rivals {
    referent: String,
    one: BTreeMap<String, Vec<String>>,
    other: BTreeMap<String, Vec<String>>,
}

#[derive(Default, Clone, Copy)]
struct Score {
    planted: usize,
    found: usize,
    wrong: usize,
}

/// Swapped names: a sentence with a contested name is put into both versions of a document, once with one name on both
/// sides, once with its rival on one of them.
fn planted_names(set: &Lines) -> Vec<Row> {
    let planting: Planting =
        toml::from_str(include_str!("naming.toml")).expect("naming.toml is sound");
    let mut scores = [Score::default(); LANGUAGES.len()];
    let mut random = Random(0x5DEE_CE66_D1CE_4E5B);
    for rivals in &planting.names {
        for from in 0..LANGUAGES.len() {
            for into in (0..LANGUAGES.len()).filter(|&into| into != from) {
                for form in 0..2 {
                    let document = &set.documents[random.next() as usize % set.documents.len()];
                    let at = random.next() as usize % (document.len() + 1);
                    let sentence = |language: usize, names: &BTreeMap<String, Vec<String>>| {
                        let code = LANGUAGES[language];
                        let slot = ["{in}", "{of}"][form];
                        planting.carriers[code][form].replace(slot, &names[code][form])
                    };
                    for (target, swapped) in [(&rivals.one, false), (&rivals.other, true)] {
                        let sentences = [sentence(from, &rivals.one), sentence(into, target)];
                        let texts = [from, into].map(|language| set.texts(language, document));
                        let mut versions_of: Vec<(usize, Vec<&str>)> = Vec::new();
                        for (side, mut texts) in texts.into_iter().enumerate() {
                            texts.insert(at, sentences[side].as_str());
                            versions_of.push(([from, into][side], texts));
                        }
                        let comparison = versions(&versions_of);
                        let found = findings(&comparison, &["naming"]);
                        count(&mut scores[into], &found, swapped.then_some((rivals, at)));
                        if swapped
                            != found.iter().any(|finding| is_about(finding, &rivals.referent))
                        {
                            show_missed(&sentences, swapped);
                        }
                    }
                }
            }
        }
    }
    let mut rows = Vec::new();
    for (code, score) in LANGUAGES.iter().zip(scores) {
        let recall = score.found as f64 / score.planted.max(1) as f64;
        let precision = score.found as f64 / (score.found + score.wrong).max(1) as f64;
        rows.push(row(format!("planted name {code} recall"), recall));
        rows.push(row(format!("planted name {code} precision"), precision));
    }
    rows
}

fn show_missed(sentences: &[String; 2], swapped: bool) {
    if std::env::var_os("PARALLAX_SHOW").is_some() {
        let what = if swapped { "missed" } else { "false" };
        println!("  {what}: {} | {}", sentences[0], sentences[1]);
    }
}

fn is_about(finding: &Finding, id: &str) -> bool {
    let about = contested::referents().iter().find(|referent| referent.id == id);
    about.is_some_and(|referent| finding.message.contains(&referent.about))
}

/// Counts a planted swap, or a pair in which nothing was swapped.
fn count(score: &mut Score, found: &[Finding], planted: Option<(&Rivals, usize)>) {
    let Some((rivals, at)) = planted else {
        score.wrong += found.len();
        return;
    };
    let is_right = |finding: &&Finding| {
        let places: BTreeSet<Option<usize>> =
            [finding.left, finding.right].iter().flatten().map(|place| place.sentence).collect();
        is_about(finding, &rivals.referent) && places.contains(&Some(at))
    };
    let right = found.iter().filter(is_right).count();
    score.planted += 1;
    score.found += right.min(1);
    score.wrong += found.len() - right;
}
