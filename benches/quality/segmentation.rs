//! F1 of sentence boundaries against gold sentences, per language.
//!
//! The lines of a block are joined by a blank and split again; a boundary is known by the number of
//! visible characters before it. The end of a block counts as a boundary like any other.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use parallax::lang::{Language, SegmentationRules};
use parallax::segment::split;

use crate::Row;

/// One row per language of `segmentation`; none where the development data are not there.
pub(crate) fn run() -> Vec<Row> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/segmentation");
    ["de", "en", "lt", "ru"]
        .iter()
        .filter_map(|code| {
            let gold = fs::read_to_string(folder.join(format!("{code}.txt"))).ok()?;
            let profile = Language::from_code(code)?.profile()?;
            Some(Row {
                section: "segmentation",
                name: format!("boundaries {code}"),
                value: boundary_f1(&gold, &profile.segmentation),
                unit: "F1",
            })
        })
        .collect()
}

/// F1 in percent over all blocks of a gold file.
fn boundary_f1(gold: &str, rules: &SegmentationRules) -> f64 {
    let (mut right, mut total) = (0, 0);
    for block in gold.split("\n\n") {
        let lines: Vec<_> = block.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let text = lines.join(" ");
        let sentences = split(&text, Some(rules));
        let expected = boundaries(lines.into_iter());
        let found = boundaries(sentences.iter().map(|span| span.of(&text)));
        right += expected.intersection(&found).count();
        total += expected.len() + found.len();
    }
    200.0 * right as f64 / total.max(1) as f64
}

/// The ends of the sentences, in visible characters from the start.
fn boundaries<'t>(sentences: impl Iterator<Item = &'t str>) -> BTreeSet<usize> {
    let mut visible = 0;
    sentences
        .map(|sentence| {
            visible += sentence.chars().filter(|character| !character.is_whitespace()).count();
            visible
        })
        .collect()
}
