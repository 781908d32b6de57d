//! The two inner loops of the encoder, written for each kind of processor; all else is plain Rust, compiled for each.
//!
//! The only code here that the compiler does not check are loads and stores within slices whose lengths are
//! checked before, and calls of functions that need what the value of a [`Processor`] proves to be there.

#![allow(
    unsafe_code,
    reason = "the compiler does not find these loops, and they are most of the time"
)]

#[cfg(target_arch = "x86_64")]
mod x86;

#[cfg(target_arch = "x86_64")]
pub(super) use x86::{Avx2, Avx512, AvxVnni};

use super::vectors::Vectors;

/// Columns of weights that are computed together.
pub(super) const COLUMNS: usize = 48;
/// Rows that are computed together at most: with 48 columns their sums fill the registers of AVX-512.
pub(super) const ROWS: usize = 8;
/// Numbers of a vector of floats.
pub(super) const LANES: usize = 16;
/// Inputs that one instruction takes together.
pub(super) const GROUP: usize = 4;
/// Lines of a panel for each group of inputs.
pub(super) const LINES: usize = COLUMNS * GROUP / 64;

/// Sums of up to [`ROWS`] rows.
pub(super) type Tile = [[i32; COLUMNS]; ROWS];

/// Weights of a group of inputs for 16 columns, column by column; as long as a line of the cache, and aligned to it.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct Line(pub(super) [i8; 64]);

/// Whole numbers of 16 bits that one instruction takes together.
pub(super) const PAIR: usize = 2;

/// Two numbers of each of sixteen columns; as long as a line of the cache, and aligned to it.
#[derive(Debug, Clone, Copy, Default)]
#[repr(C, align(64))]
pub(super) struct Pairs(pub(super) [[i16; PAIR]; LANES]);

/// Numbers of a matrix from some place on, and the distance of its rows.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    /// The numbers.
    pub(super) numbers: &'a [i16],
    /// From one row's first number to the next row's.
    pub(super) stride: usize,
}

/// What runs on a kind of processor, all of it compiled for that kind.
pub(super) trait Task {
    /// What comes out.
    type Output;
    /// Does it; to be marked `#[inline(always)]`, like all it calls.
    fn run<P: Processor>(self, processor: P) -> Self::Output;
}

/// A kind of processor. A value of such a type exists only where the processor is of that kind.
pub(super) trait Processor: Vectors {
    /// Rows whose products fit into the registers, with what they are made from.
    const PRODUCT_ROWS: usize;

    /// Runs a task compiled for this processor.
    fn run<T: Task>(self, task: T) -> T::Output;

    /// `tile[r] = start + rows[r] · panel` for the up to eight rows of `depth` bytes in `rows`.
    fn dot(
        self,
        rows: &[u8],
        depth: usize,
        panel: &[Line],
        start: &[i32; COLUMNS],
        tile: &mut Tile,
    );

    /// `out[r] = left[r] · right` for `count` rows, up to eight of them.
    ///
    /// `right` has blocks of 16 columns, one after another; a block has `depth / 2` pairs of numbers for each column. The sums
    /// must fit into 32 bits.
    fn product(self, left: Rows, right: &[Pairs], depth: usize, count: usize, out: &mut [f32]);
}

/// Checks what the loops take for granted.
#[inline(always)]
fn check_dot(rows: usize, bytes: usize, depth: usize, lines: usize) {
    assert!(depth.is_multiple_of(GROUP) && bytes >= rows * depth && lines * GROUP >= depth * LINES);
}

/// Checks what the loops take for granted, and counts the blocks of columns.
#[inline(always)]
fn check_product(left: Rows, right: &[Pairs], depth: usize, rows: usize, out: usize) -> usize {
    assert!(rows > 0 && depth > 0 && depth.is_multiple_of(PAIR) && left.stride >= depth);
    assert!(left.numbers.len() >= (rows - 1) * left.stride + depth);
    let blocks = right.len() / (depth / PAIR);
    assert!(blocks > 0 && out >= rows * blocks * LANES);
    blocks
}

/// Any processor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Portable;

impl Processor for Portable {
    const PRODUCT_ROWS: usize = 8;

    fn run<T: Task>(self, task: T) -> T::Output {
        task.run(self)
    }

    fn dot(
        self,
        rows: &[u8],
        depth: usize,
        panel: &[Line],
        start: &[i32; COLUMNS],
        tile: &mut Tile,
    ) {
        check_dot(rows.len() / depth, rows.len(), depth, panel.len());
        for (row, sums) in rows.chunks_exact(depth).zip(tile) {
            *sums = *start;
            for (group, lines) in row.chunks_exact(GROUP).zip(panel.chunks_exact(LINES)) {
                for (sums, line) in sums.chunks_exact_mut(LANES).zip(lines) {
                    for (sum, weights) in sums.iter_mut().zip(line.0.chunks_exact(GROUP)) {
                        let products = group.iter().zip(weights);
                        *sum += products.map(|(&a, &w)| i32::from(a) * i32::from(w)).sum::<i32>();
                    }
                }
            }
        }
    }

    fn product(self, left: Rows, right: &[Pairs], depth: usize, count: usize, out: &mut [f32]) {
        let blocks = check_product(left, right, depth, count, out.len());
        let rows = left.numbers.chunks(left.stride).take(count);
        for (row, out) in rows.zip(out.chunks_exact_mut(blocks * LANES)) {
            let blocks = right.chunks_exact(depth / PAIR).zip(out.chunks_exact_mut(LANES));
            for (block, out) in blocks {
                let mut sums = [0; LANES];
                for ([a, b], pairs) in row.as_chunks().0.iter().zip(block) {
                    for (sum, [c, d]) in sums.iter_mut().zip(pairs.0) {
                        *sum += i32::from(*a) * i32::from(c) + i32::from(*b) * i32::from(d);
                    }
                }
                out.copy_from_slice(&sums.map(|sum| sum as f32));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers without a pattern, the same in every run.
    struct Dice(u64);

    impl Dice {
        fn roll(&mut self) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            self.0 >> 33
        }
    }

    /// Sums of a panel as its layout says, one by one.
    fn slow_sum(row: &[u8], panel: &[Line], column: usize, start: i32) -> i32 {
        let weight = |input: usize| {
            let line = &panel[input / GROUP * LINES + column / LANES].0;
            i32::from(line[column % LANES * GROUP + input % GROUP])
        };
        start + row.iter().enumerate().map(|(input, &a)| i32::from(a) * weight(input)).sum::<i32>()
    }

    fn check_dots(processor: impl Processor, name: &str) {
        let mut dice = Dice(7);
        for (depth, extreme) in [(4, false), (8, true), (36, false), (384, true), (1548, false)] {
            for count in 1..=ROWS {
                let byte = |dice: &mut Dice| if extreme { 255 } else { dice.roll() as u8 };
                let rows: Vec<u8> = (0..count * depth).map(|_| byte(&mut dice)).collect();
                let weight = |dice: &mut Dice| match extreme {
                    true => [-127, 127][dice.roll() as usize % 2],
                    false => dice.roll() as i8,
                };
                let line = |dice: &mut Dice| Line(std::array::from_fn(|_| weight(dice)));
                let panel: Vec<Line> =
                    (0..depth / GROUP * LINES).map(|_| line(&mut dice)).collect();
                let start = std::array::from_fn(|column| column as i32 * 1000 - 20_000);
                let mut tile = [[-1; COLUMNS]; ROWS];
                processor.dot(&rows, depth, &panel, &start, &mut tile);
                for (row, sums) in rows.chunks_exact(depth).zip(&tile) {
                    for (column, &sum) in sums.iter().enumerate() {
                        let expected = slow_sum(row, &panel, column, start[column]);
                        assert_eq!(sum, expected, "{name}: {count} rows of {depth}, {column}");
                    }
                }
            }
        }
    }

    fn check_products(processor: impl Processor, name: &str) {
        let mut dice = Dice(9);
        for (depth, blocks, most) in [(2, 1, 32_767), (6, 2, 9000), (32, 3, 8191), (100, 5, 4095)] {
            for count in 1..=ROWS {
                // The largest sums that there can be, and such as there are.
                let mut number = || match count {
                    ROWS => most as i16,
                    _ => (dice.roll() % (2 * most + 1)).wrapping_sub(most) as i16,
                };
                let left: Vec<i16> = (0..(count - 1) * 120 + depth).map(|_| number()).collect();
                let pairs = |_| Pairs([(); LANES].map(|()| [number(), number()]));
                let right: Vec<Pairs> = (0..blocks * depth / PAIR).map(pairs).collect();
                let mut out = vec![9.0; count * blocks * LANES];
                let rows = Rows { numbers: &left, stride: 120 };
                processor.product(rows, &right, depth, count, &mut out);
                for (place, &sum) in out.iter().enumerate() {
                    let (row, column) = (place / (blocks * LANES), place % (blocks * LANES));
                    let block = &right[column / LANES * depth / PAIR..][..depth / PAIR];
                    let column = block.iter().flat_map(|pairs| pairs.0[column % LANES]);
                    let products = left[row * 120..].iter().zip(column);
                    let expected: i32 = products.map(|(&a, b)| i32::from(a) * i32::from(b)).sum();
                    assert_eq!(sum, expected as f32, "{name}: {count} rows of {depth}, {place}");
                }
            }
        }
    }

    #[test]
    fn every_processor_computes_the_same() {
        check_dots(Portable, "portable");
        check_products(Portable, "portable");
        #[cfg(target_arch = "x86_64")]
        {
            if let Some(processor) = Avx2::detect() {
                check_dots(processor, "AVX2");
                check_products(processor, "AVX2");
            }
            if let Some(processor) = AvxVnni::detect() {
                check_dots(processor, "AVX-VNNI");
                check_products(processor, "AVX-VNNI");
            }
            if let Some(processor) = Avx512::detect() {
                check_dots(processor, "AVX-512");
                check_products(processor, "AVX-512");
            }
        }
    }

    #[test]
    #[should_panic(expected = "assertion")]
    fn rows_that_are_too_short_are_refused() {
        let (rows, right) = (Rows { numbers: &[0; 7], stride: 4 }, [Pairs::default(); 2]);
        #[cfg(target_arch = "x86_64")]
        if let Some(processor) = Avx2::detect() {
            processor.product(rows, &right, 4, 2, &mut [0.0; 2 * LANES]);
        }
        Portable.product(rows, &right, 4, 2, &mut [0.0; 2 * LANES]);
    }

    #[test]
    #[should_panic(expected = "assertion")]
    fn a_panel_that_is_too_short_is_refused() {
        #[cfg(target_arch = "x86_64")]
        if let Some(processor) = Avx2::detect() {
            let panel = [Line([0; 64]); 3];
            processor.dot(&[0; 8], 8, &panel, &[0; COLUMNS], &mut [[0; COLUMNS]; ROWS]);
        }
        Portable.dot(&[0; 8], 8, &[], &[0; COLUMNS], &mut [[0; COLUMNS]; ROWS]);
    }
}
