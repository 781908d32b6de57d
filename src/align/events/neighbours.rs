//! Documents by date, and the search for the nearest among those published within a few days.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use ndarray::{Array1, Array2, ArrayView1, s};
use rayon::prelude::*;

use crate::align::nearest::Nearest;

/// New documents that are searched for at once.
const BLOCK: usize = 256;
/// Documents that a block is set against at once.
const STRIP: usize = 1024;

/// Topics of documents, found by date.
#[derive(Debug, Clone, Default)]
pub(super) struct Shelf {
    dim: usize,
    /// The topics one after the other.
    topics: Vec<f32>,
    published: Vec<Option<Date>>,
    by_day: BTreeMap<Date, Vec<usize>>,
    undated: Vec<usize>,
}

impl Shelf {
    /// Adds a document. One whose topic has another length than the first counts as about nothing.
    pub(super) fn add(&mut self, topic: &Array1<f32>, published: Option<Date>) {
        let document = self.published.len();
        if document == 0 {
            self.dim = topic.len();
        }
        let length = self.topics.len() + self.dim;
        self.topics.extend(topic.iter().take(self.dim));
        self.topics.resize(length, 0.0);
        self.published.push(published);
        match published {
            Some(day) => self.by_day.entry(day).or_default().push(document),
            None => self.undated.push(document),
        }
    }

    /// Length of a topic.
    pub(super) fn dim(&self) -> usize {
        self.dim
    }

    /// The topic of a document.
    pub(super) fn topic(&self, document: usize) -> ArrayView1<'_, f32> {
        ArrayView1::from(&self.topics[document * self.dim..(document + 1) * self.dim])
    }

    /// For each document from `first` on, counted from there, the nearest documents that were published at
    /// most `days` before or after, or at an unknown date.
    pub(super) fn nearest(&self, first: usize, limit: usize, days: i32) -> Nearest {
        let mut new: Vec<usize> = (first..self.published.len()).collect();
        new.sort_by_key(|&document| (self.published[document], document));
        // A block has documents of a few days, or those without a date.
        let blocks: Vec<&[usize]> = new
            .chunk_by(|&one, &other| {
                self.published[one].is_some() == self.published[other].is_some()
            })
            .flat_map(|chunk| chunk.chunks(BLOCK))
            .collect();
        let found: Vec<Nearest> =
            blocks.par_iter().map(|block| self.nearest_of(block, limit, days)).collect();
        let mut nearest = Nearest::new(new.len(), limit);
        for (block, found) in blocks.iter().zip(&found) {
            for (row, &document) in block.iter().enumerate() {
                for &(other, cosine) in found.of(row) {
                    nearest.offer(document - first, other, cosine);
                }
            }
        }
        nearest
    }

    /// The nearest documents of each document of a block.
    fn nearest_of(&self, block: &[usize], limit: usize, days: i32) -> Nearest {
        let mut nearest = Nearest::new(block.len(), limit);
        let rows = self.gather(block);
        let within = |one: usize, other: usize| match (self.published[one], self.published[other]) {
            (Some(one), Some(other)) => days_between(one, other) <= days,
            _ => true,
        };
        for strip in self.reachable(block, days).chunks(STRIP) {
            let products = rows.dot(&self.gather(strip).t());
            for (row, cosines) in products.rows().into_iter().enumerate() {
                for (&other, &cosine) in strip.iter().zip(cosines) {
                    if other != block[row] && within(block[row], other) {
                        nearest.offer(row, other, cosine);
                    }
                }
            }
        }
        nearest
    }

    /// The documents that may be neighbours of a block, ascending by date.
    fn reachable(&self, block: &[usize], days: i32) -> Vec<usize> {
        let dates: Vec<Date> =
            block.iter().filter_map(|&document| self.published[document]).collect();
        let (Some(&from), Some(&to)) = (dates.first(), dates.last()) else {
            return (0..self.published.len()).collect();
        };
        let from = from.checked_sub(days.days()).unwrap_or(Date::MIN);
        let to = to.checked_add(days.days()).unwrap_or(Date::MAX);
        let dated = self.by_day.range(from..=to).flat_map(|(_, documents)| documents);
        dated.chain(&self.undated).copied().collect()
    }

    /// The topics of some documents, `[documents, dim]`.
    fn gather(&self, documents: &[usize]) -> Array2<f32> {
        let mut topics = Array2::zeros((documents.len(), self.dim));
        for (row, &document) in documents.iter().enumerate() {
            topics.slice_mut(s![row, ..]).assign(&self.topic(document));
        }
        topics
    }
}

/// Days from one date to another, whichever comes first.
pub(super) fn days_between(one: Date, other: Date) -> i32 {
    one.until(other).map_or(i32::MAX, |span| span.get_days().abs())
}
