//! The score sheet of two documents: how alike they are, in all and in single respects.
//!
//! [`evidence`] collects what they share; each score is a logistic regression over it, with the weights of
//! `scores.toml`, fitted to human ratings of pairs of news articles by `cargo bench --bench fit`. Two texts
//! that are the same letter by letter score 1 in everything.

pub mod evidence;
mod geography;
mod style;
pub mod subjects;
mod time;
mod tone;
pub mod weights;

use self::evidence::Evidence;
use self::subjects::Subjects;
use super::background::Background;
use super::comparable::Linked;
use super::rarity::FactRarity;
use super::tone::ToneAxis;
use super::{Article, Closest, Coverage, Scores};

/// What the scores of a run are measured against.
#[derive(Debug, Clone)]
pub struct Yardstick {
    /// How rare each fact is.
    pub rarity: FactRarity,
    /// What sentences look like in general.
    pub background: Background,
    /// The direction from reassuring to alarming.
    pub tone: ToneAxis,
    /// What news is about.
    pub subjects: Subjects,
}

/// The scores of two documents, and what they come from.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreSheet {
    /// The scores.
    pub scores: Scores,
    /// What the documents cover of each other.
    pub coverage: Coverage,
    /// What they share.
    pub evidence: Evidence,
    /// Whether they are the same letter by letter; then every score is 1 whatever the evidence, but for time.
    pub same_text: bool,
    /// Days between their publication dates, where both are known; they count in the score of time.
    pub days_apart: Option<u32>,
}

/// The score sheet of two documents.
pub fn score_sheet(
    left: &Article,
    right: &Article,
    linked: &Linked,
    yardstick: &Yardstick,
) -> ScoreSheet {
    let evidence = evidence::evidence(left, right, linked, yardstick);
    let coverage = covered(left, right, linked, |c| f32::from(c.probability >= 0.5));
    let same_text = same_text(left, right);
    let mut scores = if same_text { SAME } else { weights::weights().scores(&evidence) };
    let days_apart = time::days_apart(left, right);
    scores.time = time::with_dates(scores.time, days_apart);
    ScoreSheet { scores, coverage, evidence, same_text, days_apart }
}

/// The scores of a text with itself.
const SAME: Scores = Scores {
    overall: 1.0,
    narrative: 1.0,
    entities: 1.0,
    geography: 1.0,
    time: 1.0,
    style: 1.0,
    tone: 1.0,
};

fn same_text(left: &Article, right: &Article) -> bool {
    left.document.language == right.document.language
        && left.document.text.split_whitespace().eq(right.document.text.split_whitespace())
}

/// What each document covers of the other; `share` says how far a sentence is covered by its closest one.
fn covered(
    left: &Article,
    right: &Article,
    linked: &Linked,
    share: impl Fn(&Closest) -> f32,
) -> Coverage {
    Coverage {
        left_in_right: covered_share(left, &linked.closest_right, &share),
        right_in_left: covered_share(right, &linked.closest_left, &share),
    }
}

/// Share of a document that has a counterpart, sentences weighted by prominence.
fn covered_share(
    article: &Article,
    closest: &[Option<Closest>],
    share: impl Fn(&Closest) -> f32,
) -> f32 {
    let mut covered = 0.0;
    let mut whole = 0.0;
    for (index, closest) in closest.iter().enumerate() {
        let weight = article.prominence(index);
        whole += weight;
        covered += weight * closest.as_ref().map_or(0.0, &share);
    }
    if whole > 0.0 { covered / whole } else { 0.0 }
}
