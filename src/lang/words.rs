//! Words that a language commonly writes in lower case (`words/xx.txt`), to tell a word of one language from a word
//! of another. The lists are far from complete: that a word is missing says nothing.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::Language;

/// The lists: a row per file. Lines that start with `#` are remarks.
const FILES: [(&str, &str); 4] = [
    ("de", include_str!("words/de.txt")),
    ("lt", include_str!("words/lt.txt")),
    ("en", include_str!("words/en.txt")),
    ("ru", include_str!("words/ru.txt")),
];

static COMMON: LazyLock<Vec<(Language, HashSet<&'static str>)>> = LazyLock::new(|| {
    let list = |&(code, file): &(&str, &'static str)| {
        let lines = file.lines().filter(|line| !line.starts_with('#'));
        Some((Language::from_code(code)?, lines.flat_map(str::split_whitespace).collect()))
    };
    FILES.iter().filter_map(list).collect()
});

/// Whether a word, in lower case, is on the list of a language.
pub fn is_common(word: &str, language: Language) -> bool {
    COMMON.iter().any(|(listed, words)| *listed == language && words.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_with_rules_has_a_list() {
        for profile in crate::lang::profiles() {
            assert!(
                COMMON.iter().any(|(language, words)| {
                    *language == profile.language && !words.is_empty()
                })
            );
        }
    }
}
