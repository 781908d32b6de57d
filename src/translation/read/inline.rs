//! The content of a segment in XLIFF and TMX: text with inline elements.
//!
//! | element | is |
//! |---|---|
//! | `g`, `pc`, `bpt` … `ept`, `bx` … `ex`, `sc` … `ec`, `hi` | formatting that opens and closes |
//! | `x`, `ph`, `it`, `ut`, `cp` | something that stands in the text: a variable, an image, a control character |
//! | `mrk`, `sm`, `em` | a note about the text, which is read as if it were not there |
//! | `sub` | text of its own inside a tag |

use super::Problem;
use super::side::SideBuilder;
use super::xml::{Element, Event, Xml};
use crate::lang::Language;
use crate::translation::{Location, TagKind};

/// What an inline element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Its content is text of the segment, between an opening and a closing tag.
    Pair,
    /// A tag; its content is code of the original format.
    Code(TagKind),
    /// Nothing: its content is text of the segment.
    Transparent,
}

fn kind(name: &str) -> Kind {
    match name {
        "g" | "pc" | "hi" => Kind::Pair,
        "bpt" | "bx" | "sc" => Kind::Code(TagKind::Open),
        "ept" | "ex" | "ec" => Kind::Code(TagKind::Close),
        "x" | "ph" | "it" | "ut" | "cp" => Kind::Code(TagKind::Alone),
        _ => Kind::Transparent,
    }
}

/// What was read: the whole content, and the parts that are marked as segments.
pub(super) struct Parsed {
    pub(super) whole: SideBuilder,
    /// Marked segments with their ids.
    pub(super) parts: Vec<(String, SideBuilder)>,
}

/// A content in the course of being read.
pub(super) struct Inline<'x> {
    xml: &'x mut Xml,
    /// The element it is the content of.
    within: &'x str,
    language: Language,
    whole: SideBuilder,
    parts: Vec<(String, SideBuilder)>,
    /// The open inline elements: what they are, the id of their tag, and whether they are a marked segment.
    open: Vec<(Kind, String, bool)>,
    /// How many of the open ones hide their content.
    hidden: usize,
}

impl<'x> Inline<'x> {
    pub(super) fn new(xml: &'x mut Xml, within: &'x str, language: Language) -> Self {
        Self {
            xml,
            within,
            language,
            whole: SideBuilder::new(language),
            parts: Vec::new(),
            open: Vec::new(),
            hidden: 0,
        }
    }

    /// Reads up to the end of the element, whose beginning stands at `place`.
    pub(super) fn read(mut self, place: Location) -> Result<Parsed, Problem> {
        self.whole.place(place);
        loop {
            match self.xml.next()? {
                (Event::Start(element), place) => self.start(&element, place),
                (Event::End(name), _) if self.open.is_empty() && name == self.within => {
                    return Ok(Parsed { whole: self.whole, parts: self.parts });
                }
                (Event::End(_), _) => self.end(),
                (Event::Text(text), place) if self.hidden == 0 => {
                    self.each(|side| side.text(&text, place));
                }
                (Event::Escaped(letter), place) if self.hidden == 0 => {
                    self.each(|side| side.escaped(letter, place));
                }
                (Event::Text(_) | Event::Escaped(_), _) => {}
                (Event::Eof, _) => return Ok(Parsed { whole: self.whole, parts: self.parts }),
            }
        }
    }

    /// Does something to the whole and to the marked segment that is open.
    fn each(&mut self, mut change: impl FnMut(&mut SideBuilder)) {
        change(&mut self.whole);
        if self.open.iter().any(|(.., is_segment)| *is_segment)
            && let Some((_, part)) = self.parts.last_mut()
        {
            change(part);
        }
    }

    fn start(&mut self, element: &Element, place: Location) {
        let kind = kind(&element.name);
        let id = tag_id(element);
        let is_segment = element.name == "mrk" && element.attribute("mtype") == Some("seg");
        if is_segment {
            let mut part = SideBuilder::new(self.language);
            part.place(place);
            self.parts.push((element.attribute("mid").unwrap_or("").to_owned(), part));
        }
        if self.hidden == 0 {
            match kind {
                Kind::Pair => self.each(|side| side.tag(TagKind::Open, id.as_str())),
                Kind::Code(tag) => self.each(|side| side.tag(tag, id.as_str())),
                Kind::Transparent => {}
            }
        }
        if matches!(kind, Kind::Code(_)) {
            self.hidden += 1;
        }
        self.open.push((kind, id, is_segment));
    }

    fn end(&mut self) {
        let Some((kind, id, is_segment)) = self.open.pop() else { return };
        match kind {
            Kind::Pair if self.hidden == 0 => {
                self.open.push((kind, String::new(), is_segment));
                self.each(|side| side.tag(TagKind::Close, id.as_str()));
                self.open.pop();
            }
            Kind::Code(_) => self.hidden -= 1,
            _ => {}
        }
    }
}

/// What tells a tag from others on both sides: opening and closing ones share it.
fn tag_id(element: &Element) -> String {
    let keys: &[&str] = match element.name.as_str() {
        "bpt" | "ept" | "bx" | "ex" => &["i", "rid", "id"],
        "ec" => &["startRef", "id"],
        _ => &["id", "x", "hex", "type"],
    };
    let id = keys.iter().find_map(|key| element.attribute(key));
    id.unwrap_or(&element.name).to_owned()
}

/// The text of an element up to its end, without markup.
pub(super) fn plain(xml: &mut Xml, within: &str) -> Result<String, Problem> {
    const LONGEST: usize = 64 << 10;
    let mut text = String::new();
    let mut depth = 0;
    loop {
        match xml.next()? {
            (Event::Start(_), _) => depth += 1,
            (Event::End(name), _) if depth == 0 && name == within => break,
            (Event::End(_), _) => depth -= 1,
            (Event::Text(more), _) if text.len() + more.len() <= LONGEST => text.push_str(&more),
            (Event::Escaped(letter), _) if text.len() < LONGEST => text.push(letter),
            (Event::Eof, _) => break,
            _ => {}
        }
    }
    Ok(text.trim().to_owned())
}
