//! `name-mismatch`: a translation has another name in the place of one, or two versions call a person otherwise.

use super::Check;
use super::linked_facts::{LEAST_CONFIDENCE, LEAST_LINK_SCORE, as_written, consolidate, opposed};
use crate::align::exchange::Exchange;
use crate::align::passage::language;
use crate::align::{Article, Comparison, Link, Mode, Pair, SentenceId};
use crate::facts::{Fact, NameKind, NameValue, Value, names_differ};
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
names that go together time and again are taken for one. Each side is also read with the name of the other: where that brings
the two no closer, the names may well be one in two languages, and count less. It is `major`.

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
    let exchanges = comparison.speech.exchanges.iter();
    let mut found: Vec<Finding> =
        exchanges.filter_map(|exchange| exchanged(comparison, exchange)).collect();
    for pair in comparison.pairs.iter().filter(|pair| comparison.same_event(pair.left, pair.right))
    {
        let linked = pair.links.iter().filter(|link| link.score >= LEAST_LINK_SCORE);
        let reports = linked.filter(|link| link.mode == Mode::Comparable);
        found.extend(reports.flat_map(|link| misspelt(comparison, pair, link)));
    }
    consolidate(found)
}

/// Names of a passage and its translation that stand in each other's place.
fn exchanged(comparison: &Comparison, exchange: &Exchange) -> Option<Finding> {
    let confidence = exchange.confidence * exchange.link;
    let likely = exchange.link >= LEAST_LINK_SCORE && confidence >= LEAST_CONFIDENCE;
    let sides = [0, 1].map(|side| (exchange.sentences[side], exchange.names[side]));
    likely.then(|| finding(comparison, sides, (Severity::Major, confidence)))
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
                let id = |document, sentence| SentenceId { document, sentence };
                let sides = [
                    (id(pair.left, sentence), fact.span),
                    (id(pair.right, other_sentence), other_fact.span),
                ];
                let confidence = MISSPELT * link.score;
                if confidence >= LEAST_CONFIDENCE {
                    found.push(finding(comparison, sides, (Severity::Minor, confidence)));
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
    sides: [(SentenceId, Span); 2],
    (severity, confidence): (Severity, f32),
) -> Finding {
    let sides = sides.map(|(SentenceId { document, sentence }, span)| {
        as_written(Place { document, sentence: Some(sentence), span }, comparison)
    });
    opposed(CHECK.info.id, severity, confidence, sides)
}
