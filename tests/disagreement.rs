//! The layers that read two texts at once find a negation that one of them has alone, on the default model, with sentences
//! of our own; a model without such layers is asked nothing.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use parallax::align::disagreement::DisagreementReader;
use parallax::embed::manifest::{MANIFEST_FILE, Manifest, Role};
use parallax::embed::{EmbedOptions, Embedder};

/// In each language what is so, and that it is not so.
const SAID: [[&str; 2]; 4] = [
    [
        "Der Bürgermeister hat den Vertrag über den neuen Hafen gestern unterschrieben.",
        "Der Bürgermeister hat den Vertrag über den neuen Hafen gestern nicht unterschrieben.",
    ],
    [
        "Meras vakar pasirašė naujojo uosto sutartį.",
        "Meras vakar nepasirašė naujojo uosto sutarties.",
    ],
    [
        "The mayor signed the contract for the new harbour yesterday.",
        "The mayor did not sign the contract for the new harbour yesterday.",
    ],
    ["Вчера мэр подписал договор о новом порте.", "Вчера мэр не подписал договор о новом порте."],
];

fn model() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("models/multilingual-e5-small-europe")
}

fn open(model: &Path) -> Embedder {
    Embedder::open(model, &EmbedOptions::default()).unwrap()
}

#[test]
fn a_negation_on_one_side_alone_tells_in_every_direction() {
    let embedder = open(&model());
    let reader = DisagreementReader::of(&embedder).unwrap().unwrap();
    let texts: Vec<&str> = SAID.iter().flatten().copied().collect();
    let vectors = embedder.embed_tokens(&texts, reader.layer()).unwrap();
    let surest = |left: usize, right: usize| {
        let found = reader.read([&vectors[left], &vectors[right]]).unwrap();
        let sides = [0, 1].map(|side| found.surest(side, |_| true).unwrap());
        sides[0].max(sides[1])
    };
    for from in 0..SAID.len() {
        for into in (0..SAID.len()).filter(|&into| into != from) {
            let agree = surest(2 * from, 2 * into).max(surest(2 * from + 1, 2 * into + 1));
            let disagree = surest(2 * from, 2 * into + 1).min(surest(2 * from + 1, 2 * into));
            assert!(disagree > agree, "{from} {into}: {disagree} {agree}");
        }
    }
}

#[test]
fn a_model_without_such_layers_has_no_reader() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(model().join(MANIFEST_FILE)).unwrap();
    let mut manifest: Manifest = serde_json::from_str(&text).unwrap();
    manifest.files.retain(|file| file.role != Role::Disagreement);
    for file in &manifest.files {
        std::fs::copy(model().join(&file.name), folder.path().join(&file.name)).unwrap();
    }
    let written = serde_json::to_string(&manifest).unwrap();
    std::fs::write(folder.path().join(MANIFEST_FILE), written).unwrap();
    assert!(DisagreementReader::of(&open(folder.path())).unwrap().is_none());
}
