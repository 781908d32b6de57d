//! The `[segmentation]` section of a language file: where sentences end.

use std::collections::HashSet;

use serde::Deserialize;

/// The `[segmentation]` section of a language file.
///
/// Abbreviations stand without their last stop: `z.B` for `z.B.`. An entry in lower case matches
/// any case, an entry with a capital matches exactly as it is written. The default has no rules:
/// what is left then holds for any language that uses the full stop.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SegmentationRules {
    /// A number with a stop is an ordinal: `am 3. Oktober`.
    pub ordinal_stop: bool,
    /// Abbreviations that something always follows: titles, `St.`, `vs.`. They end no sentence.
    pub leading_abbreviations: HashSet<String>,
    /// Abbreviations that end a sentence only where one of [`Self::sentence_starters`] follows.
    pub abbreviations: HashSet<String>,
    /// Abbreviations that often end a sentence: any capital after them opens the next.
    pub closing_abbreviations: HashSet<String>,
    /// Endings of abbreviated compounds: `Bahnhofstr.`
    pub abbreviation_suffixes: Vec<String>,
    /// Words that are abbreviations only before a number: `Nr. 5`, `S. 12`.
    pub abbreviations_before_number: HashSet<String>,
    /// Words that are abbreviations only after a number: `1956 m.`, `5 tūkst.`
    pub abbreviations_after_number: HashSet<String>,
    /// First names cut to more than one letter: `Dž. Londonas`
    pub long_initials: HashSet<String>,
    /// Capitalised words that open a sentence and are no part of a name: articles, pronouns,
    /// conjunctions, adverbs.
    pub sentence_starters: HashSet<String>,
    /// Quotation marks that open, beside the ones that open everywhere.
    pub opening_quotes: HashSet<char>,
    /// Quotation marks that close, beside the ones that close everywhere.
    pub closing_quotes: HashSet<char>,
}
