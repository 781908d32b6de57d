//! Books in EPUB: the chapters in reading order as one text.
//!
//! <https://www.w3.org/TR/epub-33/>

use std::collections::HashMap;

use quick_xml::Reader as Xml;
use quick_xml::events::{BytesStart, Event};

use super::archive::{Archive, is_archive_with};
use super::html;
use crate::error::InputProblem;
use crate::ingest::IngestOptions;
use crate::ingest::laid::Laid;
use crate::ingest::particulars::{self, Particulars};

const KIND: &str = "an EPUB book";

/// Whether bytes are a book.
pub(super) fn recognises(bytes: &[u8]) -> bool {
    is_archive_with(bytes, "mimetypeapplication/epub+zip")
        || is_archive_with(bytes, "META-INF/container.xml")
}

/// Reads a book.
pub(super) fn read(bytes: &[u8], options: &IngestOptions) -> Result<Laid, InputProblem> {
    let mut archive = Archive::open(bytes, KIND, options)?;
    let container = archive.needed("META-INF/container.xml")?;
    let place = attributes(&container, "rootfile", "full-path")?.into_iter().next();
    let place = place.ok_or_else(|| damaged("it names no package".to_owned()))?;
    let package = Package::of(&archive.needed(&place)?)?;
    let folder = place.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut paragraphs = Vec::new();
    for chapter in &package.chapters {
        let name = if folder.is_empty() { chapter.clone() } else { format!("{folder}/{chapter}") };
        if let Some(content) = archive.file(&name)? {
            paragraphs.extend(html::paragraphs(&String::from_utf8_lossy(&content)));
        }
    }
    if paragraphs.is_empty() {
        return Err(InputProblem::Empty);
    }
    let mut laid = Laid::of_paragraphs(paragraphs);
    laid.about = package.about;
    Ok(laid)
}

fn damaged(reason: String) -> InputProblem {
    InputProblem::Damaged { kind: KIND, reason }
}

/// What the package document of a book tells.
#[derive(Default)]
struct Package {
    about: Particulars,
    /// The files of its chapters, in reading order.
    chapters: Vec<String>,
}

impl Package {
    fn of(bytes: &[u8]) -> Result<Self, InputProblem> {
        let text = String::from_utf8_lossy(bytes);
        let mut xml = Xml::from_str(&text);
        let mut package = Self::default();
        let mut files: HashMap<String, String> = HashMap::new();
        loop {
            match xml.read_event().map_err(|error| damaged(error.to_string()))? {
                Event::Start(start) | Event::Empty(start)
                    if start.local_name().as_ref() == "item" =>
                {
                    if let (Some(id), Some(file)) =
                        (attribute(&start, "id"), attribute(&start, "href"))
                    {
                        files.insert(id, percent_decoded(&file));
                    }
                }
                Event::Start(start) | Event::Empty(start)
                    if start.local_name().as_ref() == "itemref" =>
                {
                    let file = attribute(&start, "idref").and_then(|id| files.get(&id).cloned());
                    package.chapters.extend(file);
                }
                Event::Start(start) if start.name().as_ref().starts_with("dc:") => {
                    let raw =
                        xml.read_text(start.name()).map_err(|error| damaged(error.to_string()))?;
                    package.element(start.local_name().as_ref(), html::plain_text(&raw));
                }
                Event::Eof => return Ok(package),
                _ => {}
            }
        }
    }

    fn element(&mut self, name: &str, text: String) {
        match name {
            "title" if self.about.title.is_none() => self.about.title = Some(text),
            "creator" => self.about.authors.push(text),
            "publisher" => self.about.outlet = Some(text),
            "language" => self.about.likely_language = particulars::language(&text),
            "date" => self.about.published = self.about.published.or(particulars::date(&text)),
            _ => {}
        }
    }
}

/// An attribute of every element of a name.
fn attributes(bytes: &[u8], element: &str, name: &str) -> Result<Vec<String>, InputProblem> {
    let text = String::from_utf8_lossy(bytes);
    let mut xml = Xml::from_str(&text);
    let mut found = Vec::new();
    loop {
        match xml.read_event().map_err(|error| damaged(error.to_string()))? {
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == element => {
                found.extend(attribute(&start, name));
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.try_get_attribute(name).ok().flatten()?;
    Some(html::unescaped(&found.value).into_owned())
}

/// A relative address as a file name: `%20` and the like resolved.
fn percent_decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let [first, behind @ ..] = rest {
        let code = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = code.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
