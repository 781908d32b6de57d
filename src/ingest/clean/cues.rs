//! Phrases that give page furniture away, and finding them in a line.
//!
//! The phrases are data: the `[furniture]` section of every language file, and one file for all
//! other languages. Every page is held against all of them, because menus, players and advertisements
//! often speak another language than the article.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::lang::{self, FurnitureWords, furniture};

use super::reasons::Reason;

/// How a phrase sits in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// The phrase is the line.
    Whole,
    /// The line is put together of several phrases that are lines elsewhere.
    Composed,
    /// The line starts with it.
    Start,
    /// The line ends with it.
    End,
    /// The line has it somewhere.
    Inside,
}

/// A phrase found in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cue {
    /// What it gives away.
    pub(super) reason: Reason,
    /// How it sits in the line.
    pub(super) fit: Fit,
    /// Its length in words.
    pub(super) words: usize,
    /// Whether a sign shows that it is no running text: a colon, a bar, a slash or a number after it,
    /// or the stop of an abbreviation.
    pub(super) is_marked: bool,
    /// Where it ends in the line, in bytes.
    pub(super) end: usize,
}

/// A word of a line, in small letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) text: String,
    /// First byte in the line.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
}

/// The words of a line; numbers and signs are none.
pub(super) fn tokens(line: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut start = None;
    let ends = line.char_indices().chain([(line.len(), ' ')]);
    for (index, character) in ends {
        match (character.is_alphanumeric(), start) {
            (true, None) => start = Some(index),
            (false, Some(first)) => {
                let word = &line[first..index];
                if !word.bytes().all(|byte| byte.is_ascii_digit()) {
                    tokens.push(Token { text: word.to_lowercase(), start: first, end: index });
                }
                start = None;
            }
            _ => {}
        }
    }
    tokens
}

/// The words of a line joined by blanks: the same for lines that differ in case, signs and numbers.
pub(super) fn key(tokens: &[Token]) -> String {
    let words: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
    words.join(" ")
}

/// All phrases, by the way they sit in a line.
pub(super) struct Phrases {
    whole: HashMap<String, Reason>,
    start: HashMap<String, Reason>,
    end: HashMap<String, Reason>,
    /// Phrases at the end of a line that end with an abbreviation.
    abbreviated: HashSet<String>,
    inside: HashMap<String, Reason>,
    replies: HashSet<String>,
    agencies: HashSet<String>,
    function_words: HashSet<String>,
}

/// Longest phrase, in words.
const LONGEST: usize = 9;

impl Phrases {
    /// The phrases of all language files.
    pub(super) fn all() -> &'static Self {
        static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
            let mut phrases = Phrases::empty();
            for profile in lang::profiles() {
                phrases.add(&profile.furniture);
            }
            phrases.add(furniture::any_language());
            phrases
        });
        &PHRASES
    }

    fn empty() -> Self {
        Self {
            whole: HashMap::new(),
            start: HashMap::new(),
            end: HashMap::new(),
            abbreviated: HashSet::new(),
            inside: HashMap::new(),
            replies: HashSet::new(),
            agencies: HashSet::new(),
            function_words: HashSet::new(),
        }
    }

    /// Takes in a language's phrases. A phrase listed for two reasons keeps the first.
    fn add(&mut self, words: &FurnitureWords) {
        for (reason, phrases) in [
            (Reason::Advertisement, &words.advertisement),
            (Reason::Share, &words.share),
            (Reason::Login, &words.login),
            (Reason::Cookies, &words.cookies),
            (Reason::Subscription, &words.subscription),
            (Reason::Comments, &words.comments),
            (Reason::Related, &words.related),
            (Reason::Caption, &words.credit),
            (Reason::Byline, &words.byline),
            (Reason::Metadata, &words.metadata),
            (Reason::Player, &words.player),
            (Reason::Legal, &words.legal),
            (Reason::Form, &words.form),
            (Reason::Navigation, &words.navigation),
        ] {
            for phrase in phrases {
                self.add_phrase(phrase, reason);
            }
        }
        self.replies.extend(words.replies.iter().map(|p| key(&tokens(p))));
        self.agencies.extend(words.agencies.iter().map(|p| key(&tokens(p))));
        let function_words = words.function_words.iter().map(|word| word.to_lowercase());
        self.function_words.extend(function_words);
    }

    fn add_phrase(&mut self, phrase: &str, reason: Reason) {
        let phrases = match (phrase.starts_with('…'), phrase.ends_with('…')) {
            (false, false) => &mut self.whole,
            (false, true) => &mut self.start,
            (true, false) => &mut self.end,
            (true, true) => &mut self.inside,
        };
        let key = key(&tokens(phrase));
        if phrase.ends_with('.') {
            self.abbreviated.insert(key.clone());
        }
        phrases.entry(key).or_insert(reason);
    }

    /// Whether the word is one of the commonest words of a language.
    pub(super) fn is_function_word(&self, word: &str) -> bool {
        self.function_words.contains(word)
    }

    /// Whether the line is a button below a reader's comment.
    pub(super) fn is_reply(&self, key: &str) -> bool {
        self.replies.contains(key)
    }

    /// The number of words at the end of a line that name an agency, 0 for none.
    pub(super) fn agency_at_end(&self, tokens: &[Token]) -> usize {
        (1..=tokens.len().min(3))
            .rev()
            .find(|&count| self.agencies.contains(&key(&tokens[tokens.len() - count..])))
            .unwrap_or(0)
    }

    /// What a line gives away, the strongest sign first; nothing else where a phrase is all of it.
    pub(super) fn find(&self, line: &str, tokens: &[Token]) -> Vec<Cue> {
        let Some(last) = tokens.last() else {
            return Vec::new();
        };
        let whole = self.whole.get(&key(tokens));
        if let Some(&reason) = whole.filter(|_| tokens.len() <= LONGEST) {
            return vec![Cue {
                reason,
                fit: Fit::Whole,
                words: tokens.len(),
                is_marked: is_marked(line, last.end),
                end: last.end,
            }];
        }
        let cues = [
            self.start_of(line, tokens),
            self.end_of(tokens),
            self.composed(tokens),
            self.inside_of(tokens),
        ];
        cues.into_iter().flatten().collect()
    }

    fn start_of(&self, line: &str, tokens: &[Token]) -> Option<Cue> {
        (1..=tokens.len().min(LONGEST)).rev().find_map(|words| {
            let &reason = self.start.get(&key(&tokens[..words])).or_else(|| {
                // "Reklama: …" starts with what is a line elsewhere.
                let phrase = self.whole.get(&key(&tokens[..words]));
                phrase.filter(|_| followed_by(line, tokens[words - 1].end, ':'))
            })?;
            let end = tokens[words - 1].end;
            Some(Cue { reason, fit: Fit::Start, words, is_marked: is_marked(line, end), end })
        })
    }

    fn end_of(&self, tokens: &[Token]) -> Option<Cue> {
        (1..tokens.len().min(LONGEST)).rev().find_map(|words| {
            let phrase = &tokens[tokens.len() - words..];
            let key = key(phrase);
            let &reason = self.end.get(&key)?;
            let is_marked = self.abbreviated.contains(&key);
            Some(Cue { is_marked, ..found(reason, Fit::End, phrase) })
        })
    }

    fn inside_of(&self, tokens: &[Token]) -> Option<Cue> {
        (0..tokens.len()).find_map(|first| {
            (2..=LONGEST.min(tokens.len() - first)).rev().find_map(|words| {
                let phrase = &tokens[first..first + words];
                let &reason = self.inside.get(&key(phrase))?;
                Some(found(reason, Fit::Inside, phrase))
            })
        })
    }

    /// Whether the line ends with a bracket that opens with a phrase and a colon: "(Photo: …)".
    pub(super) fn bracket_at_end(&self, line: &str) -> Option<Reason> {
        const LONGEST: usize = 150;
        let inside = line.trim_end().strip_suffix([')', ']'])?;
        let start = inside.rfind(['(', '['])? + 1;
        let inside = &inside[start..];
        if inside.len() > LONGEST {
            return None;
        }
        let cue = self.start_of(inside, &tokens(inside))?;
        cue.is_marked.then_some(cue.reason)
    }

    /// Whether the last sentence of a line is the credit of a picture: "A ship at the quay. Photograph: Jane Roe".
    pub(super) fn credit_at_end(&self, line: &str) -> bool {
        const LONGEST: usize = 100;
        let Some((stop, _)) = line.match_indices([' ', '\u{a0}']).rfind(|&(blank, _)| {
            let rest = line[blank..].trim_start();
            line[..blank].ends_with(['.', '!', '?', '…', '"', '“', '”', '»', ')'])
                && self.start_of(rest, &tokens(rest)).is_some_and(|cue| {
                    cue.reason == Reason::Caption && followed_by(rest, cue.end, ':')
                })
        }) else {
            return false;
        };
        line.len() - stop <= LONGEST
    }

    /// A menu or a row of buttons: nothing but phrases that are lines elsewhere.
    fn composed(&self, tokens: &[Token]) -> Option<Cue> {
        const MOST_WORDS: usize = 60;
        if tokens.len() < 2 || tokens.len() > MOST_WORDS {
            return None;
        }
        let mut rest = tokens;
        let mut first_reason = None;
        while !rest.is_empty() {
            let (reason, words) = (1..=rest.len().min(4)).rev().find_map(|words| {
                let reason = self.whole.get(&key(&rest[..words]))?;
                Some((*reason, words))
            })?;
            first_reason = first_reason.or(Some(reason));
            rest = &rest[words..];
        }
        Some(found(first_reason?, Fit::Composed, tokens))
    }

    /// Where a tail such as "Read more" begins that is glued to the end of a paragraph: a whole-line
    /// phrase after the last stop. In bytes, with the reason.
    pub(super) fn glued_tail(&self, line: &str) -> Option<(usize, Reason)> {
        const LONGEST_TAIL: usize = 80;
        let stop = line.rfind(['.', '!', '?', '…'])?;
        let after = line[stop..].char_indices().nth(1)?.0 + stop;
        let tail = line[after..].trim_start_matches(['"', '”', '“', '»', '\'', '’', ')', ']']);
        let start = line.len() - tail.trim_start().len();
        if tail.is_empty() || tail.len() > LONGEST_TAIL || !tail.starts_with(' ') {
            return None;
        }
        let reason = self.whole.get(&key(&tokens(tail)))?;
        let is_pointer = matches!(
            reason,
            Reason::Related | Reason::Share | Reason::Advertisement | Reason::Comments
        );
        (is_pointer && tail.trim_start().starts_with(char::is_uppercase))
            .then_some((start, *reason))
    }
}

fn found(reason: Reason, fit: Fit, phrase: &[Token]) -> Cue {
    Cue {
        reason,
        fit,
        words: phrase.len(),
        is_marked: false,
        end: phrase.last().map_or(0, |token| token.end),
    }
}

fn followed_by(line: &str, end: usize, mark: char) -> bool {
    line[end..].trim_start().starts_with(mark)
}

fn is_marked(line: &str, end: usize) -> bool {
    line[end..].trim_start().starts_with(|c: char| {
        matches!(c, ':' | '|' | '/' | '©' | '–' | '—' | '#') || c.is_numeric()
    })
}
