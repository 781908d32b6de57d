//! Planted omissions: all sentences with which one article of an event makes a statement are removed, and the statements
//! of the event are computed again. The omission is detected where the article no longer makes the statement; it is missed
//! where another sentence is taken for it. Other statements of the article that get lost are false alarms.

use ndarray::Axis as Dimension;
use rayon::prelude::*;

use super::Planted;
use crate::align::{self, Article, Claim};
use crate::error::Result;
use crate::jobs::study::events::{Events, Finding, versions_of};
use crate::jobs::study::gather::Gathered;
use crate::study::statistics::random::Stream;

/// Most versions of an event that is used: each planting computes the event again.
const MOST_VERSIONS: usize = 8;

/// Plants up to `most` omissions.
pub(super) fn plant_all(
    gathered: &Gathered,
    events: &Events,
    finding: Finding,
    most: usize,
) -> Result<Vec<Planted>> {
    let Finding { seed, least, .. } = finding;
    let mut usable: Vec<Vec<usize>> = events
        .iter()
        .map(|(_, articles)| versions_of(gathered, articles))
        .filter(|versions| (2..=MOST_VERSIONS).contains(&versions.len()))
        .map(|versions| versions.into_iter().map(|copies| copies[0]).collect())
        .collect();
    let mut stream = Stream::new(seed, "validation");
    stream.shuffle(&mut usable);
    usable.truncate(most);
    // Small corpora plant several omissions in an event.
    let each = most.div_ceil(usable.len().max(1)).min(4);
    let planted: Result<Vec<Vec<Planted>>> = usable
        .par_iter()
        .enumerate()
        .map(|(event, articles)| {
            let mut stream = Stream::new(seed, &format!("validation {event}"));
            of_event(gathered, articles, (each, least), &mut stream)
        })
        .collect();
    Ok(planted?.into_iter().flatten().collect())
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
        change: super::OMISSION,
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
