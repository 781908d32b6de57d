//! Tone: how alarming a group sounds, in all and where it names somebody.

use rayon::prelude::*;

use super::{Analysis, Measured, compared, passages};
use crate::study::material::{Material, Settings};
use crate::study::results::{About, Findings, Passage, Test};
use crate::study::table::{Column, Table, integer, real, text};

pub(super) const ANALYSIS: Analysis = Analysis {
    name: "tone",
    question: "How alarming does a group sound, in all and in the sentences that name somebody?",
    formula: "Tone is the place of a sentence between alarming and reassuring pole sentences, standardised over all body \
              sentences of its language in the corpus; higher is more alarming. The tone towards x in an article is the mean \
              of the sentences that name x. Groups are compared within events.",
    papers: &[
        "An, J., Kwak, H. & Ahn, Y.-Y. (2018). SemAxis: a lightweight framework to characterize domain-specific word \
         semantics beyond sentiment. ACL 2018.",
        "Hamborg, F. & Donnay, K. (2021). NewsMTSC: a dataset for (multi-)target-dependent sentiment classification in \
         political news articles. EACL 2021.",
    ],
    run,
    passages: sentences,
};

fn run(material: &Material, settings: &Settings) -> Findings {
    let sample = &material.sample;
    let targets = material.commonest_entities(settings);
    let subjects = std::iter::once(None).chain(targets.iter().copied().map(Some));
    let jobs: Vec<(Option<usize>, usize)> = subjects
        .flat_map(|target| sample.compared().into_iter().map(move |group| (target, group)))
        .collect();
    let tests: Vec<Test> = jobs
        .into_par_iter()
        .map(|(target, group)| {
            let name = target.map_or("", |entity| material.entities[entity].name.as_str());
            let measured = Measured {
                analysis: ANALYSIS.name,
                measure: if target.is_some() { "tone towards a name" } else { "tone" },
                subject: name,
                about: About { group, subject: target, part: None },
            };
            // Towards a name the tone is told from what is usual in the language; in all it would be that itself.
            let unlike = sample.lacks_common_language(group).filter(|_| target.is_none());
            match unlike {
                Some(reason) => measured.without(material, reason),
                None => compared(material, settings, &measured, |article| {
                    tone(material, article, target).map(|(tone, _)| tone)
                }),
            }
        })
        .collect();
    let mut found = Findings { tests, ..Findings::default() };
    found.tables.push(table(material, &targets));
    found
}

/// Sentences with the tone that each side has more of.
fn sentences(material: &Material, test: &Test) -> Vec<Passage> {
    let target = test.about.subject;
    let alarming = test.difference.is_none_or(|difference| difference >= 0.0);
    passages::of_articles(
        material,
        test.about.group,
        |article, in_group| {
            let sign = if in_group == alarming { 1.0 } else { -1.0 };
            let own = material.placed[article].iter();
            own.filter(|placed| names(material, article, placed.sentence, target))
                .map(|placed| {
                    let tone = f64::from(placed.tone);
                    (sign * tone, placed.sentence, tone)
                })
                .collect()
        },
        passages::signed,
    )
}

/// Whether a sentence names a target; each does where there is none.
fn names(material: &Material, article: usize, sentence: usize, target: Option<usize>) -> bool {
    target.is_none_or(|entity| {
        let mentions = &material.mentions[article];
        mentions.iter().any(|mention| mention.entity == entity && mention.sentence == sentence)
    })
}

/// Mean tone of an article's sentences, of all or of those that name a target, and their number.
fn tone(material: &Material, article: usize, target: Option<usize>) -> Option<(f64, usize)> {
    let tones: Vec<f64> = material.placed[article]
        .iter()
        .filter(|sentence| names(material, article, sentence.sentence, target))
        .map(|sentence| f64::from(sentence.tone))
        .collect();
    (!tones.is_empty()).then(|| (tones.iter().sum::<f64>() / tones.len() as f64, tones.len()))
}

const COLUMNS: [Column; 6] = [
    text("target", "Who is named in the sentences; blank for all sentences"),
    text("article", "Name of the article"),
    text("group", "Its group"),
    text("event", "Name of its event"),
    integer("sentences", "Sentences that count"),
    real(
        "tone",
        "Their mean tone, in standard deviations of the language; higher is more alarming",
    ),
];

fn table(material: &Material, targets: &[usize]) -> Table {
    let sample = &material.sample;
    let mut table = Table::new("tone", "A row is a target and an article that names it.", &COLUMNS);
    for target in std::iter::once(None).chain(targets.iter().copied().map(Some)) {
        for (index, article) in sample.articles.iter().enumerate() {
            let Some((tone, sentences)) = tone(material, index, target) else { continue };
            table.push(vec![
                target.map(|entity| material.entities[entity].name.as_str()).into(),
                article.id.as_str().into(),
                article.group.map(|group| sample.groups[group].as_str()).into(),
                sample.events[article.event].id.as_str().into(),
                sentences.into(),
                tone.into(),
            ]);
        }
    }
    table
}
