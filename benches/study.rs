//! How long a study of a corpus takes from cold and again from the cache, the memory it needs, and how that grows.
//!
//! `cargo bench --bench study` studies made corpora of 250, 500 and 1000 articles, or as many as arguments say, in
//! ascending order, e.g. `-- 1000 10000`. An event has five articles of six outlets in two groups and four languages, made
//! from lines of NTREX in which words change places, so that hardly a sentence is there twice. Seconds are of the wall and
//! of all threads; the growth from the last size but one to the last gives what a million articles would take. Nothing
//! passes or fails here.

// A bench talks to whoever runs it, and stops where something it needs is broken.
#![allow(clippy::expect_used, clippy::print_stdout)]

#[path = "measure/memory.rs"]
mod memory;
#[path = "quality/random.rs"]
#[allow(dead_code)]
mod random;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use memory::peak_memory;
use parallax::embed::{EmbedOptions, Embedder};
use parallax::jobs::Silent;
use parallax::jobs::study::{StudyOptions, study};
use parallax::report::study::write_folder;
use parallax::study::sample::GroupBy;
use random::Random;

const LANGUAGES: [&str; 4] = ["de", "lt", "en", "ru"];
const OUTLETS: [(&str, &str); 6] =
    [("A1", "A"), ("A2", "A"), ("A3", "A"), ("B1", "B"), ("B2", "B"), ("B3", "B")];
/// Articles of an event, and the lines it is made of.
const ARTICLES: usize = 5;
const LINES: usize = 14;
/// Probability that an article of a group has a line.
const KEEPS: [f64; 2] = [0.65, 0.8];

fn lines(language: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ntrex");
    let text = std::fs::read_to_string(path.join(format!("{language}.txt")));
    text.expect("the development sets are there").lines().map(str::to_owned).collect()
}

/// A line in which two words have changed places, and sometimes one is missing.
fn varied(line: &str, random: &mut Random) -> String {
    let mut words: Vec<&str> = line.split_whitespace().collect();
    if words.len() > 6 {
        let at = 1 + (random.next() as usize) % (words.len() - 3);
        words.swap(at, at + 1);
        if random.share() < 0.5 {
            words.remove(2 + (random.next() as usize) % (words.len() - 4));
        }
    }
    words.join(" ")
}

/// A corpus as JSON lines.
fn corpus(size: usize, lines: &[Vec<String>]) -> String {
    let mut random = Random(0x5851_F42D_4C95_7F2D);
    let mut jsonl = String::new();
    for number in 0..size {
        let event = number / ARTICLES;
        let mut matter = Random(0x9E37_79B9 * (event as u64 + 1));
        let chosen: Vec<usize> =
            (0..LINES).map(|_| (matter.next() as usize) % lines[0].len()).collect();
        let (outlet, group) = OUTLETS[(event + number % ARTICLES) % OUTLETS.len()];
        let language = (random.next() as usize) % LANGUAGES.len();
        let kept = random.keep(&chosen, KEEPS[usize::from(group == "B")]);
        let body: Vec<String> =
            kept.iter().map(|&line| varied(&lines[language][line], &mut random)).collect();
        let title: Vec<&str> = lines[language][chosen[0]].split_whitespace().take(6).collect();
        let day = event % 700;
        let record = serde_json::json!({
            "id": format!("{outlet}-{event}"),
            "text": body.join("\n\n"),
            "title": title.join(" "),
            "date": format!("20{}-{:02}-{:02}", 20 + day / 336, 1 + day / 28 % 12, 1 + day % 28),
            "outlet": outlet, "group": group, "language": LANGUAGES[language],
        });
        writeln!(jsonl, "{record}").expect("a string takes all");
    }
    jsonl
}

/// Seconds that all threads of this process have computed, where the system tells it.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> =
        stat.rsplit_once(')').map_or(Vec::new(), |(_, rest)| rest.split_whitespace().collect());
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok());
    // User and system time, in hundredths of a second.
    (ticks(11).unwrap_or_default() + ticks(12).unwrap_or_default()) / 100.0
}

/// Seconds of the wall and of all threads for one study with all its files.
fn timed(corpus: &Path, folder: &Path) -> (f64, f64) {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/multilingual-e5-small-europe");
    let (start, processor) = (Instant::now(), processor_seconds());
    let open = || {
        let cache = Some(folder.join("cache"));
        Embedder::open(
            &model,
            &EmbedOptions { cache, cache_bytes: Some(8 << 30), ..EmbedOptions::default() },
        )
    };
    let options = StudyOptions::new(GroupBy::Group, folder.to_owned());
    let report = study(corpus, &options, open, &mut Silent).expect("a study runs");
    write_folder(&report, &folder.join("results")).expect("results are written");
    (start.elapsed().as_secs_f64(), processor_seconds() - processor)
}

/// What something takes at `size`, growing from the one to the other of two measurements as a power.
fn extrapolated(from: (usize, f64), to: (usize, f64), size: usize) -> (f64, f64) {
    let power = (to.1 / from.1).ln() / (to.0 as f64 / from.0 as f64).ln();
    (power, to.1 * (size as f64 / to.0 as f64).powf(power))
}

fn main() {
    let mut sizes: Vec<usize> =
        std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![250, 500, 1000];
    }
    let lines = LANGUAGES.map(lines);
    let mut measured: Vec<(usize, [f64; 5])> = Vec::new();
    for &size in &sizes {
        let folder = tempfile::tempdir().expect("a folder");
        let path: PathBuf = folder.path().join("corpus.jsonl");
        std::fs::write(&path, corpus(size, &lines)).expect("a corpus is written");
        let cold = timed(&path, folder.path());
        let warm = timed(&path, folder.path());
        let memory = peak_memory().unwrap_or_default();
        println!(
            "{size} articles: cold {:.1} s ({:.1} s of threads), again {:.1} s ({:.1} s of threads), peak memory \
             {memory:.0} MB",
            cold.0, cold.1, warm.0, warm.1
        );
        measured.push((size, [cold.0, cold.1, warm.0, warm.1, memory]));
    }
    let [.., from, to] = &measured[..] else { return };
    for (column, name) in
        ["cold, wall", "cold, threads", "again, wall", "again, threads", "peak memory, MB"]
            .iter()
            .enumerate()
    {
        let (from, to) = ((from.0, from.1[column]), (to.0, to.1[column]));
        let (power, ten_thousand) = extrapolated(from, to, 10_000);
        let (_, million) = extrapolated(from, to, 1_000_000);
        println!(
            "{name}: grows as size^{power:.2}; 10 000 articles {ten_thousand:.0}, a million {million:.0}"
        );
    }
}
