//! Judges the candidates of two documents in the light of each other.
//!
//! A moderate likeness is a link where two outlets tell in their own words, and none where one text
//! translates the other and true pairs are nearly alike. Which of the two it is shows in the likeliest pairs. So
//! the candidates are judged without knowing, then again with what the first judgement found, and again.

use std::collections::HashMap;

use super::Candidate;
use super::parameters::{Context, PairWeights};

/// How often the candidates are judged again.
const ROUNDS: usize = 2;
/// What is believed of a pair of documents before any candidate is judged; it counts as much as one sure pair.
const PRIOR: Prior = Prior { centred: 0.6, length: 0.2, density: 0.3 };

/// Means of a pair of documents.
struct Prior {
    centred: f32,
    length: f32,
    density: f32,
}

/// Sets the context and the probability of every candidate. `sentences` is the number of those in the shorter
/// document.
pub fn judge(candidates: &mut [Candidate], sentences: usize, weights: &PairWeights) {
    for candidate in candidates.iter_mut() {
        let setting = candidate.context.setting;
        let Prior { centred, length, density } = PRIOR;
        candidate.context = Context { setting, centred, length, density, beside: 0.0 };
    }
    for round in 0..=ROUNDS {
        if round > 0 {
            set_contexts(candidates, sentences);
        }
        for candidate in candidates.iter_mut() {
            candidate.probability = weights.probability(&candidate.features, &candidate.context);
        }
    }
}

/// Describes to every candidate the likely pairs other than itself.
fn set_contexts(candidates: &mut [Candidate], sentences: usize) {
    let mutual = mutual(candidates);
    let share = |index: usize| if mutual[index] { candidates[index].probability } else { 0.0 };
    let shares: Vec<f32> = (0..candidates.len()).map(share).collect();
    let sum_of = |value: fn(&Candidate) -> f32| -> f32 {
        candidates.iter().zip(&shares).map(|(candidate, share)| share * value(candidate)).sum()
    };
    let count: f32 = shares.iter().sum();
    let centred = sum_of(|candidate| candidate.features.centred);
    let length = sum_of(|candidate| candidate.features.length);
    let others = sentences.saturating_sub(1) as f32;
    let beside = beside(candidates);
    for (candidate, own) in candidates.iter_mut().zip(shares) {
        let rest = count - own;
        let features = candidate.features;
        candidate.context = Context {
            setting: candidate.context.setting,
            centred: (centred - own * features.centred + PRIOR.centred) / (rest + 1.0),
            length: (length - own * features.length + PRIOR.length) / (rest + 1.0),
            density: (rest + PRIOR.density) / (others + 1.0),
            beside: beside(candidate.left, candidate.right),
        };
    }
}

/// The probability of the likeliest pair that stands beside a pair, on both sides.
fn beside(candidates: &[Candidate]) -> impl Fn(usize, usize) -> f32 + use<> {
    let probabilities: HashMap<(usize, usize), f32> =
        candidates.iter().map(|c| ((c.left, c.right), c.probability)).collect();
    move |left, right| {
        let next_to = |place: usize| [place.checked_sub(1), place.checked_add(1)];
        let pairs = next_to(left)
            .into_iter()
            .flatten()
            .flat_map(|left| next_to(right).into_iter().flatten().map(move |right| (left, right)));
        pairs.filter_map(|pair| probabilities.get(&pair)).copied().fold(0.0, f32::max)
    }
}

/// Which candidates are the likeliest of both their sentences.
fn mutual(candidates: &[Candidate]) -> Vec<bool> {
    let best_of_left = likeliest(candidates, |candidate| candidate.left);
    let best_of_right = likeliest(candidates, |candidate| candidate.right);
    let is_best = |(index, candidate): (usize, &Candidate)| {
        best_of_left[&candidate.left] == index && best_of_right[&candidate.right] == index
    };
    candidates.iter().enumerate().map(is_best).collect()
}

/// For each sentence of one side the number of its likeliest candidate, the first of equal ones.
fn likeliest(
    candidates: &[Candidate],
    side: impl Fn(&Candidate) -> usize,
) -> HashMap<usize, usize> {
    let mut best: HashMap<usize, usize> = HashMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let kept = best.entry(side(candidate)).or_insert(index);
        if candidate.probability > candidates[*kept].probability {
            *kept = index;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::parameters::{PairFeatures, weights};
    use super::*;

    fn candidate(place: usize, centred: f32) -> Candidate {
        let features =
            PairFeatures { centred, lead: 0.2, cosine: centred, ..PairFeatures::default() };
        Candidate {
            left: place,
            right: place,
            features,
            context: Context::default(),
            probability: 0.0,
        }
    }

    #[test]
    fn a_pair_is_told_what_the_other_likely_pairs_look_like() {
        let usual = |centred: f32| {
            let mut candidates: Vec<Candidate> = (1..8).map(|i| candidate(i, centred)).collect();
            candidates.insert(0, candidate(0, 0.5));
            judge(&mut candidates, 8, &weights().pair);
            candidates[0].context
        };
        let (among_translations, among_retellings) = (usual(0.9), usual(0.55));
        assert!(among_translations.centred > among_retellings.centred);
        assert!(among_translations.beside > 0.5);
    }

    #[test]
    fn a_pair_beside_a_likely_one_is_likelier() {
        let mut alone = vec![candidate(0, 0.5), candidate(4, 0.9)];
        let mut beside = vec![candidate(3, 0.5), candidate(4, 0.9)];
        judge(&mut alone, 8, &weights().pair);
        judge(&mut beside, 8, &weights().pair);
        assert!(beside[0].probability > alone[0].probability);
    }

    #[test]
    fn nothing_is_judged_without_candidates() {
        judge(&mut [], 0, &weights().pair);
    }
}
