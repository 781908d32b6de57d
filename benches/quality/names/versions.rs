//! Documents in several languages, and names planted in them: one that both sides of a translation write is replaced on one
//! side by another of its kind with the same ending.

use std::ops::Range;

use parallax::facts::names::{SAME_NAME, similarity};
use parallax::facts::{
    Acquaintance, Fact, NameKind, NamePassage, Value, extract, titles_and_roles,
};
use parallax::lang::Language;
use parallax::lang::words::is_in_dictionary;
use parallax::text::Span;
use rayon::prelude::*;

use super::document;
use crate::data;
use crate::facts::{language, sets};

/// Names tried for one to plant.
const TRIES: usize = 50;

/// A document in one language: its lines with their facts, whose spans are bytes of the lines.
#[derive(Clone)]
pub(crate) struct Version {
    pub(crate) language: Language,
    pub(crate) lines: Vec<String>,
    pub(crate) facts: Vec<Vec<Fact>>,
}

impl Version {
    pub(crate) fn new(code: &str, lines: Vec<String>) -> Self {
        let (document, sentences) = document(code, &lines);
        let facts = extract(&document, &sentences)
            .into_iter()
            .zip(&sentences)
            .map(|(facts, sentence)| {
                let start = sentence.span.start;
                let moved = |fact: Fact| Fact {
                    span: Span::new(fact.span.start - start, fact.span.end - start),
                    value: fact.value,
                };
                facts.into_iter().map(moved).collect()
            })
            .collect();
        Self { language: language(code), lines, facts }
    }

    pub(crate) fn passages(&self) -> Vec<NamePassage> {
        let passages = self.lines.iter().zip(&self.facts);
        passages.map(|(line, facts)| NamePassage::new(line, self.language, facts)).collect()
    }

    /// Every title and role of a line.
    pub(crate) fn titles(&self, at: usize) -> Vec<Fact> {
        titles_and_roles(&self.lines[at], self.language, &self.facts[at])
    }

    /// The document with one line changed.
    pub(crate) fn with(&self, at: usize, text: String) -> Version {
        let mut lines = self.lines.clone();
        lines[at] = text;
        Version::new(self.language.code(), lines)
    }
}

/// A language's code and its documents.
type ByLanguage = (&'static str, Vec<Version>);

/// The documents of every set, by language: its name, then code and documents of each language.
pub(crate) fn versions() -> Vec<(&'static str, Vec<ByLanguage>)> {
    let of_set = |(set, files): (&'static str, Vec<(&'static str, Vec<String>)>)| {
        let versions = files.into_iter().map(|(code, lines)| {
            let documents = documents(set, lines).into_iter();
            (code, documents.map(|lines| Version::new(code, lines)).collect())
        });
        (set, versions.collect())
    };
    sets().into_iter().map(of_set).collect()
}

/// What two versions of a document show about their names.
pub(crate) fn acquaintance(left: &[NamePassage], right: &[NamePassage]) -> Acquaintance {
    Acquaintance::of(left.par_iter().zip(right))
}

/// The documents of a set.
fn documents(set: &str, lines: Vec<String>) -> Vec<Vec<String>> {
    let marks = std::fs::read_to_string(data().join(set).join("docs.txt")).unwrap_or_default();
    let marks: Vec<&str> = marks.lines().collect();
    let mut documents: Vec<Vec<String>> = Vec::new();
    for (at, line) in lines.into_iter().enumerate() {
        let same = at > 0 && marks.get(at).is_some_and(|mark| marks.get(at - 1) == Some(mark));
        match documents.last_mut() {
            Some(document) if same => document.push(line),
            _ => documents.push(vec![line]),
        }
    }
    documents
}

/// The last words of persons' and places' names, in the forms that are written.
pub(crate) fn pool(versions: &[Version]) -> Vec<(NameKind, String)> {
    let mut pool = Vec::new();
    for version in versions {
        for (line, facts) in version.lines.iter().zip(&version.facts) {
            for (span, kind) in facts.iter().filter_map(|fact| last_word(line, fact, version)) {
                pool.push((kind, span.of(line).to_owned()));
            }
        }
    }
    pool.sort();
    pool.dedup();
    pool
}

/// The last word of a name that can be changed: a person's that is no word of the dictionary, a place of one word.
fn last_word(line: &str, fact: &Fact, version: &Version) -> Option<(Span, NameKind)> {
    let Value::Name(name) = &fact.value else { return None };
    let text = fact.span.of(line);
    let start = text
        .rfind(|letter: char| !letter.is_alphabetic())
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let word = &text[start..];
    let plain = word.chars().count() > 3 && word.chars().skip(1).all(char::is_lowercase);
    let wanted = match name.kind {
        NameKind::Person => !is_in_dictionary(&word.to_lowercase(), version.language),
        NameKind::Place => start == 0,
        _ => false,
    };
    let span = Span::new(fact.span.start + start, fact.span.end);
    (plain && wanted).then_some((span, name.kind))
}

/// A word as its stem and its ending.
fn split(word: &str, language: Language) -> (&str, &str) {
    let endings = language.profile().map_or(&[][..], |profile| &profile.names.endings);
    let ending = endings
        .iter()
        .filter(|ending| {
            word.ends_with(ending.as_str()) && word.chars().count() >= 3 + ending.chars().count()
        })
        .map(String::len)
        .max();
    word.split_at(word.len() - ending.unwrap_or(0))
}

/// The line of the right version with a name that both sides write replaced by another of its kind, and where.
///
/// The other name is one that is written with the same ending somewhere: an ending put on the stem of a name of another
/// declension makes a word that nobody writes.
pub(crate) fn other_name(
    (left, right): (&Version, &Version),
    at: usize,
    pool: &[(NameKind, String)],
    seed: usize,
) -> Option<(String, Range<usize>)> {
    let (source, target) = (&left.lines[at], &right.lines[at]);
    let source_words: Vec<&str> = source
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| word.len() > 2)
        .collect();
    let named: Vec<(Span, NameKind)> = right.facts[at]
        .iter()
        .filter_map(|fact| last_word(target, fact, right))
        .filter(|(span, _)| {
            let word = span.of(target);
            let capital = |word: &&&str| word.starts_with(char::is_uppercase);
            let said = |word: &str, other: &str| similarity(word, other) >= SAME_NAME;
            source_words.iter().filter(capital).any(|other| said(word, other))
                && target.matches(split(word, right.language).0).count() == 1
        })
        .collect();
    let (span, kind) = *named.get(seed % named.len().max(1))?;
    let (stem, ending) = split(span.of(target), right.language);
    let suits = |word: &str| split(word, right.language).1 == ending;
    let others: Vec<&String> = pool
        .iter()
        .filter(|other| other.0 == kind && suits(&other.1))
        .map(|other| &other.1)
        .collect();
    let other = (0..TRIES)
        .filter_map(|step| others.get((seed * 7919 + step * 31) % others.len().max(1)))
        .find(|other| {
            let other = split(other, right.language).0;
            similarity(other, stem) < SAME_NAME / 2.0
                && source_words.iter().all(|word| similarity(word, other) < SAME_NAME)
        })?;
    let text = format!("{}{other}{}", &target[..span.start], &target[span.end..]);
    Some((text, span.start..span.start + other.len()))
}
