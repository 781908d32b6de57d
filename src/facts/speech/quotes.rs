//! Direct quotes: what stands between quotation marks, in every style of the four languages and over several sentences.
//!
//! A mark opens where a word follows and none goes before, and closes where a word goes before: that settles marks
//! that open in one language and close in another. What is never closed is no quote.

use crate::text::Span;

/// A stretch of one sentence inside quotation marks, without the marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quoted {
    /// Where it stands, in bytes of the sentence.
    pub(super) span: Span,
    /// Whether it begins in this sentence.
    pub(super) opened: bool,
    /// Whether it ends in this sentence.
    pub(super) closed: bool,
}

/// Sentences after which an open quote was never one.
const MOST_SENTENCES: usize = 8;
/// Marks of a document that may turn out to be never closed; more are no quotes but noise.
const MOST_UNCLOSED: usize = 64;

/// The opening marks, each with those that may close it.
const PAIRS: [(char, &[char]); 10] = [
    ('„', &['“', '”', '"']),
    ('“', &['”', '“', '"']),
    ('”', &['”']),
    ('"', &['"', '“', '”']),
    ('«', &['»']),
    ('»', &['«']),
    ('‹', &['›']),
    ('›', &['‹']),
    ('‚', &['‘', '’']),
    ('‘', &['’']),
];

/// Where a scan stands: a sentence and a byte of it.
type Position = (usize, usize);

/// The outermost quotes of sentences that follow each other, one list a sentence.
pub(super) fn quotes(sentences: &[&str]) -> Vec<Vec<Quoted>> {
    let mut found = vec![Vec::new(); sentences.len()];
    let mut position = (0, 0);
    let mut unclosed = 0;
    while let Some((opening, mark)) = next_opening(sentences, position) {
        match closing(sentences, opening, mark) {
            Some(closing) => {
                add(&mut found, sentences, opening, closing);
                let mark = sentences[closing.0][closing.1..].chars().next();
                position = (closing.0, closing.1 + mark.map_or(0, char::len_utf8));
            }
            None => {
                unclosed += 1;
                if unclosed > MOST_UNCLOSED {
                    break;
                }
                position = opening;
            }
        }
    }
    found
}

/// The position behind the next opening mark, and the mark.
fn next_opening(sentences: &[&str], (first, start): Position) -> Option<(Position, char)> {
    for (number, sentence) in sentences.iter().enumerate().skip(first) {
        let from = if number == first { start } else { 0 };
        let mut before = sentence[..from].chars().next_back();
        let mut letters = sentence[from..].char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let after = letters.peek().map(|&(_, after)| after);
            if partners(letter).is_some() && opens(before, after) {
                return Some(((number, from + at + letter.len_utf8()), letter));
            }
            before = Some(letter);
        }
    }
    None
}

/// The position of the mark that closes the quote opened at a position, nested ones closed before.
fn closing(sentences: &[&str], (first, start): Position, mark: char) -> Option<Position> {
    let mut open = vec![mark];
    for (number, sentence) in sentences.iter().enumerate().skip(first).take(MOST_SENTENCES) {
        let from = if number == first { start } else { 0 };
        let mut before = sentence[..from].chars().next_back();
        let mut letters = sentence[from..].char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let after = letters.peek().map(|&(_, after)| after);
            let closes = |mark: char| partners(mark).is_some_and(|with| with.contains(&letter));
            let opens = partners(letter).is_some() && opens(before, after);
            if let Some(depth) = open.iter().rposition(|&mark| closes(mark)).filter(|_| !opens) {
                if depth == 0 {
                    return Some((number, from + at));
                }
                open.truncate(depth);
            } else if opens && open.len() < MOST_SENTENCES {
                open.push(letter);
            }
            before = Some(letter);
        }
    }
    None
}

fn partners(mark: char) -> Option<&'static [char]> {
    PAIRS.iter().find(|(opening, _)| *opening == mark).map(|(_, closing)| *closing)
}

/// Whether a mark between two characters can open a quote.
fn opens(before: Option<char>, after: Option<char>) -> bool {
    let free = |before: char| {
        before.is_whitespace()
            || matches!(before, '(' | '[' | '–' | '—' | '-' | '/' | ':')
            || partners(before).is_some()
    };
    before.is_none_or(free) && after.is_some_and(|after| !after.is_whitespace() && !is_end(after))
}

/// Marks that end a sentence or a clause.
fn is_end(letter: char) -> bool {
    matches!(letter, ',' | '.' | '!' | '?' | ';' | ')' | ']')
}

/// Puts a quote into the lists of the sentences that it runs over.
fn add(
    found: &mut [Vec<Quoted>],
    sentences: &[&str],
    (first, start): Position,
    (last, end): Position,
) {
    for number in first..=last {
        let from = if number == first { start } else { 0 };
        let to = if number == last { end } else { sentences[number].len() };
        if from < to {
            let (opened, closed) = (number == first, number == last);
            found[number].push(Quoted { span: Span::new(from, to), opened, closed });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sentences: &[&str]) -> Vec<Vec<String>> {
        let texts = quotes(sentences).into_iter().zip(sentences);
        let text = |(quotes, sentence): (Vec<Quoted>, &&str)| {
            quotes.iter().map(|quote| quote.span.of(sentence).to_owned()).collect()
        };
        texts.map(text).collect()
    }

    #[test]
    fn marks_of_every_style_are_read() {
        for sentence in [
            "He said: “We go home.”",
            "He said: \"We go home.\"",
            "Er sagte: „We go home.“",
            "Er sagte: »We go home.«",
            "Он сказал: «We go home.»",
            "Он сказал: ‘We go home.’",
            "Sakė: „We go home.”",
        ] {
            assert_eq!(found(&[sentence]), [["We go home."]], "{sentence}");
        }
    }

    #[test]
    fn the_outer_one_of_nested_quotes_counts() {
        assert_eq!(
            found(&["„Wir nennen das ‚Glück‘ hier“, sagte er."]),
            [["Wir nennen das ‚Glück‘ hier"]]
        );
        assert_eq!(found(&["«Паром «Скалва» горел», — сказал он."]), [["Паром «Скалва» горел"]]);
        assert_eq!(found(&["“It's ‘our’ land,” she said."]), [["It's ‘our’ land,"]]);
    }

    #[test]
    fn a_quote_runs_over_sentences() {
        let sentences = ["„Wir gehen.", "Morgen kommen wir wieder“, sagte er."];
        assert_eq!(found(&sentences), [["Wir gehen."], ["Morgen kommen wir wieder"]]);
    }

    #[test]
    fn what_is_never_closed_is_no_quote() {
        assert_eq!(
            found(&["Er sagte: „Wir gehen.", "Dann „Ja“, mehr nicht."]),
            [vec![], vec!["Ja"]]
        );
        assert_eq!(found(&["5\" and 6\" pipes"]), [[] as [&str; 0]]);
        let noise = "„x ".repeat(20_000);
        assert_eq!(found(&[&noise]), [[] as [&str; 0]]);
    }
}
