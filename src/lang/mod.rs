//! Languages: identifiers, and the knowledge about each one as data (`xx.toml` in this folder).
//!
//! A linguist can edit the TOML files; code asks a [`Profile`] and never names a language.

pub mod dates;
pub mod furniture;
pub mod inflection;
pub mod letters;
pub mod modality;
pub mod names;
pub mod negation;
pub mod numbers;
pub mod phrases;
pub mod polarity;
pub mod reporting;
pub mod segmentation;
pub mod stems;
pub mod titles;
pub mod tone;
pub mod wording;
pub mod words;

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize, Serializer};

pub use dates::DateWords;
pub use furniture::FurnitureWords;
pub use letters::LetterFrequencies;
pub use modality::ModalityWords;
pub use names::NameWords;
pub use negation::NegationWords;
pub use numbers::NumberWords;
pub use polarity::PolarityWords;
pub use reporting::ReportingWords;
pub use segmentation::SegmentationRules;
pub use titles::TitleWords;
pub use tone::ToneWords;
pub use wording::WordingRules;

/// An ISO 639 language code of two or three letters, or `und` where the language is unknown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 3]);

impl Language {
    /// The code for "undetermined".
    pub const UNKNOWN: Language = Language(*b"und");

    /// Parses a code such as `lt` or `und` (lower case ASCII letters).
    pub fn from_code(code: &str) -> Option<Self> {
        let bytes = code.as_bytes();
        if !(2..=3).contains(&bytes.len()) || !bytes.iter().all(u8::is_ascii_lowercase) {
            return None;
        }
        let mut padded = [0; 3];
        padded[..bytes.len()].copy_from_slice(bytes);
        Some(Self(padded))
    }

    /// The code as text.
    pub fn code(&self) -> &str {
        let length = if self.0[2] == 0 { 2 } else { 3 };
        std::str::from_utf8(&self.0[..length]).unwrap_or("und")
    }

    /// The language's rules, where there are any.
    pub fn profile(self) -> Option<&'static Profile> {
        PROFILES.iter().find(|profile| profile.language == self)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::from_code(&code)
            .ok_or_else(|| serde::de::Error::custom(format!("not a language code: {code}")))
    }
}

/// Everything known about one language, read from its TOML file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The language.
    pub language: Language,
    /// Its English name.
    pub name: String,
    /// Where sentences end.
    pub segmentation: SegmentationRules,
    /// Words of dates.
    pub dates: DateWords,
    /// Words of numbers.
    pub numbers: NumberWords,
    /// Words that give page furniture away.
    pub furniture: FurnitureWords,
    /// Words around names.
    pub names: NameWords,
    /// What negates.
    pub polarity: PolarityWords,
    /// Titles and roles.
    pub titles: TitleWords,
    /// How sentences are negated.
    pub negation: NegationWords,
    /// How a text tells who says something.
    pub reporting: ReportingWords,
    /// How a text tells what may be, must be and is to be.
    pub modality: ModalityWords,
    /// Words that take a side.
    pub tone: ToneWords,
    /// How words may be put together.
    pub wording: WordingRules,
    /// How often each letter occurs.
    pub letters: LetterFrequencies,
}

/// The languages with rules of their own: a row per file. Adding one is a file and a row here.
const PROFILE_FILES: [&str; 4] = [
    include_str!("de.toml"),
    include_str!("lt.toml"),
    include_str!("en.toml"),
    include_str!("ru.toml"),
];

static PROFILES: LazyLock<Vec<Profile>> =
    LazyLock::new(|| PROFILE_FILES.iter().filter_map(|file| toml::from_str(file).ok()).collect());

/// The profiles of all languages with rules of their own.
pub fn profiles() -> &'static [Profile] {
    &PROFILES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_file_parses() {
        for file in PROFILE_FILES {
            if let Err(error) = toml::from_str::<Profile>(file) {
                panic!("{error}");
            }
        }
        assert_eq!(profiles().len(), PROFILE_FILES.len());
    }

    #[test]
    fn codes_round_trip() {
        for code in ["de", "lt", "und", "grc"] {
            assert_eq!(Language::from_code(code).unwrap().code(), code);
        }
        assert_eq!(Language::from_code("D"), None);
        assert_eq!(Language::from_code("deutsch"), None);
    }
}
