//! `parallax serve`: comparisons and checks as a page in the browser, and as an API for programs on the same machine.

use std::io::{self, Write};
use std::time::Duration;

use crate::cli::args::ServeArgs;
use crate::cli::browser;
use crate::cli::config::Config;
use crate::cli::model;
use crate::cli::serve::{Limits, Server};
use crate::cli::terminal::Terminal;
use crate::cli::{CommandResult, Outcome};

/// Where nobody says otherwise: the port, the size of a request in MiB, the documents of a comparison, and seconds for a job.
const PORT: u16 = 8417;
const LARGEST_REQUEST: u64 = 32;
const MOST_DOCUMENTS: usize = 100;
const LONGEST_TIME: u64 = 600;

/// Runs the command.
pub(crate) fn run(mut args: ServeArgs, terminal: &Terminal) -> CommandResult {
    let config = Config::load(args.config.as_deref())?;
    config.fill_serve(&mut args);
    let size = args.max_request.unwrap_or(LARGEST_REQUEST).saturating_mul(1 << 20);
    let limits = Limits {
        size: usize::try_from(size).unwrap_or(usize::MAX),
        time: Duration::from_secs(args.timeout.unwrap_or(LONGEST_TIME)),
        documents: args.max_documents.unwrap_or(MOST_DOCUMENTS),
    };
    let choice = model::choose(&args.model)?;
    let known = (choice.open(terminal)?, choice.facts());
    let server = Server::listen(args.port.unwrap_or(PORT), known, limits, *terminal)?;
    let address = server.address();
    let mut output = io::stdout();
    writeln!(output, "{address}")?;
    output.flush()?;
    terminal.note(&format!("the page is at {address}; Ctrl+C stops the server"));
    if args.open {
        browser::open(&address, terminal);
    }
    server.run()?;
    terminal.note("stopped");
    Ok(Outcome::Done)
}
