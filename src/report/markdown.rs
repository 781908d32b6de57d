//! The Markdown writer: the report for a note, a wiki or an issue. Texts of the inputs are escaped.

use std::io::{self, Write};

use super::sanitise::{markdown as escaped, printable};
use super::{Layout, PairEntry, Report, selection};

/// Writes the report as Markdown.
///
/// # Errors
/// What the output says when it cannot be written.
pub fn write(report: &Report, layout: &Layout, output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "# Comparison\n\n{}", selection::summary(report))?;
    documents(report, output)?;
    similarity(report, output)?;
    stories(report, output)?;
    let pairs = selection::pairs(report, layout.all);
    for pair in &pairs.shown {
        passages(report, pair, layout.all, output)?;
    }
    more(pairs.left_out, "pairs with linked passages", output)?;
    claims(report, layout.all, output)?;
    findings(report, layout.all, output)?;
    skipped(report, output)?;
    if report.documents.len() < 2 {
        return Ok(());
    }
    writeln!(output, "\n## How to read this\n")?;
    for line in selection::LEGEND {
        writeln!(output, "- {line}")?;
    }
    Ok(())
}

fn documents(report: &Report, output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "\n## Documents\n")?;
    writeln!(output, "| id | language | published | sentences | words | headline | source |")?;
    writeln!(output, "|---|---|---|---:|---:|---|---|")?;
    for document in &report.documents {
        writeln!(
            output,
            "| {} | {} | {} | {} | {} | {} | {} |",
            document.id,
            selection::language(document),
            document.published.map_or("–".to_owned(), |date| date.to_string()),
            document.sentences.len(),
            document.words,
            escaped(document.title.as_deref().unwrap_or("–")),
            escaped(&document.source)
        )?;
    }
    Ok(())
}

fn similarity(report: &Report, output: &mut dyn Write) -> io::Result<()> {
    let ids = &report.similarity.documents;
    if ids.len() < 2 {
        return Ok(());
    }
    writeln!(output, "\n## Similarity\n")?;
    writeln!(output, "| | {} |", ids.join(" | "))?;
    writeln!(output, "|---|{}", "---:|".repeat(ids.len()))?;
    for (row, id) in ids.iter().enumerate() {
        let cells: Vec<String> = report.similarity.overall[row]
            .iter()
            .enumerate()
            .map(|(column, value)| if column == row { "·".into() } else { format!("{value:.2}") })
            .collect();
        writeln!(output, "| {id} | {} |", cells.join(" | "))?;
    }
    Ok(())
}

fn stories(report: &Report, output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "\n## Stories and events\n")?;
    for story in &report.stories {
        writeln!(output, "- {} **{}**", story.id, escaped(&story.label))?;
        for event in report.events.iter().filter(|event| event.story == story.id) {
            let dates = selection::dates(event);
            let documents = event.documents.join(", ");
            writeln!(output, "  - {} {} ({dates}): {documents}", event.id, escaped(&event.label))?;
        }
    }
    Ok(())
}

fn passages(
    report: &Report,
    pair: &PairEntry,
    all: bool,
    output: &mut dyn Write,
) -> io::Result<()> {
    writeln!(output, "\n## {} and {}\n", pair.left, pair.right)?;
    let coverage = selection::coverage(pair);
    writeln!(output, "Overall {:.2}. {coverage}.\n", pair.scores.overall)?;
    writeln!(output, "| | {} | {} |", pair.left, pair.right)?;
    writeln!(output, "|---:|---|---|")?;
    let links = selection::links(pair, all);
    for link in &links.shown {
        let side = |ids: &[String]| {
            let texts: Vec<String> =
                ids.iter().filter_map(|id| report.sentence(id)).map(|s| escaped(&s.text)).collect();
            texts.join(" ")
        };
        let share = selection::percent(link.score);
        writeln!(output, "| {share} | {} | {} |", side(&link.left), side(&link.right))?;
    }
    more(links.left_out, "linked passages", output)
}

fn claims(report: &Report, all: bool, output: &mut dyn Write) -> io::Result<()> {
    if report.claims.is_empty() {
        return Ok(());
    }
    let ids: Vec<&str> = report.documents.iter().map(|document| document.id.as_str()).collect();
    writeln!(output, "\n## Claims by documents\n")?;
    writeln!(output, "| | {} | claim |", ids.join(" | "))?;
    writeln!(output, "|---|{}---|", ":-:|".repeat(ids.len()))?;
    let claims = selection::claims(report, all);
    for claim in &claims.shown {
        let marks: Vec<&str> = ids
            .iter()
            .map(|&id| if claim.documents.iter().any(|d| d == id) { "●" } else { "·" })
            .collect();
        writeln!(output, "| {} | {} | {} |", claim.id, marks.join(" | "), escaped(&claim.text))?;
    }
    more(claims.left_out, "claims", output)
}

fn findings(report: &Report, all: bool, output: &mut dyn Write) -> io::Result<()> {
    if report.findings.is_empty() {
        return Ok(());
    }
    writeln!(output, "\n## Findings\n")?;
    let findings = selection::findings(report, all);
    for finding in &findings.shown {
        writeln!(
            output,
            "- {} **{}** `{}` ({}): {}",
            finding.id,
            finding.severity.name(),
            finding.check,
            selection::percent(finding.confidence),
            escaped(&finding.message)
        )?;
        for place in [&finding.left, &finding.right].into_iter().flatten() {
            writeln!(output, "  - {}: “{}”", place.document, escaped(report.passage(place)))?;
        }
        for (document, texts) in selection::evidence(finding) {
            writeln!(output, "  - {document}: also {}", escaped(&texts))?;
        }
    }
    more(findings.left_out, "findings", output)
}

fn skipped(report: &Report, output: &mut dyn Write) -> io::Result<()> {
    if report.skipped.is_empty() {
        return Ok(());
    }
    writeln!(output, "\n## Skipped\n")?;
    for skipped in &report.skipped {
        let hint = printable(&skipped.hint);
        writeln!(output, "- {}: {}; {hint}", escaped(&skipped.source), escaped(&skipped.error))?;
    }
    Ok(())
}

fn more(left_out: usize, what: &str, output: &mut dyn Write) -> io::Result<()> {
    if left_out == 0 {
        return Ok(());
    }
    writeln!(output, "\n… and {left_out} more {what}; `--all` shows them.")
}
