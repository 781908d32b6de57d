//! Words at the head of a sentence that have their capital from there, before a name: `Жители Сеула`, `Aktorius Jonas
//! Jonaitis`, `Actor Tom Hanks`.

use super::kinds::places;
use super::words::words_of;
use super::{Evidence, Input, Run, is_country, is_first_name, is_word, starts_clause};

/// A run of words with capitals without the first one, if that begins a clause, is a word of the language and no part of the
/// name behind it.
///
/// `Красная Поляна` keeps its adjective, as does what the document writes with a capital elsewhere. English tells
/// adjectives by no ending: there only a full name behind it shows that the word is no part of it. Where all nouns have a
/// capital, this is told otherwise.
pub(super) fn without_head(sentence: &Input<'_>, mut run: Run, evidence: &Evidence) -> Run {
    let section = &words_of(sentence.language).section;
    let [first, second, ..] = run.words[..] else { return run };
    let word = sentence.tokens[first].lower.as_str();
    let plain = starts_clause(&sentence.tokens, first)
        && second == first + 1
        && !section.nouns_capitalised
        && is_word(word, sentence.language)
        && !is_first_name(word, sentence.language)
        && !words_of(sentence.language).is_of_organisation(word)
        && !evidence.capital_inside.contains(word)
        && !is_country(sentence, &run.words)
        && places(sentence, &run.words).is_empty();
    if plain && stands_alone(sentence, &run.words) {
        run.words.remove(0);
    }
    run
}

/// Whether the words behind the first are a name without it.
fn stands_alone(sentence: &Input<'_>, words: &[usize]) -> bool {
    let [first, second, ..] = words[..] else { return false };
    let last = words[words.len() - 1];
    let named = |at: usize| is_first_name(&sentence.tokens[at].lower, sentence.language);
    last != second && named(second) || is_noun(sentence, first) && is_known(sentence, last)
}

/// Whether a word is no adjective, where the language tells these by their endings.
fn is_noun(sentence: &Input<'_>, at: usize) -> bool {
    let endings = &words_of(sentence.language).section.adjective_endings;
    let word = &sentence.tokens[at].lower;
    !endings.is_empty() && !endings.iter().any(|ending| word.ends_with(ending.as_str()))
}

/// Whether a word is a place, or no word of the language.
fn is_known(sentence: &Input<'_>, at: usize) -> bool {
    let word = &sentence.tokens[at].lower;
    !is_word(word, sentence.language)
        || is_country(sentence, &[at])
        || !places(sentence, &[at]).is_empty()
}
