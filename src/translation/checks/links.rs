//! `url`: addresses that changed in the translation.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::{Check, Findings, Pair};
use crate::finding::{CheckInfo, Severity};
use crate::lang::Language;
use crate::text::Span;

pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "url",
        family: "translation",
        summary: "a link or mail address differs between source and translation",
        explanation: "\
An address of the source is missing in the translation, or the translation has one that the source has not.
Codes of languages in an address may differ (`en.example.org`, `/en/` for `de.example.org`, `/de/`), and so
may the scheme and a slash at the end. It is `minor`.

Example: “see www.example.org/help” / “siehe www.exmaple.org/help”.

Silence it with `--skip url`.",
    },
    category: "accuracy/mistranslation",
    run: addresses,
};

static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let link = r"(?:https?|ftp)://[^\s<>«»„“”]+|www\.[^\s<>«»„“”]+";
    let mail = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+";
    Regex::new(&format!("(?i){link}|{mail}")).ok()
});

/// Signs that end a sentence around an address, not the address.
const AROUND: &[char] = &['.', ',', ';', ':', '!', '?', ')', ']', '}', '"', '\'', '’', '*', '_'];

/// The addresses of a text, each with the form it is compared in.
fn found_in(text: &str, language: Language) -> Vec<(Span, String)> {
    let Some(address) = &*ADDRESS else { return Vec::new() };
    let addresses = address.find_iter(text).filter_map(|found| {
        let trimmed = found.as_str().trim_end_matches(AROUND);
        let span = Span::new(found.start(), found.start() + trimmed.len());
        (!trimmed.is_empty()).then(|| (span, compared(trimmed, language)))
    });
    addresses.collect()
}

/// An address without its scheme, its last slash and the code of the language of its text.
fn compared(address: &str, language: Language) -> String {
    let address = address.to_lowercase();
    let bare = address.split_once("://").map_or(address.as_str(), |(_, bare)| bare);
    let is_code = |part: &&str| part.split(['-', '_']).next() == Some(language.code());
    let parts = bare.trim_end_matches('/').split_inclusive(['/', '.']);
    parts.filter(|part| !is_code(&part.trim_end_matches(['/', '.']))).collect()
}

fn addresses(pair: &Pair<'_>, findings: &mut Findings) {
    if pair.is_half() {
        return;
    }
    let (source, target) = (&pair.segment.source, &pair.segment.target);
    let left = found_in(&source.text, source.language);
    let right = found_in(&target.text, target.language);
    let of = |side: &[(Span, String)]| -> BTreeSet<String> {
        side.iter().map(|(_, address)| address.clone()).collect()
    };
    let (in_source, in_target) = (of(&left), of(&right));
    for (span, address) in left.iter().filter(|(_, address)| !in_target.contains(address)) {
        let shown = span.of(&source.text);
        let message = format!("The translation lacks the address {shown}");
        findings.add((Severity::Minor, 0.9), message, Some(*span), None);
        // Told once, however often it stands there.
        if left.iter().filter(|(_, other)| other == address).count() > 1 {
            break;
        }
    }
    for (span, _) in right.iter().filter(|(_, address)| !in_source.contains(address)) {
        let shown = span.of(&target.text);
        let message = format!("The source has no address {shown}");
        findings.add((Severity::Minor, 0.9), message, None, Some(*span));
    }
}
