//! Claims by documents: who says what, as a table that sorts.

use super::markup::Html;
use super::outline::{Outline, is_coverage, makers_within};
use super::parts::severity;
use super::parts::table::{self, Column};
use crate::report::{ClaimEntry, DocumentEntry, FindingEntry, StoryEntry};

/// Writes the matrix of a story, unless no two of its documents say the same.
pub(super) fn write(html: &mut Html, outline: &Outline<'_>, story: &StoryEntry) {
    let mut claims: Vec<(usize, &ClaimEntry)> = (outline.report.claims.iter())
        .map(|claim| (makers_within(claim, &story.documents), claim))
        .filter(|&(makers, _)| makers > 1)
        .collect();
    if claims.is_empty() {
        return;
    }
    claims.sort_by_key(|&(makers, _)| std::cmp::Reverse(makers));
    let events = outline.events_of(&story.id);
    let documents: Vec<&DocumentEntry> =
        events.iter().flat_map(|event| outline.documents(&event.documents)).collect();
    let mut columns = vec![Column::Words("statement"), Column::Numbers("told-by")];
    columns.extend(documents.iter().map(|document| Column::Signs(&document.id)));
    let name = format!("matrix-{}", story.id);
    html.element(
        "div",
        &[
            ("class", "scroll"),
            ("role", "region"),
            ("aria-labelledby", &format!("{name} {}", heading_id(story))),
            ("tabindex", "0"),
        ],
        |html| {
            html.label("h3", &[("id", &name)], "matrix");
            table::write(html, &[("class", "matrix")], "matrix-caption", &columns, |html| {
                for (makers, claim) in claims {
                    row(html, outline, claim, makers, &documents);
                }
            });
        },
    );
}

/// Id of the heading of a story.
pub(super) fn heading_id(story: &StoryEntry) -> String {
    format!("label-{}", story.id)
}

fn row(
    html: &mut Html,
    outline: &Outline<'_>,
    claim: &ClaimEntry,
    makers: usize,
    documents: &[&DocumentEntry],
) {
    let attributes = [
        ("data-c", claim.id.as_str()),
        ("id", &claim.id),
        ("data-documents", &claim.documents.join(" ")),
    ];
    html.element("tr", &attributes, |html| {
        html.element("th", &[("scope", "row")], |html| {
            let told = claim.sentences.iter().filter_map(|id| outline.report.sentence(id));
            let shown = told.clone().find(|sentence| sentence.text == claim.text);
            match shown.or_else(|| told.clone().next()) {
                Some(sentence) => {
                    let attributes = [("lang", sentence.language.code()), ("dir", "auto")];
                    html.link(&attributes, &sentence.id, &claim.text);
                }
                None => html.leaf("bdi", &[], &claim.text),
            }
        });
        html.leaf("td", &[("class", "number")], &makers.to_string());
        for document in documents {
            cell(html, outline, claim, &document.id);
        }
    });
}

/// How a document stands to a claim.
fn cell(html: &mut Html, outline: &Outline<'_>, claim: &ClaimEntry, document: &str) {
    let is_own = |id: &&String| id.split('.').next() == Some(document);
    let own: Vec<&String> = claim.sentences.iter().filter(is_own).collect();
    let finding = |coverage: bool, ids: &[&String]| -> Option<&FindingEntry> {
        ids.iter()
            .flat_map(|id| outline.sides_at(id))
            .map(|side| side.finding)
            .find(|finding| is_coverage(finding) == coverage && stands_in(finding, document))
    };
    let Some(first) = own.first() else {
        let all: Vec<&String> = claim.sentences.iter().collect();
        html.element("td", &[("class", "sign lacks"), ("data-d", document)], |html| match finding(
            true, &all,
        ) {
            Some(missing) => html.link(&[("data-f", &missing.id)], &missing.id, "–"),
            None => html.text("·"),
        });
        return;
    };
    html.element("td", &[("class", "sign says"), ("data-d", document)], |html| {
        html.link(&[], first, "●");
        if let Some(differs) = finding(false, &own) {
            let class = severity::class(differs.severity);
            html.link(
                &[("class", &class), ("data-f", &differs.id)],
                &differs.id,
                severity::sign(differs.severity),
            );
        }
    });
}

/// Whether a side of the finding is in this document.
fn stands_in(finding: &FindingEntry, document: &str) -> bool {
    [&finding.left, &finding.right].into_iter().flatten().any(|place| place.document == document)
}
