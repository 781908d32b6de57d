//! Ingest: from bytes to cleaned documents with title, language and date.

pub mod dateline;
pub mod language;
