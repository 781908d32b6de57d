//! The `[tone]` section of a language file: words that take a side.

use serde::Deserialize;

/// The `[tone]` section of a language file. Words are in lower case and may be phrases, see
/// [`phrases`](super::phrases).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ToneWords {
    /// Words that dramatise, mock, praise or condemn where plain ones would do.
    pub loaded: Vec<String>,
}
