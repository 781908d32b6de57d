//! Groups compared within events in the labels they use: which name they give a referent, whom they let speak.
//!
//! In an event e each side has a distribution over the labels, the mean of those of its articles. Both are averaged over
//! events with the weights wₑ = aₑbₑ/(aₑ+bₑ) that differences of means have (see `within`), so that groups that cover other
//! events do not differ for that. What is told is the Jensen-Shannon divergence of the two averages, in bits. Drawn from
//! few articles it is above 0 even where groups do not differ; the mean over shuffled groups says by how much.

use super::Interval;
use super::bootstrap::interval;
use super::divergence::jensen_shannon;
use super::random::Stream;
use super::sums::Sums;
use super::within::{ENOUGH_EXTREME, Inference, LEAST_EVENTS, ROUNDING};

/// What one article says: how often it uses each label.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelCounts {
    /// Whether it is of the group that is compared.
    pub in_group: bool,
    /// How much it counts, more than 0.
    pub weight: f64,
    /// The share of each label, which add up to 1.
    pub shares: Vec<f64>,
}

impl LabelCounts {
    /// The shares of counts; `None` where nothing was counted.
    pub fn of_counts(in_group: bool, weight: f64, counts: &[usize]) -> Option<Self> {
        let all: usize = counts.iter().sum();
        let share = |&count: &usize| count as f64 / all as f64;
        (all > 0).then(|| Self { in_group, weight, shares: counts.iter().map(share).collect() })
    }
}

/// How far a group is apart from others.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Divergence {
    /// The divergence in bits: 0, the same, to 1, no label in common.
    pub bits: Option<f64>,
    /// Its mean over shuffled groups.
    pub expected: Option<f64>,
    /// Its interval.
    pub interval: Option<Interval>,
    /// Probability of a divergence at least as large if groups made no difference.
    pub p: Option<f64>,
    /// Events with observations of both sides.
    pub events: usize,
    /// Observations of the group in these events.
    pub group_count: usize,
    /// Observations of the others in these events.
    pub others_count: usize,
    /// Why a figure is missing.
    pub reason: Option<&'static str>,
}

/// Compares the labels of the group with those of the others; `events` holds the observations of each event.
pub fn diverge(events: &[Vec<LabelCounts>], inference: &Inference, label: &str) -> Divergence {
    let mixed: Vec<&Vec<LabelCounts>> = events
        .iter()
        .filter(|event| event.iter().any(|o| o.in_group) && event.iter().any(|o| !o.in_group))
        .collect();
    let count = |side: bool| {
        mixed.iter().flat_map(|event| event.iter()).filter(move |o| o.in_group == side)
    };
    let mut found = Divergence {
        events: mixed.len(),
        group_count: count(true).count(),
        others_count: count(false).count(),
        ..Divergence::default()
    };
    let labels = mixed.iter().flat_map(|event| event.iter()).map(|o| o.shares.len()).max();
    let Some(labels) = labels else {
        found.reason = Some("no event with articles of both sides");
        return found;
    };
    let own = |event: &[LabelCounts]| event.iter().map(|o| o.in_group).collect::<Vec<bool>>();
    let rows = mixed.iter().map(|event| {
        let mut row = vec![0.0; 2 * labels];
        add(event, &own(event), labels, &mut row);
        row
    });
    let units = Sums::of_rows(2 * labels, rows);
    let total = units.total();
    found.bits = jensen_shannon(&total[..labels], &total[labels..]);
    if mixed.len() < LEAST_EVENTS {
        found.reason = Some("fewer than 5 events with articles of both sides");
        return found;
    }
    let mut stream = Stream::new(inference.seed, &format!("{label} interval"));
    let statistic = |sums: &[f64]| jensen_shannon(&sums[..labels], &sums[labels..]);
    match interval(&units, &statistic, inference.bootstrap, &mut stream) {
        Ok(interval) => found.interval = Some(interval),
        Err(none) => found.reason = Some(none.reason()),
    }
    let mut stream = Stream::new(inference.seed, &format!("{label} test"));
    if let Some(observed) = found.bits {
        let (p, expected) = shuffled(&mixed, labels, observed, inference.shuffles, &mut stream);
        (found.p, found.expected) = (Some(p), Some(expected));
    }
    found
}

/// Adds an event to the sums: its weight times the distribution of the group, then that of the others.
fn add(event: &[LabelCounts], in_group: &[bool], labels: usize, sums: &mut [f64]) {
    let side = |side: bool| event.iter().zip(in_group).filter(move |(_, own)| **own == side);
    let total = |of: bool| side(of).map(|(o, _)| o.weight).sum::<f64>();
    let (own, others) = (total(true), total(false));
    if own <= 0.0 || others <= 0.0 {
        return;
    }
    let weight = own * others / (own + others);
    for (first, total, of) in [(0, own, true), (labels, others, false)] {
        for (observation, _) in side(of) {
            let part = weight * observation.weight / total;
            for (sum, share) in sums[first..].iter_mut().zip(&observation.shares) {
                *sum += part * share;
            }
        }
    }
}

/// The share of shuffles with a divergence at least as large, and their mean divergence.
fn shuffled(
    events: &[&Vec<LabelCounts>],
    labels: usize,
    observed: f64,
    shuffles: usize,
    stream: &mut Stream,
) -> (f64, f64) {
    let mut sides: Vec<Vec<bool>> =
        events.iter().map(|event| event.iter().map(|o| o.in_group).collect()).collect();
    let limit = observed * (1.0 - 1e-9) - ROUNDING;
    let (mut extreme, mut done, mut sum) = (0_usize, 0_usize, 0.0);
    let mut sums = vec![0.0; 2 * labels];
    while done < shuffles && extreme < ENOUGH_EXTREME {
        sums.fill(0.0);
        for (event, sides) in events.iter().zip(&mut sides) {
            stream.shuffle(sides);
            add(event, sides, labels, &mut sums);
        }
        let bits = jensen_shannon(&sums[..labels], &sums[labels..]).unwrap_or_default();
        done += 1;
        sum += bits;
        extreme += usize::from(bits >= limit);
    }
    let expected = sum / done.max(1) as f64;
    if done < shuffles {
        return (extreme as f64 / done as f64, expected);
    }
    ((extreme + 1) as f64 / (done + 1) as f64, expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Events of two articles on each side; the group uses the first label with one probability, the others with
    /// another.
    fn events(count: usize, own: f64, others: f64, seed: u64) -> Vec<Vec<LabelCounts>> {
        let mut stream = Stream::new(seed, "events");
        (0..count)
            .map(|_| {
                let mut one = |in_group: bool| {
                    let share = if in_group { own } else { others };
                    let first = usize::from(stream.unit() < share);
                    LabelCounts::of_counts(in_group, 1.0, &[first, 1 - first])
                };
                [true, true, false, false].into_iter().filter_map(&mut one).collect()
            })
            .collect()
    }

    fn inference() -> Inference {
        Inference { shuffles: 199, ..Inference::default() }
    }

    #[test]
    fn labels_of_one_side_alone_are_one_bit_apart() {
        let found = diverge(&events(20, 1.0, 0.0, 1), &inference(), "x");
        assert!((found.bits.unwrap() - 1.0).abs() < 1e-12);
        assert_eq!((found.p, found.interval), (Some(1.0 / 200.0), None));
        assert_eq!(found.reason, Some("the statistic is the same in all draws"));
    }

    #[test]
    fn a_difference_is_found_and_its_interval_holds_it() {
        // H(.55) - (H(.8) + H(.3)) / 2 in bits.
        let truth = 0.191_165;
        let runs: Vec<Divergence> =
            (0..40).map(|seed| diverge(&events(60, 0.8, 0.3, seed), &inference(), "x")).collect();
        let held = runs
            .iter()
            .filter(|run| run.interval.is_some_and(|i| i.low <= truth && truth <= i.high))
            .count();
        assert!(held >= 35, "{held}");
        assert!(runs.iter().all(|run| run.p.unwrap() < 0.02 && run.expected.unwrap() < 0.03));
    }

    #[test]
    fn p_is_uniform_where_groups_make_no_difference() {
        let small = (0..200)
            .filter(|&seed| {
                let found = diverge(&events(12, 0.5, 0.5, seed), &inference(), "x");
                found.p.unwrap() <= 0.1
            })
            .count();
        assert!((6..=34).contains(&small), "{small}");
    }

    #[test]
    fn events_that_differ_make_no_divergence_between_groups() {
        // Both sides use the label of the event, but cover events unequally.
        let event = |label: usize, own: usize| {
            let one = |in_group: bool| {
                let counts = [usize::from(label == 0), usize::from(label == 1)];
                LabelCounts::of_counts(in_group, 1.0, &counts).unwrap()
            };
            let mut event = vec![one(true); own];
            event.extend(vec![one(false); 4 - own]);
            event
        };
        let events: Vec<_> =
            (0..20).map(|n| event(n % 2, if n % 2 == 0 { 3 } else { 1 })).collect();
        assert!(diverge(&events, &inference(), "x").bits.unwrap() < 1e-12);
    }
}
