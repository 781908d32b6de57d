//! The first page: events in time with what their documents share, and how alike all documents are.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::labels;
use super::markup::Html;
use super::outline::Outline;
use super::parts::{figures, severity};
use crate::finding::Severity;
use crate::report::{DocumentEntry, EventEntry, PairEntry};

/// Documents from which their matrix needs the whole width.
const MANY: usize = 12;

/// Writes the section.
pub(super) fn write(html: &mut Html, outline: &Outline<'_>) {
    let many = outline.report.documents.len() > MANY;
    let class = if many { "overview many" } else { "overview" };
    html.element("section", &[("id", "overview"), ("class", class)], |html| {
        html.label("h2", &[], "overview");
        events(html, outline);
        if outline.report.documents.len() > 1 {
            likeness(html, outline);
        }
    });
}

fn events(html: &mut Html, outline: &Outline<'_>) {
    let time = TimeLine::over(outline);
    html.element("table", &[("class", "events")], |html| {
        html.label("caption", &[], "events-caption");
        html.element("thead", &[], |html| {
            html.element("tr", &[], |html| {
                html.label("th", &[("scope", "col")], "event");
                html.element("th", &[("scope", "col"), ("class", "when")], |html| {
                    time.heading(html)
                });
                for key in ["articles", "told-by-all", "told-by-several", "told-by-one", "differ"] {
                    html.label("th", &[("scope", "col"), ("class", "number")], key);
                }
            });
        });
        html.element("tbody", &[], |html| {
            for story in &outline.report.stories {
                let events = outline.events_of(&story.id);
                if events.len() > 1 {
                    let attributes = [("class", "story"), ("data-story", story.id.as_str())];
                    html.element("tr", &attributes, |html| {
                        html.element("th", &[("colspan", "7"), ("scope", "rowgroup")], |html| {
                            html.label("span", &[("class", "kind")], "story");
                            html.text(" ");
                            html.leaf("bdi", &[], &story.label);
                        });
                    });
                }
                for event in events {
                    event_row(html, outline, event, &time);
                }
            }
        });
    });
}

fn event_row(html: &mut Html, outline: &Outline<'_>, event: &EventEntry, time: &TimeLine) {
    let documents = outline.documents(&event.documents);
    let ids = event.documents.join(" ");
    html.element("tr", &[("data-documents", &ids)], |html| {
        html.element("th", &[("scope", "row")], |html| {
            html.link_around(&[], &event.id, |html| html.leaf("bdi", &[], &event.label));
            html.element("div", &[("class", "sigla")], |html| sigla(html, &documents));
        });
        html.element("td", &[("class", "when")], |html| time.event(html, event, &documents));
        number(html, "articles", &documents.len().to_string());
        if documents.len() < 2 {
            html.leaf("td", &[("class", "number none"), ("colspan", "4")], "–");
            return;
        }
        let tally = outline.tally(event);
        let counts = [
            ("told-by-all", tally.all),
            ("told-by-several", tally.several),
            ("told-by-one", tally.one),
        ];
        for (name, count) in counts {
            number(html, name, &count.to_string());
        }
        html.element("td", &named("differ"), |html| differ(html, outline, event));
    });
}

/// Attributes of a cell that tells its column's name where the columns are no more: on narrow screens.
fn named(label: &'static str) -> [(&'static str, &'static str); 3] {
    [("class", "number"), ("data-ln", label), ("data-name", labels::english(label))]
}

fn number(html: &mut Html, label: &'static str, number: &str) {
    html.leaf("td", &named(label), number);
}

/// Ids and languages of documents.
pub(super) fn sigla(html: &mut Html, documents: &[&DocumentEntry]) {
    for document in documents {
        html.link_around(&[("class", "siglum")], &document.id, |html| {
            html.leaf("b", &[], &document.id);
            html.text(" ");
            html.text(document.language.code());
        });
        html.text(" ");
    }
}

/// How many differences of each severity there are.
fn differ(html: &mut Html, outline: &Outline<'_>, event: &EventEntry) {
    let differences = outline.differences(event);
    for &level in Severity::ALL.iter().rev() {
        let number = differences.iter().filter(|finding| finding.severity == level).count();
        if number > 0 {
            html.leaf(
                "span",
                &[("class", &severity::class(level))],
                &format!("{} {number}", severity::sign(level)),
            );
            html.text(" ");
        }
    }
    if differences.is_empty() {
        html.text("0");
    }
}

/// The days between the first publication and the last.
struct TimeLine {
    ends: Option<(Date, Date)>,
}

impl TimeLine {
    fn over(outline: &Outline<'_>) -> Self {
        let dates = || outline.report.documents.iter().filter_map(|document| document.published);
        Self { ends: dates().min().zip(dates().max()) }
    }

    /// Where a day lies, 0..1; the middle where there is only one day.
    fn place(&self, date: Date) -> f32 {
        let days = |from: Date, to: Date| from.duration_until(to).as_hours() as f32;
        match self.ends {
            Some((first, last)) if first < last => days(first, date) / days(first, last),
            _ => 0.5,
        }
    }

    fn heading(&self, html: &mut Html) {
        match self.ends {
            Some((first, last)) if first < last => {
                html.element("div", &[("class", "ends")], |html| {
                    html.leaf("span", &[], &first.to_string());
                    html.leaf("span", &[], &last.to_string());
                });
            }
            _ => html.label("span", &[], "published"),
        }
    }

    fn event(&self, html: &mut Html, event: &EventEntry, documents: &[&DocumentEntry]) {
        let mut days: BTreeMap<Date, usize> = BTreeMap::new();
        for date in documents.iter().filter_map(|document| document.published) {
            *days.entry(date).or_default() += 1;
        }
        if self.ends.is_some_and(|(first, last)| first < last) && !days.is_empty() {
            let dots: Vec<(f32, usize)> =
                days.iter().map(|(&date, &number)| (self.place(date), number)).collect();
            figures::dots(html, &dots);
        }
        let mut dates = event.dates.iter();
        match (dates.next(), dates.next_back()) {
            (None, _) => html.label("span", &[("class", "none")], "no-date"),
            (Some(first), None) => html.leaf("time", &[], &first.to_string()),
            (Some(first), Some(last)) => html.leaf("time", &[], &format!("{first} – {last}")),
        }
    }
}

/// All documents by all documents, those of one event beside each other.
fn likeness(html: &mut Html, outline: &Outline<'_>) {
    let documents = outline.documents_by_event();
    let pairs: BTreeMap<(&str, &str), &PairEntry> = (outline.report.pairs.iter())
        .map(|pair| ((pair.left.as_str(), pair.right.as_str()), pair))
        .collect();
    let attributes = [
        ("class", "scroll"),
        ("role", "region"),
        ("aria-labelledby", "likeness"),
        ("tabindex", "0"),
    ];
    html.element("div", &attributes, |html| {
        html.element("table", &[("class", "likeness")], |html| {
            html.label("caption", &[("id", "likeness")], "likeness-caption");
            html.element("thead", &[], |html| {
                html.element("tr", &[], |html| {
                    html.label("td", &[("class", "unseen")], "articles");
                    for document in &documents {
                        let attributes = [("scope", "col"), ("data-d", document.id.as_str())];
                        html.leaf("th", &attributes, &document.id);
                    }
                });
            });
            html.element("tbody", &[], |html| {
                for row in &documents {
                    likeness_row(html, row, &documents, &pairs);
                }
            });
        });
    });
}

fn likeness_row(
    html: &mut Html,
    row: &DocumentEntry,
    documents: &[&DocumentEntry],
    pairs: &BTreeMap<(&str, &str), &PairEntry>,
) {
    html.element("tr", &[("data-d", &row.id)], |html| {
        html.element("th", &[("scope", "row")], |html| {
            sigla(html, &[row]);
            let name = row.title.as_deref().unwrap_or(&row.source);
            html.leaf(
                "span",
                &[("class", "name"), ("lang", row.language.code()), ("dir", "auto")],
                name,
            );
        });
        for column in documents {
            let pair = pairs
                .get(&(row.id.as_str(), column.id.as_str()))
                .or_else(|| pairs.get(&(column.id.as_str(), row.id.as_str())));
            match pair {
                Some(pair) => likeness_cell(html, pair, &column.id),
                None => html.leaf("td", &[("class", "self"), ("data-d", &column.id)], "·"),
            }
        }
    });
}

fn likeness_cell(html: &mut Html, pair: &PairEntry, column: &str) {
    let coverage = [pair.coverage.left_in_right, pair.coverage.right_in_left];
    let numbers: Vec<String> = (pair.scores.values().iter().chain(&coverage))
        .map(|&share| figures::hundredths(share))
        .chain([pair.links.len().to_string()])
        .collect();
    let overall = figures::hundredths(pair.scores.overall);
    let class = figures::shade(pair.scores.overall);
    let attributes = [
        ("class", class.as_str()),
        ("data-d", column),
        ("data-pair", &format!("{} {}", pair.left, pair.right)),
        ("data-numbers", &numbers.join(" ")),
    ];
    html.leaf("td", &attributes, &overall);
}
