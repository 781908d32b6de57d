//! A page: one input, decoded, normalised and laid out in blocks, before cleaning.

use sha2::{Digest, Sha256};

use crate::error::InputProblem;
use crate::text::ParagraphKind;

use super::front_matter::{self, FrontMatter};
use super::layout::{self, Block, Line};
use super::normalise::{Mapped, normalise};
use super::sources::{Source, skipped};
use super::{Format, IngestOptions, Note, Skipped, encoding, markdown, signature};

/// One input before cleaning.
pub(crate) struct Page {
    /// The input's name for people.
    pub(super) source: String,
    /// Its text.
    pub(super) mapped: Mapped,
    /// What may become paragraphs, in order.
    pub(super) blocks: Vec<Block>,
    /// What the input says about itself.
    pub(super) front_matter: FrontMatter,
    /// Length of the decoded text in scalar values.
    pub(super) source_length: usize,
    /// SHA-256 of the normalised text.
    pub(super) digest: [u8; 32],
    /// The encoding, where bytes were broken in it.
    broken_encoding: Option<&'static str>,
}

impl Page {
    /// Decodes and lays out what was read.
    pub(super) fn open(source: Source, options: &IngestOptions) -> Result<Self, Skipped> {
        Self::read(source, options, front_matter::read)
    }

    /// The same; `head` finds what is known about the normalised text.
    pub(super) fn read(
        source: Source,
        options: &IngestOptions,
        head: impl FnOnce(&str) -> FrontMatter,
    ) -> Result<Self, Skipped> {
        let Source { name, format, bytes } = source;
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(skipped(name, InputProblem::Empty));
        }
        if let Some(kind) = signature::of(&bytes) {
            return Err(skipped(name, InputProblem::Binary(kind.to_owned())));
        }
        let decoded = encoding::decode(&bytes, options.encoding);
        if signature::looks_binary(&decoded.text) {
            let kind = "control characters all over".to_owned();
            return Err(skipped(name, InputProblem::Binary(kind)));
        }
        let normalised = normalise(&decoded.text);
        if normalised.text.trim().is_empty() {
            return Err(skipped(name, InputProblem::Empty));
        }
        let digest = Sha256::digest(normalised.text.as_bytes()).into();
        let front_matter = head(&normalised.text);
        let (mapped, blocks) = lay_out(normalised, format, &front_matter);
        Ok(Self {
            source: name,
            mapped,
            blocks,
            front_matter,
            source_length: decoded.text.chars().count(),
            digest,
            broken_encoding: decoded.broken.then(|| decoded.encoding.name()),
        })
    }

    /// A remark on the bytes, where there is something to say.
    pub(super) fn note(&self) -> Option<Note> {
        self.broken_encoding.map(|encoding| Note {
            source: self.source.clone(),
            message: format!("some bytes are not valid {encoding} and were replaced by U+FFFD"),
        })
    }
}

/// The text without markup and its blocks. A headline in the front matter is the first block.
fn lay_out(normalised: Mapped, format: Format, front_matter: &FrontMatter) -> (Mapped, Vec<Block>) {
    let (mapped, lines) = match format {
        Format::PlainText => {
            let title = front_matter.title.map(|span| Line {
                span,
                kind: ParagraphKind::Title,
                after_gap: true,
                indent: 0,
            });
            let body = layout::plain_lines(&normalised, front_matter.end);
            let lines: Vec<Line> = title.into_iter().chain(body).collect();
            (normalised, lines)
        }
        Format::Markdown => markdown::flatten(&normalised, front_matter),
    };
    let blocks = layout::blocks(&mapped, &lines);
    (mapped, blocks)
}
