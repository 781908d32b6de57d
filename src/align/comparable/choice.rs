//! Chooses links among judged pairs and spans, so that no sentence is in two of them.
//!
//! That a pair was chosen says that no likelier one claimed either of its sentences, which no pair knew when it was judged:
//! the chosen are right more often than their probabilities say, and their confidence is raised by that.

use super::Candidate;
use super::parameters::weights;
use super::spans::Span;
use crate::align::{Link, Mode};

/// Least confidence of a link: more likely right than wrong, with a margin for news, whose least likely links are right less
/// often than those that the weights were fitted to.
const LEAST_CONFIDENCE: f32 = 0.6;

/// Sentences of both sides and the probability that they say the same.
#[derive(Debug, Clone)]
struct Proposal {
    left: Vec<usize>,
    right: Vec<usize>,
    probability: f32,
}

/// The links, by left, then right: the likeliest pair or span first, and a pair is widened by the spans it is
/// part of.
pub fn choose(candidates: &[Candidate], spans: &[Span]) -> Vec<Link> {
    let spans: Vec<&Span> =
        spans.iter().filter(|span| confidence(span.probability) >= LEAST_CONFIDENCE).collect();
    let mut chosen = Chosen::new(candidates, &spans);
    for proposal in proposals(candidates, &spans) {
        if chosen.is_free(&proposal.left, &proposal.right) {
            let widened = chosen.widened(proposal, &spans);
            chosen.take(widened);
        }
    }
    chosen.links.sort_by(|one, other| (&one.left, &one.right).cmp(&(&other.left, &other.right)));
    chosen.links
}

/// All that may become links, the likeliest first, then by place.
fn proposals(candidates: &[Candidate], spans: &[&Span]) -> Vec<Proposal> {
    let likely = candidates.iter().filter(|pair| confidence(pair.probability) >= LEAST_CONFIDENCE);
    let pairs = likely.map(|candidate| Proposal {
        left: vec![candidate.left],
        right: vec![candidate.right],
        probability: candidate.probability,
    });
    let spans = spans.iter().map(|span| Proposal {
        left: span.left.clone(),
        right: span.right.clone(),
        probability: span.probability,
    });
    let mut proposals: Vec<Proposal> = pairs.chain(spans).collect();
    proposals.sort_by(|one, other| {
        let places = (&one.left, &one.right).cmp(&(&other.left, &other.right));
        other.probability.total_cmp(&one.probability).then(places)
    });
    proposals
}

/// The links so far and the sentences that they use.
struct Chosen {
    links: Vec<Link>,
    left_used: Vec<bool>,
    right_used: Vec<bool>,
    /// Numbers of the spans that each sentence on the left is part of.
    spans_of_left: Vec<Vec<usize>>,
}

impl Chosen {
    fn new(candidates: &[Candidate], spans: &[&Span]) -> Self {
        let lefts = candidates.iter().map(|candidate| candidate.left);
        let lefts = lefts.chain(spans.iter().flat_map(|span| span.left.iter().copied()));
        let rights = candidates.iter().map(|candidate| candidate.right);
        let rights = rights.chain(spans.iter().flat_map(|span| span.right.iter().copied()));
        let left_count = lefts.max().map_or(0, |last| last + 1);
        let mut spans_of_left = vec![Vec::new(); left_count];
        for (number, span) in spans.iter().enumerate() {
            for &left in &span.left {
                spans_of_left[left].push(number);
            }
        }
        Self {
            links: Vec::new(),
            left_used: vec![false; left_count],
            right_used: vec![false; rights.max().map_or(0, |last| last + 1)],
            spans_of_left,
        }
    }

    fn is_free(&self, left: &[usize], right: &[usize]) -> bool {
        !left.iter().any(|&l| self.left_used[l]) && !right.iter().any(|&r| self.right_used[r])
    }

    /// A pair with the free neighbours that its spans add on one side; the least of the probabilities.
    fn widened(&self, mut proposal: Proposal, spans: &[&Span]) -> Proposal {
        let (&[left], &[right]) = (proposal.left.as_slice(), proposal.right.as_slice()) else {
            return proposal;
        };
        let mut wider: Vec<&Span> = self.spans_of_left[left]
            .iter()
            .map(|&number| spans[number])
            .filter(|span| span.right.contains(&right) && self.is_free(&span.left, &span.right))
            .collect();
        wider.sort_by(|one, other| other.probability.total_cmp(&one.probability));
        for span in wider {
            let crosses = (span.left.len() > 1 && proposal.right.len() > 1)
                || (span.right.len() > 1 && proposal.left.len() > 1);
            if !crosses {
                add(&mut proposal.left, &span.left);
                add(&mut proposal.right, &span.right);
                proposal.probability = proposal.probability.min(span.probability);
            }
        }
        proposal
    }

    fn take(&mut self, proposal: Proposal) {
        for &left in &proposal.left {
            self.left_used[left] = true;
        }
        for &right in &proposal.right {
            self.right_used[right] = true;
        }
        self.links.push(Link {
            left: proposal.left,
            right: proposal.right,
            score: confidence(proposal.probability),
            mode: Mode::Comparable,
        });
    }
}

/// How likely it is that something of this probability is right once it is chosen, 0..1.
fn confidence(probability: f32) -> f32 {
    weights().choice.confidence(probability)
}

/// Adds to an ascending list what it lacks.
fn add(list: &mut Vec<usize>, more: &[usize]) {
    list.extend(more);
    list.sort_unstable();
    list.dedup();
}

#[cfg(test)]
mod tests {
    use super::super::parameters::{Context, PairFeatures, SpanFeatures};
    use super::*;

    fn candidate(left: usize, right: usize, probability: f32) -> Candidate {
        let (features, context) = (PairFeatures::default(), Context::default());
        Candidate { left, right, features, context, probability }
    }

    fn span(left: &[usize], right: &[usize], probability: f32) -> Span {
        let features = SpanFeatures::default();
        Span { left: left.to_vec(), right: right.to_vec(), features, probability }
    }

    fn places(links: &[Link]) -> Vec<(&[usize], &[usize])> {
        links.iter().map(|link| (link.left.as_slice(), link.right.as_slice())).collect()
    }

    #[test]
    fn a_statement_spread_over_two_sentences_is_one_link() {
        let links = choose(
            &[candidate(3, 7, 0.9), candidate(3, 8, 0.2), candidate(0, 2, 0.4)],
            &[span(&[3], &[7, 8], 0.8)],
        );
        assert_eq!(places(&links), [(&[3][..], &[7, 8][..])]);
        assert!((links[0].score - confidence(0.8)).abs() < 1e-6);
        assert!(links[0].score > 0.8);
    }

    #[test]
    fn two_halves_may_be_too_little_each_and_enough_together() {
        let links =
            choose(&[candidate(3, 7, 0.4), candidate(3, 8, 0.3)], &[span(&[3], &[7, 8], 0.8)]);
        assert_eq!(places(&links), [(&[3][..], &[7, 8][..])]);
    }

    #[test]
    fn a_neighbour_that_is_linked_elsewhere_widens_nothing() {
        let links =
            choose(&[candidate(3, 7, 0.9), candidate(4, 8, 0.95)], &[span(&[3], &[7, 8], 0.8)]);
        assert_eq!(places(&links), [(&[3][..], &[7][..]), (&[4][..], &[8][..])]);
    }

    #[test]
    fn links_may_cross_and_share_no_sentence() {
        let links =
            choose(&[candidate(0, 5, 0.9), candidate(4, 1, 0.8), candidate(4, 5, 0.7)], &[]);
        assert_eq!(places(&links), [(&[0][..], &[5][..]), (&[4][..], &[1][..])]);
    }

    #[test]
    fn without_candidates_there_is_no_link() {
        assert!(choose(&[], &[]).is_empty());
    }
}
