//! Share of news lines, taken singly, whose language is found, per language.

use std::fs;
use std::path::Path;

use parallax::ingest::language::detect;

use crate::Row;

/// One row per language of `ntrex`; none where the development data are not there.
pub(crate) fn run() -> Vec<Row> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ntrex");
    ["de", "en", "lt", "ru"]
        .iter()
        .filter_map(|code| {
            let text = fs::read_to_string(folder.join(format!("{code}.txt"))).ok()?;
            Some(Row {
                section: "language",
                name: format!("ntrex lines {code}"),
                value: accuracy(&text, code),
                unit: "% right",
            })
        })
        .collect()
}

/// Percentage of the lines that are found to be in the language.
fn accuracy(text: &str, code: &str) -> f64 {
    let right = text.lines().filter(|line| detect(line).language.code() == code).count();
    100.0 * right as f64 / text.lines().count().max(1) as f64
}
