//! Coding sheets: pairs of passages of the corpus about which people say whether they make the same statement, so that
//! the tool can be compared with them as one more coder.
//!
//! Pairs are drawn in strata of the probability that the tool gives them, as many from each, since most pairs are plainly
//! different and would teach nothing. The key says how many pairs of the corpus each stands for (Horvitz & Thompson 1952),
//! so that figures hold for the corpus and not for the sheet.

use super::sample::Sample;
use super::statistics::random::Stream;
use super::table::{Column, Table, integer, real, text};

/// Lower borders of the strata. The first holds what the tool takes for different, to see what it misses.
const BORDERS: [f32; 5] = [0.0, 0.25, 0.5, 0.75, 0.9];
/// What is asked about a pair.
const QUESTION: &str = "Do both passages make the same statement? 1 yes, 0 no";
/// Name of the variable that is coded.
pub const VARIABLE: &str = "same";

/// Columns of a sheet that hold no codes.
pub const CONTEXT: [&str; 9] = [
    "question",
    "left_language",
    "left_passage",
    "right_language",
    "right_passage",
    "left_outlet",
    "left_article",
    "right_outlet",
    "right_article",
];

/// Two sentences of articles of one event, as numbers of article and sentence from 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SheetPair {
    /// The one.
    pub left: (usize, usize),
    /// The other.
    pub right: (usize, usize),
    /// Probability that they say the same.
    pub probability: f32,
}

/// Pairs drawn by stratum, with the number of pairs they were drawn from.
#[derive(Debug, Clone, Default)]
pub struct PairPool {
    strata: [(usize, Vec<(f64, SheetPair)>); BORDERS.len()],
    most: usize,
}

impl PairPool {
    /// A pool from which a sheet of `wanted` pairs can be drawn.
    pub fn new(wanted: usize) -> Self {
        Self { strata: Default::default(), most: wanted }
    }

    /// Adds a pair; `key` is a random number, the smallest of which are kept.
    pub fn add(&mut self, pair: SheetPair, key: f64) {
        let stratum = BORDERS.iter().rposition(|&border| pair.probability >= border);
        let Some((count, kept)) = stratum.map(|stratum| &mut self.strata[stratum]) else { return };
        *count += 1;
        kept.push((key, pair));
        if kept.len() > 4 * self.most {
            cut(kept, self.most);
        }
    }

    /// Adds what another pool holds.
    pub fn merge(&mut self, other: Self) {
        for ((count, kept), (more, others)) in self.strata.iter_mut().zip(other.strata) {
            *count += more;
            kept.extend(others);
            cut(kept, self.most);
        }
    }

    /// Draws the pairs of a sheet, each with the number of pairs that it stands for: as many from each stratum as it
    /// has, the rest from the others.
    fn draw(mut self, wanted: usize) -> Vec<(SheetPair, f64)> {
        let mut shares = [0_usize; BORDERS.len()];
        let mut left = wanted;
        while left > 0 {
            let open: Vec<usize> =
                (0..shares.len()).filter(|&s| shares[s] < self.strata[s].1.len()).collect();
            if open.is_empty() {
                break;
            }
            for stratum in open.into_iter().rev().take(left) {
                shares[stratum] += 1;
                left -= 1;
            }
        }
        let mut drawn = Vec::new();
        for ((count, kept), share) in self.strata.iter_mut().zip(shares) {
            cut(kept, share);
            let weight = *count as f64 / share.max(1) as f64;
            drawn.extend(kept.iter().map(|&(_, pair)| (pair, weight)));
        }
        drawn
    }
}

fn cut(kept: &mut Vec<(f64, SheetPair)>, most: usize) {
    kept.sort_by(|one, other| one.0.total_cmp(&other.0));
    kept.truncate(most);
}

/// A sheet for coders, and the key that they do not see.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The sheet.
    pub sheet: Table,
    /// Where each pair comes from, and what the tool says of it.
    pub key: Table,
}

const KEY: [Column; 9] = [
    text("unit", "Name of the pair in the sheet"),
    real("probability", "Probability that both say the same, by the tool"),
    real("weight", "Pairs of the corpus that it stands for"),
    text("left_outlet", "Outlet of the left passage"),
    text("left_article", "Article of the left passage"),
    integer("left_sentence", "Number of its sentence, from 1"),
    text("right_outlet", "Outlet of the right passage"),
    text("right_article", "Article of the right passage"),
    integer("right_sentence", "Number of its sentence, from 1"),
];

impl Sheet {
    /// A sheet of `wanted` pairs in random order, sides in random order; `texts` holds the sentences of each article. A
    /// blind sheet does not say which article a passage is from.
    pub fn new(
        pool: PairPool,
        (sample, texts): (&Sample, &[Vec<String>]),
        (wanted, blind): (usize, bool),
        seed: u64,
    ) -> Self {
        let mut stream = Stream::new(seed, "coding sheet");
        let mut drawn = pool.draw(wanted);
        stream.shuffle(&mut drawn);
        let mut columns = vec![
            text("unit", "Name of the pair"),
            text("question", "What is asked"),
            text("left_language", "Language of the left passage"),
            text("left_passage", "A passage"),
            text("right_language", "Language of the right passage"),
            text("right_passage", "Another passage on the same event"),
        ];
        if !blind {
            columns.extend([
                text("left_outlet", "Outlet of the left passage"),
                text("left_article", "Article of the left passage"),
                text("right_outlet", "Outlet of the right passage"),
                text("right_article", "Article of the right passage"),
            ]);
        }
        columns.extend([
            text("coder", "Name of the coder, to be filled in"),
            text(VARIABLE, "The code, to be filled in: 1 or 0"),
        ]);
        let mut sheet = Table::new("sheet", "A row is a pair of passages to be coded.", &columns);
        let mut key = Table::new("key", "A row is a pair of the coding sheet.", &KEY);
        for (number, (pair, weight)) in drawn.into_iter().enumerate() {
            let unit = format!("u{}", number + 1);
            let turned = stream.below(2) == 1;
            let (left, right) =
                if turned { (pair.right, pair.left) } else { (pair.left, pair.right) };
            let outlet = |article: usize| {
                let source = sample.articles[article].source;
                source.map_or("", |source| sample.sources[source].name.as_str())
            };
            let id = |article: usize| sample.articles[article].id.as_str();
            let mut row = vec![unit.as_str().into(), QUESTION.into()];
            for (article, sentence) in [left, right] {
                row.push(sample.articles[article].language.to_string().into());
                row.push(texts[article][sentence].as_str().into());
            }
            if !blind {
                for (article, _) in [left, right] {
                    row.extend([outlet(article).into(), id(article).into()]);
                }
            }
            row.extend(["".into(), "".into()]);
            sheet.push(row);
            let mut row = vec![unit.into(), f64::from(pair.probability).into(), weight.into()];
            for (article, sentence) in [left, right] {
                row.extend([outlet(article).into(), id(article).into(), (sentence + 1).into()]);
            }
            key.push(row);
        }
        Self { sheet, key }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(number: usize, probability: f32) -> SheetPair {
        SheetPair { left: (0, number), right: (1, number), probability }
    }

    #[test]
    fn every_stratum_is_asked_about_and_weights_add_up_to_the_corpus() {
        let mut pool = PairPool::new(40);
        let mut stream = Stream::new(1, "x");
        for number in 0..1000 {
            // Few pairs are near the border.
            let probability = if number % 100 == 0 { 0.6 } else { 0.1 };
            pool.add(pair(number, probability), stream.unit());
        }
        (0..5).for_each(|number| pool.add(pair(number, 0.99), 0.5));
        (0..9).for_each(|number| pool.add(pair(number, 0.01), 0.5));
        let drawn = pool.draw(40);
        assert_eq!(drawn.len(), 40);
        let of = |low: f32| drawn.iter().filter(|(pair, _)| pair.probability >= low).count();
        assert_eq!((of(0.9), of(0.5)), (5, 15));
        let weight: f64 = drawn.iter().map(|(_, weight)| weight).sum();
        assert!((weight - 1014.0).abs() < 1e-6, "{weight}");
    }

    #[test]
    fn pools_of_events_give_what_one_pool_gives() {
        let mut whole = PairPool::new(10);
        let mut parts = [PairPool::new(10), PairPool::new(10)];
        let mut stream = Stream::new(2, "x");
        for number in 0..200 {
            let key = stream.unit();
            whole.add(pair(number, 0.6), key);
            parts[number % 2].add(pair(number, 0.6), key);
        }
        let mut joined = PairPool::new(10);
        parts.into_iter().for_each(|part| joined.merge(part));
        assert_eq!(joined.draw(10), whole.draw(10));
    }
}
