//! A glossary: terms of the source with the terms that must, or must not, stand for them in the translation.
//!
//! CSV or TSV: a head with `source` and `target` (or codes of the two languages), and if wanted `forbidden`. Several
//! terms in a cell are separated by `|`. TBX: concepts with terms in several languages; those whose status is
//! deprecated or superseded are forbidden.

use std::io::Read;

use super::Languages;
use super::delimited::Records;
use super::inline::plain;
use super::stream::TextStream;
use super::xml::{Event, Xml};
use super::{Problem, language_of};
use crate::lang::Language;
use crate::translation::terms::Term;

/// Most terms of a glossary.
const MOST: usize = 200_000;
/// Statuses of TBX that forbid a term.
const FORBIDDEN: [&str; 4] =
    ["deprecatedTerm", "supersededTerm", "deprecatedTerm-admn-sts", "supersededTerm-admn-sts"];

/// The terms of a glossary file between two languages, and what is wrong with the file. `name` tells the format.
///
/// # Errors
/// A [`Problem`] where nothing of the file can be read.
pub fn glossary(
    name: &str,
    input: Box<dyn Read + Send>,
    languages: Languages,
) -> Result<(Vec<Term>, Vec<Problem>), Problem> {
    let unreadable = |error: std::io::Error| Problem {
        location: None,
        message: format!("cannot be read ({error})"),
        hint: "check the file's permissions".to_owned(),
    };
    let mut stream = TextStream::open(input).map_err(unreadable)?;
    let beginning = stream.beginning(4096).map_err(unreadable)?;
    let is_xml = beginning.trim_start().starts_with('<') || name.to_lowercase().ends_with(".tbx");
    if is_xml { tbx(stream, languages) } else { table(stream, languages) }
}

fn table(stream: TextStream, languages: Languages) -> Result<(Vec<Term>, Vec<Problem>), Problem> {
    let mut records = Records::new(stream);
    let head = records.line().ok().flatten();
    let location = head.as_ref().map_or(records.location(), |line| line.location);
    let head = head.map_or(String::new(), |line| line.text);
    let separator = ['\t', ';', ','].into_iter().find(|&sign| head.contains(sign)).unwrap_or(',');
    let names: Vec<String> =
        head.split(separator).map(|name| name.trim().trim_matches('"').to_lowercase()).collect();
    let column = |word: &str, language: Option<Language>| {
        let is = |name: &String| {
            name == word || language.is_some() && language_of(name) == language && name.len() <= 5
        };
        names.iter().position(is)
    };
    let source = column("source", languages.source);
    let target = column("target", languages.target);
    let (Some(source), Some(target)) = (source, target) else {
        return Err(Problem::at(
            location,
            "has no head with the columns `source` and `target`, or the codes of the two languages",
            "name the columns in the first row",
        ));
    };
    let forbidden = column("forbidden", None);
    let (mut terms, mut problems) = (Vec::new(), Vec::new());
    records.separate(separator);
    while let Some(record) = records.next() {
        let (place, fields) = match record {
            Ok(record) => record,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let cell = |at: Option<usize>| -> Vec<String> {
            let text = at.and_then(|at| fields.get(at)).map_or("", |field| field.text.as_str());
            let terms = text.split('|').map(str::trim).filter(|term| !term.is_empty());
            terms.map(str::to_owned).collect()
        };
        let [sources, targets, forbidden] = [Some(source), Some(target), forbidden].map(cell);
        if sources.is_empty() || targets.is_empty() && forbidden.is_empty() {
            let hint = "give a term on both sides, or take the row out; the other terms are used";
            problems.push(Problem::at(place, "has a term on one side only", hint));
            continue;
        }
        for source in sources {
            if terms.len() < MOST {
                let (targets, forbidden) = (targets.clone(), forbidden.clone());
                terms.push(Term { source, targets, forbidden });
            }
        }
    }
    Ok((terms, problems))
}

/// A concept of TBX in the course of being read: its terms by language, and whether they are forbidden.
type Concept = Vec<(Option<Language>, String, bool)>;

fn tbx(stream: TextStream, languages: Languages) -> Result<(Vec<Term>, Vec<Problem>), Problem> {
    let mut xml = Xml::new(stream);
    let (mut terms, mut problems) = (Vec::new(), Vec::new());
    let mut concept: Concept = Vec::new();
    let mut language = None;
    loop {
        let event = match xml.next() {
            Ok((event, _)) => event,
            Err(problem) => {
                problems.push(problem);
                break;
            }
        };
        // What is broken inside a term leaves the terms before it.
        let mut text_of = |xml: &mut Xml, name: &str| match plain(xml, name) {
            Ok(text) => Some(text),
            Err(problem) => {
                problems.push(problem);
                None
            }
        };
        match event {
            Event::Start(element) => match element.name.as_str() {
                "termEntry" | "conceptEntry" => concept.clear(),
                "langSet" | "langSec" => {
                    language = element.attribute("lang").and_then(language_of);
                }
                "term" => {
                    let Some(text) = text_of(&mut xml, "term") else { break };
                    if concept.len() < MOST {
                        concept.push((language, text, false));
                    }
                }
                "termNote" if element.attribute("type") == Some("administrativeStatus") => {
                    let Some(status) = text_of(&mut xml, "termNote") else { break };
                    if let Some(term) = concept.last_mut() {
                        term.2 = FORBIDDEN.contains(&status.as_str());
                    }
                }
                _ => {}
            },
            Event::End(name) if name == "termEntry" || name == "conceptEntry" => {
                add(&concept, languages, &mut terms);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok((terms, problems))
}

/// Adds the terms of a concept between the two languages. Where a language is not given, the first of the concept is
/// the source and all others are targets.
fn add(concept: &Concept, languages: Languages, terms: &mut Vec<Term>) {
    let first = concept.first().and_then(|term| term.0);
    let source = languages.source.or(first);
    let is_target = |language: Option<Language>| match languages.target {
        Some(target) => language == Some(target),
        None => language != source,
    };
    let of = |forbidden: bool| -> Vec<String> {
        let wanted = concept.iter().filter(|term| is_target(term.0) && term.2 == forbidden);
        wanted.map(|term| term.1.clone()).collect()
    };
    let (targets, forbidden) = (of(false), of(true));
    for (_, text, _) in concept.iter().filter(|term| term.0 == source) {
        if terms.len() < MOST && !(targets.is_empty() && forbidden.is_empty()) {
            let (targets, forbidden) = (targets.clone(), forbidden.clone());
            terms.push(Term { source: text.clone(), targets, forbidden });
        }
    }
}
