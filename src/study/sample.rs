//! The sample: the articles of a study with their group, event and version, as every analysis sees them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::corpus::Meta;
use crate::lang::Language;
use crate::text::Document;

/// By what articles are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GroupBy {
    /// Who published them.
    Outlet,
    /// Their language.
    Language,
    /// The country they were published in.
    Country,
    /// A group that the corpus gives.
    Group,
}

impl GroupBy {
    /// All ways, with their names.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Outlet, "outlet"),
        (Self::Language, "language"),
        (Self::Country, "country"),
        (Self::Group, "group"),
    ];

    /// The way of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|&(by, _)| by)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(by, _)| *by == self).map_or("", |&(_, name)| name)
    }

    /// The group of an article.
    pub fn value(self, meta: &Meta, document: &Document) -> Option<String> {
        match self {
            Self::Outlet => meta.outlet.clone(),
            Self::Country => meta.country.clone(),
            Self::Group => meta.group.clone(),
            Self::Language => {
                let language = document.language;
                (language != Language::UNKNOWN).then(|| language.to_string())
            }
        }
    }
}

/// An article of the sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its name in tables.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its group; `None` where that is not known, and it is compared with nothing.
    pub group: Option<usize>,
    /// The outlet that published it.
    pub source: Option<usize>,
    /// Its language.
    pub language: Language,
    /// When it was published.
    pub published: Option<Date>,
    /// Its event.
    pub event: usize,
    /// The first article of the sample that it copies, or itself.
    pub version: usize,
    /// 1, or its share where its group has several copies of it in the event.
    pub weight: f64,
    /// Number of words.
    pub words: usize,
    /// Number of sentences.
    pub sentences: usize,
}

/// An outlet, as part of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// Its group.
    pub group: usize,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleEvent {
    /// Its name in tables.
    pub id: String,
    /// A headline that stands for it.
    pub label: String,
    /// Its articles, ascending.
    pub articles: Vec<usize>,
    /// Its first publication date.
    pub first: Option<Date>,
}

/// All articles with their groups, outlets and events.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sample {
    /// The articles, in the order of the corpus.
    pub articles: Vec<Member>,
    /// Names of the groups, by number of articles, the largest first.
    pub groups: Vec<String>,
    /// The outlets.
    pub sources: Vec<Source>,
    /// The events, in the order of their first article.
    pub events: Vec<SampleEvent>,
}

/// An article before it has a place in the sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Its name in tables.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its group.
    pub group: Option<String>,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its language.
    pub language: Language,
    /// When it was published.
    pub published: Option<Date>,
    /// The first article it copies, or itself.
    pub version: usize,
    /// Number of words.
    pub words: usize,
    /// Number of sentences.
    pub sentences: usize,
}

impl Sample {
    /// The sample of articles and the events they make up, each event with its name, where it has one, and its
    /// articles.
    pub fn new(candidates: Vec<Candidate>, events: Vec<(Option<String>, Vec<usize>)>) -> Self {
        let groups = groups(&candidates);
        let number: BTreeMap<&str, usize> =
            groups.iter().enumerate().map(|(index, name)| (name.as_str(), index)).collect();
        let mut sources: Vec<Source> = Vec::new();
        let mut source_numbers: BTreeMap<(String, usize), usize> = BTreeMap::new();
        let mut articles: Vec<Member> = candidates
            .into_iter()
            .map(|candidate| {
                let group = candidate.group.as_deref().and_then(|name| number.get(name).copied());
                let source = group.map(|group| {
                    let name = candidate.outlet.clone().unwrap_or_else(|| groups[group].clone());
                    *source_numbers.entry((name.clone(), group)).or_insert_with(|| {
                        sources.push(Source { name, group });
                        sources.len() - 1
                    })
                });
                Member {
                    id: candidate.id,
                    title: candidate.title,
                    group,
                    source,
                    language: candidate.language,
                    published: candidate.published,
                    event: 0,
                    version: candidate.version,
                    weight: 1.0,
                    words: candidate.words,
                    sentences: candidate.sentences,
                }
            })
            .collect();
        for (event, (_, members)) in events.iter().enumerate() {
            weigh(&mut articles, event, members);
        }
        let events = events
            .into_iter()
            .enumerate()
            .map(|(index, (name, members))| sample_event(index, name, members, &articles))
            .collect();
        Self { articles, groups, sources, events }
    }

    /// Names of the articles, each once: a name that occurs again gets a number.
    pub fn unique_ids(ids: impl IntoIterator<Item = String>) -> Vec<String> {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        ids.into_iter()
            .map(|id| {
                let count = seen.entry(id.clone()).or_default();
                *count += 1;
                if *count == 1 { id } else { format!("{id}#{count}") }
            })
            .collect()
    }

    /// The articles of an event that have a group.
    pub fn grouped(&self, event: usize) -> impl Iterator<Item = (usize, &Member, usize)> {
        self.events[event].articles.iter().filter_map(|&index| {
            let article = &self.articles[index];
            article.group.map(|group| (index, article, group))
        })
    }

    /// The groups to compare with all others: each, or the first alone where there are two, since the second would
    /// say the same again.
    pub fn compared(&self) -> Vec<usize> {
        match self.groups.len() {
            0 | 1 => Vec::new(),
            2 => vec![0],
            count => (0..count).collect(),
        }
    }

    /// Why a group cannot be compared with the others in what each language measures its own way, if it cannot.
    pub fn lacks_common_language(&self, group: usize) -> Option<&'static str> {
        let languages = |own: bool| -> BTreeSet<Language> {
            let side =
                self.articles.iter().filter(|a| a.group.is_some_and(|g| (g == group) == own));
            side.map(|article| article.language).collect()
        };
        languages(true)
            .is_disjoint(&languages(false))
            .then_some("the sides have no language in common, and each language is its own measure")
    }

    /// What a group is compared with, in words.
    pub fn against(&self, group: usize) -> String {
        match self.groups.len() {
            2 => self.groups[1 - group].clone(),
            _ => "all others".to_owned(),
        }
    }
}

/// Names of the groups, the one with most articles first.
fn groups(candidates: &[Candidate]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for candidate in candidates {
        if let Some(group) = &candidate.group {
            *counts.entry(group).or_default() += 1;
        }
    }
    let mut groups: Vec<(&str, usize)> = counts.into_iter().collect();
    groups.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    groups.into_iter().map(|(name, _)| name.to_owned()).collect()
}

/// Gives the articles of an event their event and weights: copies within a group share one.
fn weigh(articles: &mut [Member], event: usize, members: &[usize]) {
    let mut copies: BTreeMap<(Option<usize>, usize), usize> = BTreeMap::new();
    for &index in members {
        *copies.entry((articles[index].group, articles[index].version)).or_default() += 1;
    }
    for &index in members {
        let article = &mut articles[index];
        article.event = event;
        article.weight = 1.0 / copies[&(article.group, article.version)] as f64;
    }
}

fn sample_event(
    index: usize,
    name: Option<String>,
    members: Vec<usize>,
    articles: &[Member],
) -> SampleEvent {
    let label = members.iter().find_map(|&member| articles[member].title.clone());
    SampleEvent {
        id: name.unwrap_or_else(|| format!("e{index}")),
        label: label.unwrap_or_default(),
        first: members.iter().filter_map(|&member| articles[member].published).min(),
        articles: members,
    }
}
