//! The material of a study: what was found in the articles, before groups are compared.

use crate::facts::{Modality, ReportColour, SourceKind};
use crate::wording::voice::Voice;

use super::sample::Sample;
use super::statistics::within::{Inference, Observation};

/// Everything the analyses look at. Lists by article run in step with the articles of the sample.
#[derive(Debug, Clone, Default)]
pub struct Material {
    /// The articles.
    pub sample: Sample,
    /// Statements that more than one article of an event makes.
    pub claims: Vec<EventClaim>,
    /// Of each article how much it tells that no other article of its event tells; `None` where it was not looked at.
    pub telling: Vec<Option<Telling>>,
    /// Names of people, places and organisations.
    pub entities: Vec<Entity>,
    /// Who is named where, by article.
    pub mentions: Vec<Vec<Mention>>,
    /// What texts call by different names.
    pub referents: Vec<Referent>,
    /// What each article calls them, and where.
    pub namings: Vec<Vec<Naming>>,
    /// Whom each article lets speak, and where.
    pub attributions: Vec<Vec<Attribution>>,
    /// Words in quotation marks that somebody said, of each article.
    pub quoted_words: Vec<usize>,
    /// Negations and words for what may or must be, of each article.
    pub cues: Vec<Vec<Cue>>,
    /// Names of the axes that sentences were placed on.
    pub axes: Vec<Axis>,
    /// Of each article the place of every body sentence on each axis, seen from its language.
    pub placed: Vec<Vec<PlacedSentence>>,
    /// The sentences of each article.
    pub texts: Vec<Vec<String>>,
    /// Words of each article, ascending: numbers into [`Self::vocabulary`] with counts.
    pub words: Vec<Vec<(u32, u32)>>,
    /// Stems by number, each with the commonest form it stands for.
    pub vocabulary: Vec<Word>,
    /// What a reader must know about how the material was found.
    pub notes: Vec<String>,
}

impl Material {
    /// The commonest names of those that occur in enough events to be tested.
    pub fn commonest_entities(&self, settings: &Settings) -> Vec<usize> {
        let mut entities: Vec<usize> = (0..self.entities.len())
            .filter(|&entity| self.entities[entity].events >= settings.least_events)
            .collect();
        entities.sort_by_key(|&entity| std::cmp::Reverse(self.entities[entity].articles));
        entities.truncate(settings.most_subjects);
        entities
    }
}

/// A statement of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct EventClaim {
    /// The event.
    pub event: usize,
    /// The sentence that stands for it.
    pub text: String,
    /// Every sentence that makes it.
    pub sentences: Vec<ClaimSentence>,
}

/// A sentence that makes a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimSentence {
    /// Its article.
    pub article: usize,
    /// Its number in the article, from 0.
    pub sentence: usize,
    /// How much weight the article gives it, in (0, 1].
    pub prominence: f64,
    /// What it says.
    pub text: String,
}

impl EventClaim {
    /// Whether an article makes the statement.
    pub fn is_made_by(&self, article: usize) -> bool {
        self.sentences.iter().any(|sentence| sentence.article == article)
    }
}

/// How much of an article is told by no other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Telling {
    /// Prominence of its sentences together.
    pub all: f64,
    /// Of those that make no statement another article makes.
    pub alone: f64,
}

/// A person, place or organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Its commonest name.
    pub name: String,
    /// Number of articles that name it.
    pub articles: usize,
    /// Number of events in which it is named.
    pub events: usize,
}

/// A name at a place of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Whose name it is.
    pub entity: usize,
    /// Number of the sentence, from 0.
    pub sentence: usize,
    /// 4 in a headline, 2 in the lead, 1 further down.
    pub weight: f64,
    /// As it is written.
    pub form: String,
}

/// A place, an event or a person that texts call by different names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referent {
    /// Its name in tables.
    pub name: String,
    /// Its names, the same in every language.
    pub labels: Vec<String>,
    /// Number of events in which an article calls it by one of them.
    pub events: usize,
}

/// What an article calls a referent at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// The referent.
    pub referent: usize,
    /// Which of its names.
    pub label: usize,
    /// Number of the sentence, from 0.
    pub sentence: usize,
    /// As it is written.
    pub form: String,
    /// Whose word it is.
    pub voice: Voice,
}

/// Somebody who is told to say something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Number of the sentence, from 0.
    pub sentence: usize,
    /// What kind of source it is.
    pub source: SourceKind,
    /// Who, as written.
    pub speaker: Option<String>,
    /// The same as one of the names of the material.
    pub entity: Option<usize>,
    /// Whether the text stands behind what is said.
    pub colour: ReportColour,
    /// The words that say so.
    pub form: String,
}

/// A word that denies, or that says how sure or wanted something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// Number of the sentence, from 0.
    pub sentence: usize,
    /// What it says.
    pub kind: CueKind,
    /// As it is written.
    pub form: String,
}

/// What a cue says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CueKind {
    /// That something is not so.
    Negation,
    /// That it may be, is likely, must be or is meant to be.
    Modality(Modality),
}

impl CueKind {
    /// All kinds, with their names.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Negation, "negation"),
        (Self::Modality(Modality::Possible), "possible"),
        (Self::Modality(Modality::Probable), "probable"),
        (Self::Modality(Modality::Necessary), "necessary"),
        (Self::Modality(Modality::Intended), "intended"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |&(_, name)| name)
    }
}

/// An axis between two poles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// Its name.
    pub name: String,
    /// What high values mean.
    pub high: String,
    /// What low values mean.
    pub low: String,
}

/// A sentence with its place on each axis.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedSentence {
    /// Its number in the article, from 0.
    pub sentence: usize,
    /// Between reassuring and alarming, in standard deviations of its language.
    pub tone: f32,
    /// Places in the order of the axes, in standard deviations of its language.
    pub places: Vec<f32>,
}

/// A word of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its commonest form.
    pub form: String,
    /// Its language.
    pub language: crate::lang::Language,
}

/// How a study is computed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Seeds, shuffles and replicates.
    pub inference: Inference,
    /// Fewest events in which something must occur to be tested.
    pub least_events: usize,
    /// Most names, axes or referents that are tested, the commonest first.
    pub most_subjects: usize,
    /// False discovery rate of what counts as found.
    pub rate: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { inference: Inference::default(), least_events: 8, most_subjects: 40, rate: 0.05 }
    }
}

/// The observations of a measure by event, where `group` is compared with all other groups. `value` gives what was
/// measured of an article, or nothing.
pub fn observations(
    sample: &Sample,
    group: usize,
    value: impl Fn(usize) -> Option<f64>,
) -> Vec<Vec<Observation>> {
    (0..sample.events.len())
        .map(|event| {
            let own = sample.grouped(event).filter_map(|(index, article, other)| {
                let value = value(index)?;
                Some(Observation { in_group: other == group, value, weight: article.weight })
            });
            own.collect()
        })
        .collect()
}
