//! From one input to one version: a document cut into sentences, or lines taken as they are.

use rayon::prelude::*;

use super::AlignOptions;
use crate::align::Article;
use crate::error::{Error, InputProblem};
use crate::facts::FactCache;
use crate::ingest::language::{Detection, detect, detect_among};
use crate::ingest::{self, IngestOptions, Input, Note, Skipped};
use crate::jobs::{Prepared, prepare};
use crate::text::{Document, Sentence, Span};

/// A version of a text as read: its sentences without blank ones (they have no vectors yet), and how the
/// user counts them.
pub(super) type Read = (Article, Numbered);

/// The sentences of a version as the user counts them.
pub(super) struct Numbered {
    /// The number of each sentence of the article.
    pub(super) numbers: Vec<usize>,
    /// All sentences by that number, blank ones included.
    pub(super) sentences: Vec<String>,
}

/// Reads each input as a version, with its own options.
pub(super) fn versions(
    inputs: &[Input],
    ingest: &[IngestOptions],
    options: &AlignOptions,
) -> Versions {
    let read: Vec<(Result<Read, Skipped>, Vec<Note>)> = inputs
        .par_iter()
        .zip(ingest)
        .map(|(input, ingest)| match options.lines {
            true => (lines_of(input, ingest), Vec::new()),
            false => document_of(input, ingest, &options.facts),
        })
        .collect();
    let mut versions = Versions::default();
    for (read, notes) in read {
        versions.add(read);
        versions.notes.extend(notes);
    }
    versions
}

/// Versions as read, and what could not be. The first two lists run in step.
#[derive(Default)]
pub(super) struct Versions {
    pub(super) articles: Vec<Article>,
    pub(super) numbered: Vec<Numbered>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) notes: Vec<Note>,
}

impl Versions {
    fn add(&mut self, read: Result<Read, Skipped>) {
        match read {
            Ok((article, numbered)) => {
                self.articles.push(article);
                self.numbered.push(numbered);
            }
            Err(problem) => self.skipped.push(problem),
        }
    }
}

/// Reads every file of a folder as a version of a text of its own.
pub(super) fn folder(folder: &Input, ingest: &IngestOptions, options: &AlignOptions) -> Versions {
    let mut found = Versions::default();
    let read: Vec<Result<Read, Skipped>> = if options.lines {
        let files = ingest::files(folder);
        files.into_par_iter().map(|file| lines_of(&file?, ingest)).collect()
    } else {
        let Prepared { articles, skipped, notes } =
            prepare::read(std::slice::from_ref(folder), ingest, &options.facts);
        (found.skipped, found.notes) = (skipped, notes);
        articles.into_iter().map(|article| Ok(of_article(article))).collect()
    };
    read.into_iter().for_each(|version| found.add(version));
    found
}

/// The one document behind an input.
fn document_of(
    input: &Input,
    options: &IngestOptions,
    facts: &FactCache,
) -> (Result<Read, Skipped>, Vec<Note>) {
    if let Input::Path(path) = input
        && path.is_dir()
    {
        let reason = InputProblem::NotAFile("a directory");
        return (Err(skipped(path.display().to_string(), reason)), Vec::new());
    }
    let Prepared { mut articles, mut skipped, notes } =
        prepare::read(std::slice::from_ref(input), options, facts);
    let read = match (articles.pop(), skipped.pop()) {
        (Some(article), _) => Ok(of_article(article)),
        (None, Some(skipped)) => Err(skipped),
        (None, None) => Err(self::skipped(name(input), InputProblem::Empty)),
    };
    (read, notes)
}

/// A document's sentences; their numbers are their positions.
pub(super) fn of_article(article: Article) -> Read {
    let count = article.sentences.len();
    let sentences = (0..count).map(|i| article.sentence_text(i).to_owned()).collect();
    (article, Numbered { numbers: (0..count).collect(), sentences })
}

/// The lines of an input, each a sentence; blank ones keep their number and are left out of the article.
fn lines_of(input: &Input, options: &IngestOptions) -> Result<Read, Skipped> {
    let lines = ingest::read_lines(input, options)?;
    let numbers: Vec<usize> = (0..lines.len()).filter(|&i| !lines[i].trim().is_empty()).collect();
    let mut text = String::new();
    let mut spans = Vec::with_capacity(numbers.len());
    for &number in &numbers {
        let start = text.len();
        text.push_str(lines[number].trim());
        spans.push(Span::new(start, text.len()));
        text.push('\n');
    }
    let detection = match options.language {
        Some(language) => Detection { language, confidence: 1.0 },
        None => detect(&text),
    };
    let sentences: Vec<Sentence> = spans
        .par_iter()
        .enumerate()
        .map(|(paragraph, &span)| {
            let language = detect_among(span.of(&text), detection).language;
            Sentence { span, paragraph, language }
        })
        .collect();
    let document = Document {
        source: name(input),
        language_confidence: detection.confidence,
        ..Document::plain(text, detection.language, spans)
    };
    Ok((Article::new(document, sentences), Numbered { numbers, sentences: lines }))
}

/// An input's name for people.
fn name(input: &Input) -> String {
    match input {
        Input::Path(path) => path.display().to_string(),
        Input::Bytes { name, .. } => name.clone(),
    }
}

fn skipped(source: String, reason: InputProblem) -> Skipped {
    Skipped { source: source.clone(), error: Error::Input { source_name: source, reason } }
}
