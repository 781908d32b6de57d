//! HTML pages: the article of a page, what the page says about it, and what was left out.
//!
//! The source is cut into pieces of text with their places (`tokens`, `pieces`). A separate crate finds the article in
//! the tree of the page (`extract`); the pieces it kept are found again in the source (`select`), so that positions
//! count the decoded source as in every other format.

mod charset;
mod entities;
mod extract;
mod headline;
mod linked_data;
mod metadata;
mod pieces;
mod select;
mod shallow;
mod tokens;
mod trust;

use crate::ingest::clean::Reason;
use crate::ingest::laid::{Laid, LaidLine, LeftOut};
use crate::text::ParagraphKind;

pub(super) use charset::{charset_of, declared};
use headline::Headline;
use metadata::Metadata;
use pieces::{Part, Piece};

/// Characters, without blanks, of a description that must open a piece for the two to be the same.
const SAME_OPENING: usize = 40;

/// Whether the bytes begin as a page does.
pub(super) fn recognises(beginning: &[u8]) -> bool {
    let body = after_prolog(beginning);
    let starts = |start: &str| {
        body.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
    };
    starts("<!doctype html") || starts("<html")
}

/// What follows an XML declaration and comments.
pub(super) fn after_prolog(beginning: &[u8]) -> &[u8] {
    let mut rest = beginning.trim_ascii_start();
    loop {
        let end: &[u8] = match rest {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            _ => return rest,
        };
        match rest.windows(end.len()).position(|window| window == end) {
            Some(place) => rest = rest[place + end.len()..].trim_ascii_start(),
            None => return rest,
        }
    }
}

/// Lays out the article of a page.
pub(super) fn lay_out(source: &str) -> Laid {
    let pieces = pieces::of(source);
    let metadata = metadata::read(source);
    let headline = headline::choose(&pieces, &metadata);
    let article = extract::article(source);
    let extracted = article.as_deref().map(pieces::of).unwrap_or_default();
    let selection = select::select(&pieces, &extracted);
    let mut kept = selection.kept;
    if !kept.contains(&true) {
        kept = pieces.iter().map(|piece| piece.part == Part::Main).collect();
    }
    keep_standfirst(&pieces, &metadata, &headline, &mut kept);
    for (piece, kept) in pieces.iter().zip(&mut kept) {
        *kept &= piece.key != headline.key || headline.key.is_empty();
    }
    let doubts = trust::doubts(&pieces, &kept, &metadata, selection.found);
    let mut about = metadata.particulars;
    about.doubts = doubts;
    about.title = Some(headline.text.clone()).filter(|title| !title.is_empty());
    Laid {
        lines: lines(&pieces, &kept, &headline),
        left_out: left_out(&pieces, &kept, &headline),
        about,
    }
}

/// Lays out a snippet of HTML that is an article's text as a whole, as feeds have them.
pub(super) fn lay_out_snippet(source: &str) -> Laid {
    let pieces = pieces::of(source);
    let kept = vec![true; pieces.len()];
    Laid { lines: lines(&pieces, &kept, &Headline::default()), ..Laid::default() }
}

/// The paragraphs of a document in HTML that is text as a whole, such as the chapter of a book.
pub(super) fn paragraphs(source: &str) -> Vec<(ParagraphKind, String)> {
    pieces::of(source).iter().map(|piece| (piece.kind, piece.text())).collect()
}

/// A text with its character references resolved.
pub(super) fn unescaped(text: &str) -> std::borrow::Cow<'_, str> {
    entities::decode(text)
}

/// The text of a snippet of HTML on one line.
pub(super) fn plain_text(source: &str) -> String {
    let pieces = pieces::of(source);
    let text = pieces.iter().map(Piece::text).collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Keeps the first paragraph where it stands above what the extractor took for the body: what the page calls its
/// description opens a piece between the headline and the body.
fn keep_standfirst(pieces: &[Piece], metadata: &Metadata, headline: &Headline, kept: &mut [bool]) {
    let Some(first) = kept.iter().position(|&kept| kept) else { return };
    let start = headline.piece.filter(|&place| place < first).unwrap_or(0);
    let openings: Vec<String> = metadata
        .descriptions
        .iter()
        .map(|text| pieces::key(text.trim_end_matches(['.', '…', ' ']).chars()))
        .filter(|key| key.chars().count() >= SAME_OPENING)
        .map(|key| key.chars().take(SAME_OPENING).collect())
        .collect();
    for place in start..first {
        kept[place] |= openings.iter().any(|opening| pieces[place].key.starts_with(opening));
    }
}

/// The headline and the kept pieces as lines.
fn lines(pieces: &[Piece], kept: &[bool], headline: &Headline) -> Vec<LaidLine> {
    let kept_pieces = pieces.iter().zip(kept).filter(|(_, kept)| **kept).map(|(piece, _)| piece);
    let first = kept_pieces
        .clone()
        .find_map(|piece| piece.characters.first())
        .map_or(0, |&(_, position)| position);
    let title = headline.characters(pieces, first);
    let title = LaidLine { kind: ParagraphKind::Title, characters: title };
    let body = kept_pieces
        .map(|piece| LaidLine { kind: piece.kind, characters: piece.characters.clone() });
    std::iter::once(title).filter(|line| !line.characters.is_empty()).chain(body).collect()
}

/// What was left out, neighbours with the same reason together.
fn left_out(pieces: &[Piece], kept: &[bool], headline: &Headline) -> Vec<LeftOut> {
    let mut left_out: Vec<LeftOut> = Vec::new();
    let mut last: Option<usize> = None;
    for (place, piece) in pieces.iter().enumerate() {
        if kept[place] || headline.piece == Some(place) {
            continue;
        }
        let reason = match piece.part {
            Part::Main => Reason::Outside,
            Part::Navigation => Reason::Navigation,
            Part::Beside => Reason::Related,
            Part::Form => Reason::Form,
            Part::Caption => Reason::Caption,
        };
        let follows = last.is_some_and(|last| last + 1 == place);
        last = Some(place);
        let start = piece.characters.first().map_or(0, |&(_, position)| position);
        let end = piece.characters.last().map_or(0, |&(_, position)| position + 1);
        match left_out.last_mut().filter(|before| follows && before.reason == reason) {
            Some(before) => {
                before.end = end;
                before.text.push('\n');
                before.text.push_str(&piece.text());
            }
            None => left_out.push(LeftOut { start, end, reason, text: piece.text() }),
        }
    }
    left_out
}
