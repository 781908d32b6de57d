//! gzip and Zstandard around an input, and what servers pack their answers with besides. What comes out is bounded, so that a small file cannot fill the memory.

use std::io::Read;
use std::path::PathBuf;

use crate::error::InputProblem;
use crate::ingest::sources::{Source, skipped};
use crate::ingest::{IngestOptions, Skipped};

/// Unpacks gzip data, several members after one another too.
pub(super) fn gzip(source: Source, options: &IngestOptions) -> Vec<Result<Source, Skipped>> {
    vec![unpacked(source, |bytes| gunzip(bytes, options.max_bytes))]
}

/// Unpacks Zstandard data.
pub(super) fn zstandard(source: Source, options: &IngestOptions) -> Vec<Result<Source, Skipped>> {
    vec![unpacked(source, |bytes| unzstd(bytes, options.max_bytes))]
}

/// What gzip data hold, at most `limit` bytes.
pub(super) fn gunzip(bytes: &[u8], limit: u64) -> Result<Vec<u8>, InputProblem> {
    bounded(flate2::read::MultiGzDecoder::new(bytes), limit, "gzip data")
}

/// What Brotli data hold, at most `limit` bytes.
pub(super) fn unbrotli(bytes: &[u8], limit: u64) -> Result<Vec<u8>, InputProblem> {
    bounded(brotli_decompressor::Decompressor::new(bytes, 4096), limit, "Brotli data")
}

/// What zlib data hold, at most `limit` bytes.
pub(super) fn inflate(bytes: &[u8], limit: u64) -> Result<Vec<u8>, InputProblem> {
    bounded(flate2::read::ZlibDecoder::new(bytes), limit, "zlib data")
}

/// What Zstandard data hold, at most `limit` bytes.
pub(super) fn unzstd(bytes: &[u8], limit: u64) -> Result<Vec<u8>, InputProblem> {
    let damaged = |error: &dyn std::fmt::Display| InputProblem::Damaged {
        kind: "Zstandard data",
        reason: error.to_string(),
    };
    let mut rest = bytes;
    let mut content = Vec::new();
    while !rest.is_empty() {
        let mut frame =
            ruzstd::decoding::StreamingDecoder::new(&mut rest).map_err(|error| damaged(&error))?;
        let room = limit.saturating_sub(content.len() as u64);
        content.extend(bounded(&mut frame, room, "Zstandard data").map_err(
            |problem| match problem {
                InputProblem::Bomb { .. } => InputProblem::Bomb { limit },
                other => other,
            },
        )?);
    }
    Ok(content)
}

/// Reads all that a decoder gives, unless it is more than `limit` bytes.
pub(super) fn bounded(
    decoder: impl Read,
    limit: u64,
    kind: &'static str,
) -> Result<Vec<u8>, InputProblem> {
    let mut content = Vec::new();
    decoder
        .take(limit.saturating_add(1))
        .read_to_end(&mut content)
        .map_err(|error| InputProblem::Damaged { kind, reason: error.to_string() })?;
    if content.len() as u64 > limit {
        return Err(InputProblem::Bomb { limit });
    }
    Ok(content)
}

/// The source with what it holds; the ending that stands for the packing counts no more.
fn unpacked(
    source: Source,
    unpack: impl FnOnce(&[u8]) -> Result<Vec<u8>, InputProblem>,
) -> Result<Source, Skipped> {
    match unpack(&source.bytes) {
        Ok(bytes) => {
            let file = source.file.file_stem().map(PathBuf::from).unwrap_or_default();
            Ok(Source { bytes, file, ..source })
        }
        Err(problem) => Err(skipped(source.name, problem)),
    }
}
