//! From records to articles with sentences, facts and vectors, a portion at a time.

use ndarray::{Array1, Array2, Axis as Dimension};
use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::StudyOptions;
use super::store::Store;
use crate::align::events::Sketch;
use crate::align::scores::Yardstick;
use crate::align::{self, Article};
use crate::embed::Embedder;
use crate::error::Result;
use crate::jobs::{Observer, Stage, prepare};
use crate::study::axes::Axes;
use crate::study::copies::{self, Runs};
use crate::study::corpus::Meta;
use crate::study::material::{Axis, PlacedSentence};
use crate::study::sample::{Candidate, GroupBy, Sample};
use crate::text::Document;

/// Articles whose vectors are in memory at a time.
const PORTION: usize = 256;

/// Everything that is known about the articles of a corpus one by one.
pub(super) struct Gathered {
    /// The articles; their vectors are in the store.
    pub(super) articles: Vec<Article>,
    pub(super) candidates: Vec<Candidate>,
    /// The events that the corpus names.
    pub(super) named_events: Vec<Option<String>>,
    pub(super) sketches: Vec<Sketch>,
    /// Tone and places on the axes of the body sentences of each article, not yet standardised.
    pub(super) placed: Vec<Vec<PlacedSentence>>,
    pub(super) axes: Vec<Axis>,
    pub(super) store: Store,
    pub(super) yardstick: Yardstick,
}

/// Makes the articles of a corpus ready.
pub(super) fn gather(
    articles: Vec<(Meta, Document)>,
    options: &StudyOptions,
    embedder: &Embedder,
    observer: &mut dyn Observer,
) -> Result<Gathered> {
    let ids = Sample::unique_ids(articles.iter().map(|(meta, _)| meta.id.clone()));
    let runs: Vec<Runs> =
        articles.par_iter().map(|(_, document)| Runs::new(&document.text)).collect();
    let versions = copies::versions(&runs);
    let (metas, documents): (Vec<Meta>, Vec<Document>) = articles.into_iter().unzip();
    let mut articles: Vec<Article> = documents.into_par_iter().map(prepare::article).collect();
    let candidates = metas
        .iter()
        .zip(&articles)
        .zip(ids.into_iter().zip(versions))
        .map(|((meta, article), (id, version))| candidate(meta, article, options.by, id, version))
        .collect();
    let named_events: Vec<Option<String>> = metas.into_iter().map(|meta| meta.event).collect();
    let yardstick = align::yardstick(&articles, embedder)?;
    let mut store = Store::new(&options.scratch, embedder.manifest().dim)?;
    let axes = Axes::new(&options.axes, embedder)?;
    let seen = Seen { yardstick: &yardstick, axes: &axes };
    let (sketches, placed) =
        embed(&mut articles, &named_events, (&mut store, &seen), (embedder, observer))?;
    let axes = axes.axes;
    Ok(Gathered { articles, candidates, named_events, sketches, placed, axes, store, yardstick })
}

fn candidate(meta: &Meta, article: &Article, by: GroupBy, id: String, version: usize) -> Candidate {
    let document = &article.document;
    Candidate {
        id,
        title: document.title.clone(),
        group: by.value(meta, document),
        outlet: meta.outlet.clone(),
        language: document.language,
        published: document.published,
        version,
        words: document.text.unicode_words().count(),
        sentences: article.sentences.len(),
    }
}

/// What sentences are seen against.
struct Seen<'s> {
    yardstick: &'s Yardstick,
    axes: &'s Axes,
}

impl Seen<'_> {
    /// Where the body sentences of an article with vectors lie.
    fn place(&self, article: &Article) -> Vec<PlacedSentence> {
        let language = article.document.language;
        let sentences = (0..article.sentences.len()).filter(|&sentence| article.is_body(sentence));
        let place = |sentence: usize| {
            let vector = article.vectors.row(sentence);
            PlacedSentence {
                sentence,
                tone: self.yardstick.tone.tone(vector.insert_axis(Dimension(0)), language),
                places: self.axes.places(vector),
            }
        };
        sentences.map(place).collect()
    }
}

/// Computes the vectors of all articles, portion by portion, and puts them into the store.
fn embed(
    articles: &mut [Article],
    named: &[Option<String>],
    (store, seen): (&mut Store, &Seen<'_>),
    (embedder, observer): (&Embedder, &mut dyn Observer),
) -> Result<(Vec<Sketch>, Vec<Vec<PlacedSentence>>)> {
    let sentences: usize = articles.iter().map(|article| article.sentences.len()).sum();
    let total = sentences + named.iter().filter(|event| event.is_none()).count();
    let (mut done, mut first) = (0, 0);
    let mut sketches = Vec::with_capacity(articles.len());
    let mut placed = Vec::with_capacity(articles.len());
    for portion in articles.chunks_mut(PORTION) {
        let mut told = |more: usize| observer.progress(Stage::Embedding, done + more, total);
        let own: usize = portion.iter().map(|article| article.sentences.len()).sum();
        prepare::embed_with(portion, |texts| embedder.embed_with_progress(texts, &mut told))?;
        let open: Vec<usize> =
            (0..portion.len()).filter(|index| named[first + index].is_none()).collect();
        embed_gists(portion, &open, embedder, &mut |more| told(own + more))?;
        first += portion.len();
        done += own + open.len();
        for article in portion {
            sketches.push(Sketch::new(article, &seen.yardstick.subjects));
            placed.push(seen.place(article));
            store.push(&article.vectors)?;
            article.vectors = Array2::zeros((0, 0));
            article.gist = Array1::zeros(0);
        }
    }
    Ok((sketches, placed))
}

/// Computes the vectors of some whole articles: those that are to be grouped into events.
fn embed_gists(
    articles: &mut [Article],
    open: &[usize],
    embedder: &Embedder,
    told: &mut dyn FnMut(usize),
) -> Result<()> {
    let texts: Vec<&str> =
        open.iter().map(|&index| articles[index].document.text.as_str()).collect();
    let gists = embedder.embed_articles(&texts, told)?;
    for (&index, gist) in open.iter().zip(gists.rows()) {
        articles[index].gist = gist.to_owned();
    }
    Ok(())
}
