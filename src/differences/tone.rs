//! `tone`: one document uses loaded words where another is plain.

use super::Check;
use super::linked_facts::{
    LEAST_CONFIDENCE, LEAST_LINK_SCORE, between, consolidate_with, links_within_events,
};
use crate::align::{Comparison, SentenceId};
use crate::facts::{Fact, Value, loaded_words};
use crate::finding::{CheckInfo, Finding, Place, Severity};
use crate::text::Span;

/// The check.
pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "tone",
        family: "wording",
        summary: "one document uses loaded words where another tells the same plainly",
        explanation: "\
Two documents of one event have linked sentences. One uses words that dramatise, mock, praise or condemn, outside
of quotes (`humiliating`, `siaubingas`, `verheerend`, `позорный`); the other has none, and stands apart on an axis
between alarm and reassurance that is the same in all languages. It is `minor`: what is told is the same, how a
reader is meant to feel about it is not.

Example: “Britain has signed up to a humiliating pact” / “Großbritannien und Argentinien einigten sich”.

Silence it with `--skip tone`.",
    },
    run,
};

/// Least distance on the axis of tone for one loaded word, and for several.
const LEAST_DISTANCE: f32 = 0.035;
const LEAST_DISTANCE_OF_SEVERAL: f32 = 0.015;
/// Distance at which the tone is surely another.
const SURE_DISTANCE: f32 = 0.12;

fn run(comparison: &Comparison) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (pair, link) in links_within_events(comparison, LEAST_LINK_SCORE) {
        let each = link.left.iter().flat_map(|&l| link.right.iter().map(move |&r| (l, r)));
        findings.extend(each.filter_map(|(left, right)| {
            let id = |document, sentence| SentenceId { document, sentence };
            finding(comparison, id(pair.left, left), id(pair.right, right), link.score)
        }));
    }
    consolidate_with(findings, |_, _| None)
}

fn finding(
    comparison: &Comparison,
    left: SentenceId,
    right: SentenceId,
    link: f32,
) -> Option<Finding> {
    let words = [loaded(comparison, left), loaded(comparison, right)];
    let (loaded, plain, words) = match words {
        [words, others] if !words.is_empty() && others.is_empty() => (left, right, words),
        [others, words] if !words.is_empty() && others.is_empty() => (right, left, words),
        _ => return None,
    };
    let tone = |id: SentenceId| comparison.speech.tones.get(id.document)?.get(id.sentence);
    let distance = (tone(loaded)? - tone(plain)?).abs();
    let several = words.len() > 1;
    if distance < if several { LEAST_DISTANCE_OF_SEVERAL } else { LEAST_DISTANCE } {
        return None;
    }
    let certainty = 0.6 + 0.4 * (distance / SURE_DISTANCE).min(1.0);
    let confidence = link * certainty;
    if confidence < LEAST_CONFIDENCE {
        return None;
    }
    let text = |id: SentenceId, span: Span| {
        span.of(&comparison.articles[id.document].document.text).to_owned()
    };
    let said: Vec<String> = words.iter().map(|&span| format!("“{}”", text(loaded, span))).collect();
    let said = said.join(", ");
    let message = format!(
        "d{} uses loaded words ({said}), d{} tells it plainly",
        loaded.document, plain.document
    );
    let whole = |id: SentenceId| comparison.articles[id.document].sentences[id.sentence].span;
    let place =
        |id: SentenceId, span| Place { document: id.document, sentence: Some(id.sentence), span };
    let around = Span::new(words[0].start, words[words.len() - 1].end);
    let mut sides =
        [(place(loaded, around), said), (place(plain, whole(plain)), "no loaded words".to_owned())];
    sides.sort_by_key(|(place, _)| place.document);
    Some(between(CHECK.info.id, Severity::Minor, confidence, message, sides))
}

/// The loaded words of a sentence of running text that are the outlet's own, in bytes of the document's text.
fn loaded(comparison: &Comparison, id: SentenceId) -> Vec<Span> {
    let article = &comparison.articles[id.document];
    let sentence = &article.sentences[id.sentence];
    if !article.is_body(id.sentence) {
        return Vec::new();
    }
    let words = loaded_words(article.sentence_text(id.sentence), sentence.language);
    let quote = |fact: &&Fact| matches!(fact.value, Value::Quote(_));
    let quotes: Vec<Span> =
        article.facts[id.sentence].iter().filter(quote).map(|fact| fact.span).collect();
    let words = words.into_iter().map(|span| span.shifted(sentence.span.start));
    words.filter(|word| !quotes.iter().any(|quote| quote.contains(*word))).collect()
}
