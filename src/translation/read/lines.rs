//! Two files whose lines belong together: line 5 of the one translates line 5 of the other.

use std::io::{self, Read};

use super::stream::{Line, TextStream};
use super::{Item, Items, LONGEST, Languages, Problem};
use crate::lang::Language;
use crate::translation::{Location, Segment, Side};

/// The two files.
pub struct LinePair {
    /// Name and content of the source.
    pub source: (String, Box<dyn Read + Send>),
    /// Name and content of the target.
    pub target: (String, Box<dyn Read + Send>),
}

/// The segments of two files with a sentence a line. Two blank lines are no segment.
///
/// # Errors
/// A [`Problem`] where a file cannot be read.
pub fn line_pairs(files: LinePair, languages: Languages) -> Result<Items, Problem> {
    let open = |(name, input): (String, Box<dyn Read + Send>)| {
        TextStream::open(input).map(|stream| (name.clone(), stream)).map_err(|error| Problem {
            location: None,
            message: format!("{name}: cannot be read ({error})"),
            hint: "check the file's permissions".to_owned(),
        })
    };
    let (source, target) = (open(files.source)?, open(files.target)?);
    Ok(Box::new(Lines { sides: [source, target], languages, number: 0, ended: false }))
}

struct Lines {
    sides: [(String, TextStream); 2],
    languages: Languages,
    number: usize,
    ended: bool,
}

impl Iterator for Lines {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while !self.ended {
            let [source, target] = &mut self.sides;
            let lines = source.1.line(LONGEST).and_then(|one| Ok((one, target.1.line(LONGEST)?)));
            self.number += 1;
            match lines {
                Ok((None, None)) => self.ended = true,
                Ok((Some(source), Some(target))) => {
                    if !(source.text.trim().is_empty() && target.text.trim().is_empty()) {
                        return Some(self.pair(source, target));
                    }
                }
                Ok((source, _)) => {
                    let longer = usize::from(source.is_none());
                    match self.rest(longer) {
                        Ok(rest) => return rest.map(Item::Problem),
                        Err(error) => return Some(self.failed(&error)),
                    }
                }
                Err(error) => return Some(self.failed(&error)),
            }
        }
        None
    }
}

impl Lines {
    fn pair(&self, source: Line, target: Line) -> Item {
        if source.too_long || target.too_long {
            return Item::Problem(Problem::at(
                source.location,
                format!("is longer than {LONGEST} bytes"),
                "split it; lines are sentences or paragraphs",
            ));
        }
        let side = |line: Line, language: Option<Language>| {
            let mut side = Side::new(line.text, language.unwrap_or(Language::UNKNOWN));
            side.anchors.push((0, line.location));
            side
        };
        let source = side(source, self.languages.source);
        let target = side(target, self.languages.target);
        Item::Segment(Box::new(Segment::new(self.number.to_string(), source, target)))
    }

    /// What is left over of the longer file, if it is more than blank lines.
    fn rest(&mut self, longer: usize) -> io::Result<Option<Problem>> {
        self.ended = true;
        let first = self.number;
        // The line that was read and has no partner counts too.
        let mut last = first;
        while self.sides[longer].1.line(LONGEST)?.is_some() {
            last += 1;
        }
        let (longer, shorter) = (&self.sides[longer].0, &self.sides[1 - longer].0);
        Ok(Some(Problem {
            location: Some(Location { line: first, column: 1 }),
            message: format!(
                "{longer} has {last} lines, {shorter} has {}: what is beyond was not checked",
                first - 1
            ),
            hint: "leave out --lines to have the two files aligned sentence by sentence".to_owned(),
        }))
    }

    fn failed(&mut self, error: &io::Error) -> Item {
        self.ended = true;
        Item::Problem(Problem {
            location: None,
            message: format!("cannot be read further ({error})"),
            hint: "check the files and the disk they are on".to_owned(),
        })
    }
}
