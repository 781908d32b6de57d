//! Time: what publication dates say beyond the texts.

use crate::align::Article;

/// Days after which half of the similarity in time is gone.
const HALF_TIME_DAYS: f32 = 3.0;
/// Share of the publication dates in the score, where both are known.
const PUBLISHED_SHARE: f32 = 0.7;

/// The score of time: `of_texts`, and how near the publication dates are where both documents have one.
pub(super) fn with_dates(of_texts: f32, left: &Article, right: &Article) -> f32 {
    let published = left.document.published.zip(right.document.published).map(|(one, other)| {
        let days = one.until(other).map_or(f32::MAX, |span| span.get_days().abs() as f32);
        0.5_f32.powf(days / HALF_TIME_DAYS)
    });
    published.map_or(of_texts, |near| PUBLISHED_SHARE * near + (1.0 - PUBLISHED_SHARE) * of_texts)
}
