//! Folders of models that are broken: each is told with the file and the cause, and none gives vectors.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod small_models;

use std::fs;
use std::path::Path;

use parallax::Error;
use parallax::embed::engine::ENGINES;
use parallax::embed::{EmbedOptions, Embedder};
use small_models::{
    Family, HIDDEN, WORDS, add_dense, config, onnx, random_dense, random_tensors, safetensors,
    small_model, tokenizer, write,
};

/// What is done to a folder, the engine it concerns where it is one alone, and the file and the words of the error.
struct Case {
    damage: fn(&Path),
    engine: Option<&'static str>,
    file: &'static str,
    cause: &'static str,
}

const fn case(damage: fn(&Path), file: &'static str, cause: &'static str) -> Case {
    Case { damage, engine: None, file, cause }
}

const fn with(engine: &'static str, case: Case) -> Case {
    Case { engine: Some(engine), ..case }
}

fn remove(folder: &Path, name: &str) {
    fs::remove_file(folder.join(name)).unwrap();
}

fn cut(folder: &Path, name: &str, bytes: usize) {
    let content = fs::read(folder.join(name)).unwrap();
    write(folder, name, &content[..bytes]);
}

/// Writes weights of which one is no number.
fn no_number(folder: &Path, name: &str) {
    let mut tensors = random_tensors();
    tensors.get_mut(name).unwrap()[[0, 0]] = f32::NAN;
    write(folder, "onnx/model.onnx", onnx(Family::Bert, &tensors));
    write(folder, "model.safetensors", safetensors(&tensors, ""));
}

const GRAPH: &str = "onnx/model.onnx";
const FLOATS: &str = "model.safetensors";
const LAYER: &str = "encoder.layer.1.output.dense.weight";
const WORD_VECTORS: &str = "embeddings.word_embeddings.weight";

const CASES: &[Case] = &[
    case(|folder| remove(folder, "tokenizer.json"), "tokenizer.json", "cannot be read"),
    case(|folder| cut(folder, "tokenizer.json", 300), "tokenizer.json", "no valid tokenizer"),
    case(|folder| write(folder, "tokenizer.json", "{}"), "tokenizer.json", "no valid tokenizer"),
    // The tokenizers of other models: of a larger one, and of a far smaller one.
    case(
        |folder| write(folder, "tokenizer.json", tokenizer(WORDS + 1).to_string()),
        "tokenizer.json",
        "do not belong together",
    ),
    case(
        |folder| write(folder, "tokenizer.json", tokenizer(WORDS / 2).to_string()),
        "tokenizer.json",
        "do not belong together",
    ),
    case(|folder| cut(folder, "config.json", 40), "config.json", "does not say what it should"),
    case(
        |folder| {
            let mut config = config(Family::Bert);
            config["model_type"] = "gpt2".into();
            write(folder, "config.json", config.to_string());
        },
        "config.json",
        "gpt2",
    ),
    case(
        |folder| {
            remove(folder, GRAPH);
            remove(folder, FLOATS);
        },
        "",
        "holds neither",
    ),
    with("rten", case(|folder| cut(folder, GRAPH, 1000), GRAPH, "cannot be loaded")),
    with("rten", case(|folder| write(folder, GRAPH, "no graph"), GRAPH, "cannot be loaded")),
    // Weights and tokenizer have changed places.
    with(
        "rten",
        case(
            |folder| {
                fs::copy(folder.join("tokenizer.json"), folder.join(GRAPH)).unwrap();
            },
            GRAPH,
            "cannot be loaded",
        ),
    ),
    with("rten", case(|folder| no_number(folder, LAYER), "", "no numbers")),
    with("rust-bert", case(|folder| cut(folder, FLOATS, 5000), FLOATS, "no file of tensors")),
    with("rust-bert", case(|folder| write(folder, FLOATS, ""), FLOATS, "no file of tensors")),
    with("rust-bert", case(|folder| no_number(folder, LAYER), FLOATS, "no numbers")),
    with("rust-bert", case(|folder| no_number(folder, WORD_VECTORS), FLOATS, "no numbers")),
    with(
        "rust-bert",
        case(
            |folder| {
                let mut tensors = random_tensors();
                tensors.remove(LAYER);
                write(folder, FLOATS, safetensors(&tensors, ""));
            },
            FLOATS,
            "no tensor",
        ),
    ),
    with(
        "rust-bert",
        case(
            |folder| {
                let mut config = config(Family::Bert);
                config["vocab_size"] = (WORDS + 1).into();
                write(folder, "config.json", config.to_string());
            },
            FLOATS,
            "the shape",
        ),
    ),
    case(
        |folder| {
            add_dense(folder, &random_dense(HIDDEN, 6));
            remove(folder, "2_Dense/model.safetensors");
        },
        "2_Dense/model.safetensors",
        "is missing",
    ),
    case(
        |folder| {
            add_dense(folder, &random_dense(HIDDEN, 6));
            cut(folder, "2_Dense/model.safetensors", 200);
        },
        "2_Dense/model.safetensors",
        "no file of tensors",
    ),
    case(
        |folder| {
            add_dense(folder, &random_dense(HIDDEN, 6));
            let other = safetensors(&random_dense(HIDDEN, 7), "");
            write(folder, "2_Dense/model.safetensors", other);
        },
        "2_Dense/model.safetensors",
        "gives 7 numbers where the model has 6",
    ),
    case(
        |folder| {
            add_dense(folder, &random_dense(HIDDEN, 6));
            let mut layer = random_dense(HIDDEN, 6);
            layer.get_mut("linear.bias").unwrap()[[0, 3]] = f32::INFINITY;
            write(folder, "2_Dense/model.safetensors", safetensors(&layer, ""));
        },
        "2_Dense/model.safetensors",
        "no numbers",
    ),
    case(
        |folder| {
            add_dense(folder, &random_dense(HIDDEN + 1, 6));
        },
        "2_Dense/model.safetensors",
        "takes 17 numbers, the encoder gives 16",
    ),
];

/// The error of opening a model and embedding with it.
fn failure(folder: &Path, engine: &str) -> Error {
    let options = EmbedOptions { engine: Some(engine.to_owned()), ..EmbedOptions::default() };
    let made = Embedder::open(folder, &options).and_then(|embedder| embedder.embed(&["w5 w39"]));
    match made {
        Err(error) => error,
        Ok(vectors) => panic!("{engine} gives vectors: {vectors}"),
    }
}

#[test]
fn broken_folders_are_told_and_give_no_vectors() {
    let tensors = random_tensors();
    let engines = ["rten", "rust-bert"];
    let built = engines.into_iter().filter(|name| ENGINES.iter().any(|kind| kind.name == *name));
    for engine in built {
        let concerned = |case: &&Case| case.engine.is_none_or(|only| only == engine);
        for case in CASES.iter().filter(concerned) {
            let folder = small_model(Family::Bert, &tensors);
            (case.damage)(folder.path());
            let error = failure(folder.path(), engine);
            let told = error.to_string();
            assert!(told.contains(case.cause), "{engine}, {}: {told}", case.cause);
            assert!(told.contains(case.file), "{engine}, {}: {told}", case.file);
            assert!(!error.hint().is_empty());
        }
    }
}

/// Weights that know fewer words than `config.json` and tokenizer say: a token without a vector stops the run.
#[test]
fn tokens_without_a_vector_are_no_vectors() {
    let mut tensors = random_tensors();
    let words = &tensors[WORD_VECTORS];
    let fewer = words.slice(ndarray::s![..WORDS - 4, ..]).to_owned();
    tensors.insert(WORD_VECTORS.to_owned(), fewer);
    let folder = small_model(Family::Bert, &tensors);
    let error = failure(folder.path(), "rten");
    assert!(matches!(error, Error::Engine { .. } | Error::Model { .. }), "{error}");
    let options = EmbedOptions { engine: Some("rten".to_owned()), ..EmbedOptions::default() };
    assert!(Embedder::open(folder.path(), &options).unwrap().embed(&["w5 w6"]).is_ok());
}
