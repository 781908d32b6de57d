//! One side of an alignment: its sentences, and the concatenations of neighbours that may stand in a bead.
//!
//! The vector of a concatenation is at first estimated as the sum of its sentences' vectors, longer ones counting
//! more; where it matters the concatenation itself is encoded ([`Texts::add_encoded`]).

use std::collections::HashMap;
use std::ops::Range;

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis, s};

use super::anchors::Anchor;
use super::marks::Marks;
use super::shapes::MOST;

/// Characters that are added to a sentence's length, so that short sentences do not vanish in a sum.
const BASE_LENGTH: f32 = 8.0;

/// Sentences with what a search needs to know of every run of up to [`MOST`] of them.
///
/// A run is named by its last sentence and its size; size `k` stands in the tables at `k - 1`.
#[derive(Debug, Clone)]
pub(super) struct Texts {
    /// Vectors of the sentences, `[sentences, dim]`, rows of norm 1.
    pub(super) vectors: Array2<f32>,
    /// Weight of each sentence in the vector of a run.
    pub(super) weights: Vec<f32>,
    /// Natural logarithm of the length of every run.
    pub(super) log_lengths: Vec<[f32; MOST]>,
    /// Length of the weighted sum of every run's vectors.
    pub(super) norms: Vec<[f32; MOST]>,
    /// Mean cosine of every run with the other side.
    pub(super) usual: Vec<[f32; MOST]>,
    lengths: Vec<f32>,
    marks: Vec<Marks>,
    anchors: Vec<Vec<Anchor>>,
    encoded: HashMap<(usize, usize), Array1<f32>>,
}

impl Texts {
    /// Sentences with vectors `[sentences, dim]`, lengths in characters and marks.
    pub(super) fn new(vectors: Array2<f32>, lengths: Vec<f32>, marks: Vec<Marks>) -> Self {
        let weights: Vec<f32> =
            lengths.iter().map(|length| (length + BASE_LENGTH).sqrt()).collect();
        let mut texts = Self {
            log_lengths: vec![[0.0; MOST]; lengths.len()],
            norms: vec![[0.0; MOST]; lengths.len()],
            usual: vec![[0.0; MOST]; lengths.len()],
            vectors,
            weights,
            lengths,
            marks,
            anchors: Vec::new(),
            encoded: HashMap::new(),
        };
        texts.measure_runs();
        texts
    }

    fn measure_runs(&mut self) {
        for last in 0..self.len() {
            let mut sum: Array1<f32> = Array1::zeros(self.vectors.ncols());
            let mut length = 0.0;
            for size in 1..=MOST.min(last + 1) {
                let first = last + 1 - size;
                sum.scaled_add(self.weights[first], &self.vectors.row(first));
                length += self.lengths[first];
                self.norms[last][size - 1] = sum.dot(&sum).sqrt().max(f32::EPSILON);
                self.log_lengths[last][size - 1] = (length + BASE_LENGTH).ln();
            }
        }
    }

    /// Takes the anchors of every sentence, each list in the order of their numbers.
    pub(super) fn note_anchors(&mut self, anchors: Vec<Vec<Anchor>>) {
        self.anchors = anchors;
    }

    /// The anchors of a sentence.
    pub(super) fn anchors(&self, sentence: usize) -> &[Anchor] {
        self.anchors.get(sentence).map_or(&[], Vec::as_slice)
    }

    /// Weight of all anchors of a run.
    pub(super) fn anchored(&self, last: usize, size: usize) -> f32 {
        let anchors = (last + 1 - size..=last).flat_map(|sentence| self.anchors(sentence));
        anchors.map(|anchor| anchor.1).sum()
    }

    /// The edges of a run.
    pub(super) fn marks(&self, last: usize, size: usize) -> Marks {
        self.marks[last + 1 - size].to(self.marks[last])
    }

    /// Characters of a run.
    pub(super) fn run_length(&self, last: usize, size: usize) -> usize {
        self.lengths[last + 1 - size..=last].iter().sum::<f32>() as usize
    }

    /// Number of sentences.
    pub(super) fn len(&self) -> usize {
        self.lengths.len()
    }

    /// Length of all sentences together.
    pub(super) fn total_length(&self) -> f32 {
        self.lengths.iter().sum()
    }

    /// Mean of the sentences' vectors.
    pub(super) fn mean(&self) -> Array1<f32> {
        let zeros = || Array1::zeros(self.vectors.ncols());
        self.vectors.mean_axis(Axis(0)).unwrap_or_else(zeros)
    }

    /// Notes every run's mean cosine with the sentences of the other side, of which `mean` is [`Self::mean`]; few tell
    /// little of what is usual, so `expected` counts as much as `counts_for` of the `others` do.
    pub(super) fn note_usual(
        &mut self,
        mean: &Array1<f32>,
        others: usize,
        expected: f32,
        counts_for: f32,
    ) {
        let products = self.vectors.dot(mean);
        let trust = others as f32 / (others as f32 + counts_for);
        for last in 0..self.len() {
            let mut sum = 0.0;
            for size in 1..=MOST.min(last + 1) {
                let first = last + 1 - size;
                sum += self.weights[first] * products[first];
                let cosine = sum / self.norms[last][size - 1];
                self.usual[last][size - 1] = trust * cosine + (1.0 - trust) * expected;
            }
        }
    }

    /// The vector of a run that was encoded; that of a single sentence always is.
    pub(super) fn exact(&self, last: usize, size: usize) -> Option<ArrayView1<'_, f32>> {
        if size == 1 {
            return Some(self.vectors.row(last));
        }
        self.encoded.get(&(last, size)).map(|vector| vector.view())
    }

    /// Takes the vectors of encoded runs, given as (last sentence, size).
    pub(super) fn add_encoded(&mut self, runs: &[(usize, usize)], vectors: ArrayView2<'_, f32>) {
        for (&run, vector) in runs.iter().zip(vectors.axis_iter(Axis(0))) {
            self.encoded.insert(run, vector.to_owned());
        }
    }

    /// Half as many sentences: every two neighbours as one, an odd last one by itself.
    pub(super) fn halved(&self) -> Self {
        let count = self.len().div_ceil(2);
        let mut vectors = Array2::zeros((count, self.vectors.ncols()));
        let mut lengths = vec![0.0; count];
        let pairs = self.marks.chunks(2);
        let marks = pairs.map(|pair| pair[0].to(pair[pair.len() - 1])).collect();
        for sentence in 0..self.len() {
            let mut row = vectors.row_mut(sentence / 2);
            row.scaled_add(self.weights[sentence], &self.vectors.row(sentence));
            lengths[sentence / 2] += self.lengths[sentence];
        }
        for mut row in vectors.rows_mut() {
            let norm = row.dot(&row).sqrt().max(f32::EPSILON);
            row /= norm;
        }
        let mut halved = Self::new(vectors, lengths, marks);
        for pair in self.anchors.chunks(2) {
            let mut anchors = pair.concat();
            anchors.sort_by_key(|anchor| anchor.0);
            anchors.dedup_by_key(|anchor| anchor.0);
            halved.anchors.push(anchors);
        }
        halved
    }

    /// A stretch of the sentences, with what was noted and encoded of its runs.
    pub(super) fn stretch(&self, sentences: Range<usize>) -> Self {
        let vectors = self.vectors.slice(s![sentences.clone(), ..]).to_owned();
        let lengths = self.lengths[sentences.clone()].to_vec();
        let mut texts = Self::new(vectors, lengths, self.marks[sentences.clone()].to_vec());
        texts.usual = self.usual[sentences.clone()].to_vec();
        texts.anchors = self.anchors.get(sentences.clone()).unwrap_or_default().to_vec();
        let within = |&(last, size): &(usize, usize)| {
            last < sentences.end && last + 1 >= sentences.start + size
        };
        for (&(last, size), vector) in self.encoded.iter().filter(|(run, _)| within(run)) {
            texts.encoded.insert((last - sentences.start, size), vector.clone());
        }
        texts
    }
}
