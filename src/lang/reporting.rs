//! The `[reporting]` section of a language file: how texts tell who says something.

use serde::Deserialize;

/// The `[reporting]` section of a language file. Words are in lower case and may be phrases, see
/// [`phrases`](super::phrases).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReportingWords {
    /// Verbs of speaking that take no side: `said`.
    pub neutral: Vec<String>,
    /// Verbs of speaking, and other words, that leave in doubt whether it is so: `claimed`, `allegedly`.
    pub doubting: Vec<String>,
    /// Verbs of speaking that take what is said for true: `admitted`.
    pub factive: Vec<String>,
    /// Words that may tell whose view it is: a sentence with one is not stated as a fact.
    pub hedging: Vec<String>,
    /// Verbs of speaking behind which the one stands who is told.
    pub addressing: Vec<String>,
    /// Words before the one who says it: `according to`.
    pub before_source: Vec<String>,
    /// Words behind the one who says it: `zufolge`.
    pub after_source: Vec<String>,
    /// Verb forms that report what others say: `sei`.
    pub reported_speech: Vec<String>,
    /// Words for the speaker himself, whose verbs have the same forms.
    pub first_person: Vec<String>,
    /// Words for those who speak for an office or an organisation.
    pub official: Vec<String>,
    /// Words for media.
    pub media: Vec<String>,
    /// Words for sources without a name.
    pub anonymous: Vec<String>,
    /// Pronouns that can speak.
    pub pronouns: Vec<String>,
}
