//! The time that a bench had of the processors, which is the same however busy the machine is with other work.

/// Ticks of the system's clock in a second, as Linux tells them to all programs.
const TICKS: f64 = 100.0;

/// Seconds that this process has computed on all processors together, where the system tells it.
pub(crate) fn processor_seconds() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program stands in parentheses and may hold blanks.
    let fields: Vec<&str> = status.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |field: usize| fields.get(field)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / TICKS)
}
