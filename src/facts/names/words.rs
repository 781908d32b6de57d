//! The words around names, of each language, as sets.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::stem_sounds;
use crate::calendar::token::{Kind, Token};
use crate::facts::titles::ends_title;
use crate::lang::names::{FIRST_NAMES, NAME_PARTS, NameWords};
use crate::lang::phrases::Phrases;
use crate::lang::reporting::ReportingWords;
use crate::lang::words::is_in_dictionary;
use crate::lang::{self, Language};

/// Letters from which a stem stands for all words that start with it; shorter ones are whole words.
const LONG_STEM: usize = 5;

/// Letters that a verb has at least without what it begins with.
const SHORTEST_REST: usize = 3;

/// Sounds of a first name, ending aside, that tell too little.
const SHORTEST_NAME: usize = 2;

/// The words of a language as sets.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) section: NameWords,
    language: Option<Language>,
    function: HashSet<String>,
    determiners: HashSet<String>,
    nationalities: HashSet<String>,
    /// Verbs of speaking.
    reports: Phrases<()>,
}

static WORDS: LazyLock<HashMap<Language, Words>> = LazyLock::new(|| {
    let set = |list: &[String]| list.iter().cloned().collect();
    let of_profile = |profile: &lang::Profile| {
        let section = &profile.names;
        let words = Words {
            language: Some(profile.language),
            function: set(&section.function_words),
            determiners: set(&section.determiners),
            nationalities: set(&section.nationalities),
            section: section.clone(),
            reports: reports(&profile.reporting),
        };
        (profile.language, words)
    };
    lang::profiles().iter().map(of_profile).collect()
});

/// The verbs of speaking of a language that are one word.
fn reports(section: &ReportingWords) -> Phrases<()> {
    let mut phrases = Phrases::default();
    for list in [&section.neutral, &section.doubting, &section.factive] {
        phrases.add(list, (), |phrase| phrase.split(' ').map(str::to_owned).collect());
    }
    phrases
}

static NO_WORDS: LazyLock<Words> = LazyLock::new(Words::default);

/// First names as sounds.
static FIRST_SOUNDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let languages = || lang::profiles().iter().map(|profile| profile.language);
    let sounds = |name: &&str| {
        let lower = name.to_lowercase();
        languages().map(move |language| stem_sounds(&lower, language)).collect::<Vec<_>>()
    };
    FIRST_NAMES.iter().flat_map(sounds).filter(|sounds| sounds.len() > SHORTEST_NAME).collect()
});

pub(super) fn words_of(language: Language) -> &'static Words {
    WORDS.get(&language).unwrap_or(&NO_WORDS)
}

/// Whether a word in lower case is a first name.
pub(in crate::facts) fn is_first_name(word: &str, language: Language) -> bool {
    FIRST_SOUNDS.contains(&stem_sounds(word, language))
}

/// Whether a word in lower case is certainly no part of a name.
pub(in crate::facts) fn is_no_name(word: &str, language: Language) -> bool {
    let words = words_of(language);
    words.is_no_name(word) || words.is_title(word)
}

/// Whether a word in lower case is what a people or its language is called.
pub(in crate::facts) fn is_nationality(word: &str, language: Language) -> bool {
    words_of(language).nationalities.contains(word)
}

/// Whether a word in lower case is in the dictionary of a language, with or without what verbs begin with.
pub(in crate::facts) fn is_word(word: &str, language: Language) -> bool {
    words_of(language).language.is_some() && !words_of(language).is_no_word_of_language(word)
}

/// Whether neither an article nor an adjective stands before a word: it is first, or what stands there is no part of a
/// phrase with it.
pub(in crate::facts) fn stands_free(tokens: &[Token], at: usize, language: Language) -> bool {
    let words = words_of(language);
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    before.is_none_or(|before| {
        !words.is_determiner(&before.lower)
            && (before.kind == Kind::Sign || words.leaves_free(before))
    })
}

impl Words {
    pub(super) fn is_determiner(&self, word: &str) -> bool {
        self.determiners.contains(word)
    }

    /// Whether a capitalised word is certainly no part of a name, countries aside, which may begin and end as other words do.
    pub(super) fn is_no_name(&self, word: &str) -> bool {
        let begins = |stem: &String| word.starts_with(stem.as_str());
        self.is_function_word(word)
            || self.nationalities.contains(word)
            || self.section.titles.iter().any(begins)
            || self.section.nouns_capitalised && self.has_noun_ending(word)
    }

    /// Whether a word only holds others together.
    pub(super) fn is_function_word(&self, word: &str) -> bool {
        self.function.contains(word) || self.determiners.contains(word)
    }

    /// Whether a word in lower case is in no dictionary of the language, nor is what is left of it without what verbs
    /// begin with.
    pub(super) fn is_no_word_of_language(&self, word: &str) -> bool {
        let Some(language) = self.language else { return false };
        let begins = |prefix: &String| {
            let rest = word.strip_prefix(prefix.as_str())?;
            (rest.chars().count() >= SHORTEST_REST).then_some(rest)
        };
        !is_in_dictionary(word, language)
            && self
                .section
                .word_beginnings
                .iter()
                .filter_map(begins)
                .all(|rest| self.is_no_word_of_language(rest))
    }

    /// Whether a word in lower case is a verb of speaking.
    pub(super) fn is_verb_of_speaking(&self, word: &str) -> bool {
        let mut found = false;
        self.reports.at(word, |_| None, |(), length| found |= length == 1);
        found
    }

    /// Whether a word is a title: no part of the name behind it.
    pub(super) fn is_title(&self, word: &str) -> bool {
        self.language.is_some_and(|language| ends_title(word, language))
    }

    /// Whether a word stands before a person's name: Mr, Frau.
    pub(super) fn is_honorific(&self, word: &str) -> bool {
        NAME_PARTS.honorifics.iter().any(|honorific| honorific == word)
    }

    /// Whether a word is one of an organisation: a party, a bank, a legal form.
    pub(super) fn is_of_organisation(&self, word: &str) -> bool {
        let begins = |stem: &String| {
            word == stem || stem.chars().count() >= LONG_STEM && word.starts_with(stem.as_str())
        };
        self.section.organisations.iter().any(begins)
            || NAME_PARTS.legal_forms.iter().any(|form| form == word && form.len() > 2)
    }

    /// Whether no article and no adjective stands before the next word: a comma, or a lower case word without
    /// an adjective's ending.
    pub(super) fn leaves_free(&self, before: &Token) -> bool {
        let ends = |ending: &String| before.lower.ends_with(ending.as_str());
        let adjective = || {
            !self.function.contains(&before.lower)
                && self.section.adjective_endings.iter().any(ends)
        };
        before.is(",") || before.kind == Kind::Word && !before.capital && !adjective()
    }

    fn has_noun_ending(&self, word: &str) -> bool {
        self.section.noun_endings.iter().any(|ending| word.ends_with(ending.as_str()))
    }
}
