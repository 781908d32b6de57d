//! The JSON report keeps its contract: ids resolve, positions lead to the text, groups are complete,
//! and the same inputs give the same report.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

use serde_json::Value;

use crate::program::{parallax, samples};

fn compare(inputs: &[String]) -> Vec<u8> {
    let ran = parallax(["compare", "-f", "json"].map(str::to_owned).iter().chain(inputs));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    ran.bytes
}

static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| compare(&samples()));
static REPORT: LazyLock<Value> = LazyLock::new(|| serde_json::from_slice(&BYTES).unwrap());

fn list<'v>(value: &'v Value, field: &str) -> &'v Vec<Value> {
    value[field].as_array().unwrap_or_else(|| panic!("{field} is no list in {value}"))
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_else(|| panic!("{field} is no text in {value}"))
}

fn texts(value: &Value, field: &str) -> Vec<String> {
    list(value, field).iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

fn assert_share(value: &Value) {
    let number = value.as_f64().unwrap_or_else(|| panic!("{value} is no number"));
    assert!((0.0..=1.0).contains(&number), "{number}");
}

/// The ids of a list are the letter and the place in the list.
fn assert_numbered(items: &[Value], letter: &str) {
    for (index, item) in items.iter().enumerate() {
        assert_eq!(text(item, "id"), format!("{letter}{index}"));
    }
}

/// The sentences by id.
fn sentences() -> BTreeMap<&'static str, &'static Value> {
    let documents = list(&REPORT, "documents").iter();
    documents.flat_map(|d| list(d, "sentences")).map(|s| (text(s, "id"), s)).collect()
}

fn document_ids() -> BTreeSet<String> {
    list(&REPORT, "documents").iter().map(|d| text(d, "id").to_owned()).collect()
}

#[test]
fn the_head_says_what_made_the_report() {
    assert_eq!(REPORT["schema"], "parallax.report/1");
    assert_eq!(REPORT["tool"]["name"], "parallax");
    assert_eq!(REPORT["tool"]["version"], env!("CARGO_PKG_VERSION"));
    assert!(REPORT["tool"]["engine"].is_string());
    let model = &REPORT["tool"]["model"];
    assert_eq!(text(model, "sha256").len(), 64);
    assert!(model["dim"].as_u64().unwrap() > 0 && !text(model, "id").is_empty());
    assert!(!list(&REPORT["options"], "checks").is_empty());
    assert!(list(&REPORT, "skipped").is_empty());
}

#[test]
fn documents_are_in_the_order_of_the_inputs() {
    let documents = list(&REPORT, "documents");
    assert_numbered(documents, "d");
    let sources: Vec<&str> = documents.iter().map(|d| text(d, "source")).collect();
    assert_eq!(sources, samples());
    for document in documents {
        assert!(document["title"].is_string());
        assert!(["de", "en", "lt", "ru"].contains(&text(document, "language")));
        assert_share(&document["language_confidence"]);
        let date = text(document, "published");
        assert!(date.len() == 10 && date.as_bytes()[4] == b'-', "{date}");
        for (index, sentence) in list(document, "sentences").iter().enumerate() {
            assert_eq!(text(sentence, "id"), format!("{}.s{index}", text(document, "id")));
        }
    }
}

/// The source text between the positions of an entry.
fn between(source: &[char], entry: &Value) -> Vec<char> {
    let position = |field: &str| entry[field].as_u64().unwrap() as usize;
    source[position("start")..position("end")].to_vec()
}

/// Whether `shown` is what is left of the stretch when marks and line breaks between its first and
/// last character go.
fn is_left_of(stretch: &[char], shown: &str) -> bool {
    let mut rest = stretch.iter();
    let found = shown
        .chars()
        .filter(|character| !character.is_whitespace())
        .all(|character| rest.any(|&candidate| candidate == character));
    found
        && stretch.first().copied() == shown.chars().next()
        && stretch.last().copied() == shown.chars().next_back()
}

#[test]
fn positions_lead_to_the_same_text_in_the_source() {
    for document in list(&REPORT, "documents") {
        let source = fs::read_to_string(text(document, "source")).unwrap();
        let source: Vec<char> = source.chars().collect();
        let mut end = 0;
        for sentence in list(document, "sentences") {
            let start = sentence["start"].as_u64().unwrap();
            assert!(start >= end, "{sentence}");
            end = sentence["end"].as_u64().unwrap();
            for entry in list(sentence, "facts").iter().chain([sentence]) {
                let stretch = between(&source, entry);
                let shown = text(entry, "text");
                assert!(is_left_of(&stretch, shown), "{stretch:?} is not {shown}");
            }
            for fact in list(sentence, "facts") {
                assert!(fact["kind"].is_string() && !fact["value"].is_null(), "{fact}");
            }
        }
        for dropped in list(document, "dropped") {
            assert!(!text(dropped, "reason").is_empty());
            assert!(is_left_of(&between(&source, dropped), text(dropped, "text")), "{dropped}");
        }
    }
}

#[test]
fn similarity_is_symmetric_and_that_of_the_pairs() {
    let similarity = &REPORT["similarity"];
    let documents = texts(similarity, "documents");
    assert_eq!(documents.iter().cloned().collect::<BTreeSet<_>>(), document_ids());
    let rows = list(similarity, "overall");
    for (row, values) in rows.iter().enumerate() {
        assert_eq!(values.as_array().unwrap().len(), documents.len());
        assert_eq!(values[row], 1.0);
        for column in 0..documents.len() {
            assert_share(&values[column]);
            assert_eq!(values[column], rows[column][row]);
        }
    }
    let pairs = list(&REPORT, "pairs");
    assert_eq!(pairs.len(), documents.len() * (documents.len() - 1) / 2);
    for pair in pairs {
        let place = |side| documents.iter().position(|id| id == text(pair, side)).unwrap();
        let (left, right) = (place("left"), place("right"));
        assert!(left < right, "{pair}");
        assert_eq!(pair["scores"]["overall"], rows[left][right]);
    }
}

#[test]
fn pairs_have_all_scores_and_links_between_their_sentences() {
    let sentences = sentences();
    for pair in list(&REPORT, "pairs") {
        for score in ["overall", "narrative", "entities", "geography", "time", "style", "tone"] {
            assert_share(&pair["scores"][score]);
        }
        assert_share(&pair["coverage"]["left_in_right"]);
        assert_share(&pair["coverage"]["right_in_left"]);
        for link in list(pair, "links") {
            assert_share(&link["score"]);
            assert_eq!(text(link, "mode"), "comparable");
            for side in ["left", "right"] {
                let ids = texts(link, side);
                assert!(!ids.is_empty());
                for id in ids {
                    assert!(sentences.contains_key(id.as_str()), "{id}");
                    assert!(id.starts_with(&format!("{}.", text(pair, side))), "{id} in {link}");
                }
            }
        }
    }
}

#[test]
fn claims_are_made_by_their_sentences_and_by_two_documents_at_least() {
    let sentences = sentences();
    let claims = list(&REPORT, "claims");
    assert!(!claims.is_empty());
    assert_numbered(claims, "c");
    for claim in claims {
        let members = texts(claim, "sentences");
        let makers: BTreeSet<&str> =
            members.iter().map(|id| id.split_once('.').unwrap().0).collect();
        assert_eq!(makers.into_iter().collect::<Vec<_>>(), texts(claim, "documents"));
        assert!(list(claim, "documents").len() > 1, "{claim}");
        let same = |id: &String| text(sentences[id.as_str()], "text") == text(claim, "text");
        assert!(members.iter().any(same), "{claim}");
    }
}

#[test]
fn every_document_is_in_one_event_and_every_event_in_one_story() {
    let (events, stories) = (list(&REPORT, "events"), list(&REPORT, "stories"));
    assert_numbered(events, "e");
    assert_numbered(stories, "s");
    let mut grouped: Vec<String> = events.iter().flat_map(|e| texts(e, "documents")).collect();
    grouped.sort();
    assert_eq!(grouped, document_ids().into_iter().collect::<Vec<_>>());
    for story in stories {
        assert!(!text(story, "label").is_empty());
        let of_story = events.iter().filter(|event| event["story"] == story["id"]);
        let documents: BTreeSet<String> = of_story.flat_map(|e| texts(e, "documents")).collect();
        assert_eq!(documents, texts(story, "documents").into_iter().collect());
    }
    for event in events {
        assert!(stories.iter().any(|story| story["id"] == event["story"]), "{event}");
        assert!(!text(event, "label").is_empty() && event["dates"].is_array());
    }
}

#[test]
fn findings_lead_to_documents_and_sentences() {
    let findings = list(&REPORT, "findings");
    assert!(!findings.is_empty());
    assert_numbered(findings, "f");
    let (sentences, documents) = (sentences(), document_ids());
    let checks = texts(&REPORT["options"], "checks");
    for finding in findings {
        assert!(checks.iter().any(|check| check == text(finding, "check")));
        assert!(["info", "minor", "major", "critical"].contains(&text(finding, "severity")));
        assert_share(&finding["confidence"]);
        assert!(!text(finding, "message").is_empty());
        let sides: Vec<&Value> = ["left", "right"].iter().filter_map(|&s| finding.get(s)).collect();
        assert!(!sides.is_empty(), "{finding}");
        for side in sides {
            assert!(documents.contains(text(side, "document")));
            let (start, end) = (side["start"].as_u64().unwrap(), side["end"].as_u64().unwrap());
            assert!(start <= end, "{side}");
            let Some(id) = side.get("sentence") else { continue };
            let sentence = sentences[id.as_str().unwrap()];
            assert!(text(sentence, "text").contains(text(side, "text")), "{side}");
            assert!(start >= sentence["start"].as_u64().unwrap(), "{side}");
            assert!(end <= sentence["end"].as_u64().unwrap(), "{side}");
        }
    }
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    assert!(compare(&samples()) == *BYTES, "two runs differ");
    let mut one_thread = ["compare", "-f", "json", "--threads", "1"].map(str::to_owned).to_vec();
    one_thread.extend(samples());
    assert!(parallax(one_thread).bytes == *BYTES, "one thread and several differ");
}

/// Links as sources with positions, each pair the same way round.
fn links(report: &Value) -> BTreeMap<[String; 2], BTreeSet<[Vec<String>; 2]>> {
    let source = |id: &str| {
        let documents = list(report, "documents");
        text(documents.iter().find(|d| text(d, "id") == id).unwrap(), "source").to_owned()
    };
    let numbers = |link: &Value, side: &str| -> Vec<String> {
        texts(link, side).iter().map(|id| id.split_once('.').unwrap().1.to_owned()).collect()
    };
    let mut found: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for pair in list(report, "pairs") {
        let sources = [source(text(pair, "left")), source(text(pair, "right"))];
        let swapped = sources[0] > sources[1];
        let mut key = sources;
        key.sort();
        let links = found.entry(key).or_default();
        for link in list(pair, "links") {
            let [left, right] = ["left", "right"].map(|side| numbers(link, side));
            links.insert(if swapped { [right, left] } else { [left, right] });
        }
    }
    found
}

#[test]
fn the_order_of_the_inputs_changes_no_link_and_no_event() {
    let reversed: Vec<String> = samples().into_iter().rev().collect();
    let reversed: Value = serde_json::from_slice(&compare(&reversed)).unwrap();
    assert_eq!(links(&REPORT), links(&reversed));
    let events = |report: &Value| -> BTreeSet<BTreeSet<String>> {
        let source = |id: &String| {
            let documents = list(report, "documents");
            text(documents.iter().find(|d| text(d, "id") == id).unwrap(), "source").to_owned()
        };
        list(report, "events")
            .iter()
            .map(|e| texts(e, "documents").iter().map(source).collect())
            .collect()
    };
    assert_eq!(events(&REPORT), events(&reversed));
}
