//! What the words of a passage mean as places: a country for whatever belongs to it, its people and its capital too.

use std::collections::HashSet;
use std::slice;

use super::names::{Word, has_capital_nouns};
use crate::facts::places::{self, Place, PlaceKind};
use crate::lang::Language;

/// Most words of a place name.
const PLACE_WORDS: usize = 4;
/// Letters of a word for a people that tell enough.
const LONG_ENOUGH: usize = 4;

/// What a place means: a country for whatever belongs to it, a row of the table for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Meaning {
    Country(&'static str),
    Row(usize),
}

/// What the places mean that words name together.
pub(super) fn meanings(words: &[&str], language: Language) -> Vec<Meaning> {
    places::named(words, language).iter().map(meaning).collect()
}

fn meaning(place: &Place) -> Meaning {
    match place.kind {
        PlaceKind::State | PlaceKind::City => Meaning::Row(place.row),
        _ => Meaning::Country(place.code),
    }
}

/// All places that words of a passage name; peoples are often written without a capital.
pub(super) fn all_places(words: &[Word], language: Language) -> HashSet<Meaning> {
    let mut all = HashSet::new();
    for (start, word) in words.iter().enumerate() {
        all.extend(people(word, language));
        let last = if word.capital { (start + PLACE_WORDS).min(words.len()) } else { start };
        if word.capital {
            all.extend(of_word(start, word, language).iter().map(meaning));
        }
        for end in start + 2..=last {
            all.extend(named(&words[start..end], language).iter().map(meaning));
        }
    }
    all
}

/// What a word means as what belongs to a country: russian, rusų.
pub(super) fn people(word: &Word, language: Language) -> Vec<Meaning> {
    if word.lower.chars().count() < LONG_ENOUGH {
        return Vec::new();
    }
    let places = named(slice::from_ref(word), language).into_iter();
    places.filter(|place| place.kind == PlaceKind::People).map(|place| meaning(&place)).collect()
}

/// The countries and capitals that a word names which stands at `at`, in a headline for instance.
pub(super) fn country(at: usize, word: &Word, language: Language) -> Vec<Meaning> {
    let large = |place: &Place| matches!(place.kind, PlaceKind::Country | PlaceKind::Capital);
    let places = of_word(at, word, language).into_iter();
    places.filter(large).map(|place| meaning(&place)).collect()
}

/// The places that a word with a capital names by itself.
fn of_word(at: usize, word: &Word, language: Language) -> Vec<Place> {
    let found = named(slice::from_ref(word), language);
    let nouns = has_capital_nouns(language);
    if nouns || at == 0 { places::by_word(found, &word.lower, nouns, language) } else { found }
}

/// The places that words of a passage name together.
fn named(words: &[Word], language: Language) -> Vec<Place> {
    let lower: Vec<&str> = words.iter().map(|word| word.lower.as_str()).collect();
    let stems: Vec<&str> = words.iter().map(|word| word.sounds.stem.as_str()).collect();
    places::named_as_heard(&lower, &stems, language)
}
