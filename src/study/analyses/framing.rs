//! Framing: where groups stand on axes between two poles, such as conflict and cooperation.

use rayon::prelude::*;

use super::{Analysis, Measured, compared, passages};
use crate::study::material::{Material, Settings};
use crate::study::results::{About, Findings, Passage, Test};
use crate::study::table::{Column, Table, integer, real, text};

pub(super) const ANALYSIS: Analysis = Analysis {
    name: "framing",
    question: "Towards which pole of an axis, such as conflict or cooperation, does a group lean?",
    formula: "An axis is the direction from the mean of its low pole sentences to the mean of its high ones, averaged over \
              languages. A sentence lies at its scalar product with the axis, standardised over all body sentences of its \
              language in the corpus; an article at the mean of its body sentences. Groups are compared within events. A \
              difference between languages is not told: each language is its own measure.",
    papers: &[
        "Kwak, H., An, J., Jing, E. & Ahn, Y.-Y. (2021). FrameAxis: characterizing microframe bias and intensity with word \
         embedding. PeerJ Computer Science 7:e644.",
        "An, J., Kwak, H. & Ahn, Y.-Y. (2018). SemAxis: a lightweight framework to characterize domain-specific word \
         semantics beyond sentiment. ACL 2018.",
    ],
    run,
    passages: sentences,
};

/// Sentences shown for each group and end of an axis.
const EVIDENCE: usize = 5;

fn run(material: &Material, settings: &Settings) -> Findings {
    let sample = &material.sample;
    let jobs: Vec<(usize, usize)> = (0..material.axes.len())
        .flat_map(|axis| sample.compared().into_iter().map(move |group| (axis, group)))
        .collect();
    let tests: Vec<Test> = jobs
        .into_par_iter()
        .map(|(axis, group)| {
            let measured = Measured {
                analysis: ANALYSIS.name,
                measure: "place on an axis",
                subject: &material.axes[axis].name,
                about: About { group, subject: Some(axis), part: None },
            };
            match sample.lacks_common_language(group) {
                Some(reason) => measured.without(material, reason),
                None => compared(material, settings, &measured, |a| place(material, a, axis)),
            }
        })
        .collect();
    let mut found = Findings { tests, ..Findings::default() };
    found.tables.push(article_table(material));
    found.tables.push(evidence_table(material));
    found
}

/// Sentences far towards the pole to which each side leans more.
fn sentences(material: &Material, test: &Test) -> Vec<Passage> {
    let Some(axis) = test.about.subject else { return Vec::new() };
    let high = test.difference.is_none_or(|difference| difference >= 0.0);
    passages::of_articles(
        material,
        test.about.group,
        |article, in_group| {
            let sign = if in_group == high { 1.0 } else { -1.0 };
            let own = material.placed[article].iter();
            own.map(|placed| {
                let place = f64::from(placed.places[axis]);
                (sign * place, placed.sentence, place)
            })
            .collect()
        },
        passages::signed,
    )
}

/// Where an article lies on an axis.
fn place(material: &Material, article: usize, axis: usize) -> Option<f64> {
    let sentences = &material.placed[article];
    if sentences.is_empty() {
        return None;
    }
    let sum: f64 = sentences.iter().map(|sentence| f64::from(sentence.places[axis])).sum();
    Some(sum / sentences.len() as f64)
}

const ARTICLES: [Column; 6] = [
    text("axis", "Name of the axis"),
    text("article", "Name of the article"),
    text("group", "Its group"),
    text("event", "Name of its event"),
    integer("sentences", "Body sentences"),
    real(
        "place",
        "Mean place of its sentences, in standard deviations of its language; high is the pole `high` of the axis",
    ),
];

fn article_table(material: &Material) -> Table {
    let sample = &material.sample;
    let mut table = Table::new("framing", "A row is an axis and an article.", &ARTICLES);
    for (number, axis) in material.axes.iter().enumerate() {
        for (index, article) in sample.articles.iter().enumerate() {
            let Some(place) = place(material, index, number) else { continue };
            table.push(vec![
                axis.name.as_str().into(),
                article.id.as_str().into(),
                article.group.map(|group| sample.groups[group].as_str()).into(),
                sample.events[article.event].id.as_str().into(),
                material.placed[index].len().into(),
                place.into(),
            ]);
        }
    }
    table
}

const SENTENCES: [Column; 7] = [
    text("axis", "Name of the axis"),
    text("pole", "What the end of the axis means"),
    text("group", "The group"),
    text("article", "Name of the article"),
    integer("sentence", "Number of the sentence in the article, from 1"),
    real("place", "Place of the sentence, in standard deviations of its language"),
    text("text", "The sentence"),
];

/// The sentences of each group that lie farthest out.
fn evidence_table(material: &Material) -> Table {
    let sample = &material.sample;
    let mut table = Table::new(
        "framing_evidence",
        "A row is one of the sentences of a group that lie farthest towards an end of an axis; each version of a text \
         once.",
        &SENTENCES,
    );
    for (number, axis) in material.axes.iter().enumerate() {
        for (group, group_name) in sample.groups.iter().enumerate() {
            let mut sentences: Vec<(f32, usize, usize)> = Vec::new();
            for (index, article) in sample.articles.iter().enumerate() {
                let copy = article.version != index
                    && sample.articles[article.version].group == article.group;
                if article.group == Some(group) && !copy {
                    let own = material.placed[index].iter().enumerate();
                    sentences.extend(own.map(|(n, sentence)| (sentence.places[number], index, n)));
                }
            }
            sentences.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
            let low = sentences.iter().take(EVIDENCE).map(|sentence| (&axis.low, sentence));
            let high = sentences.iter().rev().take(EVIDENCE).map(|sentence| (&axis.high, sentence));
            for (pole, &(place, article, n)) in high.chain(low) {
                let sentence = &material.placed[article][n];
                table.push(vec![
                    axis.name.as_str().into(),
                    pole.as_str().into(),
                    group_name.as_str().into(),
                    sample.articles[article].id.as_str().into(),
                    (sentence.sentence + 1).into(),
                    f64::from(place).into(),
                    material.texts[article][sentence.sentence].as_str().into(),
                ]);
            }
        }
    }
    table
}
