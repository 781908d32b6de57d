//! What the server answers: the page, the API, the reports.

use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, PoisonError};
use std::thread;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use parallax::differences::CheckOptions;
use parallax::finding::Severity;
use parallax::ingest::{IngestOptions, Input};
use parallax::jobs::Silent;
use parallax::jobs::compare::{CompareOptions, compare};
use parallax::lang::Language;
use parallax::report::{FORMATS, Layout, Report};
use serde::Deserialize;
use serde_json::json;

use super::http::{Answer, Request};
use super::{MOST_REPORTS, Service};
use crate::cli::args::SeverityChoice;

const PAGE: &str = include_str!("page.html");
const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("page.css");
const DESCRIPTION: &str = include_str!("openapi.json");

const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";

/// What the page may do: load its own script and style, and talk to this server.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                           base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// What a report may do: what is inside of it, nothing else. Its own policy is stricter still.
const REPORT_POLICY: &str = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; \
                             base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A comparison as asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    documents: Vec<Given>,
    lang: Option<String>,
    #[serde(default)]
    only: Vec<String>,
    #[serde(default)]
    skip: Vec<String>,
    min_severity: Option<SeverityChoice>,
}

/// A document of it: its text, or the bytes of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    name: Option<String>,
    text: Option<String>,
    base64: Option<String>,
}

/// An answer that tells what is wrong and what to do.
pub(super) fn error(status: u16, error: &str, hint: &str) -> Answer {
    let content = json!({ "error": error, "hint": hint }).to_string().into_bytes();
    Answer { status, kind: JSON, content, policy: None }
}

fn found(kind: &'static str, content: impl Into<Vec<u8>>) -> Answer {
    Answer { status: 200, kind, content: content.into(), policy: None }
}

impl Service {
    /// Answers a request.
    pub(super) fn answer(self: &Arc<Self>, request: &Request) -> Answer {
        if let Some(refused) = self.refuse_strangers(request) {
            return refused;
        }
        match (request.method.as_str(), request.path.as_str()) {
            ("GET" | "HEAD", "/") => Answer { policy: Some(PAGE_POLICY), ..found(HTML, PAGE) },
            ("GET" | "HEAD", "/page.js") => found("text/javascript; charset=utf-8", SCRIPT),
            ("GET" | "HEAD", "/page.css") => found("text/css; charset=utf-8", STYLE),
            ("GET" | "HEAD", "/api/openapi.json") => {
                found(JSON, DESCRIPTION.replace("{version}", env!("CARGO_PKG_VERSION")))
            }
            ("GET" | "HEAD", "/api/health") => found(
                JSON,
                json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }).to_string(),
            ),
            ("GET" | "HEAD", path) if path.starts_with("/reports/") => self.report(path),
            ("POST", "/api/compare") => match self.compare(request) {
                Ok(report) => self.written(&report, "json"),
                Err(answer) => answer,
            },
            ("POST", "/api/reports") => match self.compare(request) {
                Ok(report) => self.keep(report),
                Err(answer) => answer,
            },
            (_, "/" | "/api/compare" | "/api/reports" | "/api/health" | "/api/openapi.json") => {
                error(405, "this address does not take this method", "see /api/openapi.json")
            }
            _ => error(404, "there is nothing at this address", "see /api/openapi.json"),
        }
    }

    /// Refuses what a page of another site makes a browser send: names that lead here only by a trick, and contents that
    /// need nobody's consent.
    fn refuse_strangers(&self, request: &Request) -> Option<Answer> {
        let own = |host: &str| {
            let name = host.strip_suffix(&format!(":{}", self.port)).unwrap_or(host);
            matches!(name, "127.0.0.1" | "localhost" | "[::1]")
        };
        let from = request.get("origin").map(|origin| origin.trim_start_matches("http://"));
        if !request.get("host").is_some_and(own) || from.is_some_and(|from| !own(from)) {
            return Some(error(
                403,
                "this server answers its own page alone",
                "open it as http://127.0.0.1",
            ));
        }
        let is_json = request.get("content-type").is_some_and(|kind| kind.starts_with(JSON));
        (request.method == "POST" && !is_json).then(|| {
            error(
                415,
                "the content is not declared as JSON",
                "send `Content-Type: application/json`",
            )
        })
    }

    /// A report that was kept.
    fn report(&self, path: &str) -> Answer {
        let name = path.trim_start_matches("/reports/");
        let (number, format) = name.strip_suffix(".json").map_or((name, "html"), |n| (n, "json"));
        let reports = self.reports.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = reports.iter().find(|(known, _)| known.to_string() == number);
        match kept {
            Some((_, report)) => self.written(report, format),
            None => error(404, "this report is not kept any more", "compare the texts again"),
        }
    }

    fn keep(&self, report: Report) -> Answer {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        let skipped: Vec<_> = report
            .skipped
            .iter()
            .map(|skipped| json!({ "source": skipped.source, "error": skipped.error, "hint": skipped.hint }))
            .collect();
        let place = json!({ "location": format!("/reports/{number}"), "documents": report.documents.len(), "skipped": skipped });
        let mut reports = self.reports.lock().unwrap_or_else(PoisonError::into_inner);
        if reports.len() == MOST_REPORTS {
            reports.remove(0);
        }
        reports.push((number, report));
        Answer { status: 201, ..found(JSON, place.to_string()) }
    }

    fn written(&self, report: &Report, name: &str) -> Answer {
        let layout = Layout { width: self.terminal.width, colour: false, all: true };
        let mut content = Vec::new();
        let written = FORMATS
            .iter()
            .find(|format| format.name == name)
            .is_some_and(|format| (format.write)(report, &layout, &mut content).is_ok());
        if !written {
            return error(500, "the report could not be written", "please report this");
        }
        let kind = if name == "html" { HTML } else { JSON };
        Answer { policy: (name == "html").then_some(REPORT_POLICY), ..found(kind, content) }
    }

    /// Compares what a request holds, within the time allowed.
    fn compare(self: &Arc<Self>, request: &Request) -> Result<Report, Answer> {
        let (inputs, options) = self.understood(&request.content)?;
        let service = Arc::clone(self);
        let (sender, receiver) = channel();
        thread::spawn(move || {
            let running = service.running.lock().unwrap_or_else(PoisonError::into_inner);
            let open = || service.choice.open(&service.terminal);
            let report = compare(&inputs, &options, open, &mut Silent);
            drop(running);
            // Nobody waits any more where it took too long.
            let _ = sender.send(report);
        });
        match receiver.recv_timeout(self.limits.time) {
            Ok(Ok(report)) => Ok(report),
            Ok(Err(failed)) => Err(error(422, &failed.to_string(), &failed.hint())),
            Err(RecvTimeoutError::Timeout) => Err(error(
                503,
                "the comparison takes too long",
                "give fewer or shorter texts, or use `parallax compare`",
            )),
            Err(RecvTimeoutError::Disconnected) => {
                Err(error(500, "the comparison failed", "please report this"))
            }
        }
    }

    fn understood(&self, content: &[u8]) -> Result<(Vec<Input>, CompareOptions), Answer> {
        let bad = |reason: &str, hint: &str| error(400, reason, hint);
        let asked: Asked = serde_json::from_slice(content).map_err(|problem| {
            bad(&format!("the content is not as described: {problem}"), "see /api/openapi.json")
        })?;
        let most = self.limits.documents;
        if asked.documents.is_empty() || asked.documents.len() > most {
            let reason = format!("{} documents were given", asked.documents.len());
            return Err(bad(&reason, &format!("give 1 to {most}")));
        }
        let language = match asked.lang.as_deref() {
            Some(code) => Some(
                Language::from_code(code)
                    .ok_or_else(|| bad("`lang` is no language code", "give a code such as `lt`"))?,
            ),
            None => None,
        };
        let inputs =
            asked.documents.into_iter().enumerate().map(input).collect::<Result<_, _>>()?;
        let ingest = IngestOptions {
            language,
            max_bytes: self.limits.size as u64,
            ..IngestOptions::default()
        };
        let checks = CheckOptions {
            only: asked.only,
            skip: asked.skip,
            min_severity: asked.min_severity.map(Severity::from),
        };
        checks.selected().map_err(|problem| bad(&problem.to_string(), &problem.hint()))?;
        Ok((inputs, CompareOptions { ingest, checks }))
    }
}

/// A document as an input. Its name is for people and tells its format; no file of that name is ever opened.
fn input((index, given): (usize, Given)) -> Result<Input, Answer> {
    let name = given.name.unwrap_or_default();
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let name = if name.is_empty() { format!("text {}", index + 1) } else { name.to_owned() };
    let bytes = match (given.text, given.base64) {
        (Some(text), None) => text.into_bytes(),
        (None, Some(encoded)) => BASE64_STANDARD.decode(encoded.trim()).map_err(|problem| {
            error(
                400,
                &format!("{name}: its content is no base64 ({problem})"),
                "see /api/openapi.json",
            )
        })?,
        _ => {
            return Err(error(
                400,
                &format!("{name}: it has no content, or two"),
                "give `text` or `base64`",
            ));
        }
    };
    Ok(Input::Bytes { name, bytes })
}
