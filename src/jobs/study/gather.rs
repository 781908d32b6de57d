//! From records to articles with sentences, facts and vectors, a portion at a time.

use std::collections::HashMap;

use ndarray::{ArrayView2, Axis as Dimension, s};
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
use crate::lang::Language;
use crate::study::axes::Axes;
use crate::study::copies::{self, Runs};
use crate::study::corpus::Meta;
use crate::study::material::{Axis, PlacedSentence};
use crate::study::sample::{Candidate, GroupBy, Sample};
use crate::text::Document;

/// Articles whose vectors are in memory at a time, and after which an interrupted run goes on.
const PORTION: usize = 64;

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
    let article = |document| prepare::article(document, &options.facts);
    let mut articles: Vec<Article> = documents.into_par_iter().map(article).collect();
    let candidates = metas
        .iter()
        .zip(&articles)
        .zip(ids.into_iter().zip(versions))
        .map(|((meta, article), (id, version))| candidate(meta, article, options.by, id, version))
        .collect();
    let named_events: Vec<Option<String>> = metas.into_iter().map(|meta| meta.event).collect();
    let yardstick = align::yardstick(&articles, embedder)?;
    let mut store = Store::new(&options.scratch, embedder.manifest().dim)?;
    let framing = options.analyses()?.iter().any(|analysis| analysis.name == "framing");
    let axes = Axes::new(if framing { &options.axes } else { &[] }, embedder)?;
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

/// Sketches and places of articles.
type Places = (Vec<Sketch>, Vec<Vec<PlacedSentence>>);

/// What sentences are seen against.
struct Seen<'s> {
    yardstick: &'s Yardstick,
    axes: &'s Axes,
}

impl Seen<'_> {
    /// Where the body sentences of an article lie, by the vectors of its sentences.
    fn place(&self, article: &Article, vectors: ArrayView2<'_, f32>) -> Vec<PlacedSentence> {
        let language = article.document.language;
        let sentences = (0..article.sentences.len()).filter(|&sentence| article.is_body(sentence));
        let place = |sentence: usize| {
            let vector = vectors.row(sentence);
            PlacedSentence {
                sentence,
                tone: self.yardstick.tone.tone(vector.insert_axis(Dimension(0)), language),
                places: self.axes.places(vector),
            }
        };
        sentences.map(place).collect()
    }
}

/// Computes the vectors of all articles, portion by portion, and puts them into the store. Of equal texts the first is
/// computed.
fn embed(
    articles: &mut [Article],
    named: &[Option<String>],
    (store, seen): (&mut Store, &Seen<'_>),
    (embedder, observer): (&Embedder, &mut dyn Observer),
) -> Result<Places> {
    let first = first_equal(articles);
    let is_new = |index: usize| first[index] == index;
    let needs_gist = |index: usize| is_new(index) && named[index].is_none();
    let new = (0..articles.len()).filter(|&index| is_new(index));
    let sentences: usize = new.map(|index| articles[index].sentences.len()).sum();
    let total = sentences + (0..articles.len()).filter(|&index| needs_gist(index)).count();
    let mut done = 0;
    let mut placed: Vec<Vec<PlacedSentence>> = Vec::with_capacity(articles.len());
    let mut sketches = Vec::with_capacity(articles.len());
    for start in (0..articles.len()).step_by(PORTION) {
        let portion = start..(start + PORTION).min(articles.len());
        let mut told = |more: usize| observer.progress(Stage::Embedding, done + more, total);
        let new: Vec<usize> = portion.clone().filter(|&index| is_new(index)).collect();
        let texts: Vec<&str> = new
            .iter()
            .flat_map(|&index| {
                let article = &articles[index];
                (0..article.sentences.len()).map(move |sentence| article.sentence_text(sentence))
            })
            .collect();
        let own = texts.len();
        let vectors = embedder.embed_with_progress(&texts, &mut told)?;
        let open: Vec<usize> = portion.clone().filter(|&index| needs_gist(index)).collect();
        let texts: Vec<&str> =
            open.iter().map(|&index| articles[index].document.text.as_str()).collect();
        let gists = embedder.embed_articles(&texts, &mut |more| told(own + more))?;
        for (&index, gist) in open.iter().zip(gists.rows()) {
            articles[index].gist = gist.to_owned();
        }
        done += own + open.len();
        let mut row = 0;
        for index in portion {
            if is_new(index) {
                let end = row + articles[index].sentences.len();
                let own = vectors.slice(s![row..end, ..]);
                store.push(own)?;
                placed.push(seen.place(&articles[index], own));
                row = end;
            } else {
                store.repeat(first[index]);
                placed.push(placed[first[index]].clone());
                articles[index].gist = articles[first[index]].gist.clone();
            }
            sketches.push(Sketch::new(&articles[index], &seen.yardstick.subjects));
        }
    }
    Ok((sketches, placed))
}

/// For each article the first one with the same sentences, or itself.
fn first_equal(articles: &[Article]) -> Vec<usize> {
    let mut first: HashMap<(&str, Language), usize> = HashMap::new();
    let mut equal = Vec::with_capacity(articles.len());
    for (index, article) in articles.iter().enumerate() {
        let document = &article.document;
        let known = *first.entry((document.text.as_str(), document.language)).or_insert(index);
        // Which paragraph is the headline is not part of the text.
        let other = &articles[known];
        let same = other.sentences == article.sentences
            && other.document.paragraphs == document.paragraphs;
        equal.push(if same { known } else { index });
    }
    equal
}
