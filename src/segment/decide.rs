//! Decides whether a stop ends its sentence, from the word before it and the word after it.

use super::scan::{Mark, Stop, is_dash, is_emoji, is_quote, is_terminator};
use crate::lang::SegmentationRules;

/// Bytes looked at on either side of a stop, so that giant words cost no more than others.
const WINDOW: usize = 96;

/// What the text after a stop begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next<'t> {
    /// Nothing follows.
    End,
    /// A word in lower case.
    Lower,
    /// A capitalised word.
    Capital(&'t str),
    /// A number.
    Number,
    /// Punctuation that goes on with the sentence: a comma, a dash before lower case.
    Continuation,
    /// Something else: a letter without case, a sign.
    Other,
}

/// Whether the sentence that began at `start` ends at `stop`.
pub(super) fn ends_sentence(text: &str, start: usize, stop: &Stop, rules: &SegmentationRules) -> bool {
    if stop.mark == Mark::LineBreak {
        return true;
    }
    let rest = &text[stop.end..];
    if !rest.starts_with(char::is_whitespace) && !rest.is_empty() {
        return stop.end > stop.marks_end && false || misses_space(text, start, stop, rules);
    }
    let next = next_word(rest);
    match (next, stop.mark) {
        (Next::End, _) => true,
        (Next::Lower | Next::Continuation, _) => false,
        (_, Mark::FullStop) => !continues_after_full_stop(text, start, stop, next, rules),
        _ => true,
    }
}

/// Classifies what follows, after opening quotes, brackets and dashes.
fn next_word(rest: &str) -> Next<'_> {
    let rest = rest.trim_start();
    if rest.is_empty() {
        return Next::End;
    }
    if rest.starts_with([',', ';', ':', '/', '&', '=', '+']) {
        return Next::Continuation;
    }
    let word = rest.trim_start_matches(|character: char| {
        is_quote(character)
            || is_dash(character)
            || is_terminator(character)
            || is_emoji(character)
            || character.is_whitespace()
            || matches!(character, '(' | '[' | '{' | '¿' | '¡' | '•' | '*' | '#' | '@' | '_')
    });
    match word.chars().next() {
        None => Next::Other,
        Some(first) if first.is_lowercase() => Next::Lower,
        Some(first) if first.is_uppercase() => {
            let end = word
                .char_indices()
                .find(|&(_, character)| !character.is_alphabetic())
                .map_or(word.len(), |(index, _)| index);
            Next::Capital(&word[..end])
        }
        Some(first) if first.is_numeric() => Next::Number,
        Some(_) => Next::Other,
    }
}

/// Whether a single full stop belongs to an abbreviation, an initial, an ordinal or a list label.
fn continues_after_full_stop(
    text: &str,
    start: usize,
    stop: &Stop,
    next: Next<'_>,
    rules: &SegmentationRules,
) -> bool {
    let sentence = &text[start..stop.start];
    let word = last_word(sentence);
    let is_first = sentence.trim().len() == word.len();
    let opens_sentence = matches!(next, Next::Capital(word) if rules.sentence_starters.contains(word));
    if stop.end > stop.marks_end {
        return false;
    }
    if is_first && is_list_label(word) {
        return true;
    }
    if is_number(word) {
        return rules.ordinal_stop && word.len() <= 2 && !opens_sentence && next != Next::Number;
    }
    let mut letters = word.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        if letter.is_uppercase() && matches!(next, Next::Capital(_)) {
            return true;
        }
    }
    let lower = word.to_lowercase();
    let is_in = |set: &std::collections::HashSet<String>| set.contains(word) || set.contains(&lower);
    if is_in(&rules.leading_abbreviations) {
        return true;
    }
    if next == Next::Number && is_in(&rules.abbreviations_before_number) {
        return true;
    }
    if is_in(&rules.abbreviations) {
        return !opens_sentence;
    }
    if is_in(&rules.long_initials) {
        return !opens_sentence;
    }
    if is_in(&rules.abbreviations_after_number) {
        return !opens_sentence;
    }
    false
}

/// The last word of the sentence so far, with the stops inside it: `z.B`, `U.S`, `2.1`.
fn last_word(sentence: &str) -> &str {
    let from = sentence.len().saturating_sub(WINDOW);
    let from = (from..=sentence.len()).find(|&at| sentence.is_char_boundary(at)).unwrap_or(0);
    let tail = &sentence[from..];
    let start = tail
        .char_indices()
        .rev()
        .find(|&(_, character)| character.is_whitespace() || is_quote(character) || matches!(character, '(' | '[' | '/'))
        .map_or(0, |(index, character)| index + character.len_utf8());
    &tail[start..]
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a word that opens a paragraph or sentence numbers it: `1`, `2.1`, `IV`, `a`.
fn is_list_label(word: &str) -> bool {
    let numbered = word.len() <= 8 && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let roman = word.len() <= 5 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    let lettered = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    !word.is_empty() && (numbered || roman || lettered)
}

/// Whether a stop without white space after it ends a sentence all the same, as in scraped text
/// that lost its spaces.
fn misses_space(text: &str, start: usize, stop: &Stop, rules: &SegmentationRules) -> bool {
    let word = last_word(&text[start..stop.start]);
    let mut next = text[stop.end..].chars();
    let capitalised = next.next().is_some_and(char::is_uppercase) && next.next().is_some_and(char::is_lowercase);
    let plain = word.chars().count() >= 3
        && word.chars().all(char::is_alphabetic)
        && word.chars().skip(1).all(char::is_lowercase);
    capitalised && plain && !rules.abbreviations.contains(word) && !rules.leading_abbreviations.contains(word)
}
