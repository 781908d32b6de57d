//! The publication date a document gives: in a date line, behind a label, at the start of its first
//! paragraph, or at last in the furniture of its page. Dates of the running text are never taken.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::calendar::token::{Kind, Token, tokenize};
use crate::calendar::{self, Expression, Form, Partial};
use crate::lang::{self, Language};
use crate::text::Span;

/// Lines at the start and the end of a text that are searched.
const HEAD_LINES: usize = 12;
const TAIL_LINES: usize = 6;
/// Longest line, in bytes, that can be a date line as a whole; of longer ones only a start this long is
/// searched, for a dateline such as `MOSCOW, January 16. /TASS/`.
const LONGEST_DATE_LINE: usize = 160;
/// Most words of a date line besides the date: a place, an author, an outlet.
const MOST_OTHER_WORDS: usize = 4;
/// Most words of the place before the date of a dateline.
const MOST_PLACE_WORDS: usize = 5;

/// How well a date is shown to be the publication date; the best comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    LabelledInText,
    HeadOfText,
    TailOfText,
    LabelledInFurniture,
    Furniture,
    Update,
}

/// A date that may be the publication date.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    date: Partial,
    evidence: Evidence,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Region {
    Head,
    Tail,
    Furniture,
}

/// The publication date of an article.
///
/// `text` is the article, `furniture` what cleaning took out of its page. A date behind a label
/// (`Published`, `Paskelbta`) wins over date lines and datelines at the head, these over date lines at the
/// tail, and all of them over the furniture; dates of updates come last. A dateline without a year takes
/// the year that brings it nearest to another of these dates; where there is none, it gives nothing.
///
/// ```
/// use parallax::ingest::dateline::find;
/// use parallax::lang::Language;
///
/// let english = Language::from_code("en").unwrap();
/// let text = "Ministers meet\n\n(5 Mar 2012) Two ministers met, as they did on 7 May 1990.";
/// assert_eq!(find(text, &[], english), Some(jiff::civil::date(2012, 3, 5)));
/// ```
pub fn find(text: &str, furniture: &[&str], language: Language) -> Option<Date> {
    let mut candidates = Vec::new();
    let head = content_lines(text).take(HEAD_LINES);
    let tail = content_lines(text).rev().take(TAIL_LINES);
    let furniture = furniture.iter().flat_map(|part| content_lines(part));
    for line in head {
        candidates.extend(line_candidate(line, Region::Head, language));
    }
    for line in tail {
        candidates.extend(line_candidate(line, Region::Tail, language));
    }
    for line in furniture {
        candidates.extend(line_candidate(line, Region::Furniture, language));
    }
    best(&candidates)
}

fn content_lines(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// The date of the best evidence; of several with the same, the first.
fn best(candidates: &[Candidate]) -> Option<Date> {
    let mut ordered = candidates.to_vec();
    ordered.sort_by_key(|candidate| candidate.evidence);
    let known = ordered.iter().find_map(|candidate| candidate.date.full_date());
    ordered.iter().find_map(|candidate| match candidate.date.year {
        Some(_) => candidate.date.full_date(),
        None => {
            let year = candidate.date.nearest_year(known?);
            Partial { year, ..candidate.date }.full_date()
        }
    })
}

/// A line cut into tokens, with the dates found in it.
struct Line {
    tokens: Vec<Token>,
    dates: Vec<Expression>,
    /// Whether the line goes on behind what was read.
    cut: bool,
}

fn line_candidate(line: &str, region: Region, language: Language) -> Option<Candidate> {
    let read = start_of(line, LONGEST_DATE_LINE);
    if !read.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let line =
        Line { tokens: tokenize(read), dates: dates(read, language), cut: read.len() < line.len() };
    let days = line.dates.iter().filter_map(|found| match found.form {
        Form::Point(date) if date.day.is_some() => Some((found.span, date)),
        _ => None,
    });
    days.filter_map(|(span, date)| {
        let evidence = evidence(&line, span, region)?;
        Some(Candidate { date, evidence })
    })
    .min_by_key(|candidate| candidate.evidence)
}

/// The longest start of `line` that has at most `longest` bytes.
fn start_of(line: &str, longest: usize) -> &str {
    let end = (0..=longest.min(line.len())).rev().find(|&end| line.is_char_boundary(end));
    &line[..end.unwrap_or(0)]
}

/// The dates of a line in the language of the text or, where that gives no day, in any other.
fn dates(line: &str, language: Language) -> Vec<Expression> {
    let is_day = |found: &Expression| matches!(found.form, Form::Point(date) if date.day.is_some());
    let found = calendar::find(line, language);
    if found.iter().any(is_day) { found } else { calendar::find_absolute(line) }
}

fn evidence(line: &Line, date: Span, region: Region) -> Option<Evidence> {
    let dateline = region == Region::Head && opens_paragraph(line, date);
    let label = label_before(line, date);
    if !dateline && (line.cut || !is_date_line(line, date, label)) {
        return None;
    }
    Some(match (label, region) {
        (Some(Label::Updated), _) => Evidence::Update,
        (Some(Label::Published), Region::Furniture) => Evidence::LabelledInFurniture,
        (Some(Label::Published), _) => Evidence::LabelledInText,
        (None, Region::Head) => Evidence::HeadOfText,
        (None, Region::Tail) => Evidence::TailOfText,
        (None, Region::Furniture) => Evidence::Furniture,
    })
}

/// Whether a line holds little besides the date, and the date is no part of a sentence.
fn is_date_line(line: &Line, date: Span, label: Option<Label>) -> bool {
    let other_words = line.tokens.iter().filter(|token| {
        let in_date = line.dates.iter().any(|found| found.span.contains(token.span));
        token.kind == Kind::Word && !in_date && label_of(&token.lower).is_none()
    });
    let word_before = tokens_before(line, date).last().filter(|token| token.kind == Kind::Word);
    let in_sentence = label.is_none() && word_before.is_some_and(|token| !token.capital);
    !in_sentence && other_words.count() <= MOST_OTHER_WORDS
}

/// Whether a date opens a paragraph as datelines do: `(1 Nov 2013) …`, `MOSCOW, January 16. /TASS/ …`.
fn opens_paragraph(line: &Line, date: Span) -> bool {
    let before: Vec<_> = tokens_before(line, date).collect();
    let after: Vec<_> = line.tokens.iter().filter(|token| token.span.start >= date.end).collect();
    let sign_after = |at: usize, signs: &str| {
        after.get(at).is_some_and(|token| {
            token.kind == Kind::Sign && (signs.contains(token.lower.as_str()) || token.is_dash())
        })
    };
    if let [bracket] = before[..] {
        return bracket.is("(") && sign_after(0, ")");
    }
    let place = before.iter().all(|token| token.capital || token.kind == Kind::Sign)
        && before.iter().filter(|token| token.kind == Kind::Word).count() <= MOST_PLACE_WORDS
        && before.first().is_some_and(|token| token.capital);
    let ends_with_comma = before.last().is_some_and(|token| token.is(",") || token.is(")"));
    let separated = sign_after(0, "/(|:") || (sign_after(0, ".") && sign_after(1, "/("));
    place && ends_with_comma && separated
}

fn tokens_before(line: &Line, date: Span) -> impl Iterator<Item = &Token> {
    line.tokens.iter().filter(move |token| token.span.end <= date.start)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Published,
    Updated,
}

/// The last label before a date.
fn label_before(line: &Line, date: Span) -> Option<Label> {
    tokens_before(line, date)
        .filter(|token| token.kind == Kind::Word)
        .filter_map(|token| label_of(&token.lower))
        .last()
}

/// Stems of the labels of all languages: pages mix them.
static LABELS: LazyLock<Vec<(&'static str, Label)>> = LazyLock::new(|| {
    let of_profile = |profile: &'static lang::Profile| {
        let published =
            profile.dates.published_labels.iter().map(|stem| (stem.as_str(), Label::Published));
        let updated =
            profile.dates.updated_labels.iter().map(|stem| (stem.as_str(), Label::Updated));
        published.chain(updated)
    };
    lang::profiles().iter().flat_map(of_profile).collect()
});

fn label_of(word: &str) -> Option<Label> {
    LABELS.iter().find(|(stem, _)| word.starts_with(stem)).map(|&(_, label)| label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn published(text: &str, furniture: &[&str], code: &str) -> Option<Date> {
        find(text, furniture, Language::from_code(code).unwrap())
    }

    #[test]
    fn date_lines_of_every_language_are_read() {
        for (text, code) in [
            ("Harbour opens\n\n2014 05 03, 10:15\n\nIt opened.", "lt"),
            ("Uostas atidarytas\n2014 m. gegužės 3 d. 10:15\nJis atidarytas.", "lt"),
            ("Hafen eröffnet\nVeröffentlicht: 03.05.2014, 10.15 Uhr\nEr ist offen.", "de"),
            ("Порт открыт\n3 мая 2014 г., 10:15\nОн открыт.", "ru"),
            ("Harbour opens\nBy Ann Example | May 3, 2014 | 10:15 am\nIt opened.", "en"),
            ("Harbour opens\nPORTVILLE, May 3, 2014 (Wire) - It opened.", "en"),
            ("Harbour opens\nIt opened.\n\nPublished on 3 May 2014", "en"),
        ] {
            assert_eq!(published(text, &[], code), Some(date(2014, 5, 3)), "{text}");
        }
    }

    #[test]
    fn dates_of_the_running_text_are_not_taken() {
        for text in [
            "On October 19, 1956, they signed a declaration.",
            "A treaty\n\nSigned on May 3, 2014, it ended a quarrel that had lasted for years.",
            "Talks end\n\nThe next round is on 3 May 2014.",
        ] {
            assert_eq!(published(text, &[], "en"), None, "{text}");
        }
    }

    #[test]
    fn furniture_serves_last_and_updates_after_it() {
        let text = "Talks end\n\nThey ended.";
        let dates = ["Updated 4 May 2014", "Uploaded 3 May 2014"];
        assert_eq!(published(text, &dates, "en"), Some(date(2014, 5, 3)));
        let own = "Talks end\n\n(1 May 2014) They ended.";
        assert_eq!(published(own, &dates, "en"), Some(date(2014, 5, 1)));
    }

    #[test]
    fn a_dateline_takes_its_year_from_elsewhere() {
        let text = "Talks end\n\nPORTVILLE, December 31. /WIRE/. They ended.";
        assert_eq!(published(text, &["Fri, 01/02/2015 - 09:50"], "en"), Some(date(2014, 12, 31)));
        assert_eq!(published(text, &[], "en"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_searched_without_panic(text in "\\PC{0,200}", part in "\\PC{0,80}") {
            let _ = published(&text, &[part.as_str()], "lt");
        }
    }
}
