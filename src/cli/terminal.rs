//! The terminal: how wide it is, whether it shows colours, and messages on standard error.

use std::env;
use std::io::{self, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use parallax::report::sanitise::printable;

use super::args::{ColourChoice, CommonArgs};
use super::failure::Failure;

/// Columns where nobody says how many there are.
const DEFAULT_WIDTH: usize = 100;

/// What is known about the terminal and how much it wants to hear.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terminal {
    /// Columns of standard output.
    pub(crate) width: usize,
    /// Whether standard output is shown to a person who sees colours.
    pub(crate) colour: bool,
    /// Whether notes are wanted.
    quiet: bool,
    /// Whether more than notes is wanted.
    pub(crate) verbose: bool,
    /// Whether standard error is a terminal.
    errors_shown: bool,
}

impl Terminal {
    /// Looks at the terminal and the environment.
    pub(crate) fn detect(common: &CommonArgs) -> Self {
        let shown = io::stdout().is_terminal();
        let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
        let colour = match common.color.unwrap_or_default() {
            ColourChoice::Always => true,
            ColourChoice::Never => false,
            ColourChoice::Auto => shown && !dumb && !set("NO_COLOR"),
        };
        let columns = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        Self {
            width: columns.or_else(measured).filter(|&width| width > 0).unwrap_or(DEFAULT_WIDTH),
            colour,
            quiet: common.quiet,
            verbose: common.verbose > 0,
            errors_shown: io::stderr().is_terminal(),
        }
    }

    /// Whether a progress bar would be seen and wanted.
    pub(crate) fn wants_progress(&self) -> bool {
        self.errors_shown && !self.quiet && !self.verbose
    }

    /// Something the user should know, on standard error unless `--quiet`.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            self.say("note", AnsiColor::Cyan.on_default(), text);
        }
    }

    /// Something for `--verbose`.
    pub(crate) fn detail(&self, text: &str) {
        if self.verbose {
            self.say("detail", Style::new().dimmed(), text);
        }
    }

    /// Something that went wrong without stopping the run, on standard error even if `--quiet`.
    pub(crate) fn warning(&self, text: &str, hint: &str) {
        self.say("warning", AnsiColor::Yellow.on_default().bold(), text);
        self.say("   hint", Style::new().dimmed(), hint);
    }

    /// What stopped the run.
    pub(crate) fn failure(&self, failure: &Failure) {
        self.say("error", AnsiColor::Red.on_default().bold(), &failure.to_string());
        if let Some(hint) = failure.hint() {
            self.say(" hint", Style::new().dimmed(), hint);
        }
    }

    fn say(&self, label: &str, style: Style, text: &str) {
        let text = printable(text);
        let coloured = self.errors_shown && self.colour;
        let style = if coloured { style } else { Style::new() };
        // A closed standard error leaves nobody to tell.
        let _ = writeln!(io::stderr(), "{style}{label}:{style:#} {text}");
    }
}
