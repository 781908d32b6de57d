//! The figures of a number: its ends with their scale, `20–30 Mio.`, `2 million to 3 million`, `2 million 300 thousand`.

use super::amount::{Amount, Reader, Tail};
use crate::calendar::token::Token;

/// The ends of a number as written, before its unit, and the token after it.
#[derive(Clone, Copy)]
pub(super) struct Figures {
    pub(super) low: f64,
    pub(super) high: f64,
    /// See [`Amount::step`].
    pub(super) step: f64,
    pub(super) end: usize,
    /// Whether a scale word stands behind them.
    pub(super) scaled: bool,
}

impl Reader<'_> {
    /// The ends of a number with its scale.
    pub(super) fn figures(&self, at: usize, first: Amount, money: bool) -> Figures {
        let (mut low, mut high) = (first.value, first.value);
        let mut end = first.end;
        if let Some(last) = self.range_end(at, &first) {
            (high, end) = (last.value, last.end);
        }
        if let Some((after, ())) = self.lexicon.half_after.starting_at(self.tokens, end) {
            (low, high, end) = (low + 0.5, high + 0.5, after);
        }
        let unscaled = end;
        // "50 и более миллионов"
        if let Some(after) =
            self.at_least_after(end).filter(|after| self.scale_word(*after).is_some())
        {
            end = after;
        }
        let (mut scale, mut end) = if first.ordinal { (1.0, end) } else { self.scale(end, money) };
        if let Some(Tail::Scale(tail)) = first.tail {
            scale *= tail;
        }
        if let Some((last, after)) = self.scaled_range_end(at, end, low * scale, scale, money) {
            (high, end) = (last / scale, after);
        }
        let figures = Figures {
            low: low * scale,
            high: high * scale,
            step: first.step * scale,
            end,
            scaled: end > unscaled || scale > 1.0,
        };
        self.continued(figures, scale, first.spelled)
    }

    /// The upper end of a range whose ends have their own scales, and the token after it: `2 million to 3 million`.
    fn scaled_range_end(
        &self,
        start: usize,
        at: usize,
        low: f64,
        scale: f64,
        money: bool,
    ) -> Option<(f64, usize)> {
        let next = self.range_joint(start, at).filter(|_| scale > 1.0)?;
        let last = self.amount(next).filter(|last| !last.ordinal && last.tail.is_none())?;
        let (last_scale, end) = self.scale(last.end, money);
        let high = last.value * last_scale;
        (last_scale > 1.0 && high > low).then_some((high, end))
    }

    /// Adds what goes on behind a scale: `2 million 300 thousand`.
    fn continued(&self, mut figures: Figures, mut scale: f64, spelled: bool) -> Figures {
        while scale >= 1e3 && figures.low == figures.high {
            let Some(next) = self.amount(figures.end).filter(|next| !next.ordinal && !next.share)
            else {
                break;
            };
            let (next_scale, end) = self.scale(next.end, false);
            let value = next.value * next_scale;
            let goes_on = next_scale >= 1e3 || spelled && next.spelled;
            if !goes_on || value >= scale || next.spelled != spelled {
                break;
            }
            figures.low += value;
            figures.high = figures.low;
            figures.step = next.step * next_scale;
            figures.end = end;
            scale = next_scale;
        }
        figures
    }

    /// The upper end of a range: `20–30`, `20 bis 30`.
    fn range_end(&self, at: usize, first: &Amount) -> Option<Amount> {
        let next = self.range_joint(at, first.end)?;
        if first.ordinal || first.tail.is_some() {
            return None;
        }
        let last = self.amount(next)?;
        let fits = last.value > first.value && !last.ordinal && last.tail.is_none();
        (fits && last.spelled == first.spelled).then_some(last)
    }

    /// The token behind a dash or a word between the two ends of a range that starts at a token: `20–30`, `20 to 30`,
    /// `20- to 30-year-olds`.
    fn range_joint(&self, start: usize, at: usize) -> Option<usize> {
        let joint = self.tokens.get(at)?;
        let next = self.tokens.get(at + 1)?;
        let section = &self.lexicon.section;
        let is_word = |token: &Token| section.range_words.contains(&token.lower);
        if joint.is_dash() && joint.glued && !next.glued && is_word(next) {
            return Some(at + 2);
        }
        let opened = section.range_openers.is_empty()
            || start > 0 && section.range_openers.contains(&self.tokens[start - 1].lower);
        let dash = joint.is_dash() && joint.glued == next.glued;
        (dash || opened && is_word(joint)).then_some(at + 1)
    }
}
