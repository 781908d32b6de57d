//! What articles name, what they call it and whom they let speak, read off their facts.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::events::Told;
use super::gather::Gathered;
use super::namings::{Namings, namings};
use super::speech::{Speech, speech};
use crate::align::Article;
use crate::facts::Value;
use crate::study::analyses::HEADLINE;
use crate::study::material::{Entity, Material, Mention};
use crate::study::sample::Sample;
use crate::text::ParagraphKind;

/// Weight of a mention in the first paragraph.
const LEAD: f64 = 2.0;
/// Fewest articles that name somebody for the name to be kept.
const LEAST_ARTICLES: usize = 3;

/// Names of the articles, and how they speak.
pub(super) struct Contents {
    entities: Vec<Entity>,
    mentions: Vec<Vec<Mention>>,
    namings: Namings,
    speech: Vec<Speech>,
}

/// Reads off what the articles name.
pub(super) fn contents(gathered: &Gathered) -> Contents {
    let mut forms: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut articles: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (index, article) in gathered.articles.iter().enumerate() {
        for name in names(article) {
            *forms.entry(name.2).or_default().entry(name.1).or_default() += 1;
            articles.entry(name.2).or_default().insert(index);
        }
    }
    let kept: Vec<&str> = articles
        .iter()
        .filter(|(_, articles)| articles.len() >= LEAST_ARTICLES)
        .map(|(key, _)| *key)
        .collect();
    let number: BTreeMap<&str, usize> =
        kept.iter().enumerate().map(|(index, &key)| (key, index)).collect();
    let entities: Vec<Entity> = kept
        .iter()
        .map(|key| Entity {
            name: commonest(&forms[key]).to_owned(),
            articles: articles[key].len(),
            events: 0,
        })
        .collect();
    let mentions: Vec<Vec<Mention>> =
        gathered.articles.par_iter().map(|article| mentions(article, &number)).collect();
    let mut speech: Vec<Speech> = gathered.articles.par_iter().map(speech).collect();
    for (speech, mentions) in speech.iter_mut().zip(&mentions) {
        join_speakers(speech, mentions);
    }
    let shown = kept.iter().zip(&entities).map(|(&key, entity)| (key, entity.name.as_str()));
    let namings = namings(&gathered.articles, &shown.collect());
    Contents { entities, mentions, namings, speech }
}

/// Says which of the names a speaker is.
fn join_speakers(speech: &mut Speech, mentions: &[Mention]) {
    for attribution in &mut speech.attributions {
        let Some(speaker) = &attribution.speaker else { continue };
        let own = mentions
            .iter()
            .find(|mention| mention.sentence == attribution.sentence && mention.form == *speaker);
        attribution.entity = own.map(|mention| mention.entity);
    }
}

/// The commonest form, the shortest of several.
fn commonest<'f>(forms: &BTreeMap<&'f str, usize>) -> &'f str {
    let rank = |(form, count): &(&&'f str, &usize)| (**count, std::cmp::Reverse(form.len()));
    forms.iter().max_by_key(rank).map_or("", |(form, _)| form)
}

/// The names of an article: sentence, form, key.
fn names(article: &Article) -> impl Iterator<Item = (usize, &str, &str)> {
    article.facts.iter().enumerate().flat_map(|(sentence, facts)| {
        facts.iter().filter_map(move |fact| match &fact.value {
            Value::Name(name) if !name.key.is_empty() => {
                Some((sentence, name.name.as_str(), name.key.as_str()))
            }
            _ => None,
        })
    })
}

fn mentions(article: &Article, number: &BTreeMap<&str, usize>) -> Vec<Mention> {
    let lead = (0..article.sentences.len())
        .find(|&sentence| article.is_body(sentence))
        .map(|sentence| article.sentences[sentence].paragraph);
    let weight = |sentence: usize| match article.paragraph_kind(sentence) {
        ParagraphKind::Title => HEADLINE,
        _ if Some(article.sentences[sentence].paragraph) == lead => LEAD,
        _ => 1.0,
    };
    names(article)
        .filter_map(|(sentence, form, key)| {
            let &entity = number.get(key)?;
            Some(Mention { entity, sentence, weight: weight(sentence), form: form.to_owned() })
        })
        .collect()
}

impl Contents {
    /// Completes the material of a sample.
    pub(super) fn complete(self, sample: Sample, told: Told, material: Material) -> Material {
        let Self { mut entities, mentions, namings, speech } = self;
        let Namings { mut referents, by_article: namings } = namings;
        let named = mentions.iter().map(|own| own.iter().map(|m| m.entity).collect());
        for (entity, events) in entities.iter_mut().zip(events_of(&sample, named)) {
            entity.events = events.len();
        }
        let called = namings.iter().map(|own| own.iter().map(|n| n.referent).collect());
        for (referent, events) in referents.iter_mut().zip(events_of(&sample, called)) {
            referent.events = events.len();
        }
        let quoted_words = speech.iter().map(|speech| speech.quoted_words).collect();
        let (attributions, cues) =
            speech.into_iter().map(|speech| (speech.attributions, speech.cues)).unzip();
        Material {
            sample,
            claims: told.claims,
            telling: told.telling,
            entities,
            mentions,
            referents,
            namings,
            attributions,
            quoted_words,
            cues,
            notes: told.notes,
            ..material
        }
    }
}

/// The events in which articles speak of something, by its number.
fn events_of(
    sample: &Sample,
    of_articles: impl Iterator<Item = Vec<usize>>,
) -> Vec<BTreeSet<usize>> {
    let mut events: Vec<BTreeSet<usize>> = Vec::new();
    for (article, subjects) in sample.articles.iter().zip(of_articles) {
        for subject in subjects {
            if events.len() <= subject {
                events.resize(subject + 1, BTreeSet::new());
            }
            events[subject].insert(article.event);
        }
    }
    events
}
