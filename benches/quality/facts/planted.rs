//! Planted changes: a number, a date, a unit or a title that both sides of a translation say is replaced by another on one side,
//! with the words of `planted.toml` and a fixed choice for each line.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

/// What is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A number in digits or in words.
    Number,
    /// A year, a month, a day of the week or a time of day.
    Date,
    /// A unit of measure or a currency.
    Unit,
    /// A title or role of a person.
    Title,
}

impl Kind {
    /// Those that [`super::values`] measures.
    pub(super) const VALUES: [Kind; 3] = [Kind::Number, Kind::Date, Kind::Unit];

    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Number => "number",
            Kind::Date => "date",
            Kind::Unit => "unit",
            Kind::Title => "title",
        }
    }
}

/// A changed text and where it was changed.
pub(crate) struct Planted {
    pub(crate) text: String,
    pub(crate) span: Range<usize>,
}

/// Words that can stand in each other's place, by what they mean.
type Group = BTreeMap<String, String>;

/// The groups of every language, by its code and the name of their kind.
static WORDS: LazyLock<BTreeMap<String, BTreeMap<String, Vec<Group>>>> =
    LazyLock::new(|| toml::from_str(include_str!("planted.toml")).expect("planted.toml is sound"));

fn groups(code: &str, kind: Kind) -> &'static [Group] {
    WORDS[code][kind.name()].as_slice()
}

/// The translation with one thing of the kind changed that the source says too; none where there is none. The number
/// of the line seeds the choice. Each side is a text and the code of its language.
pub(crate) fn change(
    source: (&str, &str),
    translation: (&str, &str),
    kind: Kind,
    line: usize,
) -> Option<Planted> {
    let said = meanings(source.0, source.1, kind);
    let (text, code) = translation;
    let mut places = Vec::new();
    for (at, word) in split(text) {
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            if kind == digit_kind(text, at, word) && said.contains(word) {
                places.push((at, word.len(), other_digits(word, line)));
            }
            continue;
        }
        // Units count only behind a digit: "five minutes" is one, "the minutes" are none.
        if kind == Kind::Unit && !beside_digit(text, at, word) {
            continue;
        }
        if kind == Kind::Title && is_part(text, at, word) {
            continue;
        }
        let other = groups(code, kind).iter().find_map(|group| {
            let meaning = group.iter().find(|(_, known)| *known == word)?.0;
            let others: Vec<&String> =
                group.iter().filter(|(other, _)| *other != meaning).map(|(_, word)| word).collect();
            said.contains(meaning.as_str()).then(|| others[line % others.len()].clone())
        });
        places.extend(other.map(|other| (at, word.len(), other)));
    }
    if places.is_empty() {
        return None;
    }
    let (at, length, other) = places.swap_remove(line % places.len());
    let text = format!("{}{other}{}", &text[..at], &text[at + length..]);
    Some(Planted { text, span: at..at + other.len() })
}

/// What the words and digits of a text mean.
fn meanings<'t>(text: &'t str, code: &str, kind: Kind) -> HashSet<&'t str>
where
    'static: 't,
{
    let of_word = |word: &str| {
        groups(code, kind)
            .iter()
            .flatten()
            .filter(|(_, known)| known.split(' ').next() == Some(word))
            .map(|(meaning, _)| meaning.as_str())
            .collect::<Vec<_>>()
    };
    split(text).into_iter().flat_map(|(_, word)| of_word(word).into_iter().chain([word])).collect()
}

/// The words and runs of digits of a text, and signs of money, with their places.
fn split(text: &str) -> Vec<(usize, &str)> {
    let class = |letter: char| match letter {
        _ if letter.is_ascii_digit() => 1,
        _ if letter.is_alphabetic() || letter == '/' || letter == '°' => 2,
        '€' | '$' | '£' => 3,
        _ => 0,
    };
    let mut runs = Vec::new();
    let mut start = 0;
    let mut current = 0;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        if class(letter) != current {
            if current > 0 {
                runs.push((start, &text[start..at]));
            }
            (start, current) = (at, class(letter));
        }
    }
    runs
}

/// What digits most likely are.
fn digit_kind(text: &str, at: usize, digits: &str) -> Kind {
    let (before, after) = (&text[..at], &text[at + digits.len()..]);
    let value: u64 = digits.parse().unwrap_or(0);
    let grouped = after.starts_with([',', '.', '\u{a0}', ' '])
        && after.chars().skip(1).take(3).all(|letter| letter.is_ascii_digit());
    let year = digits.len() == 4 && (1800..2030).contains(&value) && !grouped;
    if year || before.ends_with(':') || after.starts_with(':') { Kind::Date } else { Kind::Number }
}

/// Words beside a title that make a longer one with it.
const OF_LONGER_TITLES: [&str; 4] = ["prime ", "Prime ", "Premier ", " pirminink"];

/// Whether a title is a part of a longer one: `prime minister`, `премьер-министр`.
fn is_part(text: &str, at: usize, word: &str) -> bool {
    let (before, after) = (&text[..at], &text[at + word.len()..]);
    before.ends_with('-')
        || after.starts_with('-')
        || OF_LONGER_TITLES.iter().any(|part| before.ends_with(part) || after.starts_with(part))
}

/// Whether a digit stands right before a unit, or right behind a sign of money.
fn beside_digit(text: &str, at: usize, word: &str) -> bool {
    let before = text[..at].trim_end_matches([' ', '\u{a0}', '-', '°']);
    let money = word.chars().all(|letter| !letter.is_alphabetic());
    let after = text[at + word.len()..].starts_with(|letter: char| letter.is_ascii_digit());
    before.ends_with(|letter: char| letter.is_ascii_digit()) || (money && after)
}

/// Digits with one of them changed; the first never becomes a nought.
fn other_digits(digits: &str, line: usize) -> String {
    let at = line % digits.len();
    let changed = |(index, digit): (usize, u8)| {
        let value = digit - b'0';
        let other = if index != at {
            value
        } else if index == 0 {
            value % 9 + 1
        } else {
            (value + 1 + (line % 8) as u8) % 10
        };
        char::from(b'0' + other)
    };
    digits.bytes().enumerate().map(changed).collect()
}
