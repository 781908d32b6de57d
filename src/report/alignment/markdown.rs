//! Markdown: the table for a note, a wiki or an issue. Texts of the inputs are escaped.

use std::io::{self, Write};

use super::terminal::{summary, worth_a_look};
use super::{Alignment, Alignments, folders, numbers};
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
    if alignments.folders {
        overview(alignments, output)?;
    }
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
    Ok(())
}

/// Which file of two folders goes with which.
fn overview(alignments: &Alignments, output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "\n{}", folders::summary(alignments))?;
    for (index, text) in alignments.texts.iter().enumerate() {
        let (sure, sign, names) = folders::pair(alignments, text);
        let start = if index == 0 { "\n" } else { "" };
        writeln!(output, "{start}- {sure}{sign} {}", escaped(&names))?;
    }
    if !alignments.unpaired.is_empty() {
        writeln!(output, "\nWithout a counterpart:\n")?;
    }
    for file in &alignments.unpaired {
        writeln!(output, "- {}", escaped(&folders::alone(file)))?;
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
