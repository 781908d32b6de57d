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
    ($kind:ident, $features:literal, $dot:ident, $product:ident, $product_rows:literal) => {
        impl Processor for $kind {
            const PRODUCT_ROWS: usize = $product_rows;

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
            fn product(
                self,
                left: Rows,
                right: &[Pairs],
                depth: usize,
                count: usize,
                out: &mut [f32],
            ) {
                // SAFETY: `self` exists, so the processor has the features that the function needs.
                unsafe { by_rows!(count, $product(left, right, depth, out)) }
            }
        }
    };
}

processor!(
    Avx512,
    "avx2,fma,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni",
    dot_512,
    product_512,
    8
);
processor!(AvxVnni, "avx2,fma,avxvnni", dot_256_vnni, product_256_vnni, 6);
processor!(Avx2, "avx2,fma", dot_256, product_256, 6);

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

#[target_feature(enable = "avx512f,avx512vnni")]
fn product_512<const R: usize>(left: Rows, right: &[Pairs], depth: usize, out: &mut [f32]) {
    let blocks = check_product(left, right, depth, R, out.len());
    // Two blocks at a time: sums of one alone would wait for each other.
    for first in (0..blocks).step_by(2) {
        match blocks - first {
            1 => blocks_512::<R, 1>(left, right, depth, out, first),
            _ => blocks_512::<R, 2>(left, right, depth, out, first),
        }
    }
}

/// The product with `B` blocks of columns.
#[target_feature(enable = "avx512f,avx512vnni")]
fn blocks_512<const R: usize, const B: usize>(
    left: Rows,
    right: &[Pairs],
    depth: usize,
    out: &mut [f32],
    first: usize,
) {
    let blocks = check_product(left, right, depth, R, out.len());
    assert!(first + B <= blocks);
    let steps = depth / PAIR;
    let (from, of) = (left.numbers.as_ptr(), right[first * steps..].as_ptr());
    let mut sums = [[_mm512_setzero_si512(); B]; R];
    for step in 0..steps {
        // SAFETY: the checks above bound `B` blocks of `steps` pairs on the right, `R` rows of as many on the left.
        unsafe {
            let pairs: [__m512i; B] =
                std::array::from_fn(|block| _mm512_load_si512(of.add(block * steps + step).cast()));
            for (row, sums) in sums.iter_mut().enumerate() {
                let two = from.add(row * left.stride + PAIR * step).cast::<i32>();
                let two = _mm512_set1_epi32(two.read_unaligned());
                for (sum, pairs) in sums.iter_mut().zip(pairs) {
                    *sum = _mm512_dpwssd_epi32(*sum, two, pairs);
                }
            }
        }
    }
    for (row, sums) in sums.iter().enumerate() {
        let out = &mut out[(row * blocks + first) * LANES..][..B * LANES];
        for (sum, out) in sums.iter().zip(out.chunks_exact_mut(LANES)) {
            // SAFETY: the chunk has 16 numbers.
            unsafe { _mm512_storeu_ps(out.as_mut_ptr(), _mm512_cvtepi32_ps(*sum)) };
        }
    }
}

/// Goes over a tile in parts that fit into 16 registers: up to 4 rows of a half or a quarter of the columns.
macro_rules! in_parts {
    ($part:ident, $parts:literal, $rows:ident, $depth:ident, $panel:ident, $start:ident, $tile:ident) => {
        check_dot(R, $rows.len(), $depth, $panel.len());
        for first in (0..R).step_by(4) {
            let (rows, tile) = (&$rows[first * $depth..], &mut $tile[first..]);
            for place in 0..$parts {
                match R - first {
                    1 => $part::<1>(rows, $depth, $panel, $start, tile, place),
                    2 => $part::<2>(rows, $depth, $panel, $start, tile, place),
                    3 => $part::<3>(rows, $depth, $panel, $start, tile, place),
                    _ => $part::<4>(rows, $depth, $panel, $start, tile, place),
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
    in_parts!(half_with_vnni, 2, rows, depth, panel, start, tile);
}

#[target_feature(enable = "avx2")]
fn dot_256<const R: usize>(
    rows: &[u8],
    depth: usize,
    panel: &[Line],
    start: &[i32; COLUMNS],
    tile: &mut Tile,
) {
    in_parts!(quarter, 4, rows, depth, panel, start, tile);
}

/// Half of the columns of `R` rows.
#[target_feature(enable = "avx2,avxvnni")]
fn half_with_vnni<const R: usize>(
    rows: &[u8],
    depth: usize,
    panel: &[Line],
    start: &[i32; COLUMNS],
    tile: &mut [[i32; COLUMNS]],
    half: usize,
) {
    check_dot(R, rows.len(), depth, panel.len());
    assert!(half < 2);
    let (rows, panel) = (rows.as_ptr(), panel.as_ptr().cast::<i8>());
    // SAFETY: the checks above bound `depth / 4` groups of `R` rows and of the panel; half a tile has 24 columns.
    unsafe {
        let start = start.as_ptr().add(24 * half);
        let start: [__m256i; 3] =
            std::array::from_fn(|part| _mm256_loadu_si256(start.add(8 * part).cast()));
        let mut sums = [start; R];
        for group in 0..depth / GROUP {
            let weights = panel.add(192 * group + 96 * half);
            let weights: [__m256i; 3] =
                std::array::from_fn(|part| _mm256_load_si256(weights.add(32 * part).cast()));
            for (row, sums) in sums.iter_mut().enumerate() {
                let four = rows.add(row * depth + GROUP * group).cast::<i32>();
                let four = _mm256_set1_epi32(four.read_unaligned());
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    *sum = _mm256_dpbusd_avx_epi32(*sum, four, weights);
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

/// A quarter of the columns of `R` rows.
///
/// The products of bytes that AVX2 has add up pairs in 16 bits, where they could overflow, so bytes are widened first:
/// twice as fast as cutting them into parts that cannot overflow, on processors that multiply integers in one place only.
#[target_feature(enable = "avx2")]
fn quarter<const R: usize>(
    rows: &[u8],
    depth: usize,
    panel: &[Line],
    start: &[i32; COLUMNS],
    tile: &mut [[i32; COLUMNS]],
    quarter: usize,
) {
    check_dot(R, rows.len(), depth, panel.len());
    assert!(quarter < 4);
    let (rows, panel) = (rows.as_ptr(), panel.as_ptr().cast::<i8>());
    // Two sums for each column, of the even and of the odd pairs of inputs.
    let mut sums = [[_mm256_setzero_si256(); 3]; R];
    for group in 0..depth / GROUP {
        // SAFETY: the check above bounds `depth / 4` groups of `R` rows and of the panel; a quarter of a group's weights
        // are 48 bytes.
        unsafe {
            let weights = panel.add(192 * group + 48 * quarter);
            let weights: [__m256i; 3] = std::array::from_fn(|part| {
                _mm256_cvtepi8_epi16(_mm_load_si128(weights.add(16 * part).cast()))
            });
            for (row, sums) in sums.iter_mut().enumerate() {
                let four = rows.add(row * depth + GROUP * group).cast::<i32>();
                let four = _mm256_cvtepu8_epi16(_mm_set1_epi32(four.read_unaligned()));
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(four, weights));
                }
            }
        }
    }
    let places = 12 * quarter..12 * (quarter + 1);
    for (sums, tile) in sums.iter().zip(tile) {
        store_joined(sums, &start[places.clone()], &mut tile[places.clone()]);
    }
}

/// Adds up neighbours among 24 sums, and to them where they start; stores the 12.
#[target_feature(enable = "avx2")]
#[inline]
fn store_joined(sums: &[__m256i; 3], start: &[i32], out: &mut [i32]) {
    assert!(start.len() == 12 && out.len() == 12);
    // Adding neighbours interleaves the halves of two vectors.
    let join = |a, b| _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_hadd_epi32(a, b));
    let eight = join(sums[0], sums[1]);
    let four = _mm256_castsi256_si128(join(sums[2], sums[2]));
    let (start, out) = (start.as_ptr(), out.as_mut_ptr());
    // SAFETY: both slices have 12 numbers, as checked above.
    unsafe {
        _mm256_storeu_si256(out.cast(), _mm256_add_epi32(eight, _mm256_loadu_si256(start.cast())));
        let (start, out) = (start.add(8), out.add(8));
        _mm_storeu_si128(out.cast(), _mm_add_epi32(four, _mm_loadu_si128(start.cast())));
    }
}

/// The product by an instruction, or two, that adds products of pairs to sums.
macro_rules! product_256 {
    ($product:ident, $features:literal, $add:expr) => {
        #[target_feature(enable = $features)]
        fn $product<const R: usize>(left: Rows, right: &[Pairs], depth: usize, out: &mut [f32]) {
            let blocks = check_product(left, right, depth, R, out.len());
            let from = left.numbers.as_ptr();
            for (number, block) in right.chunks_exact(depth / PAIR).enumerate() {
                let mut sums = [[_mm256_setzero_si256(); 2]; R];
                for (step, pairs) in block.iter().enumerate() {
                    // SAFETY: the check above bounds `R` rows of `depth` numbers on the left; 16 pairs are 64 bytes.
                    unsafe {
                        let pairs = std::ptr::from_ref(pairs).cast::<__m256i>();
                        let pairs = [_mm256_load_si256(pairs), _mm256_load_si256(pairs.add(1))];
                        for (row, sums) in sums.iter_mut().enumerate() {
                            let two = from.add(row * left.stride + PAIR * step).cast::<i32>();
                            let two = _mm256_set1_epi32(two.read_unaligned());
                            for (sum, pairs) in sums.iter_mut().zip(pairs) {
                                *sum = $add(*sum, two, pairs);
                            }
                        }
                    }
                }
                for (row, sums) in sums.iter().enumerate() {
                    let out = &mut out[(row * blocks + number) * LANES..][..LANES];
                    for (sum, out) in sums.iter().zip(out.chunks_exact_mut(8)) {
                        // SAFETY: the chunk has 8 numbers.
                        unsafe { _mm256_storeu_ps(out.as_mut_ptr(), _mm256_cvtepi32_ps(*sum)) };
                    }
                }
            }
        }
    };
}

product_256!(product_256_vnni, "avx2,avxvnni", _mm256_dpwssd_avx_epi32);
product_256!(product_256, "avx2", |sum, two, pairs| {
    _mm256_add_epi32(sum, _mm256_madd_epi16(two, pairs))
});
