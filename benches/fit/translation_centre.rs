//! Writes what the sentences of each language have in common in the vector space (`src/translation/score/centre.toml`).
//!
//! The network learns from vectors seen from there, so that `translation` and `models/score.py` come after it.

use std::fmt::Write;
use std::path::Path;

use ndarray::{Array1, Axis};
use parallax::embed::Embedder;

/// The inner layer, two thirds up, whose token vectors align words best.
const LAYER: usize = 8;
/// Numbers of the file for one unit.
const SCALE: f32 = 1e4;
/// Sentences of each language: more change nothing in four digits.
const SENTENCES: usize = 400;
/// Numbers on a line.
const COLUMNS: usize = 24;

pub(crate) fn run(embedder: &Embedder) {
    let mut text = String::from(
        "# What the sentences of each language have in common in the vector space of the default model, in 1/10000: the mean of\n\
         # their tokens' vectors at an inner layer, and of their own vectors at the last. `cargo bench --bench fit --\n\
         # translation-centre` makes it from flores.\n",
    );
    let model = &embedder.manifest().id;
    write!(text, "\nmodel = \"{model}\"\nlayer = {LAYER}\n").expect("a string takes all");
    for code in ["de", "en", "lt", "ru"] {
        let lines = std::fs::read_to_string(crate::data().join(format!("flores/dev.{code}.txt")));
        let lines = lines.expect("flores can be read");
        let sentences: Vec<&str> = lines.lines().take(SENTENCES).collect();
        let vectors = embedder.embed_tokens(&sentences, LAYER).expect("the engine runs");
        let dim = embedder.manifest().dim;
        let (mut tokens, mut count) = (Array1::<f32>::zeros(dim), 0);
        let mut whole = Array1::<f32>::zeros(dim);
        for vector in &vectors {
            tokens += &vector.tokens().sum_axis(Axis(0));
            count += vector.tokens().nrows();
            whole += &vector.sentence;
        }
        write!(text, "\n[[languages]]\nlanguage = \"{code}\"\n").expect("a string takes all");
        list(&mut text, "tokens", &(tokens / count as f32));
        list(&mut text, "sentences", &(whole / vectors.len() as f32));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/translation/score/centre.toml");
    std::fs::write(&path, text).expect("the data file can be written");
    println!("# wrote {}", path.display());
}

fn list(text: &mut String, name: &str, values: &Array1<f32>) {
    writeln!(text, "{name} = [").expect("a string takes all");
    for row in values.to_vec().chunks(COLUMNS) {
        let row: Vec<String> = row.iter().map(|value| format!("{:.0}", value * SCALE)).collect();
        writeln!(text, "    {},", row.join(", ")).expect("a string takes all");
    }
    writeln!(text, "]").expect("a string takes all");
}
