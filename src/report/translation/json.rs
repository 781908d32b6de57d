//! JSON and JSON lines.

use std::io::{self, Write};

use super::{Head, SCHEMA, SegmentEntry, Summary, Writer};
use crate::report::json::write_line;
use crate::translation::Checked;

/// A line for each segment.
pub(super) struct Lines;

impl Writer for Lines {
    fn segment(
        &mut self,
        _head: &Head,
        checked: &Checked,
        output: &mut dyn Write,
    ) -> io::Result<()> {
        write_line(&SegmentEntry::new(checked), output)
    }
}

/// One object; a line for each segment.
#[derive(Default)]
pub(super) struct Object {
    /// Whether a segment was written.
    any: bool,
}

impl Writer for Object {
    fn begin(&mut self, head: &Head, output: &mut dyn Write) -> io::Result<()> {
        write!(output, "{{\"schema\":\"{SCHEMA}\",\n\"tool\":")?;
        write_line(&head.tool, output)?;
        output.write_all(b",\"options\":")?;
        write_line(&head.options, output)?;
        output.write_all(b",\"files\":")?;
        write_line(&head.files, output)?;
        output.write_all(b",\"segments\":[\n")
    }

    fn segment(
        &mut self,
        _head: &Head,
        checked: &Checked,
        output: &mut dyn Write,
    ) -> io::Result<()> {
        if std::mem::replace(&mut self.any, true) {
            output.write_all(b",")?;
        }
        write_line(&SegmentEntry::new(checked), output)
    }

    fn end(&mut self, _head: &Head, summary: &Summary, output: &mut dyn Write) -> io::Result<()> {
        output.write_all(b"],\n\"summary\":")?;
        write_line(summary, output)?;
        output.write_all(b"}\n")
    }
}
