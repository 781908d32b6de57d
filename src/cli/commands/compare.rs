//! `parallax compare`: the main job.

use parallax::differences::CheckOptions;
use parallax::jobs::compare::{CompareOptions, compare};
use parallax::report::{FORMATS, Layout, Report};

use super::shared;
use crate::cli::args::CompareArgs;
use crate::cli::browser::Page;
use crate::cli::config::Config;
use crate::cli::model;
use crate::cli::output::Output;
use crate::cli::progress::Progress;
use crate::cli::terminal::Terminal;
use crate::cli::{CommandResult, Outcome};

/// Runs the command.
pub(crate) fn run(mut args: CompareArgs, terminal: &Terminal) -> CommandResult {
    let config = Config::load(args.input.config.as_deref())?;
    config.fill_compare(&mut args);
    let page = args.open.then(|| Page::choose(&mut args.output)).transpose()?;
    let format = shared::choose(FORMATS, |format| (format.name, format.endings), &args.output)?;
    let choice = model::choose(&args.model)?;
    let options = CompareOptions {
        ingest: shared::ingest_options(args.input.lang.as_deref())?,
        checks: CheckOptions {
            only: args.only,
            skip: args.skip,
            min_severity: args.min_severity.map(Into::into),
        },
        facts: choice.facts(),
        ..CompareOptions::default()
    };
    options.checks.selected()?;
    let output = Output::open(args.output.output.as_deref(), &args.input.inputs)?;
    let inputs = shared::inputs(&args.input.inputs, &options.ingest)?;

    let report = {
        let mut progress = Progress::new(terminal);
        compare(&inputs, &options, || choice.open(terminal), &mut progress)?
    };

    let skipped_matters = tell_about(&report, terminal);
    let layout = Layout {
        width: terminal.width,
        colour: terminal.colour && output.is_standard(),
        all: args.all,
    };
    output.write(|place| (format.write)(&report, &layout, place))?;
    if let Some(page) = &page {
        page.show(terminal);
    }

    let found = args.fail_on.is_some_and(|least| report.count_at_least(least.into()) > 0);
    Ok(match (skipped_matters, found) {
        (true, _) => Outcome::Incomplete,
        (false, true) => Outcome::Findings,
        (false, false) => Outcome::Done,
    })
}

/// Notes on standard error about inputs; true where some input could not be read.
fn tell_about(report: &Report, terminal: &Terminal) -> bool {
    for skipped in &report.skipped {
        terminal.warning(&format!("skipped {}: {}", skipped.source, skipped.error), &skipped.hint);
    }
    for note in &report.notes {
        terminal.note(&format!("{}: {}", note.source, note.message));
    }
    match report.documents.len() {
        0 => terminal.note("no document is left to compare"),
        1 => terminal.note("only one document: there is nothing to compare it with"),
        _ => {}
    }
    report.skipped.iter().any(|skipped| !skipped.copy)
}
