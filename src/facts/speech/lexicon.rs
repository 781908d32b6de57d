//! The phrases of a language that tell how a sentence speaks, with what each means, as one table.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::calendar::token::{Kind, Token};
use crate::facts::{Modality, ReportColour, SourceKind};
use crate::lang::phrases::Phrases;
use crate::lang::{self, Language};

/// What a phrase does in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Negates the clause.
    Negator,
    /// Looks like a negation and is none.
    Unmarked,
    /// Takes the force out of a negation behind it.
    Expletive,
    /// Doubles a negation, or is one alone.
    Doubling,
    /// Is no negated verb, whatever it begins with.
    Nominal,
    /// Has no negation in it, whatever it begins with.
    Plain,
    /// Denies something by its meaning.
    Lexical,
    /// May stand for a negation in another language.
    Hint,
    /// Tells that something was never before.
    First,
    /// Stands before a time that something goes on from.
    Since,
    /// Tells that something may be, must be or is to be.
    Modal(Modality),
    /// Tells that someone says something.
    Report(ReportColour),
    /// Is a verb of speaking with the one who is told behind it.
    Addressing,
    /// May tell whose view it is.
    Hedging,
    /// Stands before the one who says it.
    BeforeSource,
    /// Stands behind the one who says it.
    AfterSource,
    /// Is the speaker himself.
    FirstPerson,
    /// Is a verb form that reports.
    ReportedSpeech,
    /// Takes a side.
    Loaded,
    /// Is someone of a kind who can say something.
    Speaker(SourceKind),
}

/// A phrase found in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// Its first token.
    pub(super) first: usize,
    /// How many tokens it has.
    pub(super) length: usize,
    pub(super) meaning: Meaning,
}

/// The table of a language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    phrases: Phrases<Meaning>,
    prefixes: Vec<String>,
    endings: HashSet<String>,
    pub(super) affirmed: HashMap<String, String>,
    pub(super) reflexive: Option<String>,
}

static LEXICONS: LazyLock<HashMap<Language, Lexicon>> = LazyLock::new(|| {
    lang::profiles().iter().map(|profile| (profile.language, Lexicon::new(profile))).collect()
});

impl Lexicon {
    /// The table of a language, if it has one.
    pub(super) fn of(language: Language) -> Option<&'static Self> {
        LEXICONS.get(&language)
    }

    fn new(profile: &lang::Profile) -> Self {
        let (words, modal, report) = (&profile.negation, &profile.modality, &profile.reporting);
        let mut phrases = Phrases::default();
        for (list, meaning) in [
            (&words.negators, Meaning::Negator),
            (&words.unmarked, Meaning::Unmarked),
            (&words.expletive, Meaning::Expletive),
            (&words.doubling, Meaning::Doubling),
            (&words.nominal, Meaning::Nominal),
            (&words.plain, Meaning::Plain),
            (&words.lexical, Meaning::Lexical),
            (&words.hints, Meaning::Hint),
            (&words.first, Meaning::First),
            (&words.since, Meaning::Since),
            (&modal.possible, Meaning::Modal(Modality::Possible)),
            (&modal.probable, Meaning::Modal(Modality::Probable)),
            (&modal.necessary, Meaning::Modal(Modality::Necessary)),
            (&modal.intended, Meaning::Modal(Modality::Intended)),
            (&report.neutral, Meaning::Report(ReportColour::Neutral)),
            (&report.doubting, Meaning::Report(ReportColour::Doubting)),
            (&report.factive, Meaning::Report(ReportColour::Factive)),
            (&report.addressing, Meaning::Addressing),
            (&report.hedging, Meaning::Hedging),
            (&report.before_source, Meaning::BeforeSource),
            (&report.after_source, Meaning::AfterSource),
            (&report.first_person, Meaning::FirstPerson),
            (&report.reported_speech, Meaning::ReportedSpeech),
            (&report.official, Meaning::Speaker(SourceKind::Official)),
            (&report.media, Meaning::Speaker(SourceKind::Media)),
            (&report.anonymous, Meaning::Speaker(SourceKind::Anonymous)),
            (&profile.tone.loaded, Meaning::Loaded),
            (&report.pronouns, Meaning::Speaker(SourceKind::Pronoun)),
        ] {
            phrases.add(list, meaning, split);
        }
        let mut prefixes = words.verb_prefixes.clone();
        prefixes.sort_by_key(|prefix| std::cmp::Reverse(prefix.len()));
        Self {
            phrases,
            prefixes,
            endings: words.verb_endings.iter().cloned().collect(),
            affirmed: words.affirmed.iter().cloned().map(|[from, into]| (from, into)).collect(),
            reflexive: words.reflexive.clone(),
        }
    }

    /// The phrases in a sentence, by their first token.
    pub(super) fn marks(&self, tokens: &[Token]) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (first, token) in tokens.iter().enumerate() {
            if token.kind != Kind::Word {
                continue;
            }
            let word = |at: usize| tokens.get(first + at).map(|token| plain_sign(&token.lower));
            self.phrases.at(&token.lower, word, |meaning, length| {
                marks.push(Mark { first, length, meaning });
            });
        }
        marks
    }

    /// The negating beginning of a token, if it has one and is longer.
    pub(super) fn prefix(&self, token: &Token) -> Option<&str> {
        self.prefix_of(&token.lower).filter(|_| token.kind == Kind::Word)
    }

    fn prefix_of(&self, word: &str) -> Option<&str> {
        let longer = |prefix: &&String| {
            let rest = word.strip_prefix(prefix.as_str());
            rest.is_some_and(|rest| rest.chars().nth(1).is_some())
        };
        self.prefixes.iter().find(longer).map(String::as_str)
    }

    /// Whether a token ends as a verb does.
    pub(super) fn is_verb(&self, token: &Token) -> bool {
        let word = token.lower.as_str();
        word.char_indices().skip(1).any(|(at, _)| self.endings.contains(&word[at..]))
    }

    /// What is left of a negator, in lower case, without its negation.
    pub(super) fn affirm(&self, negated: &str) -> String {
        if let Some(affirmed) = self.affirmed.get(negated) {
            return affirmed.clone();
        }
        let rest = self.prefix_of(negated).and_then(|prefix| negated.strip_prefix(prefix));
        let Some(rest) = rest else { return String::new() };
        let moved = self.reflexive.as_deref().and_then(|syllable| {
            let verb = rest.strip_prefix(syllable)?;
            verb.chars().nth(2).map(|_| format!("{verb}{syllable}"))
        });
        moved.unwrap_or_else(|| rest.to_owned())
    }
}

/// One apostrophe for all of them.
fn plain_sign(sign: &str) -> &str {
    match sign {
        "’" | "‘" | "ʼ" | "`" => "'",
        other => other,
    }
}

/// Cuts a phrase of a language file as texts are cut into tokens; `*` stays with its word.
fn split(phrase: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for letter in phrase.chars() {
        let joins = letter.is_alphabetic() || letter == '*';
        match words.last_mut() {
            Some(word) if joins && open => word.push(letter),
            _ if !letter.is_whitespace() => words.push(letter.to_string()),
            _ => {}
        }
        open = joins;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_cut_as_texts_are() {
        assert_eq!(split("don't give* up"), ["don", "'", "t", "give*", "up"]);
        assert_eq!(split("no-one"), ["no", "-", "one"]);
    }

    #[test]
    fn every_language_with_rules_has_a_table() {
        for profile in lang::profiles() {
            assert!(!profile.negation.negators.is_empty(), "{}", profile.name);
            assert!(Lexicon::of(profile.language).is_some());
        }
    }
}
