//! The `[dates]` section of a language file: words of dates and times.

use serde::Deserialize;

/// The `[dates]` section of a language file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DateWords {}
