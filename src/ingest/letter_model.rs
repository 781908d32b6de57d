//! Tells encodings of one byte per letter apart by the letters they give.
//!
//! A wrong encoding turns the special letters of a language into ones it does not use, into the
//! wrong case in the middle of a word, or into signs. Each candidate is scored by the likelihood of
//! its letters under each language's letter frequencies (`[letters]` of the language files).

use encoding_rs::{Encoding, ISO_8859_13, KOI8_R, WINDOWS_1251, WINDOWS_1252, WINDOWS_1257};

use crate::lang::{self, LetterFrequencies};

/// The encodings to choose from; of two that give the same text, the first is named.
static CANDIDATES: [&Encoding; 5] = [
    WINDOWS_1252,
    WINDOWS_1257,
    ISO_8859_13,
    WINDOWS_1251,
    KOI8_R,
];

/// Signs of running text that the candidates have beyond ASCII.
const SIGNS: &str = "„“”‘’‚«»–—…°€£§№½©®™·•\u{a0}\u{ad}";

/// Bytes of words that are looked at.
const SAMPLE: usize = 64 * 1024;

/// Probability of a letter or sign that does not belong to the language.
const FOREIGN: f32 = 1e-7;
/// Probability of one of the [`SIGNS`].
const SIGN: f32 = 2e-3;
/// Share of the special characters a language must explain for its encoding to be trusted.
const EXPLAINED: f32 = 0.9;

/// The candidate that gives likely words in one of the languages with rules, if there is one.
pub(super) fn best_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let words = special_words(bytes);
    let mut best: Option<(f32, &'static Encoding, Fit)> = None;
    for encoding in CANDIDATES {
        let (text, _) = encoding.decode_without_bom_handling(&words);
        for profile in lang::profiles() {
            let fit = Fit::of(&text, &profile.letters);
            if best.is_none_or(|(score, ..)| fit.log_likelihood > score) {
                best = Some((fit.log_likelihood, encoding, fit));
            }
        }
    }
    best.filter(|(_, _, fit)| fit.explained >= EXPLAINED)
        .map(|(_, encoding, _)| encoding)
}

/// Whether the bytes beyond ASCII become letters within words, or signs of running text.
pub(super) fn is_plausible(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let words = special_words(bytes);
    let (text, _) = encoding.decode_without_bom_handling(&words);
    let (mut good, mut all) = (0usize, 0usize);
    let mut before = ' ';
    for character in text.chars() {
        if !character.is_ascii() {
            all += 1;
            let in_word = character.is_lowercase() && before.is_alphabetic()
                || character.is_alphabetic() && !before.is_lowercase();
            good += usize::from(in_word || SIGNS.contains(character));
        }
        before = character;
    }
    good * 4 >= all * 3
}

/// The words that have a byte beyond ASCII, each followed by a blank.
fn special_words(bytes: &[u8]) -> Vec<u8> {
    let mut words = Vec::new();
    let is_word_byte = |byte: &u8| !byte.is_ascii() || byte.is_ascii_alphabetic();
    for word in bytes.split(|byte| !is_word_byte(byte)) {
        if word.iter().any(|byte| !byte.is_ascii()) {
            words.extend_from_slice(&word[..word.len().min(SAMPLE)]);
            words.push(b' ');
        }
        if words.len() >= SAMPLE {
            break;
        }
    }
    words
}

/// How well a text fits a language.
#[derive(Debug, Clone, Copy)]
struct Fit {
    /// Natural logarithm of the probability of the text's letters.
    log_likelihood: f32,
    /// Share of the characters beyond ASCII that the language uses, 0..1.
    explained: f32,
}

impl Fit {
    fn of(text: &str, letters: &LetterFrequencies) -> Self {
        let mut log_likelihood = 0.0;
        let (mut special, mut foreign) = (0usize, 0usize);
        let mut before = ' ';
        for character in text.chars().filter(|&character| character != ' ') {
            let probability = probability(character, before, letters);
            log_likelihood += probability.unwrap_or(FOREIGN).ln();
            if !character.is_ascii() {
                special += 1;
                foreign += usize::from(probability.is_none());
            }
            before = character;
        }
        Self {
            log_likelihood,
            explained: 1.0 - foreign as f32 / special.max(1) as f32,
        }
    }
}

fn probability(character: char, before: char, letters: &LetterFrequencies) -> Option<f32> {
    if SIGNS.contains(character) {
        return Some(SIGN);
    }
    // Capitals inside a word of small letters come from a wrong encoding.
    if character.is_uppercase() && before.is_lowercase() {
        return None;
    }
    let small = character.to_lowercase().next().unwrap_or(character);
    letters.probability(small)
}
