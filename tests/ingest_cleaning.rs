//! Cleaning of page furniture, case by case: each file in `tests/cleaning` is a page, its lines marked
//! with what has to become of them.
//!
//! `=|` the headline, `+|` stays, `-|` goes, `[[…]]` at the end of a line that stays goes too.
//! The name of a file begins with the language of the page, or with `keep_` and the language where
//! nothing goes at all.

use std::fs;
use std::path::Path;

use parallax::ingest::{IngestOptions, Input, read_all};
use parallax::text::{Document, ParagraphKind};

/// A page and what is expected of it.
#[derive(Default)]
struct Case {
    source: String,
    title: Option<String>,
    kept: Vec<String>,
    dropped: Vec<String>,
}

impl Case {
    fn parse(text: &str) -> Self {
        let mut case = Case::default();
        for line in text.lines() {
            let (mark, content) = line.split_once('|').unwrap_or(("", ""));
            let tail = content.find("[[").unwrap_or(content.len());
            let kept = content[..tail].trim_end();
            let dropped = content[tail..].trim_start_matches('[').trim_end_matches(']');
            case.source += &format!("{}{}\n", &content[..tail], dropped);
            match mark {
                "=" => case.title = Some(kept.to_owned()),
                "-" => case.dropped.push(kept.to_owned()),
                "" | "+" => {}
                _ => unreachable!("no mark: {line}"),
            }
            if matches!(mark, "=" | "+") {
                case.kept.push(kept.to_owned());
            }
            case.dropped.push(dropped.to_owned());
        }
        case.kept.retain(|line| !line.is_empty());
        case.dropped.retain(|line| !line.is_empty());
        case
    }
}

/// What went wrong, a line each.
fn faults(case: &Case, document: &Document) -> Vec<String> {
    let mut faults = Vec::new();
    let mut rest = document.text.as_str();
    for line in &case.kept {
        match rest.find(line.as_str()) {
            Some(start) => rest = &rest[start + line.len()..],
            None => faults.push(format!("lost: {line}")),
        }
    }
    let kept: usize = case.kept.iter().map(|line| line.split_whitespace().count()).sum();
    let found = document.text.split_whitespace().count();
    if found > kept {
        let furniture = document.paragraphs.iter().map(|p| p.span.of(&document.text));
        for paragraph in furniture {
            let expected = case.kept.join("\n");
            if !expected.replace('\n', " ").contains(paragraph) {
                faults.push(format!("stayed: {paragraph}"));
            }
        }
    }
    if document.title != case.title {
        faults.push(format!("title: {:?}", document.title));
    }
    faults
}

#[test]
fn every_case_is_cleaned_as_marked() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cleaning");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 22);
    let mut faults_of_all = Vec::new();
    for path in paths {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let case = Case::parse(&fs::read_to_string(&path).unwrap());
        let input = Input::Bytes { name: name.clone(), bytes: case.source.clone().into_bytes() };
        let ingested = read_all(&[input], &IngestOptions::default());
        let document = &ingested.documents[0];
        let language = name.trim_start_matches("keep_").split('_').next().unwrap();
        let mut faults = faults(&case, document);
        if document.language.code() != language && name != "ru_video_en" {
            faults.push(format!("language: {}", document.language));
        }
        faults.extend(misplaced(&case, document));
        faults_of_all.extend(faults.into_iter().map(|fault| format!("{name}: {fault}")));
    }
    assert!(faults_of_all.is_empty(), "{:#?}", faults_of_all);
}

/// Spans that do not lead back to the source.
fn misplaced(case: &Case, document: &Document) -> Vec<String> {
    let source: Vec<char> = case.source.chars().collect();
    let mut faults = Vec::new();
    for dropped in &document.dropped {
        let text: String = source[dropped.span.start..dropped.span.end].iter().collect();
        // Gaps are kept in the source alone.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text != dropped.text {
            faults.push(format!("dropped span: {text} is not {}", dropped.text));
        }
    }
    for paragraph in &document.paragraphs {
        let span = document.source_span(paragraph.span);
        let text: String = source[span.start..span.end].iter().collect();
        if text.replace('\n', " ") != paragraph.span.of(&document.text) {
            faults.push(format!("kept span: {text}"));
        }
    }
    faults
}

#[test]
fn the_headline_is_a_paragraph_of_its_own() {
    let bytes = "Tiltas uždarytas\n\nTiltas per upę antradienį uždarytas remontui.\n".into();
    let name = "tiltas.txt".to_owned();
    let ingested = read_all(&[Input::Bytes { name, bytes }], &IngestOptions::default());
    let paragraphs = &ingested.documents[0].paragraphs;
    assert_eq!(paragraphs[0].kind, ParagraphKind::Title);
    assert_eq!(paragraphs.len(), 2);
}
