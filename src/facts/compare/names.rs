//! The names of two passages that say the same: which of them the other passage writes too, in whatever script, case and
//! spelling, and which stand in each other's place.
//!
//! A name counts as answered when any word of the other passage sounds like it, or means the same place or its people. Two
//! names that nothing answers, one on each side, can stand for each other. What the rest of the documents shows decides
//! whether they do: two names that go together time and again are one name in two languages, and a name
//! that the other document answers elsewhere is missing here.

use std::collections::{HashMap, HashSet};

use crate::calendar::token::{self, Kind, Token};
use crate::facts::names::{Sounds, is_no_name};
use crate::facts::places::{self, Place, PlaceKind};
use crate::facts::{Fact, NameKind, NameValue, Value};
use crate::lang::Language;
use crate::lang::words::is_in_dictionary;
use crate::text::Span;

/// A passage with more names is a list; names are not compared there.
const MOST_NAMES: usize = 40;
/// A passage of so many words is no sentence.
const MOST_WORDS: usize = 400;
/// Most words of a place name.
const PLACE_WORDS: usize = 4;
/// Likeness from which a word answers a name.
const ANSWERS: f64 = 0.56;
/// Likeness from which two names may be spellings of one.
const MAY_BE_ONE: f64 = 0.5;
/// Share of the longer that the shorter of two words must have, one of which is written as two.
const JOINED_LENGTH: f64 = 0.75;
/// Letters of a word of a name that tell enough.
const TELLING: usize = 3;
/// Letters of a word that is no fact and may be a name.
const LONG_ENOUGH: usize = 4;
/// What a word without a capital lacks in likeness to a name.
const NO_CAPITAL: f64 = 0.16;

/// Part of the doubt in a name that goes when the other document answers it elsewhere.
const KNOWN: f32 = 0.6;
/// Part of the trust in a name that is left when the other document never answers it.
const NEVER: f32 = 0.5;

/// A word of a passage.
#[derive(Debug, Clone)]
struct Word {
    span: Span,
    lower: String,
    capital: bool,
    sounds: Sounds,
}

/// A name of a passage.
#[derive(Debug, Clone)]
struct Name {
    kind: NameKind,
    /// Its words among those of the passage.
    words: std::ops::Range<usize>,
    /// What it is known by in the document: the sounds of its last word.
    key: String,
    places: Vec<Meaning>,
    /// The words of which the other passage has to answer one; abbreviations are translated.
    telling: Vec<usize>,
    /// How sure it is that it is a name, and one that is not translated, 0..1.
    trust: f32,
}

/// What a place means: a country for whatever belongs to it, a row of the table for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Meaning {
    Country(&'static str),
    Row(usize),
}

/// A passage made ready for comparing its names.
#[derive(Debug, Clone)]
pub struct NamePassage {
    words: Vec<Word>,
    names: Vec<Name>,
    places: HashSet<Meaning>,
}

impl NamePassage {
    /// A passage and its facts, whose spans are bytes of `text`.
    pub fn new(text: &str, language: Language, facts: &[Fact]) -> Self {
        let tokens = token::tokenize(text);
        let words: Vec<Word> = tokens
            .iter()
            .filter(|token| token.kind == Kind::Word)
            .take(MOST_WORDS)
            .map(|token| Word::new(token, language))
            .collect();
        let named = facts.iter().filter_map(|fact| match &fact.value {
            Value::Name(value) => Some((fact.span, value)),
            _ => None,
        });
        let names: Vec<Name> = named
            .take(MOST_NAMES + 1)
            .filter_map(|(span, value)| Name::new(span, value, &words, text, language))
            .collect();
        if names.len() > MOST_NAMES || words.len() == MOST_WORDS {
            return Self { words: Vec::new(), names: Vec::new(), places: HashSet::new() };
        }
        let others = other_names(&words, &names, language);
        let names = names.into_iter().chain(others).collect();
        let places = all_places(&words, language);
        Self { words, names, places }
    }
}

impl Word {
    fn new(token: &Token, language: Language) -> Self {
        Self {
            span: token.span,
            capital: token.capital,
            sounds: Sounds::new(&token.lower, language),
            lower: token.lower.clone(),
        }
    }

    fn in_dictionary(&self, language: Language) -> bool {
        is_in_dictionary(&self.lower, language)
    }

    fn is_telling(&self) -> bool {
        self.lower.chars().count() >= TELLING
    }
}

impl Name {
    fn new(
        span: Span,
        value: &NameValue,
        words: &[Word],
        text: &str,
        language: Language,
    ) -> Option<Self> {
        let first = words.partition_point(|word| word.span.start < span.start);
        let last = words.partition_point(|word| word.span.start < span.end);
        let inside = words.get(first..last).filter(|inside| !inside.is_empty())?;
        let lower: Vec<&str> = inside.iter().map(|word| word.lower.as_str()).collect();
        let places = meanings(&lower, language);
        let shouted = |word: &Word| {
            word.span.of(text).chars().all(char::is_uppercase) && word.lower.chars().count() < 7
        };
        let person = value.kind == NameKind::Person;
        let telling: Vec<usize> = if person && inside.len() > 1 {
            vec![last - 1]
        } else {
            (first..last).filter(|&at| !places.is_empty() || !shouted(&words[at])).collect()
        };
        let unknown = telling.iter().any(|&at| !words[at].in_dictionary(language));
        let trust = match value.kind {
            NameKind::Person if inside.len() > 1 => 0.95,
            NameKind::Person if unknown => 0.9,
            NameKind::Place => 0.9,
            NameKind::Person => 0.6,
            NameKind::Unknown if unknown => 0.7,
            NameKind::Organisation if unknown => 0.5,
            NameKind::Unknown | NameKind::Organisation => 0.3,
        };
        let key = inside.last().map(|word| word.sounds.stem.clone())?;
        Some(Self { kind: value.kind, words: first..last, key, places, telling, trust })
    }

    /// A word that is no fact and may be a name, or is a people's.
    fn of_word(at: usize, word: &Word, kind: NameKind, places: Vec<Meaning>, trust: f32) -> Self {
        let key = word.sounds.stem.clone();
        Self { kind, words: at..at + 1, key, places, telling: vec![at], trust }
    }
}

/// The words of a passage that are no facts and stand for a name all the same: what belongs to a country, and what has
/// a capital and is in no dictionary.
fn other_names(words: &[Word], names: &[Name], language: Language) -> Vec<Name> {
    let named = |at: usize| names.iter().any(|name| name.words.contains(&at));
    // Where all nouns have a capital, a word without an entry is a compound more often than a name.
    let capitals = language.profile().is_some_and(|profile| profile.names.nouns_capitalised);
    let trust = if capitals { 0.3 } else { 0.5 };
    let mut others = Vec::new();
    for (at, word) in words.iter().enumerate().filter(|(at, _)| !named(*at)) {
        let people = people(word, language);
        if !people.is_empty() {
            others.push(Name::of_word(at, word, NameKind::Place, people, 0.8));
        } else if word.capital
            && word.lower.chars().count() >= LONG_ENOUGH
            && !word.in_dictionary(language)
            && !is_no_name(&word.lower, language)
        {
            others.push(Name::of_word(at, word, NameKind::Unknown, Vec::new(), trust));
        }
    }
    others
}

/// What the places mean that words name together.
fn meanings(words: &[&str], language: Language) -> Vec<Meaning> {
    places::named(words, language).iter().map(meaning).collect()
}

/// What a word means as what belongs to a country: russian, rusų.
fn people(word: &Word, language: Language) -> Vec<Meaning> {
    if word.lower.chars().count() < LONG_ENOUGH {
        return Vec::new();
    }
    let places = places::named(&[word.lower.as_str()], language).iter();
    places.filter(|place| place.kind == PlaceKind::People).map(meaning).collect()
}

fn meaning(place: &Place) -> Meaning {
    match place.kind {
        PlaceKind::State | PlaceKind::City => Meaning::Row(place.row),
        _ => Meaning::Country(place.code),
    }
}

/// All places that words of a passage name; peoples are often written without a capital.
fn all_places(words: &[Word], language: Language) -> HashSet<Meaning> {
    let mut all = HashSet::new();
    for (start, word) in words.iter().enumerate() {
        all.extend(people(word, language));
        let last = if word.capital { (start + PLACE_WORDS).min(words.len()) } else { start };
        for end in start + 1..=last {
            let lower: Vec<&str> =
                words[start..end].iter().map(|word| word.lower.as_str()).collect();
            all.extend(meanings(&lower, language));
        }
    }
    all
}

/// Two names that stand in each other's place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NameConflict {
    /// The name on the left, in bytes of its passage.
    pub left: Span,
    /// The name on the right.
    pub right: Span,
    /// Probability that they mean different things and are meant to be one, 0..1.
    pub confidence: f32,
}

/// What whole documents show about their names: which are answered, and which go together.
#[derive(Debug, Clone, Default)]
pub struct Acquaintance {
    /// How often a name is answered, by side and key.
    answered: [HashMap<String, usize>; 2],
    /// How often a name is not.
    unanswered: [HashMap<String, usize>; 2],
    /// How often two names that nothing answers meet.
    together: HashMap<(String, String), usize>,
}

impl Acquaintance {
    /// Takes note of two passages that say the same.
    pub fn add(&mut self, left: &NamePassage, right: &NamePassage) {
        for (side, here, there) in [(0, left, right), (1, right, left)] {
            for name in &here.names {
                let counts = if is_answered(name, here, there) {
                    &mut self.answered[side]
                } else {
                    &mut self.unanswered[side]
                };
                *counts.entry(name.key.clone()).or_default() += 1;
            }
        }
        for one in unanswered(left, right) {
            for other in unanswered(right, left) {
                let pair = (one.key.clone(), other.key.clone());
                *self.together.entry(pair).or_default() += 1;
            }
        }
    }

    fn meet_often(&self, left: &Name, right: &Name) -> bool {
        self.together.get(&(left.key.clone(), right.key.clone())).is_some_and(|&count| count > 1)
    }

    /// How sure it is that a name should be answered: more where the other document answers it elsewhere, less where
    /// it never does.
    fn trust(&self, side: usize, name: &Name) -> f32 {
        let count = |counts: &[HashMap<String, usize>; 2]| {
            counts[side].get(&name.key).copied().unwrap_or(0)
        };
        match (count(&self.answered), count(&self.unanswered)) {
            (0, 0 | 1) => name.trust,
            (0, _) => name.trust * NEVER,
            (yes, no) if yes >= no => name.trust + (1.0 - name.trust) * KNOWN,
            _ => name.trust,
        }
    }
}

fn unanswered<'p>(here: &'p NamePassage, there: &'p NamePassage) -> impl Iterator<Item = &'p Name> {
    here.names.iter().filter(|name| !is_answered(name, here, there))
}

/// Whether any word of another passage can be a name: its last word for a person, any for others.
fn is_answered(name: &Name, here: &NamePassage, there: &NamePassage) -> bool {
    if name.places.iter().any(|place| there.places.contains(place)) {
        return true;
    }
    let words = &here.words[name.words.clone()];
    let whole = Sounds::joined(words.iter().map(|word| &word.sounds));
    let told = |word: &Word| there.words.iter().any(|other| likeness(word, other) >= ANSWERS);
    let as_one =
        || words.len() > 1 && there.words.iter().any(|other| same_length(&whole, &other.sounds));
    let as_many = || {
        there.words.windows(2).any(|pair| {
            let joined = Sounds::joined(pair.iter().map(|word| &word.sounds));
            pair[0].capital && words.len() == 1 && same_length(&whole, &joined)
        })
    };
    name.telling.iter().any(|&at| told(&here.words[at])) || as_one() || as_many()
}

/// Whether words written together on one side only sound alike from end to end.
fn same_length(one: &Sounds, other: &Sounds) -> bool {
    let (short, long) =
        (one.stem.len().min(other.stem.len()), one.stem.len().max(other.stem.len()));
    short as f64 >= JOINED_LENGTH * long as f64 && one.likeness(other) >= ANSWERS
}

fn likeness(one: &Word, other: &Word) -> f64 {
    if one.lower == other.lower {
        return 1.0;
    }
    if !other.is_telling() && !other.capital {
        return 0.0;
    }
    one.sounds.likeness(&other.sounds) - if other.capital { 0.0 } else { NO_CAPITAL }
}

/// The names of two passages that stand in each other's place.
pub fn name_conflicts(
    left: &NamePassage,
    right: &NamePassage,
    known: &Acquaintance,
) -> Vec<NameConflict> {
    let plain = |name: &&Name| !name.telling.is_empty();
    let left_alone: Vec<&Name> = unanswered(left, right).filter(plain).collect();
    let right_alone: Vec<&Name> = unanswered(right, left).filter(plain).collect();
    let mut candidates = Vec::new();
    for (at, one) in left_alone.iter().enumerate() {
        for (other_at, other) in right_alone.iter().enumerate() {
            let Some(confidence) = confidence(one, other, (left, right), known) else { continue };
            let distance = (position(one, left) - position(other, right)).abs() as f32;
            candidates.push((at, other_at, confidence, confidence - 0.3 * distance));
        }
    }
    candidates.sort_by(|one, other| other.3.total_cmp(&one.3).then(one.0.cmp(&other.0)));
    let (mut taken, mut taken_right) = (HashSet::new(), HashSet::new());
    let mut conflicts = Vec::new();
    for (at, other_at, confidence, _) in candidates {
        if taken.contains(&at) || taken_right.contains(&other_at) {
            continue;
        }
        taken.insert(at);
        taken_right.insert(other_at);
        let span = |name: &Name, passage: &NamePassage| {
            let words = &passage.words[name.words.clone()];
            Span::new(words[0].span.start, words[words.len() - 1].span.end)
        };
        let (left, right) = (span(left_alone[at], left), span(right_alone[other_at], right));
        conflicts.push(NameConflict { left, right, confidence });
    }
    conflicts
}

/// Where in a passage a name stands, 0..1.
fn position(name: &Name, passage: &NamePassage) -> f64 {
    name.words.start as f64 / passage.words.len().max(1) as f64
}

/// Probability that two names that nothing answers are meant to be one and are not.
fn confidence(
    one: &Name,
    other: &Name,
    (left, right): (&NamePassage, &NamePassage),
    known: &Acquaintance,
) -> Option<f32> {
    if known.meet_often(one, other) {
        return None;
    }
    let alike = |at: &usize| {
        let word = &left.words[*at].sounds;
        let likeness = |at: &usize| word.likeness(&right.words[*at].sounds);
        other.telling.iter().map(likeness).fold(0.0, f64::max)
    };
    if one.telling.iter().map(alike).fold(0.0, f64::max) >= MAY_BE_ONE {
        return None;
    }
    let kinds = match (one.kind, other.kind) {
        (one, other) if one == other => 1.0,
        (NameKind::Unknown, _) | (_, NameKind::Unknown) => 0.9,
        _ => 0.6,
    };
    Some(kinds * known.trust(0, one) * known.trust(1, other))
}

/// What there is to say about two passages: for tests and the bench of the rules.
pub fn unanswered_names(left: &NamePassage, right: &NamePassage) -> [Vec<Span>; 2] {
    let facts = |here: &NamePassage, there: &NamePassage| {
        let names = unanswered(here, there).filter(|name| !name.telling.is_empty());
        names.map(|name| here.words[name.words.end - 1].span).collect()
    };
    [facts(left, right), facts(right, left)]
}
