//! Events and stories: which documents tell of the same happening, and which of the same matter.
//!
//! Every document is compared with those published within a few days, in blocks, and keeps its nearest.
//! Groups are then joined by average linkage, the likeliest first: two groups are one event when their
//! documents are alike on average, much more alike than with their neighbours (the correction of hubs by
//! Conneau et al. 2018, CSLS), and no two of them were published too far apart. Events are one story when
//! they are alike in the same way, whatever the date. A group keeps sums and no list of pairs, so that
//! memory grows with the documents alone.
//!
//! Documents may come in portions: what was grouped stays together, and two old events become one only where
//! a new document makes them alike enough.

mod join;
mod neighbours;

use std::collections::BTreeMap;

use jiff::civil::Date;
use ndarray::Array1;

use self::join::{Edge, Group, join};
use self::neighbours::Shelf;
use super::keys::{self, Keys, Rarity};
use super::scores::subjects::Subjects;
use super::{Article, Event, Story};

/// Least evidence for documents of one event.
const EVENT_EVIDENCE: f32 = 0.06;
/// Least evidence for events of one story.
const STORY_EVIDENCE: f32 = 0.03;
/// Most days between two reports on one event.
const EVENT_DAYS: i32 = 4;
/// Neighbours that are kept of a document.
const NEIGHBOURS: usize = 24;
/// What a neighbour's cosine is taken for where there are fewer documents.
const USUAL_NEIGHBOUR: f32 = 0.4;
/// Highest level of neighbours that is held against a document: many reports on one event are no hubs.
const HIGHEST_LEVEL: f32 = 0.55;

/// A document as grouping sees it: about 3 kB at 384 dimensions, so that a caller need not hold the articles.
#[derive(Debug, Clone, PartialEq)]
pub struct Sketch {
    /// What it is about, `[dim]`, of L2 norm 1; zero where nothing is known.
    topic: Array1<f32>,
    /// Its names, numbers and days.
    keys: Keys,
    published: Option<Date>,
}

impl Sketch {
    /// The sketch of an article with a vector of its own.
    pub fn new(article: &Article, subjects: &Subjects) -> Self {
        Self {
            topic: subjects.stance(article).centred,
            keys: keys::keys(article),
            published: article.document.published,
        }
    }

    /// A sketch of given parts: a topic of L2 norm 1, and how much the document makes of each name, number or
    /// day, under keys of the caller's choice.
    pub fn of_parts(
        topic: Array1<f32>,
        mut keys: Vec<(u64, f32)>,
        published: Option<Date>,
    ) -> Self {
        keys.sort_by_key(|entry| entry.0);
        keys.dedup_by_key(|entry| entry.0);
        Self { topic, keys, published }
    }
}

/// Documents grouped into events, in memory that grows with their number.
#[derive(Debug, Clone, Default)]
pub struct Grouping {
    shelf: Shelf,
    rarity: Rarity,
    /// Groups by number; `None` where one was joined to another.
    groups: Vec<Option<Group>>,
    /// The group of each document.
    group_of: Vec<usize>,
}

impl Grouping {
    /// Adds documents; they are numbered on from those before. Topics are all of one length: that of the first
    /// is in force.
    pub fn add(&mut self, documents: Vec<Sketch>) {
        let first = self.group_of.len();
        documents.iter().for_each(|sketch| self.rarity.count(&sketch.keys));
        for sketch in &documents {
            self.shelf.add(&sketch.topic, sketch.published);
        }
        let nearest = self.shelf.nearest(first, NEIGHBOURS, EVENT_DAYS);
        for (index, sketch) in documents.iter().enumerate() {
            let level = level(nearest.of(index));
            let keys = self.rarity.weighted(&sketch.keys);
            self.group_of.push(self.groups.len());
            self.groups.push(Some(Group::new(
                first + index,
                self.shelf.topic(first + index).to_owned(),
                keys,
                level,
                sketch.published,
            )));
        }
        let edges = (first..self.group_of.len()).flat_map(|document| {
            nearest.of(document - first).iter().map(move |&(other, _)| Edge::new(document, other))
        });
        let edges = edges.collect();
        join(&mut self.groups, &mut self.group_of, edges, EVENT_EVIDENCE, Some(EVENT_DAYS));
    }

    /// The events and the stories, by first document.
    pub fn groups(&self) -> (Vec<EventGroup>, Vec<Vec<usize>>) {
        let events: Vec<&Group> = self.ordered();
        let stories = stories(&events);
        let mut story_of_event = vec![0; events.len()];
        for (number, story) in stories.iter().enumerate() {
            story.iter().for_each(|&event| story_of_event[event] = number);
        }
        let groups = events
            .iter()
            .zip(story_of_event)
            .map(|(event, story)| EventGroup { documents: event.documents(), story })
            .collect();
        let documents = |story: &Vec<usize>| {
            let mut all: Vec<usize> =
                story.iter().flat_map(|&event| events[event].documents()).collect();
            all.sort_unstable();
            all
        };
        (groups, stories.iter().map(documents).collect())
    }

    /// The groups by first document.
    fn ordered(&self) -> Vec<&Group> {
        let mut groups: Vec<&Group> = self.groups.iter().flatten().collect();
        groups.sort_by_key(|group| group.first_document());
        groups
    }

    /// Sum of the topics of some documents.
    fn sum(&self, documents: &[usize]) -> Array1<f32> {
        let mut sum = Array1::zeros(self.shelf.dim());
        documents.iter().for_each(|&document| sum += &self.shelf.topic(document));
        sum
    }
}

/// The documents of an event, ascending, and the number of its story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventGroup {
    /// The documents.
    pub documents: Vec<usize>,
    /// The story.
    pub story: usize,
}

/// How near the neighbours of a document are in general.
fn level(neighbours: &[(usize, f32)]) -> f32 {
    let sum: f32 = neighbours.iter().map(|&(_, cosine)| cosine).sum();
    let missing = NEIGHBOURS.saturating_sub(neighbours.len()) as f32;
    ((sum + missing * USUAL_NEIGHBOUR) / NEIGHBOURS as f32).min(HIGHEST_LEVEL)
}

/// Events joined into stories, whatever their dates: lists of events by first event.
fn stories(events: &[&Group]) -> Vec<Vec<usize>> {
    let mut shelf = Shelf::default();
    events.iter().for_each(|event| shelf.add(&event.direction(), None));
    let nearest = shelf.nearest(0, NEIGHBOURS, 0);
    let edges = (0..events.len())
        .flat_map(|event| nearest.of(event).iter().map(move |&(other, _)| Edge::new(event, other)))
        .collect();
    let mut groups: Vec<Option<Group>> =
        events.iter().enumerate().map(|(index, event)| Some(event.renumbered(index))).collect();
    let mut group_of: Vec<usize> = (0..events.len()).collect();
    join(&mut groups, &mut group_of, edges, STORY_EVIDENCE, None);
    let mut by_group: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (event, group) in group_of.into_iter().enumerate() {
        by_group.entry(group).or_default().push(event);
    }
    let mut stories: Vec<Vec<usize>> = by_group.into_values().collect();
    stories.sort();
    stories
}

/// The events and stories of articles with vectors of their own, by first document.
pub fn events_and_stories(articles: &[Article], subjects: &Subjects) -> (Vec<Event>, Vec<Story>) {
    let mut grouping = Grouping::default();
    grouping.add(articles.iter().map(|article| Sketch::new(article, subjects)).collect());
    let (events, stories) = grouping.groups();
    let representative = |documents: &[usize]| representative(documents, &grouping, articles);
    let events = events
        .into_iter()
        .map(|EventGroup { documents, story }| Event {
            story,
            representative: representative(&documents),
            dates: dates(&documents, articles),
            documents,
        })
        .collect();
    let stories = stories
        .into_iter()
        .map(|documents| Story { representative: representative(&documents), documents })
        .collect();
    (events, stories)
}

/// The document most like the others, one with a headline before one without.
fn representative(documents: &[usize], grouping: &Grouping, articles: &[Article]) -> usize {
    let sum = grouping.sum(documents);
    let rank = |document: usize| {
        let titled = articles[document].document.title.is_some();
        (titled, grouping.shelf.topic(document).dot(&sum))
    };
    let better = |next: (bool, f32), best: (bool, f32)| {
        next.0.cmp(&best.0).then(next.1.total_cmp(&best.1)).is_gt()
    };
    documents
        .iter()
        .copied()
        .reduce(|best, next| if better(rank(next), rank(best)) { next } else { best })
        .unwrap_or(0)
}

fn dates(documents: &[usize], articles: &[Article]) -> Vec<Date> {
    let mut dates: Vec<Date> =
        documents.iter().filter_map(|&document| articles[document].document.published).collect();
    dates.sort_unstable();
    dates.dedup();
    dates
}

#[cfg(test)]
mod tests;
