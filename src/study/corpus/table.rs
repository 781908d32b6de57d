//! Tables of articles: which column holds what.

use crate::error::{Error, Result};
use crate::study::delimited::Delimited;

/// What a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The article.
    Text,
    /// Its headline.
    Title,
    /// When it was published.
    Date,
    /// Who published it.
    Outlet,
    /// In which country.
    Country,
    /// The code of its language.
    Language,
    /// Where it stands on the web.
    Url,
    /// A group to compare by.
    Group,
    /// The event it tells of.
    Event,
    /// Its name.
    Id,
}

/// A field with the names its column may have.
#[derive(Debug, Clone, Copy)]
pub struct FieldInfo {
    /// The field.
    pub field: Field,
    /// Names of its column, the first being the field's own.
    pub names: &'static [&'static str],
}

/// The fields. A column of another name is passed over.
pub const FIELDS: &[FieldInfo] = &[
    FieldInfo {
        field: Field::Text,
        names: &["text", "body", "content", "article", "full_text", "fulltext", "article_text"],
    },
    FieldInfo { field: Field::Title, names: &["title", "headline"] },
    FieldInfo {
        field: Field::Date,
        names: &[
            "date",
            "published",
            "publication_date",
            "publish_date",
            "published_at",
            "pubdate",
            "datetime",
            "timestamp",
        ],
    },
    FieldInfo {
        field: Field::Outlet,
        names: &["outlet", "source", "publisher", "medium", "media", "newspaper", "domain"],
    },
    FieldInfo { field: Field::Country, names: &["country", "nation"] },
    FieldInfo { field: Field::Language, names: &["language", "lang"] },
    FieldInfo { field: Field::Url, names: &["url", "link", "address"] },
    FieldInfo { field: Field::Group, names: &["group"] },
    FieldInfo { field: Field::Event, names: &["event", "event_id"] },
    FieldInfo { field: Field::Id, names: &["id", "article_id", "doc_id", "document_id"] },
];

impl Field {
    /// The field of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        FIELDS.iter().find(|info| info.names[0] == name).map(|info| info.field)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        FIELDS.iter().find(|info| info.field == self).map_or("", |info| info.names[0])
    }
}

/// A table as read, whatever its form.
#[derive(Debug, Default)]
pub(super) struct RawTable {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<RawRow>,
    /// Records that cannot be used: their line and what is wrong with them.
    pub(super) broken: Vec<(u64, String)>,
}

/// A record.
#[derive(Debug)]
pub(super) struct RawRow {
    /// Its line or number, from 1.
    pub(super) line: u64,
    pub(super) fields: Vec<Option<String>>,
}

impl From<Delimited> for RawTable {
    fn from(table: Delimited) -> Self {
        let row = |row: crate::study::delimited::Row| RawRow {
            line: row.line,
            fields: row.fields.into_iter().map(Some).collect(),
        };
        Self {
            columns: table.columns,
            rows: table.rows.into_iter().map(row).collect(),
            broken: table.broken.into_iter().map(|row| (row.line, row.reason)).collect(),
        }
    }
}

/// Which column holds which field.
pub(super) struct Columns(Vec<(Field, usize)>);

impl Columns {
    /// The columns of a table: those that were `given`, others by their usual names.
    pub(super) fn of(name: &str, table: &RawTable, given: &[(Field, String)]) -> Result<Self> {
        let place = |wanted: &str| {
            table.columns.iter().position(|column| column.to_lowercase() == wanted.to_lowercase())
        };
        let failed = |reason: String| Error::Table {
            source_name: name.to_owned(),
            reason,
            hint: format!(
                "its columns are {}; name the right one with --column FIELD=NAME",
                table.columns.join(", ")
            ),
        };
        let mut columns = Vec::new();
        for info in FIELDS {
            let own = given.iter().rev().find(|(field, _)| *field == info.field);
            let found = match own {
                Some((field, column)) => Some(place(column).ok_or_else(|| {
                    failed(format!("has no column `{column}` for {}", field.name()))
                })?),
                None => info.names.iter().find_map(|usual| place(usual)),
            };
            columns.extend(found.map(|column| (info.field, column)));
        }
        if !columns.iter().any(|&(field, _)| field == Field::Text) {
            return Err(failed("has no column with the text of the articles".to_owned()));
        }
        Ok(Self(columns))
    }

    /// The field of a record; `None` where it is blank.
    pub(super) fn get<'r>(&self, row: &'r RawRow, field: Field) -> Option<&'r str> {
        let &(_, column) = self.0.iter().find(|(known, _)| *known == field)?;
        let text = row.fields.get(column)?.as_deref()?.trim();
        (!text.is_empty()).then_some(text)
    }
}
