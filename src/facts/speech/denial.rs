//! Polarity: what a sentence denies.
//!
//! A negated clause counts once, however often its language marks it (`никто никогда не`, `niekas niekada ne`).
//! Words that deny by their meaning (`refuse`, `without`, `unable`) are told apart from negated clauses, since
//! translators put one for the other.

use std::cmp::Reverse;

use super::lexicon::{Lexicon, Mark, Meaning};
use crate::calendar::token::{Kind, Token, tokenize};
use crate::lang::Language;
use crate::text::Span;

/// Tokens behind an expletive word in which a negation has no force, up to a mark.
const REACH: usize = 9;
/// Tokens behind a negator within which a word that denies takes its force.
const LITOTES: usize = 2;

/// What a text denies; spans are bytes of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Polarity {
    /// What negates a clause: `not`, `kein`, a verb with `ne-`.
    pub clauses: Vec<Span>,
    /// Words that deny by their meaning.
    pub words: Vec<Span>,
    /// Words that may be a negation in another language: `only`, `until`, a doubled negation.
    pub hints: usize,
    /// Whether it says that something is the first of its kind.
    pub first: bool,
    /// Whether it names a time that something goes on from.
    pub since: bool,
}

impl Polarity {
    /// What a text denies.
    pub fn of(text: &str, language: Language) -> Self {
        let tokens = tokenize(text);
        let lexicon = Lexicon::of(language);
        let read = |lexicon: &Lexicon| read(&tokens, &lexicon.marks(&tokens), lexicon);
        lexicon.map_or_else(Self::default, read)
    }

    /// Whether a negation of this text says what the other says of something that it calls the first: `not since 2005`
    /// and `the first since 2005`.
    pub fn is_first_since(&self, other: &Self) -> bool {
        self.since && other.since && other.first && !self.first
    }

    /// How many negated clauses this text has more than `other` that no word of `other` accounts for; below 0 if the
    /// other one has.
    pub fn surplus(&self, other: &Self) -> isize {
        let more = |here: usize, there: usize| here as isize - there as isize;
        let clauses = more(self.clauses.len(), other.clauses.len());
        let words = more(self.words.len(), other.words.len());
        match clauses {
            0 => 0,
            1.. => (clauses + words.min(0)).max(0),
            _ => (clauses + words.max(0)).min(0),
        }
    }
}

/// What a sentence denies, given its marks.
pub(super) fn read(tokens: &[Token], marks: &[Mark], lexicon: &Lexicon) -> Polarity {
    let says = |meaning: Meaning| marks.iter().any(|mark| mark.meaning == meaning);
    let (first, since) = (says(Meaning::First), says(Meaning::Since));
    let mut polarity = Polarity { first, since, ..Polarity::default() };
    let mut marks = marks.iter().filter(|mark| rank(mark.meaning).is_some()).peekable();
    let mut at = 0;
    // Where the reach of the last expletive word ends.
    let mut weak_until = 0;
    // The token behind the last negator.
    let mut last_negator: Option<usize> = None;
    while at < tokens.len() {
        while marks.next_if(|mark| mark.first < at).is_some() {}
        let here = std::iter::from_fn(|| marks.next_if(|mark| mark.first == at));
        let (meaning, length) = meaning(lexicon, &tokens[at], here);
        if tokens[at].kind == Kind::Sign {
            weak_until = at;
        }
        let span = Span::new(tokens[at].span.start, tokens[at + length - 1].span.end);
        match meaning {
            Some(Meaning::Negator) if at < weak_until => polarity.hints += 1,
            Some(Meaning::Negator) => {
                polarity.clauses.push(span);
                last_negator = Some(at + length);
            }
            Some(Meaning::Expletive) => weak_until = at + REACH,
            // `did not deny`: both together deny nothing.
            Some(Meaning::Lexical) if last_negator.is_some_and(|end| at < end + LITOTES) => {
                polarity.clauses.pop();
                last_negator = None;
                polarity.hints += 1;
            }
            Some(Meaning::Lexical) => polarity.words.push(span),
            Some(Meaning::Doubling | Meaning::Nominal | Meaning::Hint) => polarity.hints += 1,
            _ => {}
        }
        at += length;
    }
    polarity
}

/// What begins at a token, and its number of tokens. The longest phrase wins, then what says most about negation.
fn meaning<'m>(
    lexicon: &Lexicon,
    token: &Token,
    marks: impl Iterator<Item = &'m Mark>,
) -> (Option<Meaning>, usize) {
    let prefix = lexicon.prefix(token);
    // Endings of nouns and adjectives tell something only of words with a negating beginning.
    let found = marks.filter(|mark| prefix.is_some() || mark.meaning != Meaning::Nominal);
    let order = |mark: &&Mark| (mark.length, Reverse(rank(mark.meaning)));
    let found = found.max_by_key(order).map(|mark| (mark.meaning, mark.length));
    match found {
        Some((meaning, length)) if length > 1 || rank(meaning) < rank(Meaning::Hint) => {
            (Some(meaning), length)
        }
        _ if prefix.is_some() && lexicon.is_verb(token) => (Some(Meaning::Negator), 1),
        _ if prefix.is_some() => (Some(Meaning::Nominal), 1),
        Some((meaning, length)) => (Some(meaning), length),
        None => (None, 1),
    }
}

/// The order in which meanings go before each other; none for those that say nothing of negation.
fn rank(meaning: Meaning) -> Option<usize> {
    let order = [
        Meaning::Unmarked,
        Meaning::Negator,
        Meaning::Expletive,
        Meaning::Doubling,
        Meaning::Plain,
        Meaning::Nominal,
        Meaning::Lexical,
        Meaning::Hint,
    ];
    order.iter().position(|&known| known == meaning)
}

/// The text with the negation of one clause taken away, one of [`Polarity::clauses`]: what it would say otherwise. It
/// need not be well formed.
pub fn affirmed(text: &str, negation: Span, language: Language) -> String {
    let negated = negation.of(text).to_lowercase().replace(['’', '‘', 'ʼ'], "'");
    let rest = Lexicon::of(language).map_or_else(String::new, |lexicon| lexicon.affirm(&negated));
    let (before, after) = (&text[..negation.start], &text[negation.end..]);
    if rest.is_empty() {
        let after = after.trim_start();
        let joined = after.starts_with(['.', ',', ';', ':', '!', '?', '…']);
        let before = if joined { before.trim_end() } else { before };
        return format!("{before}{after}");
    }
    format!("{before}{rest}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(code: &str) -> Language {
        Language::from_code(code).unwrap()
    }

    #[test]
    fn negations_are_taken_away() {
        for (code, negated, plain) in [
            ("en", "It didn’t rain.", "It did rain."),
            ("en", "They are not here.", "They are here."),
            ("de", "Es gab keine Opfer.", "Es gab eine Opfer."),
            ("lt", "Jis nesijuokė.", "Jis juokėsi."),
            ("lt", "Tvarkos nėra.", "Tvarkos yra."),
            ("ru", "Он не пришёл.", "Он пришёл."),
        ] {
            let found = Polarity::of(negated, language(code));
            assert_eq!(found.clauses.len(), 1, "{negated}");
            assert_eq!(affirmed(negated, found.clauses[0], language(code)), plain);
        }
    }

    #[test]
    fn a_word_that_denies_accounts_for_a_negation() {
        let said = |text: &str, code: &str| Polarity::of(text, language(code));
        let plain = said("They came home.", "en");
        let refused = said("They refused to come home.", "en");
        let negated = said("Sie kamen nicht heim.", "de");
        assert_eq!(negated.surplus(&plain), 1);
        assert_eq!(plain.surplus(&negated), -1);
        assert_eq!(negated.surplus(&refused), 0);
        assert_eq!(refused.surplus(&negated), 0);
    }
}
