//! Groups compared by how they distribute mentions over labels: Jensen-Shannon divergence in bits, with a permutation
//! test that shuffles groups within events and an interval over events.

use super::Interval;
use super::bootstrap::interval;
use super::divergence::jensen_shannon;
use super::random::Stream;
use super::sums::Sums;
use super::within::{Inference, LEAST_EVENTS};

/// Differences below this are rounding.
const ROUNDING: f64 = 1e-12;
/// A test ends when this many shuffles were as extreme.
const ENOUGH_EXTREME: usize = 30;

/// An article: whether it is of the group, and how often it uses each label.
#[derive(Debug, Clone, PartialEq)]
pub struct Usage {
    /// Whether it is of the group that is compared.
    pub in_group: bool,
    /// Counts by label, weighted.
    pub counts: Vec<f64>,
}

/// How far a group's labels are from the others'.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Divergence {
    /// The divergence, 0 (the same) to 1 bit (no label in common).
    pub bits: Option<f64>,
    /// Its interval.
    pub interval: Option<Interval>,
    /// Probability of one as large if groups made no difference within events.
    pub p: Option<f64>,
    /// Events with usages of both sides.
    pub events: usize,
    /// Articles of the group with a label.
    pub group_count: usize,
    /// Articles of the others with a label.
    pub others_count: usize,
    /// Why a figure is missing.
    pub reason: Option<&'static str>,
}

/// Compares the labels of the group with those of the others, in events with both.
pub fn diverge(
    events: &[Vec<Usage>],
    labels: usize,
    inference: &Inference,
    name: &str,
) -> Divergence {
    let mixed: Vec<&Vec<Usage>> = events
        .iter()
        .filter(|event| event.iter().any(|u| u.in_group) && event.iter().any(|u| !u.in_group))
        .collect();
    let count = |in_group: bool| {
        mixed.iter().flat_map(|event| event.iter()).filter(|u| u.in_group == in_group).count()
    };
    let statistic = |sums: &[f64]| jensen_shannon(&sums[..labels], &sums[labels..]);
    let rows = mixed.iter().map(|event| row(event, event.iter().map(|u| u.in_group), labels));
    let units = Sums::of_rows(2 * labels, rows);
    let mut found = Divergence {
        bits: statistic(&units.total()),
        events: mixed.len(),
        group_count: count(true),
        others_count: count(false),
        ..Divergence::default()
    };
    let Some(observed) = found.bits.filter(|_| mixed.len() >= LEAST_EVENTS) else {
        found.reason = Some("fewer than 5 events with articles of both sides");
        return found;
    };
    let mut stream = Stream::new(inference.seed, &format!("{name} interval"));
    match interval(&units, &statistic, inference.bootstrap, &mut stream) {
        Ok(interval) => found.interval = Some(interval),
        Err(none) => found.reason = Some(none.reason()),
    }
    let mut stream = Stream::new(inference.seed, &format!("{name} test"));
    let (mut extreme, mut done) = (0_usize, 0_usize);
    let mut sides: Vec<Vec<bool>> =
        mixed.iter().map(|event| event.iter().map(|u| u.in_group).collect()).collect();
    while done < inference.shuffles && extreme < ENOUGH_EXTREME {
        let mut total = vec![0.0; 2 * labels];
        for (event, sides) in mixed.iter().zip(&mut sides) {
            stream.shuffle(sides);
            let row = row(event, sides.iter().copied(), labels);
            total.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
        }
        done += 1;
        extreme += usize::from(statistic(&total).is_some_and(|bits| bits >= observed - ROUNDING));
    }
    found.p = Some(if done < inference.shuffles {
        extreme as f64 / done as f64
    } else {
        (extreme + 1) as f64 / (done + 1) as f64
    });
    found
}

/// Counts of the group, then of the others.
fn row(event: &[Usage], in_group: impl Iterator<Item = bool>, labels: usize) -> Vec<f64> {
    let mut row = vec![0.0; 2 * labels];
    for (usage, in_group) in event.iter().zip(in_group) {
        let first = if in_group { 0 } else { labels };
        row[first..first + labels]
            .iter_mut()
            .zip(&usage.counts)
            .for_each(|(sum, count)| *sum += count);
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twenty events of four articles; the group uses the second label with this probability, the others with .2.
    fn events(share: f64) -> Vec<Vec<Usage>> {
        let mut stream = Stream::new(9, "labels");
        let mut usage = |in_group: bool| {
            let second = f64::from(u8::from(stream.unit() < if in_group { share } else { 0.2 }));
            Usage { in_group, counts: vec![2.0 - 2.0 * second, 2.0 * second] }
        };
        (0..20).map(|_| (0..4).map(|n| usage(n < 2)).collect()).collect()
    }

    #[test]
    fn another_use_of_names_is_found() {
        let found = diverge(&events(0.9), 2, &Inference::default(), "planted");
        assert!(found.bits.unwrap() > 0.2 && found.p.unwrap() < 0.001, "{found:?}");
        let interval = found.interval.unwrap();
        assert!(interval.low > 0.0 && interval.high < 1.0, "{found:?}");
        assert_eq!((found.events, found.group_count, found.others_count), (20, 40, 40));
        let same = diverge(&events(0.2), 2, &Inference::default(), "same");
        assert!(same.p.unwrap() > 0.05, "{same:?}");
    }

    #[test]
    fn few_events_are_told() {
        let few = diverge(&events(0.9)[..3], 2, &Inference::default(), "few");
        assert_eq!((few.p, few.reason.is_some()), (None, true));
    }
}
