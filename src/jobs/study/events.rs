//! Events of the corpus, and the statements that the articles of each make.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::gather::Gathered;
use crate::align::events::{Grouping, Sketch};
use crate::align::{self, Article, Claim, SentenceId};
use crate::error::Result;
use crate::study::material::{ClaimSentence, EventClaim, Telling};
use crate::study::sheet::{PairPool, SheetPair};
use crate::study::statistics::random::Stream;

/// Most versions of an event whose statements are compared; the work grows with their square.
const MOST_VERSIONS: usize = 60;
/// Documents that are grouped at a time.
const PORTION: usize = 1024;

/// Names of events, where they have one, with their articles.
pub(super) type Events = Vec<(Option<String>, Vec<usize>)>;

/// The events that the corpus names, and those that the other articles make up.
pub(super) fn events(gathered: &Gathered) -> Events {
    let mut named: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut others = Vec::new();
    for (article, event) in gathered.named_events.iter().enumerate() {
        match event {
            Some(name) => named.entry(name).or_default().push(article),
            None => others.push(article),
        }
    }
    let mut grouping = Grouping::default();
    for portion in others.chunks(PORTION) {
        let sketches: Vec<Sketch> =
            portion.iter().map(|&article| gathered.sketches[article].clone()).collect();
        grouping.add(sketches);
    }
    let found = grouping.groups().0.into_iter().map(|event| {
        let articles = event.documents.into_iter().map(|index| others[index]).collect();
        (None, articles)
    });
    let named = named.into_iter().map(|(name, articles)| (Some(name.to_owned()), articles));
    let mut events: Events = named.chain(found).collect();
    events.sort_by_key(|(_, articles)| articles.first().copied());
    events
}

/// What the articles of events tell.
pub(super) struct Told {
    pub(super) claims: Vec<EventClaim>,
    pub(super) telling: Vec<Option<Telling>>,
    /// Pairs of sentences that coders may be asked about.
    pub(super) pairs: PairPool,
    pub(super) notes: Vec<String>,
}

/// How statements are found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finding {
    /// Least probability of two sentences that make the same statement.
    pub(super) least: f32,
    /// Pairs wanted for a coding sheet.
    pub(super) pairs: usize,
    /// Seed of their draw.
    pub(super) seed: u64,
}

/// The statements of all events.
pub(super) fn statements(gathered: &Gathered, events: &Events, finding: Finding) -> Result<Told> {
    let of_events: Vec<Result<EventStatements>> = events
        .par_iter()
        .enumerate()
        .map(|(event, (_, articles))| of_event(gathered, event, articles, finding))
        .collect();
    let mut told = Told {
        claims: Vec::new(),
        telling: vec![None; gathered.articles.len()],
        pairs: PairPool::new(finding.pairs),
        notes: Vec::new(),
    };
    let mut cut = 0;
    for statements in of_events {
        let statements = statements?;
        cut += usize::from(statements.cut);
        told.claims.extend(statements.claims);
        told.pairs.merge(statements.pairs);
        for (article, telling) in statements.telling {
            told.telling[article] = Some(telling);
        }
    }
    if cut > 0 {
        told.notes.push(format!(
            "{cut} events have more than {MOST_VERSIONS} independent versions; statements of {MOST_VERSIONS} of them, \
             spread evenly, were compared"
        ));
    }
    Ok(told)
}

#[derive(Default)]
struct EventStatements {
    claims: Vec<EventClaim>,
    telling: Vec<(usize, Telling)>,
    pairs: PairPool,
    cut: bool,
}

/// Articles that are the same version, together; by the first article.
pub(super) fn versions_of(gathered: &Gathered, articles: &[usize]) -> Vec<Vec<usize>> {
    let mut copies: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &article in articles {
        copies.entry(gathered.candidates[article].version).or_default().push(article);
    }
    copies.into_values().collect()
}

/// The statements of one event; copies are looked at once.
fn of_event(
    gathered: &Gathered,
    event: usize,
    members: &[usize],
    finding: Finding,
) -> Result<EventStatements> {
    let mut versions = versions_of(gathered, members);
    if versions.len() < 2 {
        return Ok(EventStatements::default());
    }
    let cut = versions.len() > MOST_VERSIONS;
    if cut {
        let count = versions.len();
        versions =
            (0..MOST_VERSIONS).map(|i| versions[i * count / MOST_VERSIONS].clone()).collect();
    }
    let mut articles: Vec<Article> = Vec::with_capacity(versions.len());
    for version in &versions {
        let mut article = gathered.articles[version[0]].clone();
        article.vectors = gathered.store.vectors(version[0])?;
        articles.push(article);
    }
    let (claims, judged) = align::judged_claims(&articles, &gathered.yardstick, finding.least);
    let mut pairs = PairPool::new(finding.pairs);
    if finding.pairs > 0 {
        let mut stream = Stream::new(finding.seed, &format!("pairs {event}"));
        for (one, other, probability) in judged {
            let place = |id: SentenceId| (versions[id.document][0], id.sentence);
            let key = stream.unit();
            // Headlines stand for an article, and are no statement of their own.
            if [one, other].iter().all(|id| articles[id.document].is_body(id.sentence)) {
                pairs.add(SheetPair { left: place(one), right: place(other), probability }, key);
            }
        }
    }
    let telling = telling(&articles, &claims);
    let by_article = versions
        .iter()
        .zip(telling)
        .flat_map(|(copies, telling)| copies.iter().map(move |&article| (article, telling)));
    Ok(EventStatements {
        telling: by_article.collect(),
        claims: claims
            .iter()
            .map(|claim| event_claim(event, claim, &articles, &versions))
            .collect(),
        pairs,
        cut,
    })
}

fn event_claim(
    event: usize,
    claim: &Claim,
    articles: &[Article],
    versions: &[Vec<usize>],
) -> EventClaim {
    let sentences = claim.sentences.iter().map(|id| {
        let article = &articles[id.document];
        ClaimSentence {
            article: versions[id.document][0],
            sentence: id.sentence,
            prominence: f64::from(article.prominence(id.sentence)),
            text: article.sentence_text(id.sentence).to_owned(),
        }
    });
    let stands_for = claim.representative;
    EventClaim {
        event,
        text: articles[stands_for.document].sentence_text(stands_for.sentence).to_owned(),
        sentences: sentences.collect(),
    }
}

/// How much of each article no other tells.
fn telling(articles: &[Article], claims: &[Claim]) -> Vec<Telling> {
    let mut shared: Vec<Vec<bool>> =
        articles.iter().map(|article| vec![false; article.sentences.len()]).collect();
    for id in claims.iter().flat_map(|claim| &claim.sentences) {
        shared[id.document][id.sentence] = true;
    }
    let of_article = |(article, shared): (&Article, &Vec<bool>)| {
        let mut telling = Telling { all: 0.0, alone: 0.0 };
        for sentence in (0..article.sentences.len()).filter(|&s| article.is_body(s)) {
            let prominence = f64::from(article.prominence(sentence));
            telling.all += prominence;
            if !shared[sentence] {
                telling.alone += prominence;
            }
        }
        telling
    };
    articles.iter().zip(&shared).map(of_article).collect()
}
