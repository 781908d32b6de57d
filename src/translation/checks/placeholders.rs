//! `placeholder`: what a program puts into a text, lost or changed in the translation.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::{Check, Findings, Pair};
use crate::finding::{CheckInfo, Severity};
use crate::text::Span;

pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "placeholder",
        family: "translation",
        summary: "a placeholder such as `%s` or `{name}` is missing, added or out of order",
        explanation: "\
Placeholders of C, Python, Qt, Java, .NET, JavaScript, Ruby, shell and ICU are known: `%s`, `%1$d`, `%(name)s`,
`%1`, `{0}`, `{name}`, `{{name}}`, `${name}`, `%{name}`. The translation must have those of the source, as
often. Those without a number, such as `%s … %d`, must keep their order. Inside ICU messages (`{count,
plural, …}`) only which there are is compared. A plural form may leave out a number that its source has.
`100 %` and `100%ig` are none. It is `major`, with `--profile software` `critical`.

Example: “%d files in %s” / “%d Dateien in s%”.

Silence it with `--skip placeholder`.",
    },
    category: "design/placeholder",
    run: placeholders,
};

static PLACEHOLDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let named = r"%\([\w.-]+\)[-+#0]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]|%\{[\w.-]+\}|%<[\w.-]+>";
    let printf =
        r"%(?:\d+\$)?[-+#0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|h|ll|l|j|z|t|L)?[diouxXeEfFgGcsp@n]";
    let qt = r"%L?\d{1,2}|%n";
    let braces = r"\$?\{\{\s*[\w.$-]+\s*\}\}|\$?\{\s*[\w.$-]*(?:[:!][^{}\s]{0,20})?\s*\}";
    let icu = r"\{\s*[\w.-]+\s*,\s*(?:plural|select|selectordinal|number|date|time)\b";
    Regex::new(&format!("{named}|{printf}|{qt}|{braces}|{icu}")).ok()
});

/// A placeholder: where it is, and the form it is compared in.
type Found = (Span, String);

fn found_in(text: &str) -> Vec<Found> {
    let Some(placeholder) = &*PLACEHOLDER else { return Vec::new() };
    if !text.contains(['%', '{']) {
        return Vec::new();
    }
    let found = placeholder.find_iter(text).filter(|found| !is_percentage(text, found.start()));
    found
        .map(|found| {
            let form = found.as_str().chars().filter(|c| !c.is_whitespace()).collect();
            (Span::new(found.start(), found.end()), form)
        })
        .collect()
}

/// Whether the sign at a place means "per cent": it stands behind a figure or is doubled.
fn is_percentage(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    text[at..].starts_with('%')
        && (before.ends_with(|c: char| c.is_ascii_digit()) || text[..at].ends_with('%'))
}

fn counts(found: &[Found]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for (_, form) in found {
        *counts.entry(form.as_str()).or_default() += 1;
    }
    counts
}

fn placeholders(pair: &Pair<'_>, findings: &mut Findings) {
    if pair.is_half() {
        return;
    }
    let segment = pair.segment;
    let source = found_in(&segment.source.text);
    let target = found_in(&segment.target.text);
    let other = segment.plural.as_ref().map(|plural| found_in(&plural.other_source));
    let icu = source.iter().chain(&target).any(|(_, form)| form.contains(','));
    let (wanted, there) = (counts(&source), counts(&target));
    let also = other.as_deref().map(counts);
    let before = findings.found.len();
    for (form, &count) in &wanted {
        let most = also.as_ref().map_or(count, |also| *also.get(form).unwrap_or(&0).min(&count));
        // A form for one number can say the number in words.
        let least = if segment.plural.is_some() && most <= 1 { 0 } else { most };
        let has = there.get(form).copied().unwrap_or(0);
        if has < least && (has == 0 || !icu) {
            let span = source.iter().find(|(_, other)| other == form).map(|found| found.0);
            let message = if has == 0 {
                format!("The translation lacks the placeholder {form}")
            } else {
                format!(
                    "The translation has the placeholder {form} {has} times, the source {count}"
                )
            };
            findings.add((Severity::Major, 0.95), message, span, None);
        }
    }
    for (form, &has) in &there {
        let count = wanted.get(form).copied().unwrap_or(0);
        let most = also.as_ref().map_or(count, |also| *also.get(form).unwrap_or(&0).max(&count));
        if has > most && (most == 0 || !icu) {
            let span = target.iter().rev().find(|(_, other)| other == form).map(|found| found.0);
            let message = format!("The source has no placeholder {form} for this one");
            findings.add((Severity::Major, 0.95), message, None, span);
        }
    }
    if findings.found.len() == before {
        order(&source, &target, findings);
    }
}

/// Placeholders that take their values in turn must stand in the same order.
fn order(source: &[Found], target: &[Found], findings: &mut Findings) {
    let in_turn = |found: &[Found]| -> Vec<Found> {
        let takes_next = |form: &str| {
            form.starts_with('%')
                && !form.contains(['$', '(', '{', '<'])
                && form.ends_with(|c: char| c.is_alphabetic())
        };
        found.iter().filter(|(_, form)| takes_next(form)).cloned().collect()
    };
    let (source, target) = (in_turn(source), in_turn(target));
    let differs = source.iter().zip(&target).find(|(one, other)| one.1 != other.1);
    if let (Some((one, other)), true) = (differs, source.len() == target.len()) {
        let message = format!(
            "The placeholders {} and {} changed places; number them, e.g. %2$s",
            one.1, other.1
        );
        findings.add((Severity::Major, 0.95), message, Some(one.0), Some(other.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_of_many_languages_are_found() {
        for (text, expected) in [
            ("%d of %s", vec!["%d", "%s"]),
            ("%1$s in %(place)s", vec!["%1$s", "%(place)s"]),
            ("{0}, {name} ${x} {{ y }} %{z}", vec!["{0}", "{name}", "${x}", "{{y}}", "%{z}"]),
            ("{count, plural, one {# file} other {# files}}", vec!["{count,plural"]),
            ("50 % der 100%igen, 5% ir 7%", vec![]),
            ("100%%", vec![]),
            ("%n file(s) of %1", vec!["%n", "%1"]),
        ] {
            let found: Vec<String> = found_in(text).into_iter().map(|found| found.1).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
