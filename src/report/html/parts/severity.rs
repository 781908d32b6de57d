//! How much a finding matters, as a shape and a word: colour is never the only sign.

use super::super::labels;
use super::super::markup::Html;
use crate::finding::Severity;

/// The sign of a severity. Each has a shape of its own, for those who do not see its colour.
pub(in super::super) fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "○",
        Severity::Minor => "◐",
        Severity::Major => "▲",
        Severity::Critical => "◆",
    }
}

/// The class that colours a severity.
pub(in super::super) fn class(severity: Severity) -> String {
    format!("severity {}", severity.name())
}

/// The sign and the word.
pub(in super::super) fn write(html: &mut Html, severity: Severity) {
    html.element("span", &[("class", &class(severity))], |html| {
        html.leaf("span", &[("aria-hidden", "true")], sign(severity));
        html.text(" ");
        word(html, &format!("severity-{}", severity.name()), severity.name());
    });
}

/// The label of `key`, or `otherwise` where there is none.
pub(in super::super) fn word(html: &mut Html, key: &str, otherwise: &str) {
    match labels::find(key) {
        Some((key, _)) => html.label("span", &[], key),
        None => html.leaf("span", &[], otherwise),
    }
}
