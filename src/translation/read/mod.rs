//! Reads the segments of a translation from files, one after the other, so that a file of any length takes
//! the same memory.
//!
//! A format is a file in this folder and a row in [`FORMATS`].

mod declared;
mod delimited;
mod glossary;
mod inline;
mod lines;
mod po;
mod side;
mod stream;
mod tmx;
mod xliff;
mod xml;

use std::io::Read;

use self::stream::TextStream;
use super::{Location, Segment};
use crate::lang::Language;

pub use glossary::glossary;
pub use lines::{LinePair, line_pairs};

/// Most bytes of one side of a segment.
pub const LONGEST: usize = 1 << 20;

/// What comes next in a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A segment.
    Segment(Box<Segment>),
    /// A part that is no segment and should be one. What follows is read all the same, if anything does.
    Problem(Problem),
    /// Something to know about the file by which nothing is lost.
    Remark(Problem),
}

/// What is wrong with a part of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is, if it is in one place.
    pub location: Option<Location>,
    /// What is wrong, to be read behind the place.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Problem {
    /// A problem at a place.
    pub(crate) fn at(
        location: Location,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self { location: Some(location), message: message.into(), hint: hint.into() }
    }
}

/// The segments of a file, and what is wrong with it, in the order of the file.
pub type Items = Box<dyn Iterator<Item = Item> + Send>;

/// The languages of a translation, where they are known before it is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Languages {
    /// Language of the source.
    pub source: Option<Language>,
    /// Language of the target.
    pub target: Option<Language>,
}

/// A file format.
pub struct FileFormat {
    /// Its name.
    pub name: &'static str,
    /// The endings of its files.
    pub endings: &'static [&'static str],
    /// Whether a file may be one, by its beginning.
    recognises: fn(&str) -> bool,
    open: fn(TextStream, Languages) -> Items,
}

/// The formats with both sides in one file.
pub const FORMATS: &[FileFormat] = &[
    FileFormat {
        name: "XLIFF",
        endings: &["xlf", "xliff", "sdlxliff", "mqxliff"],
        recognises: xliff::recognises,
        open: xliff::open,
    },
    FileFormat { name: "TMX", endings: &["tmx"], recognises: tmx::recognises, open: tmx::open },
    FileFormat { name: "PO", endings: &["po", "pot"], recognises: po::recognises, open: po::open },
    FileFormat {
        name: "TSV",
        endings: &["tsv", "tab"],
        recognises: delimited::recognises_tsv,
        open: delimited::open,
    },
    FileFormat {
        name: "CSV",
        endings: &["csv"],
        recognises: delimited::recognises_csv,
        open: delimited::open,
    },
];

/// Characters of a file that tell its format.
const BEGINNING: usize = 4096;

/// Opens a file with both sides of a translation. Its format is told by its beginning, else by the ending of
/// its name.
///
/// # Errors
/// A [`Problem`] where the file cannot be read or is in none of the [`FORMATS`].
pub fn open(
    name: &str,
    input: Box<dyn Read + Send>,
    languages: Languages,
) -> Result<Items, Problem> {
    let unreadable = |error: std::io::Error| Problem {
        location: None,
        message: format!("cannot be read ({error})"),
        hint: "check the file's permissions".to_owned(),
    };
    let mut stream = TextStream::open(input).map_err(unreadable)?;
    let beginning = stream.beginning(BEGINNING).map_err(unreadable)?;
    if beginning.contains('\0') {
        return Err(Problem {
            location: None,
            message: "is not text".to_owned(),
            hint: format!("give a file in one of these formats: {}", names()),
        });
    }
    let ending = name.rsplit('.').next().unwrap_or("").to_lowercase();
    let by_ending = || FORMATS.iter().find(|format| format.endings.contains(&ending.as_str()));
    let format = FORMATS.iter().find(|format| (format.recognises)(&beginning)).or_else(by_ending);
    match format {
        Some(format) => {
            let remark = misdeclared(&stream);
            Ok(Box::new(remark.into_iter().chain((format.open)(stream, languages))))
        }
        None => Err(Problem {
            location: None,
            message: "is in no format known here".to_owned(),
            hint: format!(
                "give a file with a source and a target in one of these formats: {}; or two files, SOURCE and TARGET",
                names()
            ),
        }),
    }
}

/// What to say of a file that is in another encoding than it says.
fn misdeclared(stream: &TextStream) -> Option<Item> {
    let (says, found) = stream.misdeclared()?;
    Some(Item::Remark(Problem {
        location: None,
        message: format!("says that it is in {says} and is in {found}, which it was read as"),
        hint: "correct its head, or other programs will misread it".to_owned(),
    }))
}

fn names() -> String {
    FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ")
}

/// The ids of checks that a note or a comment silences: those behind `parallax:ignore`, or all.
fn ignored_by_note(note: &str) -> Option<Vec<String>> {
    let rest = note.trim().strip_prefix("parallax:")?;
    let ids = ignored(rest.trim_start().strip_prefix("ignore")?);
    Some(if ids.is_empty() { vec!["*".to_owned()] } else { ids })
}

/// The language of a tag such as `en-US` (BCP 47); scripts and regions do not count.
fn language_of(tag: &str) -> Option<Language> {
    Language::from_code(&tag.split(['-', '_', '.', '@']).next()?.to_lowercase())
}

/// The ids of checks that a file silences for a segment, from a list in its text.
fn ignored(list: &str) -> Vec<String> {
    let ids = list.split([',', ' ', ';']).filter(|id| !id.is_empty());
    ids.map(|id| if id == "all" { "*".to_owned() } else { id.to_owned() }).collect()
}
