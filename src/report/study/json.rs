//! The study as JSON: corpus, settings, analyses, tests, and which tables there are.

use std::io::{self, Write};

use serde::Serialize;

use super::{AnalysisEntry, CorpusSummary, SCHEMA, ShownPassage, StudyReport};
use crate::report::{NoteEntry, SkippedEntry, Tool, json};
use crate::study::results::{Test, test_id};
use crate::study::table::Table;

#[derive(Serialize)]
struct StudyEntry<'r> {
    schema: &'static str,
    tool: &'r Tool,
    corpus: &'r CorpusSummary,
    settings: SettingsEntry,
    analyses: &'r [AnalysisEntry],
    tests: Vec<TestEntry<'r>>,
    tables: Vec<TableEntry>,
    remarks: &'r [String],
    notes: &'r [NoteEntry],
    skipped: &'r [SkippedEntry],
}

#[derive(Serialize)]
struct SettingsEntry {
    seed: u64,
    shuffles: usize,
    replicates: usize,
    confidence: f64,
    false_discovery_rate: f64,
    least_events: usize,
    most_subjects: usize,
    least_probability: f32,
}

#[derive(Serialize)]
struct TestEntry<'r> {
    test: String,
    analysis: &'static str,
    measure: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    subject: &'r str,
    group: &'r str,
    against: &'r str,
    group_value: Option<f64>,
    others_value: Option<f64>,
    difference: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    effect_name: &'static str,
    effect: Option<f64>,
    p: Option<f64>,
    q: Option<f64>,
    q_analysis: Option<f64>,
    events: usize,
    n_group: usize,
    n_others: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'r str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    passages: &'r [ShownPassage],
}

#[derive(Serialize)]
struct TableEntry {
    name: &'static str,
    description: &'static str,
    rows: usize,
    columns: Vec<ColumnEntry>,
}

#[derive(Serialize)]
struct ColumnEntry {
    name: &'static str,
    kind: &'static str,
    description: &'static str,
}

/// Writes the study.
pub(super) fn write(
    report: &StudyReport,
    tables: &[&Table],
    output: &mut dyn Write,
) -> io::Result<()> {
    let settings = &report.settings;
    let entry = StudyEntry {
        schema: SCHEMA,
        tool: &report.tool,
        corpus: &report.corpus,
        settings: SettingsEntry {
            seed: settings.inference.seed,
            shuffles: settings.inference.shuffles,
            replicates: settings.inference.bootstrap.replicates,
            confidence: settings.inference.bootstrap.level,
            false_discovery_rate: settings.rate,
            least_events: settings.least_events,
            most_subjects: settings.most_subjects,
            least_probability: report.least_probability,
        },
        analyses: &report.analyses,
        tests: report
            .findings
            .tests
            .iter()
            .enumerate()
            .map(|(n, test)| entry_of(report, n, test))
            .collect(),
        tables: tables.iter().map(|table| table_entry(table)).collect(),
        remarks: &report.findings.notes,
        notes: &report.notes,
        skipped: &report.skipped,
    };
    json::write_indented(&entry, output)
}

fn entry_of<'r>(report: &'r StudyReport, number: usize, test: &'r Test) -> TestEntry<'r> {
    TestEntry {
        test: test_id(number),
        analysis: test.analysis,
        measure: test.measure,
        subject: &test.subject,
        group: &test.group,
        against: &test.against,
        group_value: test.group_value,
        others_value: test.others_value,
        difference: test.difference,
        low: test.interval.map(|interval| interval.low),
        high: test.interval.map(|interval| interval.high),
        effect_name: test.effect_name,
        effect: test.effect,
        p: test.p,
        q: test.q,
        q_analysis: test.q_analysis,
        events: test.events,
        n_group: test.group_count,
        n_others: test.others_count,
        reason: test.reason.as_deref(),
        passages: report.passages.get(&number).map_or(&[], Vec::as_slice),
    }
}

fn table_entry(table: &Table) -> TableEntry {
    let columns = table.columns.iter().map(|column| ColumnEntry {
        name: column.name,
        kind: column.kind.name(),
        description: column.description,
    });
    TableEntry {
        name: table.name,
        description: table.description,
        rows: table.rows.len(),
        columns: columns.collect(),
    }
}
