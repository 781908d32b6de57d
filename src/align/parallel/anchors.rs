//! Anchors: numbers, and names by how they sound, that occur in both texts. They tell apart sentences whose vectors lie
//! close together.

use std::collections::{BTreeMap, BTreeSet};

use super::side::Texts;
use crate::facts::names::sound_skeleton;

/// Shortest word that may be a name, in letters.
const SHORTEST: usize = 3;
/// Fewest sounds of a skeleton that tells a name.
const FEWEST: usize = 3;
/// Most sounds that are compared; endings lie beyond.
const MOST: usize = 4;

/// An anchor by its number among those of both texts, and how much it tells: 1 where a single sentence of each side
/// has it, less the more do.
pub(super) type Anchor = (u32, f32);

/// Notes the anchors of the sentences of two texts.
pub(super) fn note(left: &mut Texts, left_texts: &[&str], right: &mut Texts, right_texts: &[&str]) {
    let words = |texts: &[&str]| texts.iter().map(|text| anchors(text)).collect::<Vec<_>>();
    let (left_words, right_words) = (words(left_texts), words(right_texts));
    let (in_left, in_right) = (counts(&left_words), counts(&right_words));
    let mut shared: BTreeMap<&str, Anchor> = BTreeMap::new();
    for (&word, &count) in &in_left {
        if let Some(&other) = in_right.get(word) {
            shared.insert(word, (shared.len() as u32, 1.0 / count.max(other) as f32));
        }
    }
    let known = |words: &[BTreeSet<String>]| {
        let of_sentence = |words: &BTreeSet<String>| {
            words.iter().filter_map(|word| shared.get(word.as_str()).copied()).collect()
        };
        words.iter().map(of_sentence).collect::<Vec<Vec<Anchor>>>()
    };
    left.note_anchors(known(&left_words));
    right.note_anchors(known(&right_words));
}

/// Sum of the weights of the anchors that two sentences share; both lists are in the order of their numbers.
pub(super) fn shared(left: &[Anchor], right: &[Anchor]) -> f32 {
    let (mut l, mut r, mut sum) = (0, 0, 0.0);
    while l < left.len() && r < right.len() {
        match left[l].0.cmp(&right[r].0) {
            std::cmp::Ordering::Less => l += 1,
            std::cmp::Ordering::Greater => r += 1,
            std::cmp::Ordering::Equal => {
                sum += left[l].1;
                (l, r) = (l + 1, r + 1);
            }
        }
    }
    sum
}

fn counts(words: &[BTreeSet<String>]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for word in words.iter().flatten() {
        *counts.entry(word.as_str()).or_default() += 1;
    }
    counts
}

/// Digits, and skeletons of words with a capital letter.
fn anchors(text: &str) -> BTreeSet<String> {
    let digits =
        text.split(|c: char| !c.is_ascii_digit()).map(|digits| digits.trim_start_matches('0'));
    let mut anchors: BTreeSet<String> =
        digits.filter(|digits| !digits.is_empty()).map(str::to_owned).collect();
    let words = text.split(|c: char| !c.is_alphabetic());
    for word in words.filter(|word| word.starts_with(char::is_uppercase)) {
        if word.chars().count() >= SHORTEST {
            let skeleton: String = sound_skeleton(word).chars().take(MOST).collect();
            if skeleton.chars().count() >= FEWEST {
                anchors.insert(skeleton);
            }
        }
    }
    anchors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_are_anchors_across_scripts() {
        let english = anchors("Lavrov met 12 ministers in Vilnius.");
        let russian = anchors("Лавров встретил 12 министров в Вильнюсе.");
        let both: Vec<&String> = english.intersection(&russian).collect();
        assert!(both.contains(&&"12".to_owned()));
        assert_eq!(both.len(), 3);
    }

    #[test]
    fn what_is_shared_weighs_as_much_as_it_tells() {
        assert_eq!(shared(&[(0, 1.0), (3, 0.5), (4, 0.25)], &[(3, 0.5), (4, 0.25)]), 0.75);
    }
}
