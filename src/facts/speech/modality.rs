//! Modality: what a sentence says may be, is likely, must be or is meant to be.

use super::lexicon::{Mark, Meaning};
use crate::calendar::token::Token;
use crate::facts::{Fact, Modality, Value};
use crate::text::Span;

/// The modal words of a sentence; of phrases that share words the longest.
pub(super) fn facts(tokens: &[Token], marks: &[Mark]) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut free_from = 0;
    for mark in marks.iter().filter(|mark| mark.modality().is_some()) {
        let longer = |other: &&Mark| other.first == mark.first && other.length > mark.length;
        let is_longest =
            !marks.iter().filter(|other| other.modality().is_some()).any(|other| longer(&other));
        if mark.first < free_from || !is_longest {
            continue;
        }
        free_from = mark.first + mark.length;
        let span = Span::new(tokens[mark.first].span.start, tokens[free_from - 1].span.end);
        facts.extend(
            mark.modality().map(|modality| Fact { span, value: Value::Modality(modality) }),
        );
    }
    facts
}

impl Mark {
    fn modality(&self) -> Option<Modality> {
        match self.meaning {
            Meaning::Modal(modality) => Some(modality),
            _ => None,
        }
    }
}
