//! How long grouping into events and stories takes, and the memory it needs at most.
//!
//! `cargo bench --bench events` groups made-up documents: 2000, 10 000 and 20 000, or as many as arguments say,
//! e.g. `-- 100000`. Nothing passes or fails here.

// A bench talks to whoever runs it, and stops where something it needs is broken.
#![allow(clippy::expect_used, clippy::print_stdout)]

#[path = "measure/memory.rs"]
mod memory;
#[path = "quality/random.rs"]
#[allow(dead_code)]
mod random;

use std::time::Instant;

use jiff::ToSpan;
use jiff::civil::date;
use memory::peak_memory;
use ndarray::Array1;
use parallax::align::events::{Grouping, Sketch};
use random::Random;

/// Length of a vector, as that of the default model.
const DIM: usize = 384;
/// Reports on one happening.
const REPORTS: usize = 8;
/// Days over which the reports are spread.
const DAYS: i32 = 365;
/// Documents added at once.
const PORTION: usize = 1000;

/// A number from -1 to 1.
fn value(random: &mut Random) -> f32 {
    2.0 * random.share() as f32 - 1.0
}

/// A report on a happening, some days after it.
fn report(happening: u64, number: u64) -> Sketch {
    let mut matter = Random(happening * 0x9E37_79B9 + 7);
    let mut own = Random((happening * 1000 + number) * 0x51ED_2701 + 3);
    let mut topic =
        Array1::from_shape_fn(DIM, |_| 1.5 * value(&mut matter) + value(&mut own) + 0.7);
    topic /= topic.dot(&topic).sqrt();
    let day = (matter.next() % DAYS as u64 + own.next() % 3) as i64;
    let published = date(2020, 1, 1).checked_add(day.days()).expect("a date of this century");
    Sketch::of_parts(topic, Some(published))
}

fn main() {
    let mut sizes: Vec<usize> =
        std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![2000, 10_000, 20_000];
    }
    for size in sizes {
        let happenings = (size / REPORTS).max(1);
        let mut seconds = 0.0;
        let mut grouping = Grouping::default();
        for first in (0..size).step_by(PORTION) {
            let numbers = first..(first + PORTION).min(size);
            let portion: Vec<Sketch> = numbers
                .map(|number| report((number % happenings) as u64, (number / happenings) as u64))
                .collect();
            let start = Instant::now();
            grouping.add(portion);
            seconds += start.elapsed().as_secs_f64();
        }
        let start = Instant::now();
        let (events, stories) = grouping.groups();
        let last = start.elapsed().as_secs_f64();
        let memory = peak_memory().map_or(String::new(), |mb| format!(", peak memory {mb:.0} MB"));
        println!(
            "{size} documents: events {seconds:.2} s, stories {last:.2} s, {:.3} ms a document{memory} \
             ({} events, {} stories)",
            1000.0 * (seconds + last) / size as f64,
            events.len(),
            stories.len(),
        );
    }
}
