//! JUnit XML, as build servers read it: a test case for each segment with findings, and one that stands for all
//! others. The counts stand in the head, so the cases wait until the end; those without findings take no memory.

use std::io::{self, Write};

use super::{Head, Summary, Writer, pointed_at};
use crate::finding::Severity;
use crate::report::sanitise::xml;
use crate::translation::Checked;

/// The test cases that failed.
#[derive(Default)]
pub(super) struct Suite {
    cases: Vec<String>,
    /// Cases with a finding that is no more than worth knowing.
    failures: usize,
}

impl Writer for Suite {
    fn segment(
        &mut self,
        head: &Head,
        checked: &Checked,
        _output: &mut dyn Write,
    ) -> io::Result<()> {
        if checked.findings.is_empty() {
            return Ok(());
        }
        let file = xml(&head.files[1]);
        let mut case =
            format!("    <testcase classname=\"{file}\" name=\"{}\"", xml(&checked.segment.id));
        case.push_str(&format!(" file=\"{file}\""));
        if let Some(place) = checked.segment.target.location(0) {
            case.push_str(&format!(" line=\"{}\"", place.line));
        }
        case.push_str(">\n");
        let weighty = checked.findings.iter().any(|finding| finding.severity > Severity::Info);
        let mut details = Vec::new();
        for finding in &checked.findings {
            let pointer = pointed_at(head, checked, finding);
            let place = pointer.start.map_or(String::new(), |(line, column)| {
                format!("{}:{line}:{column}: ", pointer.file)
            });
            details.push(format!(
                "{place}{} {}: {}",
                finding.severity.name(),
                finding.check,
                finding.message
            ));
        }
        let body: Vec<String> = details.iter().map(|detail| xml(detail)).collect();
        let body = format!(
            "{}\nsource: {}\ntarget: {}",
            body.join("\n"),
            xml(&checked.segment.source.text),
            xml(&checked.segment.target.text)
        );
        if weighty {
            self.failures += 1;
            let checks: Vec<&str> = checked.findings.iter().map(|finding| finding.check).collect();
            case.push_str(&format!(
                "      <failure type=\"{}\" message=\"{}\">{body}</failure>\n",
                xml(checks[0]),
                xml(&details.join("; "))
            ));
        } else {
            case.push_str(&format!("      <system-out>{body}</system-out>\n"));
        }
        case.push_str("    </testcase>\n");
        self.cases.push(case);
        Ok(())
    }

    fn end(&mut self, head: &Head, summary: &Summary, output: &mut dyn Write) -> io::Result<()> {
        let name = xml(&head.files[1]);
        let clean = summary.segments - self.cases.len();
        let tests = self.cases.len() + 1;
        let counts = format!("tests=\"{tests}\" failures=\"{}\" errors=\"0\"", self.failures);
        writeln!(output, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(output, "<testsuites name=\"parallax check\" {counts}>")?;
        writeln!(output, "  <testsuite name=\"{name}\" {counts} skipped=\"0\">")?;
        writeln!(
            output,
            "    <testcase classname=\"{name}\" name=\"{clean} segments without findings\"/>"
        )?;
        for case in &self.cases {
            output.write_all(case.as_bytes())?;
        }
        writeln!(output, "  </testsuite>\n</testsuites>")
    }
}
