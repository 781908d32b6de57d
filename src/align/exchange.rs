//! Names of a text and its translation that stand in each other's place and mean different things.
//!
//! What is known of names finds the candidates ([`name_conflicts`]). Names are also translated, explained and spelt in ways
//! that no rule sees, so that the encoder is asked: each text is given the name of the other. Where the names mean
//! different things that brings it closer to the other text, where they are one nothing is won.

use ndarray::ArrayView1;
use rayon::prelude::*;

use super::contrary::{LONGEST, gain_for_change};
use super::logistic::logistic;
use super::passage::Passage;
use super::{Article, Link, Mode, Pair, SentenceId};
use crate::facts::{Acquaintance, NameConflict, name_conflicts};
use crate::text::Span;

/// Least probability, by what is known of the names, of a conflict that is asked about.
const LEAST_ASKED: f32 = 0.03;

/// Number of pieces of evidence, the leading 1 included.
pub const EVIDENCE: usize = 4;

/// Weights of the evidence, in its order. `cargo bench --bench fit -- names` prints them: fitted to names planted in the
/// translations of `flores`. The first is lower than fitted, -1.5: most lines had a name planted there, and hardly any of a real
/// translation has a wrong one.
const WEIGHTS: [f32; EVIDENCE] = [-2.75, 0.80, 3.67, 3.41];

/// Two names that stand in each other's place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exchange {
    /// The sentences with the names, left and right.
    pub sentences: [SentenceId; 2],
    /// The names, in bytes of the texts of their documents.
    pub names: [Span; 2],
    /// Probability of the link between the passages.
    pub link: f32,
    /// Probability that they mean different things, if the link is right.
    pub confidence: f32,
}

/// A text and a text that should say the same, with one name of each that may be meant to be one.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Each text with the name of the other.
    pub changed: [String; 2],
    /// Probability that the names mean different things, by what is known of them.
    prior: f32,
}

impl Question {
    /// What there is to ask about two names of a left and a right text: nothing where they hardly mean different things.
    pub fn about(left: &str, right: &str, conflict: &NameConflict) -> Option<Self> {
        if conflict.confidence < LEAST_ASKED || left.len().max(right.len()) > LONGEST {
            return None;
        }
        let names = (conflict.left.of(left), conflict.right.of(right));
        let changed = [with(left, conflict.left, names.1), with(right, conflict.right, names.0)];
        Some(Self { changed, prior: conflict.confidence })
    }

    /// The answer: the probability that the names mean different things, given the vectors of both texts as they are and
    /// changed, of L2 norm 1.
    pub fn answer(
        &self,
        as_is: [ArrayView1<'_, f32>; 2],
        changed: [ArrayView1<'_, f32>; 2],
    ) -> f32 {
        let evidence = self.evidence(as_is, changed);
        logistic(evidence.iter().zip(&WEIGHTS).map(|(value, weight)| value * weight).sum())
    }

    /// What speaks for and against different names: what is known of them, and the gain of the cosine by the other's name for
    /// what that changes, on either side.
    pub fn evidence(
        &self,
        as_is: [ArrayView1<'_, f32>; 2],
        changed: [ArrayView1<'_, f32>; 2],
    ) -> [f32; EVIDENCE] {
        let whole = as_is[0].dot(&as_is[1]);
        let won = |side: usize| {
            let gain = changed[side].dot(&as_is[1 - side]) - whole;
            gain_for_change(gain, as_is[side], changed[side])
        };
        [1.0, (self.prior / (1.0 - self.prior)).ln(), won(0), won(1)]
    }
}

/// A text with a name in the place of another.
fn with(text: &str, span: Span, name: &str) -> String {
    format!("{}{name}{}", &text[..span.start], &text[span.end..])
}

/// Names of the passages and translations of two articles that may stand in each other's place, by what is known of
/// them, each with what to ask the encoder about it.
pub fn exchanges(articles: [&Article; 2], pair: &Pair) -> Vec<(Exchange, Option<Question>)> {
    let links: Vec<&Link> = pair.links.iter().filter(|link| link.mode == Mode::Parallel).collect();
    let passage = |side: usize, sentences: &[usize]| Passage::new(articles[side], sentences);
    let both = |link: &&Link| [passage(0, &link.left), passage(1, &link.right)];
    let passages: Vec<[Passage; 2]> = links.par_iter().map(both).collect();
    let names = passages.par_iter().map(|[left, right]| (&left.names, &right.names));
    let known = Acquaintance::of(names);
    let of_link = |(link, passages): (&Link, &[Passage; 2])| -> Vec<(Exchange, Option<Question>)> {
        let [left, right] = passages;
        let text = |side: usize| passages[side].span.of(&articles[side].document.text);
        let asked = name_conflicts(&left.names, &right.names, &known).into_iter().map(|conflict| {
            let question = Question::about(text(0), text(1), &conflict);
            let (one, other) = (left.place(conflict.left), right.place(conflict.right));
            let sentence = |document, sentence| SentenceId { document, sentence };
            let exchange = Exchange {
                sentences: [sentence(pair.left, one.0), sentence(pair.right, other.0)],
                names: [one.1, other.1],
                link: link.score,
                confidence: conflict.confidence,
            };
            (exchange, question)
        });
        asked.collect()
    };
    links.into_par_iter().zip(&passages).flat_map_iter(of_link).collect()
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;
    use crate::facts::{NamePassage, of_text};
    use crate::lang::Language;

    fn conflicts(left: (&str, &str), right: (&str, &str)) -> Vec<NameConflict> {
        let passage = |(code, text): (&str, &str)| {
            let language = Language::from_code(code).unwrap();
            NamePassage::new(text, language, &of_text(text, language, None))
        };
        name_conflicts(&passage(left), &passage(right), &Acquaintance::default())
    }

    #[test]
    fn each_text_gets_the_name_of_the_other() {
        let (left, right) = ("Kapitän Tomas Grinius kam.", "The captain Tomas Walton came.");
        let conflict = conflicts(("de", left), ("en", right))[0];
        let question = Question::about(left, right, &conflict).unwrap();
        assert_eq!(
            question.changed,
            ["Kapitän Tomas Walton kam.", "The captain Tomas Grinius came."]
        );
        let unlikely = NameConflict { confidence: 0.01, ..conflict };
        assert_eq!(Question::about(left, right, &unlikely), None);
    }

    #[test]
    fn what_brings_the_texts_closer_speaks_for_different_names() {
        let question = Question { changed: [String::new(), String::new()], prior: 0.5 };
        let as_is = [array![1.0, 0.0], array![0.8, 0.6]];
        let views = |of: &[ndarray::Array1<f32>; 2]| [of[0].clone(), of[1].clone()];
        let answer = |changed: [ndarray::Array1<f32>; 2]| {
            let as_is = views(&as_is);
            question
                .answer([as_is[0].view(), as_is[1].view()], [changed[0].view(), changed[1].view()])
        };
        let closer = answer([array![0.96, 0.28], array![0.96, 0.28]]);
        let farther = answer([array![0.96, -0.28], array![0.6, 0.8]]);
        assert!(closer > 0.9 && farther < 0.1, "{closer} {farther}");
    }
}
