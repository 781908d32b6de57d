//! The summary of a study for the terminal: the corpus, and what was found, with everything a reader needs to judge it.

use std::io::{self, Write};

use super::{StudyReport, Written};
use crate::report::Layout;
use crate::report::page::{BOLD, DIM, Page, cut, pad};
use crate::report::sanitise::printable;
use crate::report::selection::count;
use crate::study::results::Test;
use crate::study::table::Cell;

/// Findings of an analysis that are shown.
const SHOWN: usize = 8;

/// Writes the summary; `written` names the files that hold the rest.
///
/// # Errors
/// What the output says when it cannot be written.
pub fn write(
    report: &StudyReport,
    written: &Written,
    folder: &str,
    layout: &Layout,
    output: &mut dyn Write,
) -> io::Result<()> {
    let mut page = Page::new(layout, output);
    overview(report, &mut page)?;
    for analysis in &report.analyses {
        let tests: Vec<&Test> =
            report.findings.tests.iter().filter(|test| test.analysis == analysis.name).collect();
        page.heading(analysis.name)?;
        page.wrapped("  ", "  ", DIM, analysis.question)?;
        of_analysis(report, &tests, &mut page)?;
    }
    validation(report, &mut page)?;
    if !report.findings.notes.is_empty() {
        page.heading("Remarks")?;
        for note in &report.findings.notes {
            page.wrapped("  – ", "    ", crate::report::page::PLAIN, note)?;
        }
    }
    page.heading("How to read this")?;
    for line in LEGEND {
        page.wrapped("  ", "  ", DIM, line)?;
    }
    let files = count(written.files.len(), "file", "files");
    page.heading(&format!("{files} in {}", printable(folder)))
}

const LEGEND: [&str; 2] = [
    "A line is a group, its value and the others' value, the difference within the same events with its 95 % interval, \
     the size of the effect (d in standard deviations, h of shares: .2 is small, .5 medium, .8 large), and q, the share of \
     false findings to expect among all with a q this small or smaller.",
    "The file methods.md has formulas, settings and citations, data_dictionary.md what every column means.",
];

fn overview(report: &StudyReport, page: &mut Page<'_>) -> io::Result<()> {
    let corpus = &report.corpus;
    let summary = format!(
        "{} ({} independent), {}, {} covered by several {}s",
        count(corpus.articles, "article", "articles"),
        corpus.versions,
        count(corpus.events, "event", "events"),
        corpus.shared_events,
        corpus.by
    );
    let name = page.paint(BOLD, "study");
    page.line(&format!("{name}  {}", printable(&summary)))?;
    for group in &corpus.groups {
        page.line(&format!(
            "  {}  {}",
            pad(&cut(&group.name, 30), 30),
            count(group.articles, "article", "articles")
        ))?;
    }
    Ok(())
}

/// What planted changes showed.
fn validation(report: &StudyReport, page: &mut Page<'_>) -> io::Result<()> {
    let Some(table) = report.findings.tables.iter().find(|table| table.name == "validation") else {
        return Ok(());
    };
    page.heading("validation")?;
    let what = "How many changes planted into copies of these articles are noticed?";
    page.wrapped("  ", "  ", DIM, what)?;
    for row in &table.rows {
        let [change, language, planted, detected, rate, low, high, _, alarms] = &row[..] else {
            continue;
        };
        let language = if *language == Cell::Blank { "all".to_owned() } else { shown(language) };
        page.line(&format!(
            "  {}  {}  {} of {} noticed, {} [{}, {}]; false alarms: {}",
            pad(&shown(change), 16),
            pad(&language, 4),
            shown(detected),
            shown(planted),
            shown(rate),
            shown(low),
            shown(high),
            shown(alarms)
        ))?;
    }
    Ok(())
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Blank => "–".to_owned(),
        Cell::Text(text) => printable(text),
        Cell::Integer(number) => number.to_string(),
        Cell::Real(number) => format!("{number:.3}"),
        Cell::Flag(flag) => flag.to_string(),
    }
}

fn of_analysis(report: &StudyReport, tests: &[&Test], page: &mut Page<'_>) -> io::Result<()> {
    let whole: Vec<&Test> = tests.iter().copied().filter(|test| test.subject.is_empty()).collect();
    match common_reason(&whole) {
        // One line says it for all groups and measures; their values are in the table.
        Some(reason) => {
            let mut measures: Vec<&str> = whole.iter().map(|test| test.measure).collect();
            measures.dedup();
            measures.sort_unstable();
            measures.dedup();
            let text = format!("{}: not tested: {reason}", measures.join(", "));
            page.wrapped("  ", "      ", crate::report::page::PLAIN, &text)?;
        }
        None => whole.iter().try_for_each(|test| line(test, page))?,
    }
    let mut found: Vec<&Test> = tests
        .iter()
        .copied()
        .filter(|test| !test.subject.is_empty() && test.is_discovery(report.settings.rate))
        .collect();
    let size = |test: &Test| test.effect.map_or(0.0, f64::abs);
    found.sort_by(|one, other| size(other).total_cmp(&size(one)));
    for test in found.iter().take(SHOWN) {
        line(test, page)?;
    }
    let with_subject: Vec<&Test> =
        tests.iter().copied().filter(|test| !test.subject.is_empty()).collect();
    let tested = tests.iter().filter(|test| !test.subject.is_empty() && test.p.is_some()).count();
    if tested > 0 {
        let more = found.len().saturating_sub(SHOWN);
        let rest =
            if more > 0 { format!(", {more} more in tables/tests.csv") } else { String::new() };
        page.line(&format!(
            "  {} of {tested} comparisons found at q ≤ {}{rest}",
            found.len(),
            report.settings.rate
        ))?;
    } else if let Some(reason) = common_reason(&with_subject) {
        page.wrapped("  ", "      ", crate::report::page::PLAIN, &format!("not tested: {reason}"))?;
    } else if whole.is_empty() {
        let what = match report.sample.groups.len() {
            0 | 1 => "nothing could be compared",
            _ => "nothing occurs in enough events to be compared",
        };
        page.line(&format!("  {what}"))?;
    }
    Ok(())
}

/// The reason why none of several tests could be made, where it is one for all.
fn common_reason<'t>(tests: &[&'t Test]) -> Option<&'t str> {
    let (first, others) = tests.split_first()?;
    let reason = first.reason.as_deref().filter(|_| first.p.is_none() && !others.is_empty())?;
    let same = |test: &&&Test| test.p.is_none() && test.reason.as_deref() == Some(reason);
    (others.iter().filter(same).count() == others.len()).then_some(reason)
}

fn line(test: &Test, page: &mut Page<'_>) -> io::Result<()> {
    let subject =
        if test.subject.is_empty() { String::new() } else { format!("{}: ", test.subject) };
    let text = format!("{subject}{} – {}", test.group, test.against);
    let mut figures = vec![
        format!("{} / {}", number(test.group_value), number(test.others_value)),
        format!("difference {}", signed(test.difference)),
    ];
    if let Some(interval) = test.interval {
        figures.push(format!("[{}, {}]", signed(Some(interval.low)), signed(Some(interval.high))));
    }
    if test.effect.is_some() {
        figures.push(format!("{} {}", test.effect_name, signed(test.effect)));
    }
    if let Some(q) = test.q {
        figures.push(format!("q {}", small(q)));
    }
    if let Some(reason) = &test.reason {
        let what = if test.q.is_some() { "no interval" } else { "no test" };
        figures.push(format!("{what}: {reason}"));
    }
    page.line(&format!("  {}  {}", pad(&cut(test.measure, 32), 32), cut(&text, 60)))?;
    page.wrapped("      ", "      ", crate::report::page::PLAIN, &figures.join("  "))
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}").replace('-', "−"))
}

fn signed(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:+.3}").replace('-', "−"))
}

fn small(value: f64) -> String {
    if value < 0.001 { "< .001".to_owned() } else { format!("{value:.3}") }
}
