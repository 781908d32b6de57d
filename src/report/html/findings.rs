//! All findings, each with both passages, and the bar that filters the page.

use std::collections::BTreeSet;

use super::labels;
use super::markup::Html;
use super::outline::Outline;
use super::parts::figures::hundredths;
use super::parts::filters::{self, Choices, Filters, Views};
use super::parts::passages::{PairSide, pair};
use super::parts::severity;
use super::synopsis::marks;
use crate::finding::Severity;
use crate::report::{DocumentEntry, FindingEntry, PlaceEntry, selection};

/// Which rows of the columns are shown.
const VIEWS: Views = Views {
    label: "view",
    options: &[
        ("everything", "view-everything"),
        ("shared", "view-shared"),
        ("all", "view-all"),
        ("one", "view-one"),
        ("differs", "view-differs"),
    ],
};

/// Writes the filter bar.
pub(super) fn filter_bar(html: &mut Html, outline: &Outline<'_>) {
    let report = outline.report;
    let languages: BTreeSet<&str> = report.documents.iter().map(|d| d.language.code()).collect();
    let checks: BTreeSet<&str> = report.findings.iter().map(|finding| finding.check).collect();
    let levels: BTreeSet<Severity> = report.findings.iter().map(|f| f.severity).collect();
    let named = |document: &DocumentEntry| {
        let name =
            document.title.as_deref().or(document.outlet.as_deref()).unwrap_or(&document.source);
        (document.id.clone(), None, format!("{}  {}", document.id, name))
    };
    let groups = [
        Choices {
            name: "documents",
            label: "articles",
            options: report.documents.iter().map(named).collect(),
            languages: report.documents.iter().map(|d| d.language.code()).collect(),
        },
        Choices {
            name: "languages",
            label: "filter-languages",
            options: languages
                .iter()
                .map(|code| (code.to_string(), Some(format!("language-{code}")), code.to_string()))
                .collect(),
            languages: Vec::new(),
        },
        Choices {
            name: "checks",
            label: "filter-checks",
            options: checks
                .iter()
                .map(|id| (id.to_string(), Some(format!("check-{id}")), id.to_string()))
                .collect(),
            languages: Vec::new(),
        },
    ];
    let levels: Vec<Severity> = levels.into_iter().collect();
    filters::write(
        html,
        &Filters { views: &[&VIEWS], groups: &groups, severities: &levels, ranges: &[] },
    );
}

/// Writes the section.
pub(super) fn write(html: &mut Html, outline: &Outline<'_>) {
    if outline.report.findings.is_empty() {
        return;
    }
    html.element("section", &[("id", "findings")], |html| {
        html.label("h2", &[], "findings");
        html.label("p", &[("class", "lede")], "findings-lede");
        html.element("div", &[("class", "findings")], |html| {
            for finding in &outline.report.findings {
                entry(html, outline, finding);
            }
        });
    });
}

fn entry(html: &mut Html, outline: &Outline<'_>, finding: &FindingEntry) {
    let sides = || [&finding.left, &finding.right].into_iter().flatten();
    let documents: Vec<&str> = sides().map(|place| place.document.as_str()).collect();
    let attributes = [
        ("class", "finding"),
        ("id", finding.id.as_str()),
        ("data-check", finding.check),
        ("data-severity", finding.severity.name()),
        ("data-confidence", &hundredths(finding.confidence)),
        ("data-documents", &documents.join(" ")),
    ];
    html.element("article", &attributes, |html| {
        html.element("header", &[], |html| {
            html.link(&[("class", "anchor")], &finding.id, &finding.id);
            html.text(" ");
            severity::write(html, finding.severity);
            html.text(" ");
            html.element("b", &[], |html| {
                severity::word(html, &format!("check-{}", finding.check), finding.check);
            });
            html.leaf(
                "span",
                &[("class", "share")],
                &format!("{} %", hundredths(finding.confidence)),
            );
            html.leaf("p", &[("lang", labels::FIRST_LANGUAGE), ("dir", "auto")], &finding.message);
        });
        let sides: Vec<PairSide<'_>> = sides().map(|place| side(outline, finding, place)).collect();
        pair(html, &sides);
        for (document, texts) in selection::evidence(finding) {
            html.element("p", &[("class", "evidence")], |html| {
                html.link(&[], document, document);
                html.text(&format!(" + {texts}"));
            });
        }
    });
}

fn side<'r>(
    outline: &Outline<'r>,
    finding: &'r FindingEntry,
    place: &'r PlaceEntry,
) -> PairSide<'r> {
    let document = outline.report.document(&place.document);
    let language = |code: &str| format!("{} {code}", place.document);
    let sentence = place.sentence.as_deref().and_then(|id| outline.report.sentence(id));
    let code = document.map_or("und", |document| document.language.code());
    match sentence {
        Some(sentence) => PairSide {
            name: language(sentence.language.code()),
            context: Some(&sentence.id),
            language: sentence.language.code().to_owned(),
            text: &sentence.text,
            marks: marks(outline, sentence)
                .into_iter()
                .filter(|mark| mark.finding == finding.id)
                .collect(),
        },
        None => PairSide {
            name: language(code),
            context: document.map(|document| document.id.as_str()),
            language: code.to_owned(),
            text: &place.text,
            marks: Vec::new(),
        },
    }
}
