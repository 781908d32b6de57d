//! Prominence: how much room and how high a place a group gives to a person, place or organisation.

use rayon::prelude::*;

use super::{Analysis, Measured, compared, passages};
use crate::study::material::{Material, Settings};
use crate::study::results::{About, Findings, Passage, Test};
use crate::study::table::{Column, Table, integer, real, text};

pub(super) const ANALYSIS: Analysis = Analysis {
    name: "prominence",
    question: "How prominently does a group name a person, place or organisation?",
    formula: "P(x,d) = Σ weights of the mentions of x in article d / Σ weights of all mentions in d; a mention weighs 4 in the \
              headline, 2 in the first paragraph, 1 further down. Articles of events in which x is named by anybody count, \
              those that do not name x with 0. Groups are compared within events.",
    papers: &[
        "Hamborg, F., Donnay, K. & Gipp, B. (2019). Automated identification of media bias in news articles: an \
         interdisciplinary literature review. International Journal on Digital Libraries 20, 391-415.",
    ],
    run,
    passages: sentences,
};

fn run(material: &Material, settings: &Settings) -> Findings {
    let sample = &material.sample;
    let entities = material.commonest_entities(settings);
    let shares = Shares::new(material);
    let mut found = Findings::default();
    let jobs: Vec<(usize, usize)> = entities
        .iter()
        .flat_map(|&entity| sample.compared().into_iter().map(move |group| (entity, group)))
        .collect();
    let tests: Vec<Test> = jobs
        .into_par_iter()
        .map(|(entity, group)| {
            let events = shares.events_of(material, entity);
            let value = |article: usize| {
                let named = events[sample.articles[article].event];
                (named && shares.total[article] > 0.0).then(|| shares.of(material, entity, article))
            };
            let measured = Measured {
                analysis: ANALYSIS.name,
                measure: "prominence of a name",
                subject: &material.entities[entity].name,
                about: About { group, subject: Some(entity), part: None },
            };
            compared(material, settings, &measured, value)
        })
        .collect();
    found.tests.extend(tests);
    found.tables.push(entity_table(material, &shares, &entities));
    found.tables.push(mention_table(material, &entities));
    found
}

/// Sentences that name it, headlines first.
fn sentences(material: &Material, test: &Test) -> Vec<Passage> {
    let Some(entity) = test.about.subject else { return Vec::new() };
    passages::of_articles(
        material,
        test.about.group,
        |article, _| {
            let own = material.mentions[article].iter().filter(|mention| mention.entity == entity);
            own.map(|mention| (mention.weight, mention.sentence, mention)).collect()
        },
        |mention| mention.form.clone(),
    )
}

/// Weights of mentions by article.
struct Shares {
    total: Vec<f64>,
}

impl Shares {
    fn new(material: &Material) -> Self {
        let total = |mentions: &Vec<_>| {
            mentions.iter().map(|m: &crate::study::material::Mention| m.weight).sum()
        };
        Self { total: material.mentions.iter().map(total).collect() }
    }

    fn of(&self, material: &Material, entity: usize, article: usize) -> f64 {
        let own = material.mentions[article].iter().filter(|m| m.entity == entity);
        own.map(|m| m.weight).sum::<f64>() / self.total[article].max(f64::MIN_POSITIVE)
    }

    /// In which events somebody names an entity.
    fn events_of(&self, material: &Material, entity: usize) -> Vec<bool> {
        let mut events = vec![false; material.sample.events.len()];
        for (article, mentions) in material.sample.articles.iter().zip(&material.mentions) {
            if mentions.iter().any(|mention| mention.entity == entity) {
                events[article.event] = true;
            }
        }
        events
    }
}

const ENTITY_COLUMNS: [Column; 7] = [
    text("name", "The commonest form of the name"),
    text("group", "The group"),
    integer("articles", "Articles of the group that name it"),
    integer("articles_of_group", "Articles of the group on events in which it is named"),
    integer("mentions", "Mentions in them"),
    integer("headlines", "Articles of the group that name it in the headline"),
    real("prominence", "Mean prominence in the group's articles on these events"),
];

fn entity_table(material: &Material, shares: &Shares, entities: &[usize]) -> Table {
    let sample = &material.sample;
    let mut table = Table::new(
        "prominence",
        "A row is a name and a group: how often and how prominently the group names it.",
        &ENTITY_COLUMNS,
    );
    for &entity in entities {
        let events = shares.events_of(material, entity);
        for (group, name) in sample.groups.iter().enumerate() {
            let own: Vec<usize> = (0..sample.articles.len())
                .filter(|&a| sample.articles[a].group == Some(group))
                .filter(|&a| events[sample.articles[a].event])
                .collect();
            let of = |article: usize| {
                material.mentions[article].iter().filter(move |m| m.entity == entity)
            };
            let headline = |&&article: &&usize| of(article).any(|m| m.weight >= HEADLINE);
            let weight: f64 = own.iter().map(|&a| sample.articles[a].weight).sum();
            let sum: f64 = own
                .iter()
                .map(|&a| sample.articles[a].weight * shares.of(material, entity, a))
                .sum();
            table.push(vec![
                material.entities[entity].name.as_str().into(),
                name.as_str().into(),
                own.iter().filter(|&&article| of(article).next().is_some()).count().into(),
                own.len().into(),
                own.iter().map(|&article| of(article).count()).sum::<usize>().into(),
                own.iter().filter(headline).count().into(),
                (weight > 0.0).then(|| sum / weight).into(),
            ]);
        }
    }
    table
}

/// Weight of a mention in a headline.
pub const HEADLINE: f64 = 4.0;

const MENTION_COLUMNS: [Column; 5] = [
    text("name", "The commonest form of the name"),
    text("article", "Name of the article"),
    integer("sentence", "Number of the sentence in the article, from 1"),
    text("form", "The name as it is written there"),
    real("weight", "4 in the headline, 2 in the first paragraph, 1 further down"),
];

fn mention_table(material: &Material, entities: &[usize]) -> Table {
    let mut table = Table::new(
        "mentions",
        "A row is a mention of a name of the table prominence.",
        &MENTION_COLUMNS,
    );
    for (article, mentions) in material.sample.articles.iter().zip(&material.mentions) {
        for mention in mentions.iter().filter(|mention| entities.contains(&mention.entity)) {
            table.push(vec![
                material.entities[mention.entity].name.as_str().into(),
                article.id.as_str().into(),
                (mention.sentence + 1).into(),
                mention.form.as_str().into(),
                mention.weight.into(),
            ]);
        }
    }
    table
}
