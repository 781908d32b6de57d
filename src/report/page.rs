//! A page of text for a terminal: lines within its width, in colours if wanted. Text of the inputs is made
//! harmless on the way.

use std::fmt::Display;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::Layout;
use super::sanitise::printable;
use crate::finding::Severity;

/// Narrowest layout that still reads.
const NARROWEST: usize = 48;
/// Widest layout: longer lines tire the eye.
const WIDEST: usize = 140;

pub(super) const PLAIN: Style = Style::new();
pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const ID: Style = AnsiColor::Cyan.on_default();

/// The colour of a severity.
pub(super) fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Info => DIM,
        Severity::Minor => AnsiColor::Yellow.on_default(),
        Severity::Major => AnsiColor::Red.on_default(),
        Severity::Critical => AnsiColor::Red.on_default().bold(),
    }
}

/// The place written to, with its width and manners.
pub(super) struct Page<'o> {
    output: &'o mut dyn Write,
    pub(super) width: usize,
    pub(super) colour: bool,
    pub(super) all: bool,
}

impl<'o> Page<'o> {
    /// A page on `output`, as wide as `layout` says within what can be read.
    pub(super) fn new(layout: &Layout, output: &'o mut dyn Write) -> Self {
        Self {
            output,
            width: layout.width.clamp(NARROWEST, WIDEST),
            colour: layout.colour,
            all: layout.all,
        }
    }

    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.output, "{}", text.trim_end())
    }

    pub(super) fn heading(&mut self, text: &str) -> io::Result<()> {
        self.line("")?;
        self.wrapped("", "  ", BOLD, text)
    }

    /// `text` in a style, or plain where colours are off.
    pub(super) fn paint(&self, style: Style, text: impl Display) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_string() }
    }

    /// Writes `text` wrapped to the width, each line in `style`.
    pub(super) fn wrapped(
        &mut self,
        first: &str,
        rest: &str,
        style: Style,
        text: &str,
    ) -> io::Result<()> {
        let room = self.width.saturating_sub(rest.width()).max(10);
        for (index, line) in wrap(text, room).iter().enumerate() {
            let indent = if index == 0 { first } else { rest };
            let line = self.paint(style, line);
            self.line(&format!("{indent}{line}"))?;
        }
        Ok(())
    }

    pub(super) fn more(&mut self, left_out: usize, what: &str) -> io::Result<()> {
        if left_out == 0 {
            return Ok(());
        }
        let text = format!("… and {left_out} more {what}; --all shows them");
        self.wrapped("  ", "    ", DIM, &text)
    }
}

/// Lines of at most `width` columns. Input text is made harmless first.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    textwrap::wrap(&printable(text), width.max(1))
        .into_iter()
        .map(|line| line.into_owned())
        .collect()
}

/// `text` on one line of at most `width` columns, cut with `…` where it is longer.
pub(super) fn cut(text: &str, width: usize) -> String {
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
pub(super) fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}
