//! A source and its translation as two documents: cut into sentences, aligned, and each link a segment.

use std::ops::Range;

use crate::align::Article;
use crate::embed::Embedder;
use crate::error::Result;
use crate::facts::FactCache;
use crate::ingest::encoding;
use crate::ingest::{IngestOptions, Input, Note, Skipped};
use crate::jobs::align::{AlignOptions, parallel_beads};
use crate::jobs::{Observer, Prepared, prepare};
use crate::text::Span;
use crate::translation::read::{Item, Items, Languages};
use crate::translation::{Location, Segment, Side};

/// The segments of two documents, and what is to be said about the documents.
pub struct Aligned {
    /// The segments; empty where a document could not be read.
    pub items: Items,
    /// Documents that could not be read.
    pub skipped: Vec<Skipped>,
    /// Remarks on the documents.
    pub notes: Vec<Note>,
}

/// Reads and aligns a source and its translation.
///
/// # Errors
/// Those of the engine.
pub fn segments(
    inputs: [Input; 2],
    ingest: &IngestOptions,
    languages: Languages,
    embedder: &Embedder,
    observer: &mut dyn Observer,
) -> Result<Aligned> {
    let mut prepared = Prepared { articles: Vec::new(), skipped: Vec::new(), notes: Vec::new() };
    let known = [languages.source, languages.target];
    for (input, language) in inputs.iter().zip(known) {
        let options = IngestOptions { language: language.or(ingest.language), ..ingest.clone() };
        let read = prepare::read(std::slice::from_ref(input), &options, &FactCache::default());
        prepared.articles.extend(read.articles.into_iter().take(1));
        prepared.skipped.extend(read.skipped);
        prepared.notes.extend(read.notes);
    }
    let Prepared { mut articles, skipped, notes } = prepared;
    let mut items = Vec::new();
    if articles.len() == 2 {
        prepare::embed(&mut articles, embedder, observer)?;
        let sides = [&articles[0], &articles[1]];
        let beads = parallel_beads(sides, &AlignOptions::default(), embedder, observer)?;
        let [source, target] = [0, 1].map(|side| Places::new(sides[side], &inputs[side]));
        for (index, bead) in beads.iter().enumerate() {
            let source = source.side(bead.left.clone());
            let target = target.side(bead.right.clone());
            let segment = Segment::new((index + 1).to_string(), source, target);
            items.push(Item::Segment(Box::new(segment)));
        }
    }
    Ok(Aligned { items: Box::new(items.into_iter()), skipped, notes })
}

/// A document and where the lines of its source begin.
struct Places<'a> {
    article: &'a Article,
    /// The place of the first character of each line, in scalar values of the decoded source.
    lines: Vec<usize>,
}

impl<'a> Places<'a> {
    fn new(article: &'a Article, input: &Input) -> Self {
        let bytes = match input {
            Input::Path(path) => std::fs::read(path).unwrap_or_default(),
            Input::Bytes { bytes, .. } => bytes.clone(),
        };
        let text = encoding::decode(&bytes, None).text;
        let breaks = text.chars().enumerate().filter(|(_, letter)| *letter == '\n');
        let lines = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        Self { article, lines }
    }

    /// Some sentences in a row as one side of a segment.
    fn side(&self, sentences: Range<usize>) -> Side {
        let document = &self.article.document;
        let first = sentences.clone().next().map(|index| &self.article.sentences[index]);
        let last = sentences.last().map(|index| &self.article.sentences[index]);
        let (Some(first), Some(last)) = (first, last) else {
            return Side::new("", document.language);
        };
        let span = Span::new(first.span.start, last.span.end);
        let mut side = Side::new(span.of(&document.text), document.language);
        // Cleaning may have joined lines: every character has the place that its source had.
        let mut next = None;
        let characters = document.positions.characters(&document.text, span);
        let bytes = side.text.char_indices().map(|(byte, _)| byte);
        let mut anchors = Vec::new();
        for (byte, (letter, at)) in bytes.zip(characters) {
            if next != Some(at) || letter == '\n' {
                anchors.push((byte, self.location(at)));
            }
            next = Some(at + 1);
        }
        side.anchors = anchors;
        side
    }

    fn location(&self, at: usize) -> Location {
        let line = self.lines.partition_point(|&start| start <= at).max(1);
        Location { line, column: at - self.lines[line - 1] + 1 }
    }
}
