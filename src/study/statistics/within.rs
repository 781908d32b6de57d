//! Groups compared within events: the difference of their means in each event, averaged over events.
//!
//! Groups cover different events, and events differ more than groups do. So each event e is weighed by how much
//! it can tell, wₑ = aₑbₑ/(aₑ+bₑ), a and b the weights of the group's articles and of the others (Mantel & Haenszel
//! 1959), and D = Σ wₑ (mean of the group in e − mean of the others in e) / Σ wₑ. The interval draws events; the
//! test shuffles the group among the articles of each event, under which D is 0 on average.

use super::Interval;
use super::bootstrap::{Bootstrap, interval};
use super::random::Stream;
use super::sums::{Sums, ratio};

/// Fewest events with articles of both sides a test is made on.
pub const LEAST_EVENTS: usize = 5;
/// Differences below this are rounding.
pub(super) const ROUNDING: f64 = 1e-12;
/// A test ends when this many shuffles were as extreme (Besag & Clifford 1991, "Sequential Monte Carlo p-values").
pub(super) const ENOUGH_EXTREME: usize = 30;

/// One observation: an article, or an outlet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// Whether it is of the group that is compared.
    pub in_group: bool,
    /// What was measured.
    pub value: f64,
    /// How much it counts, more than 0; n copies of one text count 1/n each.
    pub weight: f64,
}

/// How comparisons are computed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Inference {
    /// Seed of all random numbers.
    pub seed: u64,
    /// Most shuffles of a test.
    pub shuffles: usize,
    /// How intervals are computed.
    pub bootstrap: Bootstrap,
}

impl Default for Inference {
    fn default() -> Self {
        Self { seed: 1, shuffles: 49_999, bootstrap: Bootstrap::default() }
    }
}

/// A group compared with others.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// Mean of the group over all its observations.
    pub group_mean: Option<f64>,
    /// Mean of the others over all theirs.
    pub others_mean: Option<f64>,
    /// Mean difference within events.
    pub difference: Option<f64>,
    /// Its interval.
    pub interval: Option<Interval>,
    /// Probability of a difference at least as large if groups made none.
    pub p: Option<f64>,
    /// The difference in standard deviations within events and sides.
    pub standardised: Option<f64>,
    /// Events with observations of both sides.
    pub events: usize,
    /// Observations of the group in these events.
    pub group_count: usize,
    /// Observations of the others in these events.
    pub others_count: usize,
    /// Why a figure is missing.
    pub reason: Option<&'static str>,
}

/// Compares the group with the others; `events` holds the observations of each event.
pub fn compare(events: &[Vec<Observation>], inference: &Inference, label: &str) -> Comparison {
    let mixed: Vec<&Vec<Observation>> = events.iter().filter(|event| is_mixed(event)).collect();
    let count = |in_group: bool| {
        mixed.iter().flat_map(|event| event.iter()).filter(|o| o.in_group == in_group).count()
    };
    let mut found = Comparison {
        group_mean: mean(events, true),
        others_mean: mean(events, false),
        events: mixed.len(),
        group_count: count(true),
        others_count: count(false),
        ..Comparison::default()
    };
    let units = Sums::of_rows(2, mixed.iter().map(|event| contribution(event, in_group).to_vec()));
    found.difference = difference(&units.total());
    found.standardised =
        found.difference.zip(spread(&mixed)).map(|(difference, spread)| difference / spread);
    if mixed.len() < LEAST_EVENTS {
        found.reason = Some("fewer than 5 events with articles of both sides");
        return found;
    }
    let mut stream = Stream::new(inference.seed, &format!("{label} interval"));
    match interval(&units, &difference, inference.bootstrap, &mut stream) {
        Ok(interval) => found.interval = Some(interval),
        Err(none) => found.reason = Some(none.reason()),
    }
    let mut stream = Stream::new(inference.seed, &format!("{label} test"));
    found.p = found.difference.map(|observed| p(&mixed, observed, inference.shuffles, &mut stream));
    found
}

fn in_group(observation: &Observation) -> bool {
    observation.in_group
}

fn is_mixed(event: &[Observation]) -> bool {
    event.iter().any(|o| o.in_group) && event.iter().any(|o| !o.in_group)
}

fn mean(events: &[Vec<Observation>], in_group: bool) -> Option<f64> {
    let own = events.iter().flatten().filter(|o| o.in_group == in_group);
    let (sum, weight) =
        own.fold((0.0, 0.0), |(sum, weight), o| (sum + o.weight * o.value, weight + o.weight));
    ratio(sum, weight)
}

/// What an event adds: its weight times the difference of the sides, and its weight.
fn contribution(event: &[Observation], side: impl Fn(&Observation) -> bool) -> [f64; 2] {
    let (mut sums, mut weights) = ([0.0; 2], [0.0; 2]);
    for observation in event {
        let side = usize::from(side(observation));
        sums[side] += observation.weight * observation.value;
        weights[side] += observation.weight;
    }
    weighed(sums, weights)
}

/// From the weighted sums and weights of the others and of the group.
fn weighed(sums: [f64; 2], weights: [f64; 2]) -> [f64; 2] {
    let all = weights[0] + weights[1];
    if weights[0] <= 0.0 || weights[1] <= 0.0 {
        return [0.0; 2];
    }
    let weight = weights[0] * weights[1] / all;
    [weight * (sums[1] / weights[1] - sums[0] / weights[0]), weight]
}

fn difference(sums: &[f64]) -> Option<f64> {
    ratio(sums[0], sums[1])
}

/// Standard deviation of observations around the mean of their side in their event.
fn spread(events: &[&Vec<Observation>]) -> Option<f64> {
    let (mut squares, mut weight, mut freedom) = (0.0, 0.0, 0.0);
    for event in events {
        for side in [false, true] {
            let own = || event.iter().filter(move |o| o.in_group == side);
            let all: f64 = own().map(|o| o.weight).sum();
            let mean = own().map(|o| o.weight * o.value).sum::<f64>() / all;
            squares += own().map(|o| o.weight * (o.value - mean).powi(2)).sum::<f64>();
            weight += all;
            freedom += own().count() as f64 - 1.0;
        }
    }
    let observations: f64 = events.iter().map(|event| event.len() as f64).sum();
    let variance = squares / weight * observations / freedom;
    (freedom > 0.0 && variance > ROUNDING).then(|| variance.sqrt())
}

/// Two-sided p: the share of shuffles whose difference is at least as far from 0.
fn p(events: &[&Vec<Observation>], observed: f64, shuffles: usize, stream: &mut Stream) -> f64 {
    // An event whose values are all alike adds the same whatever the shuffle, but for its weight.
    let mut labels: Vec<Vec<bool>> =
        events.iter().map(|event| event.iter().map(|o| o.in_group).collect()).collect();
    let limit = observed.abs() * (1.0 - 1e-9) - ROUNDING;
    let (mut extreme, mut done) = (0_usize, 0_usize);
    while done < shuffles && extreme < ENOUGH_EXTREME {
        let mut total = [0.0; 2];
        for (event, labels) in events.iter().zip(&mut labels) {
            stream.shuffle(labels);
            let (mut sums, mut weights) = ([0.0; 2], [0.0; 2]);
            for (observation, &label) in event.iter().zip(labels.iter()) {
                let side = usize::from(label);
                sums[side] += observation.weight * observation.value;
                weights[side] += observation.weight;
            }
            let [part, weight] = weighed(sums, weights);
            total[0] += part;
            total[1] += weight;
        }
        done += 1;
        extreme += usize::from(difference(&total).is_some_and(|value| value.abs() >= limit));
    }
    if done < shuffles {
        return extreme as f64 / done as f64;
    }
    (extreme + 1) as f64 / (done + 1) as f64
}
