//! Time: what publication dates say beyond the texts.

use crate::align::Article;

/// Days after which half of the similarity in time is gone.
const HALF_TIME_DAYS: f32 = 3.0;
/// Share of the publication dates in the score, where both are known.
const PUBLISHED_SHARE: f32 = 0.7;

/// Days between the publication dates, where both documents have one.
pub(super) fn days_apart(left: &Article, right: &Article) -> Option<u32> {
    let (one, other) = left.document.published.zip(right.document.published)?;
    Some(one.until(other).map_or(u32::MAX, |span| span.get_days().unsigned_abs()))
}

/// The score of time: `of_texts`, and how near the publication dates are.
pub(super) fn with_dates(of_texts: f32, days_apart: Option<u32>) -> f32 {
    let near = |days: u32| 0.5_f32.powf(days as f32 / HALF_TIME_DAYS);
    days_apart
        .map_or(of_texts, |days| PUBLISHED_SHARE * near(days) + (1.0 - PUBLISHED_SHARE) * of_texts)
}
