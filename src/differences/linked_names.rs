//! Linked sentences as passages whose names are compared, with their places in the document.

use crate::align::Article;
use crate::facts::{Fact, NamePassage};
use crate::lang::Language;
use crate::text::Span;

/// The sentences of one side of a link.
pub(super) struct Passage {
    pub(super) names: NamePassage,
    /// Where they start in the document, and the sentences with their ends.
    start: usize,
    sentences: Vec<(usize, usize)>,
}

impl Passage {
    pub(super) fn new(article: &Article, sentences: &[usize]) -> Self {
        let spans = || sentences.iter().map(|&at| article.sentences[at].span);
        let start = spans().map(|span| span.start).min().unwrap_or(0);
        let end = spans().map(|span| span.end).max().unwrap_or(start);
        let facts: Vec<Fact> = sentences
            .iter()
            .flat_map(|&at| &article.facts[at])
            .map(|fact| Fact {
                span: Span::new(fact.span.start - start, fact.span.end - start),
                value: fact.value.clone(),
            })
            .collect();
        let text = &article.document.text[start..end];
        let ends = sentences.iter().map(|&at| (at, article.sentences[at].span.end)).collect();
        let names = NamePassage::new(text, language(article, sentences), &facts);
        Self { names, start, sentences: ends }
    }

    /// The sentence of a stretch of the passage, and the stretch in the document.
    pub(super) fn place(&self, span: Span) -> (usize, Span) {
        let span = span.shifted(self.start);
        let sentence = self.sentences.iter().find(|(_, end)| span.start < *end);
        (sentence.map_or(0, |sentence| sentence.0), span)
    }
}

pub(super) fn language(article: &Article, sentences: &[usize]) -> Language {
    sentences.first().map_or(Language::UNKNOWN, |&at| article.sentences[at].language)
}
