//! Progress on standard error, for people only.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use parallax::jobs::{Observer, Stage};

use super::terminal::Terminal;

/// A bar, where one would be seen and wanted.
fn bar(terminal: &Terminal) -> Option<ProgressBar> {
    terminal.wants_progress().then(|| {
        let bar = ProgressBar::new(0);
        // Short jobs end before a bar would do anything but flicker.
        bar.set_draw_target(indicatif::ProgressDrawTarget::stderr_with_hz(8));
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    })
}

/// Shows how many bytes of a download are there.
pub(crate) struct BytesBar(Option<ProgressBar>);

impl BytesBar {
    /// A display for one download.
    pub(crate) fn new(terminal: &Terminal) -> Self {
        const TEMPLATE: &str = "{bar:30} {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left";
        let bar = bar(terminal);
        if let (Some(bar), Ok(style)) = (&bar, ProgressStyle::with_template(TEMPLATE)) {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// So many bytes of all are there.
    pub(crate) fn show(&mut self, done: u64, all: u64) {
        if let Some(bar) = &self.0 {
            bar.set_length(all);
            bar.set_position(done);
        }
    }
}

impl Drop for BytesBar {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

/// Shows the stages of a job as a bar, or as timed lines with `--verbose`, or not at all.
pub(crate) struct Progress<'t> {
    terminal: &'t Terminal,
    bar: Option<ProgressBar>,
    stage: Option<(Stage, Instant)>,
}

impl<'t> Progress<'t> {
    /// A display for one job.
    pub(crate) fn new(terminal: &'t Terminal) -> Self {
        Self { terminal, bar: bar(terminal), stage: None }
    }

    /// Shows that a stage begins: with what is done, how fast and how long it still takes where its length is known.
    fn begin(&self, total: usize) {
        const COUNTED: &str = "{msg:10} {bar:30} {pos}/{len}  {per_sec}  {eta} left";
        const UNKNOWN: &str = "{msg:10} {spinner} {elapsed}";
        if let Some(bar) = &self.bar {
            let template = if total > 1 { COUNTED } else { UNKNOWN };
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style.with_key("per_sec", rate));
            }
            bar.reset();
        }
    }

    fn finish_stage(&mut self) {
        if let Some((stage, start)) = self.stage.take() {
            let seconds = start.elapsed().as_secs_f64();
            self.terminal.detail(&format!("{} took {seconds:.3} s", stage.name()));
        }
    }
}

impl Observer for Progress<'_> {
    fn progress(&mut self, stage: Stage, done: usize, total: usize) -> parallax::Result<()> {
        if self.stage.is_none_or(|(current, _)| current != stage) {
            self.finish_stage();
            self.stage = Some((stage, Instant::now()));
            self.begin(total);
        } else if self.bar.as_ref().is_some_and(|bar| bar.length() != Some(total as u64)) {
            // How long a stage is may turn out only once it has begun.
            self.begin(total);
        }
        if let Some(bar) = &self.bar {
            bar.set_message(stage.name());
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        }
        Ok(())
    }
}

/// How many units a second are done.
fn rate(state: &ProgressState, output: &mut dyn std::fmt::Write) {
    // A line of a terminal that cannot be written is not missed.
    let _ = write!(output, "{:.0}/s", state.per_sec());
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.finish_stage();
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
