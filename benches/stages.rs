//! How long the stages and a cold start of the program take, and how alignment grows with the text.
//!
//! `cargo bench --bench stages`. Prints seconds; nothing passes or fails here.

// A bench talks to whoever runs it, and stops where something it needs is broken.
#![allow(clippy::expect_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use parallax::align::pulse::unheard;
use parallax::align::{self, Article};
use parallax::embed::{EmbedOptions, Embedder};
use parallax::facts::FactCache;
use parallax::ingest::{IngestOptions, Input};
use parallax::jobs::score::{ScoreOptions, score};
use parallax::jobs::{Silent, prepare};

/// Runs of each figure; the median is printed.
const RUNS: usize = 5;
/// Pairs of articles to score.
const PAIRS: usize = 32;
/// Copies of the sample articles in one long document.
const LENGTHS: [usize; 4] = [5, 10, 20, 40];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn samples() -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(root().join("tests/samples"))
        .expect("the samples are there")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            name.is_some_and(|name| name.starts_with("ferry-") || name.starts_with("talks-"))
        })
        .collect();
    paths.sort();
    paths
}

/// Median seconds of several runs.
fn median(mut run: impl FnMut()) -> f64 {
    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    seconds[RUNS / 2]
}

fn print(name: &str, seconds: f64) {
    println!("{name:<52} {seconds:>8.3} s");
}

fn main() {
    let model = root().join("models/multilingual-e5-small-europe");
    program();
    let open = || Embedder::open(&model, &EmbedOptions::default()).expect("the model opens");
    print("open the model", median(|| drop(open())));
    let embedder = open();
    let inputs: Vec<Input> = samples().into_iter().map(Input::Path).collect();
    let options = IngestOptions::default();
    print(
        "read and cut 8 articles",
        median(|| drop(prepare::read(&inputs, &options, &FactCache::default()))),
    );
    let articles =
        embedded(prepare::read(&inputs, &options, &FactCache::default()).articles, &embedder);
    let sentences: usize = articles.iter().map(|article| article.sentences.len()).sum();
    let texts: Vec<String> = articles
        .iter()
        .flat_map(|article| {
            (0..article.sentences.len()).map(|i| article.sentence_text(i).to_owned())
        })
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let seconds = median(|| drop(embedder.embed(&texts)));
    print(&format!("embed {sentences} sentences"), seconds);
    let seconds = median(|| drop(align::compare(articles.clone(), &embedder, &mut unheard)));
    print("align 8 articles", seconds);
    growth(&articles, &embedder);
    pairs(&articles, &embedder);
}

/// The program from a cold start.
fn program() {
    let program = env!("CARGO_BIN_EXE_parallax");
    let run = |arguments: &[&str], paths: &[PathBuf], cache: &Path| {
        median(|| {
            let mut command = Command::new(program);
            let output = command.env("PARALLAX_CACHE", cache).args(arguments).args(paths).output();
            assert!(output.expect("the program starts").status.success());
        })
    };
    let off = Path::new("off");
    let kept = tempfile::tempdir().expect("a folder for the cache");
    let compare = ["compare", "-q"];
    print("parallax --help", run(&["--help"], &[], off));
    print("parallax compare, 8 sample articles", run(&compare, &samples(), off));
    print("the same from the cache", run(&compare, &samples(), kept.path()));
    let seeds = root().join("../shared/seeds");
    if seeds.is_dir() {
        print(
            "parallax compare, 5 seed articles",
            run(&compare, std::slice::from_ref(&seeds), off),
        );
        print("the same from the cache", run(&compare, &[seeds], kept.path()));
    } else {
        println!("parallax compare, 5 seed articles: skipped, there is no {}", seeds.display());
    }
}

fn embedded(mut articles: Vec<Article>, embedder: &Embedder) -> Vec<Article> {
    prepare::embed_whole(&mut articles, embedder, &mut Silent).expect("the engine runs");
    articles
}

/// Two articles made longer and longer: how alignment grows.
fn growth(articles: &[Article], embedder: &Embedder) {
    for copies in LENGTHS {
        let pair: Vec<Article> =
            articles[..2].iter().map(|article| longer(article, copies)).collect();
        let sentences = pair[0].sentences.len();
        let start = Instant::now();
        drop(align::compare(pair, embedder, &mut unheard));
        print(
            &format!("align two documents of {sentences} sentences"),
            start.elapsed().as_secs_f64(),
        );
    }
}

/// Score sheets of pairs of articles, and which part of the time the vectors take.
fn pairs(articles: &[Article], embedder: &Embedder) {
    let text = |article: &Article| serde_json::json!({ "text": article.document.text });
    let lines: Vec<String> = (0..PAIRS)
        .map(|id| {
            let [left, right] = [id, id + 1].map(|i| text(&articles[i % articles.len()]));
            serde_json::json!({ "id": id, "left": left, "right": right }).to_string() + "\n"
        })
        .collect();
    let input = lines.concat();
    let mut answered = 0;
    let start = Instant::now();
    score(
        (Path::new("pairs"), &mut input.as_bytes()),
        &ScoreOptions::default(),
        embedder,
        (&mut Silent, 0),
        &mut |answers| {
            answered += answers.len();
            Ok::<(), parallax::Error>(())
        },
    )
    .expect("the engine runs");
    let seconds = start.elapsed().as_secs_f64();
    let both: Vec<Article> =
        (0..PAIRS).flat_map(|i| [i, i + 1]).map(|i| articles[i % articles.len()].clone()).collect();
    let start = Instant::now();
    drop(embedded(both, embedder));
    let share = 100.0 * start.elapsed().as_secs_f64() / seconds;
    println!(
        "{:<52} {:>8.1} pairs/s, {share:.0} % of it vectors",
        format!("score {answered} pairs"),
        answered as f64 / seconds
    );
}

/// An article with its sentences several times over.
fn longer(article: &Article, copies: usize) -> Article {
    let mut long = article.clone();
    for _ in 1..copies {
        long.sentences.extend(article.sentences.iter().cloned());
        long.facts.extend(article.facts.iter().cloned());
        long.vectors
            .append(ndarray::Axis(0), article.vectors.view())
            .expect("vectors of one length");
    }
    long
}
