//! The findings as a CSV table (RFC 4180), a line each, for a spreadsheet. No cell can be taken for a formula.

use std::io::{self, Write};

use super::sanitise::csv;
use super::{FindingEntry, Layout, PlaceEntry, Report, selection};

const COLUMNS: [&str; 14] = [
    "id",
    "check",
    "severity",
    "confidence",
    "message",
    "left_value",
    "right_value",
    "left_document",
    "left_source",
    "left_text",
    "right_document",
    "right_source",
    "right_text",
    "evidence",
];

/// Writes all findings of the report as CSV.
///
/// # Errors
/// What the output says when it cannot be written.
pub fn write(report: &Report, _layout: &Layout, output: &mut dyn Write) -> io::Result<()> {
    write!(output, "{}\r\n", COLUMNS.join(","))?;
    for finding in &report.findings {
        let cells = cells(report, finding).map(|cell| csv(&cell));
        write!(output, "{}\r\n", cells.join(","))?;
    }
    Ok(())
}

fn cells(report: &Report, finding: &FindingEntry) -> [String; COLUMNS.len()] {
    let document = |place: &Option<PlaceEntry>| {
        place.as_ref().map(|place| place.document.clone()).unwrap_or_default()
    };
    let text = |place: &Option<PlaceEntry>| {
        place.as_ref().map(|place| report.passage(place).to_owned()).unwrap_or_default()
    };
    let (left, right) = match &finding.values {
        Some(values) => (values.left.clone(), values.right.clone()),
        None => Default::default(),
    };
    let source = |place: &Option<PlaceEntry>| {
        let document = place.as_ref().and_then(|place| report.document(&place.document));
        document.map(|document| document.source.clone()).unwrap_or_default()
    };
    let evidence = selection::evidence(finding);
    let evidence: Vec<String> =
        evidence.into_iter().map(|(document, texts)| format!("{document} {texts}")).collect();
    [
        finding.id.clone(),
        finding.check.to_owned(),
        finding.severity.name().to_owned(),
        finding.confidence.to_string(),
        finding.message.clone(),
        left,
        right,
        document(&finding.left),
        source(&finding.left),
        text(&finding.left),
        document(&finding.right),
        source(&finding.right),
        text(&finding.right),
        evidence.join("; "),
    ]
}
