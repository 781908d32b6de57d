//! How fast `check` goes through a table, against the encoder alone on the same sentences, and what memory it takes.
//!
//! `cargo bench --bench check`. A table of pairs from `ntrex` and `flores` is read, checked, scored and written as JSON
//! lines; printed are sentences per second of both and their ratio, by the clock and by the time of the processors, and the peak
//! memory after a short table and after a long one, which should be the same. Without the development data it says so and ends well.

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
/// Turns of the encoder alone.
const ROUNDS: usize = 3;

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
    let alone = encoder(&embedder, &texts);
    println!("encoder alone             {alone}");
    for count in [SHORT, LONG] {
        let table = table(&sources, &targets, count);
        let mut checked = 0;
        let speed = speed(|| {
            checked = run(&embedder, table);
            2 * checked
        });
        let memory =
            memory::peak_memory().map_or(String::new(), |peak| format!(", peak {peak:.0} MiB"));
        println!("check, {checked:>6} pairs       {speed}{memory}");
        let ratios = (speed.clock / alone.clock, speed.processors / alone.processors);
        println!("ratio                     {:>8.2}               {:>8.2}", ratios.0, ratios.1);
    }
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

/// The speed of the encoder alone, the median of some turns by the time of the processors.
fn encoder(embedder: &Embedder, texts: &[&str]) -> Speed {
    let turn = || {
        embedder.embed(texts).expect("the engine runs");
        texts.len()
    };
    let mut speeds: Vec<Speed> = (0..ROUNDS).map(|_| speed(turn)).collect();
    speeds.sort_by(|one, other| one.processors.total_cmp(&other.processors));
    speeds[ROUNDS / 2]
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
