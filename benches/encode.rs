//! Speed of encoding with each engine, in turns with other programs on the same weights or the same model.
//!
//! `cargo bench --bench encode` encodes short sentences, news sentences and paragraphs on one thread and on all cores, all
//! candidates in turn, several times, and prints texts a second of each one's best round (other programs only ever make a
//! round slower) and the ratio to onnxruntime's 8-bit quantisation. Then the time for one short sentence, and for opening the
//! model. The peers are installed into virtual environments under the target folder on the first run; without Python or a
//! network the bench says so and measures this library alone. `-- NAME` measures the workload of that beginning alone.

#![allow(clippy::expect_used, clippy::print_stdout)] // a bench talks, and stops where it cannot measure

#[path = "encode/peers.rs"]
mod peers;
#[path = "measure/python.rs"]
mod python;

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use parallax::embed::engine::ENGINES;
use parallax::embed::manifest::Manifest;
use parallax::embed::{EmbedOptions, Embedder};

use peers::{REFERENCE, Ready, Running};

/// Turns of each candidate.
const ROUNDS: usize = 7;
/// Runs on one sentence, and openings of the model.
const SINGLE_RUNS: usize = 200;
const OPENINGS: usize = 10;
/// Lines of the development data that are taken.
const LINES_TAKEN: usize = 300;
/// The model's files as they were before quantisation; development data that need not be there.
const SOURCE: &str = "../shared/model";
/// The engine that runs them, where it is built.
const FLOATS: &str = "rust-bert";
const LINES: &str = "../shared/data/ntrex/en.txt";
const MODEL: &str = "models/multilingual-e5-small-europe";

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Ok(text) = fs::read_to_string(root.join(LINES)) else {
        println!("encode: skipped, there is no {LINES}");
        return ExitCode::SUCCESS;
    };
    let lines: Vec<&str> = text.lines().take(LINES_TAKEN).collect();
    let peers = peers::prepare(root);
    let cores = std::thread::available_parallelism().map_or(1, |count| count.get());
    let short = |line: &&str| line.split(' ').take(6).collect::<Vec<_>>().join(" ");
    let workloads = [
        ("short sentences", lines.iter().map(short).collect()),
        ("news sentences", lines.iter().map(|line| (*line).to_owned()).collect()),
        ("paragraphs", lines.chunks(6).map(|lines| lines.join(" ")).collect::<Vec<_>>()),
    ];
    println!("{:<16} {:>7} {:<21} {:>12} {:>8}", "texts", "threads", "engine", "texts/s", "ratio");
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let wanted = |name: &str| only.as_deref().is_none_or(|only| name.starts_with(only));
    for (name, texts) in workloads.iter().filter(|(name, _)| wanted(name)) {
        for threads in [1, cores] {
            let rates = rates(root, &peers, texts, threads);
            let theirs = rates.iter().find(|(name, _)| *name == REFERENCE).map(|(_, rate)| *rate);
            for (engine, rate) in rates {
                let ratio = theirs.map_or(String::new(), |theirs| format!("{:.2}", rate / theirs));
                println!("{name:<16} {threads:>7} {engine:<21} {rate:>12.1} {ratio:>8}");
            }
        }
    }
    println!();
    for engine in suiting(root) {
        let embedder = open(&root.join(MODEL), engine, 1);
        let sentence = [workloads[0].1[0].as_str()];
        let single = || {
            let start = Instant::now();
            embedder.embed(&sentence).expect("the engine runs");
            start.elapsed().as_secs_f64() * 1000.0
        };
        single();
        let (best, median) = best_and_median((0..SINGLE_RUNS).map(|_| single()).collect());
        println!("{engine:<14} one short sentence  best {best:>7.2} ms  median {median:>7.2} ms");
        let opening = || {
            let start = Instant::now();
            open(&root.join(MODEL), engine, cores);
            start.elapsed().as_secs_f64() * 1000.0
        };
        let (best, median) = best_and_median((0..OPENINGS).map(|_| opening()).collect());
        println!("{engine:<14} opening the model   best {best:>7.0} ms  median {median:>7.0} ms");
    }
    ExitCode::SUCCESS
}

/// Names of the engines that run the model.
fn suiting(root: &Path) -> Vec<&'static str> {
    let directory = root.join(MODEL);
    let manifest = Manifest::read(&directory).expect("the model has a manifest");
    let suiting = ENGINES.iter().filter(|kind| (kind.suits)(&directory, &manifest));
    suiting.map(|kind| kind.name).collect()
}

fn open(directory: &Path, engine: &str, threads: usize) -> Embedder {
    let engine = Some(engine.to_owned());
    let options = EmbedOptions { threads: Some(threads), engine, cache: None, cache_bytes: None };
    let embedder = Embedder::open(directory, &options).expect("the model opens");
    embedder.load().expect("the model loads");
    embedder
}

fn best_and_median(mut values: Vec<f64>) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    (values[0], values[values.len() / 2])
}

/// One of those that encode in turns.
enum Candidate {
    Engine(Box<Embedder>, Vec<String>),
    Peer(Running),
}

impl Candidate {
    /// Seconds for all texts.
    fn encode(&mut self) -> f64 {
        match self {
            Self::Engine(embedder, texts) => {
                let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
                let start = Instant::now();
                embedder.embed(&texts).expect("the engine runs");
                start.elapsed().as_secs_f64()
            }
            Self::Peer(peer) => peer.encode(),
        }
    }
}

/// The best rate of each candidate, in texts a second.
fn rates(root: &Path, peers: &[Ready], texts: &[String], threads: usize) -> Vec<(String, f64)> {
    let mut candidates = Vec::new();
    for engine in suiting(root) {
        let embedder = open(&root.join(MODEL), engine, threads);
        candidates.push((engine.to_owned(), Candidate::Engine(Box::new(embedder), texts.to_vec())));
    }
    let floats = root.join(SOURCE);
    if ENGINES.iter().any(|kind| kind.name == FLOATS) && floats.is_dir() {
        // These files do not say what the model wants before each text.
        let prefix = peers::prefix(root);
        let texts = texts.iter().map(|text| format!("{prefix}{text}")).collect();
        let embedder = open(&floats, FLOATS, threads);
        candidates.push((FLOATS.to_owned(), Candidate::Engine(Box::new(embedder), texts)));
    }
    for peer in peers {
        let running = peer.start(root, texts, threads);
        candidates.push((peer.name().to_owned(), Candidate::Peer(running)));
    }
    let mut best = vec![f64::INFINITY; candidates.len()];
    for _ in 0..ROUNDS {
        for ((_, candidate), best) in candidates.iter_mut().zip(&mut best) {
            *best = best.min(candidate.encode());
        }
    }
    let names = candidates.into_iter().map(|(name, _)| name);
    names.zip(best).map(|(name, best)| (name, texts.len() as f64 / best)).collect()
}
