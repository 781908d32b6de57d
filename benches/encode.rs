//! Speed of encoding with each engine, against onnxruntime's own int8 dynamic quantisation of the same weights.
//!
//! `cargo bench --bench encode` encodes short sentences, news sentences and paragraphs on one thread and on all cores, all
//! candidates in turn, several times, and prints sentences per second of each one's best round (other programs only ever make
//! a round slower) and the ratio to the peer. Then the time for one short sentence, and for opening the model. The peer is
//! installed into a virtual environment under the target directory on the first run; without Python or a network the bench
//! says so and measures this library alone.

#![allow(clippy::expect_used, clippy::print_stdout)] // a bench talks, and stops where it cannot measure

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};
use std::time::Instant;

use parallax::embed::engine::ENGINES;
use parallax::embed::manifest::Manifest;
use parallax::embed::{EmbedOptions, Embedder};

/// Turns of each candidate.
const ROUNDS: usize = 7;
/// Runs on one sentence, and openings of the model.
const SINGLE_RUNS: usize = 200;
const OPENINGS: usize = 10;
/// Lines of the development data that are taken.
const LINES_TAKEN: usize = 300;
/// Padded tokens per batch that the peer may choose from; it gets the fastest.
const BUDGETS: [usize; 5] = [256, 512, 1024, 2048, 4096];
/// The model's files as they were before quantisation; development data that need not be there.
const SOURCE: &str = "../shared/model";
const LINES: &str = "../shared/data/ntrex/en.txt";
const MODEL: &str = "models/multilingual-e5-small-europe";

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Ok(text) = fs::read_to_string(root.join(LINES)) else {
        println!("encode: skipped, there is no {LINES}");
        return ExitCode::SUCCESS;
    };
    let lines: Vec<&str> = text.lines().take(LINES_TAKEN).collect();
    let peer = match PeerFiles::prepare(root) {
        Ok(peer) => Some(peer),
        Err(reason) => {
            println!("encode: no onnxruntime to compare with: {reason}");
            None
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, |count| count.get());
    let short = |line: &&str| line.split(' ').take(6).collect::<Vec<_>>().join(" ");
    let workloads = [
        ("short sentences", lines.iter().map(short).collect()),
        ("news sentences", lines.iter().map(|line| (*line).to_owned()).collect()),
        ("paragraphs", lines.chunks(6).map(|lines| lines.join(" ")).collect::<Vec<_>>()),
    ];
    println!("{:<16} {:>7} {:<14} {:>12} {:>8}", "texts", "threads", "engine", "texts/s", "ratio");
    for (name, texts) in &workloads {
        for threads in [1, cores] {
            let rates = rates(root, peer.as_ref(), texts, threads);
            let theirs = rates.iter().find(|(engine, _)| engine == PEER).map(|(_, rate)| *rate);
            for (engine, rate) in rates {
                let ratio = theirs.map_or(String::new(), |theirs| format!("{:.2}", rate / theirs));
                println!("{name:<16} {threads:>7} {engine:<14} {rate:>12.1} {ratio:>8}");
            }
        }
    }
    println!();
    for engine in suiting(root) {
        let embedder = open(root, engine, 1);
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
            open(root, engine, cores);
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

fn open(root: &Path, engine: &str, threads: usize) -> Embedder {
    let engine = Some(engine.to_owned());
    let options = EmbedOptions { threads: Some(threads), engine, cache: None, cache_bytes: None };
    let embedder = Embedder::open(&root.join(MODEL), &options).expect("the model opens");
    embedder.load().expect("the model loads");
    embedder
}

fn best_and_median(mut values: Vec<f64>) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    (values[0], values[values.len() / 2])
}

/// The best rate of each candidate, in texts a second.
fn rates(
    root: &Path,
    peer: Option<&PeerFiles>,
    texts: &[String],
    threads: usize,
) -> Vec<(String, f64)> {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let engines: Vec<_> =
        suiting(root).into_iter().map(|engine| (engine, open(root, engine, threads))).collect();
    let mut peer = peer.map(|files| files.start(&texts, threads));
    let budget = peer.as_mut().map(fastest_budget);
    let mut best = vec![f64::INFINITY; engines.len() + usize::from(peer.is_some())];
    for _ in 0..ROUNDS {
        for ((_, embedder), best) in engines.iter().zip(&mut best) {
            let start = Instant::now();
            embedder.embed(&texts).expect("the engine runs");
            *best = best.min(start.elapsed().as_secs_f64());
        }
        if let (Some(peer), Some(budget), Some(best)) = (&mut peer, budget, best.last_mut()) {
            *best = best.min(peer.encode(budget));
        }
    }
    let names = engines.iter().map(|(engine, _)| *engine).chain([PEER]);
    names.zip(best).map(|(name, best)| (name.to_owned(), texts.len() as f64 / best)).collect()
}

fn fastest_budget(peer: &mut Peer) -> usize {
    peer.encode(BUDGETS[0]);
    let timed = BUDGETS.map(|budget| (budget, peer.encode(budget)));
    timed.iter().min_by(|a, b| a.1.total_cmp(&b.1)).expect("there are budgets").0
}

/// The peer's name in the table.
const PEER: &str = "onnxruntime";

/// What the peer needs on disk.
struct PeerFiles {
    root: PathBuf,
    folder: PathBuf,
    python: PathBuf,
    model: PathBuf,
    prefix: String,
}

impl PeerFiles {
    fn prepare(root: &Path) -> Result<Self, String> {
        let folder = target_folder().join("onnxruntime-peer");
        let python = install(root, &folder)?;
        let model = quantise(root, &folder, &python)?;
        let manifest = Manifest::read(&root.join(MODEL)).map_err(|error| error.to_string())?;
        Ok(Self { root: root.to_owned(), folder, python, model, prefix: manifest.prefix })
    }

    fn start(&self, texts: &[&str], threads: usize) -> Peer {
        let lines = self.folder.join("lines.txt");
        fs::write(&lines, texts.join("\n")).expect("the target folder can be written");
        let mut process = Command::new(&self.python)
            .arg(self.root.join("benches/peers/onnxruntime_encode.py"))
            .arg("serve")
            .args([&self.model, &self.root.join(MODEL).join("tokenizer.json"), &lines])
            .args([threads.to_string(), self.prefix.clone()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the peer starts");
        let requests = process.stdin.take().expect("a pipe");
        let mut answers = BufReader::new(process.stdout.take().expect("a pipe"));
        let mut greeting = String::new();
        answers.read_line(&mut greeting).expect("the peer answers");
        assert_eq!(greeting.trim(), "ready");
        Peer { process, requests, answers }
    }
}

/// onnxruntime in a Python process that encodes on request.
struct Peer {
    process: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Peer {
    /// Seconds for all lines.
    fn encode(&mut self, budget: usize) -> f64 {
        writeln!(self.requests, "{budget}").expect("the peer listens");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("the peer answers");
        answer.trim().parse().expect("the peer answers with seconds")
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // A peer that has already ended is what is wanted.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn target_folder() -> PathBuf {
    let executable = std::env::current_exe().expect("the bench runs from a file");
    executable.ancestors().nth(3).expect("target/release/deps/bench").to_owned()
}

/// A virtual environment with the pinned packages of the model builder.
fn install(root: &Path, folder: &Path) -> Result<PathBuf, String> {
    let python = folder.join("venv/bin/python");
    if folder.join("installed").is_file() {
        return Ok(python);
    }
    println!("encode: installing onnxruntime into {}", folder.display());
    run(Command::new("python3").args(["-m", "venv"]).arg(folder.join("venv")))?;
    let requirements = root.join("models/requirements.txt");
    run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "-r"]).arg(requirements))?;
    fs::write(folder.join("installed"), "").map_err(|error| error.to_string())?;
    Ok(python)
}

/// The float32 graph, quantised by onnxruntime.
fn quantise(root: &Path, folder: &Path, python: &Path) -> Result<PathBuf, String> {
    let (float, integer) = (folder.join("float.onnx"), folder.join("dynamic-int8.onnx"));
    if !integer.is_file() {
        let build = root.join("models/build.py");
        run(Command::new(python).arg(build).arg("--float").arg(&float).arg(root.join(SOURCE)))?;
        let script = root.join("benches/peers/onnxruntime_encode.py");
        run(Command::new(python).arg(script).arg("prepare").args([&float, &integer]))?;
    }
    Ok(integer)
}

fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?}: {status}")) }
}
