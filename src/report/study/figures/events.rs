//! The coverage matrix: the events that several groups cover, by groups; the darker, the more of a group's outlets.

use super::Figure;
use super::canvas::{Anchor, Canvas, FOUND, RULE, WIDTH};
use crate::report::study::StudyReport;

/// Most events and groups that are shown.
const MOST_EVENTS: usize = 40;
const MOST_GROUPS: usize = 12;
const ROW: f64 = 13.0;
const TOP: f64 = 34.0;
const LEFT: f64 = 230.0;

/// The matrix; none where there is nothing to set against each other.
pub(super) fn figure(report: &StudyReport) -> Option<Figure> {
    let sample = &report.sample;
    let groups = sample.groups.len().min(MOST_GROUPS);
    let mut events: Vec<(usize, usize)> = (0..sample.events.len())
        .map(|event| (event, sample.events[event].articles.len()))
        .filter(|&(_, articles)| articles > 1)
        .collect();
    if groups < 2 || events.is_empty() {
        return None;
    }
    events.sort_by_key(|&(_, articles)| std::cmp::Reverse(articles));
    events.truncate(MOST_EVENTS);
    let height = TOP + ROW * events.len() as f64 + 8.0;
    let title = "Events by groups: share of a group's outlets that cover an event";
    let mut canvas = Canvas::new(height, title);
    let cell = (WIDTH - LEFT - 10.0) / groups as f64;
    for (column, name) in sample.groups.iter().take(groups).enumerate() {
        // Names of neighbours stand on two lines, so that long ones have room.
        let y = if column % 2 == 0 { 24.0 } else { 12.0 };
        let x = LEFT + cell * (column as f64 + 0.5);
        canvas.text(x, y, Anchor::Middle, 1.8 * cell, name);
    }
    for (row, &(event, _)) in events.iter().enumerate() {
        let y = TOP + ROW * row as f64;
        let entry = &sample.events[event];
        let label = if entry.label.is_empty() { &entry.id } else { &entry.label };
        canvas.text(LEFT - 6.0, y + 9.0, Anchor::End, LEFT - 10.0, label);
        for group in 0..groups {
            let outlets = sample.sources.iter().filter(|source| source.group == group).count();
            let mut covering: Vec<usize> = sample
                .grouped(event)
                .filter(|(_, _, other)| *other == group)
                .filter_map(|(_, article, _)| article.source)
                .collect();
            covering.sort_unstable();
            covering.dedup();
            let share = covering.len() as f64 / outlets.max(1) as f64;
            let place = (LEFT + cell * group as f64 + 0.5, y + 0.5);
            let says = format!("{}: {} of {outlets} outlets", sample.groups[group], covering.len());
            let (ink, opacity) =
                if share > 0.0 { (FOUND, 0.15 + 0.85 * share) } else { (RULE, 0.35) };
            canvas.rectangle(place, (cell - 1.0, ROW - 1.0), (ink, opacity), &says);
        }
    }
    Some(Figure::new("coverage_matrix", None, title, canvas))
}
