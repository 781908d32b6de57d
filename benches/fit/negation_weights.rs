//! Weights of the evidence that one text denies what another affirms: from negations planted in the translations of
//! `flores`, in all directions.

use ndarray::Array1;
use parallax::embed::Embedder;

use crate::negation::judged;
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
