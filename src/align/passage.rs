//! Linked sentences as passages whose names are compared, with their places in the document.

use super::Article;
use crate::facts::{Fact, NamePassage};
use crate::lang::Language;
use crate::text::Span;

/// The sentences of one side of a link.
#[derive(Debug, Clone)]
pub struct Passage {
    /// Their names.
    pub names: NamePassage,
    /// Where they stand in the document.
    pub span: Span,
    /// The sentences with their ends.
    sentences: Vec<(usize, usize)>,
}

impl Passage {
    /// Some sentences of an article, by their indices.
    pub fn new(article: &Article, sentences: &[usize]) -> Self {
        let spans = || sentences.iter().map(|&at| article.sentences[at].span);
        let start = spans().map(|span| span.start).min().unwrap_or(0);
        let end = spans().map(|span| span.end).max().unwrap_or(start);
        let span = Span::new(start, end);
        let facts: Vec<Fact> = sentences
            .iter()
            .flat_map(|&at| &article.facts[at])
            .map(|fact| Fact {
                span: Span::new(fact.span.start - start, fact.span.end - start),
                value: fact.value.clone(),
            })
            .collect();
        let text = span.of(&article.document.text);
        let ends = sentences.iter().map(|&at| (at, article.sentences[at].span.end)).collect();
        let names = NamePassage::new(text, language(article, sentences), &facts);
        Self { names, span, sentences: ends }
    }

    /// The sentence of a stretch of the passage, and the stretch in the document.
    pub fn place(&self, stretch: Span) -> (usize, Span) {
        let stretch = stretch.shifted(self.span.start);
        let sentence = self.sentences.iter().find(|(_, end)| stretch.start < *end);
        (sentence.map_or(0, |sentence| sentence.0), stretch)
    }
}

/// The language of some sentences: that of the first.
pub fn language(article: &Article, sentences: &[usize]) -> Language {
    sentences.first().map_or(Language::UNKNOWN, |&at| article.sentences[at].language)
}
