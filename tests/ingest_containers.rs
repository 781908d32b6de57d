//! Inputs that hold several texts, or hold a text in a form of their own: feeds, tables, mails, documents, archives.

// An archive that cannot be made fails the test, as it should.
#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use parallax::Error;
use parallax::error::InputProblem;
use parallax::ingest::{IngestOptions, Ingested, Input, read_all};
use parallax::text::{Document, ParagraphKind};

const PAGE: &str = include_str!("formats/tiltas.html");
const SENTENCE: &str =
    "Senasis tiltas per upę antradienį buvo uždarytas remontui, pranešė savivaldybė.";

fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Ingested {
    let input = Input::Bytes { name: name.to_owned(), bytes: bytes.into() };
    read_all(&[input], &IngestOptions::default())
}

fn only(ingested: Ingested) -> Document {
    assert_eq!(ingested.documents.len(), 1, "{:?}", ingested.skipped);
    ingested.documents.into_iter().next().unwrap()
}

fn problems(ingested: &Ingested) -> Vec<InputProblem> {
    let reason = |error: &Error| match error {
        Error::Input { reason, .. } => reason.clone(),
        other => unreachable!("{other}"),
    };
    ingested.skipped.iter().map(|skipped| reason(&skipped.error)).collect()
}

fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        let stored = *name == "mimetype";
        let method =
            if stored { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        zip.start_file(*name, options).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn each_item_of_an_rss_feed_is_a_text() {
    let feed = format!(
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0' xmlns:content='c' xmlns:dc='d'><channel>\
         <title>Pamario rytas</title><language>lt</language><link>https://rytas.example</link>\
         <item><title>Tiltas &amp; keltas</title><link>https://rytas.example/1</link><dc:creator>Ona Jonaitė</dc:creator>\
         <pubDate>Tue, 05 Mar 2024 21:10:00 +0200</pubDate><description>Trumpai.</description>\
         <content:encoded><![CDATA[<p>{SENTENCE}</p><p>Keltas plauks &nbsp;iki pavasario.</p>]]></content:encoded></item>\
         <item><title>Oras</title><link>javascript:alert(1)</link><description>&lt;p&gt;{SENTENCE} Lis.&lt;/p&gt;</description></item>\
         </channel></rss>"
    );
    let ingested = read("feed.xml", feed);
    assert!(ingested.skipped.is_empty(), "{:?}", ingested.skipped);
    let [first, second] = &ingested.documents[..] else { unreachable!() };
    assert_eq!(first.source, "feed.xml item 1");
    assert_eq!(first.title.as_deref(), Some("Tiltas & keltas"));
    assert_eq!(first.published, Some(jiff::civil::date(2024, 3, 5)));
    assert_eq!(first.outlet.as_deref(), Some("Pamario rytas"));
    assert_eq!(first.origin.authors, ["Ona Jonaitė"]);
    assert_eq!(first.origin.address.as_deref(), Some("https://rytas.example/1"));
    assert_eq!(
        first.text,
        format!("Tiltas & keltas\n\n{SENTENCE}\n\nKeltas plauks iki pavasario.")
    );
    assert_eq!(second.origin.address, None);
    assert!(second.text.ends_with("Lis."));
}

#[test]
fn atom_entries_are_read_with_their_links_and_authors() {
    let feed = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Rytas</title><entry><title type='html'>Tiltas</title>\
         <link rel='self' href='https://rytas.example/self'/><link href='https://rytas.example/1'/>\
         <author><name>Ona Jonaitė</name></author><updated>2024-03-06T00:00:00Z</updated>\
         <published>2024-03-05T00:00:00Z</published>\
         <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{SENTENCE}</p></div></content></entry></feed>"
    );
    let document = only(read("<stdin>", feed));
    assert_eq!(document.published, Some(jiff::civil::date(2024, 3, 5)));
    assert_eq!(document.origin.authors, ["Ona Jonaitė"]);
    assert_eq!(document.origin.address.as_deref(), Some("https://rytas.example/1"));
    assert!(document.text.ends_with(SENTENCE));
}

#[test]
fn entities_of_a_feed_are_never_expanded() {
    let feed = format!(
        "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>\
         <rss><channel><item><title>&b;</title><description>{SENTENCE} &b; &f;</description></item></channel></rss>"
    );
    let ingested = read("feed.rss", feed);
    for document in &ingested.documents {
        assert!(!document.text.contains("aaaa") && !document.text.contains("root:"));
    }
}

#[test]
fn a_feed_of_fifty_thousand_items_is_read() {
    let mut feed = "<rss><channel><title>Rytas</title>".to_owned();
    for number in 0..50_000 {
        feed.push_str(&format!("<item><title>Tiltas {number}</title><description>{SENTENCE} Numeris {number}.</description></item>"));
    }
    feed.push_str("</channel></rss>");
    let input = Input::Bytes { name: "feed.xml".to_owned(), bytes: feed.into_bytes() };
    // The language is given, because finding it out 50 000 times says nothing about feeds.
    let options = IngestOptions {
        language: parallax::lang::Language::from_code("lt"),
        ..IngestOptions::default()
    };
    let ingested = read_all(&[input], &options);
    assert_eq!(ingested.documents.len(), 50_000);
    assert_eq!(ingested.documents[49_999].title.as_deref(), Some("Tiltas 49999"));
}

#[test]
fn a_feed_that_breaks_off_gives_what_came_and_says_so() {
    let feed = format!(
        "<rss><channel><item><title>A</title><description>{SENTENCE}</description></item><item><title>B</ti"
    );
    let ingested = read("feed.xml", feed);
    assert_eq!(ingested.documents.len(), 1);
    assert!(
        matches!(problems(&ingested)[..], [InputProblem::Damaged { .. }]),
        "{:?}",
        ingested.skipped
    );
    assert_eq!(
        problems(&read("feed.xml", "<rss><channel></channel></rss>")),
        [InputProblem::HoldsNone("items")]
    );
}

#[test]
fn lines_of_json_are_texts_with_what_their_keys_tell() {
    let lines = format!(
        "{{\"id\": 1, \"Title\": \"Tiltas\", \"text\": \"{SENTENCE}\", \"date\": \"2024-03-05\", \"outlet\": \"Rytas\", \"lang\": \"lt\", \"url\": \"https://rytas.example/1\", \"authors\": [\"Ona\", \"Jonas\"]}}\n\
         \n{{\"text\": \"<p>{SENTENCE}</p><p>Antra pastraipa.</p>\"}}\n[1]\n{{\"text\": \n{{\"titel\": \"x\"}}\n"
    );
    let ingested = read("texts.jsonl", lines);
    let [first, second] = &ingested.documents[..] else { unreachable!("{:?}", ingested.skipped) };
    assert_eq!(first.source, "texts.jsonl line 1");
    assert_eq!(first.title.as_deref(), Some("Tiltas"));
    assert_eq!(first.published, Some(jiff::civil::date(2024, 3, 5)));
    assert_eq!(first.origin.authors, ["Ona", "Jonas"]);
    assert_eq!(first.paragraphs[0].kind, ParagraphKind::Title);
    assert!(second.text.ends_with("Antra pastraipa."));
    let found = problems(&ingested);
    assert!(
        matches!(
            found[..],
            [InputProblem::BadRow(_), InputProblem::BadRow(_), InputProblem::NoTextColumn(_)]
        ),
        "{found:?}"
    );
}

#[test]
fn tables_are_read_whatever_stands_between_their_columns() {
    for separator in [",", ";", "\t", "|"] {
        let table = [
            format!("title{separator}text{separator}date"),
            format!(
                "Tiltas{separator}\"{SENTENCE}\n\nAntra \"\"pastraipa\"\".\"{separator}2024-03-05"
            ),
        ]
        .join("\r\n");
        let document = only(read("texts.csv", table));
        assert_eq!(document.title.as_deref(), Some("Tiltas"), "{separator:?}");
        assert_eq!(document.published, Some(jiff::civil::date(2024, 3, 5)));
        assert!(document.text.ends_with("Antra \"pastraipa\"."), "{}", document.text);
    }
    let wrong = problems(&read("texts.csv", "title:text\nTiltas:Uždarytas\n"));
    assert_eq!(wrong, [InputProblem::NoTextColumn("title:text".to_owned())]);
    assert!(wrong[0].hint().contains("`text`"));
}

#[test]
fn mails_and_saved_pages_are_read() {
    let mail = "From: =?UTF-8?Q?Ona_Jonait=C4=97?= <ona@rytas.example>\r\nSubject: =?UTF-8?B?VGlsdGFzIHXFvmRhcnl0YXM=?=\r\n\
                Date: Tue, 5 Mar 2024 23:10:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=windows-1257\r\n\
                Content-Transfer-Encoding: quoted-printable\r\n\r\nSenasis tiltas per up=E6 antradien=E1 buvo u=FEdarytas remontui.\r\n";
    let document = only(read("mail.eml", mail));
    assert_eq!(document.title.as_deref(), Some("Tiltas uždarytas"));
    assert_eq!(document.published, Some(jiff::civil::date(2024, 3, 5)));
    assert_eq!(document.origin.authors, ["Ona Jonaitė"]);
    assert!(document.text.ends_with("Senasis tiltas per upę antradienį buvo uždarytas remontui."));

    let saved = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://rytas.example/1\r\nSubject: Tiltas\r\n\
         Date: Sun, 1 Jun 2025 10:00:00 -0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related; type=\"text/html\"; boundary=\"BB\"\r\n\r\n--BB\r\nContent-Type: text/html\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\n{PAGE}\r\n--BB\r\nContent-Type: text/css\r\n\r\np {{}}\r\n--BB--\r\n"
    );
    let document = only(read("<stdin>", saved));
    assert_eq!(document.title.as_deref(), Some("Senasis tiltas uždarytas iki pavasario"));
    assert_eq!(document.published, Some(jiff::civil::date(2024, 3, 5)));
    assert!(document.text.contains("Dviejų šimtų"), "{}", document.text);
}

#[test]
fn documents_of_word_processors_are_read() {
    let word = archive(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "word/document.xml",
            &format!(
                "<w:document xmlns:w='x'><w:body><w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>Tiltas</w:t></w:r></w:p>\
             <w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p></w:body></w:document>"
            ),
        ),
        (
            "docProps/core.xml",
            "<cp:coreProperties><dc:creator>Ona Jonaitė</dc:creator></cp:coreProperties>",
        ),
    ]);
    let open = archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        (
            "content.xml",
            &format!(
                "<office:document-content><office:body><office:text><text:h>Tiltas</text:h>\
             <text:p>{SENTENCE}</text:p></office:text></office:body></office:document-content>"
            ),
        ),
        ("meta.xml", "<office:meta><dc:creator>Ona Jonaitė</dc:creator></office:meta>"),
    ]);
    for (name, bytes) in [("a.docx", word), ("b.bin", open)] {
        let document = only(read(name, bytes.clone()));
        assert_eq!(document.text, format!("Tiltas\n\n{SENTENCE}"), "{name}");
        assert_eq!(document.origin.authors, ["Ona Jonaitė"]);
        let cut = problems(&read(name, &bytes[..bytes.len() / 2]));
        assert!(!cut.is_empty(), "{name}");
    }
    assert!(matches!(
        problems(&read("a.docx", archive(&[("a", "b")])))[..],
        [InputProblem::Damaged { .. }]
    ));
}

#[test]
fn books_are_read_in_the_order_of_their_spine() {
    let book = archive(&[
        ("mimetype", "application/epub+zip"),
        (
            "META-INF/container.xml",
            "<container><rootfiles><rootfile full-path='OPS/p.opf'/></rootfiles></container>",
        ),
        (
            "OPS/p.opf",
            "<package><metadata><dc:title>Tiltų knyga</dc:title><dc:creator>Ona Jonaitė</dc:creator><dc:date>2020</dc:date></metadata>\
            <manifest><item id='b' href='b%20b.xhtml'/><item id='a' href='a.xhtml'/></manifest>\
            <spine><itemref idref='a'/><itemref idref='b'/></spine></package>",
        ),
        (
            "OPS/a.xhtml",
            &format!(
                "<html><head><title>x</title></head><body><h1>Pirmas</h1><p>{SENTENCE}</p></body></html>"
            ),
        ),
        ("OPS/b b.xhtml", "<html><body><p>Antras skyrius baigiasi čia.</p></body></html>"),
    ]);
    let document = only(read("book.epub", book));
    assert_eq!(document.title.as_deref(), Some("Tiltų knyga"));
    assert!(
        document.text.ends_with(&format!("{SENTENCE}\n\nAntras skyrius baigiasi čia.")),
        "{}",
        document.text
    );
}

#[test]
fn bottomless_archives_are_told() {
    let zeros = "a".repeat(8 << 20);
    let bomb = archive(&[("word/document.xml", &zeros)]);
    let options = IngestOptions { max_bytes: 1 << 20, ..IngestOptions::default() };
    let input = Input::Bytes { name: "a.docx".to_owned(), bytes: bomb };
    assert_eq!(problems(&read_all(&[input], &options)), [InputProblem::Bomb { limit: 1 << 20 }]);
}

#[test]
fn a_pdf_is_read_by_its_text_layer() {
    let document = only(read("tiltas.pdf", include_bytes!("formats/tiltas.pdf").to_vec()));
    assert!(
        document
            .text
            .contains("Dviejų šimtų metų senumo tiltu kasdien pravažiuoja apie 12 000 automobilių"),
        "{}",
        document.text
    );
    assert_eq!(document.language.code(), "lt");
    assert_eq!(document.title.as_deref(), Some("Senasis tiltas uždarytas iki pavasario"));
    assert!(document.text.contains("sakė savivaldybės inžinierius"), "{}", document.text);
    let broken = problems(&read("a.pdf", b"%PDF-1.7\n1 0 obj\n".to_vec()));
    assert!(matches!(broken[..], [InputProblem::Damaged { .. }]), "{broken:?}");
}

/// A PDF document with one page that shows nothing.
const PICTURES: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n\
0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n160\n%%EOF";

#[test]
fn a_pdf_without_text_is_told() {
    let found = problems(&read("scan.pdf", PICTURES));
    assert_eq!(found, [InputProblem::NoTextLayer]);
    assert!(found[0].hint().contains("text recognition"));
}

#[test]
fn pages_of_web_archives_are_read() {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{PAGE}");
    let missing = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>No such page.</p>";
    let picture = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG";
    let record = |kind: &str, content: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://rytas.example/{}\r\nContent-Length: {}\r\n\r\n{content}\r\n\r\n",
            content.len(),
            content.len()
        )
    };
    let warc = [
        record("warcinfo", "software: x\r\n"),
        record("response", missing),
        record("response", picture),
        record("response", &http),
    ]
    .concat();
    let document = only(read("a.warc", warc.clone()));
    assert!(document.source.starts_with("a.warc https://rytas.example/"));
    assert_eq!(document.published, Some(jiff::civil::date(2024, 3, 5)));

    let mut packed = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n"
        .as_bytes()
        .to_vec();
    packed.extend(include_bytes!("formats/tiltas.html.br"));
    let head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://rytas.example/br\r\n";
    let mut record = format!("{head}Content-Length: {}\r\n\r\n", packed.len()).into_bytes();
    record.extend(packed);
    assert_eq!(only(read("br.warc", record)).text, document.text);

    let cut = read("a.warc", &warc.as_bytes()[..warc.len() - 500]);
    assert!(matches!(problems(&cut)[..], [InputProblem::Damaged { .. }]));
    let package = archive(&[("datapackage.json", "{}"), ("archive/data.warc", &warc)]);
    assert!(only(read("a.wacz", package)).text.contains("Dviejų šimtų"));
}
