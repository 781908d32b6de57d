//! Quality of names: how many lines of professional translations share a key, full names with a human label, and names and
//! titles that contradict each other in [`planted`], on the documents of [`versions`].

#[path = "names/planted.rs"]
pub(crate) mod planted;
#[path = "names/versions.rs"]
pub(crate) mod versions;

use std::collections::HashSet;

use parallax::embed::Embedder;
use parallax::facts::names::{SAME_NAME, similarity};
use parallax::facts::{Fact, Value, extract};
use parallax::text::{Document, Sentence, Span};

use crate::facts::{language, of_every_pair};
use crate::{Row, data};

const SECTION: &str = "names";

/// The rows of this section; sets that are not there are left out.
pub(crate) fn run(embedder: &Embedder) -> Vec<Row> {
    let mut rows = of_every_pair(shared_names);
    rows.extend(labelled_names());
    rows.extend(planted::rows(embedder));
    rows
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

/// Lines as one document, a line a sentence.
fn document(code: &str, lines: &[String]) -> (Document, Vec<Sentence>) {
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
    (Document::plain(text, language, []), sentences)
}

/// The keys of the names of each line, the lines taken as one document.
fn keys(code: &str, lines: &[String]) -> Vec<HashSet<String>> {
    let (document, sentences) = document(code, lines);
    let key = |fact: Fact| match fact.value {
        Value::Name(name) => Some(name.key),
        _ => None,
    };
    extract(&document, &sentences)
        .into_iter()
        .map(|facts| facts.into_iter().filter_map(key).collect())
        .collect()
}

/// A labelled pair of full names.
struct LabelledPair {
    schema: String,
    names: [String; 2],
    is_match: bool,
}

impl LabelledPair {
    /// A row `group,schema,name1,name2,is_match,…`.
    fn read(row: &str) -> Option<Self> {
        let mut fields = fields(row).into_iter().skip(1);
        Some(Self {
            schema: fields.next()?,
            names: [fields.next()?, fields.next()?],
            is_match: fields.next()? == "true",
        })
    }
}

/// The fields of a row of comma separated values; quotes may enclose a field and are doubled inside.
fn fields(row: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut letters = row.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => push(&mut fields, '"'),
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => push(&mut fields, letter),
        }
    }
    fields
}

fn push(fields: &mut [String], letter: char) {
    if let Some(last) = fields.last_mut() {
        last.push(letter);
    }
}

/// Precision, recall and F1 of [`similarity`] on pairs of full names with a label.
fn labelled_names() -> Vec<Row> {
    let Ok(text) = std::fs::read_to_string(data().join("names/name_bench.csv")) else {
        return Vec::new();
    };
    let pairs: Vec<LabelledPair> = text.lines().skip(1).filter_map(LabelledPair::read).collect();
    let mut rows = Vec::new();
    for (what, of_kind) in [
        ("full names", (|_| true) as fn(&LabelledPair) -> bool),
        ("persons", |pair| pair.schema == "Person"),
    ] {
        let (mut hits, mut found, mut right) = (0.0, 0.0f64, 0.0f64);
        for pair in pairs.iter().filter(|pair| of_kind(pair)) {
            let same = similarity(&pair.names[0], &pair.names[1]) >= SAME_NAME;
            hits += f64::from(u8::from(same && pair.is_match));
            found += f64::from(u8::from(same));
            right += f64::from(u8::from(pair.is_match));
        }
        let row = |figure: &str, value: f64| Row {
            section: SECTION,
            name: format!("{what}, {figure}"),
            value: 100.0 * value,
            unit: "%",
        };
        rows.push(row("precision", hits / found.max(1.0)));
        rows.push(row("recall", hits / right.max(1.0)));
        rows.push(row("F1", 2.0 * hits / (found + right).max(1.0)));
    }
    rows
}
