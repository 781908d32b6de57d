//! The nearest of many vectors, found with integer products.

use ndarray::{ArrayView1, ArrayView2};

use super::Kind;
use super::kernels::{COLUMNS, GROUP, LANES, LINES, Line, Processor, ROWS, Task};

/// The byte that stands for 0 in a query.
const ZERO: u8 = 128;
/// The largest number of a vector becomes this.
const REACH: f32 = 127.0;

/// A collection of vectors as 8-bit integers, each with a scale of its own: 2 million of 384 numbers take 0.8 GB.
///
/// Every vector is compared with every query, so nothing is missed; the cosines are off by some thousandths.
pub struct Neighbours {
    dim: usize,
    count: usize,
    /// Panels of 48 vectors, as the products want them.
    lines: Vec<Line>,
    starts: Vec<[i32; COLUMNS]>,
    scales: Vec<[f32; COLUMNS]>,
}

/// A vector of the collection that is near to a query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// Its number, in the order in which vectors were added.
    pub index: usize,
    /// Its product with the query: the cosine, where both are of norm 1.
    pub cosine: f32,
}

impl Neighbours {
    /// An empty collection for vectors of `dim` numbers, with room for `capacity` of them.
    pub fn new(dim: usize, capacity: usize) -> Self {
        let panels = capacity.div_ceil(COLUMNS);
        Self {
            dim,
            count: 0,
            lines: Vec::with_capacity(panels * Self::lines_of(dim)),
            starts: Vec::with_capacity(panels),
            scales: Vec::with_capacity(panels),
        }
    }

    fn lines_of(dim: usize) -> usize {
        dim.div_ceil(GROUP) * LINES
    }

    /// How many vectors there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Adds a vector; numbers beyond the collection's dimension are left out, missing and non-finite ones count as 0.
    pub fn push(&mut self, vector: ArrayView1<f32>) {
        let column = self.count % COLUMNS;
        if column == 0 {
            self.lines.resize(self.lines.len() + Self::lines_of(self.dim), Line([0; 64]));
            self.starts.push([0; COLUMNS]);
            self.scales.push([0.0; COLUMNS]);
        }
        let panel = self.starts.len() - 1;
        let lines = &mut self.lines[panel * Self::lines_of(self.dim)..];
        let scale = scale(vector);
        let mut sum = 0;
        for (place, &number) in vector.iter().take(self.dim).enumerate() {
            let byte = integer(number, scale) as i8;
            let line = &mut lines[place / GROUP * LINES + column / LANES];
            line.0[column % LANES * GROUP + place % GROUP] = byte;
            sum += i32::from(byte);
        }
        self.starts[panel][column] = -i32::from(ZERO) * sum;
        self.scales[panel][column] = scale;
        self.count += 1;
    }

    /// The `count` nearest of each query, a row of `queries` each, the nearest first; of equally near ones the one added
    /// first.
    pub fn nearest(
        &self,
        queries: ArrayView2<f32>,
        count: usize,
        threads: usize,
    ) -> Vec<Vec<Neighbour>> {
        let (bytes, scales) = self.queries(queries);
        let share = self.starts.len().div_ceil(threads.max(1)).max(1);
        let (bytes, scales) = (bytes.as_slice(), scales.as_slice());
        let kind = Kind::best();
        let parts: Vec<Vec<Best>> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..self.starts.len())
                .step_by(share)
                .map(|first| {
                    let panels = first..(first + share).min(self.starts.len());
                    let search = Search { collection: self, panels, bytes, scales, count };
                    scope.spawn(move || kind.run(search))
                })
                .collect();
            workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
        });
        let mut best: Vec<Best> = scales.iter().map(|_| Best::new(count)).collect();
        for part in parts {
            for (best, part) in best.iter_mut().zip(part) {
                part.found.into_iter().for_each(|neighbour| best.offer(neighbour));
            }
        }
        best.into_iter().map(|best| best.found).collect()
    }

    /// Queries as bytes, and what each is to be multiplied with.
    fn queries(&self, queries: ArrayView2<f32>) -> (Vec<u8>, Vec<f32>) {
        let depth = self.dim.next_multiple_of(GROUP);
        let mut bytes = vec![ZERO; queries.nrows() * depth];
        let mut scales = Vec::with_capacity(queries.nrows());
        for (query, bytes) in queries.rows().into_iter().zip(bytes.chunks_exact_mut(depth.max(1))) {
            let scale = scale(query);
            for (byte, &number) in bytes.iter_mut().zip(query) {
                *byte = ZERO.wrapping_add_signed(integer(number, scale) as i8);
            }
            scales.push(scale);
        }
        (bytes, scales)
    }
}

/// What the integers of a vector are multiplied with.
fn scale(vector: ArrayView1<f32>) -> f32 {
    let finite = vector.iter().filter(|number| number.is_finite());
    finite.fold(0.0_f32, |most, number| most.max(number.abs())) / REACH
}

fn integer(number: f32, scale: f32) -> i32 {
    if scale > 0.0 && number.is_finite() { (number / scale).round() as i32 } else { 0 }
}

/// The nearest so far.
struct Best {
    wanted: usize,
    /// The nearest first.
    found: Vec<Neighbour>,
}

impl Best {
    fn new(wanted: usize) -> Self {
        Self { wanted, found: Vec::with_capacity(wanted.min(1024) + 1) }
    }

    /// What a neighbour has to exceed.
    #[inline(always)]
    fn limit(&self) -> f32 {
        match self.found.last() {
            Some(last) if self.found.len() >= self.wanted => last.cosine,
            _ => f32::NEG_INFINITY,
        }
    }

    fn offer(&mut self, neighbour: Neighbour) {
        if neighbour.cosine > self.limit() && self.wanted > 0 {
            let place = self.found.partition_point(|known| known.cosine >= neighbour.cosine);
            self.found.insert(place, neighbour);
            self.found.truncate(self.wanted);
        }
    }
}

/// The search of some panels for all queries.
struct Search<'a> {
    collection: &'a Neighbours,
    panels: std::ops::Range<usize>,
    bytes: &'a [u8],
    scales: &'a [f32],
    count: usize,
}

impl Task for Search<'_> {
    type Output = Vec<Best>;

    #[inline(always)]
    fn run<P: Processor>(self, processor: P) -> Self::Output {
        let mut best: Vec<Best> = self.scales.iter().map(|_| Best::new(self.count)).collect();
        let depth = self.collection.dim.next_multiple_of(GROUP);
        if depth == 0 {
            return best;
        }
        let lines_of_panel = Neighbours::lines_of(self.collection.dim);
        for panel in self.panels {
            let lines = &self.collection.lines[panel * lines_of_panel..][..lines_of_panel];
            let start = &self.collection.starts[panel];
            let (scales, _) = self.collection.scales[panel].as_chunks::<LANES>();
            let first = panel * COLUMNS;
            let width = (self.collection.count - first).min(COLUMNS);
            let blocks = self.bytes.chunks(ROWS * depth).zip(self.scales.chunks(ROWS));
            for ((rows, row_scales), best) in blocks.zip(best.chunks_mut(ROWS)) {
                let mut tile = [[0; COLUMNS]; ROWS];
                processor.dot(rows, depth, lines, start, &mut tile);
                for ((sums, &row_scale), best) in tile.iter().zip(row_scales).zip(best) {
                    let (sums, _) = sums.as_chunks::<LANES>();
                    let row_scale = processor.splat(row_scale);
                    for (part, (sums, scales)) in sums.iter().zip(scales).enumerate() {
                        let scales = processor.multiply(processor.load(scales), row_scale);
                        let cosines = processor.multiply(processor.integers(sums), scales);
                        if processor.largest(cosines) <= best.limit() {
                            continue;
                        }
                        let mut numbers = [0.0; LANES];
                        processor.store(cosines, &mut numbers);
                        for (lane, &cosine) in numbers.iter().enumerate() {
                            let column = part * LANES + lane;
                            if column < width {
                                best.offer(Neighbour { index: first + column, cosine });
                            }
                        }
                    }
                }
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array2, array};

    use super::*;

    /// Vectors of norm 1 without a pattern, the same in every run.
    fn vectors(count: usize, dim: usize, seed: u64) -> Array2<f32> {
        let mut state = seed;
        let mut vectors = Array2::from_shape_simple_fn((count, dim), || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 40) as f32 / (1 << 24) as f32 - 0.5
        });
        for mut row in vectors.rows_mut() {
            let norm = row.dot(&row).sqrt();
            row /= norm;
        }
        vectors
    }

    fn collection(vectors: &Array2<f32>) -> Neighbours {
        let mut collection = Neighbours::new(vectors.ncols(), vectors.nrows());
        vectors.rows().into_iter().for_each(|row| collection.push(row));
        collection
    }

    #[test]
    fn the_nearest_are_found_whatever_the_number_of_threads() {
        for (count, dim) in [(1, 384), (47, 16), (48, 384), (1000, 30), (2500, 384)] {
            let (all, queries) = (vectors(count, dim, 3), vectors(19, dim, 4));
            let collection = collection(&all);
            let expected = queries.dot(&all.t());
            let found = collection.nearest(queries.view(), 5, 1);
            assert_eq!(found, collection.nearest(queries.view(), 5, 3));
            for (neighbours, cosines) in found.iter().zip(expected.rows()) {
                let mut best = cosines.to_vec();
                best.sort_by(|a, b| b.total_cmp(a));
                assert_eq!(neighbours.len(), count.min(5));
                for (neighbour, best) in neighbours.iter().zip(best) {
                    let off = (neighbour.cosine - cosines[neighbour.index]).abs();
                    assert!(off < 0.01 && cosines[neighbour.index] > best - 0.01, "{count} {dim}");
                }
            }
        }
    }

    #[test]
    fn a_vector_is_nearest_to_itself_and_the_first_of_equals_wins() {
        let all = vectors(300, 384, 5);
        let mut collection = collection(&all);
        all.rows().into_iter().for_each(|row| collection.push(row));
        let found = collection.nearest(all.view(), 2, 2);
        for (index, neighbours) in found.iter().enumerate() {
            let indices: Vec<usize> = neighbours.iter().map(|found| found.index).collect();
            assert_eq!(indices, [index, index + 300]);
            assert!((neighbours[0].cosine - 1.0).abs() < 0.01);
        }
    }

    #[test]
    fn odd_vectors_are_no_trouble() {
        let mut collection = Neighbours::new(3, 0);
        assert!(collection.nearest(array![[1.0, 0.0, 0.0]].view(), 3, 2)[0].is_empty());
        collection.push(array![0.0, 0.0, 0.0].view());
        collection.push(array![f32::NAN, 1.0, f32::INFINITY].view());
        collection.push(array![0.0, 2.0].view());
        let found = collection.nearest(array![[0.0, 1.0, 0.0]].view(), 9, 1);
        let indices: Vec<usize> = found[0].iter().map(|found| found.index).collect();
        assert_eq!((indices, collection.len()), (vec![2, 1, 0], 3));
        assert!(collection.nearest(Array2::zeros((2, 3)).view(), 0, 1).iter().all(Vec::is_empty));
    }
}
