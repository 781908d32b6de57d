//! The names of a passage, made ready for comparing with another that says the same, and whether that one answers them.
//!
//! A name counts as answered when a word of the other passage sounds like it, in whatever script, case and spelling, or means
//! the same place or its people. A word that another name of the passage sounds more like answers that one alone.

use std::collections::HashSet;

use crate::calendar::names_time;
use crate::calendar::token::{self, Kind, Token};
use crate::facts::names::{Sounds, is_no_name, is_word, stands_free};
use crate::facts::places::{self, Place, PlaceKind};
use crate::facts::{Fact, NameKind, NameValue, Value};
use crate::lang::Language;
use crate::text::Span;

/// A passage with more names is a list; names are not compared there.
const MOST_NAMES: usize = 40;
/// A passage of so many words is no sentence.
const MOST_WORDS: usize = 400;
/// Most words of a place name.
const PLACE_WORDS: usize = 4;
/// Likeness from which a word answers a name.
const ANSWERS: f64 = 0.56;
/// Likeness from which it surely does.
const SURELY: f64 = 0.62;
/// How much more a word must be like another one to be no answer.
const TAKEN: f64 = 0.2;
/// Share of the longer that the shorter of two words must have, one of which is written as two.
const JOINED_LENGTH: f64 = 0.75;
/// Letters of a word of a name that tell enough.
const TELLING: usize = 3;
/// Letters of a word that is no fact and may be a name.
const LONG_ENOUGH: usize = 4;
/// What a word without a capital lacks in likeness to a name.
const NO_CAPITAL: f64 = 0.16;
/// Letters of a word in capitals that is an abbreviation.
const LONGEST_ABBREVIATION: usize = 6;

/// A word of a passage.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) span: Span,
    pub(super) lower: String,
    capital: bool,
    pub(super) sounds: Sounds,
}

/// How a name is known to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// A person's with more than one word.
    FullName,
    /// A person's of one word that is in no dictionary.
    Person,
    /// A person's of one word that is a word of the language too.
    PersonWord,
    /// A place of the tables.
    Place,
    /// An organisation's.
    Organisation,
    /// Of what could not be found out, and in no dictionary.
    Unknown,
    /// Of what could not be found out, and a word of the language too.
    UnknownWord,
    /// No fact: a word with a capital inside a sentence that is in no dictionary.
    Capital,
    /// The same where every word has a capital: first in the sentence.
    HeadCapital,
    /// The same where all nouns have a capital, and where no article or adjective stands before it.
    FreeCapital,
    /// The same where all nouns have a capital, behind an article or an adjective.
    BoundCapital,
    /// No fact: a word for what belongs to a country.
    People,
}

/// A name of a passage.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) kind: NameKind,
    pub(super) standing: Standing,
    /// Whether it is an abbreviation, which languages form each in its own way.
    pub(super) abbreviation: bool,
    /// Its words among those of the passage.
    pub(super) words: std::ops::Range<usize>,
    /// What it is known by in the document: the sounds of its last word.
    pub(super) key: String,
    pub(super) places: Vec<Meaning>,
    /// The words of which the other passage has to answer one; abbreviations are translated.
    pub(super) telling: Vec<usize>,
}

/// What a place means: a country for whatever belongs to it, a row of the table for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Meaning {
    Country(&'static str),
    Row(usize),
}

/// A passage made ready for comparing its names.
#[derive(Debug, Clone, Default)]
pub struct NamePassage {
    pub(super) words: Vec<Word>,
    pub(super) names: Vec<Name>,
    places: HashSet<Meaning>,
    /// Whether all nouns have a capital in its language.
    pub(super) capital_nouns: bool,
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
            return Self::default();
        }
        let others = other_names(&tokens, &words, &names, language);
        let names = names.into_iter().chain(others).collect();
        let places = all_places(&words, language);
        Self { words, names, places, capital_nouns: has_capital_nouns(language) }
    }

    /// The names that nothing in another passage answers.
    pub(super) fn unanswered<'p>(
        &'p self,
        other: &'p NamePassage,
    ) -> impl Iterator<Item = &'p Name> {
        self.names.iter().filter(|name| self.answer(name, other, ANSWERS).is_none())
    }

    /// The names that nothing in another passage surely answers, each with whether nothing does at all.
    pub(super) fn doubtful<'p>(
        &'p self,
        other: &'p NamePassage,
    ) -> impl Iterator<Item = (&'p Name, bool)> {
        let open = self.names.iter().filter(|name| self.answer(name, other, SURELY).is_none());
        open.map(|name| (name, self.answer(name, other, ANSWERS).is_none()))
    }

    /// Whether another passage answers a name.
    pub(super) fn is_answered(&self, name: &Name, other: &NamePassage) -> bool {
        self.answer(name, other, ANSWERS).is_some()
    }

    /// Where answered names stand on both sides, 0..1; places without a word of their own on the other side are left out.
    pub(super) fn anchors(&self, other: &NamePassage) -> Vec<(f32, f32)> {
        let answered = self.names.iter().filter(|name| name.places.is_empty());
        answered
            .filter_map(|name| Some((name, self.answer(name, other, ANSWERS)?)))
            .map(|(name, answer)| (self.position(name.words.start), other.position(answer)))
            .collect()
    }

    /// The word of another passage that is at least so much like a name: like its last word for a person's, any for others.
    /// For places that are the same the first one.
    fn answer(&self, name: &Name, other: &NamePassage, least: f64) -> Option<usize> {
        if name.places.iter().any(|place| other.places.contains(place)) {
            return Some(0);
        }
        let words = &self.words[name.words.clone()];
        let told = |&at: &usize| {
            other.words.iter().position(|candidate| {
                let likeness = likeness(&self.words[at], candidate);
                likeness >= least && !self.is_taken(candidate, name, likeness)
            })
        };
        let whole = Sounds::joined(words.iter().map(|word| &word.sounds));
        let as_one = || {
            let same = |word: &Word| same_length(&whole, &word.sounds);
            (words.len() > 1).then(|| other.words.iter().position(same)).flatten()
        };
        let as_many = || {
            other.words.windows(2).position(|pair| {
                let joined = Sounds::joined(pair.iter().map(|word| &word.sounds));
                pair[0].capital && words.len() == 1 && same_length(&whole, &joined)
            })
        };
        name.telling.iter().find_map(told).or_else(as_one).or_else(as_many)
    }

    /// Whether another word of this passage is much more like a word of the other one than a name is.
    fn is_taken(&self, word: &Word, name: &Name, least: f64) -> bool {
        let better = |(at, own): (usize, &Word)| {
            !name.words.contains(&at) && likeness(own, word) >= least + TAKEN
        };
        least + TAKEN <= 1.0 && self.words.iter().enumerate().any(better)
    }

    /// How much a name sounds like the word of another passage that it sounds most like, 0..1.
    pub(super) fn nearest(&self, name: &Name, other: &NamePassage) -> f64 {
        let nearest = |&at: &usize| {
            let likeness = |word: &Word| likeness(&self.words[at], word);
            other.words.iter().filter(|word| word.capital).map(likeness).fold(0.0, f64::max)
        };
        name.telling.iter().map(nearest).fold(0.0, f64::max)
    }

    /// How much the words that two names begin with sound alike, 0..1; none where one has no more than its last word.
    pub(super) fn first_likeness(&self, name: &Name, right: &NamePassage, other: &Name) -> f64 {
        if name.words.len() < 2 || other.words.len() < 2 {
            return 0.0;
        }
        likeness(&self.words[name.words.start], &right.words[other.words.start])
    }

    /// Where a name stands, in bytes of the passage.
    pub(super) fn span(&self, name: &Name) -> Span {
        let words = &self.words[name.words.clone()];
        Span::new(words[0].span.start, words[words.len() - 1].span.end)
    }

    /// Where in the passage a word stands, 0..1.
    pub(super) fn position(&self, word: usize) -> f32 {
        word as f32 / self.words.len().max(1) as f32
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
        is_word(&self.lower, language)
    }

    fn is_telling(&self) -> bool {
        self.lower.chars().count() >= TELLING
    }

    fn is_abbreviation(&self, text: &str) -> bool {
        let word = self.span.of(text);
        word.chars().all(char::is_uppercase) && word.chars().count() <= LONGEST_ABBREVIATION
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
        let shouted = |at: usize| words[at].is_abbreviation(text);
        let full_name = value.kind == NameKind::Person && inside.len() > 1;
        let telling: Vec<usize> = if full_name {
            vec![last - 1]
        } else {
            (first..last).filter(|&at| !places.is_empty() || !shouted(at)).collect()
        };
        let unknown = telling.iter().any(|&at| !words[at].in_dictionary(language));
        let standing = match value.kind {
            NameKind::Person if full_name => Standing::FullName,
            NameKind::Person if unknown => Standing::Person,
            NameKind::Person => Standing::PersonWord,
            NameKind::Place => Standing::Place,
            NameKind::Organisation => Standing::Organisation,
            NameKind::Unknown if unknown => Standing::Unknown,
            NameKind::Unknown => Standing::UnknownWord,
        };
        Some(Self {
            kind: value.kind,
            standing,
            abbreviation: (first..last).all(shouted),
            words: first..last,
            key: inside.last()?.sounds.stem.clone(),
            places,
            telling,
        })
    }

    /// A word that is no fact and may be a name, or is a people's.
    fn of_word(at: usize, word: &Word, standing: Standing, places: Vec<Meaning>) -> Self {
        Self {
            kind: if places.is_empty() { NameKind::Unknown } else { NameKind::Place },
            standing,
            abbreviation: false,
            words: at..at + 1,
            key: word.sounds.stem.clone(),
            places,
            telling: vec![at],
        }
    }
}

/// The words of a passage that are no facts and stand for a name all the same: what belongs to a country, and what has
/// a capital and is in no dictionary.
fn other_names(tokens: &[Token], words: &[Word], names: &[Name], language: Language) -> Vec<Name> {
    let named = |at: usize| names.iter().any(|name| name.words.contains(&at));
    // Where all nouns have a capital, a word without an entry is a compound more often than a name.
    let nouns = has_capital_nouns(language);
    let mut others = Vec::new();
    for (at, word) in words.iter().enumerate().filter(|(at, _)| !named(*at)) {
        let people = people(word, language);
        let country = if word.capital { country(word, language) } else { Vec::new() };
        if !people.is_empty() {
            others.push(Name::of_word(at, word, Standing::People, people));
        } else if !country.is_empty() {
            others.push(Name::of_word(at, word, Standing::Place, country));
        } else if word.capital
            && word.lower.chars().count() >= LONG_ENOUGH
            && !word.in_dictionary(language)
            && !is_no_name(&word.lower, language)
            && !names_time(&word.lower, language)
        {
            let token = tokens.partition_point(|token| token.span.start < word.span.start);
            let standing = match (nouns, stands_free(tokens, token, language)) {
                (false, _) if at == 0 => Standing::HeadCapital,
                (false, _) => Standing::Capital,
                (true, true) => Standing::FreeCapital,
                (true, false) => Standing::BoundCapital,
            };
            others.push(Name::of_word(at, word, standing, Vec::new()));
        }
    }
    others
}

fn has_capital_nouns(language: Language) -> bool {
    language.profile().is_some_and(|profile| profile.names.nouns_capitalised)
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

/// The countries and capitals that a word names, in a headline for instance.
fn country(word: &Word, language: Language) -> Vec<Meaning> {
    let large = |place: &&Place| matches!(place.kind, PlaceKind::Country | PlaceKind::Capital);
    let places = places::named(&[word.lower.as_str()], language).iter();
    places.filter(large).map(meaning).collect()
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
