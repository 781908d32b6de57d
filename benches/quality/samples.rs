//! The sample articles of this repository, compared as a user would, against what `truth.toml` says.

use std::path::{Path, PathBuf};

use parallax::embed::{EmbedOptions, Embedder};
use parallax::ingest::Input;
use parallax::jobs::Silent;
use parallax::jobs::compare::{CompareOptions, compare};
use parallax::report::{FindingEntry, Report};
use serde::Deserialize;

use crate::Row;

/// The parts of `truth.toml` that are measured.
#[derive(Deserialize)]
pub(crate) struct Truth {
    /// One row for each article.
    pub(crate) documents: Vec<TrueDocument>,
    claims: Vec<TrueClaim>,
    differences: Vec<TrueDifference>,
}

#[derive(Deserialize)]
pub(crate) struct TrueDocument {
    file: String,
    /// The event it tells of.
    pub(crate) event: String,
    title: String,
    published: String,
    furniture: Vec<String>,
}

#[derive(Deserialize)]
struct TrueClaim {
    said: Vec<Said>,
}

#[derive(Deserialize)]
struct Said {
    file: String,
    text: Option<String>,
}

#[derive(Deserialize)]
struct TrueDifference {
    check: String,
    left: Vec<Said>,
    right: Vec<Said>,
}

/// The checks whose planted differences are counted, and whether everything of the kind that is there was planted.
const CHECKS: [(&str, bool); 14] = [
    ("omission", false),
    ("addition", false),
    ("reordered-lead", true),
    ("number-mismatch", true),
    ("date-mismatch", true),
    ("unit-mismatch", true),
    ("name-mismatch", true),
    ("title-mismatch", true),
    ("naming", true),
    ("framing", true),
    ("negation", false),
    ("attribution", false),
    ("quote-changed", true),
    ("tone", false),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples")
}

/// What is true of the samples.
pub(crate) fn truth() -> Truth {
    let text = std::fs::read_to_string(folder().join("truth.toml")).expect("truth.toml is there");
    toml::from_str(&text).expect("truth.toml is sound")
}

/// The samples as inputs, in the order of the truth.
pub(crate) fn inputs(truth: &Truth) -> Vec<Input> {
    let path = |document: &TrueDocument| Input::Path(folder().join(&document.file));
    truth.documents.iter().map(path).collect()
}

/// Runs the section.
pub(crate) fn run(_embedder: &Embedder) -> Vec<Row> {
    let truth = truth();
    let inputs = inputs(&truth);
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/multilingual-e5-small-europe");
    let open = || Embedder::open(&model, &EmbedOptions::default());
    let report = compare(&inputs, &CompareOptions::default(), open, &mut Silent)
        .expect("the samples compare");

    let mut rows = document_rows(&truth, &report);
    rows.extend(link_rows(&truth, &report));
    rows.push(row("pairs of documents in the right event", event_share(&truth, &report)));
    let mut whole = Counts::default();
    for (check, known_in_full) in CHECKS {
        let counts = counts(&truth, &report, check);
        rows.push(row(format!("{check}, planted ones found"), share(counts.found, counts.planted)));
        whole.planted += counts.planted;
        whole.found += counts.found;
        if known_in_full {
            let right = share(counts.right, counts.findings);
            rows.push(row(format!("{check}, findings right"), right));
            whole.right += counts.right;
            whole.findings += counts.findings;
        }
    }
    rows.push(row("all checks, planted ones found", share(whole.found, whole.planted)));
    rows.push(row("all checks known in full, findings right", share(whole.right, whole.findings)));
    rows
}

/// Planted differences and findings of a check.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    planted: usize,
    /// Planted ones that a finding is about.
    found: usize,
    findings: usize,
    /// Findings that are about a planted one.
    right: usize,
}

fn row(name: impl Into<String>, share: f64) -> Row {
    Row { section: "samples", name: name.into(), value: 100.0 * share, unit: "%" }
}

fn share(right: usize, of: usize) -> f64 {
    if of == 0 { 1.0 } else { right as f64 / of as f64 }
}

/// Titles, dates and page furniture.
fn document_rows(truth: &Truth, report: &Report) -> Vec<Row> {
    let documents = || truth.documents.iter().zip(&report.documents);
    let count = truth.documents.len();
    let titles = documents().filter(|(t, d)| d.title.as_deref() == Some(&t.title)).count();
    let dates = documents()
        .filter(|(t, d)| d.published.map(|date| date.to_string()).as_deref() == Some(&t.published))
        .count();
    let lines: Vec<bool> = documents()
        .flat_map(|(t, d)| t.furniture.iter().map(move |line| (line, d)))
        .map(|(line, d)| d.sentences.iter().all(|sentence| !line.contains(&sentence.text)))
        .collect();
    let gone = lines.iter().filter(|&&gone| gone).count();
    vec![
        row("titles", share(titles, count)),
        row("publication dates", share(dates, count)),
        row("page furniture taken out", share(gone, lines.len())),
    ]
}

/// Indices of the truth's claims that a sentence of a document states.
pub(crate) fn claims_of(truth: &Truth, document: usize, sentence: &str) -> Vec<usize> {
    let file = &truth.documents[document].file;
    let says = |claim: &TrueClaim| {
        let mut said = claim.said.iter().filter(|said| &said.file == file);
        said.any(|said| said.text.as_deref().is_some_and(|part| overlaps(sentence, part)))
    };
    (0..truth.claims.len()).filter(|&claim| says(&truth.claims[claim])).collect()
}

/// Whether a sentence holds a fragment, or a fragment that runs over sentences holds the sentence.
fn overlaps(sentence: &str, fragment: &str) -> bool {
    sentence.contains(fragment) || fragment.contains(sentence.trim_end_matches('.'))
}

fn index(id: &str) -> Option<usize> {
    id.get(1..)?.parse().ok()
}

/// Recall over the pairs of documents that make a claim; precision over links between sentences of
/// known claims.
fn link_rows(truth: &Truth, report: &Report) -> Vec<Row> {
    let mut found = std::collections::BTreeSet::new();
    let (mut right, mut wrong) = (0, 0);
    for pair in &report.pairs {
        for link in &pair.links {
            let claims = |ids: &[String]| -> Vec<usize> {
                ids.iter()
                    .filter_map(|id| Some((index(id.split_once('.')?.0)?, report.sentence(id)?)))
                    .flat_map(|(document, sentence)| claims_of(truth, document, &sentence.text))
                    .collect()
            };
            let (left, other) = (claims(&link.left), claims(&link.right));
            let shared: Vec<usize> = left.iter().copied().filter(|c| other.contains(c)).collect();
            if !shared.is_empty() {
                right += 1;
            } else if !left.is_empty() && !other.is_empty() {
                wrong += 1;
            }
            found.extend(shared.into_iter().map(|claim| (claim, &pair.left, &pair.right)));
        }
    }
    let wanted: usize = truth
        .claims
        .iter()
        .map(|claim| claim.said.iter().filter(|said| said.text.is_some()).count())
        .map(|makers| makers * makers.saturating_sub(1) / 2)
        .sum();
    vec![
        row("links, recall on claims", share(found.len(), wanted)),
        row("links, precision on claims", share(right, right + wrong)),
    ]
}

/// Share of document pairs that are rightly in one event, or rightly not.
fn event_share(truth: &Truth, report: &Report) -> f64 {
    let event = |index: usize| {
        let id = &report.documents[index].id;
        report.events.iter().position(|event| event.documents.contains(id))
    };
    let (mut right, mut count) = (0, 0);
    for one in 0..truth.documents.len() {
        for other in one + 1..truth.documents.len() {
            let wanted = truth.documents[one].event == truth.documents[other].event;
            right += usize::from((event(one) == event(other)) == wanted);
            count += 1;
        }
    }
    share(right, count)
}

fn counts(truth: &Truth, report: &Report, check: &str) -> Counts {
    let planted: Vec<&TrueDifference> =
        truth.differences.iter().filter(|difference| difference.check == check).collect();
    let findings: Vec<&FindingEntry> =
        report.findings.iter().filter(|finding| finding.check == check).collect();
    let about = |finding: &FindingEntry, difference: &TrueDifference| {
        matches(truth, report, finding, difference)
    };
    Counts {
        planted: planted.len(),
        found: planted.iter().filter(|one| findings.iter().any(|f| about(f, one))).count(),
        findings: findings.len(),
        right: findings.iter().filter(|f| planted.iter().any(|one| about(f, one))).count(),
    }
}

/// Whether a finding is about a planted difference: its sentences hold the fragments of both sides, or of
/// the one side that has any.
fn matches(
    truth: &Truth,
    report: &Report,
    finding: &FindingEntry,
    difference: &TrueDifference,
) -> bool {
    let holds = |side: &[Said]| {
        [&finding.left, &finding.right].into_iter().flatten().any(|place| {
            let file = index(&place.document).map(|index| truth.documents[index].file.as_str());
            let text = place.sentence.as_deref().and_then(|id| report.sentence(id));
            side.iter().any(|said| {
                Some(said.file.as_str()) == file
                    && said.text.as_deref().is_none_or(|fragment| {
                        text.is_some_and(|sentence| overlaps(&sentence.text, fragment))
                    })
            })
        })
    };
    holds(&difference.left) && holds(&difference.right)
}
