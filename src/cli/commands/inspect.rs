//! `parallax inspect`: what a stage makes of a document. No model is needed.

use std::io::{self, Write};

use parallax::align::Article;
use parallax::facts::FactCache;
use parallax::jobs::{Prepared, prepare};
use parallax::report::sanitise::printable;
use parallax::report::{DocumentEntry, build, json};
use serde::Serialize;

use super::shared;
use crate::cli::CommandResult;
use crate::cli::args::{InspectArgs, StageChoice};
use crate::cli::config::Config;
use crate::cli::output::Output;
use crate::cli::terminal::Terminal;

/// A format of `inspect`.
pub(crate) struct Format {
    /// The name given to `--format`.
    pub(crate) name: &'static str,
    endings: &'static [&'static str],
    write: fn(&[Article], StageChoice, &mut dyn Write) -> io::Result<()>,
}

/// The formats.
pub(crate) const FORMATS: &[Format] = &[
    Format { name: "text", endings: &["txt"], write: write_text },
    Format { name: "json", endings: &["json"], write: write_json },
];

/// Runs the command.
pub(crate) fn run(mut args: InspectArgs, terminal: &Terminal) -> CommandResult {
    let config = Config::load(args.input.config.as_deref())?;
    config.fill_input(&mut args.input);
    let format = shared::choose(FORMATS, |format| (format.name, format.endings), &args.output)?;
    let options = shared::ingest_options(args.input.lang.as_deref())?;
    let output = Output::open(args.output.output.as_deref(), &args.input.inputs)?;
    let Prepared { articles, skipped, notes } = prepare::read(
        &shared::inputs(&args.input.inputs, &options)?,
        &options,
        &FactCache::default(),
    );
    shared::tell_notes(&notes, terminal);

    if args.stage == StageChoice::Text && format.name == "text" {
        tell_dropped(&articles, terminal);
    }
    output.write(|place| (format.write)(&articles, args.stage, place))?;
    shared::warn_skipped(&skipped, terminal);
    Ok(shared::outcome(&skipped))
}

/// Most characters shown of a stretch that was dropped; `-f json` has all.
const SHOWN: usize = 240;

/// What is known of each document, and what was taken out of it, a note each.
fn tell_dropped(articles: &[Article], terminal: &Terminal) {
    for article in articles {
        let document = &article.document;
        let date = document.published.map(|date| date.to_string());
        let authors = Some(document.origin.authors.join(", ")).filter(|names| !names.is_empty());
        let known = [&document.outlet, &date, &authors, &document.origin.address];
        let known: Vec<&str> = known.into_iter().flatten().map(String::as_str).collect();
        if !known.is_empty() {
            terminal.note(&format!("{}: {}", document.source, known.join(", ")));
        }
        for doubt in &document.origin.doubts {
            terminal.note(&format!("{}: may not be whole: {doubt}", document.source));
        }
        for dropped in &document.dropped {
            let text = dropped.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let mut shown: String = text.chars().take(SHOWN).collect();
            if shown.len() < text.len() {
                shown.push_str(" …");
            }
            terminal.note(&format!("{}: dropped {}: {shown}", document.source, dropped.reason));
        }
    }
}

/// What `-f json` shows.
#[derive(Serialize)]
struct Shown<'a> {
    documents: Vec<ShownDocument<'a>>,
}

#[derive(Serialize)]
struct ShownDocument<'a> {
    #[serde(flatten)]
    entry: DocumentEntry,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

fn write_json<'a>(
    articles: &'a [Article],
    stage: StageChoice,
    output: &mut dyn Write,
) -> io::Result<()> {
    let document = |(index, article): (usize, &'a Article)| ShownDocument {
        entry: build::document(index, article),
        text: (stage == StageChoice::Text).then_some(article.document.text.as_str()),
    };
    let documents = articles.iter().enumerate().map(document).collect();
    json::write_indented(&Shown { documents }, output)
}

fn write_text(articles: &[Article], stage: StageChoice, output: &mut dyn Write) -> io::Result<()> {
    for (index, article) in articles.iter().enumerate() {
        if index > 0 {
            writeln!(output)?;
        }
        match stage {
            StageChoice::Text => text(article, output)?,
            StageChoice::Sentences => sentences(article, output)?,
            StageChoice::Facts => facts(article, output)?,
        }
    }
    Ok(())
}

/// The cleaned text; paragraphs stay apart.
fn text(article: &Article, output: &mut dyn Write) -> io::Result<()> {
    for line in article.document.text.lines() {
        writeln!(output, "{}", printable(line))?;
    }
    Ok(())
}

/// One sentence a line, a blank line between paragraphs.
fn sentences(article: &Article, output: &mut dyn Write) -> io::Result<()> {
    let mut paragraph = article.sentences.first().map(|sentence| sentence.paragraph);
    for (index, sentence) in article.sentences.iter().enumerate() {
        if paragraph != Some(sentence.paragraph) {
            writeln!(output)?;
            paragraph = Some(sentence.paragraph);
        }
        writeln!(output, "{}", printable(article.sentence_text(index)))?;
    }
    Ok(())
}

/// Each sentence with its facts below it.
fn facts(article: &Article, output: &mut dyn Write) -> io::Result<()> {
    for index in 0..article.sentences.len() {
        writeln!(output, "{}", printable(article.sentence_text(index)))?;
        for fact in &article.facts[index] {
            let text = printable(fact.span.of(&article.document.text));
            writeln!(output, "    {text}: {}", serde_json::to_string(&fact.value)?)?;
        }
    }
    Ok(())
}
