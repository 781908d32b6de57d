//! What is no translation at all, whatever the encoder thinks of it.
//!
//! Encoders find a copy of the source the best of translations, so that it has to be known before anything is scored.

use serde::Serialize;

use super::Pair;
use super::words::{small, word_spans};
use crate::ingest::language::{detect_expecting, has_letter};
use crate::lang::Language;
use crate::translation::references::is_reference;
use crate::translation::shielded::QUOTATION_MARKS;

/// Share of the target's words that stand in the source in the same places, above which the target is a copy.
const COPIED: f64 = 0.9;
/// Words of the shortest copy that is told from a text of names and numbers alone.
const COPY_WORDS: usize = 3;
/// Words of the shortest text that is more than names and numbers, even if none is written small.
const SENTENCE_WORDS: usize = 10;
/// Letters of the shortest text whose language is asked.
const LANGUAGE_LETTERS: usize = 40;
/// How sure the language must be.
const LANGUAGE_CONFIDENCE: f32 = 0.9;

/// Why a target is no translation of its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gate {
    /// There is no text in it, while the source has some; or the other way round.
    Empty,
    /// It is the source again.
    Copied,
    /// It is written in another language than it should be.
    WrongLanguage,
}

impl Gate {
    /// The reason why the target is no translation, if there is one.
    pub(super) fn of(pair: &Pair<'_>) -> Option<Self> {
        let (source, target) = (words(pair.source), words(pair.target));
        if pair.source.trim().is_empty() && !target.is_empty() {
            return Some(Self::Empty);
        }
        if target.is_empty() {
            let empty = pair.target.trim().is_empty() && !pair.source.trim().is_empty();
            return (empty || !source.is_empty()).then_some(Self::Empty);
        }
        let different_languages = pair.source_language != pair.target_language;
        if is_reference(pair.source) {
            return None;
        }
        if different_languages && is_copy(&source, &target, pair.target_language) {
            return Some(Self::Copied);
        }
        (different_languages && is_foreign(pair)).then_some(Self::WrongLanguage)
    }
}

/// Whether the target repeats a source that may be right to stay as it is: a reference, a list of names.
pub(super) fn is_copied_reference(pair: &Pair<'_>) -> bool {
    pair.source_language != pair.target_language
        && is_reference(pair.source)
        && repeats(&words(pair.source), &words(pair.target))
}

fn words(text: &str) -> Vec<&str> {
    word_spans(text).into_iter().map(|span| span.of(text)).collect()
}

/// Whether the target repeats the source's words in their order. A few words, or words that are all names and numbers, are
/// the same in many languages; two are enough where one has letters that the language of the target has not.
fn is_copy(source: &[&str], target: &[&str], language: Language) -> bool {
    let telling = |word: &str| word.chars().all(char::is_lowercase);
    let strange = |letter: char| has_letter(letter, language) == Some(false);
    let foreign = source.len() > 1 && source.iter().any(|w| telling(w) && w.contains(strange));
    let names = source.len() < SENTENCE_WORDS && !source.iter().any(|word| telling(word));
    if (source.len() < COPY_WORDS && !foreign) || names {
        return false;
    }
    repeats(source, target)
}

/// Whether nearly all words are the same, place by place.
fn repeats(source: &[&str], target: &[&str]) -> bool {
    let same = source.iter().zip(target).filter(|(one, other)| small(one) == small(other)).count();
    same as f64 >= COPIED * source.len().max(target.len()) as f64
}

/// Whether a target of some length is surely in another language than it should be, and not only what it quotes: titles of
/// books and films stay as they are.
fn is_foreign(pair: &Pair<'_>) -> bool {
    let language = pair.target_language;
    let is_long =
        |text: &str| text.chars().filter(|c| c.is_alphabetic()).count() >= LANGUAGE_LETTERS;
    if !is_long(pair.target)
        || language.profile().is_none()
        || !is_in_another(pair.target, language)
    {
        return false;
    }
    // Parts outside and inside quotation marks take turns.
    let outside: Vec<&str> = pair.target.split(QUOTATION_MARKS).step_by(2).collect();
    let outside = outside.join(" ");
    !is_long(&outside) || is_in_another(&outside, language)
}

fn is_in_another(text: &str, language: Language) -> bool {
    let found = detect_expecting(text, language);
    found.language != language
        && found.language.profile().is_some()
        && found.confidence >= LANGUAGE_CONFIDENCE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate(source: &str, target: &str) -> Option<Gate> {
        let language = |code| Language::from_code(code).unwrap();
        Gate::of(&Pair {
            source,
            target,
            source_language: language("en"),
            target_language: language("lt"),
        })
    }

    #[test]
    fn what_is_no_translation_is_told() {
        let english = "The old bridge over the river has been closed since the flood.";
        assert_eq!(gate(english, " \n"), Some(Gate::Empty));
        assert_eq!(gate(english, "– …"), Some(Gate::Empty));
        assert_eq!(gate(" ", english), Some(Gate::Empty));
        assert_eq!(gate(english, english), Some(Gate::Copied));
        assert_eq!(gate(english, &english.to_uppercase()), Some(Gate::Copied));
        let german = "Die alte Brücke über den Fluss ist seit der Flut gesperrt.";
        assert_eq!(gate(english, german), Some(Gate::WrongLanguage));
        assert_eq!(gate(english, "Senasis tiltas per upę nuo potvynio yra uždarytas."), None);
    }

    #[test]
    fn a_foreign_title_makes_no_foreign_text() {
        let source = "She wrote a book about life in Hollywood, which sold well.";
        let titled = "Ji parašė knygą apie gyvenimą Holivude, kuri buvo gerai perkama: „Just the Funny \
            Parts: And a Few Hard Truths About Sneaking Into the Hollywood Boys' Club and About All the \
            Things That They Would Have Liked Best to Keep to Themselves“.";
        assert_eq!(gate(source, titled), None);
        let quoted = "\"The old bridge over the river has been closed since the flood\", sakė ji.";
        assert_eq!(gate(source, quoted), Some(Gate::WrongLanguage));
    }

    #[test]
    fn a_reference_may_stay_as_it_is() {
        let reference =
            "Petraitis, Jonas, Harbours of the Baltic, Northern University Press, 1998.";
        assert_eq!(gate(reference, reference), None);
        let pair = |target| Pair {
            source: reference,
            target,
            source_language: Language::from_code("en").unwrap(),
            target_language: Language::from_code("lt").unwrap(),
        };
        assert!(is_copied_reference(&pair(reference)));
        assert!(!is_copied_reference(&pair("Petraitis, Jonas, Baltijos uostai, 1998.")));
    }

    #[test]
    fn names_and_numbers_may_stay_as_they_are() {
        assert_eq!(gate("Real Madrid – FC Porto 2:1", "Real Madrid – FC Porto 2:1"), None);
        assert_eq!(gate("OK", "OK"), None);
        assert_eq!(gate("Status quo", "Status quo"), None);
        assert_eq!(gate("Sehr schön", "Sehr schön"), Some(Gate::Copied));
        assert_eq!(gate("", ""), None);
    }
}
