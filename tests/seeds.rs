//! The five real articles of `../shared/seeds`, end to end. Skipped by name where they are not there.

// What a test needs and does not get fails it; what it skips it names.
#![allow(clippy::expect_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};

use parallax::embed::{EmbedOptions, Embedder};
use parallax::ingest::Input;
use parallax::jobs::Silent;
use parallax::jobs::compare::{CompareOptions, compare};
use parallax::report::Report;

fn seeds() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    folder.is_dir().then_some(folder)
}

fn report(folder: PathBuf) -> Report {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/multilingual-e5-small-europe");
    let open = || Embedder::open(&model, &EmbedOptions::default());
    let report = compare(&[Input::Path(folder)], &CompareOptions::default(), open, &mut Silent);
    report.expect("the seeds compare")
}

#[test]
fn seeds_are_one_story_and_the_talks_of_2013_one_event() {
    let Some(folder) = seeds() else {
        println!("skipped seeds_are_one_story_and_the_talks_of_2013_one_event: no ../shared/seeds");
        return;
    };
    let report = report(folder);
    assert_eq!(report.documents.len(), 5);
    assert_eq!(report.stories.len(), 1, "{:?}", report.stories);
    let event = |id: &str| report.events.iter().find(|e| e.documents.iter().any(|d| d == id));
    let talks = event("d1").expect("every document is in an event");
    assert_eq!(talks.documents, ["d1", "d2"]);
    assert_eq!(event("d3").expect("every document is in an event").documents, ["d3"]);

    let languages: Vec<&str> = report.documents.iter().map(|d| d.language.code()).collect();
    assert_eq!(languages, ["de", "en", "lt", "en", "en"]);
    let dates: Vec<String> =
        report.documents.iter().filter_map(|d| Some(d.published?.to_string())).collect();
    assert_eq!(dates.len(), 3, "{dates:?}");
    assert_eq!((dates[0].as_str(), dates[2].as_str()), ("2013-11-01", "2016-12-03"));
    assert!(dates[1].starts_with("2019-01-1"), "{dates:?}");
    // No sentence of page furniture in another script is left in the English and German texts.
    for document in report.documents.iter().filter(|d| d.language.code() != "ru") {
        for sentence in &document.sentences {
            let cyrillic = sentence.text.chars().any(|c| ('а'..='я').contains(&c));
            assert!(!cyrillic, "{}: {}", document.id, sentence.text);
        }
    }
}
