//! A page: one input, decoded, normalised and laid out in blocks, before cleaning.

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::error::InputProblem;
use crate::text::{CleanedTextBuilder, ParagraphKind, Span};

use super::formats::{self, Reader};
use super::front_matter::{self, FrontMatter};
use super::laid::{Laid, LeftOut};
use super::layout::{self, Block, Line};
use super::normalise::{Mapped, normalise, normalise_lines};
use super::particulars::Particulars;
use super::sources::{Source, skipped};
use super::{IngestOptions, Note, Skipped, encoding, markdown, signature};

/// How often what is packed may be packed again.
const DEEPEST: usize = 4;

/// One input before cleaning.
pub(crate) struct Page {
    /// The input's name for people.
    pub(super) source: String,
    /// Its text.
    pub(super) mapped: Mapped,
    /// What may become paragraphs, in order.
    pub(super) blocks: Vec<Block>,
    /// What the input says about its article.
    pub(super) about: Particulars,
    /// What its format left out.
    pub(super) left_out: Vec<LeftOut>,
    /// Length of the decoded text in scalar values.
    pub(super) source_length: usize,
    /// SHA-256 of the normalised text.
    pub(super) digest: [u8; 32],
    /// A remark on its bytes.
    remark: Option<String>,
}

/// A text without markup, its blocks, and what is known about it.
struct LaidOut {
    mapped: Mapped,
    blocks: Vec<Block>,
    about: Particulars,
    left_out: Vec<LeftOut>,
}

impl Page {
    /// Decodes and lays out what was read: one page, or each one that it holds.
    pub(super) fn open(source: Source, options: &IngestOptions) -> Vec<Result<Self, Skipped>> {
        Self::open_at(source, options, 0)
    }

    fn open_at(
        mut source: Source,
        options: &IngestOptions,
        depth: usize,
    ) -> Vec<Result<Self, Skipped>> {
        if source.bytes.iter().all(u8::is_ascii_whitespace) {
            return vec![Err(skipped(source.name, InputProblem::Empty))];
        }
        let page = match formats::reader_of(&source) {
            Reader::Container(_) if depth == DEEPEST => {
                Err(skipped(source.name, InputProblem::PackedTooDeep))
            }
            Reader::Container(unpack) => {
                return unpack(source, options)
                    .into_par_iter()
                    .flat_map_iter(|inner| match inner {
                        Ok(inner) => Self::open_at(inner, options, depth + 1),
                        Err(skipped) => vec![Err(skipped)],
                    })
                    .collect();
            }
            Reader::PlainText => Self::of_plain_text(source, options, front_matter::read),
            Reader::Markdown => without_signature(source).and_then(|source| {
                Self::of_text(source, options, |text| {
                    let normalised = normalise(text);
                    let front_matter = front_matter::read(&normalised.text);
                    let (mapped, lines) = markdown::flatten(&normalised, &front_matter);
                    LaidOut::of_lines(mapped, &lines, front_matter.about)
                })
            }),
            Reader::Markup { declared, lay_out } => {
                source.declared = source.declared.or_else(|| declared(&source.bytes));
                Self::of_text(source, options, |text| LaidOut::of_laid(lay_out(text)))
            }
            Reader::Document(read) => Self::of_document(source, options, read),
        };
        vec![page]
    }

    /// A page of plain text; `head` finds what is known about the normalised text.
    pub(super) fn of_plain_text(
        source: Source,
        options: &IngestOptions,
        head: impl FnOnce(&str) -> FrontMatter,
    ) -> Result<Self, Skipped> {
        let source = without_signature(source)?;
        Self::of_text(source, options, |text| {
            let normalised = normalise(text);
            let front_matter = head(&normalised.text);
            let title = front_matter.title.map(|span| Line {
                span,
                kind: ParagraphKind::Title,
                after_gap: true,
                indent: 0,
            });
            let body = layout::plain_lines(&normalised, front_matter.end);
            let lines: Vec<Line> = title.into_iter().chain(body).collect();
            LaidOut::of_lines(normalised, &lines, front_matter.about)
        })
    }

    /// A page of text that `lay_out` understands.
    fn of_text(
        source: Source,
        options: &IngestOptions,
        lay_out: impl FnOnce(&str) -> LaidOut,
    ) -> Result<Self, Skipped> {
        let Source { name, bytes, about, declared, .. } = source;
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(skipped(name, InputProblem::Empty));
        }
        let decoded = encoding::decode_declared(&bytes, options.encoding, declared);
        if signature::looks_binary(&decoded.text) {
            let kind = "control characters all over".to_owned();
            return Err(skipped(name, InputProblem::Binary(kind)));
        }
        let laid_out = lay_out(&decoded.text);
        let length = decoded.text.chars().count();
        let remark = if decoded.broken {
            let encoding = decoded.encoding.name();
            Some(format!("some bytes are not valid {encoding} and were replaced by U+FFFD"))
        } else {
            declared.filter(|&declared| declared != decoded.encoding).map(|declared| {
                let (declared, found) = (declared.name(), decoded.encoding.name());
                format!("says that it is in {declared}, but is in {found}")
            })
        };
        Self::finish(name, about, laid_out, length, remark)
    }

    /// A page out of a document whose bytes hold its text in a form of their own.
    fn of_document(
        source: Source,
        options: &IngestOptions,
        read: fn(&[u8], &IngestOptions) -> Result<Laid, InputProblem>,
    ) -> Result<Self, Skipped> {
        let mut laid =
            read(&source.bytes, options).map_err(|problem| skipped(&source.name, problem))?;
        let length = laid.length();
        let mut about = source.about;
        about.title = about.title.or(laid.about.title.take());
        Self::finish(source.name, about, LaidOut::of_laid(laid), length, None)
    }

    fn finish(
        source: String,
        about: Particulars,
        laid_out: LaidOut,
        source_length: usize,
        remark: Option<String>,
    ) -> Result<Self, Skipped> {
        // A headline that is known from elsewhere goes before one in the text; no format knows both.
        let LaidOut { mapped, blocks, about: own, left_out } = match &about.title {
            Some(title) => laid_out.headed(title),
            None => laid_out,
        };
        if mapped.text.trim().is_empty() {
            let problem =
                if left_out.is_empty() { InputProblem::Empty } else { InputProblem::NothingLeft };
            return Err(skipped(source, problem));
        }
        let digest = Sha256::digest(mapped.text.as_bytes()).into();
        let about = about.or(own);
        Ok(Self { source, mapped, blocks, about, left_out, source_length, digest, remark })
    }

    /// A remark on the bytes, where there is something to say.
    pub(super) fn note(&self) -> Option<Note> {
        let message = self.remark.clone()?;
        Some(Note { source: self.source.clone(), message })
    }
}

/// Refuses bytes that are in a format which is no text.
fn without_signature(source: Source) -> Result<Source, Skipped> {
    match signature::of(&source.bytes) {
        Some(kind) => Err(skipped(source.name, InputProblem::Binary(kind.to_owned()))),
        None => Ok(source),
    }
}

impl LaidOut {
    /// The same under a headline that stands outside of the text, or opens it.
    fn headed(mut self, title: &str) -> Self {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(first) = self.blocks.first_mut().filter(|first| first.text == title) {
            first.kind = ParagraphKind::Title;
            return self;
        }
        let whole = Span::new(0, self.mapped.text.len());
        let first = self.mapped.characters(whole).next().map_or(0, |(_, position)| position);
        let line: Vec<(char, usize)> = title.chars().map(|character| (character, first)).collect();
        let (head, _) = normalise_lines(std::iter::once(line.as_slice()));
        let mut builder = CleanedTextBuilder::default();
        for character in head.text.chars().chain(std::iter::once('\n')) {
            builder.push(character, first);
        }
        let offset = builder.text().len();
        for (character, position) in self.mapped.characters(whole) {
            builder.push(character, position);
        }
        let (text, positions) = builder.finish();
        for line in self.blocks.iter_mut().flat_map(|block| &mut block.lines) {
            *line = line.shifted(offset);
        }
        self.blocks.insert(0, Block::of_title(Span::new(0, head.text.len()), head.text));
        Self { mapped: Mapped { text, positions }, ..self }
    }

    fn of_lines(mapped: Mapped, lines: &[Line], about: Particulars) -> Self {
        let blocks = layout::blocks(&mapped, lines);
        Self { mapped, blocks, about, left_out: Vec::new() }
    }

    /// What a format has laid out. Every line is a paragraph of its own.
    fn of_laid(laid: Laid) -> Self {
        let Laid { lines, left_out, about } = laid;
        let (mapped, spans) = normalise_lines(lines.iter().map(|line| line.characters.as_slice()));
        let lines: Vec<Line> = lines
            .iter()
            .zip(spans)
            .filter(|(_, span)| !span.is_empty())
            .map(|(line, span)| Line { span, kind: line.kind, after_gap: true, indent: 0 })
            .collect();
        Self { left_out, ..Self::of_lines(mapped, &lines, about) }
    }
}
