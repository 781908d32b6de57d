//! Findings with both sentences, and the inputs that were skipped.

use std::io;

use super::{DIM, ID, PLAIN, Page, severity_style};
use crate::finding::Severity;
use crate::report::{FindingEntry, PlaceEntry, Report, selection};

/// Findings, the weightiest first.
pub(super) fn findings(report: &Report, page: &mut Page) -> io::Result<()> {
    if report.findings.is_empty() {
        return Ok(());
    }
    let tally: Vec<String> = Severity::ALL
        .iter()
        .rev()
        .map(|&severity| {
            (severity, report.findings.iter().filter(|f| f.severity == severity).count())
        })
        .filter(|&(_, count)| count > 0)
        .map(|(severity, count)| format!("{count} {}", severity.name()))
        .collect();
    page.heading(&format!("Findings ({})", tally.join(", ")))?;
    let selection = selection::findings(report, page.all);
    for finding in &selection.shown {
        entry(report, finding, page)?;
    }
    page.more(selection.left_out, "findings")
}

fn entry(report: &Report, finding: &FindingEntry, page: &mut Page) -> io::Result<()> {
    page.line("")?;
    let severity = page.paint(severity_style(finding.severity), finding.severity.name());
    let confidence = page.paint(DIM, selection::percent(finding.confidence));
    let id = page.paint(ID, &finding.id);
    page.line(&format!("  {id}  {severity}  {}  {confidence}", finding.check))?;
    page.wrapped("      ", "      ", PLAIN, &finding.message)?;
    for place in [&finding.left, &finding.right].into_iter().flatten() {
        let text = format!("“{}”", sentence(report, place));
        let label = format!("      {}  ", place.document);
        let indent = " ".repeat(label.len());
        page.wrapped(&label, &indent, PLAIN, &text)?;
    }
    for (document, texts) in selection::evidence(finding) {
        let label = format!("      {document}  also ");
        let indent = " ".repeat(label.len());
        page.wrapped(&label, &indent, PLAIN, &texts)?;
    }
    Ok(())
}

/// The whole sentence around a place, or the place alone where it is about no single sentence.
fn sentence(report: &Report, place: &PlaceEntry) -> String {
    place
        .sentence
        .as_deref()
        .and_then(|id| report.sentence(id))
        .map_or_else(|| place.text.clone(), |sentence| sentence.text.clone())
}

/// Inputs that gave no document.
pub(super) fn skipped(report: &Report, page: &mut Page) -> io::Result<()> {
    if report.skipped.is_empty() {
        return Ok(());
    }
    page.heading("Skipped")?;
    for skipped in &report.skipped {
        let line = format!("{}: {}; {}", skipped.source, skipped.error, skipped.hint);
        page.wrapped("  ", "    ", PLAIN, &line)?;
    }
    Ok(())
}
