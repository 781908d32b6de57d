//! `parallax explain`: what a check means.

use parallax::differences::{self, CHECKS};

use crate::cli::args::ExplainArgs;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::terminal::Terminal;
use crate::cli::{CommandResult, Outcome};

/// Runs the command.
pub(crate) fn run(args: ExplainArgs, _terminal: &Terminal) -> CommandResult {
    let Some(id) = args.check else {
        Output::Standard.write(|output| {
            CHECKS.iter().try_for_each(|check| {
                let info = &check.info;
                writeln!(output, "{:20} {:10} {}", info.id, info.family, info.summary)
            })
        })?;
        return Ok(Outcome::Done);
    };
    let check = differences::check(&id).ok_or_else(|| {
        let known: Vec<&str> = CHECKS.iter().map(|check| check.info.id).collect();
        Failure::usage(
            format!("there is no check `{id}`"),
            format!("the checks are {}", known.join(", ")),
        )
    })?;
    Output::Standard.write(|output| {
        let info = &check.info;
        writeln!(output, "{} ({})", info.id, info.family)?;
        writeln!(output, "{}.\n\n{}", info.summary, info.explanation)
    })?;
    Ok(Outcome::Done)
}
