//! Events and stories: which documents tell of the same happening, and which of the same matter.
//!
//! Documents are joined by average linkage. Two groups are one event when their documents are alike on
//! average and no two of them were published too far apart; groups of events are one story when they are
//! alike in their names and subject, whatever the date.

use jiff::civil::Date;

use super::{Article, Event, Pair, Story};

/// Least mean evidence for documents of one event.
const EVENT_EVIDENCE: f32 = 0.55;
/// Least mean kinship of documents of one story.
const STORY_KINSHIP: f32 = 0.35;
/// Most days between two reports on one event.
const EVENT_DAYS: i32 = 4;
/// Share of the content in the evidence for an event; the rest is for the names.
const CONTENT_SHARE: f32 = 0.6;
/// What publication dates that lie together add to the evidence.
const DATE_BONUS: f32 = 0.1;

/// Groups of documents, by first document.
pub fn events_and_stories(articles: &[Article], pairs: &[Pair]) -> (Vec<Event>, Vec<Story>) {
    let count = articles.len();
    let same_event = matrix(count, pairs, |pair| event_evidence(articles, pair));
    let kinship = matrix(count, pairs, kinship);
    let events =
        join((0..count).map(|document| vec![document]).collect(), &same_event, EVENT_EVIDENCE);
    let stories = join(events.clone(), &kinship, STORY_KINSHIP);

    let overall = matrix(count, pairs, |pair| pair.scores.overall);
    let story_of = |documents: &[usize]| {
        stories.iter().position(|story| story.contains(&documents[0])).unwrap_or(0)
    };
    let events = events
        .iter()
        .map(|documents| Event {
            story: story_of(documents),
            representative: most_central(documents, &overall, articles),
            dates: dates(documents, articles),
            documents: documents.clone(),
        })
        .collect();
    let stories = stories
        .iter()
        .map(|documents| Story {
            representative: most_central(documents, &overall, articles),
            documents: documents.clone(),
        })
        .collect();
    (events, stories)
}

/// Evidence that two documents tell of one event, 0..1, or minus infinity where dates exclude it.
///
/// Reports on two meetings of the same people are alike in content; the names of those who were there and
/// the dates tell them apart.
fn event_evidence(articles: &[Article], pair: &Pair) -> f32 {
    let published = |document: usize| articles[document].document.published;
    let evidence = CONTENT_SHARE * pair.scores.overall
        + (1.0 - CONTENT_SHARE) * pair.scores.entities.max(0.0).sqrt();
    match published(pair.left).zip(published(pair.right)) {
        Some((one, other)) if days_between(one, other) > EVENT_DAYS => f32::NEG_INFINITY,
        Some(_) => evidence + DATE_BONUS,
        None => evidence,
    }
}

fn days_between(one: Date, other: Date) -> i32 {
    one.until(other).map_or(i32::MAX, |span| span.get_days().abs())
}

/// Evidence that two documents belong to one story, 0..1.
fn kinship(pair: &Pair) -> f32 {
    (pair.scores.narrative + pair.scores.entities) / 2.0
}

/// A symmetric matrix of a value for each pair.
fn matrix(count: usize, pairs: &[Pair], value: impl Fn(&Pair) -> f32) -> Vec<Vec<f32>> {
    let mut matrix = vec![vec![0.0; count]; count];
    for pair in pairs {
        let value = value(pair);
        matrix[pair.left][pair.right] = value;
        matrix[pair.right][pair.left] = value;
    }
    matrix
}

/// Joins the two closest groups again and again while their mean closeness is at least `least`.
fn join(mut groups: Vec<Vec<usize>>, closeness: &[Vec<f32>], least: f32) -> Vec<Vec<usize>> {
    loop {
        let mut best: Option<(f32, usize, usize)> = None;
        for one in 0..groups.len() {
            for other in one + 1..groups.len() {
                let mean = mean(&groups[one], &groups[other], closeness);
                if mean >= least && best.is_none_or(|(most, ..)| mean > most) {
                    best = Some((mean, one, other));
                }
            }
        }
        let Some((_, one, other)) = best else { break };
        let joined = groups.remove(other);
        groups[one].extend(joined);
        groups[one].sort_unstable();
    }
    groups.sort();
    groups
}

fn mean(one: &[usize], other: &[usize], closeness: &[Vec<f32>]) -> f32 {
    let sum: f32 = one.iter().flat_map(|&a| other.iter().map(move |&b| closeness[a][b])).sum();
    sum / (one.len() * other.len()) as f32
}

/// The document most like the others, one with a headline before one without.
fn most_central(documents: &[usize], overall: &[Vec<f32>], articles: &[Article]) -> usize {
    let centrality = |document: usize| -> f32 {
        let sum: f32 = documents.iter().map(|&other| overall[document][other]).sum();
        let titled = articles[document].document.title.is_some();
        if titled { sum + documents.len() as f32 } else { sum }
    };
    documents
        .iter()
        .copied()
        .reduce(|best, next| if centrality(next) > centrality(best) { next } else { best })
        .unwrap_or(0)
}

fn dates(documents: &[usize], articles: &[Article]) -> Vec<Date> {
    let mut dates: Vec<Date> =
        documents.iter().filter_map(|&document| articles[document].document.published).collect();
    dates.sort_unstable();
    dates.dedup();
    dates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_is_no_group() {
        let closeness = vec![vec![0.0, 0.9, 0.1], vec![0.9, 0.0, 0.6], vec![0.1, 0.6, 0.0]];
        let groups = join(vec![vec![0], vec![1], vec![2]], &closeness, 0.5);
        assert_eq!(groups, [vec![0, 1], vec![2]]);
    }

    #[test]
    fn an_exclusion_keeps_groups_apart() {
        let closeness = vec![
            vec![0.0, 0.9, f32::NEG_INFINITY],
            vec![0.9, 0.0, 0.9],
            vec![f32::NEG_INFINITY, 0.9, 0.0],
        ];
        let groups = join(vec![vec![0], vec![1], vec![2]], &closeness, 0.5);
        assert_eq!(groups.len(), 2);
    }
}
