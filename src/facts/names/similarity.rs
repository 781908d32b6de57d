//! How alike two full names are: word by word in any order, in any script and case, with slips of spelling.

use std::collections::HashSet;
use std::sync::LazyLock;

use any_ascii::any_ascii;

use super::sounds::{sounds, stem};
use crate::lang;
use crate::lang::names::NAME_PARTS;

/// Similarity from which two names are taken for one.
pub const SAME_NAME: f64 = 0.5;

/// Words of a name beyond these are not looked at.
const MOST_WORDS: usize = 16;
/// Slips two names of one person may have between them, and their part of the letters that are compared.
const MOST_SLIPS: f64 = 1.5;
const SLIPS_A_LETTER: f64 = 0.2;
/// Slips one word may have, as a part of its letters; a word of few letters may have one.
const SLIPS_IN_WORD: f64 = 0.3;
const SHORT_WORD: usize = 3;
/// Words that only one of two names has, at most: patronymics, middle names.
const MOST_EXTRA: usize = 3;
const MOST_EXTRA_BESIDE_ONE: usize = 2;
/// Cost of another ending, of an initial for a word, of a vowel, of `h`, of two consonants often confused.
const ENDING: f64 = 0.25;
const INITIAL: f64 = 0.3;
const VOWEL: f64 = 0.5;
const BREATH: f64 = 0.25;
const CONFUSED: f64 = 0.5;
/// Cost of another number of as many digits.
const DIGIT: f64 = 0.5;

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
    let (left, right) = (left.joined_like(&right).units(), right.joined_like(&left).units());
    alignment(&left, &right).map_or(0.0, |slips| (1.0 - (1.0 - SAME_NAME) * slips).max(0.0))
}

/// A word of a name.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    sounds: Vec<u8>,
    /// The sounds without an ending of one of the languages.
    stems: Vec<String>,
    /// Whether the script has capital letters. Scripts without are compared letter by letter.
    cased: bool,
    /// Whether it stands in brackets.
    bracketed: bool,
    /// Whether it is the name of the father.
    patronymic: bool,
}

#[derive(Debug, Clone)]
struct Name {
    words: Vec<Word>,
    company: bool,
}

impl Word {
    fn new(text: &str, bracketed: bool) -> Self {
        let all = sounds(text);
        let mut stems: Vec<String> = lang::profiles()
            .iter()
            .map(|profile| sounds(&stem(text, &profile.names.endings)))
            .chain([all.clone()])
            .collect();
        stems.extend(
            all.strip_suffix('s').filter(|rest| rest.len() > SHORT_WORD).map(str::to_owned),
        );
        stems.sort_unstable();
        stems.dedup();
        let cased = text.chars().any(|letter| letter.is_lowercase() || letter.is_uppercase());
        // The x that starts a name is that of Xi and Xavier.
        let heard = all.strip_prefix('k').filter(|rest| text.starts_with('x') && !rest.is_empty());
        let sounds = heard.unwrap_or(&all).as_bytes().to_vec();
        Self { text: text.to_owned(), sounds, stems, cased, bracketed, patronymic: false }
    }

    fn is_initial(&self) -> bool {
        self.cased && self.text.chars().nth(1).is_none()
    }

    fn is_number(&self) -> bool {
        self.text.bytes().all(|letter| letter.is_ascii_digit())
    }

    /// Slips between two words; the longer length they are counted over.
    fn distance(&self, other: &Word) -> (f64, usize) {
        if !self.cased && !other.cased {
            let (left, right): (Vec<char>, Vec<char>) =
                (self.text.chars().collect(), other.text.chars().collect());
            return (edits(&left, &right, |_| 1.0, |_, _| 1.0), left.len().max(right.len()));
        }
        let longest = self.sounds.len().max(other.sounds.len());
        if self.sounds == other.sounds {
            return (0.0, longest);
        }
        let slips = edits(&self.sounds, &other.sounds, |sound| gap(*sound), |a, b| swap(*a, *b));
        let same_stem = self.stems.iter().any(|stem| other.stems.contains(stem));
        (if same_stem { slips.min(ENDING) } else { slips }, longest)
    }

    /// Slips between two words that can be the same.
    fn slips(&self, other: &Word) -> Option<f64> {
        if self.patronymic != other.patronymic {
            return None;
        }
        if self.text == other.text {
            return Some(0.0);
        }
        if self.is_number() || other.is_number() {
            // Numbers of a series, of which one digit is easily mistaken.
            let numbers = self.is_number() && other.is_number();
            return (numbers && self.text.len() == other.text.len()).then_some(DIGIT);
        }
        if self.is_initial() || other.is_initial() {
            let starts_alike = self.sounds.first() == other.sounds.first();
            return (starts_alike && self.is_initial() != other.is_initial()).then_some(INITIAL);
        }
        let (slips, longest) = self.distance(other);
        let most =
            if longest <= SHORT_WORD && self.cased { 1.0 } else { SLIPS_IN_WORD * longest as f64 };
        (slips <= most).then_some(slips)
    }
}

impl Name {
    fn read(name: &str) -> Self {
        let mut words = Vec::new();
        let mut depth = 0usize;
        let name = name.to_lowercase().replace(['\'', '’', '`', 'ʼ'], "");
        for chunk in name.split(|c: char| c.is_whitespace() || c == '-' || c == ',') {
            depth += chunk.matches('(').count();
            let parts: Vec<&str> = chunk
                .split(|c: char| !c.is_alphanumeric())
                .filter(|part| !part.is_empty())
                .collect();
            let abbreviation =
                parts.len() > 1 && parts.iter().all(|part| part.chars().nth(1).is_none());
            if abbreviation {
                words.push((parts.concat(), depth > 0));
            } else {
                words.extend(parts.iter().map(|part| ((*part).to_owned(), depth > 0)));
            }
            depth = depth.saturating_sub(chunk.matches(')').count());
        }
        words.truncate(MOST_WORDS);
        let company = strip_legal_forms(&mut words);
        let words = words.iter().map(|(text, bracketed)| Word::new(text, *bracketed)).collect();
        Self { words, company }
    }

    /// The name with neighbouring words written as one where the other name does so.
    fn joined_like(&self, other: &Name) -> Name {
        let mut words = Vec::new();
        let mut at = 0;
        while let Some(word) = self.words.get(at) {
            let joined = (2..=4).rev().find_map(|count| {
                let parts = self.words.get(at..at + count)?;
                let text: String = parts.iter().map(|part| part.text.as_str()).collect();
                let whole = Word::new(&text, word.bracketed);
                let is_whole = |candidate: &&Word| {
                    let alone = parts.iter().any(|part| candidate.slips(part).is_some());
                    candidate.text.len() > SHORT_WORD
                        && !alone
                        && whole.distance(candidate).0 <= ENDING
                };
                other.words.iter().find(is_whole)?;
                Some((whole, count))
            });
            let (word, count) = joined.unwrap_or_else(|| (word.clone(), 1));
            words.push(word);
            at += count;
        }
        Name { words, company: self.company }
    }

    /// The name with its fathers' names marked and without words that come and go.
    fn units(mut self) -> Name {
        let is_part = |list: &HashSet<String>, word: &Word| list.contains(&word.text);
        if self.words.len() > 2 {
            for at in 1..self.words.len() {
                self.words[at].patronymic = is_part(&PARTS.patronymic, &self.words[at - 1]);
            }
        }
        let telling = |word: &Word| {
            !is_part(&PARTS.honorifics, word)
                && !is_part(&PARTS.fillers, word)
                && !is_part(&PARTS.patronymic, word)
        };
        if self.words.iter().any(telling) {
            self.words.retain(telling);
        }
        self
    }
}

/// The lists of [`NAME_PARTS`], ready to look up.
struct Parts {
    legal_forms: Vec<Vec<String>>,
    honorifics: HashSet<String>,
    fillers: HashSet<String>,
    patronymic: HashSet<String>,
}

static PARTS: LazyLock<Parts> = LazyLock::new(|| {
    let set = |list: &[String]| list.iter().cloned().collect();
    let mut legal_forms: Vec<Vec<String>> = NAME_PARTS
        .legal_forms
        .iter()
        .map(|form| form.split(' ').map(str::to_owned).collect())
        .collect();
    legal_forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
    Parts {
        legal_forms,
        honorifics: set(&NAME_PARTS.honorifics),
        fillers: set(&NAME_PARTS.fillers),
        patronymic: set(&NAME_PARTS.patronymic),
    }
});

/// Takes legal forms out, unless nothing else is there; whether there was one.
fn strip_legal_forms(words: &mut Vec<(String, bool)>) -> bool {
    let mut stripped = false;
    for form in &PARTS.legal_forms {
        let starts = |words: &[(String, bool)]| {
            words.windows(form.len()).position(|window| {
                let pairs = window.iter().zip(form);
                pairs.into_iter().all(|((word, _), part)| word == part || any_ascii(word) == *part)
            })
        };
        while let Some(at) = starts(words).filter(|_| words.len() > form.len()) {
            words.drain(at..at + form.len());
            stripped = true;
        }
    }
    stripped
}

/// The slips between two names as a part of those allowed, 0..1, where they can be one.
fn alignment(left: &Name, right: &Name) -> Option<f64> {
    let mut pairs = Vec::new();
    for (l, one) in left.words.iter().enumerate() {
        for (r, other) in right.words.iter().enumerate() {
            pairs.extend(one.slips(other).map(|slips| (slips, l, r)));
        }
    }
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (mut left_free, mut right_free) =
        (vec![true; left.words.len()], vec![true; right.words.len()]);
    let (mut slips, mut letters, mut whole_words) = (0.0, 0, 0);
    for (cost, l, r) in pairs {
        if left_free[l] && right_free[r] {
            (left_free[l], right_free[r]) = (false, false);
            slips += cost;
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
    let share = if slips == 0.0 { 0.0 } else { slips / most };
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
    b"aeiou".contains(&sound)
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
    let confused = |pair: &(u8, u8)| *pair == (one, other) || *pair == (other, one);
    if is_vowel(one) && is_vowel(other) {
        VOWEL
    } else if CONFUSED_PAIRS.iter().any(confused) {
        CONFUSED
    } else {
        1.0
    }
}

/// Weighted edit distance with neighbours exchanged as one edit (Damerau 1964; restricted).
fn edits<T: PartialEq>(
    left: &[T],
    right: &[T],
    gap: impl Fn(&T) -> f64,
    swap: impl Fn(&T, &T) -> f64,
) -> f64 {
    let mut before = vec![0.0; right.len() + 1];
    let mut row: Vec<f64> = std::iter::once(0.0)
        .chain(right.iter().scan(0.0, |sum, item| {
            *sum += gap(item);
            Some(*sum)
        }))
        .collect();
    for (l, one) in left.iter().enumerate() {
        let mut next = vec![row[0] + gap(one)];
        for (r, other) in right.iter().enumerate() {
            let kept = row[r] + if one == other { 0.0 } else { swap(one, other) };
            let mut least = kept.min(row[r + 1] + gap(one)).min(next[r] + gap(other));
            if l > 0 && r > 0 && *one == right[r - 1] && left[l - 1] == *other {
                least = least.min(before[r - 1] + 1.0);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_names_are_compared_without_panic(left in "\\PC{0,30}", right in "\\PC{0,30}") {
            let value = similarity(&left, &right);
            prop_assert!((0.0..=1.0).contains(&value));
        }
    }
}
