//! The `[letters]` section of a language file: how often each letter stands in running text.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The `[letters]` section of a language file: occurrences of each lower-case letter among
/// 10 000 letters of running text. Letters that are not listed do not belong to the language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct LetterFrequencies(BTreeMap<char, f32>);

impl LetterFrequencies {
    /// The probability of a lower-case letter, 0..1; `None` for one the language does not use.
    pub fn probability(&self, letter: char) -> Option<f32> {
        self.0.get(&letter).map(|per_ten_thousand| per_ten_thousand / 10_000.0)
    }
}
