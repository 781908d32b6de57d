//! The page of a study: what was found, analysis by analysis, with figures, tables that sort, and the sentences behind
//! each number.

mod comparisons;

use super::labels;
use super::markup::Html;
use super::parts::filters::{self, Choices, Filters, Views};
use super::parts::table::{self, Column};
use super::shell::{self, Kind};
use crate::report::study::{AnalysisEntry, Figure, StudyReport};

/// Bytes of markup up to which sentences are put on the page.
const MOST: usize = 24 << 20;

const VIEWS: Views =
    Views { label: "view", options: &[("everything", "view-everything"), ("found", "view-found")] };

/// The whole page, with the figures of the study.
pub(in crate::report) fn page(report: &StudyReport, figures: &[Figure]) -> String {
    let mut html = Html::default();
    masthead(&mut html, report);
    filter_bar(&mut html, report);
    html.element("main", &[("id", "content")], |html| {
        overview(html, report, figures);
        for analysis in &report.analyses {
            section(html, report, analysis, figures);
        }
        remarks(html, report);
    });
    colophon(&mut html, report);
    shell::page(Kind::Study, &html.finish())
}

fn masthead(html: &mut Html, report: &StudyReport) {
    let corpus = &report.corpus;
    html.element("header", &[("class", "masthead")], |html| {
        html.label("h1", &[], Kind::Study.title());
        html.element("dl", &[("class", "counts")], |html| {
            html.count("articles", corpus.articles, None);
            html.count("independent-versions", corpus.versions, None);
            html.count("events", corpus.events, None);
            html.count("shared-events", corpus.shared_events, None);
            html.count("groups", corpus.groups.len(), Some("overview"));
            html.count("found-differences", report.discoveries().len(), None);
        });
        shell::controls(html);
        html.leaf("p", &[("class", "files")], &corpus.source);
    });
}

fn filter_bar(html: &mut Html, report: &StudyReport) {
    let analyses = report.analyses.iter().map(|analysis| {
        let name = analysis.name.to_owned();
        (name.clone(), Some(label_of(analysis)), name)
    });
    let groups = report.corpus.groups.iter().map(|group| {
        let name = group.name.clone();
        (name.clone(), None, name)
    });
    let choices = [
        Choices {
            name: "analyses",
            label: "filter-analyses",
            options: analyses.collect(),
            languages: Vec::new(),
        },
        Choices {
            name: "groups",
            label: "groups",
            options: groups.collect(),
            languages: Vec::new(),
        },
    ];
    filters::write(
        html,
        &Filters { views: &[&VIEWS], groups: &choices, severities: &[], ranges: &[] },
    );
}

fn label_of(analysis: &AnalysisEntry) -> String {
    format!("analysis-{}", analysis.name)
}

/// The groups, and what they cover when.
fn overview(html: &mut Html, report: &StudyReport, figures: &[Figure]) {
    html.element("section", &[("id", "overview")], |html| {
        html.label("h2", &[], "overview");
        let columns = [
            Column::Words("group"),
            Column::Numbers("articles"),
            Column::Numbers("independent-versions"),
            Column::Numbers("outlets"),
        ];
        html.element("div", &[("class", "scroll")], |html| {
            table::write(html, &[("class", "plain")], "groups-caption", &columns, |html| {
                for group in &report.corpus.groups {
                    html.element("tr", &[], |html| {
                        html.leaf("th", &[("scope", "row"), ("dir", "auto")], &group.name);
                        for number in [group.articles, group.versions, group.outlets] {
                            html.leaf("td", &[("class", "number")], &number.to_string());
                        }
                    });
                }
            });
        });
        plates(html, figures.iter().filter(|figure| figure.analysis.is_none()));
    });
}

/// Figures beside each other where there is room.
fn plates<'f>(html: &mut Html, figures: impl Iterator<Item = &'f Figure>) {
    html.element("div", &[("class", "plates")], |html| {
        for figure in figures {
            html.element("figure", &[("class", "plate"), ("lang", "en")], |html| {
                // Drawn by the program, with all texts of strangers escaped.
                html.own(&figure.svg);
                html.leaf("figcaption", &[], &figure.title);
            });
        }
    });
}

fn section(html: &mut Html, report: &StudyReport, analysis: &AnalysisEntry, figures: &[Figure]) {
    let attributes =
        [("id", analysis.name), ("class", "analysis"), ("data-analysis", analysis.name)];
    html.element("section", &attributes, |html| {
        match labels::find(&label_of(analysis)) {
            Some((key, _)) => html.label("h2", &[], key),
            None => html.leaf("h2", &[], analysis.name),
        }
        html.leaf("p", &[("class", "lede"), ("lang", labels::FIRST_LANGUAGE)], analysis.question);
        plates(html, figures.iter().filter(|figure| figure.analysis == Some(analysis.name)));
        let shown = report.findings.shown(analysis.name, report.settings.rate);
        let all =
            report.findings.tests.iter().filter(|test| test.analysis == analysis.name).count();
        if shown.is_empty() {
            html.label("p", &[("class", "none")], "nothing-compared");
            return;
        }
        comparisons::write(html, report, &shown);
        if all > shown.len() {
            html.element("p", &[("class", "none")], |html| {
                html.label("span", &[], "more-in-table");
                html.text(&format!(" {}", all - shown.len()));
            });
        }
        if html.len() < MOST {
            comparisons::passages(html, report, &shown);
        }
        html.element("details", &[("class", "formula")], |html| {
            html.label("summary", &[], "formula");
            html.leaf("p", &[("lang", labels::FIRST_LANGUAGE)], analysis.formula);
            html.element("ul", &[("lang", labels::FIRST_LANGUAGE)], |html| {
                for paper in analysis.papers {
                    html.leaf("li", &[], paper);
                }
            });
        });
    });
}

fn remarks(html: &mut Html, report: &StudyReport) {
    let notes = report.notes.iter().map(|note| note.message.as_str());
    let skipped =
        report.skipped.iter().map(|skipped| format!("{}: {}", skipped.source, skipped.error));
    let skipped: Vec<String> = skipped.collect();
    let all: Vec<&str> = report.findings.notes.iter().map(String::as_str).chain(notes).collect();
    if all.is_empty() && skipped.is_empty() {
        return;
    }
    html.element("section", &[("id", "remarks")], |html| {
        html.label("h2", &[], "remarks");
        html.element("ul", &[("class", "remarks"), ("lang", labels::FIRST_LANGUAGE)], |html| {
            for remark in all {
                html.leaf("li", &[], remark);
            }
        });
        if !skipped.is_empty() {
            html.label("h3", &[], "skipped");
            html.element("ul", &[("class", "remarks"), ("lang", "en")], |html| {
                for skipped in &skipped {
                    html.leaf("li", &[], skipped);
                }
            });
        }
    });
}

/// How to read the page, and what made it.
fn colophon(html: &mut Html, report: &StudyReport) {
    html.element("footer", &[], |html| {
        html.label("h2", &[], "legend");
        html.element("ul", &[("class", "legend")], |html| {
            for key in ["legend-difference", "legend-q", "legend-behind", "legend-study-keys"] {
                html.label("li", &[], key);
            }
        });
        html.element("p", &[("class", "made"), ("lang", labels::FIRST_LANGUAGE)], |html| {
            let (tool, settings) = (&report.tool, &report.settings);
            html.text(&format!(
                "{tool} · seed {} · up to {} shuffles · {} draws",
                settings.inference.seed,
                settings.inference.shuffles,
                settings.inference.bootstrap.replicates,
            ));
        });
    });
}
