//! Places by their names in the languages with rules, inflected or not (`src/lang/places.tsv`).

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::names::stem_sounds;
use crate::lang::words::is_in_dictionary;
use crate::lang::{self, Language};

/// Letters at the start of a name by which most words are known to be none.
const START: usize = 3;
/// Most words of a place name that are looked at.
const MOST_WORDS: usize = 6;
/// Letters that forms of a name may end in, besides the endings of the language.
const END_LETTERS: &str = "aeiouyjsаеёиоуыэюяьй";
/// Letters that two endings may begin with together.
const LONGEST_SHARED: usize = 2;

/// What a language without other cases adds to a name.
const GENITIVE: char = 's';

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

    /// Whether it is a country, a part of the world or a union of countries.
    pub fn is_large(self) -> bool {
        matches!(self, Self::Country | Self::Region | Self::Union)
    }
}

/// A place that words name: a row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Number of the row; one place may have several.
    pub row: usize,
    /// ISO 3166 code of its country, or UN M49 code of a region.
    pub code: &'static str,
    /// Its kind.
    pub kind: PlaceKind,
    /// Whether the words are the name as the table has it, or its genitive where that is its only other case.
    pub exact: bool,
}

/// The places of a language by the sounds of the words of their names, each with the letters of its words.
type Table = HashMap<String, Vec<(Vec<Vec<char>>, Place)>>;

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
        let place = Place { row, code: cells[0], kind: *kind, exact: true };
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
        if !PlaceKind::ALL.iter().any(|(name, kind)| *name == cells[1] && kind.is_large()) {
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
    for name in cell.split('|').filter(|name| is_in_script(name, language)) {
        let words: Vec<String> = words(name).map(str::to_lowercase).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let letters: Vec<Vec<char>> = words.iter().map(|word| letters(word)).collect();
        let heard = phrase_key(&stems(&words, language));
        if let Some((last, before)) = words.split_last().filter(|_| !has_cases(language)) {
            // Behind a vowel the ending sounds like a part of the name: `Kanadas`.
            let last = format!("{last}{GENITIVE}");
            let genitive = phrase_key(&stems(&[before, &[last.as_str()]].concat(), language));
            if genitive != heard {
                table.entry(genitive).or_default().push((letters.clone(), place));
            }
        }
        table.entry(heard).or_default().push((letters, place));
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

/// The endings of names in each language, without marks.
static ENDINGS: LazyLock<HashMap<Language, Vec<Vec<char>>>> = LazyLock::new(|| {
    let of_profile = |profile: &lang::Profile| {
        let endings = profile.names.endings.iter().map(|ending| letters(ending)).collect();
        (profile.language, endings)
    };
    lang::profiles().iter().map(of_profile).collect()
});

/// The key of words in the table, by the sounds of each without its ending.
fn phrase_key(stems: &[impl AsRef<str>]) -> String {
    stems.iter().flat_map(|stem| [stem.as_ref(), " "]).collect()
}

fn stems(words: &[&str], language: Language) -> Vec<String> {
    words.iter().map(|word| stem_sounds(word, language)).collect()
}

/// The letters of a word without their marks.
fn letters(word: &str) -> Vec<char> {
    word.nfd().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Whether words are a form of a name in a language: they differ at their ends by an ending each, or by vowels and an s.
/// A language without cases only adds to a name.
fn is_form_of(words: &[Vec<char>], name: &[Vec<char>], language: Language) -> bool {
    let ends = |tail: &[char]| tail.iter().all(|letter| END_LETTERS.contains(*letter));
    let endings = ENDINGS.get(&language);
    let cases = has_cases(language);
    let is_end = |tail: &[char]| {
        ends(tail) || endings.is_some_and(|endings| endings.iter().any(|ending| ending == tail))
    };
    words.len() == name.len()
        && words.iter().zip(name).all(|(word, name)| {
            let same = word.iter().zip(name).take_while(|(one, other)| one == other).count();
            let is_stem = |at: usize| if cases { is_end(&name[at..]) } else { at == name.len() };
            (same.saturating_sub(LONGEST_SHARED).max(1)..=same)
                .any(|at| is_end(&word[at..]) && is_stem(at))
        })
}

/// Whether names have endings of their own in a language.
fn has_cases(language: Language) -> bool {
    ENDINGS.get(&language).is_some_and(|endings| !endings.is_empty())
}

/// Whether words are a name as it is, or with the `s` that a language without other cases adds to it.
fn is_name(words: &[Vec<char>], name: &[Vec<char>], language: Language) -> bool {
    let (Some((last, words)), Some((last_of_name, name))) = (words.split_last(), name.split_last())
    else {
        return false;
    };
    let genitive = || !has_cases(language) && last.strip_suffix(&[GENITIVE]) == Some(last_of_name);
    words == name && (last == last_of_name || genitive())
}

/// The places that words in lower case name in a language, inflected or not, in the order of the table: countries first.
///
/// ```
/// use parallax::facts::places::{PlaceKind, named};
/// use parallax::lang::Language;
///
/// let russian = Language::from_code("ru").unwrap();
/// assert_eq!(named(&["новой", "зеландии"], russian)[0].kind, PlaceKind::Country);
/// assert!(named(&["лавров"], russian).is_empty());
/// ```
pub fn named(words: &[&str], language: Language) -> Vec<Place> {
    if words.is_empty() || words.len() > MOST_WORDS {
        return Vec::new();
    }
    named_as_heard(words, &stems(words, language), language)
}

/// The same where the sounds of each word without its ending are known.
pub(super) fn named_as_heard(
    words: &[&str],
    stems: &[impl AsRef<str>],
    language: Language,
) -> Vec<Place> {
    let table = PLACES.get(&language);
    let Some(sounding) = table.and_then(|table| table.get(&phrase_key(stems))) else {
        return Vec::new();
    };
    let words: Vec<Vec<char>> = words.iter().map(|word| letters(word)).collect();
    let mut found: Vec<Place> = Vec::new();
    for (name, place) in sounding.iter().filter(|(name, _)| is_form_of(&words, name, language)) {
        let exact = is_name(&words, name, language);
        match found.iter_mut().find(|known| known.row == place.row) {
            Some(known) => known.exact |= exact,
            None => found.push(Place { exact, ..*place }),
        }
    }
    found
}

/// The places that a word names which stands where a name would look no different from it: with a capital where every word
/// or every noun has one, or without one. A word of the dictionary names a place there only if it is its very name, and a
/// large one unless `capital`; a people's may have any form.
pub(super) fn named_by_word(word: &str, capital: bool, language: Language) -> Vec<Place> {
    by_word(named(&[word], language), word, capital, language)
}

/// Those of the places that a word may name which it names there.
pub(super) fn by_word(
    mut found: Vec<Place>,
    word: &str,
    capital: bool,
    language: Language,
) -> Vec<Place> {
    if !found.is_empty() && is_in_dictionary(word, language) {
        found.retain(|place| {
            place.kind == PlaceKind::People || place.exact && (capital || place.kind.is_large())
        });
    }
    found
}

/// Whether words in lower case name a country, a part of the world or a union of countries.
pub(super) fn is_country(words: &[&str], language: Language) -> bool {
    may_be_country(words, language)
        && named(words, language).iter().any(|place| place.kind.is_large())
}

/// The same of a word that stands where a name would look no different from it.
pub(super) fn is_country_by_word(word: &str, language: Language) -> bool {
    may_be_country(&[word], language)
        && named_by_word(word, false, language).iter().any(|place| place.kind.is_large())
}

/// A first look that costs little.
fn may_be_country(words: &[&str], language: Language) -> bool {
    let starts = STARTS.get(&language);
    words.first().is_some_and(|word| starts.is_some_and(|starts| starts.contains(&start(word))))
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
    let find = |words: &[&str]| named(words, language).into_iter().find(|place| of_country(&place));
    find(&words).or_else(|| find(last)).map(|place| place.code)
}
