//! Names of people, places and organisations, found by their capitals and by what the document shows: a word
//! that also occurs in lower case, or behind an article where nouns are capitalised, is no name.

mod apart;
mod edits;
mod full_name;
mod head;
mod key;
mod kinds;
mod similarity;
mod sounds;
mod words;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use self::apart::{is_about_name, is_first_part, without_place};
use self::kinds::Bearers;
use self::words::{Words, words_of};
use super::places;
use super::{Fact, NameValue, Value};
use crate::calendar::token::{Kind, Token};
use crate::calendar::{self, Expression};
use crate::lang::Language;
use crate::text::Span;

pub(in crate::facts) use key::stem_sounds;
pub use key::{of_word as word_key, sound_skeleton};
pub(in crate::facts) use similarity::Sounds;
pub use similarity::{SAME_NAME, similarity};
pub(in crate::facts) use words::{is_first_name, is_nationality, is_no_name, is_word, stands_free};

/// A sentence with more than this share of capitalised words is a headline in title case; its single words
/// are no names.
const TITLE_CASE: f64 = 0.75;

/// How often a capitalised word must stand free of articles to be a name where all nouns are capitalised.
const OFTEN: usize = 2;

/// Most words of a country's name that are looked at.
const LONGEST_COUNTRY: usize = 4;

/// Letters of an abbreviation that a name may begin with: St. Petersburg.
const ABBREVIATED: usize = 2;

/// Letters of a word at the head of a sentence that is taken for a name where no dictionary has it.
const LONG_ENOUGH: usize = 4;

/// A longer sentence, in bytes, is no sentence: a table, a dump of data. It has no facts.
const LONGEST_SENTENCE: usize = 100_000;

/// A sentence cut into tokens.
pub(super) struct Input<'d> {
    pub(super) text: &'d str,
    pub(super) tokens: Vec<Token>,
    pub(super) dates: Vec<Expression>,
    pub(super) language: Language,
}

impl<'d> Input<'d> {
    /// The tokens and dates of a sentence.
    pub(super) fn new(text: &'d str, language: Language) -> Self {
        // Facts of so long a line would be no use to anyone.
        let text = if text.len() > LONGEST_SENTENCE { "" } else { text };
        let tokens = calendar::token::tokenize(text);
        let dates = calendar::find_in(&tokens, language);
        Self { text, tokens, dates, language }
    }
}

/// The names of the sentences of one document, one list a sentence; spans are bytes of the sentences.
pub(super) fn facts(sentences: &[Input<'_>]) -> Vec<Vec<Fact>> {
    let mut evidence = Evidence::default();
    for sentence in sentences {
        evidence.add_words(sentence);
    }
    let runs: Vec<Vec<Run>> = sentences.iter().map(|sentence| runs(sentence, &evidence)).collect();
    for (sentence, runs) in sentences.iter().zip(&runs) {
        for run in runs.iter().filter(|run| run.words.len() > 1) {
            evidence.add_name(sentence, run);
        }
    }
    let mut bearers = Bearers::default();
    for (sentence, runs) in sentences.iter().zip(&runs) {
        runs.iter().for_each(|run| bearers.add(sentence, run));
    }
    sentences
        .iter()
        .zip(runs)
        .map(|(sentence, runs)| {
            let title_case = is_title_case(&sentence.tokens);
            runs.iter()
                .filter(|run| is_name(sentence, run, title_case, &evidence))
                .map(|run| fact(sentence, run, &bearers))
                .collect()
        })
        .collect()
}

/// What a document shows about its words, in lower case.
#[derive(Debug, Default)]
struct Evidence {
    /// Words that occur in lower case.
    lower: HashSet<String>,
    /// Words that occur with a capital inside a sentence.
    capital_inside: HashSet<String>,
    /// How often a word stands with a capital where neither article nor adjective can go before it.
    free: HashMap<String, usize>,
    /// Words that stand behind an article.
    after_determiner: HashSet<String>,
    /// Keys of the last words of names of several words.
    surnames: HashSet<String>,
}

impl Evidence {
    fn add_words(&mut self, sentence: &Input<'_>) {
        let words = words_of(sentence.language);
        for (at, token) in sentence.tokens.iter().enumerate() {
            if token.kind != Kind::Word {
                continue;
            }
            if !token.capital {
                self.lower.insert(token.lower.clone());
            } else if !starts_clause(&sentence.tokens, at) {
                self.capital_inside.insert(token.lower.clone());
            }
            let before = at.checked_sub(1).map(|before| &sentence.tokens[before]);
            // The article of `die Trump-Regierung` is that of the last part.
            if is_first_part(&sentence.tokens, at) {
                continue;
            }
            if before.is_some_and(|before| words.is_determiner(&before.lower)) {
                self.after_determiner.insert(token.lower.clone());
            } else if token.capital && before.is_some_and(|before| words.leaves_free(before)) {
                *self.free.entry(token.lower.clone()).or_default() += 1;
            }
        }
    }

    fn add_name(&mut self, sentence: &Input<'_>, run: &Run) {
        if let Some(&last) = run.words.last() {
            self.surnames.insert(key::of_word(&sentence.tokens[last].lower, sentence.language));
        }
    }
}

/// Whether a word is a Roman number: of monarchs, centuries, wars.
fn is_roman(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|letter| "ivx".contains(letter))
}

/// Capitalised words in a row: indices of the word tokens.
#[derive(Debug, Clone, Default)]
struct Run {
    words: Vec<usize>,
}

impl Run {
    /// Where it stands in the sentence.
    fn span(&self, sentence: &Input<'_>) -> Span {
        let span = |at: Option<&usize>| at.map_or(Span::new(0, 0), |&at| sentence.tokens[at].span);
        Span::new(span(self.words.first()).start, span(self.words.last()).end)
    }
}

/// The runs of a sentence that can be names. Words that are none split a run.
fn runs(sentence: &Input<'_>, evidence: &Evidence) -> Vec<Run> {
    let words = words_of(sentence.language);
    let mut found = Vec::new();
    let mut run = Run::default();
    let mut place_until = 0;
    for (at, token) in sentence.tokens.iter().enumerate() {
        if at < place_until {
            continue;
        }
        if let Some(place) = long_country(sentence, at) {
            place_until = at + place.len();
            found.extend([std::mem::take(&mut run), Run { words: place.collect() }]);
            continue;
        }
        let candidate = token.kind == Kind::Word
            && token.capital
            && !in_date(sentence, token.span)
            && !words.is_function_word(&token.lower)
            && !is_roman(&token.lower)
            && !calendar::names_time(&token.lower, sentence.language)
            && !(run.words.is_empty() && words.is_title(&token.lower))
            && (is_country(sentence, &[at])
                || !words.is_no_name(&token.lower)
                    && !is_common_noun(sentence, at, words, evidence));
        let candidate = candidate && !is_about_name(sentence, &run, at, words);
        if candidate && continues(&sentence.tokens, &run, at, words) {
            run.words.push(at);
        } else if candidate
            || (token.kind == Kind::Word && !words.section.particles.contains(&token.lower))
        {
            found.push(std::mem::take(&mut run));
            if candidate {
                run.words.push(at);
            }
        }
    }
    found.push(run);
    found.retain(|run| run.words.iter().any(|&at| sentence.tokens[at].lower.chars().count() > 1));
    let found = found.into_iter().map(|run| head::without_head(sentence, run, evidence));
    found.flat_map(|run| without_place(sentence, run)).collect()
}

/// The words from one on that name a country together, though each alone may be none: the United States, the Russian
/// Federation.
fn long_country(sentence: &Input<'_>, at: usize) -> Option<Range<usize>> {
    let is_word = |token: &Token| token.kind == Kind::Word;
    let rest = &sentence.tokens[at..];
    if !rest.first().is_some_and(|token| is_word(token) && token.capital) {
        return None;
    }
    let length = rest.iter().take(LONGEST_COUNTRY).take_while(|token| is_word(token)).count();
    let named = |&length: &usize| {
        let words: Vec<&str> = rest[..length].iter().map(|token| token.lower.as_str()).collect();
        rest[length - 1].capital && places::is_country(&words, sentence.language)
    };
    (2..=length).rev().find(named).map(|length| at..at + length)
}

/// Whether words name a country or a part of the world.
fn is_country(sentence: &Input<'_>, words: &[usize]) -> bool {
    if let &[at] = words
        && (words_of(sentence.language).section.nouns_capitalised
            || starts_clause(&sentence.tokens, at))
    {
        return places::is_country_by_word(&sentence.tokens[at].lower, sentence.language);
    }
    let words: Vec<&str> = words.iter().map(|&at| sentence.tokens[at].lower.as_str()).collect();
    places::is_country(&words, sentence.language)
}

fn in_date(sentence: &Input<'_>, span: Span) -> bool {
    let next = sentence.dates.partition_point(|date| date.span.end <= span.start);
    sentence.dates.get(next).is_some_and(|date| date.span.overlaps(span))
}

/// Whether a word goes on with the run: only blanks, a glued hyphen, the stop of an initial or a particle stand
/// between.
fn continues(tokens: &[Token], run: &Run, at: usize, words: &Words) -> bool {
    let Some(&last) = run.words.last() else {
        return true;
    };
    let letters = tokens[last].lower.chars().count();
    let initial = letters == 1 || letters == ABBREVIATED && run.words.len() == 1;
    tokens[last + 1..at].iter().all(|between| {
        (between.is(".") && initial && between.glued)
            || (between.is_dash() && between.glued && tokens[at].glued)
            || words.section.particles.contains(&between.lower)
    })
}

/// Where all nouns are capitalised: whether the document or the word before shows a common noun.
fn is_common_noun(sentence: &Input<'_>, at: usize, words: &Words, evidence: &Evidence) -> bool {
    if !words.section.nouns_capitalised {
        return false;
    }
    let word = &sentence.tokens[at].lower;
    evidence.after_determiner.contains(word) || evidence.lower.contains(word)
}

/// Whether a word stands where every word has a capital: first in the sentence, in a quotation, behind a colon.
pub(in crate::facts) fn starts_clause(tokens: &[Token], at: usize) -> bool {
    match at.checked_sub(1).map(|before| &tokens[before]) {
        None => true,
        Some(before) => before.kind == Kind::Sign && !before.is(",") && !before.is_dash(),
    }
}

fn is_name(sentence: &Input<'_>, run: &Run, title_case: bool, evidence: &Evidence) -> bool {
    let words = words_of(sentence.language);
    let tokens = &sentence.tokens;
    let (Some(&first), Some(&last)) = (run.words.first(), run.words.last()) else {
        return false;
    };
    let word = &tokens[last].lower;
    if is_country(sentence, &run.words) {
        return true;
    }
    let known = evidence.surnames.contains(&key::of_word(word, sentence.language));
    if run.words.len() > 1 {
        let new_words = run.words.iter().filter(|&&at| !evidence.lower.contains(&tokens[at].lower));
        return !title_case || known && new_words.count() > 1;
    }
    if evidence.lower.contains(word) || word.chars().count() < 2 {
        return false;
    }
    if known {
        return true;
    }
    if title_case {
        return false;
    }
    if words.section.nouns_capitalised {
        return is_name_among_nouns(sentence, [first, last], evidence);
    }
    !starts_clause(tokens, first)
        || evidence.capital_inside.contains(word)
        || word.chars().count() >= LONG_ENOUGH && words.is_no_word_of_language(word)
}

/// Whether words, the first and the last of a run, are a name where all nouns have a capital.
fn is_name_among_nouns(
    sentence: &Input<'_>,
    [first, last]: [usize; 2],
    evidence: &Evidence,
) -> bool {
    let words = words_of(sentence.language);
    let tokens = &sentence.tokens;
    let word = &tokens[last].lower;
    let before = first.checked_sub(1).map(|before| &tokens[before]);
    let long_enough = word.chars().count() >= LONG_ENOUGH;
    let is_no_word = words.is_no_word_of_language(word);
    let may_be_name =
        || is_no_word || !places::named_by_word(word, true, sentence.language).is_empty();
    let behind_preposition =
        before.is_some_and(|before| words.section.before_places.contains(&before.lower));
    let often_free = evidence.free.get(word).is_some_and(|&times| times >= OFTEN);
    // No article, and no adjective that would be behind one: `Warum Gazprom`, `der Konzern Gazprom`, `die Gazprom-Pläne`.
    let bare = before.is_some_and(|before| {
        before.kind == Kind::Word
            && !words.is_determiner(&before.lower)
            && (before.capital || words.leaves_free(before))
    }) || is_first_part(tokens, last);
    let speaks = || tokens.get(last + 1).is_some_and(|next| words.is_verb_of_speaking(&next.lower));
    often_free
        || (behind_preposition || bare && long_enough) && may_be_name()
        || starts_clause(tokens, first) && speaks() && long_enough && is_no_word
}

/// Whether nearly every word has a capital, as in a headline.
pub(in crate::facts) fn is_title_case(tokens: &[Token]) -> bool {
    let words = tokens.iter().filter(|token| token.kind == Kind::Word);
    let (mut all, mut capital) = (0usize, 0usize);
    for token in words {
        all += 1;
        capital += usize::from(token.capital);
    }
    all >= 4 && capital as f64 > all as f64 * TITLE_CASE
}

fn fact(sentence: &Input<'_>, run: &Run, bearers: &Bearers) -> Fact {
    let last = run.words.last().map(|&at| &sentence.tokens[at]);
    let span = run.span(sentence);
    let (kind, whole) = bearers.kind(sentence, run);
    Fact {
        span,
        value: Value::Name(NameValue {
            name: span.of(sentence.text).to_owned(),
            kind,
            whole,
            key: last
                .map_or_else(String::new, |token| key::of_word(&token.lower, sentence.language)),
        }),
    }
}
