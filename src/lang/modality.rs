//! The `[modality]` section of a language file: how texts tell what may be, is likely, must be and is meant to be.

use serde::Deserialize;

/// The `[modality]` section of a language file. Words are in lower case and may be phrases, see
/// [`phrases`](super::phrases).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ModalityWords {
    /// May be: `perhaps`.
    pub possible: Vec<String>,
    /// Is likely: `probably`.
    pub probable: Vec<String>,
    /// Must or should be: `has to`.
    pub necessary: Vec<String>,
    /// Is meant to be: `plans to`.
    pub intended: Vec<String>,
}
