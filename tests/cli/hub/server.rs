//! A hub on the loopback address, as far as `models pull` talks to one, that can be made to misbehave.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// What the hub has and how it behaves.
#[derive(Clone, Default)]
pub(super) struct Behaviour {
    /// Files of the model `someone/small`, by name.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// Hashes that the list gives in the place of the right ones.
    pub(super) wrong_hashes: Vec<String>,
    /// Breaks off this file's first answers after so many bytes each, as often.
    pub(super) breaks: Option<(String, usize, usize)>,
    /// Answers every request for a part with the whole.
    pub(super) knows_no_parts: bool,
    /// Leads on to another address for the files.
    pub(super) redirects: bool,
    /// Asks for a token.
    pub(super) wants_token: bool,
}

/// One request as it came.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) path: String,
    pub(super) range: Option<usize>,
    pub(super) authorised: bool,
}

/// A running hub; it ends with the test.
pub(super) struct Hub {
    pub(super) address: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

/// Files from here on count as large: the list gives the hash of their content, not git's.
const LARGE: usize = 4000;

impl Hub {
    pub(super) fn start(behaviour: Behaviour) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (told, behaviour) = (Arc::clone(&requests), Arc::new(Mutex::new(behaviour)));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (told, behaviour) = (Arc::clone(&told), Arc::clone(&behaviour));
                thread::spawn(move || {
                    if let Some(request) = read(&stream) {
                        told.lock().unwrap().push(request.clone());
                        answer(&request, &mut behaviour.lock().unwrap(), stream);
                    }
                });
            }
        });
        Self { address, requests }
    }

    /// The requests for files so far.
    pub(super) fn files_asked_for(&self) -> Vec<Request> {
        let requests = self.requests.lock().unwrap().clone();
        requests.into_iter().filter(|request| !request.path.starts_with("/api/")).collect()
    }
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let mut request = Request { path, range: None, authorised: false };
    for line in lines.take_while(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ")?;
        match name.to_ascii_lowercase().as_str() {
            "range" => {
                let start = value.strip_prefix("bytes=")?.strip_suffix('-')?;
                request.range = start.parse().ok();
            }
            "authorization" => request.authorised = value == "Bearer secret",
            _ => {}
        }
    }
    Some(request)
}

fn answer(request: &Request, hub: &mut Behaviour, stream: TcpStream) {
    let moved = "/elsewhere/someone/small/resolve/c0ffee/";
    let asked = request.path.strip_prefix("/someone/small/resolve/c0ffee/");
    let lists = request.path.starts_with("/api/models/someone/small/revision/main");
    if hub.wants_token && !request.authorised && !request.path.starts_with(moved) {
        respond(stream, "401 Unauthorized", "", b"", usize::MAX);
    } else if lists {
        let list = list(hub).to_string();
        respond(stream, "200 OK", "", list.as_bytes(), usize::MAX);
    } else if let Some(name) = asked.filter(|_| hub.redirects) {
        respond(stream, "302 Found", &format!("Location: {moved}{name}\r\n"), b"", usize::MAX);
    } else if let Some(name) = asked.or_else(|| request.path.strip_prefix(moved)) {
        file(name, request, hub, stream);
    } else {
        respond(stream, "404 Not Found", "", b"", usize::MAX);
    }
}

fn file(name: &str, request: &Request, hub: &mut Behaviour, stream: TcpStream) {
    let Some(content) = hub.files.get(name) else {
        return respond(stream, "404 Not Found", "", b"", usize::MAX);
    };
    let most = match &mut hub.breaks {
        Some((broken, bytes, times)) if broken == name && *times > 0 => {
            *times -= 1;
            *bytes
        }
        _ => usize::MAX,
    };
    match request.range.filter(|_| !hub.knows_no_parts) {
        Some(start) => {
            let head = format!("Content-Range: bytes {start}-{}/{0}\r\n", content.len());
            respond(stream, "206 Partial Content", &head, &content[start..], most);
        }
        None => respond(stream, "200 OK", "", content, most),
    }
}

/// Writes an answer, of its body no more than `most` bytes.
fn respond(mut stream: TcpStream, status: &str, head: &str, body: &[u8], most: usize) {
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\n{head}Content-Length: {length}\r\nConnection: close\r\n\r\n");
    // A client that goes away early is part of some tests.
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(&body[..length.min(most)]);
}

fn list(hub: &Behaviour) -> Value {
    let entry = |(name, content): (&String, &Vec<u8>)| {
        let wrong = hub.wrong_hashes.contains(name);
        let hexadecimal = |hash: &[u8]| -> String {
            if wrong {
                "0".repeat(40)
            } else {
                hash.iter().map(|byte| format!("{byte:02x}")).collect()
            }
        };
        let size = content.len();
        let blob = Sha1::new().chain_update(format!("blob {size}\0")).chain_update(content);
        let blob = hexadecimal(&blob.finalize());
        if size < LARGE {
            return json!({ "rfilename": name, "size": size, "blobId": blob });
        }
        let lfs = json!({ "sha256": hexadecimal(&Sha256::digest(content)), "size": size });
        json!({ "rfilename": name, "size": size, "blobId": blob, "lfs": lfs })
    };
    let siblings: Vec<Value> = hub.files.iter().map(entry).collect();
    json!({ "id": "someone/small", "sha": "c0ffee", "siblings": siblings,
        "cardData": { "license": "mit", "language": ["lt", "de"] } })
}
