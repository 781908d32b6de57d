//! Dot plots with intervals: differences between a group and the others, a figure for each analysis.

use super::Figure;
use super::canvas::{Anchor, Canvas, FOUND, OPEN, RULE, Scale, WIDTH, tick};
use crate::report::study::StudyReport;
use crate::study::results::{Test, test_id};

/// Most rows of a figure.
const MOST_ROWS: usize = 32;
const ROW: f64 = 15.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 40.0;
/// Where the names end and the plot begins.
const LEFT: f64 = 210.0;

/// A figure for each measure with intervals.
pub(super) fn figures(report: &StudyReport) -> Vec<Figure> {
    let mut measures: Vec<(&'static str, &'static str)> = Vec::new();
    for test in &report.findings.tests {
        let measure = (test.analysis, test.measure);
        if test.interval.is_some() && !measures.contains(&measure) {
            measures.push(measure);
        }
    }
    measures.into_iter().map(|(analysis, measure)| figure(report, analysis, measure)).collect()
}

fn figure(report: &StudyReport, analysis: &'static str, measure: &str) -> Figure {
    let rate = report.settings.rate;
    let mut tests: Vec<(usize, &Test)> = report
        .findings
        .tests
        .iter()
        .enumerate()
        .filter(|(_, test)| test.analysis == analysis && test.measure == measure)
        .filter(|(_, test)| test.interval.is_some() && test.difference.is_some())
        .collect();
    // What was found first; a figure that leaves rows out leaves out the weakest.
    tests.sort_by(|(_, one), (_, other)| {
        let size = |test: &Test| test.effect.map_or(0.0, f64::abs);
        other
            .is_discovery(rate)
            .cmp(&one.is_discovery(rate))
            .then(size(other).total_cmp(&size(one)))
    });
    let left_out = tests.len().saturating_sub(MOST_ROWS);
    tests.truncate(MOST_ROWS);
    let height = TOP + ROW * tests.len() as f64 + BOTTOM;
    let title = format!("{measure}: differences to the others with 95 % intervals");
    let mut canvas = Canvas::new(height, &title);
    let ends = tests.iter().filter_map(|(_, test)| test.interval).flat_map(|i| [i.low, i.high]);
    let scale = Scale::of(ends, LEFT + 10.0, WIDTH - 12.0);
    axis(&mut canvas, &scale, height, measure);
    for (place, &(number, test)) in tests.iter().enumerate() {
        row(&mut canvas, &scale, TOP + ROW * (place as f64 + 0.5), (number, test), rate);
    }
    if left_out > 0 {
        let note = format!("{left_out} smaller differences are in the table");
        canvas.text(4.0, height - 6.0, Anchor::Start, LEFT, &note);
    }
    let name = format!("{analysis}_{}", measure.replace(' ', "_"));
    Figure::new(&name, Some(analysis), &title, canvas)
}

fn axis(canvas: &mut Canvas, scale: &Scale, height: f64, measure: &str) {
    let bottom = height - BOTTOM + 4.0;
    for value in scale.ticks() {
        let x = scale.at(value);
        canvas.line((x, TOP - 4.0), (x, bottom), RULE, 0.5);
        canvas.text(x, bottom + 11.0, Anchor::Middle, 60.0, &tick(value));
    }
    let zero = scale.at(0.0);
    canvas.line((zero, TOP - 4.0), (zero, bottom), "#000000", 0.75);
    let middle = f64::midpoint(LEFT, WIDTH);
    canvas.text(middle, bottom + 24.0, Anchor::Middle, 260.0, &format!("difference in {measure}"));
    canvas.text(
        LEFT + 10.0,
        12.0,
        Anchor::Start,
        260.0,
        "filled: found at the false discovery rate",
    );
}

fn row(canvas: &mut Canvas, scale: &Scale, y: f64, (number, test): (usize, &Test), rate: f64) {
    let Some((difference, interval)) = test.difference.zip(test.interval) else { return };
    let subject =
        if test.subject.is_empty() { String::new() } else { format!("{}: ", test.subject) };
    let name = format!("{subject}{} – {}", test.group, test.against);
    canvas.text(LEFT, y + 3.0, Anchor::End, LEFT - 4.0, &name);
    let found = test.is_discovery(rate);
    let ink = if found { FOUND } else { OPEN };
    canvas.line((scale.at(interval.low), y), (scale.at(interval.high), y), ink, 1.2);
    let q = test.q.map_or_else(String::new, |q| format!(", q {q:.3}"));
    let says = format!("{name}: {difference:+.3} [{:+.3}, {:+.3}]{q}", interval.low, interval.high);
    canvas.dot((scale.at(difference), y), (ink, found), &says, &test_id(number));
}
