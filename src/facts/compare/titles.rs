//! The titles of two passages that say the same, or of two reports on one person.

use super::{Closeness, is_latin};
use crate::facts::names::Sounds;
use crate::facts::{Fact, NameValue, TitleValue, Value};
use crate::lang::Language;
use crate::lang::titles::title;

/// Likeness of the last words of two names from which both can be one person's.
const SAME_BEARER: f64 = 0.6;

/// Likeness from which two first names are one.
const SAME_FIRST: f64 = 0.8;
/// Likeness below which two family names are no spellings of one.
const OTHER_NAME: f64 = 0.74;

/// Two titles that nobody bears at a time, said of one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TitleConflict {
    /// Index of the fact on the left.
    pub left: usize,
    /// Index of the fact on the right.
    pub right: usize,
    /// Probability that the two are said of one person, and contradict each other, 0..1.
    pub confidence: f32,
}

impl TitleValue {
    /// Whether nobody bears both titles at a time. A title borne no more, or for the time being, is a title still:
    /// that only one side says so is no contradiction.
    pub fn excludes(&self, other: &TitleValue) -> bool {
        let (Some(one), Some(two)) = (title(self.title), title(other.title)) else { return false };
        one.excludes(two) || self.title == other.title && self.deputy != other.deputy
    }
}

/// The titles of two passages that contradict each other.
///
/// In a translation titles without a name are set against each other too, each with one of its own on the other
/// side; in two reports only those of one person.
pub fn title_conflicts(
    (left, left_language): (&[Fact], Language),
    (right, right_language): (&[Fact], Language),
    closeness: Closeness,
) -> Vec<TitleConflict> {
    let (left, right) = (titles(left), titles(right));
    let meet = |one: &TitleValue, other: &TitleValue| {
        bearers_meet(one, left_language, other, right_language, closeness)
    };
    // Whether both have a bearer, and whether it is one person.
    let one_bearer = |one: &TitleValue, other: &TitleValue| {
        let (one, other) = (one.bearer.as_ref()?, other.bearer.as_ref()?);
        Some(is_one_person(one, left_language, other, right_language))
    };
    let (mut free_left, mut free_right) =
        unmatched(&left, &right, &|one, other| one_bearer(one, other) == Some(true));
    // What one side says twice the other may say once, and in more general words, if not of someone else.
    let agree = |one: &TitleValue, other: &TitleValue| {
        !one.excludes(other) && related(one, other) && one_bearer(one, other) != Some(false)
    };
    free_left.retain(|&at| !right.iter().any(|(_, other)| agree(left[at].1, other)));
    free_right.retain(|&at| !left.iter().any(|(_, one)| agree(one, right[at].1)));
    let mut conflicts = Vec::new();
    for at in free_left {
        let (fact, value) = left[at];
        let opposite = free_right
            .iter()
            .position(|&place| value.excludes(right[place].1) && meet(value, right[place].1));
        if let Some(place) = opposite {
            let (other_fact, other) = right[free_right.remove(place)];
            let both = value.bearer.is_some() && other.bearer.is_some();
            let confidence = if both { 0.9 } else { 0.6 };
            conflicts.push(TitleConflict { left: fact, right: other_fact, confidence });
        }
    }
    conflicts
}

/// The titles of each side, by their place in the lists, that are not set against the same one of the other side: those of
/// one person first.
fn unmatched(
    left: &[(usize, &TitleValue)],
    right: &[(usize, &TitleValue)],
    of_one: &dyn Fn(&TitleValue, &TitleValue) -> bool,
) -> (Vec<usize>, Vec<usize>) {
    let mut free_left: Vec<usize> = (0..left.len()).collect();
    let mut free_right: Vec<usize> = (0..right.len()).collect();
    for sure in [true, false] {
        free_left.retain(|&at| {
            let value = left[at].1;
            let answers = |&place: &usize| {
                is_same(value, right[place].1) && (!sure || of_one(value, right[place].1))
            };
            let found = free_right.iter().position(answers);
            found.is_none_or(|place| {
                free_right.remove(place);
                false
            })
        });
    }
    (free_left, free_right)
}

fn titles(facts: &[Fact]) -> Vec<(usize, &TitleValue)> {
    let titled = facts.iter().enumerate().filter_map(|(at, fact)| match &fact.value {
        Value::Title(value) => Some((at, value)),
        _ => None,
    });
    titled.collect()
}

fn is_same(one: &TitleValue, other: &TitleValue) -> bool {
    one.title == other.title && one.deputy == other.deputy
}

/// Whether one title can stand for another: the same, its kin, a more general one.
fn related(one: &TitleValue, other: &TitleValue) -> bool {
    let group = |value: &TitleValue| title(value.title).map(|title| title.group.as_str());
    group(one) == group(other)
}

fn bearers_meet(
    one: &TitleValue,
    one_language: Language,
    other: &TitleValue,
    other_language: Language,
    closeness: Closeness,
) -> bool {
    match (&one.bearer, &other.bearer) {
        (Some(one), Some(other)) => is_one_person(one, one_language, other, other_language),
        _ => closeness == Closeness::Parallel,
    }
}

/// Whether two names can be one person's: their last words sound alike, and so do their first ones where both have them. A
/// name of one word may be the other's first name.
pub fn is_one_person(
    one: &NameValue,
    one_language: Language,
    other: &NameValue,
    other_language: Language,
) -> bool {
    let (one, other) = (words(one, one_language), words(other, other_language));
    let (Some(last), Some(other_last)) = (one.last(), other.last()) else { return false };
    let initial = |sounds: &Sounds| sounds.stem.len() < 2;
    let first = || match (one.as_slice(), other.as_slice()) {
        ([one, _, ..], [other, _, ..]) => {
            initial(one) || initial(other) || one.likeness(other) >= SAME_BEARER
        }
        _ => true,
    };
    let by_first_name = match (one.as_slice(), other.as_slice()) {
        ([only], [first, _, ..]) | ([first, _, ..], [only]) => {
            !initial(only) && only.likeness(first) >= SAME_FIRST
        }
        _ => false,
    };
    by_first_name || last.likeness(other_last) >= SAME_BEARER && first()
}

/// Whether two full names of persons have one first name and two family names that are no spellings of one. Where
/// both are in Latin letters, a consonant that is another one is enough: nothing was transcribed.
pub fn names_differ(
    (one, one_language): (&NameValue, Language),
    (other, other_language): (&NameValue, Language),
) -> bool {
    let latin = |name: &NameValue| {
        name.name.chars().all(|letter| is_latin(letter) || !letter.is_alphabetic())
    };
    let one_script = latin(one) && latin(other);
    let (one, other) = (words(one, one_language), words(other, other_language));
    match (one.as_slice(), other.as_slice()) {
        ([first, .., last], [other_first, .., other_last]) => {
            first.stem.len() > 2
                && first.likeness(other_first) >= SAME_FIRST
                && (last.likeness(other_last) < OTHER_NAME
                    || (one_script && last.one_consonant_apart(other_last)))
        }
        _ => false,
    }
}

/// The words of a full name, as they sound.
fn words(value: &NameValue, language: Language) -> Vec<Sounds> {
    let name = value.whole.as_ref().unwrap_or(&value.name).to_lowercase();
    let words = name.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(|word| Sounds::new(word, language)).collect()
}
