//! `parallax study CORPUS`: tables of tested comparisons.

use std::fs;
use std::io;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use parallax::Error;
use parallax::jobs::study::{StudyOptions, study};
use parallax::report::Layout;
use parallax::report::study::{StudyReport, write_folder, write_summary};
use parallax::study::axes;
use parallax::study::corpus::{CorpusOptions, DateOrder, FIELDS, Field};
use parallax::study::sample::GroupBy;
use parallax::study::tuning::Thresholds;

use crate::cli::args::{CorpusArgs, DateOrderChoice};
use crate::cli::commands::shared;
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::model;
use crate::cli::output::Output;
use crate::cli::progress::Progress;
use crate::cli::terminal::Terminal;
use crate::cli::{CommandResult, Outcome};

/// Shuffles and draws that give figures and end some day.
const DRAWS: RangeInclusive<usize> = 99..=10_000_000;
/// Bytes that the vectors of a corpus may take in the cache.
const CACHE_BYTES: u64 = 8 << 30;

/// Runs the command.
pub(crate) fn run(mut args: CorpusArgs, terminal: &Terminal) -> CommandResult {
    let config = Config::load(args.config.as_deref())?;
    config.fill_study(&mut args);
    let (Some(corpus), Some(by), Some(folder)) = (&args.corpus, &args.by, &args.output) else {
        return Err(Failure::usage(
            "a study needs a corpus, what to compare by, and a folder for the results",
            "for example `parallax study corpus.csv --by outlet -o results`",
        ));
    };
    prepare_folder(folder, corpus)?;
    let mut options = options(&args, by, folder)?;
    options.analyses()?;
    let choice = model::choose(&args.model)?.with_cache_bytes(CACHE_BYTES);
    options.facts = choice.facts();

    let report = {
        let mut progress = Progress::new(terminal);
        study(corpus, &options, || choice.open(terminal), &mut progress)?
    };
    tell_about(&report, terminal);
    if report.corpus.articles == 0 {
        return Err(Failure::usage(
            format!("{}: no article could be read", corpus.display()),
            "see the warnings above",
        ));
    }
    let written = write_folder(&report, folder)?;
    let layout = Layout { width: terminal.width, colour: terminal.colour, all: false };
    let name = folder.display().to_string();
    Output::Standard.write(|place| write_summary(&report, &written, &name, &layout, place))?;
    Ok(if report.skipped.is_empty() { Outcome::Done } else { Outcome::Incomplete })
}

/// Makes the folder for results, which must not be the corpus itself.
fn prepare_folder(folder: &Path, corpus: &Path) -> Result<(), Failure> {
    let failed = |error: io::Error| {
        Failure::from(Error::Io { path: folder.to_owned(), error }).context("cannot write")
    };
    if !corpus.exists() {
        let source_name = corpus.display().to_string();
        return Err(
            Error::Input { source_name, reason: parallax::error::InputProblem::Missing }.into()
        );
    }
    fs::create_dir_all(folder).map_err(failed)?;
    let inside = fs::canonicalize(folder).map_err(failed)?;
    if inside.starts_with(fs::canonicalize(corpus).map_err(failed)?) {
        return Err(Failure::usage(
            format!("--output: {} lies in the corpus", folder.display()),
            "name another folder: results among the articles would be read as articles",
        ));
    }
    Ok(())
}

fn options(args: &CorpusArgs, by: &str, folder: &Path) -> Result<StudyOptions, Failure> {
    let ingest = shared::ingest_options(args.lang.as_deref())?;
    let mut columns =
        args.column.iter().map(|given| column(given)).collect::<Result<Vec<_>, _>>()?;
    let by = GroupBy::of_name(by).unwrap_or_else(|| {
        // A column of the corpus by its own name.
        columns.push((Field::Group, by.to_owned()));
        GroupBy::Group
    });
    let mut options = StudyOptions::new(by, PathBuf::from(folder));
    options.corpus = CorpusOptions {
        ingest,
        columns,
        date_order: args.date_order.map(|order| match order {
            DateOrderChoice::DayFirst => DateOrder::DayFirst,
            DateOrderChoice::MonthFirst => DateOrder::MonthFirst,
        }),
    };
    if let Some(path) = &args.axes {
        options.axes = axes::read(path)?;
    }
    options.validate = args.validate;
    options.sheet = args.sheet.unwrap_or(0);
    options.blind = args.blind;
    if let Some(path) = &args.thresholds {
        options.least_probability = Thresholds::read(path)?.least_probability;
    }
    options.only.clone_from(&args.only);
    options.skip.clone_from(&args.skip);
    let settings = &mut options.settings;
    settings.inference.seed = args.seed.unwrap_or(settings.inference.seed);
    settings.inference.shuffles =
        draws("--permutations", args.permutations)?.unwrap_or(settings.inference.shuffles);
    let replicates = &mut settings.inference.bootstrap.replicates;
    *replicates = draws("--draws", args.draws)?.unwrap_or(*replicates);
    settings.least_events = args.min_events.unwrap_or(settings.least_events);
    settings.most_subjects = args.most.unwrap_or(settings.most_subjects);
    Ok(options)
}

fn draws(option: &str, given: Option<usize>) -> Result<Option<usize>, Failure> {
    match given {
        Some(number) if !DRAWS.contains(&number) => Err(Failure::usage(
            format!("{option}: cannot compute with {number}"),
            format!("give a number from {} to {}", DRAWS.start(), DRAWS.end()),
        )),
        given => Ok(given),
    }
}

/// A column given as `FIELD=NAME`.
fn column(given: &str) -> Result<(Field, String), Failure> {
    let parts =
        given.split_once('=').and_then(|(field, name)| Some((Field::of_name(field)?, name)));
    parts.map(|(field, name)| (field, name.to_owned())).ok_or_else(|| {
        let fields: Vec<&str> = FIELDS.iter().map(|info| info.names[0]).collect();
        Failure::usage(
            format!("--column: `{given}` names no field"),
            format!("give FIELD=NAME, FIELD being one of {}", fields.join(", ")),
        )
    })
}

/// Warnings and notes about the corpus on standard error.
fn tell_about(report: &StudyReport, terminal: &Terminal) {
    /// Records that are told one by one.
    const TOLD: usize = 10;
    for skipped in report.skipped.iter().take(TOLD) {
        let what = format!("skipped {}: {}", skipped.source, skipped.error);
        terminal.warning(&what, &skipped.hint);
    }
    if report.skipped.len() > TOLD {
        let more = report.skipped.len() - TOLD;
        terminal.warning(
            &format!("skipped {more} more records or files"),
            "all are listed in study.json and methods.md",
        );
    }
    for note in &report.notes {
        terminal.note(&format!("{}: {}", note.source, note.message));
    }
}
