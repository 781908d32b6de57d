//! Texts that say the same but for a negation: one denies what the other affirms.
//!
//! Counting negations finds the candidates. Free wording puts `remained` for `did not change`, so that the encoder is
//! asked: where the negation is an error, the text without it is closer to the other side than the text with it.
//! Encoders hardly see a negation in a single text (Ettinger 2020), but the change it makes points somewhere, and
//! that is what is compared here.

use crate::facts::Closeness;
use crate::facts::denial::{Polarity, affirmed};
use crate::lang::Language;
use crate::text::Span;

/// Longest text that is asked about, in bytes; a longer one is no sentence.
const LONGEST: usize = 4096;
/// Most negations of a side that are taken away one by one.
const MOST: usize = 4;
/// Gain at which a contradiction is as likely as free wording.
const EVEN_GAIN: f32 = 0.0025;
/// What is added to it where a word of the other side may account for the negation.
const COVERED: f32 = 0.01;
/// What is added in two reports on the same where the affirming one has more words that can be a negation elsewhere:
/// `the first since` for `not since`.
const HINTED: f32 = 0.005;
/// How fast the probability rises with the gain.
const STEEPNESS: f32 = 220.0;

/// How freely translators into and from a language put other words for a negation.
fn freedom(language: Language) -> f32 {
    language.profile().map_or(0.0, |profile| profile.negation.freedom)
}

/// A text and its language.
pub type Side<'a> = (&'a str, Language);

/// Two texts of which one may deny what the other affirms, and what to ask the encoder about them.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Whether the left text has the negation.
    pub on_left: bool,
    /// Each negation that may be too many, in bytes of its text, with the text without it.
    pub affirmed: Vec<(Span, String)>,
    /// Gain at which a contradiction is as likely as not.
    even_gain: f32,
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
    /// What there is to ask about two texts that should say the same, if anything.
    pub fn about(left: Side<'_>, right: Side<'_>, closeness: Closeness) -> Option<Self> {
        if left.0.len().max(right.0.len()) > LONGEST {
            return None;
        }
        let polarities = [left, right].map(|(text, language)| Polarity::of(text, language));
        let counts = [0, 1].map(|side: usize| polarities[side].clauses.len());
        if counts[0] == counts[1] {
            return None;
        }
        let on_left = counts[0] > counts[1];
        let (more, (text, language)) = if on_left { (0, left) } else { (1, right) };
        let covered = polarities[more].surplus(&polarities[1 - more]) == 0;
        let mut even_gain = EVEN_GAIN;
        even_gain += if covered { COVERED } else { 0.0 };
        let hinted = polarities[1 - more].hints > polarities[more].hints;
        let free = closeness == Closeness::Comparable && hinted;
        even_gain += if free { HINTED } else { 0.0 };
        even_gain += freedom(left.1) + freedom(right.1);
        let negations = polarities[more].clauses.iter().take(MOST);
        let affirmed = negations.map(|&span| (span, affirmed(text, span, language))).collect();
        Some(Self { on_left, affirmed, even_gain })
    }

    /// The answer, given how much closer each text of `affirmed` comes to the other side than the text as it is.
    pub fn answer(&self, gains: &[f32]) -> Option<Contrary> {
        let best = self.affirmed.iter().zip(gains).max_by(|one, other| one.1.total_cmp(other.1));
        let ((negation, _), gain) = best?;
        let confidence = 1.0 / (1.0 + (STEEPNESS * (self.even_gain - gain)).exp());
        Some(Contrary { on_left: self.on_left, negation: *negation, confidence })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(left: &str, right: &str) -> Option<Question> {
        let language = |code| Language::from_code(code).unwrap();
        Question::about((left, language("en")), (right, language("de")), Closeness::Parallel)
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
        let answer = question.answer(&[-0.01, 0.05]).unwrap();
        assert_eq!(answer.negation, question.affirmed[1].0);
        assert!(answer.confidence > 0.9);
        assert!(question.answer(&[-0.01, -0.02]).unwrap().confidence < 0.1);
        assert_eq!(question.answer(&[]), None);
    }
}
