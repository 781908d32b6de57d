//! Documents, the similarity matrix, stories and events.

use std::io;

use unicode_width::UnicodeWidthStr;

use super::{BOLD, DIM, ID, Page, cut, pad};
use crate::report::{DocumentEntry, EventEntry, Report, selection};

/// Columns of one entry of the similarity matrix.
const CELL: usize = 6;
/// Least columns for the label of an event beside its dates and documents.
const LEAST_LABEL: usize = 24;

/// One entry for each document.
pub(super) fn documents(report: &Report, page: &mut Page) -> io::Result<()> {
    if report.documents.is_empty() {
        return Ok(());
    }
    page.heading("Documents")?;
    let id_width = report.documents.iter().map(|d| d.id.len()).max().unwrap_or(2);
    for document in &report.documents {
        let published = document.published.map_or("no date".to_owned(), |date| date.to_string());
        let facts = format!(
            "{}  {}  {:>3} sentences  {:>4} words  ",
            pad(&selection::language(document), 3),
            pad(&published, 10),
            document.sentences.len(),
            document.words
        );
        let lead = 2 + id_width + 2;
        let room = page.width.saturating_sub(lead + facts.width());
        let name = document.title.as_deref().unwrap_or("(no headline)");
        let id = page.paint(ID, pad(&document.id, id_width));
        if room >= 30 {
            let title = page.paint(BOLD, cut(name, room));
            page.line(&format!("  {id}  {facts}{title}"))?;
        } else {
            page.line(&format!("  {id}  {facts}"))?;
            let title = page.paint(BOLD, cut(name, page.width - lead));
            page.line(&format!("{}{title}", " ".repeat(lead)))?;
        }
        let note = page.paint(DIM, cut(&source_note(document), page.width - lead));
        page.line(&format!("{}{note}", " ".repeat(lead)))?;
    }
    Ok(())
}

fn source_note(document: &DocumentEntry) -> String {
    let mut note = document.source.clone();
    if let Some(outlet) = &document.outlet {
        note = format!("{outlet} · {note}");
    }
    if !document.dropped.is_empty() {
        let dropped = selection::count(document.dropped.len(), "passage", "passages");
        note = format!("{note} · {dropped} of page furniture left out");
    }
    note
}

/// The matrix of overall similarity, or the closest pairs where it would not fit.
pub(super) fn similarity(report: &Report, page: &mut Page) -> io::Result<()> {
    let ids = &report.similarity.documents;
    if ids.len() < 2 {
        return Ok(());
    }
    page.heading("Similarity")?;
    if 2 + CELL * (ids.len() + 1) > page.width {
        return closest_pairs(report, page);
    }
    let header: String = ids.iter().map(|id| format!("{id:>CELL$}")).collect();
    let header = page.paint(ID, header);
    page.line(&format!("  {}{header}", " ".repeat(CELL)))?;
    for (row, id) in ids.iter().enumerate() {
        let mut line = format!("  {}", page.paint(ID, format!("{id:<CELL$}")));
        for (column, value) in report.similarity.overall[row].iter().enumerate() {
            let cell = match column {
                _ if column == row => format!("{:>CELL$}", "·"),
                _ => format!("{value:>CELL$.2}"),
            };
            let strong = column != row && selection::same_event(report, id, &ids[column]);
            line.push_str(&if strong { page.paint(BOLD, cell) } else { cell });
        }
        page.line(&line)?;
    }
    Ok(())
}

fn closest_pairs(report: &Report, page: &mut Page) -> io::Result<()> {
    let selection = selection::pairs(report, page.all);
    for pair in &selection.shown {
        let ids = page.paint(ID, format!("{:>4} – {:<4}", pair.left, pair.right));
        page.line(&format!("  {ids}  {:.2}", pair.scores.overall))?;
    }
    page.more(selection.left_out, "pairs")
}

/// Stories, their events, and the documents of each.
pub(super) fn stories(report: &Report, page: &mut Page) -> io::Result<()> {
    if report.documents.len() < 2 {
        return Ok(());
    }
    page.heading("Stories and events")?;
    for story in &report.stories {
        let events: Vec<_> = report.events.iter().filter(|event| event.story == story.id).collect();
        let size = format!(
            "{}, {}",
            selection::count(events.len(), "event", "events"),
            selection::count(story.documents.len(), "document", "documents")
        );
        let room = page.width.saturating_sub(size.width() + story.id.len() + 8);
        let label = page.paint(BOLD, cut(&story.label, room));
        let id = page.paint(ID, &story.id);
        page.line(&format!("  {id}  {label}  ({size})"))?;
        for event in events {
            event_lines(event, page)?;
        }
    }
    Ok(())
}

/// An event on one line, or with its documents below where they do not fit.
fn event_lines(event: &EventEntry, page: &mut Page) -> io::Result<()> {
    let dates = selection::dates(event);
    let documents = event.documents.join(" ");
    let tail = format!("{dates}  {documents}");
    let lead = event.id.width() + 10;
    let id = page.paint(ID, &event.id);
    if page.width >= lead + tail.width() + LEAST_LABEL {
        let label = cut(&event.label, page.width - lead - tail.width());
        return page.line(&format!("      {id}  {label}  {}", page.paint(DIM, tail)));
    }
    page.line(&format!("      {id}  {}", cut(&event.label, page.width.saturating_sub(lead))))?;
    let indent = " ".repeat(lead - 2);
    page.wrapped(&indent, &indent, DIM, &dates)?;
    page.wrapped(&indent, &indent, DIM, &documents)
}
