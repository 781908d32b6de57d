//! Inputs in the formats of the web: what is read out of each, and what is said where it cannot be.

// An archive that cannot be made fails the test, as it should.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::time::{Duration, Instant};

use parallax::Error;
use parallax::error::InputProblem;
use parallax::ingest::{IngestOptions, Ingested, Input, read_all};
use parallax::text::{Document, ParagraphKind, Span};

const PAGE: &str = include_str!("formats/tiltas.html");

fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Ingested {
    let input = Input::Bytes { name: name.to_owned(), bytes: bytes.into() };
    read_all(&[input], &IngestOptions::default())
}

fn only(ingested: Ingested) -> Document {
    assert_eq!(ingested.documents.len(), 1, "{:?}", ingested.skipped);
    ingested.documents.into_iter().next().unwrap()
}

fn problem(ingested: &Ingested) -> InputProblem {
    match &ingested.skipped[..] {
        [skipped] => match &skipped.error {
            Error::Input { reason, .. } => reason.clone(),
            other => unreachable!("{other}"),
        },
        other => unreachable!("{other:?}"),
    }
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(content).unwrap();
    packer.finish().unwrap()
}

#[test]
fn a_page_gives_its_article_and_what_it_says_about_it() {
    let document = only(read("tiltas.html", PAGE));
    assert_eq!(document.title.as_deref(), Some("Senasis tiltas uždarytas iki pavasario"));
    assert_eq!(document.published, Some(jiff::civil::date(2024, 3, 5)));
    assert_eq!(document.outlet.as_deref(), Some("Pamario rytas"));
    assert_eq!(document.origin.authors, ["Ona Jonaitė"]);
    assert_eq!(document.origin.address.as_deref(), Some("https://pamariorytas.example/tiltas"));
    assert_eq!(document.language.code(), "lt");
    let text = &document.text;
    assert!(text.starts_with("Senasis tiltas uždarytas iki pavasario\n\nMiesto taryba"), "{text}");
    assert!(text.contains("„Kito kelio nėra“, – sakė meras."), "{text}");
    assert!(text.ends_with("kursuos keltas."), "{text}");
    for furniture in ["Prenumeruok", "Skaitykite taip pat", "Slapukai", "Dalintis"] {
        assert!(!text.contains(furniture), "{furniture}");
        let dropped = document.dropped.iter().find(|dropped| dropped.text.contains(furniture));
        assert!(dropped.is_some_and(|dropped| !dropped.reason.is_empty()), "{furniture}");
    }
}

#[test]
fn positions_lead_back_to_the_source_of_a_page() {
    let document = only(read("tiltas.html", PAGE));
    let source: Vec<char> = PAGE.chars().collect();
    for phrase in ["Miesto taryba", "Dviejų šimtų", "kursuos keltas.", "Darbai truks"] {
        let start = document.text.find(phrase).unwrap();
        let place = document.source_span(Span::new(start, start + phrase.len()));
        let found: String = source[place.start..place.end].iter().collect();
        assert_eq!(found, phrase);
    }
    let mut last = 0;
    for dropped in &document.dropped {
        assert!(dropped.span.start >= last && dropped.span.end <= source.len());
        last = dropped.span.start;
    }
}

#[test]
fn headings_and_lists_keep_their_kind() {
    let document = only(read("tiltas.html", PAGE));
    let kind = |text: &str| {
        let of = |p: &&parallax::text::Paragraph| p.span.of(&document.text) == text;
        document.paragraphs.iter().find(of).map(|paragraph| paragraph.kind)
    };
    assert_eq!(kind("Darbai truks dvejus metus"), Some(ParagraphKind::Heading));
    assert_eq!(kind("Senasis tiltas uždarytas iki pavasario"), Some(ParagraphKind::Title));
}

#[test]
fn the_bytes_decide_whether_a_declared_encoding_is_believed() {
    let lithuanian = PAGE.replace("charset=\"utf-8\"", "charset=\"windows-1257\"");
    let (encoded, _, _) = encoding_rs::WINDOWS_1257.encode(&lithuanian);
    let right = only(read("page.html", encoded.into_owned()));
    assert!(right.text.contains("Dviejų šimtų"));

    let wrong = read("page.html", lithuanian);
    assert!(wrong.notes[0].message.contains("windows-1257"), "{:?}", wrong.notes);
    assert!(only(wrong).text.contains("Dviejų šimtų"));

    let (encoded, _, _) = encoding_rs::WINDOWS_1257.encode(PAGE);
    let undeclared = String::from_utf8_lossy(&encoded).contains("utf-8");
    assert!(
        undeclared && only(read("page.html", encoded.into_owned())).text.contains("Dviejų šimtų")
    );
}

#[test]
fn packed_inputs_are_read_whatever_they_are_called() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.html.gz"), gzip(PAGE.as_bytes())).unwrap();
    fs::write(folder.path().join("b.bin.gz"), gzip(PAGE.as_bytes())).unwrap();
    let ingested = read_all(&[Input::Path(folder.path().to_owned())], &IngestOptions::default());
    assert!(only(ingested).source.ends_with("a.html.gz"));
    assert!(only(read("<stdin>", gzip(&gzip(PAGE.as_bytes())))).text.contains("Miesto taryba"));

    let packed = ruzstd::encoding::compress_to_vec(
        PAGE.as_bytes(),
        ruzstd::encoding::CompressionLevel::Fastest,
    );
    assert!(only(read("a.html.zst", packed.clone())).text.contains("Miesto taryba"));
    let cut = problem(&read("a.html.zst", &packed[..packed.len() / 2]));
    assert!(matches!(cut, InputProblem::Damaged { .. }), "{cut}");
}

#[test]
fn truncated_bottomless_and_endless_packings_are_told() {
    let packed = gzip(PAGE.as_bytes());
    let cut = problem(&read("a.gz", &packed[..packed.len() / 2]));
    assert!(matches!(cut, InputProblem::Damaged { .. }), "{cut}");

    let options = IngestOptions { max_bytes: 1 << 20, ..IngestOptions::default() };
    let bomb = gzip(&vec![b'a'; 8 << 20]);
    assert!(bomb.len() < 100_000);
    let input = Input::Bytes { name: "bomb.txt.gz".to_owned(), bytes: bomb };
    assert_eq!(problem(&read_all(&[input], &options)), InputProblem::Bomb { limit: 1 << 20 });

    let nested = (0..6).fold(PAGE.as_bytes().to_vec(), |content, _| gzip(&content));
    assert_eq!(problem(&read("nested.gz", nested)), InputProblem::PackedTooDeep);
}

#[test]
fn pages_made_to_hurt_are_read_in_no_time() {
    let paragraph =
        "<p>Senasis tiltas per upę antradienį buvo uždarytas remontui, pranešė savivaldybė.</p>";
    let deep = format!(
        "<html><body>{}{}{}</body></html>",
        "<div>".repeat(100_000),
        paragraph,
        "</div>".repeat(100_000)
    );
    let unclosed = format!("<html><body>{}{paragraph}", "<b><nav><p a=\"".repeat(50_000));
    let many = format!("<html><body>{}", "<p>Trumpas tekstas.</p>".repeat(100_000));
    let comments = format!("<html><body>{paragraph}{}", "<!--".repeat(200_000));
    let references = format!("<html><body>{paragraph}<p>{}", "&amp".repeat(200_000));
    for page in [&deep, &unclosed, &many, &comments, &references] {
        let start = Instant::now();
        read("page.html", page.as_str());
        assert!(start.elapsed() < Duration::from_secs(120), "{}", &page[..60]);
    }
    assert!(only(read("page.html", deep)).text.contains("pranešė savivaldybė"));
}

#[test]
fn links_that_lead_elsewhere_than_to_the_web_are_no_addresses() {
    for address in ["javascript:alert(1)", "file:///etc/passwd"] {
        let page = PAGE.replace("https://pamariorytas.example/tiltas", address);
        assert_eq!(only(read("page.html", page)).origin.address, None);
    }
}

#[test]
fn a_page_that_says_it_has_more_is_doubted() {
    let page = PAGE.replace("\"headline\"", "\"wordCount\": 900, \"headline\"");
    let doubts = only(read("page.html", page)).origin.doubts;
    assert!(doubts.iter().any(|doubt| doubt.contains("900 words")), "{doubts:?}");
    let page = PAGE.replace("\"headline\"", "\"isAccessibleForFree\": false, \"headline\"");
    let doubts = only(read("page.html", page)).origin.doubts;
    assert!(doubts.iter().any(|doubt| doubt.contains("for free")), "{doubts:?}");
    assert_eq!(only(read("page.html", PAGE)).origin.doubts, [""; 0]);
}

#[test]
fn a_page_in_two_languages_is_read_in_the_one_of_most_of_its_text() {
    let english = "<p>The old bridge across the river was closed on Tuesday, the town council said, \
                   and it will stay closed until spring.</p>";
    let page = PAGE
        .replace("lang=\"lt\"", "lang=\"en\"")
        .replace("</article>", &format!("{english}</article>"));
    let document = only(read("page.html", page));
    assert_eq!(document.language.code(), "lt");
    assert!(document.text.contains("the town council said"));
}

#[test]
fn nothing_is_a_page_without_text() {
    assert_eq!(
        problem(&read("a.html", "<html><body><script>x</script></body></html>")),
        InputProblem::Empty
    );
}
