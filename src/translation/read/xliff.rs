//! XLIFF 1.2 (with the segments and states of SDLXLIFF) and 2.x.
//! <https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html>, <https://docs.oasis-open.org/xliff/xliff-core/v2.1/>

use std::collections::{HashMap, VecDeque};

use super::inline::{Inline, Parsed, plain};
use super::side::SideBuilder;
use super::stream::{TOO_LONG, TextStream};
use super::xml::{Element, Event, Xml};
use super::{Item, Items, Languages, Problem, ignored_by_note, language_of};
use crate::lang::Language;
use crate::translation::{Location, Segment, Side, State};

/// Segments of a unit that are read.
const MOST_SEGMENTS: usize = 10_000;

pub(super) fn recognises(beginning: &str) -> bool {
    beginning.contains("<xliff")
}

pub(super) fn open(stream: TextStream, languages: Languages) -> Items {
    Box::new(Xliff {
        xml: Xml::new(stream),
        given: languages,
        said: Languages::default(),
        number: 0,
        ready: VecDeque::new(),
        ended: false,
    })
}

struct Xliff {
    xml: Xml,
    /// The languages the user gave, and those the file says.
    given: Languages,
    said: Languages,
    number: usize,
    ready: VecDeque<Item>,
    ended: bool,
}

/// A segment as its elements were read.
#[derive(Default)]
struct Part {
    id: Option<String>,
    source: Option<Parsed>,
    target: Option<Parsed>,
    state: State,
}

/// A unit in the course of being read: one segment in 1.2, unless it is marked up into several; any number in 2.x.
#[derive(Default)]
struct Unit {
    id: String,
    location: Option<Location>,
    parts: Vec<Part>,
    /// In 1.2 the source once more, cut into segments.
    segmented: Option<Parsed>,
    /// In SDLXLIFF what is said of the segments, by their ids.
    states: HashMap<String, State>,
    context: Option<String>,
    ignored: Vec<String>,
}

impl Iterator for Xliff {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while self.ready.is_empty() && !self.ended {
            if let Err(problem) = self.step() {
                self.ended = true;
                self.ready.push_back(Item::Problem(problem));
            }
        }
        self.ready.pop_front()
    }
}

impl Xliff {
    /// Reads up to the end of the next unit.
    fn step(&mut self) -> Result<(), Problem> {
        match self.xml.next()? {
            (Event::Start(element), place) => match element.name.as_str() {
                "xliff" | "file" => self.say(&element),
                "trans-unit" | "unit" => {
                    let unit = self.unit(&element, place)?;
                    if element.attribute("translate") != Some("no") {
                        self.number += 1;
                        self.segments(unit);
                    }
                }
                _ => {}
            },
            (Event::Eof, _) => self.ended = true,
            _ => {}
        }
        Ok(())
    }

    /// Takes up the languages that an element gives.
    fn say(&mut self, element: &Element) {
        let of = |names: [&str; 2]| {
            names.iter().find_map(|name| element.attribute(name)).and_then(language_of)
        };
        self.said.source = of(["source-language", "srcLang"]).or(self.said.source);
        self.said.target = of(["target-language", "trgLang"]).or(self.said.target);
    }

    fn source_language(&self) -> Language {
        self.given.source.or(self.said.source).unwrap_or(Language::UNKNOWN)
    }

    fn target_language(&self) -> Language {
        self.given.target.or(self.said.target).unwrap_or(Language::UNKNOWN)
    }

    fn unit(&mut self, start: &Element, place: Location) -> Result<Unit, Problem> {
        let mut unit = Unit {
            id: start.attribute("id").unwrap_or("").to_owned(),
            location: Some(place),
            ..Unit::default()
        };
        if start.name == "trans-unit" {
            let approved = start.attribute("approved") == Some("yes");
            let state = if approved { State::Final } else { State::Unknown };
            unit.parts.push(Part { state, ..Part::default() });
        }
        loop {
            match self.xml.next()? {
                (Event::Start(element), place) => self.inside(&element, place, &mut unit)?,
                (Event::End(name), _) if name == start.name => return Ok(unit),
                (Event::Eof, _) => return Ok(unit),
                _ => {}
            }
        }
    }

    /// An element inside a unit.
    fn inside(
        &mut self,
        element: &Element,
        place: Location,
        unit: &mut Unit,
    ) -> Result<(), Problem> {
        match element.name.as_str() {
            "segment" if unit.parts.len() < MOST_SEGMENTS => unit.parts.push(Part {
                id: element.attribute("id").map(str::to_owned),
                state: element.attribute("state").map_or(State::Unknown, state),
                ..Part::default()
            }),
            "alt-trans" | "ignorable" | "match" | "matches" => skip(&mut self.xml, &element.name)?,
            "source" => {
                let language = self.source_language();
                let read = Inline::new(&mut self.xml, "source", language).read(place)?;
                if let Some(part) = unit.parts.last_mut() {
                    part.source = Some(read);
                }
            }
            "seg-source" => {
                let language = self.source_language();
                unit.segmented =
                    Some(Inline::new(&mut self.xml, "seg-source", language).read(place)?);
            }
            "target" => {
                let language = self.target_language();
                let read = Inline::new(&mut self.xml, "target", language).read(place)?;
                if let Some(part) = unit.parts.last_mut() {
                    part.target = Some(read);
                    if let Some(said) = element.attribute("state") {
                        part.state = state(said);
                    }
                }
            }
            "note" => {
                let text = plain(&mut self.xml, "note")?;
                if let Some(ids) = ignored_by_note(&text) {
                    unit.ignored = ids;
                }
            }
            "context" => unit.context = Some(plain(&mut self.xml, "context")?),
            // SDLXLIFF: <sdl:seg id="1" conf="Translated" locked="true">
            "seg" => {
                let locked = element.attribute("locked") == Some("true");
                let said = element.attribute("conf").map_or(State::Unknown, state);
                let id = element.attribute("id").unwrap_or("").to_owned();
                if unit.states.len() < MOST_SEGMENTS {
                    unit.states.insert(id, if locked { State::Locked } else { said });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn segments(&mut self, mut unit: Unit) {
        let id = if unit.id.is_empty() { self.number.to_string() } else { unit.id.clone() };
        let marked = unit.segmented.take().map(|parsed| parsed.parts).filter(|p| !p.is_empty());
        if let Some(sources) = marked
            && let Some(part) = unit.parts.pop()
        {
            let mut targets: HashMap<String, SideBuilder> =
                part.target.map(|parsed| parsed.parts).unwrap_or_default().into_iter().collect();
            let several = sources.len() > 1;
            for (mid, source) in sources {
                let target = targets.remove(&mid);
                let state = unit.states.get(&mid).copied().unwrap_or(part.state);
                let id = if several { format!("{id}.{mid}") } else { id.clone() };
                self.segment(&unit, (id, state), Some(source), target);
            }
            return;
        }
        let several = unit.parts.len() > 1;
        for (number, part) in std::mem::take(&mut unit.parts).into_iter().enumerate() {
            let own = part.id.unwrap_or_else(|| (number + 1).to_string());
            let id = if several { format!("{id}.{own}") } else { id.clone() };
            let source = part.source.map(|parsed| parsed.whole);
            let target = part.target.map(|parsed| parsed.whole);
            self.segment(&unit, (id, part.state), source, target);
        }
    }

    fn segment(
        &mut self,
        unit: &Unit,
        (id, state): (String, State),
        source: Option<SideBuilder>,
        target: Option<SideBuilder>,
    ) {
        let place = unit.location.unwrap_or(Location { line: 1, column: 1 });
        let too_long = [&source, &target].into_iter().flatten().any(|side| side.too_long);
        let item = match source {
            _ if too_long => Item::Problem(Problem::at(
                place,
                format!("unit {id} {TOO_LONG}"),
                "split it; segments are sentences or paragraphs",
            )),
            None => Item::Problem(Problem::at(
                place,
                format!("unit {id} has no source"),
                "give it one, or take it out",
            )),
            Some(source) => {
                let target = target
                    .map_or_else(|| Side::new("", self.target_language()), SideBuilder::finish);
                let mut segment = Segment::new(id, source.finish(), target);
                segment.state = state;
                segment.context.clone_from(&unit.context);
                segment.ignored.clone_from(&unit.ignored);
                Item::Segment(Box::new(segment))
            }
        };
        self.ready.push_back(item);
    }
}

/// The states of XLIFF 1.2, of XLIFF 2 and the confirmations of SDLXLIFF.
fn state(said: &str) -> State {
    match said {
        "translated" | "reviewed" | "Translated" | "ApprovedTranslation" => State::Translated,
        "final" | "signed-off" | "ApprovedSignOff" => State::Final,
        "new" | "initial" | "Draft" | "Unspecified" | "RejectedTranslation" | "RejectedSignOff" => {
            State::Draft
        }
        said if said.starts_with("needs-") => State::Draft,
        _ => State::Unknown,
    }
}

/// Passes over the rest of an element.
fn skip(xml: &mut Xml, within: &str) -> Result<(), Problem> {
    let mut depth = 0;
    loop {
        match xml.next()?.0 {
            Event::Start(_) => depth += 1,
            Event::End(name) if depth == 0 && name == within => return Ok(()),
            Event::End(_) => depth -= 1,
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
