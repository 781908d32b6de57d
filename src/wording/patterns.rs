//! Expressions of a lexicon and where they stand in a text.
//!
//! An expression is written as words with blanks between them. `stem*` is the stem with any ending, `one|two` either
//! word, `…` a gap of a few words. A word with a capital matches only words with a capital, one in capitals only itself,
//! any other word is matched without regard to case. Hyphens, apostrophes and quotation marks between the words of a
//! text do not count.

use std::collections::HashMap;
use std::ops::Range;

use crate::calendar::token::{Kind, Token};
use crate::lang::Language;
use crate::text::Span;

/// Most words that a gap stands for.
const LONGEST_GAP: usize = 10;
/// Letters of a word under which expressions are filed.
const FILED_LETTERS: usize = 2;

/// Expressions of several languages, each of which stands for an item.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// By language and the first letters of the first word.
    expressions: HashMap<(Language, String), Vec<Expression>>,
}

/// An expression found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What the expression stands for.
    pub item: usize,
    /// Where it stands, in bytes of the text.
    pub span: Span,
    /// The tokens it covers.
    pub tokens: Range<usize>,
    /// Words of the expression, gaps aside.
    pub words: usize,
}

#[derive(Debug)]
struct Expression {
    item: usize,
    parts: Vec<Part>,
    words: usize,
}

#[derive(Debug)]
enum Part {
    Word(Vec<Form>),
    Gap,
}

/// A form of a word.
#[derive(Debug, Clone)]
struct Form {
    /// In small letters.
    lower: String,
    /// As written, where only capitals match.
    exact: Option<String>,
    capital: bool,
    /// Whether any ending may follow.
    open: bool,
}

impl Lexicon {
    /// Adds an expression of a language that stands for `item`.
    pub fn add(&mut self, language: Language, expression: &str, item: usize) {
        let spaced: String =
            expression.chars().map(|c| if is_written(c) { c } else { ' ' }).collect();
        let parts: Vec<Part> = spaced
            .split_whitespace()
            .map(|word| match word {
                "…" => Part::Gap,
                word => Part::Word(word.split('|').filter_map(Form::of).collect()),
            })
            .collect();
        let words = parts.iter().filter(|part| matches!(part, Part::Word(_))).count();
        let Some(Part::Word(first)) = parts.first() else { return };
        let mut starts: Vec<String> = first.iter().map(|form| start(&form.lower)).collect();
        starts.sort_unstable();
        starts.dedup();
        let parts_of = |parts: &[Part]| -> Vec<Part> {
            let copy = |part: &Part| match part {
                Part::Word(forms) => Part::Word(forms.clone()),
                Part::Gap => Part::Gap,
            };
            parts.iter().map(copy).collect()
        };
        for start in starts {
            let expression = Expression { item, parts: parts_of(&parts), words };
            self.expressions.entry((language, start)).or_default().push(expression);
        }
    }

    /// Every expression of a language in a text, by where it starts; of several for one item at one place the
    /// longest. `tokens` are those of `text`. Linear in the length of the text.
    pub(crate) fn find(&self, text: &str, tokens: &[Token], language: Language) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            if token.kind == Kind::Sign {
                continue;
            }
            let filed = self.expressions.get(&(language, start(&token.lower)));
            let here = found.len();
            for expression in filed.into_iter().flatten() {
                let Some(end) = matches_at(&expression.parts, text, tokens, at) else { continue };
                let span = Span::new(token.span.start, tokens[end - 1].span.end);
                let new =
                    Found { item: expression.item, span, tokens: at..end, words: expression.words };
                match found[here..].iter_mut().find(|old| old.item == new.item) {
                    Some(old) if old.span.len() < new.span.len() => *old = new,
                    Some(_) => {}
                    None => found.push(new),
                }
            }
        }
        found
    }
}

/// Of expressions that overlap the longest ones, the earlier ones first.
pub fn longest(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|one| (std::cmp::Reverse(one.span.len()), one.span.start));
    let mut kept: Vec<Found> = Vec::new();
    for one in found {
        if !kept.iter().any(|other| other.span.overlaps(one.span)) {
            kept.push(one);
        }
    }
    kept.sort_by_key(|one| one.span);
    kept
}

fn is_written(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '*' | '|' | '…' | '\u{300}'..='\u{36f}')
}

fn start(word: &str) -> String {
    word.chars().take(FILED_LETTERS).collect()
}

impl Form {
    fn of(word: &str) -> Option<Self> {
        let open = word.ends_with('*');
        let word = word.trim_end_matches('*');
        let first = word.chars().next()?;
        let all_capital = word.chars().nth(1).is_some() && word.chars().all(char::is_uppercase);
        Some(Self {
            lower: word.to_lowercase(),
            exact: all_capital.then(|| word.to_owned()),
            capital: first.is_uppercase(),
            open,
        })
    }

    fn fits(&self, token: &Token, text: &str) -> bool {
        if token.kind == Kind::Sign || self.capital && !token.capital {
            return false;
        }
        match &self.exact {
            Some(exact) => token.span.of(text) == exact,
            None if self.open => token.lower.starts_with(&self.lower),
            None => token.lower == self.lower,
        }
    }
}

/// One past the last token of an expression that starts at token `at`.
fn matches_at(parts: &[Part], text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    match parts {
        [] => None,
        [Part::Gap, rest @ ..] => {
            let mut next = Some(at);
            for _ in 0..=LONGEST_GAP {
                let here = next?;
                if let Some(end) = matches_at(rest, text, tokens, here) {
                    return Some(end);
                }
                next = word_from(tokens, here + 1, &|at| {
                    joins(&tokens[at]) || tokens[at].is(",") || is_ordinal_stop(tokens, at)
                });
            }
            None
        }
        [Part::Word(forms), rest @ ..] => {
            let token = tokens.get(at)?;
            if !forms.iter().any(|form| form.fits(token, text)) {
                return None;
            }
            if rest.is_empty() {
                return Some(at + 1);
            }
            let next = word_from(tokens, at + 1, &|at| joins(&tokens[at]))?;
            matches_at(rest, text, tokens, next)
        }
    }
}

/// The first word from `at` on, with nothing but signs that `may_stand` before it.
fn word_from(tokens: &[Token], at: usize, may_stand: &dyn Fn(usize) -> bool) -> Option<usize> {
    let rest = tokens.get(at..)?;
    let next = at + rest.iter().position(|token| token.kind != Kind::Sign)?;
    (at..next).all(may_stand).then_some(next)
}

/// Whether a sign is the stop behind a number, which ends no sentence: `am 22. August`.
fn is_ordinal_stop(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    tokens[at].is(".") && tokens[at].glued && before.is_some_and(|token| token.kind == Kind::Digits)
}

/// Signs that may stand inside an expression.
fn joins(token: &Token) -> bool {
    token.is_dash() || "'’‘„“”\"«»".contains(token.lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::token::tokenize;

    fn find(expression: &str, text: &str) -> Vec<String> {
        let language = Language::from_code("en").unwrap();
        let mut lexicon = Lexicon::default();
        lexicon.add(language, expression, 7);
        let found = longest(lexicon.find(text, &tokenize(text), language));
        assert!(found.iter().all(|one| one.item == 7));
        found.iter().map(|one| one.span.of(text).to_owned()).collect()
    }

    #[test]
    fn words_stems_and_choices() {
        assert_eq!(
            find("south|southern Kuril*", "the Southern Kurils, the south Kuril"),
            ["Southern Kurils", "south Kuril"]
        );
        assert_eq!(find("Bank", "the bank of the Bank"), ["Bank"]);
        assert_eq!(find("ISIS", "Isis and ISIS"), ["ISIS"]);
        assert!(find("bank", "banks embankment").is_empty());
    }

    #[test]
    fn hyphens_apostrophes_and_gaps() {
        assert_eq!(find("Nagorno Karabakh", "in Nagorno-Karabakh"), ["Nagorno-Karabakh"]);
        assert_eq!(find("Côte d'Ivoire", "Côte d’Ivoire"), ["Côte d’Ivoire"]);
        assert_eq!(find("took … away", "They took it, gladly, away."), ["took it, gladly, away"]);
        assert!(find("took … away", "They took it. Go away.").is_empty());
        assert!(find("north east", "north, east").is_empty());
    }

    #[test]
    fn the_longest_expression_counts() {
        let language = Language::from_code("en").unwrap();
        let mut lexicon = Lexicon::default();
        lexicon.add(language, "Macedonia", 0);
        lexicon.add(language, "North Macedonia", 1);
        let text = "North Macedonia and Macedonia";
        let found = longest(lexicon.find(text, &tokenize(text), language));
        assert_eq!(found.iter().map(|one| one.item).collect::<Vec<_>>(), [1, 0]);
    }
}
