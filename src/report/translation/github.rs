//! Annotations for GitHub Actions: a workflow command a finding
//! (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>).

use std::io::{self, Write};

use super::{Head, Summary, Writer, pointed_at};
use crate::finding::Severity;
use crate::report::sanitise::printable;
use crate::translation::Checked;

pub(super) struct Annotations;

impl Writer for Annotations {
    fn segment(
        &mut self,
        head: &Head,
        checked: &Checked,
        output: &mut dyn Write,
    ) -> io::Result<()> {
        for finding in &checked.findings {
            let command = match finding.severity {
                Severity::Critical | Severity::Major => "error",
                Severity::Minor => "warning",
                Severity::Info => "notice",
            };
            let pointer = pointed_at(head, checked, finding);
            let mut properties = format!("file={}", property(pointer.file));
            if let (Some(start), Some(end)) = (pointer.start, pointer.end) {
                properties.push_str(&format!(",line={},endLine={}", start.0, end.0));
                // Columns are allowed within one line only.
                if start.0 == end.0 {
                    properties.push_str(&format!(",col={},endColumn={}", start.1, end.1));
                }
            }
            properties.push_str(&format!(",title={}", property(finding.check)));
            writeln!(output, "::{command} {properties}::{}", data(&finding.message))?;
        }
        Ok(())
    }

    fn end(&mut self, _head: &Head, summary: &Summary, output: &mut dyn Write) -> io::Result<()> {
        let findings: usize = summary.findings.by_severity().iter().map(|(_, count)| count).sum();
        writeln!(output, "{} segments, {findings} findings", summary.segments)
    }
}

fn data(text: &str) -> String {
    printable(text).replace('%', "%25")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
