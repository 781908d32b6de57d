//! `parallax study`: corpora, and what belongs to studying them.

mod corpus;
mod reliability;

use crate::cli::CommandResult;
use crate::cli::args::{StudyArgs, StudyCommand};
use crate::cli::terminal::Terminal;

/// Runs the command.
pub(crate) fn run(args: StudyArgs, terminal: &Terminal) -> CommandResult {
    match args.command {
        Some(StudyCommand::Reliability(args)) => reliability::run(&args, terminal),
        None => corpus::run(args.corpus, terminal),
    }
}
