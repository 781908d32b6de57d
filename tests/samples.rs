//! The sample articles and their `truth.toml` belong together: every fragment it quotes is there.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its samples has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;

const LANGUAGES: [&str; 4] = ["de", "en", "lt", "ru"];
const SEVERITIES: [&str; 4] = ["info", "minor", "major", "critical"];

/// The checks between versions of an event; each is planted in both events.
const CHECKS: [&str; 14] = [
    "omission",
    "addition",
    "reordered-lead",
    "number-mismatch",
    "date-mismatch",
    "unit-mismatch",
    "name-mismatch",
    "title-mismatch",
    "naming",
    "framing",
    "attribution",
    "negation",
    "quote-changed",
    "tone",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Truth {
    events: Vec<Event>,
    documents: Vec<Article>,
    claims: Vec<Claim>,
    differences: Vec<Difference>,
    agrees: Vec<Agreement>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Event {
    id: String,
    story: String,
    label: String,
    dates: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Article {
    file: String,
    event: String,
    language: String,
    title: String,
    published: String,
    outlet: String,
    furniture: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    id: String,
    event: String,
    core: bool,
    text: String,
    said: Vec<Fragment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    check: String,
    severity: String,
    event: String,
    note: String,
    left: Vec<Fragment>,
    right: Vec<Fragment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Agreement {
    kind: String,
    event: String,
    said: Vec<Fragment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fragment {
    file: String,
    text: Option<String>,
    value: Option<String>,
}

/// The truth, and the text of every article by file name.
fn load() -> (Truth, BTreeMap<String, String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let truth = fs::read_to_string(folder.join("truth.toml")).unwrap();
    let truth: Truth = toml::from_str(&truth).unwrap();
    let texts = truth
        .documents
        .iter()
        .map(|article| {
            let text = fs::read_to_string(folder.join(&article.file)).unwrap();
            (article.file.clone(), text)
        })
        .collect();
    (truth, texts)
}

/// Every fragment with the event it is quoted for.
fn fragments(truth: &Truth) -> impl Iterator<Item = (&str, &Fragment)> {
    let claims = truth.claims.iter().map(|c| (&c.event, &c.said));
    let left = truth.differences.iter().map(|d| (&d.event, &d.left));
    let right = truth.differences.iter().map(|d| (&d.event, &d.right));
    let agrees = truth.agrees.iter().map(|a| (&a.event, &a.said));
    claims
        .chain(left)
        .chain(right)
        .chain(agrees)
        .flat_map(|(event, list)| list.iter().map(move |fragment| (event.as_str(), fragment)))
}

#[test]
fn every_fragment_stands_in_one_line_of_its_article() {
    let (truth, texts) = load();
    for (event, fragment) in fragments(&truth) {
        let article = truth.documents.iter().find(|d| d.file == fragment.file);
        assert_eq!(article.unwrap().event, event, "{}", fragment.file);
        if let Some(text) = &fragment.text {
            let file = &texts[&fragment.file];
            let mut body =
                file.lines().filter(|line| !article.unwrap().furniture.iter().any(|f| f == line));
            assert!(body.any(|line| line.contains(text.as_str())), "{}: {text}", fragment.file);
        }
    }
}

#[test]
fn articles_are_described_rightly() {
    let (truth, texts) = load();
    for article in &truth.documents {
        let text = &texts[&article.file];
        assert!(text.contains(&article.title), "{}: title", article.file);
        assert!(text.contains(&article.outlet), "{}: outlet", article.file);
        assert!(article.published.parse::<Date>().is_ok(), "{}", article.file);
        for furniture in &article.furniture {
            let found = text.lines().any(|line| line == furniture);
            assert!(found, "{}: {furniture}", article.file);
        }
        let words = text.split_whitespace().count();
        assert!((300..=520).contains(&words), "{}: {words} words", article.file);
    }
}

#[test]
fn each_event_is_a_story_told_in_every_language() {
    let (truth, _) = load();
    let stories: BTreeSet<_> = truth.events.iter().map(|event| &event.story).collect();
    assert_eq!(stories.len(), truth.events.len());
    for event in &truth.events {
        assert!(!event.label.is_empty() && !event.dates.is_empty());
        assert!(event.dates.iter().all(|date| date.parse::<Date>().is_ok()));
        let languages: BTreeSet<_> = truth
            .documents
            .iter()
            .filter(|article| article.event == event.id)
            .map(|article| article.language.as_str())
            .collect();
        assert!(languages.into_iter().eq(LANGUAGES), "{}", event.id);
    }
}

#[test]
fn core_claims_are_made_by_every_outlet() {
    let (truth, _) = load();
    for event in &truth.events {
        let core = truth.claims.iter().filter(|c| c.event == event.id && c.core);
        assert!(core.count() >= 5, "{}", event.id);
    }
    for claim in truth.claims.iter().filter(|claim| claim.core) {
        let files: BTreeSet<_> = claim.said.iter().map(|said| &said.file).collect();
        assert_eq!(files.len(), LANGUAGES.len(), "{}: {}", claim.id, claim.text);
    }
}

#[test]
fn every_check_is_planted_in_both_events() {
    let (truth, _) = load();
    let planted: BTreeSet<_> =
        truth.differences.iter().map(|d| (d.event.as_str(), d.check.as_str())).collect();
    for event in &truth.events {
        for check in CHECKS {
            assert!(planted.contains(&(event.id.as_str(), check)), "{}: {check}", event.id);
        }
    }
    for difference in &truth.differences {
        assert!(CHECKS.contains(&difference.check.as_str()), "{}", difference.check);
        assert!(SEVERITIES.contains(&difference.severity.as_str()), "{}", difference.severity);
        assert!(!difference.note.is_empty());
        assert!(difference.left.iter().all(|side| side.text.is_some()));
        let lacking = difference.right.iter().any(|side| side.text.is_none());
        let coverage = ["omission", "addition"].contains(&difference.check.as_str());
        assert_eq!(lacking, coverage, "{}", difference.note);
    }
}

#[test]
fn agreements_compare_at_least_two_articles() {
    let (truth, _) = load();
    for agreement in &truth.agrees {
        assert!(agreement.said.len() >= 2, "{} of {}", agreement.kind, agreement.event);
        assert!(agreement.said.iter().all(|side| side.text.is_some() && side.value.is_some()));
    }
}
