//! Tells encodings of one byte per letter apart by the letters they give.
//!
//! A wrong encoding turns the special letters of a language into ones it does not use, into the
//! wrong case in the middle of a word, or into signs. Each candidate is scored by the likelihood of
//! its letters under each language's letter frequencies (`[letters]` of the language files).

use encoding_rs::{Encoding, ISO_8859_13, KOI8_R, WINDOWS_1251, WINDOWS_1252, WINDOWS_1257};

use crate::lang::{self, LetterFrequencies};

/// The encodings to choose from; of two that give the same text, the first is named.
static CANDIDATES: [&Encoding; 5] = [WINDOWS_1252, WINDOWS_1257, ISO_8859_13, WINDOWS_1251, KOI8_R];

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

/// How much the words without special characters say against a language, in nats, from the
/// difference of their log-likelihood to the best language's.
///
/// Counted in full up to about three special letters and at a fortieth beyond, so that an English
/// page on Lithuanians keeps their names, and a broken byte does not make it Russian.
fn plain_penalty(difference: f32) -> f32 {
    difference.min(15.0).max(difference / 40.0)
}

/// The candidate that gives likely words in one of the languages with rules, if there is one.
pub(super) fn best_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let words = Words::of(bytes);
    let plain: Vec<f32> = lang::profiles()
        .iter()
        .map(|profile| Fit::of(&words.plain, &profile.letters).log_likelihood)
        .collect();
    let best_plain = plain.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut best: Option<(f32, &'static Encoding, Fit)> = None;
    for encoding in CANDIDATES {
        let (text, _) = encoding.decode_without_bom_handling(&words.special);
        for (profile, plain) in lang::profiles().iter().zip(&plain) {
            let fit = Fit::of(&text, &profile.letters);
            let score = fit.log_likelihood - plain_penalty(best_plain - plain);
            if best.is_none_or(|(best_score, ..)| score > best_score) {
                best = Some((score, encoding, fit));
            }
        }
    }
    best.filter(|(_, _, fit)| fit.explained >= EXPLAINED).map(|(_, encoding, _)| encoding)
}

/// Whether the bytes beyond ASCII become letters within words, or signs of running text.
pub(super) fn is_plausible(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let words = Words::of(bytes);
    let (text, _) = encoding.decode_without_bom_handling(&words.special);
    let (mut good, mut bad) = (0usize, 0usize);
    for word in text.split(' ') {
        match is_word(word.trim_matches(is_sign)) {
            Some(true) => good += 1,
            Some(false) => bad += 1,
            None => {}
        }
    }
    good >= bad * 3
}

fn is_sign(character: char) -> bool {
    SIGNS.contains(character)
}

/// Whether a word holds letters of one script alone, and in Latin script not only special ones;
/// `None` for a word too short to tell.
fn is_word(word: &str) -> Option<bool> {
    let letters = word.chars().count();
    let latin = word.chars().filter(|&c| c < '\u{370}').count();
    if letters <= 1 && latin == letters {
        return None;
    }
    let one_script = latin == 0 || latin == letters;
    let has_plain = latin == 0 || word.contains(|c: char| c.is_ascii_alphabetic());
    let mut before = ' ';
    let all_letters = word.chars().all(|letter| {
        let rises = before.is_lowercase() && letter.is_uppercase();
        before = letter;
        letter.is_alphabetic() && !rises
    });
    Some(one_script && has_plain && all_letters)
}

/// The words of a text in an unknown encoding, each followed by a blank.
struct Words {
    /// Words with bytes beyond ASCII.
    special: Vec<u8>,
    /// Words of ASCII alone.
    plain: String,
}

impl Words {
    fn of(bytes: &[u8]) -> Self {
        let (mut special, mut plain) = (Vec::new(), String::new());
        let is_word_byte = |byte: &u8| !byte.is_ascii() || byte.is_ascii_alphabetic();
        for word in bytes.split(|byte| !is_word_byte(byte)) {
            let word = &word[..word.len().min(SAMPLE)];
            match std::str::from_utf8(word) {
                Ok(word) if word.is_ascii() => {
                    if plain.len() < SAMPLE {
                        plain.push_str(word);
                        plain.push(' ');
                    }
                }
                _ => {
                    special.extend_from_slice(word);
                    special.push(b' ');
                }
            }
            if special.len() >= SAMPLE {
                break;
            }
        }
        Self { special, plain }
    }
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
        for character in text.chars() {
            if character != ' ' {
                let probability = probability(character, before, letters);
                log_likelihood += probability.unwrap_or(FOREIGN).ln();
                if !character.is_ascii() {
                    special += 1;
                    foreign += usize::from(probability.is_none());
                }
            }
            before = character;
        }
        Self { log_likelihood, explained: 1.0 - foreign as f32 / special.max(1) as f32 }
    }
}

fn probability(character: char, before: char, letters: &LetterFrequencies) -> Option<f32> {
    if SIGNS.contains(character) {
        let is_astray = character == '’' && before == ' ';
        return (!is_astray).then_some(SIGN);
    }
    // Capitals inside a word of small letters come from a wrong encoding.
    if character.is_uppercase() && before.is_lowercase() {
        return None;
    }
    let small = character.to_lowercase().next().unwrap_or(character);
    letters.probability(small)
}
