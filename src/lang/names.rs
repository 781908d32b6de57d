//! The `[names]` section of a language file: words around names.

use std::sync::LazyLock;

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
    /// What names end in that are made of words: `berg`, `mann`.
    pub name_endings: Vec<String>,
    /// Endings of adjectives, which stand before nouns rather than before names, or begin a name: `Новая Зеландия`. Where the
    /// first of two nouns can be one, as in `Pietų Osetija`, also those of its case.
    pub adjective_endings: Vec<String>,
    /// Articles and the like, which stand before nouns rather than before names.
    pub determiners: Vec<String>,
    /// Prepositions before places, which have no article.
    pub before_places: Vec<String>,
    /// What words begin with that make one word of another: `pa`, `iš`.
    pub word_beginnings: Vec<String>,
    /// Words that start sentences and are no names.
    pub function_words: Vec<String>,
    /// Stems of titles and roles before names, and of other capitalised words that are no names.
    pub titles: Vec<String>,
    /// ISO 3166 code of the one country that most of the press in the language is at home in: what it names there says little
    /// of what an article is about. Empty for a language of many countries.
    pub home: String,
    /// Capitalised words for nationalities and languages, which are no names.
    pub nationalities: Vec<String>,
    /// Stems of words of organisations: party, bank, university.
    pub organisations: Vec<String>,
    /// Lower case words inside names: `van`, `de`.
    pub particles: Vec<String>,
}

/// Words inside names that are the same in many languages (`name_parts.toml`): in lower case, without accents.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NameParts {
    /// Legal forms of companies, one or more words.
    pub legal_forms: Vec<String>,
    /// Words before names that belong to no name.
    pub honorifics: Vec<String>,
    /// Words that come and go inside names.
    pub fillers: Vec<String>,
    /// Words that make the next one the name of the father.
    pub patronymic: Vec<String>,
}

const NAME_PARTS_FILE: &str = include_str!("name_parts.toml");

/// The words of `name_parts.toml`.
pub static NAME_PARTS: LazyLock<NameParts> =
    LazyLock::new(|| toml::from_str(NAME_PARTS_FILE).unwrap_or_default());

/// First names of people (`first_names.txt`), by which a name is known to be a person's.
pub static FIRST_NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("first_names.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_name_parts_parses() {
        if let Err(error) = toml::from_str::<NameParts>(NAME_PARTS_FILE) {
            panic!("{error}");
        }
    }
}
