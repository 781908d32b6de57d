//! The terminal writer: a report made to be read, as wide as the screen, in colours if wanted.

mod findings;
mod overview;
mod passages;

use std::io::{self, Write};

use super::page::{BOLD, DIM, ID, PLAIN, Page, cut, pad, severity_style, wrap};
use super::{Layout, Report, selection};

/// Writes the report for a terminal.
///
/// # Errors
/// What the output says when it cannot be written.
pub fn write(report: &Report, layout: &Layout, output: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(layout, output);
    let summary = selection::summary(report);
    let name = format!("{}  ", page.paint(BOLD, "parallax"));
    page.wrapped(&name, &" ".repeat("parallax  ".len()), PLAIN, &summary)?;
    overview::documents(report, &mut page)?;
    overview::similarity(report, &mut page)?;
    overview::stories(report, &mut page)?;
    passages::pairs(report, &mut page)?;
    passages::claims(report, &mut page)?;
    findings::findings(report, &mut page)?;
    findings::skipped(report, &mut page)?;
    if report.documents.len() < 2 {
        return Ok(());
    }
    page.heading("How to read this")?;
    for line in selection::LEGEND {
        page.wrapped("  ", "  ", DIM, line)?;
    }
    Ok(())
}
