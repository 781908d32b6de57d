//! Quality of facts: numbers, dates and units in [`values`]; here the parallel sets, which names use too.

use std::path::{Path, PathBuf};

use parallax::lang::Language;

use crate::Row;

#[path = "facts/planted.rs"]
pub(crate) mod planted;
#[path = "facts/values.rs"]
mod values;

const SECTION: &str = "facts";
pub(crate) const LANGUAGES: [&str; 4] = ["de", "en", "lt", "ru"];

/// The rows of this section; sets that are not there are left out.
pub(crate) fn run() -> Vec<Row> {
    values::rows(&sets())
}

/// What a measure says of every two languages of the parallel sets, each given as its code and its lines.
pub(crate) fn of_every_pair(
    measure: impl Fn(&str, (&str, &[String]), (&str, &[String])) -> Vec<Row>,
) -> Vec<Row> {
    let mut rows = Vec::new();
    for (name, files) in sets() {
        for (at, (left_language, left)) in files.iter().enumerate() {
            for (right_language, right) in &files[at + 1..] {
                let pair = format!("{name} {left_language}-{right_language}");
                rows.extend(measure(&pair, (left_language, left), (right_language, right)));
            }
        }
    }
    rows
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data")
}

pub(crate) type Lines = Vec<(&'static str, Vec<String>)>;

/// The parallel sets: name, and lines by language.
pub(crate) fn sets() -> Vec<(&'static str, Lines)> {
    let read = |path: String| -> Option<Vec<String>> {
        let text = std::fs::read_to_string(data().join(path)).ok()?;
        Some(text.lines().map(str::to_owned).collect())
    };
    let set = |pattern: fn(&str) -> String| -> Lines {
        LANGUAGES
            .iter()
            .filter_map(|language| Some((*language, read(pattern(language))?)))
            .collect()
    };
    vec![
        ("ntrex", set(|language| format!("ntrex/{language}.txt"))),
        ("flores", set(|language| format!("flores/dev.{language}.txt"))),
    ]
}

pub(crate) fn language(code: &str) -> Language {
    Language::from_code(code).unwrap_or(Language::UNKNOWN)
}
