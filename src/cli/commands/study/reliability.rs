//! `parallax study reliability`: how well coders agree.

use std::fs;
use std::io::{self, Read};
use std::ops::RangeInclusive;
use std::path::Path;

use parallax::Error;
use parallax::align::claims::LEAST_PROBABILITY;
use parallax::report::Layout;
use parallax::report::reliability::{FORMATS, FitEntry, ReliabilityReport};
use parallax::study::codings::CodeTable;
use parallax::study::reliability::{ReliabilityOptions, VariableReliability, reliability};
use parallax::study::sheet::VARIABLE;
use parallax::study::statistics::agreement::Level;
use parallax::study::tuning::{self, Fit, Key, TOOL, Thresholds};

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
    let output = Output::open(args.output.output.as_deref(), &args.codes)?;
    let (name, table) = codes(args)?;
    let with_tool = with_tool(args, &name, &table, &options)?;
    if with_tool.is_none() {
        table.check(&name)?;
    }
    for (variable, _) in &options.levels {
        if !table.variables.iter().any(|known| known.name == *variable) {
            let names: Vec<&str> = table.variables.iter().map(|v| v.name.as_str()).collect();
            return Err(Failure::usage(
                format!("--level: {name} has no variable `{variable}`"),
                format!("its variables are {}", names.join(", ")),
            ));
        }
    }
    // A single coder agrees with nobody but the tool.
    let mut found = if table.coders.len() > 1 { reliability(&table, &options) } else { Vec::new() };
    let mut fit = None;
    if let Some(WithTool { table, fit: own }) = with_tool {
        let with = reliability(&table, &options).into_iter().filter(|v| v.name == VARIABLE);
        found.extend(
            with.map(|v| VariableReliability { name: format!("{VARIABLE}, with {TOOL}"), ..v }),
        );
        fit = Some(own);
    }
    let report = ReliabilityReport::new(&name, &table, &found, &options).with_fit(fit);
    if let (Some(path), Some(fit)) = (&args.fit, &report.threshold) {
        write_thresholds(path, fit)?;
    }
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

/// The codes of all tables, and what to call them.
fn codes(args: &ReliabilityArgs) -> Result<(String, CodeTable), Failure> {
    let mut joined: Option<(String, CodeTable)> = None;
    for path in &args.codes {
        let (name, bytes) = read(path)?;
        let table = CodeTable::read_part(&name, &bytes, &args.missing)?;
        match &mut joined {
            None => joined = Some((name, table)),
            Some((names, all)) => {
                *names += &format!(", {name}");
                all.join(table);
            }
        }
    }
    joined.ok_or_else(|| Failure::usage("no table of codes was given", "name one or more files"))
}

/// The codes with those of the tool, and the threshold fitted to them or why there is none.
struct WithTool {
    table: CodeTable,
    fit: Result<Fit, String>,
}

fn with_tool(
    args: &ReliabilityArgs,
    name: &str,
    table: &CodeTable,
    options: &ReliabilityOptions,
) -> Result<Option<WithTool>, Failure> {
    let Some(path) = &args.key else { return Ok(None) };
    let (key_name, bytes) = read(path)?;
    let key = Key::read(&key_name, &bytes)?;
    let least = match &args.thresholds {
        Some(path) => Thresholds::read(path)?.least_probability,
        None => LEAST_PROBABILITY,
    };
    // As written in decimals: 0.62 and not 0.6200000047683716.
    let least = least.to_string().parse().unwrap_or(f64::from(least));
    let fit = tuning::fit(table, &key, least, (options.draws, options.seed));
    Ok(Some(WithTool { table: key.with_tool(name, table, least)?, fit }))
}

fn write_thresholds(path: &Path, fit: &FitEntry) -> Result<(), Failure> {
    let Some(best) = &fit.best else {
        let reason = fit.reason.as_deref().unwrap_or("no threshold could be fitted");
        return Err(Failure::usage(reason.to_owned(), "let coders code more pairs"));
    };
    let text = format!(
        "# Fitted to {} coded pairs by `parallax study reliability`: precision {:.3}, recall {:.3}, F1 {:.3}.\n\
         least_probability = {}\n",
        fit.units, best.precision, best.recall, best.f1, best.threshold
    );
    fs::write(path, text).map_err(|error| Failure::from(Error::Io { path: path.to_owned(), error }))
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
