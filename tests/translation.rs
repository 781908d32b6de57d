//! Damage in translated sentences, by the cases of `translation/*.toml`, and texts from strangers.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its cases has failed")]

use parallax::lang::Language;
use parallax::translation::repetition::repetitions;
use parallax::translation::untranslated::untranslated;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    language: Language,
    #[serde(default)]
    source: Option<String>,
    text: String,
    found: Vec<String>,
}

/// Checks every case of a file; all that differ are named at once.
fn check(file: &str, find: fn(&Case) -> Vec<String>) {
    let cases: Cases = toml::from_str(file).unwrap();
    let wrong: Vec<String> = cases
        .cases
        .iter()
        .map(|case| (case, find(case)))
        .filter(|(case, found)| &case.found != found)
        .map(|(case, found)| format!("{}\n  {found:?}, not {:?}", case.text, case.found))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn repetitions_are_found_by_the_cases() {
    check(include_str!("translation/repetition.toml"), |case| {
        let found = repetitions(&case.text, case.language, case.source.as_deref());
        found.iter().map(|found| found.second.of(&case.text).to_owned()).collect()
    });
}

#[test]
fn untranslated_words_are_found_by_the_cases() {
    check(include_str!("translation/untranslated.toml"), |case| {
        let found = untranslated(&case.text, case.language, case.source.as_deref());
        found.iter().map(|found| found.span.of(&case.text).to_owned()).collect()
    });
}

#[test]
fn texts_from_strangers_are_read_in_time() {
    let texts = [
        "a ".repeat(50_000),
        "„\"(“«".repeat(10_000),
        "the мир ".repeat(10_000),
        "\u{202e}the\u{200b} the\u{300}\u{300} ß\u{0} ’’’ --- the".to_owned(),
        "x".repeat(1_000_000),
    ];
    for text in &texts {
        for code in ["de", "lt", "en", "ru", "xx"] {
            let language = Language::from_code(code).unwrap();
            for found in repetitions(text, language, Some(text)) {
                assert!(text.get(found.span().start..found.span().end).is_some());
            }
            for found in untranslated(text, language, Some(text)) {
                assert!(text.get(found.span.start..found.span.end).is_some());
            }
        }
    }
}
