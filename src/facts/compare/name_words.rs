//! Words of a passage that are no names of their own and stand for one all the same: what belongs to a country, what has a
//! capital and is in no dictionary, a word of a longer name, and a word of the language with a capital.

use super::name_places::{country, people};
use super::names::{Name, Standing, Word, has_capital_nouns};
use crate::calendar::names_time;
use crate::calendar::token::Token;
use crate::facts::names::{
    is_first_name, is_nationality, is_no_name, is_title_case, stands_free, starts_clause,
};
use crate::lang::Language;

/// Letters of a word that is no fact and may be a name.
const LONG_ENOUGH: usize = 4;

/// The words of a passage outside its names that stand for a name: what belongs to a country, and what has a capital and is
/// in no dictionary.
pub(super) fn other_names(
    tokens: &[Token],
    words: &[Word],
    names: &[Name],
    language: Language,
) -> Vec<Name> {
    // Where all nouns have a capital, a word without an entry is a compound more often than a name.
    let nouns = has_capital_nouns(language);
    let mut others = Vec::new();
    for (at, word) in outside(words, names) {
        let people = people(word, language);
        let country = if word.capital { country(at, word, language) } else { Vec::new() };
        if !people.is_empty() {
            others.push(Name::of_word(at, word, Standing::People, people));
        } else if !country.is_empty() {
            others.push(Name::of_word(at, word, Standing::Place, country));
        } else if may_be_name(word, language) && !word.in_dictionary(language) {
            let standing = match (nouns, stands_free(tokens, token(tokens, word), language)) {
                (false, _) if at == 0 => Standing::HeadCapital,
                (false, _) => Standing::Capital,
                (true, true) => Standing::FreeCapital,
                (true, false) => Standing::BoundCapital,
            };
            others.push(Name::of_word(at, word, standing, Vec::new()));
        }
    }
    others
}

/// Words that are a name only where nothing else is: those of longer names that are in no dictionary or stand behind a first
/// name, and words of the language that have a capital though they begin no clause.
pub(super) fn weak_names(
    tokens: &[Token],
    words: &[Word],
    names: &[Name],
    language: Language,
) -> Vec<Name> {
    let part = |at: usize, word: &Word| {
        let behind_first_name = || {
            let before = at.checked_sub(1).map(|before| &words[before]);
            before.is_some_and(|word| word.capital && is_first_name(&word.lower, language))
        };
        let tells = may_be_name(word, language)
            && (behind_first_name()
                || !word.in_dictionary(language) && !is_first_name(&word.lower, language));
        tells.then(|| Name::of_word(at, word, Standing::Part, Vec::new()))
    };
    let mut weak: Vec<Name> = names
        .iter()
        .filter(|name| name.words.len() > 1)
        .flat_map(|name| name.words.clone())
        .filter_map(|at| part(at, &words[at]))
        .collect();
    if !has_capital_nouns(language) && !is_title_case(tokens) {
        let is_wanted = |(at, word): &(usize, &Word)| {
            let nationality = word.capital && is_nationality(&word.lower, language);
            *at > 0
                && (nationality || may_be_name(word, language) && word.in_dictionary(language))
                && !starts_clause(tokens, token(tokens, word))
        };
        let of_word = |(at, word)| Name::of_word(at, word, Standing::CapitalWord, Vec::new());
        weak.extend(outside(words, names).filter(is_wanted).map(of_word));
    }
    weak
}

/// The words that no name has.
fn outside<'w>(
    words: &'w [Word],
    names: &'w [Name],
) -> impl Iterator<Item = (usize, &'w Word)> + 'w {
    let named = |at: usize| names.iter().any(|name| name.words.contains(&at));
    words.iter().enumerate().filter(move |(at, _)| !named(*at))
}

/// Whether a word has a capital and may belong to a name.
fn may_be_name(word: &Word, language: Language) -> bool {
    word.capital
        && word.lower.chars().count() >= LONG_ENOUGH
        && !is_no_name(&word.lower, language)
        && !names_time(&word.lower, language)
}

/// The token of a word.
fn token(tokens: &[Token], word: &Word) -> usize {
    tokens.partition_point(|token| token.span.start < word.span.start)
}
