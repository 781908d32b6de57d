//! Titles and roles, with the one who bears them where the text says so: before the name, `Ministerpräsident Abe`, or
//! behind it, `Shinzo Abe, prime minister of Japan`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::names::{Input, is_first_name};
use super::{Fact, NameKind, NameValue, TitleValue, Value};
use crate::calendar::token::{Kind, Token};
use crate::lang::inflection::inflected;
use crate::lang::titles::{TitleWords, title};
use crate::lang::{self, Language};
use crate::text::Span;

/// Most words between a title and the name of its bearer.
const MOST_BETWEEN: usize = 4;
/// Words before a title that may say that it is a former one.
const WORDS_BEFORE: usize = 3;
/// Letters from which a word that starts with what marks a title counts; shorter marks are words of their own.
const LONG_MARK: usize = 4;
/// Shortest end of a compound that is read as a title.
const LONG_TITLE: usize = 5;
/// What follows the name of one whose something is, and not who something is.
const GENITIVES: [&str; 2] = ["'s", "’s"];
/// Groups of titles that are said of people often enough without a name to be worth it.
const ALONE: [&str; 3] = ["office", "crown", "church"];

/// A title in words, without its first one.
#[derive(Debug)]
struct Phrase {
    rest: Vec<String>,
    id: &'static str,
}

/// The titles of a language.
#[derive(Debug, Default)]
struct Lexicon {
    section: TitleWords,
    /// By first word, the longest first.
    phrases: HashMap<String, Vec<Phrase>>,
    /// Last words of titles.
    last_words: std::collections::HashSet<String>,
}

static LEXICONS: LazyLock<HashMap<Language, Lexicon>> = LazyLock::new(|| {
    let of_profile = |profile: &lang::Profile| (profile.language, Lexicon::new(&profile.titles));
    lang::profiles().iter().map(of_profile).collect()
});

static NO_TITLES: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);

fn lexicon(language: Language) -> &'static Lexicon {
    LEXICONS.get(&language).unwrap_or(&NO_TITLES)
}

/// Whether a word in lower case is a title or the last word of one.
pub(super) fn ends_title(word: &str, language: Language) -> bool {
    lexicon(language).last_words.contains(word)
}

impl Lexicon {
    fn new(section: &TitleWords) -> Self {
        let mut lexicon = Self { section: section.clone(), ..Self::default() };
        for entry in &section.forms {
            let Some(title) = title(&entry.id) else { continue };
            for form in entry.forms.iter().flat_map(|form| inflected(form, &section.paradigms)) {
                let mut words = form.split(' ').map(str::to_owned);
                let Some(first) = words.next() else { continue };
                let rest: Vec<String> = words.collect();
                lexicon.last_words.insert(rest.last().unwrap_or(&first).clone());
                let phrases = lexicon.phrases.entry(first).or_default();
                phrases.push(Phrase { rest, id: &title.id });
            }
        }
        for phrases in lexicon.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        lexicon
    }

    /// The title that starts at a token, and the token behind it.
    fn at(&self, tokens: &[Token], start: usize) -> Option<(&'static str, usize)> {
        let word = &tokens[start].lower;
        let listed = self.phrases.get(word).into_iter().flatten();
        let found = listed.filter_map(|phrase| {
            let mut next = start + 1;
            for word in &phrase.rest {
                let joined = tokens.get(next).is_some_and(|dash| dash.is_dash() && dash.glued);
                next += usize::from(joined);
                if tokens.get(next).is_none_or(|token| token.lower != *word) {
                    return None;
                }
                next += 1;
            }
            Some((phrase.id, next))
        });
        found.max_by_key(|found| found.1).or_else(|| Some((self.compound(word)?, start + 1)))
    }

    /// The title that a compound ends in.
    fn compound(&self, word: &str) -> Option<&'static str> {
        if !self.section.compounds {
            return None;
        }
        let ends = word.char_indices().skip(2).map(|(at, _)| &word[at..]);
        let long = ends.take_while(|end| end.chars().count() >= LONG_TITLE);
        let alone = |end: &str| {
            let phrases = self.phrases.get(end)?;
            phrases.iter().find(|phrase| phrase.rest.is_empty()).map(|phrase| phrase.id)
        };
        long.filter_map(alone).next()
    }

    /// Whether a word is one of the marks, or starts with a long one.
    fn is_mark(marks: &[String], word: &str) -> bool {
        marks.iter().any(|mark| {
            word == mark || mark.chars().count() >= LONG_MARK && word.starts_with(mark.as_str())
        })
    }
}

/// A title found: its tokens and what it says.
struct Found {
    tokens: std::ops::Range<usize>,
    span: Span,
    value: TitleValue,
}

/// The titles of a sentence that have a bearer or an office, given its names; spans are bytes of the sentence.
pub(super) fn facts(sentence: &Input<'_>, names: &[Fact]) -> Vec<Fact> {
    let worth = |found: &Found| found.value.bearer.is_some() || stands_alone(found.value.title);
    all(sentence, names).into_iter().filter(worth).map(Found::fact).collect()
}

/// Every word for a title in a text, given the facts in it, of whose names some may bear them: what a translation should
/// have too, whoever is meant. Spans are bytes of the text.
pub fn titles_and_roles(text: &str, language: Language, facts: &[Fact]) -> Vec<Fact> {
    let names: Vec<Fact> =
        facts.iter().filter(|fact| matches!(fact.value, Value::Name(_))).cloned().collect();
    all(&Input::new(text, language), &names).into_iter().map(Found::fact).collect()
}

impl Found {
    fn fact(self) -> Fact {
        Fact { span: self.span, value: Value::Title(self.value) }
    }
}

/// All titles of a sentence; words that are one only beside a name are left out without it.
fn all(sentence: &Input<'_>, names: &[Fact]) -> Vec<Found> {
    let lexicon = lexicon(sentence.language);
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let inside_name = || {
            let next = names.partition_point(|name| name.span.end <= token.span.start);
            names.get(next).is_some_and(|name| name.span.overlaps(token.span))
        };
        match lexicon.at(&sentence.tokens, at).filter(|_| token.kind == Kind::Word) {
            Some((id, end)) if !inside_name() => {
                found.push(read(sentence, lexicon, id, at..end));
                at = end;
            }
            _ => at += 1,
        }
    }
    for at in 0..found.len() {
        let next_start = found.get(at + 1).map(|next| next.span.start);
        let bearer = bearer(sentence, lexicon, &found[at], names);
        found[at].value.bearer = bearer
            .filter(|(_, name_start)| next_start.is_none_or(|next| *name_start < next))
            .map(|(name, _)| name);
    }
    let only_beside = |found: &Found| {
        let word = &sentence.tokens[found.tokens.start].lower;
        found.value.bearer.is_none() && lexicon.section.beside_names.contains(word)
    };
    found.retain(|found| !only_beside(found));
    found
}

/// Who bears a title, and where the name begins.
fn bearer(
    sentence: &Input<'_>,
    lexicon: &Lexicon,
    found: &Found,
    names: &[Fact],
) -> Option<(NameValue, usize)> {
    let before = before_name(sentence, lexicon, found, names);
    let surely = |(name, _): &(NameValue, usize)| {
        name.whole.is_some() || begins_with_first_name(name, sentence.language)
    };
    if before.as_ref().is_some_and(surely) {
        return before;
    }
    // `Гай Сесил, тренер Тойоты`: of whom it is has less of a name than who it is.
    let behind = behind_name(sentence, lexicon, found, names);
    let full = |(name, _): &(NameValue, usize)| name.name.contains(char::is_whitespace);
    if behind.as_ref().is_some_and(full) { behind } else { before.or(behind) }
}

fn stands_alone(id: &str) -> bool {
    title(id).is_some_and(|title| ALONE.contains(&title.group.as_str()))
}

/// A title with what the words around it say of it.
fn read(
    sentence: &Input<'_>,
    lexicon: &Lexicon,
    id: &'static str,
    range: std::ops::Range<usize>,
) -> Found {
    let tokens = &sentence.tokens;
    let section = &lexicon.section;
    let first = &tokens[range.start].lower;
    let before = tokens[..range.start]
        .iter()
        .rev()
        .filter(|token| !token.is_dash())
        .take(WORDS_BEFORE)
        .take_while(|token| token.kind == Kind::Word);
    let before: Vec<&str> = before.map(|token| token.lower.as_str()).collect();
    let said_before = |marks: &[String]| before.iter().any(|word| Lexicon::is_mark(marks, word));
    let joined = |marks: &[String]| {
        lexicon.section.compounds && marks.iter().any(|mark| first.starts_with(mark.as_str()))
    };
    let behind = tokens.get(range.end).map(|token| token.lower.as_str());
    let said_behind = behind.is_some_and(|word| Lexicon::is_mark(&section.deputy_after, word));
    let span = Span::new(tokens[range.start].span.start, tokens[range.end - 1].span.end);
    let value = TitleValue {
        title: id,
        former: said_before(&section.former) || joined(&section.former),
        acting: said_before(&section.acting) || joined(&section.acting),
        deputy: said_before(&section.deputy) || joined(&section.deputy) || said_behind,
        bearer: None,
    };
    Found { tokens: range, span, value }
}

/// The name that a title stands before: nothing but places, links and a comma is between.
fn before_name(
    sentence: &Input<'_>,
    lexicon: &Lexicon,
    found: &Found,
    names: &[Fact],
) -> Option<(NameValue, usize)> {
    let behind = names.partition_point(|name| name.span.start < found.span.end);
    for name in names[behind..].iter().take(2) {
        let Value::Name(value) = &name.value else { continue };
        let between = between(sentence, names, found.span.end, name.span.start)?;
        let passes = |token: &&Token| {
            token.is(",") || token.is(".") || lexicon.section.links.contains(&token.lower)
        };
        if !between.iter().all(passes) || between.iter().filter(|token| token.is(",")).count() > 1 {
            return None;
        }
        // `The head of Toyota`, `the coach of the Indonesian team`: of whom it is, and not who it is.
        let right_before = between.last().filter(|last| {
            let next = sentence.tokens.partition_point(|token| token.span.start < last.span.end);
            sentence.tokens.get(next).is_some_and(|token| token.span.start == name.span.start)
        });
        let of_something = right_before.is_some_and(|token| token.kind == Kind::Word)
            && value.kind != NameKind::Person;
        let genitive = GENITIVES.iter().any(|end| sentence.text[name.span.end..].starts_with(end));
        let of_place = stands_before_full_name(sentence, names, name.span.end);
        if !value.kind.is_no_person() && !of_something && !genitive && !of_place {
            return Some((value.clone(), name.span.start));
        }
    }
    None
}

/// Whether right behind the name that ends here a full one stands: the first says where someone is, the next one who: `direktorius Kaune Jonas Jonaitis`.
fn stands_before_full_name(sentence: &Input<'_>, names: &[Fact], end: usize) -> bool {
    let next = names.partition_point(|name| name.span.start < end);
    let follows = |name: &&Fact| sentence.text[end..name.span.start].trim().is_empty();
    let full = |name: &Fact| match &name.value {
        Value::Name(name) => begins_with_first_name(name, sentence.language),
        _ => false,
    };
    names.get(next).filter(follows).is_some_and(full)
}

/// Whether a name has several words, a first name first.
fn begins_with_first_name(name: &NameValue, language: Language) -> bool {
    let mut words = name.whole.as_ref().unwrap_or(&name.name).split_whitespace();
    words.next().is_some_and(|first| is_first_name(&first.to_lowercase(), language))
        && words.next().is_some()
}

/// The name that a title stands behind, after a comma.
fn behind_name(
    sentence: &Input<'_>,
    lexicon: &Lexicon,
    found: &Found,
    names: &[Fact],
) -> Option<(NameValue, usize)> {
    let behind = names.partition_point(|name| name.span.end <= found.span.start);
    for name in names[..behind].iter().rev().take(2) {
        let Value::Name(value) = &name.value else { continue };
        let between = between(sentence, names, name.span.end, found.span.start)?;
        if value.kind.is_no_person() {
            continue;
        }
        let (comma, words) = between.split_first()?;
        let plain = words.iter().all(|token| token.kind == Kind::Word || token.is_dash());
        let next = sentence.tokens.get(found.tokens.end);
        let ends = next.is_none_or(|next| {
            next.kind == Kind::Sign || lexicon.section.links.contains(&next.lower) || next.capital
        });
        return (comma.is(",") && plain && ends).then(|| (value.clone(), name.span.start));
    }
    None
}

/// The tokens between two places of the sentence, those of names left out; `None` where there are too many.
fn between<'s>(
    sentence: &'s Input<'_>,
    names: &[Fact],
    start: usize,
    end: usize,
) -> Option<Vec<&'s Token>> {
    let first = sentence.tokens.partition_point(|token| token.span.start < start);
    let inside = sentence.tokens[first..].iter().take_while(|token| token.span.start < end);
    let named = |token: &&Token| {
        let next = names.partition_point(|name| name.span.end <= token.span.start);
        names.get(next).is_some_and(|name| name.span.overlaps(token.span))
    };
    let kept: Vec<&Token> = inside
        .take(4 * MOST_BETWEEN)
        .filter(|token| !named(token))
        .take(MOST_BETWEEN + 2)
        .collect();
    (kept.len() <= MOST_BETWEEN + 1 && kept.last().is_none_or(|last| last.span.end <= end))
        .then_some(kept)
}
