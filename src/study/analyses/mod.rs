//! The analyses, one file each: a row of [`ANALYSES`]. Names follow the literature on media bias: selection,
//! coverage and statement (D'Alessio & Allen 2000, "Media Bias in Presidential Elections", J. of Communication 50:133).

mod attribution;
mod coverage;
mod framing;
mod modality;
mod naming;
mod passages;
mod prominence;
mod selection;
mod timing;
mod tone;
mod words;

pub use prominence::HEADLINE;

use super::material::{Material, Settings, observations};
use super::results::{About, Findings, Passage, Test};
use super::statistics::within::compare;

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
    /// The sentences behind one of its tests, a choice of them.
    pub passages: fn(&Material, &Test) -> Vec<Passage>,
}

/// What articles are compared in.
struct Measured<'m> {
    analysis: &'static str,
    measure: &'static str,
    /// What of; empty where it is the group as a whole.
    subject: &'m str,
    about: About,
}

impl Measured<'_> {
    /// A comparison that cannot be made.
    fn without(&self, material: &Material, reason: &str) -> Test {
        let sample = &material.sample;
        let group = &sample.groups[self.about.group];
        Test {
            analysis: self.analysis,
            measure: self.measure,
            effect_name: "d",
            reason: Some(reason.to_owned()),
            ..Test::default()
        }
        .between(self.subject, group, &sample.against(self.about.group))
        .about(self.about)
    }
}

/// The group compared with all others in a value of its articles.
fn compared(
    material: &Material,
    settings: &Settings,
    measured: &Measured<'_>,
    value: impl Fn(usize) -> Option<f64>,
) -> Test {
    let Measured { analysis, measure, subject, about } = *measured;
    let sample = &material.sample;
    let group = &sample.groups[about.group];
    let label = format!("{analysis} {measure} {subject} {group}");
    let found = compare(&observations(sample, about.group, value), &settings.inference, &label);
    Test::of_comparison(analysis, measure, &found)
        .between(subject, group, &sample.against(about.group))
        .about(about)
}

/// The analyses, in the order of the report.
pub const ANALYSES: &[Analysis] = &[
    selection::ANALYSIS,
    coverage::ANALYSIS,
    prominence::ANALYSIS,
    naming::ANALYSIS,
    framing::ANALYSIS,
    attribution::ANALYSIS,
    modality::ANALYSIS,
    tone::ANALYSIS,
    words::ANALYSIS,
    timing::ANALYSIS,
];
