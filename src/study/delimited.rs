//! CSV and TSV: a head that names the columns, then a record a row. The separator is found out from the head;
//! a record that does not fit is told with its line and does not stop the others.

use csv::{Reader, ReaderBuilder, StringRecord};

use crate::error::{Error, Result};
use crate::ingest::encoding;

/// Signs that may separate columns.
const SEPARATORS: [u8; 4] = [b'\t', b';', b',', b'|'];
/// Most times reading starts anew behind a quotation mark that is never closed.
const MOST_RESTARTS: usize = 100;
/// Lines of a record beyond which a missing quotation mark is likelier than a long text.
const MANY_LINES: u64 = 2;

/// A table as read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Delimited {
    /// The sign between columns.
    pub separator: char,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The records that have as many fields as there are columns.
    pub rows: Vec<Row>,
    /// The records that have not.
    pub broken: Vec<BrokenRow>,
}

/// A record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Number of its first line, from 1.
    pub line: u64,
    /// Its fields.
    pub fields: Vec<String>,
}

/// A record that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenRow {
    /// Number of its first line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
}

impl Delimited {
    /// Reads a table; `name` is what errors call it.
    ///
    /// # Errors
    /// [`Error::Table`] if there is no head.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self> {
        let text = encoding::decode(bytes, None).text;
        let text = text.trim_start_matches('\u{feff}');
        let head = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        if head.is_empty() {
            return Err(Error::Table {
                source_name: name.to_owned(),
                reason: "is empty".to_owned(),
                hint: "give a table whose first row names the columns".to_owned(),
            });
        }
        let separator = separator(head);
        let mut table = Self { separator: char::from(separator), ..Self::default() };
        let (mut offset, mut line, mut restarts) = (0, 0, 0);
        while let Some(restart) = table.read_from(&text[offset..], line, restarts < MOST_RESTARTS) {
            line += text[offset..offset + restart].matches('\n').count() as u64;
            offset += restart;
            restarts += 1;
        }
        Ok(table)
    }

    /// Reads records until the end or up to one that swallows others; gives the place behind its first line.
    fn read_from(&mut self, text: &str, lines_before: u64, may_restart: bool) -> Option<usize> {
        let mut reader = reader(text, self.separator as u8);
        let mut record = StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) | Err(_) => return None,
            }
            let (byte, first) = record.position().map_or((0, 1), |p| (p.byte(), p.line()));
            let line = lines_before + first;
            if record.iter().all(|field| field.trim().is_empty()) {
                continue;
            }
            if self.columns.is_empty() {
                self.columns = record.iter().map(|name| name.trim().to_owned()).collect();
                continue;
            }
            if record.len() == self.columns.len() {
                let fields = record.iter().map(str::to_owned).collect();
                self.rows.push(Row { line, fields });
                continue;
            }
            let swallows = reader.position().line() - first > MANY_LINES;
            let mut reason =
                format!("has {} fields where the head names {}", record.len(), self.columns.len());
            if swallows {
                reason.push_str("; a quotation mark seems never to be closed");
            }
            self.broken.push(BrokenRow { line, reason });
            if swallows && may_restart {
                let start = byte as usize;
                let end = text[start..].find('\n').map_or(text.len(), |end| start + end + 1);
                return (end < text.len()).then_some(end);
            }
        }
    }

    /// The place of the column with one of these names, whatever their case.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| {
            self.columns.iter().position(|column| column.to_lowercase() == name.to_lowercase())
        })
    }
}

fn reader(text: &str, separator: u8) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(separator)
        .quoting(separator != b'\t' || text.contains("\t\""))
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes())
}

/// The separator that cuts the head into most columns.
fn separator(head: &str) -> u8 {
    let columns = |&sign: &u8| {
        let mut record = StringRecord::new();
        reader(head, sign).read_record(&mut record).map_or(0, |_| record.len())
    };
    SEPARATORS.into_iter().rev().max_by_key(columns).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Delimited {
        Delimited::read("t.csv", text.as_bytes()).unwrap()
    }

    #[test]
    fn the_separator_is_found_from_the_head() {
        for (text, separator) in [
            ("a,b\n1,2\n", ','),
            ("a;b\n1,5;2\n", ';'),
            ("a\tb\n1,5\t2;3\n", '\t'),
            ("\u{feff}a|b\n1|2", '|'),
        ] {
            let table = read(text);
            assert_eq!((table.separator, table.columns.len(), table.rows.len()), (separator, 2, 1));
            assert_eq!(table.columns[0], "a");
        }
    }

    #[test]
    fn a_text_may_run_over_lines_and_hold_quotation_marks() {
        let table = read("id,text\n1,\"Er sagte: \"\"Nein.\"\"\n\nDann ging er.\"\n2,x\n");
        assert_eq!(table.rows[0].fields[1], "Er sagte: \"Nein.\"\n\nDann ging er.");
        assert_eq!((table.rows[1].line, table.broken.len()), (5, 0));
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_spoils_one_record() {
        let table = read("id,text,day\n1,\"Open,a\n2,b,b\n3,c,c\n4,d,d\n5,e\n6,f,f\n");
        let ids: Vec<&str> = table.rows.iter().map(|row| row.fields[0].as_str()).collect();
        assert_eq!(ids, ["2", "3", "4", "6"]);
        let broken: Vec<u64> = table.broken.iter().map(|row| row.line).collect();
        assert_eq!(broken, [2, 6]);
        assert!(table.broken[0].reason.contains("never to be closed"));
    }

    #[test]
    fn nothing_is_an_error() {
        let error = Delimited::read("t.csv", b" \n\n").unwrap_err();
        assert_eq!(error.to_string(), "t.csv: is empty");
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[a\",;\n\t ]{0,200}") {
            let _ = Delimited::read("t.csv", text.as_bytes());
        }
    }
}
