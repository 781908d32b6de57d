//! Timing: who reports an event first, and how far behind the others are.

use rayon::prelude::*;

use super::passages::Candidate;
use super::{Analysis, passages};
use crate::study::material::{Material, Settings};
use crate::study::results::{About, Findings, Passage, Test};
use crate::study::sample::Sample;
use crate::study::statistics::within::{Observation, compare};
use crate::study::table::{Column, Table, flag, integer, text};

pub(super) const ANALYSIS: Analysis = Analysis {
    name: "timing",
    question: "Who reports an event first, and how many days later do the others?",
    formula: "The lag of an outlet in an event is the number of days from the first dated article of anybody to its own first \
              one. Groups are compared within events; outlets without a dated article on the event are left out.",
    papers: &[
        "Leskovec, J., Backstrom, L. & Kleinberg, J. (2009). Meme-tracking and the dynamics of the news cycle. KDD 2009.",
    ],
    run,
    passages: headlines,
};

fn run(material: &Material, settings: &Settings) -> Findings {
    let sample = &material.sample;
    let lags: Vec<Vec<(usize, i32)>> =
        (0..sample.events.len()).map(|event| lags(sample, event)).collect();
    let mut found = Findings::default();
    let undated = sample.articles.iter().filter(|article| article.published.is_none()).count();
    if undated > 0 {
        let count = sample.articles.len();
        found
            .notes
            .push(format!("{undated} of {count} articles have no date and no part in timing"));
    }
    let tests: Vec<Test> = sample
        .compared()
        .into_par_iter()
        .map(|group| {
            let event = |lags: &Vec<(usize, i32)>| {
                let one = |&(source, lag): &(usize, i32)| Observation {
                    in_group: sample.sources[source].group == group,
                    value: f64::from(lag),
                    weight: 1.0,
                };
                lags.iter().map(one).collect()
            };
            let events: Vec<Vec<Observation>> = lags.iter().map(event).collect();
            let name = &sample.groups[group];
            let compared = compare(&events, &settings.inference, &format!("timing {name}"));
            let test = Test::of_comparison("timing", "days behind the first report", &compared);
            let about = About { group, subject: None, part: None };
            test.between("", name, &sample.against(group)).about(about)
        })
        .collect();
    found.tests.extend(tests);
    found.tables.push(table(sample, &lags));
    found
}

/// Headlines of both sides on events on which one was much later, with their dates.
fn headlines(material: &Material, test: &Test) -> Vec<Passage> {
    let sample = &material.sample;
    let group = test.about.group;
    let shared = passages::shared_events(material, group);
    let mut found: Vec<(i32, usize, Candidate<_>)> = Vec::new();
    for event in (0..sample.events.len()).filter(|&event| shared[event]) {
        let first = |own: bool| {
            let side = sample.grouped(event).filter(move |(_, _, other)| (*other == group) == own);
            side.filter_map(|(index, article, _)| Some((article.published?, index))).min()
        };
        let (Some(own), Some(other)) = (first(true), first(false)) else { continue };
        let lag = (own.0 - other.0).get_days().abs();
        for (in_group, (day, article)) in [(true, own), (false, other)] {
            found.push((-lag, event, Candidate { article, sentence: None, in_group, about: day }));
        }
    }
    found.sort_by_key(|(lag, event, _)| (*lag, *event));
    let found = found.into_iter().map(|(_, _, candidate)| candidate).collect();
    passages::chosen(material, found, ToString::to_string)
}

/// The outlets with a dated article on an event, with their lag in days.
fn lags(sample: &Sample, event: usize) -> Vec<(usize, i32)> {
    let mut first = std::collections::BTreeMap::new();
    for (_, article, _) in sample.grouped(event) {
        let Some((source, day)) = article.source.zip(article.published) else { continue };
        let kept = first.entry(source).or_insert(day);
        *kept = day.min(*kept);
    }
    let Some(&start) = first.values().min() else { return Vec::new() };
    first.into_iter().map(|(source, day)| (source, (day - start).get_days())).collect()
}

const COLUMNS: [Column; 6] = [
    text("event", "Name of the event"),
    text("outlet", "The outlet"),
    text("group", "Its group"),
    text("first_date", "Day of its first article on the event (ISO 8601)"),
    integer("lag_days", "Days behind the first report of anybody"),
    flag("first", "Whether nobody was earlier"),
];

fn table(sample: &Sample, lags: &[Vec<(usize, i32)>]) -> Table {
    let mut table = Table::new(
        "timing",
        "A row is an event that several outlets cover and an outlet: when it first reported.",
        &COLUMNS,
    );
    for (event, lags) in sample.events.iter().zip(lags).filter(|(_, lags)| lags.len() > 1) {
        let start = event
            .articles
            .iter()
            .filter(|&&article| sample.articles[article].group.is_some())
            .filter_map(|&article| sample.articles[article].published)
            .min();
        for &(source, lag) in lags {
            let day = start.and_then(|day| day.checked_add(jiff::Span::new().days(lag)).ok());
            table.push(vec![
                event.id.as_str().into(),
                sample.sources[source].name.as_str().into(),
                sample.groups[sample.sources[source].group].as_str().into(),
                day.map(|day| day.to_string()).into(),
                i64::from(lag).into(),
                (lag == 0).into(),
            ]);
        }
    }
    table
}
