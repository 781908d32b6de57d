//! The terminal writer: versions side by side, as wide as the screen; below each other where the columns
//! would be too narrow.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::{Alignment, Alignments, Row, RowLink, Version, folders, numbers};
use crate::align::Mode;
use crate::report::Layout;
use crate::report::page::{BOLD, DIM, ID, PLAIN, Page, cut, pad, wrap};
use crate::report::selection::{count, percent};

/// Columns in front of the first version: score and mark.
const LEAD: usize = 9;
/// Columns between two versions.
const GUTTER: usize = 3;
/// Fewest columns of text that read well beside others.
const NARROWEST_TEXT: usize = 22;
/// Unlinked stretches and conflicts named at the end.
const NAMED: usize = 12;

const CONFLICT: Style = AnsiColor::Yellow.on_default();
const ALONE: Style = AnsiColor::Red.on_default();
const MOVED: Style = AnsiColor::Magenta.on_default();

/// What the signs mean, printed below every table.
const LEGEND: &str = "The percentage is the probability that both sides say the same; ? marks a conflict: a link \
                      of little confidence; ↕ one that stands in another order. Sentences count from 0.";

/// Writes alignments for a terminal.
pub(super) fn write(
    alignments: &Alignments,
    layout: &Layout,
    output: &mut dyn Write,
) -> io::Result<()> {
    let mut page = Page::new(layout, output);
    if alignments.folders {
        overview(alignments, &mut page)?;
    }
    for (index, text) in alignments.texts.iter().enumerate() {
        if index > 0 || alignments.folders {
            page.line("")?;
        }
        head(text, alignments.options.mode, &mut page)?;
        table(text, &mut page)?;
        let look = worth_a_look(text);
        if !look.is_empty() {
            page.heading("Worth a look")?;
        }
        for line in look {
            page.wrapped("  ", "    ", PLAIN, &line)?;
        }
    }
    if alignments.texts.is_empty() {
        return Ok(());
    }
    page.line("")?;
    page.wrapped("", "", DIM, LEGEND)
}

/// Which file of two folders goes with which.
fn overview(alignments: &Alignments, page: &mut Page) -> io::Result<()> {
    title(&folders::summary(alignments), page)?;
    if !alignments.texts.is_empty() {
        page.heading("Pairs")?;
    }
    for text in &alignments.texts {
        let (sure, sign, names) = folders::pair(alignments, text);
        let style = if alignments.is_doubtful(text) { CONFLICT } else { BOLD };
        let lead = page.paint(style, pad(&format!("{sure:>5} {sign}"), LEAD));
        page.wrapped(&lead, &" ".repeat(LEAD), PLAIN, &names)?;
    }
    if !alignments.unpaired.is_empty() {
        page.heading("Files without a counterpart")?;
    }
    for file in &alignments.unpaired {
        page.wrapped("  ", "    ", PLAIN, &folders::alone(file))?;
    }
    Ok(())
}

/// A line after the name of the program.
fn title(text: &str, page: &mut Page) -> io::Result<()> {
    let name = format!("{}  ", page.paint(BOLD, "parallax"));
    page.wrapped(&name, &" ".repeat("parallax  ".len()), PLAIN, text)
}

/// What was aligned and found, in one line and one for each version.
fn head(text: &Alignment, mode: Mode, page: &mut Page) -> io::Result<()> {
    title(&summary(text, mode), page)?;
    page.line("")?;
    let names = labels(text);
    let width = names.iter().map(|name| name.width()).max().unwrap_or(0);
    for (version, name) in text.versions.iter().zip(&names) {
        let sentences = version.sentences.iter().filter(|s| !s.trim().is_empty()).count();
        let sentences = pad(&count(sentences, "sentence", "sentences"), "1000 sentences".len());
        let room = page.width.saturating_sub(width + sentences.width() + 6);
        let name = page.paint(ID, pad(name, width));
        let source = cut(&source_note(version), room);
        page.line(&format!("  {name}  {sentences}  {source}"))?;
    }
    Ok(())
}

/// Where a version comes from, and whether anything of it was left out.
fn source_note(version: &Version) -> String {
    if version.dropped == 0 {
        return version.source.clone();
    }
    let dropped = count(version.dropped, "passage", "passages");
    format!("{} · {dropped} of page furniture left out", version.source)
}

/// What was aligned and found, in words.
pub(super) fn summary(text: &Alignment, mode: Mode) -> String {
    let conflicts = text.rows.iter().filter(|row| row.is_conflict()).count();
    let alone = text.rows.iter().filter(|row| row.link == RowLink::None).count();
    let mut parts = vec![
        count(text.versions.len(), "version", "versions"),
        mode.name().to_owned(),
        count(text.links(), "link", "links"),
    ];
    let rare = [
        (conflicts, "conflict", "conflicts"),
        (alone, "sentence without a link", "sentences without a link"),
        (text.moved.len(), "moved block", "moved blocks"),
    ];
    parts.extend(rare.iter().filter(|part| part.0 > 0).map(|part| count(part.0, part.1, part.2)));
    parts.join(" · ")
}

/// A short name for each version: its language, with its number where several share it.
fn labels(text: &Alignment) -> Vec<String> {
    let code = |version: usize| text.versions[version].language.to_string();
    let shared = |version: usize| {
        (0..text.versions.len()).any(|other| other != version && code(other) == code(version))
    };
    (0..text.versions.len())
        .map(
            |version| {
                if shared(version) {
                    format!("{}·{version}", code(version))
                } else {
                    code(version)
                }
            },
        )
        .collect()
}

/// What somebody should look at, a line each: conflicts, moved blocks, sections that one version lacks.
pub(super) fn worth_a_look(text: &Alignment) -> Vec<String> {
    let labels = labels(text);
    let mut lines = Vec::new();
    let conflicts = text.rows.iter().filter(|row| row.is_conflict());
    let conflicts: Vec<String> = conflicts.map(|row| place(&row.cells, &labels, numbers)).collect();
    lines.extend(list("conflicts", &conflicts));
    let moved: Vec<String> = text
        .moved
        .iter()
        .map(|block| {
            let mut cells = vec![Vec::new(); labels.len()];
            for &row in block {
                for (all, cell) in cells.iter_mut().zip(&text.rows[row].cells) {
                    all.extend(cell);
                }
            }
            place(&cells, &labels, span)
        })
        .collect();
    lines.extend(list("in another order", &moved));
    for (version, label) in labels.iter().enumerate() {
        let alone: Vec<String> = text
            .unlinked
            .iter()
            .filter(|run| run.version == version)
            .map(|run| span(&run.sentences))
            .collect();
        lines.extend(list(&format!("only in {label}"), &alone));
    }
    lines
}

/// `what: a, b, …`, or nothing.
fn list(what: &str, items: &[String]) -> Option<String> {
    if items.is_empty() {
        return None;
    }
    let mut named = items[..items.len().min(NAMED)].join(", ");
    if items.len() > NAMED {
        named.push_str(&format!(" and {} more", items.len() - NAMED));
    }
    Some(format!("{what}: {named}"))
}

/// `de 3–4 = lt 5`.
fn place(cells: &[Vec<usize>], labels: &[String], shown: fn(&[usize]) -> String) -> String {
    let sides = labels.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
    let sides: Vec<String> =
        sides.map(|(label, cell)| format!("{label} {}", shown(cell))).collect();
    sides.join(" = ")
}

/// The first and the last of some numbers: what lies between is blank or goes with them.
fn span(numbers: &[usize]) -> String {
    match numbers {
        [] => String::new(),
        [one] => one.to_string(),
        [first, .., last] => format!("{first}–{last}"),
    }
}

/// How the table is laid out.
struct Columns {
    /// Columns of the sentence numbers of each version.
    numbers: Vec<usize>,
    /// Columns of text of each version; `None` puts the versions below each other.
    text: Option<usize>,
}

fn table(text: &Alignment, page: &mut Page) -> io::Result<()> {
    let width_of_numbers = |version: usize| {
        text.rows.iter().map(move |row| numbers(&row.cells[version]).width()).max()
    };
    let numbers: Vec<usize> =
        (0..text.versions.len()).map(|version| width_of_numbers(version).unwrap_or(1)).collect();
    let taken: usize =
        LEAD + numbers.iter().map(|n| n + 1).sum::<usize>() + GUTTER * (numbers.len() - 1);
    let room = page.width.saturating_sub(taken) / numbers.len();
    let columns = Columns { numbers, text: (room >= NARROWEST_TEXT).then_some(room) };
    let all = page.all;
    let mut shown = text.told().filter(|row| all || row.needs_a_look()).peekable();
    if columns.text.is_some() && shown.peek().is_some() {
        names(text, &columns, room, page)?;
    }
    for (index, row) in shown.enumerate() {
        if index > 0 || columns.text.is_none() {
            page.line("")?;
        }
        match columns.text {
            Some(room) => beside(text, row, &columns, room, page)?,
            None => below(text, row, &columns, page)?,
        }
    }
    Ok(())
}

/// The head of the table: the name of each version above its column.
fn names(text: &Alignment, columns: &Columns, room: usize, page: &mut Page) -> io::Result<()> {
    page.line("")?;
    let bar = page.paint(DIM, " │ ");
    let cells: Vec<String> = labels(text)
        .iter()
        .zip(&columns.numbers)
        .map(|(label, width)| {
            page.paint(ID, pad(&format!("{:width$} {label}", ""), width + 1 + room))
        })
        .collect();
    page.line(&format!("{}{}", " ".repeat(LEAD), cells.join(&bar)))
}

/// What stands in front of a row: its score and mark.
fn lead(row: &Row, page: &Page) -> String {
    let score = row.score().map_or("alone".to_owned(), percent);
    let style = match (row.is_linked(), row.is_conflict(), row.is_moved()) {
        (false, ..) => ALONE,
        (_, true, _) => CONFLICT,
        (_, _, true) => MOVED,
        _ => BOLD,
    };
    page.paint(style, pad(&format!("{score:>5} {}", row.mark()), LEAD))
}

/// A row with its versions beside each other.
fn beside(
    text: &Alignment,
    row: &Row,
    columns: &Columns,
    room: usize,
    page: &mut Page,
) -> io::Result<()> {
    let cells: Vec<Vec<String>> =
        row.cells.iter().enumerate().map(|(v, cell)| wrap(&text.text(v, cell), room)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let bar = page.paint(DIM, " │ ");
    for line in 0..height {
        let lead = if line == 0 { lead(row, page) } else { " ".repeat(LEAD) };
        let mut parts = Vec::with_capacity(cells.len());
        for ((cell, lines), &width) in row.cells.iter().zip(&cells).zip(&columns.numbers) {
            let number = if line == 0 { numbers(cell) } else { String::new() };
            let number = page.paint(DIM, format!("{number:>width$}"));
            let text = lines.get(line).map_or("", String::as_str);
            parts.push(format!("{number} {}", pad(text, room)));
        }
        page.line(&format!("{lead}{}", parts.join(&bar)))?;
    }
    Ok(())
}

/// A row with its versions below each other.
fn below(text: &Alignment, row: &Row, columns: &Columns, page: &mut Page) -> io::Result<()> {
    let labels = labels(text);
    let label_width = labels.iter().map(|label| label.width()).max().unwrap_or(0);
    let number_width = columns.numbers.iter().copied().max().unwrap_or(1);
    let blank = " ".repeat(LEAD + label_width + number_width + 2);
    let mut first = lead(row, page);
    for (version, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let label = page.paint(ID, pad(&labels[version], label_width));
        let number = page.paint(DIM, format!("{:>number_width$}", numbers(cell)));
        let start = format!("{first}{label} {number} ");
        page.wrapped(&start, &blank, PLAIN, &text.text(version, cell))?;
        first = " ".repeat(LEAD);
    }
    Ok(())
}
