//! Numbers that look random and are the same in every run, for the benches.

/// A small random generator (xorshift64*, Vigna 2016): the same numbers on every machine.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// Sixty-four random bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number from 0 to 1.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// The items that are kept, each with this probability.
    pub(crate) fn keep<T: Copy>(&mut self, items: &[T], share: f64) -> Vec<T> {
        items.iter().copied().filter(|_| self.share() < share).collect()
    }

    /// Puts the items into another order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = (self.next() % (last as u64 + 1)) as usize;
            items.swap(last, other);
        }
    }
}
