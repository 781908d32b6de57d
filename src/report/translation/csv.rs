//! CSV: a row for each finding, and one for each segment without any.

use std::io::{self, Write};

use super::{Head, SegmentEntry, Writer, pointed_at};
use crate::report::sanitise::csv;
use crate::translation::Checked;

/// The columns.
const COLUMNS: [&str; 13] = [
    "id",
    "file",
    "line",
    "column",
    "score",
    "check",
    "category",
    "severity",
    "confidence",
    "message",
    "source",
    "target",
    "in question",
];

pub(super) struct Table;

impl Writer for Table {
    fn begin(&mut self, _head: &Head, output: &mut dyn Write) -> io::Result<()> {
        write!(output, "{}\r\n", COLUMNS.join(","))
    }

    fn segment(
        &mut self,
        head: &Head,
        checked: &Checked,
        output: &mut dyn Write,
    ) -> io::Result<()> {
        let entry = SegmentEntry::new(checked);
        let score = entry.score.map_or(String::new(), |score| score.to_string());
        let location = checked.segment.target.location(0);
        let place = |pointed: Option<(usize, usize)>| {
            pointed.map_or([String::new(), String::new()], |(line, column)| {
                [line.to_string(), column.to_string()]
            })
        };
        if entry.findings.is_empty() {
            let [line, column] = place(location.map(|place| (place.line, place.column)));
            let cells = [
                csv(entry.id),
                csv(&head.files[1]),
                line,
                column,
                score,
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                csv(entry.source),
                csv(entry.target),
                String::new(),
            ];
            return write!(output, "{}\r\n", cells.join(","));
        }
        for (shown, finding) in entry.findings.iter().zip(&checked.findings) {
            let pointer = pointed_at(head, checked, finding);
            let [line, column] = place(pointer.start);
            let places = [&shown.source, &shown.target].into_iter().flatten();
            let in_question: Vec<&str> = places.map(|place| place.text).collect();
            let cells = [
                csv(entry.id),
                csv(pointer.file),
                line,
                column,
                score.clone(),
                shown.check.to_owned(),
                shown.category.to_owned(),
                shown.severity.name().to_owned(),
                shown.confidence.to_string(),
                csv(shown.message),
                csv(entry.source),
                csv(entry.target),
                csv(&in_question.join(" / ")),
            ];
            write!(output, "{}\r\n", cells.join(","))?;
        }
        Ok(())
    }
}
