//! Source texts with their translations, read: each text encoded once, its words told apart.

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;

use super::alignment::Alignment;
use super::centre::{self, Centres};
use super::features::{self, Encoded, Features, Side};
use super::gate::Gate;
use super::words::Words;
use crate::embed::{Embedder, TextVectors};
use crate::error::{Error, Result};
use crate::lang::Language;

/// Most bytes of a side that are looked at: more than the encoder takes at once.
const MOST_BYTES: usize = 8_000;
/// Bytes of text encoded at a time, which bounds the memory for token vectors.
const BYTES_AT_ONCE: usize = 150_000;

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

/// Reads translations with one model.
pub struct Reader<'a> {
    embedder: &'a Embedder,
    centres: Centres,
}

/// What is wrong with a model that translations cannot be scored with.
pub(super) fn unscored(embedder: &Embedder) -> Error {
    Error::Engine {
        engine: embedder.engine_name(),
        reason: format!("translations cannot be scored with the model {}", embedder.manifest().id),
    }
}

impl<'a> Reader<'a> {
    /// A reader on a model's vectors.
    ///
    /// # Errors
    /// [`Error::Engine`] if the program does not know how the model's languages lie in its space, or the model gives no
    /// token vectors.
    pub fn new(embedder: &'a Embedder) -> Result<Self> {
        let manifest = embedder.manifest();
        match Centres::of_model(&manifest.id, manifest.dim) {
            Some(centres) if embedder.has_layer(centre::layer()) => Ok(Self { embedder, centres }),
            _ => Err(unscored(embedder)),
        }
    }

    /// The features of the pairs, which the network is trained on; `None` where a gate holds or a side has no word.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn features(&self, pairs: &[Pair<'_>]) -> Result<Vec<Option<Features>>> {
        let features = self.each(pairs, |_, pair, (source, target)| {
            let words = !source.words.is_empty() && !target.words.is_empty();
            words.then(|| {
                let alignment = Alignment::new(source.words, target.words);
                let named = self.named_features(pair, source, target, &alignment);
                Features::new(named, [source, target])
            })
        })?;
        Ok(features.into_iter().map(|features| features.ok().flatten()).collect())
    }

    /// The named features of a pair; both sides must have words.
    pub(super) fn named_features(
        &self,
        pair: &Pair<'_>,
        source: Encoded<'_>,
        target: Encoded<'_>,
        alignment: &Alignment,
    ) -> Vec<f32> {
        let side = |text, encoded, language| Side {
            text,
            language,
            encoded,
            centre: &self.centres.get(language).sentences,
        };
        features::named(
            side(pair.source, source, pair.source_language),
            side(pair.target, target, pair.target_language),
            alignment,
        )
    }

    /// Encodes the pairs that no gate holds, some at a time and each text once, and hands each to `take` with its index.
    pub(super) fn each<T: Send>(
        &self,
        pairs: &[Pair<'_>],
        take: impl Fn(usize, &Pair<'_>, (Encoded<'_>, Encoded<'_>)) -> T + Sync,
    ) -> Result<Vec<Result<T, Gate>>> {
        let pairs: Vec<Pair<'_>> = pairs.iter().map(Pair::beginning).collect();
        let mut taken = Vec::with_capacity(pairs.len());
        for range in portions(&pairs) {
            let first = range.start;
            let portion = &pairs[range];
            let gates: Vec<Option<Gate>> = portion.par_iter().map(Gate::of).collect();
            let open = portion.iter().zip(&gates).filter(|(_, gate)| gate.is_none());
            let texts: BTreeSet<&str> =
                open.flat_map(|(pair, _)| [pair.source, pair.target]).collect();
            let texts: Vec<&str> = texts.into_iter().collect();
            let vectors = self.embedder.embed_tokens(&texts, centre::layer())?;
            let of = |text: &str| texts.binary_search(&text).ok().and_then(|at| vectors.get(at));
            let gated = portion.par_iter().zip(gates).enumerate();
            taken.par_extend(gated.map(|(index, (pair, gate))| {
                match (gate, of(pair.source), of(pair.target)) {
                    (None, Some(source), Some(target)) => {
                        let words = (
                            self.words(pair.source, source, pair.source_language),
                            self.words(pair.target, target, pair.target_language),
                        );
                        let source = Encoded { words: &words.0, vectors: source };
                        let target = Encoded { words: &words.1, vectors: target };
                        Ok(take(first + index, pair, (source, target)))
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
    pub(super) fn beginning(&self) -> Self {
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
