//! The JSON writer: the report as it is, indented, one trailing newline.

use std::io;

use super::{Layout, Report};

/// Writes the report as JSON.
///
/// # Errors
/// What the output says when it cannot be written.
pub fn write(report: &Report, _layout: &Layout, output: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *output, report)?;
    output.write_all(b"\n")
}
