//! Countries and capitals by their names in the languages with rules, inflected or not (`src/lang/places.tsv`).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::names::word_key;
use crate::lang::Language;

/// Letters at the start of a word that must agree besides the key: keys of short names are alike.
const START: usize = 3;

/// Start and key of a name's last word, and its language.
type PlaceKey = (Language, String, String);

/// Country codes by the names of countries and capitals.
static PLACES: LazyLock<HashMap<PlaceKey, &'static str>> = LazyLock::new(|| {
    let mut places = HashMap::new();
    let mut rows = include_str!("../lang/places.tsv").lines().filter(|line| !line.starts_with('#'));
    let header: Vec<&str> = rows.next().unwrap_or("").split('\t').collect();
    for row in rows {
        let cells: Vec<&'static str> = row.split('\t').collect();
        for (column, cell) in cells.iter().enumerate().skip(2) {
            let Some(language) = header.get(column).and_then(|code| Language::from_code(code))
            else {
                continue;
            };
            // A country goes before a capital of the same name.
            for key in cell.split('|').filter_map(|name| place_key(name, language)) {
                places.entry(key).or_insert(cells[0]);
            }
        }
    }
    places
});

fn place_key(name: &str, language: Language) -> Option<PlaceKey> {
    let word = name.split_whitespace().next_back()?;
    let start: String = word.to_lowercase().chars().take(START).collect();
    Some((language, start, word_key(word, language)))
}

/// The ISO 3166 code of the country that a name means, or whose capital it means.
///
/// ```
/// use parallax::facts::places::country;
/// use parallax::lang::Language;
///
/// let lithuanian = Language::from_code("lt").unwrap();
/// assert_eq!(country("Japonijoje", lithuanian), Some("JP"));
/// assert_eq!(country("Maskvai", lithuanian), Some("RU"));
/// assert_eq!(country("Lavrovas", lithuanian), None);
/// ```
pub fn country(name: &str, language: Language) -> Option<&'static str> {
    PLACES.get(&place_key(name, language)?).copied()
}
