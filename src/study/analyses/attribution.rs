//! Attribution: whom groups let speak, how much, and whether they stand behind it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Analysis, Measured, compared, passages};
use crate::facts::{ReportColour, SourceKind};
use crate::study::material::{Attribution, Material, Settings};
use crate::study::results::{About, Findings, Passage, Test};
use crate::study::statistics::labels::{LabelCounts, diverge};
use crate::study::table::{Column, Table, integer, real, text};

pub(super) const ANALYSIS: Analysis = Analysis {
    name: "attribution",
    question: "Whom does a group let speak, and does it stand behind what they say?",
    formula: "An attribution is a sentence or clause that tells who says something (said, according to). Rate = body \
              sentences with one / body sentences; quoted words = words in quotation marks that somebody said / words. Of \
              an article's attributions: the share of each kind of source (named: a person by name, or he and she; official: \
              an office, a government, an organisation; media; anonymous: witnesses, sources; nobody in particular), the \
              Jensen-Shannon divergence of these shares in bits (as in naming), the share of words of speaking that doubt \
              (claimed, allegedly) and that take it for true (admitted, confirmed), and the share of each speaker, in events \
              in which anybody lets him speak. Articles without attributions have no shares. Words of speaking are known for \
              each language, and not equally well: shares are safer than rates where groups have different languages.",
    papers: &[
        "Sigal, L. V. (1973). Reporters and officials: the organization and politics of newsmaking. D. C. Heath.",
        "Recasens, M., Danescu-Niculescu-Mizil, C. & Jurafsky, D. (2013). Linguistic models for analyzing and detecting \
         biased language. ACL 2013.",
        "Hamborg, F., Donnay, K. & Gipp, B. (2019). Automated identification of media bias in news articles: an \
         interdisciplinary literature review. International Journal on Digital Libraries 20, 391-415.",
    ],
    run,
    passages: sentences,
};

/// Kinds of sources as they are counted.
const SOURCES: [&str; 5] = ["named", "official", "media", "anonymous", "nobody in particular"];
/// Colours of words of speaking that are compared; the rest is neutral.
const COLOURS: [(ReportColour, &str); 2] =
    [(ReportColour::Doubting, "doubting"), (ReportColour::Factive, "factive")];

const RATE: &str = "sentences with an attribution";
const QUOTED: &str = "quoted words";
const SOURCE: &str = "share of a kind of source";
const MIX: &str = "divergence of sources";
const COLOUR: &str = "share of a colour of speaking";
const SPEAKER: &str = "share of a speaker";

/// Which of the kinds that are counted a source is of.
fn source_number(source: SourceKind) -> usize {
    match source {
        // `He said` speaks of someone who was named before.
        SourceKind::Named | SourceKind::Pronoun => 0,
        SourceKind::Official => 1,
        SourceKind::Media => 2,
        SourceKind::Anonymous => 3,
        SourceKind::Unnamed => 4,
    }
}

fn colour_name(colour: ReportColour) -> &'static str {
    COLOURS.iter().find(|(known, _)| *known == colour).map_or("neutral", |&(_, name)| name)
}

/// What of an attribution is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Rate,
    Quoted,
    Source(usize),
    Mix,
    Colour(usize),
    Speaker(usize),
}

impl Asked {
    fn measure(self) -> &'static str {
        match self {
            Self::Rate => RATE,
            Self::Quoted => QUOTED,
            Self::Source(_) => SOURCE,
            Self::Mix => MIX,
            Self::Colour(_) => COLOUR,
            Self::Speaker(_) => SPEAKER,
        }
    }

    fn subject(self, material: &Material) -> &str {
        match self {
            Self::Source(source) => SOURCES[source],
            Self::Colour(colour) => COLOURS[colour].1,
            Self::Speaker(entity) => &material.entities[entity].name,
            _ => "",
        }
    }

    fn number(self) -> Option<usize> {
        match self {
            Self::Source(number) | Self::Colour(number) | Self::Speaker(number) => Some(number),
            _ => None,
        }
    }

    /// What a test asked.
    fn of(test: &Test) -> Option<Self> {
        let number = test.about.subject;
        match test.measure {
            RATE => Some(Self::Rate),
            QUOTED => Some(Self::Quoted),
            MIX => Some(Self::Mix),
            SOURCE => number.map(Self::Source),
            COLOUR => number.map(Self::Colour),
            SPEAKER => number.map(Self::Speaker),
            _ => None,
        }
    }

    /// Whether an attribution is counted.
    fn fits(self, attribution: &Attribution) -> bool {
        match self {
            Self::Source(source) => source_number(attribution.source) == source,
            Self::Colour(colour) => attribution.colour == COLOURS[colour].0,
            Self::Speaker(entity) => attribution.entity == Some(entity),
            _ => true,
        }
    }
}

fn run(material: &Material, settings: &Settings) -> Findings {
    let speakers = speakers(material, settings);
    let mut asked = vec![Asked::Rate, Asked::Quoted, Asked::Mix];
    asked.extend((0..SOURCES.len()).map(Asked::Source));
    asked.extend((0..COLOURS.len()).map(Asked::Colour));
    asked.extend(speakers.iter().map(|&(entity, _)| Asked::Speaker(entity)));
    let jobs: Vec<(Asked, usize)> = asked
        .into_iter()
        .flat_map(|asked| material.sample.compared().into_iter().map(move |group| (asked, group)))
        .collect();
    let events: BTreeMap<usize, &Vec<bool>> =
        speakers.iter().map(|(entity, events)| (*entity, events)).collect();
    let tests = jobs
        .into_par_iter()
        .map(|(asked, group)| test(material, settings, asked, group, &events))
        .collect();
    let tables = vec![article_table(material), attribution_table(material)];
    Findings { tests, tables, notes: Vec::new() }
}

/// Those who speak in enough events, the commonest first, with the events they speak in.
fn speakers(material: &Material, settings: &Settings) -> Vec<(usize, Vec<bool>)> {
    let sample = &material.sample;
    let mut events: BTreeMap<usize, Vec<bool>> = BTreeMap::new();
    for (article, attributions) in sample.articles.iter().zip(&material.attributions) {
        for entity in attributions.iter().filter_map(|attribution| attribution.entity) {
            let own = events.entry(entity).or_insert_with(|| vec![false; sample.events.len()]);
            own[article.event] = true;
        }
    }
    let count = |events: &[bool]| events.iter().filter(|&&speaks| speaks).count();
    let mut speakers: Vec<(usize, Vec<bool>)> =
        events.into_iter().filter(|(_, events)| count(events) >= settings.least_events).collect();
    speakers.sort_by_key(|(_, events)| std::cmp::Reverse(count(events)));
    speakers.truncate(settings.most_subjects);
    speakers
}

fn test(
    material: &Material,
    settings: &Settings,
    asked: Asked,
    group: usize,
    events: &BTreeMap<usize, &Vec<bool>>,
) -> Test {
    let sample = &material.sample;
    let about = About { group, subject: asked.number(), part: None };
    if asked == Asked::Mix {
        return mix(material, settings, about);
    }
    let measured = Measured {
        analysis: ANALYSIS.name,
        measure: asked.measure(),
        subject: asked.subject(material),
        about,
    };
    compared(material, settings, &measured, |article| {
        let attributions = &material.attributions[article];
        match asked {
            Asked::Rate => rate(material, article),
            Asked::Quoted => {
                let words = sample.articles[article].words;
                (words > 0).then(|| material.quoted_words[article] as f64 / words as f64)
            }
            Asked::Speaker(entity) if !events.get(&entity)?[sample.articles[article].event] => None,
            _ if attributions.is_empty() => None,
            _ => {
                let fitting = attributions.iter().filter(|own| asked.fits(own)).count();
                Some(fitting as f64 / attributions.len() as f64)
            }
        }
    })
}

/// The share of body sentences with an attribution.
fn rate(material: &Material, article: usize) -> Option<f64> {
    let all = material.placed[article].len();
    let mut sentences: Vec<usize> =
        material.attributions[article].iter().map(|attribution| attribution.sentence).collect();
    sentences.dedup();
    (all > 0).then(|| sentences.len() as f64 / all as f64)
}

fn source_counts(attributions: &[Attribution]) -> [usize; SOURCES.len()] {
    let mut counts = [0; SOURCES.len()];
    attributions.iter().for_each(|attribution| counts[source_number(attribution.source)] += 1);
    counts
}

/// How far the kinds of sources of the group are from those of the others.
fn mix(material: &Material, settings: &Settings, about: About) -> Test {
    let sample = &material.sample;
    let events: Vec<Vec<LabelCounts>> = (0..sample.events.len())
        .map(|event| {
            let one = sample.grouped(event).filter_map(|(index, article, group)| {
                let counts = source_counts(&material.attributions[index]);
                LabelCounts::of_counts(group == about.group, article.weight, &counts)
            });
            one.collect()
        })
        .collect();
    let group = &sample.groups[about.group];
    let found = diverge(&events, &settings.inference, &format!("attribution {group}"));
    Test::of_divergence(ANALYSIS.name, MIX, &found)
        .between("", group, &sample.against(about.group))
        .about(about)
}

fn sentences(material: &Material, test: &Test) -> Vec<Passage> {
    let Some(asked) = Asked::of(test) else { return Vec::new() };
    let more = test.difference.is_none_or(|difference| difference >= 0.0);
    passages::of_articles(
        material,
        test.about.group,
        |article, in_group| {
            // What is asked about on the side that has more of it, the rest on the other side.
            let strength = |own: &Attribution| {
                let fits = asked.number().is_none() || asked.fits(own) == (in_group == more);
                f64::from(u8::from(fits))
            };
            let own = material.attributions[article].iter();
            own.map(|own| (strength(own), own.sentence, own)).collect()
        },
        |own| {
            let (source, colour) = (SOURCES[source_number(own.source)], colour_name(own.colour));
            format!("{source}, {colour}: {}", own.form)
        },
    )
}

const ARTICLES: [Column; 13] = [
    text("article", "Name of the article"),
    text("group", "Its group"),
    text("event", "Name of its event"),
    integer("sentences", "Body sentences"),
    real("rate", "Share of them with an attribution; blank without body sentences"),
    integer("quoted_words", "Words in quotation marks that somebody said"),
    integer("named", "Attributions to people by name, or to he and she"),
    integer("official", "To offices, governments, organisations"),
    integer("media", "To newspapers, agencies, broadcasters"),
    integer("anonymous", "To people without a name"),
    integer("nobody", "To nobody in particular"),
    integer("doubting", "Attributions that doubt what is said"),
    integer("factive", "Attributions that take it for true"),
];

fn article_table(material: &Material) -> Table {
    let sample = &material.sample;
    let mut table = Table::new(
        "attribution",
        "A row is an article: how much it lets others speak, and whom.",
        &ARTICLES,
    );
    for (index, article) in sample.articles.iter().enumerate() {
        let attributions = &material.attributions[index];
        let counts = source_counts(attributions);
        let coloured = |colour| attributions.iter().filter(|own| own.colour == colour).count();
        let mut row = vec![
            article.id.as_str().into(),
            article.group.map(|group| sample.groups[group].as_str()).into(),
            sample.events[article.event].id.as_str().into(),
            material.placed[index].len().into(),
            rate(material, index).into(),
            material.quoted_words[index].into(),
        ];
        row.extend(counts.into_iter().map(Into::into));
        row.extend(COLOURS.map(|(colour, _)| coloured(colour).into()));
        table.push(row);
    }
    table
}

const ATTRIBUTIONS: [Column; 8] = [
    text("article", "Name of the article"),
    text("group", "Its group"),
    integer("sentence", "Number of the sentence in the article, from 1"),
    text("source", "Kind of the source: named, official, media, anonymous, nobody in particular"),
    text("speaker", "Who, as written; blank for he, she and nobody"),
    text("colour", "neutral, doubting (claimed) or factive (admitted)"),
    text("form", "The words that say so"),
    text("text", "The sentence"),
];

fn attribution_table(material: &Material) -> Table {
    let sample = &material.sample;
    let mut table = Table::new(
        "attributions",
        "A row is a place where an article tells who says something.",
        &ATTRIBUTIONS,
    );
    for (index, article) in sample.articles.iter().enumerate() {
        for own in &material.attributions[index] {
            table.push(vec![
                article.id.as_str().into(),
                article.group.map(|group| sample.groups[group].as_str()).into(),
                (own.sentence + 1).into(),
                SOURCES[source_number(own.source)].into(),
                own.speaker.as_deref().into(),
                colour_name(own.colour).into(),
                own.form.as_str().into(),
                material.texts[index][own.sentence].as_str().into(),
            ]);
        }
    }
    table
}
