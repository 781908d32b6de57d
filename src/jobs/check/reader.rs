//! How the encoder reads segments: vectors of both sides, words, and the score where the model can give one.

use ndarray::Array2;

use crate::embed::Embedder;
use crate::error::Result;
use crate::translation::score::{Pair, Reading, Scorer};
use crate::translation::{Segment, Side};

/// Most bytes of a text whose vector is computed: of a longer one the beginning stands for all.
const MOST_BYTES: usize = 8_000;

/// An encoder, with a scorer on it where its model has one.
pub struct Reader<'e> {
    embedder: &'e Embedder,
    scorer: Result<Scorer<'e>>,
    /// Whether nothing is encoded at all.
    blind: bool,
}

impl<'e> Reader<'e> {
    /// Any model will do; which ones can score, [`cannot_score`](Self::cannot_score) tells.
    pub fn new(embedder: &'e Embedder) -> Self {
        Self { embedder, scorer: Scorer::new(embedder), blind: false }
    }

    /// A reader that encodes nothing: there are no scores, and no clauses are found to be missing.
    pub fn blind(embedder: &'e Embedder) -> Self {
        Self { blind: true, ..Self::new(embedder) }
    }

    /// Whether texts have vectors.
    pub(super) fn sees(&self) -> bool {
        !self.blind
    }

    /// Why segments get no score, if they do not.
    pub fn cannot_score(&self) -> Option<&crate::Error> {
        self.scorer.as_ref().err().filter(|_| !self.blind)
    }

    /// A reading of each segment; none at all where the model cannot score. `compared` tells which are also asked
    /// where their sides disagree.
    pub(super) fn read(
        &self,
        segments: &[Segment],
        compared: &[bool],
    ) -> Result<Vec<Option<Reading>>> {
        let Some(scorer) = self.scorer.as_ref().ok().filter(|_| self.sees()) else {
            return Ok(vec![None; segments.len()]);
        };
        let pairs: Vec<Pair<'_>> = segments
            .iter()
            .map(|segment| Pair {
                source: &segment.source.text,
                target: &segment.target.text,
                source_language: segment.source.language,
                target_language: segment.target.language,
            })
            .collect();
        Ok(scorer.read(&pairs, compared)?.into_iter().map(Some).collect())
    }

    /// The vectors of all sources, then of all targets: `[2 * segments, dim]`. Segments that are no translation, with
    /// nothing to compare, have zeros.
    pub(super) fn vectors(
        &self,
        segments: &[Segment],
        readings: &[Option<Reading>],
    ) -> Result<Array2<f32>> {
        if self.scorer.is_err() && self.sees() {
            let sources = segments.iter().map(|segment| beginning(&segment.source));
            let targets = segments.iter().map(|segment| beginning(&segment.target));
            return self.embed(&sources.chain(targets).collect::<Vec<_>>());
        }
        let mut vectors = Array2::zeros((2 * segments.len(), self.embedder.manifest().dim));
        let read = readings.iter().map(|reading| reading.as_ref()?.vectors.as_ref());
        for (index, read) in read.enumerate() {
            for (side, vector) in read.into_iter().flatten().enumerate() {
                vectors.row_mut(side * segments.len() + index).assign(vector);
            }
        }
        Ok(vectors)
    }

    /// Vectors of texts, `[texts, dim]`, rows of norm 1.
    pub(super) fn embed(&self, texts: &[&str]) -> Result<Array2<f32>> {
        self.embedder.embed(texts)
    }
}

fn beginning(side: &Side) -> &str {
    &side.text[..side.text.floor_char_boundary(MOST_BYTES)]
}
