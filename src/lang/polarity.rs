//! The `[polarity]` section of a language file: what negates.

use serde::Deserialize;

/// The `[polarity]` section of a language file. Words are in lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PolarityWords {
    /// Words that negate.
    pub negators: Vec<String>,
    /// Beginnings of words that negate in all their forms.
    pub negating_stems: Vec<String>,
    /// Beginnings that negate a verb: `ne` in `nebuvo`.
    pub verb_prefixes: Vec<String>,
    /// Endings of verbs that take such a beginning.
    pub verb_endings: Vec<String>,
    /// Endings of other words, which rule it out.
    pub other_endings: Vec<String>,
    /// Beginnings of words that only look as if they were negated.
    pub not_prefixed: Vec<String>,
    /// Phrases with a negator that negate nothing: `not only`.
    pub set_phrases: Vec<String>,
    /// Negators that, behind another of these, go on with the same negation: `neither … nor`.
    pub continuing: Vec<String>,
    /// Whether several negators in one clause are one negation: `niekas nebuvo`.
    pub concord: bool,
}
