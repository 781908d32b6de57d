//! `parallax embed`: sentence vectors, for other programs.

use std::io::Write;

use ndarray::Array2;
use parallax::facts::FactCache;
use parallax::ingest::{self, IngestOptions, Input};
use parallax::jobs::{Observer, Prepared, Stage, prepare};
use parallax::report::vectors;

use super::shared;
use crate::cli::args::EmbedArgs;
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::model;
use crate::cli::output::Output;
use crate::cli::progress::Progress;
use crate::cli::terminal::Terminal;
use crate::cli::{CommandResult, Outcome};

/// Runs the command.
pub(crate) fn run(mut args: EmbedArgs, terminal: &Terminal) -> CommandResult {
    let config = Config::load(args.input.config.as_deref())?;
    config.fill_input(&mut args.input);
    config.fill_model(&mut args.model);
    let format =
        shared::choose(vectors::FORMATS, |format| (format.name, format.endings), &args.output)?;
    let options = shared::ingest_options(args.input.lang.as_deref())?;
    let output = Output::open(args.output.output.as_deref(), &args.input.inputs)?;
    let inputs = shared::inputs(&args.input.inputs, &options)?;
    let (texts, outcome) = texts(&inputs, args.lines, &options, terminal)?;
    let embedder = model::choose(&args.model)?.open(terminal)?;

    let vectors = {
        let mut progress = Progress::new(terminal);
        let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
        let mut report = |done| progress.progress(Stage::Embedding, done, borrowed.len());
        embedder.embed_with_progress(&borrowed, &mut report)?
    };
    write(format, output, &texts, &vectors)?;
    Ok(outcome)
}

/// The texts to embed: the lines of the inputs as they are, or the sentences of their documents.
fn texts(
    inputs: &[Input],
    lines: bool,
    options: &IngestOptions,
    terminal: &Terminal,
) -> Result<(Vec<String>, Outcome), Failure> {
    if lines {
        let mut texts = Vec::new();
        let mut skipped = Vec::new();
        for input in inputs {
            match ingest::read_lines(input, options) {
                Ok(lines) => texts.extend(lines),
                Err(error) => skipped.push(error),
            }
        }
        shared::warn_skipped(&skipped, terminal);
        return Ok((texts, shared::outcome(&skipped)));
    }
    let Prepared { articles, skipped, notes } =
        prepare::read(inputs, options, &FactCache::default());
    shared::tell_notes(&notes, terminal);
    shared::warn_skipped(&skipped, terminal);
    let sentences = |article: &parallax::align::Article| -> Vec<String> {
        (0..article.sentences.len()).map(|i| article.sentence_text(i).to_owned()).collect()
    };
    Ok((articles.iter().flat_map(sentences).collect(), shared::outcome(&skipped)))
}

fn write(
    format: &vectors::Format,
    output: Output,
    texts: &[String],
    vectors: &Array2<f32>,
) -> Result<(), Failure> {
    output.write(|place: &mut dyn Write| (format.write)(texts, vectors, place))
}
