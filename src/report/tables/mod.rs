//! Writers of tables of results: CSV and Parquet, and the data dictionary that describes them.

mod dictionary;
mod parquet;

use std::io::{self, Write};

use super::sanitise;
use crate::study::table::{Cell, Table};

pub use dictionary::write as write_dictionary;
pub use parquet::write as write_parquet;

/// Writes a table as CSV (RFC 4180, UTF-8): the names of the columns, then a row a line. Numbers have a decimal
/// point and all their digits, blank cells are empty, and no text is taken for a formula.
///
/// # Errors
/// What the output says when it cannot be written.
pub fn write_csv(table: &Table, output: &mut dyn Write) -> io::Result<()> {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    writeln!(output, "{}", names.join(","))?;
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(csv_cell).collect();
        writeln!(output, "{}", cells.join(","))?;
    }
    Ok(())
}

fn csv_cell(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => sanitise::csv(text),
        Cell::Integer(number) => number.to_string(),
        Cell::Real(number) => number.to_string(),
        Cell::Flag(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::table::{flag, integer, real, text};

    pub(super) fn sample() -> Table {
        let columns = [
            text("name", "A name"),
            integer("n", "A number"),
            real("x", "Another"),
            flag("f", "?"),
        ];
        let mut table = Table::new("sample", "A row is a thing.", &columns);
        table.push(vec!["Šiauliai, \"x\"".into(), 3_usize.into(), 0.25.into(), true.into()]);
        table.push(vec!["=1+1".into(), (-2_i64).into(), (-1.5e-9).into(), Cell::Blank]);
        table.push(vec![Cell::Blank, Cell::Blank, f64::NAN.into(), false.into()]);
        table
    }

    #[test]
    fn numbers_keep_their_digits_and_text_is_no_formula() {
        let mut output = Vec::new();
        write_csv(&sample(), &mut output).unwrap();
        let expected =
            "name,n,x,f\n\"Šiauliai, \"\"x\"\"\",3,0.25,TRUE\n'=1+1,-2,-0.0000000015,\n,,,FALSE\n";
        assert_eq!(String::from_utf8(output).unwrap(), expected);
    }
}
