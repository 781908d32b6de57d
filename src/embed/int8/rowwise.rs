//! What is done to one row of numbers: to bytes, normalisation, softmax, GELU.

use super::kernels::{LANES, Processor};
use super::vectors::TO_INTEGER;
use super::weights::{Norm, Step};

/// GELU(x) = x Φ(x). Beyond this Φ counts as 0 or 1.
const GELU_REACH: f32 = 4.25;
/// (Φ(x) - 1/2) / x as a polynomial in 2 (x / reach)² - 1, the highest power last; fitted for GELU's largest error, 6e-5.
const GELU: [f32; 9] = [
    0.165_934_89,
    -0.080_777_55,
    0.055_733_066,
    -0.039_165_247,
    0.025_322_651,
    -0.014_616_4,
    0.009_229_372,
    -0.006_027_689_7,
    0.002_012_329_6,
];

/// 2^x for x in [-1/2, 1/2] as a polynomial, the highest power last; fitted for the largest relative error, 8e-5, which is below
/// what shares are rounded to.
const POWER: [f32; 4] = [0.999_928_07, 0.693_261, 0.242_611_12, 0.055_171_67];

/// The largest share of a token. More would leave too few bits for the values in sums of 32.
pub(super) const WHOLE: usize = 4096;

/// Sixteen of these, from some place on, leave the first scores as they are and take the others out when they are added.
const BEYOND: [f32; 2 * LANES] = {
    let mut numbers = [0.0; 2 * LANES];
    let mut place = LANES;
    while place < 2 * LANES {
        numbers[place] = f32::NEG_INFINITY;
        place += 1;
    }
    numbers
};

/// A polynomial with the highest power last.
#[inline(always)]
fn polynomial<P: Processor>(p: P, x: P::Vector, factors: &[f32]) -> P::Vector {
    let (highest, others) = factors.split_last().unwrap_or((&0.0, &[]));
    let mut value = p.splat(*highest);
    for &factor in others.iter().rev() {
        value = p.multiply_add(value, x, p.splat(factor));
    }
    value
}

/// The numbers of a row as bytes.
#[inline(always)]
pub(super) fn quantise<P: Processor>(p: P, numbers: &[f32], step: &Step, bytes: &mut [u8]) {
    let (numbers, _) = numbers.as_chunks::<LANES>();
    let (factors, _) = step.factors.as_chunks::<LANES>();
    let (bytes, _) = bytes.as_chunks_mut::<LANES>();
    for ((numbers, factors), bytes) in numbers.iter().zip(factors).zip(bytes) {
        to_bytes(p, p.load(numbers), factors, step.zero, bytes);
    }
}

/// Sixteen numbers as bytes.
#[inline(always)]
pub(super) fn to_bytes<P: Processor>(
    p: P,
    numbers: P::Vector,
    factors: &[f32; LANES],
    zero: u8,
    bytes: &mut [u8; LANES],
) {
    let scaled = p.multiply_add(numbers, p.load(factors), p.splat(f32::from(zero)));
    p.bytes(p.smaller(p.larger(scaled, p.splat(0.0)), p.splat(255.0)), bytes);
}

/// Brings a row to the mean and spread that the norm asks for.
#[inline(always)]
pub(super) fn normalise<P: Processor>(p: P, row: &mut [f32], norm: &Norm, epsilon: f32) {
    let count = row.len() as f32;
    let (row, _) = row.as_chunks_mut::<LANES>();
    let mut total = p.splat(0.0);
    for numbers in row.iter() {
        total = p.add(total, p.load(numbers));
    }
    let mean = p.splat(p.sum(total) / count);
    let mut squares = p.splat(0.0);
    for numbers in row.iter() {
        let distance = p.subtract(p.load(numbers), mean);
        squares = p.multiply_add(distance, distance, squares);
    }
    let factor = p.splat(1.0 / (p.sum(squares) / count + epsilon).sqrt());
    let (scales, _) = norm.scale.as_chunks::<LANES>();
    let (shifts, _) = norm.shift.as_chunks::<LANES>();
    for ((numbers, scales), shifts) in row.iter_mut().zip(scales).zip(shifts) {
        let number = p.multiply(p.subtract(p.load(numbers), mean), factor);
        p.store(p.multiply_add(number, p.load(scales), p.load(shifts)), numbers);
    }
}

/// x Φ(x), Φ being the share of the normal distribution below x.
#[inline(always)]
pub(super) fn gelu<P: Processor>(p: P, x: P::Vector) -> P::Vector {
    let near = p.smaller(p.larger(x, p.splat(-GELU_REACH)), p.splat(GELU_REACH));
    let factor = p.splat(2.0 / (GELU_REACH * GELU_REACH));
    let place = p.multiply_add(p.multiply(near, near), factor, p.splat(-1.0));
    let share = p.multiply_add(near, polynomial(p, place, &GELU), p.splat(0.5));
    p.multiply(x, p.smaller(p.larger(share, p.splat(0.0)), p.splat(1.0)))
}

/// The largest distance from 0 among some places of all rows.
#[inline(always)]
pub(super) fn reach<P: Processor>(
    p: P,
    rows: &[f32],
    stride: usize,
    places: std::ops::Range<usize>,
) -> f32 {
    let (mut most, mut least) = (p.splat(0.0), p.splat(0.0));
    for row in rows.chunks_exact(stride) {
        // Each row on its own first: what is carried from row to row makes the next one wait.
        let (mut high, mut low) = (p.splat(0.0), p.splat(0.0));
        for numbers in row[places.clone()].as_chunks().0 {
            let numbers = p.load(numbers);
            (high, low) = (p.larger(numbers, high), p.smaller(numbers, low));
        }
        (most, least) = (p.larger(high, most), p.smaller(low, least));
    }
    p.largest(p.larger(most, p.subtract(p.splat(0.0), least)))
}

/// A row times a factor as whole numbers, the nearest ones.
#[inline(always)]
pub(super) fn to_words<P: Processor>(p: P, row: &[f32], factor: f32, words: &mut [i16]) {
    let (numbers, _) = row.as_chunks::<LANES>();
    let (words, _) = words.as_chunks_mut::<LANES>();
    for (numbers, words) in numbers.iter().zip(words) {
        p.words(p.multiply_add(p.load(numbers), p.splat(factor), p.splat(TO_INTEGER)), words);
    }
}

/// 2^x for x from -125 up; 2^-125 below.
#[inline(always)]
fn power_of_two<P: Processor>(p: P, x: P::Vector) -> P::Vector {
    let x = p.larger(x, p.splat(-125.0));
    let whole = p.add(x, p.splat(TO_INTEGER));
    let rest = p.subtract(x, p.subtract(whole, p.splat(TO_INTEGER)));
    p.times_power(polynomial(p, rest, &POWER), whole)
}

/// Makes shares of the first `count` scores: powers of two, the largest score's being [`WHOLE`], as whole numbers; all others
/// have none. Gives the sum.
#[inline(always)]
pub(super) fn powers<P: Processor>(
    p: P,
    scores: &mut [f32],
    count: usize,
    unit: f32,
    shares: &mut [i16],
) -> f32 {
    let (scores, _) = scores.as_chunks_mut::<LANES>();
    // A vector at once: loading what was just stored number by number would wait for all of them.
    if let Some(last) = scores.last_mut()
        && let Some(beyond) = BEYOND[(LANES - count % LANES) % LANES..].first_chunk()
    {
        p.store(p.add(p.load(last), p.load(beyond)), last);
    }
    let mut most = p.splat(f32::NEG_INFINITY);
    for numbers in scores.iter() {
        most = p.larger(p.load(numbers), most);
    }
    let (most, unit) = (p.splat(p.largest(most)), p.splat(unit));
    let whole = p.splat((WHOLE as f32).log2());
    let (shares, _) = shares.as_chunks_mut::<LANES>();
    let mut total = p.splat(0.0);
    for (numbers, shares) in scores.iter().zip(shares) {
        let below = p.subtract(p.load(numbers), most);
        let power = power_of_two(p, p.multiply_add(below, unit, whole));
        let share = p.add(power, p.splat(TO_INTEGER));
        p.words(share, shares);
        total = p.add(total, p.subtract(share, p.splat(TO_INTEGER)));
    }
    p.sum(total)
}

#[cfg(test)]
mod tests {
    use super::super::kernels::Portable;
    use super::*;

    #[test]
    fn powers_of_two_are_right() {
        for step in 0..=125_000 {
            let x = -(step as f32) / 1000.0;
            let (found, expected) = (power_of_two(Portable, [x; LANES])[3], x.exp2());
            assert!((found / expected - 1.0).abs() < 1e-4, "2^{x}: {found}, not {expected}");
        }
    }

    #[test]
    fn gelu_is_close_everywhere() {
        // Φ by its own sum: the area below the bell, in small steps.
        let (mut share, step) = (0.5_f64, 1e-4_f64);
        for number in 0..100_000 {
            let x = f64::from(number) * step;
            for (x, share) in [(x, share), (-x, 1.0 - share)] {
                let found = f64::from(gelu(Portable, [x as f32; LANES])[5]);
                assert!((found - x * share).abs() < 1.2e-4, "{x}: {found}, not {}", x * share);
            }
            let middle = x + step / 2.0;
            share += step * (-middle * middle / 2.0).exp() / std::f64::consts::TAU.sqrt();
        }
    }

    #[test]
    fn numbers_become_bytes_rounded_and_cut_off() {
        let step = Step { factors: vec![0.5; 16], zero: 7 };
        let mut numbers = [0.0; 16];
        numbers[..7].copy_from_slice(&[0.0, 4.8, 5.2, -5.2, -200.0, 1e30, f32::NAN]);
        let mut bytes = [0; 16];
        quantise(Portable, &numbers, &step, &mut bytes);
        assert_eq!(bytes[..8], [7, 9, 10, 4, 0, 255, 0, 7]);
    }

    #[test]
    fn shares_add_up_and_ignore_the_rest() {
        let mut scores = [10.0; 32];
        scores[3] = 30.0;
        scores[4] = -2000.0;
        scores[20] = 99.0;
        let mut shares = [7; 32];
        let total = powers(Portable, &mut scores, 20, 0.1, &mut shares);
        let whole = WHOLE as i16;
        assert_eq!((shares[3], shares[0], shares[4]), (whole, whole / 4, 0));
        assert!(shares[20..].iter().all(|&share| share == 0));
        assert_eq!(total, WHOLE as f32 * (1.0 + 18.0 / 4.0));
    }

    #[test]
    fn rows_become_whole_numbers_by_their_reach() {
        let mut rows = [0.5; 96];
        (rows[1], rows[47], rows[48], rows[95]) = (-3.0, 9.0, 2.0, -9.0);
        assert_eq!(reach(Portable, &rows, 48, 0..32), 3.0);
        assert_eq!(reach(Portable, &rows, 48, 32..48), 9.0);
        let mut words = [1; 48];
        to_words(Portable, &rows[..48], 1000.0 / 3.0, &mut words);
        assert_eq!((words[0], words[1], words[47]), (167, -1000, 3000));
    }

    #[test]
    fn a_normalised_row_has_the_mean_and_spread_of_its_norm() {
        let mut row: Vec<f32> = (0..64).map(|number| ((number * 37) % 64) as f32).collect();
        let norm = Norm { scale: vec![2.0; 64], shift: vec![5.0; 64] };
        normalise(Portable, &mut row, &norm, 1e-12);
        let mean = row.iter().sum::<f32>() / 64.0;
        let spread = row.iter().map(|number| (number - mean).powi(2)).sum::<f32>() / 64.0;
        assert!((mean - 5.0).abs() < 1e-5 && (spread - 4.0).abs() < 1e-4, "{mean} {spread}");
    }
}
