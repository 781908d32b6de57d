//! Coverage: what a group leaves out of an event that others tell, and what it tells that they do not.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::passages::Candidate;
use super::{Analysis, Measured, compared, passages};
use crate::study::material::{EventClaim, Material, Settings};
use crate::study::results::{About, Findings, Passage, Test};
use crate::study::sample::Sample;
use crate::study::table::{Column, Table, integer, real, text};

pub(super) const ANALYSIS: Analysis = Analysis {
    name: "coverage",
    question: "What does a group leave out that others tell, and what does it tell alone?",
    formula: "For an article d, U(d) are the statements that articles on the same event other than d and its copies make; a \
              statement weighs w = mean prominence of the sentences that make it there, a sentence's prominence being 1 in \
              headline and lead and falling to 0.3 further down. Omission rate of d = Σ w over U(d) that d does not make / Σ \
              w over U(d). Addition rate of d = Σ prominence of its sentences that make no statement of U(d) / Σ prominence \
              of all its sentences. Groups are compared within events.",
    papers: &[
        "D'Alessio, D. & Allen, M. (2000). Media bias in presidential elections: a meta-analysis. Journal of \
         Communication 50(4), 133-156.",
        "Samir, F. et al. (2024). Locating information gaps and narrative inconsistencies across languages. EMNLP 2024.",
        "Spangher, A. et al. (2022). NewsEdits: a news article revision dataset. NAACL 2022.",
    ],
    run,
    passages: sentences,
};

const OMISSION: &str = "omission rate";
const ADDITION: &str = "addition rate";

fn run(material: &Material, settings: &Settings) -> Findings {
    let sample = &material.sample;
    let omitted = omission_rates(material);
    let added: Vec<Option<f64>> = material
        .telling
        .iter()
        .map(|telling| telling.filter(|t| t.all > 0.0).map(|t| t.alone / t.all))
        .collect();
    let measures: [(&'static str, &[Option<f64>]); 2] = [(OMISSION, &omitted), (ADDITION, &added)];
    let mut found = Findings::default();
    let jobs: Vec<(usize, &'static str, &[Option<f64>])> = sample
        .compared()
        .into_iter()
        .flat_map(|group| measures.map(|(name, values)| (group, name, values)))
        .collect();
    let tests: Vec<Test> = jobs
        .into_par_iter()
        .map(|(group, measure, values)| {
            let about = About { group, subject: None, part: None };
            let measured = Measured { analysis: ANALYSIS.name, measure, subject: "", about };
            compared(material, settings, &measured, |article| values[article])
        })
        .collect();
    found.tests.extend(tests);
    found.tables.push(article_table(sample, &omitted, &added));
    found.tables.push(claim_table(sample, &material.claims));
    found.tables.push(sentence_table(sample, &material.claims));
    found
}

/// The omission rate of each article; `None` where others of its event make no statement.
fn omission_rates(material: &Material) -> Vec<Option<f64>> {
    let sample = &material.sample;
    let mut sums = vec![(0.0, 0.0); sample.articles.len()];
    for claim in &material.claims {
        for &article in &sample.events[claim.event].articles {
            let Some(weight) = weight_elsewhere(sample, claim, article) else { continue };
            sums[article].1 += weight;
            if !is_made_by_version(sample, claim, article) {
                sums[article].0 += weight;
            }
        }
    }
    let looked_at = material.telling.iter().map(Option::is_some);
    sums.into_iter()
        .zip(looked_at)
        .map(|((omitted, all), looked_at)| (looked_at && all > 0.0).then(|| omitted / all))
        .collect()
}

/// Mean prominence of a statement in articles that are not `article` nor copies of it.
fn weight_elsewhere(sample: &Sample, claim: &EventClaim, article: usize) -> Option<f64> {
    let version = sample.articles[article].version;
    let elsewhere =
        || claim.sentences.iter().filter(move |s| sample.articles[s.article].version != version);
    let count = elsewhere().count();
    (count > 0).then(|| elsewhere().map(|s| s.prominence).sum::<f64>() / count as f64)
}

/// Copies of a text make the statements that it makes.
fn is_made_by_version(sample: &Sample, claim: &EventClaim, article: usize) -> bool {
    let version = sample.articles[article].version;
    claim.sentences.iter().any(|s| sample.articles[s.article].version == version)
}

/// What one side tells and the other leaves out, the most prominent first.
fn sentences(material: &Material, test: &Test) -> Vec<Passage> {
    let sample = &material.sample;
    let group = test.about.group;
    let shared = passages::shared_events(material, group);
    if test.measure == ADDITION {
        let told: BTreeSet<(usize, usize)> = material
            .claims
            .iter()
            .flat_map(|claim| &claim.sentences)
            .map(|sentence| (sentence.article, sentence.sentence))
            .collect();
        return passages::of_articles(
            material,
            group,
            |article, _| {
                if material.telling[article].is_none() || !shared[sample.articles[article].event] {
                    return Vec::new();
                }
                let own = material.placed[article].iter().enumerate();
                own.filter(|(_, placed)| !told.contains(&(article, placed.sentence)))
                    .map(|(place, placed)| (-(place as f64), placed.sentence, ()))
                    .collect()
            },
            |()| String::new(),
        );
    }
    let mut found: Vec<(f64, Candidate<()>)> = Vec::new();
    for claim in material.claims.iter().filter(|claim| shared[claim.event]) {
        let makes = |own: bool| {
            sample.grouped(claim.event).any(|(index, _, other)| {
                (other == group) == own && is_made_by_version(sample, claim, index)
            })
        };
        let (own, others) = (makes(true), makes(false));
        if own == others {
            continue;
        }
        for sentence in &claim.sentences {
            let Some(other) = sample.articles[sentence.article].group else { continue };
            let candidate = Candidate {
                article: sentence.article,
                sentence: Some(sentence.sentence),
                in_group: other == group,
                about: (),
            };
            found.push((sentence.prominence, candidate));
        }
    }
    found.sort_by(|one, other| other.0.total_cmp(&one.0));
    let found = found.into_iter().map(|(_, candidate)| candidate).collect();
    passages::chosen(material, found, |()| "the other side leaves it out".to_owned())
}

const ARTICLE_COLUMNS: [Column; 6] = [
    text("article", "Name of the article"),
    text("event", "Name of its event"),
    text("group", "Its group"),
    real("weight", "1, or the share that a copy counts within its group and event"),
    real(
        "omission_rate",
        "Share of what others tell of the event that it leaves out, weighted by prominence",
    ),
    real(
        "addition_rate",
        "Share of it that no other article of the event tells, weighted by prominence",
    ),
];

fn article_table(sample: &Sample, omitted: &[Option<f64>], added: &[Option<f64>]) -> Table {
    let mut table = Table::new(
        "coverage_articles",
        "A row is an article of an event that has several: how much it leaves out and how much it tells alone.",
        &ARTICLE_COLUMNS,
    );
    for (index, article) in sample.articles.iter().enumerate() {
        if omitted[index].is_none() && added[index].is_none() {
            continue;
        }
        table.push(vec![
            article.id.as_str().into(),
            sample.events[article.event].id.as_str().into(),
            article.group.map(|group| sample.groups[group].as_str()).into(),
            article.weight.into(),
            omitted[index].into(),
            added[index].into(),
        ]);
    }
    table
}

const CLAIM_COLUMNS: [Column; 8] = [
    text("claim", "Name of the statement"),
    text("event", "Name of its event"),
    text("text", "The sentence that stands for it"),
    text("group", "The group"),
    integer("versions_making", "Independent versions of the group that make it"),
    integer("versions_of_group", "Independent versions of the group on the event"),
    real("share", "Share of the group's versions that make it; blank where the group has none"),
    real("prominence", "Mean prominence of the sentences that make it, in all groups"),
];

/// Statements by groups: the coverage matrix in long form.
fn claim_table(sample: &Sample, claims: &[EventClaim]) -> Table {
    let mut table = Table::new(
        "claims",
        "A row is a statement and a group: how many of the group's versions of the event make it.",
        &CLAIM_COLUMNS,
    );
    for (number, claim) in claims.iter().enumerate() {
        let prominence = claim.sentences.iter().map(|s| s.prominence).sum::<f64>()
            / claim.sentences.len().max(1) as f64;
        for (group, name) in sample.groups.iter().enumerate() {
            let mut versions: Vec<(usize, bool)> = sample
                .grouped(claim.event)
                .filter(|(_, _, other)| *other == group)
                .map(|(index, article, _)| {
                    (article.version, is_made_by_version(sample, claim, index))
                })
                .collect();
            versions.sort_unstable();
            versions.dedup();
            let making = versions.iter().filter(|(_, makes)| *makes).count();
            let share = (!versions.is_empty()).then(|| making as f64 / versions.len() as f64);
            table.push(vec![
                claim_id(number).into(),
                sample.events[claim.event].id.as_str().into(),
                claim.text.as_str().into(),
                name.as_str().into(),
                making.into(),
                versions.len().into(),
                share.into(),
                prominence.into(),
            ]);
        }
    }
    table
}

fn claim_id(number: usize) -> String {
    format!("c{number}")
}

const SENTENCE_COLUMNS: [Column; 6] = [
    text("claim", "Name of the statement"),
    text("article", "Name of the article"),
    text("group", "Its group"),
    integer("sentence", "Number of the sentence in the article, from 1"),
    real("prominence", "How much weight the article gives the sentence"),
    text("text", "The sentence"),
];

/// Every sentence that makes a statement.
fn sentence_table(sample: &Sample, claims: &[EventClaim]) -> Table {
    let mut table = Table::new(
        "claim_sentences",
        "A row is a sentence that makes a statement of the table claims.",
        &SENTENCE_COLUMNS,
    );
    for (number, claim) in claims.iter().enumerate() {
        for sentence in &claim.sentences {
            let article = &sample.articles[sentence.article];
            table.push(vec![
                claim_id(number).into(),
                article.id.as_str().into(),
                article.group.map(|group| sample.groups[group].as_str()).into(),
                (sentence.sentence + 1).into(),
                sentence.prominence.into(),
                sentence.text.as_str().into(),
            ]);
        }
    }
    table
}
