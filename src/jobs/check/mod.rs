//! `check`: a translation, segment by segment, from its files to findings and scores. Segments are read, checked and
//! handed on in batches, so that a file of any length takes the same memory.

mod asked;
mod batch;
mod documents;
mod languages;
mod reader;

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use self::batch::Batch;
use self::languages::Guess;
use super::{Observer, Stage};
use crate::error::{Error, Result};
use crate::finding::CheckInfo;
use crate::translation::baseline::{self, Fingerprint};
use crate::translation::checks::{self, Selection, Settings};
use crate::translation::consistency::{self, Uses};
use crate::translation::read::{Item, Items, Problem};
use crate::translation::terms::{Glossary, Term};
use crate::translation::{Checked, Segment, SegmentFinding};

pub use documents::{Aligned, segments};
pub use reader::Reader;

/// Segments of a batch: enough to fill the encoder's batches.
const BATCH: usize = 1024;
/// Bytes of text after which a batch is full.
const BATCH_BYTES: usize = 4 << 20;

/// What shapes a check.
#[derive(Debug, Clone, Default)]
pub struct CheckOptions {
    /// Which checks run.
    pub selection: Selection,
    /// How strict they are.
    pub settings: Settings,
    /// Whether the segments come from aligned documents.
    pub aligned: bool,
    /// The terms of a glossary; none where empty.
    pub terms: Vec<Term>,
    /// Findings that were accepted and stay silent.
    pub accepted: HashSet<Fingerprint>,
}

impl CheckOptions {
    /// Whether a check runs.
    fn runs(&self, id: &str) -> bool {
        self.selection.wants(id) && self.settings.runs(id)
    }

    /// A finding with the severity that the profile gives it, unless it is too unsure.
    fn kept(&self, mut finding: SegmentFinding) -> Option<SegmentFinding> {
        finding.severity = self.settings.severity(finding.check, finding.severity);
        (finding.confidence >= self.settings.thresholds.confidence).then_some(finding)
    }

    /// The glossary for the languages of a segment.
    fn glossary(&self, segment: &Segment) -> Option<Glossary> {
        let languages = [segment.source.language, segment.target.language];
        (!self.terms.is_empty()).then(|| Glossary::new(self.terms.clone(), languages))
    }

    /// Makes sure that the checks named exist.
    ///
    /// # Errors
    /// [`Error::Option`] that names the first that does not.
    pub fn verify(&self) -> Result<()> {
        let ids: Vec<&str> = known_checks().iter().map(|check| check.id).collect();
        self.selection.verify(&ids)
    }
}

/// What the checks of a translation say about themselves: its own, and those it shares with versions of an event.
pub fn known_checks() -> Vec<CheckInfo> {
    let own = checks::CHECKS.iter().map(|check| check.info);
    let shared = batch::shared_checks().map(|check| check.info);
    own.chain([consistency::CHECK.info]).chain(shared).collect()
}

/// How a check of a translation went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Segments checked.
    pub segments: usize,
    /// Parts of the file that were no segment.
    pub problems: usize,
    /// Findings that stayed silent because they were accepted.
    pub accepted: usize,
}

/// What a check hands on.
#[derive(Debug)]
pub enum Outcome {
    /// A segment with what was found in it.
    Checked(Box<Checked>),
    /// A part of the file that is no segment.
    Problem(Problem),
    /// Something to know about the file by which nothing is lost.
    Remark(Problem),
}

/// Checks the segments, in order; `reader` gives the vectors of their texts and scores them, `answer` gets the outcomes of
/// a batch at a time.
///
/// # Errors
/// Those of the engine, of the observer and of `answer`.
pub fn check<E: From<Error>>(
    items: Items,
    options: &CheckOptions,
    reader: &Reader<'_>,
    observer: &mut dyn Observer,
    answer: &mut dyn FnMut(Vec<Outcome>) -> Result<(), E>,
) -> Result<Tally, E> {
    let mut items = items.peekable();
    let mut tally = Tally::default();
    let mut guess = Guess::default();
    let mut glossary = None;
    let mut uses = Uses::default();
    let mut ids = Ids::default();
    while items.peek().is_some() {
        observer.progress(Stage::Checking, tally.segments, 0)?;
        let (mut segments, mut outcomes) = next_batch(&mut items);
        guess.fill(&mut segments);
        if let (None, Some(first)) = (&glossary, segments.first()) {
            glossary = options.glossary(first);
        }
        let lost = |outcome: &&Outcome| matches!(outcome, Outcome::Problem(_));
        tally.problems += outcomes.iter().filter(lost).count();
        let repeated = segments.iter().filter_map(|segment| ids.repeated(segment));
        outcomes.extend(repeated.map(Outcome::Remark));
        tally.segments += segments.len();
        let batch = Batch::new(segments, options, glossary.as_ref(), reader)?;
        for mut checked in batch.check() {
            if options.runs(consistency::CHECK.info.id) {
                let found = uses.add(&checked.segment).into_iter();
                checked.findings.extend(found.filter_map(|finding| options.kept(finding)));
            }
            tally.accepted += settle(&mut checked, options);
            outcomes.push(Outcome::Checked(Box::new(checked)));
        }
        answer(outcomes)?;
    }
    Ok(tally)
}

/// Takes out the findings that are too mild and those that the file or the baseline silences; returns how many the
/// baseline does.
fn settle(checked: &mut Checked, options: &CheckOptions) -> usize {
    let segment = &checked.segment;
    let ignored = |id: &str| segment.ignored.iter().any(|named| named == "*" || named == id);
    let severe = |finding: &SegmentFinding| {
        options.selection.min_severity.is_none_or(|least| finding.severity >= least)
    };
    checked.findings.retain(|finding| severe(finding) && !ignored(finding.check));
    let before = checked.findings.len();
    if !options.accepted.is_empty() {
        checked
            .findings
            .retain(|finding| !options.accepted.contains(&baseline::fingerprint(segment, finding)));
    }
    before - checked.findings.len()
}

/// The next segments, and what is to be said between them.
fn next_batch(items: &mut dyn Iterator<Item = Item>) -> (Vec<Segment>, Vec<Outcome>) {
    let (mut segments, mut told) = (Vec::new(), Vec::new());
    let mut bytes = 0;
    while segments.len() < BATCH && told.len() < BATCH && bytes < BATCH_BYTES {
        match items.next() {
            Some(Item::Segment(segment)) => {
                bytes += segment.source.text.len() + segment.target.text.len();
                segments.push(*segment);
            }
            Some(Item::Problem(problem)) => told.push(Outcome::Problem(problem)),
            Some(Item::Remark(remark)) => told.push(Outcome::Remark(remark)),
            None => break,
        }
    }
    (segments, told)
}

/// The ids seen so far, as hashes.
#[derive(Default)]
struct Ids {
    seen: HashSet<u64>,
    /// How often an id came again.
    repeated: usize,
}

impl Ids {
    /// Most ids that are remembered.
    const MOST: usize = 1_000_000;
    /// Most repetitions that are told.
    const TOLD: usize = 10;

    /// What is wrong with the id of a segment, if it was used before.
    fn repeated(&mut self, segment: &Segment) -> Option<Problem> {
        let mut hasher = DefaultHasher::new();
        segment.id.hash(&mut hasher);
        let key = hasher.finish();
        if self.seen.len() >= Self::MOST || self.seen.insert(key) {
            return None;
        }
        self.repeated += 1;
        (self.repeated <= Self::TOLD).then(|| Problem {
            location: segment.source.location(0).or(segment.target.location(0)),
            message: format!("the id `{}` was used before", segment.id),
            hint: "give each segment an id of its own; all are checked".to_owned(),
        })
    }
}
