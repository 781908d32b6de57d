//! Groups joined by average linkage, the nearest first.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use jiff::civil::Date;
use ndarray::Array1;

use super::neighbours::days_between;

/// How often an edge is put back because its groups have changed; then it is decided upon.
const MOST_DELAYS: u8 = 8;

/// Documents that belong together, as sums: the mean likeness of two groups' documents follows from these.
#[derive(Debug, Clone)]
pub(super) struct Group {
    members: Vec<usize>,
    /// Sum of the topics of the documents.
    topics: Array1<f32>,
    /// Sum of their cosines with news at large.
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
        level: f32,
        published: Option<Date>,
    ) -> Self {
        Self {
            members: vec![document],
            topics: topic,
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

    /// How far the documents of two groups are apart on average, in distances from news at large; `None` where
    /// more than `days` lie between them.
    fn distance(&self, other: &Self, days: Option<i32>) -> Option<f32> {
        if let (Some(days), Some((first, last))) = (days, span(self.dates, other.dates))
            && days_between(first, last) > days
        {
            return None;
        }
        let cosine = self.topics.dot(&other.topics) / (self.count * other.count);
        let level = (self.levels / self.count + other.levels / other.count) / 2.0;
        Some((1.0 - cosine) / (1.0 - level))
    }

    /// Takes another group in.
    fn take(&mut self, other: Self) {
        self.members.extend(other.members);
        self.topics += &other.topics;
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
    /// Distance of their groups when they were last looked at.
    distance: f32,
    delays: u8,
}

impl Edge {
    /// An edge that was not looked at yet.
    pub(super) fn new(one: usize, other: usize) -> Self {
        Self { documents: (one.min(other), one.max(other)), distance: 0.0, delays: 0 }
    }
}

impl Eq for Edge {}

impl Ord for Edge {
    fn cmp(&self, other: &Self) -> Ordering {
        // Nearer is greater; of equal ones the edge of the earliest documents comes first.
        other.distance.total_cmp(&self.distance).then(other.documents.cmp(&self.documents))
    }
}

impl PartialOrd for Edge {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Joins the groups that edges lead to, the nearest first, while they are at most `most` apart.
///
/// The group of the smaller number takes the other in. Time is that of a few looks at each edge.
pub(super) fn join(
    groups: &mut [Option<Group>],
    group_of: &mut [usize],
    edges: Vec<Edge>,
    most: f32,
    days: Option<i32>,
) {
    let distance = |groups: &[Option<Group>], group_of: &[usize], edge: &Edge| {
        let (one, other) = (group_of[edge.documents.0], group_of[edge.documents.1]);
        let (one, other) = (one.min(other), one.max(other));
        let groups = (groups[one].as_ref()?, groups[other].as_ref()?);
        let distance = groups.0.distance(groups.1, days).filter(|&distance| distance <= most)?;
        (one != other).then_some((distance, one, other))
    };
    let mut heap: BinaryHeap<Edge> = edges
        .into_iter()
        .filter_map(|edge| {
            let (distance, ..) = distance(groups, group_of, &edge)?;
            Some(Edge { distance, ..edge })
        })
        .collect();
    while let Some(edge) = heap.pop() {
        let Some((now, one, other)) = distance(groups, group_of, &edge) else { continue };
        // The groups may have changed since: where others are nearer by now, they go first.
        let next = heap.peek().map_or(f32::INFINITY, |next| next.distance);
        if now > edge.distance && now > next && edge.delays < MOST_DELAYS {
            heap.push(Edge { distance: now, delays: edge.delays + 1, ..edge });
            continue;
        }
        let Some(joined) = groups[other].take() else { continue };
        joined.members.iter().for_each(|&member| group_of[member] = one);
        if let Some(group) = groups[one].as_mut() {
            group.take(joined);
        }
    }
}
