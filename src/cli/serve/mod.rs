//! A web page and a JSON API on the loopback address: texts go in, reports come out. Nothing in a request names a
//! file, and nothing is written to disk but the cache of vectors.

mod answers;
mod asked;
mod http;
mod work;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use parallax::embed::Embedder;
use parallax::facts::FactCache;

use super::failure::Failure;
use super::terminal::Terminal;
use http::{Bounds, Refused};

/// Most connections at the same time.
const MOST_OPEN: usize = 32;
/// How long a stop waits for answers under way.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a request may take to arrive.
const ARRIVAL: Duration = Duration::from_secs(30);
/// Most reports that are kept to be looked at.
const MOST_REPORTS: usize = 20;

/// Bounds of what is done for a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Most bytes of a request.
    pub(super) size: usize,
    /// Longest time for a job.
    pub(super) time: Duration,
    /// Most documents of a comparison.
    pub(super) documents: usize,
}

/// A report that can be looked at.
pub(super) struct Kept {
    html: Vec<u8>,
    json: Vec<u8>,
}

/// What all requests share.
pub(super) struct Service {
    embedder: Embedder,
    facts: FactCache,
    terminal: Terminal,
    limits: Limits,
    port: u16,
    /// Held by the job that runs: one at a time, each takes all processors.
    running: Mutex<()>,
    /// The latest reports with their numbers.
    reports: Mutex<Vec<(usize, Kept)>>,
    next: AtomicUsize,
    open: AtomicUsize,
}

/// A server that listens.
pub(super) struct Server {
    listener: TcpListener,
    service: Arc<Service>,
    /// How often the process was asked to stop.
    asked_to_stop: Arc<AtomicUsize>,
}

impl Server {
    /// Listens on a port of the loopback address; port 0 takes any that is free. All requests use the same embedder
    /// and the same facts that are kept.
    pub(super) fn listen(
        port: u16,
        (embedder, facts): (Embedder, FactCache),
        limits: Limits,
        terminal: Terminal,
    ) -> Result<Self, Failure> {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = TcpListener::bind(wanted).map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => Failure::usage(
                format!("port {port} is in use"),
                "choose another one with --port, or any that is free with --port 0",
            ),
            io::ErrorKind::PermissionDenied => Failure::usage(
                format!("port {port} may not be used"),
                "choose one from 1024 to 65535 with --port",
            ),
            _ => Failure::from(error).context(format!("cannot listen on port {port}")),
        })?;
        let address = listener.local_addr().map_err(Failure::from)?;
        let port = address.port();
        let asked_to_stop = stop_on_signal(address)?;
        let service = Service {
            embedder,
            facts,
            terminal,
            limits,
            port,
            running: Mutex::new(()),
            reports: Mutex::default(),
            next: AtomicUsize::new(1),
            open: AtomicUsize::new(0),
        };
        Ok(Self { listener, service: Arc::new(service), asked_to_stop })
    }

    /// The address of the page.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.service.port)
    }

    /// Answers until the process is asked to stop, then finishes what is under way.
    pub(super) fn run(&self) -> Result<(), Failure> {
        for stream in self.listener.incoming() {
            if self.asked_to_stop.load(Ordering::SeqCst) > 0 {
                break;
            }
            // A connection that failed before it was taken concerns nobody else.
            let Ok(stream) = stream else { continue };
            let service = Arc::clone(&self.service);
            service.open.fetch_add(1, Ordering::SeqCst);
            thread::spawn(move || {
                service.serve(stream);
                service.open.fetch_sub(1, Ordering::SeqCst);
            });
        }
        self.finish();
        Ok(())
    }

    /// Waits for answers under way, unless asked to stop once more.
    fn finish(&self) {
        let end = Instant::now() + PATIENCE;
        let under_way = || self.service.open.load(Ordering::SeqCst);
        if under_way() > 0 {
            self.service.terminal.note("answering what was asked; Ctrl+C once more stops at once");
        }
        while under_way() > 0
            && self.asked_to_stop.load(Ordering::SeqCst) < 2
            && Instant::now() < end
        {
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Service {
    /// Answers one connection.
    fn serve(self: &Arc<Self>, mut stream: TcpStream) {
        let bounds = Bounds { size: self.limits.size, time: ARRIVAL };
        let answer = if self.open.load(Ordering::SeqCst) > MOST_OPEN {
            answers::error(503, "too many requests at the same time", "try again in a moment")
        } else {
            match http::read(&mut stream, bounds) {
                Ok(request) => {
                    let answer = self.answer(&request);
                    let line = format!("{} {} {}", answer.status, request.method, request.path);
                    self.terminal.detail(&line);
                    answer
                }
                Err(Refused::Bad(status, reason)) => {
                    answers::error(status, reason, "see /api/openapi.json")
                }
                Err(Refused::Gone) => return,
            }
        };
        if let Err(error) = http::write(&mut stream, &answer) {
            self.terminal.detail(&format!("an answer was not taken: {error}"));
        }
    }
}

/// Counts how often the process is asked to stop. Before anybody knows the address the signal is already heard.
fn stop_on_signal(address: SocketAddr) -> Result<Arc<AtomicUsize>, Failure> {
    let asked_to_stop = Arc::new(AtomicUsize::new(0));
    let asked = Arc::clone(&asked_to_stop);
    let handler = move || {
        asked.fetch_add(1, Ordering::SeqCst);
        // Wakes the listener; where that fails the next request does.
        let _ = TcpStream::connect(address);
    };
    ctrlc::set_handler(handler).map_err(|error| {
        Failure::from(io::Error::other(error)).context("cannot listen for the signal to stop")
    })?;
    Ok(asked_to_stop)
}
