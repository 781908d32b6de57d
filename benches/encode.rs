//! Speed of encoding, against onnxruntime's own int8 dynamic quantisation of the same weights on the same cores.
//!
//! `cargo bench --bench encode` encodes the English news lines of the development data with both, in turn, several times,
//! and prints sentences per second, the medians and their ratio. The peer is installed into a virtual environment under the
//! target directory on the first run; without Python or a network the bench says so and measures this library alone.

#![allow(clippy::expect_used, clippy::print_stdout)] // a bench talks, and stops where it cannot measure

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};
use std::time::Instant;

use parallax::embed::manifest::Manifest;
use parallax::embed::{EmbedOptions, Embedder};

/// Turns of each side.
const ROUNDS: usize = 5;
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
    let lines: Vec<&str> = text.lines().collect();
    let embedder =
        Embedder::open(&root.join(MODEL), &EmbedOptions::default()).expect("the model opens");
    embedder.embed(&lines[..1]).expect("the engine runs");
    let mut peer = match Peer::start(root, embedder.manifest()) {
        Ok(peer) => Some(peer),
        Err(reason) => {
            println!("encode: no onnxruntime to compare with: {reason}");
            None
        }
    };
    let budget = peer.as_mut().map(fastest_budget);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        let start = Instant::now();
        embedder.embed(&lines).expect("the engine runs");
        ours.push(lines.len() as f64 / start.elapsed().as_secs_f64());
        print!("round {round}: parallax {:.1} sentences/s", ours[round - 1]);
        if let (Some(peer), Some(budget)) = (&mut peer, budget) {
            theirs.push(lines.len() as f64 / peer.encode(budget));
            print!(", onnxruntime {:.1}", theirs[round - 1]);
        }
        println!();
    }
    report(&mut ours, &mut theirs);
    ExitCode::SUCCESS
}

fn report(ours: &mut [f64], theirs: &mut [f64]) {
    let ours = median(ours);
    println!("median: parallax {ours:.1} sentences/s");
    if !theirs.is_empty() {
        let theirs = median(theirs);
        println!("median: onnxruntime {theirs:.1} sentences/s");
        println!("ratio:  {:.2}", ours / theirs);
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn fastest_budget(peer: &mut Peer) -> usize {
    peer.encode(BUDGETS[0]);
    let timed = BUDGETS.map(|budget| (budget, peer.encode(budget)));
    let best = timed.iter().min_by(|a, b| a.1.total_cmp(&b.1)).expect("there are budgets");
    println!("onnxruntime is fastest with {} tokens a batch", best.0);
    best.0
}

/// onnxruntime in a Python process that encodes on request.
struct Peer {
    process: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Peer {
    fn start(root: &Path, manifest: &Manifest) -> Result<Self, String> {
        let folder = target_folder().join("onnxruntime-peer");
        let python = install(root, &folder)?;
        let model = quantise(root, &folder, &python)?;
        let threads = std::thread::available_parallelism().map_or(1, |count| count.get());
        let mut process = Command::new(python)
            .arg(root.join("benches/onnxruntime_encode.py"))
            .arg("serve")
            .args([&model, &root.join(MODEL).join("tokenizer.json"), &root.join(LINES)])
            .args([threads.to_string(), manifest.prefix.clone()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        let requests = process.stdin.take().ok_or("no pipe")?;
        let mut answers = BufReader::new(process.stdout.take().ok_or("no pipe")?);
        let mut greeting = String::new();
        answers.read_line(&mut greeting).map_err(|error| error.to_string())?;
        match greeting.trim() {
            "ready" => Ok(Self { process, requests, answers }),
            other => Err(format!("the Python side ended with {other:?}")),
        }
    }

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
        let script = root.join("benches/onnxruntime_encode.py");
        run(Command::new(python).arg(script).arg("prepare").args([&float, &integer]))?;
    }
    Ok(integer)
}

fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?}: {status}")) }
}
