//! Writes what the networks behind the translation score learn from; `models/score.py` and `models/pairs.py` train them.
//!
//! A file of tensors for each set of translations, in `target/score-features`: the human ratings of `mt/da-*`, the votes
//! of `mt/critical-*`, and true translations of `flores` beside damaged ones, in all twelve directions.
//! `cargo bench --bench quality -- translation` measures the result on other sets.

use std::path::{Path, PathBuf};

use half::f16;
use parallax::embed::Embedder;
use parallax::lang::Language;
use parallax::translation::score::features::Features;
use parallax::translation::score::{Pair, Reader};
use safetensors::Dtype;
use safetensors::tensor::{TensorView, serialize_to_file};

use crate::planted::{self, Damage};
use crate::ratings::{self, Rated};

/// One line in so many is damaged in each direction.
const EVERY: usize = 2;
/// Languages of the damaged translations.
pub(crate) const LANGUAGES: [&str; 4] = ["de", "lt", "en", "ru"];

pub(crate) fn run(embedder: &Embedder) {
    let reader = Reader::new(embedder).expect("the default model reads translations");
    for part in ["train", "dev"] {
        for pair in ratings::PAIRS {
            rated(&reader, &format!("da-{pair}-{part}"), &Rated::assessed(pair, part));
        }
        rated(&reader, &format!("critical-{part}"), &Rated::critical(part));
    }
    let lines = LANGUAGES.map(flores);
    for from in 0..LANGUAGES.len() {
        for into in (0..LANGUAGES.len()).filter(|&into| into != from) {
            damaged(&reader, (LANGUAGES[from], &lines[from]), (LANGUAGES[into], &lines[into]));
        }
    }
}

fn rated(reader: &Reader, name: &str, set: &Rated) {
    let features = reader.features(&set.pairs()).expect("the engine runs");
    let rated = features.iter().zip(&set.ratings);
    let rated = rated.filter_map(|(features, &rating)| Some((features.as_ref()?, rating as f32)));
    let (features, ratings): (Vec<_>, Vec<f32>) = rated.unzip();
    write(name, &features, &[("aims", &ratings)]);
}

/// Lines of one direction, each true translation with its damaged ones behind it.
fn damaged(reader: &Reader, sources: (&str, &[String]), targets: (&str, &[String])) {
    let (mut texts, mut damages, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
    for line in (0..sources.1.len()).step_by(EVERY) {
        let of = |damage| planted::damaged(damage, sources.1, (targets.1, targets.0), line);
        let wrongs = Damage::ALL.iter().filter_map(|&damage| Some((damage as u8 + 1, of(damage)?)));
        let right = (0, (sources.1[line].clone(), targets.1[line].clone()));
        for (damage, pair) in [right].into_iter().chain(wrongs) {
            texts.push(pair);
            damages.push(f32::from(damage));
            numbers.push(line as f32);
        }
    }
    let language = |code| Language::from_code(code).expect("a language code");
    let pairs = texts.iter().map(|(source, target)| Pair {
        source,
        target,
        source_language: language(sources.0),
        target_language: language(targets.0),
    });
    let pairs: Vec<Pair> = pairs.collect();
    let features = reader.features(&pairs).expect("the engine runs");
    let kept: Vec<usize> = (0..pairs.len()).filter(|&at| features[at].is_some()).collect();
    let of_kept = |values: &[f32]| kept.iter().map(|&at| values[at]).collect::<Vec<f32>>();
    let tensors = [("damages", &of_kept(&damages)[..]), ("lines", &of_kept(&numbers)[..])];
    let name = format!("damaged-{}-{}", sources.0, targets.0);
    write(&name, &features.iter().flatten().collect::<Vec<_>>(), &tensors);
}

/// Writes features: `named` and `sentences` with a row for each pair, `counts` of words on both sides, and `words` with
/// their `weights`, pair by pair, those of the source first; in the same way `token_counts` and `tokens`.
fn write(name: &str, features: &[&Features], others: &[(&'static str, &[f32])]) {
    let sides = || features.iter().flat_map(|features| &features.sides);
    let (pairs, dim) = (features.len(), sides().next().map_or(0, |side| side.sentence.len()));
    let counts: Vec<f32> = sides().map(|side| side.weights.len() as f32).collect();
    let weights: Vec<f32> = sides().flat_map(|side| &side.weights).copied().collect();
    let named: Vec<f32> = features.iter().flat_map(|features| &features.named).copied().collect();
    let sentences: Vec<f32> = sides().flat_map(|side| &side.sentence).copied().collect();
    let words: Vec<f32> = sides().flat_map(|side| &side.words).copied().collect();
    let mut tensors = vec![
        ("counts", Dtype::F32, vec![pairs, 2], single(&counts)),
        ("weights", Dtype::F32, vec![weights.len()], single(&weights)),
        ("named", Dtype::F32, vec![pairs, named.len() / pairs.max(1)], single(&named)),
        ("sentences", Dtype::F16, vec![pairs, 2, dim], half(&sentences)),
        ("words", Dtype::F16, vec![weights.len(), dim], half(&words)),
    ];
    tensors.extend(tokens(features));
    save(name, pairs, tensors, others);
}

/// Writes of the features no more than `token_counts` and `tokens`.
pub(crate) fn write_tokens(name: &str, features: &[&Features], others: &[(&'static str, &[f32])]) {
    save(name, features.len(), tokens(features), others);
}

/// A tensor: its name, what its numbers are, its shape and its bytes.
type Tensor = (&'static str, Dtype, Vec<usize>, Vec<u8>);

/// How many tokens each side of each pair has, and the tokens pair by pair, those of the source first.
fn tokens(features: &[&Features]) -> Vec<Tensor> {
    let sides = || features.iter().flat_map(|features| &features.sides);
    let dim = sides().next().map_or(0, |side| side.states.ncols());
    let counts: Vec<f32> = sides().map(|side| side.states.nrows() as f32).collect();
    let tokens: Vec<f32> = sides().flat_map(|side| &side.states).copied().collect();
    vec![
        ("token_counts", Dtype::F32, vec![features.len(), 2], single(&counts)),
        ("tokens", Dtype::F16, vec![tokens.len() / dim.max(1), dim], half(&tokens)),
    ]
}

fn save(name: &str, pairs: usize, mut tensors: Vec<Tensor>, others: &[(&'static str, &[f32])]) {
    let others = others.iter();
    tensors.extend(
        others.map(|&(name, values)| (name, Dtype::F32, vec![values.len()], single(values))),
    );
    let views = tensors.iter().map(|(name, kind, shape, bytes)| {
        (*name, TensorView::new(*kind, shape.clone(), bytes).expect("bytes fit the shape"))
    });
    let path = folder().join(format!("{name}.safetensors"));
    serialize_to_file(views, None, &path).expect("the target folder can be written");
    println!("# wrote {pairs} translations to {}", path.display());
}

fn single(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

fn half(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|&value| f16::from_f32(value).to_le_bytes()).collect()
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/score-features");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

fn flores(code: &str) -> Vec<String> {
    let path = crate::data().join(format!("flores/dev.{code}.txt"));
    let text = std::fs::read_to_string(path).expect("flores can be read");
    text.lines().map(str::to_owned).collect()
}
