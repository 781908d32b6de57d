//! The numbers of a sentence: amounts in digits or words with their scale, unit, bound and range.

mod amount;
mod lexicon;

use amount::{Amount, Reader};
use lexicon::{CURRENCY_CODES, CURRENCY_SIGNS, Lexicon, ScaleWord, UnitWord};

use super::{Bound, Fact, NumberValue, Unit, Value};
use crate::calendar::Expression;
use crate::calendar::token::{Kind, Token};
use crate::lang::Language;
use crate::text::Span;

/// The longest word, in characters, whose stop belongs to it: `Mio.`, `tūkst.`
const LONGEST_ABBREVIATION: usize = 5;

/// The numbers over the tokens of a text. What lies in `dates` is no number.
pub(super) fn facts(
    text: &str,
    tokens: &[Token],
    dates: &[Expression],
    language: Language,
) -> Vec<Fact> {
    let reader = Reader { text, tokens, lexicon: Lexicon::of(language) };
    let mut found = Vec::new();
    let mut dates = dates.iter().peekable();
    let mut at = 0;
    while at < tokens.len() {
        let start = tokens[at].span.start;
        while dates.next_if(|date| date.span.end <= start).is_some() {}
        let limit = dates.peek().map_or(text.len(), |date| date.span.start);
        if start >= limit {
            at += 1;
            continue;
        }
        match reader.number(at) {
            Step::Number(end, number) if tokens[end - 1].span.end <= limit => {
                found.push(Fact {
                    span: Span::new(start, tokens[end - 1].span.end),
                    value: Value::Number(number),
                });
                at = end;
            }
            Step::Number(..) => at += 1,
            Step::Skip(end) => at = end,
        }
    }
    found
}

/// What stands at a token.
enum Step {
    /// A number that ends before a token.
    Number(usize, NumberValue),
    /// No number; go on at a token.
    Skip(usize),
}

impl Reader<'_> {
    fn number(&self, at: usize) -> Step {
        let money = self.currency_sign(at);
        let first = at + usize::from(money.is_some());
        if let Some(end) = self.no_number(first) {
            return Step::Skip(end);
        }
        match self.amount(first).or_else(|| self.implied_amount(first)) {
            Some(amount) => self.quantity(at, amount, money),
            None => Step::Skip(at + 1),
        }
    }

    /// The amount with all that belongs to it, the currency sign before it included.
    fn quantity(&self, at: usize, first: Amount, money: Option<UnitWord>) -> Step {
        let (mut low, mut high) = (first.value, first.value);
        let mut end = first.end;
        if let Some(last) = self.range_end(at, &first) {
            (high, end) = (last.value, last.end);
        }
        if let Some((after, ())) = self.lexicon.half_after.starting_at(self.tokens, end) {
            (low, high, end) = (low + 0.5, high + 0.5, after);
        }
        if let Some(skip) = self.plus_name(end) {
            return Step::Skip(skip);
        }
        let unscaled = end;
        let (scale, end) = self.scale(end, money.is_some());
        // A bare one is an article or a pronoun.
        if first.spelled && high <= 1.0 && end == unscaled {
            return Step::Skip(first.end);
        }
        let (unit, end) = if first.ordinal { (None, end) } else { self.unit(end) };
        let unit = money.or(unit);
        let bound = if first.ordinal { Bound::Exact } else { self.bound_before(at) };
        let (factor, offset) = unit.as_ref().map_or((1.0, 0.0), |unit| (unit.factor, unit.offset));
        let in_base = |value: f64| value * scale * factor + offset;
        Step::Number(
            end,
            NumberValue {
                low: in_base(low),
                high: in_base(high),
                unit: unit
                    .map_or(if first.ordinal { Unit::Ordinal } else { Unit::Count }, |unit| {
                        unit.unit
                    }),
                approximate: bound != Bound::Exact,
                bound,
                spelled: first.spelled,
                factor,
                step: first.step * scale,
            },
        )
    }

    /// The token after something with digits that is no number: part of a name, a serial or phone number,
    /// the mark of a list item.
    fn no_number(&self, at: usize) -> Option<usize> {
        let token = self.tokens.get(at).filter(|token| token.kind == Kind::Digits)?;
        let is_digits =
            |at: usize| self.tokens.get(at).is_some_and(|token| token.kind == Kind::Digits);
        let leading_zero = token.lower.len() > 1 && token.lower.starts_with('0');
        let plus = at > 0 && token.glued && self.tokens[at - 1].is("+");
        if leading_zero || plus {
            let end = (at + 1..).find(|&next| !is_digits(next) && !self.joins_digits(next))?;
            return Some(end);
        }
        let list_mark = at == 0
            && self.tokens.get(1).is_some_and(|next| next.glued && (next.is(".") || next.is(")")))
            && self.tokens.get(2).is_some_and(|next| !next.glued);
        let slash = |at: usize| {
            self.tokens.get(at).is_some_and(|sign| sign.glued && sign.is("/")) && is_digits(at + 1)
        };
        if slash(at + 1) {
            return Some(at + 3);
        }
        (list_mark || self.is_part_of_name(at)).then_some(at + 1)
    }

    fn joins_digits(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.is_dash() || token.is("/") || token.is("(") || token.is(")"))
            && self.tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Digits)
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
        let currency = CURRENCY_CODES.contains(&before.lower.as_str());
        (before.kind == Kind::Word && !currency) || behind_dash || "#@_./".contains(&before.lower)
    }

    /// One of a scale word that stands alone (`a million` is an amount of its own), or half of it.
    fn implied_amount(&self, at: usize) -> Option<Amount> {
        let amount = |value, end| Amount { value, step: value, end, ordinal: false, spelled: true };
        if let Some((end, ())) = self.lexicon.half_before.starting_at(self.tokens, at) {
            return self.scale_word(end).map(|_| amount(0.5, end));
        }
        self.scale_word(at).filter(|scale| scale.alone).map(|_| amount(1.0, at))
    }

    /// The upper end of a range: `20–30`, `20 bis 30`.
    fn range_end(&self, at: usize, first: &Amount) -> Option<Amount> {
        let joint = self.tokens.get(first.end)?;
        let next = self.tokens.get(first.end + 1)?;
        let dash = joint.is_dash() && joint.glued == next.glued;
        let section = &self.lexicon.section;
        let opened = section.range_openers.is_empty()
            || at > 0 && section.range_openers.contains(&self.tokens[at - 1].lower);
        let word = opened && section.range_words.contains(&joint.lower);
        if !(dash || word) || first.ordinal {
            return None;
        }
        let last = self.amount(first.end + 1)?;
        (last.value > first.value && !last.ordinal && last.spelled == first.spelled).then_some(last)
    }

    /// The end of `2 plus 2` and the like, a name of a format, where the token is the word between.
    fn plus_name(&self, at: usize) -> Option<usize> {
        let at = at + usize::from(self.tokens.get(at).is_some_and(Token::is_dash));
        let plus = self.lexicon.section.plus_words.contains(&self.tokens.get(at)?.lower);
        let next = at + 1;
        let next = next + usize::from(self.tokens.get(next).is_some_and(Token::is_dash));
        plus.then(|| self.amount(next)).flatten().map(|amount| amount.end)
    }

    fn scale_word(&self, at: usize) -> Option<&ScaleWord> {
        let token = self.tokens.get(at).filter(|token| token.kind == Kind::Word)?;
        self.lexicon.scales.get(&token.lower)
    }

    /// The scales behind a number and the token after them.
    fn scale(&self, at: usize, money: bool) -> (f64, usize) {
        let mut scale = 1.0;
        let mut end = at;
        for _ in 0..2 {
            let next = self.skip_hyphen(end);
            let Some(word) = self.scale_word(next) else {
                break;
            };
            let glued = self.tokens[next].glued;
            if (word.glued_only && !glued) || (word.money_only && !money) {
                break;
            }
            scale *= word.value;
            end = self.skip_stop(next + 1);
        }
        (scale, end)
    }

    /// The unit behind a number and the token after it.
    fn unit(&self, at: usize) -> (Option<UnitWord>, usize) {
        let start = self.skip_hyphen(at);
        match self.lexicon.units.starting_at(self.tokens, start) {
            Some((end, unit)) => (Some(unit.clone()), self.skip_stop(end)),
            None => (None, at),
        }
    }

    /// The currency of a sign or code that stands just before digits.
    fn currency_sign(&self, at: usize) -> Option<UnitWord> {
        let token = self.tokens.get(at)?;
        let sign = CURRENCY_SIGNS.iter().any(|(sign, _)| *sign == token.lower);
        let code = CURRENCY_CODES.contains(&token.lower.as_str()) && token.capital;
        let digits = self.tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Digits);
        if !(sign || code) || !digits {
            return None;
        }
        let (_, unit) = self.lexicon.units.starting_at(self.tokens, at)?;
        Some(unit.clone())
    }

    fn bound_before(&self, at: usize) -> Bound {
        let bound = self.lexicon.bounds.ending_before(self.tokens, at);
        bound.copied().unwrap_or(Bound::Exact)
    }

    /// Skips the hyphen of `550-pound`.
    fn skip_hyphen(&self, at: usize) -> usize {
        let hyphen = self.tokens.get(at).is_some_and(|token| token.is_dash() && token.glued)
            && self.tokens.get(at + 1).is_some_and(|next| next.glued);
        at + usize::from(hyphen)
    }

    /// Skips the stop of an abbreviation.
    fn skip_stop(&self, at: usize) -> usize {
        let short = at > 0 && self.tokens[at - 1].lower.chars().count() <= LONGEST_ABBREVIATION;
        let stop = self.tokens.get(at).is_some_and(|token| token.is(".") && token.glued);
        // At the end of the text the stop is the sentence's.
        at + usize::from(short && stop && at + 1 < self.tokens.len())
    }
}
