//! The format of Vecalign: `[0]:[0, 1]:0.090000` a line, sentence numbers from 0 and the cost. A sentence
//! without a link has an empty other side and costs nothing; every line of both inputs is accounted for.

use std::io::{self, Write};

use super::{Alignments, RowLink};
use crate::report::Layout;

/// Writes the alignment of two versions.
pub(super) fn write(
    alignments: &Alignments,
    _layout: &Layout,
    output: &mut dyn Write,
) -> io::Result<()> {
    for row in alignments.texts.iter().flat_map(|text| &text.rows) {
        let cost = match row.link {
            RowLink::Linked { cost, .. } => cost,
            RowLink::None | RowLink::Blank => 0.0,
        };
        // Rust shows a list of numbers as Python does.
        let sides: Vec<String> = row.cells.iter().map(|cell| format!("{cell:?}")).collect();
        writeln!(output, "{}:{cost:.6}", sides.join(":"))?;
    }
    Ok(())
}
