//! The reliability of codings, and its writers: terminal, JSON, CSV.

use std::io::{self, Write};

use serde::Serialize;

use super::page::{BOLD, DIM, Page, pad};
use super::sanitise::printable;
use super::{Layout, json, tables};
use crate::study::codings::CodeTable;
use crate::study::reliability::{ReliabilityOptions, VariableReliability, verdict};
use crate::study::table::{Cell, Column, Table, integer, real, text};
use crate::study::tuning::{Fit, Quality};

/// Name and version of the JSON form.
pub const SCHEMA: &str = "parallax.reliability/1";

/// How reliable the codes of a table are.
#[derive(Debug, Clone, Serialize)]
pub struct ReliabilityReport {
    /// Always [`SCHEMA`].
    pub schema: &'static str,
    /// The table as the user named it.
    pub source: String,
    /// The coders.
    pub coders: Vec<String>,
    /// Number of units.
    pub units: usize,
    /// Seed of the draws.
    pub seed: u64,
    /// Draws for each interval.
    pub draws: usize,
    /// Each variable.
    pub variables: Vec<VariableEntry>,
    /// The threshold that fits the codes of a sheet best.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold: Option<FitEntry>,
    /// Remarks on records that were not used.
    pub notes: Vec<String>,
}

/// A threshold fitted to codes.
#[derive(Debug, Clone, Serialize)]
pub struct FitEntry {
    /// Pairs on which most coders agree.
    pub units: usize,
    /// How well the threshold in force does.
    pub current: Option<Quality>,
    /// How well the best one does.
    pub best: Option<Quality>,
    /// Lower end of the 95 % interval of the best threshold.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The reliability of one variable.
#[derive(Debug, Clone, Serialize)]
pub struct VariableEntry {
    /// Its name.
    pub name: String,
    /// `nominal`, `ordinal`, `interval` or `ratio`.
    pub level: &'static str,
    /// Units with a code.
    pub units: usize,
    /// Units with two codes or more.
    pub pairable_units: usize,
    /// Codes given.
    pub codes: usize,
    /// Codes missing.
    pub missing: usize,
    /// Values that occur.
    pub values: usize,
    /// Krippendorff's alpha.
    pub alpha: Option<f64>,
    /// Lower end of its 95 % interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// What it allows by the customary limits.
    pub verdict: Option<&'static str>,
    /// Why a figure is not there.
    pub reason: Option<String>,
    /// Share of pairs of codes that are the same.
    pub agreement: Option<f64>,
    /// Every two coders.
    pub pairs: Vec<PairEntry>,
}

/// Two coders.
#[derive(Debug, Clone, Serialize)]
pub struct PairEntry {
    /// The one.
    pub one: String,
    /// The other.
    pub other: String,
    /// Units both coded.
    pub units: usize,
    /// Share coded alike.
    pub agreement: Option<f64>,
    /// Cohen's kappa; with squared weights where the values have an order.
    pub kappa: Option<f64>,
}

impl ReliabilityReport {
    /// The report on a table.
    pub fn new(
        source: &str,
        table: &CodeTable,
        variables: &[VariableReliability],
        options: &ReliabilityOptions,
    ) -> Self {
        Self {
            schema: SCHEMA,
            source: source.to_owned(),
            coders: table.coders.clone(),
            units: table.units.len(),
            seed: options.seed,
            draws: options.draws,
            variables: variables.iter().map(VariableEntry::new).collect(),
            threshold: None,
            notes: table.notes.clone(),
        }
    }

    /// The same report with a threshold, or why there is none.
    pub fn with_fit(self, fit: Option<Result<Fit, String>>) -> Self {
        let entry = |fit: Result<Fit, String>| match fit {
            Ok(fit) => FitEntry {
                units: fit.units,
                current: Some(fit.current),
                best: Some(fit.best),
                low: fit.interval.map(|interval| interval.low),
                high: fit.interval.map(|interval| interval.high),
                reason: None,
            },
            Err(reason) => FitEntry {
                units: 0,
                current: None,
                best: None,
                low: None,
                high: None,
                reason: Some(reason),
            },
        };
        Self { threshold: fit.map(entry), ..self }
    }
}

impl VariableEntry {
    fn new(found: &VariableReliability) -> Self {
        let pairs = found.pairs.iter().map(|pair| PairEntry {
            one: pair.one.clone(),
            other: pair.other.clone(),
            units: pair.kappa.map_or(0, |kappa| kappa.units),
            agreement: pair.kappa.map(|kappa| kappa.agreement),
            kappa: pair.kappa.and_then(|kappa| kappa.kappa),
        });
        Self {
            name: found.name.clone(),
            level: found.level.name(),
            units: found.units,
            pairable_units: found.pairable,
            codes: found.codes,
            missing: found.missing,
            values: found.values,
            alpha: found.alpha,
            low: found.interval.map(|interval| interval.low),
            high: found.interval.map(|interval| interval.high),
            verdict: found.alpha.map(verdict),
            reason: found.reason.clone(),
            agreement: found.agreement,
            pairs: pairs.collect(),
        }
    }
}

/// A format of the report: a row of [`FORMATS`].
pub struct Format {
    /// The name given to `--format`.
    pub name: &'static str,
    /// File endings that select it.
    pub endings: &'static [&'static str],
    /// What it is for.
    pub summary: &'static str,
    /// Writes the report.
    pub write: fn(&ReliabilityReport, &Layout, &mut dyn Write) -> io::Result<()>,
}

/// The formats. Adding one is a function and a row here.
pub const FORMATS: &[Format] = &[
    Format { name: "terminal", endings: &["txt"], summary: "To read", write: write_terminal },
    Format {
        name: "json",
        endings: &["json"],
        summary: "Everything, for programs",
        write: write_json,
    },
    Format {
        name: "csv",
        endings: &["csv"],
        summary: "A row for each variable and each two coders",
        write: write_csv,
    },
];

fn write_json(
    report: &ReliabilityReport,
    _layout: &Layout,
    output: &mut dyn Write,
) -> io::Result<()> {
    json::write_indented(report, output)
}

const COLUMNS: [Column; 11] = [
    text("variable", "Name of the variable"),
    text("level", "Level of measurement"),
    text("coder", "One coder; blank for all coders together"),
    text("other_coder", "The other coder"),
    integer("units", "Units coded by two coders or more"),
    text("measure", "alpha (Krippendorff) or kappa (Cohen)"),
    real("value", "Value of the measure"),
    real("low", "Lower end of the 95 % interval"),
    real("high", "Upper end of the 95 % interval"),
    real("agreement", "Share of pairs of codes that are the same"),
    text("reason", "Why a figure is missing"),
];

fn write_csv(
    report: &ReliabilityReport,
    _layout: &Layout,
    output: &mut dyn Write,
) -> io::Result<()> {
    let mut table = Table::new("reliability", "Agreement of coders on a variable", &COLUMNS);
    for variable in &report.variables {
        let head = || [Cell::from(variable.name.as_str()), Cell::from(variable.level)];
        let mut row = Vec::from(head());
        row.extend([Cell::Blank, Cell::Blank, variable.pairable_units.into(), "alpha".into()]);
        row.extend([variable.alpha, variable.low, variable.high].map(Cell::from));
        row.extend([variable.agreement.into(), variable.reason.clone().into()]);
        table.push(row);
        for pair in &variable.pairs {
            let mut row = Vec::from(head());
            row.extend([pair.one.as_str(), pair.other.as_str()].map(Cell::from));
            row.extend([pair.units.into(), "kappa".into(), pair.kappa.into()]);
            row.extend([Cell::Blank, Cell::Blank, pair.agreement.into(), Cell::Blank]);
            table.push(row);
        }
    }
    tables::write_csv(&table, output)
}

fn write_terminal(
    report: &ReliabilityReport,
    layout: &Layout,
    output: &mut dyn Write,
) -> io::Result<()> {
    let mut page = Page::new(layout, output);
    let summary = format!(
        "{}: {} units, {} coders",
        printable(&report.source),
        report.units,
        report.coders.len()
    );
    let name = page.paint(BOLD, "reliability");
    page.line(&format!("{name}  {summary}"))?;
    for variable in &report.variables {
        let name = if variable.name.is_empty() { "codes" } else { &variable.name };
        page.heading(&format!("{} ({})", printable(name), variable.level))?;
        for line in variable_lines(variable) {
            page.line(&format!("  {line}"))?;
        }
        for pair in &variable.pairs {
            let coders = format!("{} – {}", printable(&pair.one), printable(&pair.other));
            let kappa = figure(pair.kappa);
            let percent = share(pair.agreement);
            page.line(&format!(
                "  {}  κ {}  agreement {}  units {}",
                pad(&coders, 28),
                pad(&kappa, 6),
                pad(&percent, 7),
                pair.units
            ))?;
        }
    }
    if let Some(fit) = &report.threshold {
        page.heading("threshold")?;
        threshold_lines(fit).iter().try_for_each(|line| page.line(&format!("  {line}")))?;
    }
    page.heading("How to read this")?;
    for line in LEGEND {
        page.wrapped("  ", "  ", DIM, line)?;
    }
    Ok(())
}

const LEGEND: [&str; 2] = [
    "α is 1 where coders agree and 0 where they do as chance would; from .800 on codings are customarily relied \
     upon, from .667 on tentatively. The interval comes from drawing units with replacement.",
    "κ is Cohen's kappa; where the values have an order, disagreements weigh by the square of their distance.",
];

fn variable_lines(variable: &VariableEntry) -> Vec<String> {
    let mut lines = Vec::new();
    match (variable.alpha, variable.low, variable.high) {
        (Some(alpha), Some(low), Some(high)) => lines.push(format!(
            "α {alpha:.3}  95 % interval {low:.3} to {high:.3}  {}",
            variable.verdict.unwrap_or_default()
        )),
        (Some(alpha), _, _) => {
            lines.push(format!("α {alpha:.3}  {}", variable.verdict.unwrap_or_default()));
        }
        _ => {}
    }
    if let Some(reason) = &variable.reason {
        let what = if variable.alpha.is_some() { "no interval" } else { "no α" };
        lines.push(format!("{what}: {}", printable(reason)));
    }
    lines.push(format!(
        "{} codes of {} units, {} missing; {} units with two codes or more; agreement {}",
        variable.codes,
        variable.units,
        variable.missing,
        variable.pairable_units,
        share(variable.agreement)
    ));
    lines
}

fn threshold_lines(fit: &FitEntry) -> Vec<String> {
    let (Some(current), Some(best)) = (&fit.current, &fit.best) else {
        return vec![printable(fit.reason.as_deref().unwrap_or_default())];
    };
    let told = |name: &str, quality: &Quality| {
        format!(
            "{}  {:.2}  precision {:.3}  recall {:.3}  F1 {:.3}",
            pad(name, 8),
            quality.threshold,
            quality.precision,
            quality.recall,
            quality.f1
        )
    };
    let mut lines = vec![told("in force", current), told("best", best)];
    if let (Some(low), Some(high)) = (fit.low, fit.high) {
        lines.push(format!(
            "95 % interval of the best {low:.2} to {high:.2}, from {} pairs",
            fit.units
        ));
    }
    lines
}

fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"))
}

fn share(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{:.1} %", value * 100.0))
}
