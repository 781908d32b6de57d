//! From the blocks of a page to a document: page furniture out, paragraphs in.

mod assemble;
mod reasons;
mod repeated;

pub use reasons::{REASONS, Reason, ReasonInfo};
pub(crate) use repeated::RepeatedLines;

use crate::error::InputProblem;
use crate::lang::Language;
use crate::text::{Document, ParagraphKind};

use super::IngestOptions;
use super::language::{self, Detection};
use super::page::Page;

use assemble::{Assembled, Fate, assemble};

/// Characters of the body that language identification looks at.
const LANGUAGE_SAMPLE: usize = 20_000;

/// Cleans a page.
pub(super) fn document(
    page: &Page,
    _repeated: &RepeatedLines,
    options: &IngestOptions,
) -> Result<Document, InputProblem> {
    let mut fates: Vec<Fate> = page
        .blocks
        .iter()
        .map(|block| Fate::Keep(block.kind))
        .collect();
    if let Some(first) = fates.first_mut() {
        *first = Fate::Keep(ParagraphKind::Title);
    }
    let Assembled {
        text,
        positions,
        paragraphs,
        dropped,
    } = assemble(page, &fates);
    let title = paragraphs
        .iter()
        .find(|paragraph| paragraph.kind == ParagraphKind::Title)
        .map(|paragraph| paragraph.span.of(&text).to_owned());
    let detection = detect(&text, options.language.or(page.front_matter.language));
    Ok(Document {
        source: page.source.clone(),
        title,
        outlet: page.front_matter.outlet.clone(),
        published: page.front_matter.published,
        language: detection.language,
        language_confidence: detection.confidence,
        text,
        positions,
        paragraphs,
        dropped,
        source_length: page.source_length,
    })
}

fn detect(text: &str, given: Option<Language>) -> Detection {
    if let Some(language) = given {
        return Detection {
            language,
            confidence: 1.0,
        };
    }
    let end = text
        .char_indices()
        .nth(LANGUAGE_SAMPLE)
        .map_or(text.len(), |(index, _)| index);
    language::detect(&text[..end])
}
