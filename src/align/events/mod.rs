//! Events and stories: which documents tell of the same happening, and which of the same matter.
//!
//! Every document is compared with those published within a few days, in blocks, and keeps its nearest.
//! Groups are then joined by average linkage, the nearest first. What counts is the distance of two groups'
//! documents on average, divided by their distance from news at large: a report on a subject that fills the
//! news is near to many. No two documents of an event were published too far apart. Events are one story when
//! they are near in the same way, whatever the date. A group keeps sums and no list of pairs, so that memory
//! grows with the documents alone.
//!
//! Names, numbers and days add nothing to that: on pairs of news articles rated by people they leave the area
//! under the curve for "same event" where it is without them, .92.
//!
//! Documents may come in portions: what was grouped stays together, and two old events become one only where
//! a new document brings them near enough.

mod join;
mod level;
mod neighbours;

use std::collections::BTreeMap;

use jiff::civil::Date;
use ndarray::Array1;

use self::join::{Edge, Group, join};
use self::level::Newsroom;
use self::neighbours::Shelf;
use super::scores::subjects::Subjects;
use super::{Article, Event, Story};

/// Most that documents of one event are apart on average, in distances from news at large.
const EVENT_DISTANCE: f32 = 0.66;
/// By how much less, at most, events may be apart that later documents join, and the number of documents from which on they
/// may be as far apart as any: what was joined is not taken apart again, so that it takes more while little is known.
const CAUTION: f32 = 0.1;
const WELL_KNOWN: f32 = 500.0;
/// Most that events of one story are apart: where people rate pairs of articles as rather alike as unlike.
const STORY_DISTANCE: f32 = 0.74;
/// Most days between two reports on one event.
const EVENT_DAYS: i32 = 4;
/// Neighbours that are kept of a document.
const NEIGHBOURS: usize = 24;

/// A document as grouping sees it: 1.5 kB at 384 dimensions, so that a caller need not hold the articles.
#[derive(Debug, Clone, PartialEq)]
pub struct Sketch {
    /// What it is about, `[dim]`, of L2 norm 1; zero where nothing is known.
    topic: Array1<f32>,
    published: Option<Date>,
}

impl Sketch {
    /// The sketch of an article with a vector of its own.
    pub fn new(article: &Article, subjects: &Subjects) -> Self {
        Self { topic: subjects.stance(article).centred, published: article.document.published }
    }

    /// A sketch of given parts: a topic of L2 norm 1 and the day.
    pub fn of_parts(topic: Array1<f32>, published: Option<Date>) -> Self {
        Self { topic, published }
    }
}

/// Documents grouped into events, in memory that grows with their number.
#[derive(Debug, Clone, Default)]
pub struct Grouping {
    shelf: Shelf,
    news: Newsroom,
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
        for (index, sketch) in documents.iter().enumerate() {
            self.shelf.add(&sketch.topic, sketch.published);
            self.news.see(first + index, &self.shelf.topic(first + index).to_owned());
        }
        let nearest = self.shelf.nearest(first, NEIGHBOURS, EVENT_DAYS);
        for (index, sketch) in documents.iter().enumerate() {
            let topic = self.shelf.topic(first + index);
            let level = self.news.level(first + index, topic);
            self.group_of.push(self.groups.len());
            let group = Group::new(first + index, topic.to_owned(), level, sketch.published);
            self.groups.push(Some(group));
        }
        let edges = (first..self.group_of.len()).flat_map(|document| {
            nearest.of(document - first).iter().map(move |&(other, _)| Edge::new(document, other))
        });
        let edges = edges.collect();
        let known = self.group_of.len() as f32 / WELL_KNOWN;
        let caution = if first > 0 { CAUTION * (1.0 - known).max(0.0) } else { 0.0 };
        let most = EVENT_DISTANCE - caution;
        join(&mut self.groups, &mut self.group_of, edges, most, Some(EVENT_DAYS));
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
    join(&mut groups, &mut group_of, edges, STORY_DISTANCE, None);
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
