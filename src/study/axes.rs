//! Axes of framing in the vector space: directions from one pole to the other, the same in every language
//! (microframes; Kwak, An, Jing & Ahn 2021, "FrameAxis", PeerJ Computer Science 7:e644, with sentences for words).
//!
//! The axes that come with the program are data (`axes.toml`); a user may give others in the same form.

use std::collections::BTreeSet;
use std::path::Path;

use ndarray::{Array1, ArrayView1, Axis as Dimension};
use serde::Deserialize;

use super::material::Axis;
use crate::embed::Embedder;
use crate::error::{Error, Result};
use crate::lang::Language;

/// Fewest sentences at a pole in a language.
const LEAST_SENTENCES: usize = 2;

/// What a file of axes must hold.
const FORM: &str = "give [[axis]] with name, high and low, and [[axis.poles]] with language, high and low, two sentences or \
                    more each";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AxisFile {
    axis: Vec<AxisEntry>,
}

/// An axis as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AxisEntry {
    name: String,
    high: String,
    low: String,
    poles: Vec<Poles>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Poles {
    language: Language,
    high: Vec<String>,
    low: Vec<String>,
}

/// The axes that come with the program.
pub fn built_in() -> Vec<AxisEntry> {
    toml::from_str::<AxisFile>(include_str!("axes.toml")).map(|file| file.axis).unwrap_or_default()
}

/// Axes of a user's file, in the form of `axes.toml`.
///
/// # Errors
/// [`Error::Table`] if it has another form, or too few sentences at a pole.
pub fn read(path: &Path) -> Result<Vec<AxisEntry>> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Error::Io { path: path.to_owned(), error })?;
    let failed = |reason: String| Error::Table {
        source_name: path.display().to_string(),
        reason,
        hint: FORM.to_owned(),
    };
    let axes = toml::from_str::<AxisFile>(&text)
        .map_err(|error| failed(error.to_string().trim_end().to_owned()))?
        .axis;
    for axis in &axes {
        let few =
            |poles: &Poles| poles.high.len() < LEAST_SENTENCES || poles.low.len() < LEAST_SENTENCES;
        if axis.poles.is_empty() || axis.poles.iter().any(few) {
            return Err(failed(format!("axis `{}` has too few sentences at a pole", axis.name)));
        }
        let languages: BTreeSet<Language> = axis.poles.iter().map(|poles| poles.language).collect();
        if languages.len() < axis.poles.len() {
            return Err(failed(format!("axis `{}` has a language twice", axis.name)));
        }
    }
    Ok(axes)
}

/// Directions in the vector space.
#[derive(Debug, Clone, Default)]
pub struct Axes {
    /// What they are.
    pub axes: Vec<Axis>,
    directions: Vec<Array1<f32>>,
}

impl Axes {
    /// Computes the directions.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn new(entries: &[AxisEntry], embedder: &Embedder) -> Result<Self> {
        let mut axes = Self::default();
        for entry in entries {
            let mut direction: Array1<f32> = Array1::zeros(embedder.manifest().dim);
            for poles in &entry.poles {
                let texts: Vec<&str> =
                    poles.high.iter().chain(&poles.low).map(String::as_str).collect();
                let vectors = embedder.embed(&texts)?;
                let (high, low) = vectors.view().split_at(Dimension(0), poles.high.len());
                if let (Some(high), Some(low)) =
                    (high.mean_axis(Dimension(0)), low.mean_axis(Dimension(0)))
                {
                    direction += &(high - low);
                }
            }
            let norm = direction.dot(&direction).sqrt().max(f32::EPSILON);
            axes.directions.push(direction / norm);
            axes.axes.push(Axis {
                name: entry.name.clone(),
                high: entry.high.clone(),
                low: entry.low.clone(),
            });
        }
        Ok(axes)
    }

    /// Where a vector lies on each axis.
    pub fn places(&self, vector: ArrayView1<'_, f32>) -> Vec<f32> {
        self.directions.iter().map(|direction| direction.dot(&vector)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_axis_has_poles_in_every_language_with_rules() {
        let axes = built_in();
        assert!(axes.len() >= 5);
        for axis in &axes {
            for profile in crate::lang::profiles() {
                let own = axis.poles.iter().find(|poles| poles.language == profile.language);
                let own = own.unwrap_or_else(|| panic!("{} in {}", axis.name, profile.name));
                assert!(own.high.len() == own.low.len() && own.high.len() >= 4);
            }
        }
    }

    #[test]
    fn a_file_of_another_form_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("axes.toml");
        for (text, told) in [
            ("x = 1", "unknown field"),
            (
                "[[axis]]\nname = \"a\"\nhigh = \"h\"\nlow = \"l\"\npoles = []\n",
                "too few sentences",
            ),
        ] {
            std::fs::write(&path, text).unwrap();
            let error = read(&path).unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
    }
}
