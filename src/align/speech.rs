//! What the checks want to know of linked sentences and cannot read from their facts: negations that one side has alone,
//! names of a translation that stand in each other's place, how near quotes are to each other, and the tone of each sentence.

use std::collections::BTreeMap;

use ndarray::{Array2, ArrayView1};

use super::contrary::{Contrary, Question, Side};
use super::exchange::Exchange;
use super::tone::ToneAxis;
use super::{Article, Pair, SentenceId};
use crate::embed::Embedder;
use crate::error::Result;
use crate::facts::{Closeness, Value};
use crate::text::Span;

/// Least probability of a link whose sentences are looked at.
const LEAST_LINK_SCORE: f32 = 0.5;
/// Fewest words of a quote that is compared.
const FEWEST_WORDS: usize = 3;

/// Linked sentences of which one denies what the other affirms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinkContrary {
    /// The sentence that denies.
    pub denies: SentenceId,
    /// The sentence that affirms.
    pub affirms: SentenceId,
    /// The negation, in bytes of the text of the document that denies.
    pub negation: Span,
    /// Probability of the link between the sentences.
    pub link: f32,
    /// Probability that they contradict each other, if the link is right.
    pub confidence: f32,
}

/// How sentences speak, beyond their facts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Speech {
    /// Contradictions in linked sentences.
    pub contraries: Vec<LinkContrary>,
    /// Names of a translation that stand in each other's place.
    pub exchanges: Vec<Exchange>,
    /// The tone of each sentence of each article: larger is more alarming.
    pub tones: Vec<Vec<f32>>,
    quotes: BTreeMap<QuoteKey, usize>,
    vectors: Array2<f32>,
    /// In a translation, the quote that stands for each of the source.
    translated: BTreeMap<QuoteKey, QuoteKey>,
}

/// A quote by its document and where it starts there.
type QuoteKey = (usize, usize);

/// Two linked sentences and what is asked about them.
struct Asked {
    left: SentenceId,
    right: SentenceId,
    link: f32,
    question: Question,
}

impl Speech {
    /// Looks at the linked sentences.
    ///
    /// # Errors
    /// Those of the engine, which embeds quotes and sentences without their negations.
    pub fn new(
        articles: &[Article],
        pairs: &[Pair],
        tone: &ToneAxis,
        embedder: &Embedder,
    ) -> Result<Self> {
        let asked: Vec<Asked> = pairs.iter().flat_map(|pair| questions(articles, pair)).collect();
        let quotes = quotes(articles);
        let affirmed = asked.iter().flat_map(|asked| &asked.question.affirmed);
        let texts: Vec<&str> =
            quotes.values().copied().chain(affirmed.map(|(_, text)| text.as_str())).collect();
        let vectors = embedder.embed(&texts)?;
        let mut first = quotes.len();
        let mut contraries = Vec::new();
        for asked in &asked {
            let count = asked.question.affirmed.len();
            let rows = (first..first + count).map(|row| vectors.row(row));
            contraries.extend(asked.answer(articles, rows));
            first += count;
        }
        let tones = articles.iter().map(|article| {
            let language = article.document.language;
            let rows = article.vectors.outer_iter();
            rows.map(|row| tone.tone(row.insert_axis(ndarray::Axis(0)), language)).collect()
        });
        let rows = quotes.keys().copied().zip(0..).collect();
        let tones = tones.collect();
        Ok(Self { contraries, tones, quotes: rows, vectors, ..Self::default() })
    }

    /// Speech in a source and its translation, and the names that stand in each other's place there. Of linked sentences with as many quotes on both sides, the quotes stand
    /// for each other in their order.
    pub fn of_translation(
        articles: &[Article],
        pair: &Pair,
        contraries: Vec<LinkContrary>,
        exchanges: Vec<Exchange>,
    ) -> Self {
        let mut translated = BTreeMap::new();
        for link in &pair.links {
            let left: Vec<_> = quotes_of(&articles[pair.left], &link.left).collect();
            let right: Vec<_> = quotes_of(&articles[pair.right], &link.right).collect();
            if left.len() == right.len() {
                let keys = left.into_iter().map(|start| (pair.left, start));
                translated.extend(keys.zip(right.into_iter().map(|start| (pair.right, start))));
            }
        }
        Self { contraries, exchanges, translated, ..Self::default() }
    }

    /// Cosine of two quotes, each given by its document and where it starts there; 1 for quotes that a translation sets
    /// for each other.
    pub fn likeness(&self, one: QuoteKey, other: QuoteKey) -> Option<f32> {
        if let Some(found) = self.translated.get(&one) {
            return (*found == other).then_some(1.0);
        }
        let row = |key| self.quotes.get(&key).map(|&row| self.vectors.row(row));
        Some(row(one)?.dot(&row(other)?))
    }
}

/// Where the quotes of some length start in some sentences.
fn quotes_of<'a>(article: &'a Article, sentences: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
    let facts = sentences.iter().flat_map(|&sentence| &article.facts[sentence]);
    let long = |value: &Value| matches!(value, Value::Quote(quote) if quote.words >= FEWEST_WORDS);
    facts.filter(move |fact| long(&fact.value)).map(|fact| fact.span.start)
}

/// The texts of all quotes of some length, by document and start.
fn quotes(articles: &[Article]) -> BTreeMap<(usize, usize), &str> {
    let mut quotes = BTreeMap::new();
    for (document, article) in articles.iter().enumerate() {
        for fact in article.facts.iter().flatten() {
            if matches!(&fact.value, Value::Quote(quote) if quote.words >= FEWEST_WORDS) {
                quotes.insert((document, fact.span.start), fact.span.of(&article.document.text));
            }
        }
    }
    quotes
}

/// What to ask about the linked sentences of two documents.
fn questions(articles: &[Article], pair: &Pair) -> Vec<Asked> {
    let (left, right) = (&articles[pair.left], &articles[pair.right]);
    let links = pair.links.iter().filter(|link| link.score >= LEAST_LINK_SCORE);
    links
        .flat_map(|link| {
            let each = link.left.iter().flat_map(|&l| link.right.iter().map(move |&r| (l, r)));
            each.filter(|&(l, r)| left.is_body(l) && right.is_body(r)).filter_map(|(l, r)| {
                let side = |article: &'_ Article, at: usize| article.sentences[at].language;
                let sides: [Side<'_>; 2] = [
                    (left.sentence_text(l), side(left, l)),
                    (right.sentence_text(r), side(right, r)),
                ];
                Some(Asked {
                    left: SentenceId { document: pair.left, sentence: l },
                    right: SentenceId { document: pair.right, sentence: r },
                    link: link.score,
                    question: Question::about(sides[0], sides[1], Closeness::Comparable, None)?,
                })
            })
        })
        .collect()
}

impl Asked {
    fn answer<'v>(
        &self,
        articles: &[Article],
        affirmed: impl Iterator<Item = ArrayView1<'v, f32>>,
    ) -> Option<LinkContrary> {
        let vector = |id: SentenceId| articles[id.document].vectors.row(id.sentence);
        let sides = [vector(self.left), vector(self.right)];
        let affirmed: Vec<_> = affirmed.collect();
        let Contrary { on_left, negation, confidence } = self.question.answer(sides, &affirmed)?;
        let (denies, affirms) = match on_left {
            true => (self.left, self.right),
            false => (self.right, self.left),
        };
        let start = articles[denies.document].sentences[denies.sentence].span.start;
        let negation = negation.shifted(start);
        Some(LinkContrary { denies, affirms, negation, link: self.link, confidence })
    }
}
