//! The data dictionary: what the tables and their columns hold, as Markdown.

use std::io::{self, Write};

use crate::study::table::Table;

/// Writes a section for each table.
///
/// # Errors
/// What the output says when it cannot be written.
pub fn write(tables: &[&Table], output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "# Data dictionary\n")?;
    writeln!(
        output,
        "Each table is there as CSV (UTF-8, comma, decimal point, `TRUE`/`FALSE`, an empty cell for what is missing or \
         could not be computed) and as Parquet with the same columns."
    )?;
    for table in tables {
        writeln!(output, "\n## `{}`\n\n{}", table.name, table.description)?;
        let rows = table.rows.len();
        writeln!(output, "{rows} row{}.\n", if rows == 1 { "" } else { "s" })?;
        writeln!(output, "| column | type | meaning |\n|---|---|---|")?;
        for column in &table.columns {
            let description = column.description.replace('|', "\\|");
            writeln!(output, "| `{}` | {} | {description} |", column.name, column.kind.name())?;
        }
    }
    Ok(())
}
