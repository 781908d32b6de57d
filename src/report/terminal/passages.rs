//! Linked passages side by side, and the matrix of claims and documents.

use std::io;

use unicode_width::UnicodeWidthStr;

use super::{BOLD, DIM, ID, PLAIN, Page, cut, pad, wrap};
use crate::report::{LinkEntry, PairEntry, Report, selection};

/// Columns in front of a passage: indent and percentage.
const MARGIN: usize = 8;
/// Columns between the two passages.
const GUTTER: usize = 3;

/// The pairs that matter, each with its strongest links.
pub(super) fn pairs(report: &Report, page: &mut Page) -> io::Result<()> {
    let selection = selection::pairs(report, page.all);
    for pair in &selection.shown {
        page.heading(&format!("{} and {}", pair.left, pair.right))?;
        scores(pair, page)?;
        let links = selection::links(pair, page.all);
        for link in &links.shown {
            passage(report, link, page)?;
        }
        page.more(links.left_out, "linked passages")?;
    }
    page.more(selection.left_out, "pairs with linked passages")
}

fn scores(pair: &PairEntry, page: &mut Page) -> io::Result<()> {
    let scores = &pair.scores;
    let line = format!(
        "overall {:.2} · narrative {:.2} · entities {:.2} · geography {:.2} · time {:.2} · style {:.2} · tone {:.2}",
        scores.overall,
        scores.narrative,
        scores.entities,
        scores.geography,
        scores.time,
        scores.style,
        scores.tone
    );
    page.wrapped("  ", "  ", PLAIN, &line)?;
    let coverage = selection::coverage(pair);
    page.wrapped("  ", "  ", DIM, &coverage)
}

/// Both sides of a link beside each other, a blank line before.
fn passage(report: &Report, link: &LinkEntry, page: &mut Page) -> io::Result<()> {
    page.line("")?;
    let column = (page.width - MARGIN - GUTTER) / 2;
    let left = wrap(&joined(report, &link.left), column);
    let right = wrap(&joined(report, &link.right), column);
    for row in 0..left.len().max(right.len()) {
        let share = if row == 0 { selection::percent(link.score) } else { String::new() };
        let share = page.paint(BOLD, format!("  {share:>5} "));
        let left = left.get(row).map_or("", String::as_str);
        let right = right.get(row).map_or("", String::as_str);
        let bar = page.paint(DIM, " │ ");
        page.line(&format!("{share}{}{bar}{right}", pad(left, column)))?;
    }
    Ok(())
}

fn joined(report: &Report, ids: &[String]) -> String {
    let texts: Vec<&str> =
        ids.iter().filter_map(|id| report.sentence(id)).map(|s| s.text.as_str()).collect();
    texts.join(" ")
}

/// Claims by documents: who makes which statement.
pub(super) fn claims(report: &Report, page: &mut Page) -> io::Result<()> {
    if report.claims.is_empty() {
        return Ok(());
    }
    page.heading("Claims by documents")?;
    let ids: Vec<&str> = report.documents.iter().map(|document| document.id.as_str()).collect();
    let cell = ids.iter().map(|id| id.len()).max().unwrap_or(2) + 1;
    let claim_width = report.claims.last().map_or(2, |claim| claim.id.len());
    let matrix = cell * ids.len();
    if matrix + 40 > page.width {
        return claim_list(report, page);
    }
    let header: String = ids.iter().map(|id| format!("{id:>cell$}")).collect();
    let header = page.paint(ID, header);
    page.line(&format!("  {} {header}", " ".repeat(claim_width)))?;
    let selection = selection::claims(report, page.all);
    for claim in &selection.shown {
        let marks: String = ids
            .iter()
            .map(|&id| if claim.documents.iter().any(|d| d == id) { "●" } else { "·" })
            .map(|mark| format!("{mark:>cell$}"))
            .collect();
        let room = page.width.saturating_sub(claim_width + matrix + 5);
        let id = page.paint(ID, pad(&claim.id, claim_width));
        page.line(&format!("  {id} {marks}  {}", cut(&claim.text, room)))?;
    }
    page.more(selection.left_out, "claims")
}

/// The same as a list, for more documents than columns.
fn claim_list(report: &Report, page: &mut Page) -> io::Result<()> {
    let selection = selection::claims(report, page.all);
    for claim in &selection.shown {
        let documents = format!(
            "{} of {}: {}",
            claim.documents.len(),
            report.documents.len(),
            claim.documents.join(" ")
        );
        let room = page.width.saturating_sub(claim.id.width() + 4);
        let id = page.paint(ID, &claim.id);
        page.line(&format!("  {id}  {}", cut(&claim.text, room)))?;
        page.wrapped("      ", "      ", DIM, &documents)?;
    }
    page.more(selection.left_out, "claims")
}
