//! `inconsistency`: the same source translated in two ways, or two sources that became the same translation.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Segment, SegmentFinding};
use crate::finding::{CheckInfo, Severity};
use crate::text::Span;

/// What the check says about itself.
pub struct Consistency {
    /// Id, family, explanation.
    pub info: CheckInfo,
    /// The category of its findings.
    pub category: &'static str,
}

/// The check.
pub const CHECK: Consistency = Consistency {
    info: CheckInfo {
        id: "inconsistency",
        family: "translation",
        summary: "the same text is translated in two ways, or two texts in the same way",
        explanation: "\
A source that occurred before has another translation now, or a translation that occurred before belonged
to another source. Case, blanks and marks at the end do not count; nor do segments whose contexts (as the
file gives them) differ, or plural forms. The finding stands at the later segment and names the earlier one.
It is `minor`; one translation for two sources is `info`. In very large files only the first million
different texts are remembered.

Example: “Save” is “Speichern” in one dialog and “Sichern” in the next.

Silence it with `--skip inconsistency`.",
    },
    category: "terminology/inconsistent-use",
};

/// Most texts that are remembered.
const MOST: usize = 1_000_000;

/// An earlier use of a text: the hash of its other side, and the number of its segment.
#[derive(Clone, Copy)]
struct Use {
    other: u64,
    segment: usize,
}

/// The texts seen so far.
#[derive(Default)]
pub struct Uses {
    by_source: HashMap<u64, Use>,
    by_target: HashMap<u64, Use>,
    segments: usize,
}

impl Uses {
    /// What the next segment of a file is inconsistent with.
    pub fn add(&mut self, segment: &Segment) -> Vec<SegmentFinding> {
        self.segments += 1;
        let [source, target] = [&segment.source.text, &segment.target.text].map(|text| plain(text));
        if source.is_empty() || target.is_empty() || segment.plural.is_some() {
            return Vec::new();
        }
        // Texts for two contexts are two texts.
        let context = segment.context.as_deref().unwrap_or("");
        let keys = [hash(&(&source, context)), hash(&(&target, context))];
        let texts = [hash(&source), hash(&target)];
        let number = self.segments;
        let mut findings = Vec::new();
        if let Some(earlier) = note(&mut self.by_source, keys[0], texts[1], number) {
            let message = format!("The same source has another translation in segment {earlier}");
            findings.push(finding(segment, (Severity::Minor, 0.7), message));
        }
        if let Some(earlier) = note(&mut self.by_target, keys[1], texts[0], number) {
            let message = format!("Segment {earlier} has the same translation of another source");
            findings.push(finding(segment, (Severity::Info, 0.5), message));
        }
        findings
    }
}

/// Notes a use; the number of the segment it differs from, if it does.
fn note(uses: &mut HashMap<u64, Use>, key: u64, other: u64, segment: usize) -> Option<usize> {
    match uses.get(&key) {
        Some(earlier) => (earlier.other != other).then_some(earlier.segment),
        None => {
            if uses.len() < MOST {
                uses.insert(key, Use { other, segment });
            }
            None
        }
    }
}

fn finding(
    segment: &Segment,
    (severity, confidence): (Severity, f32),
    message: String,
) -> SegmentFinding {
    SegmentFinding {
        check: CHECK.info.id,
        category: CHECK.category,
        severity,
        confidence,
        message,
        source: Some(Span::new(0, segment.source.text.len())),
        target: Some(Span::new(0, segment.target.text.len())),
    }
}

/// A text without case, double blanks and marks at its end.
fn plain(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ").trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Language;
    use crate::translation::Side;

    #[test]
    fn both_ways_are_told_and_contexts_heeded() {
        let mut uses = Uses::default();
        let mut add = |source: &str, target: &str, context: Option<&str>| {
            let side = |text: &str| Side::new(text, Language::UNKNOWN);
            let mut segment = Segment::new("1", side(source), side(target));
            segment.context = context.map(str::to_owned);
            uses.add(&segment).into_iter().map(|finding| finding.message).collect::<Vec<_>>()
        };
        assert!(add("Save", "Speichern", None).is_empty());
        assert!(add("save.", "speichern", None).is_empty());
        assert_eq!(
            add("Save", "Sichern", None),
            ["The same source has another translation in segment 1"]
        );
        assert_eq!(
            add("Store", "Speichern", None),
            ["Segment 1 has the same translation of another source"]
        );
        assert!(add("Save", "Retten", Some("lifeboat")).is_empty());
    }
}
