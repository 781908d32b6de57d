//! The `[names]` section of a language file: words around names.

use serde::Deserialize;

/// The `[names]` section of a language file. Words are in lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NameWords {
    /// Case endings of names, with those of the dictionary form where other languages leave it out.
    pub endings: Vec<String>,
    /// Whether all nouns are written with a capital.
    pub nouns_capitalised: bool,
    /// Endings of common nouns, where these are capitalised.
    pub noun_endings: Vec<String>,
    /// Articles and the like, which stand before nouns rather than before names.
    pub determiners: Vec<String>,
    /// Prepositions before places, which have no article.
    pub before_places: Vec<String>,
    /// Words that start sentences and are no names.
    pub function_words: Vec<String>,
    /// Stems of titles and roles before names, and of other capitalised words that are no names.
    pub titles: Vec<String>,
    /// Capitalised words for nationalities and languages, which are no names.
    pub nationalities: Vec<String>,
    /// Lower case words inside names: `van`, `de`.
    pub particles: Vec<String>,
}
