//! What articles name, read off their facts.

use std::collections::{BTreeMap, BTreeSet};

use super::events::Told;
use super::gather::Gathered;
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

/// Names of the articles.
pub(super) struct Contents {
    entities: Vec<Entity>,
    mentions: Vec<Vec<Mention>>,
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
    let entities = kept
        .iter()
        .map(|key| Entity {
            name: commonest(&forms[key]).to_owned(),
            articles: articles[key].len(),
            events: 0,
        })
        .collect();
    let mentions = gathered.articles.iter().map(|article| mentions(article, &number)).collect();
    Contents { entities, mentions }
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
        let Self { mut entities, mentions } = self;
        let mut events: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); entities.len()];
        for (article, mentions) in sample.articles.iter().zip(&mentions) {
            for mention in mentions {
                events[mention.entity].insert(article.event);
            }
        }
        for (entity, events) in entities.iter_mut().zip(events) {
            entity.events = events.len();
        }
        Material {
            sample,
            claims: told.claims,
            telling: told.telling,
            entities,
            mentions,
            notes: told.notes,
            ..material
        }
    }
}
