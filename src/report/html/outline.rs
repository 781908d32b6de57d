//! The report seen from its sentences and documents: which claim a sentence makes, which findings stand at it,
//! which event a document belongs to.

use std::collections::HashMap;

use crate::differences;
use crate::report::{
    ClaimEntry, DocumentEntry, EventEntry, FindingEntry, PlaceEntry, Report, SentenceEntry,
};
use crate::text::ParagraphKind;

/// The family of checks whose findings tell that something is not said elsewhere.
const COVERAGE: &str = "coverage";

/// A finding at one of its two sides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Side<'r> {
    /// The finding.
    pub(super) finding: &'r FindingEntry,
    /// The side.
    pub(super) place: &'r PlaceEntry,
}

/// Indices over a report.
pub(super) struct Outline<'r> {
    /// What they lead into.
    pub(super) report: &'r Report,
    /// Index of the claim that a sentence makes, by the sentence's id.
    claim_of: HashMap<&'r str, usize>,
    /// Findings by the sentence or document they stand at.
    sides: HashMap<&'r str, Vec<Side<'r>>>,
}

impl<'r> Outline<'r> {
    /// Looks through a report.
    pub(super) fn of(report: &'r Report) -> Self {
        let mut claim_of = HashMap::new();
        for (index, claim) in report.claims.iter().enumerate() {
            claim_of.extend(claim.sentences.iter().map(|id| (id.as_str(), index)));
        }
        let mut sides: HashMap<&str, Vec<Side<'_>>> = HashMap::new();
        for finding in &report.findings {
            let sides_of = [&finding.left, &finding.right].into_iter().flatten();
            for place in sides_of.chain(&finding.evidence) {
                let id = place.sentence.as_ref().unwrap_or(&place.document);
                sides.entry(id).or_default().push(Side { finding, place });
            }
        }
        Self { report, claim_of, sides }
    }

    /// The claim that a sentence makes.
    pub(super) fn claim_of(&self, sentence: &str) -> Option<&'r ClaimEntry> {
        self.claim_of.get(sentence).map(|&index| &self.report.claims[index])
    }

    /// The findings at a sentence, or at a document as a whole.
    pub(super) fn sides_at(&self, id: &str) -> &[Side<'r>] {
        self.sides.get(id).map_or(&[], Vec::as_slice)
    }

    /// The documents with these ids.
    pub(super) fn documents(&self, ids: &[String]) -> Vec<&'r DocumentEntry> {
        ids.iter().filter_map(|id| self.report.document(id)).collect()
    }

    /// The events of a story.
    pub(super) fn events_of(&self, story: &str) -> Vec<&'r EventEntry> {
        self.report.events.iter().filter(|event| event.story == story).collect()
    }

    /// All documents, those of one event beside each other.
    pub(super) fn documents_by_event(&self) -> Vec<&'r DocumentEntry> {
        let stories = self.report.stories.iter();
        let events = stories.flat_map(|story| self.events_of(&story.id));
        events.flat_map(|event| self.documents(&event.documents)).collect()
    }
}

/// What the documents of an event have in common and where they part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tally {
    /// Claims that every document makes.
    pub(super) all: usize,
    /// Claims that some make and some do not.
    pub(super) several: usize,
    /// Sentences below the headline that one document alone has.
    pub(super) one: usize,
}

impl Outline<'_> {
    /// Counts the claims of an event's documents among themselves.
    pub(super) fn tally(&self, event: &EventEntry) -> Tally {
        let documents = self.documents(&event.documents);
        let (mut all, mut several) = (0, 0);
        for claim in &self.report.claims {
            match makers_within(claim, &event.documents) {
                0 | 1 => {}
                makers if makers == documents.len() => all += 1,
                _ => several += 1,
            }
        }
        let bodies = documents.iter().flat_map(|document| told_sentences(document));
        let one =
            bodies.filter(|sentence| self.tellers(&sentence.id, &event.documents) < 2).count();
        Tally { all, several, one }
    }

    /// How many of these documents say what a sentence of one of them says; 1 where only its own does.
    pub(super) fn tellers(&self, sentence: &str, documents: &[String]) -> usize {
        self.claim_of(sentence).map_or(1, |claim| makers_within(claim, documents).max(1))
    }

    /// The findings between documents of an event that set what they say against each other, the weightiest
    /// first.
    pub(super) fn differences(&self, event: &EventEntry) -> Vec<&FindingEntry> {
        let inside = |finding: &FindingEntry| {
            [&finding.left, &finding.right]
                .into_iter()
                .all(|side| side.as_ref().is_some_and(|p| event.documents.contains(&p.document)))
        };
        let findings = self.report.findings.iter();
        findings.filter(|finding| !is_coverage(finding) && inside(finding)).collect()
    }
}

/// How many of these documents make a claim.
pub(super) fn makers_within(claim: &ClaimEntry, documents: &[String]) -> usize {
    claim.documents.iter().filter(|id| documents.contains(id)).count()
}

/// The sentences of a document but for its headline.
pub(super) fn told_sentences(document: &DocumentEntry) -> impl Iterator<Item = &SentenceEntry> {
    document.sentences.iter().filter(|sentence| sentence.role != ParagraphKind::Title)
}

/// Whether a finding tells that something is said on one side only.
pub(super) fn is_coverage(finding: &FindingEntry) -> bool {
    differences::check(finding.check).is_some_and(|check| check.info.family == COVERAGE)
}

/// The number of a sentence within its document, as in its id.
pub(super) fn number(sentence: &SentenceEntry) -> &str {
    sentence.id.rsplit_once(".s").map_or("", |(_, number)| number)
}
