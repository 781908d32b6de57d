//! The formats of inputs: one table. Adding one is a file here and a row in it; help texts and the files read
//! from folders follow from it.

mod archive;
mod epub;
mod feed;
mod html;
mod mail;
mod office;
mod packed;
mod pdf;
mod printed;
mod tables;
mod web_archive;

use std::path::Path;

use encoding_rs::Encoding;

use super::laid::Laid;
use super::sources::Source;
use super::{IngestOptions, Skipped};
use crate::error::InputProblem;

/// A format of inputs.
pub struct Format {
    /// Its name for people.
    pub name: &'static str,
    /// What it is, in a few words.
    pub summary: &'static str,
    /// The endings of its files, in small letters.
    pub endings: &'static [&'static str],
    /// Whether its files are read from folders. Tables are not, because folders hold tables of other things.
    pub in_folders: bool,
    /// Whether bytes are in it, by how they begin or what they hold; `false` where that cannot be told.
    recognises: fn(&[u8]) -> bool,
    /// How it is read.
    pub(super) reader: Reader,
}

/// How a format is read.
#[derive(Clone, Copy)]
pub(super) enum Reader {
    /// Plain text, whose lines are paragraphs or wrapped.
    PlainText,
    /// Markdown.
    Markdown,
    /// A text with markup: which encoding the bytes declare, and what becomes of the decoded text.
    Markup { declared: fn(&[u8]) -> Option<&'static Encoding>, lay_out: fn(&str) -> Laid },
    /// A document whose bytes hold its text in a form of their own.
    Document(fn(&[u8], &IngestOptions) -> Result<Laid, InputProblem>),
    /// What holds other inputs.
    Container(fn(Source, &IngestOptions) -> Vec<Result<Source, Skipped>>),
}

/// The formats. The first whose `recognises` says yes reads an input, else the one that the ending stands for,
/// else plain text.
pub const FORMATS: &[Format] = &[
    Format {
        name: "text",
        summary: "plain text",
        endings: &["txt", "text"],
        in_folders: true,
        recognises: never,
        reader: Reader::PlainText,
    },
    Format {
        name: "Markdown",
        summary: "Markdown, with a head of keys and values if you like",
        endings: &["md", "markdown"],
        in_folders: true,
        recognises: never,
        reader: Reader::Markdown,
    },
    Format {
        name: "HTML",
        summary: "saved web pages: the article, without what stands around it",
        endings: &["html", "htm", "xhtml"],
        in_folders: true,
        recognises: html::recognises,
        reader: PAGE,
    },
    Format {
        name: "MHTML",
        summary: "web pages saved with their pictures in one file",
        endings: &["mhtml", "mht"],
        in_folders: true,
        recognises: mail::recognises_page,
        reader: Reader::Container(mail::page),
    },
    Format {
        name: "feed",
        summary: "RSS and Atom, each item a text",
        endings: &["rss", "atom"],
        in_folders: true,
        recognises: feed::recognises,
        reader: Reader::Container(feed::items),
    },
    Format {
        name: "mail",
        summary: "mails, with subject, sender and date",
        endings: &["eml"],
        in_folders: true,
        recognises: never,
        reader: Reader::Container(mail::mail),
    },
    Format {
        name: "JSONL",
        summary: "a text a line: objects with `text` and, if you like, `title`, `date`, `outlet`, `lang`, `author`, `url`",
        endings: &["jsonl", "ndjson"],
        in_folders: false,
        recognises: never,
        reader: Reader::Container(tables::json_lines),
    },
    Format {
        name: "CSV",
        summary: "a text a row: columns of the same names, between commas, semicolons, tabs or bars",
        endings: &["csv", "tsv"],
        in_folders: false,
        recognises: never,
        reader: Reader::Container(tables::separated),
    },
    Format {
        name: "PDF",
        summary: "documents with a text layer",
        endings: &["pdf"],
        in_folders: true,
        recognises: pdf::recognises,
        reader: Reader::Container(pdf::text),
    },
    Format {
        name: "DOCX",
        summary: "documents of Word and others",
        endings: &["docx"],
        in_folders: true,
        recognises: office::is_docx,
        reader: Reader::Document(office::docx),
    },
    Format {
        name: "ODT",
        summary: "documents of LibreOffice and others",
        endings: &["odt"],
        in_folders: true,
        recognises: office::is_odt,
        reader: Reader::Document(office::odt),
    },
    Format {
        name: "WACZ",
        summary: "packages of web archives, each page a text",
        endings: &["wacz"],
        in_folders: true,
        recognises: web_archive::is_wacz,
        reader: Reader::Container(web_archive::wacz),
    },
    Format {
        name: "EPUB",
        summary: "books, all chapters as one text",
        endings: &["epub"],
        in_folders: true,
        recognises: epub::recognises,
        reader: Reader::Document(epub::read),
    },
    Format {
        name: "WARC",
        summary: "web archives, each page a text",
        endings: &["warc"],
        in_folders: true,
        recognises: web_archive::is_warc,
        reader: Reader::Container(web_archive::pages),
    },
    Format {
        name: "gzip",
        summary: "any of the others, packed",
        endings: &["gz"],
        in_folders: true,
        recognises: |bytes| bytes.starts_with(b"\x1f\x8b"),
        reader: Reader::Container(packed::gzip),
    },
    Format {
        name: "Zstandard",
        summary: "any of the others, packed",
        endings: &["zst"],
        in_folders: true,
        recognises: |bytes| bytes.starts_with(b"\x28\xb5\x2f\xfd"),
        reader: Reader::Container(packed::zstandard),
    },
];

fn never(_: &[u8]) -> bool {
    false
}

/// Reads HTML that is an article's text as a whole, as feeds and tables hold it.
const SNIPPET: Reader = Reader::Markup { declared: |_| None, lay_out: html::lay_out_snippet };

/// Reads a page that something else holds.
const PAGE: Reader = Reader::Markup { declared: html::declared, lay_out: html::lay_out };

/// Plain text, the format of what is nothing else.
pub(super) const PLAIN_TEXT: &Format = &FORMATS[0];

/// The format that the ending of a file's name stands for.
pub(super) fn of_name(name: &Path) -> Option<&'static Format> {
    let ending = name.extension()?.to_str()?.to_ascii_lowercase();
    FORMATS.iter().find(|format| format.endings.contains(&ending.as_str()))
}

/// How an input is read: as what held it says, else as its bytes say, else its name.
pub(super) fn reader_of(source: &Source) -> Reader {
    source.reader.unwrap_or_else(|| of(source).reader)
}

fn of(source: &Source) -> &'static Format {
    let bytes = source.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&source.bytes);
    let beginning = bytes.trim_ascii_start();
    FORMATS
        .iter()
        .find(|format| (format.recognises)(beginning))
        .or_else(|| of_name(&source.file))
        .unwrap_or(PLAIN_TEXT)
}

/// Whether a file in a folder is read.
pub(super) fn is_read_from_folders(name: &Path) -> bool {
    let format = of_name(name);
    // What is packed counts as what it holds: `articles.csv.gz` is a table.
    match format.map(|format| format.reader) {
        Some(Reader::Container(_)) if is_packed(format) => {
            name.file_stem().is_none_or(|stem| is_read_from_folders(Path::new(stem)))
        }
        _ => format.is_some_and(|format| format.in_folders),
    }
}

fn is_packed(format: Option<&Format>) -> bool {
    format.is_some_and(|format| matches!(format.name, "gzip" | "Zstandard"))
}

/// The endings of the files read from folders, for people: `.txt, .md and .html`.
pub fn endings_in_folders() -> String {
    let endings: Vec<String> = FORMATS
        .iter()
        .filter(|format| format.in_folders)
        .filter_map(|format| Some(format!(".{}", format.endings.first()?)))
        .collect();
    match endings.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => endings.concat(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_formats_share_an_ending() {
        let mut seen = HashSet::new();
        for ending in FORMATS.iter().flat_map(|format| format.endings) {
            assert!(seen.insert(ending), "{ending}");
            assert_eq!(*ending, ending.to_lowercase());
        }
    }

    #[test]
    fn what_is_packed_is_read_from_folders_as_what_it_holds() {
        for (name, read) in
            [("a.html.gz", true), ("a.html", true), ("a.log.gz", false), ("a", false)]
        {
            assert_eq!(is_read_from_folders(Path::new(name)), read, "{name}");
        }
    }
}
