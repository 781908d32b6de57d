//! What the sentences of each language have in common in the vector space, at the inner layer and at the last.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use ndarray::Array1;
use serde::Deserialize;

use crate::lang::Language;

/// Numbers of `centre.toml` for one unit.
const SCALE: f32 = 1e4;

/// The means of one language.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Centre {
    /// Mean of the token vectors at the inner layer, `[dim]`.
    pub(super) tokens: Array1<f32>,
    /// Mean of the sentence vectors, `[dim]`.
    pub(super) sentences: Array1<f32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    model: String,
    layer: usize,
    languages: Vec<Means>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Means {
    language: Language,
    tokens: Vec<f32>,
    sentences: Vec<f32>,
}

/// The centres of a model's languages.
#[derive(Debug, Clone)]
pub(super) struct Centres {
    of: BTreeMap<Language, Centre>,
    /// Stands for all other languages.
    all: Centre,
}

static FILE: LazyLock<Option<File>> =
    LazyLock::new(|| toml::from_str(include_str!("centre.toml")).ok());

/// The inner layer that the shipped weights were fitted on.
pub(super) fn layer() -> usize {
    FILE.as_ref().map_or(0, |file| file.layer)
}

impl Centres {
    /// The centres of a model, if the program knows them.
    pub(super) fn of_model(id: &str, dim: usize) -> Option<Self> {
        let file = FILE.as_ref().filter(|file| file.model == id)?;
        let mut of = BTreeMap::new();
        let mut all = Centre { tokens: Array1::zeros(dim), sentences: Array1::zeros(dim) };
        let share = 1.0 / (SCALE * file.languages.len().max(1) as f32);
        for means in &file.languages {
            if means.tokens.len() != dim || means.sentences.len() != dim {
                return None;
            }
            let centre = Centre {
                tokens: Array1::from(means.tokens.clone()) / SCALE,
                sentences: Array1::from(means.sentences.clone()) / SCALE,
            };
            all.tokens.scaled_add(share * SCALE, &centre.tokens);
            all.sentences.scaled_add(share * SCALE, &centre.sentences);
            of.insert(means.language, centre);
        }
        Some(Self { of, all })
    }

    /// The centre of a language; of all languages together where it is not known.
    pub(super) fn get(&self, language: Language) -> &Centre {
        self.of.get(&language).unwrap_or(&self.all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_knows_every_language_with_rules() {
        let file: File = toml::from_str(include_str!("centre.toml")).unwrap();
        let dim = file.languages[0].tokens.len();
        let centres = Centres::of_model(&file.model, dim).unwrap();
        for profile in crate::lang::profiles() {
            assert!(centres.of.contains_key(&profile.language), "{}", profile.name);
        }
        let unknown = centres.get(Language::UNKNOWN);
        assert!(unknown.tokens.iter().all(|value| value.is_finite()));
    }
}
