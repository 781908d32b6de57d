//! The inner loops for processors of the x86 family with wide vectors.

use std::arch::x86_64::*;

use super::*;

/// Calls a function with the number of rows as a constant.
macro_rules! by_rows {
    ($count:expr, $function:ident($($argument:expr),*)) => {
        match $count {
            0 => {}
            1 => $function::<1>($($argument),*),
            2 => $function::<2>($($argument),*),
            3 => $function::<3>($($argument),*),
            4 => $function::<4>($($argument),*),
            5 => $function::<5>($($argument),*),
            6 => $function::<6>($($argument),*),
            7 => $function::<7>($($argument),*),
            _ => $function::<8>($($argument),*),
        }
    };
}

/// Vectors of 512 bits with integer products (Intel from Ice Lake on, AMD from Zen 4 on).
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Avx512(());

/// Vectors of 256 bits with integer products (Intel from Alder Lake on).
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct AvxVnni(());

/// Vectors of 256 bits (Intel from Haswell on, AMD from Zen on).
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Avx2(());

impl Avx512 {
    /// The proof that this processor is of that kind.
    pub(in super::super) fn detect() -> Option<Self> {
        let has = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vnni")
            && Avx2::detect().is_some();
        has.then_some(Self(()))
    }
}

impl AvxVnni {
    /// The proof that this processor is of that kind.
    pub(in super::super) fn detect() -> Option<Self> {
        let has = is_x86_feature_detected!("avxvnni") && Avx2::detect().is_some();
        has.then_some(Self(()))
    }
}

impl Avx2 {
    /// The proof that this processor is of that kind.
    pub(in super::super) fn detect() -> Option<Self> {
        let has = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        has.then_some(Self(()))
    }
}

/// A [`Processor`] whose functions need the features named.
macro_rules! processor {
    ($kind:ident, $features:literal, $dot:ident, $product:ident) => {
        impl Processor for $kind {
            fn run<T: Task>(self, task: T) -> T::Output {
                #[target_feature(enable = $features)]
                fn run<T: Task>(processor: $kind, task: T) -> T::Output {
                    task.run(processor)
                }
                // SAFETY: `self` exists, so the processor has these features.
                unsafe { run(self, task) }
            }

            #[inline(always)]
            fn dot(
                self,
                rows: &[u8],
                depth: usize,
                panel: &[Line],
                start: &[i32; COLUMNS],
                tile: &mut Tile,
            ) {
                let count = (rows.len() / depth).min(ROWS);
                // SAFETY: `self` exists, so the processor has the features that the function needs.
                unsafe { by_rows!(count, $dot(rows, depth, panel, start, tile)) }
            }

            #[inline(always)]
            fn product(self, left: Rows, right: Rows, depth: usize, out: &mut [[f32; LANES]]) {
                let count = out.len().min(ROWS);
                // SAFETY: `self` exists, so the processor has the features that the function needs.
                unsafe { by_rows!(count, $product(left, right, depth, out)) }
            }
        }
    };
}

processor!(Avx512, "avx2,fma,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni", dot_512, product_512);
processor!(AvxVnni, "avx2,fma,avxvnni", dot_256_vnni, product_256);
processor!(Avx2, "avx2,fma", dot_256, product_256);

#[target_feature(enable = "avx512f,avx512vnni")]
fn dot_512<const R: usize>(
    rows: &[u8],
    depth: usize,
    panel: &[Line],
    start: &[i32; COLUMNS],
    tile: &mut Tile,
) {
    check_dot(R, rows.len(), depth, panel.len());
    let (rows, panel, start) = (rows.as_ptr(), panel.as_ptr(), start.as_ptr());
    // SAFETY: the check above bounds `depth / 4` groups of `R` rows and of the panel; a tile has 48 columns.
    unsafe {
        let start: [__m512i; 3] =
            std::array::from_fn(|part| _mm512_loadu_si512(start.add(16 * part).cast()));
        let mut sums = [start; R];
        for group in 0..depth / GROUP {
            let weights: [__m512i; 3] = std::array::from_fn(|part| {
                _mm512_load_si512(panel.add(LINES * group + part).cast())
            });
            for (row, sums) in sums.iter_mut().enumerate() {
                let four = rows.add(row * depth + GROUP * group).cast::<i32>();
                let four = _mm512_set1_epi32(four.read_unaligned());
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    *sum = _mm512_dpbusd_epi32(*sum, four, weights);
                }
            }
        }
        for (sums, tile) in sums.iter().zip(tile) {
            for (part, sum) in sums.iter().enumerate() {
                _mm512_storeu_si512(tile.as_mut_ptr().add(16 * part).cast(), *sum);
            }
        }
    }
}

#[target_feature(enable = "avx512f")]
fn product_512<const R: usize>(left: Rows, right: Rows, depth: usize, out: &mut [[f32; LANES]]) {
    check_product(left, right, depth, R);
    let (from, of) = (left.numbers.as_ptr(), right.numbers.as_ptr());
    let mut sums = [_mm512_setzero_ps(); R];
    for step in 0..depth {
        // SAFETY: the check above bounds `depth` rows of 16 numbers on the right, `R` of `depth` on the left.
        unsafe {
            let numbers = _mm512_loadu_ps(of.add(step * right.stride));
            for (row, sum) in sums.iter_mut().enumerate() {
                let factor = _mm512_set1_ps(*from.add(row * left.stride + step));
                *sum = _mm512_fmadd_ps(factor, numbers, *sum);
            }
        }
    }
    for (sum, out) in sums.iter().zip(out) {
        // SAFETY: a row of `out` has 16 numbers.
        unsafe { _mm512_storeu_ps(out.as_mut_ptr(), *sum) };
    }
}

/// Goes over a tile in parts that fit into 16 registers: up to 4 rows, 24 columns.
macro_rules! in_parts {
    ($part:ident, $rows:ident, $depth:ident, $panel:ident, $start:ident, $tile:ident) => {
        check_dot(R, $rows.len(), $depth, $panel.len());
        for first in (0..R).step_by(4) {
            let (rows, tile) = (&$rows[first * $depth..], &mut $tile[first..]);
            for half in 0..2 {
                match R - first {
                    1 => $part::<1>(rows, $depth, $panel, $start, tile, half),
                    2 => $part::<2>(rows, $depth, $panel, $start, tile, half),
                    3 => $part::<3>(rows, $depth, $panel, $start, tile, half),
                    _ => $part::<4>(rows, $depth, $panel, $start, tile, half),
                }
            }
        }
    };
}

#[target_feature(enable = "avx2,avxvnni")]
fn dot_256_vnni<const R: usize>(
    rows: &[u8],
    depth: usize,
    panel: &[Line],
    start: &[i32; COLUMNS],
    tile: &mut Tile,
) {
    in_parts!(part_256_vnni, rows, depth, panel, start, tile);
}

#[target_feature(enable = "avx2")]
fn dot_256<const R: usize>(
    rows: &[u8],
    depth: usize,
    panel: &[Line],
    start: &[i32; COLUMNS],
    tile: &mut Tile,
) {
    in_parts!(part_256, rows, depth, panel, start, tile);
}

/// Half of the columns of `R` rows.
macro_rules! part {
    ($name:ident, $features:literal, $step:ident) => {
        #[target_feature(enable = $features)]
        fn $name<const R: usize>(
            rows: &[u8],
            depth: usize,
            panel: &[Line],
            start: &[i32; COLUMNS],
            tile: &mut [[i32; COLUMNS]],
            half: usize,
        ) {
            check_dot(R, rows.len(), depth, panel.len());
            let (rows, panel) = (rows.as_ptr(), panel.as_ptr().cast::<i8>());
            // SAFETY: the check above bounds `depth / 4` groups of `R` rows and of the panel; half a tile has 24 columns.
            unsafe {
                let start = start.as_ptr().add(24 * half);
                let start: [__m256i; 3] =
                    std::array::from_fn(|part| _mm256_loadu_si256(start.add(8 * part).cast()));
                let mut sums = [start; R];
                for group in 0..depth / GROUP {
                    let weights = panel.add(192 * group + 96 * half);
                    let weights: [__m256i; 3] = std::array::from_fn(|part| {
                        _mm256_load_si256(weights.add(32 * part).cast())
                    });
                    for (row, sums) in sums.iter_mut().enumerate() {
                        let four = rows.add(row * depth + GROUP * group).cast::<i32>();
                        let four = _mm256_set1_epi32(four.read_unaligned());
                        for (sum, weights) in sums.iter_mut().zip(weights) {
                            *sum = $step(*sum, four, weights);
                        }
                    }
                }
                for (sums, tile) in sums.iter().zip(tile) {
                    let tile = tile.as_mut_ptr().add(24 * half);
                    for (part, sum) in sums.iter().enumerate() {
                        _mm256_storeu_si256(tile.add(8 * part).cast(), *sum);
                    }
                }
            }
        }
    };
}

part!(part_256_vnni, "avx2,avxvnni", _mm256_dpbusd_avx_epi32);
part!(part_256, "avx2", dot_without_vnni);

/// Adds the products of four bytes each. The pairs of products that AVX2 adds in 16 bits could overflow, so the
/// unsigned bytes come in two parts: half of each, and what is left.
#[target_feature(enable = "avx2")]
#[inline]
fn dot_without_vnni(sum: __m256i, bytes: __m256i, weights: __m256i) -> __m256i {
    let half = _mm256_and_si256(_mm256_srli_epi16(bytes, 1), _mm256_set1_epi8(0x7f));
    let rest = _mm256_sub_epi8(bytes, half);
    let one = _mm256_set1_epi16(1);
    let half = _mm256_madd_epi16(_mm256_maddubs_epi16(half, weights), one);
    let rest = _mm256_madd_epi16(_mm256_maddubs_epi16(rest, weights), one);
    _mm256_add_epi32(sum, _mm256_add_epi32(half, rest))
}

#[target_feature(enable = "avx2,fma")]
fn product_256<const R: usize>(left: Rows, right: Rows, depth: usize, out: &mut [[f32; LANES]]) {
    check_product(left, right, depth, R);
    let (from, of) = (left.numbers.as_ptr(), right.numbers.as_ptr());
    for half in 0..2 {
        let mut sums = [_mm256_setzero_ps(); R];
        for step in 0..depth {
            // SAFETY: the check above bounds `depth` rows of 16 numbers on the right, `R` of `depth` on the left.
            unsafe {
                let numbers = _mm256_loadu_ps(of.add(step * right.stride + 8 * half));
                for (row, sum) in sums.iter_mut().enumerate() {
                    let factor = _mm256_set1_ps(*from.add(row * left.stride + step));
                    *sum = _mm256_fmadd_ps(factor, numbers, *sum);
                }
            }
        }
        for (sum, out) in sums.iter().zip(&mut *out) {
            // SAFETY: a row of `out` has 16 numbers.
            unsafe { _mm256_storeu_ps(out.as_mut_ptr().add(8 * half), *sum) };
        }
    }
}
