//! The `[titles]` section of a language file: titles and roles of people; and `titles.toml`: which of them exclude each
//! other.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::inflection::Paradigms;

/// The `[titles]` section of a language file. Words are in lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TitleWords {
    /// Titles by what they mean.
    pub forms: Vec<TitleForms>,
    /// Whether titles are the ends of compounds: `Landesfinanzminister`.
    pub compounds: bool,
    /// Words, or starts of words, before a title of one who bears it no more.
    pub former: Vec<String>,
    /// Words, or starts of words, before a title borne for the time being.
    pub acting: Vec<String>,
    /// Words, or starts of words, before a title of one who stands in for its bearer.
    pub deputy: Vec<String>,
    /// The same behind a title: `ministro pavaduotojas`.
    pub deputy_after: Vec<String>,
    /// Words that are a title only beside a name: `general`.
    #[serde(default)]
    pub beside_names: Vec<String>,
    /// Words between a title and the name of its bearer.
    pub links: Vec<String>,
    /// Endings by the name of their paradigm.
    pub paradigms: Paradigms,
}

/// The words of one title.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleForms {
    /// Id of the title in `titles.toml`.
    pub id: String,
    /// Its forms, see [`inflected`](super::inflection::inflected).
    pub forms: Vec<String>,
}

/// A title: a row of `titles.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// Its id.
    pub id: String,
    /// Its name in English.
    pub name: String,
    /// Titles of one group exclude each other.
    pub group: String,
    /// Ids of titles that another language may have for it.
    #[serde(default)]
    pub kin: Vec<String>,
    /// Ids of titles that it is the general word for.
    #[serde(default)]
    pub covers: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TitlesFile {
    title: Vec<Title>,
}

const TITLES_FILE: &str = include_str!("titles.toml");

static TITLES: LazyLock<BTreeMap<String, Title>> = LazyLock::new(|| {
    let file: TitlesFile = toml::from_str(TITLES_FILE).unwrap_or_default();
    file.title.into_iter().map(|title| (title.id.clone(), title)).collect()
});

/// The title of an id.
pub fn title(id: &str) -> Option<&'static Title> {
    TITLES.get(id)
}

impl Title {
    /// Whether nobody bears both titles at a time.
    ///
    /// ```
    /// use parallax::lang::titles::title;
    ///
    /// let exclude = |one, other| title(one).unwrap().excludes(title(other).unwrap());
    /// assert!(exclude("president", "prime-minister"));
    /// assert!(!exclude("minister", "foreign-minister"));
    /// assert!(!exclude("president", "general"));
    /// ```
    pub fn excludes(&self, other: &Title) -> bool {
        let related = |one: &Title, other: &Title| {
            one.kin.contains(&other.id) || one.covers.contains(&other.id)
        };
        self.group == other.group
            && self.id != other.id
            && !related(self, other)
            && !related(other, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_each_other_and_the_languages_name_titles() {
        if let Err(error) = toml::from_str::<TitlesFile>(TITLES_FILE) {
            panic!("{error}");
        }
        for title in TITLES.values() {
            for other in title.kin.iter().chain(&title.covers) {
                assert!(TITLES.contains_key(other), "{} names {other}", title.id);
            }
        }
        for profile in crate::lang::profiles() {
            for forms in &profile.titles.forms {
                assert!(TITLES.contains_key(&forms.id), "{}: {}", profile.name, forms.id);
                for stem in forms.forms.iter().flat_map(|form| form.split(' ')) {
                    let paradigm = stem.split_once('|').map(|(_, paradigm)| paradigm);
                    let known = |name| profile.titles.paradigms.contains_key(name);
                    assert!(paradigm.is_none_or(known), "{}: {stem}", profile.name);
                }
            }
            assert_eq!(profile.titles.forms.len(), TITLES.len(), "{}", profile.name);
        }
    }
}
