//! The command line: arguments, terminal and exit codes. One file for each command.

pub(crate) mod args;
mod browser;
mod cache;
mod command_line;
mod commands;
mod config;
mod failure;
mod model;
mod output;
mod progress;
mod serve;
mod terminal;

use std::process::ExitCode;

use clap::FromArgMatches;

use args::{Arguments, Command};
use failure::Failure;

/// Everything went well.
const DONE: u8 = 0;
/// There are findings at or above `--fail-on`.
const FINDINGS: u8 = 1;
/// Wrong usage, an unreadable input or a failed run.
const FAILED: u8 = 2;

/// How a command ended, when it did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything went well.
    Done,
    /// There are findings at or above `--fail-on`.
    Findings,
    /// The job ran, but some input could not be read.
    Incomplete,
}

/// Runs the program.
pub(crate) fn run() -> ExitCode {
    let matches = command_line::command_line().get_matches();
    let mut arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    // The command reads the file again, and tells what is wrong with it.
    if let Ok(config) = config::Config::load(arguments.command.config()) {
        config.fill_common(&mut arguments.common);
    }
    let terminal = terminal::Terminal::detect(&arguments.common);
    let outcome = match arguments.command {
        Command::Compare(args) => commands::compare::run(args, &terminal),
        Command::Align(args) => commands::align::run(args, &terminal),
        Command::Check(args) => commands::check::run(args, &terminal),
        Command::Study(args) => commands::study::run(*args, &terminal),
        Command::Score(args) => commands::score::run(args, &terminal),
        Command::Inspect(args) => commands::inspect::run(args, &terminal),
        Command::Embed(args) => commands::embed::run(args, &terminal),
        Command::Serve(args) => commands::serve::run(args, &terminal),
        Command::Models(args) => commands::models::run(args, &terminal),
        Command::Cache(args) => commands::cache::run(args, &terminal),
        Command::Explain(args) => commands::explain::run(args, &terminal),
        Command::Completions(args) => commands::generate::completions(args),
        Command::Man(args) => commands::generate::man(args),
    };
    ExitCode::from(match outcome {
        Ok(Outcome::Done) => DONE,
        Ok(Outcome::Findings) => FINDINGS,
        Ok(Outcome::Incomplete) => FAILED,
        // Whoever closed the pipe has read enough.
        Err(failure) if failure.is_broken_pipe() => DONE,
        Err(failure) => {
            terminal.failure(&failure);
            FAILED
        }
    })
}

/// What every command gives back.
pub(crate) type CommandResult = Result<Outcome, Failure>;
