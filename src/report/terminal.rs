//! The terminal writer: a report made to be read, as wide as the screen, in colours if wanted.

mod findings;
mod overview;
mod passages;

use std::fmt::Display;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::sanitise::printable;
use super::{Layout, Report, selection};
use crate::finding::Severity;

/// Narrowest layout that still reads.
const NARROWEST: usize = 48;
/// Widest layout: longer lines tire the eye.
const WIDEST: usize = 140;

/// Writes the report for a terminal.
///
/// # Errors
/// What the output says when it cannot be written.
pub fn write(report: &Report, layout: &Layout, output: &mut dyn Write) -> io::Result<()> {
    let mut page = Page {
        output,
        width: layout.width.clamp(NARROWEST, WIDEST),
        colour: layout.colour,
        all: layout.all,
    };
    let summary = selection::summary(report);
    let name = format!("{}  ", page.paint(BOLD, "parallax"));
    page.wrapped(&name, &" ".repeat("parallax  ".len()), PLAIN, &summary)?;
    overview::documents(report, &mut page)?;
    overview::similarity(report, &mut page)?;
    overview::stories(report, &mut page)?;
    passages::pairs(report, &mut page)?;
    passages::claims(report, &mut page)?;
    findings::findings(report, &mut page)?;
    findings::skipped(report, &mut page)?;
    if report.documents.len() < 2 {
        return Ok(());
    }
    page.heading("How to read this")?;
    for line in selection::LEGEND {
        page.wrapped("  ", "  ", DIM, line)?;
    }
    Ok(())
}

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const ID: Style = AnsiColor::Cyan.on_default();

/// The colour of a severity.
fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Info => DIM,
        Severity::Minor => AnsiColor::Yellow.on_default(),
        Severity::Major => AnsiColor::Red.on_default(),
        Severity::Critical => AnsiColor::Red.on_default().bold(),
    }
}

/// The place written to, with its width and manners.
struct Page<'o> {
    output: &'o mut dyn Write,
    width: usize,
    colour: bool,
    all: bool,
}

impl Page<'_> {
    fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.output, "{}", text.trim_end())
    }

    fn heading(&mut self, text: &str) -> io::Result<()> {
        self.line("")?;
        let painted = self.paint(BOLD, text);
        self.line(&painted)
    }

    /// `text` in a style, or plain where colours are off.
    fn paint(&self, style: Style, text: impl Display) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_string() }
    }

    /// Writes `text` wrapped to the width, each line in `style`.
    fn wrapped(&mut self, first: &str, rest: &str, style: Style, text: &str) -> io::Result<()> {
        let room = self.width.saturating_sub(rest.width()).max(10);
        for (index, line) in wrap(text, room).iter().enumerate() {
            let indent = if index == 0 { first } else { rest };
            let line = self.paint(style, line);
            self.line(&format!("{indent}{line}"))?;
        }
        Ok(())
    }

    fn more(&mut self, left_out: usize, what: &str) -> io::Result<()> {
        if left_out == 0 {
            return Ok(());
        }
        let text = format!("… and {left_out} more {what}; --all shows them");
        self.wrapped("  ", "    ", DIM, &text)
    }
}

/// Lines of at most `width` columns. Input text is made harmless first.
fn wrap(text: &str, width: usize) -> Vec<String> {
    textwrap::wrap(&printable(text), width.max(1))
        .into_iter()
        .map(|line| line.into_owned())
        .collect()
}

/// `text` on one line of at most `width` columns, cut with `…` where it is longer.
fn cut(text: &str, width: usize) -> String {
    let text = printable(text);
    if text.width() <= width {
        return text;
    }
    let mut kept = String::new();
    for word in text.split_inclusive(' ') {
        if kept.width() + word.trim_end().width() + 2 > width {
            break;
        }
        kept.push_str(word);
    }
    if kept.is_empty() {
        kept = text.chars().take(width.saturating_sub(2) / 2).collect();
    }
    format!("{} …", kept.trim_end())
}

/// `text` followed by blanks up to `width` columns.
fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}
