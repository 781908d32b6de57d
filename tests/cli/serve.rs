//! `parallax serve`: the page, the API, and what it refuses.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};

use serde_json::{Value, json};

use crate::program::{Folder, command, parallax, sample};

/// A server of one test.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(options: &[&str]) -> Self {
        let mut child = command()
            .args(["serve", "--port", "0", "-q"])
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        assert!(address.starts_with("127.0.0.1:"), "{line}");
        Self { child, address }
    }

    /// Sends bytes and gives the status and what follows the head.
    fn send(&self, request: &[u8]) -> (u16, String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        // A server that has refused may not read on.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, content) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).unwrap_or("0").parse().unwrap();
        (status, head.to_owned(), content.to_owned())
    }

    fn get(&self, path: &str) -> (u16, String, String) {
        let host = &self.address;
        self.send(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes())
    }

    fn post(&self, path: &str, content: &Value) -> (u16, Value) {
        let (host, content) = (&self.address, content.to_string());
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{content}",
            content.len()
        );
        let (status, _, content) = self.send(request.as_bytes());
        (status, serde_json::from_str(&content).unwrap_or_else(|_| panic!("{content}")))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn document(name: &str) -> Value {
    json!({ "name": name, "text": fs::read_to_string(sample(name)).unwrap() })
}

#[test]
fn texts_are_compared_and_the_report_is_a_page() {
    let server = Server::start(&[]);
    let documents = json!({ "documents": [document("ferry-en.txt"), document("ferry-lt.txt")] });
    let (status, report) = server.post("/api/compare", &documents);
    assert_eq!((status, report["schema"].as_str()), (200, Some("parallax.report/1")));
    assert_eq!(report["documents"][1]["source"], "ferry-lt.txt");

    let (status, place) = server.post("/api/reports", &documents);
    assert_eq!((status, &place["documents"]), (201, &json!(2)));
    let place = place["location"].as_str().unwrap();
    let (status, head, page) = server.get(place);
    assert_eq!(status, 200);
    assert!(head.contains("text/html") && page.contains("<!DOCTYPE html>"), "{head}");
    let (_, _, again) = server.get(&format!("{place}.json"));
    assert_eq!(serde_json::from_str::<Value>(&again).unwrap(), report);
    assert_eq!(server.get("/reports/99").0, 404);
}

#[test]
fn the_page_loads_from_its_own_server_alone() {
    let server = Server::start(&[]);
    let (status, head, page) = server.get("/");
    assert_eq!(status, 200);
    assert!(
        head.contains("Content-Security-Policy: default-src 'none'; script-src 'self'"),
        "{head}"
    );
    assert!(!page.contains("http://") && !page.contains("https://"));
    for path in ["/page.js", "/page.css", "/api/health"] {
        assert_eq!(server.get(path).0, 200, "{path}");
    }
    let (_, _, description) = server.get("/api/openapi.json");
    let description: Value = serde_json::from_str(&description).unwrap();
    assert_eq!(description["info"]["version"], env!("CARGO_PKG_VERSION"));
    for path in description["paths"].as_object().unwrap().keys() {
        let status = server.get(&path.replace("{number}", "1")).0;
        assert!(matches!(status, 200 | 404 | 405), "{path}: {status}");
    }
}

#[test]
fn names_in_requests_open_no_files() {
    let folder = Folder::new();
    let secret =
        folder.write("secret.txt", "The secret of the harbour is written in this file alone.");
    let server = Server::start(&[]);
    let text = "The bridge was closed on Tuesday, the council said in a statement.";
    let documents = json!({ "documents": [{ "name": secret, "text": text }, { "name": "../../etc/passwd", "text": format!("{text} It rains.") }] });
    let (status, report) = server.post("/api/compare", &documents);
    assert_eq!(status, 200, "{report}");
    assert_eq!(report["documents"][0]["source"], "secret.txt");
    assert_eq!(report["documents"][1]["source"], "passwd");
    assert!(!report.to_string().contains("harbour"));
    for path in [secret.as_str(), "/../../etc/passwd", "/reports/../../etc/passwd"] {
        assert_eq!(server.get(path).0, 404, "{path}");
    }
}

#[test]
fn what_is_wrong_with_a_request_is_told() {
    let server = Server::start(&["--max-request", "1", "--max-documents", "2"]);
    let host = server.address.clone();
    let text = json!({ "text": "x" });
    for (content, status) in [
        (json!({ "documents": [] }), 400),
        (json!({ "documents": [text, text, text] }), 400),
        (json!({ "documents": [{ "name": "a" }] }), 400),
        (json!({ "documents": [{ "base64": "***" }] }), 400),
        (json!({ "documents": [text], "lang": "nonsense" }), 400),
        (json!({ "documents": [text], "only": ["nonsense"] }), 400),
        (json!({ "files": ["/etc/passwd"] }), 400),
        (json!({ "documents": [{ "text": "x".repeat(2 << 20) }] }), 413),
    ] {
        let (found, answer) = server.post("/api/compare", &content);
        assert_eq!(found, status, "{answer}");
        assert!(
            !answer["error"].as_str().unwrap().is_empty()
                && !answer["hint"].as_str().unwrap().is_empty()
        );
    }
    for (request, status) in [
        ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".to_owned(), 403),
        (format!("GET / HTTP/1.1\r\nHost: {host}\r\nOrigin: http://evil.example\r\n\r\n"), 403),
        ("GET / HTTP/1.1\r\n\r\n".to_owned(), 403),
        (
            format!(
                "POST /api/compare HTTP/1.1\r\nHost: {host}\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{{}}"
            ),
            415,
        ),
        (
            format!(
                "POST /api/compare HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n"
            ),
            411,
        ),
        (format!("DELETE / HTTP/1.1\r\nHost: {host}\r\n\r\n"), 405),
        (format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: {}\r\n\r\n", "x".repeat(100_000)), 431),
        ("nonsense\r\n\r\n".to_owned(), 400),
    ] {
        assert_eq!(server.send(request.as_bytes()).0, status, "{request:.60}");
    }
}

#[test]
fn translations_are_checked() {
    let server = Server::start(&[]);
    let table = include_str!("../translation/harbour.tsv");
    let both = json!({ "file": { "name": "harbour.tsv", "text": table } });
    let (status, report) = server.post("/api/check", &both);
    assert_eq!((status, report["schema"].as_str()), (200, Some("parallax.check/1")), "{report}");
    assert_eq!(report["files"], json!(["harbour.tsv", "harbour.tsv"]));
    let checks = |report: &Value| -> Vec<String> {
        let segments = report["segments"].as_array().unwrap().iter();
        let findings = segments.flat_map(|segment| segment["findings"].as_array().unwrap());
        findings.map(|finding| finding["check"].as_str().unwrap().to_owned()).collect()
    };
    assert!(checks(&report).contains(&"number-mismatch".to_owned()), "{report}");

    let (status, place) = server.post("/api/reports/check", &both);
    assert_eq!(
        (status, &place["segments"]),
        (201, &json!(report["segments"].as_array().unwrap().len()))
    );
    let place = place["location"].as_str().unwrap();
    let (status, _, page) = server.get(place);
    assert!(status == 200 && page.contains("<!DOCTYPE html>") && page.contains("number-mismatch"));
    let (_, _, again) = server.get(&format!("{place}.json"));
    assert_eq!(serde_json::from_str::<Value>(&again).unwrap(), report);

    // Two documents are aligned first; with `lines` they are taken as they are.
    let sides = json!({
        "source": { "text": "The new pier cost 3 million euros. It opened in May." },
        "target": { "text": "Nauja prieplauka kainavo 4 mln. eurų. Ji atidaryta gegužę." },
    });
    let (_, aligned) = server.post("/api/check", &sides);
    assert_eq!(aligned["segments"].as_array().unwrap().len(), 2, "{aligned}");
    assert_eq!(checks(&aligned), ["number-mismatch"]);
    let mut lines = sides.clone();
    lines["lines"] = json!(true);
    lines["skip"] = json!(["number-mismatch"]);
    let (_, report) = server.post("/api/check", &lines);
    assert_eq!(report["segments"].as_array().unwrap().len(), 1, "{report}");
    assert!(checks(&report).is_empty(), "{report}");
}

#[test]
fn what_is_wrong_with_a_translation_is_told() {
    let server = Server::start(&[]);
    let text = json!({ "text": "x" });
    for (content, status, told) in [
        (json!({ "source": text }), 400, "`source` and `target`"),
        (json!({ "file": text, "source": text, "target": text }), 400, "`source` and `target`"),
        (
            json!({ "source": text, "target": text, "profile": "mild" }),
            400,
            "news, software, strict",
        ),
        (
            json!({ "source": text, "target": text, "langs": ["en", "nonsense"] }),
            400,
            "language code",
        ),
        (json!({ "source": text, "target": text, "only": ["nonsense"] }), 400, "nonsense"),
        (json!({ "file": { "text": "no table at all" } }), 422, "XLIFF"),
        (json!({ "source": { "text": "" }, "target": text }), 422, "empty"),
    ] {
        let (found, answer) = server.post("/api/check", &content);
        assert_eq!(found, status, "{answer}");
        assert!(answer.to_string().contains(told), "{answer}");
    }
    let broken = "source\ttarget\nOne.\tVienas.\nTwo.\n";
    let (_, place) =
        server.post("/api/reports/check", &json!({ "file": { "name": "a.tsv", "text": broken } }));
    assert_eq!(
        (&place["segments"], place["skipped"].as_array().unwrap().len()),
        (&json!(1), 1),
        "{place}"
    );
    assert!(place["skipped"][0]["source"].as_str().unwrap().starts_with("a.tsv:3"), "{place}");
}

#[test]
fn what_takes_too_long_is_stopped() {
    let server = Server::start(&["--timeout", "2"]);
    let sentence =
        |number: usize| format!("Ferry number {number} left harbour {} on time.", number * 7);
    let long: Vec<String> = (0..10_000).map(sentence).collect();
    let (status, answer) =
        server.post("/api/compare", &json!({ "documents": [{ "text": long.join(" ") }] }));
    assert_eq!(status, 503, "{answer}");
    // That the job itself ends, tests/model.rs tells without a clock.
    assert_eq!(server.get("/api/health").0, 200);
}

#[test]
fn the_configuration_bounds_what_is_taken() {
    let folder = Folder::new();
    let config = folder.write("serve.toml", "max-documents = 1\ntimeout = 30\nmax-request = 2\n");
    let server = Server::start(&["--config", &config]);
    let text = json!({ "text": "x" });
    let (status, answer) = server.post("/api/compare", &json!({ "documents": [text, text] }));
    assert_eq!((status, &answer["hint"]), (400, &json!("give 1 to 1")));
}

#[test]
fn whoever_waits_to_be_told_to_go_on_is_told() {
    let server = Server::start(&[]);
    let content = json!({ "documents": [{ "text": "The ferry left on Monday." }] }).to_string();
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = format!(
        "POST /api/compare HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n\
         Content-Length: {}\r\n\r\n",
        server.address,
        content.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut told = [0; 25];
    stream.read_exact(&mut told).unwrap();
    assert_eq!(&told, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(content.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

#[test]
fn a_port_in_use_is_told() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ran = parallax(["serve", "--port", &port]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains(&format!("port {port} is in use")), "{}", ran.stderr);
    assert!(ran.stderr.contains("--port 0"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn a_signal_stops_it_well() {
    let mut server = Server::start(&[]);
    let killed = std::process::Command::new("kill").arg(server.child.id().to_string()).status();
    assert!(killed.unwrap().success());
    let status = server.child.wait().unwrap();
    assert_eq!(status.code(), Some(0));
}
