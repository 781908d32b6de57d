//! Damage that machine translation leaves in a text, found without its source: shared by the checks on repetitions, on
//! foreign words and on the document as a whole.

use crate::align::Article;
use crate::calendar::token::{Kind, tokenize};
use crate::finding::Place;
use crate::text::Span;
use crate::translation::repetition::{Repetition, repetitions};
use crate::translation::untranslated::{Untranslated, untranslated};

/// Letters that a word of two scripts needs.
const LEAST_MIXED_LETTERS: usize = 3;

/// A repetition in a sentence.
pub(super) struct Repeated {
    /// Index of the sentence.
    pub(super) sentence: usize,
    /// What is repeated; spans in bytes of the document's text.
    pub(super) repetition: Repetition,
}

/// Foreign words in a sentence.
pub(super) struct Foreign {
    /// Index of the sentence.
    pub(super) sentence: usize,
    /// The words; spans in bytes of the document's text.
    pub(super) words: Untranslated,
}

/// The repetitions of an article in the order of the text.
pub(super) fn repeated(article: &Article) -> Vec<Repeated> {
    let mut found = Vec::new();
    for (sentence, entry) in article.sentences.iter().enumerate() {
        for mut repetition in repetitions(article.sentence_text(sentence), entry.language, None) {
            repetition.first = repetition.first.shifted(entry.span.start);
            repetition.second = repetition.second.shifted(entry.span.start);
            found.push(Repeated { sentence, repetition });
        }
    }
    found
}

/// The words of other languages in an article in the order of the text.
pub(super) fn foreign(article: &Article) -> Vec<Foreign> {
    let mut found = Vec::new();
    for (sentence, entry) in article.sentences.iter().enumerate() {
        // A sentence in another language as a whole is the matter of another check.
        if entry.language != article.document.language {
            continue;
        }
        for mut words in untranslated(article.sentence_text(sentence), entry.language, None) {
            words.span = words.span.shifted(entry.span.start);
            found.push(Foreign { sentence, words });
        }
    }
    found
}

/// Words with letters of two scripts in an article: their sentences and spans.
pub(super) fn mixed_scripts(article: &Article) -> Vec<(usize, Span)> {
    let mut found = Vec::new();
    for (sentence, entry) in article.sentences.iter().enumerate() {
        let text = article.sentence_text(sentence);
        let words = tokenize(text).into_iter().filter(|token| token.kind == Kind::Word);
        let mixed = words.filter(|token| is_mixed(&token.lower));
        found.extend(mixed.map(|token| (sentence, token.span.shifted(entry.span.start))));
    }
    found
}

/// Whether a word has letters of two of the scripts whose letters look alike.
fn is_mixed(word: &str) -> bool {
    let has = |range: &dyn Fn(char) -> bool| word.chars().any(range);
    let latin = has(&|c| c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}'));
    let cyrillic = has(&|c| matches!(c, '\u{400}'..='\u{52f}'));
    let greek = has(&|c| matches!(c, '\u{370}'..='\u{3ff}'));
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    letters >= LEAST_MIXED_LETTERS
        && usize::from(latin) + usize::from(cyrillic) + usize::from(greek) > 1
}

/// The place of a stretch of an article.
pub(super) fn place(document: usize, sentence: usize, span: Span) -> Place {
    Place { document, sentence: Some(sentence), span }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_two_scripts_are_told_from_words_of_one() {
        for word in ["москvа", "mоscow"] {
            assert!(is_mixed(word), "{word}");
        }
        for word in ["moscow", "москва", "žąsis", "größe", "façade", "φως"] {
            assert!(!is_mixed(word), "{word}");
        }
    }
}
