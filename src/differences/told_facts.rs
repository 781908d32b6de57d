//! Whether a document holds the facts of a sentence that it seems to lack: shared by the checks on what is left out and
//! what is added.
//!
//! Passages that say the same in very different words are not always linked. A number, an hour or a full name that a
//! document gives in one sentence only, and that the other document gives too, is a sign that the other says it as well.

use crate::align::{Comparison, SentenceId};
use crate::facts::places::country;
use crate::facts::{Agreement, Fact, Unit, Value};
use crate::lang::Language;

/// Counts up to this stand in many sentences for many things.
const SMALL_COUNT: f64 = 10.0;
/// Share of a number by which another that may stand for it differs at most.
const NEAR: f64 = 0.2;
/// Letters that the key of a name needs.
const LEAST_KEY: usize = 3;

/// Whether `document` has a fact that sentence `id` alone gives in its own document.
pub(super) fn is_told(comparison: &Comparison, id: SentenceId, document: usize) -> bool {
    let (here, there) = (&comparison.articles[id.document], &comparison.articles[document]);
    let language = here.sentences[id.sentence].language;
    let elsewhere = |fact: &Fact| {
        here.facts.iter().enumerate().any(|(sentence, facts)| {
            sentence != id.sentence && facts.iter().any(|other| agrees(&fact.value, &other.value))
        })
    };
    let mut telling =
        here.facts[id.sentence].iter().filter(|fact| is_telling(&fact.value, language));
    telling.any(|fact| {
        there.facts.iter().flatten().any(|other| agrees(&fact.value, &other.value))
            && !elsewhere(fact)
    })
}

/// Whether a fact belongs to few statements.
fn is_telling(value: &Value, language: Language) -> bool {
    match value {
        Value::Name(name) => {
            name.name.split_whitespace().count() > 1
                && name.key.chars().count() >= LEAST_KEY
                && country(&name.name, language).is_none()
        }
        Value::Number(number) => match number.unit {
            Unit::Count => number.high > SMALL_COUNT,
            Unit::Ordinal | Unit::Label => false,
            _ => true,
        },
        Value::Date(_) | Value::Time(_) => true,
        Value::Relative(_)
        | Value::Title(_)
        | Value::Negation(_)
        | Value::Modality(_)
        | Value::Attribution(_)
        | Value::Quote(_) => false,
    }
}

fn agrees(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Name(one), Value::Name(other)) => one.key == other.key,
        (Value::Number(left), Value::Number(right)) => match one.compare(other) {
            Agreement::Same => true,
            // `more than 30` may be 214, but hardly is.
            Agreement::Compatible(_) => {
                let (small, large) = (left.low.min(right.low), left.low.max(right.low));
                large - small <= large * NEAR
            }
            _ => false,
        },
        (Value::Date(_), Value::Date(_)) | (Value::Time(_), Value::Time(_)) => {
            one.compare(other) == Agreement::Same
        }
        _ => false,
    }
}
