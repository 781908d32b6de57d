//! The command line as clap sees it: the arguments, completed with what the tables of formats and
//! engines hold, so that help, completions and manual pages name all of them.

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Command, CommandFactory};
use parallax::embed::engine::ENGINES;
use parallax::ingest;
use parallax::report::{FORMATS, alignment, reliability, sheets, translation, vectors};
use parallax::translation::checks::Settings;

use super::args::Arguments;
use super::commands::inspect;

/// The whole command line.
pub(crate) fn command_line() -> Command {
    let reports = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.summary));
    let alignments = alignment::FORMATS
        .iter()
        .map(|format| PossibleValue::new(format.name).help(format.summary));
    let sheets =
        sheets::FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.summary));
    let translations = translation::FORMATS
        .iter()
        .map(|format| PossibleValue::new(format.name).help(format.summary));
    let reliability = reliability::FORMATS
        .iter()
        .map(|format| PossibleValue::new(format.name).help(format.summary));
    let profiles =
        Settings::profiles().map(|(name, summary)| PossibleValue::new(name).help(summary));
    let stages = inspect::FORMATS.iter().map(|format| PossibleValue::new(format.name));
    let vectors = vectors::FORMATS.iter().map(|format| PossibleValue::new(format.name));
    let engines = || {
        values(
            "engine",
            ENGINES.iter().map(|engine| PossibleValue::new(engine.name).help(engine.description)),
        )
    };
    ["compare", "align", "inspect", "embed"]
        .into_iter()
        .fold(Arguments::command(), |command, name| command.mut_subcommand(name, inputs))
        .mut_subcommand("compare", values("format", reports))
        .mut_subcommand("compare", engines())
        .mut_subcommand("align", values("format", alignments))
        .mut_subcommand("align", engines())
        .mut_subcommand("check", values("format", translations))
        .mut_subcommand("check", values("profile", profiles))
        .mut_subcommand("check", engines())
        .mut_subcommand("study", |study| {
            engines()(study.mut_subcommand("reliability", values("format", reliability)))
        })
        .mut_subcommand("score", values("format", sheets))
        .mut_subcommand("score", engines())
        .mut_subcommand("inspect", values("format", stages))
        .mut_subcommand("embed", values("format", vectors))
        .mut_subcommand("embed", engines())
        .mut_subcommand("serve", engines())
}

/// Tells which inputs a command reads.
fn inputs(command: Command) -> Command {
    command.mut_arg("inputs", |arg| {
        let short = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let mut long = format!("{short}\n\nFormats, told by what is in a file or by its ending:\n");
        for format in ingest::formats::FORMATS {
            let endings = format.endings.join(", ");
            long.push_str(&format!("  {:<10} {} ({endings})\n", format.name, format.summary));
        }
        let endings = ingest::formats::endings_in_folders();
        long.push_str(&format!("\nFrom directories, files that end in {endings} are read."));
        arg.long_help(long)
    })
}

/// Gives an argument of a command the values it can take.
fn values(
    argument: &'static str,
    values: impl Iterator<Item = PossibleValue>,
) -> impl FnOnce(Command) -> Command {
    let values = PossibleValuesParser::new(values);
    move |command| command.mut_arg(argument, |arg| arg.value_parser(values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound_and_every_argument_has_help() {
        command_line().debug_assert();
    }
}
