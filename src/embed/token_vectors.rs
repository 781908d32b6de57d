//! Vectors of a text's tokens, beside the vector of the text: what aligns the words of a translation.

use std::ops::Range;

use ndarray::{Array1, Array2, ArrayView2, s};

use super::tokens::{Row, TextToken};
use super::{Embedder, batches, parallel};
use crate::Result;
use crate::text::Span;

/// The vectors of one text, of its beginning where it is longer than the model takes at once.
#[derive(Debug, Clone, PartialEq)]
pub struct TextVectors {
    /// The vector of the whole, of L2 norm 1: mean of the last layer's token vectors.
    pub sentence: Array1<f32>,
    /// What each token stands for, in bytes of the text.
    pub spans: Vec<Span>,
    /// How much rarer each token is than common ones, in -ln p; 0 for marks.
    pub surprises: Vec<f32>,
    /// The vectors of all that the encoder saw, at the inner layer and as they are: prefix and special tokens before the
    /// text's tokens and after them, `[tokens, dim]`.
    pub states: Array2<f32>,
    /// Where the text's own tokens begin in `states`.
    pub first: usize,
}

impl TextVectors {
    /// The vectors of the text's own tokens, in step with `spans`: `[tokens, dim]`.
    pub fn tokens(&self) -> ArrayView2<'_, f32> {
        self.states.slice(s![self.first..self.first + self.spans.len(), ..])
    }
}

impl Embedder {
    /// Whether [`embed_tokens`](Self::embed_tokens) can give the vectors of a layer.
    pub fn has_layer(&self, layer: usize) -> bool {
        self.manifest.inner_layers.contains_key(&layer)
    }

    /// Vectors of the texts and of their tokens at inner layer `layer`, counted from 1. It costs one run of the encoder.
    ///
    /// # Errors
    /// [`Error::Engine`](crate::Error::Engine) if the computation fails or the engine does not give that layer,
    /// [`Error::Model`](crate::Error::Model) if the tokenizer file is broken.
    pub fn embed_tokens(&self, texts: &[&str], layer: usize) -> Result<Vec<TextVectors>> {
        self.parts.start();
        let (rows, tokens) = self.rows_with_spans(texts)?;
        let encoder = self.parts.encoder()?;
        let batches = batches::plan(&rows);
        let encode = |number: usize| {
            let members: Vec<&Row> = batches[number].iter().map(|&row| &rows[row]).collect();
            let batch = batches::join(&members);
            let [last, inner] = encoder.engine.hidden_states_with(&batch, layer)?;
            let mut means = encoder.pool(&last, &batch, &members, self.manifest.pooling)?;
            batches::normalise(&mut means);
            let of_row = |(index, (row, place)): (usize, (&usize, Range<usize>))| TextVectors {
                sentence: means.row(index).to_owned(),
                spans: tokens[*row].iter().map(|token| Span::new(token.start, token.end)).collect(),
                surprises: tokens[*row].iter().map(|token| token.surprise).collect(),
                states: inner.slice(s![place, ..]).to_owned(),
                first: tokens[*row].first().map_or(0, |token| token.place),
            };
            Ok(batches[number]
                .iter()
                .zip(batch.texts())
                .enumerate()
                .map(of_row)
                .collect::<Vec<_>>())
        };
        let mut vectors: Vec<Option<TextVectors>> = vec![None; texts.len()];
        parallel(batches.len(), self.threads, &encode, |number, made| {
            for (&row, made) in batches[number].iter().zip(made) {
                let dim = self.manifest.dim;
                if made.sentence.len() != dim {
                    let found = made.sentence.len();
                    let reason =
                        format!("vectors have {found} numbers where the manifest says {dim}");
                    return Err(self.failed(reason));
                }
                if !made.sentence.iter().chain(&made.states).all(|number| number.is_finite()) {
                    let reason = "the weights lead to values that are no numbers";
                    return Err(self.failed(reason.to_owned()));
                }
                vectors[rows[row].text] = Some(made);
            }
            Ok(())
        })?;
        Ok(vectors.into_iter().flatten().collect())
    }

    /// The row of each text, and the text's tokens in it.
    fn rows_with_spans(&self, texts: &[&str]) -> Result<(Vec<Row>, Vec<Vec<TextToken>>)> {
        let tokens = self.parts.tokens()?;
        let encode = |text: usize| tokens.row_with_spans(text, texts[text]);
        let mut made = vec![None; texts.len()];
        parallel(texts.len(), self.threads, &encode, |text, row| {
            made[text] = Some(row);
            Ok(())
        })?;
        Ok(made.into_iter().flatten().unzip())
    }
}
