//! Negations of a source that its translation answers in the same place.
//!
//! To count them is not enough: a "not" too many in one clause makes up for one that is missing in another. Two
//! negations answer each other where the words around the one are answered by the words around the other.

use std::ops::Range;

use super::alignment::Alignment;
use super::words::Words;
use crate::facts::polarity::negators;
use crate::lang::Language;

/// Words on each side of a negation that tell where it stands.
const AROUND: usize = 3;
/// Least share of the support of these words that lies around the other negation. On translations of `flores` five in six
/// negations that stand alone on both sides have more, and of those planted in another place one in five.
const LEAST_SHARE: f32 = 0.75;

/// One side of a segment.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) text: &'a str,
    pub(super) language: Language,
    pub(super) words: &'a Words,
}

/// How many negations of either side the other does not answer. None where a language has no rules.
pub(super) fn unanswered(source: Side<'_>, target: Side<'_>, alignment: &Alignment) -> usize {
    if source.language.profile().is_none() || target.language.profile().is_none() {
        return 0;
    }
    let (of_source, of_target) = (places(source), places(target));
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (one, here) in of_source.iter().enumerate() {
        for (other, there) in of_target.iter().enumerate() {
            let share = (share(alignment, source.words, here, there, false)
                + share(alignment, target.words, there, here, true))
                / 2.0;
            pairs.push((share, one, other));
        }
    }
    pairs.retain(|pair| pair.0 >= LEAST_SHARE);
    pairs.sort_by(|one, other| other.0.total_cmp(&one.0));
    let (mut left, mut right) = (vec![true; of_source.len()], vec![true; of_target.len()]);
    for (_, one, other) in pairs {
        if left[one] && right[other] {
            (left[one], right[other]) = (false, false);
        }
    }
    left.into_iter().chain(right).filter(|&open| open).count()
}

/// The words around each negation. All negators of one negation belong to it.
fn places(side: Side<'_>) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = Vec::new();
    for negator in negators(side.text, side.language) {
        let Some(at) = side.words.spans.iter().position(|word| word.overlaps(negator.span)) else {
            // The encoder sees only the beginning of a long text.
            continue;
        };
        let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(side.words.len());
        match places.last_mut() {
            Some(place) if !negator.first => place.end = around.end,
            _ => places.push(around),
        }
    }
    places
}

/// Of the support that the words `here` find on the other side, the share that they find `there`, 0..1.
fn share(
    alignment: &Alignment,
    words: &Words,
    here: &Range<usize>,
    there: &Range<usize>,
    of_target: bool,
) -> f32 {
    let (mut found, mut all) = (0.0, 0.0);
    for word in here.clone() {
        let (lane, support) = if of_target {
            (alignment.similarities.column(word), alignment.target_support[word])
        } else {
            (alignment.similarities.row(word), alignment.source_support[word])
        };
        let best = there.clone().map(|other| lane[other]).fold(0.0, f32::max);
        found += words.weights[word] * best;
        all += words.weights[word] * support.max(0.0);
    }
    if all > 0.0 { found / all } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, Array2};

    use super::*;
    use crate::translation::score::words::word_spans;

    /// Words that are answered by the word of the same number.
    fn words(text: &str, numbers: &[usize]) -> Words {
        let spans = word_spans(text);
        assert_eq!(spans.len(), numbers.len());
        let mut vectors = Array2::zeros((spans.len(), 20));
        numbers.iter().enumerate().for_each(|(at, &number)| vectors[[at, number]] = 1.0);
        Words { weights: Array1::ones(spans.len()), pieces: vec![1; spans.len()], spans, vectors }
    }

    fn counted(source: (&str, &[usize]), target: (&str, &[usize])) -> usize {
        let (left, right) = (words(source.0, source.1), words(target.0, target.1));
        let side = |text, code, words| {
            let language = Language::from_code(code).unwrap();
            Side { text, language, words }
        };
        let alignment = Alignment::new(&left, &right);
        unanswered(side(source.0, "de", &left), side(target.0, "lt", &right), &alignment)
    }

    #[test]
    fn a_negation_is_answered_in_its_place_only() {
        let source =
            "Der Hafen ist heute wegen Sturm nicht offen, aber die Schiffe fahren alle ab.";
        let of_source = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];
        let same = "Uostas šiandien dėl audros nėra atidarytas, bet laivai gali visi išplaukti.";
        let elsewhere =
            "Uostas šiandien dėl audros yra atidarytas, bet laivai negali visi išplaukti.";
        let of_target = [1, 3, 4, 5, 2, 7, 8, 10, 13, 12, 11];
        assert_eq!(counted((source, &of_source), (same, &of_target)), 0);
        assert_eq!(counted((source, &of_source), (elsewhere, &of_target)), 2);
    }

    #[test]
    fn a_negation_that_one_side_lacks_is_counted_once() {
        let source = ("Der Hafen ist nicht offen.", &[0, 1, 2, 3, 4][..]);
        assert_eq!(counted(source, ("Uostas yra atidarytas.", &[1, 2, 4])), 1);
        assert_eq!(counted(source, ("Uostas nėra atidarytas.", &[1, 2, 4])), 0);
    }
}
