//! Texts that say the same but for a negation: one denies what the other affirms.
//!
//! Counting negations finds the candidates. Free wording puts `remained` for `did not change`, so that the encoder is
//! asked: where the negation is an error, the text without it is closer to the other side than the text with it.
//! Encoders hardly see a negation in a single text (Ettinger 2020), but the change it makes points somewhere, and
//! that is what is compared here. Layers that read both texts at once ([`Disagreement`])
//! tell besides how little the words of either text answer the other.

use std::cmp::Ordering;

use ndarray::ArrayView1;

use super::disagreement::Disagreement;
use super::logistic::logistic;
use crate::facts::Closeness;
use crate::facts::denial::{Polarity, affirmed};
use crate::lang::Language;
use crate::text::Span;

/// Longest text that is asked about, in bytes; a longer one is no sentence.
pub(super) const LONGEST: usize = 4096;
/// Most negations of a side that are taken away one by one.
const MOST: usize = 4;
/// How much less likely a contradiction of two reports is where the affirming one has more words that can be a negation
/// elsewhere: `the first since` for `not since`. Reports word more freely than the translations that weights are fitted to.
const HINTED_REPORTS: f32 = 1.1;
/// What is added to the distance of a text from the same with a change, so that texts much alike do not make a share of it
/// endless.
const LEAST_DISTANCE: f32 = 0.02;

/// Number of pieces of evidence, the leading 1 included.
pub const EVIDENCE: usize = 13;

/// Weights of the evidence, in its order, set by hand. `cargo bench --bench fit -- negation` prints what negations planted in
/// the translations of `flores` would make of them.
const WEIGHTS: [f32; EVIDENCE] =
    [-0.45, 0.0, 6.0, -2.2, 0.0, 0.0, 0.0, 0.0, -220.0, 0.0, 0.0, 0.0, 0.0];
/// The same where layers have read both texts, near to what is fitted there. The first is lower: half of the texts have a
/// negation planted there, and hardly any real translation has.
const WEIGHTS_WITH_LAYERS: [f32; EVIDENCE] =
    [-1.02, 0.37, 1.45, -0.49, 0.0, 0.0, 0.0, 0.86, 0.0, 0.56, -0.24, 0.30, 0.46];

/// Log odds, by the layers, below which nothing is told apart.
const UNSEEN: f32 = -12.0;

/// How freely translators into and from a language put other words for a negation.
fn freedom(language: Language) -> f32 {
    language.profile().map_or(0.0, |profile| profile.negation.freedom)
}

/// A text and its language.
pub type Side<'a> = (&'a str, Language);

/// Whether one of two texts denies more often than the other: only such are asked about.
pub fn denied_unequally(left: Side<'_>, right: Side<'_>) -> bool {
    let denials = |(text, language)| Polarity::of(text, language).clauses.len();
    denials(left) != denials(right)
}

/// Two texts of which one may deny what the other affirms, and what to ask the encoder about them.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Whether the left text has the negation.
    pub on_left: bool,
    /// Each negation that may be too many, in bytes of its text, with the text without it.
    pub affirmed: Vec<(Span, String)>,
    /// What speaks for and against a contradiction before the encoder is asked; the places of its answers are empty.
    evidence: [f32; EVIDENCE],
    /// What layers say that have read both texts.
    layers: Option<Layers>,
    /// What lowers the sum of the evidence besides.
    doubt: f32,
}

/// A negation that one text has and the other does not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrary {
    /// Whether the left text has it.
    pub on_left: bool,
    /// Where it stands, in bytes of its text.
    pub negation: Span,
    /// Probability that the texts contradict each other.
    pub confidence: f32,
}

impl Question {
    /// What there is to ask about two texts that should say the same, if anything. `disagreement` is what layers say
    /// that have read both, if they have.
    pub fn about(
        left: Side<'_>,
        right: Side<'_>,
        closeness: Closeness,
        disagreement: Option<&Disagreement>,
    ) -> Option<Self> {
        if left.0.len().max(right.0.len()) > LONGEST {
            return None;
        }
        let polarities = [left, right].map(|(text, language)| Polarity::of(text, language));
        let counts = [0, 1].map(|side: usize| polarities[side].clauses.len());
        let more = match counts[0].cmp(&counts[1]) {
            Ordering::Greater => 0,
            Ordering::Less => 1,
            Ordering::Equal => return None,
        };
        let on_left = more == 0;
        let (text, language) = [left, right][more];
        let (here, there) = (&polarities[more], &polarities[1 - more]);
        if here.is_first_since(there) && here.clauses.len() == there.clauses.len() + 1 {
            return None;
        }
        let flag = |is: bool| f32::from(u8::from(is));
        let evidence = [
            1.0,
            0.0,
            0.0,
            flag(here.surplus(there) == 0),
            flag(there.hints > here.hints),
            flag(there.hints > 0),
            (left.0.len() as f32 / 100.0).max(0.1).ln(),
            flag(!there.clauses.is_empty()),
            freedom(left.1) + freedom(right.1),
            0.0,
            0.0,
            0.0,
            0.0,
        ];
        let free = closeness == Closeness::Comparable && there.hints > here.hints;
        let doubt = if free { HINTED_REPORTS } else { 0.0 };
        let negations = &here.clauses[..here.clauses.len().min(MOST)];
        let without = |&span: &Span| (span, affirmed(text, span, language));
        Some(Self {
            on_left,
            affirmed: negations.iter().map(without).collect(),
            evidence,
            layers: disagreement.map(|found| Layers::new(found, more, negations)),
            doubt,
        })
    }

    /// The answer, given the vectors of the left and the right text and of each text of `affirmed`, of L2 norm 1.
    pub fn answer(
        &self,
        sides: [ArrayView1<'_, f32>; 2],
        affirmed: &[ArrayView1<'_, f32>],
    ) -> Option<Contrary> {
        let (at, evidence) = self.evidence(sides, affirmed)?;
        let (negation, _) = self.affirmed.get(at)?;
        let weights = if self.layers.is_some() { WEIGHTS_WITH_LAYERS } else { WEIGHTS };
        let sum: f32 = evidence.iter().zip(&weights).map(|(value, weight)| value * weight).sum();
        let confidence = logistic(sum - self.doubt);
        Some(Contrary { on_left: self.on_left, negation: *negation, confidence })
    }

    /// Which text of `affirmed` comes closest to the other side, and what speaks for and against a contradiction.
    pub fn evidence(
        &self,
        [left, right]: [ArrayView1<'_, f32>; 2],
        affirmed: &[ArrayView1<'_, f32>],
    ) -> Option<(usize, [f32; EVIDENCE])> {
        let (denies, affirms) = if self.on_left { (left, right) } else { (right, left) };
        let whole = denies.dot(&affirms);
        let gains = affirmed.iter().map(|text| text.dot(&affirms) - whole).enumerate();
        let (at, gain) = gains.max_by(|one, other| one.1.total_cmp(&other.1))?;
        let mut evidence = self.evidence;
        evidence[1] = gain * 100.0;
        evidence[2] = gain_for_change(gain, denies, affirmed[at]);
        evidence[9] = (1.0 - whole) * 10.0;
        if let Some(layers) = &self.layers {
            evidence[10..].copy_from_slice(&[layers.negations[at], layers.here, layers.there]);
        }
        Some((at, evidence))
    }
}

/// What layers say that have read both texts, in log odds.
#[derive(Debug, Clone, PartialEq)]
struct Layers {
    /// Of each negation that may be too many.
    negations: Vec<f32>,
    /// Of what is surest besides in the text that denies.
    here: f32,
    /// Of what is surest in the other text.
    there: f32,
}

impl Layers {
    fn new(found: &Disagreement, more: usize, negations: &[Span]) -> Self {
        // Below that nothing is told apart.
        let surest = |side, wanted: &dyn Fn(Span) -> bool| {
            found.surest(side, wanted).map_or(UNSEEN, |log_odds| log_odds.max(UNSEEN))
        };
        let of = |negation: &Span| surest(more, &|span| span.overlaps(*negation));
        Self {
            negations: negations.iter().map(of).collect(),
            here: surest(more, &|span| !negations.iter().any(|negation| negation.overlaps(span))),
            there: surest(1 - more, &|_| true),
        }
    }
}

/// How much closer a change brings a text to another, `gain`, for what it moves the text.
pub(super) fn gain_for_change(
    gain: f32,
    as_is: ArrayView1<'_, f32>,
    changed: ArrayView1<'_, f32>,
) -> f32 {
    gain / (1.0 - changed.dot(&as_is) + LEAST_DISTANCE)
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    fn about(left: &str, right: &str) -> Option<Question> {
        let language = |code| Language::from_code(code).unwrap();
        Question::about((left, language("en")), (right, language("de")), Closeness::Parallel, None)
    }

    #[test]
    fn only_texts_that_deny_unequally_are_asked_about() {
        assert_eq!(about("They came.", "Sie kamen."), None);
        assert_eq!(about("They did not come.", "Sie kamen nicht."), None);
        let question = about("They came.", "Sie kamen nicht.").unwrap();
        assert!(!question.on_left);
        assert_eq!(question.affirmed, [(Span::new(10, 15), "Sie kamen.".to_owned())]);
    }

    #[test]
    fn the_negation_that_gains_most_is_the_answer() {
        let question = about("They never said they would not.", "Das sagten sie.").unwrap();
        // Vectors of length 1 whose cosine to the right text is given.
        let near = |cosine: f32| array![cosine, (1.0 - cosine * cosine).sqrt()];
        let answer = |cosines: &[f32]| {
            let (left, right) = (near(0.9), near(1.0));
            let affirmed: Vec<_> = cosines.iter().map(|&cosine| near(cosine)).collect();
            let affirmed: Vec<_> = affirmed.iter().map(|vector| vector.view()).collect();
            question.answer([left.view(), right.view()], &affirmed)
        };
        let found = answer(&[0.89, 0.95]).unwrap();
        assert_eq!(found.negation, question.affirmed[1].0);
        assert!(found.confidence > 0.9);
        assert!(answer(&[0.89, 0.88]).unwrap().confidence < 0.1);
        assert_eq!(answer(&[]), None);
    }
}
