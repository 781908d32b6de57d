//! The exact search beside an approximate index on the same vectors: what the index takes to build, how much it finds, and
//! from how many queries on it has paid for itself.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use ndarray::Array2;
use parallax::embed::Neighbours;

use crate::python::{install, target_folder};
use crate::{DIM, NEAREST, vectors};

/// Numbers of vectors.
const SIZES: [usize; 3] = [20_000, 100_000, 400_000];
const QUERIES: usize = 1000;
/// Candidates that a search keeps.
const EXPANSIONS: [&str; 4] = ["16", "64", "256", "1024"];
const PACKAGES: [&str; 2] = ["usearch==2.26.6", "numpy==2.4.6"];

/// Prints a table; says so if the peer cannot be installed.
pub(crate) fn compare(threads: usize) {
    let folder = target_folder().join("usearch-peer");
    let python = match install(&folder, &PACKAGES) {
        Ok(python) => python,
        Err(reason) => return println!("search: no usearch to compare with: {reason}"),
    };
    println!(
        "{:>8} {:<14} {:>9} {:>12} {:>8} {:>14}",
        "vectors", "search", "build s", "queries/s", "recall", "pays from"
    );
    for count in SIZES {
        let (all, queries) = (vectors(0, count), vectors(count as u64 - 1, QUERIES));
        let mut collection = Neighbours::new(DIM, count);
        let start = Instant::now();
        all.rows().into_iter().for_each(|row| collection.push(row));
        let built = start.elapsed().as_secs_f64();
        let search = || {
            let start = Instant::now();
            let found = collection.nearest(queries.view(), NEAREST, threads);
            (start.elapsed().as_secs_f64(), found)
        };
        let (seconds, found) =
            (0..3).map(|_| search()).min_by(|a, b| a.0.total_cmp(&b.0)).expect("runs");
        let rate = QUERIES as f64 / seconds;
        println!("{count:>8} {:<14} {built:>9.2} {rate:>12.1} {:>8} {:>14}", "exact int8", "", "");
        let exact: Vec<HashSet<u64>> = found
            .iter()
            .map(|found| found.iter().map(|found| found.index as u64).collect())
            .collect();
        let peer = Peer { folder: &folder, python: &python, threads };
        peer.table(count, &all, &queries, &exact, built, seconds);
    }
}

struct Peer<'p> {
    folder: &'p Path,
    python: &'p Path,
    threads: usize,
}

impl Peer<'_> {
    fn table(
        &self,
        count: usize,
        all: &Array2<f32>,
        queries: &Array2<f32>,
        exact: &[HashSet<u64>],
        exact_built: f64,
        exact_seconds: f64,
    ) {
        let file = |name: &str| self.folder.join(name);
        write(&file("vectors"), all);
        write(&file("queries"), queries);
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let output = Command::new(self.python)
            .arg(root.join("benches/peers/usearch_search.py"))
            .args([file("vectors"), file("queries")])
            .args([DIM, self.threads, NEAREST].map(|number| number.to_string()))
            .arg(file("found"))
            .args(EXPANSIONS)
            .output()
            .expect("the peer starts");
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut times = told.lines().filter_map(|line| line.parse::<f64>().ok());
        let Some(built) = times.next() else {
            return println!("search: {}", String::from_utf8_lossy(&output.stderr));
        };
        for (expansion, seconds) in EXPANSIONS.iter().zip(times) {
            let found = fs::read(file(&format!("found.{expansion}"))).expect("the peer writes");
            let recall = recall(&found, exact);
            let saved = (exact_seconds - seconds) / QUERIES as f64;
            let pays = match saved > 0.0 {
                true => format!("{:.0}", (built - exact_built).max(0.0) / saved),
                false => "never".to_owned(),
            };
            let (name, rate) = (format!("usearch {expansion}"), QUERIES as f64 / seconds);
            println!("{count:>8} {name:<14} {built:>9.2} {rate:>12.1} {recall:>8.3} {pays:>14}");
        }
        for name in ["vectors", "queries"] {
            // What cannot be removed is overwritten by the next run.
            let _ = fs::remove_file(file(name));
        }
    }
}

fn write(path: &PathBuf, vectors: &Array2<f32>) {
    let bytes: Vec<u8> = vectors.iter().flat_map(|number| number.to_le_bytes()).collect();
    fs::write(path, bytes).expect("the target folder can be written");
}

/// The share of the exact neighbours that were found.
fn recall(found: &[u8], exact: &[HashSet<u64>]) -> f64 {
    let (numbers, _) = found.as_chunks();
    let numbers: Vec<u64> = numbers.iter().map(|&bytes| u64::from_le_bytes(bytes)).collect();
    let of_query = numbers.chunks(NEAREST).zip(exact);
    let hits: usize =
        of_query.map(|(found, exact)| found.iter().filter(|n| exact.contains(n)).count()).sum();
    hits as f64 / exact.iter().map(HashSet::len).sum::<usize>() as f64
}
