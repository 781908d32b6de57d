//! The `[furniture]` section of a language file: words that give page furniture away.

use std::sync::LazyLock;

use serde::Deserialize;

/// The `[furniture]` section of a language file: phrases of scraped pages that are no article text.
///
/// A phrase stands for a whole line. `…` after it makes it the start of a line, `…` before it the end,
/// both a stretch anywhere in a line. Case, punctuation and numbers do not matter.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FurnitureWords {
    /// Marks of advertisements.
    pub advertisement: Vec<String>,
    /// Sharing and following.
    pub share: Vec<String>,
    /// Logging in and registering.
    pub login: Vec<String>,
    /// Cookie and privacy notices.
    pub cookies: Vec<String>,
    /// Newsletters, subscriptions, support.
    pub subscription: Vec<String>,
    /// Comments and forms to write them.
    pub comments: Vec<String>,
    /// Buttons that stand below each comment of readers.
    pub replies: Vec<String>,
    /// Pointers to other articles.
    pub related: Vec<String>,
    /// Credits and captions of pictures.
    pub credit: Vec<String>,
    /// Authors and desks.
    pub byline: Vec<String>,
    /// Dates, tags and numbers about the page.
    pub metadata: Vec<String>,
    /// Players and galleries.
    pub player: Vec<String>,
    /// Rights and imprint.
    pub legal: Vec<String>,
    /// Forms and messages of the site.
    pub form: Vec<String>,
    /// Menus.
    pub navigation: Vec<String>,
    /// News agencies and picture agencies, as they stand in credits.
    pub agencies: Vec<String>,
    /// The commonest words without a meaning of their own.
    pub function_words: Vec<String>,
}

/// Furniture of pages in languages without a file of their own, and names that are the same in all.
pub fn any_language() -> &'static FurnitureWords {
    static WORDS: LazyLock<FurnitureWords> =
        LazyLock::new(|| toml::from_str(ANY_LANGUAGE_FILE).unwrap_or_default());
    &WORDS
}

const ANY_LANGUAGE_FILE: &str = include_str!("any.toml");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_for_any_language_parses() {
        let parsed: Result<FurnitureWords, _> = toml::from_str(ANY_LANGUAGE_FILE);
        assert!(parsed.is_ok_and(|words| !words.agencies.is_empty()));
    }
}
