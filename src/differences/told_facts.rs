//! Whether a document tells what a sentence of another one says that has no counterpart in it: shared by the checks on what
//! is left out and what is added.
//!
//! Passages that say the same in very different words are not always linked. A number, an hour or a full name that a
//! document gives in one sentence only, and that the other document gives too, is a sign that the other says it as well.
//! A passage that is linked with another sentence of the first document says that one, and tells nothing of this one.

use std::collections::BTreeMap;

use super::framing::{LEAST_SHARED, shared};
use super::linked_facts::LEAST_LINK_SCORE;
use crate::align::order::Order;
use crate::align::{Article, Closest, Comparison, Pair, SentenceId};
use crate::facts::places::country;
use crate::facts::{Agreement, Fact, Unit, Value};
use crate::lang::Language;
use crate::wording::frames::{self, Framing};

/// Counts up to this stand in many sentences for many things.
const SMALL_COUNT: f64 = 10.0;
/// Share of a number by which another that may stand for it differs at most.
const NEAR: f64 = 0.2;
/// Letters that the key of a name needs.
const LEAST_KEY: usize = 3;

/// How far a passage tells a sentence, at most, that has no room beside the counterparts of its neighbours.
const NO_ROOM: f32 = 0.1;
/// By how much likelier a passage tells a sentence in whose place it stands, and less likely one elsewhere.
const IN_PLACE: f32 = 2.0;
const ELSEWHERE: f32 = 0.5;

/// What documents tell, made ready for looking up sentences that may be missing in others.
pub(super) struct Told<'c> {
    comparison: &'c Comparison,
    framings: Vec<Vec<Framing>>,
    /// The order of documents that translate each other, by left and right.
    orders: BTreeMap<(usize, usize), Order>,
}

impl<'c> Told<'c> {
    pub(super) fn new(comparison: &'c Comparison) -> Self {
        let of = |article: &Article| frames::framings(&article.document, &article.sentences);
        let length = |document: usize| comparison.articles[document].sentences.len();
        let order = |pair: &Pair| {
            let order = Order::of(&pair.links, [length(pair.left), length(pair.right)])?;
            Some(((pair.left, pair.right), order))
        };
        Self {
            comparison,
            framings: comparison.articles.iter().map(of).collect(),
            orders: comparison.pairs.iter().filter_map(order).collect(),
        }
    }

    /// How far the passage of another document that comes closest to a sentence may tell what it says, 0..1. Where one document
    /// translates the other, their order counts too.
    pub(super) fn likeness(&self, id: SentenceId, document: usize, closest: Closest) -> f32 {
        let another = says_another(self.comparison, id, document, closest.sentence);
        let part = if another { 0.0 } else { closest.likeness };
        let likeness = if part > closest.probability { part } else { closest.stated() };
        let pair = (id.document.min(document), id.document.max(document));
        let order = self.orders.get(&pair);
        match order.and_then(|order| order.room(id.document > document, id.sentence)) {
            None => likeness,
            Some(room) if room.there.is_empty() => likeness.min(NO_ROOM),
            Some(room) if !room.there.contains(&closest.sentence) => likeness * ELSEWHERE,
            Some(room) if room.there.len() >= room.here => (likeness * IN_PLACE).min(1.0),
            Some(_) => likeness,
        }
    }

    /// Whether `document` has a fact that sentence `id` alone gives in its own document, in a sentence that says no other
    /// one, or tells of the same act.
    pub(super) fn is_told(&self, id: SentenceId, document: usize) -> bool {
        has_fact(self.comparison, id, document) || self.has_act(id, document)
    }

    /// Whether a document tells, in whatever words, of an act that a sentence tells of, and both say who, what or when.
    fn has_act(&self, id: SentenceId, document: usize) -> bool {
        let articles = &self.comparison.articles;
        let sides = [&articles[id.document], &articles[document]];
        let mut own = self.framings[id.document].iter().filter(|one| one.sentence == id.sentence);
        own.any(|one| {
            self.framings[document].iter().any(|other| {
                one.act == other.act
                    && shared(sides, one, other) >= LEAST_SHARED
                    && !says_another(self.comparison, id, document, other.sentence)
            })
        })
    }
}

/// Whether a sentence of `document` is linked with others of the document of `id` than that one.
fn says_another(comparison: &Comparison, id: SentenceId, document: usize, sentence: usize) -> bool {
    let Some(pair) = comparison.pair(id.document, document) else { return false };
    pair.links.iter().filter(|link| link.score >= LEAST_LINK_SCORE).any(|link| {
        let (own, others) = if pair.left == id.document {
            (&link.left, &link.right)
        } else {
            (&link.right, &link.left)
        };
        others.contains(&sentence) && !own.contains(&id.sentence)
    })
}

/// Whether `document` has a fact that sentence `id` alone gives in its own document, in a sentence that says no other one.
fn has_fact(comparison: &Comparison, id: SentenceId, document: usize) -> bool {
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
        let mut holds = there
            .facts
            .iter()
            .enumerate()
            .filter(|(_, facts)| facts.iter().any(|other| agrees(&fact.value, &other.value)));
        !elsewhere(fact) && holds.any(|(at, _)| !says_another(comparison, id, document, at))
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
