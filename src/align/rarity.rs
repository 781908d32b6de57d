//! Facts that two texts share, the rare ones counting more: that both name the prime minister says little
//! where every sentence names him.

use std::collections::{BTreeMap, BTreeSet};

use super::Article;
use super::keys::SMALL_COUNT;
use crate::facts::{Agreement, Fact, Unit, Value};

/// Facts of a sentence that are looked at; a list without an end holds more than anybody compares.
const MOST_FACTS: usize = 64;

/// What a small count is worth beside a fact as rare: three sentences may count to three and say three things.
const SMALL_COUNT_SHARE: f32 = 0.35;

/// How far the facts of two sentences agree, each share 0..1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct FactAgreement {
    /// Share of the names that both have.
    pub names: f32,
    /// Share of the numbers that both have.
    pub numbers: f32,
    /// Share of the dates and times that both have.
    pub dates: f32,
    /// Share of the numbers and dates for which the other side has another value only.
    pub contradicted: f32,
    /// Both have facts, but none of them in common.
    pub nothing: bool,
}

/// How rare each fact is among the sentences of a run (inverse document frequency, Spärck Jones 1972).
#[derive(Debug, Clone, Default)]
pub struct FactRarity {
    sentences: f32,
    frequency: BTreeMap<String, f32>,
}

impl FactRarity {
    /// Counts the facts of all sentences of a run.
    pub fn new(articles: &[Article]) -> Self {
        let mut rarity = Self::default();
        for facts in articles.iter().flat_map(|article| &article.facts) {
            rarity.sentences += 1.0;
            let values = facts.iter().map(|fact| &fact.value).filter(|value| value.is_content());
            let keys: BTreeSet<String> = values.map(key).collect();
            for key in keys {
                *rarity.frequency.entry(key).or_default() += 1.0;
            }
        }
        rarity
    }

    /// Weight of a fact: 0 for one in every sentence, larger the rarer.
    fn weight(&self, value: &Value) -> f32 {
        let frequency = self.frequency.get(&key(value)).copied().unwrap_or(1.0);
        let rarity = ((self.sentences + 1.0) / (frequency + 0.5)).ln().max(0.0);
        if is_small_count(value) { SMALL_COUNT_SHARE * rarity } else { rarity }
    }

    /// Weight of a fact that occurs once.
    fn most(&self) -> f32 {
        ((self.sentences + 1.0) / 1.5).ln().max(f32::EPSILON)
    }

    /// Share of the facts of two sentences that both state, 0..1.
    ///
    /// One unshared rare fact is added to the count, so that one shared fact is no certainty.
    pub fn shared(&self, left: &[Fact], right: &[Fact]) -> f32 {
        self.overlap(&content(left), &content(right), self.most())
    }

    /// How far the facts of two sentences agree, kind by kind.
    ///
    /// One unshared rare fact is added to each count, so that one shared fact is no certainty.
    pub fn agreement(&self, left: &[Fact], right: &[Fact]) -> FactAgreement {
        let (left, right) = (content(left), content(right));
        let mut sums = [KindSums::default(); 3];
        let mut common = false;
        for (here, there) in [(&left, &right), (&right, &left)] {
            for value in here {
                let weight = self.weight(value);
                let sums = &mut sums[kind(value)];
                sums.whole += weight;
                match closest_relation(value, there) {
                    Agreement::Same => {
                        sums.shared += weight;
                        common = true;
                    }
                    Agreement::Compatible(_) => common = true,
                    Agreement::Different(_) => sums.contradicted += weight,
                    Agreement::Incomparable => {}
                }
            }
        }
        let doubt = 2.0 * self.most();
        let share = |kind: usize| sums[kind].shared / (sums[kind].whole + doubt);
        let contradicted = |kind: usize| sums[kind].contradicted / (sums[kind].whole + doubt);
        FactAgreement {
            names: share(NAME),
            numbers: share(NUMBER),
            dates: share(DATE),
            contradicted: contradicted(NUMBER) + contradicted(DATE),
            nothing: !common && !left.is_empty() && !right.is_empty(),
        }
    }

    /// Weighted overlap (Dice) of the facts of one kind in two documents, 0..1; `None` where neither has any.
    pub fn document_overlap(
        &self,
        left: &Article,
        right: &Article,
        of_kind: fn(&Value) -> bool,
    ) -> Option<f32> {
        let (left, right) = (distinct(left, of_kind), distinct(right, of_kind));
        if left.is_empty() && right.is_empty() {
            return None;
        }
        Some(self.overlap(&left, &right, 0.0))
    }

    fn overlap(&self, left: &[&Value], right: &[&Value], doubt: f32) -> f32 {
        let total = |values: &[&Value]| values.iter().map(|v| self.weight(v)).sum::<f32>();
        let agrees = |one: &Value, other: &Value| one.compare(other) == Agreement::Same;
        let matched: f32 = left
            .iter()
            .filter(|one| right.iter().any(|other| agrees(one, other)))
            .map(|one| self.weight(one))
            .sum();
        let matched_right: f32 = right
            .iter()
            .filter(|one| left.iter().any(|other| agrees(one, other)))
            .map(|one| self.weight(one))
            .sum();
        let whole = total(left) + total(right) + 2.0 * doubt;
        if whole > 0.0 { (matched + matched_right) / whole } else { 0.0 }
    }
}

/// Weights of the facts of one kind.
#[derive(Debug, Clone, Copy, Default)]
struct KindSums {
    whole: f32,
    shared: f32,
    contradicted: f32,
}

const NAME: usize = 0;
const NUMBER: usize = 1;
const DATE: usize = 2;

fn is_small_count(value: &Value) -> bool {
    matches!(value, Value::Number(number) if number.unit == Unit::Count && number.high <= SMALL_COUNT)
}

/// The kind of a value that says what a sentence is about.
fn kind(value: &Value) -> usize {
    match value {
        Value::Name(_) => NAME,
        Value::Number(_) => NUMBER,
        _ => DATE,
    }
}

/// How a value relates to the one of a list that is closest to it.
fn closest_relation(value: &Value, others: &[&Value]) -> Agreement {
    let rank = |relation: &Agreement| match relation {
        Agreement::Same => 3,
        Agreement::Compatible(_) => 2,
        Agreement::Different(_) => 1,
        Agreement::Incomparable => 0,
    };
    let relations = others.iter().map(|other| value.compare(other));
    relations.max_by_key(rank).unwrap_or(Agreement::Incomparable)
}

/// The values of one kind in a document, each once.
fn distinct(article: &Article, of_kind: fn(&Value) -> bool) -> Vec<&Value> {
    let mut seen = BTreeSet::new();
    article
        .facts
        .iter()
        .flatten()
        .map(|fact| &fact.value)
        .filter(|value| of_kind(value) && seen.insert(key(value)))
        .collect()
}

/// The values that say what a sentence is about, the first [`MOST_FACTS`] of them.
fn content(facts: &[Fact]) -> Vec<&Value> {
    let values = facts.iter().map(|fact| &fact.value);
    values.filter(|value| value.is_content()).take(MOST_FACTS).collect()
}

/// Facts with the same key are counted together.
fn key(value: &Value) -> String {
    match value {
        Value::Name(name) => name.key.clone(),
        Value::Number(number) => format!("{}–{} {:?}", number.low, number.high, number.unit),
        Value::Date(date) => format!("{}–{}", date.start, date.end),
        Value::Relative(date) => format!("{date:?}"),
        Value::Time(time) => format!("{time:?}"),
        Value::Negation(_) | Value::Modality(_) | Value::Attribution(_) | Value::Quote(_) => {
            format!("{value:?}")
        }
        Value::Title(title) => title.title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::of_text;
    use crate::lang::Language;

    #[test]
    fn a_small_count_is_worth_less_than_a_number_as_rare() {
        let rarity = FactRarity { sentences: 100.0, frequency: BTreeMap::new() };
        let facts = |text| of_text(text, Language::from_code("en").unwrap(), None);
        let shared = |one, other| rarity.agreement(&facts(one), &facts(other)).numbers;
        let small = shared("They found 3 faults.", "There were 3 people.");
        let large = shared("They found 214 faults.", "There were 214 people.");
        assert!(0.0 < small && small < 0.6 * large, "{small} {large}");
    }
}
