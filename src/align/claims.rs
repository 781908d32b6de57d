//! Claims: one statement and everyone who makes it.
//!
//! Sentences are joined over all documents by average linkage, the likeliest pairs first: two groups
//! become one when, on average, a sentence of the one says the same as a sentence of the other. A chain of
//! neighbours is therefore no claim.

use std::collections::BTreeMap;

use super::comparable::transitivity::Judged;
use super::{Article, Claim, SentenceId};

/// Least probability of a pair that joins, where nothing else is asked for.
pub const LEAST_PROBABILITY: f32 = 0.5;
/// Least mean probability between two groups that are joined, as a share of that of a pair.
const MEAN_SHARE: f32 = 0.8;

/// The claims that at least two documents make, by first mention.
pub fn claims(articles: &[Article], judged: &[Judged]) -> Vec<Claim> {
    claims_from(articles, judged, LEAST_PROBABILITY)
}

/// The claims, where a pair of sentences joins from the probability `least`.
pub fn claims_from(articles: &[Article], judged: &[Judged], least: f32) -> Vec<Claim> {
    let probabilities = probabilities(judged);
    let mut joining: Vec<(&(SentenceId, SentenceId), f32)> = probabilities
        .iter()
        .map(|(pair, &probability)| (pair, probability))
        .filter(|&(_, probability)| probability >= least)
        .collect();
    joining.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(other.0)));

    let mut groups = Groups::default();
    for (&(left, right), _) in joining {
        groups.join((left, right), &probabilities, MEAN_SHARE * least);
    }
    let mut claims: Vec<Claim> = groups
        .members
        .into_values()
        .filter_map(|sentences| claim(articles, sentences, &probabilities))
        .collect();
    claims.sort_by(|one, other| one.sentences.cmp(&other.sentences));
    claims
}

type Probabilities = BTreeMap<(SentenceId, SentenceId), f32>;

/// Probability of every judged pair, the smaller sentence first.
fn probabilities(judged: &[Judged]) -> Probabilities {
    let mut probabilities = Probabilities::new();
    for pair in judged {
        for candidate in &pair.candidates {
            let left = SentenceId { document: pair.left, sentence: candidate.left };
            let right = SentenceId { document: pair.right, sentence: candidate.right };
            probabilities.insert(ordered(left, right), candidate.probability);
        }
    }
    probabilities
}

fn ordered(one: SentenceId, other: SentenceId) -> (SentenceId, SentenceId) {
    (one.min(other), one.max(other))
}

/// Sentences in groups; a sentence that was never joined is in none.
#[derive(Default)]
struct Groups {
    group_of: BTreeMap<SentenceId, usize>,
    members: BTreeMap<usize, Vec<SentenceId>>,
    next: usize,
}

impl Groups {
    fn group(&mut self, id: SentenceId) -> usize {
        if let Some(&group) = self.group_of.get(&id) {
            return group;
        }
        let group = self.next;
        self.next += 1;
        self.group_of.insert(id, group);
        self.members.insert(group, vec![id]);
        group
    }

    /// Joins the groups of two sentences if they are close enough on average.
    fn join(
        &mut self,
        (one, other): (SentenceId, SentenceId),
        probabilities: &Probabilities,
        least_mean: f32,
    ) {
        let (kept, given) = (self.group(one), self.group(other));
        if kept == given
            || mean(&self.members[&kept], &self.members[&given], probabilities) < least_mean
        {
            return;
        }
        let moved = self.members.remove(&given).unwrap_or_default();
        for &id in &moved {
            self.group_of.insert(id, kept);
        }
        self.members.entry(kept).or_default().extend(moved);
    }
}

/// Mean probability over all pairs of sentences from different documents.
fn mean(one: &[SentenceId], other: &[SentenceId], probabilities: &Probabilities) -> f32 {
    let pairs = one.iter().flat_map(|&a| other.iter().map(move |&b| (a, b)));
    let judged: Vec<f32> = pairs
        .filter(|(a, b)| a.document != b.document)
        .map(|(a, b)| probabilities.get(&ordered(a, b)).copied().unwrap_or(0.0))
        .collect();
    judged.iter().sum::<f32>() / judged.len().max(1) as f32
}

/// A group as a claim, if several documents make it.
fn claim(
    articles: &[Article],
    mut sentences: Vec<SentenceId>,
    probabilities: &Probabilities,
) -> Option<Claim> {
    sentences.sort_unstable();
    let mut documents: Vec<usize> = sentences.iter().map(|id| id.document).collect();
    documents.dedup();
    let told = sentences.iter().any(|id| articles[id.document].is_body(id.sentence));
    // Headlines that resemble each other are no statement yet.
    if documents.len() < 2 || !told {
        return None;
    }
    let closeness = |id: SentenceId| -> f32 {
        let others = sentences.iter().filter(|other| other.document != id.document);
        let sum: f32 =
            others.filter_map(|&other| probabilities.get(&ordered(id, other))).copied().sum();
        // Running text says more than a headline.
        if articles[id.document].is_body(id.sentence) { sum } else { sum / 2.0 }
    };
    let representative = sentences
        .iter()
        .copied()
        .reduce(|best, id| if closeness(id) > closeness(best) { id } else { best })?;
    Some(Claim { sentences, representative, documents })
}
