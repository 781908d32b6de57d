//! `parallax check`: errors of a translation, and a score per segment.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use parallax::Error;
use parallax::embed::Embedder;
use parallax::ingest::IngestOptions;
use parallax::jobs::check::{self, CheckOptions, Outcome as Checked, Reader, Tally, check};
use parallax::report::translation::{CheckedOptions, FORMATS, Head, Summary, Writer};
use parallax::report::{Layout, Tool};
use parallax::translation::baseline::{self, Baseline};
use parallax::translation::checks::{DEFAULT_PROFILE, Selection, Settings};
use parallax::translation::read::{
    Items, Languages, LinePair, Problem, glossary, line_pairs, open,
};
use parallax::translation::terms::Term;

use super::{check_ranking, shared};
use crate::cli::args::CheckArgs;
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::model;
use crate::cli::output::Output;
use crate::cli::progress::Progress;
use crate::cli::terminal::Terminal;
use crate::cli::{CommandResult, Outcome};

/// Runs the command.
pub(crate) fn run(mut args: CheckArgs, terminal: &Terminal) -> CommandResult {
    let config = Config::load(args.config.as_deref())?;
    config.fill_check(&mut args);
    let mut options = options(&args)?;
    let languages = languages(&args)?;
    let mut complete = true;
    if let Some(path) = &args.glossary {
        (options.terms, complete) = terms(path, languages, terminal)?;
    }
    if !args.compare.is_empty() {
        let embedder = model::choose(&args.model)?.open(terminal)?;
        return check_ranking::run(&args, &options, languages, &embedder, terminal);
    }
    if args.no_model && args.inputs.len() == 2 && !args.lines {
        return Err(Failure::usage(
            "--no-model: two documents are aligned by the model",
            "leave it out, or give a file with both sides or --lines",
        ));
    }
    let format = shared::choose(FORMATS, |format| (format.name, format.endings), &args.output)?;
    let output = Output::open(args.output.output.as_deref(), &args.inputs)?;
    let opened = match (args.inputs.len(), args.lines) {
        (2, false) => None,
        (_, lines) => Some(items(&args.inputs, lines, languages)?),
    };
    let embedder = model::choose(&args.model)?.open(terminal)?;
    let (items, readable) = match opened {
        Some(items) => (items, true),
        None => documents(&args.inputs, args.no_clean, languages, &embedder, terminal)?,
    };

    let reader = if args.no_model { Reader::blind(&embedder) } else { Reader::new(&embedder) };
    if let Some(reason) = reader.cannot_score() {
        terminal.warning(&reason.to_string(), "the checks run all the same; segments get no score");
    }
    let layout = Layout {
        width: terminal.width,
        colour: terminal.colour && output.is_standard(),
        all: args.all,
    };
    let head = head(&args, &options, &embedder);
    let mut run = Run {
        head,
        writer: (format.writer)(&layout),
        summary: Summary::default(),
        baseline: args.update_baseline.then(Vec::new),
        terminal,
    };
    let mut ended = Ok(Tally::default());
    let written = output.write(|place| {
        run.writer.begin(&run.head, place)?;
        let mut progress = Progress::new(terminal);
        let mut answer = |outcomes: Vec<Checked>| run.take(&outcomes, place);
        ended = check(items, &options, &reader, &mut progress, &mut answer);
        drop(progress);
        match &ended {
            Ok(tally) => run.summary.accepted = tally.accepted,
            // Without this a failed run would leave a file that looks complete.
            Err(_) => return Err(io::Error::other("the run failed")),
        }
        run.writer.end(&run.head, &run.summary, place)
    });
    let tally = ended?;
    written?;
    if let (Some(path), Some(found)) = (&args.baseline, run.baseline.take()) {
        write_baseline(path, found)?;
    }
    let found = args.fail_on.map_or(0, |least| run.summary.findings.at_least(least.into()));
    Ok(match (readable && complete && tally.problems == 0, found > 0 && !args.update_baseline) {
        (false, _) => Outcome::Incomplete,
        (true, true) => Outcome::Findings,
        (true, false) => Outcome::Done,
    })
}

/// What is built up while segments come.
struct Run<'t> {
    head: Head,
    writer: Box<dyn Writer>,
    summary: Summary,
    /// Findings for the baseline, where one is to be written.
    baseline: Option<Vec<(&'static str, baseline::Fingerprint)>>,
    terminal: &'t Terminal,
}

impl Run<'_> {
    fn take(&mut self, outcomes: &[Checked], place: &mut dyn Write) -> Result<(), Failure> {
        for outcome in outcomes {
            match outcome {
                Checked::Problem(problem) => {
                    self.summary.problems += 1;
                    self.terminal.warning(&told(&self.head.files[0], problem), &problem.hint);
                }
                Checked::Remark(remark) => {
                    let told = told(&self.head.files[0], remark);
                    self.terminal.note(&format!("{told}; {}", remark.hint));
                }
                Checked::Checked(checked) => {
                    self.summary.add(checked);
                    if let Some(baseline) = &mut self.baseline {
                        let findings = checked.findings.iter();
                        baseline.extend(findings.map(|finding| {
                            (finding.check, baseline::fingerprint(&checked.segment, finding))
                        }));
                    }
                    self.writer.segment(&self.head, checked, place)?;
                }
            }
        }
        Ok(place.flush()?)
    }
}

/// A problem in one line, with its place.
pub(super) fn told(file: &str, problem: &Problem) -> String {
    match problem.location {
        Some(place) => format!("{file}:{}:{}: {}", place.line, place.column, problem.message),
        None => format!("{file}: {}", problem.message),
    }
}

fn head(args: &CheckArgs, options: &CheckOptions, embedder: &Embedder) -> Head {
    let name = |path: &Path| match path.to_str() {
        Some("-") => "<stdin>".to_owned(),
        _ => path.display().to_string(),
    };
    let (first, last) = (args.inputs.first(), args.inputs.last());
    let files = [first, last].map(|path| path.map_or(String::new(), |path| name(path)));
    Head {
        tool: Tool::new(embedder),
        options: CheckedOptions {
            profile: options.settings.profile,
            min_severity: options.selection.min_severity,
        },
        files,
        checks: check::known_checks(),
    }
}

/// What the arguments ask for, where it makes sense.
fn options(args: &CheckArgs) -> Result<CheckOptions, Failure> {
    let name = args.profile.as_deref().unwrap_or(DEFAULT_PROFILE);
    let mut settings = Settings::of(name).ok_or_else(|| {
        let known: Vec<&str> = Settings::profiles().map(|(name, _)| name).collect();
        Failure::usage(
            format!("--profile: there is no profile `{name}`"),
            format!("choose one of {}", known.join(", ")),
        )
    })?;
    if let Some(percent) = args.length_percent {
        settings.thresholds.length_percent = percent;
    }
    if let Some(confidence) = args.min_confidence {
        settings.thresholds.confidence = confidence;
    }
    let accepted = match args.baseline.as_deref().filter(|_| !args.update_baseline) {
        Some(path) => read_baseline(path)?.fingerprints(),
        None => Default::default(),
    };
    let options = CheckOptions {
        selection: Selection {
            only: args.only.clone(),
            skip: args.skip.clone(),
            min_severity: args.min_severity.map(Into::into),
        },
        settings,
        aligned: args.inputs.len() == 2 && !args.lines,
        accepted,
        terms: Vec::new(),
    };
    options.verify()?;
    Ok(options)
}

fn languages(args: &CheckArgs) -> Result<Languages, Failure> {
    match args.langs.as_slice() {
        [] => Ok(Languages::default()),
        [source, target] => Ok(Languages {
            source: Some(shared::language("--langs", source)?),
            target: Some(shared::language("--langs", target)?),
        }),
        other => Err(Failure::usage(
            format!("--langs: {} languages for two sides", other.len()),
            "give two, separated by a comma, e.g. `en,lt`",
        )),
    }
}

/// The terms of a glossary; whether all of it could be read.
fn terms(
    path: &Path,
    languages: Languages,
    terminal: &Terminal,
) -> Result<(Vec<Term>, bool), Failure> {
    let name = path.display().to_string();
    let (terms, problems) = glossary(&name, file(path)?, languages)
        .map_err(|problem| Failure::usage(told(&name, &problem), problem.hint))?;
    for problem in &problems {
        terminal.warning(&told(&name, problem), &problem.hint);
    }
    Ok((terms, problems.is_empty()))
}

/// The segments of one file with both sides, or of two whose lines belong together.
pub(super) fn items(
    paths: &[PathBuf],
    lines: bool,
    languages: Languages,
) -> Result<Items, Failure> {
    let failed = |problem: Problem, name: &str| Failure::usage(told(name, &problem), problem.hint);
    match paths {
        [source, target] if lines => {
            let pair = LinePair {
                source: (source.display().to_string(), file(source)?),
                target: (target.display().to_string(), file(target)?),
            };
            line_pairs(pair, languages)
                .map_err(|problem| Failure::usage(problem.message, problem.hint))
        }
        [path, ..] if !lines => {
            let name = path.display().to_string();
            open(&name, file(path)?, languages).map_err(|problem| failed(problem, &name))
        }
        _ => Err(Failure::usage(
            "--lines is for two files",
            "give a source and its translation, or leave it out",
        )),
    }
}

/// A file or standard input as a stream.
fn file(path: &Path) -> Result<Box<dyn Read + Send>, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin()));
    }
    if path.is_dir() {
        return Err(Failure::usage(format!("{}: is a directory", path.display()), "give a file"));
    }
    let opened = File::open(path);
    let file = opened.map_err(|error| Error::Io { path: path.to_owned(), error })?;
    Ok(Box::new(file))
}

/// The segments of two documents, aligned; whether both could be read.
pub(super) fn documents(
    paths: &[PathBuf],
    no_clean: bool,
    languages: Languages,
    embedder: &Embedder,
    terminal: &Terminal,
) -> Result<(Items, bool), Failure> {
    let ingest = IngestOptions { clean: !no_clean, ..IngestOptions::default() };
    let inputs = shared::inputs(paths, &ingest)?;
    let Ok(inputs) = inputs.try_into() else {
        return Err(Failure::usage("two inputs are needed", "give a source and its translation"));
    };
    let mut progress = Progress::new(terminal);
    let aligned = check::segments(inputs, &ingest, languages, embedder, &mut progress)?;
    drop(progress);
    shared::warn_skipped(&aligned.skipped, terminal);
    shared::tell_notes(&aligned.notes, terminal);
    if !aligned.skipped.is_empty() {
        return Err(Failure::usage(
            "there is nothing to check: a document could not be read",
            "give a source and its translation",
        ));
    }
    Ok((aligned.items, true))
}

fn read_baseline(path: &Path) -> Result<Baseline, Failure> {
    let text = fs::read_to_string(path).map_err(|error| {
        let missing = error.kind() == io::ErrorKind::NotFound;
        let failure = Failure::from(Error::Io { path: path.to_owned(), error });
        if missing {
            return Failure::usage(failure, "--update-baseline writes the first one");
        }
        failure
    })?;
    Baseline::read(&text).map_err(|reason| {
        Failure::usage(
            format!("{}: {reason}", path.display()),
            "give a file that --update-baseline wrote",
        )
    })
}

fn write_baseline(
    path: &Path,
    found: Vec<(&'static str, baseline::Fingerprint)>,
) -> Result<(), Failure> {
    let text = Baseline::new(found).to_json()?;
    Output::open(Some(path), &[])?.write(|place| place.write_all(text.as_bytes()))
}
