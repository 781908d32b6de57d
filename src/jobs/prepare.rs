//! From inputs to articles: the part of the way that every job shares.

use ndarray::{Array2, s};
use rayon::prelude::*;

use super::{Observer, Prepared, Stage};
use crate::align::Article;
use crate::embed::Embedder;
use crate::error::Result;
use crate::facts::FactCache;
use crate::ingest::{self, IngestOptions, Ingested, Input};
use crate::segment;
use crate::text::Document;

/// Does `work` while the model is opened on a thread of its own.
///
/// # Errors
/// Those of `open`.
pub fn beside<T, E, O>(open: O, work: impl FnOnce() -> T) -> Result<(T, E)>
where
    E: Send,
    O: FnOnce() -> Result<E> + Send,
{
    let (done, embedder) = std::thread::scope(|scope| {
        let opening = scope.spawn(open);
        let done = work();
        (done, opening.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    Ok((done, embedder?))
}

/// Reads, cleans and cuts the inputs and finds their facts, or takes those from `facts`; the articles have no vectors yet.
pub fn read(inputs: &[Input], options: &IngestOptions, facts: &FactCache) -> Prepared {
    let Ingested { documents, skipped, notes } = ingest::read_all(inputs, options);
    let articles = documents.into_par_iter().map(|document| article(document, facts)).collect();
    Prepared { articles, skipped, notes }
}

/// The sentences and facts of a document, facts from `cache` where it has them; no vectors yet.
pub fn article(document: Document, cache: &FactCache) -> Article {
    let sentences = segment::sentences(&document);
    let facts = cache.facts(&document, &sentences);
    Article::with_facts(document, sentences, facts)
}

/// Computes the vectors of all sentences and articles at once, so that batches fill well.
///
/// # Errors
/// Those of the engine and of the observer.
pub fn embed(
    articles: &mut [Article],
    embedder: &Embedder,
    observer: &mut dyn Observer,
) -> Result<()> {
    embed_with(articles, |texts| {
        let mut report = |done: usize| observer.progress(Stage::Embedding, done, texts.len());
        embedder.embed_with_progress(texts, &mut report)
    })
}

/// Computes the vectors of all sentences and of the whole articles.
///
/// # Errors
/// Those of the engine and of the observer.
pub fn embed_whole(
    articles: &mut [Article],
    embedder: &Embedder,
    observer: &mut dyn Observer,
) -> Result<()> {
    let sentences: usize = articles.iter().map(|article| article.sentences.len()).sum();
    let total = sentences + articles.len();
    let mut report = |done: usize| observer.progress(Stage::Embedding, done, total);
    embed_with(articles, |texts| embedder.embed_with_progress(texts, &mut report))?;
    embed_gists_with(articles, |texts| {
        embedder.embed_articles(texts, &mut |done| report(sentences + done))
    })
}

/// Gives articles the vectors that `encode` makes of all their sentences, `[sentences, dim]`.
///
/// # Errors
/// Those of `encode`.
pub fn embed_with(
    articles: &mut [Article],
    encode: impl FnOnce(&[&str]) -> Result<Array2<f32>>,
) -> Result<()> {
    let texts: Vec<&str> = articles
        .iter()
        .flat_map(|article| (0..article.sentences.len()).map(|i| article.sentence_text(i)))
        .collect();
    let vectors = encode(&texts)?;
    let mut first = 0;
    for article in articles {
        let end = first + article.sentences.len();
        article.vectors = vectors.slice(s![first..end, ..]).to_owned();
        first = end;
    }
    Ok(())
}

/// Gives articles the vectors that `encode` makes of their whole texts, `[articles, dim]`.
///
/// # Errors
/// Those of `encode`.
pub fn embed_gists_with(
    articles: &mut [Article],
    encode: impl FnOnce(&[&str]) -> Result<Array2<f32>>,
) -> Result<()> {
    let texts: Vec<&str> = articles.iter().map(|article| article.document.text.as_str()).collect();
    let gists = encode(&texts)?;
    for (article, gist) in articles.iter_mut().zip(gists.rows()) {
        article.gist = gist.to_owned();
    }
    Ok(())
}
