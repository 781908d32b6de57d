//! The facts of two passages that say the same, set against each other.

use super::numbers::close;
use super::{Agreement, Closeness, Compatibility, Difference};
use crate::facts::{Fact, NumberValue, RelativeDate, Unit, Value};

/// Most facts of a passage that are compared; a passage with more is a table.
const MOST_FACTS: usize = 256;

/// How a fact of one passage stands to the other passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// The other passage says the same.
    Equal,
    /// It says something that does not contradict it.
    Compatible(Compatibility),
    /// It says something else instead.
    Conflicting(Difference),
    /// It says nothing of the kind.
    OneSided,
}

/// A fact of one passage with the fact of the other passage that answers it; indices into the lists given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// The fact on the left.
    pub left: Option<usize>,
    /// The fact on the right.
    pub right: Option<usize>,
    /// How they stand to each other.
    pub class: Class,
    /// Probability that the class is right, 0..1.
    pub confidence: f32,
}

/// The numbers, dates and times of two passages that say the same, each with its counterpart. Names are left
/// out.
///
/// Equal values are paired before compatible ones, and those before contradicting ones. A range agrees with its
/// two ends told apart; a value told twice with one told once. In a translation every value has a counterpart of
/// its own, so two of a kind that are left over contradict each other before one of them can be a repetition.
pub fn match_facts(left: &[Fact], right: &[Fact], closeness: Closeness) -> Vec<Match> {
    let mut matching = Matching::new(left, right, closeness);
    matching.pair_agreeing(|agreement| agreement == Agreement::Same);
    match closeness {
        Closeness::Comparable => {
            matching.pair_agreeing(|_| true);
            matching.drop_split();
            matching.drop_repeated();
            matching.pair_conflicting(|_, _| true);
        }
        Closeness::Parallel => {
            matching.drop_split();
            matching.pair_agreeing(|agreement| {
                agreement != Agreement::Compatible(Compatibility::Vague)
            });
            matching.pair_conflicting(of_a_kind);
            matching.pair_agreeing(|_| true);
            matching.drop_repeated();
            matching.pair_conflicting(|_, _| true);
            matching.pair_half_answered();
            matching.pair_broken_ranges();
        }
    }
    matching.finish()
}

struct Matching<'a> {
    left: &'a [Fact],
    right: &'a [Fact],
    closeness: Closeness,
    free_left: Vec<usize>,
    free_right: Vec<usize>,
    matches: Vec<Match>,
}

impl<'a> Matching<'a> {
    fn new(left: &'a [Fact], right: &'a [Fact], closeness: Closeness) -> Self {
        let indices = |facts: &[Fact]| -> Vec<usize> {
            let compared = |at: &usize| {
                let value = &facts[*at].value;
                value.is_content() && !matches!(value, Value::Name(_))
            };
            (0..facts.len()).filter(compared).take(MOST_FACTS).collect()
        };
        let (free_left, free_right) = (indices(left), indices(right));
        Self { left, right, closeness, free_left, free_right, matches: Vec::new() }
    }

    fn agreement(&self, left: usize, right: usize) -> Agreement {
        self.left[left].value.compare_in(&self.right[right].value, self.closeness)
    }

    fn add(&mut self, left: Option<usize>, right: Option<usize>, class: Class, confidence: f32) {
        self.matches.push(Match { left, right, class, confidence });
    }

    fn take(&mut self, left: usize, right: usize) {
        self.free_left.retain(|&at| at != left);
        self.free_right.retain(|&at| at != right);
    }

    /// Pairs facts that agree in a way that is wanted, those in like places first.
    fn pair_agreeing(&mut self, wanted: impl Fn(Agreement) -> bool) {
        for left in self.free_left.clone() {
            let partners = self.free_right.iter().filter_map(|&right| {
                let agreement = self.agreement(left, right);
                let class = agreement.class().filter(|_| wanted(agreement))?;
                Some((right, class))
            });
            let partner = partners.min_by_key(|(right, _)| right.abs_diff(left));
            if let Some((right, class)) = partner {
                self.take(left, right);
                self.add(Some(left), Some(right), class, 1.0);
            }
        }
    }

    /// Pairs what one side tells in one fact and the other in two: a range and its ends, `116 123` and `116`, `123`.
    fn drop_split(&mut self) {
        for left in self.free_left.clone() {
            if let Some(parts) = parts(&self.left[left], self.right, &self.free_right) {
                for right in parts {
                    self.take(left, right);
                    self.add(Some(left), Some(right), Class::Equal, 1.0);
                }
            }
        }
        for right in self.free_right.clone() {
            if let Some(parts) = parts(&self.right[right], self.left, &self.free_left) {
                for left in parts {
                    self.take(left, right);
                    self.add(Some(left), Some(right), Class::Equal, 1.0);
                }
            }
        }
    }

    /// Pairs a value told twice, or in two units, with the one counterpart that has a partner already.
    fn drop_repeated(&mut self) {
        for left in self.free_left.clone() {
            let answer = (0..self.right.len().min(MOST_FACTS))
                .find_map(|right| Some((right, repeated(self.agreement(left, right))?)));
            if let Some((right, class)) = answer {
                self.free_left.retain(|&at| at != left);
                self.add(Some(left), Some(right), class, 1.0);
            }
        }
        for right in self.free_right.clone() {
            let answer = (0..self.left.len().min(MOST_FACTS))
                .find_map(|left| Some((left, repeated(self.agreement(left, right))?)));
            if let Some((left, class)) = answer {
                self.free_right.retain(|&at| at != right);
                self.add(Some(left), Some(right), class, 1.0);
            }
        }
    }

    /// Pairs what is left over on both sides where the one can stand for the other, the likeliest first.
    fn pair_conflicting(&mut self, wanted: impl Fn(&Value, &Value) -> bool) {
        let mut candidates = Vec::new();
        for (place, &left) in self.free_left.iter().enumerate() {
            for (other_place, &right) in self.free_right.iter().enumerate() {
                if wanted(&self.left[left].value, &self.right[right].value)
                    && let Some((difference, confidence)) = self.conflict(left, right)
                {
                    let distance = place.abs_diff(other_place);
                    candidates.push((left, right, difference, confidence, distance));
                }
            }
        }
        candidates.sort_by(|one, other| {
            other.3.total_cmp(&one.3).then(one.4.cmp(&other.4)).then(one.0.cmp(&other.0))
        });
        for (left, right, difference, confidence, _) in candidates {
            if self.free_left.contains(&left) && self.free_right.contains(&right) {
                self.take(left, right);
                self.add(Some(left), Some(right), Class::Conflicting(difference), confidence);
            }
        }
    }

    fn conflict(&self, left: usize, right: usize) -> Option<(Difference, f32)> {
        let (left, right) = (&self.left[left].value, &self.right[right].value);
        match (left.compare_in(right, self.closeness), left, right) {
            (Agreement::Different(difference), Value::Number(left), Value::Number(right)) => {
                Some((difference, likelihood(left, right)))
            }
            (Agreement::Different(difference), ..) => Some((difference, 0.9)),
            (Agreement::Incomparable, Value::Number(left), Value::Number(right))
                if self.closeness == Closeness::Parallel =>
            {
                misread_unit(left, right)
            }
            _ => None,
        }
    }

    /// Digits or a year left over on one side against a date or time of which the other side says less: `29 May` and
    /// `May` with a 39 beside it, `1950–53` and a 1953 with an 1150 beside it.
    fn pair_half_answered(&mut self) {
        let answered = |at: &Match| matches!(at.class, Class::Compatible(_));
        let half: Vec<Match> = self.matches.iter().copied().filter(answered).collect();
        for Match { left, right, .. } in half {
            let (Some(left), Some(right)) = (left, right) else { continue };
            if let Some(&digits) =
                self.free_right.iter().find(|&&digits| self.is_misread(left, digits))
            {
                self.free_right.retain(|&at| at != digits);
                self.add(Some(left), Some(digits), Class::Conflicting(Difference::Date), 0.6);
            }
            if let Some(&digits) =
                self.free_left.iter().find(|&&digits| self.is_misread(digits, right))
            {
                self.free_left.retain(|&at| at != digits);
                self.add(Some(digits), Some(right), Class::Conflicting(Difference::Date), 0.6);
            }
        }
    }

    /// Where a range stands against one of its own ends, the number beside that end is what differs: `120–160` and
    /// `220–160`.
    fn pair_broken_ranges(&mut self) {
        for at in 0..self.matches.len() {
            let Match { left: Some(left), right: Some(right), class, .. } = self.matches[at] else {
                continue;
            };
            if !matches!(class, Class::Conflicting(_)) {
                continue;
            }
            let beside = |free: &[usize], end: usize| {
                free.iter().copied().find(|other| other.abs_diff(end) == 1)
            };
            let (own_left, own_right) = (&self.left[left], &self.right[right]);
            let pair = if is_end(own_left, own_right) {
                beside(&self.free_left, left).map(|other| (other, right))
            } else if is_end(own_right, own_left) {
                beside(&self.free_right, right).map(|other| (left, other))
            } else {
                None
            };
            if let Some((other_left, other_right)) = pair {
                self.take(other_left, other_right);
                self.matches[at].class = Class::Equal;
                let class = Class::Conflicting(Difference::Number);
                self.add(Some(other_left), Some(other_right), class, 0.7);
            }
        }
    }

    /// Whether a date and a number, or a stretch and a year, contradict each other.
    fn is_misread(&self, left: usize, right: usize) -> bool {
        let kinds = match (&self.left[left].value, &self.right[right].value) {
            (Value::Date(left), Value::Date(right)) => left.precision != right.precision,
            (left, right) => matches!(left, Value::Number(_)) != matches!(right, Value::Number(_)),
        };
        kinds && matches!(self.agreement(left, right), Agreement::Different(_))
    }

    fn finish(mut self) -> Vec<Match> {
        for left in std::mem::take(&mut self.free_left) {
            self.add(Some(left), None, Class::OneSided, 0.5);
        }
        for right in std::mem::take(&mut self.free_right) {
            self.add(None, Some(right), Class::OneSided, 0.5);
        }
        self.matches.sort_by_key(|found| (found.left.is_none(), found.left, found.right));
        self.matches
    }
}

impl Agreement {
    fn class(self) -> Option<Class> {
        match self {
            Agreement::Same => Some(Class::Equal),
            Agreement::Compatible(why) => Some(Class::Compatible(why)),
            Agreement::Different(_) | Agreement::Incomparable => None,
        }
    }
}

/// Whether two values are written so much alike that one is most likely meant to be the other.
fn of_a_kind(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            let same_unit = left.unit == right.unit && left.factor == right.factor;
            let measures = !left.unit.is_plain() && !right.unit.is_plain();
            left.spelled == right.spelled && (same_unit || measures)
        }
        (Value::Date(left), Value::Date(right)) => left.precision == right.precision,
        (Value::Relative(RelativeDate::Weekday(_)), Value::Relative(RelativeDate::Weekday(_))) => {
            true
        }
        (Value::Time(_), Value::Time(_)) => true,
        _ => false,
    }
}

/// The class of a value that repeats one with a partner: only the same value, or its conversion, is said again.
fn repeated(agreement: Agreement) -> Option<Class> {
    match agreement {
        Agreement::Same => Some(Class::Equal),
        Agreement::Compatible(why @ (Compatibility::Converted | Compatibility::Unnamed)) => {
            Some(Class::Compatible(why))
        }
        _ => None,
    }
}

/// Probability that two numbers left over, which differ, stand for each other.
fn likelihood(left: &NumberValue, right: &NumberValue) -> f32 {
    let range = |number: &NumberValue| number.low != number.high;
    if range(left) && range(right) {
        return 0.9;
    }
    match (left.spelled, right.spelled) {
        (false, false) => 0.9,
        (true, true) => 0.8,
        // One side counts in words what the other may leave to grammar.
        _ => 0.6,
    }
}

/// Two numbers left over in other figures, only one with a unit or in a name: what the other counts is more likely
/// unread than the thing another.
fn misread_unit(left: &NumberValue, right: &NumberValue) -> Option<(Difference, f32)> {
    let one_named = left.unit.is_plain() != right.unit.is_plain();
    let ordinal = left.unit == Unit::Ordinal || right.unit == Unit::Ordinal;
    let label = left.unit == Unit::Label || right.unit == Unit::Label;
    if label && (one_named || ordinal) {
        return None;
    }
    match (left.spelled, right.spelled) {
        (false, false) if label => Some((Difference::Number, 0.6)),
        (false, false) if one_named || ordinal => Some((Difference::Number, 0.7)),
        (true, true) if one_named && !ordinal => Some((Difference::Number, 0.6)),
        _ => None,
    }
}

/// Whether a number is one of the ends of a range.
fn is_end(end: &Fact, range: &Fact) -> bool {
    let (Value::Number(end), Value::Number(range)) = (&end.value, &range.value) else {
        return false;
    };
    let point = end.low == end.high && range.low != range.high;
    point && (close(end.low, range.low) || close(end.low, range.high))
}

/// The facts among `free` that together say what a fact says: the two ends of a range, the two groups of digits of a
/// number.
fn parts(fact: &Fact, facts: &[Fact], free: &[usize]) -> Option<[usize; 2]> {
    let Value::Number(whole) = &fact.value else {
        return None;
    };
    // The unit may stand with the last part only.
    let point_at = |value: f64| {
        let figure = (value - whole.offset) / whole.factor;
        free.iter().copied().find(|&at| match &facts[at].value {
            Value::Number(part) if part.low != part.high => false,
            Value::Number(part) if part.unit.is_plain() => close(part.low, figure),
            Value::Number(part) => close(part.low, value),
            _ => false,
        })
    };
    let (low, high) = if whole.low != whole.high {
        (point_at(whole.low)?, point_at(whole.high)?)
    } else if whole.unit == Unit::Count && !whole.spelled && whole.low >= 1000.0 {
        let group = whole.low % 1000.0;
        (point_at((whole.low - group) / 1000.0)?, point_at(group)?)
    } else {
        return None;
    };
    (low != high).then_some([low, high])
}
