//! Places by their names in the languages with rules, inflected or not (`src/lang/places.tsv`).

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::names::stem_sounds;
use crate::lang::Language;

/// Letters at the start of a name by which most words are known to be none.
const START: usize = 3;
/// Most words of a place name that are looked at.
const MOST_WORDS: usize = 6;

/// What kind of place a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// A country.
    Country,
    /// A capital.
    Capital,
    /// A part of the world.
    Region,
    /// A union of countries.
    Union,
    /// A part of a country.
    State,
    /// A city.
    City,
    /// No place: what belongs to a country, its people or language.
    People,
}

impl PlaceKind {
    const ALL: [(&'static str, PlaceKind); 7] = [
        ("country", PlaceKind::Country),
        ("capital", PlaceKind::Capital),
        ("region", PlaceKind::Region),
        ("union", PlaceKind::Union),
        ("state", PlaceKind::State),
        ("city", PlaceKind::City),
        ("people", PlaceKind::People),
    ];
}

/// A place: a row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Number of the row; one place may have several.
    pub row: usize,
    /// ISO 3166 code of its country, or UN M49 code of a region.
    pub code: &'static str,
    /// Its kind.
    pub kind: PlaceKind,
}

/// The places of a language by the keys of the words of their names.
type Table = HashMap<String, Vec<Place>>;

static PLACES: LazyLock<HashMap<Language, Table>> = LazyLock::new(|| {
    let mut tables: HashMap<Language, Table> = HashMap::new();
    let mut rows = include_str!("../lang/places.tsv").lines().filter(|line| !line.starts_with('#'));
    let header: Vec<&str> = rows.next().unwrap_or("").split('\t').collect();
    let columns: Vec<Option<Language>> =
        header.iter().map(|code| Language::from_code(code)).collect();
    for (row, line) in rows.enumerate() {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let Some((_, kind)) = PlaceKind::ALL.iter().find(|(name, _)| *name == cells[1]) else {
            continue;
        };
        let place = Place { row, code: cells[0], kind: *kind };
        let named = |at: usize| cells.get(at).is_some_and(|cell| !cell.is_empty());
        for (column, cell) in cells.iter().enumerate().skip(2).filter(|(_, cell)| !cell.is_empty())
        {
            // A language without names of its own writes them like the others of its script.
            let like = (2..cells.len()).filter(|&other| other == column || !named(other));
            for language in like.filter_map(|other| columns.get(other).copied().flatten()) {
                add(tables.entry(language).or_default(), cell, place, language);
            }
        }
    }
    tables
});

/// Letters that the names of countries and the like start with, for a first look.
static STARTS: LazyLock<HashMap<Language, HashSet<String>>> = LazyLock::new(|| {
    let mut starts: HashMap<Language, HashSet<String>> = HashMap::new();
    let mut rows = include_str!("../lang/places.tsv").lines().filter(|line| !line.starts_with('#'));
    let header: Vec<&str> = rows.next().unwrap_or("").split('\t').collect();
    for cells in rows.map(|line| line.split('\t').collect::<Vec<_>>()) {
        if !PlaceKind::ALL.iter().any(|(name, kind)| *name == cells[1] && is_large(*kind)) {
            continue;
        }
        for (column, cell) in cells.iter().enumerate().skip(2) {
            if let Some(language) = header.get(column).and_then(|code| Language::from_code(code)) {
                starts.entry(language).or_default().extend(cell.split('|').map(start));
            }
        }
    }
    starts
});

fn add(table: &mut Table, cell: &str, place: Place, language: Language) {
    for key in cell.split('|').filter(|name| is_in_script(name, language)).map(|name| {
        let words: Vec<String> = words(name).map(str::to_lowercase).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        phrase_key(&words, language)
    }) {
        let places = table.entry(key).or_default();
        if !places.contains(&place) {
            places.push(place);
        }
    }
}

/// Whether a language can write a name as it is: its letters are those of the language's script.
fn is_in_script(name: &str, language: Language) -> bool {
    let cyrillic = |letter: char| ('а'..='я').contains(&letter);
    let Some(profile) = language.profile() else { return false };
    let known = |letter: char| cyrillic(letter) == profile.letters.probability('а').is_some();
    name.to_lowercase().chars().filter(|letter| letter.is_alphabetic()).take(1).all(known)
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn phrase_key(words: &[&str], language: Language) -> String {
    words.iter().map(|word| stem_sounds(word, language) + " ").collect()
}

/// The places that words in lower case name in a language, in the order of the table: countries first.
///
/// ```
/// use parallax::facts::places::{PlaceKind, named};
/// use parallax::lang::Language;
///
/// let russian = Language::from_code("ru").unwrap();
/// assert_eq!(named(&["новой", "зеландии"], russian)[0].kind, PlaceKind::Country);
/// assert!(named(&["лавров"], russian).is_empty());
/// ```
pub fn named(words: &[&str], language: Language) -> &'static [Place] {
    if words.is_empty() || words.len() > MOST_WORDS {
        return &[];
    }
    let table = PLACES.get(&language);
    let found = table.and_then(|table| table.get(&phrase_key(words, language)));
    found.map_or(&[], Vec::as_slice)
}

/// Whether words in lower case name a country, a part of the world or a union of countries.
pub(super) fn is_country(words: &[&str], language: Language) -> bool {
    let starts = STARTS.get(&language);
    let known = |word: &&str| starts.is_some_and(|starts| starts.contains(&start(word)));
    words.first().is_some_and(known)
        && named(words, language).iter().any(|place| is_large(place.kind))
}

fn is_large(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Country | PlaceKind::Region | PlaceKind::Union)
}

fn start(word: &str) -> String {
    word.chars().take(START).flat_map(char::to_lowercase).collect()
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
    let lower: Vec<String> = words(name).map(str::to_lowercase).collect();
    let words: Vec<&str> = lower.iter().map(String::as_str).collect();
    let last = &words[words.len().saturating_sub(1)..];
    let of_country = |place: &&Place| matches!(place.kind, PlaceKind::Country | PlaceKind::Capital);
    let place = named(&words, language).iter().find(of_country);
    place.or_else(|| named(last, language).iter().find(of_country)).map(|place| place.code)
}
