//! The documents as they were read, what was left out of them, and how the page came to be.

use super::labels;
use super::markup::Html;
use super::overview::sigla;
use super::parts::severity::word;
use super::parts::table::{self, Column};
use crate::report::{DocumentEntry, Report};

/// Longest dropped passage shown, in scalar values: enough to know it by.
const DROPPED_SHOWN: usize = 200;
/// Most dropped passages shown of a document.
const DROPPED_LISTED: usize = 100;

/// Writes the section.
pub(super) fn write(html: &mut Html, report: &Report) {
    html.element("section", &[("id", "articles")], |html| {
        html.label("h2", &[], "articles");
        let columns = [
            Column::Words("article"),
            Column::Words("published"),
            Column::Words("outlet"),
            Column::Words("headline"),
            Column::Numbers("sentences"),
            Column::Numbers("words"),
            Column::Words("source"),
        ];
        let attributes = [
            ("class", "scroll"),
            ("role", "region"),
            ("aria-labelledby", "sources"),
            ("tabindex", "0"),
        ];
        html.element("div", &attributes, |html| {
            html.label("h3", &[("id", "sources"), ("class", "unseen")], "articles");
            table::write(html, &[("class", "sources")], "articles-caption", &columns, |html| {
                for document in &report.documents {
                    row(html, document);
                }
            });
        });
        dropped(html, report);
        skipped(html, report);
    });
}

fn row(html: &mut Html, document: &DocumentEntry) {
    html.element("tr", &[("data-documents", &document.id)], |html| {
        html.element("th", &[("scope", "row")], |html| sigla(html, &[document]));
        let published = document.published.map(|date| date.to_string());
        html.leaf("td", &[], published.as_deref().unwrap_or("–"));
        html.leaf("td", &[("dir", "auto")], document.outlet.as_deref().unwrap_or("–"));
        let attributes = [("lang", document.language.code()), ("dir", "auto")];
        html.leaf("td", &attributes, document.title.as_deref().unwrap_or("–"));
        html.leaf("td", &[("class", "number")], &document.sentences.len().to_string());
        html.leaf("td", &[("class", "number")], &document.words.to_string());
        html.leaf("td", &[("class", "path")], &document.source);
    });
}

fn dropped(html: &mut Html, report: &Report) {
    let documents = report.documents.iter().filter(|document| !document.dropped.is_empty());
    let number: usize = documents.clone().map(|document| document.dropped.len()).sum();
    if number == 0 {
        return;
    }
    html.element("details", &[("class", "dropped")], |html| {
        html.element("summary", &[], |html| {
            html.label("span", &[], "dropped");
            html.leaf("span", &[("class", "number")], &format!(" {number}"));
        });
        for document in documents {
            html.element("h4", &[], |html| sigla(html, &[document]));
            html.element("ul", &[], |html| {
                for dropped in document.dropped.iter().take(DROPPED_LISTED) {
                    html.element("li", &[("dir", "auto")], |html| {
                        word(html, &format!("reason-{}", dropped.reason), dropped.reason);
                        html.text(": ");
                        let mut shown: String = dropped.text.chars().take(DROPPED_SHOWN).collect();
                        if shown.len() < dropped.text.len() {
                            shown.push('…');
                        }
                        html.leaf("q", &[], &shown);
                    });
                }
                if document.dropped.len() > DROPPED_LISTED {
                    let more = document.dropped.len() - DROPPED_LISTED;
                    html.leaf("li", &[], &format!("… + {more}"));
                }
            });
        }
    });
}

fn skipped(html: &mut Html, report: &Report) {
    if !report.skipped.is_empty() {
        html.label("h3", &[], "skipped");
        html.element("ul", &[("lang", labels::FIRST_LANGUAGE), ("class", "skipped")], |html| {
            for skipped in &report.skipped {
                html.element("li", &[], |html| {
                    html.leaf("code", &[], &skipped.source);
                    html.text(&format!(": {}; {}", skipped.error, skipped.hint));
                });
            }
        });
    }
    if !report.notes.is_empty() {
        html.label("h3", &[], "remarks");
        html.element("ul", &[("lang", labels::FIRST_LANGUAGE)], |html| {
            for note in &report.notes {
                html.leaf("li", &[], &format!("{}: {}", note.source, note.message));
            }
        });
    }
}

/// How to read the page, and what made it.
pub(super) fn colophon(html: &mut Html, report: &Report) {
    html.element("footer", &[], |html| {
        html.label("h2", &[], "legend");
        html.element("ul", &[("class", "legend")], |html| {
            for key in [
                "legend-synopsis",
                "legend-strip",
                "legend-similarity",
                "legend-coverage",
                "legend-confidence",
                "legend-signs",
                "legend-keys",
            ] {
                html.label("li", &[], key);
            }
        });
        html.element("p", &[("class", "made"), ("lang", labels::FIRST_LANGUAGE)], |html| {
            html.text(&report.tool.to_string());
            html.text(&format!(" · checks: {}", report.options.checks.join(", ")));
            if let Some(least) = report.options.min_severity {
                html.text(&format!(" · least severity: {}", least.name()));
            }
            if let Some(language) = &report.options.lang {
                html.text(&format!(" · language of all inputs: {language}"));
            }
        });
    });
}
