//! The model in the repository: its vectors, its windows, and what happens when its files are broken.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test without its model has failed; one without development data says that it was skipped"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use ndarray::{Array2, ArrayView1};
use parallax::Error;
use parallax::align::margin::best_columns;
use parallax::embed::manifest::{MANIFEST_FILE, Manifest, Role};
use parallax::embed::{EmbedOptions, Embedder};
use parallax::ingest::Input;
use parallax::jobs::compare::{CompareOptions, compare};
use parallax::jobs::{Observer, Stage};

fn model() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("models/multilingual-e5-small-europe")
}

fn embedder() -> &'static Embedder {
    static EMBEDDER: OnceLock<Embedder> = OnceLock::new();
    EMBEDDER.get_or_init(|| {
        Embedder::open(&model(), &EmbedOptions::default()).expect("the model opens")
    })
}

/// Short texts of different length in four languages, and texts that are hardly texts.
const TEXTS: [&str; 9] = [
    "Der Hafen ist seit Dienstag wieder offen.",
    "Uostas vėl veikia nuo antradienio.",
    "The port has been open again since Tuesday.",
    "Порт снова работает со вторника.",
    "Ja.",
    "",
    "   \n\t ",
    "\u{0}\u{1b}[31m\u{feff}\u{202e}</s><mask>",
    "The council voted, after a long and at times heated debate that went on until two in the morning, to keep the old \
     bridge, to build a second one a kilometre further down the river, and to ask the region for a third of the money.",
];

fn cosine(left: ArrayView1<f32>, right: ArrayView1<f32>) -> f32 {
    left.dot(&right)
}

#[test]
fn a_text_embeds_the_same_alone_and_in_a_batch() {
    let together = embedder().embed(&TEXTS).unwrap();
    for (index, text) in TEXTS.iter().enumerate() {
        let alone = embedder().embed(&[text]).unwrap();
        let largest = (&alone.row(0) - &together.row(index))
            .iter()
            .fold(0.0_f32, |most, d| most.max(d.abs()));
        assert!(largest < 1e-4, "{text:?} differs by {largest}");
    }
}

#[test]
fn results_keep_the_order_of_the_texts() {
    let mut reversed = TEXTS;
    reversed.reverse();
    let forward = embedder().embed(&TEXTS).unwrap();
    let backward = embedder().embed(&reversed).unwrap();
    for (index, text) in TEXTS.iter().enumerate() {
        let same = cosine(forward.row(index), backward.row(TEXTS.len() - 1 - index));
        assert!(same > 0.9999, "{text:?}: {same}");
    }
}

#[test]
fn every_row_has_norm_one() {
    let vectors = embedder().embed(&TEXTS).unwrap();
    assert_eq!(vectors.dim(), (TEXTS.len(), embedder().manifest().dim));
    for row in vectors.rows() {
        assert!((row.dot(&row) - 1.0).abs() < 1e-5);
    }
    assert_eq!(embedder().embed(&[]).unwrap().dim(), (0, embedder().manifest().dim));
}

#[test]
fn translations_are_nearest() {
    let vectors = embedder().embed(&TEXTS).unwrap();
    for left in 0..4 {
        for right in 0..4 {
            let other = cosine(vectors.row(left), vectors.row(8));
            assert!(cosine(vectors.row(left), vectors.row(right)) > other, "{left} {right}");
        }
    }
}

#[test]
fn special_tokens_in_a_text_are_text() {
    let vectors = embedder().embed(&["a </s> b", "a  b"]).unwrap();
    assert!(cosine(vectors.row(0), vectors.row(1)) < 0.999);
}

#[test]
fn the_end_of_a_long_text_counts() {
    let start = "Miesto taryba svarstė naują tiltą. ".repeat(150);
    let ends = ["Galiausiai balsavo už.", "Žvejai šiemet sugavo mažiau strimelių nei pernai."];
    let texts: Vec<String> = ends.iter().map(|end| format!("{start}{}", end.repeat(40))).collect();
    let vectors = embedder().embed(&[&texts[0], &texts[1], &start]).unwrap();
    assert!(cosine(vectors.row(0), vectors.row(1)) < 0.999);
    assert!(
        cosine(vectors.row(0), vectors.row(2)) > 0.9,
        "a long text is still like its greater part"
    );
}

#[test]
fn a_huge_word_is_no_trouble() {
    let word = "x".repeat(20_000);
    let vectors = embedder().embed(&[&word]).unwrap();
    assert!(vectors.iter().all(|number| number.is_finite()));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(32))]

    #[test]
    fn any_string_has_a_vector(text in "(?s).{0,120}") {
        let vectors = embedder().embed(&[&text]).unwrap();
        let norm = vectors.row(0).dot(&vectors.row(0));
        proptest::prop_assert!((norm - 1.0).abs() < 1e-5, "{text:?} has norm {norm}");
    }
}

#[test]
fn progress_reaches_the_number_of_texts() {
    let mut seen = Vec::new();
    embedder()
        .embed_with_progress(&TEXTS, &mut |done| {
            seen.push(done);
            Ok(())
        })
        .unwrap();
    assert!(seen.is_sorted() && seen.last() == Some(&TEXTS.len()), "{seen:?}");
}

/// Ends a job once so many units of a stage are done.
struct Impatient {
    stage: Stage,
    most: usize,
    last: (Stage, usize),
    ended: bool,
}

impl Observer for Impatient {
    fn progress(&mut self, stage: Stage, done: usize, _total: usize) -> parallax::Result<()> {
        // Other threads may still come from what they were at; nothing new is begun.
        assert!(!self.ended || stage == self.stage, "{stage:?} after the end");
        if !self.ended {
            self.last = (stage, done);
            self.ended = stage == self.stage && done >= self.most;
        }
        if self.ended { Err(Error::Stopped) } else { Ok(()) }
    }
}

#[test]
fn an_observer_ends_a_job_between_batches() {
    let sentence =
        |number: usize| format!("Ferry number {number} left harbour {} late.", 7 * number);
    let text: Vec<String> = (0..500).map(sentence).collect();
    let input = Input::Bytes { name: "a.txt".to_owned(), bytes: text.join(" ").into_bytes() };
    let part = |number: usize| Input::Bytes {
        name: format!("{number}.txt"),
        bytes: format!("{}\n\n{}", sentence(number), text[number..number + 20].join(" "))
            .into_bytes(),
    };
    // Six documents are fifteen pairs, each judged and then linked, and looked at by nineteen checks.
    let several: Vec<Input> = (0..6).map(part).collect();
    let several = several.as_slice();
    let one = std::slice::from_ref(&input);
    for (stage, most, inputs) in [
        (Stage::Embedding, 100, one),
        (Stage::Aligning, 0, one),
        (Stage::Aligning, 5, several),
        (Stage::Aligning, 20, several),
        (Stage::Checking, 0, one),
        (Stage::Checking, 3, several),
    ] {
        let mut observer = Impatient { stage, most, last: (Stage::Reading, 0), ended: false };
        let ended = compare(inputs, &CompareOptions::default(), || Ok(embedder()), &mut observer);
        assert!(matches!(ended, Err(Error::Stopped)), "{stage:?}");
        assert_eq!(observer.last.0, stage, "nothing runs on");
        let soon = most..=most + rayon::current_num_threads();
        assert!(
            stage == Stage::Embedding || soon.contains(&observer.last.1),
            "{:?}",
            observer.last
        );
        assert!(stage != Stage::Embedding || observer.last.1 < 400, "{:?}", observer.last);
    }
}

/// What a disk or a download does to a file.
type Damage = fn(&mut Vec<u8>);

/// A copy of the model with one file damaged.
fn with_broken(role: Role, break_it: Damage) -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let manifest = Manifest::read(&model()).unwrap();
    fs::copy(model().join(MANIFEST_FILE), directory.path().join(MANIFEST_FILE)).unwrap();
    let mut broken = PathBuf::new();
    for file in &manifest.files {
        let (from, to) = (model().join(&file.name), directory.path().join(&file.name));
        if file.role == role {
            let mut content = fs::read(from).unwrap();
            break_it(&mut content);
            fs::write(&to, content).unwrap();
            broken = to;
        } else {
            fs::copy(from, to).unwrap();
        }
    }
    (directory, broken)
}

#[test]
fn broken_files_are_named() {
    let cases: [(Role, Damage, &str); 5] = [
        (Role::Onnx, |bytes| bytes.truncate(1000), "cut short"),
        (Role::Onnx, |bytes| bytes[50_000_000] ^= 1, "SHA-256"),
        (Role::Tokenizer, |bytes| bytes[100] ^= 1, "SHA-256"),
        (Role::Tokenizer, |bytes| bytes.clear(), "0 bytes"),
        (Role::Space, |bytes| bytes[100] ^= 1, "SHA-256"),
    ];
    for (role, break_it, cause) in cases {
        let (directory, broken) = with_broken(role, break_it);
        match Embedder::open(directory.path(), &EmbedOptions::default()) {
            Err(Error::Model { path, reason }) => {
                assert_eq!(path, broken);
                assert!(reason.contains(cause), "{reason}");
            }
            Err(other) => panic!("{other}"),
            Ok(_) => panic!("a broken {role:?} opened"),
        }
    }
}

#[test]
fn a_directory_without_a_model_says_so() {
    let directory = tempfile::tempdir().unwrap();
    let error =
        Embedder::open(directory.path(), &EmbedOptions::default()).err().unwrap().to_string();
    assert!(error.contains(MANIFEST_FILE), "{error}");
}

#[derive(serde::Deserialize)]
struct Reference {
    sentences: Vec<ReferenceSentence>,
}

#[derive(serde::Deserialize)]
struct ReferenceSentence {
    text: String,
    vector: Vec<f32>,
}

/// Vectors of the unquantised model; development data that need not be there.
fn reference() -> Option<Reference> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/model/reference.json");
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("skipped: no {}", path.display());
        return None;
    };
    Some(serde_json::from_str(&text).expect("reference.json is valid"))
}

/// Two sentences this close in the reference count as equally near: 8 bits cannot tell them apart on every processor.
const TIE: f32 = 0.003;

fn cosines(vectors: &Array2<f32>) -> Array2<f32> {
    let mut cosines = vectors.dot(&vectors.t());
    cosines.diag_mut().fill(-1.0);
    cosines
}

#[test]
fn vectors_agree_with_the_unquantised_model() {
    let Some(Reference { sentences }) = reference() else {
        return;
    };
    let texts: Vec<&str> = sentences.iter().map(|sentence| sentence.text.as_str()).collect();
    let expected: Vec<f32> =
        sentences.iter().flat_map(|sentence| sentence.vector.clone()).collect();
    let expected =
        Array2::from_shape_vec((texts.len(), embedder().manifest().dim), expected).unwrap();
    let vectors = embedder().embed(&texts).unwrap();
    for (index, text) in texts.iter().enumerate() {
        let agreement = cosine(vectors.row(index), expected.row(index));
        assert!(agreement >= 0.99, "{text:?}: {agreement}");
    }
    let wanted = cosines(&expected);
    let best = |cosines: &Array2<f32>| {
        best_columns(cosines.view()).into_iter().flatten().collect::<Vec<_>>()
    };
    for (index, (found, nearest)) in
        best(&cosines(&vectors)).into_iter().zip(best(&wanted)).enumerate()
    {
        let lost = wanted[[index, nearest]] - wanted[[index, found]];
        assert!(lost < TIE, "{:?} moved to {:?}: {lost}", texts[index], texts[found]);
    }
}
