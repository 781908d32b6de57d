//! Findings that were accepted once: told by the text they are about, so that they stay silent until it changes.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Segment, SegmentFinding};

/// Name and version of the file's form.
pub const SCHEMA: &str = "parallax.baseline/1";

/// What tells a finding from others: a hash of its check, of both texts of its segment and of what it is about.
/// Neither the place of the segment in its file nor its id counts.
pub type Fingerprint = u64;

/// The fingerprint of a finding.
pub fn fingerprint(segment: &Segment, finding: &SegmentFinding) -> Fingerprint {
    let mut hasher = Sha256::new();
    let mut part = |text: &str| {
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text);
    };
    part(finding.check);
    part(&segment.source.text);
    part(&segment.target.text);
    part(finding.source.map_or("", |span| span.of(&segment.source.text)));
    part(finding.target.map_or("", |span| span.of(&segment.target.text)));
    let hash = hasher.finalize();
    hash.iter().take(8).fold(0, |value, &byte| value << 8 | u64::from(byte))
}

/// A baseline file: for each check the fingerprints of the findings that were accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    schema: String,
    accepted: BTreeMap<String, Vec<String>>,
}

impl Baseline {
    /// A baseline of findings, each given by its check and fingerprint.
    pub fn new(findings: impl IntoIterator<Item = (&'static str, Fingerprint)>) -> Self {
        let mut accepted: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (check, fingerprint) in findings {
            accepted.entry(check.to_owned()).or_default().push(format!("{fingerprint:016x}"));
        }
        for fingerprints in accepted.values_mut() {
            fingerprints.sort();
            fingerprints.dedup();
        }
        Self { schema: SCHEMA.to_owned(), accepted }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// What is wrong with the file, in words.
    pub fn read(text: &str) -> Result<Self, String> {
        let baseline: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match baseline.schema.as_str() {
            SCHEMA => Ok(baseline),
            other => Err(format!("has the schema `{other}`, not `{SCHEMA}`")),
        }
    }

    /// The file's text: JSON, a fingerprint a line, so that changes are easy to review.
    ///
    /// # Errors
    /// None that can happen with text.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }

    /// All fingerprints.
    pub fn fingerprints(&self) -> HashSet<Fingerprint> {
        let all = self.accepted.values().flatten();
        all.filter_map(|text| u64::from_str_radix(text, 16).ok()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::lang::Language;
    use crate::text::Span;
    use crate::translation::Side;

    #[test]
    fn a_fingerprint_follows_the_text_and_not_the_place() {
        let segment = |id: &str, target: &str| {
            let side = |text: &str| Side::new(text, Language::UNKNOWN);
            Segment::new(id, side("Zwölf Boote"), side(target))
        };
        let finding = SegmentFinding {
            check: "number-mismatch",
            category: "accuracy/mistranslation",
            severity: Severity::Major,
            confidence: 1.0,
            message: String::new(),
            source: Some(Span::new(0, 6)),
            target: None,
        };
        let one = fingerprint(&segment("1", "13 valčių"), &finding);
        assert_eq!(one, fingerprint(&segment("2", "13 valčių"), &finding));
        assert_ne!(one, fingerprint(&segment("1", "14 valčių"), &finding));
        let baseline = Baseline::new([(finding.check, one), (finding.check, one)]);
        let read = Baseline::read(&baseline.to_json().unwrap()).unwrap();
        assert_eq!(read, baseline);
        assert_eq!(read.fingerprints(), HashSet::from([one]));
    }
}
