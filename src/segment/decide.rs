//! Decides whether a stop ends its sentence, from the word before it and the word after it.

use std::collections::HashSet;

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
        return misses_space(text, start, stop, rules);
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
    if rest.starts_with([',', ';', ':', '/', '&', '=', '+']) {
        return Next::Continuation;
    }
    if rest.starts_with(['@', '#']) {
        return Next::Other;
    }
    let word = rest.trim_start_matches(opens_sentence);
    let mut letters = word.chars();
    match letters.next() {
        None => Next::End,
        Some(first) if first.is_lowercase() => Next::Lower,
        Some(first) if first.is_uppercase() => {
            let end = word.find(|character: char| !character.is_alphabetic());
            Next::Capital(&word[..end.unwrap_or(word.len())])
        }
        Some(first) if first.is_numeric() && is_number(rest.trim_end()) && rest.len() <= 3 => Next::End,
        Some(first) if first.is_numeric() => Next::Number,
        Some(_) => Next::Other,
    }
}

/// Whether the sign can stand before the first word of a sentence.
fn opens_sentence(character: char) -> bool {
    is_quote(character)
        || is_dash(character)
        || is_terminator(character)
        || is_emoji(character)
        || character.is_whitespace()
        || matches!(character, '(' | ')' | '[' | ']' | '{' | '¿' | '¡' | '•' | '*' | '_')
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
    if stop.end > stop.marks_end || word.is_empty() {
        return false;
    }
    if is_list_label(word) && sentence.trim_start().len() == word.len() {
        return true;
    }
    let starter = matches!(next, Next::Capital(first) if rules.sentence_starters.contains(first))
        && !is_initial(&text[stop.end..]);
    if is_number(word) {
        return rules.ordinal_stop && word.len() <= 3 && !starter && next != Next::Number;
    }
    if is_roman_number(word) && word.len() > 1 {
        return rules.ordinal_stop && !starter;
    }
    let before = &sentence[..sentence.len() - word.len()];
    match kind_of_abbreviation(word, before, next, rules) {
        Abbreviation::Leading => true,
        Abbreviation::Inner => !starter,
        Abbreviation::Closing => !matches!(next, Next::Capital(_) | Next::Number),
        Abbreviation::None => false,
    }
}

/// How a word with a stop behaves at the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Abbreviation {
    /// Never ends a sentence.
    Leading,
    /// Ends a sentence only where a sentence clearly begins after it.
    Inner,
    /// Often ends a sentence.
    Closing,
    /// A word like any other.
    None,
}

fn kind_of_abbreviation(word: &str, before: &str, next: Next<'_>, rules: &SegmentationRules) -> Abbreviation {
    let folded = fold(word, next);
    let is_in = |set: &HashSet<String>| set.contains(word) || set.contains(folded.as_str());
    let after_number = || before.trim_end().ends_with(|last: char| last.is_numeric() || last == '%');
    if is_in(&rules.closing_abbreviations) {
        return Abbreviation::Closing;
    }
    if is_in(&rules.abbreviations_after_number) && after_number() {
        return Abbreviation::Inner;
    }
    if next == Next::Number && is_in(&rules.abbreviations_before_number) {
        return Abbreviation::Leading;
    }
    if is_in(&rules.leading_abbreviations) {
        return Abbreviation::Leading;
    }
    let suffix = || rules.abbreviation_suffixes.iter().any(|suffix| folded.ends_with(suffix.as_str()));
    if is_in(&rules.abbreviations)
        || is_in(&rules.long_initials)
        || is_single_letter(word)
        || is_dotted(word)
        || suffix()
    {
        return Abbreviation::Inner;
    }
    Abbreviation::None
}

/// The word in lower case. A word of capitals alone is an acronym and stays as it is, unless the
/// next word is all capitals too, as in a heading.
fn fold(word: &str, next: Next<'_>) -> String {
    let shouted = |word: &str| word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    let heading = matches!(next, Next::Capital(next) if shouted(next));
    if shouted(word) && !word.contains('.') && !heading {
        word.to_owned()
    } else {
        word.to_lowercase()
    }
}

fn is_single_letter(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// Whether the word is made of single letters and stops: `U.S`, `m.e`, `F.K`.
fn is_dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(is_single_letter)
}

/// Whether `text` begins with an initial and its stop.
fn is_initial(text: &str) -> bool {
    let text = text.trim_start();
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next() == Some('.')
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
    let numbered = || word.split('.').all(|part| is_number(part) && part.len() <= 2);
    numbered() || is_roman_number(word) || is_single_letter(word)
}

fn is_roman_number(word: &str) -> bool {
    !word.is_empty() && word.len() <= 6 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L'))
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
