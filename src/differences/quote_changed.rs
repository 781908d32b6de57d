//! `quote-changed`: the same words of the same speaker, quoted otherwise.

use super::Check;
use super::linked_facts::{
    LEAST_CONFIDENCE, LEAST_LINK_SCORE, as_written, consolidate, links_within_events, opposed,
};
use super::negation::in_quote;
use crate::align::{Comparison, Link, Pair};
use crate::facts::denial::Polarity;
use crate::facts::names::{SAME_NAME, similarity};
use crate::facts::{Class, Closeness, Fact, QuoteValue, Value, match_facts};
use crate::finding::{CheckInfo, Finding, Place, Severity};

/// The check.
pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "quote-changed",
        family: "wording",
        summary: "the same words of a speaker are quoted otherwise",
        explanation: "\
Two documents of one event have linked sentences, each with a quote of some length, by the same speaker as far
as the texts tell. The quotes are near each other in meaning, and yet one denies what the other affirms, or
they give different numbers or dates: `major`. Translations of one quote that only differ in wording are none.

Example: “This is about squid, not about flags” / “Es geht um Tintenfische und auch um Flaggen”.

Silence it with `--skip quote-changed`.",
    },
    run,
};

/// Fewest words of a quote that is compared.
const FEWEST_WORDS: usize = 4;
/// Least cosine of two quotes that can be the same words.
const LEAST_LIKENESS: f32 = 0.8;
/// Probability that quotes with contradicting facts are the same words, given the link.
const CONFLICTING: f32 = 0.8;
/// The same where only the count of negations differs, and where the speaker has one name besides.
const DENYING: f32 = 0.7;
const DENYING_OF_ONE: f32 = 0.85;
/// Least probability that the sentences contradict each other.
const LEAST_DENIAL: f32 = 0.35;

fn run(comparison: &Comparison) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (pair, link) in links_within_events(comparison, LEAST_LINK_SCORE) {
        findings.extend(of_link(comparison, pair, link));
    }
    consolidate(findings)
}

/// A quote and where it stands.
#[derive(Clone, Copy)]
struct Said<'a> {
    document: usize,
    sentence: usize,
    fact: &'a Fact,
    value: &'a QuoteValue,
}

impl<'a> Said<'a> {
    fn text(&self, comparison: &'a Comparison) -> &'a str {
        self.fact.span.of(&comparison.articles[self.document].document.text)
    }

    fn place(&self) -> Place {
        Place { document: self.document, sentence: Some(self.sentence), span: self.fact.span }
    }

    /// The facts inside the quote.
    fn facts(&self, comparison: &Comparison) -> Vec<Fact> {
        let facts = comparison.articles[self.document].facts[self.sentence].iter();
        facts.filter(|fact| self.fact.span.contains(fact.span)).cloned().collect()
    }
}

/// The quotes of some sentences.
fn said<'a>(comparison: &'a Comparison, document: usize, sentences: &[usize]) -> Vec<Said<'a>> {
    let article = &comparison.articles[document];
    let of_sentence = |&sentence: &usize| {
        let facts = article.facts[sentence].iter();
        facts.filter_map(move |fact| match &fact.value {
            Value::Quote(value) if value.words >= FEWEST_WORDS => {
                Some(Said { document, sentence, fact, value })
            }
            _ => None,
        })
    };
    sentences.iter().flat_map(of_sentence).collect()
}

fn of_link(comparison: &Comparison, pair: &Pair, link: &Link) -> Vec<Finding> {
    let left = said(comparison, pair.left, &link.left);
    let right = said(comparison, pair.right, &link.right);
    let mut findings = Vec::new();
    for &one in &left {
        let likeness = |other: &Said<'_>| {
            let key = |said: &Said<'_>| (said.document, said.fact.span.start);
            comparison.speech.likeness(key(&one), key(other)).unwrap_or(0.0)
        };
        let nearest = right.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
        let same =
            |other: &&Said<'_>| same_speaker(&one, other) && likeness(other) >= LEAST_LIKENESS;
        if let Some(&other) = nearest.filter(same) {
            findings.extend(changed(comparison, link, one, other));
        }
    }
    findings
}

/// Whether two quotes can be of one speaker: names that do not differ.
fn same_speaker(one: &Said<'_>, other: &Said<'_>) -> bool {
    match (&one.value.speaker, &other.value.speaker) {
        (Some(one), Some(other)) => {
            let capital = |name: &str| name.chars().next().is_some_and(char::is_uppercase);
            !(capital(one) && capital(other)) || similarity(one, other) >= SAME_NAME
        }
        _ => true,
    }
}

fn changed(
    comparison: &Comparison,
    link: &Link,
    one: Said<'_>,
    other: Said<'_>,
) -> Option<Finding> {
    let facts = (one.facts(comparison), other.facts(comparison));
    let matches = match_facts(&facts.0, &facts.1, Closeness::Comparable);
    let conflict = matches.iter().any(|found| matches!(found.class, Class::Conflicting(_)));
    let named = one.value.speaker.is_some() && other.value.speaker.is_some();
    let denying = if named { DENYING_OF_ONE } else { DENYING };
    let given = if conflict { CONFLICTING } else { denying * denial(comparison, one, other)? };
    let confidence = link.score * given;
    if confidence < LEAST_CONFIDENCE {
        return None;
    }
    let sides = [one, other].map(|said| as_written(said.place(), comparison));
    Some(opposed(CHECK.info.id, Severity::Major, confidence, sides))
}

/// How surely one quote denies what the other affirms, of 1; none where neither does.
fn denial(comparison: &Comparison, one: Said<'_>, other: Said<'_>) -> Option<f32> {
    let polarity = |said: &Said<'_>| {
        let language = comparison.articles[said.document].sentences[said.sentence].language;
        Polarity::of(said.text(comparison), language)
    };
    if polarity(&one).surplus(&polarity(&other)) == 0 {
        return None;
    }
    let sentences = [(one.document, one.sentence), (other.document, other.sentence)];
    let contrary = comparison.speech.contraries.iter().find(|contrary| {
        let ids = [contrary.denies, contrary.affirms];
        let keys = ids.map(|id| (id.document, id.sentence));
        in_quote(contrary, comparison) && sentences.iter().all(|key| keys.contains(key))
    });
    contrary
        .filter(|found| found.confidence >= LEAST_DENIAL)
        .map(|found| 0.9 + found.confidence / 10.0)
}
