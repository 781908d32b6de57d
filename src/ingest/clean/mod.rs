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
use crate::text::{Document, ParagraphKind};

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
    let furniture: Vec<&str> = dropped.iter().map(|dropped| dropped.text.as_str()).collect();
    let published = page
        .front_matter
        .published
        .or_else(|| dateline::find(&text, &furniture, detection.language));
    Ok(Document {
        source: page.source.clone(),
        title,
        outlet: page.front_matter.outlet.clone(),
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
    if let Some(language) = forced.or(page.front_matter.language) {
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
    language::detect(&sample)
}
