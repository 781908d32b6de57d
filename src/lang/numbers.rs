//! The `[numbers]` section of a language file: words and signs of numbers.

use serde::Deserialize;

/// The `[numbers]` section of a language file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NumberWords {}
