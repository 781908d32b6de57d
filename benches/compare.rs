//! `parallax compare` from end to end, as its users run it: 2, 20 and 200 articles, with nothing in the cache and with all.
//!
//! `cargo bench --bench compare`. The articles are documents of NTREX in four languages, which are development data; without
//! them the sample articles are compared alone.

#![allow(clippy::expect_used, clippy::print_stdout)] // a bench talks, and stops where it cannot measure

#[path = "measure/program.rs"]
mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use program::{Run, best, run};

const NTREX: &str = "../shared/data/ntrex";
const LANGUAGES: [&str; 4] = ["de", "lt", "en", "ru"];
/// Articles of a run, and how often it is made.
const SIZES: [(usize, usize); 3] = [(2, 5), (20, 5), (200, 2)];
/// Runs of the program that compare nothing.
const STARTS: usize = 10;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    println!("{:<28} {:>10} {:>10} {:>10}", "", "best s", "articles/s", "MiB");
    let help = || run(parallax().arg("--help"));
    print("start of the program", 0, best((0..STARTS).map(|_| help())));
    let Some(articles) = articles(&root.join(NTREX)) else {
        println!("{NTREX} is not there: the sample articles alone");
        return measure(&samples(root), 3);
    };
    for (count, runs) in SIZES {
        measure(&articles[..count.min(articles.len())], runs);
    }
}

/// Articles by name and text: those of one document stand together, as the coverage of one event would.
type Articles = Vec<(String, String)>;

/// The documents of NTREX in each language.
fn articles(folder: &Path) -> Option<Articles> {
    let documents = fs::read_to_string(folder.join("docs.txt")).ok()?;
    let documents: Vec<&str> = documents.lines().collect();
    let mut articles = Articles::new();
    let lines = |language| fs::read_to_string(folder.join(format!("{language}.txt"))).ok();
    let texts = LANGUAGES.map(lines).into_iter().collect::<Option<Vec<_>>>()?;
    let texts: Vec<Vec<&str>> = texts.iter().map(|text| text.lines().collect()).collect();
    let mut start = 0;
    for same in documents.chunk_by(|a, b| a == b) {
        let range = start..start + same.len();
        start = range.end;
        for (language, lines) in LANGUAGES.iter().zip(&texts) {
            let name = format!("{:03}-{language}.txt", articles.len() / LANGUAGES.len());
            articles.push((name, lines[range.clone()].join(" ")));
        }
    }
    Some(articles)
}

fn samples(root: &Path) -> Articles {
    let entries = fs::read_dir(root.join("tests/samples")).expect("the samples are there");
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let articles = paths.filter(|path| path.extension().is_some_and(|ending| ending == "txt"));
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        (name, fs::read_to_string(&path).expect("a sample can be read"))
    };
    articles.map(read).collect()
}

fn measure(articles: &[(String, String)], runs: usize) {
    let folder = tempfile::tempdir().expect("a folder for the articles");
    for (name, text) in articles {
        fs::write(folder.path().join(name), text).expect("an article can be written");
    }
    let compare = |cache: &Path| {
        let mut command = parallax();
        command.env("PARALLAX_CACHE", cache).args(["compare", "-q", "-f", "json"]);
        run(command.arg(folder.path()))
    };
    let count = articles.len();
    let fresh = || {
        let cache = tempfile::tempdir().expect("a folder for the cache");
        compare(cache.path())
    };
    print(&format!("{count} articles, empty cache"), count, best((0..runs).map(|_| fresh())));
    let cache = tempfile::tempdir().expect("a folder for the cache");
    compare(cache.path());
    let again = best((0..runs).map(|_| compare(cache.path())));
    print(&format!("{count} articles, from the cache"), count, again);
}

fn parallax() -> Command {
    Command::new(env!("CARGO_BIN_EXE_parallax"))
}

fn print(name: &str, articles: usize, run: Run) {
    let rate = match articles {
        0 => String::new(),
        count => format!("{:.1}", count as f64 / run.seconds),
    };
    let memory = run.memory.map_or(String::new(), |memory| format!("{memory:.0}"));
    println!("{name:<28} {:>10.3} {rate:>10} {memory:>10}", run.seconds);
}
