//! Parallax compares texts about the same thing written in different languages.

pub mod align;
pub mod calendar;
pub mod differences;
pub mod embed;
pub mod error;
pub mod facts;
pub mod finding;
pub mod ingest;
pub mod jobs;
pub mod lang;
pub mod report;
pub mod segment;
pub mod text;

pub use error::{Error, Result};
