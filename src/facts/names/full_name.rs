//! Full names cut into words that can be compared: legal forms, honorifics and fillers out, abbreviations and
//! numbers known for what they are.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use any_ascii::any_ascii;

use super::edits::edits;
use super::sounds::{sounds, stem};
use crate::lang;
use crate::lang::names::NAME_PARTS;

/// Words of a name beyond these are not looked at.
const MOST_WORDS: usize = 16;
/// Letters of a short word; the bare `s` of an ending is not cut from one.
pub(super) const SHORT_WORD: usize = 3;
/// Letters of an abbreviation in capitals, at most.
const LONGEST_ABBREVIATION: usize = 5;
/// Letters an abbreviation needs to be a name of its own; two may be anyone's initials.
const TELLING_ABBREVIATION: usize = 3;
/// Words of legal forms from this length may have a letter wrong.
const LONG_FORM_WORD: usize = 5;

/// A word of a name.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// In lower case.
    pub(super) text: String,
    pub(super) sounds: Vec<u8>,
    /// The sounds without an ending of one of the languages.
    pub(super) stems: Vec<String>,
    /// Whether the script has capital letters. Scripts without are compared letter by letter.
    pub(super) cased: bool,
    /// Whether it stands in brackets.
    pub(super) bracketed: bool,
    /// Whether it is the name of the father.
    pub(super) patronymic: bool,
    /// Whether its letters start words of their own.
    pub(super) abbreviation: bool,
    /// The number it says, in digits or words of one of the languages.
    pub(super) number: Option<u64>,
}

/// A name in words, in order.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) words: Vec<Word>,
    /// Whether it has a legal form.
    pub(super) company: bool,
}

/// A word as it is read, before anything is known of the whole name.
struct Part {
    text: String,
    bracketed: bool,
    abbreviation: bool,
}

impl Word {
    /// A word in lower case.
    pub(super) fn new(text: &str, bracketed: bool) -> Self {
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
        Self {
            text: text.to_owned(),
            sounds,
            stems,
            cased,
            bracketed,
            patronymic: false,
            abbreviation: false,
            number: number(text),
        }
    }

    pub(super) fn is_initial(&self) -> bool {
        self.cased && self.text.chars().nth(1).is_none()
    }

    pub(super) fn is_in_digits(&self) -> bool {
        self.text.starts_with(|letter: char| letter.is_ascii_digit())
    }
}

impl Name {
    pub(super) fn read(name: &str) -> Self {
        let mut parts = parts(name);
        parts.truncate(MOST_WORDS);
        let company = strip_legal_forms(&mut parts);
        let word = |part: &Part| Word {
            abbreviation: part.abbreviation,
            ..Word::new(&part.text, part.bracketed)
        };
        let mut words: Vec<Word> = parts.iter().map(word).collect();
        if let [only] = words.as_mut_slice() {
            only.abbreviation &= only.text.chars().count() >= TELLING_ABBREVIATION;
        }
        Self { words, company }
    }

    /// The name with its fathers' names marked and without words that come and go.
    pub(super) fn telling(mut self) -> Name {
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

/// The words of a name: parted by blanks, hyphens and signs; `U.S.` is one.
fn parts(name: &str) -> Vec<Part> {
    let name = name.replace(['\'', '’', '`', 'ʼ'], "").replace('&', " and ");
    // Where everything is in capitals, they mark no abbreviations.
    let capitals = !name.chars().any(char::is_lowercase) && name.contains(char::is_whitespace);
    let mut words = Vec::new();
    let mut depth = 0usize;
    for chunk in name.split(|c: char| c.is_whitespace() || c == '-' || c == ',') {
        depth += chunk.matches('(').count();
        let pieces: Vec<&str> =
            chunk.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        let dotted = pieces.len() > 1 && pieces.iter().all(|part| part.chars().nth(1).is_none());
        let pieces = if dotted {
            vec![pieces.concat()]
        } else {
            pieces.into_iter().map(str::to_owned).collect()
        };
        words.extend(pieces.into_iter().map(|piece| Part {
            abbreviation: dotted || !capitals && is_abbreviation(&piece),
            text: piece.to_lowercase(),
            bracketed: depth > 0,
        }));
        depth = depth.saturating_sub(chunk.matches(')').count());
    }
    words
}

fn is_abbreviation(word: &str) -> bool {
    (2..=LONGEST_ABBREVIATION).contains(&word.chars().count())
        && word.chars().all(char::is_uppercase)
}

/// The number that a word in lower case says: `44`, `1st`, `four`, `vierte`.
fn number(word: &str) -> Option<u64> {
    let digits = word.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(word.len());
    let (digits, rest) = word.split_at(digits);
    if digits.is_empty() {
        return NUMBERS.words.get(word).copied();
    }
    (rest.is_empty() || NUMBERS.suffixes.contains(rest)).then(|| digits.parse().ok())?
}

/// Words of small numbers of all languages.
struct Numbers {
    words: HashMap<&'static str, u64>,
    suffixes: HashSet<&'static str>,
}

static NUMBERS: LazyLock<Numbers> = LazyLock::new(|| {
    let sections = || lang::profiles().iter().map(|profile| &profile.numbers);
    let entries = sections().flat_map(|section| section.cardinals.iter().chain(&section.ordinals));
    let words = entries
        .flat_map(|entry| entry.forms.iter().map(|form| (form.as_str(), entry.value as u64)));
    Numbers {
        words: words.collect(),
        suffixes: sections()
            .flat_map(|section| &section.ordinal_suffixes)
            .map(String::as_str)
            .collect(),
    }
});

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
fn strip_legal_forms(words: &mut Vec<Part>) -> bool {
    let mut stripped = false;
    for form in &PARTS.legal_forms {
        let starts = |words: &[Part]| {
            words.windows(form.len()).position(|window| {
                window.iter().zip(form).all(|(word, part)| is_form_word(&word.text, part))
            })
        };
        while let Some(at) = starts(words).filter(|_| words.len() > form.len()) {
            words.drain(at..at + form.len());
            stripped = true;
        }
    }
    stripped
}

/// Whether a word is one of a legal form, long ones with a letter wrong.
fn is_form_word(word: &str, part: &str) -> bool {
    if word == part {
        return true;
    }
    let word = any_ascii(word);
    let near = part.len() >= LONG_FORM_WORD && word.len().abs_diff(part.len()) <= 1;
    word == part || near && edits(word.as_bytes(), part.as_bytes(), |_| 1.0, |_, _| 1.0) <= 1.0
}
