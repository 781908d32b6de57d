//! Tone: how near two documents stand between alarm and reassurance.

use crate::align::Article;
use crate::align::tone::ToneAxis;

/// Difference of tone at which nothing of the similarity is left.
const TONE_RANGE: f32 = 0.15;

/// Nearness on the tone axis, 0..1.
pub(super) fn nearness(left: &Article, right: &Article, axis: &ToneAxis) -> f32 {
    let tone = |article: &Article| axis.tone(article.vectors.view(), article.document.language);
    (1.0 - (tone(left) - tone(right)).abs() / TONE_RANGE).clamp(0.0, 1.0)
}
