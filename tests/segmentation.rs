//! Sentence splitting on case files, one folder entry per language, and on arbitrary text.

#![allow(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use std::fs;
use std::path::Path;

use parallax::lang::{Language, SegmentationRules};
use parallax::segment::split;
use proptest::prelude::*;

fn rules(code: &str) -> Option<&'static SegmentationRules> {
    let profile = Language::from_code(code).and_then(Language::profile)?;
    Some(&profile.segmentation)
}

#[test]
fn texts_split_where_the_case_files_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/segmentation");
    let mut failures = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let code = path.file_stem().unwrap().to_str().unwrap();
        let cases = fs::read_to_string(&path).unwrap();
        for case in cases.lines().filter(|line| !line.starts_with('#')) {
            let text = case.replace('|', "");
            let expected: Vec<_> = case.split('|').map(str::trim).collect();
            let found: Vec<_> =
                split(&text, rules(code)).iter().map(|span| span.of(&text)).collect();
            if found != expected {
                failures.push(format!("{code}: {}", found.join("| ")));
            }
        }
    }
    assert!(failures.is_empty(), "wrongly split:\n{}", failures.join("\n"));
}

#[test]
fn list_entries_on_lines_of_their_own_are_sentences() {
    let text = "To bring:\n- bread and\nbutter\n- two eggs\n1. a pan\nb) a spoon";
    let found: Vec<_> = split(text, rules("en")).iter().map(|span| span.of(text)).collect();
    assert_eq!(found, ["To bring:", "- bread and\nbutter", "- two eggs", "1. a pan", "b) a spoon"]);
}

/// Text that is rich in what the splitter looks at.
fn punctuated_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[A-Za-zÄäžЖя0-9]{1,4}",
        3 => "[.!?…\"'„“”«»()\\[\\]:;,–@# \n]{1,3}",
        1 => any::<char>().prop_map(String::from),
        1 => prop::sample::select(vec!["😀", "z. B.", "1956 m.", "г.", "[12]", ":-)", "http://a.b", "\n- ", "\u{a0}"])
            .prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn spans_are_ordered_trimmed_and_cover_all_visible_text(
        text in prop_oneof![punctuated_text(), any::<String>()],
        code in prop::sample::select(vec!["de", "lt", "en", "ru", "nl"]),
    ) {
        let spans = split(&text, rules(code));
        let mut end = 0;
        for span in &spans {
            prop_assert!(text[end..span.start].trim().is_empty(), "visible text between sentences");
            let sentence = span.of(&text);
            prop_assert!(!sentence.is_empty() && sentence.trim() == sentence);
            end = span.end;
        }
        prop_assert!(text[end..].trim().is_empty(), "visible text after the last sentence");
    }
}
