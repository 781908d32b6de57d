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

/// Numbers of a matrix from some place on, and the distance of its rows.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    /// The numbers.
    pub(super) numbers: &'a [f32],
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
    /// Rows whose products with 16 columns fit into the registers, with what they are made from.
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

    /// `out[r] = left[r] · right` for the first 16 columns of `right`, with `depth` rows, and the rows of `out`.
    fn product(self, left: Rows, right: Rows, depth: usize, out: &mut [[f32; LANES]]);
}

/// Checks what the loops take for granted.
#[inline(always)]
fn check_dot(rows: usize, bytes: usize, depth: usize, lines: usize) {
    assert!(depth.is_multiple_of(GROUP) && bytes >= rows * depth && lines * GROUP >= depth * LINES);
}

/// Checks what the loops take for granted.
#[inline(always)]
fn check_product(left: Rows, right: Rows, depth: usize, rows: usize) {
    assert!(rows > 0 && depth > 0 && left.stride >= depth && right.stride >= LANES);
    assert!(left.numbers.len() >= (rows - 1) * left.stride + depth);
    assert!(right.numbers.len() >= (depth - 1) * right.stride + LANES);
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

    fn product(self, left: Rows, right: Rows, depth: usize, out: &mut [[f32; LANES]]) {
        check_product(left, right, depth, out.len());
        for (row, sums) in left.numbers.chunks(left.stride).zip(out) {
            *sums = [0.0; LANES];
            for (&factor, numbers) in row[..depth].iter().zip(right.numbers.chunks(right.stride)) {
                for (sum, &number) in sums.iter_mut().zip(&numbers[..LANES]) {
                    *sum += factor * number;
                }
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
        let mut numbers = |count: usize| -> Vec<f32> {
            (0..count).map(|_| (dice.roll() % 2001) as f32 / 1000.0 - 1.0).collect()
        };
        for depth in [1, 3, 32, 100] {
            for count in 1..=ROWS {
                let (left, right) = (numbers((count - 1) * 120 + depth), numbers(depth * 20));
                let mut out = [[9.0; LANES]; ROWS];
                let (left, right) =
                    (Rows { numbers: &left, stride: 120 }, Rows { numbers: &right, stride: 20 });
                processor.product(left, right, depth, &mut out[..count]);
                for (row, sums) in out[..count].iter().enumerate() {
                    for (column, &sum) in sums.iter().enumerate() {
                        let product = |step: usize| {
                            f64::from(left.numbers[row * 120 + step])
                                * f64::from(right.numbers[step * 20 + column])
                        };
                        let expected = (0..depth).map(product).sum::<f64>();
                        let off = (f64::from(sum) - expected).abs();
                        assert!(off < 1e-4, "{name}: {count} rows of {depth}: {sum}, {expected}");
                    }
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
    fn a_panel_that_is_too_short_is_refused() {
        #[cfg(target_arch = "x86_64")]
        if let Some(processor) = Avx2::detect() {
            let panel = [Line([0; 64]); 3];
            processor.dot(&[0; 8], 8, &panel, &[0; COLUMNS], &mut [[0; COLUMNS]; ROWS]);
        }
        Portable.dot(&[0; 8], 8, &[], &[0; COLUMNS], &mut [[0; COLUMNS]; ROWS]);
    }
}
