//! The formats of alignments, on tables made up for the purpose.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use parallax::align::Mode;
use parallax::align::versions::{VersionLink, VersionPair};
use parallax::lang::Language;
use parallax::report::alignment::{
    Alignment, AlignmentOptions, Alignments, ClosestFile, FORMATS, UnpairedFile, Version, text,
};
use parallax::report::{Layout, ModelEntry, Tool};
use unicode_width::UnicodeWidthStr;

fn version(code: &str, sentences: &[&str]) -> Version {
    Version {
        source: format!("harbour-{code}.txt"),
        language: Language::from_code(code).unwrap(),
        sentences: sentences.iter().map(|&text| text.to_owned()).collect(),
        dropped: 0,
    }
}

fn link(left: &[usize], right: &[usize], score: f32, moved: bool) -> VersionLink {
    VersionLink { left: left.to_vec(), right: right.to_vec(), score, cost: 1.0 - score, moved }
}

fn pair(left: usize, right: usize, links: Vec<VersionLink>) -> VersionPair {
    VersionPair { left, right, links }
}

fn german() -> Version {
    version(
        "de",
        &[
            "Der Hafen ist wieder offen.",
            "",
            "Am Montag lief das erste Schiff ein.",
            "Der Lotse kam mit.",
            "Der Bürgermeister winkte.",
            "Die Brücke bleibt gesperrt, sagte die Stadt am Abend, und zwar bis zum Frühling.",
            "Niemand weiß warum.",
        ],
    )
}

fn lithuanian() -> Version {
    version(
        "lt",
        &[
            "Tiltas lieka uždarytas iki pavasario.",
            "Taip vakare pranešė miestas.",
            "Uostas vėl atidarytas.",
            "Pirmadienį įplaukė pirmasis laivas, o su juo ir locmanas.",
            "Lijo.",
            "Meras pamojavo.",
        ],
    )
}

fn english() -> Version {
    version(
        "en",
        &[
            "The harbour is open again.",
            "It rained.",
            "The mayor waved.",
            "The bridge stays closed.",
        ],
    )
}

fn german_and_lithuanian() -> Vec<VersionLink> {
    vec![
        link(&[0], &[2], 0.97, false),
        link(&[2, 3], &[3], 0.88, false),
        link(&[4], &[5], 0.31, false),
        link(&[5], &[0, 1], 0.82, true),
    ]
}

fn two() -> Alignment {
    text(vec![german(), lithuanian()], vec![pair(0, 1, german_and_lithuanian())], 0.5)
}

fn three() -> Alignment {
    let with_english = vec![
        link(&[0], &[0], 0.99, false),
        link(&[4], &[2], 0.95, false),
        link(&[5], &[3], 0.7, false),
    ];
    let lithuanian_and_english = vec![
        link(&[0], &[3], 0.9, true),
        link(&[2], &[0], 0.98, false),
        link(&[4], &[1], 0.93, false),
        link(&[5], &[2], 0.94, false),
    ];
    let pairs = vec![
        pair(0, 1, german_and_lithuanian()),
        pair(0, 2, with_english),
        pair(1, 2, lithuanian_and_english),
    ];
    text(vec![german(), lithuanian(), english()], pairs, 0.5)
}

fn hostile() -> Alignment {
    let left = version(
        "en",
        &[
            "=cmd|' /C calc'!A0\tand\nmore \u{1b}[31mred\u{1b}[0m",
            "<seg> & \"quotes\" \u{202e}turned\u{202c} | **bold** \u{0}\u{b}\u{fffe}end",
            "- Dash, comma",
        ],
    );
    let right =
        version("ru", &["+7 495 123", "@кто <b>там</b> ]]> \u{9b}2J `код`", "-- Тире, запятая"]);
    let links = vec![
        link(&[0], &[0], 0.9, false),
        link(&[1], &[1], 0.9, false),
        link(&[2], &[2], 0.9, false),
    ];
    text(vec![left, right], vec![pair(0, 1, links)], 0.5)
}

fn run(texts: Vec<Alignment>, folders: bool) -> Alignments {
    let model = ModelEntry { id: "none".to_owned(), sha256: "0".to_owned(), dim: 3 };
    Alignments {
        tool: Tool { name: "parallax", version: "1", engine: "none".to_owned(), model },
        options: AlignmentOptions {
            mode: Mode::Parallel,
            lines: true,
            one_to_one: false,
            min_score: 0.0,
            conflicts_below: 0.5,
        },
        texts,
        folders,
        unpaired: if folders { unpaired() } else { Vec::new() },
        skipped: Vec::new(),
        notes: Vec::new(),
    }
}

fn unpaired() -> Vec<UnpairedFile> {
    let closest = ClosestFile { source: "lt/harbour.txt".to_owned(), score: 0.41 };
    vec![
        UnpairedFile { source: "de/alone.txt".to_owned(), closest: Some(closest) },
        UnpairedFile { source: "lt/alone\u{1b}[31m.txt".to_owned(), closest: None },
    ]
}

fn written_to(alignments: &Alignments, name: &str, width: usize, all: bool) -> String {
    let format = FORMATS.iter().find(|format| format.name == name).unwrap();
    let mut output = Vec::new();
    let layout = Layout { width, colour: false, all };
    (format.write)(alignments, &layout, &mut output).unwrap();
    String::from_utf8(output).unwrap()
}

fn written(alignments: &Alignments, name: &str) -> String {
    written_to(alignments, name, 80, true)
}

#[test]
fn two_versions_are_as_reviewed() {
    let alignments = run(vec![two()], false);
    for format in FORMATS {
        insta::assert_snapshot!(format!("two-{}", format.name), written(&alignments, format.name));
    }
}

#[test]
fn three_versions_are_as_reviewed() {
    let alignments = run(vec![three()], false);
    for format in FORMATS.iter().filter(|format| format.many_versions) {
        insta::assert_snapshot!(
            format!("three-{}", format.name),
            written(&alignments, format.name)
        );
    }
    insta::assert_snapshot!("three-wide", written_to(&alignments, "terminal", 120, true));
}

#[test]
fn folders_are_as_reviewed() {
    let mut texts = vec![two(), hostile()];
    texts[0].pair_score = Some(0.998);
    texts[1].pair_score = Some(0.613);
    let alignments = run(texts, true);
    for format in FORMATS.iter().filter(|format| format.many_texts) {
        insta::assert_snapshot!(
            format!("folders-{}", format.name),
            written(&alignments, format.name)
        );
    }
}

#[test]
fn a_review_shows_only_what_needs_a_look() {
    let alignments = run(vec![two()], false);
    insta::assert_snapshot!("review", written_to(&alignments, "terminal", 80, false));
}

#[test]
fn hostile_texts_do_no_harm_in_any_format() {
    let alignments = run(vec![hostile()], false);
    for format in FORMATS {
        let text = written(&alignments, format.name);
        let steers = |c: char| {
            (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
                || matches!(c, '\u{202a}'..='\u{202e}')
                || (format.name == "tmx" && c == '\u{fffe}')
        };
        assert_eq!(text.chars().find(|&c| steers(c)), None, "{}: {text}", format.name);
        if matches!(format.name, "tsv" | "jsonl" | "vecalign") {
            let header = usize::from(format.name == "tsv");
            assert_eq!(text.lines().count(), 3 + header, "{text}");
        }
    }
    let tsv = written(&alignments, "tsv");
    assert!(tsv.lines().all(|line| line.matches('\t').count() == 5), "{tsv}");
    let json: serde_json::Value = serde_json::from_str(&written(&alignments, "json")).unwrap();
    assert!(json["versions"][0]["sentences"][1].as_str().unwrap().contains('\u{202e}'));
}

#[test]
fn lines_stay_within_the_terminal() {
    for alignments in [run(vec![two()], false), run(vec![three()], false)] {
        for width in [48, 60, 80, 100, 140] {
            let text = written_to(&alignments, "terminal", width, true);
            for line in text.lines() {
                assert!(line.width() <= width, "{width} columns, {}: {line}", line.width());
            }
        }
    }
}

#[test]
fn translation_memories_are_xml_in_the_order_of_the_dtd() {
    for alignments in [run(vec![hostile()], false), run(vec![three(), two()], true)] {
        let text = written(&alignments, "tmx");
        let document = roxmltree::Document::parse(&text).unwrap();
        let tmx = document.root_element();
        assert_eq!((tmx.tag_name().name(), tmx.attribute("version")), ("tmx", Some("1.4")));
        assert_eq!(children(tmx), ["header", "body"]);
        let header = tmx.first_element_child().unwrap();
        for name in ["creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang"] {
            assert!(!header.attribute(name).unwrap().is_empty(), "{name}");
        }
        assert_eq!(header.attribute("datatype"), Some("plaintext"));
        let body = tmx.last_element_child().unwrap();
        for unit in body.children().filter(roxmltree::Node::is_element) {
            let variants = children(unit).split_off(1);
            assert_eq!(children(unit)[0], "prop");
            assert!(variants.len() > 1 && variants.iter().all(|name| *name == "tuv"));
            let source = unit.attribute("srclang").or(header.attribute("srclang")).unwrap();
            let languages: Vec<&str> = unit.children().filter_map(language).collect();
            assert!(languages.contains(&source), "{source} is not in {languages:?}");
            for variant in unit.children().filter(|node| node.has_tag_name("tuv")) {
                assert_eq!(children(variant), ["prop", "prop", "seg"]);
            }
        }
    }
}

fn children<'a>(node: roxmltree::Node<'a, '_>) -> Vec<&'a str> {
    node.children().filter(roxmltree::Node::is_element).map(|n| n.tag_name().name()).collect()
}

fn language<'a>(variant: roxmltree::Node<'a, '_>) -> Option<&'a str> {
    variant.attribute(("http://www.w3.org/XML/1998/namespace", "lang"))
}

#[test]
fn links_are_exactly_numbers_and_score() {
    let json: serde_json::Value =
        serde_json::from_str(&written(&run(vec![two()], false), "json")).unwrap();
    let expected = serde_json::json!([
        {"left": [0], "right": [2], "score": 0.97},
        {"left": [2, 3], "right": [3], "score": 0.88},
        {"left": [4], "right": [5], "score": 0.31},
        {"left": [5], "right": [0, 1], "score": 0.82},
    ]);
    let shown = serde_json::to_string(&json["links"]).unwrap();
    assert_eq!(shown, serde_json::to_string(&expected).unwrap());
    assert_eq!(json["conflicts"], serde_json::json!([2]));
    assert_eq!(json["moved"], serde_json::json!([[3]]));
}
