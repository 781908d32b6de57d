//! Phrases looked up over tokens.

use std::collections::HashMap;

use crate::calendar::token::{Token, tokenize};

/// Longest phrase, in tokens, before a number.
const LONGEST_PHRASE: usize = 6;

/// Phrases of tokens with what they mean.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    /// By first token; the longest first.
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: HashMap::new() }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase; one that is there already stays.
    pub(super) fn add(&mut self, phrase: &str, meaning: T) {
        let words: Vec<String> = tokenize(phrase).into_iter().map(|token| token.lower).collect();
        let Some(first) = words.first().cloned() else {
            return;
        };
        let entries = self.by_first.entry(first).or_default();
        if entries.iter().all(|(known, _)| *known != words) {
            let at = entries.partition_point(|(known, _)| known.len() >= words.len());
            entries.insert(at, (words, meaning));
        }
    }

    /// The longest phrase that starts at a token, and the token after it.
    pub(super) fn starting_at(&self, tokens: &[Token], at: usize) -> Option<(usize, &T)> {
        let entries = self.by_first.get(&tokens.get(at)?.lower)?;
        entries.iter().find_map(|(words, meaning)| {
            let end = at + words.len();
            let window = tokens.get(at..end)?;
            let fits = window.iter().zip(words).all(|(token, word)| token.lower == *word);
            fits.then_some((end, meaning))
        })
    }

    /// The longest phrase that ends before a token.
    pub(super) fn ending_before(&self, tokens: &[Token], end: usize) -> Option<&T> {
        (1..=LONGEST_PHRASE.min(end)).rev().find_map(|length| {
            let (phrase_end, meaning) = self.starting_at(&tokens[..end], end - length)?;
            (phrase_end == end).then_some(meaning)
        })
    }
}
