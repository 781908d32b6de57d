//! `parallax completions` and `parallax man`: made from the command line itself.

use crate::cli::args::{CompletionsArgs, ManArgs};
use crate::cli::command_line::command_line;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::{CommandResult, Outcome};

/// Prints a completion script.
pub(crate) fn completions(args: CompletionsArgs) -> CommandResult {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command_line(), "parallax", &mut script);
    Output::Standard.write(|output| output.write_all(&script))?;
    Ok(Outcome::Done)
}

/// Prints a manual page: of the program, or of one command.
pub(crate) fn man(args: ManArgs) -> CommandResult {
    let mut program = command_line();
    program.build();
    let command = match &args.command {
        None => program,
        Some(name) => program.find_subcommand(name).cloned().ok_or_else(|| {
            Failure::usage(format!("there is no command `{name}`"), "see `parallax --help`")
        })?,
    };
    Output::Standard.write(|output| clap_mangen::Man::new(command).render(output))?;
    Ok(Outcome::Done)
}
