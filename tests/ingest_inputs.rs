//! Inputs of every kind and condition: each gives a document or a row that says why not.

use std::fs;
use std::path::{Path, PathBuf};

use parallax::Error;
use parallax::error::InputProblem;
use parallax::ingest::{IngestOptions, Ingested, Input, read_all};
use parallax::lang::Language;
use parallax::text::ParagraphKind;
use proptest::prelude::*;

const ARTICLE: &str = "Tiltas uždarytas\n\nSenasis tiltas per upę antradienį uždarytas remontui.\n";

fn read_bytes(bytes: &[u8]) -> Ingested {
    let name = "<stdin>".to_owned();
    let bytes = bytes.to_vec();
    read_all(&[Input::Bytes { name, bytes }], &IngestOptions::default())
}

fn read_path(path: &Path) -> Ingested {
    read_all(&[Input::Path(path.to_owned())], &IngestOptions::default())
}

fn problems(ingested: &Ingested) -> Vec<InputProblem> {
    let reason = |error: &Error| match error {
        Error::Input { reason, .. } => reason.clone(),
        other => unreachable!("{other}"),
    };
    ingested.skipped.iter().map(|skipped| reason(&skipped.error)).collect()
}

#[test]
fn bytes_that_are_no_article_are_named() {
    assert_eq!(problems(&read_bytes(b"")), [InputProblem::Empty]);
    assert_eq!(problems(&read_bytes(b" \r\n\t\n")), [InputProblem::Empty]);
    assert_eq!(problems(&read_bytes("\u{feff}\u{a0}\u{200b}\n".as_bytes())), [InputProblem::Empty]);
    assert_eq!(problems(&read_bytes(b"Share\nLog in\nHome\n12\n")), [InputProblem::NothingLeft]);
    let found = problems(&read_bytes(b"%PDF-1.4 x"));
    assert!(matches!(found[..], [InputProblem::Damaged { .. }]), "{found:?}");
    for binary in [&b"PK\x03\x04 x"[..], b"\xfd7zXZ\0", &[0, 1, 2, 3, 0, 5, 6, 7, 0, 9]] {
        let found = problems(&read_bytes(binary));
        assert!(matches!(found[..], [InputProblem::Binary(_)]), "{found:?}");
    }
}

#[test]
fn a_broken_input_does_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("good.txt");
    fs::write(&good, ARTICLE).unwrap();
    let inputs = [
        Input::Path(folder.path().join("missing.txt")),
        Input::Path(good.clone()),
        Input::Path(good),
    ];
    let ingested = read_all(&inputs, &IngestOptions::default());
    assert_eq!(ingested.documents.len(), 1);
    let found = problems(&ingested);
    assert!(matches!(found[..], [InputProblem::Missing, InputProblem::Duplicate(_)]), "{found:?}");
}

#[test]
fn directories_are_read_in_order_without_hidden_and_other_files() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("b")).unwrap();
    for (index, name) in
        ["c.txt", "a.md", "b/inner.TXT", ".hidden.txt", "page.doc"].iter().enumerate()
    {
        fs::write(folder.path().join(name), format!("{ARTICLE}Ilgas sakinys numeris {index}.\n"))
            .unwrap();
    }
    let ingested = read_path(folder.path());
    let names: Vec<PathBuf> = ingested.documents.iter().map(|d| PathBuf::from(&d.source)).collect();
    let expected = ["a.md", "b/inner.TXT", "c.txt"].map(|name| folder.path().join(name));
    assert_eq!(names, expected);
    assert!(ingested.skipped.is_empty());

    let empty = tempfile::tempdir().unwrap();
    assert_eq!(problems(&read_path(empty.path())), [InputProblem::EmptyDirectory]);
}

#[cfg(unix)]
#[test]
fn loops_and_pipes_are_noticed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), ARTICLE).unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
    std::os::unix::fs::symlink("self.txt", folder.path().join("self.txt")).unwrap();
    let ingested = read_path(folder.path());
    assert_eq!(ingested.documents.len(), 1);
    assert_eq!(problems(&ingested), [InputProblem::Loop, InputProblem::Loop]);
    let device = problems(&read_path(Path::new("/dev/zero")));
    assert_eq!(device, [InputProblem::NotAFile("a device")]);
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, ARTICLE).unwrap();
    let options = IngestOptions { max_bytes: 10, ..IngestOptions::default() };
    let ingested = read_all(&[Input::Path(path)], &options);
    let size = ARTICLE.len() as u64;
    assert_eq!(problems(&ingested), [InputProblem::TooLarge { size, limit: 10 }]);
}

#[test]
fn front_matter_and_markdown_give_title_date_and_outlet() {
    let text = "---\ntitle: Tiltas uždarytas\ndate: 2024-03-05\noutlet: Rytas\nlang: lt\n---\n\
                # Tiltas uždarytas\n\nSenasis **tiltas** per [upę](http://example.org) uždarytas.\n\n\
                ## Kas toliau\n\n- pėstiesiems bus perėja\n";
    let input = Input::Bytes { name: "a.md".to_owned(), bytes: text.into() };
    let ingested = read_all(&[input], &IngestOptions::default());
    let document = &ingested.documents[0];
    assert_eq!(document.title.as_deref(), Some("Tiltas uždarytas"));
    assert_eq!(document.outlet.as_deref(), Some("Rytas"));
    assert_eq!(document.published, Some(jiff::civil::date(2024, 3, 5)));
    assert_eq!(Some(document.language), Language::from_code("lt"));
    let paragraphs: Vec<_> =
        document.paragraphs.iter().map(|p| (p.kind, p.span.of(&document.text))).collect();
    let expected = [
        (ParagraphKind::Title, "Tiltas uždarytas"),
        (ParagraphKind::Body, "Senasis tiltas per upę uždarytas."),
        (ParagraphKind::Heading, "Kas toliau"),
        (ParagraphKind::ListItem, "pėstiesiems bus perėja"),
    ];
    assert_eq!(paragraphs, expected);
}

#[test]
fn the_date_of_the_article_comes_before_the_date_of_the_page() {
    let text = "Bridge closes for repairs\n\n(5 Mar 2024) The old bridge closes on Friday, the town said.\n\
                It stays closed until June.\n\nShare\n31 июля 2025 г. 15:46:15\n00:02:14\n";
    let ingested = read_bytes(text.as_bytes());
    assert_eq!(ingested.documents[0].published, Some(jiff::civil::date(2024, 3, 5)));
}

#[test]
fn broken_bytes_leave_a_note() {
    let mut bytes = ARTICLE.as_bytes().to_vec();
    bytes.insert(40, 0xff);
    let ingested = read_bytes(&bytes);
    assert!(ingested.documents[0].text.contains('\u{fffd}'));
    assert!(ingested.notes[0].message.contains("UTF-8"));
}

#[test]
fn one_huge_line_is_read() {
    let line = "Senasis tiltas per upę uždarytas remontui. ".repeat(50_000);
    let ingested = read_bytes(line.as_bytes());
    assert_eq!(ingested.documents[0].text, line.trim_end());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let ingested = read_bytes(&bytes);
        prop_assert_eq!(ingested.documents.len() + ingested.skipped.len(), 1);
    }

    #[test]
    fn every_word_leads_back_to_the_source(
        lines in proptest::collection::vec(
            "(- |# |> |Foto: |© |By |Reklama|[0-9]{1,4}|[a-zžА-я]{1,8})( ?[a-zA-Zžа-я.,!?()*_\u{ad}\u{a0}]{1,9}){0,12}[.!?]?",
            0..12,
        ),
        markdown in any::<bool>(),
    ) {
        let source = lines.join("\n");
        let name = if markdown { "a.md" } else { "a.txt" }.to_owned();
        let input = Input::Bytes { name, bytes: source.clone().into_bytes() };
        let ingested = read_all(&[input], &IngestOptions::default());
        let characters: Vec<char> = source.chars().collect();
        for document in &ingested.documents {
            let mut end_of_last = 0;
            for paragraph in &document.paragraphs {
                prop_assert!(paragraph.span.start >= end_of_last && !paragraph.span.is_empty());
                end_of_last = paragraph.span.end;
                let text = paragraph.span.of(&document.text);
                for (offset, word) in text.char_indices().filter(|(_, c)| *c != ' ') {
                    let start = paragraph.span.start + offset;
                    let position = document.positions.source_position(&document.text, start);
                    prop_assert_eq!(characters[position], word);
                }
            }
            prop_assert_eq!(end_of_last, document.text.len());
        }
    }
}
