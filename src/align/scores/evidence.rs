//! The evidence that scores are made of: what two documents share, each kind as a number.

use std::sync::LazyLock;

use super::subjects::subject_names;
use super::{Yardstick, geography, style, tone};
use crate::align::Article;
use crate::align::comparable::{Candidate, Linked};
use crate::facts::Value;

/// Kinds of evidence that do not depend on the subjects, in the order of the values.
const KINDS: [&str; 9] =
    ["article", "headline", "coverage", "names", "numbers", "dates", "places", "style", "tone"];

/// The evidence on two documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// In step with [`names`].
    values: Vec<f32>,
}

impl Evidence {
    /// Names with values. The kinds are
    ///
    /// | name | value |
    /// |---|---|
    /// | `article` | cosine of the whole articles, the background of their languages taken out, -1..1 |
    /// | `headline` | geometric mean of `article` and of how near the nearest sentence of the other comes to each first sentence, 0..1 |
    /// | `coverage` | mean share that each covers of the other, weighted by prominence, 0..1 |
    /// | `names`, `numbers`, `dates` | share of these facts that both have, rare ones counting more, 0..1 |
    /// | `places` | share of the countries that both name, 0..1 |
    /// | `style` | likeness of measures of writing, 0..1 |
    /// | `tone` | nearness on the axis from alarm to reassurance, 0..1 |
    /// | `about-…` | how far both are about a subject, the lesser of two cosines, -1..1 |
    pub fn named(&self) -> impl Iterator<Item = (&str, f32)> {
        names().iter().map(String::as_str).zip(self.values.iter().copied())
    }
}

/// Names of all evidence, in the order of [`Evidence::named`].
pub fn names() -> &'static [String] {
    static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let kinds = KINDS.iter().map(|&kind| kind.to_owned());
        kinds.chain(subject_names().map(|subject| format!("about-{subject}"))).collect()
    });
    &NAMES
}

/// Collects the evidence on two documents.
pub fn evidence(
    left: &Article,
    right: &Article,
    linked: &Linked,
    yardstick: &Yardstick,
) -> Evidence {
    let shared = |of_kind| yardstick.rarity.document_overlap(left, right, of_kind).unwrap_or(0.0);
    let (one, other) = (yardstick.subjects.stance(left), yardstick.subjects.stance(right));
    let likely = super::covered(left, right, linked, |closest| closest.probability);
    let article = one.centred.dot(&other.centred);
    let mut values = vec![
        article,
        (article.max(0.0) * first_sentences(linked)).sqrt(),
        (likely.left_in_right + likely.right_in_left) / 2.0,
        shared(|value| matches!(value, Value::Name(_))),
        shared(|value| matches!(value, Value::Number(_))),
        shared(|value| matches!(value, Value::Date(_))),
        geography::shared_countries(left, right),
        style::likeness(left, right),
        tone::nearness(left, right, &yardstick.tone),
    ];
    values.extend(one.about.iter().zip(&other.about).map(|(one, other)| one.min(*other)));
    Evidence { values }
}

/// How near the nearest sentence of the other document comes to the first sentence of each, most often its headline: the
/// mean of two cosines, 0..1.
fn first_sentences(linked: &Linked) -> f32 {
    let nearest = |side: fn(&Candidate) -> usize| {
        let first = linked.candidates.iter().map(side).min();
        let of_first = linked.candidates.iter().filter(|pair| Some(side(pair)) == first);
        of_first.map(|pair| pair.features.cosine).fold(0.0, f32::max)
    };
    (nearest(|pair| pair.left) + nearest(|pair| pair.right)) / 2.0
}
