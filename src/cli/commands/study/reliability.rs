//! `parallax study reliability`: how well coders agree.

use std::fs;
use std::io::{self, Read};
use std::ops::RangeInclusive;
use std::path::Path;

use parallax::Error;
use parallax::report::Layout;
use parallax::report::reliability::{FORMATS, ReliabilityReport};
use parallax::study::codings::CodeTable;
use parallax::study::reliability::{ReliabilityOptions, reliability};
use parallax::study::statistics::agreement::Level;

use crate::cli::args::ReliabilityArgs;
use crate::cli::commands::shared;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::terminal::Terminal;
use crate::cli::{CommandResult, Outcome};

/// Draws that give an interval and end some day.
const DRAWS: RangeInclusive<usize> = 100..=1_000_000;
/// Most bytes of a table of codes.
const MOST_BYTES: u64 = 256 << 20;

/// Runs the command.
pub(crate) fn run(args: &ReliabilityArgs, terminal: &Terminal) -> CommandResult {
    let format = shared::choose(FORMATS, |format| (format.name, format.endings), &args.output)?;
    let options = options(args)?;
    let output = Output::open(args.output.output.as_deref(), std::slice::from_ref(&args.codes))?;
    let (name, bytes) = read(&args.codes)?;
    let table = CodeTable::read(&name, &bytes, &args.missing)?;
    for (variable, _) in &options.levels {
        if !table.variables.iter().any(|known| known.name == *variable) {
            let names: Vec<&str> = table.variables.iter().map(|v| v.name.as_str()).collect();
            return Err(Failure::usage(
                format!("--level: {name} has no variable `{variable}`"),
                format!("its variables are {}", names.join(", ")),
            ));
        }
    }
    let found = reliability(&table, &options);
    let report = ReliabilityReport::new(&name, &table, &found, &options);
    for note in &report.notes {
        terminal.note(&format!("{name}: {note}"));
    }
    let layout = Layout {
        width: terminal.width,
        colour: terminal.colour && output.is_standard(),
        all: true,
    };
    output.write(|place| (format.write)(&report, &layout, place))?;
    Ok(Outcome::Done)
}

fn options(args: &ReliabilityArgs) -> Result<ReliabilityOptions, Failure> {
    let mut options = ReliabilityOptions { order: args.order.clone(), ..Default::default() };
    for given in &args.level {
        let (variable, name) = given.rsplit_once('=').unwrap_or(("", given));
        let level = Level::of_name(name).ok_or_else(|| {
            let names: Vec<&str> = Level::ALL.iter().map(|level| level.name()).collect();
            Failure::usage(
                format!("--level: there is no level `{name}`"),
                format!("choose one of {}", names.join(", ")),
            )
        })?;
        match variable {
            "" => options.level = level,
            _ => options.levels.push((variable.to_owned(), level)),
        }
    }
    if let Some(draws) = args.draws {
        if !DRAWS.contains(&draws) {
            return Err(Failure::usage(
                format!("--draws: {draws} draws give no interval"),
                format!("give a number from {} to {}", DRAWS.start(), DRAWS.end()),
            ));
        }
        options.draws = draws;
    }
    options.seed = args.seed.unwrap_or(options.seed);
    Ok(options)
}

fn read(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().lock().take(MOST_BYTES).read_to_end(&mut bytes)?;
        return Ok(("<stdin>".to_owned(), bytes));
    }
    let failed = |error| Failure::from(Error::Io { path: path.to_owned(), error });
    fs::File::open(path)
        .map_err(failed)?
        .take(MOST_BYTES)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    Ok((path.display().to_string(), bytes))
}
