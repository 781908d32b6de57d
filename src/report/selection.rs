//! What a report for people shows first: the pairs that matter, the strongest links, the claims most
//! told, the weightiest findings. Both text writers ask here, so they tell the same story.

use std::collections::BTreeMap;

use super::{ClaimEntry, DocumentEntry, EventEntry, FindingEntry, LinkEntry, PairEntry, Report};

/// Pairs shown in full.
const PAIRS: usize = 4;
/// Links shown for each pair.
const LINKS: usize = 8;
/// Rows of the claims matrix.
const CLAIMS: usize = 15;
/// Findings shown of each check.
const FINDINGS_PER_CHECK: usize = 6;

/// A selection and how much it leaves out.
pub struct Selection<'r, T> {
    /// What is shown.
    pub shown: Vec<&'r T>,
    /// How many more there are.
    pub left_out: usize,
}

impl<'r, T> Selection<'r, T> {
    fn first(mut items: Vec<&'r T>, limit: usize, all: bool) -> Self {
        let total = items.len();
        if !all {
            items.truncate(limit);
        }
        let left_out = total - items.len();
        Self { shown: items, left_out }
    }
}

/// The pairs worth reading: those with links, of the same event first, then by similarity.
pub fn pairs(report: &Report, all: bool) -> Selection<'_, PairEntry> {
    let mut pairs: Vec<&PairEntry> = report.pairs.iter().filter(|p| !p.links.is_empty()).collect();
    pairs.sort_by(|one, other| {
        let same = |pair: &PairEntry| same_event(report, &pair.left, &pair.right);
        same(other).cmp(&same(one)).then(other.scores.overall.total_cmp(&one.scores.overall))
    });
    Selection::first(pairs, PAIRS, all)
}

/// Whether two documents are in one event.
pub fn same_event(report: &Report, left: &str, right: &str) -> bool {
    let holds = |documents: &[String], id: &str| documents.iter().any(|document| document == id);
    report
        .events
        .iter()
        .any(|event| holds(&event.documents, left) && holds(&event.documents, right))
}

/// The strongest links of a pair, in the order of the left document.
pub fn links(pair: &PairEntry, all: bool) -> Selection<'_, LinkEntry> {
    let mut order: Vec<usize> = (0..pair.links.len()).collect();
    order.sort_by(|&a, &b| pair.links[b].score.total_cmp(&pair.links[a].score));
    if !all {
        order.truncate(LINKS);
    }
    order.sort_unstable();
    Selection {
        left_out: pair.links.len() - order.len(),
        shown: order.into_iter().map(|i| &pair.links[i]).collect(),
    }
}

/// The claims that most documents make, first mention first among equals.
pub fn claims(report: &Report, all: bool) -> Selection<'_, ClaimEntry> {
    let mut claims: Vec<&ClaimEntry> = report.claims.iter().collect();
    claims.sort_by_key(|claim| std::cmp::Reverse(claim.documents.len()));
    Selection::first(claims, CLAIMS, all)
}

/// The findings to show, in report order: of each check the first few, so that a frequent check does
/// not bury a rare one.
pub fn findings(report: &Report, all: bool) -> Selection<'_, FindingEntry> {
    let mut per_check: BTreeMap<&str, usize> = BTreeMap::new();
    let shown: Vec<&FindingEntry> = report
        .findings
        .iter()
        .filter(|finding| {
            let seen = per_check.entry(finding.check).or_default();
            *seen += 1;
            all || *seen <= FINDINGS_PER_CHECK
        })
        .collect();
    Selection { left_out: report.findings.len() - shown.len(), shown }
}

/// The further stretches of a finding, a line for each document: `“the islands” (2), “the archipelago”`.
pub fn evidence(finding: &FindingEntry) -> Vec<(&str, String)> {
    let documents = finding.evidence.chunk_by(|one, other| one.document == other.document);
    let line = |places: &[super::PlaceEntry]| {
        let mut texts: Vec<(&str, usize)> = Vec::new();
        for place in places {
            match texts.iter_mut().find(|(text, _)| *text == place.text) {
                Some((_, times)) => *times += 1,
                None => texts.push((&place.text, 1)),
            }
        }
        let texts: Vec<String> = texts
            .into_iter()
            .map(|(text, times)| match times {
                1 => format!("“{text}”"),
                times => format!("“{text}” ({times})"),
            })
            .collect();
        texts.join(", ")
    };
    documents.map(|places| (places[0].document.as_str(), line(places))).collect()
}

/// The publication dates of an event's documents in words.
pub fn dates(event: &EventEntry) -> String {
    if event.dates.is_empty() {
        return "no date".to_owned();
    }
    let dates: Vec<String> = event.dates.iter().map(ToString::to_string).collect();
    dates.join(", ")
}

/// A line that says in words what was compared and found.
pub fn summary(report: &Report) -> String {
    let languages: std::collections::BTreeSet<&str> =
        report.documents.iter().map(|document| document.language.code()).collect();
    let mut parts = vec![
        count(report.documents.len(), "document", "documents"),
        count(languages.len(), "language", "languages"),
        count(report.stories.len(), "story", "stories"),
        count(report.events.len(), "event", "events"),
        count(report.claims.len(), "shared claim", "shared claims"),
        count(report.findings.len(), "finding", "findings"),
    ];
    if !report.skipped.is_empty() {
        parts.push(count(report.skipped.len(), "input skipped", "inputs skipped"));
    }
    parts.join(" · ")
}

/// The language of a document, with a question mark where it is little more than a guess.
pub fn language(document: &DocumentEntry) -> String {
    const GUESS: f32 = 0.5;
    let mark = if document.language_confidence < GUESS { "?" } else { "" };
    format!("{}{mark}", document.language.code())
}

/// What two documents cover of each other, in words.
pub fn coverage(pair: &PairEntry) -> String {
    format!(
        "{} of {} is told in {}, {} of {} in {}",
        percent(pair.coverage.left_in_right),
        pair.left,
        pair.right,
        percent(pair.coverage.right_in_left),
        pair.right,
        pair.left
    )
}

/// `1 event`, `2 events`.
pub fn count(number: usize, singular: &str, plural: &str) -> String {
    format!("{number} {}", if number == 1 { singular } else { plural })
}

/// A probability or share as whole percent.
pub fn percent(share: f32) -> String {
    format!("{} %", (share * 100.0).round())
}

/// What the numbers of a report mean, a line each: printed below every report for people.
pub const LEGEND: [&str; 5] = [
    "Similarity runs from 0 to 1; 1 means the same content. It is made of the passages that say the same, the names and dates that both have, and the vectors of all sentences.",
    "Coverage is the share of a document that the other one tells too; headlines and leads weigh most.",
    "The percentage beside a linked passage is the probability that both sides say the same.",
    "A claim is a statement that at least two documents make. ● makes it, · does not.",
    "The percentage beside a finding is its confidence. `parallax explain CHECK` tells what a check means.",
];
