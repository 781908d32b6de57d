//! Parquet: a row for each article, read without more than its text, numbers, dates and times.

use ::bytes::Bytes;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::Field as Value;
use jiff::Timestamp;
use jiff::civil::Date;

use super::table::{RawRow, RawTable};
use crate::error::{Error, Result};

/// Reads a table.
pub(super) fn read(name: &str, bytes: Vec<u8>) -> Result<RawTable> {
    let failed = |error: ::parquet::errors::ParquetError| Error::Table {
        source_name: name.to_owned(),
        reason: format!("cannot be read as Parquet ({error})"),
        hint: "save it again, uncompressed or with Snappy compression".to_owned(),
    };
    let reader = SerializedFileReader::new(Bytes::from(bytes)).map_err(failed)?;
    let schema = reader.metadata().file_metadata().schema();
    let columns: Vec<String> =
        schema.get_fields().iter().map(|field| field.name().to_owned()).collect();
    let mut table = RawTable { columns, ..RawTable::default() };
    for (index, row) in reader.get_row_iter(None).map_err(failed)?.enumerate() {
        let fields = row.map_err(failed)?.get_column_iter().map(|(_, value)| text(value)).collect();
        table.rows.push(RawRow { line: index as u64 + 1, fields });
    }
    Ok(table)
}

/// A value as text; lists and the like have none.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Str(text) => Some(text.clone()),
        Value::Bytes(bytes) => std::str::from_utf8(bytes.data()).ok().map(str::to_owned),
        Value::Date(days) => date(i64::from(*days) * 86_400),
        Value::TimestampMillis(milliseconds) => date(milliseconds.div_euclid(1000)),
        Value::TimestampMicros(microseconds) => date(microseconds.div_euclid(1_000_000)),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Byte(number) => Some(number.to_string()),
        Value::Short(number) => Some(number.to_string()),
        Value::Int(number) => Some(number.to_string()),
        Value::Long(number) => Some(number.to_string()),
        Value::UByte(number) => Some(number.to_string()),
        Value::UShort(number) => Some(number.to_string()),
        Value::UInt(number) => Some(number.to_string()),
        Value::ULong(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Double(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The day of a time in seconds since 1970.
pub(super) fn date(seconds: i64) -> Option<String> {
    day(seconds).map(|day| day.to_string())
}

/// The day of a time in seconds since 1970, in UTC.
pub(super) fn day(seconds: i64) -> Option<Date> {
    let time = Timestamp::from_second(seconds).ok()?;
    Some(time.to_zoned(jiff::tz::TimeZone::UTC).date())
}
