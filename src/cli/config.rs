//! The configuration file: the long option names as keys. What the command line says goes before it.

use std::fs;
use std::path::{Path, PathBuf};

use parallax::Error;
use serde::Deserialize;

use super::args::{
    AlignArgs, CheckArgs, ColourChoice, CommonArgs, CompareArgs, CorpusArgs, DateOrderChoice,
    InputArgs, ModeChoice, ModelArgs, OutputArgs, ScoreArgs, ServeArgs, SeverityChoice,
};
use super::failure::Failure;

/// A configuration file as written. Unknown keys are errors.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Config {
    color: Option<ColourChoice>,
    quiet: bool,
    verbose: bool,
    open: bool,
    output: Option<PathBuf>,
    port: Option<u16>,
    max_request: Option<u64>,
    max_documents: Option<usize>,
    timeout: Option<u64>,
    lang: Option<String>,
    model: Option<PathBuf>,
    engine: Option<String>,
    threads: Option<usize>,
    cache: Option<PathBuf>,
    format: Option<String>,
    all: bool,
    only: Vec<String>,
    skip: Vec<String>,
    min_severity: Option<SeverityChoice>,
    fail_on: Option<SeverityChoice>,
    lines: bool,
    no_clean: bool,
    mode: Option<ModeChoice>,
    one_to_one: bool,
    max_side: Option<usize>,
    max_size: Option<usize>,
    min_score: Option<f32>,
    conflicts_below: Option<f32>,
    review: bool,
    explain: bool,
    langs: Vec<String>,
    profile: Option<String>,
    length_percent: Option<f32>,
    min_confidence: Option<f32>,
    baseline: Option<PathBuf>,
    glossary: Option<PathBuf>,
    no_model: bool,
    by: Option<String>,
    column: Vec<String>,
    date_order: Option<DateOrderChoice>,
    axes: Option<PathBuf>,
    validate: bool,
    sheet: Option<usize>,
    blind: bool,
    thresholds: Option<PathBuf>,
    seed: Option<u64>,
    permutations: Option<usize>,
    draws: Option<usize>,
    min_events: Option<usize>,
    most: Option<usize>,
}

impl Config {
    /// Reads the file, or gives an empty configuration where none is named.
    pub(crate) fn load(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self::default()) };
        let text = fs::read_to_string(path).map_err(|error| {
            Failure::from(Error::Io { path: path.to_owned(), error })
                .context("cannot read the configuration")
        })?;
        toml::from_str(&text).map_err(|error| {
            let hint = nearest_key(error.message()).map_or_else(
                || "keys are long option names such as `min-severity`".to_owned(),
                |key| format!("did you mean `{key}`? Keys are long option names"),
            );
            Failure::usage(format!("{}: {}", path.display(), told(&error, &text)), hint)
        })
    }

    /// Fills in what the command line left open about the terminal.
    pub(crate) fn fill_common(&self, args: &mut CommonArgs) {
        args.color = args.color.or(self.color);
        if !args.quiet && args.verbose == 0 {
            args.quiet = self.quiet;
            args.verbose = u8::from(self.verbose && !self.quiet);
        }
    }

    /// Fills in what the command line of `compare` left open.
    pub(crate) fn fill_compare(self, args: &mut CompareArgs) {
        args.all |= self.all;
        args.open |= self.open;
        if args.only.is_empty() {
            args.only.clone_from(&self.only);
        }
        if args.skip.is_empty() {
            args.skip.clone_from(&self.skip);
        }
        args.min_severity = args.min_severity.or(self.min_severity);
        args.fail_on = args.fail_on.or(self.fail_on);
        self.fill_model(&mut args.model);
        self.fill_output(&mut args.output);
        self.fill_input(&mut args.input);
    }

    /// Fills in what the command line of `align` left open.
    pub(crate) fn fill_align(self, args: &mut AlignArgs) {
        args.lines |= self.lines;
        args.no_clean |= self.no_clean;
        args.one_to_one |= self.one_to_one;
        args.review |= self.review;
        args.mode = args.mode.or(self.mode);
        args.max_side = args.max_side.or(self.max_side);
        args.max_size = args.max_size.or(self.max_size);
        args.min_score = args.min_score.or(self.min_score);
        args.conflicts_below = args.conflicts_below.or(self.conflicts_below);
        if args.langs.is_empty() {
            args.lang = args.lang.take().or_else(|| self.lang.clone());
        }
        self.fill_model(&mut args.model);
        self.fill_output(&mut args.output);
    }

    /// Fills in what the command line of `check` left open.
    pub(crate) fn fill_check(self, args: &mut CheckArgs) {
        args.lines |= self.lines;
        args.no_clean |= self.no_clean;
        args.no_model |= self.no_model;
        args.all |= self.all;
        for (given, own) in [(&mut args.only, &self.only), (&mut args.skip, &self.skip)] {
            if given.is_empty() {
                given.clone_from(own);
            }
        }
        if args.langs.is_empty() {
            args.langs.clone_from(&self.langs);
        }
        args.profile = args.profile.take().or_else(|| self.profile.clone());
        args.length_percent = args.length_percent.or(self.length_percent);
        args.min_confidence = args.min_confidence.or(self.min_confidence);
        args.min_severity = args.min_severity.or(self.min_severity);
        args.fail_on = args.fail_on.or(self.fail_on);
        args.glossary = args.glossary.take().or_else(|| self.glossary.clone());
        args.baseline = args.baseline.take().or_else(|| self.baseline.clone());
        self.fill_model(&mut args.model);
        self.fill_output(&mut args.output);
    }

    /// Fills in what the command line of `study` left open.
    pub(crate) fn fill_study(self, args: &mut CorpusArgs) {
        for (given, own) in [
            (&mut args.only, &self.only),
            (&mut args.skip, &self.skip),
            (&mut args.column, &self.column),
        ] {
            if given.is_empty() {
                given.clone_from(own);
            }
        }
        args.output = args.output.take().or_else(|| self.output.clone());
        args.by = args.by.take().or_else(|| self.by.clone());
        args.lang = args.lang.take().or_else(|| self.lang.clone());
        args.date_order = args.date_order.or(self.date_order);
        args.axes = args.axes.take().or_else(|| self.axes.clone());
        args.validate |= self.validate;
        args.sheet = args.sheet.or(self.sheet);
        args.blind |= self.blind;
        args.thresholds = args.thresholds.take().or_else(|| self.thresholds.clone());
        args.seed = args.seed.or(self.seed);
        args.permutations = args.permutations.or(self.permutations);
        args.draws = args.draws.or(self.draws);
        args.min_events = args.min_events.or(self.min_events);
        args.most = args.most.or(self.most);
        self.fill_model(&mut args.model);
    }

    /// Fills in what the command line of `serve` left open.
    pub(crate) fn fill_serve(&self, args: &mut ServeArgs) {
        args.open |= self.open;
        args.port = args.port.or(self.port);
        args.max_request = args.max_request.or(self.max_request);
        args.max_documents = args.max_documents.or(self.max_documents);
        args.timeout = args.timeout.or(self.timeout);
        self.fill_model(&mut args.model);
    }

    /// Fills in what the command line of `score` left open.
    pub(crate) fn fill_score(self, args: &mut ScoreArgs) {
        args.no_clean |= self.no_clean;
        args.explain |= self.explain;
        args.lang = args.lang.take().or_else(|| self.lang.clone());
        self.fill_model(&mut args.model);
        self.fill_output(&mut args.output);
    }

    /// Fills in what the command line says nothing about: the model.
    pub(crate) fn fill_model(&self, args: &mut ModelArgs) {
        args.folder.model = args.folder.model.take().or_else(|| self.model.clone());
        args.engine = args.engine.take().or_else(|| self.engine.clone());
        args.threads = args.threads.or(self.threads);
        args.cache.cache = args.cache.cache.take().or_else(|| self.cache.clone());
    }

    /// The same for the output; a format on file does not override the ending of `--output`.
    pub(crate) fn fill_output(&self, args: &mut OutputArgs) {
        if args.output.is_none() {
            args.format = args.format.take().or_else(|| self.format.clone());
            args.output.clone_from(&self.output);
        }
    }

    /// The same for the inputs.
    pub(crate) fn fill_input(&self, args: &mut InputArgs) {
        args.lang = args.lang.take().or_else(|| self.lang.clone());
    }
}

/// What is wrong and in which line, in one line; not all the keys there are.
fn told(error: &toml::de::Error, text: &str) -> String {
    let unknown = error.message().strip_prefix("unknown field");
    let message = match unknown.and_then(|rest| rest.split(", expected").next()) {
        Some(key) => format!("unknown key{key}"),
        None => error.message().replace('\n', ", "),
    };
    let start = error.span().map_or(0, |span| text.floor_char_boundary(span.start));
    let number = text[..start].matches('\n').count();
    let line = text.lines().nth(number).unwrap_or_default().trim();
    format!("line {}, `{line}`: {message}", number + 1)
}

/// The key that an unknown one was meant to be. The parser's message names the key it does not know and then all
/// that it knows, each between backticks.
fn nearest_key(message: &str) -> Option<&str> {
    const LEAST_LIKE: f64 = 0.7;
    let mut names = message.strip_prefix("unknown field")?.split('`').skip(1).step_by(2);
    let unknown = names.next()?.replace('_', "-");
    let alike = |name: &&str| strsim::jaro_winkler(name, &unknown);
    names.filter(|name| alike(name) >= LEAST_LIKE).max_by(|a, b| alike(a).total_cmp(&alike(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_key_leads_to_the_one_that_was_meant() {
        for (written, meant) in
            [("min_severity", Some("min-severity")), ("langage", Some("lang")), ("xyz", None)]
        {
            let error = toml::from_str::<Config>(&format!("{written} = 'x'")).unwrap_err();
            assert_eq!(nearest_key(error.message()), meant, "{written}");
            let told = told(&error, &format!("{written} = 'x'"));
            assert_eq!(told, format!("line 1, `{written} = 'x'`: unknown key `{written}`"));
        }
    }
}
