//! Years, ranges of years, decades and centuries.

use super::lexicon::Role;
use super::matcher::{Match, Matcher};
use super::token::Kind;
use super::{Form, Partial};

/// Longest ending of a word that is matched by its stem, in characters.
const LONGEST_ENDING: usize = 6;

/// A year that words show to be one: `in 2014`, `2014 m.`, `im Jahr 2014`, `(2014)`.
pub(super) fn year(matcher: &Matcher<'_>, at: usize) -> Match {
    let (year, marked, end) = matcher.year(at)?;
    let bracketed = at > 0
        && matcher.is_sign(at - 1, "(")
        && (matcher.is_sign(end, ")") || matcher.is_sign(end, ","));
    let after_preposition = matcher.before_has(at, Role::BeforeYear);
    (marked || bracketed || after_preposition).then_some((end, year_point(year)))
}

/// `500 BC`, `44 m. pr. Kr.`: a year that a phrase puts before Christ.
pub(super) fn year_before_christ(matcher: &Matcher<'_>, at: usize) -> Match {
    let year = matcher.token(at)?.integer_of_length(1, 4).filter(|year| *year > 0)?;
    let free = !matcher.continues_number(at) && !matcher.number_continues(at + 1);
    let (_, end) = matcher.after_year(at + 1);
    let end = matcher.before_christ(end).filter(|_| free)?;
    Some((end, year_point(before_christ(year as i16))))
}

/// A year before Christ as astronomers count it: the year 1 comes after the year 0.
fn before_christ(year: i16) -> i16 {
    1 - year
}

/// `1950-53`, `1939–1945 m.`, `2018/19`.
pub(super) fn year_range(matcher: &Matcher<'_>, at: usize) -> Match {
    let first = matcher
        .token(at)?
        .integer_of_length(4, 4)
        .filter(|year| (1000..=2199).contains(year) && !matcher.continues_number(at))?;
    let slash = matcher.is_sign(at + 1, "/") && matcher.is_glued(at + 1);
    if !slash && !matcher.is_dash(at + 1) {
        return None;
    }
    let (last, digits) = {
        let token = matcher.token(at + 2)?;
        (token.integer_of_length(2, 4)?, token.lower.len())
    };
    let last = match digits {
        2 if matcher.is_glued(at + 2) => first / 100 * 100 + last,
        4 if !slash => last,
        _ => return None,
    };
    let (_, marked, end) = matcher.year(at + 2).unwrap_or((0, false, at + 3));
    let marked = marked || matcher.before_has(at, Role::BeforeYear);
    let end = if matcher.has(end, Role::YearWord) {
        matcher.skip_abbreviation_stop(end + 1)
    } else {
        end
    };
    // "1500-2000 people": round numbers count something unless a word says otherwise.
    let round = first % 100 == 0 && last % 100 == 0;
    let near = last - first.min(last) <= 500 && !round;
    let plausible = first < last && last <= 2199 && (marked || near);
    let free = !matcher.number_continues(end) && !matcher.is_dash(end);
    (plausible && free).then_some((end, Form::Years(first as i16, last as i16)))
}

/// `1990s`, `1990er Jahre`, `90-е годы`, `the eighties`, `devintajame dešimtmetyje`.
pub(super) fn decade(matcher: &Matcher<'_>, at: usize) -> Match {
    decade_in_digits(matcher, at)
        .or_else(|| decade_word(matcher, at))
        .or_else(|| decade_of_last_century(matcher, at))
}

fn decade_in_digits(matcher: &Matcher<'_>, at: usize) -> Match {
    let token = matcher.token(at)?;
    let year = token.integer().filter(|year| year % 10 == 0)?;
    if matcher.continues_number(at) {
        return None;
    }
    let end = decade_suffix(matcher, at + 1)?;
    let word = matcher.has(end, Role::DecadeWord);
    let with_word = end + usize::from(word);
    let apostrophe = at > 0 && matcher.is_glued(at) && is_apostrophe(matcher, at - 1);
    match token.lower.len() {
        4 if year >= 1000 => Some((with_word, decade_form(year))),
        2 if word || apostrophe => Some((with_word, decade_form(full_decade(year)))),
        _ => None,
    }
}

/// The ending of a decade behind its digits: glued, with a hyphen or an apostrophe.
fn decade_suffix(matcher: &Matcher<'_>, at: usize) -> Option<usize> {
    let glued_suffix = |at: usize| matcher.is_glued(at) && matcher.has(at, Role::DecadeSuffix);
    if glued_suffix(at) {
        // "1990er-Jahre"
        let joined = matcher.is_dash(at + 1) && matcher.is_glued(at + 2);
        let compound = joined && matcher.has(at + 2, Role::DecadeWord);
        return Some(if compound { at + 2 } else { at + 1 });
    }
    let joint = matcher.is_dash(at) || is_apostrophe(matcher, at);
    (joint && matcher.is_glued(at) && glued_suffix(at + 1)).then_some(at + 2)
}

fn is_apostrophe(matcher: &Matcher<'_>, at: usize) -> bool {
    matcher.is_sign(at, "'") || matcher.is_sign(at, "’") || matcher.is_sign(at, "‘")
}

fn decade_word(matcher: &Matcher<'_>, at: usize) -> Match {
    let words = &matcher.lexicon.words;
    let stems = &words.decade_stems;
    if !words.before_decade.is_empty() && !matcher.before_has(at, Role::BeforeDecade) {
        return None;
    }
    let tens = stem_number(matcher, at, stems, LONGEST_ENDING)? as u32 * 10 + 10;
    let end = matcher.skip(at + 1, Role::DecadeWord);
    Some((end, decade_form(full_decade(tens))))
}

/// A counted decade without its century. The first two belong to this century as often as to the last.
fn decade_of_last_century(matcher: &Matcher<'_>, at: usize) -> Match {
    counted_decade(matcher, at, 1900)
        .filter(|(_, form)| matches!(form, Form::Years(first, _) if *first >= 1920))
}

/// The decade that a century counts: its fourth starts with `..30`.
fn counted_decade(matcher: &Matcher<'_>, at: usize, century_start: i16) -> Match {
    let (number, next) = ordinal(matcher, at)?;
    // "3 decades" are thirty years, "the 3rd decade" is one of them.
    if next == at + 1 && matcher.token(at)?.kind == Kind::Digits {
        return None;
    }
    let stems = &matcher.lexicon.words.counted_decade_stems;
    let end = if matcher.has(next, Role::CountedDecadeWord) && matcher.is_sign(next + 1, ".") {
        next + 2
    } else {
        stem_number(matcher, next, stems, LONGEST_ENDING)?;
        next + 1
    };
    let first = century_start + (i16::from(number) - 1) * 10;
    (1..=10).contains(&number).then_some((end, Form::Years(first, first + 9)))
}

/// `19th century`, `XIX a.`, `21. Jahrhundert`, and a decade counted in it.
pub(super) fn century(matcher: &Matcher<'_>, at: usize) -> Match {
    let (number, next) = ordinal(matcher, at).or_else(|| roman_ordinal(matcher, at))?;
    if !(1..=21).contains(&number) {
        return None;
    }
    // "19th-century"
    let hyphen = matcher.is_dash(next) && matcher.is_glued(next) && matcher.is_glued(next + 1);
    let next = next + usize::from(hyphen);
    let stems = &matcher.lexicon.words.century_stems;
    let end = if matcher.has(next, Role::CenturyWord) && matcher.is_sign(next + 1, ".") {
        next + 2
    } else {
        stem_number(matcher, next, stems, LONGEST_ENDING)?;
        next + 1
    };
    let first = (i16::from(number) - 1) * 100;
    if let Some(end) = matcher.before_christ(end) {
        return Some((end, Form::Years(before_christ(first + 100), before_christ(first + 1))));
    }
    Some(
        counted_decade(matcher, end, first).unwrap_or((end, Form::Years(first.max(1), first + 99))),
    )
}

/// An ordinal of up to two digits or as a word, and the token after it.
fn ordinal(matcher: &Matcher<'_>, at: usize) -> Option<(i8, usize)> {
    let stems = &matcher.lexicon.words.ordinal_stems;
    if let Some(number) = stem_number(matcher, at, stems, LONGEST_ENDING) {
        return Some((number, at + 1));
    }
    if matcher.token(at)?.kind != Kind::Digits {
        return None;
    }
    let (number, _, end) = matcher.day(at)?;
    Some((number, matcher.skip_glued_stop(end)))
}

/// A Roman number in capitals, with its endings.
fn roman_ordinal(matcher: &Matcher<'_>, at: usize) -> Option<(i8, usize)> {
    let token = matcher.token(at).filter(|token| token.capital)?;
    let number = roman(&token.lower)?;
    let mut end = at + 1;
    if matcher.is_dash(end) && matcher.is_glued(end + 1) && matcher.has(end + 1, Role::DaySuffix) {
        end += 2;
    }
    Some((number, end))
}

/// The value of a Roman number up to thirty-nine. Cyrillic look-alikes are read too.
fn roman(word: &str) -> Option<i8> {
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    if word.len() > 16 {
        return None;
    }
    let latin = word.replace('х', "x").replace('і', "i");
    let ones = latin.trim_start_matches('x');
    let tens = latin.len() - ones.len();
    let value = ONES.iter().position(|numeral| *numeral == ones)?;
    (tens <= 3 && !latin.is_empty()).then(|| (tens * 10 + value) as i8)
}

/// The position (from 1) of the longest stem that starts the word and leaves a short ending.
fn stem_number(matcher: &Matcher<'_>, at: usize, stems: &[String], ending: usize) -> Option<i8> {
    let token = matcher.token(at).filter(|token| token.kind == Kind::Word)?;
    (1..)
        .zip(stems)
        .filter(|(_, stem)| {
            token
                .lower
                .strip_prefix(stem.as_str())
                .is_some_and(|rest| !stem.is_empty() && rest.chars().count() <= ending)
        })
        .max_by_key(|(_, stem)| stem.len())
        .map(|(number, _)| number)
}

/// The decade that two digits stand for; from the thirties on in the last century.
fn full_decade(tens: u32) -> u32 {
    if tens >= 30 { 1900 + tens } else { 2000 + tens }
}

fn decade_form(first: u32) -> Form {
    Form::Years(first as i16, first as i16 + 9)
}

fn year_point(year: i16) -> Form {
    Form::Point(Partial { year: Some(year), ..Partial::default() })
}
