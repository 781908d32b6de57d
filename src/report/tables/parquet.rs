//! Tables as Parquet: one row group, every column optional, compressed with Snappy.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

use crate::study::table::{Cell, Kind, Table};

/// Writes a table.
///
/// # Errors
/// What the output says when it cannot be written.
pub fn write(table: &Table, output: &mut dyn Write) -> io::Result<()> {
    // The Parquet writer wants to own a sendable output; a table of results fits in memory anyway.
    output.write_all(&bytes(table).map_err(io::Error::other)?)
}

fn bytes(table: &Table) -> Result<Vec<u8>, ParquetError> {
    let mut message = format!("message {} {{\n", table.name);
    for column in &table.columns {
        let (kind, note) = match column.kind {
            Kind::Text => ("binary", " (UTF8)"),
            Kind::Integer => ("int64", ""),
            Kind::Real => ("double", ""),
            Kind::Flag => ("boolean", ""),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(message, "optional {kind} {}{note};", column.name);
    }
    message.push('}');
    let schema = parse_message_type(&message)?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut file = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    let mut group = file.next_row_group()?;
    for (index, column) in table.columns.iter().enumerate() {
        let Some(mut writer) = group.next_column()? else { break };
        let cells = table.rows.iter().map(|row| &row[index]);
        match column.kind {
            Kind::Text => put::<ByteArrayType>(&mut writer, cells, |cell| match cell {
                Cell::Text(text) => Some(ByteArray::from(text.as_str())),
                _ => None,
            })?,
            Kind::Integer => put::<Int64Type>(&mut writer, cells, |cell| match cell {
                Cell::Integer(number) => Some(*number),
                _ => None,
            })?,
            Kind::Real => put::<DoubleType>(&mut writer, cells, |cell| match cell {
                Cell::Real(number) => Some(*number),
                _ => None,
            })?,
            Kind::Flag => put::<BoolType>(&mut writer, cells, |cell| match cell {
                Cell::Flag(flag) => Some(*flag),
                _ => None,
            })?,
        }
        writer.close()?;
    }
    group.close()?;
    file.into_inner()
}

fn put<'c, T: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = &'c Cell>,
    value: impl Fn(&Cell) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let (mut values, mut present) = (Vec::new(), Vec::new());
    for cell in cells {
        let value = value(cell);
        present.push(i16::from(value.is_some()));
        values.extend(value);
    }
    writer.typed::<T>().write_batch(&values, Some(&present), None)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;
    use crate::report::tables::tests::sample;

    #[test]
    fn a_table_reads_back() {
        let reader =
            SerializedFileReader::new(bytes::Bytes::from(bytes(&sample()).unwrap())).unwrap();
        let rows: Vec<String> =
            reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
        assert_eq!(rows.len(), 3);
        assert!(rows[0].contains("Šiauliai") && rows[0].contains("0.25"), "{}", rows[0]);
        assert!(rows[2].contains("null"), "{}", rows[2]);
    }
}
