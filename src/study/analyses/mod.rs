//! The analyses, one file each: a row of [`ANALYSES`]. Names follow the literature on media bias: selection,
//! coverage and statement (D'Alessio & Allen 2000, "Media Bias in Presidential Elections", J. of Communication 50:133).

mod coverage;
mod framing;
mod prominence;
mod selection;
mod timing;
mod tone;
mod words;

pub use prominence::HEADLINE;

use super::material::{Material, Settings};
use super::results::Findings;

/// An analysis: how it is called, what it rests on, and what it does.
pub struct Analysis {
    /// Its name.
    pub name: &'static str,
    /// What it answers.
    pub question: &'static str,
    /// The formula, in words and signs.
    pub formula: &'static str,
    /// The papers it follows.
    pub papers: &'static [&'static str],
    /// Computes it.
    pub run: fn(&Material, &Settings) -> Findings,
}

/// The analyses, in the order of the report.
pub const ANALYSES: &[Analysis] = &[
    selection::ANALYSIS,
    coverage::ANALYSIS,
    prominence::ANALYSIS,
    framing::ANALYSIS,
    tone::ANALYSIS,
    words::ANALYSIS,
    timing::ANALYSIS,
];
