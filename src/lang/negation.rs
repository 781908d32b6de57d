//! The `[negation]` section of a language file: how sentences are negated.

use serde::Deserialize;

/// The `[negation]` section of a language file. Words are in lower case and may be phrases, see
/// [`phrases`](super::phrases).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NegationWords {
    /// Words that negate their clause.
    pub negators: Vec<String>,
    /// Phrases that hold a negator and negate nothing: `not only`.
    pub unmarked: Vec<String>,
    /// Words behind which a negation of the same clause adds nothing.
    pub expletive: Vec<String>,
    /// Negative pronouns and adverbs that stand beside a negated verb, where the language doubles its negations.
    pub doubling: Vec<String>,
    /// Beginnings that negate a verb.
    pub verb_prefixes: Vec<String>,
    /// Endings of the verbs that such a beginning negates.
    pub verb_endings: Vec<String>,
    /// Words that begin so and are no negated verbs: nouns, adjectives, participles.
    pub nominal: Vec<String>,
    /// Words that begin so, or as `lexical` says, and have no negation in them.
    pub plain: Vec<String>,
    /// Words that deny something without negating their clause: `deny`, `without`, `unable`.
    pub lexical: Vec<String>,
    /// Words that another language may render by a negation: `only`, `until`, `rather than`.
    pub hints: Vec<String>,
    /// Words for what was never before: `the first since` says what `not since` does.
    pub first: Vec<String>,
    /// Words before a time that something goes on from.
    pub since: Vec<String>,
    /// How freely other words are put for a negation, added to the evidence that a contradiction needs.
    pub freedom: f32,
    /// What a negator leaves when its negation is taken away, as pairs: `no one`, `someone`. Others leave nothing.
    pub affirmed: Vec<[String; 2]>,
    /// The reflexive syllable that moves from behind the negating beginning to the end of the verb.
    pub reflexive: Option<String>,
}
