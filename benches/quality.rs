//! The quality bench: one table over the development sets, checked against `floors.toml`.
//!
//! `cargo bench --bench quality` prints the table and fails where a figure lies below its floor. Arguments
//! name the sections to run, e.g. `-- segmentation language`. Without `../shared/data` it says so and
//! ends well: the sets are no part of this repository.

// A bench talks to whoever runs it, and stops where something it needs is broken.
#![allow(clippy::expect_used, clippy::print_stdout)]

#[path = "quality/alignment.rs"]
mod alignment;
#[path = "quality/checks.rs"]
mod checks;
#[path = "quality/coverage.rs"]
mod coverage;
#[path = "quality/cross_validation.rs"]
mod cross_validation;
#[path = "quality/damage.rs"]
mod damage;
#[path = "quality/documents.rs"]
mod documents;
#[path = "quality/events.rs"]
mod events;
#[path = "quality/facts.rs"]
mod facts;
#[path = "quality/html.rs"]
mod html;
#[path = "quality/language.rs"]
mod language;
#[path = "quality/links.rs"]
mod links;
#[path = "quality/made.rs"]
mod made;
#[path = "quality/names.rs"]
mod names;
#[path = "quality/negation.rs"]
mod negation;
#[path = "quality/translation/planted.rs"]
mod planted;
#[path = "quality/pools.rs"]
mod pools;
#[path = "quality/random.rs"]
mod random;
#[path = "quality/recall.rs"]
mod recall;
#[path = "quality/regression.rs"]
mod regression;
#[path = "quality/retellings.rs"]
mod retellings;
#[path = "quality/retrieval.rs"]
mod retrieval;
#[path = "quality/samples.rs"]
mod samples;
#[path = "quality/segmentation.rs"]
mod segmentation;
#[path = "quality/similarity.rs"]
mod similarity;
#[path = "quality/speech.rs"]
mod speech;
#[path = "quality/study.rs"]
mod study;
#[path = "quality/translation.rs"]
mod translation;
#[path = "quality/vectors.rs"]
mod vectors;
#[path = "quality/wording.rs"]
mod wording;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use parallax::embed::{EmbedOptions, Embedder};
pub(crate) use recall::recall_and_precision;

/// A figure of the table.
pub(crate) struct Row {
    /// The part of the pipeline it measures.
    pub(crate) section: &'static str,
    /// What was measured.
    pub(crate) name: String,
    /// The figure.
    pub(crate) value: f64,
    /// What it counts, e.g. `%`.
    pub(crate) unit: &'static str,
}

/// What a section measures, with or without a model.
enum Measure {
    Plain(fn() -> Vec<Row>),
    WithModel(fn(&Embedder) -> Vec<Row>),
}

/// The sections, in the order of the table.
const SECTIONS: &[(&str, Measure)] = &[
    ("language", Measure::Plain(language::run)),
    ("html", Measure::Plain(html::run)),
    ("segmentation", Measure::Plain(segmentation::run)),
    ("facts", Measure::Plain(facts::run)),
    ("names", Measure::WithModel(names::run)),
    ("damage", Measure::Plain(damage::run)),
    ("wording", Measure::Plain(wording::run)),
    ("negation", Measure::WithModel(negation::run)),
    ("speech", Measure::WithModel(speech::run)),
    ("retrieval", Measure::WithModel(retrieval::run)),
    ("alignment", Measure::WithModel(alignment::run)),
    ("links", Measure::WithModel(links::run)),
    ("documents", Measure::WithModel(documents::run)),
    ("events", Measure::WithModel(events::run)),
    ("similarity", Measure::WithModel(similarity::run)),
    ("checks", Measure::WithModel(checks::run)),
    ("coverage", Measure::WithModel(coverage::run)),
    ("samples", Measure::WithModel(samples::run)),
    ("translation", Measure::WithModel(translation::run)),
    ("study", Measure::WithModel(study::run)),
];

/// Floors by section, then by name.
type Floors = BTreeMap<String, BTreeMap<String, f64>>;

/// Folder of the development sets.
pub(crate) fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data")
}

fn main() -> ExitCode {
    if !data().is_dir() {
        println!("quality: skipped, there is no {}", data().display());
        return ExitCode::SUCCESS;
    }
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let floors: Floors = toml::from_str(include_str!("floors.toml")).expect("floors.toml is sound");
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/multilingual-e5-small-europe");
    let mut embedder = None;
    let mut fallen = Vec::new();
    println!("{:<14} {:<44} {:>9} {:>7}", "section", "figure", "value", "floor");
    for (name, measure) in SECTIONS {
        if !wanted.is_empty() && !wanted.iter().any(|section| section == name) {
            continue;
        }
        let start = Instant::now();
        let rows = match measure {
            Measure::Plain(run) => run(),
            Measure::WithModel(run) => run(embedder.get_or_insert_with(|| {
                Embedder::open(&model, &EmbedOptions::default()).expect("the default model opens")
            })),
        };
        for row in rows {
            print_row(&row, &floors, &mut fallen);
        }
        println!("{name:<14} {:<44} {:>9.1} s", "(took)", start.elapsed().as_secs_f64());
    }
    for line in &fallen {
        println!("below its floor: {line}");
    }
    if fallen.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn print_row(row: &Row, floors: &Floors, fallen: &mut Vec<String>) {
    let floor = floors.get(row.section).and_then(|section| section.get(&row.name)).copied();
    let shown = floor.map_or(String::new(), |floor| format!("{floor:.2}"));
    println!("{:<14} {:<44} {:>9.2} {:>7} {}", row.section, row.name, row.value, shown, row.unit);
    if floor.is_some_and(|floor| row.value < floor) {
        fallen.push(format!("{} {}: {:.2} < {shown}", row.section, row.name, row.value));
    }
}
