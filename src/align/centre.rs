//! The centre of each language's documents in the vector space, and the topic of a document seen from there.
//!
//! Documents of one language share a direction, and those of all languages another one; with both taken out,
//! documents on different matters have a cosine near 0 whatever they are written in. The centre does not
//! depend on the documents of a run, so that a document's topic never changes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use ndarray::Array1;
use serde::Deserialize;

use super::Article;
use super::background::Background;
use super::tone::ToneAxis;
use crate::embed::Embedder;
use crate::error::Result;
use crate::lang::Language;

/// Numbers of `centre.toml` for one unit.
pub const SCALE: f32 = 1e4;

/// The centres of one model, as data; made by `cargo bench --bench centre`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CentreFile {
    model: String,
    languages: Vec<LanguageMean>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LanguageMean {
    language: Language,
    mean: Vec<f32>,
}

static FILE: LazyLock<Option<CentreFile>> =
    LazyLock::new(|| toml::from_str(include_str!("centre.toml")).ok());

/// The mean document of each language.
#[derive(Debug, Clone)]
pub struct Centre {
    background: Background,
    dim: usize,
}

impl Centre {
    /// The centre for a model: what `centre.toml` knows of it, or else the mean of the sentences that come
    /// with the program.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn new(embedder: &Embedder) -> Result<Self> {
        let manifest = embedder.manifest();
        let known = FILE.as_ref().filter(|file| file.model == manifest.id).map(|file| {
            file.languages
                .iter()
                .filter(|entry| entry.mean.len() == manifest.dim)
                .map(|entry| (entry.language, Array1::from(entry.mean.clone()) / SCALE))
                .collect::<BTreeMap<_, _>>()
        });
        let background = match known {
            Some(by_language) if !by_language.is_empty() => {
                Background::of(by_language, manifest.dim)
            }
            _ => Background::new(None, &ToneAxis::new(embedder)?),
        };
        Ok(Self { background, dim: manifest.dim })
    }

    /// The mean of a document's sentences, each counted with its weight, seen from the centre of its language:
    /// L2 norm 1, or zero where there is nothing to weigh.
    pub fn topic(&self, article: &Article, weight: impl Fn(usize) -> f32) -> Array1<f32> {
        let mut sum = Array1::zeros(self.dim);
        let mut whole = 0.0;
        for (index, vector) in article.vectors.rows().into_iter().enumerate() {
            let weight = weight(index);
            sum.scaled_add(weight, &vector);
            whole += weight;
        }
        if whole <= 0.0 {
            return sum;
        }
        let topic = sum / whole - self.background.mean(article.document.language);
        let norm = topic.dot(&topic).sqrt();
        if norm > 0.0 { topic / norm } else { topic }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_every_language_with_rules_in_one_length() {
        let file: CentreFile = toml::from_str(include_str!("centre.toml")).unwrap();
        let length = file.languages[0].mean.len();
        assert!(file.languages.iter().all(|entry| entry.mean.len() == length));
        for profile in crate::lang::profiles() {
            assert!(file.languages.iter().any(|entry| entry.language == profile.language));
        }
    }
}
