//! Runs of a program: how long each took, and the most memory it had.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Time between two looks at a running program.
const LOOKS: Duration = Duration::from_millis(1);

/// One run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    pub(crate) seconds: f64,
    /// Peak memory in MiB, where the system tells it of other processes.
    pub(crate) memory: Option<f64>,
}

/// Runs a program to its end; its output is thrown away.
pub(crate) fn run(command: &mut Command) -> Run {
    let start = Instant::now();
    let silent = command.stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null());
    let mut child = silent.spawn().expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut memory: Option<f64> = None;
    loop {
        // The last look before the end tells: the peak only grows.
        memory = peak(&status).or(memory);
        match child.try_wait().expect("the program can be waited for") {
            None => std::thread::sleep(LOOKS),
            Some(ended) => {
                assert!(ended.success(), "{command:?}: {ended}");
                return Run { seconds: start.elapsed().as_secs_f64(), memory };
            }
        }
    }
}

/// The fastest of several runs, with the most memory that any of them took.
pub(crate) fn best(runs: impl Iterator<Item = Run>) -> Run {
    let larger = |a: Option<f64>, b: Option<f64>| a.into_iter().chain(b).reduce(f64::max);
    let join = |a: Run, b: Run| Run {
        seconds: a.seconds.min(b.seconds),
        memory: larger(a.memory, b.memory),
    };
    runs.reduce(join).expect("there is a run")
}

fn peak(status: &str) -> Option<f64> {
    let status = std::fs::read_to_string(status).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}
