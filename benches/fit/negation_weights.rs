//! Weights of the evidence that one text denies what another affirms: from negations planted in the translations of
//! `flores`, in all directions, in the lines that layers which read both texts did not learn from.

use ndarray::Array1;
use parallax::align::contrary::EVIDENCE;
use parallax::embed::Embedder;

use crate::disagreement::LEARNED;
use crate::facts::LANGUAGES;
use crate::negation::{Lines, answers, cases};
use crate::regression::{logistic_regression, matrix};

/// Fits the weights and prints them.
pub(crate) fn run(embedder: &Embedder) {
    let judged = judged(embedder, "flores/dev.{}.txt");
    let rows: Vec<Vec<f64>> = judged
        .iter()
        .map(|(evidence, _)| evidence.iter().copied().map(f64::from).collect())
        .collect();
    let labels = judged.iter().map(|(_, planted)| f64::from(u8::from(*planted))).collect();
    let weights = logistic_regression(&matrix(&rows), &labels, &Array1::ones(rows.len()));
    println!("negation: {} questions, {} planted", rows.len(), labels.sum());
    for (at, weight) in weights.iter().enumerate() {
        println!("    {weight:.3}, // {at}");
    }
    if std::env::var_os("PARALLAX_SHOW").is_some() {
        for (evidence, planted) in &judged {
            println!("{planted} {evidence:?}");
        }
    }
}

/// Evidence on lines of a set, in all directions, and whether a negation was planted there. `set` is the path of a file
/// with `{}` for its language.
fn judged(embedder: &Embedder, set: &str) -> Vec<([f32; EVIDENCE], bool)> {
    let all = LANGUAGES.map(|code| Lines::read(code, set, LEARNED));
    let mut judged = Vec::new();
    for target in &all {
        for source in all.iter().filter(|source| source.code != target.code) {
            let cases = cases(embedder, source, target);
            let answers = answers(embedder, &cases);
            let answered = cases.iter().zip(answers);
            judged.extend(answered.filter_map(|(case, answer)| Some((answer?.1, case.planted))));
        }
    }
    judged
}
