//! The versions of an event in parallel columns: what they say alike in one row, differences marked where they
//! stand and noted at the margin.

use super::arrangement::{Row, arrange};
use super::labels;
use super::markup::Html;
use super::outline::{Outline, is_coverage, number, told_sentences};
use super::overview::sigla;
use super::parts::figures::{Piece, strip};
use super::parts::passages::{Mark, locate, marked};
use super::parts::severity;
use crate::finding::Severity;
use crate::report::{DocumentEntry, EventEntry, FindingEntry, SentenceEntry};
use crate::text::ParagraphKind;

/// Columns that fit beside each other on a usual screen.
const NARROW_ENOUGH: usize = 5;

/// Writes the columns of an event.
pub(super) fn write(html: &mut Html, outline: &Outline<'_>, event: &EventEntry) {
    let documents = outline.documents(&event.documents);
    let rows = arrange(outline, &documents);
    let view = View { outline, event, noted: !outline.differences(event).is_empty() };
    let wide = documents.len() > NARROW_ENOUGH;
    let caption = format!("synopsis-{}", event.id);
    let frame = [
        ("role", "region"),
        ("tabindex", "0"),
        ("aria-labelledby", &*caption),
        ("class", "frame wide"),
    ];
    html.element("div", if wide { &frame } else { &[("class", "frame")] }, |html| {
        html.element("table", &[("class", "synopsis")], |html| {
            html.label("caption", &[("id", &caption)], "synopsis-caption");
            html.element("thead", &[], |html| {
                html.element("tr", &[], |html| {
                    for document in &documents {
                        view.column_head(html, document);
                    }
                    if view.noted {
                        html.label("th", &[("scope", "col"), ("class", "notes")], "differences");
                    }
                });
            });
            html.element("tbody", &[], |html| {
                html.element("tr", &[("class", "headlines")], |html| {
                    for document in &documents {
                        view.headline(html, document);
                    }
                    if view.noted {
                        html.leaf("td", &[("class", "notes")], "");
                    }
                });
                for row in &rows {
                    view.row(html, row, &documents);
                }
            });
        });
    });
}

/// What a row needs to know of its surroundings.
struct View<'v, 'r> {
    outline: &'v Outline<'r>,
    event: &'r EventEntry,
    /// Whether there is a column of notes.
    noted: bool,
}

impl<'r> View<'_, 'r> {
    /// What the column is; it stays in view.
    fn column_head(&self, html: &mut Html, document: &DocumentEntry) {
        let attributes = [
            ("scope", "col"),
            ("id", document.id.as_str()),
            ("data-d", document.id.as_str()),
            ("data-language", document.language.code()),
        ];
        html.element("th", &attributes, |html| {
            html.element("div", &[("class", "imprint")], |html| {
                sigla(html, &[document]);
                if let Some(outlet) = &document.outlet {
                    html.leaf("bdi", &[], outlet);
                    html.text(" ");
                }
                if let Some(date) = document.published {
                    html.leaf("time", &[], &date.to_string());
                }
                for side in self.outline.sides_at(&document.id) {
                    reference(html, side.finding);
                }
            });
        });
    }

    /// The headline, and the whole document at a glance.
    fn headline(&self, html: &mut Html, document: &DocumentEntry) {
        html.element("td", &[("data-d", &document.id)], |html| {
            let is_title = |sentence: &&SentenceEntry| sentence.role == ParagraphKind::Title;
            let titles: Vec<_> = document.sentences.iter().filter(is_title).collect();
            for title in &titles {
                html.element("div", &[("class", "headline")], |html| self.passage(html, title));
            }
            if titles.is_empty() {
                html.leaf("div", &[("class", "headline")], &document.source);
            }
            self.strip(html, document);
        });
    }

    /// The whole document at a glance: which of its sentences the others have too.
    fn strip(&self, html: &mut Html, document: &DocumentEntry) {
        let pieces: Vec<Piece<'_>> = told_sentences(document)
            .map(|sentence| Piece {
                id: &sentence.id,
                class: self.level(self.outline.tellers(&sentence.id, &self.event.documents)),
                marked: self.outline.sides_at(&sentence.id).iter().any(|s| !is_coverage(s.finding)),
            })
            .collect();
        strip(html, &document.id, &pieces);
    }

    /// The class of what so many documents of the event say.
    fn level(&self, tellers: usize) -> &'static str {
        match tellers {
            0 | 1 => "one",
            tellers if tellers == self.event.documents.len() => "all",
            _ => "several",
        }
    }

    fn row(&self, html: &mut Html, row: &Row<'r>, documents: &[&DocumentEntry]) {
        let tellers = row.cells.iter().filter(|cell| !cell.is_empty()).count();
        let level = if row.claim.is_some() { self.level(tellers) } else { "one" };
        let notes = self.notes(row);
        let mut attributes = vec![("class", level)];
        attributes.extend(row.claim.map(|claim| ("data-c", claim)));
        attributes.extend((!notes.is_empty()).then_some(("data-differs", "")));
        html.element("tr", &attributes, |html| {
            for (cell, document) in row.cells.iter().zip(documents) {
                if cell.is_empty() {
                    self.gap(html, row, document);
                } else {
                    html.element("td", &[("data-d", &document.id)], |html| {
                        for sentence in cell {
                            self.passage(html, sentence);
                            html.text(" ");
                        }
                    });
                }
            }
            if self.noted {
                note_cell(html, &notes);
            }
        });
    }

    /// The place of a document that does not say what the row says.
    fn gap(&self, html: &mut Html, row: &Row<'_>, document: &DocumentEntry) {
        let attributes = [("class", "gap"), ("data-d", document.id.as_str())];
        html.element("td", &attributes, |html| {
            if row.claim.is_none() {
                return;
            }
            html.leaf("span", &[("aria-hidden", "true")], "—");
            html.label("span", &[("class", "unseen")], "not-told");
            let told = row.cells.iter().flatten();
            let sides = told.flat_map(|sentence| self.outline.sides_at(&sentence.id));
            let missing = sides.map(|side| side.finding).find(|finding| {
                is_coverage(finding)
                    && names(finding, &document.id)
                    && !is_addition(finding, document)
            });
            if let Some(finding) = missing {
                reference(html, finding);
            }
        });
    }

    /// The findings that set what the row says against another document.
    fn notes(&self, row: &Row<'_>) -> Vec<&'r FindingEntry> {
        let mut notes: Vec<&FindingEntry> = (row.cells.iter().flatten())
            .flat_map(|sentence| self.outline.sides_at(&sentence.id))
            .map(|side| side.finding)
            .filter(|finding| !is_coverage(finding))
            .collect();
        let mut seen = std::collections::HashSet::new();
        notes.retain(|finding| seen.insert(finding.id.as_str()));
        notes
    }

    fn passage(&self, html: &mut Html, sentence: &SentenceEntry) {
        let claim = self.outline.claim_of(&sentence.id);
        let mut attributes = vec![
            (
                "class",
                if sentence.role == ParagraphKind::Heading { "passage heading" } else { "passage" },
            ),
            ("id", sentence.id.as_str()),
            ("lang", sentence.language.code()),
            ("dir", "auto"),
        ];
        attributes.extend(claim.map(|claim| ("data-c", claim.id.as_str())));
        html.element("span", &attributes, |html| {
            html.leaf("sup", &[("class", "verse")], number(sentence));
            marked(html, &sentence.text, &marks(self.outline, sentence));
            for side in self.outline.sides_at(&sentence.id) {
                let told_here = side
                    .finding
                    .left
                    .as_ref()
                    .is_some_and(|left| left.sentence.as_ref() == Some(&sentence.id));
                // That nobody else of the event says it is shown by its row.
                let is_shown = side.finding.severity == Severity::Info;
                if is_coverage(side.finding) && told_here && claim.is_none() && !is_shown {
                    reference(html, side.finding);
                }
            }
            for id in claim.map_or(&[][..], |claim| &claim.sentences) {
                let document = id.split('.').next().unwrap_or(id);
                if !self.event.documents.iter().any(|inside| inside == document) {
                    html.link(&[("class", "also")], id, &format!("→{document}"));
                }
            }
        });
    }
}

/// Whether one side of a finding is in this document.
fn names(finding: &FindingEntry, document: &str) -> bool {
    [&finding.left, &finding.right].into_iter().flatten().any(|place| place.document == document)
}

/// Whether the finding tells of something that this document has and others lack.
fn is_addition(finding: &FindingEntry, document: &DocumentEntry) -> bool {
    finding.left.as_ref().is_some_and(|left| left.document == document.id)
}

/// The stretches of a sentence that findings are about, but for those about the whole of it.
pub(super) fn marks<'r>(outline: &Outline<'r>, sentence: &SentenceEntry) -> Vec<Mark<'r>> {
    (outline.sides_at(&sentence.id).iter())
        .filter(|side| !is_coverage(side.finding))
        .filter_map(|side| {
            let near = side.place.start.saturating_sub(sentence.start);
            let range = locate(&sentence.text, &side.place.text, near)?;
            Some(Mark { range, finding: &side.finding.id, severity: Some(side.finding.severity) })
        })
        .collect()
}

/// A sign that leads to a finding.
fn reference(html: &mut Html, finding: &FindingEntry) {
    let class = format!("ref {}", severity::class(finding.severity));
    html.link_around(&[("class", &class), ("data-f", &finding.id)], &finding.id, |html| {
        html.leaf("span", &[("aria-hidden", "true")], severity::sign(finding.severity));
        html.leaf("span", &[("class", "unseen")], &finding.id);
    });
}

fn note_cell(html: &mut Html, notes: &[&FindingEntry]) {
    html.element("td", &[("class", "notes")], |html| {
        for finding in notes {
            note(html, finding);
        }
    });
}

/// A finding in a line or two.
pub(super) fn note(html: &mut Html, finding: &FindingEntry) {
    let documents: Vec<&str> = [&finding.left, &finding.right]
        .into_iter()
        .flatten()
        .map(|p| p.document.as_str())
        .collect();
    let attributes = [
        ("class", "note"),
        ("data-f", finding.id.as_str()),
        ("data-check", finding.check),
        ("data-severity", finding.severity.name()),
        ("data-confidence", &super::parts::figures::hundredths(finding.confidence)),
        ("data-documents", &documents.join(" ")),
    ];
    html.element("div", &attributes, |html| {
        html.link_around(&[("class", &severity::class(finding.severity))], &finding.id, |html| {
            html.leaf("span", &[("aria-hidden", "true")], severity::sign(finding.severity));
            html.text(" ");
            severity::word(html, &format!("check-{}", finding.check), finding.check);
        });
        html.text(" ");
        match &finding.values {
            Some(values) => html.element("span", &[("class", "values")], |html| {
                html.leaf("bdi", &[], &values.left);
                html.text(" ≠ ");
                html.leaf("bdi", &[], &values.right);
            }),
            None => html.leaf("span", &[("lang", labels::FIRST_LANGUAGE)], &finding.message),
        }
        if finding.values.is_some() {
            html.leaf("span", &[("class", "who")], &documents.join(" : "));
        }
    });
}
