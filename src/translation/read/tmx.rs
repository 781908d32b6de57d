//! TMX: units of one text in several languages (<https://www.gala-global.org/tmx-14b>).

use std::collections::VecDeque;

use super::inline::{Inline, Parsed};
use super::stream::TextStream;
use super::xml::{Element, Event, Xml};
use super::{Item, Items, Languages, Problem, ignored, ignored_by_note, language_of};
use crate::lang::Language;
use crate::translation::{Location, Segment, Side};

/// Languages of a unit that are read.
const MOST_LANGUAGES: usize = 64;

pub(super) fn recognises(beginning: &str) -> bool {
    beginning.contains("<tmx")
}

pub(super) fn open(stream: TextStream, languages: Languages) -> Items {
    Box::new(Tmx {
        xml: Xml::new(stream),
        languages,
        source: None,
        number: 0,
        ready: VecDeque::new(),
        ended: false,
    })
}

struct Tmx {
    xml: Xml,
    languages: Languages,
    /// The language of the sources, as the head says.
    source: Option<Language>,
    number: usize,
    ready: VecDeque<Item>,
    ended: bool,
}

/// A unit in the course of being read.
#[derive(Default)]
struct Unit {
    id: Option<String>,
    location: Option<Location>,
    source: Option<Language>,
    variants: Vec<(Language, Side)>,
    ignored: Vec<String>,
    context: Option<String>,
    too_long: bool,
}

impl Iterator for Tmx {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while self.ready.is_empty() && !self.ended {
            if let Err(problem) = self.unit() {
                self.ended = true;
                self.ready.push_back(Item::Problem(problem));
            }
        }
        self.ready.pop_front()
    }
}

impl Tmx {
    /// Reads up to the end of the next unit.
    fn unit(&mut self) -> Result<(), Problem> {
        loop {
            match self.xml.next()? {
                (Event::Start(element), place) if element.name == "tu" => {
                    let unit = self.variants(&element, place)?;
                    self.segments(unit);
                    return Ok(());
                }
                (Event::Start(element), _) if element.name == "header" => {
                    self.source = element.attribute("srclang").and_then(language_of);
                }
                (Event::Eof, _) => {
                    self.ended = true;
                    return Ok(());
                }
                _ => {}
            }
        }
    }

    fn variants(&mut self, start: &Element, place: Location) -> Result<Unit, Problem> {
        let mut unit = Unit {
            id: start.attribute("tuid").map(str::to_owned),
            source: start.attribute("srclang").and_then(language_of),
            location: Some(place),
            ..Unit::default()
        };
        let mut language = Language::UNKNOWN;
        loop {
            match self.xml.next()? {
                (Event::Start(element), place) => match element.name.as_str() {
                    "tuv" => {
                        let code = element.attribute("lang");
                        language = code.and_then(language_of).unwrap_or(Language::UNKNOWN);
                    }
                    "seg" => {
                        let inline = Inline::new(&mut self.xml, "seg", language);
                        let Parsed { whole, .. } = inline.read(place)?;
                        unit.too_long |= whole.too_long;
                        if unit.variants.len() < MOST_LANGUAGES {
                            unit.variants.push((language, whole.finish()));
                        }
                    }
                    "prop" | "note" => {
                        let kind = element.attribute("type").unwrap_or("").to_owned();
                        let name = element.name.clone();
                        let text = super::inline::plain(&mut self.xml, &name)?;
                        if kind == "parallax:ignore" {
                            unit.ignored = ignored(&text);
                        } else if let Some(ids) = ignored_by_note(&text) {
                            unit.ignored = ids;
                        } else if kind.contains("context") {
                            unit.context = Some(text);
                        }
                    }
                    _ => {}
                },
                (Event::End(name), _) if name == "tu" => return Ok(unit),
                (Event::Eof, _) => return Ok(unit),
                _ => {}
            }
        }
    }

    /// The segments of a unit: its source with each other language, or with the one that is asked for.
    fn segments(&mut self, unit: Unit) {
        self.number += 1;
        let id = unit.id.unwrap_or_else(|| self.number.to_string());
        let place = unit.location.unwrap_or(Location { line: 1, column: 1 });
        if unit.too_long {
            let message = format!("unit {id} {}", super::stream::TOO_LONG);
            let hint = "split it; segments are sentences or paragraphs";
            self.ready.push_back(Item::Problem(Problem::at(place, message, hint)));
            return;
        }
        let wanted = self.languages.source.or(unit.source).or(self.source);
        let at = wanted.and_then(|wanted| unit.variants.iter().position(|v| v.0 == wanted));
        let mut variants = unit.variants;
        if variants.len() < 2 {
            let message = format!("unit {id} has {} of two languages", variants.len());
            let hint = "a unit needs a source and a translation";
            self.ready.push_back(Item::Problem(Problem::at(place, message, hint)));
            return;
        }
        let (_, source) = variants.remove(at.unwrap_or(0));
        let asked = |language: &Language| self.languages.target.is_none_or(|t| t == *language);
        let targets: Vec<(Language, Side)> =
            variants.into_iter().filter(|(language, _)| asked(language)).collect();
        let several = targets.len() > 1;
        for (language, target) in targets {
            let id = if several { format!("{id}.{language}") } else { id.clone() };
            let mut segment = Segment::new(id, source.clone(), target);
            segment.ignored.clone_from(&unit.ignored);
            segment.context.clone_from(&unit.context);
            self.ready.push_back(Item::Segment(Box::new(segment)));
        }
    }
}
