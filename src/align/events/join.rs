//! Groups joined by average linkage, the likeliest first.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use jiff::civil::Date;
use ndarray::Array1;

use super::neighbours::days_between;
use crate::align::keys::{self, Keys};

/// What the names, numbers and days add to the evidence where they are all shared.
const KEYS_SHARE: f32 = 0.2;
/// How often an edge is put back because its groups have changed; then it is decided upon.
const MOST_DELAYS: u8 = 8;

/// Documents that belong together, as sums: the mean likeness of two groups' documents follows from these.
#[derive(Debug, Clone)]
pub(super) struct Group {
    members: Vec<usize>,
    /// Sum of the topics of the documents.
    topics: Array1<f32>,
    /// Sum of their weighted keys, ascending by key.
    keys: Keys,
    /// Sum of the levels of their neighbours.
    levels: f32,
    /// Documents that the sums are made of.
    count: f32,
    /// First and last publication date.
    dates: Option<(Date, Date)>,
}

impl Group {
    /// A group of one document.
    pub(super) fn new(
        document: usize,
        topic: Array1<f32>,
        keys: Keys,
        level: f32,
        published: Option<Date>,
    ) -> Self {
        Self {
            members: vec![document],
            topics: topic,
            keys,
            levels: level,
            count: 1.0,
            dates: published.map(|date| (date, date)),
        }
    }

    /// The group as one member of a larger whole, under a number of its own.
    pub(super) fn renumbered(&self, number: usize) -> Self {
        Self { members: vec![number], ..self.clone() }
    }

    /// The documents, ascending.
    pub(super) fn documents(&self) -> Vec<usize> {
        let mut documents = self.members.clone();
        documents.sort_unstable();
        documents
    }

    /// The first document.
    pub(super) fn first_document(&self) -> usize {
        self.members.iter().copied().min().unwrap_or(0)
    }

    /// The mean topic, of L2 norm 1, or zero.
    pub(super) fn direction(&self) -> Array1<f32> {
        let norm = self.topics.dot(&self.topics).sqrt();
        if norm > 0.0 { &self.topics / norm } else { self.topics.clone() }
    }

    /// Evidence that the documents of two groups belong together; `None` where more than `days` lie between
    /// them.
    fn evidence(&self, other: &Self, days: Option<i32>) -> Option<f32> {
        if let (Some(days), Some((first, last))) = (days, span(self.dates, other.dates))
            && days_between(first, last) > days
        {
            return None;
        }
        let pairs = self.count * other.count;
        let cosine = self.topics.dot(&other.topics) / pairs;
        let level = (self.levels / self.count + other.levels / other.count) / 2.0;
        let shared = (keys::dot(&self.keys, &other.keys) / pairs).max(0.0).sqrt();
        Some(cosine - level + KEYS_SHARE * shared)
    }

    /// Takes another group in.
    fn take(&mut self, other: Self) {
        self.members.extend(other.members);
        self.topics += &other.topics;
        self.keys = keys::sum(&self.keys, &other.keys);
        self.levels += other.levels;
        self.count += other.count;
        self.dates = span(self.dates, other.dates);
    }
}

/// The span that holds both.
fn span(one: Option<(Date, Date)>, other: Option<(Date, Date)>) -> Option<(Date, Date)> {
    match (one, other) {
        (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
        (one, other) => one.or(other),
    }
}

/// Two documents that may bring their groups together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Edge {
    documents: (usize, usize),
    /// Evidence when it was last looked at.
    evidence: f32,
    delays: u8,
}

impl Edge {
    /// An edge that was not looked at yet.
    pub(super) fn new(one: usize, other: usize) -> Self {
        Self { documents: (one.min(other), one.max(other)), evidence: f32::INFINITY, delays: 0 }
    }
}

impl Eq for Edge {}

impl Ord for Edge {
    fn cmp(&self, other: &Self) -> Ordering {
        // Of equal ones the edge of the earliest documents comes first.
        self.evidence.total_cmp(&other.evidence).then(other.documents.cmp(&self.documents))
    }
}

impl PartialOrd for Edge {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Joins the groups that edges lead to, the likeliest first, while the evidence is at least `least`.
///
/// The group of the smaller number takes the other in. Time is that of a few looks at each edge.
pub(super) fn join(
    groups: &mut [Option<Group>],
    group_of: &mut [usize],
    edges: Vec<Edge>,
    least: f32,
    days: Option<i32>,
) {
    let evidence = |groups: &[Option<Group>], group_of: &[usize], edge: &Edge| {
        let (one, other) = (group_of[edge.documents.0], group_of[edge.documents.1]);
        let (one, other) = (one.min(other), one.max(other));
        let groups = (groups[one].as_ref()?, groups[other].as_ref()?);
        let evidence = groups.0.evidence(groups.1, days).filter(|&evidence| evidence >= least)?;
        (one != other).then_some((evidence, one, other))
    };
    let mut heap: BinaryHeap<Edge> = edges
        .into_iter()
        .filter_map(|edge| {
            let (evidence, ..) = evidence(groups, group_of, &edge)?;
            Some(Edge { evidence, ..edge })
        })
        .collect();
    while let Some(edge) = heap.pop() {
        let Some((now, one, other)) = evidence(groups, group_of, &edge) else { continue };
        // The groups may have changed since: where others are likelier by now, they go first.
        let next = heap.peek().map_or(f32::NEG_INFINITY, |next| next.evidence);
        if now < edge.evidence && now < next && edge.delays < MOST_DELAYS {
            heap.push(Edge { evidence: now, delays: edge.delays + 1, ..edge });
            continue;
        }
        let Some(joined) = groups[other].take() else { continue };
        joined.members.iter().for_each(|&member| group_of[member] = one);
        if let Some(group) = groups[one].as_mut() {
            group.take(joined);
        }
    }
}
