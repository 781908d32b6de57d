//! Selection: which events a group covers, and which it passes over.

use rayon::prelude::*;

use super::passages::Candidate;
use super::{Analysis, passages};
use crate::study::material::{Material, Settings};
use crate::study::results::{About, Findings, Passage, Test};
use crate::study::sample::Sample;
use crate::study::statistics::effect::cohen_h;
use crate::study::statistics::exact::binomial;
use crate::study::statistics::within::{Observation, compare};
use crate::study::table::{Column, Table, integer, real, text};

pub(super) const ANALYSIS: Analysis = Analysis {
    name: "selection",
    question: "Which events does a group cover, and which does it pass over?",
    formula: "C(s,e) = 1 where outlet s has an article on event e, else 0. The rate of a group is the mean of C over its \
              outlets and all events; the difference to the others is averaged within events. A blind spot is an event of \
              which the group's share among covering outlets differs from its share over all other events (exact \
              binomial test).",
    papers: &[
        "D'Alessio, D. & Allen, M. (2000). Media bias in presidential elections: a meta-analysis. Journal of \
         Communication 50(4), 133-156.",
        "Hamborg, F., Donnay, K. & Gipp, B. (2019). Automated identification of media bias in news articles: an \
         interdisciplinary literature review. International Journal on Digital Libraries 20, 391-415.",
    ],
    run,
    passages: headlines,
};

/// Fewest outlets that cover an event for its group shares to be tested.
const LEAST_OUTLETS: usize = 6;
/// Share of articles in events at least this small: with one article an event says nothing about who passed it over.
const LEAST_ARTICLES: usize = 2;

fn run(material: &Material, settings: &Settings) -> Findings {
    let sample = &material.sample;
    let covered = covered(sample);
    let mut found = Findings::default();
    let rates: Vec<Test> = sample
        .compared()
        .into_par_iter()
        .map(|group| rate(sample, &covered, group, settings))
        .collect();
    found.tests.extend(rates);
    found.tests.extend(blind_spots(sample, &covered));
    found.tables.push(event_table(sample, &covered));
    found
}

/// For each event which outlets cover it.
fn covered(sample: &Sample) -> Vec<Vec<bool>> {
    sample
        .events
        .iter()
        .map(|event| {
            let mut outlets = vec![false; sample.sources.len()];
            let sources = event.articles.iter().filter_map(|&a| sample.articles[a].source);
            sources.for_each(|source| outlets[source] = true);
            outlets
        })
        .collect()
}

/// How often the outlets of a group cover an event, compared with the others.
fn rate(sample: &Sample, covered: &[Vec<bool>], group: usize, settings: &Settings) -> Test {
    let events: Vec<Vec<Observation>> = covered
        .iter()
        .map(|outlets| {
            let one = |(source, &covers): (usize, &bool)| Observation {
                in_group: sample.sources[source].group == group,
                value: f64::from(u8::from(covers)),
                weight: 1.0,
            };
            outlets.iter().enumerate().map(one).collect()
        })
        .collect();
    let name = &sample.groups[group];
    let found = compare(&events, &settings.inference, &format!("selection {name}"));
    let mut test = Test::of_comparison("selection", "share of events covered", &found);
    test.effect_name = "h";
    test.effect = found.group_mean.zip(found.others_mean).map(|(one, other)| cohen_h(one, other));
    let about = About { group, subject: None, part: None };
    test.between("", name, &sample.against(group)).about(about)
}

/// Headlines of events, those first that one side covers and the other passes over, or of the event asked about.
fn headlines(material: &Material, test: &Test) -> Vec<Passage> {
    let sample = &material.sample;
    let group = test.about.group;
    let outlets = |event: usize, own: bool| {
        let grouped = sample.grouped(event).filter(|(_, _, other)| (*other == group) == own);
        let sources: std::collections::BTreeSet<_> = grouped.map(|(_, a, _)| a.source).collect();
        sources.len()
    };
    let mut found: Vec<((bool, usize), Candidate<_>)> = Vec::new();
    for event in 0..sample.events.len() {
        let counts = [outlets(event, false), outlets(event, true)];
        for (article, _, other) in sample.grouped(event) {
            let in_group = other == group;
            // Events of one side say most; where there is none, those that both cover are shown.
            let one_sided = counts[usize::from(!in_group)] == 0;
            if test.about.subject.is_none_or(|subject| subject == event) {
                let candidate = Candidate { article, sentence: None, in_group, about: counts };
                found.push(((one_sided, counts[0] + counts[1]), candidate));
            }
        }
    }
    found.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    let found = found.into_iter().map(|(_, candidate)| candidate).collect();
    passages::chosen(material, found, |[others, own]| {
        format!("outlets of the group {own}, others {others}")
    })
}

/// Outlets of a group that cover an event, and outlets that cover it in all.
fn shares(sample: &Sample, outlets: &[bool], group: usize) -> (u64, u64) {
    let covering = || outlets.iter().enumerate().filter(|(_, covers)| **covers);
    let own = covering().filter(|&(source, _)| sample.sources[source].group == group).count();
    (own as u64, covering().count() as u64)
}

/// Events in which a group is far from its share elsewhere.
fn blind_spots(sample: &Sample, covered: &[Vec<bool>]) -> Vec<Test> {
    let mut tests = Vec::new();
    for group in sample.compared() {
        let counts: Vec<(u64, u64)> =
            covered.iter().map(|outlets| shares(sample, outlets, group)).collect();
        let (own, all) = counts.iter().fold((0, 0), |sum, c| (sum.0 + c.0, sum.1 + c.1));
        for (number, (event, &(here, covering))) in sample.events.iter().zip(&counts).enumerate() {
            let elsewhere = all - covering;
            if (covering as usize) < LEAST_OUTLETS || elsewhere == 0 {
                continue;
            }
            let base = (own - here) as f64 / elsewhere as f64;
            let share = here as f64 / covering as f64;
            let test = Test {
                analysis: "selection",
                measure: "share of covering outlets in an event",
                group_value: Some(share),
                others_value: Some(base),
                difference: Some(share - base),
                effect_name: "h",
                effect: Some(cohen_h(share, base)),
                p: Some(binomial(here, covering, base)),
                events: 1,
                group_count: here as usize,
                others_count: (covering - here) as usize,
                ..Test::default()
            };
            let about = About { group, subject: Some(number), part: None };
            let test = test.between(&event.id, &sample.groups[group], "other events");
            tests.push(test.about(about));
        }
    }
    tests
}

const COLUMNS: [Column; 10] = [
    text("event", "Name of the event"),
    text("label", "A headline on it"),
    text("first_date", "Day of the first article (ISO 8601)"),
    text("group", "The group"),
    integer("articles", "Articles of the group on the event"),
    integer("versions", "Independent versions among them; copies count once"),
    integer("outlets", "Outlets of the group that cover it"),
    integer("outlets_of_group", "Outlets of the group in the corpus"),
    real("share", "Share of the group's outlets that cover it"),
    integer("words", "Words of the group's articles on it"),
];

/// Events by groups.
fn event_table(sample: &Sample, covered: &[Vec<bool>]) -> Table {
    let mut table = Table::new(
        "selection",
        "A row is an event and a group: how much of the group covers it. Events with one article are left out.",
        &COLUMNS,
    );
    for (number, event) in sample.events.iter().enumerate() {
        if event.articles.len() < LEAST_ARTICLES {
            continue;
        }
        for (group, name) in sample.groups.iter().enumerate() {
            let own: Vec<_> =
                sample.grouped(number).filter(|(_, _, other)| *other == group).collect();
            let mut versions: Vec<usize> = own.iter().map(|(_, a, _)| a.version).collect();
            versions.sort_unstable();
            versions.dedup();
            let outlets = shares(sample, &covered[number], group).0 as usize;
            let of_group = sample.sources.iter().filter(|source| source.group == group).count();
            table.push(vec![
                event.id.as_str().into(),
                event.label.as_str().into(),
                event.first.map(|day| day.to_string()).into(),
                name.as_str().into(),
                own.len().into(),
                versions.len().into(),
                outlets.into(),
                of_group.into(),
                (outlets as f64 / of_group.max(1) as f64).into(),
                own.iter().map(|(_, article, _)| article.words).sum::<usize>().into(),
            ]);
        }
    }
    table
}
