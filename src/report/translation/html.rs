//! HTML: one page that loads nothing, with every segment, its findings and filters.

use std::io::{self, Write};

use super::{Head, Summary, Writer};
use crate::report::html::segments::Segments;
use crate::translation::Checked;

/// The page in the making. The head of the page has the totals, so that segments wait until the end.
#[derive(Default)]
pub(super) struct Page {
    segments: Segments,
}

impl Writer for Page {
    fn segment(
        &mut self,
        head: &Head,
        checked: &Checked,
        _output: &mut dyn Write,
    ) -> io::Result<()> {
        let segment = &checked.segment;
        let place = segment.target.location(0).or(segment.source.location(0)).map(|place| {
            let file = if segment.target.anchors.is_empty() { 0 } else { 1 };
            format!("{}:{}:{}", head.files[file], place.line, place.column)
        });
        self.segments.add(checked, place);
        Ok(())
    }

    fn end(&mut self, head: &Head, summary: &Summary, output: &mut dyn Write) -> io::Result<()> {
        output.write_all(self.segments.page(head, summary).as_bytes())
    }
}
