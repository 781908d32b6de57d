//! The `[segmentation]` section of a language file: where sentences end.

use serde::Deserialize;

/// The `[segmentation]` section of a language file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SegmentationRules {}
