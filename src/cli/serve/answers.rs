//! What the server answers: the page, the API, the reports.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use serde_json::json;

use super::http::{Answer, Request};
use super::work::Done;
use super::{MOST_REPORTS, Service};

const PAGE: &str = include_str!("page.html");
const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("page.css");
const DESCRIPTION: &str = include_str!("openapi.json");

const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";

/// Addresses that are read.
const ADDRESSES: [&str; 5] = ["/", "/page.js", "/page.css", "/api/openapi.json", "/api/health"];
/// Addresses that texts are sent to.
const JOBS: [&str; 4] = ["/api/compare", "/api/reports", "/api/check", "/api/reports/check"];

/// What the page may do: load its own script and style, and talk to this server.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                           base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// What a report may do: what is inside of it, nothing else. Its own policy is stricter still.
const REPORT_POLICY: &str = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; \
                             base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

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
            ("POST", path) if JOBS.contains(&path) => {
                self.job(request).unwrap_or_else(|refused| refused)
            }
            (_, path) if ADDRESSES.contains(&path) || JOBS.contains(&path) => {
                error(405, "this address does not take this method", "see /api/openapi.json")
            }
            _ => error(404, "there is nothing at this address", "see /api/openapi.json"),
        }
    }

    /// Does a job and hands out its report, or keeps it.
    fn job(self: &Arc<Self>, request: &Request) -> Result<Answer, Answer> {
        match request.path.as_str() {
            "/api/compare" => Ok(found(JSON, self.compare(request)?.report.json)),
            "/api/check" => Ok(found(JSON, self.check(request)?.report.json)),
            "/api/reports/check" => Ok(self.keep(self.check(request)?, "segments")),
            _ => Ok(self.keep(self.compare(request)?, "documents")),
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
        let (number, as_json) = match name.strip_suffix(".json") {
            Some(number) => (number, true),
            None => (name, false),
        };
        let reports = self.reports.lock().unwrap_or_else(PoisonError::into_inner);
        match reports.iter().find(|(known, _)| known.to_string() == number) {
            Some((_, kept)) if as_json => found(JSON, kept.json.clone()),
            Some((_, kept)) => {
                Answer { policy: Some(REPORT_POLICY), ..found(HTML, kept.html.clone()) }
            }
            None => error(404, "this report is not kept any more", "send the texts again"),
        }
    }

    /// Keeps a report; `counted` is what it is made of.
    fn keep(&self, done: Done, counted: &str) -> Answer {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        let place = json!({
            "location": format!("/reports/{number}"), counted: done.count, "skipped": done.skipped,
        });
        let mut reports = self.reports.lock().unwrap_or_else(PoisonError::into_inner);
        if reports.len() == MOST_REPORTS {
            reports.remove(0);
        }
        reports.push((number, done.report));
        Answer { status: 201, ..found(JSON, place.to_string()) }
    }
}
