//! XML as a stream of events with their places in the file.
//!
//! Entities other than the five of XML are refused, and so is a document type that declares any: a file of a
//! few hundred bytes can declare a text of gigabytes ("billion laughs").

use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::{BytesStart, Event as Raw};

use super::stream::{TOO_LONG, TextStream};
use super::{LONGEST, Problem};
use crate::translation::Location;

/// Most bytes between two tags: room for a segment that is refused as too long by name.
const LONGEST_EVENT: usize = 64 * LONGEST;
/// Elements within each other; beyond, the file is no translation.
const DEEPEST: usize = 256;

/// An event.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Event {
    /// An element begins. An empty one is followed by its end.
    Start(Element),
    /// The element of this name ends.
    End(String),
    /// Text as it stands in the file.
    Text(String),
    /// A character that the file writes as a reference.
    Escaped(char),
    /// The end of the file.
    Eof,
}

/// The beginning of an element.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Element {
    /// Its name without a prefix.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute, by its name without a prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// A reader of events.
pub(super) struct Xml {
    reader: Reader<TextStream>,
    buffer: Vec<u8>,
    /// The end of an element that was written as an empty one.
    waiting: Option<String>,
    depth: usize,
    /// Whether the text is broken, so that nothing more can be read.
    broken: bool,
}

impl Xml {
    pub(super) fn new(stream: TextStream) -> Self {
        let mut reader = Reader::from_reader(stream);
        reader.config_mut().check_end_names = true;
        Self { reader, buffer: Vec::new(), waiting: None, depth: 0, broken: false }
    }

    /// The next event and where it begins. After a problem there is nothing but the end.
    pub(super) fn next(&mut self) -> Result<(Event, Location), Problem> {
        loop {
            let place = self.reader.get_ref().location();
            if self.broken {
                return Ok((Event::Eof, place));
            }
            if let Some(name) = self.waiting.take() {
                self.depth -= 1;
                return Ok((Event::End(name), place));
            }
            self.buffer.clear();
            self.reader.get_mut().mark(LONGEST_EVENT);
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event.into_owned(),
                Err(error) => {
                    self.broken = true;
                    return Err(self.problem(&error, place));
                }
            };
            match self.event(event, place) {
                Ok(None) => {}
                Ok(Some(event)) => return Ok((event, place)),
                Err(problem) => {
                    self.broken = true;
                    return Err(problem);
                }
            }
        }
    }

    fn event(&mut self, event: Raw<'static>, place: Location) -> Result<Option<Event>, Problem> {
        Ok(match event {
            Raw::Start(start) => {
                self.deeper(place)?;
                Some(Event::Start(element(&start)))
            }
            Raw::Empty(start) => {
                self.deeper(place)?;
                let element = element(&start);
                self.waiting = Some(element.name.clone());
                Some(Event::Start(element))
            }
            Raw::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                Some(Event::End(end.local_name().as_ref().to_owned()))
            }
            Raw::Text(text) => Some(Event::Text(text.into_inner().into_owned())),
            Raw::CData(text) => Some(Event::Text(text.into_inner().into_owned())),
            Raw::GeneralRef(reference) => {
                let name = reference.clone().into_inner().into_owned();
                let letter = match reference.resolve_char_ref() {
                    Ok(Some(letter)) => Some(letter),
                    _ => named(&name),
                };
                let letter = letter.ok_or_else(|| entity(place, &name))?;
                Some(Event::Escaped(letter))
            }
            Raw::DocType(declaration) if declaration.contains("<!ENTITY") => {
                return Err(Problem::at(
                    place,
                    "declares entities, which are not expanded: they can fill the memory",
                    "write the characters themselves and take the document type out",
                ));
            }
            Raw::Eof if self.depth > 0 => {
                return Err(Problem::at(
                    place,
                    "ends in the middle of an element",
                    "the file is cut off: get it again; what came before was checked",
                ));
            }
            Raw::Eof => Some(Event::Eof),
            Raw::Comment(_) | Raw::Decl(_) | Raw::PI(_) | Raw::DocType(_) => None,
        })
    }

    fn deeper(&mut self, place: Location) -> Result<(), Problem> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("has elements more than {DEEPEST} deep");
            return Err(Problem::at(place, message, "give a translation file"));
        }
        Ok(())
    }

    /// What is wrong, at the place where the reader stopped.
    fn problem(&self, error: &Error, before: Location) -> Problem {
        let here = self.reader.get_ref().location();
        let (place, message) = match error {
            Error::Io(error) if error.to_string() == TOO_LONG => (before, TOO_LONG.to_owned()),
            Error::Io(error) => (here, format!("cannot be read further ({})", Arc::clone(error))),
            Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
                (before, format!("closes `{found}` where `{expected}` is open"))
            }
            Error::IllFormed(IllFormedError::UnmatchedEndTag(found)) => {
                (before, format!("closes `{found}`, which is not open"))
            }
            Error::Syntax(SyntaxError::UnclosedTag) => {
                (before, "has a tag that never ends".to_owned())
            }
            error => (before, format!("is broken XML: {error}")),
        };
        Problem::at(place, message, "mend the file there; what came before was checked")
    }
}

/// The entities that XML knows without being told.
const ENTITIES: [(&str, char); 5] =
    [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];

fn named(name: &str) -> Option<char> {
    ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, letter)| *letter)
}

fn entity(place: Location, name: &str) -> Problem {
    let message = format!("uses the entity `&{name};`, which XML does not know");
    Problem::at(place, message, "write the character itself")
}

/// Reads name and attributes; an attribute that is broken is left out.
fn element(start: &BytesStart<'_>) -> Element {
    let attributes = start.attributes().flatten().map(|attribute| {
        let name = attribute.key.local_name().as_ref().to_owned();
        let raw: &str = &attribute.value;
        let value =
            quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), |v| v.into_owned());
        (name, value)
    });
    Element { attributes: attributes.collect(), name: start.local_name().as_ref().to_owned() }
}
