//! What further versions add to a pair: where a third one says what both say, they say the same.

use std::collections::HashMap;

use super::Candidate;
use crate::align::SentenceId;
use crate::align::logistic::{log_odds, logistic};

/// Least probability of the pairs that a chain is made of.
const LEAST_PROBABILITY: f32 = 0.1;

/// The judged sentence pairs of two documents.
#[derive(Debug, Clone)]
pub struct Judged {
    /// Index of the left document.
    pub left: usize,
    /// Index of the right document.
    pub right: usize,
    /// What was judged.
    pub candidates: Vec<Candidate>,
}

impl Judged {
    fn ids(&self, candidate: &Candidate) -> (SentenceId, SentenceId) {
        let left = SentenceId { document: self.left, sentence: candidate.left };
        let right = SentenceId { document: self.right, sentence: candidate.right };
        (left, right)
    }
}

/// Raises the log odds of every pair by `weight` times its [`support`].
pub fn raise(pairs: &mut [Judged], weight: f32) {
    let support = support(pairs);
    for (pair, support) in pairs.iter_mut().zip(support) {
        for (candidate, support) in pair.candidates.iter_mut().zip(support) {
            candidate.probability = raised(candidate.probability, weight * support);
        }
    }
}

/// A probability whose log odds have grown by `by`.
pub fn raised(probability: f32, by: f32) -> f32 {
    logistic(log_odds(probability) + by)
}

/// For every candidate of every pair the probability that at least one further document has a sentence that says
/// what both sentences say, 0..1.
pub fn support(pairs: &[Judged]) -> Vec<Vec<f32>> {
    let partners = partners(pairs);
    let none = Vec::new();
    pairs
        .iter()
        .map(|pair| {
            let of_candidate = |candidate: &Candidate| {
                let (left, right) = pair.ids(candidate);
                let of = |id: SentenceId| partners.get(&id).unwrap_or(&none);
                chained(of(left), of(right))
            };
            pair.candidates.iter().map(of_candidate).collect()
        })
        .collect()
}

/// The likely partners of every sentence, ascending.
fn partners(pairs: &[Judged]) -> HashMap<SentenceId, Vec<(SentenceId, f32)>> {
    let mut partners: HashMap<SentenceId, Vec<(SentenceId, f32)>> = HashMap::new();
    for pair in pairs {
        for candidate in pair.candidates.iter().filter(|c| c.probability >= LEAST_PROBABILITY) {
            let (left, right) = pair.ids(candidate);
            partners.entry(left).or_default().push((right, candidate.probability));
            partners.entry(right).or_default().push((left, candidate.probability));
        }
    }
    for list in partners.values_mut() {
        list.sort_by_key(|entry| entry.0);
    }
    partners
}

/// Probability that two sentences meet in a partner of both: of each document its best one counts.
fn chained(one: &[(SentenceId, f32)], other: &[(SentenceId, f32)]) -> f32 {
    let mut unmet = 1.0;
    let mut current: Option<(usize, f32)> = None;
    let (mut here, mut there) = (0, 0);
    while let (Some(&(id, p)), Some(&(other_id, q))) = (one.get(here), other.get(there)) {
        if id == other_id {
            match &mut current {
                Some((document, best)) if *document == id.document => *best = best.max(p * q),
                _ => {
                    unmet *= 1.0 - current.map_or(0.0, |(_, best)| best);
                    current = Some((id.document, p * q));
                }
            }
        }
        here += usize::from(id <= other_id);
        there += usize::from(other_id <= id);
    }
    unmet *= 1.0 - current.map_or(0.0, |(_, best)| best);
    1.0 - unmet
}

#[cfg(test)]
mod tests {
    use super::super::parameters::{Context, PairFeatures};
    use super::*;

    fn judged(left: usize, right: usize, probability: f32) -> Judged {
        let candidate = Candidate {
            left: 0,
            right: 0,
            features: PairFeatures::default(),
            context: Context::default(),
            probability,
        };
        Judged { left, right, candidates: vec![candidate] }
    }

    #[test]
    fn a_third_version_supports_a_pair() {
        let mut pairs = [judged(0, 1, 0.3), judged(0, 2, 0.9), judged(1, 2, 0.8)];
        assert!((support(&pairs)[0][0] - 0.72).abs() < 1e-5);
        raise(&mut pairs, 4.0);
        assert!(pairs[0].candidates[0].probability > 0.8);
    }

    #[test]
    fn two_versions_alone_are_left_as_they_are() {
        let mut pairs = [judged(0, 1, 0.3)];
        raise(&mut pairs, 4.0);
        assert!((pairs[0].candidates[0].probability - 0.3).abs() < 1e-5);
    }

    #[test]
    fn several_versions_support_more_than_one() {
        let pairs = [
            judged(0, 1, 0.3),
            judged(0, 2, 0.7),
            judged(1, 2, 0.7),
            judged(0, 3, 0.7),
            judged(1, 3, 0.7),
        ];
        assert!((support(&pairs)[0][0] - (1.0 - 0.51 * 0.51)).abs() < 1e-5);
    }
}
