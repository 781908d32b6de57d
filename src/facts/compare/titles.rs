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

/// Confidence that titles of one person contradict each other, that titles do of which one has no bearer, and that those do
/// if one of them stands on the other side as well, but not as often.
const OF_ONE_PERSON: f32 = 0.9;
const OF_ANYONE: f32 = 0.6;
const OF_ANYONE_AGAIN: f32 = 0.5;

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
    let mut sides = Sides {
        one_bearer: &|one, other| {
            let (one, other) = (one.bearer.as_ref()?, other.bearer.as_ref()?);
            Some(is_one_person(one, left_language, other, right_language))
        },
        free: [(0..left.len()).collect(), (0..right.len()).collect()],
        conflicts: Vec::new(),
        left,
        right,
    };
    let one_person: &Meeting<'_> =
        &|sides, one, other| sides.bearers_are_one(one, other) == Some(true);
    sides.match_same(true);
    sides.set_against(OF_ONE_PERSON, &|sides, one, other| {
        one_person(sides, one, other) && sides.is_nowhere_else(one, other)
    });
    sides.match_same(false);
    let [left_again, right_again] = sides.take_said_again();
    sides.set_against(OF_ONE_PERSON, one_person);
    if closeness == Closeness::Parallel {
        let unknown: &Meeting<'_> =
            &|sides, one, other| sides.bearers_are_one(one, other).is_none();
        sides.set_against(OF_ANYONE, unknown);
        let left = std::mem::replace(&mut sides.free[0], left_again);
        sides.set_against(OF_ANYONE_AGAIN, unknown);
        sides.free = [left, right_again];
        sides.set_against(OF_ANYONE_AGAIN, unknown);
    }
    sides.conflicts
}

/// The titles of two passages while they are set against each other.
struct Sides<'f> {
    /// With the index of the fact.
    left: Vec<(usize, &'f TitleValue)>,
    right: Vec<(usize, &'f TitleValue)>,
    /// Whether both have a bearer, and whether it is one person.
    one_bearer: &'f dyn Fn(&TitleValue, &TitleValue) -> Option<bool>,
    /// The titles of each side, by their place in the lists, that have found none on the other.
    free: [Vec<usize>; 2],
    conflicts: Vec<TitleConflict>,
}

/// Whether a title on the left and one on the right, by their places, can be meant to be one.
type Meeting<'m> = dyn Fn(&Sides<'_>, usize, usize) -> bool + 'm;

impl Sides<'_> {
    /// Takes out the titles that the other side has too: of one person, or whoever bears them.
    fn match_same(&mut self, of_one_person: bool) {
        let Self { left, right, one_bearer, free: [free_left, free_right], .. } = self;
        free_left.retain(|&at| {
            let value = left[at].1;
            let answers = |&place: &usize| {
                let other = right[place].1;
                is_same(value, other) && (!of_one_person || one_bearer(value, other) == Some(true))
            };
            let found = free_right.iter().position(answers);
            found.is_none_or(|place| {
                free_right.remove(place);
                false
            })
        });
    }

    /// Takes out those that the other side says too, but less often, maybe in more general words, if not of someone else.
    fn take_said_again(&mut self) -> [Vec<usize>; 2] {
        let agree = |one: &TitleValue, other: &TitleValue| {
            !one.excludes(other)
                && related(one, other)
                && (self.one_bearer)(one, other) != Some(false)
        };
        let (left, right) = (&self.left, &self.right);
        let [free_left, free_right] = &mut self.free;
        let on_right = |at: &mut usize| right.iter().any(|(_, other)| agree(left[*at].1, other));
        let on_left = |at: &mut usize| left.iter().any(|(_, one)| agree(one, right[*at].1));
        [free_left.extract_if(.., on_right).collect(), free_right.extract_if(.., on_left).collect()]
    }

    /// Takes out titles that exclude each other and can be meant to be one, as conflicts.
    fn set_against(&mut self, confidence: f32, meet: &Meeting<'_>) {
        for at in std::mem::take(&mut self.free[0]) {
            let excluded = |&other: &usize| {
                self.left[at].1.excludes(self.right[other].1) && meet(self, at, other)
            };
            match self.free[1].iter().position(excluded) {
                Some(place) => {
                    let (left, _) = self.left[at];
                    let (right, _) = self.right[self.free[1].remove(place)];
                    self.conflicts.push(TitleConflict { left, right, confidence });
                }
                None => self.free[0].push(at),
            }
        }
    }

    /// Whether the titles at these places have one bearer; none where one of them has no bearer.
    fn bearers_are_one(&self, one: usize, other: usize) -> Option<bool> {
        (self.one_bearer)(self.left[one].1, self.right[other].1)
    }

    /// Whether the left side has the title on the right of nobody, and the right side that on the left not of this person.
    fn is_nowhere_else(&self, one: usize, other: usize) -> bool {
        let (value, translated) = (self.left[one].1, self.right[other].1);
        !self.left.iter().any(|(_, title)| is_same(title, translated))
            && !(self.right.iter()).any(|(_, title)| {
                is_same(value, title) && (self.one_bearer)(value, title) == Some(true)
            })
    }
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

/// Whether two names can be one person's: their last words sound alike, and so do their first ones where both have them. A
/// name of one word may be the other's first name, and with two first names the last word may be misspelt.
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
    let by_first_names = match (one.as_slice(), other.as_slice()) {
        ([one @ .., _], [other @ .., _]) if one.len() > 1 && one.len() == other.len() => {
            one.iter().zip(other).all(|(one, other)| one.likeness(other) >= SAME_FIRST)
        }
        _ => false,
    };
    by_first_name || by_first_names || last.likeness(other_last) >= SAME_BEARER && first()
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
