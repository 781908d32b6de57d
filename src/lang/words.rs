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

/// The lists of stems: a row per language, with the letters of a stem that it keeps, and whether words are made of others.
const STEM_FILES: [(&str, &[&str], usize, bool); 4] = [
    (
        "de",
        &[include_str!("words/stems.de.txt"), include_str!("words/stems.de-nouns.txt")],
        usize::MAX,
        true,
    ),
    ("lt", &[include_str!("words/stems.lt.txt")], 6, false),
    ("en", &[include_str!("words/stems.en.txt")], 6, false),
    ("ru", &[include_str!("words/stems.ru.txt")], 6, false),
];

/// Letters of either part of a compound that is known by its parts.
const PART: usize = 4;
/// What joins the parts of a compound.
const JOINT: char = 's';

struct KnownStems {
    language: Language,
    stems: Stems,
    known: HashSet<&'static str>,
    letters: usize,
    compounds: bool,
    /// What names end in that are made of words.
    name_endings: HashSet<&'static str>,
}

static KNOWN: LazyLock<Vec<KnownStems>> = LazyLock::new(|| {
    let list = |&(code, files, letters, compounds): &(&str, &[&'static str], usize, bool)| {
        let language = Language::from_code(code)?;
        let lines = files.iter().flat_map(|file| file.lines());
        let words = lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
        let endings = language.profile().map_or(&[][..], |profile| &profile.names.name_endings);
        Some(KnownStems {
            language,
            stems: Stems::of(language),
            known: words.collect(),
            letters,
            compounds,
            name_endings: endings.iter().map(String::as_str).collect(),
        })
    };
    STEM_FILES.iter().filter_map(list).collect()
});

impl KnownStems {
    /// Whether a stem is made of two known words.
    fn is_compound(&self, stem: &str) -> bool {
        let part = |word: &str| word.chars().count() >= PART;
        let first = |word: &str| {
            let bare = word
                .strip_suffix(JOINT)
                .is_some_and(|bare| self.known.contains(self.stems.stem(bare).as_str()));
            bare || self.known.contains(self.stems.stem(word).as_str())
        };
        let mut cuts = stem.char_indices().skip(PART).map(|(at, _)| stem.split_at(at));
        cuts.any(|(one, other)| {
            part(other)
                && self.known.contains(other)
                && !self.name_endings.contains(other)
                && first(one)
        })
    }
}

/// Whether a word, in lower case, is in the dictionary of a language: no name, or a name that is a word too.
///
/// ```
/// use parallax::lang::Language;
/// use parallax::lang::words::is_in_dictionary;
///
/// let lithuanian = Language::from_code("lt").unwrap();
/// assert!(is_in_dictionary("didenybės", lithuanian));
/// assert!(!is_in_dictionary("kavanaugh", lithuanian));
/// assert!(is_in_dictionary("актёр", Language::from_code("ru").unwrap()));
/// ```
pub fn is_in_dictionary(word: &str, language: Language) -> bool {
    let Some(list) = KNOWN.iter().find(|list| list.language == language) else { return false };
    // The lists write no `ё`, which most texts leave out.
    let plain = word.contains('ё').then(|| word.replace('ё', "е"));
    let stem = list.stems.stem(plain.as_deref().unwrap_or(word));
    let cut = stem.char_indices().nth(list.letters).map_or(stem.len(), |(at, _)| at);
    list.known.contains(&stem[..cut]) || list.compounds && list.is_compound(&stem)
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
