//! As much of HTTP/1.1 as a page on the same machine needs: one request a connection, its size and time bounded.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Most bytes of a request before its content.
const LONGEST_HEAD: usize = 16 << 10;
/// Most lines of it.
const MOST_LINES: usize = 64;

/// Most bytes that are read away behind a request that was refused.
const DRAINED: u64 = 64 << 20;

/// What somebody asks for.
#[derive(Debug, Default)]
pub(super) struct Request {
    pub(super) method: String,
    /// The path, without what follows a `?`.
    pub(super) path: String,
    /// Names, in small letters, and values of its head.
    pub(super) head: Vec<(String, String)>,
    pub(super) content: Vec<u8>,
}

impl Request {
    /// A value of the head.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.head.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What is answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    pub(super) content: Vec<u8>,
    /// What the page may load.
    pub(super) policy: Option<&'static str>,
}

/// Why no request came.
#[derive(Debug)]
pub(super) enum Refused {
    /// The connection failed, or was opened for nothing.
    Gone,
    /// It cannot be read; a status and a reason.
    Bad(u16, &'static str),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
                Self::Bad(408, "the request did not come in time")
            }
            _ => Self::Gone,
        }
    }
}

/// Bounds of a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// Most bytes of its content.
    pub(super) size: usize,
    /// Longest time until all of it is there.
    pub(super) time: Duration,
}

/// Reads a request within its bounds.
pub(super) fn read(stream: &mut TcpStream, bounds: Bounds) -> Result<Request, Refused> {
    let end = Instant::now() + bounds.time;
    let mut bytes = Vec::new();
    let (mut request, head_length, length) = loop {
        if let Some(found) = parse(&bytes)? {
            break found;
        }
        if bytes.len() > LONGEST_HEAD {
            return Err(Refused::Bad(431, "the head of the request is too long"));
        }
        more(stream, &mut bytes, LONGEST_HEAD, end)?;
    };
    if length > bounds.size {
        return Err(Refused::Bad(413, "the request is larger than this server takes"));
    }
    let mut content = bytes.split_off(head_length);
    let waits =
        request.get("expect").is_some_and(|value| value.eq_ignore_ascii_case("100-continue"));
    if waits && content.len() < length {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    while content.len() < length {
        let room = length - content.len();
        more(stream, &mut content, room, end)?;
    }
    content.truncate(length);
    request.content = content;
    Ok(request)
}

/// Reads what comes next, at most `room` bytes.
fn more(
    stream: &mut TcpStream,
    bytes: &mut Vec<u8>,
    room: usize,
    end: Instant,
) -> Result<(), Refused> {
    let left = end.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(Refused::Bad(408, "the request did not come in time"));
    }
    stream.set_read_timeout(Some(left))?;
    let mut buffer = vec![0; room.clamp(1, 64 << 10)];
    match stream.read(&mut buffer)? {
        0 => Err(Refused::Gone),
        count => {
            bytes.extend_from_slice(&buffer[..count]);
            Ok(())
        }
    }
}

/// The head of a request with its own length and that of the content; `None` while it is not all there.
fn parse(bytes: &[u8]) -> Result<Option<(Request, usize, usize)>, Refused> {
    let mut lines = [httparse::EMPTY_HEADER; MOST_LINES];
    let mut parsed = httparse::Request::new(&mut lines);
    let bad = |_| Refused::Bad(400, "this is no HTTP request");
    let httparse::Status::Complete(head_length) = parsed.parse(bytes).map_err(bad)? else {
        return Ok(None);
    };
    let target = parsed.path.unwrap_or("/");
    let request = Request {
        method: parsed.method.unwrap_or_default().to_owned(),
        path: target.split('?').next().unwrap_or(target).to_owned(),
        head: parsed
            .headers
            .iter()
            .map(|line| {
                let value = String::from_utf8_lossy(line.value).into_owned();
                (line.name.to_ascii_lowercase(), value)
            })
            .collect(),
        content: Vec::new(),
    };
    if request.get("transfer-encoding").is_some() {
        return Err(Refused::Bad(411, "give the length of the content"));
    }
    let length = match request.get("content-length") {
        Some(length) => {
            length.trim().parse().map_err(|_| Refused::Bad(400, "the length is no number"))?
        }
        None => 0,
    };
    Ok(Some((request, head_length, length)))
}

/// Writes an answer and ends the connection.
pub(super) fn write(stream: &mut TcpStream, answer: &Answer) -> io::Result<()> {
    let policy = answer.policy.unwrap_or("default-src 'none'");
    let head = format!(
        "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nContent-Security-Policy: {policy}\r\n\
         X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\n\
         X-Frame-Options: DENY\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
        answer.status,
        reason(answer.status),
        answer.kind,
        answer.content.len(),
    );
    stream.set_write_timeout(Some(Duration::from_secs(30)))?;
    stream.write_all(head.as_bytes())?;
    stream.write_all(&answer.content)?;
    stream.flush()?;
    stream.shutdown(std::net::Shutdown::Write)?;
    // What the other side still sends is read away, or the system would throw away the answer with it.
    stream.set_read_timeout(Some(Duration::from_secs(1)))?;
    io::copy(&mut stream.take(DRAINED), &mut io::sink()).map(|_| ())
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        411 => "Length Required",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}
