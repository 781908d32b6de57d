//! `untranslated`, `copied`, `wrong-language`: no translation, the source again, or text in another language.

use unicode_segmentation::UnicodeSegmentation;

use super::{Check, Findings, Pair, quoted, whole};
use crate::finding::{CheckInfo, Severity};
use crate::ingest::language::detect_expecting;
use crate::lang::Language;
use crate::translation::references::is_reference;
use crate::translation::untranslated::untranslated as untranslated_words;

/// Words of which a copy is one for sure; in fewer there is room for names alone.
const SENTENCE: usize = 4;
/// Share of the words of source and target that are the same, in order, from which the target is a copy.
const MOSTLY: f64 = 0.85;

pub(super) const UNTRANSLATED: Check = Check {
    info: CheckInfo {
        id: "untranslated",
        family: "translation",
        summary: "a segment has no translation, or words of it were left in another language",
        explanation: "\
The source has text and the target has none; it is `major`, and `minor` where the file calls the segment a
draft. Or the translation has words of another language: `major` where the source has them too, else `minor`.
Names, short quotations, words in brackets, addresses and loan words are none.

Example: “the mountain hotel” / “das mountain Hotel”.

Silence it with `--skip untranslated`.",
    },
    category: "accuracy/untranslated",
    run: untranslated,
};

pub(super) const WRONG_LANGUAGE: Check = Check {
    info: CheckInfo {
        id: "wrong-language",
        family: "translation",
        summary: "a translation is in another language than it should be",
        explanation: "\
The text of the target is clearly in another language than the file says, or than the rest of the targets
are where the file does not say. Names, references to books and texts of few letters are left alone, and so
is a target that is the source letter by letter (see `copied`). It is `critical`.

Example: a Latvian sentence in a file of Lithuanian translations.

Silence it with `--skip wrong-language`, or name the languages with `--langs SOURCE,TARGET`.",
    },
    category: "accuracy/untranslated",
    run: wrong_language,
};

pub(super) const COPIED: Check = Check {
    info: CheckInfo {
        id: "copied",
        family: "translation",
        summary: "a translation is the source over again",
        explanation: "\
Source and target are the same text, or nearly. What reads the same in both languages is left alone: names,
references to books, numbers, addresses, single words with a capital. A sentence is `critical`, a few words
are `minor`: they may be a term that is taken over.

Example: “Save changes before closing?” / “Save changes before closing?”.

Silence it with `--skip copied`.",
    },
    category: "accuracy/untranslated",
    run: copied,
};

fn untranslated(pair: &Pair<'_>, findings: &mut Findings) {
    let source = &pair.segment.source.text;
    let empty = pair.segment.target.text.trim().is_empty();
    if !empty {
        return words_left(pair, findings);
    }
    if pair.aligned || !source.chars().any(char::is_alphanumeric) {
        return;
    }
    let severity = match pair.segment.state {
        crate::translation::State::Draft => Severity::Minor,
        _ => Severity::Major,
    };
    findings.add((severity, 1.0), "There is no translation", Some(whole(source)), None);
}

/// Words of another language inside a translation.
fn words_left(pair: &Pair<'_>, findings: &mut Findings) {
    let (source, target) = (&pair.segment.source, &pair.segment.target);
    if is_copy(pair) {
        return;
    }
    for found in untranslated_words(&target.text, target.language, Some(&source.text)) {
        let severity = if found.copied { Severity::Major } else { Severity::Minor };
        let message = format!("{} is in `{}`", quoted(found.span.of(&target.text)), found.language);
        findings.add((severity, found.confidence), message, None, Some(found.span));
    }
}

fn wrong_language(pair: &Pair<'_>, findings: &mut Findings) {
    let target = &pair.segment.target;
    let stays = is_copy(pair) || is_reference(&pair.segment.source.text);
    if pair.is_half() || target.language == Language::UNKNOWN || stays {
        return;
    }
    let found = detect_expecting(&target.text, target.language);
    if found.language == target.language {
        return;
    }
    // A title or a saying in quotes may be left as it is, and be longer than the rest.
    let unquoted = detect_expecting(&outside_quotes(&target.text), target.language);
    if unquoted.language == target.language {
        return;
    }
    let whose = if found.language == pair.segment.source.language {
        "the language of the source"
    } else {
        "and should not be"
    };
    let message = format!(
        "The translation is in `{}`, {whose}; expected is `{}`",
        found.language, target.language
    );
    findings.add((Severity::Critical, found.confidence), message, None, Some(whole(&target.text)));
}

fn copied(pair: &Pair<'_>, findings: &mut Findings) {
    let (source, target) = (&pair.segment.source, &pair.segment.target);
    if source.language == target.language && source.language != Language::UNKNOWN {
        return;
    }
    if !is_copy(pair) || is_reference(&source.text) {
        return;
    }
    let plain = plain_words(&source.text).count();
    let severity = match words(&source.text).count() {
        count if count >= SENTENCE && plain >= 2 => Severity::Critical,
        count if count >= 2 && plain >= 1 => Severity::Minor,
        _ => return,
    };
    let confidence = if severity == Severity::Critical { 0.95 } else { 0.5 };
    findings.add(
        (severity, confidence),
        "The translation is a copy of the source",
        Some(whole(&source.text)),
        Some(whole(&target.text)),
    );
}

/// Whether the target repeats the source, names and numbers apart.
pub(super) fn is_copy(pair: &Pair<'_>) -> bool {
    let (source, target) = (&pair.segment.source.text, &pair.segment.target.text);
    let source: Vec<&str> = words(source).collect();
    let target: Vec<&str> = words(target).collect();
    if source.is_empty() || target.is_empty() {
        return false;
    }
    if source == target {
        return true;
    }
    let long = source.len() >= 2 * SENTENCE && source.len().abs_diff(target.len()) <= 2;
    long && in_step(&source, &target) as f64 >= MOSTLY * source.len().max(target.len()) as f64
}

/// How many words of two texts are the same in the same order, found by a walk that skips up to two words at a
/// difference.
fn in_step(source: &[&str], target: &[&str]) -> usize {
    let (mut left, mut right, mut same) = (0, 0, 0);
    while left < source.len() && right < target.len() {
        let step = (0..=2)
            .flat_map(|skip| (0..=skip).map(move |other| (other, skip - other)))
            .find(|&(a, b)| {
                let pair = source.get(left + a).zip(target.get(right + b));
                pair.is_some_and(|(one, other)| one == other)
            });
        let (skip_left, skip_right) = step.unwrap_or((1, 1));
        same += usize::from(step.is_some());
        left += skip_left + usize::from(step.is_some());
        right += skip_right + usize::from(step.is_some());
    }
    same
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.unicode_words()
}

/// A text without what stands in quotes; all of it where nothing else is there, or a quote does not end.
fn outside_quotes(text: &str) -> String {
    let pieces: Vec<&str> = text.split(['"', '„', '“', '”', '«', '»']).collect();
    let outside: String = pieces.iter().step_by(2).copied().collect::<Vec<_>>().join(" ");
    if pieces.len().is_multiple_of(2) || !outside.chars().any(char::is_alphabetic) {
        return text.to_owned();
    }
    outside
}

/// Words that are no names, numbers or parts of addresses: in small letters, of three letters or more.
fn plain_words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .filter(|token| !token.contains(['@', '/', '_', '{', '}', '%', '<', '>', '=']))
        .flat_map(|token| token.unicode_words())
        .filter(|word| word.chars().count() >= 3 && word.chars().all(char::is_lowercase))
}
