//! The names of a passage, made ready for comparing with another that says the same, and whether that one answers them.
//!
//! A name counts as answered when a word of the other passage sounds like it, in whatever script, case and spelling, or means
//! the same place or its people. A word that another name of the passage sounds more like answers that one alone.

use std::collections::HashSet;

use super::is_latin;
use super::name_places::{Meaning, all_places, meanings};
use super::name_words::{other_names, weak_names};
use crate::calendar::token::{self, Kind, Token};
use crate::facts::names::{Sounds, is_word};
use crate::facts::{Fact, NameKind, NameValue, Value};
use crate::lang::Language;
use crate::text::Span;

/// A passage with more names is a list; names are not compared there.
const MOST_NAMES: usize = 40;
/// A passage of so many words is no sentence.
const MOST_WORDS: usize = 400;
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
/// What a word without a capital lacks in likeness to a name.
const NO_CAPITAL: f64 = 0.16;
/// Sounds of a word that many others are like by chance, and what one without a capital lacks besides.
const SHORT: usize = 4;
const BY_CHANCE: f64 = 0.1;
/// Letters of a word in capitals that is an abbreviation.
const LONGEST_ABBREVIATION: usize = 6;

/// A word of a passage.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) span: Span,
    pub(super) lower: String,
    pub(super) capital: bool,
    /// Whether the capital tells something: it has one, and is no word of the language that begins the passage.
    proper: bool,
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
    /// A word of a name of several words that is in no dictionary.
    Part,
    /// No fact: a word of the language with a capital that begins no clause.
    CapitalWord,
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

/// A passage made ready for comparing its names.
#[derive(Debug, Clone, Default)]
pub struct NamePassage {
    pub(super) words: Vec<Word>,
    pub(super) names: Vec<Name>,
    /// Words that are a name only where nothing else is.
    weak: Vec<Name>,
    places: HashSet<Meaning>,
    /// Whether all nouns have a capital in its language.
    pub(super) capital_nouns: bool,
    /// Whether most of its words are in Latin script.
    pub(super) latin: bool,
}

impl NamePassage {
    /// A passage and its facts, whose spans are bytes of `text`.
    pub fn new(text: &str, language: Language, facts: &[Fact]) -> Self {
        let tokens = token::tokenize(text);
        let words: Vec<Word> = tokens
            .iter()
            .filter(|token| token.kind == Kind::Word)
            .take(MOST_WORDS)
            .enumerate()
            .map(|(at, token)| Word::new(at, token, language))
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
        let weak = weak_names(&tokens, &words, &names, language);
        let names = names.into_iter().chain(others).collect();
        let places = all_places(&words, language);
        let latin = |word: &&Word| word.lower.starts_with(is_latin);
        let latin = 2 * words.iter().filter(latin).count() >= words.len();
        Self { words, names, weak, places, capital_nouns: has_capital_nouns(language), latin }
    }

    /// The names that nothing in another passage answers.
    pub(super) fn unanswered<'p>(
        &'p self,
        other: &'p NamePassage,
    ) -> impl Iterator<Item = &'p Name> {
        self.names.iter().filter(|name| self.answer(name, other, ANSWERS).is_none())
    }

    /// The names that nothing in another passage surely answers, each with whether nothing does at all. A word of a name
    /// counts where another word of it is answered.
    pub(super) fn doubtful<'p>(
        &'p self,
        other: &'p NamePassage,
    ) -> impl Iterator<Item = (&'p Name, bool)> {
        let is_open = |name: &&Name| self.answer(name, other, SURELY).is_none();
        let open: Vec<&Name> = self.names.iter().filter(is_open).collect();
        let told = |name: &&Name| open.iter().any(|open| open.words.contains(&name.words.start));
        let weak: Vec<&Name> =
            self.weak.iter().filter(|name| !told(name)).filter(is_open).collect();
        let alone = |name: &'p Name| (name, self.answer(name, other, ANSWERS).is_none());
        open.into_iter().chain(weak).map(alone)
    }

    /// The names, and the words that may be one.
    pub(super) fn all_names(&self) -> impl Iterator<Item = &Name> {
        self.names.iter().chain(&self.weak)
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

    /// How much the words before the last words of two names sound alike, 0..1: first names, mostly. None where no word
    /// with a capital stands there.
    pub(super) fn first_likeness(&self, name: &Name, right: &NamePassage, other: &Name) -> f64 {
        match (self.before_last(name), right.before_last(other)) {
            (Some(one), Some(other)) => likeness(one, other),
            _ => 0.0,
        }
    }

    fn before_last(&self, name: &Name) -> Option<&Word> {
        let at = name.words.end.checked_sub(2)?;
        let (word, last) = (&self.words[at], &self.words[at + 1]);
        (word.proper && last.span.start <= word.span.end + 1).then_some(word)
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
    fn new(at: usize, token: &Token, language: Language) -> Self {
        Self {
            span: token.span,
            capital: token.capital,
            proper: token.capital && (at > 0 || !is_word(&token.lower, language)),
            sounds: Sounds::new(&token.lower, language),
            lower: token.lower.clone(),
        }
    }

    pub(super) fn in_dictionary(&self, language: Language) -> bool {
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
        let listed = |at: usize| words[at].in_dictionary(language);
        let common = has_capital_nouns(language) && listed(last - 1);
        let telling: Vec<usize> =
            if full_name && !common && words[last - 1].sounds.stem.len() >= TELLING {
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
    pub(super) fn of_word(
        at: usize,
        word: &Word,
        standing: Standing,
        places: Vec<Meaning>,
    ) -> Self {
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

pub(super) fn has_capital_nouns(language: Language) -> bool {
    language.profile().is_some_and(|profile| profile.names.nouns_capitalised)
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
    let likeness = one.sounds.likeness(&other.sounds);
    let short = one.sounds.stem.len().min(other.sounds.stem.len()) <= SHORT;
    match (other.proper, short && likeness < 1.0) {
        (true, _) => likeness,
        (false, false) => likeness - NO_CAPITAL,
        (false, true) => likeness - NO_CAPITAL - BY_CHANCE,
    }
}
