//! Wording: loaded words, which dramatise, mock, praise or condemn where plain ones would do, and words that hedge.

use super::lexicon::{Lexicon, Mark, Meaning};
use crate::calendar::token::tokenize;
use crate::lang::Language;
use crate::text::Span;

/// The loaded words of a text, in bytes of it.
pub fn loaded_words(text: &str, language: Language) -> Vec<Span> {
    let tokens = tokenize(text);
    let Some(lexicon) = Lexicon::of(language) else { return Vec::new() };
    let mut spans: Vec<Span> = Vec::new();
    for mark in lexicon.marks(&tokens) {
        let first = tokens[mark.first].span.start;
        let free = spans.last().is_none_or(|last| last.end <= first);
        if mark.meaning == Meaning::Loaded && free {
            spans.push(Span::new(first, tokens[mark.first + mark.length - 1].span.end));
        }
    }
    spans
}

/// Whether a text has a word that may tell whose view it is, so that it is not stated as a fact.
pub fn hedges(text: &str, language: Language) -> bool {
    let tokens = tokenize(text);
    let hedging = |mark: &Mark| mark.meaning == Meaning::Hedging;
    Lexicon::of(language).is_some_and(|lexicon| lexicon.marks(&tokens).iter().any(hedging))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loaded_words_are_found_in_all_their_forms() {
        for (code, text, loaded) in [
            ("en", "A humiliating deal with the islands", "humiliating"),
            ("de", "Die demütigende Einigung über die Inseln", "demütigende"),
            ("lt", "Tokios siaubingos nakties niekas neprisimena", "siaubingos"),
            ("ru", "Такой ужасной ночи никто не помнит", "ужасной"),
        ] {
            let found = loaded_words(text, Language::from_code(code).unwrap());
            assert_eq!(found.iter().map(|span| span.of(text)).collect::<Vec<_>>(), [loaded]);
        }
        let plain = "The deal covers the islands.";
        assert_eq!(loaded_words(plain, Language::from_code("en").unwrap()), []);
    }
}
