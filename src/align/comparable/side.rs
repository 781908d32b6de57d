//! What linking needs of one document, made once however many others it is set against.

use ndarray::{Array1, Array2, Axis};
use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use crate::align::Article;
use crate::align::background::{Background, normalise};

/// Fewest words of a sentence that can be linked.
const LEAST_WORDS: usize = 3;
/// How many sentences the background, which is zero here, counts for when a document's mean is estimated.
const BACKGROUND_WEIGHT: f32 = 4.0;

/// A document as linking sees it. All lists run in step with its sentences.
#[derive(Debug, Clone)]
pub struct Side<'a> {
    /// The document.
    pub article: &'a Article,
    /// Its sentence vectors with the background taken out, `[sentences, dim]`, rows of L2 norm 1 (or zero).
    pub(super) vectors: Array2<f32>,
    /// The same with their mean taken out too, of norm 1 again.
    pub(super) centred: Array2<f32>,
    /// The direction of the sum of `vectors`, `[dim]`: what the document is about.
    pub(super) topic: Array1<f32>,
    /// Characters of each sentence.
    pub(super) lengths: Vec<f32>,
    /// Which sentences have words enough to state something; a lone place or name does not.
    pub(super) tells: Vec<bool>,
}

impl<'a> Side<'a> {
    /// One document, seen before a background.
    pub fn new(article: &'a Article, background: &Background) -> Self {
        let vectors = background.taken_from(article);
        let mut topic = vectors.sum_axis(Axis(0));
        let centred = centred(&vectors, &topic);
        normalise(topic.view_mut());
        let texts = || (0..article.sentences.len()).map(|index| article.sentence_text(index));
        let lengths = texts().map(|text| text.chars().count() as f32).collect();
        let tells =
            texts().map(|text| text.unicode_words().nth(LEAST_WORDS - 1).is_some()).collect();
        Self { article, vectors, centred, topic, lengths, tells }
    }

    /// Several documents, in their order.
    pub fn all(articles: &'a [Article], background: &Background) -> Vec<Self> {
        articles.par_iter().map(|article| Self::new(article, background)).collect()
    }

    /// How many sentences it has.
    pub fn len(&self) -> usize {
        self.article.sentences.len()
    }

    /// Whether it has no sentence.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether sentence `first` and the one after it can be told in one breath: no headline with its text.
    pub(super) fn are_neighbours(&self, first: usize) -> bool {
        let second = first + 1;
        second < self.len() && self.article.is_body(first) == self.article.is_body(second)
    }
}

/// Vectors with their mean taken out, of norm 1 again, where `sum` is their sum.
fn centred(vectors: &Array2<f32>, sum: &Array1<f32>) -> Array2<f32> {
    let mean = sum / (vectors.nrows() as f32 + BACKGROUND_WEIGHT);
    let mut centred = vectors - &mean;
    centred.rows_mut().into_iter().for_each(normalise);
    centred
}
