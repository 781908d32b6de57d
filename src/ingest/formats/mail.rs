//! Mails (EML) and saved pages in the form of mails (MHTML): the text, with subject, date and sender.
//!
//! <https://www.rfc-editor.org/rfc/rfc5322>, <https://www.rfc-editor.org/rfc/rfc2557>

use mail_parser::{HeaderValue, Message, MessageParser, PartType};

use super::Reader;
use crate::error::InputProblem;
use crate::ingest::particulars::{self, Particulars};
use crate::ingest::sources::{Source, skipped};
use crate::ingest::{IngestOptions, Skipped};

/// Bytes at the start in which the head of a mail is looked for.
const HEAD: usize = 4096;

/// Whether the bytes begin as a saved page in MHTML does. A mail cannot be told from a text that starts with names
/// and colons, so only its ending tells it.
pub(super) fn recognises_page(beginning: &[u8]) -> bool {
    let head =
        String::from_utf8_lossy(&beginning[..beginning.len().min(HEAD)]).to_ascii_lowercase();
    let is_head = head.starts_with("from: <saved by") || head.starts_with("mime-version:");
    is_head && head.contains("multipart/related")
}

/// The page that an MHTML file holds.
pub(super) fn page(source: Source, _: &IngestOptions) -> Vec<Result<Source, Skipped>> {
    vec![read(source, |message| {
        let address = message
            .header("Content-Location")
            .or_else(|| message.header("Snapshot-Content-Location"));
        let about = Particulars {
            address: address.and_then(HeaderValue::as_text).and_then(particulars::address),
            ..Particulars::default()
        };
        let page = message.parts.iter().find_map(|part| match &part.body {
            PartType::Html(text) => Some(text.as_ref()),
            _ => None,
        })?;
        // The date of the head is when the page was saved, which says nothing about the article.
        Some((page.to_owned(), about, super::PAGE))
    })]
}

/// The text of a mail.
pub(super) fn mail(source: Source, _: &IngestOptions) -> Vec<Result<Source, Skipped>> {
    vec![read(source, |message| {
        let sender = message.from().and_then(|from| from.first());
        let name = sender.and_then(|sender| sender.name().or(sender.address()));
        let about = Particulars {
            title: message.subject().map(str::to_owned),
            published: message.date().and_then(|date| particulars::date(&date.to_rfc3339())),
            authors: name.map(str::to_owned).into_iter().collect(),
            ..Particulars::default()
        };
        let is_plain =
            message.text_part(0).is_some_and(|part| part.is_text() && !part.is_text_html());
        let (text, reader) = if is_plain {
            (message.body_text(0)?.into_owned(), Reader::PlainText)
        } else {
            (message.body_html(0)?.into_owned(), super::SNIPPET)
        };
        Some((text, about, reader))
    })]
}

fn read(
    source: Source,
    take: impl FnOnce(&Message<'_>) -> Option<(String, Particulars, Reader)>,
) -> Result<Source, Skipped> {
    let damaged = |reason: &str| {
        let problem = InputProblem::Damaged { kind: "a mail", reason: reason.to_owned() };
        skipped(source.name.clone(), problem)
    };
    let message =
        MessageParser::default().parse(&source.bytes).ok_or_else(|| damaged("it has no head"))?;
    let (text, about, reader) = take(&message).ok_or_else(|| damaged("it holds no text"))?;
    Ok(Source {
        reader: Some(reader),
        about: about.or(source.about.clone()),
        declared: Some(encoding_rs::UTF_8),
        ..Source::new(source.name.clone(), text.into_bytes())
    })
}
