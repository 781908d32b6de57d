//! Digits that are no number: parts of names, serial and phone numbers, marks of list items, names of formats.

use super::amount::{MOST_DIGITS, Reader};
use super::signs;
use crate::calendar::token::{Kind, Token};

/// Digits that count nothing.
pub(super) struct NoNumber {
    /// The token after them.
    pub(super) end: usize,
    /// What they are in the name or serial number they belong to; none where they say nothing on their own.
    pub(super) label: Option<f64>,
}

impl Reader<'_> {
    /// Something with digits at a token that is no number: part of a name, a serial or phone number, the mark of a
    /// list item.
    pub(super) fn no_number(&self, at: usize) -> Option<NoNumber> {
        let token = self.tokens.get(at).filter(|token| token.kind == Kind::Digits)?;
        let leading_zero = token.lower.len() > 1 && token.lower.starts_with('0');
        let plus = at > 0 && token.glued && self.tokens[at - 1].is("+");
        if leading_zero || plus {
            let end = (at + 1..).find(|&next| !self.is_digits(next) && !self.joins_digits(next))?;
            return Some(NoNumber { end, label: self.serial(at, end) });
        }
        if let Some(end) = self.version(at) {
            return Some(NoNumber { end, label: self.serial(at, end) });
        }
        let list_mark = at == 0
            && self.tokens.get(1).is_some_and(|next| next.glued && (next.is(".") || next.is(")")))
            && self.tokens.get(2).is_some_and(|next| !next.glued);
        let slash = self.tokens.get(at + 1).is_some_and(|sign| sign.glued && sign.is("/"));
        if slash && self.is_digits(at + 2) && self.amount(at).is_none_or(|amount| !amount.share) {
            return Some(NoNumber { end: at + 3, label: None });
        }
        if self.is_part_of_name(at) {
            return Some(NoNumber { end: at + 1, label: self.serial(at, at + 1) });
        }
        list_mark.then_some(NoNumber { end: at + 1, label: None })
    }

    /// The token after a number of three parts or more that are no groups of digits: `1.2.3`, `192.168.0.1`.
    fn version(&self, at: usize) -> Option<usize> {
        let part = |at: usize| {
            let sign = self.tokens.get(at).is_some_and(|sign| sign.glued && sign.is("."));
            let digits = self.tokens.get(at + 1).filter(|digits| digits.glued && sign)?;
            (digits.kind == Kind::Digits).then_some(digits.lower.len())
        };
        let lengths: Vec<usize> = (at + 1..).step_by(2).map_while(part).collect();
        let version = lengths.len() >= 2 && lengths.iter().any(|length| *length != 3);
        version.then_some(at + 1 + 2 * lengths.len())
    }

    /// The digits of some tokens in a row.
    fn serial(&self, at: usize, end: usize) -> Option<f64> {
        let digits = self.tokens[at..end].iter().filter(|token| token.kind == Kind::Digits);
        let mut written = String::new();
        for token in digits {
            written.push_str(&token.lower);
            if written.len() > MOST_DIGITS {
                return None;
            }
        }
        written.parse().ok()
    }

    fn is_digits(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Digits)
    }

    fn joins_digits(&self, at: usize) -> bool {
        let joint =
            |token: &Token| token.is_dash() || token.is("/") || token.is("(") || token.is(")");
        self.tokens.get(at).is_some_and(joint) && self.is_digits(at + 1)
    }

    /// Whether digits hang on letters before them: `G7`, `A320`, `Covid-19`, `#4`.
    fn is_part_of_name(&self, at: usize) -> bool {
        let glued = |at: usize| self.tokens[at].glued;
        if at == 0 || !glued(at) {
            return false;
        }
        let before = &self.tokens[at - 1];
        let behind_dash =
            before.is_dash() && glued(at - 1) && at >= 2 && self.tokens[at - 2].kind == Kind::Word;
        let currency = signs::CURRENCY_CODES.contains(&before.lower.as_str());
        (before.kind == Kind::Word && !currency) || behind_dash || "#@_./".contains(&before.lower)
    }

    /// The end of `2 plus 2` and the like, a name of a format, where the token is the word between.
    pub(super) fn plus_name(&self, at: usize) -> Option<usize> {
        let at = at + usize::from(self.tokens.get(at).is_some_and(Token::is_dash));
        let plus = self.lexicon.section.plus_words.contains(&self.tokens.get(at)?.lower);
        let next = at + 1;
        let next = next + usize::from(self.tokens.get(next).is_some_and(Token::is_dash));
        plus.then(|| self.amount(next)).flatten().map(|amount| amount.end)
    }
}
