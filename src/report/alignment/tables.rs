//! Tables of texts beside each other: TSV for programs, CSV for spreadsheets.
//!
//! Both have a header and the same columns: `source`, `target` (of more versions `target_2` and so on),
//! `score`, `note` (`conflict`, `moved`, `unlinked`), and the sentence numbers of each version, with blanks
//! between them; of two folders the files too, and how sure it is that they belong together. TSV cells hold the
//! texts as they are, but for characters that would end a cell or steer a terminal, since programs read them
//! back; in CSV nothing is a formula.

use std::io::{self, Write};

use super::{Alignment, Alignments, Row};
use crate::report::Layout;
use crate::report::sanitise::{csv, printable};

/// Writes tab-separated values.
pub(super) fn write_tsv(
    alignments: &Alignments,
    _layout: &Layout,
    output: &mut dyn Write,
) -> io::Result<()> {
    write(alignments, &mut |cells| {
        let cells: Vec<String> = cells.iter().map(|cell| printable(cell)).collect();
        writeln!(output, "{}", cells.join("\t"))
    })
}

/// Writes comma-separated values after RFC 4180, line ends included.
pub(super) fn write_csv(
    alignments: &Alignments,
    _layout: &Layout,
    output: &mut dyn Write,
) -> io::Result<()> {
    write(alignments, &mut |cells| {
        let cells: Vec<String> = cells.iter().map(|cell| csv(cell)).collect();
        write!(output, "{}\r\n", cells.join(","))
    })
}

/// Hands the header and every row to `line`.
fn write(
    alignments: &Alignments,
    line: &mut dyn FnMut(&[String]) -> io::Result<()>,
) -> io::Result<()> {
    let Some(first) = alignments.texts.first() else { return Ok(()) };
    let names: Vec<String> = (0..first.versions.len()).map(name).collect();
    let mut header = names.clone();
    header.extend(["score", "note"].map(str::to_owned));
    header.extend(names.iter().map(|name| format!("{name}_sentences")));
    if alignments.folders {
        header.extend(names.iter().map(|name| format!("{name}_file")));
        header.push("pair_score".to_owned());
    }
    line(&header)?;
    for text in &alignments.texts {
        for row in text.told() {
            line(&cells(text, row, alignments.folders))?;
        }
    }
    Ok(())
}

/// What a version is called in the header.
fn name(version: usize) -> String {
    match version {
        0 => "source".to_owned(),
        1 => "target".to_owned(),
        _ => format!("target_{version}"),
    }
}

fn cells(text: &Alignment, row: &Row, files: bool) -> Vec<String> {
    let mut cells: Vec<String> =
        row.cells.iter().enumerate().map(|(version, cell)| text.text(version, cell)).collect();
    cells.push(row.score().map_or(String::new(), |score| score.to_string()));
    cells.push(note(row));
    for cell in &row.cells {
        cells.push(cell.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
    }
    if files {
        cells.extend(text.versions.iter().map(|version| version.source.clone()));
        cells.push(text.pair_score.map_or(String::new(), |score| score.to_string()));
    }
    cells
}

fn note(row: &Row) -> String {
    let notes = [
        (!row.is_linked(), "unlinked"),
        (row.is_conflict(), "conflict"),
        (row.is_moved(), "moved"),
    ];
    notes.iter().filter(|note| note.0).map(|note| note.1).collect::<Vec<_>>().join(" ")
}
