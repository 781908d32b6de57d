//! `parallax explain`: what a check means.

use std::io;

use parallax::differences::CHECKS;
use parallax::finding::{CheckInfo, unknown_check};
use parallax::jobs::check;

use crate::cli::args::ExplainArgs;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::terminal::Terminal;
use crate::cli::{CommandResult, Outcome};

/// Runs the command.
pub(crate) fn run(args: ExplainArgs, _terminal: &Terminal) -> CommandResult {
    let between_versions: Vec<CheckInfo> = CHECKS.iter().map(|check| check.info).collect();
    // Some checks look at translations exactly as at versions of an event.
    let of_translations: Vec<CheckInfo> =
        check::known_checks().into_iter().filter(|info| !between_versions.contains(info)).collect();
    let known = |id: &str| between_versions.iter().any(|info| info.id == id);
    let Some(id) = args.check else {
        let more = of_translations.iter().filter(|info| !known(info.id));
        Output::Standard.write(|output| {
            between_versions.iter().chain(more).try_for_each(|info| {
                writeln!(output, "{:20} {:11} {}", info.id, info.family, info.summary)
            })
        })?;
        return Ok(Outcome::Done);
    };
    let named = |infos: &[CheckInfo]| infos.iter().copied().find(|info| info.id == id);
    let (between, of_translation) = (named(&between_versions), named(&of_translations));
    if between.is_none() && of_translation.is_none() {
        let more = of_translations.iter().filter(|info| !known(info.id));
        let ids: Vec<&str> = between_versions.iter().chain(more).map(|info| info.id).collect();
        return Err(Failure::usage(
            unknown_check(&id, &ids),
            "`parallax explain` without a name lists them, each with a line on what it finds",
        ));
    }
    Output::Standard.write(|output| {
        if let Some(info) = between {
            explain(&info, output)?;
        }
        match (between, of_translation) {
            (Some(_), Some(info)) => {
                writeln!(output, "\nIn a translation (`parallax check`): {}.", info.summary)?;
                writeln!(output, "\n{}", info.explanation)
            }
            (None, Some(info)) => explain(&info, output),
            _ => Ok(()),
        }
    })?;
    Ok(Outcome::Done)
}

fn explain(info: &CheckInfo, output: &mut dyn io::Write) -> io::Result<()> {
    writeln!(output, "{} ({})", info.id, info.family)?;
    writeln!(output, "{}.\n\n{}", info.summary, info.explanation)
}
