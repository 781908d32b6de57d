//! Prices that follow the document: whether sentences without a counterpart come one by one or in long runs
//! differs from a plain translation to a book with captions, and so does how often sentences are joined.
//!
//! The first way through the texts is counted, and prices move by the logarithm of how much more or less often a
//! thing occurred than the price list expects; the expectation counts as so many observations that a short text
//! changes little. The price of every further skip stays: were it to fall too, whatever is hard to align would be
//! skipped as a whole.

use super::cost::Shape;
use super::parameters::Prices;
use super::search::Step;

/// Observations that the expected rates count for.
const EXPECTATION: f32 = 30.0;

/// The prices for a document, from the way that the prices of the list gave.
pub(super) fn adapted(prices: &Prices, steps: &[Step], shapes: &[Shape]) -> Prices {
    let rates = prices.rates;
    let (mut beads, mut runs, mut larger) = (0.0, 0.0, 0.0);
    let mut in_run = false;
    for step in steps {
        if let Step::Bead { shape, .. } = *step {
            beads += 1.0;
            larger += f32::from(u8::from(shapes[shape].extra() > 0));
        } else if !in_run {
            runs += 1.0;
        }
        in_run = !matches!(step, Step::Bead { .. });
    }
    let opened = change(runs, beads + runs, rates.skip_run, prices.sharpness);
    let joined = change(larger, beads, rates.larger, prices.sharpness);
    Prices {
        skip_run: (prices.skip_run + opened).max(0.0),
        extra: (prices.extra + joined).max(0.0),
        ..*prices
    }
}

/// What a price changes by when something happened `count` times in `all` where `expected` is its usual share.
fn change(count: f32, all: f32, expected: f32, sharpness: f32) -> f32 {
    let share = (count + EXPECTATION * expected) / (all + EXPECTATION);
    -(share / expected).ln() / sharpness
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::parallel::parameters::prices;

    #[test]
    fn skips_in_one_long_run_make_another_run_dearer() {
        let shapes = [Shape { left: 1, right: 1, crossed: false }];
        let mut steps = vec![Step::Bead { shape: 0, i: 1, j: 1 }; 300];
        steps.extend(vec![Step::SkipRight { i: 1, j: 1 }; 60]);
        let adapted = adapted(prices(), &steps, &shapes);
        assert_eq!(adapted.skip, prices().skip);
        assert!(adapted.skip_run > prices().skip_run);
    }

    #[test]
    fn nothing_seen_changes_nothing() {
        let adapted = adapted(prices(), &[], &[]);
        assert!((adapted.skip_run - prices().skip_run).abs() < 1e-6);
        assert!((adapted.extra - prices().extra).abs() < 1e-6);
    }
}
