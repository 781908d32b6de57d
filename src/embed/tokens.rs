//! From text to the token rows an encoder can take: prefix, special tokens, windows over long texts, and
//! for whole articles how much each token tells.

use std::ops::Range;
use std::path::Path;

use tokenizers::{ModelWrapper, Tokenizer};

use super::manifest::Manifest;
use super::unigram::Unigram;
use crate::{Error, Result};

/// Tokens shared by neighbouring windows, as a part of a window's room for text: one in so many.
const OVERLAP_SHARE: usize = 4;

/// Surprise (-ln p) of common tokens; only what lies above counts.
const COMMON_SURPRISE: f64 = 5.0;
/// Tokens after which the share of an article's token has fallen to 1/e: news tells what matters first.
const ARTICLE_DECAY: f32 = 100.0;
/// Most bytes of an article, or of a text whose tokens are asked for, that are looked at: more than the encoder's window holds in any language.
const ARTICLE_BYTES: usize = 16_000;

/// The tokens of a tokenizer are at least this part of those that the weights know; some weights have rows to spare.
const LEAST_SHARE: f64 = 0.9;

/// One input of the encoder: a text or a window of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// Number of the text.
    pub(super) text: usize,
    /// Ids with prefix and special tokens.
    pub(super) ids: Vec<u32>,
    /// Tokens of the text itself in this row, at least 1: the row's weight in the text's mean.
    pub(super) weight: usize,
    /// How much each token counts in the row's mean; empty where all count alike.
    pub(super) shares: Vec<f32>,
}

/// One token of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TextToken {
    /// Its place in the row.
    pub(super) place: usize,
    /// First byte of the text that it stands for.
    pub(super) start: usize,
    /// Byte after the last.
    pub(super) end: usize,
    /// How much rarer it is than common tokens, in -ln p; 0 for marks.
    pub(super) surprise: f32,
}

/// What cuts texts into tokens.
enum Kind {
    /// Ready soonest, for the pipeline that it knows.
    Unigram(Box<Unigram>),
    /// For all others.
    Any(Box<Tokenizer>),
}

/// A tokenizer with the model's prefix and limit.
pub(super) struct Tokens {
    tokenizer: Kind,
    prefix: String,
    max_tokens: usize,
    /// Special tokens and prefix before the text.
    head: Vec<u32>,
    /// Special tokens after the text.
    tail: Vec<u32>,
    /// How much each token of the vocabulary tells, by id.
    telling: Vec<f32>,
}

impl Tokens {
    /// Builds the tokenizer from its JSON file.
    pub(super) fn open(path: &Path, manifest: &Manifest) -> Result<Self> {
        let broken = |reason: String| Error::Model { path: path.to_owned(), reason };
        let tokenizer =
            Kind::open(path).map_err(|error| broken(format!("is no valid tokenizer ({error})")))?;
        if let Some(rows) = manifest.vocabulary {
            let tokens = tokenizer.vocabulary();
            if tokens > rows || (tokens as f64) < LEAST_SHARE * rows as f64 {
                return Err(broken(format!(
                    "knows {tokens} tokens, the weights {rows}: they do not belong together"
                )));
            }
        }
        let (head, tail) =
            tokenizer.surroundings(&manifest.prefix).map_err(|error| broken(error.to_string()))?;
        if head.len() + tail.len() >= manifest.max_tokens {
            return Err(broken(
                "leaves no room for text within the model's token limit".to_owned(),
            ));
        }
        let telling = tokenizer.telling();
        Ok(Self {
            tokenizer,
            prefix: manifest.prefix.clone(),
            max_tokens: manifest.max_tokens,
            head,
            tail,
            telling,
        })
    }

    /// The rows of one text: one, or several overlapping windows if it is longer than the model takes.
    pub(super) fn rows(&self, text: usize, content: &str) -> Result<Vec<Row>> {
        let ids = self.tokenizer.ids(&format!("{}{content}", self.prefix)).map_err(failed)?;
        let around = self.head.len() + self.tail.len();
        if ids.len() <= self.max_tokens {
            return Ok(vec![Row {
                text,
                weight: ids.len().saturating_sub(around).max(1),
                ids,
                shares: Vec::new(),
            }]);
        }
        let inner = &ids[self.head.len()..ids.len() - self.tail.len()];
        let row = |window: Range<usize>| Row {
            text,
            weight: window.len(),
            ids: [&self.head, &inner[window], &self.tail].concat(),
            shares: Vec::new(),
        };
        Ok(windows(inner.len(), self.max_tokens - around).map(row).collect())
    }

    /// The row of the beginning of a text, as much as the model takes at once, and the tokens of the text in it.
    pub(super) fn row_with_spans(
        &self,
        text: usize,
        content: &str,
    ) -> Result<(Row, Vec<TextToken>)> {
        let beginning = &content[..content.floor_char_boundary(ARTICLE_BYTES)];
        let encoded = self.tokenizer.ids_and_spans(&format!("{}{beginning}", self.prefix));
        let (ids, spans) = encoded.map_err(failed)?;
        let inner = self.head.len()..ids.len().saturating_sub(self.tail.len());
        let room = self.max_tokens - self.head.len() - self.tail.len();
        let inner = inner.start..inner.end.clamp(inner.start, inner.start + room);
        let tokens = inner.clone().map(|place| {
            let Range { start, end } = spans[place];
            let byte =
                |offset: usize| offset.saturating_sub(self.prefix.len()).min(beginning.len());
            let telling = self.telling.get(ids[place] as usize).copied().unwrap_or(0.0);
            TextToken { place, start: byte(start), end: byte(end), surprise: telling.sqrt() }
        });
        let tokens: Vec<TextToken> = tokens.collect();
        let row = Row {
            text,
            ids: [&ids[..inner.end.min(ids.len())], &self.tail].concat(),
            weight: tokens.len().max(1),
            shares: Vec::new(),
        };
        Ok((row, tokens))
    }

    /// The row of a whole article: its beginning, as much as the model takes, each token with its share.
    ///
    /// Rare tokens count more (the square of their surprise under the tokenizer's unigram model, a form of
    /// the weights of Arora, Liang & Ma 2017), late ones less, marks and special tokens nothing.
    pub(super) fn article_row(&self, text: usize, content: &str) -> Result<Row> {
        let beginning = &content[..content.floor_char_boundary(ARTICLE_BYTES)];
        let mut rows = self.rows(text, beginning)?;
        rows.truncate(1);
        let mut row = rows.pop().unwrap_or(Row {
            text,
            ids: [self.head.as_slice(), &self.tail].concat(),
            weight: 1,
            shares: Vec::new(),
        });
        let inner = self.head.len()..row.ids.len().saturating_sub(self.tail.len());
        let share = |(place, id): (usize, &u32)| {
            let telling = self.telling.get(*id as usize).copied().unwrap_or(0.0);
            let late = place.saturating_sub(inner.start) as f32 / ARTICLE_DECAY;
            if inner.contains(&place) { telling * (-late).exp() } else { 0.0 }
        };
        let shares: Vec<f32> = row.ids.iter().enumerate().map(share).collect();
        let sum: f32 = shares.iter().sum();
        if sum > 0.0 {
            row.shares = shares.iter().map(|share| share / sum).collect();
        }
        Ok(row)
    }
}

fn failed(error: tokenizers::Error) -> Error {
    Error::Engine { engine: "tokenizers", reason: error.to_string() }
}

impl Kind {
    fn open(path: &Path) -> tokenizers::Result<Self> {
        if let Some(unigram) = Unigram::open(path) {
            return Ok(Self::Unigram(Box::new(unigram)));
        }
        let mut tokenizer = Tokenizer::from_file(path)?;
        // A text that holds `</s>` means these four characters.
        tokenizer.set_encode_special_tokens(true);
        Ok(Self::Any(Box::new(tokenizer)))
    }

    /// How many tokens there are.
    fn vocabulary(&self) -> usize {
        match self {
            Self::Unigram(unigram) => unigram.pieces().count(),
            Self::Any(tokenizer) => tokenizer.get_vocab_size(true),
        }
    }

    /// Ids of the tokens of a text, special ones included.
    fn ids(&self, text: &str) -> tokenizers::Result<Vec<u32>> {
        Ok(match self {
            Self::Unigram(unigram) => {
                let [before, after] = unigram.around();
                [before, unigram.ids(text).as_slice(), after].concat()
            }
            Self::Any(tokenizer) => tokenizer.encode_fast(text, true)?.get_ids().to_vec(),
        })
    }

    /// Ids of the tokens of a text, and the bytes that each stands for.
    fn ids_and_spans(&self, text: &str) -> tokenizers::Result<(Vec<u32>, Vec<Range<usize>>)> {
        Ok(match self {
            Self::Unigram(unigram) => {
                let [before, after] = unigram.around();
                let special = |&id: &u32| (id, 0..0);
                let tokens = before.iter().map(special).chain(unigram.tokens(text));
                tokens.chain(after.iter().map(special)).unzip()
            }
            Self::Any(tokenizer) => {
                let encoding = tokenizer.encode(text, true)?;
                let spans = encoding.get_offsets().iter().map(|&(start, end)| start..end);
                (encoding.get_ids().to_vec(), spans.collect())
            }
        })
    }

    /// How much each token tells, by id: the square of its surprise where the tokenizer knows how frequent tokens
    /// are, else 1; 0 for tokens without a letter or digit.
    fn telling(&self) -> Vec<f32> {
        let of = |token: &str, surprise: f64| {
            if token.chars().any(char::is_alphanumeric) {
                surprise.max(0.0).powi(2) as f32
            } else {
                0.0
            }
        };
        let of_piece = |token: &str, log: f64| of(token, -log - COMMON_SURPRISE);
        match self {
            Self::Unigram(unigram) => {
                unigram.pieces().map(|(token, log)| of_piece(token, log)).collect()
            }
            Self::Any(tokenizer) => match tokenizer.get_model() {
                ModelWrapper::Unigram(unigram) => {
                    unigram.iter().map(|(token, log)| of_piece(token, *log)).collect()
                }
                _ => (0..tokenizer.get_vocab_size(true) as u32)
                    .map(|id| tokenizer.id_to_token(id).map_or(0.0, |token| of(&token, 1.0)))
                    .collect(),
            },
        }
    }

    /// What stands before and after a text with the prefix.
    fn surroundings(&self, prefix: &str) -> tokenizers::Result<(Vec<u32>, Vec<u32>)> {
        let prefix = prefix.trim_end();
        let tokenizer = match self {
            Self::Unigram(unigram) => {
                let [before, after] = unigram.around();
                return Ok(([before.as_slice(), &unigram.ids(prefix)].concat(), after.clone()));
            }
            Self::Any(tokenizer) => tokenizer,
        };
        let encoding = tokenizer.encode(prefix, true)?;
        let special = encoding.get_special_tokens_mask();
        let after = special.iter().rev().take_while(|&&flag| flag == 1).count();
        let (head, tail) = encoding.get_ids().split_at(special.len() - after);
        // Without a prefix all tokens are special; the first of them stands before the text.
        let (head, tail) = if head.is_empty() {
            encoding.get_ids().split_at(tail.len() / 2)
        } else {
            (head, tail)
        };
        Ok((head.to_vec(), tail.to_vec()))
    }
}

/// Windows of equal size that cover `length` tokens and overlap by at least a share of `room`.
fn windows(length: usize, room: usize) -> impl Iterator<Item = Range<usize>> {
    let step = (room - room / OVERLAP_SHARE).max(1);
    let count = if length <= room { 1 } else { (length - room).div_ceil(step) + 1 };
    // The last window ends with the text; the others are spread evenly before it.
    (0..count).map(move |number| {
        let start = if count == 1 { 0 } else { (length - room.min(length)) * number / (count - 1) };
        start..(start + room).min(length)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_cover_all_and_overlap() {
        for (length, room) in [(1, 8), (8, 8), (9, 8), (100, 8), (1000, 509), (7, 1), (5, 2)] {
            let windows: Vec<_> = windows(length, room).collect();
            assert_eq!(
                (windows[0].start, windows[windows.len() - 1].end),
                (0, length),
                "{length} {room}"
            );
            for window in &windows {
                assert!(!window.is_empty() && window.len() <= room, "{length} {room} {window:?}");
            }
            for pair in windows.windows(2) {
                let overlap = pair[0].end as isize - pair[1].start as isize;
                assert!(overlap >= (room / OVERLAP_SHARE) as isize, "{length} {room} {pair:?}");
            }
        }
    }
}
