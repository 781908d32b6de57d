//! What articles call places, events and people that have several names.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::align::Article;
use crate::facts::{NameKind, NameValue, Value};
use crate::lang::titles::title;
use crate::study::material::{Naming, Referent};
use crate::text::Span;
use crate::wording::contested;
use crate::wording::voice::{Quotations, Voice};

/// What people are called where no title stands with their name.
const FULL_NAME: &str = "full name";
pub(super) const ONE_NAME: &str = "one name alone";
/// Bytes up to which a title and its bearer's name are shown as one stretch.
const TOGETHER: usize = 100;

/// Referents and what each article calls them.
#[derive(Default)]
pub(super) struct Namings {
    pub(super) referents: Vec<Referent>,
    pub(super) by_article: Vec<Vec<Naming>>,
}

/// A name at a place, before referents and labels have numbers.
pub(super) struct Found {
    pub(super) referent: String,
    pub(super) label: String,
    pub(super) sentence: usize,
    form: String,
    pub(super) voice: Voice,
}

/// Finds what articles call contested places and events, and people. `entities` gives the name in tables of the people
/// that are looked at, by key.
pub(super) fn namings(articles: &[Article], entities: &BTreeMap<&str, &str>) -> Namings {
    let found: Vec<Vec<Found>> = articles
        .par_iter()
        .map(|article| {
            let mut found = contested_names(article);
            found.extend(people(article, entities));
            found
        })
        .collect();
    let mut labels: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for one in found.iter().flatten() {
        labels.entry(&one.referent).or_default().insert(&one.label);
    }
    // What everybody calls the same tells no groups apart.
    labels.retain(|_, labels| labels.len() > 1);
    let labels: Vec<(&str, Vec<&str>)> =
        labels.into_iter().map(|(name, labels)| (name, labels.into_iter().collect())).collect();
    let number = |one: &Found| {
        let referent =
            labels.binary_search_by_key(&one.referent.as_str(), |(name, _)| name).ok()?;
        let label = labels[referent].1.binary_search(&one.label.as_str()).ok()?;
        Some(Naming {
            referent,
            label,
            sentence: one.sentence,
            form: one.form.clone(),
            voice: one.voice,
        })
    };
    let by_article = found.iter().map(|found| found.iter().filter_map(number).collect()).collect();
    let referents = labels
        .iter()
        .map(|(name, labels)| Referent {
            name: (*name).to_owned(),
            labels: labels.iter().map(|label| (*label).to_owned()).collect(),
            events: 0,
        })
        .collect();
    Namings { referents, by_article }
}

pub(super) fn contested_names(article: &Article) -> Vec<Found> {
    let document = &article.document;
    contested::mentions(document, &article.sentences)
        .into_iter()
        .map(|mention| {
            let referent = &contested::referents()[mention.referent];
            Found {
                referent: referent.id.clone(),
                label: referent.names[mention.name].name.clone(),
                sentence: mention.sentence,
                form: mention.span.of(&document.text).to_owned(),
                voice: mention.voice,
            }
        })
        .collect()
}

/// What people are called: by a title, by their full name, or by one name alone.
pub(super) fn people(article: &Article, entities: &BTreeMap<&str, &str>) -> Vec<Found> {
    let text = &article.document.text;
    let quotations = Quotations::of(&article.document);
    let mut found = Vec::new();
    for (sentence, facts) in article.facts.iter().enumerate() {
        let titles: Vec<(Span, &'static str, &NameValue)> = facts
            .iter()
            .filter_map(|fact| match &fact.value {
                Value::Title(value) => Some((fact.span, value.title, value.bearer.as_ref()?)),
                _ => None,
            })
            .collect();
        for fact in facts {
            let Value::Name(name) = &fact.value else { continue };
            let Some(entity) = entities.get(name.key.as_str()) else { continue };
            if name.kind.is_no_person() {
                continue;
            }
            let own = titles.iter().find(|(_, _, bearer)| bearer.key == name.key);
            // A single word of which nothing else is known may be anything.
            let known = own.is_some() || name.kind == NameKind::Person || name.whole.is_some();
            if !known {
                continue;
            }
            let words = name.name.split_whitespace().count();
            let label = own.map_or(if words > 1 { FULL_NAME } else { ONE_NAME }, |(_, id, _)| {
                title(id).map_or(*id, |title| title.name.as_str())
            });
            let both = own.map_or(fact.span, |(span, _, _)| {
                Span::new(span.start.min(fact.span.start), span.end.max(fact.span.end))
            });
            let span = if both.end - both.start <= TOGETHER { both } else { fact.span };
            found.push(Found {
                referent: (*entity).to_owned(),
                label: label.to_owned(),
                sentence,
                form: span.of(text).to_owned(),
                voice: quotations.voice(fact.span),
            });
        }
    }
    found
}
