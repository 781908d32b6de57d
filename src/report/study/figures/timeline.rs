//! The timeline: how many articles each group has over time.

use jiff::civil::Date;

use super::Figure;
use super::canvas::{Anchor, Canvas, FOUND, RULE, WIDTH};
use crate::report::study::StudyReport;

/// Most groups that are shown.
const MOST_GROUPS: usize = 12;
/// Stretches of time of equal length.
const STRETCHES: usize = 60;
const BAND: f64 = 34.0;
const LEFT: f64 = 120.0;
const TOP: f64 = 8.0;
const BOTTOM: f64 = 22.0;

/// The timeline; none where hardly anything is dated.
pub(super) fn figure(report: &StudyReport) -> Option<Figure> {
    let sample = &report.sample;
    let days = || sample.articles.iter().filter_map(|article| article.published);
    let (first, last) = (days().min()?, days().max()?);
    let length = days_between(first, last) + 1;
    let groups = sample.groups.len().min(MOST_GROUPS);
    if groups == 0 || length < 2 {
        return None;
    }
    let step = length.div_ceil(STRETCHES);
    let stretches = length.div_ceil(step);
    let mut counts = vec![vec![0_usize; stretches]; groups];
    for article in &sample.articles {
        if let Some((group, day)) = article.group.filter(|g| *g < groups).zip(article.published) {
            counts[group][days_between(first, day) / step] += 1;
        }
    }
    let most = counts.iter().flatten().copied().max().unwrap_or(1).max(1);
    let height = TOP + BAND * groups as f64 + BOTTOM;
    let what = if step == 1 { "a day".to_owned() } else { format!("{step} days") };
    let title = format!("Articles of each group; a bar is {what}");
    let mut canvas = Canvas::new(height, &title);
    let width = (WIDTH - LEFT - 10.0) / stretches as f64;
    for (group, counts) in counts.iter().enumerate() {
        let base = TOP + BAND * (group as f64 + 1.0);
        canvas.text(LEFT - 6.0, base - 6.0, Anchor::End, LEFT - 10.0, &sample.groups[group]);
        canvas.line((LEFT, base), (WIDTH - 10.0, base), RULE, 0.5);
        for (stretch, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let tall = (BAND - 6.0) * count as f64 / most as f64;
            let place = (LEFT + width * stretch as f64, base - tall);
            let says = format!("{}: {count} articles", sample.groups[group]);
            canvas.rectangle(place, ((width - 0.5).max(0.5), tall), (FOUND, 1.0), &says);
        }
    }
    canvas.text(LEFT, height - 8.0, Anchor::Start, 120.0, &first.to_string());
    canvas.text(WIDTH - 10.0, height - 8.0, Anchor::End, 120.0, &last.to_string());
    let caption = format!("a bar is {what}, the tallest {most} articles");
    canvas.text(f64::midpoint(LEFT, WIDTH), height - 8.0, Anchor::Middle, 220.0, &caption);
    Some(Figure::new("timeline", None, &title, canvas))
}

fn days_between(first: Date, last: Date) -> usize {
    usize::try_from((last - first).get_days()).unwrap_or(0)
}
