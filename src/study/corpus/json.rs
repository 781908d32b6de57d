//! JSON lines, or one JSON array: an object for each article.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::table::{RawRow, RawTable};
use crate::error::{Error, Result};
use crate::ingest::encoding;

/// Reads a table; a line that is no object is broken.
pub(super) fn read(name: &str, bytes: Vec<u8>) -> Result<RawTable> {
    let text = encoding::decode(&bytes, None).text;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut table = Building::default();
    if text.starts_with('[') {
        let values: Vec<Value> = serde_json::from_str(text).map_err(|error| Error::Table {
            source_name: name.to_owned(),
            reason: format!("is no JSON array of articles ({error})"),
            hint: "give an array of objects, or an object a line".to_owned(),
        })?;
        for (index, value) in values.into_iter().enumerate() {
            table.add(index as u64 + 1, Ok(value));
        }
    } else {
        for (index, line) in text.lines().enumerate() {
            if !line.trim().is_empty() {
                table.add(index as u64 + 1, serde_json::from_str(line));
            }
        }
    }
    Ok(table.table)
}

#[derive(Default)]
struct Building {
    table: RawTable,
    places: HashMap<String, usize>,
}

impl Building {
    fn add(&mut self, line: u64, value: serde_json::Result<Value>) {
        match value {
            Ok(Value::Object(object)) => self.row(line, object),
            Ok(_) => self.table.broken.push((line, "is no JSON object".to_owned())),
            Err(error) => self.table.broken.push((line, format!("is no JSON ({error})"))),
        }
    }

    fn row(&mut self, line: u64, object: Map<String, Value>) {
        let mut fields = vec![None; self.table.columns.len()];
        for (key, value) in object {
            let text = match value {
                Value::String(text) => text,
                Value::Number(number) => number.to_string(),
                Value::Bool(flag) => flag.to_string(),
                Value::Null | Value::Array(_) | Value::Object(_) => continue,
            };
            let columns = &mut self.table.columns;
            let place = *self.places.entry(key.clone()).or_insert_with(|| {
                columns.push(key);
                columns.len() - 1
            });
            if fields.len() <= place {
                fields.resize(place + 1, None);
            }
            fields[place] = Some(text);
        }
        self.table.rows.push(RawRow { line, fields });
    }
}
