//! Writers of sentence vectors: JSON lines, NumPy and Parquet.

use std::io::{self, Write};
use std::sync::Arc;

use ndarray::Array2;
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, FloatType};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use serde::Serialize;

use super::json;

/// A format of vectors: a row of [`FORMATS`].
pub struct Format {
    /// The name given to `--format`.
    pub name: &'static str,
    /// File endings that select it.
    pub endings: &'static [&'static str],
    /// Writes texts and their vectors, `[texts, dim]`.
    pub write: fn(&[String], &Array2<f32>, &mut dyn Write) -> io::Result<()>,
}

/// The formats of vectors. Adding one is a function and a row here.
pub const FORMATS: &[Format] = &[
    Format { name: "jsonl", endings: &["jsonl"], write: write_jsonl },
    Format { name: "npy", endings: &["npy"], write: write_npy },
    Format { name: "parquet", endings: &["parquet"], write: write_parquet },
];

#[derive(Serialize)]
struct Row<'t> {
    text: &'t str,
    vector: &'t [f32],
}

/// One line `{"text": …, "vector": […]}` for each text.
fn write_jsonl(texts: &[String], vectors: &Array2<f32>, output: &mut dyn Write) -> io::Result<()> {
    for (text, vector) in texts.iter().zip(vectors.rows()) {
        let vector = vector.to_vec();
        json::write_line(&Row { text, vector: &vector }, output)?;
    }
    Ok(())
}

/// The matrix alone, as NumPy's format 1.0: little-endian f32, row by row.
fn write_npy(_texts: &[String], vectors: &Array2<f32>, output: &mut dyn Write) -> io::Result<()> {
    let (rows, columns) = vectors.dim();
    let mut header =
        format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}");
    // Magic, version and length take 10 bytes; the format wants the data at a multiple of 64.
    let padding = 63 - (10 + header.len()) % 64;
    header.push_str(&" ".repeat(padding));
    header.push('\n');
    let length = u16::try_from(header.len()).map_err(io::Error::other)?;
    output.write_all(b"\x93NUMPY\x01\x00")?;
    output.write_all(&length.to_le_bytes())?;
    output.write_all(header.as_bytes())?;
    for value in vectors {
        output.write_all(&value.to_le_bytes())?;
    }
    Ok(())
}

/// Columns `text` (string) and `vector` (list of float), compressed with Snappy.
fn write_parquet(
    texts: &[String],
    vectors: &Array2<f32>,
    output: &mut dyn Write,
) -> io::Result<()> {
    // The Parquet writer wants to own a sendable output; a table of vectors fits in memory anyway.
    let bytes = parquet_bytes(texts, vectors).map_err(io::Error::other)?;
    output.write_all(&bytes)
}

fn parquet_bytes(texts: &[String], vectors: &Array2<f32>) -> Result<Vec<u8>, ParquetError> {
    let schema = parse_message_type(
        "message vectors {
            required binary text (UTF8);
            required group vector (LIST) { repeated group list { required float element; } }
        }",
    )?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut file = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    let mut group = file.next_row_group()?;
    if let Some(mut column) = group.next_column()? {
        let values: Vec<ByteArray> = texts.iter().map(|t| ByteArray::from(t.as_str())).collect();
        column.typed::<ByteArrayType>().write_batch(&values, None, None)?;
        column.close()?;
    }
    if let Some(mut column) = group.next_column()? {
        let values: Vec<f32> = vectors.iter().copied().collect();
        let present = vec![1; values.len()];
        // Repetition level 0 starts a new list, 1 goes on with it.
        let columns = vectors.ncols().max(1);
        let repeated: Vec<i16> =
            (0..values.len()).map(|index| i16::from(index % columns != 0)).collect();
        column.typed::<FloatType>().write_batch(&values, Some(&present), Some(&repeated))?;
        column.close()?;
    }
    group.close()?;
    file.into_inner()
}

#[cfg(test)]
mod tests {
    use ndarray::array;
    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;

    fn sample() -> (Vec<String>, Array2<f32>) {
        (vec!["vienas".to_owned(), "два".to_owned()], array![[1.0, 0.0, 0.5], [0.0, -1.0, 0.25]])
    }

    #[test]
    fn numpy_data_starts_at_a_multiple_of_64_and_is_complete() {
        let (texts, vectors) = sample();
        let mut bytes = Vec::new();
        write_npy(&texts, &vectors, &mut bytes).unwrap();
        let header = u16::from_le_bytes([bytes[8], bytes[9]]) as usize;
        assert_eq!((10 + header) % 64, 0);
        assert_eq!(bytes[9 + header], b'\n');
        assert_eq!(bytes.len(), 10 + header + 6 * 4);
    }

    #[test]
    fn parquet_reads_back() {
        let (texts, vectors) = sample();
        let bytes = parquet_bytes(&texts, &vectors).unwrap();
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        let rows: Vec<String> =
            reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
        assert_eq!(rows.len(), 2);
        assert!(rows[1].contains("два") && rows[1].contains("0.25"), "{}", rows[1]);
    }
}
