//! The statistical models of other crates, asked about one script at a time so that no more of
//! them are loaded than needed.

use std::sync::LazyLock;

use lingua::Language::{Bulgarian, Dutch, English, German, Latvian, Lithuanian, Russian};
use lingua::{LanguageDetector, LanguageDetectorBuilder};

use super::evidence::LANGUAGES;
use super::sample::Script;
use crate::lang::Language;

static LATIN: LazyLock<LanguageDetector> = LazyLock::new(|| {
    LanguageDetectorBuilder::from_languages(&[Dutch, English, German, Latvian, Lithuanian]).build()
});

static CYRILLIC: LazyLock<LanguageDetector> =
    LazyLock::new(|| LanguageDetectorBuilder::from_languages(&[Bulgarian, Russian]).build());

/// Each language's share of the probability by `lingua`, for the languages it has models of here.
///
/// See Stahl, *lingua-rs*: n-grams of one to five letters, trigrams alone for long texts.
pub(super) fn ngrams(text: &str, script: Script) -> Vec<(Language, f64)> {
    let detector = match script {
        Script::Latin => &LATIN,
        Script::Cyrillic => &CYRILLIC,
        Script::Other => return Vec::new(),
    };
    detector
        .compute_language_confidence_values(text)
        .into_iter()
        .filter_map(|(language, share)| {
            let code = language.iso_code_639_1().to_string();
            Some((Language::from_code(&code)?, share))
        })
        .collect()
}

/// The best language by the trigram ranks of `whatlang` and its confidence, 0..1.
pub(super) fn trigrams(text: &str) -> Option<(Language, f64)> {
    let info = whatlang::detect(text)?;
    let iso3 = info.lang().code();
    let row = LANGUAGES.iter().find(|row| row.iso3 == iso3);
    let language = row.map_or_else(|| Language::from_code(iso3), |row| Some(row.language));
    Some((language?, info.confidence()))
}
