//! `study`: a corpus, from its records to tables of tested comparisons.
//!
//! | step | file |
//! |---|---|
//! | articles, copies, vectors | `gather` |
//! | vectors on disk, so that memory grows with the texts alone | `store` |
//! | events, and the statements of each | `events` |
//! | names, what is called by several of them, speech | `contents`, `namings`, `speech` |
//! | words | `words` |
//! | places on axes | `places` |
//! | planted changes, counted | `validate` |

mod contents;
mod events;
mod gather;
mod namings;
mod places;
mod speech;
mod store;
mod validate;
mod words;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use self::events::Finding;
use self::gather::Gathered;
use super::{Observer, Stage, prepare};
use crate::align::Article;
use crate::align::claims::LEAST_PROBABILITY;
use crate::embed::Embedder;
use crate::error::{Error, Result};
use crate::facts::FactCache;
use crate::lang::Language;
use crate::report::study::{CorpusSummary, StudyReport};
use crate::report::{Tool, build};
use crate::study::analyses::{ANALYSES, Analysis};
use crate::study::axes::{self, AxisEntry};
use crate::study::corpus::{Corpus, CorpusOptions};
use crate::study::material::{Material, Settings};
use crate::study::results::{Findings, Passage};
use crate::study::sample::{GroupBy, Sample};
use crate::study::sheet::{PairPool, Sheet};
use crate::study::table::Table;

/// What shapes a study.
#[derive(Debug, Clone)]
pub struct StudyOptions {
    /// How the corpus is read.
    pub corpus: CorpusOptions,
    /// Where facts are kept.
    pub facts: FactCache,
    /// By what articles are compared.
    pub by: GroupBy,
    /// Seeds, shuffles, minimum support.
    pub settings: Settings,
    /// Names of the analyses to run; all where there is none.
    pub only: Vec<String>,
    /// Names of analyses not to run.
    pub skip: Vec<String>,
    /// Axes of framing.
    pub axes: Vec<AxisEntry>,
    /// Whether changes are planted into copies of the corpus, to tell the error of what is reported.
    pub validate: bool,
    /// Least probability of two sentences that make the same statement.
    pub least_probability: f32,
    /// Pairs of passages to put on a sheet for coders.
    pub sheet: usize,
    /// Whether coders are not to see which articles passages are from.
    pub blind: bool,
    /// A folder with room for the vectors while the study runs.
    pub scratch: PathBuf,
}

impl StudyOptions {
    /// The usual way to compare by something; `scratch` is a folder with room for the vectors.
    pub fn new(by: GroupBy, scratch: PathBuf) -> Self {
        Self {
            corpus: CorpusOptions::default(),
            facts: FactCache::default(),
            by,
            settings: Settings::default(),
            only: Vec::new(),
            skip: Vec::new(),
            axes: axes::built_in(),
            validate: false,
            least_probability: LEAST_PROBABILITY,
            sheet: 0,
            blind: false,
            scratch,
        }
    }

    /// The analyses asked for.
    ///
    /// # Errors
    /// [`Error::Option`] for a name that no analysis has.
    pub fn analyses(&self) -> Result<Vec<&'static Analysis>> {
        for (option, names) in [("--only", &self.only), ("--skip", &self.skip)] {
            for name in names {
                if !ANALYSES.iter().any(|analysis| analysis.name == *name) {
                    let known: Vec<&str> = ANALYSES.iter().map(|a| a.name).collect();
                    let reason =
                        format!("there is no analysis `{name}`; they are {}", known.join(", "));
                    return Err(Error::Option { option, reason });
                }
            }
        }
        let wanted = |analysis: &&Analysis| {
            let named = |names: &[String]| names.iter().any(|name| name == analysis.name);
            (self.only.is_empty() || named(&self.only)) && !named(&self.skip)
        };
        Ok(ANALYSES.iter().filter(wanted).collect())
    }
}

/// Studies the corpus at a path. `open` gives the embedder; it runs while the corpus is read.
///
/// # Errors
/// Those of the corpus, of `open`, of the engine and of the observer. A record that cannot be read is no error.
pub fn study<O>(
    path: &Path,
    options: &StudyOptions,
    open: O,
    observer: &mut dyn Observer,
) -> Result<StudyReport>
where
    O: FnOnce() -> Result<Embedder> + Send,
{
    options.analyses()?;
    observer.progress(Stage::Reading, 0, 0)?;
    let (corpus, embedder) = prepare::beside(open, || Corpus::read(path, &options.corpus))?;
    study_corpus(corpus?, &path.display().to_string(), options, &embedder, observer)
}

/// Studies a corpus that was read; `source` is what the report calls it.
///
/// # Errors
/// Those of the engine and of the observer.
pub fn study_corpus(
    corpus: Corpus,
    source: &str,
    options: &StudyOptions,
    embedder: &Embedder,
    observer: &mut dyn Observer,
) -> Result<StudyReport> {
    let analyses = options.analyses()?;
    let Corpus { articles, skipped, notes } = corpus;
    let gathered = gather::gather(articles, options, embedder, observer)?;
    observer.progress(Stage::Aligning, 0, 0)?;
    let (material, pairs, validation) = material(gathered, options)?;
    observer.progress(Stage::Studying, 0, 0)?;
    let mut findings = analyse(&analyses, &material, &options.settings);
    findings.correct();
    let passages = passages(&analyses, &material, &findings, options.settings.rate);
    findings.tables.extend(validation);
    findings.notes.extend(material.notes.iter().cloned());
    findings.notes.extend(remarks(&material.sample, options.by));
    let skipped: Vec<_> = skipped.iter().map(build::skipped_entry).collect();
    let notes: Vec<_> = notes.iter().map(build::note).collect();
    let summary = CorpusSummary::new(source, &material.sample, options.by.name());
    let sheet = (options.sheet > 0).then(|| {
        let corpus = (&material.sample, &material.texts[..]);
        Sheet::new(pairs, corpus, (options.sheet, options.blind), options.settings.inference.seed)
    });
    Ok(StudyReport::new(Tool::new(embedder), summary, options.settings, &analyses, findings)
        .with_inputs(material.sample, skipped, notes)
        .with_sheet(sheet)
        .with_threshold(options.least_probability)
        .with_passages(passages, &material.texts, material.axes))
}

/// The sentences behind the tests that a report shows.
fn passages(
    analyses: &[&Analysis],
    material: &Material,
    findings: &Findings,
    rate: f64,
) -> Vec<(usize, Vec<Passage>)> {
    let shown: Vec<(&Analysis, usize)> = analyses
        .iter()
        .flat_map(|&analysis| {
            let shown = findings.shown(analysis.name, rate);
            shown.into_iter().map(move |test| (analysis, test))
        })
        .collect();
    shown
        .into_par_iter()
        .map(|(analysis, test)| (test, (analysis.passages)(material, &findings.tests[test])))
        .collect()
}

/// What was found in the articles, and how well where that was asked for.
fn material(
    gathered: Gathered,
    options: &StudyOptions,
) -> Result<(Material, PairPool, Option<Table>)> {
    let events = events::events(&gathered);
    let seed = options.settings.inference.seed;
    let finding = Finding { least: options.least_probability, pairs: options.sheet, seed };
    let mut told = events::statements(&gathered, &events, finding)?;
    let pairs = std::mem::take(&mut told.pairs);
    let validation =
        options.validate.then(|| validate::validate(&gathered, &events, finding)).transpose()?;
    told.notes.extend(mixed_languages(&gathered.articles));
    let contents = contents::contents(&gathered);
    let words = words::words(&gathered.articles);
    let Gathered { articles, candidates, mut placed, axes, .. } = gathered;
    let languages: Vec<Language> = candidates.iter().map(|candidate| candidate.language).collect();
    places::standardise(&mut placed, &languages);
    let texts = articles.iter().map(|article| {
        (0..article.sentences.len()).map(|s| article.sentence_text(s).to_owned()).collect()
    });
    let material = Material {
        axes,
        placed,
        texts: texts.collect(),
        words: words.by_article,
        vocabulary: words.vocabulary,
        ..Material::default()
    };
    let sample = Sample::new(candidates, events);
    Ok((contents.complete(sample, told, material), pairs, validation))
}

/// Fewest sentences in other languages, and their least share, from which an article is one in several languages.
const LEAST_FOREIGN: usize = 2;
const LEAST_FOREIGN_SHARE: f64 = 0.2;

/// A remark on articles in several languages.
fn mixed_languages(articles: &[Article]) -> Option<String> {
    let is_mixed = |article: &&Article| {
        let own = article.document.language;
        let foreign = |language: Language| language != own && language != Language::UNKNOWN;
        let count = article.sentences.iter().filter(|s| foreign(s.language)).count();
        count >= LEAST_FOREIGN
            && count as f64 >= LEAST_FOREIGN_SHARE * article.sentences.len() as f64
    };
    let mixed: Vec<&Article> = articles.iter().filter(is_mixed).collect();
    let first = mixed.first()?.document.source.as_str();
    let articles = match mixed.len() {
        1 => "1 article is".to_owned(),
        count => format!("{count} articles are"),
    };
    Some(format!(
        "{articles} written in several languages (the first is {first}); each counts in its main one, and words of others \
         are not counted"
    ))
}

/// The findings of all analyses, in their order.
fn analyse(analyses: &[&Analysis], material: &Material, settings: &Settings) -> Findings {
    let found: Vec<Findings> =
        analyses.par_iter().map(|analysis| (analysis.run)(material, settings)).collect();
    let mut all = Findings::default();
    found.into_iter().for_each(|findings| all.extend(findings));
    all
}

/// What a reader must know about the sample.
fn remarks(sample: &Sample, by: GroupBy) -> Vec<String> {
    let mut remarks = Vec::new();
    let by = by.name();
    let without = sample.articles.iter().filter(|article| article.group.is_none()).count();
    if without > 0 {
        remarks.push(format!(
            "{without} of {} articles have no {by} and are compared with nothing",
            sample.articles.len()
        ));
    }
    match sample.groups.len() {
        0 => remarks.push(format!("no article has {by}, so that there is nothing to compare")),
        1 => remarks.push(format!(
            "all articles are of one {by}, {}, so that there is nothing to compare it with",
            sample.groups[0]
        )),
        _ => {}
    }
    let shared = sample.events.iter().filter(|event| {
        let mut groups: Vec<usize> =
            event.articles.iter().filter_map(|&article| sample.articles[article].group).collect();
        groups.sort_unstable();
        groups.dedup();
        groups.len() > 1
    });
    let shared = shared.count();
    if sample.groups.len() > 1 && shared < 20 {
        let events = match shared {
            1 => "1 event is".to_owned(),
            count => format!("{count} events are"),
        };
        remarks.push(format!(
            "only {events} covered by more than one {by}; with fewer than 20, intervals are rough and small differences \
             are not found"
        ));
    }
    remarks
}
