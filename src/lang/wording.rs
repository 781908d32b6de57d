//! The `[wording]` section of a language file: how words may be put together.

use serde::Deserialize;

/// The `[wording]` section of a language file. Words are in lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WordingRules {
    /// Words that may stand twice in a row.
    pub doubled: Vec<String>,
}
