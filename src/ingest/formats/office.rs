//! Documents of word processors: DOCX (Office Open XML) and ODT (OpenDocument).
//!
//! <https://ecma-international.org/publications-and-standards/standards/ecma-376/>,
//! <https://docs.oasis-open.org/office/OpenDocument/v1.3/>

use quick_xml::Reader as Xml;
use quick_xml::events::{BytesStart, Event};

use super::archive::{Archive, is_archive_with};
use super::html;
use crate::error::InputProblem;
use crate::ingest::IngestOptions;
use crate::ingest::laid::Laid;
use crate::ingest::particulars::{self, Particulars};
use crate::text::ParagraphKind;

/// Whether bytes are a DOCX document.
pub(super) fn is_docx(bytes: &[u8]) -> bool {
    is_archive_with(bytes, "word/document.xml")
}

/// Whether bytes are an ODT document.
pub(super) fn is_odt(bytes: &[u8]) -> bool {
    is_archive_with(bytes, "mimetypeapplication/vnd.oasis.opendocument.text")
}

/// Reads a DOCX document. Text that was struck in tracked changes is not read, text that was added is.
pub(super) fn docx(bytes: &[u8], options: &IngestOptions) -> Result<Laid, InputProblem> {
    read(bytes, options, &DOCX)
}

/// Reads an ODT document.
pub(super) fn odt(bytes: &[u8], options: &IngestOptions) -> Result<Laid, InputProblem> {
    read(bytes, options, &ODT)
}

/// What a format calls the parts of a document. Names are without their prefix.
struct Dialect {
    kind: &'static str,
    text_file: &'static str,
    about_file: &'static str,
    /// Elements that are a paragraph.
    paragraphs: &'static [&'static str],
    /// The element whose content is text, where not all text counts.
    runs: Option<&'static str>,
    /// Elements that stand for a blank.
    blanks: &'static [&'static str],
    /// Elements whose content does not count.
    unseen: &'static [&'static str],
    /// What a paragraph is by an element inside of it, or by its own.
    kind_of: fn(&BytesStart<'_>) -> Option<ParagraphKind>,
}

const DOCX: Dialect = Dialect {
    kind: "a DOCX document",
    text_file: "word/document.xml",
    about_file: "docProps/core.xml",
    paragraphs: &["p"],
    runs: Some("t"),
    blanks: &["ta", "br", "cr"],
    unseen: &["del", "moveFrom", "Fallback", "instrText"],
    kind_of: docx_kind,
};

const ODT: Dialect = Dialect {
    kind: "an ODT document",
    text_file: "content.xml",
    about_file: "meta.xml",
    paragraphs: &["p", "h"],
    runs: None,
    blanks: &["s", "ta", "line-break"],
    unseen: &["tracked-changes", "note", "annotation", "sequence-decls", "automatic-styles"],
    kind_of: odt_kind,
};

fn docx_kind(start: &BytesStart<'_>) -> Option<ParagraphKind> {
    match start.local_name().as_ref() {
        "numPr" => Some(ParagraphKind::ListItem),
        "pStyle" => {
            let style = start.try_get_attribute("w:val").ok().flatten()?;
            let style = style.value.to_lowercase();
            match style.as_str() {
                "title" => Some(ParagraphKind::Title),
                style if style.starts_with("heading") || style.starts_with("subtitle") => {
                    Some(ParagraphKind::Heading)
                }
                style if style.starts_with("list") => Some(ParagraphKind::ListItem),
                _ => None,
            }
        }
        "outlineLvl" => Some(ParagraphKind::Heading),
        _ => None,
    }
}

fn odt_kind(start: &BytesStart<'_>) -> Option<ParagraphKind> {
    match start.local_name().as_ref() {
        "h" => Some(ParagraphKind::Heading),
        "p" => {
            let style = start.try_get_attribute("text:style-name").ok().flatten()?;
            (style.value == "Title").then_some(ParagraphKind::Title)
        }
        _ => None,
    }
}

fn read(bytes: &[u8], options: &IngestOptions, dialect: &Dialect) -> Result<Laid, InputProblem> {
    let mut archive = Archive::open(bytes, dialect.kind, options)?;
    let text = archive.needed(dialect.text_file)?;
    let about = archive.file(dialect.about_file)?.unwrap_or_default();
    let paragraphs = paragraphs(&String::from_utf8_lossy(&text), dialect)
        .map_err(|reason| InputProblem::Damaged { kind: dialect.kind, reason })?;
    if paragraphs.is_empty() {
        return Err(InputProblem::Empty);
    }
    Ok(Laid {
        about: about_of(&String::from_utf8_lossy(&about)),
        ..Laid::of_paragraphs(paragraphs)
    })
}

/// The paragraphs that hold something.
fn paragraphs(text: &str, dialect: &Dialect) -> Result<Vec<(ParagraphKind, String)>, String> {
    let mut xml = Xml::from_str(text);
    let mut found = Vec::new();
    let mut open: Option<(ParagraphKind, String)> = None;
    let mut in_run = dialect.runs.is_none();
    loop {
        let event = xml.read_event().map_err(|error| error.to_string())?;
        match &event {
            Event::Start(start) | Event::Empty(start) => {
                let name = start.local_name();
                let is_start = matches!(event, Event::Start(_));
                if is_start && dialect.unseen.contains(&name.as_ref()) {
                    xml.read_to_end(start.name()).map_err(|error| error.to_string())?;
                    continue;
                }
                if is_start && dialect.paragraphs.contains(&name.as_ref()) {
                    found.extend(open.replace((ParagraphKind::Body, String::new())));
                }
                in_run |= is_start && dialect.runs == Some(name.as_ref());
                if let Some((kind, text)) = &mut open {
                    *kind = (dialect.kind_of)(start).unwrap_or(*kind);
                    if dialect.blanks.contains(&name.as_ref()) {
                        text.push(' ');
                    }
                }
            }
            Event::End(end) => {
                let name = end.local_name();
                if dialect.paragraphs.contains(&name.as_ref()) {
                    found.extend(open.take());
                }
                in_run &= dialect.runs != Some(name.as_ref());
            }
            Event::Text(text) if in_run => push(&mut open, text),
            Event::CData(text) if in_run => push(&mut open, text),
            Event::GeneralRef(name) if in_run => {
                let reference = format!("&{};", &**name);
                push(&mut open, &html::unescaped(&reference));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found.extend(open);
    found.retain(|(_, text)| !text.trim().is_empty());
    Ok(found)
}

fn push(open: &mut Option<(ParagraphKind, String)>, text: &str) {
    if let Some((_, paragraph)) = open {
        paragraph.push_str(text);
    }
}

/// Headline, author, language and address out of the Dublin Core elements both formats have. Their dates tell when
/// somebody saved the file, not when it was published.
fn about_of(text: &str) -> Particulars {
    let element = |name: &str| {
        let start = text.find(&format!("<{name}"))?;
        let content = text[start..].split_once('>')?.1;
        let plain = html::plain_text(content.split_once('<')?.0);
        (!plain.is_empty()).then_some(plain)
    };
    Particulars {
        authors: element("dc:creator").into_iter().collect(),
        likely_language: element("dc:language").and_then(|code| particulars::language(&code)),
        ..Particulars::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_joined_and_struck_text_is_left_out() {
        let text = r#"<w:document xmlns:w="x"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Tiltas</w:t></w:r></w:p>
            <w:p><w:r><w:t xml:space="preserve">Kaina R&amp;D – </w:t></w:r><w:del><w:r><w:delText>3</w:delText></w:r></w:del><w:ins><w:r><w:t>4</w:t></w:r></w:ins><w:r><w:br/><w:t>eurai</w:t></w:r></w:p><w:p/></w:body></w:document>"#;
        assert_eq!(
            paragraphs(text, &DOCX).unwrap(),
            [
                (ParagraphKind::Heading, "Tiltas".to_owned()),
                (ParagraphKind::Body, "Kaina R&D – 4 eurai".to_owned())
            ]
        );
    }
}
