//! `parallax align`: versions of a text beside each other, or of two folders each file beside its translation.

use std::ops::RangeInclusive;

use parallax::align::Mode;
use parallax::align::parallel::ParallelOptions;
use parallax::ingest::IngestOptions;
use parallax::jobs::align::{AlignOptions, align};
use parallax::lang::Language;
use parallax::report::alignment::{Alignments, FORMATS, Format};
use parallax::report::{Layout, SkippedEntry};

use super::shared;
use crate::cli::args::AlignArgs;
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::model;
use crate::cli::output::Output;
use crate::cli::progress::Progress;
use crate::cli::terminal::Terminal;
use crate::cli::{CommandResult, Outcome};

/// Versions that can be set beside each other; the work grows with the square of their number.
const VERSIONS: RangeInclusive<usize> = 2..=50;
/// Sentences on one side of a link; beyond, a link is no help to anybody.
const SIDE: RangeInclusive<usize> = 1..=8;
/// Sentences of a link, both sides together.
const SIZE: RangeInclusive<usize> = 2..=16;
/// Runs the command.
pub(crate) fn run(mut args: AlignArgs, terminal: &Terminal) -> CommandResult {
    let config = Config::load(args.config.as_deref())?;
    config.fill_align(&mut args);
    let format = shared::choose(FORMATS, |format| (format.name, format.endings), &args.output)?;
    let mut options = options(&args)?;
    check_inputs(&args, format)?;
    let output = Output::open(args.output.output.as_deref(), &args.inputs)?;
    let inputs = shared::inputs(&args.inputs, &options.ingest)?;
    let choice = model::choose(&args.model)?;
    options.facts = choice.facts();

    let alignments = {
        let mut progress = Progress::new(terminal);
        align(&inputs, &options, || choice.open(terminal), &mut progress)?
    };

    tell_about(&alignments, terminal);
    if alignments.texts.is_empty() && !alignments.folders {
        return Err(Failure::usage(
            "there is nothing to align: fewer than two inputs could be read",
            "give at least two versions of a text",
        ));
    }
    let layout = Layout {
        width: terminal.width,
        colour: terminal.colour && output.is_standard(),
        all: !args.review,
    };
    output.write(|place| (format.write)(&alignments, &layout, place))?;
    // In a folder a second copy of a file is no failure; a version that is one leaves nothing to align.
    let failed = |skipped: &SkippedEntry| !(alignments.folders && skipped.copy);
    Ok(if alignments.skipped.iter().any(failed) { Outcome::Incomplete } else { Outcome::Done })
}

/// What the arguments ask for, where it makes sense.
fn options(args: &AlignArgs) -> Result<AlignOptions, Failure> {
    let defaults = AlignOptions::default();
    let mode = args.mode.map_or(defaults.mode, Mode::from);
    let limits = ParallelOptions {
        most_on_one_side: limit("--max-side", args.max_side, SIDE, mode)?
            .unwrap_or(defaults.limits.most_on_one_side),
        most_in_all: limit("--max-size", args.max_size, SIZE, mode)?
            .unwrap_or(defaults.limits.most_in_all),
        one_to_one: args.one_to_one,
        ..defaults.limits
    };
    let ingest = shared::ingest_options(args.lang.as_deref())?;
    Ok(AlignOptions {
        ingest: IngestOptions { clean: !args.no_clean, ..ingest },
        facts: defaults.facts,
        languages: languages(args)?,
        lines: args.lines,
        mode,
        limits,
        min_score: share("--min-score", args.min_score)?.unwrap_or(defaults.min_score),
        conflicts_below: share("--conflicts-below", args.conflicts_below)?
            .unwrap_or(defaults.conflicts_below),
    })
}

/// The languages of `--langs`, one for each input.
fn languages(args: &AlignArgs) -> Result<Vec<Language>, Failure> {
    if !args.langs.is_empty() && args.langs.len() != args.inputs.len() {
        return Err(Failure::usage(
            format!("--langs: {} languages for {} inputs", args.langs.len(), args.inputs.len()),
            "give one for each input, separated by commas, or `--lang` for all",
        ));
    }
    args.langs.iter().map(|code| shared::language("--langs", code)).collect()
}

/// A number of sentences given for parallel mode.
fn limit(
    option: &str,
    given: Option<usize>,
    range: RangeInclusive<usize>,
    mode: Mode,
) -> Result<Option<usize>, Failure> {
    let Some(number) = given else { return Ok(None) };
    if mode != Mode::Parallel {
        return Err(Failure::usage(
            format!("{option} is for parallel mode alone"),
            "leave it out, or leave out `--mode comparable`",
        ));
    }
    if !range.contains(&number) {
        return Err(Failure::usage(
            format!("{option}: no link has at most {number} sentences"),
            format!("give a number from {} to {}", range.start(), range.end()),
        ));
    }
    Ok(Some(number))
}

/// A score given by the user.
fn share(option: &str, given: Option<f32>) -> Result<Option<f32>, Failure> {
    match given {
        Some(score) if !(0.0..=1.0).contains(&score) => Err(Failure::usage(
            format!("{option}: {score} is no score"),
            "give a number from 0 to 1, e.g. 0.5",
        )),
        given => Ok(given),
    }
}

/// Whether the inputs can be set beside each other, and the format hold them.
fn check_inputs(args: &AlignArgs, format: &Format) -> Result<(), Failure> {
    if !VERSIONS.contains(&args.inputs.len()) {
        return Err(Failure::usage(
            format!("cannot align {} inputs", args.inputs.len()),
            format!("give {} to {} versions of a text", VERSIONS.start(), VERSIONS.end()),
        ));
    }
    let folders = args.inputs.iter().all(|input| input.is_dir());
    if folders && !format.many_texts {
        return Err(Failure::usage(
            format!("the format {} holds one text", format.name),
            format!("align file by file, or choose one of {}", names(|format| format.many_texts)),
        ));
    }
    if args.inputs.len() > 2 && folders {
        return Err(Failure::usage(
            format!("cannot pair {} folders", args.inputs.len()),
            "give two folders, or files that are versions of one text",
        ));
    }
    if args.inputs.len() > 2 && !format.many_versions {
        return Err(Failure::usage(
            format!("the format {} holds two versions", format.name),
            format!(
                "align two at a time, or choose one of {}",
                names(|format| format.many_versions)
            ),
        ));
    }
    Ok(())
}

/// The names of the formats that can do something.
fn names(can: fn(&Format) -> bool) -> String {
    let able = FORMATS.iter().filter(|format| can(format));
    able.map(|format| format.name).collect::<Vec<_>>().join(", ")
}

/// Notes on standard error about inputs.
fn tell_about(alignments: &Alignments, terminal: &Terminal) {
    for skipped in &alignments.skipped {
        terminal.warning(&format!("skipped {}: {}", skipped.source, skipped.error), &skipped.hint);
    }
    for note in &alignments.notes {
        terminal.note(&format!("{}: {}", note.source, note.message));
    }
    if alignments.folders && alignments.texts.is_empty() {
        terminal.note("no file of one folder is a translation of one of the other");
    }
    for text in alignments.hardly_parallel() {
        let names: Vec<&str> = text.versions.iter().map(|v| v.source.as_str()).collect();
        terminal.note(&format!(
            "{}: few sentences are linked with confidence; for texts that are no translations of each \
             other there is `--mode comparable`",
            names.join(", ")
        ));
    }
}
