//! Language identification.

use std::sync::LazyLock;

use lingua::{LanguageDetector, LanguageDetectorBuilder};

use crate::lang::Language;

/// A language and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detection {
    /// The language, [`Language::UNKNOWN`] where nothing speaks for any.
    pub language: Language,
    /// Probability that `language` is right, 0..1.
    pub confidence: f32,
}

/// The language of a whole document, or of a line taken singly.
pub fn detect(text: &str) -> Detection {
    static DETECTOR: LazyLock<LanguageDetector> = LazyLock::new(|| {
        use lingua::Language::{Bulgarian, Dutch, English, German, Latvian, Lithuanian, Russian};
        LanguageDetectorBuilder::from_languages(&[
            Bulgarian, Dutch, English, German, Latvian, Lithuanian, Russian,
        ])
        .build()
    });
    let values = DETECTOR.compute_language_confidence_values(text);
    match values.first() {
        Some((language, confidence)) if *confidence > 0.0 => Detection {
            language: Language::from_code(&language.iso_code_639_1().to_string())
                .unwrap_or(Language::UNKNOWN),
            confidence: *confidence as f32,
        },
        _ => Detection {
            language: Language::UNKNOWN,
            confidence: 0.0,
        },
    }
}

/// The language of one sentence of a document: the document's, unless it is clearly another.
pub fn detect_among(text: &str, document: Detection) -> Detection {
    let alone = detect(text);
    if alone.language == document.language || alone.confidence < 0.95 || text.len() < 40 {
        return document;
    }
    alone
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_are_told_apart() {
        for (code, text) in [
            ("de", "Die Regierung hat gestern über den Haushalt beraten."),
            ("lt", "Vyriausybė vakar svarstė kitų metų biudžetą."),
            ("en", "The government discussed the budget yesterday."),
            ("ru", "Правительство вчера обсуждало бюджет."),
        ] {
            assert_eq!(detect(text).language.code(), code, "{text}");
        }
        assert_eq!(detect("12.30 – 14.00").language, Language::UNKNOWN);
    }
}
