//! TSV and CSV: a head that names the columns, then a segment a row.
//!
//! In TSV a field is what stands between two tabs, quotes and all; in CSV a field may be quoted and run over
//! several lines (RFC 4180), and columns may be separated by semicolons.

use std::collections::VecDeque;

use super::stream::{Line, TextStream};
use super::{Item, Items, LONGEST, Languages, Problem};
use crate::lang::Language;
use crate::translation::{Location, Segment, Side};

/// Names of the columns that are read. A column of another name is passed over.
const COLUMNS: [(Column, &[&str]); 7] = [
    (Column::Source, &["source", "src", "original"]),
    (Column::Target, &["target", "tgt", "translation", "mt"]),
    (Column::Id, &["id", "key"]),
    (Column::Context, &["context", "note"]),
    (Column::Ignored, &["ignore"]),
    (Column::SourceLanguage, &["source_lang", "source-lang"]),
    (Column::TargetLanguage, &["target_lang", "target-lang"]),
];
/// Most bytes of a row.
const LONGEST_ROW: usize = 4 * LONGEST;
/// Most lines of a quoted field; beyond, a quotation mark is missing.
const MOST_LINES: usize = 1000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Source,
    Target,
    Id,
    Context,
    Ignored,
    SourceLanguage,
    TargetLanguage,
}

/// Text of a field with the places of its parts.
#[derive(Debug, Clone, Default)]
pub(super) struct Field {
    pub(super) text: String,
    anchors: Vec<(usize, Location)>,
}

pub(super) fn recognises_tsv(beginning: &str) -> bool {
    separator(beginning.lines().next().unwrap_or("")) == Some('\t')
}

pub(super) fn recognises_csv(beginning: &str) -> bool {
    separator(beginning.lines().next().unwrap_or("")).is_some_and(|sign| sign != '\t')
}

/// The sign that separates the columns of a head, where it has both that are needed.
fn separator(head: &str) -> Option<char> {
    ['\t', ',', ';'].into_iter().find(|&sign| {
        let names: Vec<Option<Column>> = head.split(sign).map(column).collect();
        names.contains(&Some(Column::Source)) && names.contains(&Some(Column::Target))
    })
}

fn column(name: &str) -> Option<Column> {
    let name = name.trim().trim_matches('"').to_lowercase();
    COLUMNS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(column, _)| *column)
}

pub(super) fn open(stream: TextStream, languages: Languages) -> Items {
    let records = Records::new(stream);
    Box::new(Rows { records, languages, columns: Vec::new(), number: 0, head_read: false })
}

/// The rows of a table behind its head.
pub(super) struct Records {
    stream: TextStream,
    separator: char,
    /// Lines read too early, while a quoted field looked as if it went on.
    waiting: VecDeque<Line>,
    ended: bool,
}

/// A row: where it begins, and its fields.
pub(super) type Record = (Location, Vec<Field>);

impl Records {
    pub(super) fn new(stream: TextStream) -> Self {
        Self { stream, separator: '\t', waiting: VecDeque::new(), ended: false }
    }

    /// Sets the sign between columns: with tabs there is no quoting.
    pub(super) fn separate(&mut self, separator: char) {
        self.separator = separator;
    }

    /// The next line as it is.
    pub(super) fn line(&mut self) -> std::io::Result<Option<Line>> {
        match self.waiting.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.stream.line(LONGEST_ROW),
        }
    }

    /// Where reading has come to.
    pub(super) fn location(&self) -> Location {
        self.stream.location()
    }

    /// The next row that is not blank, or what is wrong with it.
    pub(super) fn next(&mut self) -> Option<Result<Record, Problem>> {
        while !self.ended {
            let line = match self.line() {
                Ok(line) => line?,
                Err(error) => {
                    self.ended = true;
                    let message = format!("cannot be read further ({error})");
                    let hint = "check the file and the disk it is on";
                    return Some(Err(Problem::at(self.location(), message, hint)));
                }
            };
            let location = line.location;
            if line.too_long {
                return Some(Err(too_long(location)));
            }
            if line.text.trim().is_empty() {
                continue;
            }
            let fields = if self.separator == '\t' { Ok(tabs(&line)) } else { self.quoted(line) };
            return Some(fields.map(|fields| (location, fields)));
        }
        None
    }

    /// The fields of a row that may be quoted and go on in the next lines.
    fn quoted(&mut self, first: Line) -> Result<Vec<Field>, Problem> {
        let start = first.location;
        let mut fields = Vec::new();
        let mut reading = Reading { field: Field::default(), quoted: false, fresh: true };
        reading.line(&first, self.separator, &mut fields);
        let mut more = Vec::new();
        let mut length = first.text.len();
        while reading.quoted {
            let enough = more.len() >= MOST_LINES || length >= LONGEST_ROW;
            let next = if enough { None } else { self.line().ok().flatten() };
            let Some(next) = next else {
                // The quotation mark is a slip: the lines behind it are rows of their own.
                more.into_iter().rev().for_each(|line| self.waiting.push_front(line));
                let message = "has a quotation mark that is never closed";
                let hint = "close it, or double it where it is part of the text";
                return Err(Problem::at(start, message, hint));
            };
            length += next.text.len();
            reading.field.text.push('\n');
            reading.line(&next, self.separator, &mut fields);
            more.push(next);
        }
        fields.push(reading.field);
        Ok(fields)
    }
}

struct Rows {
    records: Records,
    languages: Languages,
    columns: Vec<Option<Column>>,
    /// Number of the last row, the head not counted.
    number: usize,
    head_read: bool,
}

impl Iterator for Rows {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if !self.head_read {
            self.head_read = true;
            if let Err(problem) = self.head() {
                return Some(Item::Problem(problem));
            }
        }
        if self.columns.is_empty() {
            return None;
        }
        let record = self.records.next()?;
        self.number += 1;
        Some(record.and_then(|record| self.segment(record)).unwrap_or_else(Item::Problem))
    }
}

impl Rows {
    fn head(&mut self) -> Result<(), Problem> {
        let line = self.records.line().ok().flatten();
        let head = line.as_ref().map_or("", |line| line.text.as_str());
        let location = line.as_ref().map_or(self.records.location(), |line| line.location);
        let separator = separator(head).ok_or_else(|| {
            Problem::at(
                location,
                "has no head with the columns `source` and `target`",
                "name the columns in the first row, separated by tabs or commas",
            )
        })?;
        self.records.separate(separator);
        self.columns = head.split(separator).map(column).collect();
        Ok(())
    }

    fn segment(&self, (location, fields): Record) -> Result<Item, Problem> {
        let field = |wanted: Column| {
            let at = self.columns.iter().position(|&column| column == Some(wanted))?;
            fields.get(at)
        };
        let (Some(source), Some(target)) = (field(Column::Source), field(Column::Target)) else {
            let message = format!(
                "row {} has {} of {} columns",
                self.number,
                fields.len(),
                self.columns.len()
            );
            let hint = "put as many separators in each row as in the head";
            return Err(Problem::at(location, message, hint));
        };
        if source.text.len() > LONGEST || target.text.len() > LONGEST {
            return Err(too_long(location));
        }
        let text = |wanted: Column| field(wanted).map(|field| field.text.trim());
        let language = |column: Column, known: Option<Language>| {
            let given = text(column).and_then(Language::from_code);
            known.or(given).unwrap_or(Language::UNKNOWN)
        };
        let side = |field: &Field, language: Language| {
            let mut side = Side::new(field.text.clone(), language);
            side.anchors.clone_from(&field.anchors);
            side
        };
        let id = text(Column::Id).filter(|id| !id.is_empty());
        let mut segment = Segment::new(
            id.map_or_else(|| self.number.to_string(), str::to_owned),
            side(source, language(Column::SourceLanguage, self.languages.source)),
            side(target, language(Column::TargetLanguage, self.languages.target)),
        );
        segment.context = text(Column::Context).filter(|text| !text.is_empty()).map(str::to_owned);
        segment.ignored = super::ignored(text(Column::Ignored).unwrap_or(""));
        Ok(Item::Segment(Box::new(segment)))
    }
}

fn too_long(location: Location) -> Problem {
    Problem::at(
        location,
        format!("holds a segment of more than {} bytes", LONGEST),
        "split it; segments are sentences or paragraphs",
    )
}

/// The fields of a line without quoting.
fn tabs(line: &Line) -> Vec<Field> {
    let mut location = line.location;
    let mut fields = Vec::new();
    for text in line.text.split('\t') {
        fields.push(Field { text: text.to_owned(), anchors: vec![(0, location)] });
        location = location.behind(text.as_bytes()).behind(b"\t");
    }
    fields
}

/// A field in the course of being read.
struct Reading {
    field: Field,
    quoted: bool,
    /// Whether nothing of the field was read.
    fresh: bool,
}

impl Reading {
    /// Reads a line; fields that end in it go to `fields`.
    fn line(&mut self, line: &Line, separator: char, fields: &mut Vec<Field>) {
        let mut location = line.location;
        self.anchor(location);
        let mut letters = line.text.chars().peekable();
        while let Some(letter) = letters.next() {
            let mut encoded = [0; 4];
            location = location.behind(letter.encode_utf8(&mut encoded).as_bytes());
            if self.quoted && letter == '"' {
                if letters.next_if_eq(&'"').is_some() {
                    self.field.text.push('"');
                    location = location.behind(b"\"");
                    self.anchor(location);
                } else {
                    self.quoted = false;
                }
            } else if !self.quoted && letter == '"' && self.fresh {
                self.quoted = true;
                self.anchor(location);
            } else if !self.quoted && letter == separator {
                fields.push(std::mem::take(&mut self.field));
                self.fresh = true;
                self.anchor(location);
                continue;
            } else {
                self.field.text.push(letter);
            }
            self.fresh = false;
        }
    }

    fn anchor(&mut self, location: Location) {
        let at = self.field.text.len();
        match self.field.anchors.last_mut() {
            Some(last) if last.0 == at => last.1 = location,
            _ => self.field.anchors.push((at, location)),
        }
    }
}
