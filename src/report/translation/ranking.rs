//! Which of several translations is better (schema `parallax.ranking/1`), and its writers.

use std::io::{self, Write};

use serde::Serialize;

use super::rounded;
use super::summary::Counts;
use crate::report::json::write_indented;
use crate::report::page::{BOLD, DIM, PLAIN, Page};
use crate::report::sanitise::{csv, printable};
use crate::report::selection::{count, percent};
use crate::report::{Layout, Tool};
use crate::translation::ranking::{Ranking, SIGNIFICANT};

/// Name and version of the JSON form.
const SCHEMA: &str = "parallax.ranking/1";

/// Several translations of one source, compared.
#[derive(Debug, Clone, Serialize)]
pub struct RankingReport {
    schema: &'static str,
    tool: Tool,
    /// The file of the source.
    source: String,
    /// Segments that all translations have and that were compared.
    segments: usize,
    /// Segments that some translations have and others do not.
    left_out: usize,
    ranking: Vec<PlaceEntry>,
    comparisons: Vec<ComparisonEntry>,
}

#[derive(Debug, Clone, Serialize)]
struct PlaceEntry {
    rank: usize,
    file: String,
    score: f32,
    interval: [f32; 2],
    findings: Counts,
}

#[derive(Debug, Clone, Serialize)]
struct ComparisonEntry {
    better: String,
    worse: String,
    difference: f32,
    interval: [f32; 2],
    p: f32,
    significant: bool,
}

/// A translation that is compared.
#[derive(Debug, Clone)]
pub struct Contender {
    /// Its file.
    pub file: String,
    /// What was found in it.
    pub findings: Counts,
}

impl RankingReport {
    /// The report on a ranking; `contenders` in the order of its numbers, `segments` are those compared and those not.
    pub fn new(
        tool: Tool,
        source: String,
        contenders: &[Contender],
        segments: (usize, usize),
        ranking: &Ranking,
    ) -> Self {
        let file = |number: usize| contenders[number].file.clone();
        let places = ranking.places.iter().map(|place| PlaceEntry {
            rank: place.rank,
            file: file(place.translation),
            score: rounded(place.mean),
            interval: place.interval.map(rounded),
            findings: contenders[place.translation].findings,
        });
        let comparisons = ranking.comparisons.iter().map(|comparison| ComparisonEntry {
            better: file(comparison.better),
            worse: file(comparison.worse),
            difference: rounded(comparison.difference),
            interval: comparison.interval.map(rounded),
            p: rounded(comparison.p),
            significant: comparison.p < SIGNIFICANT,
        });
        Self {
            schema: SCHEMA,
            tool,
            source,
            segments: segments.0,
            left_out: segments.1,
            ranking: places.collect(),
            comparisons: comparisons.collect(),
        }
    }
}

/// A format for rankings: a row of [`RANKING_FORMATS`].
pub struct RankingFormat {
    /// The name given to `--format`.
    pub name: &'static str,
    /// File endings that select it.
    pub endings: &'static [&'static str],
    /// Writes a ranking.
    pub write: fn(&RankingReport, &Layout, &mut dyn Write) -> io::Result<()>,
}

/// The formats of rankings.
pub const RANKING_FORMATS: &[RankingFormat] = &[
    RankingFormat { name: "terminal", endings: &[], write: terminal },
    RankingFormat { name: "json", endings: &["json"], write: json },
    RankingFormat { name: "csv", endings: &["csv"], write: table },
];

fn json(report: &RankingReport, _layout: &Layout, output: &mut dyn Write) -> io::Result<()> {
    write_indented(report, output)
}

fn table(report: &RankingReport, _layout: &Layout, output: &mut dyn Write) -> io::Result<()> {
    let columns = "rank,file,score,low,high,critical,major,minor,info";
    write!(output, "{columns}\r\n")?;
    for place in &report.ranking {
        let Counts { critical, major, minor, info } = place.findings;
        let [low, high] = place.interval;
        write!(
            output,
            "{},{},{},{low},{high},{critical},{major},{minor},{info}\r\n",
            place.rank,
            csv(&place.file),
            place.score
        )?;
    }
    Ok(())
}

fn terminal(report: &RankingReport, layout: &Layout, output: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(layout, output);
    let name = page.paint(BOLD, "parallax");
    page.wrapped(&format!("{name}  "), "          ", PLAIN, &report.source)?;
    page.line("")?;
    for place in &report.ranking {
        let [low, high] = place.interval.map(percent);
        let rank = page.paint(BOLD, place.rank);
        let score = format!("{} ({low} to {high})", percent(place.score));
        page.line(&format!("{rank}  {score:<22}  {}", printable(&place.file)))?;
        let found = place.findings.by_severity().into_iter().filter(|(_, count)| *count > 0);
        let found: Vec<String> =
            found.map(|(severity, count)| format!("{count} {}", severity.name())).collect();
        let found = if found.is_empty() { "none".to_owned() } else { found.join(", ") };
        page.wrapped("   ", "   ", DIM, &format!("findings: {found}"))?;
    }
    page.heading("Differences")?;
    for comparison in &report.comparisons {
        let [low, high] = comparison.interval.map(points);
        let verdict = if comparison.significant { "better" } else { "not surely better" };
        page.wrapped(
            "",
            "   ",
            PLAIN,
            &format!(
                "{} is {verdict} than {}: {} points ({low} to {high}), {}",
                comparison.better,
                comparison.worse,
                points(comparison.difference),
                probability(comparison.p)
            ),
        )?;
    }
    page.line("")?;
    let mut told = format!("{} compared", count(report.segments, "segment", "segments"));
    if report.left_out > 0 {
        told.push_str(&format!(", {} that not all have", report.left_out));
    }
    page.wrapped("", "  ", DIM, &format!("{told}; paired bootstrap, p values after Holm"))
}

/// A difference of scores in hundredths.
fn points(difference: f32) -> String {
    format!("{:+.1}", 100.0 * difference)
}

fn probability(p: f32) -> String {
    if p < 0.001 { "p < 0.001".to_owned() } else { format!("p = {p:.3}") }
}
