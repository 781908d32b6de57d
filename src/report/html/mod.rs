//! The HTML writer: the report as one page that needs no network and opens from disk. A synopsis in the old
//! sense: the versions of an event in parallel columns, with their differences at the margin.
//!
//! | file | holds |
//! |---|---|
//! | `shell` | the page around any content: head, content security policy, style, script |
//! | `parts` | what pages are built from: tables, figures, passages, the filter bar |
//! | `markup`, `labels` | escaped markup; the words of the page in each language |
//! | `outline`, `arrangement` | the report seen from its sentences; the rows of a synopsis |
//! | `segments` | the page of a checked translation |
//! | `study` | the page of a study |
//! | the others | a section of the page each |
//!
//! Everything is in the markup, so the page can be read and printed without its script, which only adds
//! highlighting, filters, sorting and the choice of a language.

mod arrangement;
mod claims;
mod documents;
mod findings;
mod labels;
mod markup;
mod outline;
mod overview;
mod parts;
pub(super) mod segments;
mod shell;
pub(super) mod study;
mod synopsis;

use std::io::{self, Write};

use super::{Layout, Report, StoryEntry};
use markup::Html;
use outline::Outline;

/// Writes the report as a page.
///
/// # Errors
/// What the output says when it cannot be written.
pub fn write(report: &Report, _layout: &Layout, output: &mut dyn Write) -> io::Result<()> {
    let outline = Outline::of(report);
    let mut html = Html::default();
    masthead(&mut html, &outline);
    html.element("main", &[("id", "content")], |html| {
        overview::write(html, &outline);
        for story in &report.stories {
            chapter(html, &outline, story);
        }
        findings::write(html, &outline);
        documents::write(html, report);
    });
    documents::colophon(&mut html, report);
    output.write_all(shell::page(shell::Kind::Synopsis, &html.finish()).as_bytes())
}

/// The head of the page: what it is, how much there is, and what is shown of it.
fn masthead(html: &mut Html, outline: &Outline<'_>) {
    let report = outline.report;
    html.element("header", &[("class", "masthead")], |html| {
        html.label("h1", &[], "title");
        html.element("dl", &[("class", "counts")], |html| {
            let languages: std::collections::BTreeSet<_> =
                report.documents.iter().map(|document| document.language).collect();
            html.count("articles", report.documents.len(), Some("articles"));
            html.count("filter-languages", languages.len(), None);
            html.count("events", report.events.len(), Some("overview"));
            html.count(
                "statements",
                report.claims.len(),
                report.stories.first().map(|story| story.id.as_str()),
            );
            let link = (!report.findings.is_empty()).then_some("findings");
            html.count("findings", report.findings.len(), link);
        });
        shell::controls(html);
    });
    findings::filter_bar(html, outline);
}

/// A story: who says what in all its events, and the columns of each.
fn chapter(html: &mut Html, outline: &Outline<'_>, story: &StoryEntry) {
    html.element("section", &[("id", &story.id), ("class", "story")], |html| {
        html.element("h2", &[], |html| {
            html.label("span", &[("class", "kind")], "story");
            html.text(" ");
            html.leaf("bdi", &[("id", &claims::heading_id(story))], &story.label);
        });
        claims::write(html, outline, story);
        let events = outline.events_of(&story.id);
        for event in &events {
            html.element("section", &[("id", &event.id), ("class", "event")], |html| {
                html.element("h3", &[], |html| {
                    html.label("span", &[("class", "kind")], "event");
                    html.text(" ");
                    if events.len() > 1 {
                        html.leaf("bdi", &[], &event.label);
                        html.text(" ");
                    }
                    let dates: Vec<String> = event.dates.iter().map(ToString::to_string).collect();
                    html.leaf("span", &[("class", "dates")], &dates.join(" · "));
                });
                in_short(html, outline, event);
                synopsis::write(html, outline, event);
            });
        }
    });
}

/// What the documents of an event share, and where they differ.
fn in_short(html: &mut Html, outline: &Outline<'_>, event: &super::EventEntry) {
    if event.documents.len() < 2 {
        return;
    }
    let tally = outline.tally(event);
    let differences = outline.differences(event);
    html.element("dl", &[("class", "counts tally")], |html| {
        html.count("told-by-all", tally.all, None);
        html.count("told-by-several", tally.several, None);
        html.count("told-by-one", tally.one, None);
        html.count("differences", differences.len(), None);
    });
    if differences.is_empty() {
        return;
    }
    html.element("div", &[("class", "differences")], |html| {
        html.label("h4", &[], "where-they-differ");
        for finding in differences {
            synopsis::note(html, finding);
        }
    });
}
