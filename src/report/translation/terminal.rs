//! The terminal writer: each segment with findings, both texts with the stretches in question marked, and what
//! was found. Words that the other side does not answer are marked more lightly.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{Head, Summary, Writer, language_name};
use crate::report::Layout;
use crate::report::page::{BOLD, DIM, ID, PLAIN, Page, severity_style};
use crate::report::sanitise::printable;
use crate::report::selection::{count, percent};
use crate::text::Span;
use crate::translation::score::Risk;
use crate::translation::{Checked, SegmentFinding, Side};

/// How a stretch is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Nothing is said about it.
    None,
    /// The other side does not answer it.
    Risk,
    /// A finding is about it.
    Finding,
}

impl Mark {
    /// What stands under each character where there are no colours.
    fn sign(self) -> &'static str {
        match self {
            Self::None => " ",
            Self::Risk => "~",
            Self::Finding => "^",
        }
    }

    fn style(self) -> Style {
        match self {
            Self::None => PLAIN,
            Self::Risk => AnsiColor::Yellow.on_default().underline(),
            Self::Finding => AnsiColor::Red.on_default().underline(),
        }
    }
}

/// Blanks before a text.
const INDENT: &str = "      ";

/// The writer for a terminal that looks like this.
pub(super) fn writer(layout: &Layout) -> Box<dyn Writer> {
    Box::new(Terminal { layout: *layout })
}

struct Terminal {
    layout: Layout,
}

impl Writer for Terminal {
    fn begin(&mut self, head: &Head, output: &mut dyn Write) -> io::Result<()> {
        let mut page = Page::new(&self.layout, output);
        let [source, target] = &head.files;
        let name = page.paint(BOLD, "parallax");
        let files =
            if source == target { source.clone() } else { format!("{source} → {target}") };
        page.wrapped(&format!("{name}  "), "          ", PLAIN, &files)
    }

    fn segment(
        &mut self,
        head: &Head,
        checked: &Checked,
        output: &mut dyn Write,
    ) -> io::Result<()> {
        if checked.findings.is_empty() && !self.layout.all {
            return Ok(());
        }
        let mut page = Page::new(&self.layout, output);
        let segment = &checked.segment;
        page.line("")?;
        let mut lead = page.paint(ID, printable(&segment.id));
        if let Some(score) = checked.score {
            lead.push_str(&format!("  {}", page.paint(DIM, format!("score {}", percent(score)))));
        }
        if let Some(place) = segment.target.location(0).or(segment.source.location(0)) {
            let file = if segment.target.anchors.is_empty() { 0 } else { 1 };
            let file = printable(&head.files[file]);
            let place = format!("{file}:{}:{}", place.line, place.column);
            lead.push_str(&format!("  {}", page.paint(DIM, place)));
        }
        page.line(&lead)?;
        let spans = |of: fn(&SegmentFinding) -> Option<Span>| -> Vec<Span> {
            checked.findings.iter().filter_map(of).collect()
        };
        let marks = Marks { found: spans(|finding| finding.source), risks: &checked.uncovered };
        text(&segment.source, marks, &mut page)?;
        let marks = Marks { found: spans(|finding| finding.target), risks: &checked.unsupported };
        text(&segment.target, marks, &mut page)?;
        for finding in &checked.findings {
            let severity = page.paint(severity_style(finding.severity), finding.severity.name());
            let sure = page.paint(DIM, percent(finding.confidence));
            page.line(&format!("  {severity}  {}  {sure}", finding.check))?;
            page.wrapped(INDENT, INDENT, PLAIN, &finding.message)?;
        }
        Ok(())
    }

    fn end(&mut self, _head: &Head, summary: &Summary, output: &mut dyn Write) -> io::Result<()> {
        let mut page = Page::new(&self.layout, output);
        page.line("")?;
        page.wrapped("", "  ", BOLD, &totals(summary))
    }
}

/// What was found in all, in one line.
fn totals(summary: &Summary) -> String {
    let mut parts = vec![count(summary.segments, "segment", "segments")];
    if let Some([source, target]) = summary.languages {
        parts.push(format!("{} → {}", language_name(source), language_name(target)));
    }
    let found = summary.findings.by_severity().into_iter().filter(|(_, count)| *count > 0);
    let found: Vec<String> =
        found.map(|(severity, count)| format!("{count} {}", severity.name())).collect();
    parts.push(if found.is_empty() {
        "nothing found".to_owned()
    } else {
        format!("findings: {}", found.join(", "))
    });
    if summary.accepted > 0 {
        parts.push(format!("{} accepted in the baseline", summary.accepted));
    }
    if let Some(score) = summary.score {
        let [low, high] = score.interval.map(percent);
        parts.push(format!("score {} ({low} to {high})", percent(score.mean)));
    }
    parts.join(" · ")
}

/// What is marked in one side.
struct Marks<'r> {
    /// Stretches that findings are about.
    found: Vec<Span>,
    /// Stretches that the other side does not answer.
    risks: &'r [Risk],
}

impl Marks<'_> {
    /// How a word is marked.
    fn of(&self, word: Span) -> Mark {
        if self.found.iter().any(|span| span.overlaps(word)) {
            Mark::Finding
        } else if self.risks.iter().any(|risk| risk.span.overlaps(word)) {
            Mark::Risk
        } else {
            Mark::None
        }
    }
}

/// One side: its language, its text, and marks under the stretches that are shorter than the whole.
fn text(side: &Side, mut marks: Marks<'_>, page: &mut Page) -> io::Result<()> {
    let label =
        format!("  {:<4}", language_name(side.language).chars().take(3).collect::<String>());
    if side.text.trim().is_empty() {
        return page.line(&format!("{label}{}", page.paint(DIM, "(no text)")));
    }
    marks.found.retain(|span| !span.is_empty() && span.len() < side.text.trim().len());
    let room = page.width.saturating_sub(INDENT.len()).max(20);
    let mut first = label.as_str();
    for line in lines(&side.text, &marks, room) {
        let mut shown = String::new();
        for (piece, mark) in &line {
            shown.push_str(&page.paint(mark.style(), piece));
        }
        page.line(&format!("{first}{shown}"))?;
        first = INDENT;
        if !page.colour && line.iter().any(|(_, mark)| *mark != Mark::None) {
            let under = line.iter().map(|(piece, mark)| mark.sign().repeat(piece.width()));
            let under = under.collect::<String>();
            page.line(&format!("{INDENT}{}", under.trim_end()))?;
        }
    }
    Ok(())
}

/// The lines of a text, each as pieces with their marks.
fn lines(text: &str, marks: &Marks<'_>, room: usize) -> Vec<Vec<(String, Mark)>> {
    let mut lines = vec![Vec::new()];
    let mut width = 0;
    for (at, word) in text.split_word_bound_indices() {
        let shown = printable(word);
        if width + shown.width() > room && width > 0 {
            lines.push(Vec::new());
            width = 0;
        }
        if width == 0 && shown.trim().is_empty() {
            continue;
        }
        width += shown.width();
        let Some(line) = lines.last_mut() else { continue };
        push(line, shown, marks.of(Span::new(at, at + word.len())));
    }
    lines
}

fn push(line: &mut Vec<(String, Mark)>, shown: String, mark: Mark) {
    match line.last_mut() {
        Some((piece, last)) if *last == mark => piece.push_str(&shown),
        _ => line.push((shown, mark)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_marks_when_they_wrap() {
        let text = "one two three four";
        let two = text.find("two").unwrap();
        let risk = Risk { span: Span::new(0, two + 3), score: 0.7 };
        let marks = Marks { found: vec![Span::new(two, two + 9)], risks: &[risk] };
        let lines = lines(text, &marks, 8);
        let marked = |mark: Mark| -> Vec<&str> {
            let pieces = lines.iter().flatten().filter(|piece| piece.1 == mark);
            pieces.map(|piece| piece.0.trim()).collect()
        };
        assert_eq!(marked(Mark::Finding), ["two", "three"]);
        assert_eq!(marked(Mark::Risk), ["one"]);
    }
}
