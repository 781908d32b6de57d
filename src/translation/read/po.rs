//! PO, the files of gettext: <https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html>

use std::collections::VecDeque;

use super::side::SideBuilder;
use super::stream::{Line, TOO_LONG, TextStream};
use super::{Item, Items, LONGEST, Languages, Problem, ignored_by_note, language_of};
use crate::lang::Language;
use crate::translation::{Location, Plural, Segment, Side, State};

/// Plural forms of an entry that are read.
const MOST_FORMS: usize = 16;

pub(super) fn recognises(beginning: &str) -> bool {
    beginning.lines().any(|line| line.starts_with("msgid \"")) && beginning.contains("msgstr")
}

pub(super) fn open(stream: TextStream, languages: Languages) -> Items {
    Box::new(Po {
        stream,
        languages,
        said: None,
        number: 0,
        ready: VecDeque::new(),
        entry: Entry::default(),
        ended: false,
    })
}

struct Po {
    stream: TextStream,
    languages: Languages,
    /// The language of the translations, as the head says.
    said: Option<Language>,
    number: usize,
    ready: VecDeque<Item>,
    entry: Entry,
    ended: bool,
}

/// What a line of an entry begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Context,
    Source,
    Plural,
    Target(usize),
}

/// An entry in the course of being read.
#[derive(Default)]
struct Entry {
    fields: Vec<(Field, SideBuilder)>,
    fuzzy: bool,
    ignored: Vec<String>,
    location: Option<Location>,
    broken: bool,
}

impl Entry {
    fn take(&mut self, wanted: Field) -> Option<Side> {
        let at = self.fields.iter().position(|(field, _)| *field == wanted)?;
        Some(self.fields.remove(at).1.finish())
    }

    fn has_targets(&self) -> bool {
        self.fields.iter().any(|(field, _)| matches!(field, Field::Target(_)))
    }
}

impl Iterator for Po {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while self.ready.is_empty() && !self.ended {
            match self.stream.line(LONGEST) {
                Ok(Some(line)) => self.line(&line),
                Ok(None) => {
                    self.ended = true;
                    self.finish();
                }
                Err(error) => {
                    self.ended = true;
                    let message = format!("cannot be read further ({error})");
                    let place = self.stream.location();
                    let hint = "check the file and the disk it is on";
                    self.ready.push_back(Item::Problem(Problem::at(place, message, hint)));
                }
            }
        }
        self.ready.pop_front()
    }
}

impl Po {
    fn line(&mut self, line: &Line) {
        let text = line.text.trim_start();
        let indent = line.text.len() - text.len();
        if line.too_long {
            self.broken(line.location, TOO_LONG);
        } else if text.is_empty() {
            self.finish();
        } else if let Some(comment) = text.strip_prefix('#') {
            if self.entry.has_targets() {
                self.finish();
            }
            self.comment(comment);
        } else if text.starts_with('"') {
            self.string(text, line.location, indent);
        } else if let Some((field, length)) = field(text) {
            let begins = matches!(field, Field::Context | Field::Source);
            if begins && self.entry.has_targets() {
                self.finish();
            }
            self.entry.location.get_or_insert(line.location);
            let language = match field {
                Field::Target(_) => self.languages.target.or(self.said),
                _ => self.languages.source,
            };
            let side = SideBuilder::new(language.unwrap_or(Language::UNKNOWN));
            if self.entry.fields.len() < MOST_FORMS {
                self.entry.fields.push((field, side));
            }
            let rest = &text[length..];
            let string = rest.trim_start();
            self.string(string, line.location, indent + length + rest.len() - string.len());
        } else {
            self.broken(line.location, "is no line of a PO file");
        }
    }

    fn comment(&mut self, comment: &str) {
        if let Some(flags) = comment.strip_prefix(',') {
            self.entry.fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
            // `no-c-format`: what looks like a placeholder is none.
            if flags.split(',').any(|flag| flag.trim().starts_with("no-")) {
                self.entry.ignored.push("placeholder".to_owned());
            }
        } else if let Some(ids) = ignored_by_note(comment.trim_start_matches(['.', ' '])) {
            self.entry.ignored.extend(ids);
        }
    }

    /// A quoted string, which starts `column` bytes into its line (all of them ASCII).
    fn string(&mut self, text: &str, location: Location, column: usize) {
        let Some((_, side)) = self.entry.fields.last_mut() else {
            return self.broken(location, "has a text that belongs to nothing");
        };
        let inner = text.trim_end().strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        let Some(inner) = inner else {
            return self.broken(location, "has a text without quotation marks around it");
        };
        let mut place = Location { column: location.column + column + 1, ..location };
        side.place(place);
        let mut rest = inner;
        while let Some(at) = rest.find('\\') {
            side.text(&rest[..at], place);
            place = place.behind(&rest.as_bytes()[..at]);
            let mut letters = rest[at + 1..].chars();
            let letter = letters.next().unwrap_or('\\');
            let meant = match letter {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other => other,
            };
            side.escaped(meant, place);
            place = place.behind(b"\\").behind(letter.to_string().as_bytes());
            rest = letters.as_str();
        }
        side.text(rest, place);
    }

    /// Tells what is wrong; the entry is passed over.
    fn broken(&mut self, location: Location, message: &str) {
        if !std::mem::replace(&mut self.entry.broken, true) {
            let hint = "mend the entry; the others are checked";
            self.ready.push_back(Item::Problem(Problem::at(location, message, hint)));
        }
    }

    /// Makes segments of the entry: one, or one for each plural form.
    fn finish(&mut self) {
        let mut entry = std::mem::take(&mut self.entry);
        let place = entry.location.unwrap_or(self.stream.location());
        let too_long = entry.fields.iter().any(|(_, side)| side.too_long);
        if entry.broken || entry.fields.is_empty() {
            return;
        }
        if too_long {
            let hint = "split it; segments are sentences or paragraphs";
            self.ready.push_back(Item::Problem(Problem::at(place, TOO_LONG, hint)));
            return;
        }
        let context = entry.take(Field::Context).map(|side| side.text);
        let Some(source) = entry.take(Field::Source) else {
            let hint = "each entry needs a `msgid`";
            self.ready.push_back(Item::Problem(Problem::at(place, "has no `msgid`", hint)));
            return;
        };
        let plural = entry.take(Field::Plural);
        if source.text.is_empty() && context.is_none() {
            let head = entry.take(Field::Target(0)).map_or(String::new(), |side| side.text);
            self.head(&head);
            return;
        }
        self.number += 1;
        if !entry.has_targets() {
            let hint = "each entry needs a `msgstr`";
            self.ready.push_back(Item::Problem(Problem::at(place, "has no `msgstr`", hint)));
        }
        let state = if entry.fuzzy { State::Draft } else { State::Unknown };
        for (field, target) in entry.fields {
            let Field::Target(form) = field else { continue };
            let number = self.number;
            let id =
                if plural.is_some() { format!("{number}[{form}]") } else { number.to_string() };
            // The first form is mostly the singular; where it is not, the other source speaks for it.
            let (own, other) = match &plural {
                Some(plural) if form > 0 => (plural.clone(), Some(source.text.clone())),
                Some(plural) => (source.clone(), Some(plural.text.clone())),
                None => (source.clone(), None),
            };
            let mut segment = Segment::new(id, own, target.finish());
            segment.plural = other.map(|other_source| Plural { form, other_source });
            segment.state = state;
            segment.context.clone_from(&context);
            segment.ignored.clone_from(&entry.ignored);
            self.ready.push_back(Item::Segment(Box::new(segment)));
        }
    }

    /// The head of the file, a translation of nothing, says which language it is in.
    fn head(&mut self, head: &str) {
        let language = head.lines().find_map(|line| line.strip_prefix("Language:"));
        self.said = language.and_then(|code| language_of(code.trim())).or(self.said);
    }
}

/// The field that a line begins, and how many bytes name it.
fn field(text: &str) -> Option<(Field, usize)> {
    let names =
        [("msgctxt", Field::Context), ("msgid_plural", Field::Plural), ("msgid", Field::Source)];
    if let Some((name, field)) = names.into_iter().find(|(name, _)| text.starts_with(name)) {
        return Some((field, name.len()));
    }
    let rest = text.strip_prefix("msgstr")?;
    match rest.strip_prefix('[') {
        None => Some((Field::Target(0), "msgstr".len())),
        Some(rest) => {
            let (number, _) = rest.split_once(']')?;
            let form = number.trim().parse().ok().filter(|&form| form < MOST_FORMS)?;
            Some((Field::Target(form), "msgstr[]".len() + number.len()))
        }
    }
}
