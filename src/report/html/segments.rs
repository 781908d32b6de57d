//! The page of a checked translation: each segment with both texts, what was found marked in them, and its score.

use super::labels;
use super::markup::Html;
use super::parts::figures::{hundredths, shade};
use super::parts::filters::{self, Choices, Filters, Range, Views};
use super::parts::passages::{Mark, PairSide, pair};
use super::parts::severity;
use super::shell::{self, Kind};
use crate::finding::Severity;
use crate::lang::Language;
use crate::report::translation::{Head, Summary};
use crate::text::Span;
use crate::translation::score::Risk;
use crate::translation::{Checked, SegmentFinding, Side};

/// Bytes of markup up to which segments without findings are on the page, and up to which those with findings are.
const MOST_CLEAN: usize = 8 << 20;
const MOST: usize = 32 << 20;
/// Probability of a critical error from which the page says so.
const ALARM: f32 = 0.5;

const VIEWS: Views =
    Views { label: "view", options: &[("found", "view-found"), ("everything", "view-everything")] };

/// The segments of a page in the making.
#[derive(Default)]
pub(in crate::report) struct Segments {
    html: Html,
    /// Segments on the page.
    shown: usize,
    /// Segments that are not, since the page would be too large.
    left_out: usize,
    findings: usize,
    checks: std::collections::BTreeSet<&'static str>,
    severities: std::collections::BTreeSet<Severity>,
}

impl Segments {
    /// Takes a segment up; `place` is where it stands in its file.
    pub(in crate::report) fn add(&mut self, checked: &Checked, place: Option<String>) {
        let most = if checked.findings.is_empty() { MOST_CLEAN } else { MOST };
        if self.html.len() > most {
            self.left_out += 1;
            return;
        }
        self.shown += 1;
        self.checks.extend(checked.findings.iter().map(|finding| finding.check));
        self.severities.extend(checked.findings.iter().map(|finding| finding.severity));
        let first = self.findings;
        self.findings += checked.findings.len();
        let ids: Vec<String> = (first..self.findings).map(|number| format!("f{number}")).collect();
        let id = format!("s{}", self.shown);
        let score = checked.score.map(hundredths);
        let worst = checked.findings.iter().map(|finding| finding.severity).max();
        let mut attributes = vec![("class", "finding segment"), ("id", id.as_str())];
        attributes.extend(score.as_deref().map(|score| ("data-score", score)));
        attributes.extend(worst.map(|worst| ("data-severity", worst.name())));
        self.html.element("article", &attributes, |html| {
            head(html, checked, &id, place.as_deref());
            let side = |side, of: fn(&SegmentFinding) -> Option<Span>, risks| {
                passage(side, marks(checked, &ids, of, risks))
            };
            pair(
                html,
                &[
                    side(&checked.segment.source, |finding| finding.source, &checked.uncovered),
                    side(&checked.segment.target, |finding| finding.target, &checked.unsupported),
                ],
            );
            if !checked.findings.is_empty() {
                html.element("ul", &[("class", "told")], |html| {
                    for (finding, id) in checked.findings.iter().zip(&ids) {
                        note(html, finding, id);
                    }
                });
            }
        });
        self.html.own("\n");
    }

    /// The whole page.
    pub(in crate::report) fn page(&self, head: &Head, summary: &Summary) -> String {
        let mut html = Html::default();
        masthead(&mut html, head, summary);
        self.filter_bar(&mut html, summary);
        html.element("main", &[("id", "content")], |html| {
            html.element("section", &[("id", "segments")], |html| {
                html.label("h2", &[("class", "unseen")], "segments");
                html.element("div", &[("class", "segments")], |html| {
                    html.own(self.html.written());
                });
                if self.left_out > 0 {
                    html.element("p", &[("class", "lede")], |html| {
                        html.label("span", &[], "segments-left-out");
                        html.text(&format!(" {}", self.left_out));
                    });
                }
            });
        });
        colophon(&mut html, head);
        shell::page(Kind::Translation, &html.finish())
    }

    fn filter_bar(&self, html: &mut Html, summary: &Summary) {
        let named = |id: &&str| (id.to_string(), Some(format!("check-{id}")), id.to_string());
        let groups = [Choices {
            name: "checks",
            label: "filter-checks",
            options: self.checks.iter().map(named).collect(),
            languages: Vec::new(),
        }];
        let severities: Vec<Severity> = self.severities.iter().copied().collect();
        let scores = [Range { id: "score", label: "filter-score", most: 100, value: 100 }];
        filters::write(
            html,
            &Filters {
                views: &[&VIEWS, &ORDERS],
                groups: &groups,
                severities: &severities,
                ranges: if summary.score.is_some() { &scores } else { &[] },
            },
        );
    }
}

const ORDERS: Views = Views {
    label: "order",
    options: &[("file", "order-file"), ("score", "order-score"), ("severity", "order-severity")],
};

/// The head of the page: which files, how many segments and findings, and the score of the whole.
fn masthead(html: &mut Html, head: &Head, summary: &Summary) {
    html.element("header", &[("class", "masthead")], |html| {
        html.label("h1", &[], Kind::Translation.title());
        html.element("dl", &[("class", "counts")], |html| {
            html.count("segments", summary.segments, None);
            for (severity, count) in summary.findings.by_severity() {
                if count > 0 {
                    html.element("div", &[("class", "count")], |html| {
                        html.element("dt", &[], |html| severity::write(html, severity));
                        html.leaf("dd", &[], &count.to_string());
                    });
                }
            }
            if let Some(score) = summary.score {
                html.element("div", &[("class", "count")], |html| {
                    html.label("dt", &[], "score");
                    let [low, high] = score.interval.map(hundredths);
                    html.leaf("dd", &[], &format!("{} ({low}–{high})", hundredths(score.mean)));
                });
            }
            if summary.accepted > 0 {
                html.count("accepted", summary.accepted, None);
            }
        });
        shell::controls(html);
        let [source, target] = &head.files;
        let files =
            if source == target { source.clone() } else { format!("{source} → {target}") };
        html.leaf("p", &[("class", "files")], &files);
    });
}

fn head(html: &mut Html, checked: &Checked, id: &str, place: Option<&str>) {
    html.element("header", &[], |html| {
        html.link(&[("class", "anchor")], id, &checked.segment.id);
        if let Some(score) = checked.score {
            let class = format!("score {}", shade(score));
            html.element("span", &[("class", &class)], |html| {
                html.label("span", &[("class", "unseen")], "score");
                html.text(&format!(" {} %", hundredths(score)));
            });
        }
        if let Some(place) = place {
            html.leaf("span", &[("class", "place")], place);
        }
        if let Some(critical) = checked.critical.filter(|&critical| critical >= ALARM)
            && checked.score != Some(0.0)
        {
            html.element("span", &[("class", "alarm")], |html| {
                html.label("span", &[], "critical-error");
                html.text(&format!(" {} %", hundredths(critical)));
            });
        }
    });
}

fn note(html: &mut Html, finding: &SegmentFinding, id: &str) {
    let attributes = [
        ("id", id),
        ("data-check", finding.check),
        ("data-severity", finding.severity.name()),
        ("data-confidence", &hundredths(finding.confidence)),
    ];
    html.element("li", &attributes, |html| {
        severity::write(html, finding.severity);
        html.text(" ");
        html.element("b", &[], |html| {
            severity::word(html, &format!("check-{}", finding.check), finding.check);
        });
        html.text(" ");
        html.leaf("span", &[("class", "category")], finding.category);
        html.text(" ");
        html.leaf("span", &[("class", "share")], &format!("{} %", hundredths(finding.confidence)));
        html.text(" ");
        html.leaf("p", &[("lang", labels::FIRST_LANGUAGE), ("dir", "auto")], &finding.message);
    });
}

/// What is marked in one side: findings that are about a part of it, and what the other side does not answer.
fn marks<'m>(
    checked: &Checked,
    ids: &'m [String],
    of: fn(&SegmentFinding) -> Option<Span>,
    risks: &[Risk],
) -> Vec<Mark<'m>> {
    let found = checked.findings.iter().zip(ids).filter_map(|(finding, id)| {
        let span = of(finding).filter(|span| !span.is_empty())?;
        Some(Mark { range: span.start..span.end, finding: id, severity: Some(finding.severity) })
    });
    let risky = risks.iter().map(|risk| Mark {
        range: risk.span.start..risk.span.end,
        finding: "",
        severity: None,
    });
    found.chain(risky).collect()
}

fn passage<'r>(side: &'r Side, marks: Vec<Mark<'r>>) -> PairSide<'r> {
    let code = match side.language {
        Language::UNKNOWN => "und",
        ref language => language.code(),
    };
    PairSide {
        name: code.to_owned(),
        context: None,
        language: code.to_owned(),
        text: &side.text,
        marks,
    }
}

/// How to read the page, and what made it.
fn colophon(html: &mut Html, head: &Head) {
    html.element("footer", &[], |html| {
        html.label("h2", &[], "legend");
        html.element("ul", &[("class", "legend")], |html| {
            for key in [
                "legend-score",
                "legend-risk",
                "legend-confidence",
                "legend-severities",
                "legend-segment-keys",
            ] {
                html.label("li", &[], key);
            }
        });
        html.element("p", &[("class", "made"), ("lang", labels::FIRST_LANGUAGE)], |html| {
            html.text(&format!("{} · profile {}", head.tool, head.options.profile));
        });
    });
}
