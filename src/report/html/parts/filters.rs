//! The filter bar: what is shown of a page. It works on every element that carries the attributes it asks for:
//! `data-check`, `data-severity`, `data-confidence`, `data-documents`.

use super::super::labels;
use super::super::markup::Html;
use crate::finding::Severity;

/// A group of things to choose from.
pub(in super::super) struct Choices<'r> {
    /// Name of the group in the page, e.g. `documents`.
    pub(in super::super) name: &'static str,
    /// Label of the group.
    pub(in super::super) label: &'static str,
    /// Value, label key where there is one, and text of each.
    pub(in super::super) options: Vec<(String, Option<String>, String)>,
    /// Language of the texts without a label, where they are in one.
    pub(in super::super) languages: Vec<&'r str>,
}

/// Ways to see the page, one at a time.
pub(in super::super) struct Views {
    /// Label of them all.
    pub(in super::super) label: &'static str,
    /// Value and label of each, the first in force.
    pub(in super::super) options: &'static [(&'static str, &'static str)],
}

/// A number from 0 up that is set with a slider.
pub(in super::super) struct Range {
    /// Id of the slider.
    pub(in super::super) id: &'static str,
    /// Its label.
    pub(in super::super) label: &'static str,
    /// Its largest value, in per cent.
    pub(in super::super) most: u8,
    /// Its value at first.
    pub(in super::super) value: u8,
}

/// What a bar offers.
pub(in super::super) struct Filters<'f> {
    /// Ways to see the page; ids are the names of their labels.
    pub(in super::super) views: &'f [&'f Views],
    /// Things to choose from.
    pub(in super::super) groups: &'f [Choices<'f>],
    /// The severities there are.
    pub(in super::super) severities: &'f [Severity],
    /// Sliders besides that for confidence.
    pub(in super::super) ranges: &'f [Range],
}

const CONFIDENCE: Range =
    Range { id: "confidence", label: "filter-confidence", most: 95, value: 0 };

/// Writes the bar. Without a script it is not shown, since it would do nothing.
pub(in super::super) fn write(html: &mut Html, filters: &Filters<'_>) {
    html.element(
        "form",
        &[("class", "filters"), ("id", "filters"), ("role", "search"), ("hidden", "")],
        |html| {
            search(html);
            for views in filters.views {
                html.element("label", &[], |html| {
                    html.label("span", &[], views.label);
                    html.element("select", &[("id", views.label)], |html| {
                        for (value, label) in views.options {
                            html.label("option", &[("value", value)], label);
                        }
                    });
                });
            }
            for group in filters.groups.iter().filter(|group| group.options.len() > 1) {
                choices(html, group);
            }
            if !filters.severities.is_empty() {
                least_severity(html, filters.severities);
                slider(html, &CONFIDENCE);
            }
            for range in filters.ranges {
                slider(html, range);
            }
            html.element("output", &[("class", "shown"), ("id", "shown")], |_| {});
            html.label("button", &[("type", "reset"), ("class", "quiet")], "filter-reset");
        },
    );
}

fn search(html: &mut Html) {
    html.element("label", &[("class", "search")], |html| {
        html.label("span", &[], "search");
        html.void(
            "input",
            &[
                ("type", "search"),
                ("id", "search"),
                ("autocomplete", "off"),
                ("spellcheck", "false"),
            ],
        );
    });
}

fn choices(html: &mut Html, group: &Choices<'_>) {
    html.element("details", &[("class", "choices"), ("data-group", group.name)], |html| {
        html.element("summary", &[], |html| {
            html.label("span", &[], group.label);
            html.leaf("span", &[("class", "chosen")], "");
        });
        html.element("fieldset", &[], |html| {
            html.label("legend", &[("class", "unseen")], group.label);
            for (index, (value, key, text)) in group.options.iter().enumerate() {
                html.element("label", &[], |html| {
                    html.void(
                        "input",
                        &[("type", "checkbox"), ("name", group.name), ("value", value)],
                    );
                    html.text(" ");
                    match key.as_deref().and_then(labels::find) {
                        Some((key, _)) => html.label("span", &[], key),
                        None => {
                            let language = group.languages.get(index).copied().unwrap_or_default();
                            html.leaf("span", &[("lang", language), ("dir", "auto")], text);
                        }
                    }
                });
            }
        });
    });
}

fn least_severity(html: &mut Html, severities: &[Severity]) {
    html.element("label", &[], |html| {
        html.label("span", &[], "filter-severity");
        html.element("select", &[("id", "severity")], |html| {
            for severity in severities {
                let name = severity.name();
                match labels::find(&format!("severity-{name}")) {
                    Some((key, _)) => html.label("option", &[("value", name)], key),
                    None => html.leaf("option", &[("value", name)], name),
                }
            }
        });
    });
}

fn slider(html: &mut Html, range: &Range) {
    html.element("label", &[("class", "confidence")], |html| {
        html.label("span", &[], range.label);
        let (most, value) = (range.most.to_string(), range.value.to_string());
        html.void(
            "input",
            &[
                ("type", "range"),
                ("id", range.id),
                ("min", "0"),
                ("max", &most),
                ("step", "5"),
                ("value", &value),
            ],
        );
        html.leaf("output", &[("id", &format!("{}-value", range.id))], &format!("{value} %"));
    });
}
