//! What several commands do alike: inputs, languages, formats, notes about skipped inputs.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use parallax::Error;
use parallax::error::InputProblem;
use parallax::ingest::{IngestOptions, Input, Note, Skipped};
use parallax::lang::Language;

use crate::cli::Outcome;
use crate::cli::args::OutputArgs;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;

/// Inputs as the library wants them; standard input is read here.
pub(super) fn inputs(paths: &[PathBuf], options: &IngestOptions) -> Result<Vec<Input>, Failure> {
    let mut inputs = Vec::with_capacity(paths.len());
    let mut standard_input_read = false;
    for path in paths {
        if path != Path::new("-") {
            inputs.push(Input::Path(path.clone()));
            continue;
        }
        if standard_input_read {
            return Err(Failure::usage(
                "standard input was given twice",
                "give `-` once, and the other inputs as files",
            ));
        }
        standard_input_read = true;
        let mut bytes = Vec::new();
        // One byte over the limit is enough to tell that there is too much; there may be no end.
        let most = options.max_bytes.saturating_add(1);
        let read = io::stdin().lock().take(most).read_to_end(&mut bytes);
        read.map_err(|error| Failure::from(error).context("cannot read standard input"))?;
        inputs.push(Input::Bytes { name: "<stdin>".to_owned(), bytes });
    }
    Ok(inputs)
}

/// How inputs are read, from `--lang`.
pub(super) fn ingest_options(lang: Option<&str>) -> Result<IngestOptions, Failure> {
    let language = lang.map(|code| language("--lang", code)).transpose()?;
    Ok(IngestOptions { language, ..IngestOptions::default() })
}

/// The language that an option names.
pub(super) fn language(option: &str, code: &str) -> Result<Language, Failure> {
    Language::from_code(code).ok_or_else(|| {
        Failure::usage(
            format!("{option}: `{code}` is no language code"),
            "give an ISO 639 code of two or three small letters, e.g. `lt`",
        )
    })
}

/// Tells about remarks on inputs on standard error.
pub(super) fn tell_notes(notes: &[Note], terminal: &Terminal) {
    for note in notes {
        terminal.note(&format!("{}: {}", note.source, note.message));
    }
}

/// Tells about skipped inputs on standard error.
pub(super) fn warn_skipped(skipped: &[Skipped], terminal: &Terminal) {
    for skipped in skipped {
        terminal.warning(&format!("skipped {}", skipped.error), &skipped.error.hint());
    }
}

/// How a run with these skipped inputs ended. A second copy of an input is no failure.
pub(super) fn outcome(skipped: &[Skipped]) -> Outcome {
    let copy =
        |error: &Error| matches!(error, Error::Input { reason: InputProblem::Duplicate(_), .. });
    match skipped.iter().all(|skipped| copy(&skipped.error)) {
        true => Outcome::Done,
        false => Outcome::Incomplete,
    }
}

/// Endings of documents that no command writes: what is written under such a name could not be opened.
const FOREIGN: [&str; 9] = ["pdf", "docx", "doc", "odt", "rtf", "xlsx", "xls", "ods", "epub"];

/// The row of a format table that `--format` names, that the ending of `--output` selects, or else the
/// first. `describe` gives a row's name and endings.
pub(super) fn choose<'f, F>(
    formats: &'f [F],
    describe: impl Fn(&F) -> (&'static str, &'static [&'static str]),
    output: &OutputArgs,
) -> Result<&'f F, Failure> {
    let name = |format: &F| describe(format).0;
    let names: Vec<&str> = formats.iter().map(name).collect();
    if let Some(asked) = output.format.as_deref() {
        return formats.iter().find(|format| name(format) == asked).ok_or_else(|| {
            Failure::usage(
                format!("--format: there is no format `{asked}`"),
                format!("choose one of {}", names.join(", ")),
            )
        });
    }
    let ending =
        output.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
    let ending = ending.map(str::to_lowercase);
    if let Some(ending) = ending.as_deref().filter(|ending| FOREIGN.contains(ending)) {
        return Err(Failure::usage(
            format!("--output: `.{ending}` is no format that is written here"),
            format!(
                "choose one of {} with --format; a page of `-f html` can be printed to PDF and opened by word processors",
                names.join(", ")
            ),
        ));
    }
    let by_ending = ending.and_then(|ending| {
        formats.iter().find(|format| describe(format).1.contains(&ending.as_str()))
    });
    by_ending.or(formats.first()).ok_or_else(|| Failure::usage("no formats", "reinstall Parallax"))
}
