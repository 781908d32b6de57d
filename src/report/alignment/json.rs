//! JSON: one value with everything, or a line for each link with its texts.

use std::io::{self, Write};

use serde::Serialize;

use super::{
    Alignment, AlignmentOptions, Alignments, Row, SCHEMA, Unlinked, UnpairedFile, Version,
};
use crate::report::build::rounded;
use crate::report::json::{write_indented, write_line};
use crate::report::{Layout, NoteEntry, SkippedEntry, Tool};

/// A single text: its fields stand beside those of the run.
#[derive(Serialize)]
struct One<'a> {
    schema: &'static str,
    #[serde(flatten)]
    text: Text<'a>,
    #[serde(flatten)]
    run: Run<'a>,
}

/// The texts of two folders.
#[derive(Serialize)]
struct Many<'a> {
    schema: &'static str,
    texts: Vec<Text<'a>>,
    unpaired: &'a [UnpairedFile],
    #[serde(flatten)]
    run: Run<'a>,
}

/// What holds for all texts.
#[derive(Serialize)]
struct Run<'a> {
    tool: &'a Tool,
    options: &'a AlignmentOptions,
    skipped: &'a [SkippedEntry],
    notes: &'a [NoteEntry],
}

#[derive(Serialize)]
struct Text<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pair_score: Option<f32>,
    /// Given with the score.
    #[serde(skip_serializing_if = "Option::is_none")]
    doubtful: Option<bool>,
    #[serde(flatten)]
    table: Table<'a>,
    /// Numbers of links, or rows, of little confidence.
    conflicts: Vec<usize>,
    /// Numbers of links, or rows, in another order, block by block.
    moved: Vec<Vec<usize>>,
    unlinked: &'a [Unlinked],
    versions: &'a [Version],
}

/// Two versions have links; more have rows, and the links of every two.
#[derive(Serialize)]
#[serde(untagged)]
enum Table<'a> {
    Two { links: Vec<Link<'a>> },
    Many { rows: Vec<Cells<'a>>, pairs: Vec<Pair<'a>> },
}

#[derive(Serialize)]
struct Link<'a> {
    left: &'a [usize],
    right: &'a [usize],
    score: f32,
}

#[derive(Serialize)]
struct Cells<'a> {
    cells: &'a [Vec<usize>],
    score: f32,
}

#[derive(Serialize)]
struct Pair<'a> {
    left: usize,
    right: usize,
    links: Vec<Link<'a>>,
}

/// Writes alignments as JSON.
pub(super) fn write(
    alignments: &Alignments,
    _layout: &Layout,
    output: &mut dyn Write,
) -> io::Result<()> {
    let Alignments { tool, options, skipped, notes, unpaired, .. } = alignments;
    let run = Run { tool, options, skipped, notes };
    match alignments.texts.as_slice() {
        [one] if !alignments.folders => {
            write_indented(&One { schema: SCHEMA, text: text(alignments, one), run }, output)
        }
        texts => {
            let texts = texts.iter().map(|one| text(alignments, one)).collect();
            write_indented(&Many { schema: SCHEMA, texts, unpaired, run }, output)
        }
    }
}

fn text<'a>(alignments: &Alignments, alignment: &'a Alignment) -> Text<'a> {
    // Links are counted without the rows between them.
    let mut number_of_row = vec![0; alignment.rows.len()];
    let mut conflicts = Vec::new();
    let linked = alignment.rows.iter().enumerate().filter(|(_, row)| row.is_linked());
    for (number, (index, row)) in linked.enumerate() {
        number_of_row[index] = number;
        if row.is_conflict() {
            conflicts.push(number);
        }
    }
    let numbers = |block: &Vec<usize>| block.iter().map(|&row| number_of_row[row]).collect();
    Text {
        pair_score: alignment.pair_score,
        doubtful: alignment.pair_score.map(|_| alignments.is_doubtful(alignment)),
        table: table(alignment),
        conflicts,
        moved: alignment.moved.iter().map(numbers).collect(),
        unlinked: &alignment.unlinked,
        versions: &alignment.versions,
    }
}

fn table(alignment: &Alignment) -> Table<'_> {
    let linked = alignment.rows.iter().filter_map(|row| Some((row, row.score()?)));
    if alignment.versions.len() == 2 {
        return Table::Two { links: linked.filter_map(link).collect() };
    }
    let pair = |pair: &'_ crate::align::versions::VersionPair| (pair.left, pair.right);
    let pairs = alignment.pairs.iter().map(|links| {
        let (left, right) = pair(links);
        let links = links
            .links
            .iter()
            .map(|l| Link { left: &l.left, right: &l.right, score: rounded(l.score) })
            .collect();
        Pair { left, right, links }
    });
    Table::Many {
        rows: linked.map(|(row, score)| Cells { cells: &row.cells, score }).collect(),
        pairs: pairs.collect(),
    }
}

fn link((row, score): (&Row, f32)) -> Option<Link<'_>> {
    let [left, right] = row.cells.as_slice() else { return None };
    Some(Link { left, right, score })
}

/// A line of `jsonl`.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pair_score: Option<f32>,
    #[serde(flatten)]
    numbers: LineNumbers<'a>,
    texts: Vec<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum LineNumbers<'a> {
    Two(Link<'a>),
    Many(Cells<'a>),
}

/// Writes a line for each link, with its texts; with the files where there are several texts.
pub(super) fn write_lines(
    alignments: &Alignments,
    _layout: &Layout,
    output: &mut dyn Write,
) -> io::Result<()> {
    for alignment in &alignments.texts {
        for (row, score) in alignment.rows.iter().filter_map(|row| Some((row, row.score()?))) {
            let numbers = match link((row, score)) {
                Some(link) => LineNumbers::Two(link),
                None => LineNumbers::Many(Cells { cells: &row.cells, score }),
            };
            let sources = alignments.folders.then(|| {
                alignment.versions.iter().map(|version| version.source.as_str()).collect()
            });
            let texts = row.cells.iter().enumerate();
            let texts = texts.map(|(version, cell)| alignment.text(version, cell)).collect();
            let pair_score = alignment.pair_score;
            write_line(&Line { sources, pair_score, numbers, texts }, output)?;
        }
    }
    Ok(())
}
