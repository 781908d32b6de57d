//! The numbers of a sentence: amounts in digits or words with their scale, unit, bound and range.

mod amount;
mod figures;
mod lexicon;
mod no_number;
mod phrases;
mod signs;
mod words;

use amount::{Amount, Reader, Tail};
use figures::Figures;
use lexicon::{Lexicon, ScaleWord, UnitWord};
use no_number::NoNumber;

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
        let money = self.money_before(at);
        let first = money.map_or(at, |(end, _)| end);
        if let Some(NoNumber { end, label }) = self.no_number(first) {
            return match label {
                Some(label) => Step::Number(end, labelled(label)),
                None => Step::Skip(end),
            };
        }
        let below_zero = if money.is_none() { self.minus(at) } else { None };
        let first = below_zero.unwrap_or(first);
        let amount = if below_zero.is_some() {
            self.amount(first)
        } else {
            self.half(first).or_else(|| self.amount(first)).or_else(|| self.one_of_scale(first))
        };
        match amount {
            Some(amount) if below_zero.is_some() => self.below_zero(at, amount),
            Some(amount) => self.quantity(at, amount, money.map(|(_, unit)| unit)),
            None => Step::Skip(at + 1),
        }
    }

    /// The amount with all that belongs to it, the currency sign before it included.
    fn quantity(&self, at: usize, first: Amount, money: Option<&UnitWord>) -> Step {
        let mut figures = self.figures(at, first, money.is_some());
        if let Some(skip) = self.plus_name(figures.end) {
            return Step::Skip(skip);
        }
        let (unit, end) = match first.tail {
            Some(Tail::Unit(unit)) => (Some(unit), figures.end),
            _ if first.ordinal => (None, figures.end),
            _ if figures.scaled => self.money_behind_scale(figures.end),
            _ => self.unit(figures.end),
        };
        let unit = money.or(unit);
        // A bare one is an article or a pronoun; half of nothing is no number.
        let bare = unit.is_none() || figures.high == 1.0 && first.tail.is_none();
        let small = first.spelled && !first.share && figures.high <= 1.0 && figures.high > 0.0;
        if small && bare && !figures.scaled {
            return Step::Skip(first.end);
        }
        let end = self.smaller_units(&first, &mut figures, unit, end);
        let (bound, end) = match (first.ordinal, self.at_least_after(end)) {
            (true, _) => (Bound::Exact, end),
            (false, Some(end)) => (Bound::AtLeast, end),
            (false, None) => (self.bound_before(at, unit.is_some() || !first.spelled), end),
        };
        Step::Number(end, value(&first, &figures, unit, bound))
    }

    /// Adds what smaller units behind a measure count, and gives the token after them: `7 kg 739 g`, `5 feet 7 inches`.
    fn smaller_units(
        &self,
        first: &Amount,
        figures: &mut Figures,
        unit: Option<&UnitWord>,
        end: usize,
    ) -> usize {
        let Some(unit) = unit.filter(|_| figures.low == figures.high && !first.ordinal) else {
            return end;
        };
        let joiners = &self.lexicon.section.measure_joiners;
        let joined = self.tokens.get(end).is_some_and(|token| joiners.contains(&token.lower));
        let at = end + usize::from(joined);
        let Some(next) = self.amount(at).filter(|next| !next.ordinal && next.tail.is_none()) else {
            return end;
        };
        let (smaller, after) = self.unit(next.end);
        let Some(smaller) = smaller.filter(|smaller| {
            let measure = matches!(unit.unit, Unit::Measure(_)) && smaller.unit == unit.unit;
            measure && unit.offset == 0.0 && next.value * smaller.factor < unit.factor
        }) else {
            return end;
        };
        figures.low += next.value * smaller.factor / unit.factor;
        figures.high = figures.low;
        figures.step = next.step * smaller.factor / unit.factor;
        after
    }

    /// A number below zero, where its unit or its sign shows that the dash is none between words.
    fn below_zero(&self, at: usize, amount: Amount) -> Step {
        let (unit, end) = self.unit(amount.end);
        let sign = self.tokens[at].kind == Kind::Word || self.tokens[at].is("−");
        let measured = unit.is_some_and(|unit| {
            matches!(&unit.unit, Unit::Percent) || unit.unit == Unit::Measure("°C".to_owned())
        });
        let degrees = unit.is_some_and(|unit| unit.unit == Unit::Measure("°".to_owned()));
        if !(sign || measured || degrees) {
            return Step::Skip(at + 1);
        }
        let figures = Figures {
            low: -amount.value,
            high: -amount.value,
            step: amount.step,
            end: amount.end,
            scaled: false,
        };
        Step::Number(end, value(&amount, &figures, unit, Bound::Exact))
    }

    /// The token behind a minus, where it stands before a number and behind no other one.
    fn minus(&self, at: usize) -> Option<usize> {
        let token = &self.tokens[at];
        let digits = |glued: bool| {
            let next = self.tokens.get(at + 1);
            next.is_some_and(|next| next.kind == Kind::Digits && (next.glued || !glued))
        };
        let opens = at == 0 || !token.glued || self.tokens[at - 1].is("(");
        let sign = token.is_dash() && opens && digits(true);
        let word = self.lexicon.section.minus_words.contains(&token.lower) && digits(false);
        let behind_number =
            at > 0 && !token.glued && self.tokens[at - 1].kind == Kind::Digits && !word;
        ((sign || word) && !behind_number).then_some(at + 1)
    }

    /// One of a scale word that stands alone: `a million` is an amount of its own.
    fn one_of_scale(&self, at: usize) -> Option<Amount> {
        let indefinite = at > 0 && self.is_indefinite(at - 1);
        let alone = self.scale_word(at).filter(|scale| scale.alone && !indefinite);
        alone.map(|_| Amount::in_words(1.0, at))
    }

    /// Whether a word leaves open how many of the scale behind it there are.
    pub(super) fn is_indefinite(&self, at: usize) -> bool {
        self.lexicon.section.indefinite.contains(&self.tokens[at].lower)
    }

    /// Half of the scale or unit behind it: `half a million`, `half an hour`.
    fn half(&self, at: usize) -> Option<Amount> {
        let (end, ()) = self.lexicon.half_before.starting_at(self.tokens, at)?;
        let end = self.skip_hyphen(end);
        let whole = self.scale_word(end).is_some() || self.unit(end).0.is_some();
        whole.then(|| Amount::in_words(0.5, end))
    }

    pub(super) fn scale_word(&self, at: usize) -> Option<&ScaleWord> {
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
    fn unit(&self, at: usize) -> (Option<&UnitWord>, usize) {
        let start = self.skip_hyphen(at);
        if self.lexicon.no_units.starting_at(self.tokens, start).is_some() {
            return (None, at);
        }
        let found = self.lexicon.units.starting_at(self.tokens, start).filter(|(end, _)| {
            // A single letter is a unit only as a small one: "5 g", but "5G".
            let token = &self.tokens[start];
            let letter = token.kind == Kind::Word && token.lower.chars().count() == 1;
            !(letter && *end == start + 1 && token.capital)
        });
        match found {
            Some((end, unit)) => (Some(unit), self.skip_stop(end)),
            None => (None, at),
        }
    }

    /// The unit behind a number with a scale, where pounds are money. A short form of the scale in brackets is skipped:
    /// `33 billion (b) US dollars`.
    fn money_behind_scale(&self, at: usize) -> (Option<&UnitWord>, usize) {
        let is = |at: usize, sign: &str| self.tokens.get(at).is_some_and(|token| token.is(sign));
        let bracket = is(at, "(") && is(at + 2, ")");
        let short = bracket && self.tokens[at + 1].lower.chars().count() <= 2;
        let start = if short { at + 3 } else { at };
        match self.lexicon.behind_scale.starting_at(self.tokens, start) {
            Some((end, unit)) if self.unit(start).1 <= end => (Some(unit), end),
            _ => match self.unit(start) {
                (None, _) => (None, at),
                found => found,
            },
        }
    }

    /// The currency of a sign or code that stands just before digits, and the token of the digits.
    fn money_before(&self, at: usize) -> Option<(usize, &UnitWord)> {
        let (end, unit) = self.lexicon.money_before.starting_at(self.tokens, at)?;
        let token = &self.tokens[at];
        let written = token.kind == Kind::Sign || token.capital;
        let digits = self.tokens.get(end).is_some_and(|next| next.kind == Kind::Digits);
        (written && digits).then_some((end, unit))
    }

    /// The bound that stands before a number, where a preposition may stand between; one that is a preposition itself
    /// counts only before digits and measures.
    fn bound_before(&self, at: usize, measured: bool) -> Bound {
        let section = &self.lexicon.section;
        let is = |list: &[String], at: usize| list.contains(&self.tokens[at].lower);
        let gap = at > 1 && is(&section.bound_gaps, at - 1);
        let found = (self.lexicon.bounds.ending_before(self.tokens, at).map(|bound| (at, bound)))
            .or_else(|| {
                let before = at.checked_sub(1).filter(|_| gap)?;
                Some((before, self.lexicon.bounds.ending_before(self.tokens, before)?))
            });
        match found {
            Some((end, _)) if !measured && is(&section.bound_prepositions, end - 1) => Bound::Exact,
            Some((_, bound)) => *bound,
            None => Bound::Exact,
        }
    }

    /// The token after words such as "or more".
    fn at_least_after(&self, at: usize) -> Option<usize> {
        if self.tokens.get(at).is_some_and(|token| token.glued && token.is("+")) {
            return Some(at + 1);
        }
        self.lexicon.at_least_after.starting_at(self.tokens, at).map(|(end, ())| end)
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

/// The value of digits that count nothing.
fn labelled(digits: f64) -> NumberValue {
    NumberValue { unit: Unit::Label, ..NumberValue::count(digits) }
}

/// The value of figures in base units.
fn value(amount: &Amount, figures: &Figures, unit: Option<&UnitWord>, bound: Bound) -> NumberValue {
    let (factor, offset) = unit.map_or((1.0, 0.0), |unit| (unit.factor, unit.offset));
    let plain = if amount.ordinal { Unit::Ordinal } else { Unit::Count };
    NumberValue {
        low: figures.low * factor + offset,
        high: figures.high * factor + offset,
        unit: unit.map_or(plain, |unit| unit.unit.clone()),
        approximate: bound != Bound::Exact,
        bound,
        spelled: amount.spelled,
        factor,
        offset,
        step: figures.step,
    }
}
