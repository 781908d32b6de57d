//! Terms of a glossary, found in any of their forms.

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use crate::lang::Language;
use crate::lang::stems::Stems;
use crate::text::Span;

/// An entry of a glossary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The term in the source.
    pub source: String,
    /// What may stand for it; none where only some translations are forbidden.
    pub targets: Vec<String>,
    /// What must not.
    pub forbidden: Vec<String>,
}

/// A glossary between two languages, ready to look terms up.
pub struct Glossary {
    terms: Vec<PreparedTerm>,
    /// Terms by the stem of the first word of their source.
    by_first: HashMap<String, Vec<usize>>,
    source: Stems,
    target: Stems,
}

struct PreparedTerm {
    term: Term,
    source: Vec<TermWord>,
    targets: Vec<Vec<TermWord>>,
    forbidden: Vec<Vec<TermWord>>,
}

/// A word of a term.
struct TermWord {
    lower: String,
    stem: String,
}

/// A word of a text.
struct Word {
    span: Span,
    lower: String,
    stem: String,
}

/// What is wrong with the terms of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misuse<'g> {
    /// The source has a term, the target none of those that may stand for it.
    Missing {
        /// The entry.
        term: &'g Term,
        /// Where it stands in the source.
        source: Span,
    },
    /// The target has a term that must not stand for one of the source.
    Forbidden {
        /// The entry.
        term: &'g Term,
        /// Where its source stands.
        source: Span,
        /// Where what is forbidden stands.
        target: Span,
    },
}

/// Letters of a term that may be part of a longer word: a shorter one is in too many.
const LEAST_IN_COMPOUND: usize = 4;
/// Most words of a text that are looked at.
const MOST_WORDS: usize = 4096;

impl Glossary {
    /// Prepares terms for texts in two languages.
    pub fn new(terms: Vec<Term>, [source, target]: [Language; 2]) -> Self {
        let (source, target) = (Stems::of(source), Stems::of(target));
        let terms: Vec<PreparedTerm> = terms
            .into_iter()
            .map(|term| PreparedTerm {
                source: term_words(&term.source, &source),
                targets: term.targets.iter().map(|text| term_words(text, &target)).collect(),
                forbidden: term.forbidden.iter().map(|text| term_words(text, &target)).collect(),
                term,
            })
            .collect();
        let mut by_first: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, term) in terms.iter().enumerate() {
            if let Some(first) = term.source.first() {
                by_first.entry(first.stem.clone()).or_default().push(index);
            }
        }
        Self { terms, by_first, source, target }
    }

    /// What is wrong with the terms of a source and its translation. Of terms within each other only the longest
    /// counts.
    pub fn misuses(&self, source: &str, target: &str) -> Vec<Misuse<'_>> {
        let source = words(source, &self.source);
        let found = self.found(&source);
        if found.is_empty() {
            return Vec::new();
        }
        let target = words(target, &self.target);
        let mut misuses = Vec::new();
        for (index, span) in found {
            let prepared = &self.terms[index];
            let forbidden = prepared.forbidden.iter().find_map(|wrong| place(wrong, &target));
            let allowed = prepared.targets.iter().any(|right| place(right, &target).is_some());
            let term = &prepared.term;
            match forbidden {
                Some(target) if !allowed => {
                    misuses.push(Misuse::Forbidden { term, source: span, target });
                }
                _ if !allowed && !prepared.targets.is_empty() => {
                    misuses.push(Misuse::Missing { term, source: span });
                }
                _ => {}
            }
        }
        misuses
    }

    /// The terms of a text, each once, with their places.
    fn found(&self, words: &[Word]) -> Vec<(usize, Span)> {
        let mut found: Vec<(usize, Span)> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let candidates = self.by_first.get(&words[at].stem).into_iter().flatten();
            let here = candidates.filter(|&&index| starts(&self.terms[index].source, &words[at..]));
            let longest = here.copied().max_by_key(|&index| self.terms[index].source.len());
            let Some(index) = longest else {
                at += 1;
                continue;
            };
            let length = self.terms[index].source.len();
            if found.iter().all(|(other, _)| *other != index) {
                let span = Span::new(words[at].span.start, words[at + length - 1].span.end);
                found.push((index, span));
            }
            at += length;
        }
        found
    }
}

fn term_words(term: &str, stems: &Stems) -> Vec<TermWord> {
    term.unicode_words()
        .map(|word| TermWord { lower: word.to_lowercase(), stem: stems.stem(word) })
        .collect()
}

fn words(text: &str, stems: &Stems) -> Vec<Word> {
    let words = text.unicode_word_indices().take(MOST_WORDS);
    words
        .map(|(at, word)| Word {
            span: Span::new(at, at + word.len()),
            lower: word.to_lowercase(),
            stem: stems.stem(word),
        })
        .collect()
}

/// Whether words begin with the stems of a term.
fn starts(term: &[TermWord], words: &[Word]) -> bool {
    term.len() <= words.len() && term.iter().zip(words).all(|(term, word)| term.stem == word.stem)
}

/// Where a term stands in a text: in any form, its last or only word perhaps as a part of a longer one.
fn place(term: &[TermWord], words: &[Word]) -> Option<Span> {
    let (last, rest) = term.split_last()?;
    (0..words.len().saturating_sub(rest.len())).find_map(|at| {
        let end = at + rest.len();
        let whole = starts(term, &words[at..]);
        let compound = || starts(rest, &words[at..]) && is_in(last, &words[end]);
        (whole || compound()).then(|| Span::new(words[at].span.start, words[end].span.end))
    })
}

/// Whether a word of a term is a part of a longer one, as in compounds: `hafen` in `Hafenmeister` and `Seehafen`. Vowels may
/// have changed on the way: `Häfen`. Its stem alone will do when it is long enough to say what the word is.
fn is_in(term: &TermWord, word: &Word) -> bool {
    let plain = |text: &str| any_ascii::any_ascii(text);
    [&term.stem, &term.lower].into_iter().any(|part| {
        part.chars().count() >= LEAST_IN_COMPOUND
            && (word.lower.contains(part.as_str()) || plain(&word.lower).contains(&plain(part)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glossary(from: &str, into: &str, terms: &[(&str, &str, &str)]) -> Glossary {
        let list = |text: &str| -> Vec<String> {
            text.split('|').filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        let terms = terms.iter().map(|(source, targets, forbidden)| Term {
            source: (*source).to_owned(),
            targets: list(targets),
            forbidden: list(forbidden),
        });
        let language = |code| Language::from_code(code).unwrap();
        Glossary::new(terms.collect(), [language(from), language(into)])
    }

    #[test]
    fn terms_are_found_in_their_forms_and_in_compounds() {
        let german = glossary("en", "de", &[("harbour", "Hafen", "Port")]);
        for target in ["in den Häfen", "des Hafens", "die Hafenmeisterin", "der Seehafen"] {
            assert_eq!(german.misuses("the harbours", target), [], "{target}");
        }
        assert!(matches!(
            german.misuses("the harbours", "im Port von Kiel")[..],
            [Misuse::Forbidden { .. }]
        ));
        assert!(matches!(german.misuses("Our harbour", "Unser Kai")[..], [Misuse::Missing { .. }]));
        let lithuanian = glossary("en", "lt", &[("harbour master", "uosto kapitonas", "")]);
        assert_eq!(lithuanian.misuses("the harbour masters", "uosto kapitonams"), []);
        assert_eq!(lithuanian.misuses("the harbour", "uoste"), []);
        let russian = glossary("de", "ru", &[("Karte", "карта", "")]);
        assert_eq!(russian.misuses("auf Karten", "на картах"), []);
    }

    #[test]
    fn a_term_is_no_part_of_another_word_in_the_source() {
        let glossary = glossary("en", "de", &[("site", "Standort", "")]);
        assert_eq!(glossary.misuses("Our website", "Unsere Internetseite"), []);
    }

    #[test]
    fn the_longest_term_counts() {
        let glossary =
            glossary("en", "de", &[("fire", "Feuer", ""), ("fire brigade", "Brandwehr", "")]);
        assert_eq!(glossary.misuses("The fire brigade came.", "Die Brandwehr kam."), []);
    }
}
