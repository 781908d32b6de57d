//! How alike two full names are: word by word in any order, in any script and case, with slips of spelling.

use super::edits::edits;
use super::full_name::{Name, SHORT_WORD, Word};
use super::key::stem_sounds;
use super::sounds::sounds;
use crate::lang::Language;

/// Similarity from which two names are taken for one.
pub const SAME_NAME: f64 = 0.5;

/// Slips two names of one person may have between them, and their part of the letters that are compared.
const MOST_SLIPS: f64 = 1.5;
const SLIPS_A_LETTER: f64 = 0.2;
/// Slips one word may have, as a part of its letters; a word of few letters may have one.
const SLIPS_IN_WORD: f64 = 0.3;
/// Words of one name that can be written as one in the other, at most.
const MOST_JOINED: usize = 5;
/// Words that only one of two names has, at most: patronymics, middle names.
const MOST_EXTRA: usize = 3;
const MOST_EXTRA_BESIDE_ONE: usize = 2;
/// Cost of another ending, of an initial for a word, of a vowel, of `h`, of two consonants often confused.
const ENDING: f64 = 0.25;
const INITIAL: f64 = 0.3;
const VOWEL: f64 = 0.5;
const BREATH: f64 = 0.25;
const CONFUSED: f64 = 0.5;

/// Share of the longer of two words that the shorter must have to be compared.
const LEAST_LENGTH: f64 = 0.4;

/// Consonants that transcriptions confuse.
const CONFUSED_PAIRS: [(u8, u8); 13] = [
    (b'h', b'k'),
    (b'g', b'h'),
    (b'd', b't'),
    (b'b', b'p'),
    (b'f', b'v'),
    (b'g', b'k'),
    (b'k', b's'),
    (b'J', b's'),
    (b'J', b'i'),
    (b'J', b'j'),
    (b'J', b'k'),
    (b'i', b'j'),
    (b'j', b's'),
];

/// The same for quick look-ups: for each sound a bit for each other one that it is confused with.
const CONFUSED_WITH: [u64; 64] = {
    let mut masks = [0; 64];
    let mut at = 0;
    while at < CONFUSED_PAIRS.len() {
        let (one, other) = CONFUSED_PAIRS[at];
        masks[(one - FIRST_LETTER) as usize] |= 1 << (other - FIRST_LETTER);
        masks[(other - FIRST_LETTER) as usize] |= 1 << (one - FIRST_LETTER);
        at += 1;
    }
    masks
};
/// Before all letters.
const FIRST_LETTER: u8 = 64;

/// How alike two full names are, 0..1; [`SAME_NAME`] and more means that both can be spellings of one name.
///
/// Each word of the one name is paired with the word of the other that is closest in sound (Damerau-Levenshtein
/// distance over sounds), whatever their order, script and case. An initial stands for a word. Words that both
/// names have alone make them different; words that only one has (a patronymic, a title, a legal form) do not,
/// unless the name is a company's.
///
/// ```
/// use parallax::facts::names::{SAME_NAME, similarity};
///
/// assert!(similarity("Olga Petrowa", "Петрова Ольга") > 0.9);
/// assert!(similarity("O. Petrovna", "Olga Smirnova") < SAME_NAME);
/// ```
pub fn similarity(left: &str, right: &str) -> f64 {
    let (left, right) = (Name::read(left), Name::read(right));
    let (left, right) =
        (joined_like(&left, &right).telling(), joined_like(&right, &left).telling());
    alignment(&left, &right).map_or(0.0, |slips| (1.0 - (1.0 - SAME_NAME) * slips).max(0.0))
}

/// A word of a name in a known language, as it sounds.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::facts) struct Sounds {
    /// All of it.
    whole: String,
    /// Without its ending.
    pub(in crate::facts) stem: String,
}

impl Sounds {
    /// A word in lower case.
    pub(in crate::facts) fn new(word: &str, language: Language) -> Self {
        Self { whole: sounds(word), stem: stem_sounds(word, language) }
    }

    /// Words in a row as one.
    pub(in crate::facts) fn joined<'s>(words: impl Iterator<Item = &'s Sounds>) -> Self {
        let mut joined = Self { whole: String::new(), stem: String::new() };
        for word in words {
            joined.stem = joined.whole.clone() + &word.stem;
            joined.whole.push_str(&word.whole);
        }
        joined
    }

    /// How alike two words sound, 0..1: the part of their sounds that is no slip.
    pub(in crate::facts) fn likeness(&self, other: &Sounds) -> f64 {
        if self.stem == other.stem || self.whole == other.whole {
            return 1.0;
        }
        let alike = |one: &str, other: &str| {
            let (one, other) = (one.as_bytes(), other.as_bytes());
            let cost = |sounds: &[u8]| sounds.iter().map(|sound| gap(*sound)).sum::<f64>();
            let (short, long) = {
                let (one, other) = (cost(one), cost(other));
                (one.min(other), one.max(other))
            };
            // What is missing altogether is a slip at the least.
            if long <= 0.0 || short / long < LEAST_LENGTH {
                return 0.0;
            }
            1.0 - edits(one, other, |sound| gap(*sound), |a, b| swap(*a, *b)) / long
        };
        alike(&self.stem, &other.stem).max(alike(&self.whole, &other.whole))
    }

    /// Whether two words of several sounds differ in one consonant of the stem alone, and in none that transcriptions
    /// confuse: a slip of whoever wrote one of them.
    pub(in crate::facts) fn one_consonant_apart(&self, other: &Sounds) -> bool {
        let (one, other) = (self.whole.as_bytes(), other.whole.as_bytes());
        if one.len() != other.len() || one.len() <= SHORT_WORD {
            return false;
        }
        let differing: Vec<usize> = (0..one.len()).filter(|&at| one[at] != other[at]).collect();
        matches!(differing[..], [at] if at + 1 < one.len() && swap(one[at], other[at]) >= 1.0
            && !is_vowel(one[at]) && !is_vowel(other[at]))
    }
}

/// Slips between two words; the longer length they are counted over.
fn distance(one: &Word, other: &Word) -> (f64, usize) {
    if !one.cased && !other.cased {
        let (left, right): (Vec<char>, Vec<char>) =
            (one.text.chars().collect(), other.text.chars().collect());
        return (edits(&left, &right, |_| 1.0, |_, _| 1.0), left.len().max(right.len()));
    }
    let longest = one.sounds.len().max(other.sounds.len());
    if one.sounds == other.sounds {
        return (0.0, longest);
    }
    let by_sounds =
        |left: &[u8], right: &[u8]| edits(left, right, |sound| gap(*sound), |a, b| swap(*a, *b));
    let pairs =
        one.stems.iter().flat_map(|stem| other.stems.iter().map(move |other| (stem, other)));
    let by_stems = pairs.map(|(one, other)| ENDING + by_sounds(one.as_bytes(), other.as_bytes()));
    (by_stems.fold(by_sounds(&one.sounds, &other.sounds), f64::min), longest)
}

/// Slips between two words that can be the same.
fn slips(one: &Word, other: &Word) -> Option<f64> {
    if one.patronymic != other.patronymic {
        return None;
    }
    if one.text == other.text {
        return Some(0.0);
    }
    if one.is_in_digits() || other.is_in_digits() {
        return (one.number.is_some() && one.number == other.number).then_some(0.0);
    }
    if one.is_initial() || other.is_initial() {
        let starts_alike = one.sounds.first() == other.sounds.first();
        return (starts_alike && one.is_initial() != other.is_initial()).then_some(INITIAL);
    }
    let (slips, longest) = distance(one, other);
    let most =
        if longest <= SHORT_WORD && one.cased { 1.0 } else { SLIPS_IN_WORD * longest as f64 };
    (slips <= most).then_some(slips)
}

/// The name with neighbouring words written as one where the other name does so.
fn joined_like(name: &Name, other: &Name) -> Name {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(word) = name.words.get(at) {
        let joined = (2..=MOST_JOINED).rev().find_map(|count| {
            let parts = name.words.get(at..at + count)?;
            let text: String = parts.iter().map(|part| part.text.as_str()).collect();
            let whole = Word::new(&text, word.bracketed);
            let found =
                other.words.iter().find_map(|candidate| stands_for(&whole, parts, candidate))?;
            Some((found, count))
        });
        let (word, count) = joined.unwrap_or_else(|| (word.clone(), 1));
        words.push(word);
        at += count;
    }
    Name { words, company: name.company }
}

/// The word that neighbouring words make where `candidate` is what they are written as: together, by their
/// initials, as one number.
fn stands_for(whole: &Word, parts: &[Word], candidate: &Word) -> Option<Word> {
    let initials = || parts.iter().filter_map(|part| part.text.chars().next());
    if candidate.abbreviation && initials().eq(candidate.text.chars()) {
        return Some(candidate.clone());
    }
    let number = match parts {
        [tens, ones] => sum(tens.number, ones.number),
        _ => None,
    };
    if number.is_some() && number == candidate.number {
        return Some(candidate.clone());
    }
    let together = distance(whole, candidate).0;
    let nearer = || {
        let alone = parts.iter().filter_map(|part| slips(part, candidate));
        alone.fold(f64::INFINITY, f64::min) > together
    };
    (candidate.text.len() > SHORT_WORD && together <= ENDING && nearer()).then(|| whole.clone())
}

/// The number that tens and ones make.
fn sum(tens: Option<u64>, ones: Option<u64>) -> Option<u64> {
    let (tens, ones) = (tens?, ones?);
    (tens % 10 == 0 && (20..100).contains(&tens) && (1..10).contains(&ones)).then_some(tens + ones)
}

/// The slips between two names as a part of those allowed, 0..1, where they can be one.
fn alignment(left: &Name, right: &Name) -> Option<f64> {
    let mut pairs = Vec::new();
    for (l, one) in left.words.iter().enumerate() {
        for (r, other) in right.words.iter().enumerate() {
            pairs.extend(slips(one, other).map(|slips| (slips, l, r)));
        }
    }
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (mut left_free, mut right_free) =
        (vec![true; left.words.len()], vec![true; right.words.len()]);
    let (mut sum, mut letters, mut whole_words) = (0.0, 0, 0);
    for (cost, l, r) in pairs {
        if left_free[l] && right_free[r] {
            (left_free[l], right_free[r]) = (false, false);
            sum += cost;
            letters += left.words[l].sounds.len().max(right.words[r].sounds.len());
            whole_words += usize::from(!left.words[l].is_initial() && !right.words[r].is_initial());
        }
    }
    if whole_words == 0 || left_free.contains(&true) && right_free.contains(&true) {
        return None;
    }
    let extra = extra(left, &left_free) + extra(right, &right_free);
    let one_word = left.words.len().min(right.words.len()) == 1;
    let most_extra = match (left.company || right.company, one_word) {
        (true, _) => 0,
        (_, true) => MOST_EXTRA_BESIDE_ONE,
        _ => MOST_EXTRA,
    };
    let one_slip = if letters > SHORT_WORD { 1.0 } else { 0.0 };
    let most = MOST_SLIPS.min((SLIPS_A_LETTER * letters as f64).max(one_slip));
    let share = if sum == 0.0 { 0.0 } else { sum / most };
    (extra <= most_extra && share <= 1.0).then_some(share)
}

/// Words without a counterpart that say something new: not in brackets and no repetition.
fn extra(name: &Name, free: &[bool]) -> usize {
    let taken =
        |text: &str| name.words.iter().zip(free).any(|(word, free)| !free && word.text == text);
    let pairs = name.words.iter().zip(free);
    pairs.filter(|(word, free)| **free && !word.bracketed && !taken(&word.text)).count()
}

fn is_vowel(sound: u8) -> bool {
    matches!(sound, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Whether transcriptions confuse two sounds.
fn is_confused(one: u8, other: u8) -> bool {
    let number = |sound: u8| sound.checked_sub(FIRST_LETTER).filter(|&number| number < 64);
    match (number(one), number(other)) {
        (Some(one), Some(other)) => CONFUSED_WITH[usize::from(one)] >> other & 1 == 1,
        _ => false,
    }
}

/// Cost of a sound too many.
fn gap(sound: u8) -> f64 {
    match sound {
        b'h' => BREATH,
        sound if is_vowel(sound) => VOWEL,
        _ => 1.0,
    }
}

/// Cost of one sound for another.
fn swap(one: u8, other: u8) -> f64 {
    if is_vowel(one) && is_vowel(other) {
        VOWEL
    } else if is_confused(one, other) {
        CONFUSED
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_sounds_that_are_confused_are_those_of_the_table() {
        for (one, other) in (0..=255).flat_map(|one| (0..=255).map(move |other| (one, other))) {
            let listed = |pair: &(u8, u8)| *pair == (one, other) || *pair == (other, one);
            assert_eq!(is_confused(one, other), CONFUSED_PAIRS.iter().any(listed));
        }
    }

    #[test]
    fn one_other_consonant_is_no_spelling_of_the_same() {
        let apart = |one: &str, other: &str| {
            let sounds = |word| Sounds::new(word, Language::UNKNOWN);
            sounds(one).one_consonant_apart(&sounds(other))
        };
        assert!(apart("grinius", "gricius"));
        for (one, other) in [
            ("grinius", "grinius"),
            ("wagner", "vagner"),
            ("meier", "maier"),
            ("lawrow", "lavrov"),
            ("petraitis", "petraitienė"),
            ("kant", "kand"),
            ("abe", "ade"),
        ] {
            assert!(!apart(one, other), "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn any_names_are_compared_without_panic(left in "\\PC{0,30}", right in "\\PC{0,30}") {
            let value = similarity(&left, &right);
            prop_assert!((0.0..=1.0).contains(&value));
        }
    }
}
