//! Which of the sentences behind a figure are shown first: strong ones, of different events, and no copies.

use std::collections::BTreeSet;

use crate::study::material::Material;
use crate::study::results::Passage;
use crate::study::sample::Member;

/// Passages shown of each side.
const EACH: usize = 6;

/// A choice of passages, given the strongest first: at most one of a version of a text, those of different events before
/// others.
pub(super) fn chosen(material: &Material, passages: Vec<Passage>) -> Vec<Passage> {
    let member = |passage: &Passage| &material.sample.articles[passage.article];
    let mut seen = BTreeSet::new();
    let single: Vec<Passage> = passages
        .into_iter()
        .filter(|passage| seen.insert((passage.in_group, member(passage).version)))
        .collect();
    let mut events = BTreeSet::new();
    let (mut first, more): (Vec<Passage>, Vec<Passage>) = single
        .into_iter()
        .partition(|passage| events.insert((passage.in_group, member(passage).event)));
    first.extend(more);
    let mut chosen: Vec<Passage> = Vec::new();
    for in_group in [true, false] {
        chosen.extend(first.iter().filter(|p| p.in_group == in_group).take(EACH).cloned());
    }
    chosen
}

/// A choice of what `of` finds in articles, each with its strength: of a group, and of the others.
pub(super) fn of_articles(
    material: &Material,
    group: usize,
    of: impl Fn(usize, bool) -> Vec<(f64, Option<usize>, String)>,
) -> Vec<Passage> {
    let mut all: Vec<(f64, Passage)> = Vec::new();
    let with_group = |(article, member): (usize, &Member)| Some((article, member.group?));
    for (article, own) in material.sample.articles.iter().enumerate().filter_map(with_group) {
        let in_group = own == group;
        for (strength, sentence, note) in of(article, in_group) {
            all.push((strength, Passage { article, sentence, in_group, note }));
        }
    }
    all.sort_by(|one, other| other.0.total_cmp(&one.0));
    chosen(material, all.into_iter().map(|(_, passage)| passage).collect())
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
