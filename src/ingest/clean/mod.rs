//! From the blocks of a page to a document: page furniture out, paragraphs in.

mod assemble;
mod cues;
mod judge;
mod neighbours;
mod reasons;
mod repeated;
mod rules;
mod signals;
mod zones;

pub use reasons::{REASONS, Reason, ReasonInfo};
pub(crate) use repeated::RepeatedLines;

use crate::error::InputProblem;
use crate::lang::Language;
use crate::text::{Document, Dropped, Origin, ParagraphKind, SourceSpan};

use super::IngestOptions;
use super::dateline;
use super::language::{self, Detection};
use super::layout::Block;
use super::page::Page;

use assemble::{Assembled, Fate, assemble};
use signals::Signals;
use zones::Zones;

/// Bytes of running text that language identification looks at.
const LANGUAGE_SAMPLE: usize = 20_000;

/// Confidence in the language of the text from which on it goes before the one that markup names.
const SURE: f32 = 0.6;

/// Cleans a page.
pub(super) fn document(
    page: &Page,
    repeated: &RepeatedLines,
    options: &IngestOptions,
) -> Result<Document, InputProblem> {
    let signals: Vec<Signals> = page.blocks.iter().map(Signals::of).collect();
    let zones = Zones::of(&signals);
    if !signals.iter().any(Signals::may_be_text) {
        return Err(InputProblem::NothingLeft);
    }
    let detection = detect(page, &signals, options.language);
    let fates = if options.clean {
        judge::fates(page, signals, zones, repeated, detection.language)
    } else {
        let keep = |block: &Block| Fate::Keep(block.kind);
        page.blocks.iter().map(keep).collect()
    };
    let Assembled { text, positions, paragraphs, dropped } = assemble(page, &fates);
    if !text.contains(char::is_alphabetic) {
        return Err(InputProblem::NothingLeft);
    }
    let title = paragraphs
        .iter()
        .find(|paragraph| paragraph.kind == ParagraphKind::Title)
        .map(|paragraph| paragraph.span.of(&text).to_owned());
    let dropped = with_left_out(page, dropped);
    let furniture: Vec<&str> = dropped.iter().flat_map(|dropped| dropped.text.lines()).collect();
    let published =
        page.about.published.or_else(|| dateline::find(&text, &furniture, detection.language));
    Ok(Document {
        source: page.source.clone(),
        title,
        outlet: page.about.outlet.clone(),
        origin: Origin {
            authors: page.about.authors.clone(),
            address: page.about.address.clone(),
            doubts: page.about.doubts.clone(),
        },
        published,
        language: detection.language,
        language_confidence: detection.confidence,
        text,
        positions,
        paragraphs,
        dropped,
        source_length: page.source_length,
    })
}

/// The language of the running text; of all text where nothing is running.
fn detect(page: &Page, signals: &[Signals], forced: Option<Language>) -> Detection {
    if let Some(language) = forced.or(page.about.language) {
        return Detection { language, confidence: 1.0 };
    }
    let any_prose = signals.iter().any(|block| block.is_prose);
    let mut sample = String::new();
    for (block, signals) in page.blocks.iter().zip(signals) {
        if signals.is_prose || !any_prose {
            let room = LANGUAGE_SAMPLE - sample.len();
            let end = block.text.floor_char_boundary(room);
            sample.push_str(&block.text[..end]);
            sample.push('\n');
        }
        if sample.len() >= LANGUAGE_SAMPLE {
            break;
        }
    }
    let detection = language::detect(&sample);
    match page.about.likely_language {
        Some(language) if detection.confidence < SURE => Detection { language, ..detection },
        _ => detection,
    }
}

/// What cleaning dropped together with what the format had left out, in the order of the source.
fn with_left_out(page: &Page, mut dropped: Vec<Dropped>) -> Vec<Dropped> {
    dropped.extend(page.left_out.iter().map(|left_out| Dropped {
        span: SourceSpan { start: left_out.start, end: left_out.end },
        reason: left_out.reason.id(),
        text: left_out.text.clone(),
    }));
    dropped.sort_by_key(|dropped| dropped.span.start);
    dropped
}
