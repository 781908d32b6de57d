//! `name-mismatch`: a translation has another name in the place of one, or two versions call a person otherwise.

use super::Check;
use super::linked_facts::{LEAST_CONFIDENCE, LEAST_LINK_SCORE, as_written, consolidate, opposed};
use super::linked_names::{Passage, language};
use crate::align::{Article, Comparison, Link, Mode, Pair};
use crate::facts::{Acquaintance, Fact, NameKind, NameValue, Value, name_conflicts, names_differ};
use crate::finding::{CheckInfo, Finding, Place, Severity};
use crate::lang::Language;
use crate::text::Span;

/// The check.
pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "name-mismatch",
        family: "facts",
        summary: "a name stands in the place of another, or is spelt so that it is another",
        explanation: "\
In a translation: a person, place or organisation of the one side is not named on the other side, which has a name
instead that the first side does not have. Names are compared by sound, in Latin and Cyrillic script and in every
case (`Lawrow`, `Lavrovui`, `Лавровым`); countries also by their capitals and peoples (`Moscow`, `Russia`, `the Russians`). Two
names that go together time and again are taken for one. It is `major`.

Between two reports on one event: linked sentences name a person by the same first name and another family name, which
neither document uses for anyone else. It is `minor`: one of them has misspelt it. Leaving a name out is no mismatch, and a
pronoun or a description in its place is none either.

Example: “Kapitän Tomas Grinius” / “the master, Tomas Gricius”.

Silence it with `--skip name-mismatch`.",
    },
    run,
};

/// How sure it is that two reports mean one person by two names.
const MISSPELT: f32 = 0.7;

fn run(comparison: &Comparison) -> Vec<Finding> {
    let mut found = Vec::new();
    for pair in comparison.pairs.iter().filter(|pair| comparison.same_event(pair.left, pair.right))
    {
        let linked = |mode: Mode| {
            pair.links
                .iter()
                .filter(move |link| link.score >= LEAST_LINK_SCORE && link.mode == mode)
        };
        let translated: Vec<&Link> = linked(Mode::Parallel).collect();
        found.extend(in_translation(comparison, pair, &translated));
        found.extend(linked(Mode::Comparable).flat_map(|link| misspelt(comparison, pair, link)));
    }
    consolidate(found)
}

/// Names of passages and their translations that stand in each other's place.
fn in_translation(comparison: &Comparison, pair: &Pair, links: &[&Link]) -> Vec<Finding> {
    let (left, right) = (&comparison.articles[pair.left], &comparison.articles[pair.right]);
    let passages: Vec<(Passage, Passage)> = links
        .iter()
        .map(|link| (Passage::new(left, &link.left), Passage::new(right, &link.right)))
        .collect();
    let mut known = Acquaintance::default();
    for (left, right) in &passages {
        known.add(&left.names, &right.names);
    }
    let mut found = Vec::new();
    for (link, (left, right)) in links.iter().zip(&passages) {
        for conflict in name_conflicts(&left.names, &right.names, &known) {
            let confidence = conflict.confidence * link.score;
            if confidence >= LEAST_CONFIDENCE {
                let sides = (left.place(conflict.left), right.place(conflict.right));
                found.push(finding(comparison, pair, sides, (Severity::Major, confidence)));
            }
        }
    }
    found
}

/// Persons of linked sentences of two reports with one first name and two family names.
fn misspelt(comparison: &Comparison, pair: &Pair, link: &Link) -> Vec<Finding> {
    let (left, right) = (&comparison.articles[pair.left], &comparison.articles[pair.right]);
    let mut found = Vec::new();
    for (sentence, fact, name) in persons(left, &link.left) {
        for (other_sentence, other_fact, other) in persons(right, &link.right) {
            let languages = (language(left, &[sentence]), language(right, &[other_sentence]));
            let differ = names_differ((name, languages.0), (other, languages.1));
            if differ && !has(right, name, languages.0) && !has(left, other, languages.1) {
                let sides = ((sentence, fact.span), (other_sentence, other_fact.span));
                let confidence = MISSPELT * link.score;
                if confidence >= LEAST_CONFIDENCE {
                    found.push(finding(comparison, pair, sides, (Severity::Minor, confidence)));
                }
            }
        }
    }
    found
}

/// The persons of some sentences.
fn persons<'a>(
    article: &'a Article,
    sentences: &[usize],
) -> impl Iterator<Item = (usize, &'a Fact, &'a NameValue)> {
    sentences.iter().copied().flat_map(move |sentence| {
        article.facts[sentence].iter().filter_map(move |fact| match &fact.value {
            Value::Name(name) if name.kind == NameKind::Person => Some((sentence, fact, name)),
            _ => None,
        })
    })
}

/// Whether an article names someone as another one does.
fn has(article: &Article, name: &NameValue, language: Language) -> bool {
    let all: Vec<usize> = (0..article.sentences.len()).collect();
    persons(article, &all).any(|(sentence, _, known)| {
        let own = article.sentences[sentence].language;
        known.key == name.key && !names_differ((known, own), (name, language))
    })
}

fn finding(
    comparison: &Comparison,
    pair: &Pair,
    sides: ((usize, Span), (usize, Span)),
    (severity, confidence): (Severity, f32),
) -> Finding {
    let side = |document: usize, (sentence, span): (usize, Span)| {
        as_written(Place { document, sentence: Some(sentence), span }, comparison)
    };
    let sides = [side(pair.left, sides.0), side(pair.right, sides.1)];
    opposed(CHECK.info.id, severity, confidence, sides)
}
