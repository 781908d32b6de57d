//! Forms of words in the language files: `stem|paradigm` stands for the stem with each ending of the paradigm.

use std::collections::BTreeMap;

/// Endings by the name of their paradigm. Paradigms that stand in one phrase list the same cases in the same order.
pub type Paradigms = BTreeMap<String, Vec<String>>;

/// All forms that an entry stands for: every ending of a `stem|paradigm`, the words of a phrase in step.
///
/// ```
/// use parallax::lang::inflection::{Paradigms, inflected};
///
/// let paradigms = Paradigms::from([("as".to_owned(), vec!["as".to_owned(), "o".to_owned()])]);
/// assert_eq!(inflected("gynybos ministr|as", &paradigms), ["gynybos ministras", "gynybos ministro"]);
/// ```
pub fn inflected(entry: &str, paradigms: &Paradigms) -> Vec<String> {
    let words: Vec<(&str, &[String])> =
        entry.split(' ').map(|word| endings(word, paradigms)).collect();
    let count = words.iter().map(|(_, endings)| endings.len()).max().unwrap_or(0);
    let form = |case: usize| {
        let in_case = words.iter().map(|(stem, endings)| match endings {
            [] => Some((*stem).to_owned()),
            _ => endings.get(case).map(|ending| format!("{stem}{ending}")),
        });
        in_case.collect::<Option<Vec<_>>>().map(|words| words.join(" "))
    };
    (0..count.max(1)).filter_map(form).collect()
}

/// The stem of a word of an entry and its endings; no endings for a word that is not inflected.
fn endings<'a>(word: &'a str, paradigms: &'a Paradigms) -> (&'a str, &'a [String]) {
    match word.split_once('|') {
        Some((stem, paradigm)) => (stem, paradigms.get(paradigm).map_or(&[], Vec::as_slice)),
        None => (word, &[]),
    }
}
