//! From text to the token rows an encoder can take: prefix, special tokens, windows over long texts.

use std::ops::Range;
use std::path::Path;

use tokenizers::Tokenizer;

use super::manifest::Manifest;
use crate::{Error, Result};

/// Tokens shared by neighbouring windows, as a part of a window's room for text: one in so many.
const OVERLAP_SHARE: usize = 4;

/// One input of the encoder: a text or a window of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Number of the text.
    pub(super) text: usize,
    /// Ids with prefix and special tokens.
    pub(super) ids: Vec<u32>,
    /// Tokens of the text itself in this row, at least 1: the row's weight in the text's mean.
    pub(super) weight: usize,
}

/// A tokenizer with the model's prefix and limit.
pub(super) struct Tokens {
    tokenizer: Tokenizer,
    prefix: String,
    max_tokens: usize,
    /// Special tokens and prefix before the text.
    head: Vec<u32>,
    /// Special tokens after the text.
    tail: Vec<u32>,
}

impl Tokens {
    /// Builds the tokenizer from its JSON file.
    pub(super) fn open(path: &Path, manifest: &Manifest) -> Result<Self> {
        let broken = |reason: String| Error::Model { path: path.to_owned(), reason };
        let mut tokenizer = Tokenizer::from_file(path)
            .map_err(|error| broken(format!("is no valid tokenizer ({error})")))?;
        // A text that holds `</s>` means these four characters.
        tokenizer.set_encode_special_tokens(true);
        let (head, tail) = surroundings(&tokenizer, &manifest.prefix)
            .map_err(|error| broken(error.to_string()))?;
        if head.len() + tail.len() >= manifest.max_tokens {
            return Err(broken(
                "leaves no room for text within the model's token limit".to_owned(),
            ));
        }
        Ok(Self {
            tokenizer,
            prefix: manifest.prefix.clone(),
            max_tokens: manifest.max_tokens,
            head,
            tail,
        })
    }

    /// The rows of one text: one, or several overlapping windows if it is longer than the model takes.
    pub(super) fn rows(&self, text: usize, content: &str) -> Result<Vec<Row>> {
        let encoding = self.tokenizer.encode_fast(format!("{}{content}", self.prefix), true);
        let encoding = encoding
            .map_err(|error| Error::Engine { engine: "tokenizers", reason: error.to_string() })?;
        let ids = encoding.get_ids();
        let around = self.head.len() + self.tail.len();
        if ids.len() <= self.max_tokens {
            return Ok(vec![Row {
                text,
                ids: ids.to_vec(),
                weight: ids.len().saturating_sub(around).max(1),
            }]);
        }
        let inner = &ids[self.head.len()..ids.len() - self.tail.len()];
        let row = |window: Range<usize>| Row {
            text,
            weight: window.len(),
            ids: [&self.head, &inner[window], &self.tail].concat(),
        };
        Ok(windows(inner.len(), self.max_tokens - around).map(row).collect())
    }
}

/// What the tokenizer puts before and after a text with the prefix.
fn surroundings(tokenizer: &Tokenizer, prefix: &str) -> tokenizers::Result<(Vec<u32>, Vec<u32>)> {
    let encoding = tokenizer.encode(prefix.trim_end(), true)?;
    let special = encoding.get_special_tokens_mask();
    let after = special.iter().rev().take_while(|&&flag| flag == 1).count();
    let (head, tail) = encoding.get_ids().split_at(special.len() - after);
    // Without a prefix all tokens are special; the first of them stands before the text.
    let (head, tail) =
        if head.is_empty() { encoding.get_ids().split_at(tail.len() / 2) } else { (head, tail) };
    Ok((head.to_vec(), tail.to_vec()))
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
