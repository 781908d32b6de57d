//! Tables of texts: JSONL and CSV or TSV, a text a row. Which column holds what is known by its name.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Reader, SNIPPET};
use crate::error::InputProblem;
use crate::ingest::particulars::{self, Particulars};
use crate::ingest::sources::{Source, skipped};
use crate::ingest::{IngestOptions, Skipped, encoding};

/// Names of columns, in small letters, by what they hold; the best first.
const TEXTS: &[&str] =
    &["text", "body", "content", "article", "fulltext", "full_text", "maintext", "html"];
const TITLES: &[&str] = &["title", "headline", "heading"];
const DATES: &[&str] =
    &["date", "published", "publication_date", "date_publish", "pubdate", "datetime"];
const OUTLETS: &[&str] = &["outlet", "source", "publisher", "newspaper", "site", "source_domain"];
const LANGUAGES: &[&str] = &["lang", "language"];
const AUTHORS: &[&str] = &["author", "authors", "byline"];
const ADDRESSES: &[&str] = &["url", "link", "address"];

/// Characters between the columns of a table.
const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Most characters of a head that a message shows.
const LONGEST_HEAD: usize = 200;

/// A row: the names of its columns in small letters, and what they hold.
type Row = BTreeMap<String, String>;

/// The texts of a JSONL file.
pub(super) fn json_lines(source: Source, options: &IngestOptions) -> Vec<Result<Source, Skipped>> {
    let text = decoded(&source, options);
    let mut texts = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let name = format!("{} line {}", source.name, index + 1);
        texts.push(match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(fields)) => {
                let row = fields.into_iter().map(|(key, value)| (key.to_lowercase(), shown(value)));
                text_of(name, row.collect(), &source)
            }
            Ok(_) => Err(bad_row(name, "it is no object in braces".to_owned())),
            Err(error) => {
                let column = error.column();
                Err(bad_row(name, format!("no JSON from character {column} on")))
            }
        });
    }
    texts
}

/// A value as a cell would hold it.
fn shown(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        Value::Array(items) => items.into_iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// The texts of a CSV or TSV file.
pub(super) fn separated(source: Source, options: &IngestOptions) -> Vec<Result<Source, Skipped>> {
    let text = decoded(&source, options);
    let Some((separator, head)) = head(&text) else {
        let columns = beginning(text.lines().next().unwrap_or_default());
        return vec![Err(skipped(source.name, InputProblem::NoTextColumn(columns)))];
    };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let rows = reader.records().map(|record| {
        let record = record.map_err(|error| bad_row(source.name.clone(), error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let name = format!("{} line {line}", source.name);
        if record.len() > head.len() {
            let reason = format!("it has {} cells, the head has {}", record.len(), head.len());
            return Err(bad_row(name, reason));
        }
        let cells = record.iter().map(str::to_owned);
        text_of(name, head.iter().cloned().zip(cells).collect(), &source)
    });
    rows.collect()
}

/// The beginning of a head, for a message.
fn beginning(columns: &str) -> String {
    columns.chars().take(LONGEST_HEAD).collect()
}

/// The separator under which the head has a column of texts, and the names of the columns.
fn head(text: &str) -> Option<(u8, Vec<String>)> {
    SEPARATORS.iter().find_map(|&separator| {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .from_reader(text.as_bytes());
        let head: Vec<String> =
            reader.headers().ok()?.iter().map(|name| name.trim().to_lowercase()).collect();
        let is_text = |name: &String| TEXTS.contains(&name.as_str());
        head.iter().any(is_text).then_some((separator, head))
    })
}

fn decoded(source: &Source, options: &IngestOptions) -> String {
    encoding::decode_declared(&source.bytes, options.encoding, source.declared).text
}

fn bad_row(name: String, reason: String) -> Skipped {
    skipped(name, InputProblem::BadRow(reason))
}

/// The text of a row, with what the other columns tell about it.
fn text_of(name: String, row: Row, table: &Source) -> Result<Source, Skipped> {
    let cell = |names: &[&str]| {
        let found = names.iter().find_map(|name| row.get(*name));
        found.map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    };
    let Some(text) = cell(TEXTS) else {
        if TEXTS.iter().any(|name| row.contains_key(*name)) {
            return Err(skipped(name, InputProblem::Empty));
        }
        let columns = row.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        return Err(skipped(name, InputProblem::NoTextColumn(beginning(&columns))));
    };
    let authors = cell(AUTHORS).map_or_else(Vec::new, |authors| {
        authors.split(',').map(|author| author.trim().to_owned()).collect()
    });
    let about = Particulars {
        title: cell(TITLES).map(str::to_owned),
        published: cell(DATES).and_then(particulars::date),
        outlet: cell(OUTLETS).map(str::to_owned),
        language: cell(LANGUAGES).and_then(particulars::language),
        address: cell(ADDRESSES).and_then(particulars::address),
        authors,
        ..Particulars::default()
    };
    let reader = if is_markup(text) { SNIPPET } else { Reader::PlainText };
    Ok(Source {
        reader: Some(reader),
        about: about.or(table.about.clone()),
        declared: Some(encoding_rs::UTF_8),
        ..Source::new(name, text.as_bytes().to_vec())
    })
}

/// Whether a cell holds HTML.
fn is_markup(text: &str) -> bool {
    ["</p>", "</div>", "<br>", "<br/>", "<br />"].iter().any(|tag| text.contains(tag))
}
