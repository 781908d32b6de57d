//! Some segments at a time: their facts, their vectors, and what the checks say.

use ndarray::{Array1, Array2, s};
use rayon::prelude::*;

use super::asked::Asked;
use super::{CheckOptions, Reader};
use crate::align::contrary::{Contrary, denied_unequally};
use crate::align::exchange::Exchange;
use crate::align::speech::{LinkContrary, Speech};
use crate::align::{
    Article, Comparison, Coverage, Event, Link, Mode, Pair, Scores, SentenceId, Story,
};
use crate::differences;
use crate::error::Result;
use crate::facts::Fact;
use crate::finding::{Finding, Severity};
use crate::lang::Language;
use crate::text::{Document, Sentence, Span};
use crate::translation::checks::{self, Pair as SegmentPair};
use crate::translation::clauses::Uncovered;
use crate::translation::score::{Reading, SegmentScore};
use crate::translation::terms::Glossary;
use crate::translation::{Checked, Segment, SegmentFinding, Side};

/// The category of findings of checks that translations share with versions of an event.
const SHARED_CATEGORY: &str = "accuracy/mistranslation";
/// Families of such checks that make sense for a translation.
const SHARED_FAMILIES: [&str; 2] = ["facts", "wording"];

/// Checks of these families on how outlets write, which is no matter of translation.
const OF_OUTLETS: [&str; 2] = ["attribution", "tone"];

/// The checks between versions of an event that a translation goes through as well: those on facts and wording
/// that translations do not have of their own.
pub(super) fn shared_checks() -> impl Iterator<Item = &'static differences::Check> {
    differences::CHECKS
        .iter()
        .filter(|check| SHARED_FAMILIES.contains(&check.info.family))
        .filter(|check| !OF_OUTLETS.contains(&check.info.id))
        .filter(|check| checks::check(check.info.id).is_none())
}

/// Segments with their facts and vectors.
pub(super) struct Batch<'o> {
    segments: Vec<Segment>,
    /// All sources as one document, a segment a sentence, and all targets.
    sides: [Article; 2],
    /// How the encoder reads each segment; nothing where the model cannot score.
    readings: Vec<Option<Reading>>,
    /// For each segment the clause that one side most likely has alone.
    uncovered: Vec<Option<Uncovered>>,
    /// For each segment the negation that one side may have alone.
    contraries: Vec<Option<Contrary>>,
    /// Sources and targets as two documents, each segment a link.
    pair: Pair,
    /// Names of both sides that stand in each other's place.
    exchanges: Vec<Exchange>,
    options: &'o CheckOptions,
    glossary: Option<&'o Glossary>,
}

impl<'o> Batch<'o> {
    /// Reads facts and computes vectors.
    ///
    /// # Errors
    /// Those of the engine.
    pub(super) fn new(
        segments: Vec<Segment>,
        options: &'o CheckOptions,
        glossary: Option<&'o Glossary>,
        reader: &Reader<'_>,
    ) -> Result<Self> {
        let (mut source, mut target) = rayon::join(
            || article(segments.iter().map(|segment| &segment.source)),
            || article(segments.iter().map(|segment| &segment.target)),
        );
        let runs = |checks: &[&str]| checks.iter().any(|id| options.runs(id));
        let contraries_wanted = runs(&["negation", "quote-changed"]) && reader.sees();
        let compared = if contraries_wanted { compared(&segments) } else { Vec::new() };
        let readings = reader.read(&segments, &compared)?;
        let vectors = reader.vectors(&segments, &readings)?;
        let count = segments.len();
        source.vectors = vectors.slice(s![..count, ..]).to_owned();
        target.vectors = vectors.slice(s![count.., ..]).to_owned();
        let sides = [source, target];
        let pair = pair(&segments);
        let asked = Asked { segments: &segments, sides: &sides, readings: &readings, reader };
        let uncovered = match runs(&["omission", "addition"]) && reader.sees() {
            true => asked.uncovered()?,
            false => vec![None; count],
        };
        let contraries = match contraries_wanted {
            true => asked.contraries()?,
            false => vec![None; count],
        };
        let exchanges = match runs(&["name-mismatch"]) {
            true => asked.exchanges(&pair)?,
            false => Vec::new(),
        };
        Ok(Self {
            segments,
            sides,
            readings,
            uncovered,
            contraries,
            pair,
            exchanges,
            options,
            glossary,
        })
    }

    /// The segments with their findings.
    pub(super) fn check(self) -> Vec<Checked> {
        let mut shared = self.shared_findings();
        let Self { segments, sides, readings, uncovered, contraries, options, glossary, .. } = self;
        let facts = |side: &Article, index: usize| -> Vec<Fact> {
            let start = side.sentences[index].span.start;
            let facts = side.facts[index].iter().cloned();
            facts
                .map(|fact| Fact { span: shifted_back(fact.span, start), value: fact.value })
                .collect()
        };
        let mut found: Vec<Vec<SegmentFinding>> = vec![Vec::new(); segments.len()];
        for (index, finding) in shared.drain(..) {
            found[index].push(finding);
        }
        segments
            .into_par_iter()
            .zip(readings)
            .zip(found)
            .enumerate()
            .map(|(index, ((segment, reading), shared))| {
                let (source_facts, target_facts) =
                    (facts(&sides[0], index), facts(&sides[1], index));
                let pair = SegmentPair {
                    segment: &segment,
                    source_facts: &source_facts,
                    target_facts: &target_facts,
                    uncovered: uncovered[index].as_ref(),
                    contrary: contraries[index],
                    glossary,
                    aligned: options.aligned,
                    settings: &options.settings,
                };
                let mut findings = checks::run(&pair, &options.selection);
                findings.extend(shared);
                let mut score = reading.map(|reading| reading.score);
                if let Some(score) = &mut score {
                    score.count_facts(&source_facts, &target_facts);
                    score.count_findings(&findings);
                    if let Some(contrary) = contraries[index] {
                        score.count_contrary(contrary.confidence);
                    }
                }
                with_score(segment, findings, score)
            })
            .collect()
    }

    /// What the checks shared with versions of an event say, with the index of the segment.
    fn shared_findings(&self) -> Vec<(usize, SegmentFinding)> {
        let wanted: Vec<_> =
            shared_checks().filter(|check| self.options.runs(check.info.id)).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let comparison = self.comparison();
        let findings = wanted.par_iter().flat_map_iter(|check| (check.run)(&comparison));
        findings
            .filter_map(|finding| self.of_segment(&finding))
            .filter_map(|(index, finding)| Some((index, self.options.kept(finding)?)))
            .collect()
    }

    /// A finding about sentences of the two articles as one about a segment.
    fn of_segment(&self, finding: &Finding) -> Option<(usize, SegmentFinding)> {
        let places = [finding.left, finding.right];
        let index = places.iter().flatten().find_map(|place| place.sentence)?;
        let span = |document: usize| {
            let place = places.iter().flatten().find(|place| place.document == document)?;
            let start = self.sides[document].sentences[index].span;
            start.contains(place.span).then(|| shifted_back(place.span, start.start))
        };
        let message =
            finding.message.replace("d0 ", "the source ").replace("d1 ", "the translation ");
        let found = SegmentFinding {
            check: finding.check,
            category: SHARED_CATEGORY,
            severity: finding.severity,
            confidence: finding.confidence,
            message: capitalised(&message),
            source: span(0),
            target: span(1),
        };
        Some((index, found))
    }

    /// The two sides as two documents on one event whose sentences are linked one by one.
    fn comparison(&self) -> Comparison {
        let pair = self.pair.clone();
        let speech = Speech::of_translation(
            &self.sides,
            &pair,
            self.link_contraries(),
            self.exchanges.clone(),
        );
        let documents = vec![0, 1];
        Comparison {
            articles: self.sides.to_vec(),
            pairs: vec![pair],
            claims: Vec::new(),
            events: vec![Event {
                story: 0,
                documents: documents.clone(),
                representative: 0,
                dates: Vec::new(),
            }],
            stories: vec![Story { documents, representative: 0 }],
            speech,
        }
    }

    /// The negations that one side has alone, as the checks between documents know them.
    fn link_contraries(&self) -> Vec<LinkContrary> {
        let found = self.contraries.iter().enumerate().filter_map(|(sentence, found)| {
            let Contrary { on_left, negation, confidence } = found.filter(is_likely)?;
            let [source, target] = [0, 1].map(|document| SentenceId { document, sentence });
            let (denies, affirms) = if on_left { (source, target) } else { (target, source) };
            let start = self.sides[denies.document].sentences[sentence].span.start;
            let negation = negation.shifted(start);
            Some(LinkContrary { denies, affirms, negation, link: 1.0, confidence })
        });
        found.collect()
    }
}

/// Which segments are asked where their sides disagree: those of which one side denies more often.
fn compared(segments: &[Segment]) -> Vec<bool> {
    let asked = |Segment { source, target, .. }: &Segment| {
        denied_unequally((&source.text, source.language), (&target.text, target.language))
    };
    segments.par_iter().map(asked).collect()
}

/// Whether a negation is rather an error than free wording.
fn is_likely(contrary: &Contrary) -> bool {
    contrary.confidence > 0.5
}

/// Sources and targets as two documents, each segment with text on both sides a link.
fn pair(segments: &[Segment]) -> Pair {
    let link = |index: usize| Link {
        left: vec![index],
        right: vec![index],
        score: 1.0,
        mode: Mode::Parallel,
    };
    let full = |segment: &Segment| {
        !segment.source.text.trim().is_empty() && !segment.target.text.trim().is_empty()
    };
    let count = segments.len();
    Pair {
        left: 0,
        right: 1,
        scores: Scores::default(),
        coverage: Coverage::default(),
        links: (0..count).filter(|&index| full(&segments[index])).map(link).collect(),
        closest_right: vec![None; count],
        closest_left: vec![None; count],
    }
}

/// One side of the segments as a document with a segment a sentence, without vectors.
fn article<'a>(sides: impl Iterator<Item = &'a Side>) -> Article {
    let mut text = String::new();
    let mut sentences = Vec::new();
    let mut paragraphs = Vec::new();
    for (paragraph, side) in sides.enumerate() {
        let start = text.len();
        text.push_str(&side.text);
        let span = Span::new(start, text.len());
        text.push('\n');
        sentences.push(Sentence { span, paragraph, language: side.language });
        paragraphs.push(span);
    }
    let language = sentences.first().map_or(Language::UNKNOWN, |sentence| sentence.language);
    let document = Document::plain(text, language, paragraphs);
    let mut article = Article::new(document, sentences);
    article.vectors = Array2::zeros((0, 0));
    article.gist = Array1::zeros(0);
    article
}

fn shifted_back(span: Span, offset: usize) -> Span {
    Span::new(span.start - offset, span.end - offset)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// A segment with its findings and its score. What a check calls no translation scores nothing, even where the gates of
/// the score, which know less of the file, let it pass.
fn with_score(
    segment: Segment,
    findings: Vec<SegmentFinding>,
    score: Option<SegmentScore>,
) -> Checked {
    let none = |finding: &SegmentFinding| {
        matches!(finding.check, "copied" | "wrong-language")
            && finding.severity == Severity::Critical
    };
    let empty = |side: &Side| side.text.trim().is_empty();
    let score = score.filter(|_| !(empty(&segment.source) && empty(&segment.target)));
    let refused = findings.iter().any(none);
    let (uncovered, unsupported) = match &score {
        Some(score) if !refused => (score.uncovered.clone(), score.unsupported.clone()),
        _ => (Vec::new(), Vec::new()),
    };
    Checked {
        score: score.as_ref().map(|score| if refused { 0.0 } else { score.score }),
        critical: score.map(|score| if refused { 1.0 } else { score.critical }),
        uncovered,
        unsupported,
        segment,
        findings,
    }
}
