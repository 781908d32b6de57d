//! What the content of a request asks for.

use std::io::{Cursor, Read};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use parallax::differences::CheckOptions as CompareChecks;
use parallax::finding::Severity;
use parallax::ingest::{IngestOptions, Input};
use parallax::jobs::check::CheckOptions;
use parallax::jobs::compare::CompareOptions;
use parallax::lang::Language;
use parallax::translation::checks::{DEFAULT_PROFILE, Selection, Settings};
use parallax::translation::read::{Items, Languages, LinePair, Problem, line_pairs, open};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Limits;
use super::answers::error;
use super::http::Answer;
use crate::cli::args::SeverityChoice;

/// A comparison as asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AskedComparison {
    documents: Vec<Given>,
    lang: Option<String>,
    #[serde(default)]
    only: Vec<String>,
    #[serde(default)]
    skip: Vec<String>,
    min_severity: Option<SeverityChoice>,
}

/// A check of a translation as asked for: a file with both sides, or a source and a target.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AskedCheck {
    file: Option<Given>,
    source: Option<Given>,
    target: Option<Given>,
    /// Whether line 5 of the target translates line 5 of the source.
    #[serde(default)]
    lines: bool,
    langs: Option<[String; 2]>,
    profile: Option<String>,
    #[serde(default)]
    only: Vec<String>,
    #[serde(default)]
    skip: Vec<String>,
    min_severity: Option<SeverityChoice>,
}

/// A document of it: its text, or the bytes of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    name: Option<String>,
    text: Option<String>,
    base64: Option<String>,
}

/// A name for people that tells the format, and the bytes.
type Named = (String, Vec<u8>);

/// What a translation is read from.
pub(super) enum Texts {
    /// Segments as the files have them.
    Segments(Items),
    /// A source and its translation, to be aligned first.
    Documents(Box<[Input; 2]>),
}

/// A check of a translation.
pub(super) struct Check {
    pub(super) texts: Texts,
    /// Names of source and target, the same where one file has both.
    pub(super) names: [String; 2],
    pub(super) languages: Languages,
    pub(super) ingest: IngestOptions,
    pub(super) options: CheckOptions,
}

fn bad(reason: &str, hint: &str) -> Answer {
    error(400, reason, hint)
}

fn parsed<T: DeserializeOwned>(content: &[u8]) -> Result<T, Answer> {
    serde_json::from_slice(content).map_err(|problem| {
        bad(&format!("the content is not as described: {problem}"), "see /api/openapi.json")
    })
}

/// The documents and options of a comparison.
pub(super) fn comparison(
    content: &[u8],
    limits: Limits,
) -> Result<(Vec<Input>, CompareOptions), Answer> {
    let asked: AskedComparison = parsed(content)?;
    let most = limits.documents;
    if asked.documents.is_empty() || asked.documents.len() > most {
        let reason = format!("{} documents were given", asked.documents.len());
        return Err(bad(&reason, &format!("give 1 to {most}")));
    }
    let language = asked.lang.as_deref().map(|code| language("lang", code)).transpose()?;
    let inputs = asked
        .documents
        .into_iter()
        .enumerate()
        .map(|(index, given)| {
            let (name, bytes) = named(given, &format!("text {}", index + 1))?;
            Ok(Input::Bytes { name, bytes })
        })
        .collect::<Result<_, Answer>>()?;
    let checks = CompareChecks {
        only: asked.only,
        skip: asked.skip,
        min_severity: asked.min_severity.map(Severity::from),
    };
    checks.selected().map_err(|problem| bad(&problem.to_string(), &problem.hint()))?;
    let options = CompareOptions {
        ingest: ingest(language, limits),
        checks,
        most_documents: most,
        ..CompareOptions::default()
    };
    Ok((inputs, options))
}

/// The texts and options of a check.
pub(super) fn check(content: &[u8], limits: Limits) -> Result<Check, Answer> {
    let asked: AskedCheck = parsed(content)?;
    let languages = match asked.langs {
        Some([source, target]) => Languages {
            source: Some(language("langs", &source)?),
            target: Some(language("langs", &target)?),
        },
        None => Languages::default(),
    };
    let sides = match (asked.file, asked.source, asked.target) {
        (Some(file), None, None) => (named(file, "translation")?, None),
        (None, Some(source), Some(target)) => {
            (named(source, "source")?, Some(named(target, "target")?))
        }
        _ => {
            return Err(bad(
                "neither a file with both sides nor a source and a target were given",
                "give `file`, or `source` and `target`",
            ));
        }
    };
    let first = sides.0.0.clone();
    let names = [first.clone(), sides.1.as_ref().map_or(first, |(name, _)| name.clone())];
    let texts = texts(sides, asked.lines, languages)?;
    let profile = asked.profile.as_deref().unwrap_or(DEFAULT_PROFILE);
    let settings = Settings::of(profile).ok_or_else(|| {
        let known: Vec<&str> = Settings::profiles().map(|(name, _)| name).collect();
        bad(
            &format!("there is no profile `{profile}`"),
            &format!("give one of {}", known.join(", ")),
        )
    })?;
    let options = CheckOptions {
        selection: Selection {
            only: asked.only,
            skip: asked.skip,
            min_severity: asked.min_severity.map(Severity::from),
        },
        settings,
        aligned: matches!(texts, Texts::Documents(_)),
        ..CheckOptions::default()
    };
    options.verify().map_err(|problem| bad(&problem.to_string(), &problem.hint()))?;
    Ok(Check { texts, names, languages, ingest: ingest(None, limits), options })
}

/// One file with both sides, two whose lines belong together, or two documents.
fn texts(
    (first, second): (Named, Option<Named>),
    lines: bool,
    languages: Languages,
) -> Result<Texts, Answer> {
    let stream = |bytes: Vec<u8>| -> Box<dyn Read + Send> { Box::new(Cursor::new(bytes)) };
    let refused = |name: &str| {
        let name = name.to_owned();
        move |problem: Problem| error(422, &format!("{name}: {}", problem.message), &problem.hint)
    };
    let (name, bytes) = first;
    match second {
        None => open(&name, stream(bytes), languages).map(Texts::Segments).map_err(refused(&name)),
        Some((target, target_bytes)) if lines => {
            let pair = LinePair {
                source: (name.clone(), stream(bytes)),
                target: (target, stream(target_bytes)),
            };
            line_pairs(pair, languages).map(Texts::Segments).map_err(refused(&name))
        }
        Some((target, target_bytes)) => Ok(Texts::Documents(Box::new([
            Input::Bytes { name, bytes },
            Input::Bytes { name: target, bytes: target_bytes },
        ]))),
    }
}

fn ingest(language: Option<Language>, limits: Limits) -> IngestOptions {
    IngestOptions { language, max_bytes: limits.size as u64, ..IngestOptions::default() }
}

fn language(field: &str, code: &str) -> Result<Language, Answer> {
    Language::from_code(code).ok_or_else(|| {
        bad(&format!("`{field}`: `{code}` is no language code"), "give a code such as `lt`")
    })
}

/// A document's name and bytes. The name is for people and tells the format; no file of that name is ever opened.
fn named(given: Given, otherwise: &str) -> Result<Named, Answer> {
    let name = given.name.unwrap_or_default();
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let name = if name.is_empty() { otherwise.to_owned() } else { name.to_owned() };
    let bytes = match (given.text, given.base64) {
        (Some(text), None) => text.into_bytes(),
        (None, Some(encoded)) => BASE64_STANDARD.decode(encoded.trim()).map_err(|problem| {
            bad(&format!("{name}: its content is no base64 ({problem})"), "see /api/openapi.json")
        })?,
        _ => {
            return Err(bad(
                &format!("{name}: it has no content, or two"),
                "give `text` or `base64`",
            ));
        }
    };
    Ok((name, bytes))
}
