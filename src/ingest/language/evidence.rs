//! What function words and letters say, by the table of languages.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::sample::{Sample, Script};
use crate::lang::Language;

/// Points a word costs the languages that do not have one of its letters.
const FOREIGN_LETTER_POINTS: f64 = 0.7;

/// A language of the table.
pub(super) struct Row {
    /// The language.
    pub(super) language: Language,
    /// Its three-letter code.
    pub(super) iso3: String,
    /// The script it is written in.
    pub(super) script: Script,
    letters: HashSet<char>,
}

impl Row {
    /// Whether a letter, in lower case, belongs to the alphabet.
    pub(super) fn has_letter(&self, letter: char) -> bool {
        self.letters.contains(&letter)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    iso3: String,
    letters: String,
    words: String,
}

/// The table as its file has it, by language code.
fn entries() -> BTreeMap<String, Entry> {
    toml::from_str(include_str!("languages.toml")).unwrap_or_default()
}

/// The languages of the table.
pub(super) static LANGUAGES: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let row = |(code, entry): (String, Entry)| {
        let script = entry.words.chars().find_map(Script::of)?;
        let latin = (script == Script::Latin).then_some('a'..='z');
        Some(Row {
            language: Language::from_code(&code)?,
            iso3: entry.iso3,
            script,
            letters: entry.letters.chars().chain(latin.into_iter().flatten()).collect(),
        })
    };
    entries().into_iter().filter_map(row).collect()
});

/// Function words, each with the rows of the languages it belongs to.
static FUNCTION_WORDS: LazyLock<HashMap<String, Vec<usize>>> = LazyLock::new(|| {
    let mut rows_of: HashMap<String, Vec<usize>> = HashMap::new();
    for (code, entry) in entries() {
        let row = LANGUAGES.iter().position(|row| row.language.code() == code);
        for (word, row) in entry.words.split_whitespace().zip(std::iter::repeat(row)) {
            let rows = rows_of.entry(word.to_owned()).or_default();
            rows.extend(row.filter(|row| !rows.contains(row)));
        }
    }
    rows_of
});

/// Letters, each with the rows of the languages that have it, one bit a row.
static LETTERS: LazyLock<HashMap<char, u64>> = LazyLock::new(|| {
    let mut rows_of: HashMap<char, u64> = HashMap::new();
    for (index, row) in LANGUAGES.iter().enumerate() {
        for &letter in &row.letters {
            *rows_of.entry(letter).or_default() |= 1 << index;
        }
    }
    rows_of
});

/// Whether a word, in lower case, is one of the function words of a language.
pub(super) fn is_function_word(word: &str, language: Language) -> bool {
    let rows = FUNCTION_WORDS.get(word);
    rows.is_some_and(|rows| rows.iter().any(|&row| LANGUAGES[row].language == language))
}

fn rows_with(letter: char) -> u64 {
    LETTERS.get(&letter).copied().unwrap_or(0)
}

/// The points of each language, in the order of [`LANGUAGES`].
pub(super) struct Evidence {
    /// Function words, each counting the more the fewer languages share it, less foreign letters.
    pub(super) points: Vec<f64>,
    /// Number of function words of each language.
    pub(super) function_words: Vec<usize>,
    /// Number of words with a letter that the language does not have.
    pub(super) misspelt_words: Vec<usize>,
}

impl Evidence {
    /// Looks at every word of the sample.
    pub(super) fn of(sample: &Sample) -> Self {
        let mut points = vec![0.0; LANGUAGES.len()];
        let mut function_words = vec![0; LANGUAGES.len()];
        let mut misspelt_words = vec![0; LANGUAGES.len()];
        for word in sample.words() {
            if let Some(rows) = FUNCTION_WORDS.get(word) {
                for &row in rows {
                    points[row] += 1.0 / rows.len() as f64;
                    function_words[row] += 1;
                }
                continue;
            }
            let spells = word.chars().fold(!0, |rows, letter| rows & rows_with(letter));
            for row in (0..LANGUAGES.len()).filter(|row| spells >> row & 1 == 0) {
                points[row] -= FOREIGN_LETTER_POINTS;
                misspelt_words[row] += 1;
            }
        }
        Self { points, function_words, misspelt_words }
    }

    /// By how many points `language` is ahead of all others; negative when it is behind, or not in
    /// the table.
    pub(super) fn lead_of(&self, language: Language) -> f64 {
        let (mut own, mut best_other) = (f64::NEG_INFINITY, 0.0_f64);
        for (row, &points) in LANGUAGES.iter().zip(&self.points) {
            if row.language == language {
                own = points;
            } else {
                best_other = best_other.max(points);
            }
        }
        own - best_other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_and_covers_every_language_with_rules() {
        if let Err(error) =
            toml::from_str::<BTreeMap<String, Entry>>(include_str!("languages.toml"))
        {
            panic!("{error}");
        }
        assert_eq!(LANGUAGES.len(), entries().len());
        assert!(LANGUAGES.len() <= 64, "one bit a row");
        for profile in crate::lang::profiles() {
            assert!(LANGUAGES.iter().any(|row| row.language == profile.language));
        }
    }

    #[test]
    fn every_function_word_is_spelt_in_its_alphabet() {
        for (code, entry) in entries() {
            let row = LANGUAGES.iter().find(|row| row.language.code() == code).unwrap();
            for word in entry.words.split_whitespace() {
                assert!(word.chars().all(|letter| row.letters.contains(&letter)), "{code}: {word}");
            }
        }
    }
}
