//! The words of one side of a segment, each with its vector.

use std::borrow::Cow;

use ndarray::{Array1, Array2};

use super::WordSupport;
use crate::embed::TextVectors;
use crate::text::Span;

/// Most that the surprises of a word's pieces add to its weight.
const MOST_SURPRISE: f32 = 25.0;

/// Marks that join two parts of a word.
const JOINERS: [char; 3] = ['\'', '’', '-'];

/// The words of a text that the encoder saw.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Words {
    /// Where each stands, in bytes of the text.
    pub(super) spans: Vec<Span>,
    /// Their vectors, the language's centre taken out, of L2 norm 1: `[words, dim]`.
    pub(super) vectors: Array2<f32>,
    /// How much each tells: 1 for the most common words, more for rare ones.
    pub(super) weights: Array1<f32>,
    /// Pieces of the tokenizer in each.
    pub(super) pieces: Vec<usize>,
}

impl Words {
    /// The words of `text`: each the mean of its pieces, as seen from `centre`.
    pub(super) fn new(text: &str, of_tokens: &TextVectors, centre: &Array1<f32>) -> Self {
        let mut words = Self {
            spans: Vec::new(),
            vectors: Array2::zeros((0, 0)),
            weights: Array1::zeros(0),
            pieces: Vec::new(),
        };
        let (mut vectors, mut weights) = (Vec::new(), Vec::new());
        let mut first = 0;
        for span in word_spans(text) {
            while of_tokens.spans.get(first).is_some_and(|token| token.end <= span.start) {
                first += 1;
            }
            let behind = &of_tokens.spans[first..];
            let end = first + behind.iter().take_while(|token| token.start < span.end).count();
            let pieces: Vec<usize> =
                (first..end).filter(|&token| of_tokens.spans[token].overlaps(span)).collect();
            if pieces.is_empty() {
                continue;
            }
            let surprise: f32 = pieces.iter().map(|&token| of_tokens.surprises[token]).sum();
            vectors.extend(unit_mean(of_tokens, &pieces, centre));
            weights.push(1.0 + surprise.min(MOST_SURPRISE));
            words.spans.push(span);
            words.pieces.push(pieces.len());
        }
        let shape = (weights.len(), of_tokens.states.ncols());
        words.vectors = Array2::from_shape_vec(shape, vectors).unwrap_or_default();
        words.weights = Array1::from(weights);
        words
    }

    /// The words with how well each is answered.
    pub(super) fn with_support(&self, support: &[f32]) -> Vec<WordSupport> {
        let words = self.spans.iter().zip(support).zip(&self.weights);
        words.map(|((&span, &support), &weight)| WordSupport { span, support, weight }).collect()
    }

    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }
}

/// The mean of some tokens' vectors less `centre`, of L2 norm 1.
fn unit_mean(of_tokens: &TextVectors, tokens: &[usize], centre: &Array1<f32>) -> Array1<f32> {
    let mut mean = Array1::zeros(of_tokens.states.ncols());
    let vectors = of_tokens.tokens();
    for &token in tokens {
        mean += &vectors.row(token);
    }
    mean /= tokens.len() as f32;
    if mean.len() == centre.len() {
        mean -= centre;
    }
    let norm = mean.dot(&mean).sqrt() + 1e-6;
    mean / norm
}

/// Runs of letters and digits, joined by apostrophes and hyphens inside.
pub(super) fn word_spans(text: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut open: Option<usize> = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        let joins = JOINERS.contains(&character) && next.is_some_and(char::is_alphanumeric);
        match open {
            _ if character.is_alphanumeric() => open = open.or(Some(at)),
            Some(_) if joins => {}
            Some(start) => {
                spans.push(Span::new(start, at));
                open = None;
            }
            None => {}
        }
    }
    spans.extend(open.map(|start| Span::new(start, text.len())));
    spans
}

/// A word in small letters.
pub(super) fn small(word: &str) -> Cow<'_, str> {
    match word.chars().all(char::is_lowercase) {
        true => Cow::Borrowed(word),
        false => Cow::Owned(word.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn hyphens_and_apostrophes_join_words() {
        let text = "»Jei-jei«, it's 3.5 – ok";
        let words: Vec<&str> = word_spans(text).iter().map(|span| span.of(text)).collect();
        assert_eq!(words, ["Jei-jei", "it's", "3", "5", "ok"]);
        assert_eq!(word_spans(" –' "), []);
    }

    #[test]
    fn a_word_is_the_mean_of_its_pieces_seen_from_the_centre() {
        let vectors = TextVectors {
            sentence: array![1.0, 0.0],
            spans: vec![Span::new(0, 3), Span::new(3, 5), Span::new(5, 6), Span::new(6, 8)],
            surprises: vec![40.0, 2.0, 0.0, 0.5],
            states: array![[8.0, 8.0], [4.0, 1.0], [2.0, 1.0], [9.0, 9.0], [1.0, 3.0], [7.0, 7.0]],
            first: 1,
        };
        let words = Words::new("Boote ab", &vectors, &array![1.0, 1.0]);
        assert_eq!(words.spans, [Span::new(0, 5), Span::new(6, 8)]);
        assert_eq!(words.pieces, [2, 1]);
        assert_eq!(words.weights, array![26.0, 1.5]);
        assert!((words.vectors[[0, 0]] - 1.0).abs() < 1e-4, "{:?}", words.vectors);
        assert!((words.vectors[[1, 1]] - 1.0).abs() < 1e-4, "{:?}", words.vectors);
    }
}
