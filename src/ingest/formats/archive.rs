//! Files inside ZIP archives, read within bounds: DOCX, ODT, EPUB and WACZ are such archives.

use std::io::Cursor;

use zip::ZipArchive;

use super::packed::bounded;
use crate::error::InputProblem;
use crate::ingest::IngestOptions;

/// Most files of an archive that are looked at.
const MOST_FILES: usize = 20_000;

/// An archive that is read file by file; all that comes out together is bounded.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    kind: &'static str,
    limit: u64,
    room: u64,
}

impl<'b> Archive<'b> {
    pub(super) fn open(
        bytes: &'b [u8],
        kind: &'static str,
        options: &IngestOptions,
    ) -> Result<Self, InputProblem> {
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| InputProblem::Damaged { kind, reason: error.to_string() })?;
        Ok(Self { zip, kind, limit: options.max_bytes, room: options.max_bytes })
    }

    /// The names of its files, in their order.
    pub(super) fn names(&self) -> Vec<String> {
        self.zip.file_names().take(MOST_FILES).map(str::to_owned).collect()
    }

    /// What a file holds; `None` where there is no such file.
    pub(super) fn file(&mut self, name: &str) -> Result<Option<Vec<u8>>, InputProblem> {
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let file = self.zip.by_index(index).map_err(|error| InputProblem::Damaged {
            kind: self.kind,
            reason: error.to_string(),
        })?;
        let content = bounded(file, self.room, self.kind).map_err(|problem| match problem {
            InputProblem::Bomb { .. } => InputProblem::Bomb { limit: self.limit },
            other => other,
        })?;
        self.room -= content.len() as u64;
        Ok(Some(content))
    }

    /// A file without which the archive is none of its kind.
    pub(super) fn needed(&mut self, name: &str) -> Result<Vec<u8>, InputProblem> {
        let kind = self.kind;
        self.file(name)?
            .ok_or_else(|| InputProblem::Damaged { kind, reason: format!("it has no {name}") })
    }
}

/// Whether bytes are a ZIP archive with this file name in it.
pub(super) fn is_archive_with(bytes: &[u8], name: &str) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        && bytes.windows(name.len()).any(|window| window == name.as_bytes())
}
