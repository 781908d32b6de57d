//! The attention of an encoder's layer, head by head, in whole numbers of 16 bits.
//!
//! An instruction multiplies two of them, and adds both products, where it multiplies one float. Queries, keys and values have
//! one unit each in each head of each text, so that a text's vectors do not depend on what else is in the batch. What is
//! lost is no more than what the order of additions changes in floats, once the bytes after the attention have been rounded.

use std::ops::Range;

use super::forward::{blocks, numbers, sums};
use super::kernels::{COLUMNS, LANES, PAIR, Pairs, Processor, ROWS, Rows};
use super::rowwise::{WHOLE, powers, reach, to_bytes, to_words};
use super::weights::{Encoder, Layer};

/// The largest of the whole numbers.
const MOST: usize = i16::MAX as usize;
/// The largest sum of their products.
const SUM: usize = i32::MAX as usize;
/// A text's numbers reach at least so far, for there to be a unit.
const LEAST: f32 = 1e-20;

/// What attends to what.
pub(super) struct Attention<'a> {
    pub(super) encoder: &'a Encoder,
    pub(super) layer: &'a Layer,
    /// Tokens of each text.
    pub(super) lengths: &'a [usize],
    /// The state of all tokens.
    pub(super) bytes: &'a [u8],
}

/// Room for what is between, kept from batch to batch.
#[derive(Default)]
pub(super) struct Room {
    /// Query, key and value of one head, side by side for each token.
    head: Vec<f32>,
    /// The same of one text as whole numbers.
    words: Vec<i16>,
    /// Keys of one text, sixteen tokens in a block: each row has two numbers of each of them.
    keys: Vec<Pairs>,
    /// Values of one text, sixteen channels in a block: each row has two tokens' numbers of each of them.
    values: Vec<Pairs>,
    /// What some tokens make of each token of a text, a row for each of the former.
    scores: Vec<f32>,
    /// The scores as shares.
    shares: Vec<i16>,
    /// Values by their shares.
    mixed: Vec<f32>,
}

/// What the whole numbers of a text's head stand for.
struct Scales {
    /// A unit of the product of a query and a key.
    score: f32,
    /// A unit of a value.
    value: f32,
}

impl Attention<'_> {
    /// From the state's bytes to the context's.
    #[inline(always)]
    pub(super) fn run<P: Processor>(&self, processor: P, room: &mut Room, context: &mut [u8]) {
        let (heads, product) = (self.encoder.heads, &self.layer.attention);
        let stride = 3 * self.encoder.hidden / heads;
        let rows = self.bytes.len() / product.depth;
        room.head.resize(rows * stride, 0.0);
        let mut tile = [[0; COLUMNS]; ROWS];
        let mut panels = product.panels();
        for head in 0..heads {
            for place in (0..stride).step_by(COLUMNS) {
                let Some(panel) = panels.next() else { return };
                for block in blocks(rows, ROWS) {
                    sums(processor, panel, product.depth, self.bytes, &block, &mut tile);
                    for (row, sums) in block.zip(&tile) {
                        let head = &mut room.head[row * stride + place..][..COLUMNS];
                        let (head, _) = head.as_chunks_mut::<LANES>();
                        for (part, head) in head.iter_mut().enumerate() {
                            processor.store(numbers(processor, panel, sums, part), head);
                        }
                    }
                }
            }
            let mut first = 0;
            for &length in self.lengths {
                self.attend(processor, head, first..first + length, room, context);
                first += length;
            }
        }
    }

    /// The attention of one head within one text.
    #[inline(always)]
    fn attend<P: Processor>(
        &self,
        processor: P,
        head: usize,
        tokens: Range<usize>,
        room: &mut Room,
        context: &mut [u8],
    ) {
        let (hidden, zero) = (self.encoder.hidden, self.layer.context.zero);
        let width = hidden / self.encoder.heads;
        let channels = head * width..(head + 1) * width;
        let (factors, _) = self.layer.context.factors[channels.clone()].as_chunks();
        let context = &mut context[tokens.start * hidden..tokens.end * hidden];
        let scales = room.lay_out(processor, &tokens, width);
        for block in blocks(tokens.len(), P::PRODUCT_ROWS) {
            let units = room.mix(processor, &block, tokens.len(), width, &scales);
            let rows = context[block.start * hidden..].chunks_exact_mut(hidden);
            for ((row, mixed), unit) in rows.zip(room.mixed.chunks_exact(width)).zip(units) {
                let (bytes, _) = row[channels.clone()].as_chunks_mut();
                let (mixed, _) = mixed.as_chunks();
                for ((bytes, mixed), factors) in bytes.iter_mut().zip(mixed).zip(factors) {
                    let mixed = processor.multiply(processor.load(mixed), processor.splat(unit));
                    to_bytes(processor, mixed, factors, zero, bytes);
                }
            }
        }
    }
}

impl Room {
    /// Mixes the values for a block of tokens; gives the unit of each row.
    #[inline(always)]
    fn mix<P: Processor>(
        &mut self,
        processor: P,
        block: &Range<usize>,
        length: usize,
        width: usize,
        scales: &Scales,
    ) -> [f32; ROWS] {
        let (count, stride, padded) = (block.len(), 3 * width, length.next_multiple_of(LANES));
        self.scores.resize(ROWS * padded, 0.0);
        self.shares.resize(ROWS * padded, 0);
        self.mixed.resize(ROWS * width, 0.0);
        let queries = Rows { numbers: &self.words[block.start * stride..], stride };
        processor.product(queries, &self.keys, width, count, &mut self.scores);
        let mut units = [0.0; ROWS];
        let shares = self.shares.chunks_exact_mut(padded);
        let rows = self.scores.chunks_exact_mut(padded).zip(shares).take(count);
        for ((scores, shares), unit) in rows.zip(&mut units) {
            *unit = scales.value / powers(processor, scores, length, scales.score, shares);
        }
        let shares = Rows { numbers: &self.shares, stride: padded };
        let depth = length.next_multiple_of(PAIR);
        processor.product(shares, &self.values, depth, count, &mut self.mixed);
        units
    }

    /// Lays out queries, keys and values of a text for the products.
    #[inline(always)]
    fn lay_out<P: Processor>(
        &mut self,
        processor: P,
        tokens: &Range<usize>,
        width: usize,
    ) -> Scales {
        let (stride, length) = (3 * width, tokens.len());
        let numbers = &self.head[tokens.start * stride..tokens.end * stride];
        let depth = length.next_multiple_of(PAIR);
        // The largest numbers whose sums of products stay within 32 bits.
        let level = (SUM / width).isqrt().min(MOST) as f32;
        let levels = [level, level, (SUM / (WHOLE * depth.max(1))).min(MOST) as f32];
        let mut units = [0.0; 3];
        for ((part, unit), level) in units.iter_mut().enumerate().zip(levels) {
            let reach = reach(processor, numbers, stride, part * width..(part + 1) * width);
            *unit = reach.max(LEAST) / level;
        }
        self.words.resize(length * stride, 0);
        for (row, words) in numbers.chunks_exact(stride).zip(self.words.chunks_exact_mut(stride)) {
            let parts = row.chunks_exact(width).zip(words.chunks_exact_mut(width));
            for ((part, words), unit) in parts.zip(units) {
                to_words(processor, part, 1.0 / unit, words);
            }
        }
        self.keys.resize(length.div_ceil(LANES) * (width / PAIR), Pairs::default());
        lay_out_keys(&self.words, width, &mut self.keys);
        self.values.resize(width / LANES * (depth / PAIR), Pairs::default());
        lay_out_values(&self.words, width, &mut self.values);
        Scales { score: units[0] * units[1], value: units[2] }
    }
}

/// From rows with key and value to blocks of sixteen tokens' keys.
#[inline(always)]
fn lay_out_keys(rows: &[i16], width: usize, keys: &mut [Pairs]) {
    for (token, row) in rows.chunks_exact(3 * width).enumerate() {
        let (key, _) = row[width..2 * width].as_chunks();
        let block = &mut keys[token / LANES * key.len()..][..key.len()];
        for (pairs, pair) in block.iter_mut().zip(key) {
            pairs.0[token % LANES] = *pair;
        }
    }
}

/// From rows with key and value to blocks of sixteen channels' values.
#[inline(always)]
fn lay_out_values(rows: &[i16], width: usize, values: &mut [Pairs]) {
    let nothing = [0; LANES];
    let depth = values.len() / (width / LANES);
    for (step, rows) in rows.chunks(2 * 3 * width).enumerate() {
        let (first, _) = rows[2 * width..3 * width].as_chunks::<LANES>();
        let second = rows.get(5 * width..).unwrap_or(&[]).as_chunks::<LANES>().0;
        for (block, first) in first.iter().enumerate() {
            let second = second.get(block).unwrap_or(&nothing);
            values[block * depth + step].0 =
                std::array::from_fn(|lane| [first[lane], second[lane]]);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::kernels::Task;
    use super::super::{Kind, map, onnx};
    use super::*;

    struct Once<'a> {
        attention: Attention<'a>,
        room: &'a mut Room,
        context: &'a mut [u8],
    }

    impl Task for Once<'_> {
        type Output = ();

        #[inline(always)]
        fn run<P: Processor>(self, processor: P) {
            self.attention.run(processor, self.room, self.context);
        }
    }

    /// What one token of a text gets from one head, number by number.
    fn slow(text: &[f32], token: usize, width: usize) -> Vec<f64> {
        let rows = || text.chunks_exact(3 * width);
        let query = &text[token * 3 * width..][..width];
        let score = |row: &[f32]| {
            let pairs = query.iter().zip(&row[width..]);
            pairs.map(|(&q, &k)| f64::from(q) * f64::from(k)).sum::<f64>()
        };
        let scores: Vec<f64> = rows().map(score).collect();
        let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let shares: Vec<f64> = scores.iter().map(|score| (score - most).exp2()).collect();
        let total: f64 = shares.iter().sum();
        let mixed = |channel: usize| {
            let values = rows().map(|row| f64::from(row[2 * width + channel]));
            values.zip(&shares).map(|(value, share)| value * share).sum::<f64>() / total
        };
        (0..width).map(mixed).collect()
    }

    /// Compares the last head's context, whose floats are still in the room, with what they give one by one.
    fn check(attention: &Attention, room: &Room, context: &[u8], name: &str) {
        let Encoder { hidden, heads, .. } = *attention.encoder;
        let (width, step) = (hidden / heads, &attention.layer.context);
        let channels = hidden - width..hidden;
        let mut start = 0;
        for &length in attention.lengths {
            let text = &room.head[start * 3 * width..(start + length) * 3 * width];
            for token in 0..length {
                let found = &context[(start + token) * hidden..][channels.clone()];
                let mixed = slow(text, token, width);
                for ((&found, &factor), mixed) in
                    found.iter().zip(&step.factors[channels.clone()]).zip(mixed)
                {
                    let expected = mixed * f64::from(factor) + f64::from(step.zero);
                    let off = (f64::from(found) - expected.clamp(0.0, 255.0)).abs();
                    assert!(off < 0.75, "{name}: {length} tokens, {token}: {found}, {expected}");
                }
            }
            start += length;
        }
    }

    #[test]
    fn whole_numbers_give_what_floats_give() {
        let model = "models/multilingual-e5-small-europe/model.onnx";
        let file = map(&Path::new(env!("CARGO_MANIFEST_DIR")).join(model)).unwrap();
        let encoder = Encoder::read(&onnx::Graph::read(&file).unwrap(), &file).unwrap();
        let lengths = [1, 0, 2, 16, 35];
        let count = lengths.iter().sum::<usize>() * encoder.hidden;
        let bytes: Vec<u8> = (0..count).map(|place| (place * 7919 / 64) as u8).collect();
        for kind in Kind::all() {
            for layer in [0, 11] {
                let layer = &encoder.layers[layer];
                let (mut room, mut context) = (Room::default(), vec![0; count]);
                let attention =
                    || Attention { encoder: &encoder, layer, lengths: &lengths, bytes: &bytes };
                let (room, context) = (&mut room, &mut context);
                kind.run(Once { attention: attention(), room, context });
                check(&attention(), room, context, &format!("{kind:?}"));
            }
        }
    }
}
