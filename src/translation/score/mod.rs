//! How good a translation is, without a reference: a score for each segment and document, words at risk, and how
//! likely an error is critical.
//!
//! A segment first passes a [`Gate`]: an empty target, a copy of the source or another language is no translation and
//! scores 0, references and lists of names apart. Then both sides are encoded apart. Words are aligned at an inner layer ([`alignment`]); how well they
//! support each other, what can be seen from outside ([`surface`]) and the vectors of words with what answers them go
//! through a small network trained on human ratings and on damaged translations ([`network`]). Layers that read both sides at
//! once say the same from all that the encoder knows of the tokens ([`pairs`]); the score is made from the mean of both. Contradicting facts take a
//! share of the score off ([`contradictions`]). Nothing in it knows the languages, so that languages without ratings
//! inherit the network.
//!
//! Ratings: MLQE-PE, direct assessment (Fomicheva et al. 2022), and its critical errors (Specia et al. 2021), CC0.

mod alignment;
mod centre;
mod contradictions;
mod document;
pub mod features;
mod gate;
mod network;
mod pairs;
mod polarity;
mod reader;
mod risk;
mod surface;
mod words;

use ndarray::Array1;
use rayon::prelude::*;

use self::alignment::Alignment;
use self::features::Encoded;
use self::network::Network;
use self::pairs::PairReader;
use crate::align::disagreement::{Disagreement, DisagreementReader};
use crate::align::logistic::logistic;
use crate::embed::Embedder;
use crate::embed::manifest::Role;
use crate::error::Result;
use crate::facts::{Fact, of_text};
use crate::text::Span;
use crate::translation::SegmentFinding;

pub use document::{DocumentScore, Interval, weight};
pub use gate::Gate;
pub use reader::{Pair, Reader};
pub use risk::Risk;
pub(super) use risk::TELLING;

/// Most that a reference or a list of names scores that stands as in the source: it may be right, and nobody has touched it.
const COPIED_REFERENCE: f32 = 0.5;

/// How much the layers that read both sides at once count beside the network.
const PAIRS_SHARE: f32 = 0.5;
/// From a sum to the log odds of the share of points that raters gave to translations with about this sum in
/// `mt/da-*-train`: what is added, and the steepness.
const POINTS: (f32, f32) = (1.25, 1.5);

/// What is said of one segment.
#[derive(Debug, Clone, PartialEq)]
pub struct SegmentScore {
    /// How good the translation is, 0..1: about the share of points that human raters would give. 0 where a gate holds.
    pub score: f32,
    /// Why the target is no translation at all, if so.
    pub gate: Option<Gate>,
    /// Probability of an error that changes the meaning badly, 0..1.
    pub critical: f32,
    /// Stretches of the source that nothing in the target covers, in bytes.
    pub uncovered: Vec<Risk>,
    /// Stretches of the target that nothing in the source supports, in bytes.
    pub unsupported: Vec<Risk>,
}

impl SegmentScore {
    fn gated(gate: Gate) -> Self {
        Self {
            score: 0.0,
            gate: Some(gate),
            critical: 1.0,
            uncovered: Vec::new(),
            unsupported: Vec::new(),
        }
    }

    /// Of two texts without a word: marks alone, which say nothing.
    fn wordless() -> Self {
        Self {
            score: 1.0,
            gate: None,
            critical: 0.0,
            uncovered: Vec::new(),
            unsupported: Vec::new(),
        }
    }
}

/// A segment as the encoder sees it: its score, the facts not counted yet, and what the score was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The score from the vectors alone; see [`SegmentScore::count_facts`].
    pub score: SegmentScore,
    /// The vectors of source and target, of L2 norm 1; `None` where a gate holds, since nothing was encoded.
    pub vectors: Option<[Array1<f32>; 2]>,
    /// The words of source and target.
    pub words: [Vec<WordSupport>; 2],
    /// Where the sides disagree on what is so, where that was asked for and the model can tell.
    pub disagreement: Option<Disagreement>,
}

/// How well the other side answers a word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WordSupport {
    /// Where it stands, in bytes of its side.
    pub span: Span,
    /// Cosine of the word of the other side that is nearest.
    pub support: f32,
    /// How much the word tells: 1 for the most common ones, more for rare ones.
    pub weight: f32,
}

impl SegmentScore {
    /// Takes off what contradictions between the facts of both sides cost.
    pub fn count_facts(&mut self, source: &[Fact], target: &[Fact]) {
        self.score *= contradictions::share_left(source, target);
    }

    /// Takes off what a negation costs that one side has alone, with this probability that it is an error.
    pub fn count_contrary(&mut self, confidence: f32) {
        self.score *= contradictions::share_left_by_contrary(confidence);
    }

    /// Takes off what findings of checks cost, those on negations left out: see [`count_contrary`](Self::count_contrary).
    pub fn count_findings(&mut self, findings: &[SegmentFinding]) {
        self.score *= contradictions::share_left_by_findings(findings);
    }
}

/// Scores translations with one model.
pub struct Scorer<'a> {
    reader: Reader<'a>,
    network: &'static Network,
    pairs: PairReader,
    disagreements: Option<DisagreementReader>,
}

impl<'a> Scorer<'a> {
    /// A scorer on a model's vectors.
    ///
    /// # Errors
    /// [`Error::Engine`](crate::Error::Engine) if no network was trained on the model, or it gives no token vectors;
    /// [`Error::Model`](crate::Error::Model) if its file of layers is broken.
    pub fn new(embedder: &'a Embedder) -> Result<Self> {
        let reader = Reader::new(embedder)?;
        let manifest = embedder.manifest();
        let network = network::shipped().filter(|of| of.is_for(&manifest.id, manifest.dim));
        let pairs = embedder.joint_layers(Role::Joint)?.and_then(PairReader::upon);
        let both = network.zip(pairs).ok_or_else(|| reader::unscored(embedder))?;
        let disagreements = DisagreementReader::of(embedder)?;
        let disagreements = disagreements.filter(|reader| reader.layer() == centre::layer());
        Ok(Self { reader, network: both.0, pairs: both.1, disagreements })
    }

    /// Scores of the pairs, in order. Any text will do; only the beginning of very long ones counts.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn score(&self, pairs: &[Pair<'_>]) -> Result<Vec<SegmentScore>> {
        let readings = self.read(pairs, &[])?;
        let counted = readings.into_par_iter().zip(pairs).map(|(reading, pair)| {
            let mut score = reading.score;
            if score.gate.is_none() {
                let pair = pair.beginning();
                let source = of_text(pair.source, pair.source_language, None);
                let target = of_text(pair.target, pair.target_language, None);
                score.count_facts(&source, &target);
            }
            score
        });
        Ok(counted.collect())
    }

    /// Reads the pairs, in order, each text once. The facts are not counted: whoever has them already need not find
    /// them again. `compared` tells of each pair whether it is also asked where its sides disagree; of those that it does
    /// not reach none is.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn read(&self, pairs: &[Pair<'_>], compared: &[bool]) -> Result<Vec<Reading>> {
        let readings = self.reader.each(pairs, |index, pair, (source, target)| {
            let mut reading = self.reading(pair, source, target)?;
            let disagreements = self.disagreements.as_ref();
            if let Some(reader) = disagreements.filter(|_| compared.get(index) == Some(&true)) {
                reading.disagreement = Some(reader.read([source.vectors, target.vectors])?);
            }
            Ok(reading)
        })?;
        let gated = |gate| Reading {
            score: SegmentScore::gated(gate),
            vectors: None,
            words: [Vec::new(), Vec::new()],
            disagreement: None,
        };
        readings.into_iter().map(|reading| reading.unwrap_or_else(|gate| Ok(gated(gate)))).collect()
    }

    fn reading(
        &self,
        pair: &Pair<'_>,
        source: Encoded<'_>,
        target: Encoded<'_>,
    ) -> Result<Reading> {
        let vectors = Some([source, target].map(|side| side.vectors.sentence.clone()));
        if source.words.is_empty() || target.words.is_empty() {
            let score = SegmentScore::wordless();
            let words = [Vec::new(), Vec::new()];
            return Ok(Reading { score, vectors, words, disagreement: None });
        }
        let alignment = Alignment::new(source.words, target.words);
        let named = self.reader.named_features(pair, source, target, &alignment);
        let sides = [source, target];
        let of_words = self.network.sums(&named, sides, &alignment.similarities);
        let sums = of_words * (1.0 - PAIRS_SHARE) + self.pairs.sums(sides)? * PAIRS_SHARE;
        let quality = logistic(POINTS.0 + POINTS.1 * sums[0]);
        let negating = |text, language, words| polarity::Side { text, language, words };
        let unanswered = polarity::unanswered(
            negating(pair.source, pair.source_language, source.words),
            negating(pair.target, pair.target_language, target.words),
            &alignment,
        );
        let polarity = contradictions::share_left_by_polarity(unanswered);
        let most = if gate::is_copied_reference(pair) { COPIED_REFERENCE } else { 1.0 };
        let score = SegmentScore {
            score: (quality * polarity).min(most),
            gate: None,
            critical: logistic(sums[1]),
            uncovered: risk::risks(
                (pair.source, pair.source_language),
                source.words,
                &alignment.source_support,
            ),
            unsupported: risk::risks(
                (pair.target, pair.target_language),
                target.words,
                &alignment.target_support,
            ),
        };
        let words = [
            source.words.with_support(&alignment.source_support),
            target.words.with_support(&alignment.target_support),
        ];
        Ok(Reading { score, vectors, words, disagreement: None })
    }
}
