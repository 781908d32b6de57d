//! Validation on the user's own corpus: statements are taken out of articles, and it is counted how often that is
//! noticed, so that a paper can state the error of what it reports.
//!
//! In an event, all sentences with which one article makes a statement are removed, and the statements of the event are
//! computed again. The omission is detected where the article no longer makes the statement; it is missed where another
//! sentence is taken for it. Other statements of the article that get lost are false alarms.

use std::collections::BTreeMap;

use ndarray::Axis as Dimension;
use rayon::prelude::*;

use super::events::{Events, Finding, versions_of};
use super::gather::Gathered;
use crate::align::{self, Article, Claim};
use crate::error::Result;
use crate::lang::Language;
use crate::study::statistics::exact::wilson;
use crate::study::statistics::random::Stream;
use crate::study::table::{Column, Table, integer, real, text};

/// Statements that are taken out.
const PLANTED: usize = 400;
/// Most versions of an event that is used: each planting computes the event again.
const MOST_VERSIONS: usize = 8;

/// What became of one planted omission.
struct Planted {
    language: Language,
    detected: bool,
    others: usize,
    lost: usize,
}

const COLUMNS: [Column; 8] = [
    text("language", "Language of the articles that statements were taken out of; blank for all"),
    integer("planted", "Omissions planted"),
    integer("detected", "Omissions detected"),
    real("detection_rate", "Share of planted omissions that were detected"),
    real("low", "Lower end of its 95 % interval (Wilson)"),
    real("high", "Upper end of its 95 % interval (Wilson)"),
    integer("others", "Other statements of these articles"),
    real(
        "false_alarm_rate",
        "Share of the others that were lost though nothing was taken out of them",
    ),
];

/// Plants omissions and counts what is noticed.
pub(super) fn validate(gathered: &Gathered, events: &Events, finding: Finding) -> Result<Table> {
    let Finding { seed, least, .. } = finding;
    let mut usable: Vec<Vec<usize>> = events
        .iter()
        .map(|(_, articles)| versions_of(gathered, articles))
        .filter(|versions| (2..=MOST_VERSIONS).contains(&versions.len()))
        .map(|versions| versions.into_iter().map(|copies| copies[0]).collect())
        .collect();
    let mut stream = Stream::new(seed, "validation");
    stream.shuffle(&mut usable);
    usable.truncate(PLANTED);
    // Small corpora plant several omissions in an event.
    let each = PLANTED.div_ceil(usable.len().max(1)).min(4);
    let planted: Vec<Result<Vec<Planted>>> = usable
        .par_iter()
        .enumerate()
        .map(|(event, articles)| {
            let mut stream = Stream::new(seed, &format!("validation {event}"));
            of_event(gathered, articles, (each, least), &mut stream)
        })
        .collect();
    let mut table = Table::new(
        "validation",
        "A row is a language: how often statements that were taken out of copies of this corpus's articles are noticed.",
        &COLUMNS,
    );
    let mut by_language: BTreeMap<Option<Language>, Vec<Planted>> = BTreeMap::new();
    for planted in planted {
        for one in planted? {
            by_language.entry(Some(one.language)).or_default().push(one);
        }
    }
    let sums: Vec<(Option<Language>, Sums)> =
        by_language.into_iter().map(|(language, planted)| (language, Sums::of(&planted))).collect();
    let all = sums.iter().fold(Sums::default(), |all, (_, own)| all.plus(own));
    for (language, sums) in std::iter::once((None, all)).chain(sums) {
        table.push(sums.row(language));
    }
    Ok(table)
}

#[derive(Default, Clone, Copy)]
struct Sums {
    planted: usize,
    detected: usize,
    others: usize,
    lost: usize,
}

impl Sums {
    fn of(planted: &[Planted]) -> Self {
        Self {
            planted: planted.len(),
            detected: planted.iter().filter(|one| one.detected).count(),
            others: planted.iter().map(|one| one.others).sum(),
            lost: planted.iter().map(|one| one.lost).sum(),
        }
    }

    fn plus(self, other: &Self) -> Self {
        Self {
            planted: self.planted + other.planted,
            detected: self.detected + other.detected,
            others: self.others + other.others,
            lost: self.lost + other.lost,
        }
    }

    fn row(self, language: Option<Language>) -> Vec<crate::study::table::Cell> {
        let share = |part: usize, whole: usize| (whole > 0).then(|| part as f64 / whole as f64);
        let interval = wilson(self.detected, self.planted, 0.95);
        vec![
            language.map(|language| language.to_string()).into(),
            self.planted.into(),
            self.detected.into(),
            share(self.detected, self.planted).into(),
            interval.map(|interval| interval.low).into(),
            interval.map(|interval| interval.high).into(),
            self.others.into(),
            share(self.lost, self.others).into(),
        ]
    }
}

/// Plants omissions in one event.
fn of_event(
    gathered: &Gathered,
    members: &[usize],
    (count, least): (usize, f32),
    stream: &mut Stream,
) -> Result<Vec<Planted>> {
    let mut articles: Vec<Article> = Vec::with_capacity(members.len());
    for &member in members {
        let mut article = gathered.articles[member].clone();
        article.vectors = gathered.store.vectors(member)?;
        articles.push(article);
    }
    let claims = align::claims_of(&articles, &gathered.yardstick, least);
    let mut planted = Vec::new();
    for _ in 0..count.min(claims.len()) {
        let claim = &claims[stream.below(claims.len())];
        let document = claim.documents[stream.below(claim.documents.len())];
        planted.push(plant((&articles, &claims), claim, document, (gathered, least)));
    }
    Ok(planted)
}

/// Takes a statement out of an article and looks again.
fn plant(
    (articles, claims): (&[Article], &[Claim]),
    claim: &Claim,
    document: usize,
    (gathered, least): (&Gathered, f32),
) -> Planted {
    let removed: Vec<usize> =
        claim.sentences.iter().filter(|id| id.document == document).map(|id| id.sentence).collect();
    let mut edited = articles.to_vec();
    let kept: Vec<usize> = without(&mut edited[document], &removed);
    let after = align::claims_of(&edited, &gathered.yardstick, least);
    let still_made = |claim: &Claim| {
        after.iter().any(|other| {
            other.documents.contains(&document)
                && claim
                    .sentences
                    .iter()
                    .any(|id| id.document != document && other.sentences.contains(id))
        })
    };
    // Sentences have moved up where others were taken out before them.
    let moved = |sentence: usize| kept.iter().position(|&old| old == sentence);
    let lost = |claim: &&Claim| {
        let own = claim.sentences.iter().filter(|id| id.document == document);
        own.filter_map(|id| moved(id.sentence)).all(|sentence| {
            !after.iter().any(|other| {
                other.documents.len() > 1
                    && other
                        .sentences
                        .iter()
                        .any(|id| id.document == document && id.sentence == sentence)
            })
        })
    };
    let others: Vec<&Claim> = claims
        .iter()
        .filter(|other| *other != claim && other.documents.contains(&document))
        .collect();
    Planted {
        language: articles[document].document.language,
        detected: !still_made(claim),
        others: others.len(),
        lost: others.iter().copied().filter(lost).count(),
    }
}

/// Takes sentences out of an article; gives the old numbers of those that are left.
fn without(article: &mut Article, removed: &[usize]) -> Vec<usize> {
    let kept: Vec<usize> =
        (0..article.sentences.len()).filter(|sentence| !removed.contains(sentence)).collect();
    article.sentences = kept.iter().map(|&sentence| article.sentences[sentence].clone()).collect();
    article.facts = kept.iter().map(|&sentence| article.facts[sentence].clone()).collect();
    article.vectors = article.vectors.select(Dimension(0), &kept);
    kept
}
