//! How fast `check` goes through a table, against the encoder alone on the same sentences, and what memory it takes.
//!
//! `cargo bench --bench check`. A table of pairs from `ntrex` and `flores` is read, checked, scored and written as JSON
//! lines, in turns with the encoder alone on the same sentences, so that a slow hour of the machine slows both; printed are sentences per
//! second of both and their ratio, by the clock and by the time of the processors, and then the peak memory after a short table and
//! after a long one, which should be the same. Without the development data it says so and ends well.

// A bench talks to whoever runs it, and stops where something it needs is broken.
#![allow(clippy::expect_used, clippy::print_stdout)]

#[path = "measure/memory.rs"]
mod memory;
#[path = "measure/processor.rs"]
mod processor;

use std::io::{self, Cursor};
use std::path::Path;
use std::time::Instant;

use parallax::embed::{EmbedOptions, Embedder};
use parallax::jobs::Silent;
use parallax::jobs::check::{CheckOptions, Outcome, Reader, check, known_checks};
use parallax::report::translation::{CheckedOptions, FORMATS, Head, Summary};
use parallax::report::{Layout, Tool};
use parallax::translation::checks::Settings;
use parallax::translation::read::{Languages, open};

/// Pairs of the long table, and of the short one.
const LONG: usize = 10_000;
const SHORT: usize = 1_000;
/// Turns of the encoder alone and of checking.
const ROUNDS: usize = 4;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sets = ["ntrex/", "flores/dev."];
    let read = |code: &str| -> Option<Vec<String>> {
        let mut lines = Vec::new();
        for set in sets {
            let path = root.join(format!("../shared/data/{set}{code}.txt"));
            lines.extend(std::fs::read_to_string(path).ok()?.lines().map(str::to_owned));
        }
        Some(lines)
    };
    let (Some(sources), Some(targets)) = (read("en"), read("lt")) else {
        println!("check: skipped, there is no development data");
        return;
    };
    let model = root.join("models/multilingual-e5-small-europe");
    let embedder = Embedder::open(&model, &EmbedOptions::default()).expect("the model opens");
    let texts: Vec<&str> = sources.iter().chain(&targets).map(String::as_str).collect();
    in_turns(&embedder, &texts, &table(&sources, &targets, sources.len()));
    for count in [SHORT, LONG] {
        let table = table(&sources, &targets, count);
        let speed = speed(|| 2 * run(&embedder, table));
        let memory =
            memory::peak_memory().map_or(String::new(), |peak| format!(", peak {peak:.0} MiB"));
        println!("check, {count:>6} pairs       {speed}{memory}");
    }
}

/// Prints how fast the encoder alone and checking go, turn by turn and the median of the turns' ratios.
fn in_turns(embedder: &Embedder, texts: &[&str], table: &[u8]) {
    let mut ratios: Vec<(f64, f64)> = Vec::new();
    for _ in 0..ROUNDS {
        let alone = speed(|| {
            embedder.embed(texts).expect("the engine runs");
            texts.len()
        });
        let checked = speed(|| 2 * run(embedder, table.to_vec()));
        println!("encoder alone             {alone}");
        println!("check                     {checked}");
        ratios.push((checked.clock / alone.clock, checked.processors / alone.processors));
    }
    let median = |of: fn(&(f64, f64)) -> f64| {
        let mut all: Vec<f64> = ratios.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        (all[(ROUNDS - 1) / 2] + all[ROUNDS / 2]) / 2.0
    };
    let (clock, processors) = (median(|ratio| ratio.0), median(|ratio| ratio.1));
    println!("ratio, median             {clock:>8.2}               {processors:>8.2}");
}

/// Sentences per second of the clock, and per second of one processor.
#[derive(Debug, Clone, Copy)]
struct Speed {
    clock: f64,
    processors: f64,
}

impl std::fmt::Display for Speed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { clock, processors } = self;
        write!(formatter, "{clock:>8.1} sentences/s, {processors:>8.1} per second of a processor")
    }
}

/// How fast some work gives sentences.
fn speed(work: impl FnOnce() -> usize) -> Speed {
    let (start, before) = (Instant::now(), processor::processor_seconds());
    let sentences = work() as f64;
    let clock = start.elapsed().as_secs_f64();
    let used = processor::processor_seconds().zip(before).map(|(after, before)| after - before);
    Speed { clock: sentences / clock, processors: sentences / used.unwrap_or(clock) }
}

/// A table of so many pairs, each with a number of its own.
fn table(sources: &[String], targets: &[String], count: usize) -> Vec<u8> {
    let mut table = "id\tsource\ttarget\n".to_owned();
    for id in 0..count {
        let line = id % sources.len();
        table.push_str(&format!("{id}\t{}\t{}\n", sources[line], targets[line]));
    }
    table.into_bytes()
}

/// Reads, checks and writes a table; the number of segments.
fn run(embedder: &Embedder, table: Vec<u8>) -> usize {
    let items = open("table.tsv", Box::new(Cursor::new(table)), Languages::default());
    let items = items.unwrap_or_else(|problem| unreachable!("{}", problem.message));
    let settings = Settings::of("news").expect("there is such a profile");
    let head = Head {
        tool: Tool::new(embedder),
        options: CheckedOptions { profile: settings.profile, min_severity: None },
        files: ["table.tsv".to_owned(), "table.tsv".to_owned()],
        checks: known_checks(),
    };
    let layout = Layout { width: 80, colour: false, all: false };
    let format = FORMATS.iter().find(|format| format.name == "jsonl").expect("a known format");
    let mut writer = (format.writer)(&layout);
    let mut summary = Summary::default();
    let mut take = |outcomes: Vec<Outcome>| -> parallax::Result<()> {
        for outcome in outcomes {
            if let Outcome::Checked(checked) = outcome {
                summary.add(&checked);
                writer.segment(&head, &checked, &mut io::sink()).expect("a sink takes all");
            }
        }
        Ok(())
    };
    let options = CheckOptions { settings, ..CheckOptions::default() };
    let reader = Reader::new(embedder);
    check(items, &options, &reader, &mut Silent, &mut take).expect("the engine runs");
    summary.segments
}
