//! Recall and precision of planted changes as rows of the table.

use crate::Row;

/// Recall and precision of planted changes, as rows: how many were planted, how many of them were found, and how many
/// alarms were about something else. None where nothing was planted.
pub(crate) fn recall_and_precision(
    section: &'static str,
    name: &str,
    [planted, found, false_alarms]: [usize; 3],
) -> Vec<Row> {
    if planted == 0 {
        return Vec::new();
    }
    let row = |what: &str, whole: usize| Row {
        section,
        name: format!("{name} {what}"),
        value: 100.0 * found as f64 / whole.max(1) as f64,
        unit: "%",
    };
    vec![row("recall", planted), row("precision", found + false_alarms)]
}
