//! What is computed for requests: one job at a time, each within the time allowed.

use std::fmt::Display;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, PoisonError};
use std::thread;
use std::time::Instant;

use parallax::error::{Error, Result as JobResult};
use parallax::jobs::check::{self, Outcome, Reader};
use parallax::jobs::compare::compare;
use parallax::jobs::{Observer, Stage};
use parallax::report::translation::{self, CheckedOptions, Head, Summary};
use parallax::report::{self, Layout, Report, Tool};
use parallax::translation::Checked;
use parallax::translation::read::Problem;
use serde::Serialize;

use super::answers::error;
use super::asked::{self, Check, Texts};
use super::http::{Answer, Request};
use super::{Kept, Service};

/// Most parts of a file that were no segment and are told one by one.
const MOST_TOLD: usize = 20;

/// Something that was not read, and what to do about it.
#[derive(Debug, Serialize)]
pub(super) struct NotRead {
    pub(super) source: String,
    pub(super) error: String,
    pub(super) hint: String,
}

/// What came of a job.
pub(super) struct Done {
    /// Its report in both forms.
    pub(super) report: Kept,
    /// Documents or segments in it.
    pub(super) count: usize,
    pub(super) skipped: Vec<NotRead>,
}

/// Ends a job that takes too long.
struct Deadline {
    end: Instant,
}

impl Observer for Deadline {
    fn progress(&mut self, _stage: Stage, _done: usize, _total: usize) -> JobResult<()> {
        if Instant::now() < self.end { Ok(()) } else { Err(Error::Stopped) }
    }
}

impl Service {
    /// Compares what a request holds.
    pub(super) fn compare(self: &Arc<Self>, request: &Request) -> Result<Done, Answer> {
        let (inputs, mut options) = asked::comparison(&request.content, self.limits)?;
        options.facts = self.facts.clone();
        let report = self.in_time(move |service, deadline| {
            compare(&inputs, &options, || Ok(&service.embedder), deadline).map_err(failed)
        })?;
        let not_read = |skipped: &report::SkippedEntry| NotRead {
            source: skipped.source.clone(),
            error: skipped.error.clone(),
            hint: skipped.hint.clone(),
        };
        Ok(Done {
            count: report.documents.len(),
            skipped: report.skipped.iter().map(not_read).collect(),
            report: Kept {
                html: self.comparison_as("html", &report)?,
                json: self.comparison_as("json", &report)?,
            },
        })
    }

    /// Checks the translation that a request holds.
    pub(super) fn check(self: &Arc<Self>, request: &Request) -> Result<Done, Answer> {
        let asked = asked::check(&request.content, self.limits)?;
        self.in_time(move |service, deadline| service.checked(asked, deadline))
    }

    /// Does some work within the time allowed. What waits for others waits within it too.
    fn in_time<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self, &mut dyn Observer) -> Result<T, Answer> + Send + 'static,
    ) -> Result<T, Answer> {
        let service = Arc::clone(self);
        let end = Instant::now() + self.limits.time;
        let (sender, receiver) = channel();
        thread::spawn(move || {
            let running = service.running.lock().unwrap_or_else(PoisonError::into_inner);
            let done = work(&service, &mut Deadline { end });
            drop(running);
            // Nobody waits any more where it took too long.
            let _ = sender.send(done);
        });
        // The job ends itself soon after its time is over; the answer does not wait for that.
        match receiver.recv_timeout(self.limits.time) {
            Ok(done) => done,
            Err(RecvTimeoutError::Timeout) => Err(too_long()),
            Err(RecvTimeoutError::Disconnected) => {
                Err(error(500, "the job failed", "please report this"))
            }
        }
    }

    fn comparison_as(&self, name: &str, report: &Report) -> Result<Vec<u8>, Answer> {
        let mut content = Vec::new();
        let format = report::FORMATS.iter().find(|format| format.name == name);
        let format = format.ok_or_else(|| unwritten(&name))?;
        (format.write)(report, &self.layout(), &mut content)
            .map_err(|problem| unwritten(&problem))?;
        Ok(content)
    }

    fn checked(&self, asked: Check, observer: &mut dyn Observer) -> Result<Done, Answer> {
        let Check { texts, names, languages, ingest, options } = asked;
        let items = match texts {
            Texts::Segments(items) => items,
            Texts::Documents(inputs) => {
                let aligned =
                    check::segments(*inputs, &ingest, languages, &self.embedder, observer)
                        .map_err(failed)?;
                if let Some(skipped) = aligned.skipped.first() {
                    return Err(error(422, &skipped.error.to_string(), &skipped.error.hint()));
                }
                aligned.items
            }
        };
        let (mut segments, mut skipped) = (Vec::new(), Vec::new());
        let mut summary = Summary::default();
        let mut take = |outcomes: Vec<Outcome>| -> JobResult<()> {
            for outcome in outcomes {
                match outcome {
                    Outcome::Checked(checked) => {
                        summary.add(&checked);
                        segments.push(*checked);
                    }
                    Outcome::Problem(problem) => {
                        summary.problems += 1;
                        if skipped.len() < MOST_TOLD {
                            skipped.push(not_read(&names[0], problem));
                        }
                    }
                    Outcome::Remark(_) => {}
                }
            }
            Ok(())
        };
        let reader = Reader::new(&self.embedder);
        check::check(items, &options, &reader, observer, &mut take).map_err(failed)?;
        let head = Head {
            tool: Tool::new(&self.embedder),
            options: CheckedOptions {
                profile: options.settings.profile,
                min_severity: options.selection.min_severity,
            },
            files: names,
            checks: check::known_checks(),
        };
        let write = |name: &str| self.check_as(name, &head, &segments, &summary);
        let report = Kept { html: write("html")?, json: write("json")? };
        Ok(Done { report, count: segments.len(), skipped })
    }

    fn check_as(
        &self,
        name: &str,
        head: &Head,
        segments: &[Checked],
        summary: &Summary,
    ) -> Result<Vec<u8>, Answer> {
        let format = translation::FORMATS.iter().find(|format| format.name == name);
        let mut writer = (format.ok_or_else(|| unwritten(&name))?.writer)(&self.layout());
        let mut content = Vec::new();
        let mut written = writer.begin(head, &mut content);
        for checked in segments {
            written = written.and_then(|()| writer.segment(head, checked, &mut content));
        }
        written
            .and_then(|()| writer.end(head, summary, &mut content))
            .map_err(|problem| unwritten(&problem))?;
        Ok(content)
    }

    fn layout(&self) -> Layout {
        Layout { width: self.terminal.width, colour: false, all: true }
    }
}

fn not_read(file: &str, problem: Problem) -> NotRead {
    let source = match problem.location {
        Some(place) => format!("{file}:{}:{}", place.line, place.column),
        None => file.to_owned(),
    };
    NotRead { source, error: problem.message, hint: problem.hint }
}

fn too_long() -> Answer {
    error(503, "this takes too long", "give fewer or shorter texts, or use the command line")
}

fn failed(problem: Error) -> Answer {
    match problem {
        Error::Stopped => too_long(),
        problem => error(422, &problem.to_string(), &problem.hint()),
    }
}

fn unwritten(problem: &dyn Display) -> Answer {
    error(500, &format!("the report could not be written ({problem})"), "please report this")
}
