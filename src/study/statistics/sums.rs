//! Observations as sums per event.
//!
//! Articles about one event are no independent observations; events are, more or less. Every rate, mean,
//! difference or divergence of a study is therefore a function of sums over events, and what is drawn,
//! left out or shuffled is the event.

/// A row of numbers for each unit of resampling (an event).
#[derive(Debug, Clone, PartialEq)]
pub struct Sums {
    width: usize,
    values: Vec<f64>,
}

impl Sums {
    /// No rows yet, each to hold `width` numbers.
    pub fn new(width: usize) -> Self {
        Self { width: width.max(1), values: Vec::new() }
    }

    /// Rows that are there already.
    pub fn of_rows(width: usize, rows: impl IntoIterator<Item = Vec<f64>>) -> Self {
        let mut sums = Self::new(width);
        rows.into_iter().for_each(|row| sums.push(&row));
        sums
    }

    /// Adds a row; what is missing counts as 0.
    pub fn push(&mut self, row: &[f64]) {
        let filled = row.iter().copied().chain(std::iter::repeat(0.0)).take(self.width);
        self.values.extend(filled);
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.values.len() / self.width
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Numbers in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Row `index`.
    pub fn row(&self, index: usize) -> &[f64] {
        &self.values[index * self.width..(index + 1) * self.width]
    }

    /// The sum of all rows.
    pub fn total(&self) -> Vec<f64> {
        let mut total = vec![0.0; self.width];
        for index in 0..self.len() {
            add(&mut total, self.row(index));
        }
        total
    }

    /// The sum of the rows with these numbers, each as often as it is named.
    pub fn total_of(&self, rows: impl Iterator<Item = usize>, total: &mut [f64]) {
        total.fill(0.0);
        rows.for_each(|index| add(total, self.row(index)));
    }

    /// For each row the sum of all others.
    pub fn totals_without_one(&self) -> impl Iterator<Item = Vec<f64>> + '_ {
        let total = self.total();
        (0..self.len()).map(move |index| {
            total.iter().zip(self.row(index)).map(|(whole, own)| whole - own).collect()
        })
    }
}

fn add(total: &mut [f64], row: &[f64]) {
    total.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
}

/// A ratio of two sums; `None` where there is nothing to divide by.
pub fn ratio(numerator: f64, denominator: f64) -> Option<f64> {
    (denominator.abs() > 1e-12).then(|| numerator / denominator)
}

/// The difference of two ratios: sums are numerator and denominator of the one, then of the other.
pub fn difference_of_ratios(sums: &[f64]) -> Option<f64> {
    Some(ratio(sums[0], sums[1])? - ratio(sums[2], sums[3])?)
}
