//! `untranslated`: words of another language in running text.
//!
//! A word is foreign where its script is not the text's, or where it is a common word of another language and not
//! of the text's own, by the word lists of [`crate::lang::words`] and the function words and letters that language
//! identification knows. Names, short quotations, words in brackets, addresses and loan words are no errors.

use std::collections::HashSet;
use std::ops::Range;

use super::shielded::shielded;
use crate::calendar::token::{Kind, Token, tokenize};
use crate::ingest::language::{has_letter, is_function_word};
use crate::lang::words::is_common;
use crate::lang::{self, Language};
use crate::text::Span;

/// Words of another language.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Untranslated {
    /// Where they stand.
    pub span: Span,
    /// Their language.
    pub language: Language,
    /// How many words there are.
    pub words: usize,
    /// Whether the source has one of them.
    pub copied: bool,
    /// Probability that they were left by mistake, 0..1.
    pub confidence: f32,
}

/// Letters a single word needs, and one that the source has too.
const LEAST_LETTERS: usize = 4;
const LEAST_COPIED_LETTERS: usize = 3;
/// Share of the words from which on the whole text is in another language, which is another error.
const WHOLE_TEXT: f32 = 0.5;
/// Words a text needs for that.
const LEAST_WORDS: usize = 4;
/// Longest text that is looked at, in bytes; a longer one is no sentence.
const LONGEST_TEXT: usize = 100_000;

/// The words of another language in a sentence or segment in reading order. Spans are bytes of `text`.
///
/// `source` is the text that was translated; words that it has too are the surer errors. A text in a language
/// without rules, and one that is in another language as a whole, has none. Takes time linear in the length of
/// the text.
///
/// ```
/// use parallax::lang::Language;
/// use parallax::translation::untranslated::untranslated;
///
/// let german = Language::from_code("de").unwrap();
/// let text = "Die beiden trafen sich in einem mountain hotel und redeten.";
/// let found = untranslated(text, german, None);
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].span.of(text), "mountain hotel");
/// ```
pub fn untranslated(text: &str, language: Language, source: Option<&str>) -> Vec<Untranslated> {
    if language.profile().is_none() || text.len() > LONGEST_TEXT {
        return Vec::new();
    }
    let tokens = tokenize(text);
    let shielded = shielded(&tokens);
    let words: Vec<Word> = tokens
        .iter()
        .zip(shielded)
        .map(|(token, shielded)| if shielded { Word::Aside } else { word(token, text, language) })
        .collect();
    let foreign = words.iter().filter(|word| matches!(word, Word::Foreign(..))).count();
    let lower = tokens.iter().filter(|token| token.kind == Kind::Word && !token.capital).count();
    let whole = lower >= LEAST_WORDS && foreign as f32 >= lower as f32 * WHOLE_TEXT;
    if foreign == 0 || whole {
        return Vec::new();
    }
    let source = source.filter(|source| source.len() <= LONGEST_TEXT).unwrap_or("");
    let source = tokenize(source).into_iter().map(|token| token.lower).collect();
    let text = Text { tokens: &tokens, words: &words, language, source };
    text.runs().into_iter().filter_map(|run| text.judge(run)).collect()
}

/// Languages with rules, one bit for each in the order of [`lang::profiles`].
type Languages = u8;

/// What a token is to the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// A word of the text's own language, or an unknown one; other languages may have it too.
    Own(Languages),
    /// A word of other languages, and what shows it.
    Foreign(Languages, Evidence),
    /// A word with a capital.
    Capital,
    /// No word, or one that may be foreign.
    Aside,
}

/// What shows that a word is foreign, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    /// A letter of another language's alphabet.
    Letter,
    /// It is a function word of another language.
    Function,
    /// It is a common word of another language.
    Common,
    /// Its script.
    Script,
}

fn word(token: &Token, text: &str, language: Language) -> Word {
    if token.kind != Kind::Word {
        return Word::Aside;
    }
    if token.span.of(text).contains(char::is_uppercase) {
        return Word::Capital;
    }
    let word = token.lower.as_str();
    let having = |has: &dyn Fn(Language) -> bool| -> Languages {
        let others = lang::profiles().iter().enumerate();
        let others = others.filter(|(_, profile)| profile.language != language);
        others.fold(0, |set, (at, profile)| set | u8::from(has(profile.language)) << at)
    };
    let function = having(&|other| is_function_word(word, other));
    let common = having(&|other| is_common(word, other));
    if is_function_word(word, language) || is_common(word, language) {
        return Word::Own(function | common);
    }
    let spelt_in = |language: Language| {
        word.chars().filter(|&letter| has_letter(letter, language) == Some(true)).count()
    };
    let own_letters = spelt_in(language);
    let letters = word.chars().count();
    if own_letters == 0 && letters > 1 {
        return Word::Foreign(having(&|other| spelt_in(other) == letters), Evidence::Script);
    }
    if common != 0 {
        return Word::Foreign(common | function, Evidence::Common);
    }
    if function != 0 {
        return Word::Foreign(function, Evidence::Function);
    }
    let elsewhere = having(&|other| spelt_in(other) == letters);
    if own_letters < letters && elsewhere != 0 {
        return Word::Foreign(elsewhere, Evidence::Letter);
    }
    Word::Own(0)
}

/// The tokens of a text and what they are.
struct Text<'t> {
    tokens: &'t [Token],
    words: &'t [Word],
    language: Language,
    /// The words of the source in lower case.
    source: HashSet<String>,
}

/// Foreign words in a row.
struct Run {
    /// The first token and one past the last.
    tokens: Range<usize>,
    languages: Languages,
    /// Tokens of the foreign words; own words between them are left out.
    foreign: Vec<usize>,
}

impl Text<'_> {
    fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (at, &word) in self.words.iter().enumerate() {
            let Word::Foreign(languages, _) = word else { continue };
            match runs.last_mut() {
                Some(run) if run.languages & languages & self.between(run.tokens.end, at) != 0 => {
                    run.languages &= languages & self.between(run.tokens.end, at);
                    run.tokens.end = at + 1;
                    run.foreign.push(at);
                }
                _ => runs.push(Run { tokens: at..at + 1, languages, foreign: vec![at] }),
            }
        }
        runs
    }

    /// The languages that allow foreign words before and behind some tokens to belong together: hyphens,
    /// apostrophes and commas, and at most one word that the other language has too.
    fn between(&self, start: usize, end: usize) -> Languages {
        let mut languages = Languages::MAX;
        let mut words = 0;
        for at in start..end {
            let token = &self.tokens[at];
            match self.words[at] {
                Word::Own(shared) => {
                    words += 1;
                    languages &= shared;
                }
                _ if token.is_dash() || token.is("'") || token.is("’") || token.is(",") => {}
                _ => return 0,
            }
        }
        if words > 1 { 0 } else { languages }
    }

    /// What to say about a run, unless it is a part of a name or too little to tell.
    fn judge(&self, run: Run) -> Option<Untranslated> {
        let evidence = |at: &usize| match self.words[*at] {
            Word::Foreign(_, evidence) => evidence,
            _ => Evidence::Letter,
        };
        let strongest = run.foreign.iter().map(evidence).max()?;
        if self.is_within_name(&run, strongest) {
            return None;
        }
        let copied = run.foreign.iter().any(|&at| self.source.contains(&self.tokens[at].lower));
        let words = run.foreign.len();
        let confidence = match (words, strongest) {
            (1, evidence) => self.single(run.foreign[0], evidence, copied)?,
            (2, Evidence::Letter) => 0.5,
            (2, Evidence::Function) => 0.6,
            (2, _) => 0.8,
            _ => 0.9,
        };
        let span = Span::new(
            self.tokens[run.tokens.start].span.start,
            self.tokens[run.tokens.end - 1].span.end,
        );
        let confidence = if copied { 1.0 - (1.0 - confidence) / 2.0 } else { confidence };
        Some(Untranslated { span, language: self.name(&run), words, copied, confidence })
    }

    /// Probability that a single word was left by mistake.
    fn single(&self, at: usize, evidence: Evidence, copied: bool) -> Option<f32> {
        let letters = self.tokens[at].lower.chars().count();
        let least = if copied { LEAST_COPIED_LETTERS } else { LEAST_LETTERS };
        // Units stand behind numbers in whatever language.
        let behind_number =
            at.checked_sub(1).is_some_and(|at| self.tokens[at].kind == Kind::Digits);
        if letters < least || behind_number {
            return None;
        }
        match evidence {
            Evidence::Letter => copied.then_some(0.5),
            Evidence::Function => Some(0.5),
            Evidence::Common => Some(0.6),
            Evidence::Script => Some(0.65),
        }
    }

    /// Whether a run goes on from a name or leads to one: `Bank of America`.
    fn is_within_name(&self, run: &Run, strongest: Evidence) -> bool {
        let capital =
            |at: Option<usize>| at.is_some_and(|at| self.words.get(at) == Some(&Word::Capital));
        let before = capital(self.beside(run.tokens.start, Side::Before));
        let after = capital(self.beside(run.tokens.end - 1, Side::Behind));
        let nouns = self.language.profile().is_some_and(|profile| profile.names.nouns_capitalised);
        match strongest {
            Evidence::Script => {
                let foreign = |at: Option<usize>| at.is_some_and(|at| self.is_in_other_script(at));
                foreign(self.beside(run.tokens.start, Side::Before))
                    || foreign(self.beside(run.tokens.end - 1, Side::Behind))
            }
            Evidence::Function => before && after || (before || after) && run.foreign.len() == 1,
            Evidence::Common | Evidence::Letter => before && after && !nouns,
        }
    }

    fn is_in_other_script(&self, at: usize) -> bool {
        let own = |letter: char| has_letter(letter, self.language) == Some(true);
        self.words[at] == Word::Capital && !self.tokens[at].lower.chars().any(own)
    }

    /// The token on one side of another, hyphens and apostrophes between them aside.
    fn beside(&self, at: usize, side: Side) -> Option<usize> {
        let step = |at: usize| match side {
            Side::Before => at.checked_sub(1),
            Side::Behind => Some(at + 1).filter(|&at| at < self.tokens.len()),
        };
        let next = step(at)?;
        let token = &self.tokens[next];
        let joins = token.is_dash() || token.is("'") || token.is("’") || token.is("&");
        if joins { step(next) } else { Some(next) }
    }

    /// The language of a run, [`Language::UNKNOWN`] where it may be several.
    fn name(&self, run: &Run) -> Language {
        let mut fits = lang::profiles()
            .iter()
            .enumerate()
            .filter(|(at, _)| run.languages >> at & 1 == 1)
            .map(|(_, profile)| profile.language);
        let known = |language: &Language| {
            run.foreign.iter().any(|&at| {
                let word = &self.tokens[at].lower;
                is_common(word, *language) || is_function_word(word, *language)
            })
        };
        fits.clone()
            .find(known)
            .or_else(|| fits.next().filter(|_| fits.next().is_none()))
            .unwrap_or(Language::UNKNOWN)
    }
}

/// A side of a token.
#[derive(Clone, Copy)]
enum Side {
    Before,
    Behind,
}
