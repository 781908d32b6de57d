//! The names, numbers and days of a document under keys that are the same in every language, by which large
//! collections are compared.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Article;
use crate::facts::{Precision, Unit, Value};

/// Plain counts up to this one are in every text.
pub(super) const SMALL_COUNT: f64 = 12.0;
/// How much a number counts beside a name.
const NUMBER_WEIGHT: f32 = 0.5;
/// Most keys that are kept of a document, the most frequent first.
const MOST_KEYS: usize = 256;

/// Keys of a document with how much it makes of each, ascending by key.
pub(super) type Keys = Vec<(u64, f32)>;

/// What an article makes of each name, number and day: one plus the logarithm of its sentences.
pub(super) fn keys(article: &Article) -> Keys {
    let mut counts: BTreeMap<u64, (f32, f32)> = BTreeMap::new();
    for facts in &article.facts {
        let mut inside: Vec<(u64, f32)> =
            facts.iter().filter_map(|fact| key(&fact.value)).collect();
        inside.sort_by_key(|entry| entry.0);
        inside.dedup_by_key(|entry| entry.0);
        for (key, weight) in inside {
            let entry = counts.entry(key).or_insert((0.0, weight));
            entry.0 += 1.0;
        }
    }
    let mut keys: Keys = counts
        .into_iter()
        .map(|(key, (count, weight))| (key, weight * (1.0 + count.ln())))
        .collect();
    if keys.len() > MOST_KEYS {
        keys.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        keys.truncate(MOST_KEYS);
        keys.sort_by_key(|entry| entry.0);
    }
    keys
}

/// The key of a telling fact and its weight; none for small counts, stretches of time and times of day.
fn key(value: &Value) -> Option<(u64, f32)> {
    let mut hasher = DefaultHasher::new();
    match value {
        Value::Name(name) => {
            ("name", &name.key).hash(&mut hasher);
            Some((hasher.finish(), 1.0))
        }
        Value::Number(number) => {
            let telling = number.unit != Unit::Count || number.low > SMALL_COUNT;
            ("number", (number.low * 1e3).round().to_bits()).hash(&mut hasher);
            telling.then(|| (hasher.finish(), NUMBER_WEIGHT))
        }
        Value::Date(date) => {
            ("day", date.start).hash(&mut hasher);
            (date.precision == Precision::Day).then(|| (hasher.finish(), 1.0))
        }
        _ => None,
    }
}

/// Sum over the keys of both of the products of their weights; both ascending by key.
pub(super) fn dot(left: &[(u64, f32)], right: &[(u64, f32)]) -> f32 {
    let (small, large) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    // A short list is looked up in a long one, lists of one length are merged.
    if small.len() * 16 < large.len() {
        let found = |&(key, weight): &(u64, f32)| {
            let place = large.binary_search_by_key(&key, |entry| entry.0).ok()?;
            Some(weight * large[place].1)
        };
        return small.iter().filter_map(found).sum();
    }
    let (mut sum, mut at) = (0.0, 0);
    for &(key, weight) in small {
        while large.get(at).is_some_and(|entry| entry.0 < key) {
            at += 1;
        }
        match large.get(at) {
            Some(entry) if entry.0 == key => sum += weight * entry.1,
            Some(_) => {}
            None => break,
        }
    }
    sum
}

/// How often each key is met in documents, and from that how telling it is.
#[derive(Debug, Clone, Default)]
pub(super) struct Rarity {
    documents: f32,
    frequency: HashMap<u64, f32>,
}

impl Rarity {
    /// Documents that are thought to have been there before, without any of the keys: a few documents do not
    /// make what they share ordinary.
    const BEFORE: f32 = 200.0;

    /// Counts a document.
    pub(super) fn count(&mut self, keys: &[(u64, f32)]) {
        self.documents += 1.0;
        for &(key, _) in keys {
            *self.frequency.entry(key).or_default() += 1.0;
        }
    }

    /// Inverse document frequency (Spärck Jones 1972).
    pub(super) fn weight(&self, key: u64) -> f32 {
        let frequency = self.frequency.get(&key).copied().unwrap_or(0.0);
        ((self.documents + Self::BEFORE) / (frequency + 1.0)).ln()
    }

    /// The keys of a document weighted by their rarity, of L2 norm 1.
    pub(super) fn weighted(&self, keys: &[(u64, f32)]) -> Keys {
        let mut weighted: Keys =
            keys.iter().map(|&(key, weight)| (key, weight * self.weight(key))).collect();
        let norm = weighted.iter().map(|entry| entry.1 * entry.1).sum::<f32>().sqrt();
        if norm > 0.0 {
            weighted.iter_mut().for_each(|entry| entry.1 /= norm);
        }
        weighted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_product_counts_shared_keys_alone_however_long_the_lists() {
        let left = [(1, 1.0), (4, 2.0), (9, 3.0)];
        assert_eq!(dot(&left, &[(4, 0.5), (5, 7.0), (9, 1.0)]), 4.0);
        let long: Vec<(u64, f32)> = (0..100).map(|key| (key, 1.0)).collect();
        assert_eq!(dot(&left, &long), 6.0);
        assert_eq!(dot(&left, &[]), 0.0);
    }

    #[test]
    fn what_is_met_everywhere_tells_little() {
        let mut rarity = Rarity::default();
        for document in 0..1000 {
            rarity.count(&[(0, 1.0), (document + 1, 1.0)]);
        }
        assert!(rarity.weight(0) < 0.3 && rarity.weight(5) > 5.0);
        let weighted = rarity.weighted(&[(0, 1.0), (5, 1.0)]);
        assert!((dot(&weighted, &weighted) - 1.0).abs() < 1e-5);
    }
}
