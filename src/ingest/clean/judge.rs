//! Decides what becomes of each block of a page.
//!
//! Signs of furniture are weighed by where the block stands. Inside the body only signs that no
//! article text shows are enough; before and after it weaker ones are. In doubt a block stays.

use std::collections::HashMap;

use crate::lang::Language;
use crate::text::ParagraphKind;

use super::super::layout::Block;
use super::super::page::Page;
use super::assemble::Fate;
use super::cues::Phrases;
use super::reasons::Reason;
use super::repeated::RepeatedLines;
use super::rules::RULES;
use super::signals::{Script, Shape, Signals};
use super::zones::{Zone, Zones};

/// A page on the bench.
pub(super) struct View<'p> {
    pub(super) blocks: &'p [Block],
    pub(super) signals: Vec<Signals>,
    pub(super) zones: Zones,
    pub(super) repeated: &'p RepeatedLines,
    /// The language of the running text.
    pub(super) language: Language,
    /// The first block with each key.
    pub(super) first: HashMap<String, usize>,
}

/// What becomes of each block of the page; `language` is the language of its running text.
pub(super) fn fates(
    page: &Page,
    signals: Vec<Signals>,
    zones: Zones,
    repeated: &RepeatedLines,
    language: Language,
) -> Vec<Fate> {
    let mut first = HashMap::new();
    for (index, block) in signals.iter().enumerate() {
        if !block.key.is_empty() {
            first.entry(block.key.clone()).or_insert(index);
        }
    }
    let view = View { blocks: &page.blocks, signals, zones, repeated, language, first };
    let mut reasons: Vec<Option<Reason>> =
        (0..view.blocks.len()).map(|index| view.reason(index)).collect();
    view.drop_menu_above_the_title(&mut reasons);
    view.drop_what_follows(&mut reasons);
    view.drop_caption_twins(&mut reasons);
    view.drop_captions_between_furniture(&mut reasons);
    view.drop_comments(&mut reasons);
    view.drop_rest_of_the_tail(&mut reasons);
    reasons
        .into_iter()
        .enumerate()
        .map(|(index, reason)| match reason {
            Some(reason) => Fate::Drop(reason),
            None => view.keep(page, index),
        })
        .collect()
}

impl View<'_> {
    fn reason(&self, index: usize) -> Option<Reason> {
        if self.zones.title == Some(index) {
            return None;
        }
        let is_heading = self.signals[index].kind == ParagraphKind::Heading;
        if is_heading && self.zone(index) == Zone::Body {
            return self.repeats_the_title(index);
        }
        RULES.iter().find_map(|rule| rule(self, index))
    }

    /// A page without running text is body from end to end.
    pub(super) fn zone(&self, index: usize) -> Zone {
        if self.zones.has_prose { self.zones.zone(index) } else { Zone::Body }
    }

    /// The zone for signs that stand around a headline: authors, dates, desks. They also stand below
    /// a first paragraph that sums the article up.
    pub(super) fn zone_of_head_matter(&self, index: usize) -> Zone {
        const MOST_WORDS_ABOVE: usize = 60;
        let zone = self.zone(index);
        let start = self.zones.body.start;
        if zone != Zone::Body || !self.zones.has_prose {
            return zone;
        }
        let above = self.signals[start..index].iter().take(MOST_WORDS_ABOVE);
        let words: usize = above.map(Signals::sentence_words).sum();
        if words <= MOST_WORDS_ABOVE { Zone::Head } else { zone }
    }

    pub(super) fn is_foreign_script(&self, index: usize) -> bool {
        let script = self.signals[index].script;
        script != self.zones.script && script != Script::None
    }

    /// A line that is not running text and has no stop.
    pub(super) fn is_scrap(&self, index: usize) -> bool {
        let block = &self.signals[index];
        !block.is_prose && (block.stop.is_none() || block.shape != Shape::Text)
    }

    fn keep(&self, page: &Page, index: usize) -> Fate {
        let block = &self.blocks[index];
        let kind =
            if self.zones.title == Some(index) { ParagraphKind::Title } else { self.kind(index) };
        let glued = block.lines.last().and_then(|line| {
            let text = line.of(&page.mapped.text);
            let (start, reason) = Phrases::all().glued_tail(text)?;
            Some((text.len() - start, reason))
        });
        match glued {
            Some((tail, reason)) if kind == ParagraphKind::Body => Fate::Cut { kind, tail, reason },
            _ => Fate::Keep(kind),
        }
    }

    /// A short line without a stop between paragraphs is a heading.
    fn kind(&self, index: usize) -> ParagraphKind {
        const LONGEST: usize = 12;
        let block = &self.signals[index];
        let is_next_prose = self.signals.get(index + 1).is_some_and(|next| next.is_prose);
        let is_heading = block.kind == ParagraphKind::Body
            && self.zones.has_prose
            && self.is_scrap(index)
            && block.words <= LONGEST
            && is_next_prose
            && self.zones.body.contains(&index);
        if is_heading {
            ParagraphKind::Heading
        } else {
            match block.kind {
                ParagraphKind::Title => ParagraphKind::Heading,
                kind => kind,
            }
        }
    }
}
