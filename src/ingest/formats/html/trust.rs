//! Signs that the extraction of a page lost something or took too much: what would look like an omission or an
//! addition of the outlet.

use crate::text::ParagraphKind;

use super::metadata::Metadata;
use super::pieces::{Part, Piece};

/// Words from which on counts are compared.
const LEAST_WORDS: usize = 80;
/// Share of the stated words below which an article looks cut.
const CUT: f64 = 0.6;
/// Times the stated words above which it looks doubled.
const DOUBLED: f64 = 1.8;
/// Share of the extracted text that must be found again in the page.
const LEAST_FOUND: f64 = 0.9;
/// Shortest paragraph of running text, in characters without blanks.
const PROSE: usize = 120;

/// The doubts about an extraction, as sentences without a stop.
pub(super) fn doubts(
    pieces: &[Piece],
    kept: &[bool],
    metadata: &Metadata,
    found: f64,
) -> Vec<String> {
    let mut doubts = Vec::new();
    if metadata.is_cut {
        doubts.push("its page says that not all of it can be read for free".to_owned());
    }
    let words: usize = chosen(pieces, kept, true).map(|piece| count_words(&piece.text())).sum();
    let stated = metadata.body.as_deref().map(count_words).or(metadata.words);
    if let Some(stated) = stated.filter(|&stated| stated >= LEAST_WORDS) {
        let share = words as f64 / stated as f64;
        if share < CUT {
            doubts.push(format!("its page says that it has {stated} words, {words} were found"));
        } else if share > DOUBLED {
            doubts.push(format!("{words} words were taken, its page says that it has {stated}"));
        }
    }
    let kept_length: usize = chosen(pieces, kept, true).map(|piece| piece.key.len()).sum();
    let lost: usize = chosen(pieces, kept, false)
        .filter(|piece| piece.part == Part::Main && piece.kind == ParagraphKind::Body)
        .filter(|piece| piece.key.chars().count() >= PROSE && piece.key.ends_with(['.', '!', '?']))
        .map(|piece| piece.key.len())
        .sum();
    if lost > kept_length {
        doubts.push("more running text of its page was left out than kept".to_owned());
    }
    if found > 0.0 && found < LEAST_FOUND {
        let percent = ((1.0 - found) * 100.0).round();
        doubts.push(format!("{percent} % of its text could not be found again in its page"));
    }
    doubts
}

fn chosen<'p>(pieces: &'p [Piece], kept: &[bool], which: bool) -> impl Iterator<Item = &'p Piece> {
    let flags = kept.to_vec();
    pieces.iter().zip(flags).filter(move |(_, kept)| *kept == which).map(|(piece, _)| piece)
}

fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
}
