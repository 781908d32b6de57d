//! Bars of shares: what each group calls a referent, and whom it lets speak.

use super::Figure;
use super::canvas::{Anchor, Canvas, WIDTH};
use crate::report::study::StudyReport;
use crate::study::table::{Cell, Table};

/// Most referents and groups that are shown.
const MOST_REFERENTS: usize = 12;
const MOST_GROUPS: usize = 8;
/// Inks of the parts of a bar, told apart in grey too.
const INKS: [&str; 6] = ["#1b4f8f", "#a9c6e6", "#5d5d5d", "#d9d9d9", "#6b9bd1", "#f2f2f2"];
const BAR: f64 = 15.0;
const LEFT: f64 = 130.0;
const HEAD: f64 = 18.0;
const GAP: f64 = 8.0;
const LEGEND_ROW: f64 = 11.0;

/// A bar: a group, how much was counted in it, and its parts with their shares.
struct Bar {
    group: String,
    counted: usize,
    parts: Vec<(String, f64)>,
}

/// The figures that there is data for.
pub(super) fn figures(report: &StudyReport) -> Vec<Figure> {
    let mut figures = Vec::new();
    let blocks = names(report);
    if !blocks.is_empty() {
        let title = "Names of referents by group: mean share in articles that name them";
        figures.push(figure("naming_bars", "naming", title, &blocks));
    }
    if let Some(bars) = sources(report) {
        let title = "Kinds of sources by group: share of attributions";
        figures.push(figure("attribution_bars", "attribution", title, &[(String::new(), bars)]));
    }
    figures
}

fn table<'r>(report: &'r StudyReport, name: &str) -> Option<&'r Table> {
    report.findings.tables.iter().find(|table| table.name == name)
}

fn column(table: &Table, name: &str) -> usize {
    table.columns.iter().position(|column| column.name == name).unwrap_or(0)
}

fn words(cell: &Cell) -> &str {
    if let Cell::Text(text) = cell { text } else { "" }
}

fn whole(cell: &Cell) -> usize {
    if let Cell::Integer(number) = cell { usize::try_from(*number).unwrap_or(0) } else { 0 }
}

/// Referents with a bar for each group; those in which groups were found to differ first, then the commonest.
fn names(report: &StudyReport) -> Vec<(String, Vec<Bar>)> {
    let Some(table) = table(report, "naming") else { return Vec::new() };
    let [referent, name, group, naming, share] =
        ["referent", "name", "group", "articles_naming", "share"].map(|name| column(table, name));
    let mut blocks: Vec<(String, Vec<Bar>)> = Vec::new();
    for row in &table.rows {
        let Cell::Real(share) = row[share] else { continue };
        let (referent, group) = (words(&row[referent]), words(&row[group]));
        if blocks.last().is_none_or(|(last, _)| last != referent) {
            blocks.push((referent.to_owned(), Vec::new()));
        }
        let Some((_, bars)) = blocks.last_mut() else { continue };
        if bars.last().is_none_or(|bar| bar.group != group) {
            let counted = whole(&row[naming]);
            bars.push(Bar { group: group.to_owned(), counted, parts: Vec::new() });
        }
        if let Some(bar) = bars.last_mut() {
            bar.parts.push((words(&row[name]).to_owned(), share));
        }
    }
    blocks.retain(|(_, bars)| bars.len() > 1);
    let found = |referent: &str| {
        let tests = report.discoveries();
        tests.iter().any(|t| t.analysis == "naming" && t.subject.starts_with(referent))
    };
    let counted = |bars: &[Bar]| bars.iter().map(|bar| bar.counted).sum::<usize>();
    blocks.sort_by_key(|(name, bars)| std::cmp::Reverse((found(name), counted(bars))));
    blocks.truncate(MOST_REFERENTS);
    blocks.iter_mut().for_each(|(_, bars)| bars.truncate(MOST_GROUPS));
    blocks
}

/// Attributions of each group by kind of source.
fn sources(report: &StudyReport) -> Option<Vec<Bar>> {
    const KINDS: [&str; 5] = ["named", "official", "media", "anonymous", "nobody"];
    let table = table(report, "attribution")?;
    let (group, kinds) = (column(table, "group"), KINDS.map(|kind| column(table, kind)));
    let bars: Vec<Bar> = report
        .sample
        .groups
        .iter()
        .take(MOST_GROUPS)
        .filter_map(|name| {
            let own = table.rows.iter().filter(|row| words(&row[group]) == name);
            let mut counts = [0; KINDS.len()];
            for row in own {
                counts.iter_mut().zip(kinds).for_each(|(count, kind)| *count += whole(&row[kind]));
            }
            let counted: usize = counts.iter().sum();
            let share = |count: usize| count as f64 / counted as f64;
            let parts = KINDS.iter().zip(counts).map(|(kind, n)| ((*kind).to_owned(), share(n)));
            (counted > 0).then(|| Bar { group: name.clone(), counted, parts: parts.collect() })
        })
        .collect();
    (bars.len() > 1).then_some(bars)
}

fn figure(
    name: &'static str,
    analysis: &'static str,
    title: &str,
    blocks: &[(String, Vec<Bar>)],
) -> Figure {
    let bars: usize = blocks.iter().map(|(_, bars)| bars.len()).sum();
    let rows: f64 = blocks.iter().map(|(_, bars)| legend_rows(bars)).sum();
    let heads = blocks.iter().filter(|(heading, _)| !heading.is_empty()).count() as f64;
    let height = 8.0
        + heads * (HEAD - 4.0)
        + bars as f64 * BAR
        + rows * LEGEND_ROW
        + blocks.len() as f64 * (3.0 + GAP);
    let mut canvas = Canvas::new(height, title);
    let mut y = 4.0;
    for (heading, bars) in blocks {
        canvas.text(4.0, y + 10.0, Anchor::Start, WIDTH - 8.0, heading);
        y += if heading.is_empty() { 0.0 } else { HEAD - 4.0 };
        for bar in bars {
            draw(&mut canvas, bar, y);
            y += BAR;
        }
        y = legend(&mut canvas, bars, y + 3.0) + GAP;
    }
    Figure::new(name, Some(analysis), title, canvas)
}

fn draw(canvas: &mut Canvas, bar: &Bar, y: f64) {
    let (room, height) = (WIDTH - LEFT - 46.0, BAR - 3.0);
    canvas.text(LEFT - 6.0, y + 9.5, Anchor::End, LEFT - 10.0, &bar.group);
    let mut x = LEFT;
    for (number, (label, share)) in bar.parts.iter().enumerate() {
        let width = room * share;
        let ink = INKS[number % INKS.len()];
        if width > 0.0 {
            let says = format!("{}, {label}: {:.0} %", bar.group, share * 100.0);
            canvas.framed((x, y), (width, height), ink, &says);
        }
        x += width;
    }
    canvas.text(LEFT + room + 5.0, y + 9.5, Anchor::Start, 44.0, &format!("n {}", bar.counted));
}

/// Where the parts of a legend stand: across, and on which row.
fn legend_places(bars: &[Bar]) -> Vec<(f64, usize, String)> {
    let parts = bars.first().map_or(&[][..], |bar| &bar.parts);
    let (mut x, mut row) = (LEFT, 0);
    let mut places = Vec::new();
    for (label, _) in parts {
        let shown: String = label.chars().take(34).collect();
        let wide = 18.0 + 4.9 * shown.chars().count() as f64;
        if x + wide > WIDTH && x > LEFT {
            (x, row) = (LEFT, row + 1);
        }
        places.push((x, row, shown));
        x += wide;
    }
    places
}

fn legend_rows(bars: &[Bar]) -> f64 {
    legend_places(bars).last().map_or(0.0, |(_, row, _)| (row + 1) as f64)
}

/// Which ink stands for what; the height below it.
fn legend(canvas: &mut Canvas, bars: &[Bar], y: f64) -> f64 {
    for (number, (x, row, label)) in legend_places(bars).iter().enumerate() {
        let y = y + LEGEND_ROW * *row as f64;
        canvas.framed((*x, y), (8.0, 8.0), INKS[number % INKS.len()], label);
        canvas.text(x + 11.0, y + 7.5, Anchor::Start, 180.0, label);
    }
    y + LEGEND_ROW * legend_rows(bars)
}
