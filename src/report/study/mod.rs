//! The report of a study, and its writers: a folder of tables with a data dictionary, figures, JSON and the methods, and
//! a summary for the terminal.

mod articles;
mod figures;
mod folder;
mod json;
mod methods;
mod terminal;

use std::collections::BTreeMap;

use serde::Serialize;

use super::{NoteEntry, SkippedEntry, Tool};
use crate::align::claims::LEAST_PROBABILITY;
use crate::study::analyses::Analysis;
use crate::study::material::{Axis, Settings};
use crate::study::results::{Findings, Passage, Test};
use crate::study::sample::Sample;
use crate::study::sheet::Sheet;
use crate::study::table::Table;

pub use figures::Figure;
pub use folder::{Written, write_folder};
pub use terminal::write as write_summary;

/// Name and version of the JSON form.
pub const SCHEMA: &str = "parallax.study/1";

/// Everything a study found.
#[derive(Debug, Clone)]
pub struct StudyReport {
    /// What made the report.
    pub tool: Tool,
    /// What was studied.
    pub corpus: CorpusSummary,
    /// Seeds, shuffles, minimum support.
    pub settings: Settings,
    /// The analyses that ran.
    pub analyses: Vec<AnalysisEntry>,
    /// The tests, and what a reader must know.
    pub findings: Findings,
    /// Sentences behind the tests that are shown, by the number of the test.
    pub passages: BTreeMap<usize, Vec<ShownPassage>>,
    /// The axes of framing that sentences were placed on.
    pub axes: Vec<Axis>,
    /// The articles with their groups and events.
    pub sample: Sample,
    /// Pairs of passages for coders.
    pub sheet: Option<Sheet>,
    /// Least probability of two sentences that make the same statement.
    pub least_probability: f32,
    /// Records and files that gave no article.
    pub skipped: Vec<SkippedEntry>,
    /// Remarks on the corpus.
    pub notes: Vec<NoteEntry>,
}

/// A passage behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShownPassage {
    /// Whether it speaks of the group; else of the others.
    pub in_group: bool,
    /// Name of its article.
    pub article: String,
    /// Number of the sentence in the article, from 1; none where the headline stands for the article.
    pub sentence: Option<usize>,
    /// Its language, by code.
    pub language: String,
    /// The group of its article.
    pub group: String,
    /// What to look at.
    pub note: String,
    /// The sentence, or the headline.
    pub text: String,
}

/// What was studied.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CorpusSummary {
    /// The corpus as the user named it.
    pub source: String,
    /// By what articles are compared.
    pub by: String,
    /// Number of articles.
    pub articles: usize,
    /// Number of independent versions: copies count once.
    pub versions: usize,
    /// Number of events.
    pub events: usize,
    /// Events that more than one group covers.
    pub shared_events: usize,
    /// The groups, with their numbers of articles and outlets.
    pub groups: Vec<GroupSummary>,
    /// The languages with their numbers of articles.
    pub languages: Vec<(String, usize)>,
    /// The first and last publication date.
    pub dates: Option<(String, String)>,
}

/// A group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct GroupSummary {
    /// Its name.
    pub name: String,
    /// Number of articles.
    pub articles: usize,
    /// Number of independent versions.
    pub versions: usize,
    /// Number of outlets.
    pub outlets: usize,
}

/// An analysis that ran.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnalysisEntry {
    /// Its name.
    pub name: &'static str,
    /// What it answers.
    pub question: &'static str,
    /// Its formula.
    pub formula: &'static str,
    /// The papers it follows.
    pub papers: &'static [&'static str],
}

impl StudyReport {
    /// The report on findings.
    pub fn new(
        tool: Tool,
        corpus: CorpusSummary,
        settings: Settings,
        analyses: &[&'static Analysis],
        findings: Findings,
    ) -> Self {
        let entry = |analysis: &&'static Analysis| AnalysisEntry {
            name: analysis.name,
            question: analysis.question,
            formula: analysis.formula,
            papers: analysis.papers,
        };
        Self {
            tool,
            corpus,
            settings,
            analyses: analyses.iter().map(entry).collect(),
            findings,
            passages: BTreeMap::new(),
            axes: Vec::new(),
            sample: Sample::default(),
            sheet: None,
            least_probability: LEAST_PROBABILITY,
            skipped: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The same report with the articles and what became of the inputs.
    pub fn with_inputs(
        self,
        sample: Sample,
        skipped: Vec<SkippedEntry>,
        notes: Vec<NoteEntry>,
    ) -> Self {
        Self { sample, skipped, notes, ..self }
    }

    /// The same report with a sheet for coders.
    pub fn with_sheet(self, sheet: Option<Sheet>) -> Self {
        Self { sheet, ..self }
    }

    /// The same report, of statements found from this probability on.
    pub fn with_threshold(self, least_probability: f32) -> Self {
        Self { least_probability, ..self }
    }

    /// The same report with the axes of framing, and with the sentences behind its tests, whose texts `texts` holds by
    /// article.
    pub fn with_passages(
        mut self,
        passages: Vec<(usize, Vec<Passage>)>,
        texts: &[Vec<String>],
        axes: Vec<Axis>,
    ) -> Self {
        self.axes = axes;
        let sample = &self.sample;
        let shown = |passage: Passage| {
            let article = &sample.articles[passage.article];
            let sentence = passage.sentence.and_then(|at| texts[passage.article].get(at));
            let headline =
                || article.title.clone().or_else(|| texts[passage.article].first().cloned());
            ShownPassage {
                in_group: passage.in_group,
                article: article.id.clone(),
                sentence: passage.sentence.map(|sentence| sentence + 1),
                language: article.language.to_string(),
                group: article.group.map_or_else(String::new, |group| sample.groups[group].clone()),
                note: passage.note,
                text: sentence.cloned().or_else(headline).unwrap_or_default(),
            }
        };
        self.passages = passages
            .into_iter()
            .map(|(test, passages)| (test, passages.into_iter().map(shown).collect()))
            .collect();
        self
    }

    /// All tables, in the order of the dictionary.
    pub fn tables(&self) -> Vec<Table> {
        let mut tables = vec![articles::articles(&self.sample), articles::events(&self.sample)];
        tables.push(self.findings.test_table());
        tables.extend(self.findings.tables.iter().cloned());
        tables
    }

    /// The tests at the false discovery rate, the largest effects first within each analysis.
    pub fn discoveries(&self) -> Vec<&Test> {
        let rate = self.settings.rate;
        self.findings.tests.iter().filter(|test| test.is_discovery(rate)).collect()
    }
}

impl CorpusSummary {
    /// The summary of a sample.
    pub fn new(source: &str, sample: &Sample, by: &str) -> Self {
        let versions = |keep: &dyn Fn(Option<usize>) -> bool| {
            let mut versions: Vec<usize> =
                sample.articles.iter().filter(|a| keep(a.group)).map(|a| a.version).collect();
            versions.sort_unstable();
            versions.dedup();
            versions.len()
        };
        let groups = sample.groups.iter().enumerate().map(|(number, name)| GroupSummary {
            name: name.clone(),
            articles: sample.articles.iter().filter(|a| a.group == Some(number)).count(),
            versions: versions(&|group| group == Some(number)),
            outlets: sample.sources.iter().filter(|source| source.group == number).count(),
        });
        let mut languages: Vec<(String, usize)> = Vec::new();
        for article in &sample.articles {
            let code = article.language.to_string();
            match languages.iter_mut().find(|(known, _)| *known == code) {
                Some((_, count)) => *count += 1,
                None => languages.push((code, 1)),
            }
        }
        languages.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
        let days = || sample.articles.iter().filter_map(|article| article.published);
        Self {
            source: source.to_owned(),
            by: by.to_owned(),
            articles: sample.articles.len(),
            versions: versions(&|_| true),
            events: sample.events.len(),
            shared_events: (0..sample.events.len())
                .filter(|&event| {
                    let mut groups = sample.grouped(event).map(|(_, _, group)| group);
                    groups.next().is_some_and(|first| groups.any(|group| group != first))
                })
                .count(),
            groups: groups.collect(),
            languages,
            dates: days().min().zip(days().max()).map(|(a, b)| (a.to_string(), b.to_string())),
        }
    }
}
