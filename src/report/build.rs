//! From a comparison and its findings to a [`Report`].

use unicode_segmentation::UnicodeSegmentation;

use super::{
    ClaimEntry, DocumentEntry, EventEntry, FactEntry, FindingEntry, LinkEntry, NoteEntry, Options,
    PairEntry, PlaceEntry, Report, SCHEMA, SentenceEntry, Similarity, SkippedEntry, StoryEntry,
    Tool,
};
use crate::align::{Article, Comparison, Link, SentenceId};
use crate::error::{Error, InputProblem};
use crate::facts::Fact;
use crate::finding::{Finding, Place};
use crate::ingest::{Note, Skipped};

/// Longest label of an event or story, in scalar values.
const LABEL_LENGTH: usize = 90;

/// Puts a report together.
pub fn report(
    tool: Tool,
    options: Options,
    comparison: &Comparison,
    findings: &[Finding],
    skipped: &[Skipped],
    notes: &[Note],
) -> Report {
    let articles = &comparison.articles;
    Report {
        schema: SCHEMA,
        tool,
        options,
        documents: articles.iter().enumerate().map(|(i, a)| document(i, a)).collect(),
        similarity: similarity(comparison),
        pairs: comparison.pairs.iter().map(pair).collect(),
        claims: claims(comparison),
        events: events(comparison),
        stories: stories(comparison),
        findings: findings.iter().enumerate().map(|(i, f)| finding(i, f, articles)).collect(),
        skipped: skipped.iter().map(skipped_entry).collect(),
        notes: notes.iter().map(note).collect(),
    }
}

/// Id of a document.
pub fn document_id(index: usize) -> String {
    format!("d{index}")
}

/// Id of a sentence.
pub fn sentence_id(id: SentenceId) -> String {
    format!("d{}.s{}", id.document, id.sentence)
}

/// The entry of one document.
pub fn document(index: usize, article: &Article) -> DocumentEntry {
    let document = &article.document;
    DocumentEntry {
        id: document_id(index),
        source: document.source.clone(),
        title: document.title.clone(),
        outlet: document.outlet.clone(),
        published: document.published,
        authors: document.origin.authors.clone(),
        url: document.origin.address.clone(),
        language: document.language,
        language_confidence: rounded(document.language_confidence),
        words: document.text.unicode_words().count(),
        dropped: document.dropped.clone(),
        sentences: (0..article.sentences.len()).map(|i| sentence(index, i, article)).collect(),
    }
}

fn sentence(document: usize, index: usize, article: &Article) -> SentenceEntry {
    let sentence = &article.sentences[index];
    let place = article.document.source_span(sentence.span);
    SentenceEntry {
        id: sentence_id(SentenceId { document, sentence: index }),
        start: place.start,
        end: place.end,
        text: sentence.text(&article.document).to_owned(),
        language: sentence.language,
        role: article.paragraph_kind(index),
        facts: article.facts[index].iter().map(|f| fact(f, article)).collect(),
    }
}

fn fact(fact: &Fact, article: &Article) -> FactEntry {
    let place = article.document.source_span(fact.span);
    FactEntry {
        start: place.start,
        end: place.end,
        text: fact.span.of(&article.document.text).to_owned(),
        value: fact.value.clone(),
    }
}

fn similarity(comparison: &Comparison) -> Similarity {
    let count = comparison.articles.len();
    let mut overall = vec![vec![1.0; count]; count];
    for pair in &comparison.pairs {
        overall[pair.left][pair.right] = rounded(pair.scores.overall);
        overall[pair.right][pair.left] = rounded(pair.scores.overall);
    }
    Similarity { documents: (0..count).map(document_id).collect(), overall }
}

fn pair(pair: &crate::align::Pair) -> PairEntry {
    let mut scores = pair.scores;
    for value in [
        &mut scores.overall,
        &mut scores.narrative,
        &mut scores.entities,
        &mut scores.geography,
        &mut scores.time,
        &mut scores.style,
        &mut scores.tone,
    ] {
        *value = rounded(*value);
    }
    let mut coverage = pair.coverage;
    coverage.left_in_right = rounded(coverage.left_in_right);
    coverage.right_in_left = rounded(coverage.right_in_left);
    PairEntry {
        left: document_id(pair.left),
        right: document_id(pair.right),
        scores,
        coverage,
        links: pair.links.iter().map(|l| link(l, pair.left, pair.right)).collect(),
    }
}

fn link(link: &Link, left: usize, right: usize) -> LinkEntry {
    let ids = |document: usize, sentences: &[usize]| {
        sentences.iter().map(|&sentence| sentence_id(SentenceId { document, sentence })).collect()
    };
    LinkEntry {
        left: ids(left, &link.left),
        right: ids(right, &link.right),
        score: rounded(link.score),
        mode: link.mode,
    }
}

fn claims(comparison: &Comparison) -> Vec<ClaimEntry> {
    let entry = |(index, claim): (usize, &crate::align::Claim)| ClaimEntry {
        id: format!("c{index}"),
        text: comparison.articles[claim.representative.document]
            .sentence_text(claim.representative.sentence)
            .to_owned(),
        sentences: claim.sentences.iter().map(|&id| sentence_id(id)).collect(),
        documents: claim.documents.iter().map(|&d| document_id(d)).collect(),
    };
    comparison.claims.iter().enumerate().map(entry).collect()
}

fn events(comparison: &Comparison) -> Vec<EventEntry> {
    let entry = |(index, event): (usize, &crate::align::Event)| EventEntry {
        id: format!("e{index}"),
        story: format!("s{}", event.story),
        label: label(&comparison.articles[event.representative]),
        documents: event.documents.iter().map(|&d| document_id(d)).collect(),
        dates: event.dates.clone(),
    };
    comparison.events.iter().enumerate().map(entry).collect()
}

fn stories(comparison: &Comparison) -> Vec<StoryEntry> {
    let entry = |(index, story): (usize, &crate::align::Story)| StoryEntry {
        id: format!("s{index}"),
        label: label(&comparison.articles[story.representative]),
        documents: story.documents.iter().map(|&d| document_id(d)).collect(),
    };
    comparison.stories.iter().enumerate().map(entry).collect()
}

/// A short name for what an article tells of: its headline, or else its first sentence.
fn label(article: &Article) -> String {
    let text = match &article.document.title {
        Some(title) => title.as_str(),
        None if article.sentences.is_empty() => article.document.source.as_str(),
        None => article.sentence_text(0),
    };
    if text.chars().count() <= LABEL_LENGTH {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LABEL_LENGTH).collect();
    let kept = cut.rsplit_once(' ').map_or(cut.as_str(), |(kept, _)| kept);
    format!("{kept} …")
}

fn finding(index: usize, finding: &Finding, articles: &[Article]) -> FindingEntry {
    FindingEntry {
        id: format!("f{index}"),
        check: finding.check,
        severity: finding.severity,
        confidence: rounded(finding.confidence),
        message: finding.message.clone(),
        left: finding.left.map(|p| place(p, articles)),
        right: finding.right.map(|p| place(p, articles)),
        values: finding.values.clone(),
        evidence: finding.evidence.iter().map(|&p| place(p, articles)).collect(),
    }
}

fn place(place: Place, articles: &[Article]) -> PlaceEntry {
    let document = &articles[place.document].document;
    let source = document.source_span(place.span);
    PlaceEntry {
        document: document_id(place.document),
        sentence: place
            .sentence
            .map(|sentence| sentence_id(SentenceId { document: place.document, sentence })),
        start: source.start,
        end: source.end,
        text: place.span.of(&document.text).to_owned(),
    }
}

/// The entry of an input that gave nothing.
pub fn skipped_entry(skipped: &Skipped) -> SkippedEntry {
    let (error, copy) = match &skipped.error {
        Error::Input { reason, .. } => {
            (reason.to_string(), matches!(reason, InputProblem::Duplicate(_)))
        }
        Error::Table { reason, .. } => (reason.clone(), false),
        other => (other.to_string(), false),
    };
    SkippedEntry { source: skipped.source.clone(), error, hint: skipped.error.hint(), copy }
}

/// The entry of a remark.
pub fn note(note: &Note) -> NoteEntry {
    NoteEntry { source: note.source.clone(), message: note.message.clone() }
}

/// Three decimals: more would claim a precision that no score here has.
pub fn rounded(value: f32) -> f32 {
    // Adding zero turns the minus zero of an empty sum into zero.
    (value * 1000.0).round() / 1000.0 + 0.0
}
