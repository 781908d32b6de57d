//! Links between two documents on the same event that are no translations of each other: links cross,
//! most sentences have none, and a statement may be spread over several sentences.
//!
//! 1. Pairs of sentences that are near to each other are gathered with their [`evidence`]: the cosine after the
//!    mean of each document is taken out, so that what the documents have in common as a whole counts for
//!    nothing; its margin over the best rival, which mistrusts sentences that are near to everything (the
//!    *distance* margin of Artetxe & Schwenk 2019); the cosine of the sentences as they are, so
//!    that documents with nothing in common get no links; the lengths; and the facts that
//!    both state or that contradict each other, rare ones counting more.
//! 2. A logistic regression turns them into a probability, in the [`context`] of the other pairs: what the likeliest
//!    look like, whether the sentences beside say the same, whether the documents are in one language and appeared
//!    at once or weeks apart. Reports of other weeks on one dispute share its past and little else.
//! 3. Where there are further versions, [`transitivity`] raises the pairs that a third one joins.
//! 4. [`spans`] of two neighbours are set against one sentence, and the [`choice`] of the likeliest pairs and spans
//!    makes the links.

pub mod choice;
pub mod context;
pub mod evidence;
pub mod parameters;
mod side;
pub mod spans;
pub mod transitivity;

use self::parameters::{Context, PairFeatures, weights};
pub use self::side::Side;
use super::background::Background;
use super::rarity::FactRarity;
use super::{Article, Closest, Link};

/// A pair of sentences that may say the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// Index of the sentence on the left.
    pub left: usize,
    /// Index of the sentence on the right.
    pub right: usize,
    /// The evidence.
    pub features: PairFeatures,
    /// What the other likely pairs of the documents look like.
    pub context: Context,
    /// Probability that they say the same, 0..1.
    pub probability: f32,
}

/// What became of two documents' sentences.
#[derive(Debug, Clone, Default)]
pub struct Linked {
    /// The links, in the order of the left document.
    pub links: Vec<Link>,
    /// All pairs that were judged, the likeliest first.
    pub candidates: Vec<Candidate>,
    /// For each sentence on the left the closest on the right.
    pub closest_right: Vec<Option<Closest>>,
    /// For each sentence on the right the closest on the left.
    pub closest_left: Vec<Option<Closest>>,
}

/// Links the sentences of two documents.
pub fn link(
    left: &Article,
    right: &Article,
    background: &Background,
    rarity: &FactRarity,
) -> Linked {
    let (left, right) = (Side::new(left, background), Side::new(right, background));
    let candidates = judge(&left, &right, rarity);
    link_judged(&left, &right, candidates, rarity)
}

/// The pairs worth judging with their probabilities, by left, then right.
pub fn judge(left: &Side<'_>, right: &Side<'_>, rarity: &FactRarity) -> Vec<Candidate> {
    let mut candidates = evidence::candidates(left, right, rarity);
    let shorter = left.len().min(right.len());
    context::judge(&mut candidates, shorter, &weights().pair);
    candidates
}

/// Links the sentences of two documents whose pairs are judged.
pub fn link_judged(
    left: &Side<'_>,
    right: &Side<'_>,
    mut candidates: Vec<Candidate>,
    rarity: &FactRarity,
) -> Linked {
    let spans = spans::spans(left, right, &candidates, rarity);
    candidates.sort_by(|one, other| other.probability.total_cmp(&one.probability));
    Linked {
        links: choice::choose(&candidates, &spans),
        closest_right: closest(&candidates, left.len(), |c| (c.left, c.right)),
        closest_left: closest(&candidates, right.len(), |c| (c.right, c.left)),
        candidates,
    }
}

/// For each sentence of one side the likeliest of the other.
fn closest(
    candidates: &[Candidate],
    count: usize,
    sides: impl Fn(&Candidate) -> (usize, usize),
) -> Vec<Option<Closest>> {
    let mut closest = vec![None; count];
    for candidate in candidates {
        let (here, there) = sides(candidate);
        let likeness = candidate.probability.max(candidate.features.centred);
        let entry = Closest { sentence: there, probability: candidate.probability, likeness };
        closest[here].get_or_insert(entry);
    }
    closest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(left: usize, right: usize, probability: f32) -> Candidate {
        let (features, context) = (PairFeatures::default(), Context::default());
        Candidate { left, right, features, context, probability }
    }

    #[test]
    fn the_closest_is_kept_even_where_it_is_no_link() {
        let closest =
            closest(&[candidate(1, 4, 0.3), candidate(1, 2, 0.2)], 2, |c| (c.left, c.right));
        assert_eq!(closest, [None, Some(Closest { sentence: 4, probability: 0.3, likeness: 0.3 })]);
    }
}
