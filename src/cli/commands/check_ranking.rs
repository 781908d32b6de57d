//! `parallax check --compare`: which of several translations of one source is better.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use parallax::embed::Embedder;
use parallax::jobs::check::{CheckOptions, Outcome as Checked, Reader, check};
use parallax::report::translation::{Contender, RANKING_FORMATS, RankingReport, Summary};
use parallax::report::{Layout, Tool};
use parallax::translation::read::{Items, Languages};
use parallax::translation::{ranking, score};

use super::check::{documents, items, told};
use super::shared;
use crate::cli::args::CheckArgs;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::progress::Progress;
use crate::cli::terminal::Terminal;
use crate::cli::{CommandResult, Outcome};

/// What a segment is told by: its source, and how often that came before.
type Key = (u64, usize);

/// A translation that takes part.
struct Entry {
    file: String,
    summary: Summary,
    /// The score of each segment, with what it counts.
    scores: HashMap<Key, (f32, f32)>,
    /// The segments in their order.
    order: Vec<Key>,
    complete: bool,
}

/// Checks and scores every translation and ranks them.
pub(super) fn run(
    args: &CheckArgs,
    options: &CheckOptions,
    languages: Languages,
    embedder: &Embedder,
    terminal: &Terminal,
) -> CommandResult {
    let format =
        shared::choose(RANKING_FORMATS, |format| (format.name, format.endings), &args.output)?;
    let mut files = args.inputs.clone();
    files.extend(args.compare.iter().cloned());
    let output = Output::open(args.output.output.as_deref(), &files)?;
    let reader = Reader::new(embedder);
    if let Some(reason) = reader.cannot_score() {
        let hint = "leave out --compare, or use the default model";
        return Err(Failure::usage(reason.to_string(), hint));
    }
    let first = args.inputs.last().into_iter();
    let mut entries = Vec::new();
    for other in first.chain(&args.compare) {
        let mut inputs = args.inputs.clone();
        inputs.pop();
        inputs.push(other.clone());
        let (items, readable) = opened(&inputs, args, languages, embedder, terminal)?;
        entries.push(entry(other, (items, readable), options, &reader, terminal)?);
    }
    let (shared, left_out) = shared_keys(&entries);
    let weights: Vec<f32> = shared.iter().map(|key| entries[0].scores[key].1).collect();
    let scores: Vec<Vec<f32>> = entries
        .iter()
        .map(|entry| shared.iter().map(|key| entry.scores[key].0).collect())
        .collect();
    let ranking = ranking::rank(&scores, &weights).ok_or_else(|| {
        Failure::usage(
            "the translations have no segment with the same source",
            "give translations of one source, segment by segment the same",
        )
    })?;
    let contenders: Vec<Contender> = entries
        .iter()
        .map(|entry| Contender { file: entry.file.clone(), findings: entry.summary.findings })
        .collect();
    let source = args.inputs.first().map_or(String::new(), |path| path.display().to_string());
    let report = RankingReport::new(
        Tool::new(embedder),
        source,
        &contenders,
        (shared.len(), left_out),
        &ranking,
    );
    let layout = Layout {
        width: terminal.width,
        colour: terminal.colour && output.is_standard(),
        all: args.all,
    };
    output.write(|place| (format.write)(&report, &layout, place))?;
    let found = args.fail_on.is_some_and(|least| {
        entries.iter().any(|entry| entry.summary.findings.at_least(least.into()) > 0)
    });
    Ok(match (entries.iter().all(|entry| entry.complete), found) {
        (false, _) => Outcome::Incomplete,
        (true, true) => Outcome::Findings,
        (true, false) => Outcome::Done,
    })
}

fn opened(
    inputs: &[PathBuf],
    args: &CheckArgs,
    languages: Languages,
    embedder: &Embedder,
    terminal: &Terminal,
) -> Result<(Items, bool), Failure> {
    match (inputs.len(), args.lines) {
        (2, false) => documents(inputs, args.no_clean, languages, embedder, terminal),
        (_, lines) => Ok((items(inputs, lines, languages)?, true)),
    }
}

fn entry(
    file: &std::path::Path,
    (items, readable): (Items, bool),
    options: &CheckOptions,
    reader: &Reader<'_>,
    terminal: &Terminal,
) -> Result<Entry, Failure> {
    let mut entry = Entry {
        file: file.display().to_string(),
        summary: Summary::default(),
        scores: HashMap::new(),
        order: Vec::new(),
        complete: readable,
    };
    let mut before: HashMap<u64, usize> = HashMap::new();
    let mut progress = Progress::new(terminal);
    let mut take = |outcomes: Vec<Checked>| -> Result<(), Failure> {
        for outcome in outcomes {
            match outcome {
                Checked::Problem(problem) => {
                    terminal.warning(&told(&entry.file, &problem), &problem.hint);
                }
                Checked::Remark(remark) => {
                    let told = told(&entry.file, &remark);
                    terminal.note(&format!("{told}; {}", remark.hint));
                }
                Checked::Checked(checked) => {
                    entry.summary.add(&checked);
                    let source = checked.segment.source.text.trim();
                    let mut hasher = DefaultHasher::new();
                    source.hash(&mut hasher);
                    let hash = hasher.finish();
                    let times = before.entry(hash).or_default();
                    let key = (hash, *times);
                    *times += 1;
                    if let (Some(found), false) = (checked.score, source.is_empty()) {
                        entry.scores.insert(key, (found, score::weight(source)));
                        entry.order.push(key);
                    }
                }
            }
        }
        Ok(())
    };
    let tally = check(items, options, reader, &mut progress, &mut take)?;
    drop(progress);
    entry.complete &= tally.problems == 0;
    Ok(entry)
}

/// The segments that all have, in the order of the first, and how many segments of the largest are left out.
fn shared_keys(entries: &[Entry]) -> (Vec<Key>, usize) {
    let in_all = |key: &&Key| entries.iter().all(|entry| entry.scores.contains_key(*key));
    let shared: Vec<Key> = entries
        .first()
        .map_or(Vec::new(), |entry| entry.order.iter().filter(in_all).copied().collect());
    let most = entries.iter().map(|entry| entry.order.len()).max().unwrap_or_default();
    let left_out = most - shared.len();
    (shared, left_out)
}
