//! Language identification on one paragraph in each of many languages.

#![allow(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use std::fs;
use std::path::Path;

use parallax::ingest::language::{Detection, detect, detect_among};
use parallax::lang::Language;
use parallax::segment::split;
use proptest::prelude::*;

/// Each file's language code, as its name gives it, and its text.
fn paragraphs() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/language");
    let paragraph = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry.unwrap().path();
        let code = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (code, fs::read_to_string(path).unwrap())
    };
    fs::read_dir(folder).unwrap().map(paragraph).collect()
}

fn has_rules(language: Language) -> bool {
    language.profile().is_some()
}

#[test]
fn paragraphs_are_in_the_language_their_file_is_named_after() {
    // These have no row in the table of languages: they only must not be taken for one with rules.
    let unlisted = ["cy", "el", "eo", "ga", "id", "la", "sr-latn", "vi", "zh"];
    for (code, text) in paragraphs() {
        let found = detect(&text);
        if unlisted.contains(&code.as_str()) {
            assert!(!has_rules(found.language), "{code}: {found:?}");
        } else {
            assert_eq!(found.language.code(), code, "{found:?}");
        }
    }
}

#[test]
fn single_sentences_of_other_languages_are_not_confidently_taken_for_ours() {
    for (code, text) in paragraphs() {
        for span in split(&text, None) {
            let found = detect(span.of(&text));
            let ours = has_rules(found.language) && found.language.code() != code;
            assert!(!ours || found.confidence < 0.8, "{code}: {found:?} for {}", span.of(&text));
        }
    }
}

#[test]
fn sentences_of_ours_keep_their_language_in_a_document_of_another() {
    let french = Detection { language: Language::from_code("fr").unwrap(), confidence: 1.0 };
    for (code, text) in paragraphs() {
        let Some(language) = Language::from_code(&code).filter(|&language| has_rules(language))
        else {
            continue;
        };
        assert_eq!(detect_among(&text, french).language, language, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_gets_a_probability(text in prop_oneof![any::<String>(), "[a-zäėш .,'1@]{0,200}"]) {
        let found = detect(&text);
        prop_assert!((0.0..=1.0).contains(&found.confidence));
        let among = detect_among(&text, found);
        prop_assert!((0.0..=1.0).contains(&among.confidence));
    }
}
