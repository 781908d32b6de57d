//! Modality and negation: how often groups say that something is not so, or may, must or is meant to be.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Analysis, Measured, compared, passages};
use crate::lang::Language;
use crate::study::material::{CueKind, Material, Settings};
use crate::study::results::{About, Findings, Passage, Test};
use crate::study::table::{Column, Table, integer, text};

pub(super) const ANALYSIS: Analysis = Analysis {
    name: "modality",
    question: "How often does a group say that something is not so, or that it may, must or is meant to be?",
    formula: "Rate of a kind in article d = body sentences with a word of that kind / body sentences; kinds are negation of a \
              clause (a doubled negation counts once), and what is possible, probable, necessary or intended. Languages say so \
              with different means, so that the rate of an article is taken from the mean rate of its language and set on the \
              mean of the corpus: r(d) − r̄(language of d) + r̄. A difference between languages is not told. Groups are \
              compared within events.",
    papers: &[
        "Hyland, K. (1998). Hedging in scientific research articles. John Benjamins.",
        "Morante, R. & Sporleder, C. (2012). Modality and negation: an introduction to the special issue. Computational \
         Linguistics 38(2), 223-260.",
    ],
    run,
    passages: sentences,
};

fn run(material: &Material, settings: &Settings) -> Findings {
    let rates: Vec<Vec<Option<f64>>> =
        CueKind::ALL.iter().map(|&(kind, _)| rates(material, kind)).collect();
    let jobs: Vec<(usize, usize)> = (0..CueKind::ALL.len())
        .flat_map(|kind| material.sample.compared().into_iter().map(move |group| (kind, group)))
        .collect();
    let tests: Vec<Test> = jobs
        .into_par_iter()
        .map(|(kind, group)| {
            let about = About { group, subject: Some(kind), part: None };
            let measured = Measured {
                analysis: ANALYSIS.name,
                measure: "share of sentences",
                subject: CueKind::ALL[kind].1,
                about,
            };
            match material.sample.lacks_common_language(group) {
                Some(reason) => measured.without(material, reason),
                None => compared(material, settings, &measured, |article| rates[kind][article]),
            }
        })
        .collect();
    Findings {
        tests,
        tables: vec![article_table(material), cue_table(material)],
        notes: Vec::new(),
    }
}

/// Sentences of an article with a cue.
fn counted(material: &Material, article: usize, kind: CueKind) -> usize {
    let mut sentences: Vec<usize> = material.cues[article]
        .iter()
        .filter(|cue| cue.kind == kind)
        .map(|cue| cue.sentence)
        .collect();
    sentences.dedup();
    sentences.len()
}

/// The rate of each article, its language's mean put right.
fn rates(material: &Material, kind: CueKind) -> Vec<Option<f64>> {
    let raw: Vec<Option<f64>> = (0..material.sample.articles.len())
        .map(|article| {
            let all = material.placed[article].len();
            (all > 0).then(|| counted(material, article, kind) as f64 / all as f64)
        })
        .collect();
    let mut sums: BTreeMap<Language, (f64, f64)> = BTreeMap::new();
    for (article, rate) in material.sample.articles.iter().zip(&raw) {
        if let Some(rate) = rate {
            let sum = sums.entry(article.language).or_default();
            *sum = (sum.0 + article.weight * rate, sum.1 + article.weight);
        }
    }
    let all = sums.values().fold((0.0, 0.0), |all, sum| (all.0 + sum.0, all.1 + sum.1));
    let mean = |(sum, weight): (f64, f64)| if weight > 0.0 { sum / weight } else { 0.0 };
    let shift = |language: &Language| mean(all) - sums.get(language).copied().map_or(0.0, mean);
    let articles = material.sample.articles.iter();
    articles.zip(raw).map(|(article, rate)| Some(rate? + shift(&article.language))).collect()
}

fn sentences(material: &Material, test: &Test) -> Vec<Passage> {
    let Some(&(kind, _)) = test.about.subject.and_then(|kind| CueKind::ALL.get(kind)) else {
        return Vec::new();
    };
    passages::of_articles(
        material,
        test.about.group,
        |article, _| {
            // Articles with many come first.
            let rate = counted(material, article, kind) as f64
                / material.placed[article].len().max(1) as f64;
            let own = material.cues[article].iter().filter(|cue| cue.kind == kind);
            own.map(|cue| (rate, cue.sentence, cue)).collect()
        },
        |cue| cue.form.clone(),
    )
}

const ARTICLES: [Column; 9] = [
    text("article", "Name of the article"),
    text("group", "Its group"),
    text("event", "Name of its event"),
    integer("sentences", "Body sentences"),
    integer("negation", "Of them with a negated clause"),
    integer("possible", "With a word for what may be"),
    integer("probable", "With a word for what is likely"),
    integer("necessary", "With a word for what must or should be"),
    integer("intended", "With a word for what is meant to be"),
];

fn article_table(material: &Material) -> Table {
    let sample = &material.sample;
    let mut table = Table::new(
        "modality",
        "A row is an article: how many of its sentences deny, or say what may or must be.",
        &ARTICLES,
    );
    for (index, article) in sample.articles.iter().enumerate() {
        let mut row = vec![
            article.id.as_str().into(),
            article.group.map(|group| sample.groups[group].as_str()).into(),
            sample.events[article.event].id.as_str().into(),
            material.placed[index].len().into(),
        ];
        row.extend(CueKind::ALL.map(|(kind, _)| counted(material, index, kind).into()));
        table.push(row);
    }
    table
}

const CUES: [Column; 6] = [
    text("article", "Name of the article"),
    text("group", "Its group"),
    integer("sentence", "Number of the sentence in the article, from 1"),
    text("kind", "negation, possible, probable, necessary or intended"),
    text("form", "The word as it is written there"),
    text("text", "The sentence"),
];

fn cue_table(material: &Material) -> Table {
    let sample = &material.sample;
    let mut table = Table::new(
        "modality_cues",
        "A row is a word that denies, or that says what may or must be.",
        &CUES,
    );
    for (index, article) in sample.articles.iter().enumerate() {
        for cue in &material.cues[index] {
            table.push(vec![
                article.id.as_str().into(),
                article.group.map(|group| sample.groups[group].as_str()).into(),
                (cue.sentence + 1).into(),
                cue.kind.name().into(),
                cue.form.as_str().into(),
                material.texts[index][cue.sentence].as_str().into(),
            ]);
        }
    }
    table
}
