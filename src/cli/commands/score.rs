//! `parallax score`: a score sheet for each pair of documents.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use parallax::Error;
use parallax::ingest::IngestOptions;
use parallax::jobs::score::{ScoreOptions, Tally, score};
use parallax::report::Tool;
use parallax::report::sheets::{Answer, FORMATS};

use super::shared;
use crate::cli::args::ScoreArgs;
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::model;
use crate::cli::output::Output;
use crate::cli::progress::Progress;
use crate::cli::terminal::Terminal;
use crate::cli::{CommandResult, Outcome};

/// Runs the command.
pub(crate) fn run(mut args: ScoreArgs, terminal: &Terminal) -> CommandResult {
    let config = Config::load(args.config.as_deref())?;
    config.fill_score(&mut args);
    let format = shared::choose(FORMATS, |format| (format.name, format.endings), &args.output)?;
    let options = options(&args)?;
    let output = Output::open(args.output.output.as_deref(), std::slice::from_ref(&args.pairs))?;
    let (mut input, total) = open(&args.pairs, terminal)?;
    let embedder = model::choose(&args.model)?.open(terminal)?;

    let mut writer = (format.writer)(options.explain);
    let mut ended = Ok(Tally::default());
    let written = output.write(|place| {
        writer.begin(&Tool::new(&embedder), place)?;
        let mut progress = Progress::new(terminal);
        let mut answer = |answers: &[Answer]| -> Result<(), Failure> {
            for answer in answers {
                tell(answer, terminal);
                writer.answer(answer, place)?;
            }
            Ok(place.flush()?)
        };
        let pairs = (args.pairs.as_path(), &mut *input as &mut dyn BufRead);
        ended = score(pairs, &options, &embedder, (&mut progress, total), &mut answer);
        // Without this a failed run would leave a file that looks complete.
        if ended.is_err() {
            return Err(io::Error::other("the run failed"));
        }
        writer.end(place)
    });
    let tally = ended?;
    written?;
    Ok(if tally.refused == 0 { Outcome::Done } else { Outcome::Incomplete })
}

fn options(args: &ScoreArgs) -> Result<ScoreOptions, Failure> {
    let defaults = ScoreOptions::default();
    let language = shared::ingest_options(args.lang.as_deref())?.language;
    let ingest = IngestOptions { language, clean: !args.no_clean, ..defaults.ingest };
    Ok(ScoreOptions { ingest, explain: args.explain })
}

/// The input, and how many lines it has where somebody wants to know and a second reading is possible.
fn open(path: &Path, terminal: &Terminal) -> Result<(Box<dyn BufRead>, usize), Failure> {
    if path == Path::new("-") {
        return Ok((Box::new(io::stdin().lock()), 0));
    }
    let failed = |error| Failure::from(Error::Io { path: path.to_owned(), error });
    let open = || File::open(path).map_err(failed);
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        let hint = "give a file with one pair a line, or `-` for standard input";
        return Err(Failure::usage(format!("{}: is a directory", path.display()), hint));
    }
    let total = if terminal.wants_progress() && metadata.is_file() {
        lines(BufReader::new(open()?)).map_err(failed)?
    } else {
        0
    };
    Ok((Box::new(BufReader::new(open()?)), total))
}

/// How many lines there are.
fn lines(mut input: impl BufRead) -> io::Result<usize> {
    let mut count = 0;
    while input.skip_until(b'\n')? > 0 {
        count += 1;
    }
    Ok(count)
}

/// Tells about a line without scores on standard error.
fn tell(answer: &Answer, terminal: &Terminal) {
    if let Answer::Refused(refused) = answer {
        let id = refused.id.as_ref().map_or(String::new(), |id| format!(" (id {id})"));
        terminal.warning(&format!("line {}{id} {}", refused.line, refused.error), &refused.hint);
    }
}
