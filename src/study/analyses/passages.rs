//! Which of the sentences behind a figure are shown first: strong ones, of different events, and no copies.

use std::collections::BTreeSet;

use crate::study::material::Material;
use crate::study::results::Passage;

/// Passages shown of each side.
const EACH: usize = 6;

/// A place that may be shown.
pub(super) struct Candidate<T> {
    pub(super) article: usize,
    /// Number of the sentence; none where the whole article is meant, by its headline.
    pub(super) sentence: Option<usize>,
    pub(super) in_group: bool,
    /// What its note is made from.
    pub(super) about: T,
}

/// A choice of places, given the strongest first: at most one of a version of a text, those of different events before
/// others.
pub(super) fn chosen<T>(
    material: &Material,
    candidates: Vec<Candidate<T>>,
    note: impl Fn(&T) -> String,
) -> Vec<Passage> {
    let member = |candidate: &Candidate<T>| &material.sample.articles[candidate.article];
    let mut seen = BTreeSet::new();
    let single: Vec<Candidate<T>> = candidates
        .into_iter()
        .filter(|candidate| seen.insert((candidate.in_group, member(candidate).version)))
        .collect();
    let mut events = BTreeSet::new();
    let (mut first, more): (Vec<_>, Vec<_>) = single
        .into_iter()
        .partition(|candidate| events.insert((candidate.in_group, member(candidate).event)));
    first.extend(more);
    let mut chosen: Vec<Passage> = Vec::new();
    for in_group in [true, false] {
        let side = first.iter().filter(|candidate| candidate.in_group == in_group).take(EACH);
        chosen.extend(side.map(|candidate| Passage {
            article: candidate.article,
            sentence: candidate.sentence,
            in_group,
            note: note(&candidate.about),
        }));
    }
    chosen
}

/// A choice of what `of` finds in an article, of the group or not: strength, number of the sentence, and what the note
/// is made from.
pub(super) fn of_articles<T>(
    material: &Material,
    group: usize,
    of: impl Fn(usize, bool) -> Vec<(f64, usize, T)>,
    note: impl Fn(&T) -> String,
) -> Vec<Passage> {
    let mut all: Vec<(f64, Candidate<T>)> = Vec::new();
    for (article, member) in material.sample.articles.iter().enumerate() {
        let Some(in_group) = member.group.map(|own| own == group) else { continue };
        // More of one article would not be shown.
        let found = of(article, in_group)
            .into_iter()
            .max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
        all.extend(found.map(|(strength, sentence, about)| {
            (strength, Candidate { article, sentence: Some(sentence), in_group, about })
        }));
    }
    all.sort_by(|one, other| other.0.total_cmp(&one.0));
    chosen(material, all.into_iter().map(|(_, candidate)| candidate).collect(), note)
}

/// The events that both the group and others cover.
pub(super) fn shared_events(material: &Material, group: usize) -> Vec<bool> {
    let sample = &material.sample;
    let events = 0..sample.events.len();
    let is_shared = |event: usize| {
        let groups = || sample.grouped(event).map(|(_, _, other)| other);
        groups().any(|other| other == group) && groups().any(|other| other != group)
    };
    events.map(is_shared).collect()
}

/// A number with its sign.
pub(super) fn signed(number: &f64) -> String {
    format!("{number:+.1}").replace('-', "−")
}
