//! Sixteen floats at a time, on each kind of processor.
//!
//! Loops over single floats would be left to the compiler's taste: it gathers and scatters where it should load.

#![allow(
    unsafe_code,
    reason = "instructions of a kind of processor are called where a value proves it to be there"
)]

use super::kernels::{LANES, Portable};

/// Added to a number below 2^22 it leaves the nearest whole number in the lowest bits.
pub(super) const TO_INTEGER: f32 = 12_582_912.0;

/// Vectors of sixteen floats.
pub(super) trait Vectors: Copy {
    /// Sixteen floats.
    type Vector: Copy;

    /// The same number sixteen times.
    fn splat(self, number: f32) -> Self::Vector;
    fn load(self, numbers: &[f32; LANES]) -> Self::Vector;
    fn store(self, vector: Self::Vector, numbers: &mut [f32; LANES]);
    /// Whole numbers as floats.
    fn integers(self, integers: &[i32; LANES]) -> Self::Vector;
    /// Signed bytes as floats.
    fn signed_bytes(self, bytes: &[u8; LANES]) -> Self::Vector;
    /// Numbers from 0 to 255 as the nearest bytes.
    fn bytes(self, vector: Self::Vector, bytes: &mut [u8; LANES]);
    /// Numbers below 2^15, after [`TO_INTEGER`] was added to them, as the nearest whole ones.
    fn words(self, vector: Self::Vector, words: &mut [i16; LANES]);
    fn add(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    fn subtract(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    fn multiply(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// `a * b + c`.
    fn multiply_add(self, a: Self::Vector, b: Self::Vector, c: Self::Vector) -> Self::Vector;
    /// The larger numbers; `b` where one is none.
    fn larger(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// The smaller numbers; `b` where one is none.
    fn smaller(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// `a * 2^n`, where the lowest bits of `whole` hold n as after adding [`TO_INTEGER`].
    fn times_power(self, a: Self::Vector, whole: Self::Vector) -> Self::Vector;

    /// The sum of all sixteen.
    #[inline(always)]
    fn sum(self, vector: Self::Vector) -> f32 {
        let mut lanes = [0.0; LANES];
        self.store(vector, &mut lanes);
        for half in [8, 4, 2, 1] {
            for lane in 0..half {
                lanes[lane] += lanes[lane + half];
            }
        }
        lanes[0]
    }

    /// The largest of all sixteen.
    #[inline(always)]
    fn largest(self, vector: Self::Vector) -> f32 {
        let mut lanes = [0.0; LANES];
        self.store(vector, &mut lanes);
        lanes.into_iter().fold(f32::NEG_INFINITY, f32::max)
    }
}

impl Vectors for Portable {
    type Vector = [f32; LANES];

    fn splat(self, number: f32) -> Self::Vector {
        [number; LANES]
    }

    fn load(self, numbers: &[f32; LANES]) -> Self::Vector {
        *numbers
    }

    fn store(self, vector: Self::Vector, numbers: &mut [f32; LANES]) {
        *numbers = vector;
    }

    fn integers(self, integers: &[i32; LANES]) -> Self::Vector {
        integers.map(|integer| integer as f32)
    }

    fn signed_bytes(self, bytes: &[u8; LANES]) -> Self::Vector {
        bytes.map(|byte| f32::from(byte.cast_signed()))
    }

    fn bytes(self, vector: Self::Vector, bytes: &mut [u8; LANES]) {
        *bytes = vector.map(|number| (number + TO_INTEGER).to_bits() as u8);
    }

    fn words(self, vector: Self::Vector, words: &mut [i16; LANES]) {
        *words = vector.map(|number| number.to_bits() as i16);
    }

    fn add(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        std::array::from_fn(|lane| a[lane] + b[lane])
    }

    fn subtract(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        std::array::from_fn(|lane| a[lane] - b[lane])
    }

    fn multiply(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        std::array::from_fn(|lane| a[lane] * b[lane])
    }

    fn multiply_add(self, a: Self::Vector, b: Self::Vector, c: Self::Vector) -> Self::Vector {
        std::array::from_fn(|lane| a[lane] * b[lane] + c[lane])
    }

    fn larger(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        std::array::from_fn(|lane| if a[lane] > b[lane] { a[lane] } else { b[lane] })
    }

    fn smaller(self, a: Self::Vector, b: Self::Vector) -> Self::Vector {
        std::array::from_fn(|lane| if a[lane] < b[lane] { a[lane] } else { b[lane] })
    }

    fn times_power(self, a: Self::Vector, whole: Self::Vector) -> Self::Vector {
        std::array::from_fn(|lane| {
            f32::from_bits(a[lane].to_bits().wrapping_add(whole[lane].to_bits() << 23))
        })
    }
}

/// Processors of the x86 family.
#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use super::super::kernels::{Avx2, Avx512, AvxVnni};
    use super::*;

    /// Methods that are instructions.
    macro_rules! instructions {
        ($($method:ident($($argument:ident: $kind:ty),*) -> $result:ty = $value:expr;)*) => {
            $(
                #[inline(always)]
                fn $method(self, $($argument: $kind),*) -> $result {
                    // SAFETY: `self` proves that the processor has these instructions; arrays are of the length that
                    // is loaded or stored.
                    unsafe { $value }
                }
            )*
        };
    }

    impl Vectors for Avx512 {
        type Vector = __m512;

        instructions! {
            splat(number: f32) -> __m512 = _mm512_set1_ps(number);
            load(numbers: &[f32; LANES]) -> __m512 = _mm512_loadu_ps(numbers.as_ptr());
            store(vector: __m512, numbers: &mut [f32; LANES]) -> () =
                _mm512_storeu_ps(numbers.as_mut_ptr(), vector);
            integers(integers: &[i32; LANES]) -> __m512 =
                _mm512_cvtepi32_ps(_mm512_loadu_si512(integers.as_ptr().cast()));
            signed_bytes(bytes: &[u8; LANES]) -> __m512 =
                _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128(bytes.as_ptr().cast())));
            bytes(vector: __m512, bytes: &mut [u8; LANES]) -> () = _mm_storeu_si128(
                bytes.as_mut_ptr().cast(),
                _mm512_cvtepi32_epi8(_mm512_cvtps_epi32(vector)),
            );
            words(vector: __m512, words: &mut [i16; LANES]) -> () = _mm256_storeu_si256(
                words.as_mut_ptr().cast(),
                _mm512_cvtepi32_epi16(_mm512_castps_si512(vector)),
            );
            add(a: __m512, b: __m512) -> __m512 = _mm512_add_ps(a, b);
            subtract(a: __m512, b: __m512) -> __m512 = _mm512_sub_ps(a, b);
            multiply(a: __m512, b: __m512) -> __m512 = _mm512_mul_ps(a, b);
            multiply_add(a: __m512, b: __m512, c: __m512) -> __m512 = _mm512_fmadd_ps(a, b, c);
            larger(a: __m512, b: __m512) -> __m512 = _mm512_max_ps(a, b);
            smaller(a: __m512, b: __m512) -> __m512 = _mm512_min_ps(a, b);
            times_power(a: __m512, whole: __m512) -> __m512 = _mm512_castsi512_ps(
                _mm512_add_epi32(
                    _mm512_castps_si512(a),
                    _mm512_slli_epi32(_mm512_castps_si512(whole), 23),
                ),
            );
            sum(vector: __m512) -> f32 = _mm512_reduce_add_ps(vector);
            largest(vector: __m512) -> f32 = _mm512_reduce_max_ps(vector);
        }
    }

    /// Both halves of sixteen.
    type Pair = [__m256; 2];

    /// Does something with the halves of vectors.
    macro_rules! halves {
        ($operation:ident($($vector:ident),*)) => {
            [$operation($($vector[0]),*), $operation($($vector[1]),*)]
        };
    }

    /// Vectors as two of 256 bits.
    macro_rules! pairs {
        ($kind:ident) => {
            impl Vectors for $kind {
                type Vector = Pair;

                instructions! {
                    splat(number: f32) -> Pair = [_mm256_set1_ps(number); 2];
                    load(numbers: &[f32; LANES]) -> Pair =
                        [0, 8].map(|half| _mm256_loadu_ps(numbers.as_ptr().add(half)));
                    store(vector: Pair, numbers: &mut [f32; LANES]) -> () = {
                        _mm256_storeu_ps(numbers.as_mut_ptr(), vector[0]);
                        _mm256_storeu_ps(numbers.as_mut_ptr().add(8), vector[1]);
                    };
                    integers(integers: &[i32; LANES]) -> Pair = [0, 8].map(|half| {
                        _mm256_cvtepi32_ps(_mm256_loadu_si256(integers.as_ptr().add(half).cast()))
                    });
                    signed_bytes(bytes: &[u8; LANES]) -> Pair = [0, 8].map(|half| {
                        let eight = _mm_loadl_epi64(bytes.as_ptr().add(half).cast());
                        _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(eight))
                    });
                    bytes(vector: Pair, bytes: &mut [u8; LANES]) -> () = {
                        let [low, high] = halves!(_mm256_cvtps_epi32(vector));
                        // Packing goes by halves of 128 bits, so the quarters are put in order after it.
                        let words = _mm256_permute4x64_epi64(_mm256_packs_epi32(low, high), 0xd8);
                        let packed = _mm_packus_epi16(
                            _mm256_castsi256_si128(words),
                            _mm256_extracti128_si256(words, 1),
                        );
                        _mm_storeu_si128(bytes.as_mut_ptr().cast(), packed);
                    };
                    words(vector: Pair, words: &mut [i16; LANES]) -> () = {
                        // The bits of the number added, taken off, leave whole numbers of 32 bits.
                        let added = _mm256_set1_epi32(TO_INTEGER.to_bits().cast_signed());
                        let whole = |half| _mm256_sub_epi32(_mm256_castps_si256(half), added);
                        let packed = _mm256_packs_epi32(whole(vector[0]), whole(vector[1]));
                        let ordered = _mm256_permute4x64_epi64(packed, 0xd8);
                        _mm256_storeu_si256(words.as_mut_ptr().cast(), ordered);
                    };
                    add(a: Pair, b: Pair) -> Pair = halves!(_mm256_add_ps(a, b));
                    subtract(a: Pair, b: Pair) -> Pair = halves!(_mm256_sub_ps(a, b));
                    multiply(a: Pair, b: Pair) -> Pair = halves!(_mm256_mul_ps(a, b));
                    multiply_add(a: Pair, b: Pair, c: Pair) -> Pair =
                        halves!(_mm256_fmadd_ps(a, b, c));
                    larger(a: Pair, b: Pair) -> Pair = halves!(_mm256_max_ps(a, b));
                    smaller(a: Pair, b: Pair) -> Pair = halves!(_mm256_min_ps(a, b));
                    times_power(a: Pair, whole: Pair) -> Pair = {
                        let power = |whole| _mm256_slli_epi32(_mm256_castps_si256(whole), 23);
                        let times = |a, whole| {
                            let sum = _mm256_add_epi32(_mm256_castps_si256(a), power(whole));
                            _mm256_castsi256_ps(sum)
                        };
                        [times(a[0], whole[0]), times(a[1], whole[1])]
                    };
                }
            }
        };
    }

    pairs!(Avx2);
    pairs!(AvxVnni);
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "x86_64")]
    use super::super::kernels::{Avx2, Avx512, AvxVnni};
    use super::*;

    fn check(processor: impl Vectors, name: &str) {
        let store = |vector| {
            let mut numbers = [0.0; LANES];
            processor.store(vector, &mut numbers);
            numbers
        };
        let a: [f32; LANES] = std::array::from_fn(|lane| lane as f32 * 1.5 - 7.0);
        let b: [f32; LANES] = std::array::from_fn(|lane| 5.0 - lane as f32);
        let (va, vb) = (processor.load(&a), processor.load(&b));
        let each = |of: fn(f32, f32) -> f32| std::array::from_fn(|lane| of(a[lane], b[lane]));
        assert_eq!(store(processor.add(va, vb)), each(|a, b| a + b), "{name}");
        assert_eq!(store(processor.subtract(va, vb)), each(|a, b| a - b), "{name}");
        assert_eq!(store(processor.multiply(va, vb)), each(|a, b| a * b), "{name}");
        assert_eq!(store(processor.larger(va, vb)), each(f32::max), "{name}");
        assert_eq!(store(processor.smaller(va, vb)), each(f32::min), "{name}");
        let two = processor.splat(2.0);
        assert_eq!(store(processor.multiply_add(va, vb, two)), each(|a, b| a * b + 2.0), "{name}");
        assert_eq!((processor.sum(va), processor.largest(vb)), (a.iter().sum(), 5.0), "{name}");
        let integers: [i32; LANES] = std::array::from_fn(|lane| lane as i32 * 70_000 - 500_000);
        assert_eq!(store(processor.integers(&integers)), integers.map(|n| n as f32), "{name}");
        let bytes: [u8; LANES] = std::array::from_fn(|lane| (lane * 17) as u8);
        let signed = bytes.map(|byte| f32::from(byte.cast_signed()));
        assert_eq!(store(processor.signed_bytes(&bytes)), signed, "{name}");
        let numbers: [f32; LANES] = std::array::from_fn(|lane| lane as f32 * 17.0);
        let mut rounded = [0; LANES];
        let near = processor.add(processor.load(&numbers), processor.splat(-0.4));
        processor.bytes(processor.larger(near, processor.splat(0.0)), &mut rounded);
        assert_eq!(rounded, numbers.map(|number| number as u8), "{name}");
        let numbers: [f32; LANES] = std::array::from_fn(|lane| lane as f32 * 4300.29 - 32_000.0);
        let mut words = [0; LANES];
        let near = processor.add(processor.load(&numbers), processor.splat(TO_INTEGER));
        processor.words(near, &mut words);
        assert_eq!(words, numbers.map(|number| number.round() as i16), "{name}");
        let whole = processor.add(processor.splat(-3.0), processor.splat(TO_INTEGER));
        assert_eq!(store(processor.times_power(va, whole))[0], -7.0 / 8.0, "{name}");
        let nan = processor.splat(f32::NAN);
        assert_eq!(store(processor.larger(nan, two)), [2.0; LANES], "{name}");
        assert_eq!(store(processor.smaller(nan, two)), [2.0; LANES], "{name}");
    }

    #[test]
    fn every_processor_has_the_same_vectors() {
        check(Portable, "portable");
        #[cfg(target_arch = "x86_64")]
        {
            Avx2::detect().into_iter().for_each(|processor| check(processor, "AVX2"));
            AvxVnni::detect().into_iter().for_each(|processor| check(processor, "AVX-VNNI"));
            Avx512::detect().into_iter().for_each(|processor| check(processor, "AVX-512"));
        }
    }
}
