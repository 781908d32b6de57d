//! Articles taken out of saved web pages, against the text, title and date that a person's parser found in them.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use parallax::ingest::{IngestOptions, Input, read_all};
use parallax::text::{Document, ParagraphKind};
use serde_json::Value;

use crate::{Row, data};

/// A row per page for the body, one each for titles and dates, and the lowest body.
pub(crate) fn run() -> Vec<Row> {
    let (mut rows, mut titles, mut dates) = (Vec::new(), Vec::new(), Vec::new());
    for page in pages() {
        let ingested = read_all(&[Input::Path(page.clone())], &IngestOptions::default());
        let name = page.file_name().unwrap_or_default().to_string_lossy();
        let name = name.trim_end_matches(".html.gz").to_owned();
        let (Some(document), Some(gold)) = (ingested.documents.first(), gold(&page, &name)) else {
            rows.push(row(format!("{name}, body"), 0.0, "F1"));
            continue;
        };
        rows.push(row(format!("{name}, body"), 100.0 * body_f1(document, &gold), "F1"));
        titles.push(document.title.as_deref() == gold["title"].as_str().map(str::trim));
        let published = document.published.map(|date| date.to_string()).unwrap_or_default();
        let expected = gold["publishing_date"].as_str().unwrap_or_default();
        dates.push(!published.is_empty() && expected.starts_with(&published));
    }
    if rows.is_empty() {
        return rows;
    }
    let lowest = rows.iter().map(|row| row.value).fold(f64::INFINITY, f64::min);
    rows.push(row("lowest body".to_owned(), lowest, "F1"));
    rows.push(row("titles right".to_owned(), percent(&titles), "%"));
    rows.push(row("dates right".to_owned(), percent(&dates), "%"));
    rows
}

fn row(name: String, value: f64, unit: &'static str) -> Row {
    Row { section: "html", name, value, unit }
}

fn percent(right: &[bool]) -> f64 {
    100.0 * right.iter().filter(|right| **right).count() as f64 / right.len().max(1) as f64
}

fn pages() -> Vec<PathBuf> {
    let folders = ["de", "lt"].map(|code| data().join("html").join(code));
    let entries = folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
    let mut pages: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension() == Some("gz".as_ref()))
        .collect();
    pages.sort();
    pages
}

/// What should be found on a page: the entry of its outlet's file that is the latest not after the day it was saved,
/// which its name tells.
fn gold(page: &Path, name: &str) -> Option<Value> {
    let (outlet, saved) = name.split_once('_')?;
    let saved = saved.replace('_', "-");
    let entries = fs::read_to_string(page.with_file_name(format!("{outlet}.json"))).ok()?;
    let entries: HashMap<String, Value> = serde_json::from_str(&entries).ok()?;
    entries
        .into_values()
        .filter(|entry| entry["publishing_date"].as_str().is_some_and(|date| date[..10] <= *saved))
        .max_by_key(|entry| entry["publishing_date"].as_str().unwrap_or_default().to_owned())
}

/// F1 of the words of the text without its headline.
fn body_f1(document: &Document, gold: &Value) -> f64 {
    let mut expected = HashMap::new();
    let mut total = 0;
    let sections = gold["body"]["sections"].as_array().into_iter().flatten();
    let parts = sections.flat_map(|section| [&section["headline"], &section["paragraphs"]]);
    for text in std::iter::once(&gold["body"]["summary"])
        .chain(parts)
        .flat_map(|texts| texts.as_array().into_iter().flatten())
        .filter_map(Value::as_str)
    {
        for word in words(text) {
            *expected.entry(word).or_insert(0) += 1;
            total += 1;
        }
    }
    let (mut found, mut right) = (0, 0);
    let body = document.paragraphs.iter().filter(|p| p.kind != ParagraphKind::Title);
    for word in body.flat_map(|paragraph| words(paragraph.span.of(&document.text))) {
        found += 1;
        if let Some(left) = expected.get_mut(&word).filter(|left| **left > 0) {
            *left -= 1;
            right += 1;
        }
    }
    2.0 * f64::from(right) / f64::from((found + total).max(1))
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
