//! Which names of two passages that say the same stand in each other's place, and mean different things.
//!
//! Two names that nothing answers, one on each side, can stand for each other. How likely that is a logistic regression
//! tells, over what the names are, how alike they sound, whether they stand at the same place among the names that
//! are answered, and what the rest of the documents shows: two names that go together time and again are one name
//! in two languages, and a name that the other document answers elsewhere is missing here.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use rayon::prelude::*;

use super::names::{Name, NamePassage, Standing};
use crate::facts::NameKind;
use crate::text::Span;

/// Likeness from which two names may be spellings of one.
const MAY_BE_ONE: f64 = 0.65;

/// Number of pieces of evidence, the leading 1 included.
pub const EVIDENCE: usize = 26;

/// Weights of the evidence, in its order. `cargo bench --bench fit -- names` prints them: fitted to names planted in
/// the translations of `flores`.
const WEIGHTS: [f32; EVIDENCE] = [
    1.827, 1.906, 3.857, 2.168, 2.835, -0.408, -1.831, -0.133, -0.363, -0.271, -0.544, -0.406,
    -1.146, 0.458, -0.872, -0.412, -4.488, -3.224, 0.385, -0.928, 0.476, 0.054, 2.056, 0.070,
    -0.383, -1.274,
];

/// What is added where the weights trust too much: planted names are of one kind and no abbreviations, where all nouns
/// have a capital, news has more words that look like names, and across scripts names are spelt in more ways.
const OTHER_KIND: f32 = -2.0;
const ABBREVIATION: f32 = -1.5;
const CAPITAL_NOUNS: f32 = -0.5;
const OTHER_SCRIPT: f32 = -0.7;

/// Two names that stand in each other's place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NameConflict {
    /// The name on the left, in bytes of its passage.
    pub left: Span,
    /// The name on the right.
    pub right: Span,
    /// What speaks for it and against it.
    pub evidence: [f32; EVIDENCE],
    /// Probability that they mean different things and are meant to be one, 0..1.
    pub confidence: f32,
}

/// What whole documents show about their names: which are answered, and which go together.
#[derive(Debug, Clone, Default)]
pub struct Acquaintance {
    /// How often a name is answered, by side and key.
    answered: [HashMap<String, usize>; 2],
    /// How often a name is not.
    unanswered: [HashMap<String, usize>; 2],
    /// How often two names that nothing answers meet.
    together: HashMap<(String, String), usize>,
}

/// Whether the other document answers a name elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Elsewhere {
    /// It does.
    Answered,
    /// It is said once, or answered less often than not.
    Unsure,
    /// It never does, however often the name is said.
    Never,
}

impl Acquaintance {
    /// What passages that say the same, pair by pair, show together.
    pub fn of<'p>(
        passages: impl ParallelIterator<Item = (&'p NamePassage, &'p NamePassage)>,
    ) -> Self {
        let add = |mut known: Self, (left, right): (&NamePassage, &NamePassage)| {
            known.add(left, right);
            known
        };
        passages.fold(Self::default, add).reduce(Self::default, Self::with)
    }

    /// Takes note of two passages that say the same.
    fn add(&mut self, left: &NamePassage, right: &NamePassage) {
        for (side, here, there) in [(0, left, right), (1, right, left)] {
            for name in here.all_names() {
                let counts = if here.is_answered(name, there) {
                    &mut self.answered[side]
                } else {
                    &mut self.unanswered[side]
                };
                *counts.entry(name.key.clone()).or_default() += 1;
            }
        }
        let alone = |(name, alone)| if alone { Some(name) } else { None };
        let others: Vec<&Name> = right.doubtful(left).filter_map(alone).collect();
        for one in left.doubtful(right).filter_map(alone) {
            for other in &others {
                let pair = (one.key.clone(), other.key.clone());
                *self.together.entry(pair).or_default() += 1;
            }
        }
    }

    /// What both know.
    fn with(mut self, other: Self) -> Self {
        let sides =
            [(&mut self.answered, other.answered), (&mut self.unanswered, other.unanswered)];
        for (known, more) in sides {
            for (known, more) in known.iter_mut().zip(more) {
                add_counts(known, more);
            }
        }
        add_counts(&mut self.together, other.together);
        self
    }

    fn meet_often(&self, left: &Name, right: &Name) -> bool {
        self.together.get(&(left.key.clone(), right.key.clone())).is_some_and(|&count| count > 1)
    }

    fn elsewhere(&self, side: usize, name: &Name) -> Elsewhere {
        let count = |counts: &[HashMap<String, usize>; 2]| {
            counts[side].get(&name.key).copied().unwrap_or(0)
        };
        match (count(&self.answered), count(&self.unanswered)) {
            (0, 2..) => Elsewhere::Never,
            (1.., no) if count(&self.answered) >= no => Elsewhere::Answered,
            _ => Elsewhere::Unsure,
        }
    }
}

fn add_counts<K: Eq + Hash>(counts: &mut HashMap<K, usize>, more: HashMap<K, usize>) {
    for (key, count) in more {
        *counts.entry(key).or_default() += count;
    }
}

/// Two passages and what is needed to weigh a pair of names.
struct Sides<'p> {
    left: &'p NamePassage,
    right: &'p NamePassage,
    /// Names that are answered: their place on the left and that of the answer.
    anchors: Vec<(f32, f32)>,
    /// How many names on both sides nothing answers.
    alone: usize,
    known: &'p Acquaintance,
}

/// The names of two passages that stand in each other's place.
pub fn name_conflicts(
    left: &NamePassage,
    right: &NamePassage,
    known: &Acquaintance,
) -> Vec<NameConflict> {
    let plain = |(name, _): &(&Name, bool)| !name.telling.is_empty();
    let left_open: Vec<(&Name, bool)> = left.doubtful(right).filter(plain).collect();
    let right_open: Vec<(&Name, bool)> = right.doubtful(left).filter(plain).collect();
    let alone = left_open.iter().chain(&right_open).filter(|(_, alone)| *alone).count();
    if left_open.is_empty() || right_open.is_empty() || alone == 0 {
        return Vec::new();
    }
    let sides = Sides { left, right, anchors: left.anchors(right), alone, known };
    let mut candidates = Vec::new();
    for (at, &(one, one_alone)) in left_open.iter().enumerate() {
        for (other_at, &(other, other_alone)) in right_open.iter().enumerate() {
            // What may be answered stands for itself, unless the other one has nothing else to stand for.
            let evidence = (one_alone || other_alone).then(|| sides.evidence(one, other)).flatten();
            let Some(evidence) = evidence else { continue };
            let sum = sides.weigh(one, other, &evidence);
            let conflict = NameConflict {
                left: left.span(one),
                right: right.span(other),
                evidence,
                confidence: 1.0 / (1.0 + (-sum).exp()),
            };
            candidates.push((at, other_at, conflict));
        }
    }
    candidates.sort_by(|one, other| {
        other.2.confidence.total_cmp(&one.2.confidence).then(one.0.cmp(&other.0))
    });
    let (mut taken, mut taken_right) = (HashSet::new(), HashSet::new());
    candidates.retain(|(at, other_at, _)| {
        let free = !taken.contains(at) && !taken_right.contains(other_at);
        if free {
            taken.insert(*at);
            taken_right.insert(*other_at);
        }
        free
    });
    candidates.into_iter().map(|(_, _, conflict)| conflict).collect()
}

impl Sides<'_> {
    /// What speaks for and against two names being meant to be one; none where they can be one.
    fn evidence(&self, one: &Name, other: &Name) -> Option<[f32; EVIDENCE]> {
        let weak = |name: &Name| name.standing == Standing::CapitalWord;
        if self.known.meet_often(one, other) || weak(one) && weak(other) {
            return None;
        }
        let alike = |at: &usize| {
            let word = &self.left.words[*at].sounds;
            let likeness = |at: &usize| word.likeness(&self.right.words[*at].sounds);
            other.telling.iter().map(likeness).fold(0.0, f64::max)
        };
        let likeness = one.telling.iter().map(alike).fold(0.0, f64::max);
        if likeness >= MAY_BE_ONE {
            return None;
        }
        let both = |is: &dyn Fn(&Name) -> bool| f32::from(u8::from(is(one)) + u8::from(is(other)));
        let standing = |wanted: Standing| both(&|name| name.standing == wanted);
        let elsewhere = |wanted: Elsewhere| {
            let counts = [(0, one), (1, other)];
            counts.map(|(side, name)| self.known.elsewhere(side, name) == wanted)
        };
        let answered = elsewhere(Elsewhere::Answered);
        let sure = |kind: NameKind| kind != NameKind::Unknown;
        let known = sure(one.kind) && sure(other.kind);
        let (place, place_right) =
            (self.left.position(one.words.start), self.right.position(other.words.start));
        let nearest =
            self.left.nearest(one, self.right).max(self.right.nearest(other, self.left)) as f32;
        Some([
            1.0,
            standing(Standing::FullName),
            standing(Standing::Person),
            standing(Standing::PersonWord),
            standing(Standing::Place),
            standing(Standing::Organisation),
            standing(Standing::UnknownWord),
            standing(Standing::Capital),
            standing(Standing::HeadCapital),
            standing(Standing::FreeCapital),
            standing(Standing::BoundCapital),
            standing(Standing::People),
            both(&|name| name.abbreviation),
            f32::from(u8::from(known && one.kind == other.kind)),
            f32::from(u8::from(known && one.kind != other.kind)),
            likeness as f32,
            nearest,
            (place - place_right).abs(),
            self.out_of_order(place, place_right),
            (self.alone as f32).ln(),
            f32::from(u8::from(answered[0] != answered[1])),
            f32::from(u8::from(answered[0] && answered[1])),
            self.left.first_likeness(one, self.right, other) as f32,
            elsewhere(Elsewhere::Never).into_iter().map(|never| f32::from(u8::from(never))).sum(),
            standing(Standing::Part),
            standing(Standing::CapitalWord),
        ])
    }

    /// What the evidence on two names comes to.
    fn weigh(&self, one: &Name, other: &Name, evidence: &[f32; EVIDENCE]) -> f32 {
        let sum: f32 = evidence.iter().zip(&WEIGHTS).map(|(value, weight)| value * weight).sum();
        let known = one.kind != NameKind::Unknown && other.kind != NameKind::Unknown;
        let other_kind = if known && one.kind != other.kind { OTHER_KIND } else { 0.0 };
        let shouted = [one, other].into_iter().filter(|name| name.abbreviation).count();
        let nouns = self.left.capital_nouns || self.right.capital_nouns;
        let capitals = if nouns { CAPITAL_NOUNS } else { 0.0 };
        let script = if self.left.latin == self.right.latin { 0.0 } else { OTHER_SCRIPT };
        sum + capitals + script + other_kind + ABBREVIATION * shouted as f32
    }

    /// Share of the answered names that stand before the one and behind the other; a half where there are none.
    fn out_of_order(&self, left: f32, right: f32) -> f32 {
        if self.anchors.is_empty() {
            return 0.5;
        }
        let crossed = |anchor: &&(f32, f32)| (anchor.0 < left) != (anchor.1 < right);
        self.anchors.iter().filter(crossed).count() as f32 / self.anchors.len() as f32
    }
}

/// Two names that may mean one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Alias {
    /// The name on the left, in bytes of its passage.
    pub left: Span,
    /// The name on the right.
    pub right: Span,
    /// What the two are known by in their documents.
    pub keys: [String; 2],
    /// In how many passages they meet.
    pub times: usize,
}

/// Names of two passages that meet more than once in their documents, where neither document ever answers the other's.
/// Persons are left out: nobody is called otherwise time and again.
pub fn aliases(left: &NamePassage, right: &NamePassage, known: &Acquaintance) -> Vec<Alias> {
    let plain = |name: &&Name| {
        let thing = matches!(name.standing, Standing::Place | Standing::Unknown);
        thing && !name.abbreviation && !name.telling.is_empty()
    };
    let mut found = Vec::new();
    for one in left.unanswered(right).filter(plain) {
        for other in right.unanswered(left).filter(plain) {
            let keys = [one.key.clone(), other.key.clone()];
            let times = known.together.get(&(keys[0].clone(), keys[1].clone())).copied();
            let alone = |side: usize| {
                !known.answered[side].contains_key(&keys[side])
                    && known.unanswered[side].get(&keys[side]).copied() == times
            };
            if let Some(times) = times.filter(|&times| times > 1 && alone(0) && alone(1)) {
                found.push(Alias { left: left.span(one), right: right.span(other), keys, times });
            }
        }
    }
    found
}

/// What there is to say about two passages: for tests and the bench of the rules.
pub fn unanswered_names(left: &NamePassage, right: &NamePassage) -> [Vec<Span>; 2] {
    let spans = |here: &NamePassage, there: &NamePassage| {
        let names = here.unanswered(there).filter(|name| !name.telling.is_empty());
        names.map(|name| here.words[name.words.end - 1].span).collect()
    };
    [spans(left, right), spans(right, left)]
}
