//! Weights that follow the document: whether sentences without a counterpart come one by one or in long runs
//! differs from a plain translation to a book with captions, and so does how often sentences are joined.
//!
//! The first way through the texts is counted, and log odds move by the logarithm of how much more or less often a
//! thing occurred than is expected; the expectation counts as so many observations that a short text changes little.
//! The cost of every further skip stays: were it to fall too, whatever is hard to align would be skipped as a whole.

use super::search::Step;
use super::shapes::Shape;
use super::weights::Weights;

/// Observations that the expected rates count for.
const EXPECTATION: f32 = 30.0;

/// The weights for a document, from the way that the listed weights gave.
pub(super) fn adapted(weights: &Weights, steps: &[Step], shapes: &[Shape]) -> Weights {
    let (mut beads, mut runs, mut larger) = (0.0, 0.0, 0.0);
    let mut in_run = false;
    for step in steps {
        if let Step::Bead { shape, .. } = *step {
            for part in shapes[shape].parts() {
                beads += 1.0;
                larger += f32::from(u8::from(part.shape.extra() > 0));
            }
        } else if !in_run {
            runs += 1.0;
        }
        in_run = !matches!(step, Step::Bead { .. });
    }
    let mut adapted = *weights;
    adapted.skip_run += change(runs, beads + runs, weights.expected_runs);
    let joined = change(larger, beads, weights.expected_larger);
    for weight in &mut adapted.bead[Weights::LARGER] {
        *weight += joined;
    }
    adapted
}

/// What log odds change by when something happened `count` times in `all` where `expected` is its usual share.
fn change(count: f32, all: f32, expected: f32) -> f32 {
    let share = (count + EXPECTATION * expected) / (all + EXPECTATION);
    (share / expected).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::parallel::weights::weights;

    #[test]
    fn skips_in_one_long_run_make_another_run_dearer() {
        let shapes = [Shape::plain(1, 1)];
        let mut steps = vec![Step::Bead { shape: 0, i: 1, j: 1 }; 300];
        steps.extend(vec![Step::SkipRight { i: 1, j: 1 }; 60]);
        let adapted = adapted(weights(), &steps, &shapes);
        assert_eq!(adapted.skip, weights().skip);
        assert!(adapted.skip_run < weights().skip_run);
    }

    #[test]
    fn nothing_seen_changes_nothing() {
        let adapted = adapted(weights(), &[], &[]);
        assert!((adapted.skip_run - weights().skip_run).abs() < 1e-6);
        assert!((adapted.bead[1] - weights().bead[1]).abs() < 1e-6);
    }
}
