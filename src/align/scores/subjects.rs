//! What articles are about: whole-article vectors with the background of their language taken out, and how
//! far an article is about each of the subjects that news is about most.
//!
//! Cosines of articles on a subject that fills the news are high without saying that the articles tell the
//! same. How far both are about it is evidence of its own, and takes that out.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use ndarray::{Array1, Array2, Axis, s};
use serde::Deserialize;

use crate::align::Article;
use crate::align::background::Background;
use crate::embed::Embedder;
use crate::error::Result;
use crate::lang::Language;

/// The reports on all subjects, as data.
#[derive(Debug, Default, Deserialize)]
struct SubjectFile {
    subject: Vec<Subject>,
}

/// One subject: its name and a report on it in each language.
#[derive(Debug, Deserialize)]
struct Subject {
    name: String,
    #[serde(flatten)]
    reports: BTreeMap<Language, String>,
}

static SUBJECTS: LazyLock<SubjectFile> =
    LazyLock::new(|| toml::from_str(include_str!("subjects.toml")).unwrap_or_default());

/// The subjects as directions of the vector space, and the background of each language.
#[derive(Debug, Clone)]
pub struct Subjects {
    /// `[subjects, dim]`, rows of L2 norm 1.
    directions: Array2<f32>,
    background: Background,
}

/// An article seen against the background of its language.
#[derive(Debug, Clone)]
pub struct Stance {
    /// Vector of the article, `[dim]`, of L2 norm 1, or zero where there is none.
    pub centred: Array1<f32>,
    /// Cosine with each subject, -1..1.
    pub about: Array1<f32>,
}

impl Subjects {
    /// Computes the directions from the reports in `subjects.toml`.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn new(embedder: &Embedder) -> Result<Self> {
        let subjects = &SUBJECTS.subject;
        let languages: Vec<Language> =
            subjects.first().map_or_else(Vec::new, |first| first.reports.keys().copied().collect());
        let report = |language: &Language, subject: &Subject| -> String {
            subject.reports.get(language).cloned().unwrap_or_default()
        };
        let texts: Vec<String> = languages
            .iter()
            .flat_map(|language| subjects.iter().map(move |subject| report(language, subject)))
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let vectors = embedder.embed_articles(&texts, &mut |_| Ok(()))?;
        Ok(Self::from_vectors(subjects.len(), &languages, &vectors))
    }

    /// `vectors` is `[languages · subjects, dim]`, a block for each language.
    fn from_vectors(count: usize, languages: &[Language], vectors: &Array2<f32>) -> Self {
        let dim = vectors.ncols();
        let mut directions = Array2::zeros((count, dim));
        let mut means = BTreeMap::new();
        for (index, &language) in languages.iter().enumerate() {
            let block = vectors.slice(s![index * count..(index + 1) * count, ..]);
            let mean = block.mean_axis(Axis(0)).unwrap_or_else(|| Array1::zeros(dim));
            directions += &(&block - &mean);
            means.insert(language, mean);
        }
        for mut row in directions.rows_mut() {
            let norm = row.dot(&row).sqrt().max(f32::EPSILON);
            row /= norm;
        }
        Self { directions, background: Background::of(means, dim) }
    }

    /// An article against the background of its language; of all languages where it has none of its own.
    pub fn stance(&self, article: &Article) -> Stance {
        let mean = self.background.mean(article.document.language);
        let mut centred = Array1::zeros(mean.len());
        if article.gist.len() == mean.len() {
            centred = &article.gist - mean;
            let norm = centred.dot(&centred).sqrt().max(f32::EPSILON);
            centred /= norm;
        }
        Stance { about: self.directions.dot(&centred), centred }
    }
}

/// The names of the subjects, in the order of the file.
pub fn subject_names() -> impl Iterator<Item = &'static str> {
    SUBJECTS.subject.iter().map(|subject| subject.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subject_has_a_report_in_every_language_with_rules() {
        let subjects = &SUBJECTS.subject;
        assert!(subjects.len() >= 5);
        for subject in subjects {
            for profile in crate::lang::profiles() {
                let report = subject.reports.get(&profile.language);
                assert!(report.is_some(), "{} in {}", subject.name, profile.name);
            }
            assert_eq!(subject.reports.len(), crate::lang::profiles().len());
        }
    }
}
