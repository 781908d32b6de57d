//! Archives of the web: WARC files and WACZ packages. Every page they hold is an input of its own.
//!
//! <https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/>,
//! <https://specs.webrecorder.net/wacz/1.1.1/>

use encoding_rs::Encoding;

use super::archive::{Archive, is_archive_with};
use super::{PAGE, Reader, html, packed};
use crate::error::InputProblem;
use crate::ingest::particulars::{self, Particulars};
use crate::ingest::sources::{Source, skipped};
use crate::ingest::{IngestOptions, Skipped};

const KIND: &str = "a WARC file";

/// Whether bytes begin as a WARC file does.
pub(super) fn is_warc(beginning: &[u8]) -> bool {
    beginning.starts_with(b"WARC/1.") || beginning.starts_with(b"WARC/0.")
}

/// Whether bytes are a WACZ package.
pub(super) fn is_wacz(bytes: &[u8]) -> bool {
    is_archive_with(bytes, "datapackage.json") && is_archive_with(bytes, "archive/")
}

/// The WARC files of a WACZ package.
pub(super) fn wacz(source: Source, options: &IngestOptions) -> Vec<Result<Source, Skipped>> {
    let mut files = Vec::new();
    let problem = wacz_files(&source, options, &mut files).err();
    if let Some(problem) = problem {
        files.push(Err(skipped(source.name, problem)));
    } else if files.is_empty() {
        files.push(Err(skipped(source.name, InputProblem::HoldsNone("WARC files"))));
    }
    files
}

fn wacz_files(
    source: &Source,
    options: &IngestOptions,
    files: &mut Vec<Result<Source, Skipped>>,
) -> Result<(), InputProblem> {
    let mut archive = Archive::open(&source.bytes, "a WACZ package", options)?;
    let is_warc = |name: &String| {
        name.starts_with("archive/") && (name.ends_with(".warc") || name.ends_with(".warc.gz"))
    };
    for name in archive.names().into_iter().filter(is_warc) {
        if let Some(content) = archive.file(&name)? {
            let full = format!("{} {name}", source.name);
            files.push(Ok(Source { file: name.into(), ..Source::new(full, content) }));
        }
    }
    Ok(())
}

/// The pages of a WARC file.
pub(super) fn pages(source: Source, options: &IngestOptions) -> Vec<Result<Source, Skipped>> {
    let mut pages = Vec::new();
    let mut rest = source.bytes.as_slice();
    let mut room = options.max_bytes;
    while !rest.trim_ascii_start().is_empty() {
        let (record, behind) = match Record::read(rest.trim_ascii_start()) {
            Ok(found) => found,
            Err(reason) => {
                let problem = InputProblem::Damaged { kind: KIND, reason };
                pages.push(Err(skipped(source.name.clone(), problem)));
                break;
            }
        };
        rest = behind;
        match record.page(&source, room) {
            Some(Ok(page)) => {
                room = room.saturating_sub(page.bytes.len() as u64);
                pages.push(Ok(page));
            }
            Some(Err(skipped)) => pages.push(Err(skipped)),
            None => {}
        }
    }
    if pages.is_empty() {
        pages.push(Err(skipped(source.name, InputProblem::HoldsNone("pages"))));
    }
    pages
}

/// Lines of names and values before a content.
struct Head<'b> {
    lines: Vec<(String, &'b str)>,
    content: &'b [u8],
}

impl<'b> Head<'b> {
    /// Reads up to the empty line; the first line, a version or a status, is given back.
    fn read(bytes: &'b [u8]) -> Option<(&'b str, Self)> {
        const MARKS: [&[u8]; 2] = [b"\r\n\r\n", b"\n\n"];
        const LONGEST: usize = 64 << 10;
        let beginning = &bytes[..bytes.len().min(LONGEST)];
        let (end, mark) = MARKS
            .iter()
            .filter_map(|mark| {
                Some((
                    beginning.windows(mark.len()).position(|window| window == *mark)?,
                    mark.len(),
                ))
            })
            .min()?;
        let text = std::str::from_utf8(&bytes[..end]).ok()?;
        let mut lines = text.lines();
        let first = lines.next()?;
        let lines = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim()))
            .collect();
        Some((first, Self { lines, content: &bytes[end + mark..] }))
    }

    fn get(&self, name: &str) -> Option<&'b str> {
        self.lines.iter().find(|(known, _)| known == name).map(|&(_, value)| value)
    }
}

/// A record of a WARC file.
struct Record<'b> {
    head: Head<'b>,
    content: &'b [u8],
}

impl<'b> Record<'b> {
    fn read(bytes: &'b [u8]) -> Result<(Self, &'b [u8]), String> {
        if !is_warc(bytes) {
            return Err("a record does not begin as one".to_owned());
        }
        let (_, head) = Head::read(bytes).ok_or("the head of a record has no end")?;
        let length = head.get("content-length").and_then(|length| length.parse::<usize>().ok());
        let length = length.ok_or("a record has no length")?;
        let rest = head.content;
        if length > rest.len() {
            return Err("it breaks off in the middle of a record".to_owned());
        }
        let (content, behind) = rest.split_at(length);
        Ok((Self { head, content }, behind))
    }

    /// The page that the record holds, if it is one: a text that a server has answered with.
    fn page(&self, source: &Source, room: u64) -> Option<Result<Source, Skipped>> {
        let target = self.head.get("warc-target-uri").map(|target| target.trim_matches(['<', '>']));
        let (content, kind) = match self.head.get("warc-type")? {
            "response" => {
                let (status, http) = Head::read(self.content)?;
                let is_good = status.split(' ').nth(1).is_some_and(|code| code.starts_with('2'));
                let kind = http.get("content-type")?;
                (is_good && is_text(kind)).then_some(())?;
                (body(&http, room), kind)
            }
            "resource" => (Ok(self.content.to_vec()), self.head.get("content-type")?),
            _ => return None,
        };
        let reader = if kind.contains("html") { PAGE } else { Reader::PlainText };
        is_text(kind).then_some(())?;
        let name = format!("{} {}", source.name, target.unwrap_or("a page"));
        let bytes = match content {
            Ok(bytes) => bytes,
            Err(problem) => return Some(Err(skipped(name, problem))),
        };
        let label = html::charset_of(kind);
        let about = Particulars {
            address: target.and_then(particulars::address),
            ..Particulars::default()
        };
        Some(Ok(Source {
            reader: Some(reader),
            about,
            declared: label.and_then(|label| Encoding::for_label(label.as_bytes())),
            ..Source::new(name, bytes)
        }))
    }
}

fn is_text(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    kind.starts_with("text/html")
        || kind.starts_with("application/xhtml")
        || kind.starts_with("text/plain")
}

/// The content of an answer as the reader of a page gets it.
fn body(http: &Head<'_>, room: u64) -> Result<Vec<u8>, InputProblem> {
    let is = |name: &str, value: &str| {
        http.get(name).is_some_and(|given| given.to_ascii_lowercase().contains(value))
    };
    let content = if is("transfer-encoding", "chunked") {
        // Some archives keep the header though they have joined the chunks.
        joined(http.content).unwrap_or_else(|| http.content.to_vec())
    } else {
        http.content.to_vec()
    };
    let codings = http.get("content-encoding").unwrap_or_default();
    // The last one was put on last.
    codings.rsplit(',').try_fold(content, |content, coding| decoded(content, coding.trim(), room))
}

/// How a server's answer may be packed, and what unpacks it.
type Decoding = (&'static [&'static str], fn(&[u8], u64) -> Result<Vec<u8>, InputProblem>);
const DECODINGS: [Decoding; 4] = [
    (&["gzip", "x-gzip"], packed::gunzip),
    (&["br"], packed::unbrotli),
    (&["zstd"], packed::unzstd),
    (&["deflate"], packed::inflate),
];

/// The content without one coding. Some archives keep the header though they have unpacked the content.
fn decoded(content: Vec<u8>, coding: &str, room: u64) -> Result<Vec<u8>, InputProblem> {
    let is_named = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(coding));
    match DECODINGS.iter().find(|(names, _)| is_named(names)) {
        None if coding.is_empty() || coding.eq_ignore_ascii_case("identity") => Ok(content),
        None => {
            let reason = format!("it is packed with {coding}");
            Err(InputProblem::Damaged { kind: "an answer of a server", reason })
        }
        Some((_, unpack)) => match unpack(&content, room) {
            Err(InputProblem::Damaged { .. }) if is_markup(&content) => Ok(content),
            unpacked => unpacked,
        },
    }
}

/// Whether bytes are a page as it is.
fn is_markup(content: &[u8]) -> bool {
    content.trim_ascii_start().starts_with(b"<")
}

/// The content of chunks; `None` where it is not in chunks.
fn joined(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    loop {
        let end = bytes.windows(2).position(|window| window == b"\r\n")?;
        let size = std::str::from_utf8(&bytes[..end]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        bytes = &bytes[end + 2..];
        if size == 0 {
            return Some(content);
        }
        content.extend_from_slice(bytes.get(..size)?);
        bytes = bytes.get(size + 2..)?;
    }
}
