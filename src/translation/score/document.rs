//! The score of a whole document from the scores of its segments.

use serde::Serialize;

/// The quantile of the normal distribution that leaves 2.5 % above it.
const QUANTILE: f64 = 1.959_964;

/// Scores of segments added up one by one; a segment counts by its length.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DocumentScore {
    count: usize,
    weights: f64,
    weighted: f64,
    squares: f64,
    cross: f64,
    weight_squares: f64,
}

/// A mean with the interval that holds the true one with 95 % probability.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// The mean.
    pub mean: f32,
    /// The lower end, at least 0.
    pub low: f32,
    /// The upper end, at most 1.
    pub high: f32,
}

/// What a segment counts: the characters of its text.
pub fn weight(text: &str) -> f32 {
    text.chars().count().max(1) as f32
}

impl DocumentScore {
    /// Adds a segment: its score and what it counts, e.g. the characters of its source.
    pub fn add(&mut self, score: f32, weight: usize) {
        let (score, weight) = (f64::from(score), weight.max(1) as f64);
        self.count += 1;
        self.weights += weight;
        self.weighted += weight * score;
        self.squares += (weight * score).powi(2);
        self.cross += weight * weight * score;
        self.weight_squares += weight * weight;
    }

    /// The weighted mean with its 95 % interval by Student's distribution, the variance being that of a ratio of means
    /// (Cochran 1977). `None` without a segment; from one segment alone nothing is known about the spread, so the
    /// interval is 0..1.
    pub fn interval(&self) -> Option<Interval> {
        if self.count == 0 {
            return None;
        }
        let mean = self.weighted / self.weights;
        if self.count == 1 {
            return Some(Interval { mean: mean as f32, low: 0.0, high: 1.0 });
        }
        let freedom = self.count as f64 - 1.0;
        // Sum of (weight * (score - mean))².
        let spread = self.squares - 2.0 * mean * self.cross + mean * mean * self.weight_squares;
        let variance =
            spread.max(0.0) * self.count as f64 / freedom / (self.weights * self.weights);
        let reach = student(freedom) * variance.sqrt();
        let bounded = |value: f64| value.clamp(0.0, 1.0) as f32;
        Some(Interval {
            mean: mean as f32,
            low: bounded(mean - reach),
            high: bounded(mean + reach),
        })
    }
}

/// The same quantile of Student's distribution, by its expansion in 1 / degrees of freedom (Fisher & Cornish 1960).
fn student(freedom: f64) -> f64 {
    let z = QUANTILE;
    let first = (z.powi(3) + z) / 4.0;
    let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0;
    let third = (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0;
    z + first / freedom + second / freedom.powi(2) + third / freedom.powi(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_segments_count_more_and_many_make_sure() {
        let mut score = DocumentScore::default();
        assert_eq!(score.interval(), None);
        score.add(0.5, 10);
        let alone = score.interval().unwrap();
        assert_eq!((alone.mean, alone.low, alone.high), (0.5, 0.0, 1.0));
        score.add(0.9, 30);
        let few = score.interval().unwrap();
        assert!((few.mean - 0.8).abs() < 1e-6 && few.low < few.mean && few.high <= 1.0);
        (0..100).for_each(|_| [0.5, 0.9].into_iter().for_each(|one| score.add(one, 20)));
        let many = score.interval().unwrap();
        assert!(many.high - many.low < 0.06, "{many:?}");
    }

    #[test]
    fn the_quantile_agrees_with_tables() {
        for (freedom, table) in [(5.0, 2.571), (10.0, 2.228), (30.0, 2.042)] {
            assert!((student(freedom) - table).abs() < 0.01, "{freedom}");
        }
    }
}
