//! The comparisons of an analysis as a table, and the sentences behind each.

use super::super::labels;
use super::super::markup::Html;
use super::super::parts::passages::{PairSide, pair};
use super::super::parts::table::{self, Column};
use crate::report::study::{ShownPassage, StudyReport};
use crate::study::results::{Test, test_id};

const COLUMNS: [Column<'_>; 12] = [
    Column::Words("subject"),
    Column::Words("measure"),
    Column::Words("group"),
    Column::Words("against"),
    Column::Numbers("group-value"),
    Column::Numbers("others-value"),
    Column::Numbers("difference"),
    Column::Words("interval"),
    Column::Numbers("effect"),
    Column::Numbers("p-value"),
    Column::Numbers("q-value"),
    Column::Numbers("events"),
];

/// Tests up to which their sentences are listed at once.
const OPEN: usize = 8;

/// Writes the table.
pub(super) fn write(html: &mut Html, report: &StudyReport, shown: &[usize]) {
    html.element("div", &[("class", "scroll")], |html| {
        table::write(html, &[("class", "comparisons")], "comparisons-caption", &COLUMNS, |html| {
            for &number in shown {
                row(html, report, number);
            }
        });
    });
}

fn row(html: &mut Html, report: &StudyReport, number: usize) {
    let test = &report.findings.tests[number];
    let found = test.is_discovery(report.settings.rate);
    let id = test_id(number);
    let linked = report.passages.get(&number).is_some_and(|passages| !passages.is_empty());
    let mut attributes = vec![
        ("class", if found { "found" } else { "open" }),
        ("data-test", id.as_str()),
        ("data-analysis", test.analysis),
        ("data-group", test.group.as_str()),
        ("data-against", test.against.as_str()),
    ];
    if found {
        attributes.push(("data-found", ""));
    }
    html.element("tr", &attributes, |html| {
        html.leaf("th", &[("scope", "row"), ("dir", "auto")], &test.subject);
        html.leaf("td", &[("lang", labels::FIRST_LANGUAGE)], test.measure);
        html.leaf("td", &[("dir", "auto")], &test.group);
        html.leaf("td", &[("dir", "auto")], &test.against);
        let link = linked.then_some(id.as_str());
        cell(html, test.group_value, number3, link);
        cell(html, test.others_value, number3, link);
        cell(html, test.difference, signed, link);
        match test.interval {
            Some(interval) => {
                let ends = format!("{} … {}", signed(interval.low), signed(interval.high));
                let low = interval.low.to_string();
                html.leaf("td", &[("class", "number"), ("data-v", &low)], &ends);
            }
            None => {
                let reason = test.reason.as_deref().unwrap_or("–");
                html.leaf("td", &[("class", "why"), ("lang", "en"), ("data-v", "")], reason);
            }
        }
        cell(html, test.effect, |effect| format!("{} {}", test.effect_name, signed(effect)), None);
        cell(html, test.p, small, None);
        cell(html, test.q, small, None);
        html.leaf("td", &[("class", "number")], &test.events.to_string());
    });
}

/// A number that leads to the sentences behind it; a dash where there is none.
fn cell(html: &mut Html, value: Option<f64>, shown: impl Fn(f64) -> String, link: Option<&str>) {
    // What is missing sorts last.
    let sorted = value.map_or_else(|| "-1e300".to_owned(), |value| value.to_string());
    html.element("td", &[("class", "number"), ("data-v", &sorted)], |html| match (value, link) {
        (Some(value), Some(id)) => html.link(&[], id, &shown(value)),
        (Some(value), None) => html.text(&shown(value)),
        (None, _) => html.text("–"),
    });
}

fn number3(value: f64) -> String {
    format!("{value:.3}").replace('-', "−")
}

fn signed(value: f64) -> String {
    format!("{value:+.3}").replace('-', "−")
}

fn small(value: f64) -> String {
    if value < 0.001 { "< .001".to_owned() } else { format!("{value:.3}") }
}

/// Writes the sentences behind the tests, closed until a reader asks.
pub(super) fn passages(html: &mut Html, report: &StudyReport, shown: &[usize]) {
    let behind: Vec<(usize, &Vec<ShownPassage>)> = shown
        .iter()
        .filter_map(|&number| Some((number, report.passages.get(&number)?)))
        .filter(|(_, passages)| !passages.is_empty())
        .collect();
    if behind.is_empty() {
        return;
    }
    let mut attributes = vec![("class", "every")];
    if behind.len() <= OPEN {
        attributes.push(("open", ""));
    }
    html.element("details", &attributes, |html| {
        html.element("summary", &[], |html| {
            html.label("span", &[], "sentences-behind");
            html.text(&format!(" ({})", behind.len()));
        });
        html.element("div", &[("class", "behind")], |html| {
            for (number, passages) in behind {
                of_test(html, &report.findings.tests[number], number, passages);
            }
        });
    });
}

/// The sentences behind one test: those of the group, and those of the others.
fn of_test(html: &mut Html, test: &Test, number: usize, passages: &[ShownPassage]) {
    let id = test_id(number);
    html.element("details", &[("id", &id), ("data-test", &id)], |html| {
        html.leaf("summary", &[("dir", "auto")], &heading(test));
        html.element("div", &[("class", "sides")], |html| {
            for in_group in [true, false] {
                let side = passages.iter().filter(|p| p.in_group == in_group);
                let name = if in_group { &test.group } else { &test.against };
                html.element("div", &[], |html| {
                    html.leaf("h4", &[("dir", "auto")], name);
                    side.for_each(|passage| one(html, passage));
                });
            }
        });
    });
}

/// What a test says, on one line.
fn heading(test: &Test) -> String {
    let subject =
        if test.subject.is_empty() { String::new() } else { format!("{}: ", test.subject) };
    let difference = test.difference.map_or_else(String::new, |d| format!(" · {}", signed(d)));
    format!("{subject}{} · {} – {}{difference}", test.measure, test.group, test.against)
}

fn one(html: &mut Html, passage: &ShownPassage) {
    let place = passage.sentence.map_or_else(String::new, |sentence| format!(" · {sentence}"));
    let note =
        if passage.note.is_empty() { String::new() } else { format!(" · {}", passage.note) };
    let group = format!("{}, {}", passage.group, passage.article);
    pair(
        html,
        &[PairSide {
            name: format!("{group}{place}{note}"),
            context: None,
            language: passage.language.clone(),
            text: &passage.text,
            marks: Vec::new(),
        }],
    );
}
