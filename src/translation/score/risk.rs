//! Which words of a translation nothing in the source supports, and which of the source nothing covers.

use super::words::{Words, small};
use crate::align::logistic::logistic;
use crate::ingest::language::is_function_word;
use crate::lang::Language;
use crate::text::Span;

/// Support at which a word is as likely wrong as right.
const EVEN_SUPPORT: f32 = 0.42;
/// How fast risk falls with support.
const STEEPNESS: f32 = 12.0;
/// Weight of the least telling word that can start a span: articles and prepositions have no counterpart of their own.
pub(in crate::translation) const TELLING: f32 = 4.0;
/// Least risk of a word in a span: most words of a clause that was put into the source are above it, and few of those of a
/// good translation.
const LEAST: f32 = 0.7;
/// Untold words between two at risk that are taken in.
const BRIDGE: usize = 2;

/// A stretch of text that the other side does not answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Risk {
    /// Where it stands, in bytes of the text.
    pub span: Span,
    /// How likely something is wrong there, 0..1: the mean over its telling words.
    pub score: f32,
}

/// The stretches at risk of a text whose words have the given support, in order.
pub(super) fn risks(
    (text, language): (&str, Language),
    words: &Words,
    support: &[f32],
) -> Vec<Risk> {
    let risk = |support: f32| logistic((EVEN_SUPPORT - support) * STEEPNESS);
    let telling = |word: &usize| {
        words.weights[*word] >= TELLING
            && !is_function_word(&small(words.spans[*word].of(text)), language)
    };
    let weak = (0..words.len()).filter(telling).filter(|&word| risk(support[word]) >= LEAST);
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for word in weak {
        match runs.last_mut() {
            Some(run) if bridged(words, run[run.len() - 1], word) => run.push(word),
            _ => runs.push(vec![word]),
        }
    }
    let of_run = |run: &Vec<usize>| Risk {
        span: Span::new(words.spans[run[0]].start, words.spans[run[run.len() - 1]].end),
        score: run.iter().map(|&word| risk(support[word])).sum::<f32>() / run.len() as f32,
    };
    runs.iter().map(of_run).collect()
}

/// Whether only a few words that tell little stand between two.
fn bridged(words: &Words, one: usize, other: usize) -> bool {
    let mut between = one + 1..other;
    between.len() <= BRIDGE && between.all(|word| words.weights[word] < TELLING)
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, Array2};

    use super::*;

    #[test]
    fn neighbours_at_risk_make_one_span() {
        let count = 7;
        let words = Words {
            spans: (0..count).map(|at| Span::new(4 * at, 4 * at + 3)).collect(),
            vectors: Array2::zeros((count, 1)),
            weights: Array1::from(vec![9.0, 9.0, 1.0, 9.0, 9.0, 9.0, 1.0]),
            pieces: vec![1; count],
        };
        let support = [0.9, 0.1, 0.1, 0.2, 0.9, 0.1, 0.1];
        let text = "abc ".repeat(count);
        let found = risks((&text, Language::UNKNOWN), &words, &support);
        assert_eq!(
            found.iter().map(|risk| risk.span).collect::<Vec<_>>(),
            [Span::new(4, 15), Span::new(20, 23)]
        );
        assert!(found.iter().all(|risk| risk.score > 0.9));
    }
}
