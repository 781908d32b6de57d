//! Corpora: articles with what is known about them, from a folder of files, JSON lines, CSV, TSV or Parquet.

mod dates;
mod folder;
mod json;
mod parquet;
mod spelling;
mod table;

use std::fs;
use std::path::Path;

use rayon::prelude::*;

pub use dates::DateOrder;
pub use table::{FIELDS, Field, FieldInfo};

use self::dates::Dates;
use self::table::{Columns, RawTable};
use super::delimited::Delimited;
use crate::error::{Error, InputProblem, Result};
use crate::ingest::{self, Given, IngestOptions, Note, Skipped};
use crate::lang::Language;
use crate::text::Document;

/// How a corpus is read.
#[derive(Debug, Clone, Default)]
pub struct CorpusOptions {
    /// How texts are read.
    pub ingest: IngestOptions,
    /// Names of columns that differ from the usual ones.
    pub columns: Vec<(Field, String)>,
    /// How `01/02/2013` is meant, where the dates of the corpus do not tell.
    pub date_order: Option<DateOrder>,
}

/// What is known about an article besides its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    /// Its name in tables: from the corpus, or its place in it.
    pub id: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// In which country.
    pub country: Option<String>,
    /// Where it stands on the web.
    pub url: Option<String>,
    /// A group that the corpus gives it.
    pub group: Option<String>,
    /// The event it tells of, where the corpus says so.
    pub event: Option<String>,
}

/// The articles of a corpus.
#[derive(Debug, Default)]
pub struct Corpus {
    /// The articles with what is known about them, in the order of the corpus.
    pub articles: Vec<(Meta, Document)>,
    /// Records and files that gave none.
    pub skipped: Vec<Skipped>,
    /// Remarks, e.g. on dates that can be read in two ways.
    pub notes: Vec<Note>,
}

/// Files that hold a table of articles, by their endings. Adding a form is a row here.
const TABLES: [(&str, ReadTable); 6] = [
    ("csv", read_delimited),
    ("tsv", read_delimited),
    ("jsonl", json::read),
    ("ndjson", json::read),
    ("json", json::read),
    ("parquet", parquet::read),
];

type ReadTable = fn(&str, Vec<u8>) -> Result<RawTable>;

fn read_delimited(name: &str, bytes: Vec<u8>) -> Result<RawTable> {
    Ok(Delimited::read(name, &bytes)?.into())
}

impl Corpus {
    /// Reads the corpus at a path.
    ///
    /// # Errors
    /// If nothing can be read at all; a record or file that cannot is in [`Corpus::skipped`].
    pub fn read(path: &Path, options: &CorpusOptions) -> Result<Self> {
        if !path.exists() {
            let source_name = path.display().to_string();
            return Err(Error::Input { source_name, reason: InputProblem::Missing });
        }
        let mut corpus = if path.is_dir() {
            folder::read(path, options)?
        } else {
            let reader = table_reader(path).ok_or_else(|| unknown_form(path))?;
            let mut corpus = Self::default();
            corpus.add_table(path, reader, options)?;
            corpus
        };
        corpus.unify();
        Ok(corpus)
    }

    /// Adds the articles of a table.
    fn add_table(&mut self, path: &Path, read: ReadTable, options: &CorpusOptions) -> Result<()> {
        let name = path.display().to_string();
        let failed = |error| Error::Io { path: path.to_owned(), error };
        let size = fs::metadata(path).map_err(failed)?.len();
        if size == 0 {
            return Err(Error::Input { source_name: name, reason: InputProblem::Empty });
        }
        let table = read(&name, fs::read(path).map_err(failed)?)?;
        let columns = Columns::of(&name, &table, &options.columns)?;
        for (line, reason) in &table.broken {
            let error = Error::Table {
                source_name: format!("{name}:{line}"),
                reason: reason.clone(),
                hint: "mend the record, or leave it out".to_owned(),
            };
            self.skipped.push(Skipped { source: format!("{name}:{line}"), error });
        }
        let dates = Dates::of(table.rows.iter().filter_map(|row| columns.get(row, Field::Date)));
        let order = options.date_order.or(dates.order());
        let read: Vec<Result<Read, Skipped>> = table
            .rows
            .par_iter()
            .map(|row| article(&name, row.line, |field| columns.get(row, field), order, options))
            .collect();
        let mut unread = Vec::new();
        for article in read {
            match article {
                Ok(Read { meta, document, unread_date }) => {
                    unread.extend(unread_date);
                    self.articles.push((meta, document));
                }
                Err(skipped) => self.skipped.push(skipped),
            }
        }
        self.notes.extend(dates.notes(&name, options.date_order, &unread));
        Ok(())
    }

    /// Makes one of several spellings of a name, and fills in what can be told from elsewhere.
    fn unify(&mut self) {
        let mut from_address = 0;
        for (meta, _) in &mut self.articles {
            if meta.outlet.is_none() {
                meta.outlet = meta.url.as_deref().and_then(host);
                from_address += usize::from(meta.outlet.is_some());
            }
        }
        let source = "corpus".to_owned();
        if from_address > 0 {
            let message = format!(
                "{from_address} articles name no outlet; the host of their address stands for it"
            );
            self.notes.push(Note { source: source.clone(), message });
        }
        type Pick = fn(&mut Meta) -> &mut Option<String>;
        let fields: [(&str, Pick); 3] = [
            ("outlet", |meta| &mut meta.outlet),
            ("country", |meta| &mut meta.country),
            ("group", |meta| &mut meta.group),
        ];
        for (what, pick) in fields {
            let values = self.articles.iter_mut().map(|(meta, _)| pick(meta));
            for message in spelling::unify(what, values) {
                self.notes.push(Note { source: source.clone(), message });
            }
        }
    }
}

/// The reader for a file's ending.
fn table_reader(path: &Path) -> Option<ReadTable> {
    let ending = path.extension()?.to_str()?.to_lowercase();
    TABLES.iter().find(|(known, _)| *known == ending).map(|&(_, read)| read)
}

fn unknown_form(path: &Path) -> Error {
    Error::Table {
        source_name: path.display().to_string(),
        reason: "is no corpus".to_owned(),
        hint: "give a folder of articles, or a file that ends in .csv, .tsv, .jsonl or .parquet"
            .to_owned(),
    }
}

/// What became of a record.
struct Read {
    meta: Meta,
    document: Document,
    /// Its date as written, where that could not be read.
    unread_date: Option<String>,
}

/// An article from a record.
fn article<'r>(
    name: &str,
    line: u64,
    get: impl Fn(Field) -> Option<&'r str>,
    order: Option<DateOrder>,
    options: &CorpusOptions,
) -> Result<Read, Skipped> {
    let source = format!("{name}:{line}");
    let text = get(Field::Text).unwrap_or_default();
    let written = get(Field::Date);
    let published = written.and_then(|text| dates::parse(text, order));
    let language = get(Field::Language).and_then(language_of);
    let given = Given { title: get(Field::Title).map(str::to_owned), published, language };
    let skipped = |error| Skipped { source: source.clone(), error };
    let mut document =
        ingest::read_text(&source, text, &given, &options.ingest).map_err(skipped)?;
    // The date of the record is the one that counts; one that cannot be read is better missing than guessed.
    if written.is_some() {
        document.published = published;
    }
    let own = |field| get(field).map(str::to_owned);
    let meta = Meta {
        id: own(Field::Id).unwrap_or_else(|| line.to_string()),
        outlet: own(Field::Outlet),
        country: own(Field::Country),
        url: own(Field::Url),
        group: own(Field::Group),
        event: own(Field::Event),
    };
    let unread_date = written.filter(|_| published.is_none()).map(str::to_owned);
    Ok(Read { meta, document, unread_date })
}

/// The language that a record names by its code: `lt`, `LT`, `lt-LT`.
fn language_of(text: &str) -> Option<Language> {
    let code = text.trim().to_lowercase();
    Language::from_code(code.split(['-', '_']).next()?)
}

/// The host of an address, without `www.`.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    let host = host.trim().to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (host.contains('.') && !host.contains(char::is_whitespace)).then(|| host.to_owned())
}

#[cfg(test)]
mod tests;
