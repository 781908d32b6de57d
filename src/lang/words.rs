//! Words that a language commonly writes in lower case (`words/xx.txt`), to tell a word of one language from a word
//! of another. The lists are far from complete: that a word is missing says nothing.
//!
//! And the stems of words that are no names (`words/stems.xx.txt`): those of dictionaries, nouns among them.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::Language;
use super::stems::Stems;

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

/// The lists of stems: a row per file, with the letters of a stem that it keeps, and whether words are made of others.
const STEM_FILES: [(&str, &str, usize, bool); 4] = [
    ("de", include_str!("words/stems.de.txt"), usize::MAX, true),
    ("lt", include_str!("words/stems.lt.txt"), 6, false),
    ("en", include_str!("words/stems.en.txt"), 6, false),
    ("ru", include_str!("words/stems.ru.txt"), 6, false),
];

/// Letters of the last part of a compound that is known by it.
const LAST_PART: usize = 5;

struct KnownStems {
    language: Language,
    stems: Stems,
    known: HashSet<&'static str>,
    letters: usize,
    compounds: bool,
}

static KNOWN: LazyLock<Vec<KnownStems>> = LazyLock::new(|| {
    let list = |&(code, file, letters, compounds): &(&str, &'static str, usize, bool)| {
        let language = Language::from_code(code)?;
        let lines = file.lines().filter(|line| !line.starts_with('#'));
        let known = lines.flat_map(str::split_whitespace).collect();
        Some(KnownStems { language, stems: Stems::of(language), known, letters, compounds })
    };
    STEM_FILES.iter().filter_map(list).collect()
});

/// Whether a word, in lower case, is in the dictionary of a language: no name, or a name that is a word too.
///
/// ```
/// use parallax::lang::Language;
/// use parallax::lang::words::is_in_dictionary;
///
/// let lithuanian = Language::from_code("lt").unwrap();
/// assert!(is_in_dictionary("didenybės", lithuanian));
/// assert!(!is_in_dictionary("kavanaugh", lithuanian));
/// ```
pub fn is_in_dictionary(word: &str, language: Language) -> bool {
    let Some(list) = KNOWN.iter().find(|list| list.language == language) else { return false };
    let stem = list.stems.stem(word);
    let cut = stem.char_indices().nth(list.letters).map_or(stem.len(), |(at, _)| at);
    let parts = || {
        let starts = stem.char_indices().skip(2).map(|(at, _)| &stem[at..]);
        starts.take_while(|part| part.chars().count() >= LAST_PART)
    };
    list.known.contains(&stem[..cut])
        || list.compounds && parts().any(|part| list.known.contains(part))
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
