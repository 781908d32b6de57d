//! Speed and memory of the search for nearest neighbours among many vectors, how often integers find what floats find, and
//! whether an approximate index would pay.
//!
//! `cargo bench --bench search -- [VECTORS]`; without a number 2 million are made up, around centres as sentences on the same
//! subjects are. The approximate peer is installed into a virtual environment under the target folder; without Python or a
//! network the bench says so and measures the exact search alone.

#![allow(clippy::expect_used, clippy::print_stdout)] // a bench talks, and stops where it cannot measure

#[path = "search/approximate.rs"]
mod approximate;
#[path = "measure/memory.rs"]
mod memory;
#[path = "measure/python.rs"]
mod python;

use std::time::Instant;

use ndarray::Array2;
use parallax::embed::Neighbours;

const DIM: usize = 384;
const VECTORS: usize = 2_000_000;
/// Vectors around one centre, and how far they are from it.
const GROUP: u64 = 40;
const SPREAD: f32 = 0.6;
const BATCHES: [usize; 3] = [1, 8, 1000];
const NEAREST: usize = 4;
/// Vectors that are searched with floats too.
const COMPARED: usize = 100_000;

/// Numbers without a pattern, the same in every run.
struct Dice(u64);

impl Dice {
    /// From -1 to 1.
    fn roll(&mut self) -> f32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / (1 << 23) as f32 - 1.0
    }
}

/// The vector of that number: its centre and something of its own, of norm 1.
fn vector(number: u64, out: &mut [f32]) {
    let mut centre = Dice((number / GROUP + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut own = Dice((number + 1).wrapping_mul(0xd1b5_4a32_d192_ed03));
    for number in out.iter_mut() {
        *number = centre.roll() + SPREAD * own.roll();
    }
    let norm = out.iter().map(|number| number * number).sum::<f32>().sqrt();
    out.iter_mut().for_each(|number| *number /= norm);
}

fn vectors(first: u64, count: usize) -> Array2<f32> {
    let mut vectors = Array2::zeros((count, DIM));
    for (row, mut out) in vectors.rows_mut().into_iter().enumerate() {
        vector(first + row as u64, out.as_slice_mut().expect("rows are contiguous"));
    }
    vectors
}

fn main() {
    let count =
        std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(VECTORS);
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get());
    let mut collection = Neighbours::new(DIM, count);
    let start = Instant::now();
    for first in (0..count).step_by(10_000) {
        let part = vectors(first as u64, (count - first).min(10_000));
        part.rows().into_iter().for_each(|row| collection.push(row));
    }
    println!("{count} vectors made and added in {:.1} s", start.elapsed().as_secs_f64());
    // Queries are vectors of the same kind that are not in the collection: of one centre each, hidden behind its last number.
    let queries = vectors(count as u64 - 1, 1000);
    for batch in BATCHES {
        let queries = queries.slice(ndarray::s![..batch, ..]);
        for threads in [1, threads] {
            let search = || {
                let start = Instant::now();
                collection.nearest(queries, NEAREST, threads);
                start.elapsed().as_secs_f64()
            };
            let best = (0..3).map(|_| search()).fold(f64::INFINITY, f64::min);
            let rate = batch as f64 / best;
            println!("{batch:>5} queries, {threads} threads: {best:>8.3} s, {rate:>8.1} queries/s");
        }
    }
    if let Some(memory) = memory::peak_memory() {
        println!("peak memory {memory:.0} MiB");
    }
    drop(collection);
    compare(count.min(COMPARED));
    approximate::compare(threads);
}

/// How often the nearest and the four nearest by integers are those by floats.
fn compare(count: usize) {
    let all = vectors(0, count);
    let mut collection = Neighbours::new(DIM, count);
    all.rows().into_iter().for_each(|row| collection.push(row));
    let queries = vectors(7, 500);
    let found = collection.nearest(queries.view(), NEAREST + 1, 2);
    let (mut same, mut total) = (0, 0);
    for (row, neighbours) in queries.rows().into_iter().zip(&found) {
        let cosines = all.dot(&row);
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by(|&a, &b| cosines[b].total_cmp(&cosines[a]));
        same += neighbours.iter().filter(|found| order[..=NEAREST].contains(&found.index)).count();
        total += neighbours.len();
    }
    println!(
        "of the {} nearest by floats among {count}, integers find {:.2} %",
        NEAREST + 1,
        100.0 * same as f64 / total as f64
    );
}
