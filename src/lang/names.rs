//! The `[names]` section of a language file: words around names.

use serde::Deserialize;

/// The `[names]` section of a language file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NameWords {}
