//! What two folders have in common, in words: the pairs of files and the files without a counterpart.

use super::{Alignment, Alignments, UnpairedFile};
use crate::report::selection::{count, percent};

/// How many pairs there are and what is left, in one line.
pub(super) fn summary(alignments: &Alignments) -> String {
    let doubtful = alignments.texts.iter().filter(|text| alignments.is_doubtful(text)).count();
    let alone = alignments.unpaired.len();
    let mut parts = vec!["2 folders".to_owned(), count(alignments.texts.len(), "pair", "pairs")];
    let rare = [
        (doubtful, "doubtful pair", "doubtful pairs"),
        (alone, "file without a counterpart", "files without a counterpart"),
    ];
    parts.extend(rare.iter().filter(|part| part.0 > 0).map(|part| count(part.0, part.1, part.2)));
    parts.join(" · ")
}

/// How sure it is that two files belong together, with a sign where that is doubtful, and their names.
pub(super) fn pair(alignments: &Alignments, text: &Alignment) -> (String, &'static str, String) {
    let sources: Vec<&str> = text.versions.iter().map(|version| version.source.as_str()).collect();
    let sure = text.pair_score.map_or(String::new(), percent);
    (sure, if alignments.is_doubtful(text) { "?" } else { "" }, sources.join(" = "))
}

/// A file without a counterpart, and what comes closest to one.
pub(super) fn alone(file: &UnpairedFile) -> String {
    match &file.closest {
        None => file.source.clone(),
        Some(closest) => {
            let score = percent(closest.score);
            format!("{} (closest: {}, {score})", file.source, closest.source)
        }
    }
}
