//! The axis plot: where each group stands between the poles of the axes of framing.

use std::collections::BTreeMap;

use super::Figure;
use super::canvas::{Anchor, Canvas, FOUND, OPEN, RULE, Scale, WIDTH, tick};
use crate::report::study::StudyReport;
use crate::study::table::Cell;

/// Most groups that are told apart.
const MOST_GROUPS: usize = 8;
const ROW: f64 = 20.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 34.0;
/// Room for the name of a pole on each side.
const SIDE: f64 = 110.0;

/// Mean places of the groups on an axis.
struct Row {
    axis: String,
    low: String,
    high: String,
    means: Vec<Option<f64>>,
}

/// The plot; none where articles of fewer than two groups were placed.
pub(super) fn figure(report: &StudyReport) -> Option<Figure> {
    let groups = &report.sample.groups[..report.sample.groups.len().min(MOST_GROUPS)];
    let rows = rows(report, groups)?;
    if groups.len() < 2 || rows.is_empty() {
        return None;
    }
    let title = "Places of the groups on axes of framing: means of their articles";
    let height = TOP + ROW * rows.len() as f64 + BOTTOM;
    let mut canvas = Canvas::new(height, title);
    let all = rows.iter().flat_map(|row| row.means.iter().copied().flatten());
    // As far on one side as on the other.
    let far = all.fold(0.05_f64, |far, mean| far.max(mean.abs()));
    let scale = Scale::of([-far, far].into_iter(), SIDE, WIDTH - SIDE);
    legend(&mut canvas, groups);
    let bottom = TOP + ROW * rows.len() as f64;
    for value in scale.ticks() {
        canvas.line((scale.at(value), TOP), (scale.at(value), bottom), RULE, 0.5);
        canvas.text(scale.at(value), bottom + 11.0, Anchor::Middle, 60.0, &tick(value));
    }
    let middle = scale.at(0.0);
    canvas.line((middle, TOP), (middle, bottom), "#000000", 0.75);
    let unit = "standard deviations of sentences of the language";
    canvas.text(WIDTH / 2.0, bottom + 24.0, Anchor::Middle, 300.0, unit);
    for (number, row) in rows.iter().enumerate() {
        let y = TOP + ROW * (number as f64 + 0.5);
        canvas.text(SIDE - 6.0, y + 3.0, Anchor::End, SIDE - 8.0, &row.low);
        canvas.text(WIDTH - SIDE + 6.0, y + 3.0, Anchor::Start, SIDE - 8.0, &row.high);
        canvas.line((SIDE, y), (WIDTH - SIDE, y), RULE, 0.5);
        for (group, mean) in row.means.iter().enumerate() {
            let Some(mean) = mean else { continue };
            let says = format!("{}, {}: {mean:+.3}", groups[group], row.axis);
            canvas.mark((scale.at(*mean), y), group, ink(group), &says);
        }
    }
    Some(Figure::new("framing_axes", Some("framing"), title, canvas))
}

fn ink(group: usize) -> &'static str {
    if group.is_multiple_of(2) { FOUND } else { OPEN }
}

fn legend(canvas: &mut Canvas, groups: &[String]) {
    let room = (WIDTH - 8.0) / groups.len() as f64;
    for (group, name) in groups.iter().enumerate() {
        let x = 8.0 + room * group as f64;
        canvas.mark((x, 11.0), group, ink(group), name);
        canvas.text(x + 7.0, 14.0, Anchor::Start, room - 12.0, name);
    }
}

/// The means by axis, from the table of places; the axes without poles to name are left out.
fn rows(report: &StudyReport, groups: &[String]) -> Option<Vec<Row>> {
    let table = report.findings.tables.iter().find(|table| table.name == "framing")?;
    let column = |name: &str| table.columns.iter().position(|column| column.name == name);
    let (axis, group, place) = (column("axis")?, column("group")?, column("place")?);
    let number: BTreeMap<&str, usize> =
        groups.iter().enumerate().map(|(index, name)| (name.as_str(), index)).collect();
    let mut sums: BTreeMap<&str, Vec<(f64, usize)>> = BTreeMap::new();
    for row in &table.rows {
        let (Cell::Text(axis), Cell::Text(group), Cell::Real(place)) =
            (&row[axis], &row[group], &row[place])
        else {
            continue;
        };
        let Some(&group) = number.get(group.as_str()) else { continue };
        let sum = &mut sums.entry(axis).or_insert_with(|| vec![(0.0, 0); groups.len()])[group];
        *sum = (sum.0 + place, sum.1 + 1);
    }
    let rows = report.axes.iter().filter_map(|axis| {
        let means = sums.get(axis.name.as_str())?.iter();
        Some(Row {
            axis: axis.name.clone(),
            low: axis.low.clone(),
            high: axis.high.clone(),
            means: means.map(|&(sum, n)| (n > 0).then(|| sum / n as f64)).collect(),
        })
    });
    Some(rows.collect())
}
