//! The way of a batch through the encoder, on one thread.
//!
//! The tokens of all texts stand one after another, without padding; only the attention looks at where a text ends.

use ndarray::Array2;

use super::kernels::{COLUMNS, LANES, Processor, ROWS, Rows, Task, Tile};
use super::rowwise::{gelu, normalise, powers, quantise, to_bytes};
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
    /// Query, key and value of one head, side by side for each token.
    head: Vec<f32>,
    /// Keys of one text, sixteen by sixteen: a row for each number of a key, so that each block is read from end to end.
    keys: Vec<f32>,
    /// What some tokens make of each token of a text.
    scores: Vec<f32>,
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
            attention(processor, encoder, layer, lengths, scratch);
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
fn blocks(rows: usize, most: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    let count = rows.div_ceil(most);
    (0..count).map(move |block| rows * block / count..rows * (block + 1) / count)
}

/// The sums of a block of rows. The tile is the caller's, since it takes as long to clear and to move one as the sums of
/// some inputs.
#[inline(always)]
fn sums<P: Processor>(
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
fn numbers<P: Processor>(
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

/// From the state's bytes to the context's, head by head.
#[inline(always)]
fn attention<P: Processor>(
    processor: P,
    encoder: &Encoder,
    layer: &Layer,
    lengths: &[usize],
    scratch: &mut Scratch,
) {
    let width = encoder.hidden / encoder.heads;
    let stride = 3 * width;
    let product = &layer.attention;
    let rows = scratch.bytes.len() / product.depth;
    scratch.head.resize(rows * stride, 0.0);
    let mut tile = [[0; COLUMNS]; ROWS];
    let mut panels = product.panels();
    for head in 0..encoder.heads {
        for place in (0..stride).step_by(COLUMNS) {
            let Some(panel) = panels.next() else { return };
            for block in blocks(rows, ROWS) {
                sums(processor, panel, product.depth, &scratch.bytes, &block, &mut tile);
                for (row, sums) in block.zip(&tile) {
                    let head = &mut scratch.head[row * stride + place..][..COLUMNS];
                    let (head, _) = head.as_chunks_mut::<LANES>();
                    for (part, head) in head.iter_mut().enumerate() {
                        processor.store(numbers(processor, panel, sums, part), head);
                    }
                }
            }
        }
        let mut first = 0;
        for &length in lengths {
            attend(processor, encoder, layer, head, first..first + length, scratch);
            first += length;
        }
    }
}

/// The attention of one head within one text.
#[inline(always)]
fn attend<P: Processor>(
    processor: P,
    encoder: &Encoder,
    layer: &Layer,
    head: usize,
    tokens: std::ops::Range<usize>,
    scratch: &mut Scratch,
) {
    let width = encoder.hidden / encoder.heads;
    let stride = 3 * width;
    let length = tokens.len();
    let padded = length.next_multiple_of(LANES);
    let numbers = &scratch.head[tokens.start * stride..tokens.end * stride];
    scratch.keys.resize(width * padded, 0.0);
    scratch.scores.resize(ROWS * padded, 0.0);
    for (token, row) in numbers.chunks_exact(stride).enumerate() {
        for (number, &key) in row[width..2 * width].iter().enumerate() {
            scratch.keys[(token / LANES * width + number) * LANES + token % LANES] = key;
        }
    }
    for block in blocks(length, P::PRODUCT_ROWS) {
        let queries = Rows { numbers: &numbers[block.start * stride..], stride };
        let mut out = [[0.0; LANES]; ROWS];
        let out = &mut out[..block.len()];
        for column in (0..padded).step_by(LANES) {
            let keys = Rows { numbers: &scratch.keys[column * width..], stride: LANES };
            processor.product(queries, keys, width, out);
            for (row, out) in out.iter().enumerate() {
                scratch.scores[row * padded + column..][..LANES].copy_from_slice(out);
            }
        }
        let mut totals = [1.0; ROWS];
        for (row, total) in scratch.scores.chunks_exact_mut(padded).zip(&mut totals[..out.len()]) {
            *total = 1.0 / powers(processor, row, length);
        }
        for column in (0..width).step_by(LANES) {
            let shares = Rows { numbers: &scratch.scores, stride: padded };
            let values = Rows { numbers: &numbers[2 * width + column..], stride };
            processor.product(shares, values, length, out);
            let channel = head * width + column;
            let (factors, _) = layer.context.factors[channel..].as_chunks::<LANES>();
            for (row, out) in out.iter().enumerate() {
                let place = (tokens.start + block.start + row) * encoder.hidden + channel;
                let (bytes, _) = scratch.context[place..].as_chunks_mut::<LANES>();
                let total = processor.splat(totals[row]);
                let number = processor.multiply(processor.load(out), total);
                to_bytes(processor, number, &factors[0], layer.context.zero, &mut bytes[0]);
            }
        }
    }
}
