//! The `[furniture]` section of a language file: words that give page furniture away.

use serde::Deserialize;

/// The `[furniture]` section of a language file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FurnitureWords {}
