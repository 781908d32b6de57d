//! What stands in one run with a name and is no part of it: the place that a person is of, the noun of a compound.

use super::kinds::{is_place, places};
use super::words::{Words, words_of};
use super::{Input, Run, is_country, is_first_name};
use crate::calendar::token::Token;

/// A run with the place cut off that a person is of, or is at: `Литвы Римантас Даукша`.
pub(super) fn without_place(sentence: &Input<'_>, run: Run) -> Vec<Run> {
    let person = |at: usize| {
        let word = &sentence.tokens[at].lower;
        word.chars().nth(1).is_none() || is_first_name(word, sentence.language)
    };
    // Where countries have cases, one before two words more is of whom these name.
    let section = &words_of(sentence.language).section;
    let inflected = !section.endings.is_empty();
    let genitive = |at: usize| {
        section.nouns_capitalised && sentence.tokens[run.words[at - 1]].lower.ends_with('s')
    };
    let country = |&at: &usize| {
        is_country(sentence, &run.words[..at])
            && (inflected || genitive(at) || person(run.words[at]))
    };
    // `Сан-Паулу Марта Суплиси`, `Panamas Juan Carlos Valero`: the name of a person begins with a first name.
    let place = |&at: &usize| {
        (inflected || genitive(at))
            && person(run.words[at])
            && !is_first_name(&sentence.tokens[run.words[0]].lower, sentence.language)
            && (is_place(sentence, &run.words[..at])
                || at == 1 && inflected && is_behind_title(sentence, run.words[0]))
    };
    let cut = (1..run.words.len().saturating_sub(1)).find(|at| country(at) || place(at));
    let cut = cut.or_else(|| {
        (inflected && ends_in_place(sentence, &run.words)).then(|| run.words.len() - 1)
    });
    match cut {
        Some(at) => {
            let (one, other) = run.words.split_at(at);
            vec![Run { words: one.to_vec() }, Run { words: other.to_vec() }]
        }
        None => vec![run],
    }
}

/// Whether words right behind a title are no part of the name of a person who bears it: `министр Массачусетса Митт Ромни`.
fn is_behind_title(sentence: &Input<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &sentence.tokens[before]);
    before.is_some_and(|before| words_of(sentence.language).is_title(&before.lower))
}

/// Whether a word goes on behind a hyphen.
pub(super) fn is_first_part(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| next.is_dash() && next.glued)
}

/// Where all nouns are capitalised: whether a word is the noun of a compound with a country or another name: `Russland-Politik`,
/// `Putin-Kritiker`.
pub(super) fn is_about_name(sentence: &Input<'_>, run: &Run, at: usize, words: &Words) -> bool {
    let dash = at.checked_sub(1).is_some_and(|before| sentence.tokens[before].is_dash());
    let is_word = |at: usize| !words.is_no_word_of_language(&sentence.tokens[at].lower);
    let behind_name = || run.words.last().is_some_and(|&last| !is_word(last)) && is_word(at);
    words.section.nouns_capitalised && dash && (is_country(sentence, &run.words) || behind_name())
}

/// Whether the last of three or more words names a place: where it has a case of its own, that is where the person is
/// whom the others name.
fn ends_in_place(sentence: &Input<'_>, words: &[usize]) -> bool {
    let [first, _, .., last] = words else { return false };
    is_first_name(&sentence.tokens[*first].lower, sentence.language)
        && is_place(sentence, &[*last])
        && places(sentence, words).is_empty()
}
