//! Markdown: the table for a note, a wiki or an issue. Texts of the inputs are escaped.

use std::io::{self, Write};

use super::terminal::{summary, worth_a_look};
use super::{Alignment, Alignments, numbers};
use crate::report::Layout;
use crate::report::sanitise::markdown as escaped;
use crate::report::selection::percent;

/// Writes Markdown tables.
pub(super) fn write(
    alignments: &Alignments,
    layout: &Layout,
    output: &mut dyn Write,
) -> io::Result<()> {
    writeln!(output, "# Alignment")?;
    for text in &alignments.texts {
        writeln!(output, "\n{}\n", summary(text, alignments.options.mode))?;
        for (number, version) in text.versions.iter().enumerate() {
            writeln!(output, "- {number}: {}, {}", version.language, escaped(&version.source))?;
        }
        table(text, layout.all, output)?;
        for (index, line) in worth_a_look(text).iter().enumerate() {
            let start = if index == 0 { "\n" } else { "" };
            writeln!(output, "{start}- {}", escaped(line))?;
        }
    }
    for file in &alignments.unpaired {
        writeln!(output, "\nWithout a counterpart: {}", escaped(file))?;
    }
    Ok(())
}

fn table(text: &Alignment, all: bool, output: &mut dyn Write) -> io::Result<()> {
    let columns = text.versions.len();
    write!(output, "\n| | ")?;
    for version in &text.versions {
        write!(output, "| | {} ", version.language)?;
    }
    writeln!(output, "|\n|---:|---|{}", "---:|---|".repeat(columns))?;
    for row in text.told().filter(|row| all || row.needs_a_look()) {
        let score = row.score().map_or(String::new(), percent);
        write!(output, "| {score} | {} ", row.mark())?;
        for (version, cell) in row.cells.iter().enumerate() {
            write!(output, "| {} | {} ", numbers(cell), escaped(&text.text(version, cell)))?;
        }
        writeln!(output, "|")?;
    }
    Ok(())
}
