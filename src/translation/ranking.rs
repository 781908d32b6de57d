//! Which of several translations of one source is better: their mean scores, and a paired bootstrap test of each
//! difference (Koehn 2004).
//!
//! The segments are drawn anew, with replacement, many times over, the same ones for all translations. How often the
//! order of two translations turns around tells how far it can be trusted. P values are corrected for the number of
//! comparisons (Holm 1979).

use std::cmp::Ordering;

/// How often the segments are drawn.
const DRAWS: usize = 2_000;
/// P value below which a difference counts.
pub const SIGNIFICANT: f32 = 0.05;

/// Translations in the order of their scores, and how they differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// The translations, the best first.
    pub places: Vec<Place>,
    /// Every two of them, in the order of the places.
    pub comparisons: Vec<Comparison>,
}

/// A translation in the ranking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Which one: its number in the input.
    pub translation: usize,
    /// How many are better beyond chance, and one more.
    pub rank: usize,
    /// The mean score, longer segments counting more.
    pub mean: f32,
    /// Where the mean lies with a probability of 95 %.
    pub interval: [f32; 2],
}

/// Two translations against each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// The one with the higher mean.
    pub better: usize,
    /// The other one.
    pub worse: usize,
    /// By how much its mean is higher.
    pub difference: f32,
    /// Where the difference lies with a probability of 95 %.
    pub interval: [f32; 2],
    /// Probability of a difference this large or larger, either way, by chance; corrected for the number of comparisons.
    pub p: f32,
}

/// Ranks translations. `scores` holds a list for each, in step with `weights`, which say how much a segment counts.
/// Nothing comes out where there is no segment.
pub fn rank(scores: &[Vec<f32>], weights: &[f32]) -> Option<Ranking> {
    let mean = |scores: &Vec<f32>| weighted_mean(scores, weights, 0..weights.len());
    let means: Vec<f64> = scores.iter().map(mean).collect::<Option<_>>()?;
    let draws = draws(scores, weights);
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&one, &other| means[other].total_cmp(&means[one]).then(one.cmp(&other)));
    let mut comparisons = Vec::new();
    for (at, &better) in order.iter().enumerate() {
        for &worse in &order[at + 1..] {
            let differences: Vec<f64> =
                draws.iter().map(|drawn| drawn[better] - drawn[worse]).collect();
            comparisons.push(Comparison {
                better,
                worse,
                difference: (means[better] - means[worse]) as f32,
                interval: middle(&differences),
                p: p_value(&differences),
            });
        }
    }
    correct(&mut comparisons);
    let beaten = |translation: usize| {
        let beats = |c: &&Comparison| c.worse == translation && c.p < SIGNIFICANT;
        comparisons.iter().filter(beats).count()
    };
    let places = order.iter().map(|&translation| Place {
        translation,
        rank: 1 + beaten(translation),
        mean: means[translation] as f32,
        interval: middle(&draws.iter().map(|drawn| drawn[translation]).collect::<Vec<_>>()),
    });
    Some(Ranking { places: places.collect(), comparisons })
}

/// The mean of some segments by their weights.
fn weighted_mean(
    scores: &[f32],
    weights: &[f32],
    segments: impl Iterator<Item = usize>,
) -> Option<f64> {
    let (mut sum, mut all) = (0.0, 0.0);
    for segment in segments {
        let weight = f64::from(weights[segment]);
        sum += weight * f64::from(scores[segment]);
        all += weight;
    }
    (all > 0.0).then_some(sum / all)
}

/// The means of all translations in each draw.
fn draws(scores: &[Vec<f32>], weights: &[f32]) -> Vec<Vec<f64>> {
    let count = weights.len();
    // A fixed start: the same files give the same report.
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut drawn = vec![0; count];
    (0..DRAWS)
        .map(|_| {
            for segment in &mut drawn {
                *segment = (random(&mut state) % count as u64) as usize;
            }
            let mean = |scores: &Vec<f32>| {
                weighted_mean(scores, weights, drawn.iter().copied()).unwrap_or_default()
            };
            scores.iter().map(mean).collect()
        })
        .collect()
}

/// The next number of a generator (xorshift64*: Vigna 2016).
fn random(state: &mut u64) -> u64 {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
}

/// The range of the middle 95 % of the values.
fn middle(values: &[f64]) -> [f32; 2] {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| sorted.get((share * (sorted.len() - 1) as f64).round() as usize);
    [0.025, 0.975].map(|share| at(share).copied().unwrap_or_default() as f32)
}

/// How often the difference is not above zero, both ways; never quite 0, since the draws are finite.
fn p_value(differences: &[f64]) -> f32 {
    let against = differences.iter().filter(|&&difference| difference <= 0.0).count();
    let one_way = (against + 1) as f64 / (differences.len() + 1) as f64;
    (2.0 * one_way).min(1.0) as f32
}

/// Holm's correction: the smallest p value is multiplied by the number of comparisons, the next by one less, and none
/// becomes smaller than the one before.
fn correct(comparisons: &mut [Comparison]) {
    let mut order: Vec<usize> = (0..comparisons.len()).collect();
    order.sort_by(|&one, &other| {
        comparisons[one].p.partial_cmp(&comparisons[other].p).unwrap_or(Ordering::Equal)
    });
    let mut least = 0.0f32;
    for (done, &at) in order.iter().enumerate() {
        let corrected = comparisons[at].p * (order.len() - done) as f32;
        least = least.max(corrected.min(1.0));
        comparisons[at].p = least;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores that scatter around a middle.
    fn scattered(middle: f32, seed: u64) -> Vec<f32> {
        let mut state = seed;
        (0..200).map(|_| middle + (random(&mut state) % 1000) as f32 / 5000.0).collect()
    }

    #[test]
    fn a_clear_difference_is_told_from_chance() {
        let weights = vec![1.0; 200];
        let (low, high) = (scattered(0.5, 3), scattered(0.7, 5));
        let as_high = scattered(0.7, 7);
        let ranking = rank(&[low, high, as_high], &weights).unwrap();
        let ranks: Vec<(usize, usize)> =
            ranking.places.iter().map(|place| (place.translation, place.rank)).collect();
        assert_eq!(ranks.last(), Some(&(0, 3)));
        assert_eq!((ranks[0].1, ranks[1].1), (1, 1), "{ranking:?}");
        let first = &ranking.comparisons[0];
        assert!(first.p > SIGNIFICANT && first.interval[0] <= 0.0, "{first:?}");
        let last = &ranking.comparisons[2];
        assert!(last.p < 0.01 && last.interval[0] > 0.15, "{last:?}");
        for place in &ranking.places {
            assert!(place.interval[0] <= place.mean && place.mean <= place.interval[1]);
        }
    }

    #[test]
    fn pairing_sees_what_means_alone_do_not() {
        // Segments differ far more from each other than the translations do.
        let base: Vec<f32> = (0..100).map(|at| at as f32 / 100.0).collect();
        let better: Vec<f32> = base.iter().map(|score| score + 0.01).collect();
        let ranking = rank(&[base, better], &[1.0; 100]).unwrap();
        assert!(ranking.comparisons[0].p < SIGNIFICANT);
        assert_eq!(ranking.comparisons[0].better, 1);
    }

    #[test]
    fn the_same_translation_twice_is_no_better() {
        let scores = scattered(0.5, 9);
        let ranking = rank(&[scores.clone(), scores], &[1.0; 200]).unwrap();
        assert_eq!(ranking.comparisons[0].p, 1.0);
        assert!(ranking.places.iter().all(|place| place.rank == 1));
        assert_eq!(rank(&[Vec::new(), Vec::new()], &[]), None);
    }

    #[test]
    fn p_values_are_corrected_and_stay_in_order() {
        let with = |p| Comparison { better: 0, worse: 1, difference: 0.0, interval: [0.0; 2], p };
        let mut three = [with(0.04), with(0.01), with(0.9)];
        correct(&mut three);
        assert_eq!(three.map(|comparison| comparison.p), [0.08, 0.03, 0.9]);
    }
}
