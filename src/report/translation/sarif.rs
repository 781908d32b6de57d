//! SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/>): the checks as rules, the findings as results.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Head, Summary, Writer, pointed_at};
use crate::finding::Severity;
use crate::report::json::write_line;
use crate::translation::baseline::fingerprint;
use crate::translation::{Checked, SegmentFinding};

/// Where the schema of the format is.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The log in the course of being written.
#[derive(Default)]
pub(super) struct Log {
    /// Whether a result was written.
    any: bool,
}

impl Writer for Log {
    fn begin(&mut self, head: &Head, output: &mut dyn Write) -> io::Result<()> {
        let rules: Vec<Value> = head
            .checks
            .iter()
            .map(|check| {
                json!({
                    "id": check.id,
                    "shortDescription": { "text": check.summary },
                    "fullDescription": { "text": check.explanation },
                    "help": { "text": check.explanation },
                    "properties": { "tags": [check.family] },
                })
            })
            .collect();
        let driver = json!({
            "driver": {
                "name": head.tool.name,
                "version": head.tool.version,
                "semanticVersion": head.tool.version,
                "rules": rules,
            }
        });
        write!(output, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":")?;
        write_line(&driver, output)?;
        output.write_all(b",\"columnKind\":\"unicodeCodePoints\",\"results\":[\n")
    }

    fn segment(
        &mut self,
        head: &Head,
        checked: &Checked,
        output: &mut dyn Write,
    ) -> io::Result<()> {
        for finding in &checked.findings {
            if std::mem::replace(&mut self.any, true) {
                output.write_all(b",")?;
            }
            write_line(&result(head, checked, finding), output)?;
        }
        Ok(())
    }

    fn end(&mut self, _head: &Head, summary: &Summary, output: &mut dyn Write) -> io::Result<()> {
        output.write_all(b"],\"properties\":")?;
        write_line(summary, output)?;
        output.write_all(b"}]}\n")
    }
}

fn result(head: &Head, checked: &Checked, finding: &SegmentFinding) -> Value {
    let pointer = pointed_at(head, checked, finding);
    let mut physical = json!({ "artifactLocation": { "uri": uri(pointer.file) } });
    if let (Some(start), Some(end)) = (pointer.start, pointer.end) {
        physical["region"] = json!({
            "startLine": start.0,
            "startColumn": start.1,
            "endLine": end.0,
            "endColumn": end.1,
        });
    }
    let rule = head.checks.iter().position(|check| check.id == finding.check);
    let mut result = json!({
        "ruleId": finding.check,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": [{
            "physicalLocation": physical,
            "logicalLocations": [{ "name": checked.segment.id, "kind": "segment" }],
        }],
        "partialFingerprints": {
            "parallax/1": format!("{:016x}", fingerprint(&checked.segment, finding)),
        },
        "rank": f64::from(finding.confidence) * 100.0,
        "properties": {
            "category": finding.category,
            "severity": finding.severity.name(),
            "source": checked.segment.source.text,
            "target": checked.segment.target.text,
            "score": checked.score,
        },
    });
    if let Some(rule) = rule {
        result["ruleIndex"] = json!(rule);
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::Major => "error",
        Severity::Minor => "warning",
        Severity::Info => "note",
    }
}

/// A path as a relative or `file` reference (RFC 3986): what is no letter, digit or mark of a path is escaped.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut escaped = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                escaped.push(char::from(byte));
            }
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    if escaped.starts_with('/') { format!("file://{escaped}") } else { escaped }
}
