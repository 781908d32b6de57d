//! Links, claims and events: which sentences say the same, and which documents tell of the same.
//!
//! [`documents`] finds which document translates which, [`parallel`] aligns a text with its translation. For
//! articles on the same event the data's way through this folder is: [`comparable`] links the sentences of two
//! documents by [`margin`] scores against a null model, [`scores`] tells how alike a pair of documents is,
//! [`order`] tells where a sentence of one would stand in the other if it translates it, [`claims`] joins links over all documents
//! into statements, [`events`] joins documents into events and
//! stories. [`contrary`] and [`exchange`] ask the encoder about negations that one side has alone, and about names of a translation
//! that stand in each other's place.

pub mod background;
pub mod centre;
pub mod claims;
pub mod comparable;
pub mod contrary;
pub mod disagreement;
pub mod documents;
pub mod events;
pub mod exchange;
mod keys;
pub mod logistic;
pub mod margin;
pub mod nearest;
pub mod order;
pub mod parallel;
pub mod passage;
pub mod pulse;
pub mod rarity;
pub mod scores;
pub mod speech;
pub mod tone;
pub mod versions;

use jiff::civil::Date;
use ndarray::{Array1, Array2};
use rayon::prelude::*;
use serde::Serialize;

use self::background::Background;
use self::comparable::parameters::weights;
use self::comparable::transitivity::{self, Judged};
use self::comparable::{Linked, Side};
use self::pulse::{Pulse, Tell};
use self::rarity::FactRarity;
use self::scores::subjects::Subjects;
use self::scores::{ScoreSheet, Yardstick};
use self::speech::Speech;
use self::tone::ToneAxis;
use crate::embed::Embedder;
use crate::error::Result;
use crate::facts::{self, Fact};
use crate::text::{Document, ParagraphKind, Sentence};

/// A document with everything known about its sentences. All lists run in step with `sentences`.
#[derive(Debug, Clone)]
pub struct Article {
    /// The cleaned document.
    pub document: Document,
    /// Its sentences in order.
    pub sentences: Vec<Sentence>,
    /// The facts of each sentence.
    pub facts: Vec<Vec<Fact>>,
    /// The vector of each sentence, shape `[sentences, dim]`, rows of L2 norm 1.
    pub vectors: Array2<f32>,
    /// The vector of the whole article, what it is about: shape `[dim]`, L2 norm 1. Empty
    /// where it was not computed.
    pub gist: Array1<f32>,
}

impl Article {
    /// A document cut into sentences, with the facts of each; there are no vectors yet.
    pub fn new(document: Document, sentences: Vec<Sentence>) -> Self {
        let facts = facts::extract(&document, &sentences);
        Self::with_facts(document, sentences, facts)
    }

    /// A document cut into sentences, whose facts are known, a list for each; there are no vectors yet.
    pub fn with_facts(document: Document, sentences: Vec<Sentence>, facts: Vec<Vec<Fact>>) -> Self {
        let (vectors, gist) = (Array2::zeros((0, 0)), Array1::zeros(0));
        Self { document, sentences, facts, vectors, gist }
    }

    /// The text of sentence `index`.
    pub fn sentence_text(&self, index: usize) -> &str {
        self.sentences[index].text(&self.document)
    }

    /// What kind of paragraph sentence `index` belongs to.
    pub fn paragraph_kind(&self, index: usize) -> ParagraphKind {
        self.document.paragraphs[self.sentences[index].paragraph].kind
    }

    /// Whether sentence `index` is running text and no headline.
    pub fn is_body(&self, index: usize) -> bool {
        !matches!(self.paragraph_kind(index), ParagraphKind::Title | ParagraphKind::Heading)
    }

    /// How much weight a news text gives to sentence `index`, in (0, 1].
    ///
    /// News is written as an inverted pyramid: what matters stands first. The headline and the lead
    /// have weight 1, then the weight falls with the position and never below 0.3.
    pub fn prominence(&self, index: usize) -> f32 {
        let body_before = (0..index).filter(|&i| self.is_body(i)).count();
        (1.0 / (1.0 + 0.15 * body_before.saturating_sub(1) as f32)).max(0.3)
    }
}

/// A sentence of one of several articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentenceId {
    /// Index of the article.
    pub document: usize,
    /// Index of the sentence in the article.
    pub sentence: usize,
}

/// How a link was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// A translation: order is kept, every sentence is accounted for.
    Parallel,
    /// Another outlet on the same event: links cross, most sentences have none.
    Comparable,
}

impl Mode {
    /// The mode in one word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Parallel => "parallel",
            Self::Comparable => "comparable",
        }
    }
}

/// Sentences of one document that say what sentences of another say.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Sentence indices on the left, ascending.
    pub left: Vec<usize>,
    /// Sentence indices on the right, ascending.
    pub right: Vec<usize>,
    /// Probability that both sides say the same, 0..1.
    pub score: f32,
    /// How the link was made.
    pub mode: Mode,
}

/// How alike two documents are in one respect each, 0..1, 1 = the same.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Scores {
    /// In all.
    pub overall: f32,
    /// They tell the same.
    pub narrative: f32,
    /// The same people and organisations.
    pub entities: f32,
    /// The same places.
    pub geography: f32,
    /// The same time.
    pub time: f32,
    /// Written alike.
    pub style: f32,
    /// The same tone.
    pub tone: f32,
}

impl Scores {
    /// The scores in their order.
    pub fn values(&self) -> [f32; 7] {
        [
            self.overall,
            self.narrative,
            self.entities,
            self.geography,
            self.time,
            self.style,
            self.tone,
        ]
    }
}

/// How much of each document the other one covers, 0..1, weighted by prominence.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Coverage {
    /// Share of the left document that the right one tells too.
    pub left_in_right: f32,
    /// Share of the right document that the left one tells too.
    pub right_in_left: f32,
}

/// The sentence of the other document that comes closest, linked or not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Closest {
    /// Index of the sentence in the other document.
    pub sentence: usize,
    /// Probability that it says the same, 0..1.
    pub probability: f32,
    /// How far it may say a part of the same, 0..1: the larger of the probability and the centred cosine.
    pub likeness: f32,
}

impl Closest {
    /// The probability that it says the same as it is stated, 0..1: right as often as it says on news as on what the weights
    /// were fitted to.
    pub fn stated(&self) -> f32 {
        weights().certainty.probability(self.probability)
    }
}

/// Two documents set against each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Index of the left document, the smaller one.
    pub left: usize,
    /// Index of the right document.
    pub right: usize,
    /// How alike they are.
    pub scores: Scores,
    /// How much they share.
    pub coverage: Coverage,
    /// Their links, in the order of the left document.
    pub links: Vec<Link>,
    /// For each sentence on the left the closest one on the right.
    pub closest_right: Vec<Option<Closest>>,
    /// For each sentence on the right the closest one on the left.
    pub closest_left: Vec<Option<Closest>>,
}

/// One statement and everyone who makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The sentences that make it, ascending.
    pub sentences: Vec<SentenceId>,
    /// The sentence that stands for it in lists.
    pub representative: SentenceId,
    /// The documents that make it, ascending, each once.
    pub documents: Vec<usize>,
}

/// Documents about one happening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Index of the story it is part of.
    pub story: usize,
    /// The documents, ascending.
    pub documents: Vec<usize>,
    /// The document whose headline names the event.
    pub representative: usize,
    /// The publication dates of its documents, ascending, each once.
    pub dates: Vec<Date>,
}

/// Events of the same actors and the same matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// The documents, ascending.
    pub documents: Vec<usize>,
    /// The document whose headline names the story.
    pub representative: usize,
}

/// Several documents set against each other: what the checks between versions look at.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The documents.
    pub articles: Vec<Article>,
    /// Every pair of documents, by left, then right.
    pub pairs: Vec<Pair>,
    /// The statements that more than one document makes, by first mention.
    pub claims: Vec<Claim>,
    /// The events; every document is in one.
    pub events: Vec<Event>,
    /// The stories; every event is in one.
    pub stories: Vec<Story>,
    /// How linked sentences speak.
    pub speech: Speech,
}

impl Comparison {
    /// The event that a document belongs to.
    pub fn event_of(&self, document: usize) -> Option<&Event> {
        self.events.iter().find(|event| event.documents.contains(&document))
    }

    /// Whether two documents tell of the same event.
    pub fn same_event(&self, left: usize, right: usize) -> bool {
        self.event_of(left).is_some_and(|event| event.documents.contains(&right))
    }

    /// Whether two documents belong to the same story.
    pub fn same_story(&self, left: usize, right: usize) -> bool {
        self.stories
            .iter()
            .any(|story| story.documents.contains(&left) && story.documents.contains(&right))
    }

    /// The pair of two documents, whichever way round.
    pub fn pair(&self, one: usize, other: usize) -> Option<&Pair> {
        let (left, right) = (one.min(other), one.max(other));
        self.pairs.iter().find(|pair| (pair.left, pair.right) == (left, right))
    }

    /// The sentence of `document` that comes closest to sentence `id` of another document.
    pub fn closest(&self, id: SentenceId, document: usize) -> Option<Closest> {
        let pair = self.pair(id.document, document)?;
        let closest =
            if pair.left == id.document { &pair.closest_right } else { &pair.closest_left };
        closest.get(id.sentence).copied().flatten()
    }
}

/// Sets articles against each other. `tell` hears how many pairs of them are judged or linked, of twice as many as
/// there are, and may end the work.
///
/// # Errors
/// Those of the engine, which embeds the sentences of the tone axis, and of `tell`.
pub fn compare(
    articles: Vec<Article>,
    embedder: &Embedder,
    tell: &mut Tell<'_>,
) -> Result<Comparison> {
    let yardstick = yardstick(&articles, embedder)?;
    let pairs = pairs_of(articles.len());
    let pulse = Pulse::new(2 * pairs.len(), tell);
    let sides = Side::all(&articles, &yardstick.background);
    let judging =
        pairs.into_par_iter().map(|pair| pulse.part(|| judged(&sides, pair, &yardstick.rarity)));
    let mut judged: Vec<Judged> = judging.collect::<Result<_>>()?;
    transitivity::raise(&mut judged, weights().transitivity.weight);
    let claims = claims::claims(&articles, &judged);
    let linking =
        judged.into_par_iter().map(|judged| pulse.part(|| linked_pair(&sides, judged, &yardstick)));
    let pairs: Vec<Pair> = linking.collect::<Result<_>>()?;
    let (events, stories) = events::events_and_stories(&articles, &yardstick.subjects);
    let speech = Speech::new(&articles, &pairs, &yardstick.tone, embedder)?;
    Ok(Comparison { articles, pairs, claims, events, stories, speech })
}

/// The statements that several of these articles make.
pub fn claims_of(articles: &[Article], yardstick: &Yardstick, least: f32) -> Vec<Claim> {
    judged_claims(articles, yardstick, least).0
}

/// Two sentences of different articles, with the probability that they say the same.
pub type JudgedPair = (SentenceId, SentenceId, f32);

/// The claims, and every pair of sentences that was judged for them.
pub fn judged_claims(
    articles: &[Article],
    yardstick: &Yardstick,
    least: f32,
) -> (Vec<Claim>, Vec<JudgedPair>) {
    let sides = Side::all(articles, &yardstick.background);
    let judged = judge_all(&sides, &yardstick.rarity);
    let claims = claims::claims_from(articles, &judged, least);
    let of_pair = |judged: &Judged| {
        let (left, right) = (judged.left, judged.right);
        let pairs = judged.candidates.iter().map(move |candidate| {
            let one = SentenceId { document: left, sentence: candidate.left };
            let other = SentenceId { document: right, sentence: candidate.right };
            (one, other, candidate.probability)
        });
        pairs.collect::<Vec<_>>()
    };
    (claims, judged.iter().flat_map(of_pair).collect())
}

/// What the scores of these articles are measured against.
///
/// # Errors
/// Those of the engine.
pub fn yardstick(articles: &[Article], embedder: &Embedder) -> Result<Yardstick> {
    let tone = ToneAxis::new(embedder)?;
    let background = Background::new(embedder.space(), &tone);
    let subjects = Subjects::new(embedder)?;
    Ok(Yardstick { rarity: FactRarity::new(articles), background, tone, subjects })
}

/// The judged sentence pairs of every two articles, in the light of the others.
fn judge_all(sides: &[Side<'_>], rarity: &FactRarity) -> Vec<Judged> {
    let judge = |pair: (usize, usize)| judged(sides, pair, rarity);
    let mut judged: Vec<Judged> = pairs_of(sides.len()).into_par_iter().map(judge).collect();
    transitivity::raise(&mut judged, weights().transitivity.weight);
    judged
}

/// Every two of so many articles, by left, then right.
fn pairs_of(articles: usize) -> Vec<(usize, usize)> {
    (0..articles).flat_map(|left| (left + 1..articles).map(move |right| (left, right))).collect()
}

/// The judged sentence pairs of two articles.
fn judged(sides: &[Side<'_>], (left, right): (usize, usize), rarity: &FactRarity) -> Judged {
    let candidates = comparable::judge(&sides[left], &sides[right], rarity);
    Judged { left, right, candidates }
}

fn linked_pair(sides: &[Side<'_>], judged: Judged, yardstick: &Yardstick) -> Pair {
    let Judged { left, right, candidates } = judged;
    let (one, other) = (&sides[left], &sides[right]);
    let linked = comparable::link_judged(one, other, candidates, &yardstick.rarity);
    let ScoreSheet { scores, coverage, .. } =
        scores::score_sheet(one.article, other.article, &linked, yardstick);
    let Linked { links, closest_right, closest_left, .. } = linked;
    Pair { left, right, scores, coverage, links, closest_right, closest_left }
}
