//! How good a translation is, without a reference: a score for each segment and document, words at risk, and how
//! likely an error is critical.
//!
//! A segment first passes a [`Gate`]: an empty target, a copy of the source or another language is no translation and
//! scores 0. Then both sides are encoded apart. Words are aligned at an inner layer ([`alignment`]); how well they
//! support each other, where the two sides differ in the vector space ([`interaction`]) and what can be seen from
//! outside ([`surface`]) goes through a head fitted to human ratings ([`head`]). Contradicting facts take a share of the
//! score off ([`contradictions`]). No feature knows the languages, so that languages without ratings inherit the head.
//!
//! Ratings: MLQE-PE, direct assessment (Fomicheva et al. 2022), and its critical errors (Specia et al. 2021), CC0.

mod alignment;
mod centre;
mod contradictions;
mod document;
pub mod features;
mod gate;
pub mod head;
mod interaction;
mod polarity;
mod risk;
mod surface;
mod words;

use std::collections::BTreeSet;
use std::ops::Range;

use ndarray::Array1;
use rayon::prelude::*;

use self::alignment::Alignment;
use self::centre::Centres;
use self::features::{Features, Side};
use self::head::Head;
use self::interaction::Encoded;
use self::words::Words;
use crate::embed::{Embedder, TextVectors};
use crate::error::{Error, Result};
use crate::facts::{Fact, of_text};
use crate::lang::Language;
use crate::text::Span;
use crate::translation::SegmentFinding;

pub use document::{DocumentScore, Interval, weight};
pub use gate::Gate;
pub use risk::Risk;

/// Most bytes of a side that are looked at: more than the encoder takes at once.
const MOST_BYTES: usize = 8_000;
/// Bytes of text encoded at a time, which bounds the memory for token vectors.
const BYTES_AT_ONCE: usize = 100_000;

/// A source text and its translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair<'a> {
    /// The text that was translated.
    pub source: &'a str,
    /// The translation.
    pub target: &'a str,
    /// The source's language; [`Language::UNKNOWN`] if it is not known.
    pub source_language: Language,
    /// The language that the target should have.
    pub target_language: Language,
}

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

    /// Takes off what findings of checks cost.
    pub fn count_findings(&mut self, findings: &[SegmentFinding]) {
        self.score *= contradictions::share_left_by_findings(findings);
    }
}

/// Scores translations with one model.
pub struct Scorer<'a> {
    embedder: &'a Embedder,
    centres: Centres,
    quality: &'static Head,
    critical: &'static Head,
}

impl<'a> Scorer<'a> {
    /// A scorer on a model's vectors.
    ///
    /// # Errors
    /// [`Error::Engine`] if the model is not the one that the heads were fitted on, or gives no token vectors.
    pub fn new(embedder: &'a Embedder) -> Result<Self> {
        let manifest = embedder.manifest();
        let fits = |head: &&Head| head.is_for(&manifest.id, manifest.dim);
        let parts = (
            Centres::of_model(&manifest.id, manifest.dim),
            head::quality().filter(fits),
            head::critical().filter(fits),
        );
        match parts {
            (Some(centres), Some(quality), Some(critical))
                if embedder.has_layer(centre::layer()) =>
            {
                Ok(Self { embedder, centres, quality, critical })
            }
            _ => Err(Error::Engine {
                engine: embedder.engine_name(),
                reason: format!("translations cannot be scored with the model {}", manifest.id),
            }),
        }
    }

    /// Scores of the pairs, in order. Any text will do; only the beginning of very long ones counts.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn score(&self, pairs: &[Pair<'_>]) -> Result<Vec<SegmentScore>> {
        let readings = self.read(pairs)?;
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
    /// them again.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn read(&self, pairs: &[Pair<'_>]) -> Result<Vec<Reading>> {
        let readings =
            self.each(pairs, |pair, (source, target)| self.reading(pair, source, target))?;
        let gated = |gate| Reading {
            score: SegmentScore::gated(gate),
            vectors: None,
            words: [Vec::new(), Vec::new()],
        };
        Ok(readings.into_iter().map(|reading| reading.unwrap_or_else(gated)).collect())
    }

    fn reading(&self, pair: &Pair<'_>, source: Encoded<'_>, target: Encoded<'_>) -> Reading {
        let vectors = Some([source, target].map(|side| side.vectors.sentence.clone()));
        if source.words.is_empty() || target.words.is_empty() {
            let score = SegmentScore::wordless();
            return Reading { score, vectors, words: [Vec::new(), Vec::new()] };
        }
        let alignment = Alignment::new(source.words, target.words);
        let features = self.features_of(pair, source, target, &alignment);
        let negating = |text, language, words| polarity::Side { text, language, words };
        let unanswered = polarity::unanswered(
            negating(pair.source, pair.source_language, source.words),
            negating(pair.target, pair.target_language, target.words),
            &alignment,
        );
        let polarity = contradictions::share_left_by_polarity(unanswered);
        let score = SegmentScore {
            score: self.quality.score(&features) * polarity,
            gate: None,
            critical: self.critical.score(&features),
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
        Reading { score, vectors, words }
    }

    /// The features of the pairs, which heads are fitted on; `None` where a gate holds or a side has no word.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn features(&self, pairs: &[Pair<'_>]) -> Result<Vec<Option<Features>>> {
        let features = self.each(pairs, |pair, (source, target)| {
            let words = !source.words.is_empty() && !target.words.is_empty();
            words.then(|| {
                let alignment = Alignment::new(source.words, target.words);
                self.features_of(pair, source, target, &alignment)
            })
        })?;
        Ok(features.into_iter().map(|features| features.ok().flatten()).collect())
    }

    fn features_of(
        &self,
        pair: &Pair<'_>,
        source: Encoded<'_>,
        target: Encoded<'_>,
        alignment: &Alignment,
    ) -> Features {
        let side = |text, encoded, language| Side {
            text,
            language,
            encoded,
            centre: &self.centres.get(language).sentences,
        };
        Features::new(
            side(pair.source, source, pair.source_language),
            side(pair.target, target, pair.target_language),
            alignment,
        )
    }

    /// Encodes the pairs that no gate holds, some at a time and each text once, and hands each to `take`.
    fn each<T: Send>(
        &self,
        pairs: &[Pair<'_>],
        take: impl Fn(&Pair<'_>, (Encoded<'_>, Encoded<'_>)) -> T + Sync,
    ) -> Result<Vec<Result<T, Gate>>> {
        let pairs: Vec<Pair<'_>> = pairs.iter().map(Pair::beginning).collect();
        let mut taken = Vec::with_capacity(pairs.len());
        for range in portions(&pairs) {
            let portion = &pairs[range];
            let gates: Vec<Option<Gate>> = portion.par_iter().map(Gate::of).collect();
            let open = portion.iter().zip(&gates).filter(|(_, gate)| gate.is_none());
            let texts: BTreeSet<&str> =
                open.flat_map(|(pair, _)| [pair.source, pair.target]).collect();
            let texts: Vec<&str> = texts.into_iter().collect();
            let vectors = self.embedder.embed_tokens(&texts, centre::layer())?;
            let of = |text: &str| texts.binary_search(&text).ok().and_then(|at| vectors.get(at));
            taken.par_extend(portion.par_iter().zip(gates).map(|(pair, gate)| {
                match (gate, of(pair.source), of(pair.target)) {
                    (None, Some(source), Some(target)) => {
                        let words = (
                            self.words(pair.source, source, pair.source_language),
                            self.words(pair.target, target, pair.target_language),
                        );
                        let source = Encoded { words: &words.0, vectors: source };
                        let target = Encoded { words: &words.1, vectors: target };
                        Ok(take(pair, (source, target)))
                    }
                    (gate, ..) => Err(gate.unwrap_or(Gate::Empty)),
                }
            }));
        }
        Ok(taken)
    }

    fn words(&self, text: &str, vectors: &TextVectors, language: Language) -> Words {
        Words::new(text, vectors, &self.centres.get(language).tokens)
    }
}

impl Pair<'_> {
    /// The pair with as much of each side as is looked at.
    fn beginning(&self) -> Self {
        let cut = |text: &'_ str| text.floor_char_boundary(MOST_BYTES);
        Self {
            source: &self.source[..cut(self.source)],
            target: &self.target[..cut(self.target)],
            ..*self
        }
    }

    fn bytes(&self) -> usize {
        self.source.len() + self.target.len()
    }
}

/// Ranges of neighbouring pairs that are encoded together.
fn portions(pairs: &[Pair<'_>]) -> Vec<Range<usize>> {
    let mut portions: Vec<Range<usize>> = Vec::new();
    let mut bytes = 0;
    for (index, pair) in pairs.iter().enumerate() {
        bytes += pair.bytes();
        match portions.last_mut() {
            Some(portion) if bytes <= BYTES_AT_ONCE => portion.end = index + 1,
            _ => {
                portions.push(index..index + 1);
                bytes = pair.bytes();
            }
        }
    }
    portions
}
