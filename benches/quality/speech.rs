//! How texts speak: false alarms of the checks on attribution, quotes and tone on the professional translations of
//! `ntrex`, where every line is linked to its translation, and how often modality is told on one side alone.

use parallax::align::speech::Speech;
use parallax::align::tone::ToneAxis;
use parallax::align::{Article, Comparison, Coverage, Event, Link, Mode, Pair, Scores, Story};
use parallax::differences::{CheckOptions, run as find};
use parallax::embed::Embedder;
use parallax::facts::{Modality, Value};

use crate::facts::LANGUAGES;
use crate::{Row, data, pools, vectors};

const SECTION: &str = "speech";
/// The checks whose alarms are counted.
const CHECKS: [&str; 4] = ["negation", "attribution", "quote-changed", "tone"];

pub(crate) fn run(embedder: &Embedder) -> Vec<Row> {
    let axis = ToneAxis::new(embedder).expect("the engine runs");
    let articles: Vec<Article> = LANGUAGES.iter().map(|code| article(code, embedder)).collect();
    let mut rows = Vec::new();
    for (at, left) in articles.iter().enumerate() {
        for right in &articles[at + 1..] {
            let lines = left.sentences.len().min(right.sentences.len());
            let comparison = comparison(left, right, lines, &axis, embedder);
            let codes = [left, right].map(|article| article.document.language);
            let name = format!("ntrex {}-{}", codes[0], codes[1]);
            let without = |alarms: usize| 1.0 - alarms as f64 / lines.max(1) as f64;
            for check in CHECKS {
                let only = vec![check.to_owned()];
                let options = CheckOptions { only, ..CheckOptions::default() };
                let alarms = find(&comparison, &options, &mut |_, _| Ok(()))
                    .expect("the check exists")
                    .len();
                rows.push(row(format!("{name} without {check}"), without(alarms)));
            }
            rows.push(row(
                format!("{name} modality on both sides"),
                without(one_sided(left, right)),
            ));
        }
    }
    rows
}

fn row(name: String, share: f64) -> Row {
    Row { section: SECTION, name, value: 100.0 * share, unit: "%" }
}

/// The lines of a language as an article with a line a sentence.
fn article(code: &str, embedder: &Embedder) -> Article {
    let path = data().join("ntrex").join(format!("{code}.txt"));
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    pools::article(&lines, vectors::embed(embedder, &lines), code)
}

/// Both languages as reports on one event, each line linked to its translation.
fn comparison(
    left: &Article,
    right: &Article,
    lines: usize,
    axis: &ToneAxis,
    embedder: &Embedder,
) -> Comparison {
    let link =
        |line| Link { left: vec![line], right: vec![line], score: 1.0, mode: Mode::Comparable };
    let pair = Pair {
        left: 0,
        right: 1,
        scores: Scores::default(),
        coverage: Coverage::default(),
        links: (0..lines).map(link).collect(),
        closest_right: vec![None; lines],
        closest_left: vec![None; lines],
    };
    let articles = vec![left.clone(), right.clone()];
    let pairs = vec![pair];
    let speech = Speech::new(&articles, &pairs, axis, embedder).expect("the engine runs");
    let documents = vec![0, 1];
    let event =
        Event { story: 0, documents: documents.clone(), representative: 0, dates: Vec::new() };
    Comparison {
        articles,
        pairs,
        claims: Vec::new(),
        events: vec![event],
        stories: vec![Story { documents, representative: 0 }],
        speech,
    }
}

/// Lines of which one side says that something may be or is likely, and the other tells no modality at all.
fn one_sided(left: &Article, right: &Article) -> usize {
    let modalities = |article: &Article, line: usize| -> Vec<Modality> {
        let facts = article.facts[line].iter();
        let modality = |value: &Value| match value {
            Value::Modality(modality) => Some(*modality),
            _ => None,
        };
        facts.filter_map(|fact| modality(&fact.value)).collect()
    };
    let open = |modality: &Modality| matches!(modality, Modality::Possible | Modality::Probable);
    let lines = left.facts.len().min(right.facts.len());
    let differs = |line: &usize| {
        let (one, other) = (modalities(left, *line), modalities(right, *line));
        (one.iter().any(open) && other.is_empty()) || (other.iter().any(open) && one.is_empty())
    };
    (0..lines).filter(differs).count()
}
