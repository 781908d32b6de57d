//! Sentence vectors for the benches, kept in a file under `target/` so that a second run does not encode
//! again.
//!
//! The file's name holds a hash of the model and of the vector of a probe sentence: another model, or
//! another way to make vectors of it, starts another file.

use std::collections::{HashMap, HashSet};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use ndarray::{Array2, ArrayView1};
use parallax::align::Article;
use parallax::align::disagreement::{Disagreement, DisagreementReader};
use parallax::embed::Embedder;
use parallax::jobs::prepare;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

/// A sentence whose vector tells whether vectors are still made as they were.
const PROBE: &str = "Die 12 Fähren — laivai, ships, корабли — kehrten um 7:30 Uhr zurück.";

type Key = [u8; 32];

struct Store {
    path: PathBuf,
    dim: usize,
    vectors: HashMap<Key, Vec<f32>>,
}

/// Vectors of the texts, `[texts, dim]`, from the store or else from the encoder.
pub(crate) fn embed(embedder: &Embedder, texts: &[&str]) -> Array2<f32> {
    stored(embedder, texts, "", |texts| embedder.embed(texts).expect("the engine runs"))
}

/// Vectors of whole articles, `[texts, dim]`, from the store or else from the encoder.
pub(crate) fn embed_whole(embedder: &Embedder, texts: &[&str]) -> Array2<f32> {
    let compute =
        |texts: &[&str]| embedder.embed_articles(texts, &mut |_| Ok(())).expect("the engine runs");
    stored(embedder, texts, "article", compute)
}

/// Where a left and a right text disagree, of each pair.
#[allow(dead_code)]
pub(crate) fn disagreements(embedder: &Embedder, pairs: &[[&str; 2]]) -> Vec<Disagreement> {
    let reader = DisagreementReader::of(embedder).expect("the layers can be read");
    let reader = reader.expect("the default model has such layers");
    // In parts, since the vectors of tokens take room.
    let of_part = |pairs: &[[&str; 2]]| -> Vec<Disagreement> {
        let mut texts = pairs.concat();
        texts.sort_unstable();
        texts.dedup();
        let vectors = embedder.embed_tokens(&texts, reader.layer()).expect("the engine runs");
        let of = |text: &str| &vectors[texts.binary_search(&text).expect("every text is encoded")];
        let read = |pair: &[&str; 2]| reader.read(pair.map(of)).expect("the engine runs");
        pairs.par_iter().map(read).collect()
    };
    pairs.chunks(4096).flat_map(of_part).collect()
}

/// Vectors by the hash of `kind` and text.
fn stored(
    embedder: &Embedder,
    texts: &[&str],
    kind: &str,
    compute: impl Fn(&[&str]) -> Array2<f32>,
) -> Array2<f32> {
    static STORE: OnceLock<Mutex<Store>> = OnceLock::new();
    let store = STORE.get_or_init(|| Mutex::new(Store::open(embedder)));
    let mut store = store.lock().expect("no thread died with the store");
    let keys: Vec<Key> = texts.iter().map(|text| key(kind, text)).collect();
    let mut seen = HashSet::new();
    let missing: Vec<usize> = (0..texts.len())
        .filter(|&i| !store.vectors.contains_key(&keys[i]) && seen.insert(keys[i]))
        .collect();
    // In parts, so that an interrupted run loses little.
    for part in missing.chunks(4096) {
        let wanted: Vec<&str> = part.iter().map(|&i| texts[i]).collect();
        let vectors = compute(&wanted);
        store.add(part.iter().map(|&i| keys[i]).zip(vectors.rows()));
    }
    let mut result = Array2::zeros((texts.len(), store.dim));
    for (mut row, key) in result.rows_mut().into_iter().zip(&keys) {
        row.assign(&ArrayView1::from(&store.vectors[key]));
    }
    result
}

/// The key of a text; texts of the first kind have no mark.
fn key(kind: &str, text: &str) -> Key {
    match kind {
        "" => Sha256::digest(text).into(),
        _ => Sha256::digest(format!("{kind}\0{text}")).into(),
    }
}

/// Gives every article its vector and those of its sentences.
#[allow(dead_code)]
pub(crate) fn embed_articles(embedder: &Embedder, articles: &mut [Article]) {
    prepare::embed_with(articles, |texts| Ok(embed(embedder, texts))).expect("the engine runs");
    prepare::embed_gists_with(articles, |texts| Ok(embed_whole(embedder, texts)))
        .expect("the engine runs");
}

impl Store {
    fn open(embedder: &Embedder) -> Self {
        let probe = embedder.embed(&[PROBE]).expect("the engine runs");
        let mut hasher = Sha256::new();
        hasher.update(embedder.manifest().content_hash());
        probe.iter().for_each(|value| hasher.update(value.to_le_bytes()));
        let name: String =
            hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench-vectors");
        fs::create_dir_all(&folder).expect("the target folder can be written");
        let mut store =
            Self { path: folder.join(name), dim: probe.ncols(), vectors: HashMap::new() };
        let bytes = fs::read(&store.path).unwrap_or_default();
        for record in bytes.chunks_exact(store.record_size()) {
            let (key, values) = record.split_at(32);
            let values = values.chunks_exact(4);
            let vector = values.map(|v| f32::from_le_bytes([v[0], v[1], v[2], v[3]])).collect();
            store.vectors.insert(key.try_into().expect("32 bytes"), vector);
        }
        store
    }

    fn record_size(&self) -> usize {
        32 + 4 * self.dim
    }

    fn add<'v>(&mut self, entries: impl Iterator<Item = (Key, ArrayView1<'v, f32>)>) {
        let mut bytes = Vec::new();
        for (key, vector) in entries {
            bytes.extend(key);
            vector.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
            self.vectors.insert(key, vector.to_vec());
        }
        let file = OpenOptions::new().create(true).append(true).open(&self.path);
        file.and_then(|mut file| file.write_all(&bytes)).expect("the store can be written");
    }
}
