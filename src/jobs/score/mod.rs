//! `score`: a score sheet for each pair of documents in a file, one line in, one answer out. Lines are read
//! and answered in batches, so that a file of any length takes the same memory.

mod lines;
mod pair;

use std::io::BufRead;
use std::path::Path;

use rayon::prelude::*;

use self::lines::Line;
use self::pair::Pair;
use super::{Observer, Silent, Stage, prepare};
use crate::align::rarity::FactRarity;
use crate::align::scores::{Yardstick, score_sheet};
use crate::align::{self, Article, comparable};
use crate::embed::Embedder;
use crate::error::{Error, Result};
use crate::ingest::IngestOptions;
use crate::report::sheets::{Answer, Explanation, Refused, Scored};

/// Most pairs of a batch: enough to fill the encoder's batches, few enough that answers come soon.
const BATCH_PAIRS: usize = 16;
/// Bytes of input after which a batch is full.
const BATCH_BYTES: usize = 4 << 20;

/// What shapes the scoring of pairs.
#[derive(Debug, Clone)]
pub struct ScoreOptions {
    /// How the texts are read; `max_bytes` holds for a line.
    pub ingest: IngestOptions,
    /// Whether answers say where the scores come from.
    pub explain: bool,
}

impl Default for ScoreOptions {
    fn default() -> Self {
        let ingest = IngestOptions { max_bytes: 8 << 20, ..IngestOptions::default() };
        Self { ingest, explain: false }
    }
}

/// How many lines were answered with what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Pairs with scores.
    pub scored: usize,
    /// Lines without.
    pub refused: usize,
}

/// Scores each pair of `input`, in order; `answer` gets the answers of a batch at a time. `name` is what errors
/// call the input, `total` the number of its lines where it is known, for the observer. Blank lines are no
/// pairs. A bad line is no error: it is answered too.
///
/// # Errors
/// Those of the input, of the engine, of the observer and of `answer`.
pub fn score<E: From<Error>>(
    (name, input): (&Path, &mut dyn BufRead),
    options: &ScoreOptions,
    embedder: &Embedder,
    (observer, total): (&mut dyn Observer, usize),
    answer: &mut dyn FnMut(&[Answer]) -> Result<(), E>,
) -> Result<Tally, E> {
    let yardstick = align::yardstick(&[], embedder)?;
    let mut tally = Tally::default();
    let mut number = 0;
    loop {
        observer.progress(Stage::Scoring, tally.scored + tally.refused, total)?;
        let batch = batch(input, &mut number, options.ingest.max_bytes)
            .map_err(|error| Error::Io { path: name.to_owned(), error })?;
        if batch.is_empty() {
            return Ok(tally);
        }
        let answers = answers(batch, options, embedder, &yardstick)?;
        let scored = answers.iter().filter(|answer| matches!(answer, Answer::Scored(_))).count();
        tally.scored += scored;
        tally.refused += answers.len() - scored;
        answer(&answers)?;
    }
}

/// The next lines that are not blank, with their numbers.
fn batch(
    input: &mut dyn BufRead,
    number: &mut usize,
    most: u64,
) -> std::io::Result<Vec<(usize, Line)>> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH_PAIRS && bytes < BATCH_BYTES {
        let Some(line) = lines::next(input, most)? else { break };
        *number += 1;
        if let Line::Read(read) = &line {
            if is_blank(read) {
                continue;
            }
            bytes += read.len();
        }
        batch.push((*number, line));
    }
    Ok(batch)
}

/// Whether a line holds nothing, but for a byte order mark.
fn is_blank(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    line.iter().all(u8::is_ascii_whitespace)
}

/// The answers to some lines, in their order.
fn answers(
    lines: Vec<(usize, Line)>,
    options: &ScoreOptions,
    embedder: &Embedder,
    yardstick: &Yardstick,
) -> Result<Vec<Answer>> {
    let most = options.ingest.max_bytes;
    let read: Vec<Result<Pair, Refused>> = lines
        .into_par_iter()
        .map(|(number, line)| match line {
            Line::Read(bytes) => pair::read(&bytes, number, &options.ingest),
            Line::TooLong => Err(pair::too_long(number, most)),
        })
        .collect();
    let mut articles = Vec::new();
    let mut ids = Vec::new();
    for pair in read {
        ids.push(pair.map(|pair| {
            articles.extend(pair.sides);
            pair.id
        }));
    }
    prepare::embed_whole(&mut articles, embedder, &mut Silent)?;
    let pairs: Vec<&[Article]> = articles.chunks(2).collect();
    let scored: Vec<_> =
        pairs.into_par_iter().map(|pair| scored(pair, options, yardstick)).collect();
    let mut scored = scored.into_iter();
    let answer = |id: Result<serde_json::Value, Refused>| match id {
        Ok(id) => {
            scored.next().flatten().map(|scored| Answer::Scored(Box::new(Scored { id, ..scored })))
        }
        Err(refused) => Some(Answer::Refused(refused)),
    };
    Ok(ids.into_iter().filter_map(answer).collect())
}

/// The scores of two articles; the id is still to come.
fn scored(pair: &[Article], options: &ScoreOptions, yardstick: &Yardstick) -> Option<Scored> {
    let [left, right] = pair else { return None };
    let yardstick = Yardstick { rarity: FactRarity::new(pair), ..yardstick.clone() };
    let linked = comparable::link(left, right, &yardstick.background, &yardstick.rarity);
    let sheet = score_sheet(left, right, &linked, &yardstick);
    let explanation = options.explain.then(|| Explanation::new([left, right], &sheet));
    Some(Scored { id: serde_json::Value::Null, scores: sheet.scores, explanation })
}
