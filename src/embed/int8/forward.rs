//! The way of a batch through the encoder, on one thread.
//!
//! The tokens of all texts stand one after another, without padding; only the attention looks at where a text ends.

use ndarray::Array2;

use super::attention::{self, Attention};
use super::kernels::{COLUMNS, LANES, Processor, ROWS, Task, Tile};
use super::rowwise::{gelu, normalise, quantise, to_bytes};
use super::weights::{Encoder, Layer, Panel, Product};

/// Computes the token vectors of a batch.
pub(super) struct Forward<'a> {
    pub(super) encoder: &'a Encoder,
    /// The word vectors, `encoder.hidden` signed bytes each.
    pub(super) words: &'a [u8],
    /// Token ids, all of them below `encoder.vocabulary`.
    pub(super) ids: &'a [i32],
    /// Tokens of each text; together they are as many as the ids.
    pub(super) lengths: &'a [usize],
    /// The layer whose token vectors are wanted too, from 1.
    pub(super) layer: Option<usize>,
    pub(super) scratch: &'a mut Scratch,
}

/// Room for what is between, kept from batch to batch.
#[derive(Default)]
pub(super) struct Scratch {
    /// The state as bytes.
    bytes: Vec<u8>,
    /// What the attention gives, as bytes.
    context: Vec<u8>,
    /// The activations inside the feed-forward part, as bytes.
    inner: Vec<u8>,
    /// Room for the attention.
    attention: attention::Room,
}

impl Task for Forward<'_> {
    /// Token vectors of the last layer, and of the one that was asked for.
    type Output = [Option<Array2<f32>>; 2];

    #[inline(always)]
    fn run<P: Processor>(self, processor: P) -> Self::Output {
        let Self { encoder, ids, lengths, scratch, .. } = self;
        let hidden = encoder.hidden;
        let mut state = vec![0.0; ids.len() * hidden];
        scratch.bytes.resize(ids.len() * hidden, 0);
        scratch.context.resize(ids.len() * hidden, 0);
        look_up(processor, encoder, self.words, ids, lengths, &mut state);
        let mut wanted = None;
        for (number, layer) in encoder.layers.iter().enumerate() {
            let rows = state.chunks_exact(hidden).zip(scratch.bytes.chunks_exact_mut(hidden));
            for (row, bytes) in rows {
                quantise(processor, row, &layer.attention_input, bytes);
            }
            Attention { encoder, layer, lengths, bytes: &scratch.bytes }.run(
                processor,
                &mut scratch.attention,
                &mut scratch.context,
            );
            add_product(processor, &layer.attention_output, &scratch.context, &mut state);
            for row in state.chunks_exact_mut(hidden) {
                normalise(processor, row, &layer.attention_norm, encoder.epsilon);
            }
            let rows = state.chunks_exact(hidden).zip(scratch.bytes.chunks_exact_mut(hidden));
            for (row, bytes) in rows {
                quantise(processor, row, &layer.intermediate_input, bytes);
            }
            scratch.inner.resize(ids.len() * layer.intermediate.columns, 0);
            activate(processor, layer, &scratch.bytes, &mut scratch.inner);
            add_product(processor, &layer.output, &scratch.inner, &mut state);
            for row in state.chunks_exact_mut(hidden) {
                normalise(processor, row, &layer.output_norm, encoder.epsilon);
            }
            if self.layer == Some(number + 1) {
                wanted = Some(state.clone());
            }
        }
        let array = |state| Array2::from_shape_vec((ids.len(), hidden), state).ok();
        [array(state), wanted.and_then(array)]
    }
}

/// Words and positions, normalised.
#[inline(always)]
fn look_up<P: Processor>(
    processor: P,
    encoder: &Encoder,
    words: &[u8],
    ids: &[i32],
    lengths: &[usize],
    state: &mut [f32],
) {
    let hidden = encoder.hidden;
    let positions = lengths.iter().flat_map(|&length| 0..length);
    for ((&id, position), row) in ids.iter().zip(positions).zip(state.chunks_exact_mut(hidden)) {
        let id = id as usize;
        let word = &words[id * hidden..][..hidden];
        let place = &encoder.positions[position * hidden..][..hidden];
        let scale = encoder.word_scales[id];
        let (numbers, _) = row.as_chunks_mut::<LANES>();
        let (word, _) = word.as_chunks::<LANES>();
        let (place, _) = place.as_chunks::<LANES>();
        for ((numbers, word), place) in numbers.iter_mut().zip(word).zip(place) {
            let word = processor.signed_bytes(word);
            let sum = processor.multiply_add(word, processor.splat(scale), processor.load(place));
            processor.store(sum, numbers);
        }
        normalise(processor, row, &encoder.norm, encoder.epsilon);
    }
}

/// Rows in blocks of up to so many, as equal as can be.
#[inline(always)]
pub(super) fn blocks(rows: usize, most: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    let count = rows.div_ceil(most);
    (0..count).map(move |block| rows * block / count..rows * (block + 1) / count)
}

/// The sums of a block of rows. The tile is the caller's, so that none is cleared and moved for each block.
#[inline(always)]
pub(super) fn sums<P: Processor>(
    processor: P,
    panel: Panel,
    depth: usize,
    bytes: &[u8],
    block: &std::ops::Range<usize>,
    tile: &mut Tile,
) {
    let rows = &bytes[block.start * depth..block.end * depth];
    processor.dot(rows, depth, panel.lines, panel.start, tile);
}

/// Part of a row of sums as the numbers they stand for.
#[inline(always)]
pub(super) fn numbers<P: Processor>(
    processor: P,
    panel: Panel,
    sums: &[i32; COLUMNS],
    part: usize,
) -> P::Vector {
    let (sums, _) = sums.as_chunks::<LANES>();
    let (scale, _) = panel.scale.as_chunks::<LANES>();
    let (bias, _) = panel.bias.as_chunks::<LANES>();
    let sums = processor.integers(&sums[part]);
    processor.multiply_add(sums, processor.load(&scale[part]), processor.load(&bias[part]))
}

/// Adds a product to the state.
#[inline(always)]
fn add_product<P: Processor>(processor: P, product: &Product, bytes: &[u8], state: &mut [f32]) {
    let rows = state.len() / product.columns;
    let mut tile = [[0; COLUMNS]; ROWS];
    for panel in product.panels() {
        for block in blocks(rows, ROWS) {
            sums(processor, panel, product.depth, bytes, &block, &mut tile);
            for (row, sums) in block.zip(&tile) {
                let place = row * product.columns + panel.first;
                // The state's width is a multiple of the vectors'.
                let (state, _) = state[place..place + panel.width].as_chunks_mut::<LANES>();
                for (part, state) in state.iter_mut().enumerate() {
                    let added = numbers(processor, panel, sums, part);
                    processor.store(processor.add(processor.load(state), added), state);
                }
            }
        }
    }
}

/// The first product of the feed-forward part and its activation.
#[inline(always)]
fn activate<P: Processor>(processor: P, layer: &Layer, bytes: &[u8], inner: &mut [u8]) {
    let (product, step) = (&layer.intermediate, &layer.output_input);
    let rows = bytes.len() / product.depth;
    let mut tile = [[0; COLUMNS]; ROWS];
    for panel in product.panels() {
        let mut factors = [0.0; COLUMNS];
        factors[..panel.width].copy_from_slice(&step.factors[panel.first..][..panel.width]);
        let (factors, _) = factors.as_chunks::<LANES>();
        for block in blocks(rows, ROWS) {
            sums(processor, panel, product.depth, bytes, &block, &mut tile);
            for (row, sums) in block.zip(&tile) {
                let place = row * product.columns + panel.first;
                let inner = inner[place..place + panel.width].chunks_mut(LANES);
                for ((part, inner), factors) in inner.enumerate().zip(factors) {
                    let number = gelu(processor, numbers(processor, panel, sums, part));
                    match inner.first_chunk_mut() {
                        Some(inner) => to_bytes(processor, number, factors, step.zero, inner),
                        None => {
                            let mut made = [0; LANES];
                            to_bytes(processor, number, factors, step.zero, &mut made);
                            inner.copy_from_slice(&made[..inner.len()]);
                        }
                    }
                }
            }
        }
    }
}
