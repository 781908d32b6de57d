//! Naming: what groups call the same place, event or person.

use rayon::prelude::*;

use super::{Analysis, Measured, compared, passages};
use crate::study::material::{Material, Naming, Settings};
use crate::study::results::{About, Findings, Passage, Test};
use crate::study::statistics::labels::{LabelCounts, diverge};
use crate::study::table::{Column, Table, integer, real, text};
use crate::wording::voice::Voice;

pub(super) const ANALYSIS: Analysis = Analysis {
    name: "naming",
    question: "What does a group call a place, an event or a person that has several names?",
    formula: "A referent has names that mean the same in all languages: those of the list of contested names (Northern \
              Territories / Southern Kurils), and for people a title, the full name, or one name alone. q(d) is the \
              distribution over the names of x in article d in its own voice; names that it quotes or gives to others are in \
              the table and do not count. Q and R are the means of q over the articles of the group and of the others, \
              within events, averaged with the weights of all comparisons; JSD = H(½Q + ½R) − ½H(Q) − ½H(R) in bits, 0 the \
              same names, 1 no name in common. Shuffled groups have a divergence above 0 too; `excess` is what is beyond \
              their mean. The share of each name is compared besides.",
    papers: &[
        "Lin, J. (1991). Divergence measures based on the Shannon entropy. IEEE Transactions on Information Theory 37(1), \
         145-151.",
        "Hamborg, F., Zhukova, A. & Gipp, B. (2019). Automated identification of media bias by word choice and labeling in \
         news articles. JCDL 2019.",
    ],
    run,
    passages: sentences,
};

/// Measure of the divergence, and of one name.
const DIVERGENCE: &str = "divergence of names";
const SHARE: &str = "share of a name";

fn run(material: &Material, settings: &Settings) -> Findings {
    let referents = supported(material, settings);
    let mut jobs: Vec<About> = Vec::new();
    for &referent in &referents {
        for group in material.sample.compared() {
            let about = About { group, subject: Some(referent), part: None };
            jobs.push(about);
            // Of two names the share of one says that of the other.
            let parts = match material.referents[referent].labels.len() {
                2 => 0..1,
                count => 0..count,
            };
            jobs.extend(parts.map(|part| About { part: Some(part), ..about }));
        }
    }
    let tests: Vec<Option<Test>> =
        jobs.into_par_iter().map(|about| test(material, settings, about)).collect();
    let tests = tests.into_iter().flatten().collect();
    let tables = vec![table(material, &referents), mention_table(material, &referents)];
    Findings { tests, tables, notes: Vec::new() }
}

/// The referents that articles name in enough events, the commonest first.
fn supported(material: &Material, settings: &Settings) -> Vec<usize> {
    let referents = &material.referents;
    let mut supported: Vec<usize> =
        (0..referents.len()).filter(|&r| referents[r].events >= settings.least_events).collect();
    supported.sort_by_key(|&referent| std::cmp::Reverse(referents[referent].events));
    supported.truncate(settings.most_subjects);
    supported
}

/// How often an article uses each name of a referent as its own.
fn counts(material: &Material, article: usize, referent: usize) -> Vec<usize> {
    let mut counts = vec![0; material.referents[referent].labels.len()];
    own(material, article, referent).for_each(|naming| counts[naming.label] += 1);
    counts
}

fn own(material: &Material, article: usize, referent: usize) -> impl Iterator<Item = &Naming> {
    material.namings[article]
        .iter()
        .filter(move |naming| naming.referent == referent && naming.voice == Voice::Own)
}

fn test(material: &Material, settings: &Settings, about: About) -> Option<Test> {
    let sample = &material.sample;
    let referent = &material.referents[about.subject?];
    let (group, against) = (&sample.groups[about.group], sample.against(about.group));
    let of = |article: usize| about.subject.map(|subject| counts(material, article, subject));
    if let Some(part) = about.part {
        let subject = format!("{}: {}", referent.name, referent.labels[part]);
        let measured =
            Measured { analysis: ANALYSIS.name, measure: SHARE, subject: &subject, about };
        return Some(compared(material, settings, &measured, |article| {
            let counts = LabelCounts::of_counts(true, 1.0, &of(article)?)?;
            Some(counts.shares[part])
        }));
    }
    let events: Vec<Vec<LabelCounts>> = (0..sample.events.len())
        .map(|event| {
            let one = sample.grouped(event).filter_map(|(index, article, own)| {
                LabelCounts::of_counts(own == about.group, article.weight, &of(index)?)
            });
            one.collect()
        })
        .collect();
    let label = format!("naming {} {group}", referent.name);
    let found = diverge(&events, &settings.inference, &label);
    let test = Test::of_divergence(ANALYSIS.name, DIVERGENCE, &found);
    Some(test.between(&referent.name, group, &against).about(about))
}

fn sentences(material: &Material, test: &Test) -> Vec<Passage> {
    let About { group, subject: Some(referent), part } = test.about else { return Vec::new() };
    let labels = &material.referents[referent].labels;
    // The name that is asked about on the side that uses it more, other names on the other side.
    let more = test.difference.is_none_or(|difference| difference >= 0.0);
    passages::of_articles(
        material,
        group,
        |article, in_group| {
            let strength = |naming: &Naming| {
                f64::from(u8::from(part.is_none_or(|p| (naming.label == p) == (in_group == more))))
            };
            let own = own(material, article, referent);
            own.map(|naming| (strength(naming), naming.sentence, naming)).collect()
        },
        |naming| format!("{}: {}", labels[naming.label], naming.form),
    )
}

const COLUMNS: [Column; 7] = [
    text("referent", "What is named: a row of the list of contested names, or a person"),
    text("name", "One of its names, the same in every language"),
    text("group", "The group"),
    integer("mentions", "Mentions by this name in the group's own voice"),
    integer("articles", "Articles of the group that use it"),
    integer("articles_naming", "Articles of the group that name the referent in their own voice"),
    real("share", "Mean share of the name in these articles; copies count once"),
];

fn table(material: &Material, referents: &[usize]) -> Table {
    let sample = &material.sample;
    let mut table = Table::new(
        "naming",
        "A row is a name of a referent and a group: how much the group uses it.",
        &COLUMNS,
    );
    for &referent in referents {
        let labels = &material.referents[referent].labels;
        for (group, group_name) in sample.groups.iter().enumerate() {
            let mut mentions = vec![0; labels.len()];
            let mut articles = vec![0_usize; labels.len()];
            let mut shares = vec![0.0; labels.len()];
            let (mut naming, mut weight) = (0_usize, 0.0);
            for (index, article) in sample.articles.iter().enumerate() {
                if article.group != Some(group) {
                    continue;
                }
                let counts = counts(material, index, referent);
                let Some(own) = LabelCounts::of_counts(true, article.weight, &counts) else {
                    continue;
                };
                naming += 1;
                weight += article.weight;
                for (label, &count) in counts.iter().enumerate() {
                    mentions[label] += count;
                    articles[label] += usize::from(count > 0);
                    shares[label] += article.weight * own.shares[label];
                }
            }
            for (label, name) in labels.iter().enumerate() {
                table.push(vec![
                    material.referents[referent].name.as_str().into(),
                    name.as_str().into(),
                    group_name.as_str().into(),
                    mentions[label].into(),
                    articles[label].into(),
                    naming.into(),
                    (weight > 0.0).then(|| shares[label] / weight).into(),
                ]);
            }
        }
    }
    table
}

const MENTION_COLUMNS: [Column; 8] = [
    text("referent", "What is named"),
    text("name", "By which of its names"),
    text("article", "Name of the article"),
    text("group", "Its group"),
    integer("sentence", "Number of the sentence in the article, from 1"),
    text("form", "As it is written there"),
    text(
        "voice",
        "Whose word it is: own, reported (`which Japan calls …`), distanced (in quotation marks of its own), quoted",
    ),
    text("text", "The sentence"),
];

fn mention_table(material: &Material, referents: &[usize]) -> Table {
    let sample = &material.sample;
    let mut table = Table::new(
        "naming_mentions",
        "A row is a mention of a referent of the table naming.",
        &MENTION_COLUMNS,
    );
    for (index, article) in sample.articles.iter().enumerate() {
        for naming in material.namings[index].iter().filter(|n| referents.contains(&n.referent)) {
            let referent = &material.referents[naming.referent];
            table.push(vec![
                referent.name.as_str().into(),
                referent.labels[naming.label].as_str().into(),
                article.id.as_str().into(),
                article.group.map(|group| sample.groups[group].as_str()).into(),
                (naming.sentence + 1).into(),
                naming.form.as_str().into(),
                voice_name(naming.voice).into(),
                material.texts[index][naming.sentence].as_str().into(),
            ]);
        }
    }
    table
}

fn voice_name(voice: Voice) -> &'static str {
    match voice {
        Voice::Own => "own",
        Voice::Reported => "reported",
        Voice::Distanced => "distanced",
        Voice::Quoted => "quoted",
    }
}
