//! Decides whether a stop ends its sentence, from the word before it and the word after it.

use std::collections::HashSet;

use super::scan::{Mark, Stop, is_dash, is_emoji, is_quote, is_terminator};
use crate::lang::SegmentationRules;

/// Bytes looked at on either side of a stop, so that giant words cost no more than others.
const WINDOW: usize = 96;

/// Letters from which on a word before a stop is taken to be written out.
const LONG_WORD: usize = 5;

/// What the text after a stop begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next<'t> {
    /// No word, only signs, or a footnote's number.
    End,
    /// A word in lower case.
    Lower,
    /// A capitalised word.
    Capital(&'t str),
    /// A number.
    Number,
    /// What goes on with the sentence: a comma, a hashtag, a link.
    Continuation,
    /// Something else: a letter without case, a sign.
    Other,
}

/// Whether the sentence that began at `start` ends at `stop`.
pub(super) fn ends_sentence(
    text: &str,
    start: usize,
    stop: &Stop,
    rules: &SegmentationRules,
) -> bool {
    if stop.mark == Mark::LineBreak {
        return true;
    }
    let rest = &text[stop.end..];
    if rest.starts_with(|character: char| !character.is_whitespace()) {
        return misses_space(text, start, stop, rules);
    }
    let closes_quote = text[stop.marks_end..stop.end].contains(is_quote);
    if closes_quote && rest.trim_start().starts_with(is_dash) {
        // Whoever said it is named after the dash: `„Taip!“ – Jonas nusišypsojo.`
        return false;
    }
    match (next_word(rest), stop.mark) {
        (Next::Lower, _) => opens_in_lower_case(text, start, stop, rules),
        (Next::End | Next::Continuation, _) => false,
        (next, Mark::FullStop) => !continues_after_full_stop(text, start, stop, next, rules),
        _ => true,
    }
}

/// Whether a sentence begins in lower case after the stop, as careless writers do.
///
/// Only a bare stop counts (after a quote or a bracket the sentence goes on: `"Yes!" she said`),
/// after a word that is neither a name (`Yahoo! said`) nor likely to be an abbreviation.
fn opens_in_lower_case(text: &str, start: usize, stop: &Stop, rules: &SegmentationRules) -> bool {
    let bare = stop.end == stop.marks_end
        && text[stop.end..].trim_start().starts_with(char::is_alphabetic);
    let word = last_word(&text[start..stop.start]);
    let plain = word.chars().all(|letter| letter.is_alphabetic() && letter.is_lowercase());
    bare && plain
        && match stop.mark {
            Mark::Exclamation => true,
            Mark::FullStop => {
                word.chars().count() >= LONG_WORD
                    && !continues_after_full_stop(text, start, stop, Next::Lower, rules)
            }
            Mark::Ellipsis | Mark::LineBreak => false,
        }
}

/// Classifies what follows, after opening quotes, brackets and dashes.
fn next_word(rest: &str) -> Next<'_> {
    let all = rest.trim_start();
    let rest = head(all);
    let goes_on = rest.starts_with([',', ';', ':', '/', '&', '=', '+', '#']);
    let link = ["http://", "https://", "www."].iter().any(|start| rest.starts_with(start));
    if goes_on || link {
        return Next::Continuation;
    }
    if rest.starts_with('@') {
        return Next::Other;
    }
    let word = rest.trim_start_matches(opens_sentence);
    let mut letters = word.chars();
    match letters.next() {
        None if rest.len() < all.len() => Next::Other,
        None => Next::End,
        Some(first) if first.is_lowercase() => Next::Lower,
        Some(first) if first.is_uppercase() => {
            let end = word.find(|character: char| !character.is_alphabetic());
            Next::Capital(&word[..end.unwrap_or(word.len())])
        }
        Some(first) if first.is_numeric() && is_number(rest.trim_end()) && rest.len() <= 3 => {
            Next::End
        }
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
        || matches!(
            character,
            '(' | ')' | '[' | ']' | '{' | '¿' | '¡' | '•' | '*' | '_' | '\u{2800}'
        )
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
    if word.is_empty() {
        return false;
    }
    let before = &sentence[..sentence.len() - word.len()];
    if stop.end > stop.marks_end {
        // `(5 kg brutto etc.) – the` goes on, `(It did.) The` does not.
        let dash = text[stop.end..].trim_start().starts_with(is_dash);
        return dash && kind_of_abbreviation(word, before, next, rules) != Abbreviation::None;
    }
    let opens = before.len() < WINDOW && before.trim().is_empty();
    if opens && (is_list_label(word) || is_dotted(word)) {
        // `1. First`, `P.S. One more thing`
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

fn kind_of_abbreviation(
    word: &str,
    before: &str,
    next: Next<'_>,
    rules: &SegmentationRules,
) -> Abbreviation {
    let folded = fold(word, next);
    let phrase = letters_before(before) + word;
    // Capitals alone are somebody's initials.
    let phrase = if phrase.contains(char::is_lowercase) { phrase.to_lowercase() } else { phrase };
    let is_in = |set: &HashSet<String>| {
        set.contains(word) || set.contains(folded.as_str()) || set.contains(phrase.as_str())
    };
    if is_in(&rules.closing_abbreviations) {
        return Abbreviation::Closing;
    }
    if is_in(&rules.leading_abbreviations) {
        return Abbreviation::Leading;
    }
    if next == Next::Number && is_in(&rules.abbreviations_before_number) {
        return Abbreviation::Leading;
    }
    let previous = last_word(before.trim_end());
    let after_number = previous.ends_with(char::is_numeric) || is_roman_number(previous);
    if after_number && is_in(&rules.abbreviations_after_number) {
        return Abbreviation::Inner;
    }
    // A small letter after a number is a unit: `3 l.`
    let letter = is_single_letter(word) && !(after_number && word == folded);
    let suffix =
        || rules.abbreviation_suffixes.iter().any(|suffix| folded.ends_with(suffix.as_str()));
    if is_in(&rules.abbreviations)
        || is_in(&rules.long_initials)
        || letter
        || is_dotted(word)
        || suffix()
    {
        return Abbreviation::Inner;
    }
    Abbreviation::None
}

/// The single letters with stops right before a word, without spaces: `u.v.` before the `m` of
/// `u. v. m.`
fn letters_before(before: &str) -> String {
    let mut letters: Vec<&str> = tail(before)
        .rsplit(' ')
        .skip_while(|part| part.is_empty())
        .take(3)
        .take_while(|part| part.strip_suffix('.').is_some_and(is_single_letter))
        .collect();
    letters.reverse();
    letters.concat()
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
    let tail = tail(sentence);
    let start = tail.rfind(|character: char| {
        character.is_whitespace()
            || matches!(character, '(' | '[' | '{' | '"' | '„' | '“' | '”' | '«' | '»' | '…')
    });
    let word = start.map_or(tail, |start| &tail[start..]);
    word.trim_start_matches(|character: char| !character.is_alphanumeric())
}

/// The last bytes of `text`, as far as a decision looks back.
fn tail(text: &str) -> &str {
    let mut start = text.len().saturating_sub(WINDOW);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// The first bytes of `text`, as far as a decision looks ahead.
fn head(text: &str) -> &str {
    let mut end = text.len().min(WINDOW);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
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
    !word.is_empty()
        && word.len() <= 6
        && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L'))
}

/// Whether a stop without white space after it ends a sentence all the same, as in scraped text
/// that lost its spaces: `ended.Later`, but not `Node.js`, `Booking.Com` or `F.Kishida`.
fn misses_space(text: &str, start: usize, stop: &Stop, rules: &SegmentationRules) -> bool {
    let word = last_word(&text[start..stop.start]);
    let mut next = text[stop.end..].chars();
    let capitalised =
        next.next().is_some_and(char::is_uppercase) && next.next().is_some_and(char::is_lowercase);
    let plain = word.chars().count() >= 3 && word.chars().all(char::is_lowercase);
    let abbreviated = || {
        [&rules.abbreviations, &rules.leading_abbreviations].iter().any(|set| set.contains(word))
    };
    capitalised && plain && !abbreviated()
}
