//! Kinds of names: a person by a first name, an initial or a title, a place by the table, an organisation by its words;
//! and mentions of one document joined, `Shinzo Abe` and `Abe`.

use std::collections::HashMap;

use super::words::{is_first_name, words_of};
use super::{Input, Run, stem_sounds};
use crate::calendar::token::Token;
use crate::facts::NameKind;
use crate::facts::places::{self, PlaceKind};
use crate::lang::Language;
use crate::lang::words::is_in_dictionary;

/// Letters of the name of a city; a shorter one may be any word, unless no dictionary has it.
const LONG_CITY: usize = 5;
/// Fewest letters of the name of a city.
const SHORT_CITY: usize = 4;
/// Letters of an abbreviation.
const ABBREVIATION: std::ops::RangeInclusive<usize> = 2..=6;

/// What the names of several words of a document say of those of one.
#[derive(Debug, Default)]
pub(super) struct Bearers {
    /// Kind and first form by the sounds of the last word.
    by_key: HashMap<String, (NameKind, String)>,
}

impl Bearers {
    /// Takes note of a name of several words.
    pub(super) fn add(&mut self, sentence: &Input<'_>, run: &Run) {
        let [_, .., last] = run.words.as_slice() else { return };
        let kind = own_kind(sentence, run);
        if kind != NameKind::Person {
            return;
        }
        let key = stem_sounds(&sentence.tokens[*last].lower, sentence.language);
        let whole = run.span(sentence).of(sentence.text);
        self.by_key.entry(key).or_insert_with(|| (kind, whole.to_owned()));
    }

    /// The kind of a name, and its longest form where another mention has more of it.
    pub(super) fn kind(&self, sentence: &Input<'_>, run: &Run) -> (NameKind, Option<String>) {
        let own = own_kind(sentence, run);
        let [only] = run.words.as_slice() else { return (own, None) };
        if own == NameKind::Organisation || super::is_country(sentence, &run.words) {
            return (own, None);
        }
        let key = stem_sounds(&sentence.tokens[*only].lower, sentence.language);
        match self.by_key.get(&key) {
            Some((kind, whole)) => (*kind, Some(whole.clone())),
            None => (own, None),
        }
    }
}

/// The places that the words of a run name together.
pub(super) fn places(sentence: &Input<'_>, words: &[usize]) -> Vec<places::Place> {
    let words: Vec<&str> = words.iter().map(|&at| sentence.tokens[at].lower.as_str()).collect();
    places::named(&words, sentence.language)
}

/// Whether words name a place.
pub(super) fn is_place(sentence: &Input<'_>, words: &[usize]) -> bool {
    places(sentence, words).iter().any(|place| !matches!(place.kind, PlaceKind::People))
}

/// The kind of a name by itself and the words right beside it.
fn own_kind(sentence: &Input<'_>, run: &Run) -> NameKind {
    let tokens = &sentence.tokens;
    let words = words_of(sentence.language);
    let (Some(&first), Some(&last)) = (run.words.first(), run.words.last()) else {
        return NameKind::Unknown;
    };
    let short = run.words.len() == 1 && may_be_any_word(&tokens[first].lower, sentence.language);
    let is_place = |place: &places::Place| match place.kind {
        PlaceKind::People => false,
        PlaceKind::Union => !is_abbreviation(sentence, run),
        PlaceKind::City | PlaceKind::State => !short,
        _ => true,
    };
    if places(sentence, &run.words).iter().any(is_place) {
        return NameKind::Place;
    }
    let behind = tokens.get(last + 1).filter(|token| token.capital || run.words.len() > 1);
    let named_organisation = (run.words.iter().map(|&at| &tokens[at]))
        .chain(behind)
        .any(|token| words.is_of_organisation(&token.lower));
    if named_organisation || is_abbreviation(sentence, run) {
        return NameKind::Organisation;
    }
    let initial = run.words.iter().any(|&at| tokens[at].lower.chars().nth(1).is_none());
    let first_name = || is_first_name(&tokens[first].lower, sentence.language);
    if run.words.len() > 1 && (initial || first_name()) {
        return NameKind::Person;
    }
    let before = first.checked_sub(1).map(|before| &tokens[before]);
    let titled =
        |before: &Token| words.is_title(&before.lower) || words.is_honorific(&before.lower);
    // `direktorius Kaune Jonas Jonaitis`: the title is of the name behind.
    let next = tokens.get(last + 1).filter(|next| next.capital);
    let of_next = next.is_some_and(|next| is_first_name(&next.lower, sentence.language));
    if before.is_some_and(titled) && !of_next { NameKind::Person } else { NameKind::Unknown }
}

/// Whether a word that is the name of a city is too short to be sure of it.
fn may_be_any_word(word: &str, language: Language) -> bool {
    let letters = word.chars().count();
    let known = || is_in_dictionary(word, language) || is_first_name(word, language);
    letters < SHORT_CITY || letters < LONG_CITY && known()
}

/// Whether a name is one word in capitals.
fn is_abbreviation(sentence: &Input<'_>, run: &Run) -> bool {
    let word = run.span(sentence).of(sentence.text);
    run.words.len() == 1
        && ABBREVIATION.contains(&word.chars().count())
        && word.chars().all(|letter| letter.is_uppercase() || letter.is_numeric())
}
